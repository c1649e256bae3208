package feedback

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows feedback to what the actor may read: $1 the organisation, $2 the actor, $3 the id
// under which shares reach them. The owner reads all that they asked for and received, who gives it
// what they gave and were asked, and others what its owner shows them.
const seen = `f.organisation_id = $1 and (f.owner_id = $2 or (f.giver_id = $2 and f.state <> 'declined')
	or (f.state = 'given' and exists (select 1 from live_shares s where s.organisation_id = $1 and s.viewer_id = $3
		and s.owner_id = f.owner_id and s.thing_kind = 'feedback' and s.thing_id = f.id)))`

const (
	youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	staysNow    = problem.Refused("This is theirs by now: a day has passed, or they have kept it. You can give them another.")
)

// byOwner finds feedback that the actor receives.
func byOwner(tx *db.Tx, me org.Actor, id db.ID) (Feedback, error) {
	f, err := ByID(tx, me, id)
	switch {
	case err == nil && !f.Owner.Is(me):
		return f, problem.NotFound
	case err == nil && me.Left:
		return f, youHaveLeft
	}
	return f, err
}

// byGiver finds feedback that the actor gives, or is asked for.
func byGiver(tx *db.Tx, me org.Actor, id db.ID) (Feedback, error) {
	f, err := ByID(tx, me, id)
	switch {
	case err == nil && !f.Giver.Is(me):
		return f, problem.NotFound
	case err == nil && me.Left:
		return f, youHaveLeft
	}
	return f, err
}
