package skill

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skillfile"
)

// Difference says what bringing a list in would do.
type Difference struct {
	New, Changed, Unchanged int
	Rows, SetAside          int
	Repeated, Passed        int
	Changes                 []Line
	Problems                []skillfile.Problem

	entries []Entry // to be written, in the order of Changes
}

// Line is what happens to one entry of the list.
type Line struct {
	At    int // the line of the file
	Name  string
	IsNew bool
	What  string // of one that is there: what is different
}

// Nothing tells whether the list stays as it is.
func (d *Difference) Nothing() bool { return d.New+d.Changed == 0 }

// AsGiven tells whether every line went in as the file says.
func (d *Difference) AsGiven() bool { return len(d.Problems) == 0 }

// Summary is the difference in one line.
func (d *Difference) Summary() string {
	parts := []string{count(d.Rows, "line")}
	parts[0] += ": " + count(d.New, "new skill")
	for _, each := range []struct {
		n    int
		what string
	}{{d.Changed, "changed"}, {d.Unchanged, "unchanged"}} {
		if each.n > 0 {
			parts = append(parts, thousands(each.n)+" "+each.what)
		}
	}
	if d.Repeated > 0 {
		parts = append(parts, count(d.Repeated, "line")+" that name one once more")
	}
	if d.Passed > 0 {
		parts = append(parts, count(d.Passed, "line")+" of something else")
	}
	if d.SetAside > 0 {
		parts = append(parts, count(d.SetAside, "line")+" set aside")
	}
	return strings.Join(parts, ", ") + "."
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return thousands(n) + " " + what + "s"
}

