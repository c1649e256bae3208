package account

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Address is one by which the account signs in.
type Address struct {
	Text        string
	Private     bool // their own: it opens the account also when they have left, whoever else is given it
	ConfirmedAt time.Time
}

// Addresses lists the addresses of the account, the oldest first.
func Addresses(tx *db.Tx, me org.Actor) ([]Address, error) {
	return db.List(tx, func(row db.Row) (Address, error) {
		var a Address
		err := row.Scan(&a.Text, &a.Private, &a.ConfirmedAt)
		return a, err
	}, "select address, private, confirmed_at from addresses where account_id = $1 order by confirmed_at, address", me.Account)
}

// AddAddress begins to add an address to the account: a code is sent there.
func AddAddress(tx *db.Tx, me org.Actor, address string) (db.ID, error) {
	if me.Account == "" {
		return "", problem.NotFound
	}
	var mine int64
	if err := tx.Get("select count(*) from addresses where account_id = $1 and address = $2", me.Account, org.FoldAddress(address)).Scan(&mine); err != nil {
		return "", err
	}
	if mine > 0 {
		return "", problem.Invalid{"email": "You sign in with this address already."}
	}
	return begin(tx, address, me.Account)
}

// ConfirmAddress adds the address with the code that was sent there. As with Confirm, ok is false for
// any code that does not count, and the transaction must be kept.
func ConfirmAddress(tx *db.Tx, me org.Actor, signIn db.ID, code string) (ok bool, err error) {
	if me.Account == "" {
		return false, problem.NotFound
	}
	address, ok, err := redeem(tx, signIn, code, me.Account)
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
	return true, onAccount(tx, me, "address added")
}

// RemoveAddress takes an address off the account. The last one stays.
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

// ReachedAt is where mail reaches a person: the address that their organisation has for them,
// or, when they have left, a private one of their account.
//
// Errors: problem.Refused when there is none.
func ReachedAt(tx *db.Tx, who org.Actor) (string, error) {
	p, err := org.Me(tx, who)
	if err != nil || p.LeftAt.IsZero() && p.Email != "" {
		return p.Email, err
	}
	addresses, err := Addresses(tx, who)
	for _, a := range addresses {
		if a.Private {
			return a.Text, err
		}
	}
	if err == nil {
		err = problem.Refuse("No mail reaches %s: there is no address of theirs here.", p.Name)
	}
	return "", err
}
