package web

import (
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/problem"
)

// oneReservation is money that is held for something, or was.
type oneReservation struct {
	Amount, Line, Centre, State, By string
	LineHref                        string // for who sees the line
	Whom, For, ForHref              string
	Mine                            bool
	Until, At                       civil.Date
	Action                          string // where the acts go; empty: nothing is to be done
	Held, ForSeat                   bool
	Spent                           Field
	SpendLabel                      string
	SpendOpen                       bool
	Hold                            *Field // until when, for who may approve
	Revision, HoldRevision          string // on which each form was opened
	Seen                            Seen
}

var reservationPage = declare[oneReservation]("reservation.html")

var (
	saidSpent  = says("Kept. What was not spent is free again.")
	saidGiven  = says("Returned to the budget.")
	saidLonger = says("Kept: it is held until then.")
)

func reservationHref(id db.ID) string { return "/reservations/" + string(id) }

func showReservation(c *call) (view, error) {
	r, err := budget.ReservationByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneReservation{
		Amount: r.Amount.String(), Line: r.LineName, Centre: r.Centre, By: r.By.Name, Until: r.Until, At: c.dayOf(r.At), Held: r.State == budget.Held, ForSeat: r.ForSeat,
		State: c.reservationState(r), Mine: r.Whom.Is(c.me), Action: reservationHref(r.ID),
		Seen: Seen{Shared: true, Text: "who it is for, who approved it, and who answers for the budget"},
	}
	if _, err := budget.ByID(c.tx, c.me, r.Line); err == nil {
		main.LineHref = budgetHref(r.Line)
	}
	if r.For.ID != "" && !r.WhomGone {
		main.Whom, main.For, main.ForHref = r.Whom.Name, aThing(r.For.Kind), PathOf(r.For)
	}
	approver, err := budget.MayApproveFor(c.tx, c.me, r)
	if err != nil {
		return view{}, err
	}
	c.reservationActs(&main, r, approver)
	return reservationPage.show(c, "Money of a budget", "asks", main)
}

// reservationActs offers what the visitor can still do.
func (c *call) reservationActs(main *oneReservation, r budget.Reservation, approver bool) {
	form := c.formAt(main.Action + "/spending")
	hint := "In " + r.Amount.Currency + ". What is left over returns to the budget."
	stands := r.Amount.Minor
	main.SpendLabel = "Say what was spent"
	switch {
	case r.State == budget.Spent && approver:
		stands, main.SpendLabel, hint = r.Spent, "Put the figure right", "In "+r.Amount.Currency+"."
	case r.State != budget.Held, r.ForSeat:
		main.Action = ""
		return
	case approver:
		hint += " More than was held only where the budget has it."
	}
	main.Revision = form.RevisionOr(r.Revision)
	main.Spent = form.field(Field{Name: "spent", Label: "What was spent", Type: "decimal", Required: true, Hint: hint}, money.Figures(stands, r.Amount.Currency))
	main.SpendOpen = form.Any() || r.State == budget.Held
	if approver && main.Held {
		form := c.formAt(main.Action + "/day")
		hold := form.field(Field{Name: "until", Label: "Held until", Type: "date", Required: true}, r.Until.String())
		main.Hold, main.HoldRevision = &hold, form.RevisionOr(r.Revision)
	}
}

// reservationState says in words where a reservation stands.
func (c *call) reservationState(r budget.Reservation) string {
	on := day(c.dayOf(r.EndedAt), c.today())
	switch r.State {
	case budget.Spent:
		return r.SpentAmount().String() + " spent, " + on
	case budget.Returned:
		return "returned, " + on
	case budget.Lapsed:
		return "returned by itself, " + on
	}
	if r.ForSeat {
		return "held as long as the seat is"
	}
	return "held until " + day(r.Until, c.today())
}

// spendReservation keeps what was spent.
func spendReservation(c *call) (string, error) {
	id := c.id("id")
	r, err := budget.ReservationByID(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	minor, err := money.Parse(c.text("spent"), r.Amount.Currency)
	if err != nil {
		return "", problem.Invalid{"spent": "Please give an amount such as 1200 or 1,200.50."}
	}
	c.say(saidSpent)
	if err := budget.Spend(c.tx, c.me, id, money.Of(minor, r.Amount.Currency)); err != nil {
		return "", atSpent(err)
	}
	stands := r.Amount.Minor
	if r.State == budget.Spent {
		stands = r.Spent
	}
	return reservationHref(id), c.asRead(r, "spent", money.Figures(stands, r.Amount.Currency))
}

// asRead takes back what was done on a reservation that changed since its form was opened: what was typed stands
// beside what stands now.
func (c *call) asRead(r budget.Reservation, field, stands string) error {
	if r.Revision == c.revision() {
		return nil
	}
	return &problem.Conflict{Revision: r.Revision, Theirs: map[string]string{field: stands}, Mine: map[string]string{field: c.text(field)}}
}

// atSpent puts a refusal at the field, so that what was typed comes back.
func atSpent(err error) error {
	if refused, ok := err.(problem.Refused); ok {
		return problem.Invalid{"spent": refused.Error()}
	}
	return err
}

func returnReservation(c *call) (string, error) {
	id := c.id("id")
	c.say(saidGiven)
	return reservationHref(id), budget.Release(c.tx, c.me, id)
}

func holdReservation(c *call) (string, error) {
	id, wrong := c.id("id"), problem.Invalid{}
	until := c.day("until", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	r, err := budget.ReservationByID(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	c.say(saidLonger)
	if err := budget.HoldUntil(c.tx, c.me, id, until); err != nil {
		return "", err
	}
	return reservationHref(id), c.asRead(r, "until", r.Until.String())
}
