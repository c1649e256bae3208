package conversation

import (
	"time"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// mostInAYear bounds what is read of the years of one person and all who report to them.
const mostInAYear = 2000

// OfCadence lists what the two of a cadence have between two times, in its order: held, still to come, and
// skipped; what they asked for by itself too.
func OfCadence(tx *db.Tx, me org.Actor, of Cadence, from, to time.Time) ([]Conversation, error) {
	return db.List(tx, scanConversation, selectConversation+"where "+mine+` and c.owner_id = $3 and coalesce(c.partner_id, c.partner_contact_id) = $4
			and c.at >= $5 and c.at < $6
			and (c.state = 'held' or c.cancelled_because = 'skipped' or c.state in ('requested', 'agreed') and not c.brought_along)
		order by c.at, c.id limit $7`,
		me.Organisation, me.Person, of.Owner.Person, of.Partner.Person+of.Partner.Contact, from, to, mostInAYear)
}

// OfAllCadences lists what the actor has between two times with all of those with whom they have a year
// of conversations, in its order.
func OfAllCadences(tx *db.Tx, me org.Actor, from, to time.Time) ([]Conversation, error) {
	return db.List(tx, scanConversation, selectConversation+"where "+mine+`
			and c.at >= $3 and c.at < $4 and c.cadence_id is not null and not c.brought_along
			and (c.state = 'held' or c.cancelled_because = 'skipped' or c.state in ('requested', 'agreed') and not c.brought_along)
		order by c.at, c.id limit $5`,
		me.Organisation, me.Person, from, to, mostInAYear)
}

// Gap is a conversation that the rhythm wanted, and for which there was no time.
type Gap struct {
	Cadence db.ID
	Month   civil.Date // its first day
	Kind    Kind
	Minutes int64
	Why     cadence.Why
}

// Gaps lists what found no time in the years of which the actor is a side, of this month and ahead.
func Gaps(tx *db.Tx, me org.Actor) ([]Gap, error) {
	today := civil.In(tx.Now(), me.Zone)
	return db.List(tx, func(row db.Row) (Gap, error) {
		var g Gap
		err := row.Scan(&g.Cadence, &g.Month, &g.Kind, &g.Minutes, &g.Why)
		return g, err
	}, `
		select x.cadence_id, x.month, x.kind, x.minutes, x.why
		from cadences g
		join cadence_gaps x on x.organisation_id = g.organisation_id and x.cadence_id = g.id
		where `+myCadences+` and g.state = 'standing' and x.month >= $3
		order by x.month, x.cadence_id limit $4`,
		me.Organisation, me.Person, civil.On(today.Year(), today.Month(), 1), mostInAYear)
}

// UnscopedPlanned lists what is planned of a cadence from a time on, in its order: for inviting to it.
func UnscopedPlanned(tx *db.Tx, organisation, of db.ID, from time.Time) ([]Conversation, error) {
	return db.List(tx, scanConversation, selectConversation+`
		where c.organisation_id = $1 and c.cadence_id = $2 and c.cadence_id is not null and not c.brought_along and c.cancelled_because <> 'rhythm'
			and c.planned and c.at >= $3
		order by c.at, c.id limit $4`, organisation, of, from, mostInAYear)
}
