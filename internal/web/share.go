package web

import (
	"errors"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// sharing is who sees a thing, or sections of the plan, and the form that shows it to somebody.
type sharing struct {
	Crumb, CrumbHref string
	Kind, ThingID    string // of one thing
	Action           string
	Sections         Field // of the plan
	With, Name       Field
	Given            []givenLine
	Section          string // in which the thing is shared as a whole, where that reaches it
	KeepOut          string // the address where the thing is kept out of its section
	KeptOut          bool
	KeptOutThings    []string   // of the plan
	Copies           []copyLine // of the plan, which others read at present
	Looks            []looked
}

// givenLine is one share, or several sections shared with one person in one role.
type givenLine struct {
	Name, As string
	All      string // the ids of all
	Parts    []givenPart
}

// givenPart is a section, or the thing itself.
type givenPart struct{ What, ID string }

var sharePage = declare[sharing]("share.html", "plan-parts.html")

// sharePlan shows which sections of the plan are shared with whom.
func sharePlan(c *call) (view, error) {
	main := sharing{Crumb: "Plan", CrumbHref: "/plan", Action: "/plan/share"}
	main.Sections = Field{Name: "sections", Label: "Which parts", Type: "checkbox", Error: c.form.Error("sections"), Hint: "What you add to a part later is seen too. Each value, strength, skill and goal can be kept out."}
	for _, section := range plan.Sections {
		main.Sections.Options = append(main.Sections.Options, Option{
			Value: string(section), Label: section.Title(), Chosen: c.form.ticked("sections", string(section)),
		})
	}
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.KeptOutThings = keptOut(mine)
	all, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	if main.Copies, err = c.copiesRead(); err != nil {
		return view{}, err
	}
	return c.sharing(main, "plan", slices.DeleteFunc(all, func(s share.Share) bool { return s.What.Kind != "plan" }), share.What{Kind: "plan", ID: c.me.Person})
}

// keptOut names what is kept out of the sections.
func keptOut(mine plan.Plan) []string {
	var all []string
	for _, v := range slices.Concat(mine.Values, mine.Strengths) {
		if v.KeptOut {
			all = append(all, v.Word)
		}
	}
	for _, k := range mine.Skills {
		if k.KeptOut {
			all = append(all, k.Name)
		}
	}
	for _, g := range mine.Goals {
		if g.KeptOut {
			all = append(all, g.Title)
		}
	}
	return all
}

// shareThing makes the page of a thing that stands in a section, or in none.
func (c *call) shareThing(thing event.Thing, name, here string, section plan.Section, out bool) (view, error) {
	href := PathOf(thing)
	main := sharing{Crumb: name, CrumbHref: href, Kind: thing.Kind, ThingID: string(thing.ID), Action: href + "/share", KeptOut: out}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	if section != "" {
		main.KeepOut = href + "/kept-out"
		main.Section = strings.ToLower(section.Title())
	}
	return c.sharing(main, here, given.Of(thing.Kind, thing.ID, string(section), out), whatIs(thing))
}

func (c *call) sharing(main sharing, here string, given share.Audiences, what share.What) (view, error) {
	main.Given = givenLines(given, main.Kind)
	var err error
	if main.With, err = c.withField(given); err != nil {
		return view{}, err
	}
	if err := c.withMentors(&main.With); err != nil {
		return view{}, err
	}
	main.Name = c.form.field(Field{Name: "name", Label: "Their name", Type: "text", Autocomplete: "off", Hint: "For somebody by name. If there are several, you choose before anything is shared."}, "")
	if main.Looks, err = c.looks(what, 20); err != nil {
		return view{}, err
	}
	return sharePage.show(c, "Who sees this", here, main)
}

// givenLines puts the sections that one person sees in one role on one line.
func givenLines(given share.Audiences, kind string) []givenLine {
	var lines []givenLine
	for _, one := range given {
		what := "this " + kind
		if one.What.Kind == "plan" {
			what = strings.ToLower(plan.Section(one.What.Section).Title())
			if kind != "" {
				what = "with all your " + what
			}
		}
		name := viewerName(one)
		at := slices.IndexFunc(lines, func(l givenLine) bool { return l.Name == name })
		if at < 0 {
			at = len(lines)
			lines = append(lines, givenLine{Name: name, As: "/plan/as/" + string(one.Viewer)})
		}
		lines[at].Parts = append(lines[at].Parts, givenPart{what, string(one.ID)})
		lines[at].All = strings.TrimPrefix(lines[at].All+" "+string(one.ID), " ")
	}
	return lines
}

// somebody is the choice of a person by name.
const somebody = "name"

// withField offers the manager, the people who see something already or were found by name, and
// anybody else by name.
func (c *call) withField(given share.Audiences) (Field, error) {
	f := Field{Name: "with", Label: "Who may see it", Type: "radio", Required: true}
	manager, err := org.ManagerOf(c.tx, c.me)
	switch {
	case err == nil:
		f.Options = append(f.Options, Option{Value: string(plan.WithManager), Label: manager.Name + ", your manager", Hint: "for as long as you report to them"})
	case !errors.Is(err, problem.NotFound):
		return f, err
	}
	found, err := c.peopleNamed(c.form.Value("name", ""))
	if err != nil {
		return f, err
	}
	if p, err := org.ByID(c.tx, c.me, db.ID(c.text("to"))); c.text("to") != "" && !c.me.Left && err == nil && p.ID != c.me.Person && p.ID != manager.ID {
		found = append(found, p)
	}
	for _, p := range found {
		f.Options = append(f.Options, Option{Value: string(plan.WithPerson(p.ID)), Label: p.Name, Hint: p.JobTitle})
	}
	f.Options = append(f.Options, Option{Value: somebody, Label: "Somebody else, by name"})
	fallback := somebody
	if manager.ID != "" {
		fallback = string(plan.WithManager)
	}
	f = c.form.field(f, fallback)
	if len(found) == 1 { // the one who was meant, still to be confirmed
		for i := range f.Options {
			f.Options[i].Chosen = f.Options[i].Value == string(plan.WithPerson(found[0].ID))
		}
	}
	return f, nil
}

const mostFound = 8

// peopleNamed finds people by what was typed of their name; nobody by nothing.
func (c *call) peopleNamed(name string) ([]org.Person, error) {
	if name == "" {
		return nil, nil
	}
	found, err := org.Search(c.tx, c.me, name, org.Place{}, mostFound)
	return slices.DeleteFunc(found, func(p org.Person) bool { return p.ID == c.me.Person }), err
}

// with is whom the form shares something with. A name alone shares nothing yet, unless it is
// the whole name of one person: the form comes back to choose from.
func (c *call) with() (plan.With, error) {
	if chosen := c.text("with"); chosen != somebody {
		return plan.With(chosen), nil
	}
	name := c.text("name")
	if name == "" {
		return "", problem.Invalid{"name": "Please write down the name."}
	}
	found, err := c.peopleNamed(name)
	if err != nil {
		return "", err
	}
	switch {
	case len(found) == 1 && org.Fold(found[0].Name) == org.Fold(name):
		return plan.WithPerson(found[0].ID), nil
	case len(found) == 0:
		return "", problem.Invalid{"name": "Nobody here has a name like this."}
	}
	return "", problem.Invalid{"with": "Please choose whom you mean. Nothing is shared yet."}
}

func giveSections(c *call) (string, error) {
	with, err := c.with()
	if err != nil {
		return "", err
	}
	var sections []plan.Section
	for _, section := range c.Form["sections"] {
		sections = append(sections, plan.Section(section))
	}
	return "/plan/share", plan.ShareSections(c.tx, c.me, sections, with)
}

func shareGoal(c *call) (view, error) {
	g, err := c.myGoal(c.id("id"))
	if err != nil {
		return view{}, err
	}
	return c.shareThing(g.Thing(), g.Title, "plan", plan.Goals, g.KeptOut)
}

func shareSkill(c *call) (view, error) {
	k, err := plan.SkillByID(c.tx, c.me, c.id("id"))
	if err == nil && k.Owner != c.me.Person {
		err = problem.NotFound
	}
	if err != nil {
		return view{}, err
	}
	return c.shareThing(k.Thing(), k.Name, "plan", plan.Skills, k.KeptOut)
}

func shareWin(c *call) (view, error) {
	w, err := plan.WinByID(c.tx, c.me, c.id("id"))
	if err == nil && w.Owner != c.me.Person {
		err = problem.NotFound
	}
	if err != nil {
		return view{}, err
	}
	return c.shareThing(w.Thing(), w.What, "wins", "", false)
}

// give shares the thing in the path by one of the verbs of the plan.
func give(kind string, verb func(*db.Tx, org.Actor, db.ID, plan.With) error) act {
	return func(c *call) (string, error) {
		with, err := c.with()
		if err != nil {
			return "", err
		}
		id := c.id("id")
		return PathOf(event.Thing{Kind: kind, ID: id}) + "/share", verb(c.tx, c.me, id, with)
	}
}

// takeBack ends shares of the actor's.
func takeBack(c *call) (string, error) {
	for _, id := range strings.Fields(c.text("share")) {
		if err := share.TakeBack(c.tx, c.me, db.ID(id)); err != nil {
			return "", err
		}
	}
	if back := c.text("back"); slices.Contains([]string{"goal", "skill", "win", "story", "date", "feedback", "counsel"}, back) {
		return PathOf(event.Thing{Kind: back, ID: db.ID(c.text("thing"))}) + "/share", nil
	}
	if c.text("back") == "handover" {
		return "/handover", nil
	}
	return "/plan/share", nil
}

// keepOut keeps a thing out of shares of its whole section, or lets it in again.
func (c *call) keepOut(thing event.Thing) error {
	if c.text("out") == "yes" {
		return plan.KeepOut(c.tx, c.me, thing)
	}
	return plan.LetIn(c.tx, c.me, thing)
}

// keepThingOut does so for the thing in the path.
func keepThingOut(kind string) act {
	return func(c *call) (string, error) {
		thing := event.Thing{Kind: kind, ID: c.id("id")}
		return PathOf(thing) + "/share", c.keepOut(thing)
	}
}
