package commitment

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Choice narrows the one list in which the promises of both sides stand.
type Choice struct {
	Side    Side  // empty: both
	With    db.ID // the person or contact on the other side; empty: whoever it is
	Settled bool  // what came of them, instead of what stands
	Show    Show  // empty: all of them
}

// Show is which of the promises are shown.
type Show string

// What can be chosen of those that stand, and of those that are settled.
const (
	ShowWaiting  Show = "waits"    // for the actor
	ShowLate     Show = "late"     // open, and their day has passed
	ShowSaidDone Show = "done"     // said to be done, not confirmed
	ShowChanging Show = "changing" // a change waits for an answer
	ShowProposed Show = "proposed" // not agreed yet
	ShowKept     Show = "kept"
	ShowBroken   Show = "broken"
	ShowReleased Show = "released"
	ShowDeclined Show = "declined"
)

// shows are the conditions of each, over p; $4 is the actor's day.
var shows = map[Show]string{
	ShowLate:     "p.agreed_at is not null and not p.brought_along and p.due < $4",
	ShowSaidDone: "p.agreed_at is not null and p.said_done_at is not null",
	ShowChanging: changing + ")",
	ShowProposed: "p.agreed_at is null",
	ShowKept:     "p.state = 'kept'",
	ShowBroken:   "p.state = 'broken'",
	ShowReleased: "p.state = 'released'",
	ShowDeclined: "p.state = 'declined'",
	ShowWaiting: `not p.brought_along and case
		when p.agreed_at is null then p.by_person_id = $2
		when ` + changing + ` and h.by_id <> $2) then true
		when p.differs_at is not null then true
		when p.said_done_at is not null then p.to_person_id = $2 or p.keeper_id = $2
		when ` + changing + `) then false
		when p.to_person_id = $2 or p.keeper_id = $2 then p.check_in <= $4 and p.to_looked_on is distinct from p.check_in
		else p.check_in <= $4 and p.by_looked_on is distinct from p.check_in end`,
}

const changing = `exists (select 1 from commitment_changes h
	where h.organisation_id = p.organisation_id and h.commitment_id = p.id and h.state = 'waiting'`

// The two sides of the one list, over p.
const (
	sideBy = "select p.id, p.due, p.settled_at from commitments p where p.organisation_id = $1 and p.by_person_id = $2"
	sideTo = "select p.id, p.due, p.settled_at from commitments p where p.organisation_id = $1 and p.to_person_id = $2 and (p.agreed_at is not null or p.written_by_id = $2)"
	narrow = ` and $4 <> '' and (cast($8 as text) is null or $8 <> $2 and $8 in (coalesce(p.by_person_id, ''), coalesce(p.by_contact_id, ''),
		coalesce(p.to_person_id, ''), coalesce(p.to_contact_id, '')))`
	standingAfter = " and p.settled_at is null and (p.due, p.id) > ($5, $6)"
	settledBefore = " and p.settled_at is not null and (p.settled_at, p.id) < ($5, $6)"
)

// Listed lists the promises of both sides together: those that stand with the next due first, those
// that are settled with the latest first.
func Listed(tx *db.Tx, me org.Actor, in Choice, after Place, most int) ([]Commitment, error) {
	narrowed, order, from := narrow+standingAfter, "due, id", any(after.Day.String())
	if in.Settled {
		if after.At.IsZero() {
			after.At = tx.Now().AddDate(1, 0, 0)
		}
		narrowed, order, from = narrow+settledBefore, "settled_at desc, id desc", after.At
	}
	if show, ok := shows[in.Show]; ok {
		narrowed += " and (" + show + ")"
	}
	picked := sideBy + narrowed + " union " + sideTo + narrowed
	switch in.Side {
	case IPromised:
		picked = sideBy + narrowed
	case PromisedToMe:
		picked = sideTo + narrowed
	}
	return list(tx, me.Organisation, `
		where c.organisation_id = $1 and `+reads+` and c.id in (
			select picked.id from (`+picked+`) picked order by `+order+` limit $7)
		order by c.`+strings.Replace(order, ", ", ", c.", 1),
		me.Organisation, me.Person, readsSince(tx), today(tx, me), from, string(after.ID), most, in.With)
}

// Others are those with whom the actor has promises, by name: who may stand in the choice of a person.
func Others(tx *db.Tx, me org.Actor) ([]org.Party, error) {
	return db.List(tx, func(row db.Row) (org.Party, error) {
		var p org.Party
		err := row.Scan(&p.Person, &p.Contact, &p.Name)
		return p, err
	}, `
		select o.person_id, o.contact_id, coalesce(n.name, k.name) from (
			select p.to_person_id as person_id, p.to_contact_id as contact_id from commitments p
			where p.organisation_id = $1 and p.by_person_id = $2
			union
			select p.by_person_id, p.by_contact_id from commitments p
			where p.organisation_id = $1 and p.to_person_id = $2 and (p.agreed_at is not null or p.written_by_id = $2)) o
		left join people n on n.organisation_id = $1 and n.id = o.person_id
		left join contacts k on k.organisation_id = $1 and k.id = o.contact_id
		where `+reads+` and o.person_id is distinct from $2
		order by coalesce(n.name, k.name), coalesce(o.person_id, o.contact_id) limit 300`, me.Organisation, me.Person, readsSince(tx))
}
