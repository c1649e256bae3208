package plan

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Entry is an entry in a person's journal. No share reaches it: every query here finds it by its
// owner alone.
type Entry struct {
	ID       db.ID
	Day      civil.Date
	Words    string
	Revision int64
}

// AddEntry writes into the actor's journal. Without a day it is today.
func AddEntry(tx *db.Tx, me org.Actor, in Entry) (Entry, error) {
	if err := mayWrite(me); err != nil {
		return in, err
	}
	if err := in.check(tx, me); err != nil {
		return in, err
	}
	in.ID, in.Revision = tx.NewID(), 1
	if _, err := tx.Exec(`
		insert into journal_entries (organisation_id, id, owner_id, day, words, revision, created_at)
		values ($1, $2, $3, $4, $5, 1, $6)`, me.Organisation, in.ID, me.Person, in.Day, in.Words, tx.Now()); err != nil {
		return in, err
	}
	return in, happened(tx, me, "journal entry added", in.thing())
}

// ChangeEntry replaces an entry of the actor's journal.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func ChangeEntry(tx *db.Tx, me org.Actor, in Entry) error {
	was, err := myEntry(tx, me, in.ID)
	if err != nil {
		return err
	}
	if err := in.check(tx, me); err != nil {
		return err
	}
	return edit{was.thing(), was.fields(), in.fields(), was.Revision, in.Revision}.write(tx, me, "journal entry changed", `
		update journal_entries set day = $1, words = $2, revision = revision + 1
		where organisation_id = $3 and id = $4 and owner_id = $5`, in.Day, in.Words, me.Organisation, in.ID, me.Person)
}

// RemoveEntry removes an entry of the actor's journal for good, with its earlier versions.
func RemoveEntry(tx *db.Tx, me org.Actor, id db.ID) error {
	was, err := myEntry(tx, me, id)
	if err != nil {
		return err
	}
	if err := org.ForgetRevisions(tx, me, was.thing()); err != nil {
		return err
	}
	return remove(tx, me, "journal_entries", was.thing())
}

// myEntry finds an entry of the actor's journal, to be changed.
func myEntry(tx *db.Tx, me org.Actor, id db.ID) (Entry, error) {
	if err := mayWrite(me); err != nil {
		return Entry{}, err
	}
	return EntryByID(tx, me, id)
}

func (e *Entry) check(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	e.Words = tidy(wrong, "words", e.Words, mostPage)
	wrong.Check(e.Words != "", "words", "There is nothing here yet.")
	if e.Day.IsZero() {
		e.Day = civil.In(tx.Now(), me.Zone)
	}
	return wrong.Err()
}

func (e Entry) thing() event.Thing { return event.Thing{Kind: "journal entry", ID: e.ID} }

func (e Entry) fields() map[string]string {
	return map[string]string{"day": e.Day.String(), "words": e.Words}
}

const selectEntry = "select id, day, words, revision from journal_entries "

func scanEntry(row db.Row) (Entry, error) {
	var e Entry
	err := row.Scan(&e.ID, &e.Day, &e.Words, &e.Revision)
	return e, err
}

// EntryByID finds an entry of the actor's own journal.
func EntryByID(tx *db.Tx, me org.Actor, id db.ID) (Entry, error) {
	return db.One(tx, scanEntry, selectEntry+"where organisation_id = $1 and owner_id = $2 and id = $3", me.Organisation, me.Person, id)
}

// Entries lists the actor's own journal, the newest first, after a place in the list, and tells
// whether there are more.
func Entries(tx *db.Tx, me org.Actor, after Place, most int) ([]Entry, bool, error) {
	found, err := db.List(tx, scanEntry, selectEntry+`
		where organisation_id = $1 and owner_id = $2 and (day, id) < ($3, $4)
		order by day desc, id desc limit $5`, me.Organisation, me.Person, after.day(), after.id(), most+1)
	return found[:min(most, len(found))], len(found) > most, err
}

// Place is where a page of a list by days ends; the zero Place is before the first.
type Place struct {
	Day civil.Date
	ID  db.ID
}

// String is the form of a place in an address.
func (p Place) String() string {
	if p.Day.IsZero() {
		return ""
	}
	return p.Day.String() + "." + string(p.ID)
}

// PlaceFrom reads what String wrote; what is not a place is before the first.
func PlaceFrom(text string) Place {
	day, id, _ := strings.Cut(text, ".")
	date, err := civil.Parse(day)
	if err != nil || date.IsZero() {
		return Place{}
	}
	return Place{date, db.ID(id)}
}

func (p Place) day() string {
	if p.Day.IsZero() {
		return "9999-12-31"
	}
	return p.Day.String()
}

func (p Place) id() string { return string(p.ID) }
