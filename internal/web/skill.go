package web

import (
	"errors"
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/skill"
)

// skillLine is a skill in a table.
type skillLine struct {
	Href, Name, Note string
	Now, Wanted      string
	Picture          levelPicture
	Seen             *Seen // of one's own
}

// levelPicture draws the levels of a skill as five strokes.
type levelPicture struct {
	Label   string
	Strokes []stroke
}

type stroke struct{ Class, X, Y, Side string }

func pictureOf(k plan.Skill) levelPicture {
	p := levelPicture{Label: "now " + strconv.FormatInt(k.Level, 10) + ", wanted " + strconv.FormatInt(k.Wanted, 10)}
	for i := range int64(plan.TopLevel) {
		at := strconv.FormatInt(18*i, 10)
		switch {
		case i < k.Level:
			p.Strokes = append(p.Strokes, stroke{"has", at, "1", "14"})
		case i < k.Wanted:
			p.Strokes = append(p.Strokes, stroke{"wants", at + ".75", "1.75", "12.5"})
		default:
			p.Strokes = append(p.Strokes, stroke{"none", at, "1", "14"})
		}
	}
	return p
}

func lineOfSkill(k plan.Skill) skillLine {
	return skillLine{Href: PathOf(k.Thing()), Name: k.Name, Note: k.Note, Now: levelWords(k.Level), Wanted: levelWords(k.Wanted), Picture: pictureOf(k)}
}

// lineOfMySkill says who sees the skill where that differs from who sees all skills.
func (c *call) lineOfMySkill(k plan.Skill, given share.Audiences) skillLine {
	line := lineOfSkill(k)
	line.Seen = unlike(c.seenSection(given, plan.Skills), c.seenOfSkill(k, given))
	return line
}

func (c *call) seenOfSkill(k plan.Skill, given share.Audiences) Seen {
	return c.seenBy(given.Of("skill", k.ID, string(plan.Skills), k.KeptOut), PathOf(k.Thing())+"/share")
}

// levelWords say what a level means.
func levelWords(level int64) string {
	return plan.LevelWords[max(0, min(level, plan.TopLevel))]
}

// skillList is the inventory of skills, with the form that adds one.
type skillList struct {
	List    []skillLine
	Doubles []double // skills that are one
	Form    skillForm
	Seen    Seen
	Left    bool
	Chosen  bool // from the organisation's list
	Choice  bool // there is a list to choose from
}

// double is two names for one skill.
type double struct{ Stays, Goes, Href string }

type skillForm struct {
	Action, Button            string
	Name, Level, Wanted, Note Field
	Revision                  string
}

var skillsPage = declare[skillList]("skills.html", "plan-parts.html", "skill-form.html")

// listSkills shows the actor's skills, the widest gap first.
func listSkills(c *call) (view, error) {
	all, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	fresh := plan.Skill{Level: 1, Wanted: 3}
	main := skillList{Seen: c.seenSection(given, plan.Skills), Left: c.me.Left}
	if e, err := skill.ByID(c.tx, c.me, db.ID(c.text("entry"))); err == nil {
		fresh.Name, main.Chosen = e.Name, true
	} else if !errors.Is(err, problem.NotFound) {
		return view{}, err
	}
	main.Form = c.skillForm("/skills", "Add it", fresh)
	doubles, err := plan.Doubles(c.tx, c.me, all)
	if err != nil {
		return view{}, err
	}
	for _, d := range doubles {
		main.Doubles = append(main.Doubles, double{d[0].Name, d[1].Name, PathOf(d[0].Thing()) + "#merge"})
	}
	if main.Choice, err = skill.Any(c.tx, c.me); err != nil {
		return view{}, err
	}
	for _, k := range all {
		main.List = append(main.List, c.lineOfMySkill(k, given))
	}
	return skillsPage.show(c, "Skills", "plan", main)
}

func (c *call) skillForm(action, button string, k plan.Skill) skillForm {
	levels := func() []Option {
		var all []Option
		for level := range int64(plan.TopLevel + 1) {
			all = append(all, Option{Value: strconv.FormatInt(level, 10), Label: strconv.FormatInt(level, 10) + ", " + levelWords(level)})
		}
		return all
	}
	return skillForm{
		Action: action, Button: button, Revision: c.form.RevisionOr(k.Revision),
		Name:   c.form.field(Field{Name: "name", Label: "Skill", Type: "skill", Required: true, Hint: "Something you do, such as “explaining a design to people who do not build software”."}, k.Name),
		Level:  c.form.field(Field{Name: "level", Label: "Where you are now", Type: "select", Options: levels()}, strconv.FormatInt(k.Level, 10)),
		Wanted: c.form.field(Field{Name: "wanted", Label: "Where you want to be", Type: "select", Options: levels()}, strconv.FormatInt(k.Wanted, 10)),
		Note:   c.form.field(Field{Name: "note", Label: "How you know, and what would help", Type: "textarea", Rows: 3}, k.Note),
	}
}

