// Package proposal holds what a manager proposes for the plan of somebody who reports to them: a
// goal, or a step to a goal that they may see.
//
// A proposal is between the two, and counts for nothing until the owner of the plan takes it, as
// it is or changed. The manager learns whether it was taken, and nothing of what became of it.
package proposal

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Proposal is a goal or a step that somebody's manager thought of.
type Proposal struct {
	ID         db.ID
	Owner      org.Party // for whose plan it is
	By         org.Party // their manager then
	Kind       Kind
	Goal       db.ID // of a step: the goal that it is for, which may be gone
	Text       Text
	State      State
	Answer     string // a word of the owner's, if they gave one
	AnsweredAt time.Time
	Made       db.ID // the goal or step that it became: for the owner alone
	CreatedAt  time.Time
}

// Text is what a manager says in a proposal.
type Text struct {
	Words    string // the title of the goal, or the step
	Measured string // of a goal: how one would know
	Due      civil.Date
	Why      string // what made them think of it
}

// Kind is what is proposed.
type Kind string

// The kinds.
const (
	Goal Kind = "goal"
	Step Kind = "step"
)

// State is what became of a proposal.
type State string

// The states.
const (
	Waiting  State = "waiting"
	Taken    State = "taken"
	Declined State = "declined"
)

// Thing is the proposal as something that happened to.
func (p Proposal) Thing() event.Thing { return event.Thing{Kind: "proposal", ID: p.ID} }

// Other is the side that is not the actor.
func (p Proposal) Other(me org.Actor) org.Party {
	if p.Owner.Is(me) {
		return p.By
	}
	return p.Owner
}

// WaitsFor tells whether it waits for the actor's answer.
func (p Proposal) WaitsFor(me org.Actor) bool { return p.State == Waiting && p.Owner.Is(me) }

// How much a manager may propose to one person at once, and how long it may be.
const (
	mostWaiting = 10
	mostLine    = 200
	mostText    = 2_000
)

// ProposeGoal proposes a goal to somebody who reports to the actor.
//
// Errors: problem.NotFound for anybody else, problem.Refused while many wait for an answer,
// problem.Invalid by field.
func ProposeGoal(tx *db.Tx, me org.Actor, to db.ID, in Text) (Proposal, error) {
	return propose(tx, me, Proposal{Owner: org.Party{Person: to}, Kind: Goal, Text: in})
}

// ProposeStep proposes a step to a goal that somebody who reports to the actor lets them see.
//
// Errors: as those of ProposeGoal; problem.Refused for a goal that is closed.
func ProposeStep(tx *db.Tx, me org.Actor, goal db.ID, in Text) (Proposal, error) {
	g, err := plan.GoalByID(tx, me, goal)
	if err != nil {
		return Proposal{}, err
	}
	in.Measured = ""
	p := Proposal{Owner: org.Party{Person: g.Owner}, Kind: Step, Goal: goal, Text: in}
	if !g.IsOpen() && g.Owner != me.Person {
		return p, problem.Refused("This goal is closed. Propose a new goal, or talk about taking this one up again.")
	}
	return propose(tx, me, p)
}

func propose(tx *db.Tx, me org.Actor, p Proposal) (Proposal, error) {
	line, err := LineWith(tx, me, p.Owner.Person)
	if err != nil {
		return p, err
	}
	if err := p.Text.check(p.Kind); err != nil {
		return p, err
	}
	var waiting int64
	if err := tx.Get("select count(*) from proposals where organisation_id = $1 and line_id = $2 and state = 'waiting'",
		me.Organisation, line).Scan(&waiting); err != nil {
		return p, err
	}
	if waiting >= mostWaiting {
		return p, problem.Refused("Ten proposals wait for an answer already. Talk about those first.")
	}
	p.ID, p.By, p.State, p.CreatedAt = tx.NewID(), me.Self(), Waiting, tx.Now()
	if _, err := tx.Exec(`
		insert into proposals (organisation_id, id, owner_id, by_id, line_id, kind, goal_id, words, measured, due, why, state, answer, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'waiting', '', $12)`,
		me.Organisation, p.ID, p.Owner.Person, me.Person, line, string(p.Kind), p.Goal,
		p.Text.Words, p.Text.Measured, p.Text.Due, p.Text.Why, tx.Now()); err != nil {
		return p, err
	}
	if err := happened(tx, me, string(p.Kind)+" proposed", p); err != nil {
		return p, err
	}
	return p, notice.Tell(tx, me.Organisation, p.Owner.Person, notice.Proposed, p.Thing(), "")
}

// LineWith is the reporting line in which the actor leads a person.
//
// Errors: problem.NotFound where there is none.
func LineWith(tx *db.Tx, me org.Actor, person db.ID) (db.ID, error) {
	if me.Viewer() == "" {
		return "", problem.NotFound
	}
	line, err := org.LineOf(tx, me.Organisation, person)
	if err == nil && (line.ID == "" || line.Manager != me.Person) {
		err = problem.NotFound
	}
	return line.ID, err
}

func (t *Text) check(kind Kind) error {
	wrong := problem.Invalid{}
	field, most, ask := "words", mostText, "Please say what they could do."
	if kind == Goal {
		field, most, ask = "title", mostLine, "Please say in a few words what they could reach."
	}
	t.Words = tidy(wrong, field, t.Words, most)
	t.Measured = tidy(wrong, "measured", t.Measured, mostText)
	t.Why = tidy(wrong, "why", t.Why, mostText)
	wrong.Check(t.Words != "", field, ask)
	return wrong.Err()
}

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if most == mostLine {
		text = strings.Join(strings.Fields(text), " ")
	}
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(most)+".")
	}
	return text
}

// Withdraw takes a proposal of the actor's back that was not answered yet. It is gone then.
func Withdraw(tx *db.Tx, me org.Actor, id db.ID) error {
	p, err := ByID(tx, me, id)
	switch {
	case err != nil:
		return err
	case !p.By.Is(me):
		return problem.Refused("Only who proposed it can withdraw it. You can decline it.")
	case p.State != Waiting:
		return p.answered()
	}
	if _, err := tx.Exec("delete from proposals where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "proposal withdrawn", p)
}

// LineEnded removes what was proposed in a reporting line and not answered. What was answered
// stays with both. It is the reaction to "line ended".
func LineEnded(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec("delete from proposals where organisation_id = $1 and line_id = $2 and state = 'waiting'", e.Organisation, e.Thing.ID)
	return err
}

func happened(tx *db.Tx, me org.Actor, kind string, p Proposal) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: p.Thing()})
}
