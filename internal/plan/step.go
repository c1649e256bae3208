package plan

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Step is one thing to do under a goal. It is seen with its goal, never without.
type Step struct {
	ID    db.ID
	Goal  db.ID
	Owner db.ID
	StepText
	State    StepState
	DoneAt   time.Time
	Anchor   civil.Date // of one that comes back: the day that its days are counted from
	Revision int64
}

// StepText is what a person says of a step.
type StepText struct {
	Activity string // the kind of activity, by its name in the catalogue; "" is none
	Words    string
	Due      civil.Date
	Cue      string // "When ...": the moment in which it is done
	Response string // "... I will ...": what is done then
	Every    Every  // how often it comes back
	Until    civil.Date
}

// StepState is how things stand with a step.
type StepState string

// The states of a step.
const (
	StepOpen  StepState = "open"
	StepBegun StepState = "begun"
	StepDone  StepState = "done"
	StepLetGo StepState = "let go"
)

// IsOpen tells whether there is still something to do.
func (s Step) IsOpen() bool { return s.State == StepOpen || s.State == StepBegun }

const mostSteps = 100

// AddStep puts a step under a goal of the actor's.
func AddStep(tx *db.Tx, me org.Actor, goal db.ID, in StepText) (Step, error) {
	s := Step{Goal: goal, Owner: me.Person, StepText: in, State: StepOpen, Revision: 1}
	g, err := myGoal(tx, me, goal)
	if err != nil {
		return s, err
	}
	if err := s.check(civil.In(tx.Now(), me.Zone)); err != nil {
		return s, err
	}
	steps, err := stepsOfGoal(tx, me, g.ID)
	if err != nil {
		return s, err
	}
	if len(steps) >= mostSteps {
		return s, problem.Refused("A hundred steps are a lot for one goal. Remove some first, or begin a second goal.")
	}
	s.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into steps (organisation_id, id, owner_id, goal_id, activity, words, due, cue, response, every, until, anchor, state, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', 1, $13)`,
		me.Organisation, s.ID, me.Person, goal, s.Activity, s.Words, s.Due, s.Cue, s.Response, string(s.Every), s.Until, s.Anchor, tx.Now()); err != nil {
		return s, err
	}
	return s, happened(tx, me, "step added", s.Thing())
}

// ChangeStep replaces what the actor says of a step of theirs.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func ChangeStep(tx *db.Tx, me org.Actor, id db.ID, revision int64, in StepText) error {
	was, err := myStep(tx, me, id)
	if err != nil {
		return err
	}
	s := was
	s.StepText = in
	if err := s.check(civil.In(tx.Now(), me.Zone)); err != nil {
		return err
	}
	return s.replace(tx, me, was, revision, "step changed")
}

// SetStep says how things stand with a step of the actor's: begun, done, let go, or open again.
func SetStep(tx *db.Tx, me org.Actor, id db.ID, state StepState) error {
	was, err := myStep(tx, me, id)
	if err != nil || was.State == state {
		return err
	}
	s := was
	s.State, s.DoneAt = state, time.Time{}
	switch state {
	case StepDone:
		s.DoneAt = tx.Now()
	case StepOpen, StepBegun, StepLetGo:
	default:
		return problem.Invalid{"state": "Please choose how it stands with this step."}
	}
	return s.replace(tx, me, was, was.Revision, "step "+string(state))
}

// replace puts s in the place of was.
func (s Step) replace(tx *db.Tx, me org.Actor, was Step, madeOn int64, kind string) error {
	return edit{s.Thing(), was.fields(), s.fields(), was.Revision, madeOn}.write(tx, me, kind, `
		update steps set activity = $1, words = $2, due = $3, cue = $4, response = $5, every = $6, until = $7, anchor = $8,
			state = $9, done_at = $10, revision = revision + 1
		where organisation_id = $11 and id = $12 and owner_id = $13`,
		s.Activity, s.Words, s.Due, s.Cue, s.Response, string(s.Every), s.Until, s.Anchor, string(s.State), s.DoneAt, me.Organisation, s.ID, me.Person)
}

// RemoveStep takes a step out of the actor's plan. What it said stays among the earlier versions.
func RemoveStep(tx *db.Tx, me org.Actor, id db.ID) error {
	was, err := myStep(tx, me, id)
	if err != nil {
		return err
	}
	return was.remove(tx, me)
}

