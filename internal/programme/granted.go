package programme

import (
	"errors"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// GrantedBy are the events with which an ask may become granted: its answer, and that the last of what had to
// be shown was shown, or dropped by both.
var GrantedBy = []string{"ask decided", "criterion judged", "criteria agreed"}

// AskGranted signs somebody up once their ask for a programme is granted: with a yes, or with a yes with
// conditions when all of them are met. Whoever said yes has said it to the seat too, where it is theirs to give
// and costs no more than the ask named. It is the reaction to the events in GrantedBy.
func AskGranted(tx *db.Tx, e event.Event) error {
	grant, err := ask.UnscopedGrant(tx, e.Organisation, e.Thing.ID)
	if err != nil || !grant.Granted {
		return unlessSaid(err)
	}
	me, err := org.UnscopedActor(tx, e.Organisation, grant.Owner)
	if err != nil {
		return err
	}
	p, err := ByID(tx, me, grant.Programme)
	if err != nil || me.Left {
		return unlessSaid(err)
	}
	if err := p.takes(tx, me); err != nil {
		return unlessSaid(err)
	}
	place, err := p.signUp(tx, me, SignUpInput{Origin: e.Thing}) // what they would state of themselves was weighed in the answer
	if err != nil || place.State != Asked || !p.within(grant) {
		return unlessSaid(err)
	}
	return place.isGivenBy(tx, e.Organisation, grant.Said)
}

// within tells whether a seat costs no more than an ask named.
func (p Programme) within(g ask.Grant) bool {
	return p.Cost.Minor == 0 || p.Cost.Currency == g.Cost.Currency && p.Cost.Minor <= g.Cost.Minor
}

// isGivenBy lets the first of some who may say yes to a seat say it.
func (p Place) isGivenBy(tx *db.Tx, organisation db.ID, said []db.ID) error {
	for _, each := range said {
		by, err := org.UnscopedActor(tx, organisation, each)
		if err != nil {
			return err
		}
		may, err := MayDecide(tx, by, p.ID)
		if err != nil {
			return err
		}
		if may {
			return unlessSaid(Decide(tx, by, p.ID, Answer{Yes: true}))
		}
	}
	return nil
}

// unlessSaid lets go of what only tells why something could not be done: the ask is granted all the same.
func unlessSaid(err error) error {
	if errors.As(err, new(problem.Refused)) || errors.As(err, new(problem.Invalid)) || errors.Is(err, problem.NotFound) {
		return nil
	}
	return err
}
