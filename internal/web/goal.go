package web

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// goalLine is a goal in a list.
type goalLine struct {
	ID, Href, Title, Measured string
	Due                       civil.Date
	Late                      bool
	Closed                    string // "done" or "let go", with the day
	Learned                   string
	Steps                     []stepLine // those still to be done
	Seen                      *Seen      // of one's own
}

func (c *call) lineOfGoal(g plan.Goal) goalLine {
	today := c.today()
	line := goalLine{ID: string(g.ID), Href: PathOf(g.Thing()), Title: g.Title, Measured: g.Measured, Due: g.Due, Learned: g.Learned}
	if !g.IsOpen() {
		line.Closed = c.closedWords(g)
		return line
	}
	line.Late = !g.Due.IsZero() && g.Due.Before(today)
	for _, s := range g.Steps {
		if s.IsOpen() {
			line.Steps = append(line.Steps, c.lineOfStep(s))
		}
	}
	return line
}

// lineOfMyGoal says who sees the goal where that differs from who sees all goals.
func (c *call) lineOfMyGoal(g plan.Goal, given share.Audiences) goalLine {
	line := c.lineOfGoal(g)
	line.Seen = unlike(c.seenSection(given, plan.Goals), c.seenOfGoal(g, given))
	return line
}

func (c *call) seenOfGoal(g plan.Goal, given share.Audiences) Seen {
	return c.seenBy(given.Of("goal", g.ID, string(plan.Goals), g.KeptOut), PathOf(g.Thing())+"/share")
}

// closedWords say how and when a goal was closed.
func (c *call) closedWords(g plan.Goal) string {
	if g.State == plan.Done {
		return "reached " + c.stamp(g.ClosedAt)
	}
	return "let go " + c.stamp(g.ClosedAt)
}

// goalForm writes a goal.
type goalForm struct {
	Crumb, CrumbHref                                                                 string
	Action, Back, Button                                                             string
	Origin, Revision                                                                 string
	Heard                                                                            heard
	Title, Area, Kind, Due, Specific, Measured, Attainable, Relevant, Serves, Rhythm Field
	Direction                                                                        Field // options only where there is one to choose
	AdviseAt                                                                         string
	Advice                                                                           []goalAdvice // nil before the first word
	Advised                                                                          bool         // it was looked at
	Seen                                                                             Seen
}

// goalAdvice is what would make a goal easier to reach, while it is written.
type goalAdvice struct{ Field, Text, Language string }

var goalFormPage = declare[goalForm]("goal-edit.html")

// newGoal offers to write a goal, also one that follows from an answer.
func newGoal(c *call) (view, error) {
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	text, err := c.goalFromSkill(plan.GoalText{Area: plan.Professional, Kind: plan.Outcome, Rhythm: plan.Monthly})
	if err != nil {
		return view{}, err
	}
	main := c.goalForm(plan.Goal{GoalText: text})
	main.Crumb, main.CrumbHref, main.Action, main.Back, main.Button = "Plan", "/plan#goals", "/goals", "/plan#goals", "Keep the goal"
	main.Seen, main.Origin = c.seenSection(given, plan.Goals), c.text("origin")
	if main.Heard, err = c.heard(c.origin()); err != nil {
		return view{}, err
	}
	main.Title = c.form.field(main.Title, or(text.Title, main.Heard.begin(main.Title.Max)))
	if main.Direction, err = c.servesField(""); err != nil {
		return view{}, err
	}
	main.AdviseAt = "/goals/advice"
	main.advise(c, 0)
	return goalFormPage.show(c, "A new goal", "plan", main)
}

// advise looks at the goal as it stands in the form, once there is a first word. Nothing is kept of it.
func (f *goalForm) advise(c *call, steps int) {
	title := strings.TrimSpace(f.Title.Value)
	if title == "" {
		return
	}
	due, _ := civil.Parse(f.Due.Value) // what is no date is said when the goal is kept
	in := plan.GoalText{
		Title: title, Kind: plan.GoalKind(f.Kind.Value), Rhythm: plan.Rhythm(f.Rhythm.Value), Due: due, Specific: f.Specific.Value,
		Measured: f.Measured.Value, Attainable: f.Attainable.Value, Relevant: f.Relevant.Value, Serves: f.Serves.Value,
	}
	f.Advised = true
	for _, hint := range in.Advice(c.today(), steps, "") {
		if hint.Field == "steps" { // they come once the goal is there
			hint.Field = "attainable"
		}
		f.Advice = append(f.Advice, goalAdvice{"#field-" + hint.Field, hint.Text, hint.Language})
	}
}

