package ask

import (
	"github.com/ownward/ownward/internal/alternative"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// TakeWay begins a draft from another way than the one that was asked for, after an answer that
// was no plain yes, and gives its id.
func TakeWay(tx *db.Tx, me org.Actor, id db.ID, way alternative.Alternative) (db.ID, error) {
	a, err := find(tx, me, id, toHear)
	if err != nil {
		return "", err
	}
	if a.Answer == Yes {
		return "", problem.Refused("Other ways are offered where the answer was not a plain yes.")
	}
	d, err := DecisionOf(tx, me, id)
	if err != nil {
		return "", err
	}
	in := Input{Text: Text{Kind: Kind(way.Kind), What: way.Ask}, Whom: a.Whom}
	if a.WhomLeft {
		in.Whom = org.Party{}
	}
	in.Why = cut("I asked for: "+a.What+"\n\n"+d.AlternativeWords, 10_000)
	next, err := New(tx, me, a.Thing(), in)
	return next.ID, err
}
