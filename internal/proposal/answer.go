package proposal

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// TakeGoal makes a goal of the actor's out of one that was proposed to them, as they word it.
// Who proposed it learns that it was taken.
//
// Errors: problem.NotFound unless it was proposed to the actor, problem.Refused when it was
// answered already, problem.Invalid by field.
func TakeGoal(tx *db.Tx, me org.Actor, id db.ID, in plan.GoalText) (plan.Goal, error) {
	p, err := toMe(tx, me, id, Goal)
	if err != nil {
		return plan.Goal{}, err
	}
	g, err := plan.AddGoal(tx, me, in, p.Thing())
	if err != nil {
		return g, err
	}
	return g, p.answer(tx, me, Taken, "", g.ID)
}

// TakeStep makes a step of one that was proposed to the actor, as they word it.
//
// Errors: as those of TakeGoal; problem.Refused when the goal is gone.
func TakeStep(tx *db.Tx, me org.Actor, id db.ID, in plan.StepText) (plan.Step, error) {
	p, err := toMe(tx, me, id, Step)
	if err != nil {
		return plan.Step{}, err
	}
	if g, err := plan.GoalByID(tx, me, p.Goal); err != nil || g.Owner != me.Person {
		return plan.Step{}, problem.Refused("The goal that this step was for is no longer in your plan.")
	}
	s, err := plan.AddStep(tx, me, p.Goal, in)
	if err != nil {
		return s, err
	}
	return s, p.answer(tx, me, Taken, "", s.ID)
}

// Decline says no to a proposal, with a word or without one.
func Decline(tx *db.Tx, me org.Actor, id db.ID, word string) error {
	p, err := toMe(tx, me, id, "")
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	word = tidy(wrong, "answer", word, mostText)
	if err := wrong.Err(); err != nil {
		return err
	}
	return p.answer(tx, me, Declined, word, "")
}

// toMe finds a proposal to the actor that waits for their answer; of any kind, or of one.
func toMe(tx *db.Tx, me org.Actor, id db.ID, kind Kind) (Proposal, error) {
	p, err := ByID(tx, me, id)
	switch {
	case err != nil:
		return p, err
	case !p.Owner.Is(me) || me.Left || kind != "" && p.Kind != kind:
		return p, problem.NotFound
	case p.State != Waiting:
		return p, p.answered()
	}
	return p, nil
}

func (p Proposal) answered() error {
	if p.State == Taken {
		return problem.Refused("This was taken already.")
	}
	return problem.Refused("This was declined already.")
}

func (p Proposal) answer(tx *db.Tx, me org.Actor, state State, word string, made db.ID) error {
	if _, err := tx.Exec(`
		update proposals set state = $1, answer = $2, answered_at = $3, made_id = $4
		where organisation_id = $5 and id = $6 and owner_id = $7`,
		string(state), word, tx.Now(), made, me.Organisation, p.ID, me.Person); err != nil {
		return err
	}
	if err := happened(tx, me, "proposal "+string(state), p); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, p.By.Person, notice.Answered, p.Thing(), "")
}
