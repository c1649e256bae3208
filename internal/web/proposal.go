package web

import (
	"errors"
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
)

// proposalLine is a proposal in a list.
type proposalLine struct {
	Href, Words, Says, State string
	Waits                    bool // for the visitor's answer
}

func (c *call) lineOfProposal(p proposal.Proposal) proposalLine {
	line := proposalLine{Href: PathOf(p.Thing()), Words: p.Text.Words, Waits: p.WaitsFor(c.me), State: c.proposalState(p)}
	line.Says = p.By.Name + " proposes this " + string(p.Kind)
	if p.By.Is(c.me) {
		line.Says = "You propose this " + string(p.Kind) + " to " + p.Owner.Name
	}
	return line
}

// proposalState says what became of a proposal.
func (c *call) proposalState(p proposal.Proposal) string {
	switch p.State {
	case proposal.Taken:
		return "taken " + c.stamp(p.AnsweredAt)
	case proposal.Declined:
		return "declined " + c.stamp(p.AnsweredAt)
	}
	return "since " + c.stamp(p.CreatedAt)
}

// leads tells whether the visitor leads a person.
func (c *call) leads(person db.ID) (bool, error) {
	_, err := proposal.LineWith(c.tx, c.me, person)
	if errors.Is(err, problem.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// proposalList is what was proposed to and by the visitor.
type proposalList struct {
	List  []proposalLine
	Pager Pager
	Empty Empty
}

var proposalsPage = declare[proposalList]("proposals.html")

const proposalsPerPage = 30

// listProposals shows the proposals to and by the visitor.
func listProposals(c *call) (view, error) {
	found, err := proposal.All(c.tx, c.me, db.ID(c.text("after")), proposalsPerPage+1)
	if err != nil {
		return view{}, err
	}
	main := proposalList{Empty: Empty{Text: "When your manager thinks of a goal or a step for you, it stands here. It counts once you take it, as it is or changed."}}
	more := len(found) > proposalsPerPage
	found = found[:min(len(found), proposalsPerPage)]
	for _, p := range found {
		main.List = append(main.List, c.lineOfProposal(p))
	}
	if more {
		main.Pager.Older = "/proposals?" + url.Values{"after": {string(found[len(found)-1].ID)}}.Encode()
	}
	if c.text("after") != "" {
		main.Pager.Newer = "/proposals"
	}
	return proposalsPage.show(c, "Proposals", "plan", main)
}

// proposalForm proposes a goal, or a step to a goal.
type proposalForm struct {
	Whom                       string
	Crumb, CrumbHref           string
	To, Goal, GoalTitle        string
	Words, Measured, Due, Note Field
	Seen                       Seen
	IsGoal                     bool
}

var proposalFormPage = declare[proposalForm]("proposal-new.html")

// newProposal offers to propose a goal to a person (to=), or a step to a goal (goal=).
func newProposal(c *call) (view, error) {
	main := proposalForm{To: c.text("to"), Goal: c.text("goal")}
	owner, err := main.whose(c)
	if errors.Is(err, problem.NotFound) && (c.form.Any() || main.To == "" && main.Goal == "") {
		return c.proposeToWhom()
	}
	if err != nil {
		return view{}, err
	}
	them, err := org.ByID(c.tx, c.me, owner)
	if err != nil {
		return view{}, err
	}
	main.Whom, main.IsGoal = them.Called(), main.Goal == ""
	main.Crumb, main.CrumbHref = them.Name, "/people/"+string(them.ID)
	main.Seen = Seen{Shared: true, Text: "you and " + them.Name}
	main.Words, main.Measured, main.Due = c.proposalFields(main.IsGoal, proposal.Text{})
	main.Note = c.form.field(Field{Name: "why", Label: "Why you think of it", Type: "textarea", Rows: 3, Hint: "What you saw " + them.Called() + " do, or what is coming up."}, "")
	title := "Propose a goal to " + them.Called()
	if !main.IsGoal {
		title = "Propose a step to " + them.Called()
	}
	return proposalFormPage.show(c, title, "people", main)
}

// whose finds for whose plan the proposal is: somebody whom the visitor leads.
func (m *proposalForm) whose(c *call) (db.ID, error) {
	owner := db.ID(m.To)
	if m.Goal != "" {
		g, err := plan.GoalByID(c.tx, c.me, db.ID(m.Goal))
		if err != nil {
			return "", err
		}
		owner, m.GoalTitle = g.Owner, g.Title
	}
	_, err := proposal.LineWith(c.tx, c.me, owner)
	return owner, err
}

// whomToPropose are those who report to the visitor.
type whomToPropose struct{ People []org.Person }

var whomToProposePage = declare[whomToPropose]("proposal-whom.html")

// proposeToWhom lets the visitor choose among those who report to them.
func (c *call) proposeToWhom() (view, error) {
	reports, err := org.Reports(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	return whomToProposePage.show(c, "Propose a goal", "people", whomToPropose{reports})
}

func (c *call) proposalFields(isGoal bool, in proposal.Text) (words, measured, due Field) {
	words = c.form.field(Field{Name: "words", Label: "The step", Type: "textarea", Rows: 2, Required: true}, in.Words)
	if isGoal {
		words = c.form.field(Field{Name: "title", Label: "The goal", Type: "own", Required: true, Max: 200}, in.Words)
		measured = c.form.field(Field{Name: "measured", Label: "How one would know", Type: "textarea", Rows: 2}, in.Measured)
	}
	return words, measured, c.form.field(Field{Name: "due", Label: "By when", Type: "date"}, in.Due.String())
}

// proposalIn is a proposal as the form gives it.
func (c *call) proposalIn(words string) (proposal.Text, error) {
	wrong := problem.Invalid{}
	in := proposal.Text{Words: c.text(words), Measured: c.text("measured"), Due: c.day("due", wrong), Why: c.text("why")}
	return in, wrong.Err()
}

// propose sends a proposal.
func propose(c *call) (string, error) {
	field := "title"
	if c.text("goal") != "" {
		field = "words"
	}
	in, err := c.proposalIn(field)
	if err != nil {
		return "", err
	}
	var p proposal.Proposal
	if field == "words" {
		p, err = proposal.ProposeStep(c.tx, c.me, db.ID(c.text("goal")), in)
	} else {
		p, err = proposal.ProposeGoal(c.tx, c.me, db.ID(c.text("to")), in)
	}
	if errors.Is(err, problem.NotFound) {
		err = problem.Refused("You can propose a goal to somebody who reports to you, and a step to a goal that they show you.")
	}
	return PathOf(p.Thing()), err
}

// oneProposal is a proposal for one of its sides.
type oneProposal struct {
	Href, Title, Says, Why, Answer string
	Measured                       string
	Due                            civil.Date
	GoalTitle, GoalHref            string // of a step, where the visitor sees that goal
	GoalGone                       bool
	MadeHref                       string
	IsGoal, Waits, CanWithdraw     bool
	Words, Measure, By, Word       Field
	Seen                           Seen
}

var proposalPage = declare[oneProposal]("proposal.html")

// showProposal shows a proposal to one of its sides.
func showProposal(c *call) (view, error) {
	p, err := proposal.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneProposal{
		Href: PathOf(p.Thing()), Title: p.Text.Words, Why: p.Text.Why, Answer: p.Answer, Measured: p.Text.Measured, Due: p.Text.Due,
		IsGoal: p.Kind == proposal.Goal, Waits: p.WaitsFor(c.me) && !c.me.Left,
		CanWithdraw: p.State == proposal.Waiting && p.By.Is(c.me) && !c.me.Left,
		Seen:        Seen{Shared: true, Text: "you and " + p.Other(c.me).Name},
	}
	line := c.lineOfProposal(p)
	main.Says = line.Says + ", " + line.State
	if err := main.addGoal(c, p); err != nil {
		return view{}, err
	}
	if main.Waits {
		main.Words, main.Measure, main.By = c.proposalFields(main.IsGoal, p.Text)
		main.Word = c.form.field(Field{Name: "answer", Label: "A word with it, if you like", Type: "textarea", Rows: 2}, "")
	}
	return proposalPage.show(c, "A proposal", "plan", main)
}

// addGoal adds the goal that a step is for, as far as the visitor sees it, and what became of it.
func (m *oneProposal) addGoal(c *call, p proposal.Proposal) error {
	if p.Kind == proposal.Goal {
		if p.Made != "" {
			m.MadeHref = PathOf(event.Thing{Kind: "goal", ID: p.Made})
		}
		return nil
	}
	g, err := plan.GoalByID(c.tx, c.me, p.Goal)
	switch {
	case err == nil:
		m.GoalTitle, m.GoalHref = g.Title, PathOf(g.Thing())
	case errors.Is(err, problem.NotFound):
		m.GoalGone, err = p.Owner.Is(c.me), nil
	}
	return err
}

// takeProposal makes a goal or a step of a proposal, as the form words it.
func takeProposal(c *call) (string, error) {
	p, err := proposal.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	if p.Kind == proposal.Step {
		in, err := c.proposalIn("words")
		if err != nil {
			return "", err
		}
		s, err := proposal.TakeStep(c.tx, c.me, p.ID, plan.StepText{Words: in.Words, Due: in.Due})
		return PathOf(event.Thing{Kind: "goal", ID: s.Goal}), err
	}
	in, err := c.proposalIn("title")
	if err != nil {
		return "", err
	}
	g, err := proposal.TakeGoal(c.tx, c.me, p.ID, plan.GoalText{Title: in.Words, Measured: in.Measured, Due: in.Due})
	return PathOf(g.Thing()), err
}

func declineProposal(c *call) (string, error) {
	return PathOf(event.Thing{Kind: "proposal", ID: c.id("id")}), proposal.Decline(c.tx, c.me, c.id("id"), c.text("answer"))
}

func withdrawProposal(c *call) (string, error) {
	return "/proposals", proposal.Withdraw(c.tx, c.me, c.id("id"))
}
