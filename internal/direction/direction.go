// Package direction holds where the organisation, its departments and its managers say they are
// heading, in a few sentences. A goal may name the direction that it serves.
package direction

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Scope is whom a direction is for.
type Scope string

// The scopes, the widest first.
const (
	Organisation Scope = "organisation" // everybody in it; administrators write
	Department   Scope = "department"   // the people of a department; its heads and administrators write
	Manager      Scope = "manager"      // everybody who reports to its author, directly or through others
)

// Direction says where somebody is heading.
type Direction struct {
	ID         db.ID
	Scope      Scope
	Department string
	Author     db.ID // who wrote it last
	AuthorName string
	Words      string
	EndedAt    time.Time
	Brought    bool // written elsewhere, by the actor
	Revision   int64
	ChangedAt  time.Time
}

// Called is what the direction is called in a list.
func (d Direction) Called() string {
	switch d.Scope {
	case Department:
		return d.Department
	case Manager:
		return d.AuthorName
	}
	return "The organisation"
}

// Opening is its first words, for a list to choose from.
func (d Direction) Opening() string {
	words := []rune(strings.Join(strings.Fields(d.Words), " "))
	if len(words) > 80 {
		return string(words[:80]) + "…"
	}
	return string(words)
}

// Thing is the direction as something that something can happen to.
func (d Direction) Thing() event.Thing { return event.Thing{Kind: "direction", ID: d.ID} }

const (
	mostText  = 3000
	mostWords = "Please keep it under 3,000 characters: a few sentences are remembered."
)

// Input is a direction as it is written.
type Input struct {
	Scope      Scope
	Department string
	Words      string
}

// Write says where the organisation, a department or the actor is heading. Where it is said
// already, see Change.
//
// Errors: problem.Refused when the actor may not write for that scope or it is said already,
// problem.Invalid by field.
func Write(tx *db.Tx, me org.Actor, in Input) (Direction, error) {
	d := Direction{ID: tx.NewID(), Scope: in.Scope, Department: strings.TrimSpace(in.Department), Author: me.Person, AuthorName: me.Name, Revision: 1, ChangedAt: tx.Now()}
	can, err := MayWrite(tx, me)
	if err != nil {
		return d, err
	}
	if !can.write(d.Scope, d.Department) {
		return d, mayNot
	}
	if d.Scope != Department {
		d.Department = ""
	}
	if d.Words, err = tidy(in.Words); err != nil {
		return d, err
	}
	stands, err := standing(tx, me, d)
	if err != nil {
		return d, err
	}
	if len(stands) > 0 {
		return d, problem.Refused("This is said already. Please change what stands there.")
	}
	if _, err := tx.Exec(`
		insert into directions (organisation_id, id, scope, department, department_key, author_id, words, brought_along, revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)`,
		me.Organisation, d.ID, d.Scope, d.Department, org.Fold(d.Department), me.Person, d.Words, false, tx.Now()); err != nil {
		return d, err
	}
	return d, happened(tx, me, "direction written", d.ID)
}

const mayNot = problem.Refused("This is not yours to say: administrators speak for the organisation, heads for their department, managers for those who report to them.")

// standing finds what is said already for the same people.
func standing(tx *db.Tx, me org.Actor, d Direction) ([]db.ID, error) {
	return db.List(tx, db.Scanned[db.ID], `
		select id from directions
		where organisation_id = $1 and scope = $2 and department_key = $3 and ended_at is null and not brought_along and ($2 <> 'manager' or author_id = $4)`,
		me.Organisation, string(d.Scope), org.Fold(d.Department), me.Person)
}

func tidy(words string) (string, error) {
	words = strings.TrimSpace(strings.ReplaceAll(words, "\r\n", "\n"))
	wrong := problem.Invalid{}
	wrong.Check(words != "", "words", "Please say in a few sentences where you are heading.")
	wrong.Check(utf8.RuneCountInString(words) <= mostText, "words", mostWords)
	return words, wrong.Err()
}

func happened(tx *db.Tx, me org.Actor, kind string, id db.ID) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "direction", ID: id}})
}

