package share

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Audiences are all live shares of one owner: what stands behind each "who can see this".
type Audiences []Share

var (
	selectLive = strings.Replace(selectShare, "%s", "live_shares", 1)
	selectAny  = strings.Replace(selectShare, "%s", "shares", 1)
)

// Given lists the live shares of the actor.
func Given(tx *db.Tx, me org.Actor) (Audiences, error) {
	return db.List(tx, scanShare, selectLive+`
		where s.organisation_id = $1 and s.owner_id = $2
		order by p.name_key, s.id`, me.Organisation, me.Person)
}

// Of are the shares by which others see a thing: its own, and, unless it is kept out, those of
// the section of the plan that it stands in (an empty section: in none).
func (all Audiences) Of(kind string, id db.ID, section string, keptOut bool) Audiences {
	var seen Audiences
	for _, s := range all {
		own := s.What.Kind == kind && s.What.ID == id
		within := s.What.Kind == "plan" && section != "" && s.What.Section == section && !keptOut
		if own || within {
			seen = append(seen, s)
		}
	}
	return seen
}

// Names are the names of the viewers, each once.
func (all Audiences) Names() []string {
	var names []string
	had := map[db.ID]bool{}
	for _, s := range all {
		if !had[s.Viewer] {
			had[s.Viewer] = true
			names = append(names, s.Name)
		}
	}
	return names
}

// Owner is somebody who shares something with the actor.
type Owner struct {
	ID   db.ID
	Name string
}

// Owners lists who shares anything with the actor at present, by name.
func Owners(tx *db.Tx, me org.Actor) ([]Owner, error) {
	return db.List(tx, func(row db.Row) (Owner, error) {
		var o Owner
		err := row.Scan(&o.ID, &o.Name)
		return o, err
	}, `
		select p.id, p.name from people p
		where p.organisation_id = $1 and p.left_at is null
			and exists (select 1 from live_shares s where s.organisation_id = p.organisation_id and s.owner_id = p.id and s.viewer_id = $2)
		order by p.name_key, p.id`, me.Organisation, me.Viewer())
}

// Received lists what an owner shares with the actor at present.
func Received(tx *db.Tx, me org.Actor, owner db.ID) (Audiences, error) {
	return db.List(tx, scanShare, selectLive+`
		where s.organisation_id = $1 and s.owner_id = $2 and s.viewer_id = $3
		order by s.id`, me.Organisation, owner, me.Viewer())
}

// Lapsed lists the actor's shares with "my manager" that died with their reporting line, and of
// which the actor has not yet said what is to become of them.
func Lapsed(tx *db.Tx, me org.Actor) (Audiences, error) {
	return db.List(tx, scanShare, selectAny+`
		join reporting_lines l on l.organisation_id = s.organisation_id and l.id = s.line_id and l.ended_at is not null
		where s.organisation_id = $1 and s.owner_id = $2 and s.ended_at is null and s.role = 'manager'
		order by s.thing_kind, s.section, s.id`, me.Organisation, me.Person)
}

// Confirm shares again, with the actor's present manager, what died with an earlier reporting
// line.
//
// Errors: problem.NotFound when no such share of the actor's waits for a word.
func Confirm(tx *db.Tx, me org.Actor, lapsed db.ID) error {
	what, err := settleLapsed(tx, me, lapsed)
	if err != nil {
		return err
	}
	return WithManager(tx, me, what)
}

// LetLapse leaves dead what died with an earlier reporting line.
func LetLapse(tx *db.Tx, me org.Actor, lapsed db.ID) error {
	_, err := settleLapsed(tx, me, lapsed)
	return err
}

func settleLapsed(tx *db.Tx, me org.Actor, id db.ID) (What, error) {
	waiting, err := db.One(tx, scanShare, selectAny+`
		join reporting_lines l on l.organisation_id = s.organisation_id and l.id = s.line_id and l.ended_at is not null
		where s.organisation_id = $1 and s.owner_id = $2 and s.id = $3 and s.ended_at is null and s.role = 'manager'`,
		me.Organisation, me.Person, id)
	if err != nil {
		return What{}, err
	}
	_, err = tx.Exec("update shares set ended_at = $1 where organisation_id = $2 and owner_id = $3 and id = $4",
		tx.Now(), me.Organisation, me.Person, id)
	return waiting.What, err
}

// Look is one viewer on one day.
type Look struct {
	Name string
	What What
	Day  civil.Date
}

// Looked notes that the actor looked at things of the owner's: once a viewer, thing and day.
func Looked(tx *db.Tx, me org.Actor, owner db.ID, what ...What) error {
	if me.Viewer() == "" || owner == me.Person || len(what) == 0 {
		return nil
	}
	theirs, err := org.ByID(tx, me, owner)
	if err != nil {
		return err
	}
	rows, args := make([]string, len(what)), []any{me.Organisation, owner, me.Person, civil.In(tx.Now(), theirs.Zone())}
	for i, each := range what {
		rows[i] = "($1, $2, $3, $4, " + db.Places(len(args)+1, 2) + ")"
		args = append(args, each.Kind, each.ID)
	}
	_, err = tx.Exec("insert into looks (organisation_id, owner_id, viewer_id, day, thing_kind, thing_id) values "+
		strings.Join(rows, ", ")+" on conflict do nothing", args...)
	return err
}

// Looks lists who looked at things of the actor's, newest first. Without a thing: at any.
func Looks(tx *db.Tx, me org.Actor, what What, most int) ([]Look, error) {
	return db.List(tx, func(row db.Row) (Look, error) {
		var l Look
		err := row.Scan(&l.Name, &l.What.Kind, &l.What.ID, &l.Day)
		return l, err
	}, `
		select p.name, k.thing_kind, k.thing_id, k.day
		from looks k join people p on p.organisation_id = k.organisation_id and p.id = k.viewer_id
		where k.organisation_id = $1 and k.owner_id = $2
			and (cast($3 as text) = '' or (k.thing_kind = $3 and k.thing_id = $4))
		order by k.day desc, p.name_key limit $5`, me.Organisation, me.Person, what.Kind, string(what.ID), most)
}