func (s Step) remove(tx *db.Tx, me org.Actor) error {
	if err := org.KeepRevision(tx, me, s.Thing(), s.Revision, s.fields()); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from step_marks where organisation_id = $1 and step_id = $2", me.Organisation, s.ID); err != nil {
		return err
	}
	return remove(tx, me, "steps", s.Thing())
}

// myStep finds a step of the actor's own, to be changed.
func myStep(tx *db.Tx, me org.Actor, id db.ID) (Step, error) { return own(tx, me, id, StepByID) }

func (s Step) owner() db.ID { return s.Owner }

// check tidies a step. One that comes back has its days counted from the day it is due, which is
// today unless it says otherwise.
func (s *Step) check(today civil.Date) error {
	wrong := problem.Invalid{}
	s.Activity = tidy(wrong, "activity", s.Activity, mostLine)
	s.Words = tidy(wrong, "words", s.Words, mostText)
	s.Cue = tidy(wrong, "cue", s.Cue, mostLine)
	s.Response = tidy(wrong, "response", s.Response, mostLine)
	wrong.Check(s.Words != "", "words", "Please say what you will do.")
	wrong.Check(slices.Contains(Everies, s.Every), "every", "Please choose how often it comes back.")
	if s.ComesBack() {
		if s.Due.IsZero() {
			s.Due = today
		}
		if s.Anchor.IsZero() || s.next(s.Due.AddDays(-1)) != s.Due {
			s.Anchor = s.Due
		}
		wrong.Check(s.Until.IsZero() || !s.Until.Before(s.Due), "until", "This day is before the step is due.")
	} else {
		s.Until, s.Anchor = civil.Date{}, civil.Date{}
	}
	return wrong.Err()
}

// Thing is the step as something that happened to.
func (s Step) Thing() event.Thing { return event.Thing{Kind: "step", ID: s.ID} }

func (s Step) fields() map[string]string {
	return map[string]string{
		"activity": s.Activity, "words": s.Words, "due": s.Due.String(), "cue": s.Cue, "response": s.Response,
		"every": string(s.Every), "until": s.Until.String(), "state": string(s.State),
	}
}

const selectStep = `
	select s.id, s.goal_id, s.owner_id, s.activity, s.words, s.due, s.cue, s.response, s.every, s.until, s.anchor, s.state, s.done_at, s.revision
	from steps s join goals g on g.organisation_id = s.organisation_id and g.id = s.goal_id
`

func scanStep(row db.Row) (Step, error) {
	var s Step
	err := row.Scan(&s.ID, &s.Goal, &s.Owner, &s.Activity, &s.Words, &s.Due, &s.Cue, &s.Response, &s.Every, &s.Until, &s.Anchor, &s.State, &s.DoneAt, &s.Revision)
	return s, err
}

// StepByID finds a step of a goal that the actor may see.
func StepByID(tx *db.Tx, me org.Actor, id db.ID) (Step, error) {
	return db.One(tx, scanStep, selectStep+"where s.organisation_id = $1 and s.id = $4 and "+goalSeen,
		me.Organisation, me.Person, me.Viewer(), id)
}

const stepOrder = " order by s.state = 'let go', s.state = 'done', s.due is null, s.due, s.id"

func stepsOfGoal(tx *db.Tx, me org.Actor, goal db.ID) ([]Step, error) {
	return db.List(tx, scanStep, selectStep+"where s.organisation_id = $1 and s.goal_id = $4 and "+goalSeen+stepOrder,
		me.Organisation, me.Person, me.Viewer(), goal)
}

func stepsOfOwner(tx *db.Tx, me org.Actor, owner db.ID) ([]Step, error) {
	return db.List(tx, scanStep, selectStep+"where s.organisation_id = $1 and s.owner_id = $4 and "+goalSeen+stepOrder,
		me.Organisation, me.Person, me.Viewer(), owner)
}

// StepsDue lists the actor's own steps that are still to be done by a day, of open goals, the next
// due first.
func StepsDue(tx *db.Tx, me org.Actor, until civil.Date, most int) ([]Step, error) {
	return db.List(tx, scanStep, selectStep+`
		where s.organisation_id = $1 and s.owner_id = $2 and s.due <= $3 and s.state in ('open', 'begun') and g.state = 'open'
		order by s.due, s.id limit $4`, me.Organisation, me.Person, until, most)
}
