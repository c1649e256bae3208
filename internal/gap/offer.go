package gap

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// mostOffering is how many people who offer to be asked are looked at.
const mostOffering = 500

// Offer says that colleagues may ask the actor about their role.
func Offer(tx *db.Tx, me org.Actor) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	_, err := tx.Exec(`
		insert into role_offers (organisation_id, person_id, offered_at) values ($1, $2, $3)
		on conflict do nothing`, me.Organisation, me.Person, tx.Now())
	return err
}

// OfferNoMore takes that back.
func OfferNoMore(tx *db.Tx, me org.Actor) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	_, err := tx.Exec("delete from role_offers where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	return err
}

// Offers tells whether a person whom the actor may know offers to be asked about their role. Colleagues see it.
func Offers(tx *db.Tx, me org.Actor, person db.ID) (bool, error) {
	if me.Left && person != me.Person {
		return false, nil
	}
	n, err := db.One(tx, db.Scanned[int64], `
		select count(*) from role_offers o
		join people p on p.organisation_id = o.organisation_id and p.id = o.person_id and p.left_at is null
		where o.organisation_id = $1 and o.person_id = $2`, me.Organisation, person)
	return n > 0, err
}

// Offering lists who here offers to be asked about their role, those first who offered it last.
func Offering(tx *db.Tx, me org.Actor) ([]org.Person, error) {
	if me.Left {
		return nil, nil
	}
	return db.List(tx, func(row db.Row) (org.Person, error) {
		var p org.Person
		err := row.Scan(&p.ID, &p.Name, &p.FirstName, &p.JobTitle, &p.Level)
		return p, err
	}, `
		select p.id, p.name, p.first_name, p.job_title, p.level
		from role_offers o
		join people p on p.organisation_id = o.organisation_id and p.id = o.person_id and p.left_at is null
		where o.organisation_id = $1 and o.offered_at > 0
		order by o.offered_at desc, o.person_id limit $2`, me.Organisation, mostOffering)
}

// PersonLeft ends the offer of a person who leaves. It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec("delete from role_offers where organisation_id = $1 and person_id = $2", e.Organisation, e.Thing.ID)
	return err
}

func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	return nil
}
