package mentorship

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows mentorships to those of the actor: $1 the organisation, $2 the actor.
const seen = "m.organisation_id = $1 and (m.mentor_id = $2 or m.mentee_id = $2)"

const (
	youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	over        = problem.Refused("This pairing has ended: what you agreed stays as it was, for both of you to read.")
	pauses      = problem.Refused("This pairing pauses or has ended: no new session is planned in it.")
)

// mine finds a mentorship in which the actor may act.
func mine(tx *db.Tx, me org.Actor, id db.ID) (Mentorship, error) {
	m, err := ByID(tx, me, id)
	if err == nil && me.Left {
		err = youHaveLeft
	}
	return m, err
}
