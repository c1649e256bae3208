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

// reserve holds the money of an ask that was granted, of a budget that the actor answers for.
func (a Ask) reserve(tx *db.Tx, me org.Actor, line db.ID) error {
	if line == "" {
		return nil
	}
	_, err := budget.Reserve(tx, me, line, budget.For{Thing: a.Thing(), Whom: a.Owner.Person}, money.Of(a.Cost.Minor, a.Cost.Currency))
	var refused problem.Refused
	switch {
	case errors.As(err, &refused):
		return problem.Invalid{"budget": refused.Error()}
	case errors.Is(err, problem.NotFound):
		return problem.Invalid{"budget": "You do not answer for this budget. Choose one that you answer for, or go without, or hand the answer on to who does."}
	}
	return err
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
