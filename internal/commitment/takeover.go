package commitment

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const mostBetween = 200

// WithAny lists what is agreed and open between the actor and any of these people, the next due first.
func WithAny(tx *db.Tx, me org.Actor, others []db.ID) ([]Commitment, error) {
	if len(others) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, readsSince(tx), mostBetween}
	for _, id := range others {
		args = append(args, id)
	}
	some := "(" + db.Places(5, len(others)) + ")"
	return list(tx, me.Organisation, "where "+mine+`
			and c.state = 'open' and not c.brought_along
			and (c.by_person_id = $2 and c.to_person_id in `+some+" or c.to_person_id = $2 and c.by_person_id in "+some+`)
		order by c.due, c.id limit $4`, args...)
}

// TakeOvers are the promises that somebody was asked to take over from another, to the actor, and that wait
// for their yes: by the id of the promise that would end.
func TakeOvers(tx *db.Tx, me org.Actor) (map[db.ID]Commitment, error) {
	all, err := list(tx, me.Organisation, "where "+mine+`
			and c.to_person_id = $2 and c.state = 'proposed' and c.replaces_id is not null and not c.brought_along
		order by c.id limit $4`, me.Organisation, me.Person, readsSince(tx), mostBetween)
	waiting := map[db.ID]Commitment{}
	for _, c := range all {
		waiting[c.Replaces] = c
	}
	return waiting, err
}

const askedAlready = problem.Refused("Somebody was asked to take this over already, and has not answered yet.")

// AskToTakeOver asks, by the receiver, that somebody else does what was promised. The one who promised has to
// agree first, then the other; what stands is good until both have. Where the one who promised has left the
// organisation, the other alone is asked. What the terms leave empty stays as it is.
//
// Errors: problem.NotFound for what is not the actor's, problem.Refused while somebody else was asked,
// problem.Invalid by field.
func AskToTakeOver(tx *db.Tx, me org.Actor, id db.ID, successor org.Party, in NewTerms) error {
	c, err := find(tx, me, id, Release)
	if err != nil {
		return err
	}
	waiting, err := TakeOvers(tx, me)
	if err != nil {
		return err
	}
	if _, asked := waiting[id]; asked {
		return askedAlready
	}
	in.Owner = successor
	if !c.ByLeft {
		return Propose(tx, me, id, in)
	}
	change, err := c.proposal(tx, me, in)
	if err != nil {
		return err
	}
	return c.passOn(tx, me, change)
}
