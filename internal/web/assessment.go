package web

import (
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// assessing is where somebody says how they stand to what a level asks for.
type assessing struct {
	Href, Role, Level, Number, Version string
	By                                 string
	Lines                              []assessingLine
	Note                               Field
	Seen                               Seen
}

type assessingLine struct {
	Theme, Words string
	Field        Field
}

// keptAssessment is an assessment with what has changed since.
type keptAssessment struct {
	Href, Role, RoleHref, Level string
	ByManager                   bool
	Version                     int64
	MadeAt                      time.Time
	Lines                       []keptLine
	Note                        string
	Here                        bool // the level still stands
	Changes                     []expectation.Change
	Left                        bool
	Seen                        Seen
}

type keptLine struct {
	Theme, Skill, Words, Behaviour string
	Asked, Stands                  string
	Met                            bool
	Picture                        levelPicture
}

type assessmentLine struct {
	Href, Role, Level string
	MadeAt            time.Time
}

type assessmentList struct {
	List []assessmentLine
	Seen Seen
}

var (
	assessPage      = declare[assessing]("assess.html", "expectation-parts.html", "plan-parts.html")
	assessmentPage  = declare[keptAssessment]("assessment.html", "expectation-parts.html", "plan-parts.html")
	assessmentsPage = declare[assessmentList]("assessments.html")
)

var saidAssessed = says("Kept as it stands today. Whatever becomes of the expectations, this stays as it is.")

// newAssessment offers to say how one stands; skills of one's plan are filled in.
func newAssessment(c *call) (view, error) {
	r, err := expectation.RoleByID(c.tx, c.me, c.id("role"))
	if err != nil {
		return view{}, err
	}
	at := c.levelOf(r, "")
	asks, err := expectation.At(c.tx, c.me, r, at.Key)
	if err != nil {
		return view{}, err
	}
	own, err := c.ownLevels()
	if err != nil {
		return view{}, err
	}
	main := assessing{
		Href: roleHref(r), Role: r.Name, Level: at.Name, Number: strconv.FormatInt(at.Position+1, 10), By: r.AuthorName,
		Version: strconv.FormatInt(r.Version.Number, 10), Seen: onlyYou,
		Note: c.form.field(Field{Name: "note", Label: "What goes with it", Type: "textarea", Rows: 3, Hint: "For you to remember: what showed it, what was hard."}, ""),
	}
	for i, e := range asks {
		main.Lines = append(main.Lines, c.assessingLine(i, e, own))
	}
	return assessPage.show(c, "Where I stand: "+r.Name, "plan", main)
}

func (c *call) assessingLine(i int, e expectation.Expectation, own map[string]int64) assessingLine {
	field := Field{Name: "stands-" + strconv.Itoa(i), Type: "select", Options: []Option{{Value: "", Label: "I leave this open"}}}
	if e.Prose() {
		field.Label = e.Words
		for n, words := range expectation.Shown {
			field.Options = append(field.Options, Option{Value: strconv.Itoa(n), Label: words})
		}
		return assessingLine{Theme: e.Theme, Field: c.form.field(field, "")}
	}
	field.Label = e.Skill + ": asked " + strconv.FormatInt(e.Asked, 10) + ", " + levelWords(e.Asked)
	field.Hint = e.Shows()
	for n := range int64(plan.TopLevel + 1) {
		field.Options = append(field.Options, Option{Value: strconv.FormatInt(n, 10), Label: strconv.FormatInt(n, 10) + ", " + levelWords(n)})
	}
	stands := ""
	if level, ok := own[e.SkillKey]; ok {
		stands = strconv.FormatInt(level, 10)
	}
	return assessingLine{Theme: e.Theme, Field: c.form.field(field, stands)}
}

// ownLevels are the levels of the skills of the actor's plan, by their folded names.
func (c *call) ownLevels() (map[string]int64, error) {
	skills, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	own := map[string]int64{}
	for _, k := range skills {
		own[org.Fold(k.Name)] = k.Level
	}
	return own, err
}

func assess(c *call) (string, error) {
	r, err := expectation.RoleByID(c.tx, c.me, c.id("role"))
	if err != nil {
		return "", err
	}
	at := c.levelOf(r, "")
	asks, err := expectation.At(c.tx, c.me, r, at.Key)
	if err != nil {
		return "", err
	}
	in := expectation.AssessmentInput{Version: c.count("version", 0), Note: c.text("note")}
	for i := range asks {
		stands := int64(expectation.NotSaid)
		if said := c.text("stands-" + strconv.Itoa(i)); said != "" {
			if stands, err = strconv.ParseInt(said, 10, 64); err != nil {
				return "", problem.Invalid{"stands-" + strconv.Itoa(i): "Please choose one of these."}
			}
		}
		in.Stands = append(in.Stands, stands)
	}
	a, err := expectation.Assess(c.tx, c.me, r.ID, at.Key, in)
	c.say(saidAssessed)
	return "/assessments/" + string(a.ID), err
}

func listAssessments(c *call) (view, error) {
	all, err := expectation.Assessments(c.tx, c.me)
	main := assessmentList{Seen: onlyYou}
	for _, a := range all {
		main.List = append(main.List, assessmentLine{"/assessments/" + string(a.ID), a.RoleName, a.LevelName, a.MadeAt})
	}
	return orPage(err, func() (view, error) { return assessmentsPage.show(c, "Where I stood", "plan", main) })
}

func showAssessment(c *call) (view, error) {
	a, err := expectation.AssessmentByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := keptAssessment{
		Href: "/assessments/" + string(a.ID), Role: a.RoleName, Level: a.LevelName, ByManager: a.ByManager, Version: a.Number,
		MadeAt: a.MadeAt, Note: a.Note, Left: c.me.Left, Seen: onlyYou,
	}
	if main.Changes, main.Here, err = expectation.Since(c.tx, c.me, a); err != nil {
		return view{}, err
	}
	if main.Here {
		main.RoleHref = "/expectations/" + string(a.Role)
	}
	for _, l := range a.Lines {
		main.Lines = append(main.Lines, keptLineOf(l))
	}
	return assessmentPage.show(c, "Where I stood: "+a.RoleName, "plan", main)
}

func keptLineOf(l expectation.Assessed) keptLine {
	line := keptLine{Theme: l.Theme, Skill: l.Skill, Words: l.Words, Behaviour: l.Behaviour, Stands: "left open", Met: l.Said() && l.Met()}
	if l.Skill == "" {
		if l.Said() {
			line.Stands = expectation.Shown[l.Stands]
		}
		return line
	}
	line.Asked = strconv.FormatInt(l.Asked, 10)
	if l.Said() {
		line.Stands = strconv.FormatInt(l.Stands, 10) + ", " + levelWords(l.Stands)
		line.Picture = pictureOf(plan.Skill{Level: l.Stands, Wanted: l.Asked})
		line.Picture.Label = "stood at " + strconv.FormatInt(l.Stands, 10) + ", asked " + line.Asked
	}
	return line
}

func removeAssessment(c *call) (string, error) {
	return "/assessments", expectation.RemoveAssessment(c.tx, c.me, c.id("id"))
}
