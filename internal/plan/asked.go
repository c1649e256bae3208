package plan

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// What is the same wherever somebody asks for a word on one thing of theirs, and nothing else: a
// confirmation of a win, a view of a skill.

// colleagueToAsk sees to it that whom the actor asks is somebody else who is here; oneself says
// why they need not ask themselves.
func colleagueToAsk(tx *db.Tx, me org.Actor, whom db.ID, field, oneself string) error {
	p, err := org.ByID(tx, me, whom)
	switch {
	case errors.Is(err, problem.NotFound):
		return problem.Invalid{field: "Please choose somebody who is here."}
	case err != nil:
		return err
	case p.ID == me.Person:
		return problem.Invalid{field: oneself}
	case !p.LeftAt.IsZero():
		return problem.Invalid{field: p.Name + " has left the organisation. Ask by a link instead."}
	}
	return nil
}

// nameToAsk is the name, tidied, of whoever is asked by a link.
func nameToAsk(wrong problem.Invalid, field, name string, byLink bool) string {
	name = tidy(wrong, field, name, mostLine)
	wrong.Check(!byLink || name != "", field, "Please write down who it is for, so that you know whom you asked.")
	return name
}

// ownName is the name, tidied, that somebody who answers by a link gives themselves.
func ownName(name string) (string, error) {
	wrong := problem.Invalid{}
	name = tidy(wrong, "name", name, mostLine)
	wrong.Check(name != "", "name", "Please write down your name, so that your word has one.")
	return name, wrong.Err()
}

// bringSaid takes over what somebody else said elsewhere.
func bringSaid(tx *db.Tx, me org.Actor, place, table string, id db.ID, columns string, fields ...any) error {
	isFree, err := org.NotHere(tx, me, place+"/id", table, id)
	if err != nil {
		return err
	}
	if !isFree {
		return org.Misplaced(place+"/id", "something else has this id here")
	}
	return org.At(tx, place, db.Put(tx, table, columns, fields...))
}
