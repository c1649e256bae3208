package conversation

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// myCadences are the years of conversations of which the actor is a side: $1 is the organisation, $2 the actor.
const myCadences = "g.organisation_id = $1 and (g.owner_id = $2 or g.partner_id = $2)"

const selectCadence = `
	select g.id, g.owner_id, o.name, o.time_zone, g.partner_id, g.partner_contact_id, coalesce(p.name, k.name), coalesce(p.time_zone, ''), g.line_id,
		g.state, g.kinds, g.deep_minutes, g.deep_months, g.sprint_minutes, g.sprint_months, g.by_id, g.since, g.laid_until, g.brought_along, g.revision, g.created_at
	from cadences g
	join people o on o.organisation_id = g.organisation_id and o.id = g.owner_id
	left join people p on p.organisation_id = g.organisation_id and p.id = g.partner_id
	left join contacts k on k.organisation_id = g.organisation_id and k.id = g.partner_contact_id
`

func scanCadence(row db.Row) (Cadence, error) {
	var c Cadence
	var kinds, zone, partnerZone string
	err := row.Scan(&c.ID, &c.Owner.Person, &c.Owner.Name, &zone, &c.Partner.Person, &c.Partner.Contact, &c.Partner.Name, &partnerZone, &c.Line,
		&c.State, &kinds, &c.Rhythm.DeepMinutes, &c.Rhythm.DeepMonths, &c.Rhythm.SprintMinutes, &c.Rhythm.SprintMonths, &c.By, &c.Since, &c.LaidUntil,
		&c.BroughtAlong, &c.Revision, &c.CreatedAt)
	c.Rhythm.read(kinds)
	c.OwnerZone = org.Zone(zone)
	if partnerZone != "" {
		c.PartnerZone = org.Zone(partnerZone)
	}
	return c, err
}

// CadenceByID finds a cadence of which the actor is a side.
func CadenceByID(tx *db.Tx, me org.Actor, id db.ID) (Cadence, error) {
	return db.One(tx, scanCadence, selectCadence+"where "+myCadences+" and g.id = $3", me.Organisation, me.Person, id)
}

const mostListed = 100

// Cadences lists the years of conversations of which the actor is a side: those that live, the
// actor's own growth first, then by name.
func Cadences(tx *db.Tx, me org.Actor) ([]Cadence, error) {
	return db.List(tx, scanCadence, selectCadence+"where "+myCadences+` and g.state in ('proposed', 'standing', 'paused') and not g.brought_along
		order by case when g.owner_id = $2 then 0 else 1 end, o.name, g.id limit $3`, me.Organisation, me.Person, mostListed)
}

// CadenceWith finds the year of conversations of the actor with somebody; problem.NotFound without one.
func CadenceWith(tx *db.Tx, me org.Actor, owner db.ID, with org.Party) (Cadence, error) {
	return db.One(tx, scanCadence, selectCadence+"where "+myCadences+` and g.owner_id = $3 and coalesce(g.partner_id, g.partner_contact_id) = $4
		and g.state in ('proposed', 'standing', 'paused') and not g.brought_along limit 1`,
		me.Organisation, me.Person, owner, with.Person+with.Contact)
}