// skillIn is the skill as the form gives it.
func (c *call) skillIn() plan.Skill {
	level := func(name string) int64 {
		n, err := strconv.ParseInt(c.text(name), 10, 64)
		if err != nil {
			return -1 // which the verb refuses, with words
		}
		return n
	}
	return plan.Skill{Name: c.text("name"), Level: level("level"), Wanted: level("wanted"), Note: c.text("note")}
}

func addSkill(c *call) (string, error) {
	_, err := plan.AddSkill(c.tx, c.me, c.skillIn())
	if c.text("back") == "gap" {
		return "/gap", err
	}
	return "/skills", err
}

// oneSkill is a skill with the wins that back it.
type oneSkill struct {
	Mine    bool
	Changes bool // the owner, while here
	Owner   ownerOf
	Line    skillLine
	Form    skillForm
	Wins    []winLine
	Views   []viewLine // how others see it, for its owner
	Ways    []onward
	Looks   []looked
	Remove  string
	Merge   Field // with another of one's own; empty options: there is none
	KeptOut bool
	Seen    Seen
	About   aboutThing
}

var skillPage = declare[oneSkill]("skill.html", "plan-parts.html", "comment-parts.html", "skill-form.html")

// showSkill shows a skill to its owner, who can change it, or to whom it is shared with.
func showSkill(c *call) (view, error) {
	k, err := plan.SkillByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneSkill{Mine: k.Owner == c.me.Person, Changes: k.Owner == c.me.Person && !c.me.Left, Line: lineOfSkill(k), KeptOut: k.KeptOut}
	if main.Wins, err = c.winsBacking(k.Thing()); err != nil {
		return view{}, err
	}
	if main.About, err = c.about(k.Thing(), k.Owner); err != nil {
		return view{}, err
	}
	if !main.Mine {
		c.lookedAt(k.Owner, whatIs(k.Thing()))
		main.Owner, err = c.ownerOf(k.Owner)
		if err != nil {
			return view{}, err
		}
		return skillPage.show(c, k.Name, "people", main)
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Seen = c.seenOfSkill(k, given)
	main.Form = c.skillForm(PathOf(k.Thing()), "Keep it", k)
	main.Remove = PathOf(k.Thing()) + "/removal"
	main.Ways = waysFrom(gap.Line{Own: k, Places: [3]gap.Asked{{Level: -1}, {Level: -1}, {Level: -1}}})
	if main.Views, err = c.viewsOf(k); err != nil {
		return view{}, err
	}
	if main.Merge, err = c.mergeField(k); err != nil {
		return view{}, err
	}
	if main.Looks, err = c.looks(whatIs(k.Thing()), 5); err != nil {
		return view{}, err
	}
	return skillPage.show(c, k.Name, "plan", main)
}

// mergeField offers the actor's other skills; first the one that is the same on the organisation's list.
func (c *call) mergeField(k plan.Skill) (Field, error) {
	all, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	if err != nil {
		return Field{}, err
	}
	doubles, err := plan.Doubles(c.tx, c.me, all)
	same := ""
	for _, d := range doubles {
		if d[0].ID == k.ID {
			same = string(d[1].ID)
		}
	}
	field := Field{Name: "other", Label: "The other one", Type: "select", Hint: "It goes. Its wins and what it says go over to this one."}
	for _, o := range all {
		if o.ID != k.ID {
			field.Options = append(field.Options, Option{Value: string(o.ID), Label: o.Name})
		}
	}
	return c.form.field(field, same), err
}

func mergeSkill(c *call) (string, error) {
	id := c.id("id")
	c.say(saidMerged)
	return "/skills/" + string(id), plan.MergeSkills(c.tx, c.me, id, db.ID(c.text("other")))
}

var saidMerged = says("The two are one now. What the other said stays among your earlier versions.")

func changeSkill(c *call) (string, error) {
	in := c.skillIn()
	in.ID, in.Revision = c.id("id"), c.revision()
	return PathOf(in.Thing()), plan.ChangeSkill(c.tx, c.me, in)
}

func removeSkill(c *call) (string, error) {
	return "/skills", plan.RemoveSkill(c.tx, c.me, c.id("id"))
}
