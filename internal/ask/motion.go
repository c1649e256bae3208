package ask

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Motion is what moves: the asks that wait for somebody, and those on their way back.
type Motion struct {
	OnTheirWay []Ask // the actor's own, sent and not answered, the oldest first
	ForMe      []Ask // others', that wait for the actor, the oldest first
	ComingBack []Ask // the actor's own, answered with a not now or a no, that come back on a day, the next first
	CameBack   []Ask // the actor's own drafts of those, the latest first
}

// InMotion finds all asks of the actor's, and for the actor, that move: as much of each as a line says
// about it. Why it is asked, what it costs and returns, and what it came from are left out.
func InMotion(tx *db.Tx, me org.Actor) (Motion, error) {
	all, err := db.List(tx, func(row db.Row) (Ask, error) {
		var a Ask
		return a, row.Scan(&a.ID, &a.Owner.Person, &a.Owner.Name, &a.What, &a.DecideBy, &a.Whom.Person, &a.Whom.Contact, &a.Whom.Name,
			&a.State, &a.SentAt, &a.CreatedAt, &a.Answer, &a.DecidedAt, &a.BroughtAlong, &a.ComesBackOn,
			&a.AskedBack, &a.Money.Person, &a.MoneyWaits)
	}, inMotion, me.Organisation, me.Person, readsSince(tx))
	var m Motion
	for _, a := range all {
		switch {
		case a.State == Sent && a.Owner.Is(me):
			m.OnTheirWay = append(m.OnTheirWay, a)
		case a.State == Sent && a.WaitsFor(me):
			m.ForMe = append(m.ForMe, a)
		case a.State == Sent: // waits for somebody else now
		case a.State == Draft:
			m.CameBack = append([]Ask{a}, m.CameBack...)
		default:
			m.ComingBack = append(m.ComingBack, a)
		}
	}
	slices.SortStableFunc(m.ComingBack, func(a, b Ask) int { return a.ComesBackOn.DaysSince(b.ComesBackOn) })
	return m, err
}

const inMotion = `
	select a.id, a.owner_id, o.name, coalesce(s.what, a.what), case when s.id is null then a.decide_by else s.decide_by end,
		wp.id, wc.id, coalesce(wp.name, wc.name, ''), a.state, s.sent_at, a.created_at,
		coalesce(d.answer, ''), d.at, coalesce(d.brought_along, false), d.comes_back_on,
		a.state = 'sent' and exists (
			select 1 from ask_inquiries q where q.organisation_id = s.organisation_id and q.sending_id = s.id and q.answered_at is null),
		m.with_person_id, m.id is not null and m.ended_at is null
` + fromAsk + `
	left join decisions d on d.organisation_id = a.organisation_id and d.ask_id = a.id and a.owner_id = $2
	where ` + seen + `
		and (a.state = 'sent' or a.owner_id = $2 and a.state = 'draft' and a.previous_id is not null
			or a.owner_id = $2 and d.comes_back_on is not null and d.let_go_at is null and d.came_back_at is null)
	order by coalesce(s.sent_at, a.created_at), a.id`
