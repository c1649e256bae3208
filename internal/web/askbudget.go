package web

import (
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
)

// reservedShown is the money that is or was held of a budget for an ask.
type reservedShown struct{ Amount, Line, Says, Href, Do string }

func (c *call) reservedShown(r *budget.Reservation) *reservedShown {
	if r == nil {
		return nil
	}
	shown := &reservedShown{Amount: r.Amount.String(), Line: r.LineName, Says: c.reservationState(*r), Href: reservationHref(r.ID), Do: "Look at it"}
	if r.State == budget.Held {
		shown.Do = "Say what was spent, or return it"
	}
	return shown
}

// offeredBudgets are the budgets of this year and the next from which the money of an ask could come.
func (c *call) offeredBudgets(s ask.Story) ([]budget.Offer, error) {
	if s.Cost.Minor == 0 || s.Whom.Contact != "" || c.who.Alone || s.Owner.Is(c.me) {
		return nil, nil
	}
	return budget.Offered(c.tx, c.me, s.Owner.Person, s.Cost.Currency, s.CostCentre)
}

// budgetOf offers the one who says yes a budget from which the money comes: that of the cost centre that
// who asks has named, to begin with.
func (c *call) budgetOf(form Form, s ask.Story) (*Field, error) {
	offers, err := c.offeredBudgets(s)
	if err != nil || len(offers) == 0 {
		return nil, err
	}
	if seat, err := s.ForASeat(c.tx, c.me); err != nil || seat {
		return c.withTheSeat(form, ""), err
	}
	options, usual := []Option{{Value: "", Label: "None that is kept here"}}, ""
	for _, o := range offers {
		label := o.Title() + ", " + o.CostCentre
		if o.Yours {
			label += ": you answer for it"
		} else if o.Owner.Person != s.Owner.Person {
			label += ": " + o.Owner.Name + " answers for it"
		}
		options = append(options, Option{Value: string(o.ID), Label: label})
		if usual == "" && s.CostCentre != "" && strings.EqualFold(o.CostCentre, s.CostCentre) {
			usual = string(o.ID)
		}
	}
	field := form.field(Field{Name: "budget", Label: "From which budget does the money come?", Type: "select", Options: options,
		Hint: "It is reserved with the yes. Where somebody else answers for the budget, they are asked for theirs."}, usual)
	return &field, nil
}

// withTheSeat says that the money of an ask for a seat is held with the seat: no budget is chosen here.
func (c *call) withTheSeat(form Form, none db.ID) *Field {
	field := form.field(Field{Name: "budget", Label: "From which budget does the money come?", Type: "select", Options: []Option{{Value: string(none), Label: "That of the programme, with the seat"}},
		Hint: "It asks for a seat in the catalogue. Whoever answers for that budget says yes to the seat, and the money is held then, once."}, string(none))
	return &field
}

// moneyBudgetOf offers who answers for the money the budgets that they answer for themselves.
func (c *call) moneyBudgetOf(form Form, s ask.Story, first ask.Approval) (*Field, error) {
	offers, err := c.offeredBudgets(s)
	if err != nil {
		return nil, err
	}
	if seat, err := s.ForASeat(c.tx, c.me); err != nil || seat {
		return c.withTheSeat(form, ask.WithoutBudget), err
	}
	options, usual := []Option{{Value: string(ask.WithoutBudget), Label: "None that is kept here"}}, string(ask.WithoutBudget)
	for _, o := range offers {
		if !o.Yours {
			continue
		}
		options = append(options, Option{Value: string(o.ID), Label: o.Title() + ", " + o.CostCentre + ": " + o.Free.String() + " free"})
		if o.ID == first.Budget {
			usual = string(o.ID)
		}
	}
	if len(options) == 1 && first.Budget == "" {
		return nil, nil
	}
	hint := first.First.Name + " chose it. It is reserved with your yes."
	if usual == string(ask.WithoutBudget) {
		hint = "What you choose is reserved with your yes."
	}
	field := form.field(Field{Name: "budget", Label: "From which budget does the money come?", Type: "select", Options: options, Hint: hint}, usual)
	return &field, nil
}
