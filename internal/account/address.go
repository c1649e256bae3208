package account

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Address is one by which the account signs in.
type Address struct {
	Text        string
	Private     bool // their own: it opens the account also when they have left, whoever else is given it
	ConfirmedAt time.Time
	Nowhere     bool // mail came back from it: nothing is sent there until a code that went there was typed in
}

// Addresses lists the addresses of the account, the oldest first.
func Addresses(tx *db.Tx, me org.Actor) ([]Address, error) {
	return db.List(tx, func(row db.Row) (Address, error) {
		var a Address
		err := row.Scan(&a.Text, &a.Private, &a.ConfirmedAt, &a.Nowhere)
		return a, err
	}, `
		select a.address, a.private, a.confirmed_at, exists (select 1 from bounced_addresses b where b.address = a.address)
		from addresses a where a.account_id = $1 order by a.confirmed_at, a.address`, me.Account)
}

// AddAddress begins to add an address to the account, or to confirm again one that mail came back
// from: a code is sent there. From is as for Begin.
func AddAddress(tx *db.Tx, me org.Actor, address, from string) (db.ID, error) {
	if me.Account == "" {
		return "", problem.NotFound
	}
	var mine int64
	if err := tx.Get(`
		select count(*) from addresses a
		where a.account_id = $1 and a.address = $2 and not exists (select 1 from bounced_addresses b where b.address = a.address)`,
		me.Account, org.FoldAddress(address)).Scan(&mine); err != nil {
		return "", err
	}
	if mine > 0 {
		return "", problem.Invalid{"email": "You sign in with this address already."}
	}
	return begin(tx, address, from, me.Account, "")
}

// ConfirmAddress adds the address with the code that was sent there. As with Confirm, ok is false for
// any code that does not count, and the transaction must be kept.
func ConfirmAddress(tx *db.Tx, me org.Actor, try Try) (ok bool, err error) {
	if me.Account == "" {
		return false, problem.NotFound
	}
	address, ok, err := redeem(tx, try.SignIn, try.Code, try.Key, use{account: me.Account, means: func(string) bool { return true }})
	if err != nil || !ok {
		return false, err
	}
	r, err := reached(tx, address)
	if err != nil {
		return false, err
	}
	if r.account != "" && r.account != me.Account {
		return false, nil // was added to another account since the code was sent
	}
	r.account = me.Account
	if err := claim(tx, r); err != nil {
		return false, err
	}
	added, err := tx.Exec(`
		insert into addresses (address, account_id, private, confirmed_at)
		values ($1, $2, not exists (select 1 from people where email = $1 and account_id = $2 and left_at is null), $3)
		on conflict (address) do nothing`, address, me.Account, tx.Now())
	if err != nil || added == 0 {
		return true, err
	}
	if err := job.Enqueue(tx, addressMail, string(me.Account)+" "+string(try.SignIn), tx.Now(), job.Args{"account": me.Account}); err != nil {
		return true, err
	}
	return true, onAccount(tx, me, "address added")
}

// removableAfter is how long an address must have been on the account before it can stay there
// alone. Whoever got hold of an open browser so cannot put their own in the place of all others
// before its owner has read the mail that tells of it.
const removableAfter = 24 * time.Hour

// RemoveAddress takes an address off the account. The last one stays, and so does one beside which
// only new ones stand.
func RemoveAddress(tx *db.Tx, me org.Actor, address string) error {
	addresses, err := Addresses(tx, me)
	if err != nil {
		return err
	}
	for _, a := range addresses {
		if a.Text != org.FoldAddress(address) {
			continue
		}
		if len(addresses) == 1 {
			return problem.Refused("Without an address you could not sign in again. Add another one first.")
		}
		if !slices.ContainsFunc(addresses, func(b Address) bool { return b != a && !b.ConfirmedAt.After(tx.Now().Add(-removableAfter)) }) {
			return problem.Refused("The other address is new. This one can go once that has stood for a day, so that nobody who gets at your browser can lock you out.")
		}
		if _, err := tx.Exec("delete from addresses where account_id = $1 and address = $2", me.Account, a.Text); err != nil {
			return err
		}
		return onAccount(tx, me, "address removed")
	}
	return problem.NotFound
}

// onAccount records what the actor did to their own account. Only they read it.
func onAccount(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "account", ID: me.Account},
	})
}

// ReachedAt is where mail reaches a person and nobody else: the address that their organisation
// has for them, where they have confirmed it or never signed in; else the oldest that they
// confirmed; when they have left, a private one of their account. An address that mail came back
// from is none.
//
// Errors: problem.Refused when there is none.
func ReachedAt(tx *db.Tx, who org.Actor) (string, error) {
	p, err := org.Me(tx, who)
	if err != nil {
		return "", err
	}
	if !p.HasAccount() && p.LeftAt.IsZero() && p.Email != "" {
		if nowhere, err := UnscopedLeadsNowhere(tx, p.Email); err != nil || !nowhere {
			return p.Email, err
		}
	}
	addresses, err := Addresses(tx, who)
	if err != nil {
		return "", err
	}
	if p.LeftAt.IsZero() && slices.ContainsFunc(addresses, func(a Address) bool { return a.Text == p.Email && !a.Nowhere }) {
		return p.Email, nil
	}
	for _, a := range addresses {
		if !a.Nowhere && (a.Private || p.LeftAt.IsZero()) {
			return a.Text, nil
		}
	}
	return "", problem.Refuse("No mail reaches %s: there is no address of theirs here.", p.Name)
}
