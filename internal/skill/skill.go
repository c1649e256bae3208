// Package skill holds the organisation's list of skills to choose from: entries with a
// description and other names. Nobody has to choose from it: a skill of a plan has a name in its
// owner's words, and where that is a name of an entry, the two are joined by it.
package skill

import (
	"slices"

	"github.com/ownward/ownward/internal/csvfile"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Entry is one skill of the list.
type Entry struct {
	ID          db.ID
	Name        string
	Description string
	Source      string // the id that it has where the list comes from
	Aliases     []string
	Revision    int64
}

// Limits of an entry, and of a list.
const (
	mostName    = 200
	mostText    = 4000
	mostAliases = 60
	mostEntries = 60_000
)

// Add puts one more skill on the list. Administrators only.
//
// Errors: problem.Invalid by field.
func Add(tx *db.Tx, me org.Actor, in Entry) (Entry, error) {
	if err := mayKeep(me); err != nil {
		return in, err
	}
	if err := in.check(tx, me); err != nil {
		return in, err
	}
	n, err := Count(tx, me)
	if err != nil {
		return in, err
	}
	if n >= mostEntries {
		return in, problem.Refuse("The list has %d skills already. Please remove some first.", mostEntries)
	}
	in.ID, in.Revision = tx.NewID(), 1
	if err := insert(tx, me, []Entry{in}); err != nil {
		return in, err
	}
	return in, happened(tx, me, "skill entry added", in.ID)
}

// Change replaces what the list says of a skill. What it was called stays one of its other names.
// Administrators only.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func Change(tx *db.Tx, me org.Actor, in Entry) error {
	if err := mayKeep(me); err != nil {
		return err
	}
	was, err := ByID(tx, me, in.ID)
	if err != nil {
		return err
	}
	in.Source = was.Source
	if org.Fold(was.Name) != org.Fold(in.Name) && !slices.ContainsFunc(in.Aliases, func(a string) bool { return org.Fold(a) == org.Fold(was.Name) }) {
		in.Aliases = append([]string{was.Name}, in.Aliases...)
	}
	if err := in.check(tx, me); err != nil {
		return err
	}
	if was.Revision != in.Revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: in.fields()}
	}
	if err := rewrite(tx, me, []Entry{in}); err != nil {
		return err
	}
	return happened(tx, me, "skill entry changed", in.ID)
}

// Remove takes a skill off the list. Whoever has it in their plan keeps it, in their words.
// Administrators only.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayKeep(me); err != nil {
		return err
	}
	if _, err := ByID(tx, me, id); err != nil {
		return err
	}
	for _, text := range []string{
		"delete from skill_words where organisation_id = $1 and entry_id = $2",
		"delete from skill_names where organisation_id = $1 and entry_id = $2",
		"delete from skill_entries where organisation_id = $1 and id = $2",
	} {
		if _, err := tx.Exec(text, me.Organisation, id); err != nil {
			return err
		}
	}
	return happened(tx, me, "skill entry removed", id)
}

func (e *Entry) check(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	e.Name = csvfile.Tidy(e.Name)
	wrong.Check(org.Fold(e.Name) != "", "name", "Please name the skill.")
	wrong.Check(len([]rune(e.Name)) <= mostName, "name", "This name is too long.")
	wrong.Check(len([]rune(e.Description)) <= mostText, "description", "This is too long.")
	e.Aliases = tidied(e.Name, e.Aliases)
	wrong.Check(len(e.Aliases) <= mostAliases, "aliases", "These are too many names for one skill.")
	for _, a := range e.Aliases {
		wrong.Check(len([]rune(a)) <= mostName, "aliases", "One of these names is too long.")
	}
	same, err := db.List(tx, db.Scanned[db.ID], `
		select entry_id from skill_names where organisation_id = $1 and name_key = $2 and position = 0`, me.Organisation, org.Fold(e.Name))
	if err != nil {
		return err
	}
	wrong.Check(len(same) == 0 || same[0] == e.ID, "name", "The list has a skill of this name.")
	return wrong.Err()
}

// tidied are other names, each once, without the name itself.
func tidied(name string, aliases []string) []string {
	seen := map[string]bool{org.Fold(name): true, "": true}
	var list []string
	for _, each := range aliases {
		each = csvfile.Tidy(each)
		if key := org.Fold(each); !seen[key] {
			seen[key] = true
			list = append(list, each)
		}
	}
	return list
}

func (e Entry) fields() map[string]string {
	aliases := ""
	for _, a := range e.Aliases {
		aliases += a + "\n"
	}
	return map[string]string{"name": e.Name, "description": e.Description, "aliases": aliases}
}

func insert(tx *db.Tx, me org.Actor, entries []Entry) error {
	var rows [][]any
	for _, e := range entries {
		rows = append(rows, []any{me.Organisation, e.ID, e.Name, e.Description, e.Source, 1, tx.Now()})
	}
	if err := db.Insert(tx, "insert into skill_entries (organisation_id, id, name, description, source, revision, created_at) values", rows); err != nil {
		return err
	}
	return insertNames(tx, me, entries)
}

func insertNames(tx *db.Tx, me org.Actor, entries []Entry) error {
	var names, words [][]any
	for _, e := range entries {
		for position, name := range append([]string{e.Name}, e.Aliases...) {
			names = append(names, []any{me.Organisation, e.ID, position, name, org.Fold(name)})
		}
		for _, w := range e.searched() {
			words = append(words, []any{me.Organisation, e.ID, w.words, w.place, w.position})
		}
	}
	if err := db.Insert(tx, "insert into skill_names (organisation_id, entry_id, position, name, name_key) values", names); err != nil {
		return err
	}
	return db.Insert(tx, "insert into skill_words (organisation_id, entry_id, words, place, position) values", words)
}

// rewrite replaces entries by what is known of them now.
func rewrite(tx *db.Tx, me org.Actor, entries []Entry) error {
	var ids, changed [][]any
	for _, e := range entries {
		ids = append(ids, []any{me.Organisation, e.ID})
		changed = append(changed, []any{e.Name, e.Description, e.Source, me.Organisation, e.ID})
	}
	for _, table := range []string{"skill_words", "skill_names"} {
		if err := db.Repeat(tx, "delete from "+table+" where organisation_id = $1 and entry_id = $2", ids); err != nil {
			return err
		}
	}
	if err := db.Repeat(tx, `
		update skill_entries set name = $1, description = $2, source = $3, revision = revision + 1
		where organisation_id = $4 and id = $5`, changed); err != nil {
		return err
	}
	return insertNames(tx, me, entries)
}

func happened(tx *db.Tx, me org.Actor, kind string, id db.ID) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "skill entry", ID: id}})
}
