package nets

import (
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
)

// What is kept of budgets.
func init() {
	for _, name := range []string{"budgets.fold", "budgets.currency", "budgets.last_day", "budget_reservations.thing_kind", "budget_reservations.until", "budget_reservations.state"} {
		facts[name] = true
	}
	words = append(words, "budgets.cost_centre", "budgets.name")
	places["/budgets/{id}"] = "budget"
	places["/reservations/{id}"] = "reservation"
}

// holdMoney lets the one who is asked by asks answer for a budget, and hold money of it for an ask of the owner's.
func (s *stage) holdMoney(tx *db.Tx) error {
	by, whom := s.actors[asked], s.actors[owner]
	l, err := budget.Make(tx, s.actors[admin], budget.Text{CostCentre: "4711", Year: 2026, Name: "Learning", Amount: money.Of(100_00, "EUR"), Owner: by.Self()})
	if err != nil {
		return err
	}
	s.things["budget"] = thing{id: l.ID, theirs: true, owner: asked}
	r, err := budget.Reserve(tx, by, l.ID, budget.For{Thing: event.Thing{Kind: "ask", ID: s.things["ask"].id}, Whom: whom.Person}, money.Of(50_00, "EUR"))
	s.things["reservation"] = thing{id: r.ID, theirs: true, owner: owner, sides: []string{asked}, asked: asked}
	return err
}

// formsOfBudgets are those of budgets and of what is held of them.
func (s *stage) formsOfBudgets() map[string]map[string]string {
	line := map[string]string{"name": "Conferences", "cost_centre": "4712", "year": "2026", "amount": "500", "currency": "EUR", "owner": s.actors[asked].Name}
	return map[string]map[string]string{
		"/budgets": line, "/budgets/{id}": line,
		"/reservations/{id}/spending": {"spent": "20"},
		"/reservations/{id}/day":      {"until": "2026-12-24"},
	}
}

// budgets lets an administrator make a budget that somebody answers for, who holds money of it for
// somebody else's ask. What a budget is called, whoever says yes to money reads.
func (w *world) budgets(t testing.TB) {
	a, b := w.pair()
	if w.left[a] || w.left[b] {
		return
	}
	admin := w.admins[w.organisation[a]]
	called := func() string {
		return w.hide(mark{owner: slices.Index(w.people, admin), open: true, sides: []int{a, b}})
	}
	w.do(t, func(tx *db.Tx) error {
		l, err := budget.Make(tx, admin, budget.Text{CostCentre: called(), Year: int64(tx.Now().Year()), Name: called(), Amount: money.Of(500_00, "EUR"), Owner: w.people[a].Self()})
		if err != nil {
			return err
		}
		w.keep("budget", l.ID, a)
		r, err := budget.Reserve(tx, w.people[a], l.ID, budget.For{Thing: event.Thing{Kind: "ask", ID: tx.NewID()}, Whom: w.people[b].Person}, money.Of(100_00, "EUR"))
		w.keep("reservation", r.ID, b)
		if err != nil || w.random.IntN(2) == 0 {
			return err
		}
		return budget.Spend(tx, w.people[b], r.ID, money.Of(int64(1+w.random.IntN(100_00)), "EUR"))
	})
}
