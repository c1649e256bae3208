// Package event records what happened: the history of things, the source of notices, and the
// place where a package above learns what a package below did.
package event

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
)

// Thing is anything that something can happen to.
type Thing struct {
	Kind string `json:"kind"` // a word of the product: "ask", "goal"
	ID   db.ID  `json:"id"`
}

// Named is a thing with the words by which whoever may see it recognises it.
type Named struct {
	Thing Thing
	Name  string
	At    time.Time // when it is, where that tells it from others of its name
}

// ScanNamed reads the kind, the id and the name.
func ScanNamed(row db.Row) (Named, error) {
	var n Named
	err := row.Scan(&n.Thing.Kind, &n.Thing.ID, &n.Name)
	return n, err
}

// Event is one thing that happened. People are ids here, and Facts hold ids, dates and kinds,
// never words that people wrote.
type Event struct {
	Organisation db.ID
	ID           db.ID
	At           time.Time
	Kind         string // what happened, in the past tense: "ask sent"
	By           db.ID  // the person who did it; empty when the program did
	Thing        Thing
	Facts        map[string]string
}

// Reaction is done in the transaction of the event; its error undoes that transaction.
type Reaction func(*db.Tx, Event) error

var reactions = map[string][]Reaction{}

// React registers what is to be done when an event of the kind is recorded. It is called while
// the program starts, before the first transaction.
func React(kind string, with Reaction) { reactions[kind] = append(reactions[kind], with) }

// Record keeps the event and does what is registered for its kind.
func Record(tx *db.Tx, e Event) error {
	e.ID, e.At = tx.NewID(), tx.Now()
	if e.Facts == nil {
		e.Facts = map[string]string{}
	}
	facts, err := json.Marshal(e.Facts)
	if err != nil {
		return fmt.Errorf("facts of %q: %w", e.Kind, err)
	}
	if _, err := tx.Exec(`
		insert into events (organisation_id, id, at, kind, by_id, thing_kind, thing_id, facts)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		e.Organisation, e.ID, e.At, e.Kind, e.By, e.Thing.Kind, e.Thing.ID, string(facts)); err != nil {
		return err
	}
	for _, react := range reactions[e.Kind] {
		if err := react(tx, e); err != nil {
			return err
		}
	}
	return nil
}

// RecordAll keeps many events at once, without reactions: who records them then records one
// event that stands for all of them, such as "people imported", and that is what is reacted to.
func RecordAll(tx *db.Tx, events []Event) error {
	rows := make([][]any, len(events))
	for i, e := range events {
		if e.Facts == nil {
			e.Facts = map[string]string{}
		}
		facts, err := json.Marshal(e.Facts)
		if err != nil {
			return fmt.Errorf("facts of %q: %w", e.Kind, err)
		}
		rows[i] = []any{e.Organisation, tx.NewID(), tx.Now(), e.Kind, e.By, e.Thing.Kind, e.Thing.ID, string(facts)}
	}
	return db.Insert(tx, "insert into events (organisation_id, id, at, kind, by_id, thing_kind, thing_id, facts) values", rows)
}

// UnscopedOf lists what happened to a thing, oldest first. Who may see the thing may see its
// history: the caller has looked the thing up.
func UnscopedOf(tx *db.Tx, organisation db.ID, thing Thing) ([]Event, error) {
	return db.List(tx, func(row db.Row) (Event, error) {
		e := Event{Organisation: organisation, Thing: thing}
		var facts string
		if err := row.Scan(&e.ID, &e.At, &e.Kind, &e.By, &facts); err != nil {
			return Event{}, err
		}
		return e, json.Unmarshal([]byte(facts), &e.Facts)
	}, `
		select id, at, kind, by_id, facts from events
		where organisation_id = $1 and thing_kind = $2 and thing_id = $3
		order by id`, organisation, thing.Kind, thing.ID)
}
