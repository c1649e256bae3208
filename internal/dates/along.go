package dates

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is a date as its owner takes it along. The organisation's stay with it.
type Along struct {
	ID        db.ID      `json:"id"`
	Kind      Kind       `json:"kind"`
	Title     string     `json:"title,omitempty"`
	Note      string     `json:"note,omitempty"`
	From      civil.Date `json:"from"`
	To        civil.Date `json:"to"`
	Shows     Shows      `json:"shows"`
	Revision  int64      `json:"revision"`
	CreatedAt time.Time  `json:"created_at"`
	ChangedAt time.Time  `json:"changed_at"`
}

// TakeAlong gives the actor's own dates.
func TakeAlong(tx *db.Tx, me org.Actor) ([]Along, error) {
	return db.List(tx, func(row db.Row) (Along, error) {
		var a Along
		err := row.Scan(&a.ID, &a.Kind, &a.Title, &a.Note, &a.From, &a.To, &a.Shows, &a.Revision, &a.CreatedAt, &a.ChangedAt)
		return a, err
	}, `
		select id, kind, title, note, starts_on, ends_on, shows, revision, created_at, changed_at from dates
		where organisation_id = $1 and owner_id = $2 order by id`, me.Organisation, me.Person)
}

// ownDates are the dates as org.NotHere looks at things: the organisation's are nobody's.
const ownDates = "(select organisation_id, id, coalesce(owner_id, '') as owner_id from dates) as d"

// BringAlong takes over dates from another installation. What is here already stays as it is.
func BringAlong(tx *db.Tx, me org.Actor, all []Along) (org.Brought, error) {
	var b org.Brought
	for n, a := range all {
		place := fmt.Sprintf("/dates/%d", n)
		if a.To.Before(a.From) {
			return b, org.Misplaced(place+"/to", "the last day comes before the first")
		}
		isNew, err := org.NotHere(tx, me, place+"/id", ownDates, a.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := org.At(tx, place, db.Put(tx, "dates", "organisation_id, id, owner_id, kind, title, note, starts_on, ends_on, shows, revision, created_at, changed_at",
			me.Organisation, a.ID, me.Person, string(a.Kind), a.Title, a.Note, a.From, a.To, string(a.Shows), a.Revision, a.CreatedAt, a.ChangedAt)); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes the actor's own dates, and what they said of their time.
func Forget(tx *db.Tx, me org.Actor) error {
	if err := forgetTime(tx, me); err != nil {
		return err
	}
	_, err := tx.Exec("delete from dates where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}
