package budget

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
)

const selectLine = `
	select b.id, b.cost_centre, b.year, b.last_day, b.name, b.currency, b.amount, b.reserved, b.spent, b.closed_at, b.revision, b.created_at,
		b.owner_id, o.name, o.left_at is not null, b.second_id, coalesce(s.name, ''), s.left_at is not null
	from budgets b
	join people o on o.organisation_id = b.organisation_id and o.id = b.owner_id
	left join people s on s.organisation_id = b.organisation_id and s.id = b.second_id`

func scanLine(row db.Row) (Line, error) {
	var l Line
	err := row.Scan(&l.ID, &l.CostCentre, &l.Year, &l.LastDay, &l.Name, &l.Amount.Currency, &l.Amount.Minor, &l.Reserved, &l.Spent, &l.ClosedAt, &l.Revision, &l.CreatedAt,
		&l.Owner.Person, &l.Owner.Name, &l.OwnerLeft, &l.Second.Person, &l.Second.Name, &l.SecondLeft)
	return l, err
}

// ByID finds a line that the actor sees: all for who looks after budgets, else those that they answer
// for.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Line, error) {
	return db.One(tx, scanLine, selectLine+" where "+seen+" and b.id = $4", me.Organisation, string(me.Viewer()), Manages(me), id)
}

// Lines lists the lines of a year that the actor sees, by cost centre and name. A year has at most
// five hundred.
func Lines(tx *db.Tx, me org.Actor, year int64) ([]Line, error) {
	return db.List(tx, scanLine, selectLine+" where "+seen+" and b.year = $4 order by b.fold, b.id limit $5",
		me.Organisation, string(me.Viewer()), Manages(me), year, mostLines)
}

// Year is one in which there are lines that the actor sees.
type Year struct {
	Year    int64
	LastDay civil.Date // the latest of its lines
}

// Years lists the years in which there are lines that the actor sees, the latest first.
func Years(tx *db.Tx, me org.Actor) ([]Year, error) {
	return db.List(tx, func(row db.Row) (y Year, err error) {
		err = row.Scan(&y.Year, &y.LastDay)
		return y, err
	}, "select b.year, max(b.last_day) from budgets b where "+seen+" group by b.year order by b.year desc", me.Organisation, string(me.Viewer()), Manages(me))
}

// Concerns tells whether the actor answers for a line, or something is held for them.
func Concerns(tx *db.Tx, me org.Actor) (does bool, err error) {
	err = tx.Get(`select case when exists (select 1 from budgets b where b.organisation_id = $1 and b.owner_id = $2)
		or exists (select 1 from budgets b where b.organisation_id = $1 and b.second_id = $2)
		or exists (select 1 from budget_reservations r where r.organisation_id = $1 and r.person_id = $2 and r.state = 'held') then true else false end`,
		me.Organisation, string(me.Viewer())).Scan(&does)
	return does, err
}

// HeldFor lists what is held for the actor, what returns first before the rest.
func HeldFor(tx *db.Tx, me org.Actor) ([]Reservation, error) {
	return db.List(tx, scanReservation, selectReservation+" where r.organisation_id = $1 and r.person_id = $2 and r.state = 'held' order by r.until, r.id limit $3",
		me.Organisation, string(me.Viewer()), Offers)
}

// Offer is a line as whoever says yes to money may choose it: what it is called and who answers
// for it, without its figures.
type Offer struct {
	ID            db.ID
	CostCentre    string
	Name          string
	Year          int64
	Currency      string
	Owner, Second org.Party
	OwnerLeft     bool
	Yours         bool         // the actor may say yes to it for who wants it
	Free          money.Amount // told where it is theirs
}

// Title is what the line is called, with its year.
func (o Offer) Title() string { return Line{Text: Text{Name: o.Name, Year: o.Year}}.Title() }

// Offers is how many lines Offered gives at most.
const Offers = 200

// Offered lists the open lines in a currency whose last day has not passed, to those of the next year, for what
// somebody wants: those of the cost centre that they named first.
func Offered(tx *db.Tx, me org.Actor, whom db.ID, currency, centre string) ([]Offer, error) {
	if me.Viewer() == "" {
		return nil, nil
	}
	now := today(tx, me)
	return db.List(tx, scanOffer, selectOffer+`
		where b.organisation_id = $1 and b.closed_at is null and b.currency = $4 and b.last_day >= $5 and b.year <= $6
		order by case when lower(b.cost_centre) = lower($7) then 0 else 1 end, b.year, b.fold, b.id limit $8`,
		me.Organisation, me.Person, whom, currency, now, int64(now.Year())+1, centre, Offers)
}

// OfferByID is one line as it can be chosen.
func OfferByID(tx *db.Tx, me org.Actor, whom, id db.ID) (Offer, error) {
	return db.One(tx, scanOffer, selectOffer+" where b.organisation_id = $1 and b.id = $4", me.Organisation, string(me.Viewer()), whom, id)
}

const selectOffer = `
	select b.id, b.cost_centre, b.name, b.year, b.currency, b.owner_id, o.name, o.left_at is not null, b.second_id, coalesce(s.name, ''),
		case when ` + approves + ` then true else false end, case when ` + approves + ` then b.amount - b.reserved - b.spent else 0 end
	from budgets b
	join people o on o.organisation_id = b.organisation_id and o.id = b.owner_id
	left join people s on s.organisation_id = b.organisation_id and s.id = b.second_id`

