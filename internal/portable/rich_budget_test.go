package portable_test

import (
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
)

// What is exported of budgets: what was held for somebody, and what they approved.
func init() {
	exported = append(exported, "budgets.cost_centre", "budgets.name")
	notExported["budgets.currency"] = "three letters, no words"
	notExported["budgets.last_day"] = "a day, no words"
	notExported["budgets.fold"] = "made from a name"
}

// money lets Ines approve what Mira wants, and have what Ana approved.
func (r rich) money() {
	line := func(tx *db.Tx, owner org.Actor, centre string) (budget.Line, error) {
		return budget.Make(tx, r.Ada, budget.Text{CostCentre: centre, Year: 2026, Name: "Learning", Amount: money.Of(500_00, "EUR"), Owner: owner.Self()})
	}
	reserve := func(by, whom org.Actor, centre string) (id db.ID) {
		r.do(func(tx *db.Tx) error {
			l, err := line(tx, by, centre)
			if err != nil {
				return err
			}
			held, err := budget.Reserve(tx, by, l.ID, budget.For{Thing: event.Thing{Kind: "ask", ID: tx.NewID()}, Whom: whom.Person}, money.Of(120_50, "EUR"))
			id = held.ID
			return err
		})
		return id
	}
	reserve(r.Ines, r.Mira, "4712")
	mine := reserve(r.Ana, r.Ines, "4711")
	r.do(func(tx *db.Tx) error { return budget.Spend(tx, r.Ines, mine, money.Of(100_00, "EUR")) })
}
