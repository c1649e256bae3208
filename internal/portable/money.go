package portable

import (
	"fmt"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
)

// takeMoney adds what was held of budgets for the actor, and what they approved for others.
func (f *File) takeMoney(tx *db.Tx, me org.Actor, others *org.Companions) error {
	var err error
	if f.Reservations, err = budget.TakeAlong(tx, me, others); err != nil {
		return err
	}
	f.Reservations, err = withRecords(tx, me, "reservation", f.Reservations, reservationID)
	return err
}

func reservationID(a budget.Along) db.ID { return a.ID }

func (r reader) reservationRecord(a budget.Along) Record {
	amount := money.Of(a.Minor, a.Currency)
	one := Record{
		Title: fmt.Sprintf("%s of %s %d", amount, a.Budget, a.Year),
		About: fmt.Sprintf("%s approved it for %s on %s, for: %s.", r.Who(a.By), r.who(a.Whom), r.at(a.At), a.For.Kind),
	}
	one.add("Cost centre", a.CostCentre)
	one.add("Held until", a.Until.String())
	switch a.State {
	case budget.Spent:
		one.add("Spent", fmt.Sprintf("%s, on %s", money.Of(a.Spent, a.Currency), r.at(a.EndedAt)))
	case budget.Held:
	default:
		one.add("Returned", r.at(a.EndedAt))
	}
	return one
}
