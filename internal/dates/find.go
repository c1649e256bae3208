package dates

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/share"
)

const selectDate = `
	select d.id, d.owner_id, coalesce(p.name, ''), d.kind, case when ` + hasWords + ` then d.title else '' end,
		case when ` + hasWords + ` then d.note else '' end, d.starts_on, d.ends_on, d.shows, d.revision
	from dates d left join people p on p.organisation_id = d.organisation_id and p.id = d.owner_id
`

func scanDate(row db.Row) (Date, error) {
	var d Date
	err := row.Scan(&d.ID, &d.Owner, &d.OwnerName, &d.Kind, &d.Title, &d.Note, &d.From, &d.To, &d.Shows, &d.Revision)
	return d, err
}

// ByID finds a date that the actor sees.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Date, error) {
	return db.One(tx, scanDate, selectDate+"where "+seen+" and d.id = $4", me.Organisation, me.Person, me.Viewer(), id)
}

// Mine finds a date of the actor's own.
func Mine(tx *db.Tx, me org.Actor, id db.ID) (Date, error) { return mine(tx, me, id) }

// mostListed is how many dates a list holds at most.
const mostListed = 200

// Span is from one day to another, both of them in it.
type Span = civil.Span

// OfOrganisation lists the organisation's dates within a span, the first first.
func OfOrganisation(tx *db.Tx, me org.Actor, in Span) ([]Date, error) {
	return list(tx, me, in, "d.owner_id is null and cast($7 as text) = ''", "")
}

// Of lists the dates of a person's own within a span, as far as the actor sees them.
func Of(tx *db.Tx, me org.Actor, owner db.ID, in Span) ([]Date, error) {
	return list(tx, me, in, "d.owner_id = $7", owner)
}

// Shown lists what others show to the actor within a span, the first first.
func Shown(tx *db.Tx, me org.Actor, in Span) ([]Date, error) {
	return list(tx, me, in, `d.owner_id <> $7 and d.id in (
		select thing_id from live_shares where organisation_id = $1 and viewer_id = $3 and thing_kind = 'date')`, me.Person)
}

// Around lists what matters within a span for something between the actor and another: the
// organisation's dates, the actor's own, and the other's as far as they show them.
func Around(tx *db.Tx, me org.Actor, other db.ID, in Span) ([]Date, error) {
	return list(tx, me, in, `d.id in (
		select id from dates where organisation_id = $1 and owner_id is null and ends_on >= $4
		union all select id from dates where organisation_id = $1 and owner_id = $2 and ends_on >= $4
		union all select id from dates where organisation_id = $1 and owner_id = $7 and ends_on >= $4)`, other)
}

func list(tx *db.Tx, me org.Actor, in Span, condition string, whose db.ID) ([]Date, error) {
	return db.List(tx, scanDate, selectDate+"where "+seen+" and d.ends_on >= $4 and d.starts_on <= $5 and "+condition+`
		order by d.starts_on, d.ends_on, d.id limit $6`, me.Organisation, me.Person, me.Viewer(), in.From, in.To, mostListed, string(whose))
}

// SharedTitles are what the actor's own dates are called that are shared, by thing.
func SharedTitles(tx *db.Tx, me org.Actor) (map[share.What]string, error) {
	titles := map[share.What]string{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		d, err := scanDate(row)
		titles[share.What{Kind: "date", ID: d.ID}] = d.Called() + ", from " + d.From.String()
		return struct{}{}, err
	}, selectDate+`
		where d.organisation_id = $1 and d.owner_id = $2 and exists (
			select 1 from shares g where g.organisation_id = $1 and g.owner_id = $2 and g.thing_kind = 'date' and g.thing_id = d.id and g.ended_at is null)`,
		me.Organisation, me.Person)
	return titles, err
}
