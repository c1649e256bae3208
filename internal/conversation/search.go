package conversation

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Find lists conversations of the actor's with somebody whose name holds the words, the nearest to
// today first. They are named by their kind and by the other side.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	const other = "case when c.owner_id = $2 then coalesce(p.name, pc.name) else o.name end"
	held, args := words.Held(other, 5)
	return db.List(tx, func(row db.Row) (event.Named, error) {
		n := event.Named{Thing: event.Thing{Kind: "conversation"}}
		var kind Kind
		var with string
		err := row.Scan(&n.Thing.ID, &kind, &with, &n.At)
		n.Name = kind.Title() + " with " + with
		return n, err
	}, `
		select c.id, c.kind, `+other+`, c.at from conversations c
		join people o on o.organisation_id = c.organisation_id and o.id = c.owner_id
		left join people p on p.organisation_id = c.organisation_id and p.id = c.partner_id
		left join contacts pc on pc.organisation_id = c.organisation_id and pc.id = c.partner_contact_id
		where `+mine+` and `+held+` and c.cancelled_because <> 'rhythm'
		order by case when c.at >= $4 then c.at - cast($4 as bigint) else cast($4 as bigint) - c.at end, c.id limit $3`,
		append([]any{me.Organisation, me.Person, most, tx.Now()}, args...)...)
}

// FindYears lists the years of conversations that live, of the actor with somebody whose name holds
// the words.
func FindYears(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	const other = "case when g.owner_id = $2 then coalesce(p.name, k.name) else o.name end"
	held, args := words.Held(other, 4)
	return db.List(tx, func(row db.Row) (event.Named, error) {
		n := event.Named{Thing: event.Thing{Kind: "cadence"}}
		var with string
		err := row.Scan(&n.Thing.ID, &with)
		n.Name = "The year with " + with
		return n, err
	}, `
		select g.id, `+other+` from cadences g
		join people o on o.organisation_id = g.organisation_id and o.id = g.owner_id
		left join people p on p.organisation_id = g.organisation_id and p.id = g.partner_id
		left join contacts k on k.organisation_id = g.organisation_id and k.id = g.partner_contact_id
		where `+myCadences+` and `+held+` and g.state in ('proposed', 'standing', 'paused') and not g.brought_along
		order by g.id limit $3`,
		append([]any{me.Organisation, me.Person, most}, args...)...)
}
