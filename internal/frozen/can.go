package frozen

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// given says that somebody reads a copy: $3 is the id under which things reach the actor, $4 the
// present moment. A copy that its owner only looks at, one that was taken back, and one whose last
// day is over are read by its owner alone.
const given = "c.viewer_id = $3 and c.given_at is not null and c.taken_back_at is null and c.ends_at > $4"

// seen narrows copies to those that the actor may read: $1 the organisation, $2 the actor.
const seen = "c.organisation_id = $1 and (c.owner_id = $2 or (" + given + "))"

// mine finds a copy of the actor's own, to do something with it.
func mine(tx *db.Tx, me org.Actor, id db.ID) (Copy, error) {
	c, err := ByID(tx, me, id)
	if err == nil && (c.Owner.Person != me.Person || me.Left) {
		return c, problem.NotFound
	}
	return c, err
}

// PersonLeft ends the copies that somebody who leaves gave, and those that were given to them.
// It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec(`
		update copies set taken_back_at = $1
		where organisation_id = $2 and (owner_id = $3 or viewer_id = $3) and taken_back_at is null`, e.At, e.Organisation, e.Thing.ID)
	return err
}
