package question

import (
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// own narrows askings to those of the actor: $1 the organisation, $2 the actor. An asking that was
// noted is private, also to the one who was asked; of one that was sent they see what was sent.
const own = "a.organisation_id = $1 and a.owner_id = $2"

// What was sent to somebody here is seen by them alone, while its owner is here: what they answered,
// and what waits for their answer and has not run out. $1 is the organisation, $2 the id under which
// things reach the actor, $3 the time.
const (
	askedOfMe = `a.organisation_id = $1 and a.way = 'here' and a.to_person_id = $2 and a.declined_at is null and p.left_at is null
		and (a.given or ` + stillOpen + `)`
	waitsForMe = `a.organisation_id = $1 and a.way = 'here' and a.to_person_id = $2 and a.declined_at is null and p.left_at is null
		and ` + stillOpen
	stillOpen = "a.answered_at is null and a.expires_at > $3"
)

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
