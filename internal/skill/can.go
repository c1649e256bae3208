package skill

import (
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows every reading: $1 is the organisation, $2 whether the actor is in it. The list is
// known to everybody who is; who has left knows it no more.
const seen = "organisation_id = $1 and cast($2 as text) = 'here'"

func here(me org.Actor) string {
	if me.Organisation == "" || me.Left || me.Person == "" && !me.Administrator {
		return "elsewhere"
	}
	return "here"
}

// mayKeep is for administrators: the list is kept by them.
func mayKeep(me org.Actor) error {
	if !me.Administrator || me.Left {
		return problem.NotFound
	}
	return nil
}
