package counsel

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows counsel to what the actor may read: $1 the organisation, $2 the actor, $3 the id under
// which shares reach them. Its owner reads all of it; others, whoever advised among them, what the owner
// shows them.
const (
	seen  = "c.organisation_id = $1 and (c.owner_id = $2 or " + shown + ")"
	shown = `exists (select 1 from live_shares s where s.organisation_id = $1 and s.viewer_id = $3
		and s.owner_id = c.owner_id and s.thing_kind = 'counsel' and s.thing_id = c.id)`
)

// own finds counsel of the actor's, to be changed.
func own(tx *db.Tx, me org.Actor, id db.ID) (Counsel, error) {
	c, err := ByID(tx, me, id)
	switch {
	case err == nil && !c.Owner.Is(me):
		err = problem.NotFound
	case err == nil && me.Left:
		err = youHaveLeft
	}
	return c, err
}
