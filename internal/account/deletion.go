package account

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// BeginDeletion sends a code to where mail reaches the actor: whoever finds a browser in which
// somebody is signed in does not delete their account. From is as for Begin.
//
// Errors: problem.Refused where no mail reaches them, problem.TooMany when it was asked for too
// often.
func BeginDeletion(tx *db.Tx, me org.Actor, from string) (db.ID, error) {
	if me.Account == "" {
		return "", problem.NotFound
	}
	address, err := reachedLeaving(tx, me)
	if err != nil {
		return "", err
	}
	return begin(tx, address, from, me.Account, deletion)
}

// reachedLeaving is where mail reaches the actor. Who has left and has no private address gets
// it where they confirmed one: their organisation may read that, and deletes nothing with it
// without their browser.
func reachedLeaving(tx *db.Tx, me org.Actor) (string, error) {
	address, err := ReachedAt(tx, me)
	if err == nil || !me.Left {
		return address, err
	}
	known, failed := Addresses(tx, me)
	if failed != nil || len(known) == 0 {
		return "", errors.Join(failed, err)
	}
	return known[0].Text, nil
}

// ConfirmDeletion uses up the code that BeginDeletion sent. As with Confirm, ok is false for any
// code that does not count, and the transaction must be kept.
func ConfirmDeletion(tx *db.Tx, me org.Actor, try Try) (ok bool, err error) {
	if me.Account == "" {
		return false, problem.NotFound
	}
	_, ok, err = redeem(tx, try.SignIn, try.Code, try.Key, use{account: me.Account, what: deletion, means: func(string) bool { return true }})
	return ok, err
}