// adviseNewGoal and adviseGoal are the form as it was typed, with advice on it: nothing is kept, and
// what is typed stands in no address.
func adviseNewGoal(c *call) (view, error) {
	c.form.Values = c.PostForm
	return newGoal(c)
}

func adviseGoal(c *call) (view, error) {
	c.form.Values = c.PostForm
	return editGoal(c)
}

// goalKinds say what helps to write down a goal of a kind.
var goalKinds = map[plan.GoalKind]struct{ label, hint string }{
	plan.Outcome:  {"An outcome", "Something that is there in the end. Say what one could see or count then, and by when."},
	plan.Learning: {"Something to learn", "Something that you can do in the end. Say what you could do then that you cannot do today. It needs no figure."},
	plan.OpenGoal: {"An open goal", "A direction: see how far you get. It needs no figure and no date, only a day to look at it again."},
}

func (c *call) goalForm(g plan.Goal) goalForm {
	var kinds, again []Option
	for _, kind := range plan.GoalKinds {
		kinds = append(kinds, Option{Value: string(kind), Label: goalKinds[kind].label, Hint: goalKinds[kind].hint})
	}
	for _, r := range plan.Rhythms {
		again = append(again, Option{Value: string(r), Label: capital(rhythms[r])})
	}
	return goalForm{
		Revision: c.form.RevisionOr(g.Revision),
		Title:    c.form.field(Field{Name: "title", Label: "What you want to reach", Type: "own", Required: true, Max: 200}, g.Title),
		Area: c.form.field(Field{Name: "area", Label: "Which side of your life", Type: "radio-row", Options: []Option{
			{Value: string(plan.Professional), Label: "Professional"}, {Value: string(plan.Personal), Label: "Personal"},
		}}, string(g.Area)),
		Kind:       c.form.field(Field{Name: "kind", Label: "What kind of goal it is", Type: "radio", Options: kinds}, string(g.Kind)),
		Rhythm:     c.form.field(Field{Name: "rhythm", Label: "When you look at it again", Type: "select", Options: again, Hint: "You are asked how it went, on the goal and on the start page."}, string(g.Rhythm)),
		Due:        c.form.field(Field{Name: "due", Label: "By when", Type: "date"}, g.Due.String()),
		Specific:   c.form.field(Field{Name: "specific", Label: "What exactly will be different", Type: "textarea", Rows: 3, Hint: "So that somebody else would recognise it."}, g.Specific),
		Measured:   c.form.field(Field{Name: "measured", Label: "How you will know", Type: "textarea", Rows: 2, Hint: "A figure, or something that one can see."}, g.Measured),
		Attainable: c.form.field(Field{Name: "attainable", Label: "Why it can be done", Type: "textarea", Rows: 2, Hint: "What you have already, and what would help."}, g.Attainable),
		Relevant:   c.form.field(Field{Name: "relevant", Label: "Why it matters to you", Type: "textarea", Rows: 2}, g.Relevant),
		Serves:     c.form.field(Field{Name: "serves", Label: "What it serves, in your own words", Type: "own", Hint: "Where your team or the organisation is heading. It need not."}, g.Serves),
	}
}

// goalIn is the goal as the form gives it.
func (c *call) goalIn() (plan.GoalText, error) {
	wrong := problem.Invalid{}
	in := plan.GoalText{
		Title: c.text("title"), Area: plan.Area(c.text("area")), Kind: plan.GoalKind(c.text("kind")), Rhythm: plan.Rhythm(c.text("rhythm")), Due: c.day("due", wrong), Specific: c.text("specific"),
		Measured: c.text("measured"), Attainable: c.text("attainable"), Relevant: c.text("relevant"), Serves: c.text("serves"),
	}
	return in, wrong.Err()
}

