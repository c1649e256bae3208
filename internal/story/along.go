package story

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is a story as its owner takes it along, with its earlier texts.
type Along struct {
	ID        db.ID              `json:"id"`
	Form      Form               `json:"form"`
	Title     string             `json:"title"`
	Words     string             `json:"words"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	ChangedAt time.Time          `json:"changed_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeAlong gives the actor's stories.
func TakeAlong(tx *db.Tx, me org.Actor) ([]Along, error) {
	earlier, err := org.TakeEarlier(tx, me, "story")
	if err != nil {
		return nil, err
	}
	return db.List(tx, func(row db.Row) (Along, error) {
		var a Along
		err := row.Scan(&a.ID, &a.Form, &a.Title, &a.Words, &a.Revision, &a.CreatedAt, &a.ChangedAt)
		a.Earlier = earlier[event.Thing{Kind: "story", ID: a.ID}]
		return a, err
	}, `
		select id, form, title, words, revision, created_at, changed_at from stories
		where organisation_id = $1 and owner_id = $2 order by id`, me.Organisation, me.Person)
}

// BringAlong takes over stories from another installation. What is here already stays as it is.
func BringAlong(tx *db.Tx, me org.Actor, all []Along) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, a := range all {
		place := fmt.Sprintf("/stories/%d", n)
		thing := Story{ID: a.ID}.Thing()
		isNew, err := org.NotHere(tx, me, place+"/id", "stories", a.ID)
		if err == nil && isNew {
			isNew, err = org.NothingEarlier(tx, me, place+"/id", thing)
		}
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := org.At(tx, place, db.Put(tx, "stories", "organisation_id, id, owner_id, form, title, words, revision, created_at, changed_at",
			me.Organisation, a.ID, me.Person, string(a.Form), a.Title, a.Words, a.Revision, a.CreatedAt, a.ChangedAt)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, thing, a.Revision, a.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes all stories of the actor's, with their earlier texts.
func Forget(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec("delete from stories where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	return org.ForgetEarlier(tx, me, "story")
}
