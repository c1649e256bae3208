package ask

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// fromAsk joins what every reading of asks speaks of: its owner, what was sent of it and stands, whom it is asked
// of, and who answers for the money.
const fromAsk = `
	from asks a
	join people o on o.organisation_id = a.organisation_id and o.id = a.owner_id
	left join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id and s.ended_at is null
	left join people wp on wp.organisation_id = a.organisation_id
		and wp.id = case when s.id is null then a.whom_person_id else s.with_person_id end
	left join contacts wc on wc.organisation_id = a.organisation_id
		and wc.id = case when s.id is null then a.whom_contact_id else s.with_contact_id end
	left join ask_approvals m on m.organisation_id = s.organisation_id and m.sending_id = s.id
		and m.ended_how in ('', 'yes', 'not now', 'no')
`

// selectAsk reads an ask as it was sent, or a draft as it stands. $2 is the actor: where an ask
// came from and what its owner plans with it are told to its owner alone.
const selectAsk = `
	select a.id, a.owner_id, o.name, o.left_at is not null,
		coalesce(s.kind, a.kind), coalesce(s.what, a.what), coalesce(s.why, a.why),
		coalesce(s.cost_minor, a.cost_minor), coalesce(s.currency, a.currency), coalesce(s.cost_hours, a.cost_hours),
		coalesce(s.gives, a.gives), coalesce(s.cost_centre, a.cost_centre), case when s.id is null then a.decide_by else s.decide_by end,
		wp.id, wc.id, coalesce(wp.name, wc.name, ''), wp.left_at is not null,
		a.state, s.sent_at, s.id, coalesce(s.version, 0), coalesce(d.answer, ''), d.at, coalesce(d.brought_along, false),
		case when a.owner_id = $2 then a.origin_kind else '' end, case when a.owner_id = $2 then a.origin_id end,
		case when a.owner_id = $2 then a.previous_id end, case when a.owner_id = $2 then before.at end,
		case when a.owner_id = $2 then d.comes_back_on end, a.owner_id = $2 and d.let_go_at is not null,
		case when a.owner_id = $2 then next.id end,
		a.owner_id = $2 and exists (
			select 1 from ask_sendings e where e.organisation_id = a.organisation_id and e.ask_id = a.id and e.ended_at is not null),
		a.revision, a.created_at,
		a.state = 'sent' and exists (
			select 1 from ask_inquiries q where q.organisation_id = s.organisation_id and q.sending_id = s.id and q.answered_at is null),
		m.with_person_id, m.with_contact_id, coalesce(mp.name, mc.name, ''), m.id is not null and m.ended_at is null
` + fromAsk + `
	left join people mp on mp.organisation_id = m.organisation_id and mp.id = m.with_person_id
	left join contacts mc on mc.organisation_id = m.organisation_id and mc.id = m.with_contact_id
	left join decisions d on d.organisation_id = a.organisation_id and d.ask_id = a.id
	left join decisions before on before.organisation_id = a.organisation_id and before.ask_id = a.previous_id
	left join asks next on next.organisation_id = a.organisation_id and next.previous_id = a.id
`

func scanAsk(row db.Row) (Ask, error) {
	var a Ask
	err := row.Scan(&a.ID, &a.Owner.Person, &a.Owner.Name, &a.OwnerHasLeft,
		&a.Kind, &a.What, &a.Why, &a.Cost.Minor, &a.Cost.Currency, &a.Cost.Hours, &a.Return, &a.CostCentre, &a.DecideBy,
		&a.Whom.Person, &a.Whom.Contact, &a.Whom.Name, &a.WhomLeft,
		&a.State, &a.SentAt, &a.Sending, &a.Version, &a.Answer, &a.DecidedAt, &a.BroughtAlong,
		&a.Origin.Kind, &a.Origin.ID, &a.Previous, &a.PreviousAt, &a.ComesBackOn, &a.LetGo, &a.CameBackAs, &a.SentBefore,
		&a.Revision, &a.CreatedAt, &a.AskedBack, &a.Money.Person, &a.Money.Contact, &a.Money.Name, &a.MoneyWaits)
	return a, err
}

