package nets

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// TestNoMoneyIsGivenTwice lets people reserve, spend and return at random, also what is not there and what is
// their own: each is done or refused in words, and the sums of the budget are kept here once more.
func TestNoMoneyIsGivenTwice(t *testing.T) {
	const has = 1_000
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 7))
	line := testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
		return budget.Make(tx, c.Ada, budget.Text{CostCentre: "4711", Year: 2026, Name: "Learning", Amount: money.Of(has, "EUR"), Owner: c.Ana.Self(), Second: c.Tomas.Self()})
	})
	people := []org.Actor{c.Ana, c.Tomas, c.Ines, c.Joel}
	held, spent := map[db.ID]int64{}, map[db.ID]int64{}
	sum := func() (all int64) {
		for _, each := range []map[db.ID]int64{held, spent} {
			for _, n := range each {
				all += n
			}
		}
		return all
	}
	for n := range 80 {
		by, whom, amount := people[random.IntN(2)], people[random.IntN(4)], int64(1+random.IntN(400))
		var id db.ID
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			r, err := budget.Reserve(tx, by, line.ID, budget.For{Thing: event.Thing{Kind: "ask", ID: tx.NewID()}, Whom: whom.Person}, money.Of(amount, "EUR"))
			id = r.ID
			return err
		})
		mayHave := by.Person != whom.Person && sum()+amount <= has
		switch refused := errors.As(err, new(problem.Refused)); {
		case err == nil && by.Person == whom.Person, !refused && by.Person == whom.Person:
			t.Fatalf("seed %d, act %d: somebody says yes to their own money, and it comes to: %v", seed, n, err)
		case err == nil && !mayHave, !refused && !mayHave:
			t.Fatalf("seed %d, act %d: %d are given of %d, of which %d are taken, and it comes to: %v", seed, n, amount, has, sum(), err)
		case err != nil && mayHave:
			t.Fatalf("seed %d, act %d: %d are refused of %d, of which %d are taken: %v", seed, n, amount, has, sum(), err)
		case err == nil:
			held[id] = amount
		}
		for id, amount := range held {
			if random.IntN(3) > 0 {
				continue
			}
			part := int64(random.IntN(int(amount) + 1))
			testkit.Do(t, s, func(tx *db.Tx) error {
				if part == 0 {
					return budget.Release(tx, c.Ana, id)
				}
				return budget.Spend(tx, c.Ana, id, money.Of(part, "EUR"))
			})
			delete(held, id)
			spent[id] = part
		}
		now := testkit.Read(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.ByID(tx, c.Ana, line.ID) })
		if now.Reserved+now.Spent != sum() || now.Free() < 0 {
			t.Fatalf("seed %d, act %d: the budget says %d and %d, and %d are taken", seed, n, now.Reserved, now.Spent, sum())
		}
	}
}