func addGoal(c *call) (string, error) {
	in, err := c.goalIn()
	if err != nil {
		return "", err
	}
	from, err := c.source()
	if err != nil {
		return "", err
	}
	g, err := plan.AddGoal(c.tx, c.me, in, from)
	if err == nil && c.PostForm.Has("direction") {
		err = plan.ServeDirection(c.tx, c.me, g.ID, db.ID(c.text("direction")))
	}
	return PathOf(g.Thing()), c.became(g.Thing(), err)
}

// oneGoal is a goal with its steps and the wins behind it.
type oneGoal struct {
	Mine                bool
	Changes             bool // the owner, while here
	Owner               ownerOf
	Href                string
	ID                  string
	Title, Area, Kind   string
	Due                 civil.Date
	Late                bool
	Open                bool
	Closed, Learned     string
	Facts               []labelled
	Steps               []stepLine
	Wins                []winLine
	Seen                Seen
	Hints               []plan.Hint
	Looks               []looked
	Step                stepForm
	Review              reviewForm
	Reviews             []reviewLine
	CameFrom            onward
	Counsel             counselOn
	StepOpen, StepTyped bool
	About               aboutThing
	Serves              directionLine // without a Href: none that the visitor sees
}

var goalPage = declare[oneGoal]("goal.html", "plan-parts.html", "comment-parts.html", "step-form.html", "counsel-parts.html")

// showGoal shows a goal to its owner, or to whom it is shared with.
func showGoal(c *call) (view, error) {
	g, err := plan.GoalByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main, err := c.goal(g)
	if err != nil {
		return view{}, err
	}
	if main.Mine {
		return goalPage.show(c, g.Title, "plan", main)
	}
	c.lookedAt(g.Owner, whatIs(g.Thing()))
	return goalPage.show(c, g.Title, "people", main)
}

func (c *call) goal(g plan.Goal) (oneGoal, error) {
	today := c.today()
	main := oneGoal{
		Mine: g.Owner == c.me.Person, Changes: g.Owner == c.me.Person && !c.me.Left, ID: string(g.ID), Href: PathOf(g.Thing()), Title: g.Title, Area: string(g.Area), Kind: goalSays(g), Due: g.Due, Open: g.IsOpen(), Learned: g.Learned,
		Late: g.IsOpen() && !g.Due.IsZero() && g.Due.Before(today),
	}
	if !g.IsOpen() {
		main.Closed = c.closedWords(g)
	}
	for _, fact := range []labelled{
		{"What exactly", g.Specific}, {"How I will know", g.Measured}, {"Why it can be done", g.Attainable}, {"Why it matters", g.Relevant}, {"What it serves", g.Serves},
	} {
		if fact.Text != "" {
			main.Facts = append(main.Facts, fact)
		}
	}
	for _, s := range g.Steps {
		main.Steps = append(main.Steps, c.lineOfStep(s))
	}
	served, err := plan.DirectionOf(c.tx, c.me, g)
	if err != nil {
		return main, err
	}
	if served.ID != "" {
		main.Serves = directionLineOf(served)
	}
	if main.Wins, err = c.winsBacking(g.Thing()); err != nil {
		return main, err
	}
	if main.About, err = c.about(g.Thing(), g.Owner); err != nil {
		return main, err
	}
	if !main.Mine {
		main.Owner, err = c.ownerOf(g.Owner)
		return main, err
	}
	return main, c.addForOwner(&main, g)
}

// goalSays names the kind of a goal where it is not the usual one.
func goalSays(g plan.Goal) string {
	switch g.Kind {
	case plan.Learning:
		return "something to learn"
	case plan.OpenGoal:
		return "an open goal"
	}
	return ""
}