func thousands(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Compare says what bringing the file in would do; nothing is written. Administrators only.
//
// An entry is known again by the id that it has where the list comes from, else by its name; a name without such an id also by
// one of the other names. What a file does not name stays on the list.
func Compare(tx *db.Tx, me org.Actor, f *skillfile.File) (*Difference, error) {
	if err := mayKeep(me); err != nil {
		return nil, err
	}
	known, err := everything(tx, me)
	if err != nil {
		return nil, err
	}
	d := &Difference{Rows: f.Rows, SetAside: f.SetAside(), Repeated: f.Repeated, Passed: f.Passed, Problems: f.Problems}
	for _, e := range f.Entries {
		if err := d.compare(tx, known, e); err != nil {
			return nil, err
		}
	}
	if n := len(known.entries); n > mostEntries {
		return nil, problem.Refuse("With this file the list would have %s skills; %s is the most. Bring in a part of it.", thousands(n), thousands(mostEntries))
	}
	return d, nil
}

func (d *Difference) compare(tx *db.Tx, known *list, e skillfile.Entry) error {
	at, ok := known.find(e)
	if !ok {
		one := Entry{ID: tx.NewID(), Name: e.Name, Description: e.Description, Source: e.Source, Aliases: tidied(e.Name, e.Aliases), Revision: 1}
		one.Aliases = one.Aliases[:min(len(one.Aliases), mostAliases)]
		known.add(one)
		d.New++
		d.Changes = append(d.Changes, Line{At: e.Line, Name: e.Name, IsNew: true})
		d.entries = append(d.entries, one)
		return nil
	}
	was := known.entries[at]
	now, what := was.with(e, known)
	if what == "" {
		d.Unchanged++
		return nil
	}
	known.put(at, now)
	if i := slices.IndexFunc(d.entries, func(e Entry) bool { return e.ID == was.ID }); i >= 0 {
		d.entries[i] = now // the file speaks of it twice, by two of its names
		return nil
	}
	d.Changed++
	d.Changes = append(d.Changes, Line{At: e.Line, Name: now.Name, What: what})
	d.entries = append(d.entries, now)
	return nil
}

// with is the entry with what the file says of it, and what is different.
func (e Entry) with(said skillfile.Entry, known *list) (Entry, string) {
	var what []string
	now := e
	now.Aliases = slices.Clone(e.Aliases)
	add := func(names ...string) {
		before := len(now.Aliases)
		now.Aliases = tidied(now.Name, append(now.Aliases, names...))
		now.Aliases = now.Aliases[:min(len(now.Aliases), mostAliases)]
		if n := len(now.Aliases) - before; n > 0 {
			what = append(what, count(n, "more name"))
		}
	}
	if said.Source != "" && said.Source == e.Source && org.Fold(said.Name) != org.Fold(e.Name) {
		if _, taken := known.byName[org.Fold(said.Name)]; !taken {
			now.Name = said.Name
			now.Aliases = tidied(now.Name, append([]string{e.Name}, now.Aliases...))
			what = append(what, "it was called "+e.Name)
		}
	}
	add(append([]string{said.Name}, said.Aliases...)...)
	if said.Description != "" && said.Description != e.Description {
		now.Description = said.Description
		what = append(what, "its description")
	}
	if said.Source != "" && e.Source == "" {
		now.Source = said.Source
		what = append(what, "its id")
	}
	return now, strings.Join(what, ", ")
}

// list is the whole list, to be compared with.
type list struct {
	entries                   []Entry
	bySource, byName, byAlias map[string]int
}

func (l *list) add(e Entry) {
	l.entries = append(l.entries, Entry{})
	l.put(len(l.entries)-1, e)
}

func (l *list) put(at int, e Entry) {
	l.entries[at] = e
	if e.Source != "" {
		l.bySource[e.Source] = at
	}
	l.byName[org.Fold(e.Name)] = at
	for _, a := range e.Aliases {
		if _, taken := l.byAlias[org.Fold(a)]; !taken {
			l.byAlias[org.Fold(a)] = at
		}
	}
}

func (l *list) find(e skillfile.Entry) (int, bool) {
	if at, ok := l.bySource[e.Source]; ok && e.Source != "" {
		return at, true
	}
	if at, ok := l.byName[org.Fold(e.Name)]; ok {
		return at, true
	}
	if e.Source == "" {
		at, ok := l.byAlias[org.Fold(e.Name)]
		return at, ok
	}
	return 0, false
}

// everything reads the whole list with all names.
func everything(tx *db.Tx, me org.Actor) (*list, error) {
	l := &list{bySource: map[string]int{}, byName: map[string]int{}, byAlias: map[string]int{}}
	entries, err := db.List(tx, scanEntry, "select id, name, description, source, revision from skill_entries where "+seen+" order by id", me.Organisation, here(me))
	if err != nil {
		return l, err
	}
	at := map[db.ID]int{}
	for i, e := range entries {
		at[e.ID] = i
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var name string
		err := row.Scan(&id, &name)
		entries[at[id]].Aliases = append(entries[at[id]].Aliases, name)
		return struct{}{}, err
	}, "select entry_id, name from skill_names where organisation_id = $1 and position > 0 order by entry_id, position", me.Organisation)
	for _, e := range entries {
		l.add(e)
	}
	return l, err
}

// Import brings the list in: all that Compare says, in this transaction. Administrators only. It
// tells progress, now and then, how many of how many entries are written.
func Import(tx *db.Tx, me org.Actor, f *skillfile.File, progress func(done, total int)) (*Difference, error) {
	d, err := Compare(tx, me, f)
	if err != nil || d.Nothing() {
		return d, err
	}
	const chunk = 500
	var fresh, changed []Entry
	for i, e := range d.entries {
		if d.Changes[i].IsNew {
			fresh = append(fresh, e)
		} else {
			changed = append(changed, e)
		}
	}
	done := 0
	for _, part := range []struct {
		entries []Entry
		write   func(*db.Tx, org.Actor, []Entry) error
	}{{changed, rewrite}, {fresh, insert}} {
		for some := range slices.Chunk(part.entries, chunk) {
			if err := part.write(tx, me, some); err != nil {
				return nil, err
			}
			done += len(some)
			progress(done, len(d.entries))
		}
	}
	return d, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "skill list imported", By: me.Person, Thing: event.Thing{Kind: "organisation", ID: me.Organisation},
		Facts: map[string]string{"new": fmt.Sprint(d.New), "changed": fmt.Sprint(d.Changed)},
	})
}
