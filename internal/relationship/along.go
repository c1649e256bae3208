package relationship

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is somebody who matters, as the owner takes them along.
type Along struct {
	ID        db.ID      `json:"id"`
	With      org.Key    `json:"with"`
	Connects  string     `json:"connects,omitempty"`
	Gives     string     `json:"gives,omitempty"`
	LastOn    civil.Date `json:"last_on,omitzero"`
	NextOn    civil.Date `json:"next_on,omitzero"`
	Next      string     `json:"next,omitempty"`
	LeftOut   bool       `json:"left_out,omitempty"` // not on the list, and not to be suggested
	Revision  int64      `json:"revision"`
	CreatedAt time.Time  `json:"created_at"`
}

// TakeAlong is the actor's list.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanRelationship, selectRelationship+"where "+mine+" order by r.id", me.Organisation, me.Person)
	var all []Along
	for _, r := range found {
		all = append(all, Along{r.ID, others.Key(r.With), r.Connects, r.Gives, r.LastOn, r.NextOn, r.Text.Next, r.leftOut, r.Revision, r.CreatedAt})
	}
	return all, err
}

// BringAlong takes over a list from another installation. Who is on the actor's list already stays as
// they are.
//
// Errors: problem.Refused that names the place of what does not hold together.
func BringAlong(tx *db.Tx, me org.Actor, others *org.Companions, list []Along) (org.Brought, error) {
	var b org.Brought
	for n, a := range list {
		place := fmt.Sprintf("/relationships/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "relationships", a.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		with, err := others.Party(place+"/with", a.With)
		if err != nil {
			return b, err
		}
		r := Relationship{
			ID: a.ID, With: with, Text: Text{a.Connects, a.Gives, a.LastOn, a.NextOn, a.Next}, leftOut: a.LeftOut, Revision: a.Revision, CreatedAt: a.CreatedAt,
		}
		if err := org.At(tx, place, r.insert(tx, me)); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes the actor's list. Where they stand on the lists of others, those keep it.
func Forget(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from relationships where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}
