package ask

import (
	"errors"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// WithoutBudget says that the money comes from no budget that is kept here.
const WithoutBudget db.ID = "none"

// fromBudget finds whose yes the budget needs that was chosen: none but the actor's, where they answer for
// it; else that of who does, who is asked for it as anybody is who answers for the money.
func (a Ask) fromBudget(tx *db.Tx, me org.Actor, r Reply) (Reply, error) {
	o, err := budget.OfferByID(tx, me, a.Owner.Person, r.Budget)
	if err != nil {
		return r, err
	}
	if a.Whom.Contact != "" {
		return r, problem.NotFound
	}
	if err := a.noSeat(tx, me); err != nil {
		return r, err
	}
	wrong := problem.Invalid{}
	wrong.Check(a.Cost.Minor > 0, "budget", "This names no amount, so nothing can be reserved for it. Leave the budget out.")
	wrong.Check(a.Cost.Minor == 0 || a.Cost.Currency == o.Currency, "budget",
		"This asks for "+a.Cost.Currency+", and “"+o.Title()+"” is kept in "+o.Currency+". Choose a budget in "+a.Cost.Currency+", or none.")
	if err := wrong.Err(); err != nil {
		return r, err
	}
	if r.CostCentre == "" {
		r.CostCentre = o.CostCentre
	}
	if r.Money.String() != "" {
		may, err := budget.PersonMayApprove(tx, me.Organisation, r.Money.Person, o.ID, a.Owner.Person)
		wrong.Check(may, "money", "They do not answer for “"+o.Title()+"”. Leave this empty, and whoever does is asked.")
		return r, errors.Join(err, wrong.Err())
	}
	if o.Yours {
		return r, nil
	}
	if r.Money, err = budget.Approver(tx, me, o, a.Owner.Person); err != nil {
		return r, err
	}
	wrong.Check(r.Money.Person != "", "budget", "Nobody here answers for “"+o.Title()+"” at present. Choose another, or none.")
	wrong.Check(r.Money.Person == "" || len(r.Promises) == 0, "budget", r.Money.Name+" answers for “"+o.Title()+"”, and is asked. Write promises down once both have said yes.")
	return r, wrong.Err()
}

// budget is the line from which the money comes when the second one says yes.
func (in MoneyReply) budget(first Approval) db.ID {
	switch in.Budget {
	case WithoutBudget:
		return ""
	case "":
		return first.Budget
	}
	return in.Budget
}

// forASeat says whose money is held with the seat.
const forASeat = "This asks for a seat of the catalogue that costs money: it is held with the seat, once whoever answers for its budget says yes. Please answer without a budget."

// ForASeat tells whether an ask is for a programme that costs money: its money is held with the seat, and not
// with the answer.
func (a Ask) ForASeat(tx *db.Tx, me org.Actor) (bool, error) {
	var n int64
	err := tx.Get(`
		select count(*) from asks a
		join programmes p on p.organisation_id = a.organisation_id and p.id = a.origin_id
		where a.organisation_id = $1 and a.id = $2 and a.origin_kind = 'programme' and p.cost > 0 and p.state not in ('ended', 'cancelled')`,
		me.Organisation, a.ID).Scan(&n)
	return n > 0, err
}

// noSeat refuses a budget for what is held with a seat.
func (a Ask) noSeat(tx *db.Tx, me org.Actor) error {
	seat, err := a.ForASeat(tx, me)
	if err == nil && seat {
		err = problem.Invalid{"says": forASeat}
	}
	return err
}

// reserve holds the money of an ask that was granted, of a budget that the actor answers for.
func (a Ask) reserve(tx *db.Tx, me org.Actor, line db.ID) error {
	if line == "" {
		return nil
	}
	if err := a.noSeat(tx, me); err != nil {
		return err
	}
	_, err := budget.Reserve(tx, me, line, budget.For{Thing: a.Thing(), Whom: a.Owner.Person}, money.Of(a.Cost.Minor, a.Cost.Currency))
	var refused problem.Refused
	var wrong problem.Invalid
	switch {
	case errors.As(err, &wrong) && wrong["until"] != "": // the answer names no day
		return problem.Invalid{"budget": wrong["until"]}
	case errors.As(err, &refused):
		return problem.Invalid{"budget": refused.Error()}
	case errors.Is(err, problem.NotFound):
		return problem.Invalid{"budget": "You do not answer for this budget. Choose one that you answer for, or go without, or hand the answer on to who does."}
	}
	return err
}

// takesThePlace returns what is still held for the ask of which this is the return: the answer to this one takes
// its place, also of its money.
func (a Ask) takesThePlace(tx *db.Tx, me org.Actor) error {
	var previous db.ID
	if err := tx.Get("select previous_id from asks where organisation_id = $1 and id = $2", me.Organisation, a.ID).Scan(&previous); err != nil || previous == "" {
		return err
	}
	return budget.ReleaseFor(tx, me.Organisation, thing(previous), a.Owner.Person)
}

// holdsUntilShown tells whether money is held for what was granted with conditions that are not all shown.
func (s Story) holdsUntilShown(tx *db.Tx, me org.Actor) (bool, error) {
	if s.Answer != YesIf || s.Cost.Minor == 0 || s.can(toJudge, me) != nil || AllShown(s.Criteria) {
		return false, nil
	}
	return budget.UnscopedHolds(tx, me.Organisation, s.Thing(), s.Owner.Person)
}

// ReturnMoney returns what a yes with conditions holds: whoever decided says that they will not be shown. The answer stays,
// and so does what must be shown for the next.
//
// Errors: problem.NotFound for who did not decide, problem.Refused where nothing is held that waits for them.
func ReturnMoney(tx *db.Tx, me org.Actor, id db.ID) error {
	a, err := find(tx, me, id, toJudge)
	if err != nil {
		return err
	}
	s := Story{Ask: a}
	if s.Criteria, err = CriteriaOf(tx, me, id); err != nil {
		return err
	}
	switch holds, err := s.holdsUntilShown(tx, me); {
	case err != nil:
		return err
	case !holds:
		return problem.Refused("No money waits here for what must be shown: all of it was shown, or the money was returned or spent.")
	}
	if err := happened(tx, me, "ask money returned", id, nil); err != nil {
		return err
	}
	return budget.ReleaseFor(tx, me.Organisation, a.Thing(), a.Owner.Person)
}

// reserved is what is or was held of a budget for the ask; nil where nothing was, or the actor is not told.
func (a Ask) reserved(tx *db.Tx, me org.Actor) (*budget.Reservation, error) {
	if a.State != Decided || a.Cost.Minor == 0 || a.BroughtAlong {
		return nil, nil
	}
	r, err := budget.ReservationFor(tx, me, a.Thing(), a.Owner.Person)
	if errors.Is(err, problem.NotFound) {
		return nil, nil
	}
	return &r, err
}