// Change replaces what a direction says. Earlier texts stay to be read.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, words string) error {
	was, err := toWrite(tx, me, id)
	if err != nil {
		return err
	}
	if words, err = tidy(words); err != nil {
		return err
	}
	if was.Revision != revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: map[string]string{"words": was.Words}, Mine: map[string]string{"words": words}}
	}
	if words == was.Words {
		return nil
	}
	// What it said belongs to who said it.
	author := org.Actor{Organisation: me.Organisation, Person: was.Author}
	if err := org.KeepRevision(tx, author, was.Thing(), was.Revision, map[string]string{"words": was.Words}); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update directions set words = $1, author_id = $2, revision = revision + 1, changed_at = $3
		where organisation_id = $4 and id = $5`, words, me.Person, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "direction changed", id)
}

// End takes a direction back: it is said no longer. Goals that named it keep its words.
func End(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := toWrite(tx, me, id); err != nil {
		return err
	}
	if _, err := tx.Exec("update directions set ended_at = $1 where organisation_id = $2 and id = $3", tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "direction ended", id)
}

// toWrite finds a direction that stands and that the actor may change.
func toWrite(tx *db.Tx, me org.Actor, id db.ID) (Direction, error) {
	d, err := ByID(tx, me, id)
	if err != nil {
		return d, err
	}
	can, err := MayWrite(tx, me)
	if err != nil {
		return d, err
	}
	if !can.change(me, d) {
		return d, problem.NotFound
	}
	return d, nil
}

const selectDirection = `
	select d.id, d.scope, d.department, d.author_id, coalesce(a.name, ''), d.words, d.ended_at, d.brought_along, d.revision, d.changed_at
	from directions d
	left join people a on a.organisation_id = d.organisation_id and a.id = d.author_id
`

func scanDirection(row db.Row) (Direction, error) {
	var d Direction
	err := row.Scan(&d.ID, &d.Scope, &d.Department, &d.Author, &d.AuthorName, &d.Words, &d.EndedAt, &d.Brought, &d.Revision, &d.ChangedAt)
	return d, err
}

// Seen lists the directions that are for the actor, and those that they may write; the widest
// first.
func Seen(tx *db.Tx, me org.Actor) ([]Direction, error) {
	return seen(tx, me, "d.ended_at is null and not d.brought_along and d.id in ("+forReader+")")
}

// ByID finds a direction that is for the actor.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Direction, error) {
	found, err := seen(tx, me, "d.id = $6", string(id))
	if err == nil && len(found) == 0 {
		err = problem.NotFound
	}
	return append(found, Direction{})[0], err
}

// Ended lists the directions of the actor's own that they took back or brought along.
func Ended(tx *db.Tx, me org.Actor) ([]Direction, error) {
	return db.List(tx, scanDirection, selectDirection+`
		where d.organisation_id = $1 and d.author_id = $2 and (d.brought_along or d.ended_at is not null)
		order by d.changed_at desc, d.id`, me.Organisation, me.Person)
}

// seen lists the directions that are for the actor and for which the condition holds.
func seen(tx *db.Tx, me org.Actor, condition string, args ...any) ([]Direction, error) {
	w, err := readerOf(tx, me)
	if err != nil || w.person == "" {
		return nil, err
	}
	args = append([]any{me.Organisation, w.person, w.department, me.Administrator, mostAbove}, args...)
	found, err := db.List(tx, scanDirection, withAbove+selectDirection+`
		where d.organisation_id = $1 and `+isFor+` and `+condition, args...)
	slices.SortFunc(found, func(a, b Direction) int {
		if a.Scope != b.Scope {
			return a.Scope.rank() - b.Scope.rank()
		}
		return strings.Compare(org.Fold(a.Called())+string(a.ID), org.Fold(b.Called())+string(b.ID))
	})
	return found, err
}

func (s Scope) rank() int { return slices.Index([]Scope{Organisation, Department, Manager}, s) }

// Earlier lists the earlier texts of a direction that the actor sees, newest first.
func Earlier(tx *db.Tx, me org.Actor, d Direction) ([]org.Revision, error) {
	return org.UnscopedRevisions(tx, me.Organisation, d.Thing())
}
