package frozen

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is a copy as its owner takes it along to another installation, where it is a record:
// nobody reads it there but them.
type Along struct {
	ID           db.ID      `json:"id"`
	For          org.Key    `json:"for"`
	Conversation db.ID      `json:"conversation,omitempty"`
	Note         string     `json:"note,omitempty"`
	Until        civil.Date `json:"until"`
	GivenAt      time.Time  `json:"given_at,omitzero"`
	TakenBackAt  time.Time  `json:"taken_back_at,omitzero"`
	CreatedAt    time.Time  `json:"created_at"`
	Content      Content    `json:"content"`
}

// TakeAlong are the copies that the actor made.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanCopy, selectCopy+"where c.organisation_id = $1 and c.owner_id = $2 order by c.id", me.Organisation, me.Person)
	var all []Along
	for _, c := range found {
		all = append(all, Along{c.ID, others.Key(c.Viewer), c.Conversation, c.Note, c.Until, c.GivenAt, c.TakenBackAt, c.CreatedAt, c.Content})
	}
	return all, err
}

// Forget removes the copies that the actor made. Those that others gave to the actor are theirs.
func Forget(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from copies where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}
