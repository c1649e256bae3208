package account

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// person is one person in one organisation.
type person struct {
	organisation, id, account db.ID
}

// reach is whom an address leads to.
type reach struct {
	account db.ID    // has the address; empty: none
	people  []person // who are here under the address, by word of their organisations
}

// reached finds whom the address leads to.
func reached(tx *db.Tx, address string) (reach, error) {
	if err := takeReused(tx, "a.address = $1", address); err != nil {
		return reach{}, err
	}
	var r reach
	err := tx.Get("select account_id from addresses where address = $1", address).Scan(&r.account)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return r, err
	}
	r.people, err = db.List(tx, scanPerson, `
		select organisation_id, id, account_id from people
		where email = $1 and left_at is null
		order by organisation_id, id`, address)
	return r, err
}

func scanPerson(row db.Row) (person, error) {
	var p person
	err := row.Scan(&p.organisation, &p.id, &p.account)
	return p, err
}

// anybody tells whether a code sent to the address would open something.
func (r reach) anybody(tx *db.Tx) (bool, error) {
	if len(r.unclaimed()) > 0 {
		return true, nil
	}
	if r.account == "" {
		return false, nil
	}
	of, err := membershipsOf(tx, r.account)
	return len(of) > 0, err
}

// unclaimed are the people whom nobody has signed in as.
func (r reach) unclaimed() []person {
	var free []person
	for _, p := range r.people {
		if p.account == "" {
			free = append(free, p)
		}
	}
	return free
}

// open finds the account that the address opens, or makes one if people here have the address
// and have never signed in; without any it is empty. All such people become the account's.
func open(tx *db.Tx, address string) (db.ID, error) {
	r, err := reached(tx, address)
	if err != nil {
		return "", err
	}
	if r.account == "" && len(r.unclaimed()) == 0 {
		return "", nil
	}
	if r.account == "" {
		if r.account, err = newAccount(tx, address, false); err != nil {
			return "", err
		}
	}
	return r.account, claim(tx, r)
}

func newAccount(tx *db.Tx, address string, private bool) (db.ID, error) {
	id := tx.NewID()
	if _, err := tx.Exec("insert into accounts (id, created_at) values ($1, $2)", id, tx.Now()); err != nil {
		return "", err
	}
	_, err := tx.Exec("insert into addresses (address, account_id, private, confirmed_at) values ($1, $2, $3, $4)", address, id, private, tx.Now())
	return id, err
}

// claim makes the unclaimed people the account's. Somebody who has an account is never given
// another; and in an organisation where the account is somebody already it stays that one.
func claim(tx *db.Tx, r reach) error {
	for _, p := range r.unclaimed() {
		claimed, err := tx.Exec(`
			update people set account_id = $1
			where organisation_id = $2 and id = $3 and account_id is null and not exists (
				select 1 from people o
				where o.organisation_id = $2 and o.account_id = $1 and o.left_at is null)`, r.account, p.organisation, p.id)
		if err != nil {
			return err
		}
		if claimed == 0 {
			continue
		}
		if err := event.Record(tx, event.Event{
			Organisation: p.organisation, Kind: "account opened", By: p.id, Thing: event.Thing{Kind: "person", ID: p.id},
		}); err != nil {
			return err
		}
	}
	return nil
}

// PersonChanged is the reaction to "person added", "person changed" and "person returned": an
// address that now is somebody else's opens its former holder's account no longer.
func PersonChanged(tx *db.Tx, e event.Event) error {
	var address string
	if err := tx.Get("select email from people where organisation_id = $1 and id = $2", e.Organisation, e.Thing.ID).Scan(&address); err != nil {
		return err
	}
	if err := takeReused(tx, "a.address = $1", address); err != nil {
		return err
	}
	return tellOfNewAddress(tx, e.Organisation, e.Thing.ID, address)
}

// PeopleImported is the reaction to "people imported": the same after many people of an
// organisation were added or changed at once.
func PeopleImported(tx *db.Tx, e event.Event) error {
	return takeReused(tx, "p.organisation_id = $1", string(e.Organisation))
}

// takeReused takes addresses from accounts where an organisation has given them to another
// person: where the account is or was somebody else in that organisation, or is nobody
// anywhere any more. A private address stays, and so does one that another organisation
// still says is theirs: no organisation locks anybody out of another.
func takeReused(tx *db.Tx, where, value string) error {
	type reused struct {
		address string
		account db.ID
	}
	found, err := db.List(tx, func(row db.Row) (reused, error) {
		var r reused
		err := row.Scan(&r.address, &r.account)
		return r, err
	}, `
		select distinct a.address, a.account_id
		from addresses a join people p on p.email = a.address and p.left_at is null and p.account_id is distinct from a.account_id
		where `+where+` and not a.private
			and not exists (select 1 from people h where h.account_id = a.account_id and h.email = a.address and h.left_at is null)
			and (exists (select 1 from people f where f.account_id = a.account_id and f.organisation_id = p.organisation_id)
				or not exists (select 1 from people f where f.account_id = a.account_id and f.left_at is null))
		order by a.address`, value)
	if err != nil {
		return err
	}
	for _, r := range found {
		if err := take(tx, r.address, r.account); err != nil {
			return err
		}
	}
	return nil
}

func take(tx *db.Tx, address string, account db.ID) error {
	if _, err := tx.Exec("delete from addresses where address = $1 and account_id = $2", address, account); err != nil {
		return err
	}
	people, err := db.List(tx, scanPerson, "select organisation_id, id, account_id from people where account_id = $1 order by organisation_id, id", account)
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := event.Record(tx, event.Event{
			Organisation: p.organisation, Kind: "address taken", Thing: event.Thing{Kind: "person", ID: p.id},
		}); err != nil {
			return err
		}
	}
	return nil
}

// UnscopedSignIns lists who signs in with the address, which they have confirmed: the actor in
// each of the organisations. For commands.
func UnscopedSignIns(tx *db.Tx, address string) ([]Membership, error) {
	var id db.ID
	err := tx.Get("select account_id from addresses where address = $1", org.FoldAddress(address)).Scan(&id)
	if errors.Is(err, problem.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return membershipsOf(tx, id)
}

// UnscopedPeople lists who is meant by the address: those whom their organisations have under it,
// and those who sign in with it. For commands.
func UnscopedPeople(tx *db.Tx, address string) ([]Membership, error) {
	all, err := UnscopedSignIns(tx, address)
	if err != nil {
		return nil, err
	}
	under, err := db.List(tx, func(row db.Row) (Membership, error) { return scanMembership(row) },
		selectMemberships+" from people p "+fromMemberships+" and p.email = $2"+orderMemberships, tx.Now().Add(-LeftFor), org.FoldAddress(address))
	for _, m := range under {
		if !slices.ContainsFunc(all, func(had Membership) bool { return had.ID == m.ID }) {
			all = append(all, m)
		}
	}
	return all, err
}

// Actor is the account in that organisation.
func (m Membership) Actor() org.Actor { return m.actor }
