// Package home composes the page that a person starts from: what is next, what was promised, what
// is on its way, and, for who leads others, each of those who report to them.
package home

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
)

// Home is what a person starts from.
type Home struct {
	Me      org.Person
	Manager org.Person // zero without one, or where the page does not speak of them
	Today   civil.Date // where the person is
	Hour    int

	Next      conversation.Conversation   // the next that is agreed; zero without one
	Proposals []conversation.Conversation // wait for the actor's answer
	Sent      []conversation.Conversation // wait for the other side's
	Facts     []Fact                      // what stands between the two of the next conversation

	Promises     []commitment.Commitment // by and to the actor, the next day first
	ask.Motion                           // asks that wait for somebody, or are on their way back
	Words        []plan.AskedLine        // what the actor is asked to confirm, and about the skills of others
	Questions    []question.Waiting      // to answer, to reply to, or suggestions whose day has come
	Handover     bool                    // a change of manager waits for the actor's word
	Offered      []proposal.Proposal     // by the actor's manager, for their plan
	OpenComments int64                   // on what the actor shows, open

	Purpose plan.Text
	Goals   []plan.Goal // the open ones, the next due first
	Steps   []plan.Step // due within a week, the next first
	Reviews []plan.Goal // to be looked at again, the longest due first
	Year    Year
	Reports []Report // of who leads others
}

// Report is one of those who report to the actor, and what is to be done for them.
type Report struct {
	Person   org.Person
	Next     conversation.Conversation // agreed or proposed; zero: neither
	Waits    []ask.Ask                 // their asks that wait for the actor, oldest first
	Promised []commitment.Commitment   // by the actor, to them
}

const (
	mostPromises = 6
	mostGoals    = 3
	mostSteps    = 4
	mostReviews  = 2
	soon         = 7 // days
)

// Of composes the actor's start page.
func Of(tx *db.Tx, me org.Actor) (Home, error) {
	h := Home{Today: civil.In(tx.Now(), me.Zone), Hour: tx.Now().In(me.Zone).Hour()}
	for _, part := range []func(*db.Tx, org.Actor) error{h.people, h.conversations, h.manager, h.between, h.said, h.growth, h.lead} {
		if err := part(tx, me); err != nil {
			return h, err
		}
	}
	h.Facts = h.facts(me)
	return h, nil
}

func (h *Home) people(tx *db.Tx, me org.Actor) (err error) {
	if h.Me, err = org.Me(tx, me); err != nil {
		return err
	}
	h.Handover, err = handover.Waits(tx, me)
	return err
}

// manager looks up who leads the actor, where the page speaks of them.
func (h *Home) manager(tx *db.Tx, me org.Actor) (err error) {
	if h.Me.ManagerID == "" || !h.Handover && h.Next.ID != "" {
		return nil
	}
	h.Manager, err = org.ManagerOf(tx, me)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	return err
}

func (h *Home) conversations(tx *db.Tx, me org.Actor) error {
	coming, err := conversation.Nearest(tx, me)
	if err != nil {
		return err
	}
	for _, c := range coming {
		switch {
		case c.WaitsFor(me):
			h.Proposals = append(h.Proposals, c)
		case c.State == conversation.Requested:
			h.Sent = append(h.Sent, c)
		case h.Next.ID == "":
			h.Next = c
		}
		h.planned(c, me)
	}
	h.Year, err = yearOf(tx, me, h.Today, h.Next)
	return err
}

// planned notes a conversation with one of those who report to the actor.
func (h *Home) planned(c conversation.Conversation, me org.Actor) {
	if c.Partner.Is(me) {
		h.Reports = append(h.Reports, Report{Person: org.Person{ID: c.Owner.Person}, Next: c})
	}
}

func (h *Home) between(tx *db.Tx, me org.Actor) error {
	var err error
	if h.Promises, err = commitment.AllStanding(tx, me, 100); err != nil {
		return err
	}
	slices.SortStableFunc(h.Promises, func(a, b commitment.Commitment) int {
		return Day(a, h.Today).DaysSince(Day(b, h.Today))
	})
	if h.Motion, err = ask.InMotion(tx, me); err != nil {
		return err
	}
	if h.Words, err = plan.WaitForMyWord(tx, me); err != nil {
		return err
	}
	h.Questions, err = question.WaitForMe(tx, me, h.Today)
	return err
}

// said is what others put before the actor about their plan.
func (h *Home) said(tx *db.Tx, me org.Actor) (err error) {
	if h.Offered, err = proposal.ToMe(tx, me); err != nil {
		return err
	}
	h.OpenComments, err = comment.CountOpen(tx, me)
	return err
}

// Day is the day that a promise stands for at present: when it is due, or, once it was said to
// be done, when the two look back.
func Day(c commitment.Commitment, today civil.Date) civil.Date {
	if !c.SaidDoneAt.IsZero() && c.DiffersAt.IsZero() {
		return c.CheckIn
	}
	return c.Due
}

func (h *Home) growth(tx *db.Tx, me org.Actor) error {
	var err error
	if h.Purpose, err = plan.TextOf(tx, me, plan.Purpose); err != nil {
		return err
	}
	if h.Goals, err = plan.OpenGoals(tx, me, mostGoals); err != nil || len(h.Goals) == 0 {
		return err
	}
	if h.Steps, err = plan.StepsDue(tx, me, h.Today.AddDays(soon), mostSteps); err != nil {
		return err
	}
	h.Reviews, err = plan.GoalsToReview(tx, me, h.Today, mostReviews)
	return err
}