// addForOwner adds what the owner of a goal alone sees and does.
func (c *call) addForOwner(main *oneGoal, g plan.Goal) error {
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return err
	}
	main.Seen, main.Hints = c.seenOfGoal(g, given), g.Hints(c.today())
	main.Step = c.stepForm(plan.Step{}, main.Href+"/steps", "Add the step")
	main.StepTyped = c.form.Values.Has("words")
	main.StepOpen = main.StepTyped || len(g.Steps) == 0
	main.Review = c.reviewForm(g)
	if main.Reviews, err = c.reviewLines(g); err != nil {
		return err
	}
	main.Review.Stuck = len(main.Reviews) > 0 && main.Reviews[0].How == hows[plan.Stuck].said
	if main.Review.Stuck {
		main.Review.Fitting.Href, main.Review.Fitting.Wording = c.fittingGoal(g)
	}
	marks, err := plan.MarksOfGoal(c.tx, c.me, g.ID)
	if err != nil {
		return err
	}
	for i, s := range g.Steps {
		c.addMarks(&main.Steps[i], marks[s.ID])
	}
	switch g.Origin.Kind {
	case "asking":
		main.CameFrom = onward{"The question that it came from", PathOf(g.Origin)}
	case "counsel":
		main.CameFrom = onward{"The counsel that it came from", PathOf(g.Origin)}
	}
	if main.Counsel, err = c.counselOn(g.Thing()); err != nil {
		return err
	}
	main.Looks, err = c.looks(whatIs(g.Thing()), 5)
	return err
}

// editGoal offers to change a goal of the actor's own.
func editGoal(c *call) (view, error) {
	g, err := c.myGoal(c.id("id"))
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := c.goalForm(g)
	href := PathOf(g.Thing())
	served, err := plan.DirectionOf(c.tx, c.me, g)
	if err != nil {
		return view{}, err
	}
	if main.Direction, err = c.servesField(served.ID); err != nil {
		return view{}, err
	}
	main.Crumb, main.CrumbHref, main.Action, main.Back, main.Button, main.Seen = g.Title, href, href, href, "Keep it", c.seenOfGoal(g, given)
	main.AdviseAt = href + "/advice"
	main.advise(c, g.StepsAhead())
	return goalFormPage.show(c, "Change the goal", "plan", main)
}

// myGoal finds a goal of the visitor's own.
func (c *call) myGoal(id db.ID) (plan.Goal, error) {
	g, err := plan.GoalByID(c.tx, c.me, id)
	if err == nil && g.Owner != c.me.Person {
		err = problem.NotFound
	}
	return g, err
}

func changeGoal(c *call) (string, error) {
	in, err := c.goalIn()
	if err != nil {
		return "", err
	}
	if err := plan.ChangeGoal(c.tx, c.me, c.id("id"), c.revision(), in); err != nil || !c.PostForm.Has("direction") {
		return c.goalHref(), err
	}
	return c.goalHref(), plan.ServeDirection(c.tx, c.me, c.id("id"), db.ID(c.text("direction")))
}

// goalHref is the page of the goal in the path.
func (c *call) goalHref() string { return PathOf(event.Thing{Kind: "goal", ID: c.id("id")}) }

func reopenGoal(c *call) (string, error) {
	return c.goalHref(), plan.ReopenGoal(c.tx, c.me, c.id("id"))
}

func removeGoal(c *call) (string, error) {
	return "/plan#goals", plan.RemoveGoal(c.tx, c.me, c.id("id"))
}

// showGoalVersions shows what a goal of the actor's own said before.
func showGoalVersions(c *call) (view, error) {
	g, err := c.myGoal(c.id("id"))
	if err != nil {
		return view{}, err
	}
	found, err := org.Revisions(c.tx, c.me, g.Thing())
	if err != nil {
		return view{}, err
	}
	main := earlierVersions{Crumb: g.Title, CrumbHref: PathOf(g.Thing())}
	for _, one := range found {
		main.List = append(main.List, c.version("goal", one))
	}
	return versionsPage.show(c, "Earlier versions", "plan", main)
}

// withoutOpening takes the words off that a form's label says already.
func withoutOpening(text, opening string) string {
	if len(text) > len(opening) && strings.EqualFold(text[:len(opening)], opening) {
		text = strings.TrimSpace(text[len(opening):])
	}
	return strings.TrimRight(text, ".,; ")
}
