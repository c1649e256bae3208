package org

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/db"
)

const selectPerson = `
	select p.organisation_id, p.id, p.account_id, p.name, p.first_name, p.email, p.account_name, p.employee_number,
		p.external_id, p.job_title, p.level, p.department, p.location, p.employment, p.time_zone, p.started_on,
		p.administrator, p.programme_owner, p.left_at, p.revision, m.id, coalesce(m.name, '')
	from people p
	left join reporting_lines l on l.organisation_id = p.organisation_id and l.person_id = p.id and l.ended_at is null
	left join people m on m.organisation_id = l.organisation_id and m.id = l.manager_id
`

func scanPerson(row db.Row) (Person, error) {
	var p Person
	err := row.Scan(&p.Organisation, &p.ID, &p.account, &p.Name, &p.FirstName, &p.Email, &p.AccountName, &p.EmployeeNumber,
		&p.ExternalID, &p.JobTitle, &p.Level, &p.Department, &p.Location, &p.Employment, &p.TimeZone, &p.StartedOn,
		&p.Administrator, &p.ProgrammeOwner, &p.LeftAt, &p.Revision, &p.ManagerID, &p.ManagerName)
	return p, err
}

// ByID finds a person of the actor's organisation. Who is in the organisation, in which role and
// under whom, is known to everybody in it; people who have left are known to administrators
// and to themselves, and know of nobody else.
func ByID(tx *db.Tx, me Actor, id db.ID) (Person, error) {
	return db.One(tx, scanPerson, selectPerson+"where p.organisation_id = $1 and p.id = $2 and "+known, me.Organisation, id, me.Administrator, me.Person, me.Left)
}

// Me is the actor as a person.
func Me(tx *db.Tx, me Actor) (Person, error) {
	return db.One(tx, scanPerson, selectPerson+"where p.organisation_id = $1 and p.id = $2", me.Organisation, me.Person)
}

// Search lists people of the actor's organisation whose name, e-mail address or job begins
// with, or has a word that begins with, the text; by name, after the given place in the list.
func Search(tx *db.Tx, me Actor, text string, after Place, most int) ([]Person, error) {
	if me.Left || len(text) > longestSearch {
		return nil, nil
	}
	begins := db.EscapeLike(Fold(text)) + "%"
	return db.List(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.left_at is null
			and (p.name_key like $2 escape '!' or p.name_key like $3 escape '!' or p.email like $2 escape '!')
			and (p.name_key, p.id) > ($4, $5)
		order by p.name_key, p.id limit $6`,
		me.Organisation, begins, "% "+begins, after.key, string(after.id), most)
}

// longestSearch is longer than any name or address, in bytes. Engines refuse much longer patterns.
const longestSearch = 1000

// Departed lists those who have left, by name. Administrators only; nobody else sees any.
func Departed(tx *db.Tx, me Actor, after Place, most int) ([]Person, error) {
	return db.List(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.left_at is not null and p.forgotten_at is null and cast($2 as text) = 'true' and (p.name_key, p.id) > ($3, $4)
		order by p.name_key, p.id limit $5`,
		me.Organisation, boolText(me.Administrator), after.key, string(after.id), most)
}

// Administrators lists who administers the actor's organisation, by name: everybody in it may know.
func Administrators(tx *db.Tx, me Actor) ([]Person, error) {
	if me.Left {
		return nil, nil
	}
	return db.List(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.administrator and p.left_at is null
		order by p.name_key, p.id`, me.Organisation)
}

// ProgrammeOwners lists who holds the office of programme owner, by name: everybody in the
// organisation may know.
func ProgrammeOwners(tx *db.Tx, me Actor) ([]Person, error) {
	if me.Left {
		return nil, nil
	}
	return db.List(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.programme_owner and p.left_at is null
		order by p.name_key, p.id limit 200`, me.Organisation)
}

func boolText(yes bool) string {
	if yes {
		return "true"
	}
	return "false"
}

// Place is where a page of a list of people ends; the zero Place is before the first.
type Place struct {
	key string
	id  db.ID
}

// Parts are what a list of people by name is ordered by: the folded name, and the id.
func (p Place) Parts() (key string, id db.ID) { return p.key, p.id }

// PlaceOf is the place of a person in lists by name.
func PlaceOf(p Person) Place { return Place{Fold(p.Name), p.ID} }

// PlaceAfter finds the place of the person with that id, or the beginning without one.
func PlaceAfter(tx *db.Tx, me Actor, id db.ID) (Place, error) {
	if id == "" {
		return Place{}, nil
	}
	p, err := ByID(tx, me, id)
	return PlaceOf(p), err
}

// ManagerOf is the manager of the actor; without one it says problem.NotFound.
func ManagerOf(tx *db.Tx, me Actor) (Person, error) {
	return db.One(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.left_at is null and p.id = (
			select manager_id from reporting_lines where organisation_id = $1 and person_id = $2 and ended_at is null)`,
		me.Organisation, me.Person)
}

// Reports lists the people who report to the actor, by name.
func Reports(tx *db.Tx, me Actor) ([]Person, error) { return ReportsOf(tx, me, me.Person) }

// ReportsOf lists the people who report to a person, by name.
func ReportsOf(tx *db.Tx, me Actor, manager db.ID) ([]Person, error) {
	if me.Left {
		return nil, nil
	}
	// Sorted here: an order by name makes SQLite walk through everybody by name.
	reports, err := db.List(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.left_at is null and p.id in (
			select person_id from reporting_lines where organisation_id = $1 and manager_id = $2 and ended_at is null)`,
		me.Organisation, manager)
	slices.SortFunc(reports, func(a, b Person) int {
		return cmp.Or(cmp.Compare(Fold(a.Name), Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return reports, err
}

// HasReports tells whether anybody reports to the actor.
func HasReports(tx *db.Tx, me Actor) (bool, error) {
	var some int64
	err := tx.Get(`
		select count(*) from (
			select 1 from reporting_lines where organisation_id = $1 and manager_id = $2 and ended_at is null limit 1) as one`,
		me.Organisation, me.Person).Scan(&some)
	return some > 0, err
}
