package expectation

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Difference is what bringing a file in would change.
type Difference struct {
	Framework string
	New       bool // the framework is not here yet
	Roles     []RoleDifference
}

// RoleDifference is what would change of one role.
type RoleDifference struct {
	ID      db.ID // empty: it is new
	Name    string
	Levels  int
	Asks    int
	Version int64    // the number that it would get; the one that stands where nothing changes
	Retires bool     // the framework that is here has it, the file does not
	Returns bool     // it was retired, and the file has it again
	Changes []Change // of a role that is here
	text    Text
	key     string
}

// New tells whether the role is not here yet.
func (d RoleDifference) New() bool { return d.ID == "" }

// Same tells whether nothing of the role would change.
func (d RoleDifference) Same() bool {
	return !d.New() && !d.Retires && !d.Returns && len(d.Changes) == 0
}

// Nothing tells whether nothing would change.
func (d Difference) Nothing() bool {
	for _, r := range d.Roles {
		if !r.Same() {
			return false
		}
	}
	return true
}

// Count tells how many roles are new, changed, the same, and retire.
func (d Difference) Count() (added, changed, same, retiring int) {
	for _, r := range d.Roles {
		switch {
		case r.New():
			added++
		case r.Retires:
			retiring++
		case r.Same():
			same++
		default:
			changed++
		}
	}
	return added, changed, same, retiring
}

// Summary is the difference in one sentence.
func (d Difference) Summary() string {
	added, changed, same, retiring := d.Count()
	if d.Nothing() {
		return fmt.Sprintf("%s: nothing changes; %s.", d.Framework, counted(same, "role is", "roles are")+" as here")
	}
	var said []string
	for _, one := range []struct {
		n         int
		one, many string
	}{{added, "new role", "new roles"}, {changed, "changed role", "changed roles"}, {same, "role as before", "roles as before"}, {retiring, "role no longer in it", "roles no longer in it"}} {
		if one.n > 0 {
			said = append(said, counted(one.n, one.one, one.many))
		}
	}
	return fmt.Sprintf("%s: %s.", d.Framework, strings.Join(said, ", "))
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// Differ says what bringing the file in would change; nothing is written. Administrators only.
func Differ(tx *db.Tx, me org.Actor, f *ladderfile.File) (Difference, error) {
	d := Difference{Framework: f.Framework, New: true}
	if !me.Administrator {
		return d, problem.NotFound
	}
	here, err := rolesOfFramework(tx, me, f.Framework)
	if err != nil {
		return d, err
	}
	d.New = len(here) == 0
	in := map[string]bool{}
	for _, r := range f.Roles {
		in[r.Key] = true
		one := RoleDifference{Name: r.Name, Levels: len(r.Levels), text: textFrom(r), key: r.Key, Version: 1}
		one.Asks = len(one.text.Asks)
		if stands, ok := here[r.Key]; ok {
			was, err := textOf(tx, me, stands.ID, stands.Version.Number)
			if err != nil {
				return d, err
			}
			one.ID, one.Version, one.Returns = stands.ID, stands.Version.Number, !stands.RetiredAt.IsZero()
			if one.Changes = Compare(was, one.text); len(one.Changes) > 0 {
				one.Version++
			}
		}
		d.Roles = append(d.Roles, one)
	}
	for _, key := range slices.Sorted(maps.Keys(here)) {
		if r := here[key]; !in[key] && r.RetiredAt.IsZero() {
			d.Roles = append(d.Roles, RoleDifference{ID: r.ID, Name: r.Name, Version: r.Version.Number, Retires: true, key: key})
		}
	}
	return d, nil
}

// rolesOfFramework finds the roles of a framework by their keys, retired ones too.
func rolesOfFramework(tx *db.Tx, me org.Actor, name string) (map[string]Role, error) {
	here := map[string]Role{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var r Role
		var key string
		err := row.Scan(&key, &r.ID, &r.Name, &r.RetiredAt, &r.Version.Number)
		here[key] = r
		return struct{}{}, err
	}, `
		select r.key, r.id, r.name, r.retired_at, r.version
		from frameworks f join roles r on r.organisation_id = f.organisation_id and r.framework_id = f.id
		where f.organisation_id = $1 and f.name_key = $2`, me.Organisation, org.Fold(name))
	return here, err
}

// Import brings the roles of the file in: all that Differ says, in this transaction. Source is
// the name of the file. Administrators only.
func Import(tx *db.Tx, me org.Actor, f *ladderfile.File, source string, progress func(done, total int)) (Difference, error) {
	d, err := Differ(tx, me, f)
	if err != nil || d.Nothing() {
		return d, err
	}
	framework, err := frameworkNamed(tx, me, f.Framework)
	if err != nil {
		return d, err
	}
	for i, r := range d.Roles {
		if err := r.carryOut(tx, me, framework, source); err != nil {
			return d, err
		}
		progress(i+1, len(d.Roles))
	}
	added, changed, _, retiring := d.Count()
	return d, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "expectations imported", By: me.Person, Thing: event.Thing{Kind: "framework", ID: framework},
		Facts: map[string]string{"new": strconv.Itoa(added), "changed": strconv.Itoa(changed), "retired": strconv.Itoa(retiring)},
	})
}

// frameworkNamed finds a framework, or makes it.
func frameworkNamed(tx *db.Tx, me org.Actor, name string) (db.ID, error) {
	found, err := db.List(tx, db.Scanned[db.ID], "select id from frameworks where organisation_id = $1 and name_key = $2", me.Organisation, org.Fold(name))
	if err != nil || len(found) == 1 {
		return append(found, "")[0], err
	}
	id := tx.NewID()
	_, err = tx.Exec("insert into frameworks (organisation_id, id, name, name_key, created_at) values ($1, $2, $3, $4, $5)",
		me.Organisation, id, name, org.Fold(name), tx.Now())
	return id, err
}

func (d RoleDifference) carryOut(tx *db.Tx, me org.Actor, framework db.ID, source string) error {
	switch {
	case d.Retires:
		_, err := tx.Exec("update roles set retired_at = $1 where organisation_id = $2 and id = $3", tx.Now(), me.Organisation, d.ID)
		return err
	case d.New():
		id := tx.NewID()
		if _, err := tx.Exec(`
			insert into roles (organisation_id, id, framework_id, adapts_name, adapts_number, key, name, name_key, version, brought_along, created_at)
			values ($1, $2, $3, '', 0, $4, $5, $6, 1, $7, $8)`,
			me.Organisation, id, framework, d.key, d.Name, org.Fold(d.Name), false, tx.Now()); err != nil {
			return err
		}
		return d.text.write(tx, me, id, 1, source)
	case d.Same():
		return nil
	}
	if _, err := tx.Exec(`
		update roles set name = $1, name_key = $2, version = $3, retired_at = null where organisation_id = $4 and id = $5`,
		d.Name, org.Fold(d.Name), d.Version, me.Organisation, d.ID); err != nil {
		return err
	}
	if len(d.Changes) == 0 {
		return nil
	}
	return d.text.write(tx, me, d.ID, d.Version, source)
}
