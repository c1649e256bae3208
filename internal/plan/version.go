package plan

import (
	"maps"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// How long things may be, in characters.
const (
	mostLine = 200
	mostText = 10_000
	mostPage = 50_000
)

// tidy is the text in the form in which it is kept: without what no engine takes, with one kind
// of line end, without space around it. A message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd"))
	text = strings.TrimSpace(text)
	if most == mostLine {
		text = strings.Join(strings.Fields(text), " ")
	}
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(most)+".")
	}
	return text
}

// edit is what every change of a thing begins with: what stands, what is to stand, and the
// revision that the change was made on.
type edit struct {
	thing    event.Thing
	was, in  map[string]string // by field
	revision int64             // that stands
	madeOn   int64
}

// write puts what is to stand in the place of what stands, if there is anything to change, by
// the statement, and says that it happened.
func (e edit) write(tx *db.Tx, me org.Actor, kind, statement string, args ...any) error {
	changes, err := e.begin(tx, me)
	if err != nil || !changes {
		return err
	}
	if _, err := tx.Exec(statement, args...); err != nil {
		return err
	}
	return happened(tx, me, kind, e.thing)
}

// begin tells whether there is anything to change. It keeps the text that is about to be
// replaced, and says problem.Conflict, with both texts, when that is not the text that the
// change was made on.
func (e edit) begin(tx *db.Tx, me org.Actor) (bool, error) {
	if maps.Equal(e.was, e.in) {
		return false, nil
	}
	if e.revision != e.madeOn {
		return false, e.conflict()
	}
	if e.revision == 0 {
		return true, nil // nothing was written before
	}
	return true, org.KeepRevision(tx, me, e.thing, e.revision, e.was)
}

// goOn is begin for a form that saves as one types: opened is the revision that stood when it was
// opened. What stands with a higher one was written by that form itself: it is replaced without
// being kept.
func (e edit) goOn(tx *db.Tx, me org.Actor, opened int64) (bool, error) {
	if e.revision == e.madeOn && e.revision > opened {
		return !maps.Equal(e.was, e.in), nil
	}
	return e.begin(tx, me)
}

// keepAll is opened for a form that is sent once: whatever stands is kept.
const keepAll = math.MaxInt64

// conflict holds both texts of every field in which they differ.
func (e edit) conflict() *problem.Conflict {
	both := problem.Conflict{Revision: e.revision, Theirs: map[string]string{}, Mine: map[string]string{}}
	for field, now := range e.was {
		if e.in[field] != now {
			both.Theirs[field], both.Mine[field] = now, e.in[field]
		}
	}
	return &both
}

// kindsKept are the kinds of things in a plan whose earlier texts are kept.
func kindsKept() []string {
	kinds := []string{"value", "strength", "skill", "goal", "step"}
	for _, text := range allTexts {
		kinds = append(kinds, text.kind())
	}
	return kinds
}

// Versions lists the earlier versions of everything in the actor's plan, the last replaced
// first; those of things that were removed too.
func Versions(tx *db.Tx, me org.Actor, most int) ([]org.Earlier, error) {
	return org.EarlierOfKinds(tx, me, most, kindsKept()...)
}

// own is a thing of the actor's, to be changed: what find finds, if it is theirs.
func own[T interface{ owner() db.ID }](tx *db.Tx, me org.Actor, id db.ID, find func(*db.Tx, org.Actor, db.ID) (T, error)) (T, error) {
	var none T
	if err := mayWrite(me); err != nil {
		return none, err
	}
	found, err := find(tx, me, id)
	if err == nil && found.owner() != me.Person {
		return none, problem.NotFound
	}
	return found, err
}

// remove takes a thing of the actor's out of its table, and says that it happened.
func remove(tx *db.Tx, me org.Actor, table string, thing event.Thing) error {
	if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and id = $2 and owner_id = $3",
		me.Organisation, thing.ID, me.Person); err != nil {
		return err
	}
	return happened(tx, me, thing.Kind+" removed", thing)
}

func happened(tx *db.Tx, me org.Actor, kind string, thing event.Thing) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: thing})
}
