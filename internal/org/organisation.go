package org

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// Organisation is a tenant: nothing crosses from one to another.
type Organisation struct {
	ID       db.ID
	Name     string
	Alone    bool // one person's own
	TimeZone string
}

// Found makes an organisation.
func Found(tx *db.Tx, name, timeZone string, alone bool) (Organisation, error) {
	o := Organisation{ID: tx.NewID(), Name: peoplefile.Tidy(name), Alone: alone, TimeZone: timeZone}
	wrong := problem.Invalid{}
	wrong.Check(o.Name != "", "organisation", "Please give it a name.")
	wrong.Check(len(o.Name) <= 200, "organisation", "Please keep the name under 200 characters.")
	checkZone(wrong, timeZone)
	if err := wrong.Err(); err != nil {
		return o, err
	}
	if _, err := tx.Exec(`
		insert into organisations (id, name, alone, time_zone, created_at) values ($1, $2, $3, $4, $5)`,
		o.ID, o.Name, o.Alone, o.TimeZone, tx.Now()); err != nil {
		return o, err
	}
	return o, event.Record(tx, event.Event{Organisation: o.ID, Kind: "organisation founded", Thing: event.Thing{Kind: "organisation", ID: o.ID}})
}

func checkZone(wrong problem.Invalid, name string) {
	_, err := time.LoadLocation(name)
	wrong.Check(err == nil && name != "" && name != "Local", "time_zone", "Please choose a time zone from the list, such as Europe/Lisbon.")
}

const selectOrganisation = "select id, name, alone, time_zone from organisations "

func scanOrganisation(row db.Row) (Organisation, error) {
	var o Organisation
	err := row.Scan(&o.ID, &o.Name, &o.Alone, &o.TimeZone)
	return o, err
}

// Of is the actor's organisation.
func Of(tx *db.Tx, me Actor) (Organisation, error) {
	return db.One(tx, scanOrganisation, selectOrganisation+"where id = $1", me.Organisation)
}

// UnscopedOrganisations lists all organisations of the installation by name.
func UnscopedOrganisations(tx *db.Tx) ([]Organisation, error) {
	return db.List(tx, scanOrganisation, selectOrganisation+"order by name, id")
}
