package org

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// Difference says what importing the file would do; nothing is written. Administrators only.
//
// With complete, whoever an earlier file brought and this one does not name has left.
func Difference(tx *db.Tx, me Actor, f *peoplefile.File, complete bool) (*peoplefile.Difference, error) {
	if !me.Administrator {
		return nil, problem.NotFound
	}
	known, err := asKnown(tx, me)
	if err != nil {
		return nil, err
	}
	return peoplefile.Compare(f, known, peoplefile.CompareOptions{
		Complete: complete,
		NewKey:   func() string { return string(tx.NewID()) },
	}), nil
}

// Import brings the people of the file in: all that Difference says, in this transaction.
// Administrators only. It tells progress, now and then, how many of how many steps are done.
func Import(tx *db.Tx, me Actor, f *peoplefile.File, complete bool, progress func(done, total int)) (*peoplefile.Difference, error) {
	d, err := Difference(tx, me, f, complete)
	if err != nil {
		return nil, err
	}
	o, err := Of(tx, me)
	if err != nil {
		return nil, err
	}
	in := &importing{tx: tx, me: me, d: d, zone: o.TimeZone, progress: progress}
	for _, step := range []func() error{in.leave, in.freeKeys, in.change, in.add, in.remember, in.moveLines, in.addLines} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if d.Nothing() {
		return d, nil
	}
	return d, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "people imported", By: me.Person, Thing: event.Thing{Kind: "organisation", ID: me.Organisation},
		Facts: map[string]string{"new": strconv.Itoa(d.New), "changed": strconv.Itoa(d.Changed), "left": strconv.Itoa(d.Leaving)},
	})
}

// asKnown is everybody, as they are to be compared with a file. Nobody can take themselves out
// of the organisation with a file, nor its only administrator.
func asKnown(tx *db.Tx, me Actor) ([]peoplefile.Known, error) {
	administrators, only := 0, -1
	var known []peoplefile.Known
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var k peoplefile.Known
		var manager db.ID
		var administrator, left bool
		v := &k.Values
		err := row.Scan(&k.Key, &v[peoplefile.FullName], &v[peoplefile.FirstName], &v[peoplefile.Email], &v[peoplefile.Account],
			&v[peoplefile.Number], &v[peoplefile.ID], &v[peoplefile.Title], &v[peoplefile.Level], &v[peoplefile.Department],
			&v[peoplefile.Location], &v[peoplefile.Kind], &v[peoplefile.TimeZone], &v[peoplefile.Start], &k.Memory,
			&administrator, &left, &manager)
		v[peoplefile.Status] = peoplefile.Active
		if left {
			v[peoplefile.Status] = peoplefile.Inactive
		}
		if k.Memory == "{}" {
			k.Memory = ""
		}
		if administrator && !left {
			administrators++
			only = len(known)
		}
		k.Manager, k.Stays = string(manager), k.Key == string(me.Person)
		known = append(known, k)
		return struct{}{}, err
	}, `
		select p.id, p.name, p.first_name, p.email, p.account_name, p.employee_number, p.external_id, p.job_title, p.level,
			p.department, p.location, p.employment, p.time_zone, coalesce(p.started_on, ''), p.imported,
			p.administrator, p.left_at is not null, l.manager_id
		from people p
		left join reporting_lines l on l.organisation_id = p.organisation_id and l.person_id = p.id and l.ended_at is null
		where p.organisation_id = $1 and p.forgotten_at is null
		order by p.id`, me.Organisation)
	if administrators == 1 {
		known[only].Stays = true
	}
	return known, err
}

// importing carries a difference out.
type importing struct {
	tx       *db.Tx
	me       Actor
	d        *peoplefile.Difference
	zone     string // for whom the file says none
	progress func(done, total int)
	done     int
}

const chunk = 2000 // people, after which progress is told