func scanOffer(row db.Row) (Offer, error) {
	var o Offer
	err := row.Scan(&o.ID, &o.CostCentre, &o.Name, &o.Year, &o.Currency, &o.Owner.Person, &o.Owner.Name, &o.OwnerLeft, &o.Second.Person, &o.Second.Name, &o.Yours, &o.Free.Minor)
	o.Free.Currency = o.Currency
	return o, err
}

// IsOver tells whether nothing new is reserved of a line any more: it was closed, or its last day has passed.
func IsOver(tx *db.Tx, me org.Actor, id db.ID) (bool, error) {
	l, err := unscopedLine(tx, me.Organisation, id)
	return err == nil && (!l.ClosedAt.IsZero() || l.LastDay.Before(today(tx, me))), err
}

// Approver is who is to say yes to what somebody wants of a line: its owner; where that is who wants it,
// the second one, or else the owner's manager. Nobody where none of them is here.
func Approver(tx *db.Tx, me org.Actor, o Offer, whom db.ID) (org.Party, error) {
	switch {
	case o.Owner.Person != whom && !o.OwnerLeft:
		return o.Owner, nil
	case o.Second.Person != "" && o.Second.Person != whom:
		return o.Second, nil
	case o.Owner.Person != whom:
		return org.Party{}, nil
	}
	above, err := org.LineOf(tx, me.Organisation, o.Owner.Person)
	if err != nil || above.Manager == "" {
		return org.Party{}, err
	}
	manager, err := org.ByID(tx, me, above.Manager)
	return org.Party{Person: manager.ID, Name: manager.Name}, err
}

const reservationColumns = `r.id, r.budget_id, b.name, b.year, b.cost_centre, b.currency, r.amount, r.until, r.reserved_at, r.state, r.spent, r.ended_at, r.revision,
	r.by_id, y.name, case when r.thing_kind = '` + seatOf + `' then true else false end, w.forgotten_at is not null`

const fromReservations = `
	from budget_reservations r
	join budgets b on b.organisation_id = r.organisation_id and b.id = r.budget_id
	join people w on w.organisation_id = r.organisation_id and w.id = r.person_id
	join people y on y.organisation_id = r.organisation_id and y.id = r.by_id`

// selectReservation reads reservations as the actor, $2, sees them.
const selectReservation = `
	select ` + reservationColumns + `,
		case when ` + told + ` then r.thing_kind else '' end, case when ` + told + ` then r.thing_id end,
		case when ` + told + ` then r.person_id end, case when ` + told + ` then w.name else '' end` + fromReservations

const selectUnscoped = `
	select ` + reservationColumns + `, r.thing_kind, r.thing_id, r.person_id, w.name` + fromReservations

func scanReservation(row db.Row) (Reservation, error) {
	var r Reservation
	var line Text
	err := row.Scan(&r.ID, &r.Line, &line.Name, &line.Year, &r.Centre, &r.Amount.Currency, &r.Amount.Minor, &r.Until, &r.At, &r.State, &r.Spent, &r.EndedAt, &r.Revision,
		&r.By.Person, &r.By.Name, &r.ForSeat, &r.WhomGone, &r.For.Kind, &r.For.ID, &r.Whom.Person, &r.Whom.Name)
	r.LineName = Line{Text: line}.Title()
	return r, err
}

// ReservationByID finds a reservation that the actor sees.
func ReservationByID(tx *db.Tx, me org.Actor, id db.ID) (Reservation, error) {
	return db.One(tx, scanReservation, selectReservation+" where "+reservationSeen+" and r.id = $3", me.Organisation, string(me.Viewer()), id)
}

// ReservationFor finds what is or was last reserved for a thing and a person, where the actor sees it.
// Errors: problem.NotFound where nothing was.
func ReservationFor(tx *db.Tx, me org.Actor, thing event.Thing, whom db.ID) (Reservation, error) {
	return db.One(tx, scanReservation, selectReservation+" where "+reservationSeen+` and r.thing_kind = $3 and r.thing_id = $4 and r.person_id = $5
		order by r.id desc limit 1`, me.Organisation, string(me.Viewer()), thing.Kind, thing.ID, whom)
}

// Entries lists what was reserved of a line, the latest first, from before a place on. Who looks after
// budgets sees the figures and the days alone.
func Entries(tx *db.Tx, me org.Actor, line, before db.ID, most int) ([]Reservation, error) {
	if before == "" {
		before = "~" // after every id
	}
	return db.List(tx, scanReservation, selectReservation+" where "+seen+" and b.id = $4 and r.id < $5 order by r.id desc limit $6",
		me.Organisation, string(me.Viewer()), Manages(me), line, before, most)
}

func unscopedLine(tx *db.Tx, organisation, id db.ID) (Line, error) {
	return db.One(tx, scanLine, selectLine+" where b.organisation_id = $1 and b.id = $2", organisation, id)
}

func unscopedReservation(tx *db.Tx, organisation, id db.ID) (Reservation, error) {
	return db.One(tx, scanReservation, selectUnscoped+" where r.organisation_id = $1 and r.id = $2", organisation, id)
}
