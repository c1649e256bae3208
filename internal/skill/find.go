package skill

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// ByID finds an entry of the list.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Entry, error) {
	e, err := db.One(tx, scanEntry, "select id, name, description, source, revision from skill_entries where "+seen+" and id = $3",
		me.Organisation, here(me), id)
	if err != nil {
		return e, err
	}
	e.Aliases, err = db.List(tx, db.Scanned[string], `
		select name from skill_names where organisation_id = $1 and entry_id = $2 and position > 0
		order by position`, me.Organisation, id)
	return e, err
}

func scanEntry(row db.Row) (Entry, error) {
	var e Entry
	err := row.Scan(&e.ID, &e.Name, &e.Description, &e.Source, &e.Revision)
	return e, err
}

// Count is how many skills the list has: it reads through all of it.
func Count(tx *db.Tx, me org.Actor) (int64, error) {
	return db.One(tx, db.Scanned[int64], "select count(*) from skill_entries where "+seen, me.Organisation, here(me))
}

// Any tells whether there is a list at all.
func Any(tx *db.Tx, me org.Actor) (bool, error) {
	first, err := List(tx, me, "", 1)
	return len(first) > 0, err
}

// List is the list by name, after the given entry.
func List(tx *db.Tx, me org.Actor, after db.ID, most int) ([]Entry, error) {
	return db.List(tx, scanEntry, `
		select e.id, e.name, e.description, e.source, e.revision
		from skill_names n
		join skill_entries e on e.organisation_id = n.organisation_id and e.id = n.entry_id
		where n.`+seen+` and n.position = 0 and n.name_key > coalesce(
			(select a.name_key from skill_names a where a.organisation_id = $1 and a.entry_id = $3 and a.position = 0), '')
		order by n.name_key limit $4`, me.Organisation, here(me), after, most)
}

// Joined says which of some names are names of one and the same skill.
type Joined struct {
	entries map[string]Entry // by folded name
}

// Join looks the names up. A name that two entries have joins neither, unless one of them bears it as its own.
func Join(tx *db.Tx, me org.Actor, names []string) (Joined, error) {
	j := Joined{entries: map[string]Entry{}}
	var keys []any
	asked := map[string]bool{}
	for _, name := range names {
		if key := org.Fold(name); key != "" && !asked[key] {
			asked[key] = true
			keys = append(keys, key)
		}
	}
	const atOnce = 512
	for len(keys) > 0 {
		some := keys[:min(len(keys), atOnce)]
		keys = keys[len(some):]
		n := 8
		for n < len(some) {
			n *= 2
		}
		for len(some) < n { // few different statements, for the store to prepare
			some = append(some[:len(some):len(some)], "")
		}
		if err := j.find(tx, me, some); err != nil {
			return j, err
		}
	}
	return j, nil
}

func (j Joined) find(tx *db.Tx, me org.Actor, keys []any) error {
	type hit struct {
		key   string
		own   bool
		entry Entry
	}
	hits, err := db.List(tx, func(row db.Row) (hit, error) {
		var h hit
		err := row.Scan(&h.key, &h.own, &h.entry.ID, &h.entry.Name, &h.entry.Description)
		return h, err
	}, `
		select n.name_key, n.position = 0, e.id, e.name, e.description
		from skill_names n
		join skill_entries e on e.organisation_id = n.organisation_id and e.id = n.entry_id
		where n.`+seen+` and n.name_key in (`+db.Places(3, len(keys))+`)
		order by n.name_key, n.position, e.id`, append([]any{me.Organisation, here(me)}, keys...)...)
	if err != nil {
		return err
	}
	owned, twice := map[string]bool{}, map[string]bool{}
	for _, h := range hits {
		was, known := j.entries[h.key]
		switch {
		case h.own:
			owned[h.key] = true
			j.entries[h.key] = h.entry
		case !known:
			j.entries[h.key] = h.entry
		case was.ID != h.entry.ID && !owned[h.key]:
			twice[h.key] = true
		}
	}
	for key := range twice {
		delete(j.entries, key)
	}
	return nil
}

// Entry is the entry of the list that has the name.
func (j Joined) Entry(name string) (Entry, bool) {
	e, ok := j.entries[org.Fold(name)]
	return e, ok
}

// Key is the same for two names of one skill: those of one entry, or one and the same in other letters.
func (j Joined) Key(name string) string {
	if e, ok := j.Entry(name); ok {
		return "entry " + string(e.ID)
	}
	return "words " + org.Fold(name)
}
