package question

import (
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// own narrows askings to those of the actor: $1 the organisation, $2 the actor. An asking is
// private, also to the one who was asked.
const own = "a.organisation_id = $1 and a.owner_id = $2"

// mayWrite refuses those who keep no askings here, and those who have left: what is theirs they
// read and take along.
func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	return nil
}
