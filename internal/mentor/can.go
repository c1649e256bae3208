package mentor

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows profiles to those that the actor may see, who are those that they may ask, and who
// do not pause: $1 the organisation, $2 the actor, $3 whether they have left. Their own they see in any case.
const seen = `m.organisation_id = $1 and (m.person_id = $2 or not $3 and p.left_at is null and m.places > 0 and (m.who = 'everyone'
	or m.who = 'department' and p.department <> '' and p.department = (select d.department from people d where d.organisation_id = $1 and d.id = $2)
	or m.who = 'elsewhere' and p.department <> (select d.department from people d where d.organisation_id = $1 and d.id = $2)))`

const (
	youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	leads       = problem.Refused("A mentor is never one's manager, nor anyone above them. What you want to learn from them has its place in your conversations.")
	paired      = problem.Refused("The two of you are mentor and mentee already.")
	yourself    = problem.Refused("This is you. Choose somebody else.")
)

func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return youHaveLeft
	}
	return nil
}

// Apart says whether two may be mentor and mentee as the reporting lines stand: nobody is the mentor
// of somebody whom they lead, directly or through others.
//
// Errors: problem.Refused that says why not.
func Apart(tx *db.Tx, organisation, mentor, mentee db.ID) error {
	if mentor == mentee {
		return yourself
	}
	above, err := org.Above(tx, organisation, mentee)
	if err != nil {
		return err
	}
	for _, each := range above {
		if each == mentor {
			return leads
		}
	}
	return nil
}