// lead gathers what the actor has to do for each of those who report to them.
func (h *Home) lead(tx *db.Tx, me org.Actor) error {
	people, err := org.Reports(tx, me)
	if err != nil {
		return err
	}
	planned := h.Reports
	h.Reports = nil
	for _, p := range people {
		r := Report{Person: p}
		for _, each := range planned {
			if each.Person.ID == p.ID && r.Next.ID == "" {
				r.Next = each.Next
			}
		}
		for _, a := range h.ForMe {
			if a.Owner.Person == p.ID {
				r.Waits = append(r.Waits, a)
			}
		}
		for _, c := range h.Promises {
			if c.By.Is(me) && c.To.Person == p.ID {
				r.Promised = append(r.Promised, c)
			}
		}
		h.Reports = append(h.Reports, r)
	}
	return nil
}

// Nearest are the promises that the page lists, those with the nearest day. What the actor
// promised to those who report to them stands there, with each of them.
func (h Home) Nearest(me org.Actor) []commitment.Commitment {
	var rest []commitment.Commitment
	for _, c := range h.Promises {
		if len(rest) < mostPromises && !(c.By.Is(me) && h.leads(c.To.Person)) {
			rest = append(rest, c)
		}
	}
	return rest
}

// FromOthers are the asks that wait for the actor, but for those of the people who report to
// them, which stand with each of them.
func (h Home) FromOthers() []ask.Ask {
	var rest []ask.Ask
	for _, a := range h.ForMe {
		if !h.leads(a.Owner.Person) {
			rest = append(rest, a)
		}
	}
	return rest
}

func (h Home) leads(person db.ID) bool {
	return slices.ContainsFunc(h.Reports, func(r Report) bool { return r.Person.ID == person })
}

// Fact is one thing that stands between the two of the next conversation.
type Fact struct {
	Kind  FactKind
	Words string     // of the one who wrote it
	Day   civil.Date // due, or sent
}

// FactKind is what a fact says.
type FactKind string

// The kinds of facts.
const (
	TheyPromised FactKind = "they promised"
	YouPromised  FactKind = "you promised"
	YouAsked     FactKind = "you asked"
	TheyAsked    FactKind = "they asked"
)

const mostFacts = 3

// facts are what the two of the next conversation could talk about, the oldest first.
func (h Home) facts(me org.Actor) []Fact {
	if h.Next.ID == "" {
		return nil
	}
	other := h.Next.Other(me)
	is := func(p org.Party) bool { return p.Person == other.Person && p.Contact == other.Contact }
	meet := civil.In(h.Next.At, me.Zone)
	var facts []Fact
	for _, c := range h.Promises {
		switch {
		case c.Due.After(meet):
		case is(c.By):
			facts = append(facts, Fact{TheyPromised, c.Words, c.Due})
		case is(c.To):
			facts = append(facts, Fact{YouPromised, c.Words, c.Due})
		}
	}
	for _, a := range h.OnTheirWay {
		if is(a.Whom) {
			facts = append(facts, Fact{YouAsked, a.What, civil.In(a.SentAt, me.Zone)})
		}
	}
	for _, a := range h.ForMe {
		if is(a.Owner) {
			facts = append(facts, Fact{TheyAsked, a.What, civil.In(a.SentAt, me.Zone)})
		}
	}
	return facts[:min(len(facts), mostFacts)]
}

// Year is a year of conversations about one person's growth, with their wins, to be drawn.
type Year struct {
	Marks []Mark
	Wins  []float64 // where they stand, in percent of the width
	Held  int
}

// Mark is one conversation in the year.
type Mark struct {
	At    float64 // in percent of the width
	Deep  bool    // an hour, once a quarter
	Held  bool
	Up    bool // the next one
	Label string
	Day   civil.Date
}

// The year begins so many days back, and reaches so many ahead.
const (
	daysBack  = 270
	daysAhead = 95
)

func yearOf(tx *db.Tx, me org.Actor, today civil.Date, next conversation.Conversation) (Year, error) {
	from, to := today.AddDays(-daysBack), today.AddDays(daysAhead)
	all, err := conversation.Year(tx, me, from.At(0, 0, me.Zone), to.At(0, 0, me.Zone))
	if err != nil {
		return Year{}, err
	}
	var y Year
	for _, c := range all {
		day := civil.In(c.At, me.Zone)
		m := Mark{At: along(day, from), Deep: c.Kind.Deep(), Held: c.State == conversation.Held, Up: c.ID == next.ID, Day: day}
		if m.Deep || m.Up {
			m.Label = string(c.Kind)
		}
		if m.Held {
			y.Held++
		}
		y.Marks = append(y.Marks, m)
	}
	y.thinOut()
	days, err := plan.WinDays(tx, me, from)
	for _, day := range days {
		if !day.After(today) {
			y.Wins = append(y.Wins, along(day, from))
		}
	}
	return y, err
}

// along is where a day stands, in percent: within the margins that keep its label on the page.
func along(day, from civil.Date) float64 {
	return 3 + 94*float64(day.DaysSince(from))/float64(daysBack+daysAhead)
}

// thinOut drops labels that would stand in each other's way; that of the next one stays.
func (y *Year) thinOut() {
	const apart = 15
	for i := range y.Marks {
		for j := range y.Marks {
			a, b := &y.Marks[i], y.Marks[j]
			near := i != j && a.At-b.At < apart && b.At-a.At < apart
			if near && !a.Up && a.Label != "" && b.Label != "" && (b.Up || j < i) {
				a.Label = ""
			}
		}
	}
}
