package programme_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

// A budget that takes nothing new any more gives no seat, and another can take over although people signed up: its owner is
// asked anew by those who wait.
func TestAnotherBudgetTakesOverFromOneThatIsOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line := has(t, s, c, 500_00)
		next := testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
			return budget.Make(tx, c.Ada, budget.Text{CostCentre: "4712", Year: 2027, Name: "Conferences", Amount: money.Of(500_00, "EUR"), Owner: c.Mira.Self()})
		})
		id := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Cost, in.Budget = money.Of(100_00, "EUR"), line }))
		ines, joel := signsUp(t, s, c.Ines, id), signsUp(t, s, c.Joel, id)
		yes := programme.Answer{Yes: true}
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Ana, ines, yes) })
		paidFrom := func(line db.ID, cost int64) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
				p, err := programme.ByID(tx, c.Ada, id)
				p.Budget, p.Cost.Minor = line, cost
				return errors.Join(err, programme.Change(tx, c.Ada, id, p.Revision, p.Text))
			})
		}
		if err := paidFrom(next.ID, 100_00); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("another budget while the first is open: %v, want a message", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return budget.Close(tx, c.Ada, line) })
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Ana, joel, yes) }); !refused(err) || !strings.Contains(err.Error(), "choose another") {
			t.Errorf("a seat of a budget that was closed: %v, want a refusal with the way on", err)
		}
		if err := paidFrom(next.ID, 200_00); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("another price with it: %v, want a message", err)
		}
		told := func() int64 {
			return testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
				return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'notice' and organisation_id = $1 and args like $2 and args like $3",
					c.Organisation.ID, "%"+string(c.Mira.Person)+"%", "%"+string(joel)+"%")
			})
		}
		if n := told(); n != 0 {
			t.Errorf("who answers for the other budget is told %d times before", n)
		}
		if err := paidFrom(next.ID, 100_00); err != nil {
			t.Fatal(err)
		}
		if n := told(); n != 1 {
			t.Errorf("who answers now is told %d times, want once", n)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Ana, joel, yes) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("who answered before says yes: %v, want not found", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Mira, joel, yes) })
		stands(t, s, c.Joel, joel, programme.Placed)
		held(t, s, c, line, 100_00, 0)
		if err := paidFrom(line, 100_00); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("back to the one that was closed: %v, want a message", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.GiveUp(tx, c.Ines, ines) })
		held(t, s, c, line, 0, 0)
	})
}