// ByID finds an ask that the actor may see.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Ask, error) {
	return db.One(tx, scanAsk, selectAsk+"where "+seen+" and a.id = $4", me.Organisation, me.Person, readsSince(tx), id)
}

// Mine lists the actor's own asks, the latest begun first, after the one with the given id.
func Mine(tx *db.Tx, me org.Actor, after db.ID, most int) ([]Ask, error) {
	if after == "" {
		after = "~" // sorts after every id
	}
	return db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.owner_id = $2 and a.id < $4
		order by a.id desc limit $5`, me.Organisation, me.Person, readsSince(tx), after, most)
}

// OnTheirWay lists the actor's own asks that wait for an answer, the oldest first.
func OnTheirWay(tx *db.Tx, me org.Actor) ([]Ask, error) {
	return db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.owner_id = $2 and a.state = 'sent'
		order by s.sent_at, a.id`, me.Organisation, me.Person, readsSince(tx))
}

// WaitingForMe lists what others ask of the actor, with those first that wait for the actor's
// word, each the oldest first. WaitsFor tells them from those that wait for somebody else now: for
// their owner, with a question, or for a yes to the money.
func WaitingForMe(tx *db.Tx, me org.Actor) ([]Ask, error) {
	all, err := db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.state = 'sent' and a.owner_id <> $2
		order by s.sent_at, a.id`, me.Organisation, me.Person, readsSince(tx))
	slices.SortStableFunc(all, func(a, b Ask) int {
		switch x, y := a.WaitsFor(me), b.WaitsFor(me); {
		case x == y:
			return 0
		case x:
			return -1
		}
		return 1
	})
	return all, err
}

// AnsweredByMe lists what the actor has decided, the latest first, before a time.
func AnsweredByMe(tx *db.Tx, me org.Actor, before time.Time, most int) ([]Ask, error) {
	if before.IsZero() {
		before = tx.Now().AddDate(1, 0, 0)
	}
	return db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.state = 'decided' and a.owner_id <> $2 and (d.by_person_id = $2 or s.with_person_id = $2 or m.with_person_id = $2) and d.at < $4
		order by d.at desc, a.id desc limit $5`, me.Organisation, me.Person, readsSince(tx), before, most)
}

// Between lists the asks that wait for an answer between the actor and another person, in
// either direction, the oldest first.
func Between(tx *db.Tx, me org.Actor, other db.ID) ([]Ask, error) {
	return db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.state = 'sent' and (a.owner_id = $4 and s.with_person_id = $2 or a.owner_id = $2 and s.with_person_id = $4)
		order by s.sent_at, a.id`, me.Organisation, me.Person, readsSince(tx), other)
}

// From lists the actor's own asks that came from a thing.
func From(tx *db.Tx, me org.Actor, origin org.Origin) ([]Ask, error) {
	return db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.owner_id = $2 and a.origin_kind = $4 and a.origin_id = $5
		order by a.id`, me.Organisation, me.Person, readsSince(tx), origin.Kind, origin.ID)
}

// Wins lists the wins that a draft of the actor's brings, in their order.
func Wins(tx *db.Tx, me org.Actor, id db.ID) ([]db.ID, error) {
	return db.List(tx, db.Scanned[db.ID], `
		select e.win_id from ask_evidence e
		join asks a on a.organisation_id = e.organisation_id and a.id = e.ask_id
		where `+seen+` and a.owner_id = $2 and a.id = $4
		order by e.position`, me.Organisation, me.Person, readsSince(tx), id)
}

// DecidedWithin lists the actor's own asks that were answered between two times, the first
// answered first.
func DecidedWithin(tx *db.Tx, me org.Actor, from, to time.Time) ([]Ask, error) {
	return db.List(tx, scanAsk, selectAsk+"where "+seen+`
			and a.owner_id = $2 and d.at >= $4 and d.at < $5
		order by d.at, a.id`, me.Organisation, me.Person, readsSince(tx), from, to)
}
