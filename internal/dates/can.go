package dates

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows dates to those that the actor sees: $1 the organisation, $2 the actor, $3 the id
// under which shares reach them and in which the organisation's are for them.
const seen = `d.organisation_id = $1 and (d.owner_id = $2
	or (d.owner_id is null and cast($3 as text) <> '')
	or exists (select 1 from live_shares g where g.organisation_id = $1 and g.viewer_id = $3
		and g.owner_id = d.owner_id and g.thing_kind = 'date' and g.thing_id = d.id))`

// hasWords tells whether the actor reads what a date is called, and its note.
const hasWords = "(d.owner_id is null or d.owner_id = $2 or d.shows = 'words')"

func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	}
	return nil
}

func administers(me org.Actor) bool { return me.Administrator && !me.Left && me.Person != "" }

// toWrite finds a date that the actor may change.
func toWrite(tx *db.Tx, me org.Actor, id db.ID) (Date, error) {
	d, err := ByID(tx, me, id)
	switch {
	case err != nil:
		return d, err
	case d.IsOrganisations() && administers(me):
		return d, nil
	case d.Owner != me.Person:
		return d, problem.NotFound
	}
	return d, mayWrite(me)
}

// mine finds a date of the actor's own that they may share.
func mine(tx *db.Tx, me org.Actor, id db.ID) (Date, error) {
	d, err := toWrite(tx, me, id)
	if err == nil && d.IsOrganisations() {
		err = problem.NotFound
	}
	return d, err
}
