package org

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/problem"
)

// Line is a reporting line: a period in which a person has one manager. Shares with "my manager"
// hang on it and end with it.
type Line struct {
	ID      db.ID
	Person  db.ID
	Manager db.ID
	BeganAt time.Time
	EndedAt time.Time // zero: stands
}

// SetManager puts a person under a manager, or under nobody when manager is empty. The line
// that stood ends. Administrators only.
func SetManager(tx *db.Tx, me Actor, person, manager db.ID) error {
	if !me.Administrator {
		return problem.NotFound
	}
	if _, err := ByID(tx, me, person); err != nil {
		return err
	}
	stands, err := LineOf(tx, me.Organisation, person)
	if err != nil {
		return err
	}
	if stands.Manager == manager {
		return nil
	}
	if manager != "" {
		if err := mayLead(tx, me, person, manager); err != nil {
			return err
		}
	}
	if err := endLine(tx, me, person); err != nil {
		return err
	}
	if manager == "" {
		return nil
	}
	return beginLine(tx, me, person, manager)
}

// mayLead refuses a manager who is not here, or who is the person or somebody below them.
func mayLead(tx *db.Tx, me Actor, person, manager db.ID) error {
	lead, err := ByID(tx, me, manager)
	if err != nil {
		return err
	}
	if !lead.LeftAt.IsZero() {
		return problem.Invalid{"manager": lead.Name + " has left."}
	}
	if person == manager {
		return problem.Invalid{"manager": "Nobody is their own manager."}
	}
	above, err := Above(tx, me.Organisation, manager)
	if err != nil {
		return err
	}
	for _, each := range above {
		if each == person {
			return problem.Invalid{"manager": lead.Name + " reports to this person, directly or through others. Change that line first."}
		}
	}
	return nil
}

// Above lists the managers above a person, nearest first.
func Above(tx *db.Tx, organisation, person db.ID) ([]db.ID, error) {
	return db.List(tx, db.Scanned[db.ID], `
		with recursive above (id, distance) as (
			select manager_id, 1 from reporting_lines where organisation_id = $1 and person_id = $2 and ended_at is null
			union all
			select l.manager_id, above.distance + 1
			from above join reporting_lines l on l.organisation_id = $1 and l.person_id = above.id and l.ended_at is null
			where above.distance < 100
		)
		select id from above order by distance`, organisation, person)
}

// LineOf is the reporting line that stands above a person; the zero Line when there is none.
func LineOf(tx *db.Tx, organisation, person db.ID) (Line, error) {
	found, err := db.List(tx, func(row db.Row) (Line, error) {
		var l Line
		err := row.Scan(&l.ID, &l.Person, &l.Manager, &l.BeganAt, &l.EndedAt)
		return l, err
	}, `
		select id, person_id, manager_id, began_at, ended_at from reporting_lines
		where organisation_id = $1 and person_id = $2 and ended_at is null`, organisation, person)
	if err != nil || len(found) == 0 {
		return Line{}, err
	}
	return found[0], nil
}

func linesUnder(tx *db.Tx, organisation, manager db.ID) ([]db.ID, error) {
	return db.List(tx, db.Scanned[db.ID], `
		select person_id from reporting_lines
		where organisation_id = $1 and manager_id = $2 and ended_at is null`, organisation, manager)
}

func beginLine(tx *db.Tx, me Actor, person, manager db.ID) error {
	line := tx.NewID()
	if _, err := tx.Exec(`
		insert into reporting_lines (organisation_id, id, person_id, manager_id, began_at)
		values ($1, $2, $3, $4, $5)`, me.Organisation, line, person, manager, tx.Now()); err != nil {
		return err
	}
	return lineHappened(tx, me, "line began", line, person, manager)
}

// endLine ends the line above a person, where there is one.
func endLine(tx *db.Tx, me Actor, person db.ID) error {
	stands, err := LineOf(tx, me.Organisation, person)
	if err != nil || stands.ID == "" {
		return err
	}
	if _, err := tx.Exec(`
		update reporting_lines set ended_at = $1 where organisation_id = $2 and id = $3`, tx.Now(), me.Organisation, stands.ID); err != nil {
		return err
	}
	return lineHappened(tx, me, "line ended", stands.ID, person, stands.Manager)
}

func lineHappened(tx *db.Tx, me Actor, kind string, line, person, manager db.ID) error {
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "line", ID: line},
		Facts: map[string]string{"person": string(person), "manager": string(manager)},
	})
}
