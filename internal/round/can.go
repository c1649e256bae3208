package round

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Runs tells whether the actor opens and runs rounds here, and so reads what people state for them.
func Runs(me org.Actor) bool { return me.KeepsProgrammes() && me.Person != "" }

// seen narrows rounds to those that the actor may see: $1 the organisation, $2 the actor, $3 whether they
// run rounds. Those for everyone, those they are invited to, those they take part in.
const seen = `r.organisation_id = $1 and ($3 or r.who = 'everyone'
	or exists (select 1 from round_invitations v where v.organisation_id = $1 and v.round_id = r.id and v.person_id = $2)
	or exists (select 1 from round_sign_ups s where s.organisation_id = $1 and s.round_id = r.id and s.person_id = $2))`

const (
	youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	over        = problem.Refused("This round has ended: what came of it stays as it is.")
	closed      = problem.Refused("The last day to sign up has passed. Whoever runs the round can move it.")
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

// running finds a round for somebody who runs rounds.
func running(tx *db.Tx, me org.Actor, id db.ID) (Round, error) {
	if !Runs(me) {
		return Round{}, problem.NotFound
	}
	return ByID(tx, me, id)
}
