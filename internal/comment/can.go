package comment

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows comments to those that the actor may read: $1 the organisation, $2 the actor. The
// owner of the thing reads all of them, and who said something their own; nobody else who sees
// the thing reads any.
const seen = "c.organisation_id = $1 and (c.owner_id = $2 or (c.by_id = $2 and c.taken_back_at is null))"

// onMine finds a comment on something of the actor's, to be answered.
func onMine(tx *db.Tx, me org.Actor, id db.ID) (Comment, error) {
	c, err := ByID(tx, me, id)
	if err == nil && (!c.Owner.Is(me) || me.Left) {
		return c, problem.NotFound
	}
	return c, err
}

// byMe finds a comment that the actor said.
func byMe(tx *db.Tx, me org.Actor, id db.ID) (Comment, error) {
	c, err := ByID(tx, me, id)
	switch {
	case err != nil:
		return c, err
	case me.Left:
		return c, problem.NotFound
	case !c.By.Is(me):
		return c, problem.Refused("These are the words of " + c.By.Name + ": only they can change them.")
	}
	return c, nil
}