// each hands the people with an outcome over in chunks. To add somebody and to begin their
// line are two steps.
func (in *importing) each(which func(*peoplefile.Person) bool, do func([]*peoplefile.Person) error) error {
	some := make([]*peoplefile.Person, 0, chunk)
	flush := func() error {
		if err := do(some); err != nil {
			return err
		}
		in.done += len(some)
		in.progress(in.done, max(in.done, 2*in.d.New+in.d.Changed+in.d.Leaving))
		some = some[:0]
		return nil
	}
	for _, p := range in.d.People {
		if !which(p) {
			continue
		}
		if some = append(some, p); len(some) == chunk {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if len(some) == 0 {
		return nil
	}
	return flush()
}

func outcome(o peoplefile.Outcome) func(*peoplefile.Person) bool {
	return func(p *peoplefile.Person) bool { return p.Outcome == o }
}

func (in *importing) leave() error {
	return in.each(outcome(peoplefile.Leaving), func(people []*peoplefile.Person) error {
		for _, p := range people {
			if err := Leave(in.tx, in.me, db.ID(p.Key)); err != nil {
				return err
			}
		}
		return nil
	})
}

// freeKeys makes room where two people exchange their addresses or ids.
func (in *importing) freeKeys() error {
	var rows [][]any
	for _, p := range in.d.People {
		if p.Outcome == peoplefile.Changed && (changes(p, peoplefile.Email) || changes(p, peoplefile.ID)) {
			rows = append(rows, []any{in.me.Organisation, p.Key})
		}
	}
	return db.Repeat(in.tx, "update people set email = '', external_id = '' where organisation_id = $1 and id = $2", rows)
}

func changes(p *peoplefile.Person, field peoplefile.Field) bool {
	for _, c := range p.Changes {
		if c.Field == field {
			return true
		}
	}
	return false
}

func (in *importing) change() error {
	return in.each(outcome(peoplefile.Changed), func(people []*peoplefile.Person) error {
		rows := make([][]any, 0, len(people))
		var quiet []event.Event
		for _, p := range people {
			rows = append(rows, append(in.details(p), p.Memory, in.me.Organisation, p.Key))
			if !changes(p, peoplefile.Email) && !changes(p, peoplefile.Status) {
				quiet = append(quiet, in.event("person changed", db.ID(p.Key)))
			}
		}
		if err := db.Repeat(in.tx, `
			update people set name = $1, name_key = $2, first_name = $3, email = $4, account_name = $5, employee_number = $6,
				external_id = $7, job_title = $8, level = $9, department = $10, location = $11, employment = $12,
				time_zone = $13, started_on = $14, imported = $15, revision = revision + 1
			where organisation_id = $16 and id = $17`, rows); err != nil {
			return err
		}
		if err := event.RecordAll(in.tx, quiet); err != nil {
			return err
		}
		return in.changedAddresses(people)
	})
}

// changedAddresses is for those of whom others need to know: who came back, and whose address
// is new.
func (in *importing) changedAddresses(people []*peoplefile.Person) error {
	for _, p := range people {
		if changes(p, peoplefile.Status) {
			if err := Return(in.tx, in.me, db.ID(p.Key)); err != nil {
				return err
			}
		} else if changes(p, peoplefile.Email) {
			if err := event.Record(in.tx, in.event("person changed", db.ID(p.Key))); err != nil {
				return err
			}
		}
	}
	return nil
}

func (in *importing) add() error {
	return in.each(outcome(peoplefile.New), func(people []*peoplefile.Person) error {
		rows := make([][]any, len(people))
		added := make([]event.Event, len(people))
		for i, p := range people {
			rows[i] = append(in.details(p), in.me.Organisation, p.Key, false, p.Memory, 1, in.tx.Now())
			added[i] = in.event("person added", db.ID(p.Key))
		}
		if err := db.Insert(in.tx, `
			insert into people (name, name_key, first_name, email, account_name, employee_number, external_id, job_title, level,
				department, location, employment, time_zone, started_on,
				organisation_id, id, administrator, imported, revision, created_at) values`, rows); err != nil {
			return err
		}
		return event.RecordAll(in.tx, added)
	})
}

// details are the values of a person in the order of the columns.
func (in *importing) details(p *peoplefile.Person) []any {
	v := &p.Values
	first := v[peoplefile.FirstName]
	// A first name that was taken from the name follows it.
	if p.Known == nil && first == "" || p.Known != nil && first == firstWord(p.Known.Values[peoplefile.FullName]) && !changes(p, peoplefile.FirstName) {
		first = firstWord(v[peoplefile.FullName])
	}
	zone := v[peoplefile.TimeZone]
	if zone == "" {
		zone = in.zone
	}
	started, _ := civil.Parse(v[peoplefile.Start]) // written by peoplefile in that form
	name := v[peoplefile.FullName]
	return []any{name, Fold(name), first, FoldAddress(v[peoplefile.Email]), v[peoplefile.Account], v[peoplefile.Number],
		v[peoplefile.ID], v[peoplefile.Title], v[peoplefile.Level], v[peoplefile.Department], v[peoplefile.Location],
		v[peoplefile.Kind], zone, started}
}

func firstWord(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

// remember keeps what the file said, for the next file to be compared with, where nothing else
// of the person was written.
func (in *importing) remember() error {
	var rows [][]any
	for _, p := range in.d.People {
		if (p.Outcome == peoplefile.Leaving || p.Outcome == peoplefile.Unchanged) && p.Memory != p.Known.Memory {
			rows = append(rows, []any{p.Memory, in.me.Organisation, p.Key})
		}
	}
	return db.Repeat(in.tx, "update people set imported = $1 where organisation_id = $2 and id = $3", rows)
}

// moveLines ends and begins the lines of people who were here before, as if by hand.
func (in *importing) moveLines() error {
	var moved []*peoplefile.Person
	for _, p := range in.d.People {
		if p.Outcome == peoplefile.Changed && changes(p, peoplefile.Manager) {
			moved = append(moved, p)
		}
	}
	for _, p := range moved {
		if err := endLine(in.tx, in.me, db.ID(p.Key)); err != nil {
			return err
		}
	}
	for _, p := range moved {
		if p.Manager == nil {
			continue
		}
		if err := beginLine(in.tx, in.me, db.ID(p.Key), db.ID(p.Manager.Key)); err != nil {
			return err
		}
	}
	return nil
}

func (in *importing) addLines() error {
	return in.each(outcome(peoplefile.New), func(people []*peoplefile.Person) error {
		var rows [][]any
		var began []event.Event
		for _, p := range people {
			if p.Manager == nil {
				continue
			}
			line := in.tx.NewID()
			rows = append(rows, []any{in.me.Organisation, line, p.Key, p.Manager.Key, in.tx.Now()})
			e := in.event("line began", line)
			e.Thing.Kind = "line"
			e.Facts = map[string]string{"person": p.Key, "manager": p.Manager.Key}
			began = append(began, e)
		}
		if err := db.Insert(in.tx, "insert into reporting_lines (organisation_id, id, person_id, manager_id, began_at) values", rows); err != nil {
			return err
		}
		return event.RecordAll(in.tx, began)
	})
}

func (in *importing) event(kind string, id db.ID) event.Event {
	return event.Event{Organisation: in.me.Organisation, Kind: kind, By: in.me.Person, Thing: event.Thing{Kind: "person", ID: id}}
}

// UnscopedByEmail finds who is here under the address, for whoever runs the installation.
func UnscopedByEmail(tx *db.Tx, organisation db.ID, address string) (db.ID, error) {
	return db.One(tx, db.Scanned[db.ID], `
		select id from people where organisation_id = $1 and email = $2 and left_at is null`, organisation, FoldAddress(address))
}
