package web

import (
	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// stepLine is a step in a list.
type stepLine struct {
	Href, Words, Activity  string
	ActivityHref, GoalHref string
	Plan                   string // "When ..., I will ..."
	Due                    civil.Date
	Late                   bool
	State                  string
	Open, Begun            bool
	Every                  string       // how often it comes back
	Marks                  []civil.Date // the last days on which it was done once
	MarkedToday            bool
	ID                     string
	DoneOn                 string
}

func (c *call) lineOfStep(s plan.Step) stepLine {
	today := c.today()
	line := stepLine{
		ID: string(s.ID), Every: everyWords(s), Href: "/steps/" + string(s.ID), Words: s.Words, Activity: s.Activity, Due: s.Due, State: string(s.State),
		Open: s.IsOpen(), Begun: s.State == plan.StepBegun, Late: s.IsOpen() && !s.Due.IsZero() && s.Due.Before(today),
	}
	line.GoalHref = PathOf(event.Thing{Kind: "goal", ID: s.Goal})
	if a, ok := c.server.Activities.ByName(s.Activity); ok {
		line.ActivityHref = activityHref(a.ID)
	}
	cue, response := withoutOpening(s.Cue, "when "), withoutOpening(s.Response, "I will ")
	switch {
	case cue != "" && response != "":
		line.Plan = "When " + cue + ", I will " + response + "."
	case cue != "":
		line.Plan = "When " + cue + "."
	case response != "":
		line.Plan = "I will " + response + "."
	}
	if s.State == plan.StepDone {
		line.DoneOn = c.stamp(s.DoneAt)
	}
	return line
}

// stepForm writes a step.
type stepForm struct {
	Action, Button                      string
	Revision                            string
	Words, Activity, Due, Cue, Response Field
	Every, Until                        Field
}

func (c *call) stepForm(s plan.Step, action, button string) stepForm {
	return stepForm{
		Action: action, Button: button, Revision: c.form.RevisionOr(s.Revision),
		Words:    c.form.field(Field{Name: "words", Label: "What you will do", Type: "own", Required: true}, s.Words),
		Activity: c.form.field(Field{Name: "activity", Label: "Which kind of step", Type: "select", Options: c.kindsOfStep(s.Activity)}, s.Activity),
		Due:      c.form.field(Field{Name: "due", Label: "By when", Type: "date"}, s.Due.String()),
		Every: c.form.field(Field{Name: "every", Label: "How often", Type: "select", Options: []Option{
			{Value: "", Label: "Once"}, {Value: string(plan.EveryWeek), Label: "Every week"},
			{Value: string(plan.EveryFortnight), Label: "Every two weeks"}, {Value: string(plan.EveryMonth), Label: "Every month"},
		}}, string(s.Every)),
		Until:    c.form.field(Field{Name: "until", Label: "Until, if it comes back", Type: "date"}, s.Until.String()),
		Cue:      c.form.field(Field{Name: "cue", Label: "When …", Type: "own", Hint: "A moment that comes by itself, such as “I have poured my first coffee on Friday”."}, s.Cue),
		Response: c.form.field(Field{Name: "response", Label: "… I will …", Type: "own", Hint: "What you do in that moment. Plans in this form are carried out far more often."}, s.Response),
	}
}

// kindsOfStep are what a step can be: those of the catalogue, and what it is already.
func (c *call) kindsOfStep(now string) []Option {
	kinds := []Option{{Value: "", Label: "No particular kind"}}
	for _, a := range c.server.Activities.List(activity.Choice{}) {
		kinds = append(kinds, Option{Value: a.Name, Label: a.Name + ": " + a.Hint})
	}
	if _, known := c.server.Activities.ByName(now); now != "" && !known {
		kinds = append(kinds, Option{Value: now, Label: now, Own: true})
	}
	return kinds
}

func (c *call) stepIn() (plan.StepText, error) {
	wrong := problem.Invalid{}
	in := plan.StepText{Activity: c.text("activity"), Words: c.text("words"), Due: c.day("due", wrong), Cue: c.text("cue"), Response: c.text("response"),
		Every: plan.Every(c.text("every")), Until: c.day("until", wrong)}
	return in, wrong.Err()
}

func addStep(c *call) (string, error) {
	in, err := c.stepIn()
	if err != nil {
		return "", err
	}
	_, err = plan.AddStep(c.tx, c.me, c.id("id"), in)
	return c.goalHref() + "#steps", err
}

// aStep offers to put a step under one of the visitor's goals.
type aStep struct {
	Goal, Title Field
	Form        stepForm
	Activity    string // what it was begun from
	Back        string
	Choose      bool   // there are goals to choose from
	Origin      string // the skill or the answer that it comes from
	Heard       heard
}

var newStepPage = declare[aStep]("step-new.html", "step-form.html")

const (
	mostGoalsToChoose = 50
	mostStepBegun     = 300 // characters of an answer that a step begins with
)

// newStep offers a step, also one that an activity suggests, under a goal that is chosen or new.
func newStep(c *call) (view, error) {
	goals, err := plan.OpenGoals(c.tx, c.me, mostGoalsToChoose)
	if err != nil {
		return view{}, err
	}
	example := c.example()
	answer, err := c.heard(c.origin())
	if err != nil {
		return view{}, err
	}
	example.Words = or(example.Words, answer.begin(mostStepBegun))
	main := aStep{Activity: example.Activity, Back: "/activities", Choose: len(goals) > 0, Form: c.stepForm(example, "/steps", "Add the step"), Origin: c.text("origin"), Heard: answer}
	if a, ok := c.server.Activities.ByName(example.Activity); ok {
		main.Back = activityHref(a.ID)
		if came := c.comingFrom(); len(came) > 0 {
			main.Back += "?" + came.Encode()
		}
	}
	choice := Field{Name: "goal", Label: "For which goal", Type: "select", Options: []Option{{Label: "A new goal"}}}
	for _, g := range goals {
		choice.Options = append(choice.Options, Option{Value: string(g.ID), Label: g.Title, Own: true})
	}
	main.Goal = c.form.field(choice, c.text("goal"))
	fresh, err := c.goalFromSkill(plan.GoalText{})
	if err != nil {
		return view{}, err
	}
	main.Title = c.form.field(Field{Name: "title", Label: "The new goal: what you want to reach", Type: "own", Max: 200}, fresh.Title)
	if main.Choose {
		main.Title.Hint = "Leave it empty where you chose one."
	}
	return newStepPage.show(c, "A new step", "plan", main)
}

func addStepToGoal(c *call) (string, error) {
	in, err := c.stepIn()
	if err != nil {
		return "", err
	}
	from, err := c.source()
	if err != nil {
		return "", err
	}
	goal := db.ID(c.text("goal"))
	if goal == "" {
		text := plan.GoalText{Title: c.text("title")}
		if from.Kind == "skill" {
			text.Kind = plan.Learning
		}
		g, err := plan.AddGoal(c.tx, c.me, text, from)
		if err != nil {
			return "", err
		}
		goal = g.ID
	}
	step, err := plan.AddStep(c.tx, c.me, goal, in)
	return PathOf(event.Thing{Kind: "goal", ID: goal}) + "#steps", c.became(step.Thing(), err)
}

// oneStep changes a step.
type oneStep struct {
	Goal, GoalHref string
	Form           stepForm
	Remove         string
}

var stepPage = declare[oneStep]("step.html", "step-form.html")

// editStep offers to change a step of the actor's own.
func editStep(c *call) (view, error) {
	s, err := plan.StepByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	g, err := c.myGoal(s.Goal)
	if err != nil {
		return view{}, err
	}
	href := "/steps/" + string(s.ID)
	main := oneStep{Goal: g.Title, GoalHref: PathOf(g.Thing()), Form: c.stepForm(s, href, "Keep it"), Remove: href + "/removal"}
	return stepPage.show(c, "Change the step", "plan", main)
}

func changeStep(c *call) (string, error) {
	in, err := c.stepIn()
	if err != nil {
		return "", err
	}
	href, err := c.goalOfStep()
	if err != nil {
		return "", err
	}
	return href, plan.ChangeStep(c.tx, c.me, c.id("id"), c.revision(), in)
}

// goalOfStep is the page of the goal that the step in the path is under.
func (c *call) goalOfStep() (string, error) {
	s, err := plan.StepByID(c.tx, c.me, c.id("id"))
	return PathOf(event.Thing{Kind: "goal", ID: s.Goal}) + "#steps", err
}

// setStep says how it stands with a step.
func setStep(c *call) (string, error) {
	href, err := c.goalOfStep()
	if err != nil {
		return "", err
	}
	return c.afterStep(href), plan.SetStep(c.tx, c.me, c.id("id"), plan.StepState(c.text("state")))
}

// markStep says that a step was done once today, or let pass, or that it was not after all.
func markStep(c *call) (string, error) {
	href, err := c.goalOfStep()
	if err != nil {
		return "", err
	}
	if c.text("mark") == "back" {
		return c.afterStep(href), plan.UnmarkStep(c.tx, c.me, c.id("id"))
	}
	return c.afterStep(href), plan.MarkStep(c.tx, c.me, c.id("id"), c.text("mark") == "did")
}

// moveStep gives a step another day: in a week, in a month, or one that was typed.
func moveStep(c *call) (string, error) {
	href, err := c.goalOfStep()
	if err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	day := c.day("due", wrong)
	switch c.text("by") {
	case "week":
		day = c.today().AddDays(7)
	case "month":
		day = c.today().AddMonths(1)
	default:
		if err := wrong.Err(); err != nil {
			return "", err
		}
	}
	return c.afterStep(href), plan.MoveStep(c.tx, c.me, c.id("id"), day)
}

// afterStep leads back to where a button was pressed.
func (c *call) afterStep(href string) string {
	if c.text("from") == "home" {
		return "/#todo"
	}
	return href
}

// everyWords say how often a step comes back.
func everyWords(s plan.Step) string {
	words := map[plan.Every]string{plan.EveryWeek: "every week", plan.EveryFortnight: "every two weeks", plan.EveryMonth: "every month"}[s.Every]
	if words != "" && !s.Until.IsZero() {
		words += " until " + s.Until.Time().Format("2 January 2006")
	}
	return words
}

const mostMarksShown = 5

// addMarks says on which days a step was done lately.
func (c *call) addMarks(line *stepLine, marks []plan.Mark) {
	for i, m := range marks {
		line.MarkedToday = line.MarkedToday || i == 0 && m.Day == c.today()
		if m.Did && len(line.Marks) < mostMarksShown {
			line.Marks = append(line.Marks, m.Day)
		}
	}
}

func removeStep(c *call) (string, error) {
	href, err := c.goalOfStep()
	if err != nil {
		return "", err
	}
	return href, plan.RemoveStep(c.tx, c.me, c.id("id"))
}
