package budget

import (
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// State is where a reservation stands.
type State string

// The states.
const (
	Held     State = "held"
	Spent    State = "spent"    // what was not spent has returned
	Returned State = "returned" // it was not needed
	Lapsed   State = "lapsed"   // its last day has passed
)

// Reservation is money of a line that is held for something, or was.
type Reservation struct {
	ID       db.ID
	Line     db.ID
	LineName string // with its year
	Centre   string
	For      event.Thing // empty for who only answers for the line, and did not approve this
	Whom     org.Party   // likewise
	By       org.Party   // who approved it
	Amount   money.Amount
	Until    civil.Date
	At       time.Time
	State    State
	Spent    int64
	EndedAt  time.Time
	Revision int64

	ForSeat  bool // of a programme: it follows the seat, whatever day it is, and is spent when they have been through it
	WhomGone bool // they deleted their account: what it was for is gone too
}

// Thing is the reservation as something that can happen to.
func (r Reservation) Thing() event.Thing { return event.Thing{Kind: "reservation", ID: r.ID} }

// SpentAmount is what was spent, in the currency of the line.
func (r Reservation) SpentAmount() money.Amount { return r.in(r.Spent) }

func (r Reservation) in(minor int64) money.Amount { return money.Of(minor, r.Amount.Currency) }

// For is what money is reserved for.
type For struct {
	Thing event.Thing // an ask, a place in a programme
	Whom  db.ID       // who wants it: never the one who approves it
	Until civil.Date  // the last day on which it is held; zero: that of the line, and a month at least
}

// Reserve holds money of a line, approved by the actor: who answers for the line, and for what its owner
// wants the second one named on it, or else the owner's manager. It is held in the transaction or
// not at all: a line never has less than nothing free.
//
// It records "budget reserved" on the reservation, with the line, the amount, and the thing and person
// that it is for as facts; so do the verbs below.
//
// Errors: problem.NotFound for who does not answer for the line, problem.Refused in words for one's
// own money, another currency, a line that is closed or has too little, and where it is held
// already.
func Reserve(tx *db.Tx, me org.Actor, line db.ID, what For, amount money.Amount) (Reservation, error) {
	l, err := toApprove(tx, me, line, what.Whom)
	if err != nil {
		return Reservation{}, err
	}
	until, err := l.until(what.Until, today(tx, me))
	if err != nil {
		return Reservation{}, err
	}
	if err := l.mayTake(amount, today(tx, me)); err != nil {
		return Reservation{}, err
	}
	switch holds, err := UnscopedHolds(tx, me.Organisation, what.Thing, what.Whom); {
	case err != nil:
		return Reservation{}, err
	case holds:
		return Reservation{}, problem.Refused("Money is reserved for this already.")
	}
	if err := l.take(tx, me.Organisation, amount.Minor, 0); err != nil {
		return Reservation{}, err
	}
	id := tx.NewID()
	if err := db.Put(tx, "budget_reservations", "organisation_id, id, budget_id, thing_kind, thing_id, person_id, by_id, amount, until, reserved_at, state, spent, revision",
		me.Organisation, id, l.ID, what.Thing.Kind, what.Thing.ID, what.Whom, me.Person, amount.Minor, until, tx.Now(), string(Held), int64(0), int64(1)); err != nil {
		return Reservation{}, err
	}
	if what.Thing.Kind != seatOf {
		if err := endsOn(tx, me.Organisation, id, l.Owner.Person, what.Whom, until); err != nil {
			return Reservation{}, err
		}
	}
	r, err := ReservationByID(tx, me, id)
	if err != nil {
		return r, err
	}
	return r, r.happened(tx, me.Organisation, me.Person, "budget reserved", amount.Minor)
}

// mayTake tells in words why an amount cannot be taken of a line at all.
func (l Line) mayTake(amount money.Amount, today civil.Date) error {
	switch {
	case amount.Minor <= 0:
		return problem.Refused("This names no amount: nothing can be reserved for it.")
	case amount.Minor > money.Most:
		return l.tooLittle(amount.Minor)
	case amount.Currency != l.Amount.Currency:
		return problem.Refuse("This is in %s, and “%s” is kept in %s. Nothing is converted here: choose a budget in %s.", amount.Currency, l.Title(), l.Amount.Currency, amount.Currency)
	case !l.ClosedAt.IsZero():
		return problem.Refuse("“%s” is closed: nothing new is reserved of it.", l.Title())
	case l.LastDay.Before(today):
		return problem.Refuse("“%s” ended on %s: nothing new is reserved of it.", l.Title(), l.LastDay)
	}
	return nil
}

func (l Line) tooLittle(needed int64) error {
	return problem.Refuse("“%s” has %s free, and this needs %s.", l.Title(), l.In(l.Free()), l.In(needed))
}

// take moves money of a line: so much more is reserved and spent, where it is there. This is the only
// place at which either grows.
func (l Line) take(tx *db.Tx, organisation db.ID, reserved, spent int64) error {
	taken, err := tx.Exec(`
		update budgets set reserved = reserved + $1, spent = spent + $2
		where organisation_id = $3 and id = $4 and amount - reserved - spent >= $5`, reserved, spent, organisation, l.ID, reserved+spent)
	if err == nil && taken == 0 {
		err = l.tooLittle(reserved + spent)
	}
	return err
}

// until is the day to which money is held.
func (l Line) until(wanted, today civil.Date) (civil.Date, error) {
	if wanted.IsZero() {
		wanted = l.LastDay
		if least := today.AddDays(30); wanted.Before(least) {
			wanted = least
		}
	}
	wrong := problem.Invalid{}
	wrong.Check(!wanted.Before(today), "until", "Please choose a day from today on.")
	wrong.Check(!wanted.After(l.LastDay.AddMonths(12)), "until", "“"+l.Title()+"” ended on "+l.LastDay.String()+". Money of it is held for a year after that at most.")
	return wanted, wrong.Err()
}

// seatOf is the kind of thing of which money is for a seat.
const seatOf = "programme"

const followsSeat = problem.Refused("This is for a seat of a programme, and follows it: it counts as spent once they have been through, and returns to the budget when the seat is given back.")

// Spend records what was spent. What was held and not spent returns to the line; what is held for a seat is
// spent with it, and put right later. Whoever it is for, and whoever approved it, can say so up to what was held; who may approve it can record more, where
// the line has it and is open, and put a figure right later.
//
// Errors: problem.NotFound, problem.Refused in words where it was returned, where it is more than was
// approved or than there is, and for another currency.
func Spend(tx *db.Tx, me org.Actor, id db.ID, amount money.Amount) error {
	r, l, err := toSettle(tx, me, id)
	if err != nil {
		return err
	}
	approver, err := MayApprove(tx, me, l.ID, r.Whom.Person)
	if err != nil {
		return err
	}
	switch {
	case amount.Minor <= 0:
		return problem.Invalid{"spent": "Please give what was spent. Where it was nothing, return it instead."}
	case amount.Minor > money.Most:
		return l.tooLittle(amount.Minor)
	case amount.Currency != r.Amount.Currency:
		return problem.Refuse("This is held in %s. Please give what was spent in %s.", r.Amount.Currency, r.Amount.Currency)
	case r.State == Returned || r.State == Lapsed:
		return returned
	case r.ForSeat && r.State == Held:
		return followsSeat
	case r.State == Spent && !approver:
		return problem.Refused("What was spent is recorded. Whoever answers for the budget can put it right.")
	case amount.Minor > r.Amount.Minor && !approver:
		return problem.Refuse("%s were approved. What goes beyond needs the yes of whoever answers for “%s”.", r.Amount, l.Title())
	}
	held, had := r.Amount.Minor, r.Amount.Minor
	if r.State == Spent {
		held, had = 0, r.Spent
	}
	if !l.ClosedAt.IsZero() && amount.Minor > had {
		return problem.Refuse("“%s” is closed: nothing beyond %s is taken of it for this.", l.Title(), r.in(had))
	}
	if err := l.take(tx, me.Organisation, -held, amount.Minor-r.Spent); err != nil {
		return l.lacks(err, amount.Minor)
	}
	if err := r.end(tx, me.Organisation, Spent, amount.Minor); err != nil {
		return err
	}
	return r.happened(tx, me.Organisation, me.Person, "budget spent", amount.Minor)
}

const returned = problem.Refused("This was returned to the budget. What is needed again has to be approved again.")

// lacks says of a line that it has too little for the whole amount, of which a part was held.
func (l Line) lacks(err error, whole int64) error {
	if _, refused := err.(problem.Refused); !refused {
		return err
	}
	return problem.Refuse("“%s” has %s free beside what is held for this: %s are not there.", l.Title(), l.In(l.Free()), l.In(whole))
}

// Release returns what is held: it is not needed. Whoever it is for, whoever approved it, and who
// answers for the line can; nobody where it is for a seat.
//
// Errors: problem.NotFound, problem.Refused where it was spent or returned already, or follows a seat.
func Release(tx *db.Tx, me org.Actor, id db.ID) error {
	r, l, err := toSettle(tx, me, id)
	switch {
	case err != nil:
		return err
	case r.State == Spent:
		return problem.Refused("This was spent. Put the figure right, if it was less.")
	case r.State != Held:
		return returned
	case r.ForSeat:
		return followsSeat
	}
	return r.giveBack(tx, me.Organisation, me.Person, l, Returned)
}

// ReleaseFor returns all that is held for a thing, which ended; of one person where whom is given. Whoever answers
// for the line is told, once; whom it was held for knows it from the thing. It is for the package of that thing,
// which has looked it up.
func ReleaseFor(tx *db.Tx, organisation db.ID, thing event.Thing, whom db.ID) error {
	return unscopedGiveBack(tx, organisation, " and r.thing_kind = $2 and r.thing_id = $3 and (cast($4 as text) = '' or r.person_id = $4)",
		thing.Kind, thing.ID, string(whom))
}

// SpendFor records that what is held of one person for a thing was spent: so much of it, and never more than is
// held; the rest returns. By is who said so, empty where its day did. It is for the package of that thing,
// which has looked it up. Where nothing is held any more, nothing is spent.
func SpendFor(tx *db.Tx, organisation, by db.ID, thing event.Thing, whom db.ID, amount money.Amount) error {
	held, err := db.List(tx, scanReservation, selectUnscoped+" where r.organisation_id = $1 and r.state = 'held' and r.thing_kind = $2 and r.thing_id = $3 and r.person_id = $4 order by r.id",
		organisation, thing.Kind, thing.ID, whom)
	if err != nil {
		return err
	}
	for _, r := range held {
		l, err := unscopedLine(tx, organisation, r.Line)
		if err != nil {
			return err
		}
		spent := min(amount.Minor, r.Amount.Minor)
		if err := l.take(tx, organisation, -r.Amount.Minor, spent); err != nil {
			return err
		}
		if err := r.end(tx, organisation, Spent, spent); err != nil {
			return err
		}
		if err := r.happened(tx, organisation, by, "budget spent", spent); err != nil {
			return err
		}
	}
	return nil
}

// UnscopedHolds tells whether money is held for a thing and a person.
func UnscopedHolds(tx *db.Tx, organisation db.ID, thing event.Thing, whom db.ID) (bool, error) {
	var n int64
	err := tx.Get("select count(*) from budget_reservations where organisation_id = $1 and thing_kind = $2 and thing_id = $3 and person_id = $4 and ended_at is null",
		organisation, thing.Kind, thing.ID, whom).Scan(&n)
	return n > 0, err
}

// HoldUntil moves the day to which money is held. Only who may approve it can, and nobody where it is for a seat.
func HoldUntil(tx *db.Tx, me org.Actor, id db.ID, until civil.Date) error {
	r, l, err := toSettle(tx, me, id)
	if err != nil {
		return err
	}
	approver, err := MayApprove(tx, me, l.ID, r.Whom.Person)
	switch {
	case err != nil:
		return err
	case !approver:
		return problem.NotFound
	case r.State != Held:
		return returned
	case r.ForSeat:
		return followsSeat
	case until.IsZero():
		return problem.Invalid{"until": "Please choose a day."}
	}
	if until, err = l.until(until, today(tx, me)); err != nil {
		return err
	}
	if _, err := tx.Exec("update budget_reservations set until = $1, revision = revision + 1 where organisation_id = $2 and id = $3", until, me.Organisation, id); err != nil {
		return err
	}
	if err := endsOn(tx, me.Organisation, id, l.Owner.Person, r.Whom.Person, until); err != nil {
		return err
	}
	return r.happened(tx, me.Organisation, me.Person, "budget held longer", r.Amount.Minor)
}

// toSettle finds a reservation and its line for who may say what became of it.
func toSettle(tx *db.Tx, me org.Actor, id db.ID) (Reservation, Line, error) {
	if me.Left {
		return Reservation{}, Line{}, youHaveLeft
	}
	r, err := ReservationByID(tx, me, id)
	if err != nil {
		return r, Line{}, err
	}
	if r, err = unscopedReservation(tx, me.Organisation, id); err != nil { // whole, for its history
		return r, Line{}, err
	}
	l, err := unscopedLine(tx, me.Organisation, r.Line)
	return r, l, err
}

func (r Reservation) giveBack(tx *db.Tx, organisation, by db.ID, l Line, how State) error {
	if err := l.take(tx, organisation, -r.Amount.Minor, 0); err != nil {
		return err
	}
	if err := r.end(tx, organisation, how, 0); err != nil {
		return err
	}
	return r.happened(tx, organisation, by, "budget "+string(how), r.Amount.Minor)
}

func (r Reservation) end(tx *db.Tx, organisation db.ID, how State, spent int64) error {
	_, err := tx.Exec("update budget_reservations set state = $1, spent = $2, ended_at = $3, revision = revision + 1 where organisation_id = $4 and id = $5",
		string(how), spent, tx.Now(), organisation, r.ID)
	return err
}

func (r Reservation) happened(tx *db.Tx, organisation, by db.ID, kind string, amount int64) error {
	return event.Record(tx, event.Event{Organisation: organisation, Kind: kind, By: by, Thing: r.Thing(), Facts: map[string]string{
		"budget": string(r.Line), "amount": strconv.FormatInt(amount, 10), "thing_kind": r.For.Kind, "thing": string(r.For.ID), "person": string(r.Whom.Person),
	}})
}

func today(tx *db.Tx, me org.Actor) civil.Date { return civil.In(tx.Now(), me.Zone) }
