package notice

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Choices are the kinds that the actor wants, out of Kinds.
func Choices(tx *db.Tx, me org.Actor) ([]Kind, error) {
	unwanted, err := db.List(tx, db.Scanned[Kind], `
		select kind from unwanted_notices where organisation_id = $1 and person_id = $2`, me.Organisation, me.Person)
	wanted := slices.DeleteFunc(slices.Clone(Kinds), func(k Kind) bool { return slices.Contains(unwanted, k) })
	return wanted, err
}

// Choose keeps which kinds the actor wants; the others are turned off.
func Choose(tx *db.Tx, me org.Actor, wanted []Kind) error {
	if _, err := tx.Exec(`
		delete from unwanted_notices where organisation_id = $1 and person_id = $2`, me.Organisation, me.Person); err != nil {
		return err
	}
	unwanted := slices.DeleteFunc(slices.Clone(Kinds), func(k Kind) bool { return slices.Contains(wanted, k) })
	return turnedOff(tx, me.Organisation, me.Person, unwanted)
}

// TurnOff turns off one kind for a person who does not sign in for it: the link in their mail says
// who they are. Errors: problem.NotFound where there is no such person or kind.
func TurnOff(tx *db.Tx, what mail.Off) error {
	kinds := meant(what.Kind)
	if len(kinds) == 0 {
		return problem.NotFound
	}
	if _, err := org.UnscopedActor(tx, what.Organisation, what.Receiver); err != nil {
		return err
	}
	return turnedOff(tx, what.Organisation, what.Receiver, kinds)
}

// Forget removes the actor's choices.
func Forget(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from unwanted_notices where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	return err
}
