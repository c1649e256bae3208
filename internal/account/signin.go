// Package account holds the accounts by which people sign in: codes and addresses, sessions, the
// link that sets up an installation, and which notices a person wants.
//
// An account belongs to whoever receives mail at its addresses. An organisation says which
// address a person has, and that counts until they sign in for the first time; from then on
// only the addresses of the account count, and only their holder adds one.
package account

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const (
	codeFor   = 20 * time.Minute
	mostTries = 5

	mostByAsker    = 5 // codes for one address that are asked for from one place within an hour
	mostForAddress = 5 // codes for one address, wherever from, within half the time that a code counts
	mostForAll     = 20000
)

// A code is asked for by anybody who knows the address. So that nobody is kept out by that, each
// place has codes of its own; and when others have used up those of the address, the newest one
// still counts for ten minutes, by the link of its mail in whichever browser.

// purpose is what a code is for, where that is not to sign in or to add an address.
type purpose string

const deletion purpose = "deletion"

// Begin starts a sign-in for whoever has the address: a code is sent there if it belongs to
// somebody. What it does and says is the same for an address that nobody has. From is the
// place that it is asked for from, such as a network address.
//
// Errors: problem.Invalid when this is no address, problem.TooMany when it was asked for too
// often, whether or not somebody has it.
func Begin(tx *db.Tx, address, from string) (db.ID, error) {
	return begin(tx, address, from, "", "")
}

// begin starts a sign-in, or what an account does with an address.
func begin(tx *db.Tx, address, from string, account db.ID, what purpose) (db.ID, error) {
	address = org.FoldAddress(address)
	if !org.ValidAddress(address) {
		return "", problem.Invalid{"email": "Please enter an e-mail address, such as ines@example.com."}
	}
	asker := hashAsker(address, from)
	if err := notTooOften(tx, address, asker); err != nil {
		return "", err
	}
	id := tx.NewID()
	if _, err := tx.Exec(`
		insert into sign_ins (id, address, asker, code_hash, purpose_account_id, purpose, tries, made_at, expires_at)
		values ($1, $2, $3, '', $4, $5, 0, $6, $7)`, id, address, asker, account, string(what), tx.Now(), tx.Now().Add(codeFor)); err != nil {
		return "", err
	}
	return id, job.Enqueue(tx, codeMail, string(id), tx.Now(), job.Args{"sign_in": id})
}

// notTooOften counts what is kept in the database, so that it holds across copies of the program.
func notTooOften(tx *db.Tx, address, asker string) error {
	since := tx.Now().Add(-time.Hour)
	var ofAsker, ofAddress, ofAll int64
	if err := tx.Get(`
		select count(case when asker = $1 then 1 end), count(case when made_at > $2 then 1 end) from sign_ins
		where address = $3 and made_at > $4`, asker, tx.Now().Add(-codeFor/2), address, since).Scan(&ofAsker, &ofAddress); err != nil {
		return err
	}
	if err := tx.Get(`
		select count(*) from (select 1 from sign_ins where made_at > $1 limit $2) as recent`, since, mostForAll).Scan(&ofAll); err != nil {
		return err
	}
	if ofAsker >= mostByAsker {
		return problem.TooMany("Several codes were asked for at this address within an hour. Use the newest one that you received, or try again in an hour.")
	}
	if ofAddress >= mostForAddress {
		return problem.TooMany("Several codes were asked for at this address just now, perhaps by somebody else. Open the link in the newest mail: it counts for ten minutes more, in this browser too.")
	}
	if ofAll >= mostForAll {
		return problem.TooMany("Very many people are signing in just now. Please try again in an hour.")
	}
	return nil
}

// Try is one attempt to sign in with a code.
type Try struct {
	SignIn db.ID
	Code   string // as typed
	Key    string // from the link in the mail: with it the code counts however often others have guessed
	// Elsewhere is a try in another browser than the one in which the code was asked for, where
	// Address must be typed too: nobody is led into the account of somebody who sent them a link.
	Elsewhere bool
	Address   string
	Device    string // what the browser says it is, for the list of sessions
	Before    Token  // the session that this browser had, which ends
}

// Confirm ends a sign-in with the code that was sent. The code opens, once, within twenty minutes
// and five tries, the account that has the address; if there is none yet, one is made for the people with
// this address. Otherwise ok is false: whether the code is wrong, old, used or for a sign-in that never was is
// not told. That is no error, because the try must be counted: the transaction must be kept.
func Confirm(tx *db.Tx, try Try) (token Token, ok bool, err error) {
	means := func(string) bool { return true }
	if try.Elsewhere {
		means = func(address string) bool { return org.FoldAddress(try.Address) == address }
	}
	address, ok, err := redeem(tx, try.SignIn, try.Code, try.Key, use{means: means})
	if err != nil || !ok {
		return "", false, err
	}
	id, err := open(tx, address)
	if err != nil || id == "" {
		return "", false, err
	}
	if err := SignOut(tx, try.Before); err != nil {
		return "", false, err
	}
	token, err = beginSession(tx, id, try.Device)
	return token, token != "", err
}

// use is what a code must be for.
type use struct {
	account db.ID // that does something with the address; empty: somebody signs in
	what    purpose
	means   func(address string) bool
}

// redeem counts the try and uses the code up if it is the right one, and for the use that is
// meant. It does the same for every wrong one. A key from the mail itself needs no count.
func redeem(tx *db.Tx, signIn db.ID, code, key string, of use) (address string, ok bool, err error) {
	var hashes string
	var account db.ID
	var what purpose
	var tries int64
	var expires, used time.Time
	err = tx.Get(`
		update sign_ins set tries = tries + 1 where id = $1
		returning address, code_hash, purpose_account_id, purpose, tries, expires_at, used_at`, signIn).
		Scan(&address, &hashes, &account, &what, &tries, &expires, &used)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return "", false, err
	}
	right, fromMail := isOneOf(hashes, signIn, typed(code)), isOneOf(hashes, signIn, inLink(key))
	if !right || tries > mostTries && !fromMail || !of.means(address) || !used.IsZero() || !tx.Now().Before(expires) || account != of.account || what != of.what {
		return "", false, nil
	}
	if _, err = tx.Exec("update sign_ins set used_at = $1 where id = $2", tx.Now(), signIn); err != nil {
		return address, true, err
	}
	return address, true, arrived(tx, address)
}
