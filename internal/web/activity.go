package web

import (
	"html/template"
	"net/url"

	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// activityList is the catalogue.
type activityList struct {
	For, Money Field
	Goal       string // the id of the goal that one comes from
	Origin     string // the skill that one comes from
	Skill      string // how it is called
	Groups     []activityGroup
	Faults     []activity.Fault
}

type activityGroup struct {
	Title string
	Kinds []activityRow
}

// activityRow is an activity in a list.
type activityRow struct {
	Href, Name, Hint string
	Time, Money      string
}

var activityListPage = declare[activityList]("activities.html", "activity-rows.html")

// uses say what an activity is good for, to the one who chooses.
var uses = map[activity.Use]string{
	activity.Begin: "Begin something new",
	activity.Grow:  "Get better at it",
	activity.Share: "Build on a strength",
}

// amounts say what an activity costs besides hours.
var amounts = map[activity.Money]string{
	activity.Nothing: "no money",
	activity.Little:  "a little money",
	activity.Budget:  "needs a budget",
}

// listActivities shows the catalogue, narrowed to what one is looking for.
func listActivities(c *call) (view, error) {
	want := activity.Choice{For: activity.Use(c.text("for")), Money: activity.Money(c.text("money"))}
	list := activityList{
		Goal: c.text("goal"), Origin: c.text("origin"),
		For:   Field{Name: "for", Label: "What you want to do", Type: "select", Options: []Option{{Label: "Anything"}}},
		Money: Field{Name: "money", Label: "What it may cost", Type: "select", Options: []Option{{Label: "Whatever it costs"}}},
	}
	line, ok, err := c.fromSkill()
	if err != nil {
		return view{}, err
	}
	if ok {
		list.Skill = line.Own.Name
	}
	for _, use := range activity.Uses {
		list.For.Options = append(list.For.Options, Option{Value: string(use), Label: uses[use], Chosen: use == want.For})
	}
	for _, m := range activity.Amounts {
		list.Money.Options = append(list.Money.Options, Option{Value: string(m), Label: capital(amounts[m]), Chosen: m == want.Money})
	}
	for _, group := range activity.Groups {
		want.Group = group
		if found := c.server.Activities.List(want); len(found) > 0 {
			list.Groups = append(list.Groups, activityGroup{capital(string(group)), c.activityRows(found)})
		}
	}
	if c.me.Administrator {
		list.Faults = c.server.Activities.Faults()
	}
	return activityListPage.show(c, "Ways to learn", "plan", list)
}

func (c *call) activityRows(kinds []activity.Activity) []activityRow {
	from := ""
	if came := c.comingFrom(); len(came) > 0 {
		from = "?" + came.Encode()
	}
	var rows []activityRow
	for _, a := range kinds {
		rows = append(rows, activityRow{activityHref(a.ID) + from, capital(a.Name), capital(a.Hint), a.Time, amounts[a.Money]})
	}
	return rows
}

// comingFrom is the goal or the skill that somebody came from, by its id, to go on with.
func (c *call) comingFrom() url.Values {
	from := url.Values{}
	for _, what := range []string{"goal", "origin"} {
		if id := c.text(what); id != "" {
			from.Set(what, id)
		}
	}
	return from
}

func activityHref(id string) string { return "/activities/" + url.PathEscape(id) }

// oneActivity is one kind of activity.
type oneActivity struct {
	Name, Hint, Time, Money string
	Own                     bool
	For                     []string
	Take                    string // puts it into the plan
	Steps                   []exampleStep
	When, Then              string
	Sections                []activitySection
	Next                    []activityRow
}

// exampleStep is a sentence that one can take into the plan.
type exampleStep struct{ Href, Words string }

type activitySection struct {
	Title string
	Text  template.HTML
}

var activityPage = declare[oneActivity]("activity.html", "activity-rows.html")

// showActivity shows one kind, and offers to put it into the plan. ?goal= is the goal that one
// came from.
func showActivity(c *call) (view, error) {
	a, ok := c.server.Activities.ByID(c.PathValue("name"))
	if !ok {
		return view{}, problem.NotFound
	}
	main := oneActivity{
		Name: capital(a.Name), Hint: capital(a.Hint) + ".", Time: capital(a.Time), Money: amounts[a.Money], Own: a.Own,
		Take: c.takeHref(a, 0), When: a.When, Then: a.Then, Next: c.activityRows(c.server.Activities.Next(a)),
		Sections: []activitySection{
			{"What it is", prose(a.WhatItIs)}, {"When it fits", prose(a.Fits)}, {"What it costs", prose(a.Costs)},
			{"How to start", prose(a.Start)}, {"How to tell that it worked", prose(a.Worked)},
			{"What to ask your manager for", prose(a.Manager)},
		},
	}
	for _, use := range a.For {
		main.For = append(main.For, uses[use])
	}
	for i, words := range a.Steps {
		main.Steps = append(main.Steps, exampleStep{c.takeHref(a, i), words})
	}
	return activityPage.show(c, main.Name, "plan", main)
}

// takeHref leads to a new step with one of the sentences of an activity.
func (c *call) takeHref(a activity.Activity, sentence int) string {
	values := c.comingFrom()
	values.Set("activity", a.ID)
	if sentence > 0 {
		values.Set("sentence", string(rune('0'+sentence%10)))
	}
	return "/steps/new?" + values.Encode()
}

// example is the step that an address names by an activity and the number of its sentence; a step
// without words where it names none.
func (c *call) example() plan.Step {
	a, ok := c.server.Activities.ByID(c.text("activity"))
	if !ok {
		return plan.Step{}
	}
	sentence := 0
	if n := c.text("sentence"); len(n) == 1 && int(n[0]-'0') < len(a.Steps) && n[0] >= '0' {
		sentence = int(n[0] - '0')
	}
	return plan.Step{StepText: plan.StepText{Activity: a.Name, Words: a.Steps[sentence], Cue: a.When, Response: a.Then}}
}
