package budget_test

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func euro(minor int64) money.Amount { return money.Of(minor, "EUR") }

func text(owner org.Actor, amount int64) budget.Text {
	return budget.Text{CostCentre: "4711", Year: 2026, Name: "Learning", Amount: euro(amount), Owner: owner.Self()}
}

func line(t *testing.T, s testkit.Store, by org.Actor, in budget.Text) budget.Line {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.Make(tx, by, in) })
}

func lineNow(t *testing.T, s testkit.Store, by org.Actor, id db.ID) budget.Line {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.ByID(tx, by, id) })
}

func anAsk(n string, whom org.Actor) budget.For {
	return budget.For{Thing: event.Thing{Kind: "ask", ID: db.ID(n)}, Whom: whom.Person}
}

func reserve(t *testing.T, s testkit.Store, by org.Actor, of db.ID, what budget.For, amount money.Amount) (r budget.Reservation, err error) {
	t.Helper()
	err = db.Do(t.Context(), s.DB, func(tx *db.Tx) (err error) {
		r, err = budget.Reserve(tx, by, of, what, amount)
		return err
	})
	return r, err
}

func refused(err error) bool { return errors.As(err, new(problem.Refused)) }

func stands(t *testing.T, l budget.Line, reserved, spent, free int64) {
	t.Helper()
	if l.Reserved != reserved || l.Spent != spent || l.Free() != free {
		t.Errorf("%d reserved, %d spent, %d free, want %d, %d, %d", l.Reserved, l.Spent, l.Free(), reserved, spent, free)
	}
}

func TestFiftyAtOnceGetExactlyWhatThereIs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		l := line(t, s, c.Ada, text(c.Ana, 1_000_00+99)) // enough for eight, and three cents over
		const each, all = 125_12, 50
		var wait sync.WaitGroup
		var mu sync.Mutex
		got := 0
		for n := range all {
			wait.Go(func() {
				_, err := reserve(t, s, c.Ana, l.ID, anAsk(string(rune('a'+n)), c.Ines), euro(each))
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil:
					got++
				case !refused(err):
					t.Errorf("a reservation beyond what there is: %v, want a refusal", err)
				}
			})
		}
		wait.Wait()
		if got != 8 {
			t.Errorf("%d of %d got their money, want 8", got, all)
		}
		stands(t, lineNow(t, s, c.Ana, l.ID), 8*each, 0, 1_000_99-8*each)
	})
}

func TestNobodySaysYesToTheirOwnMoney(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	own := line(t, s, c.Ada, text(c.Tomas, 1000))
	if _, err := reserve(t, s, c.Tomas, own.ID, anAsk("a", c.Tomas), euro(100)); !refused(err) {
		t.Errorf("the owner for themselves: %v, want a refusal", err)
	}
	for name, who := range map[string]org.Actor{"a colleague": c.Joel, "an administrator": c.Ada, "who reports to the owner": c.Ines} {
		if _, err := reserve(t, s, who, own.ID, anAsk("b", c.Mira), euro(100)); !errors.Is(err, problem.NotFound) {
			t.Errorf("%s says yes: %v, want not found", name, err)
		}
	}
	// For what the owner wants, their manager says yes; for what others want, they do not.
	if _, err := reserve(t, s, c.Ana, own.ID, anAsk("a", c.Tomas), euro(100)); err != nil {
		t.Errorf("the owner's manager for the owner: %v", err)
	}
	if _, err := reserve(t, s, c.Ana, own.ID, anAsk("c", c.Ines), euro(100)); !errors.Is(err, problem.NotFound) {
		t.Errorf("the owner's manager for somebody else: %v, want not found", err)
	}
	// A second one named on the line comes before the manager.
	in := text(c.Tomas, 1000)
	in.CostCentre, in.Second = "4712", c.Mira.Self()
	two := line(t, s, c.Ada, in)
	if _, err := reserve(t, s, c.Mira, two.ID, anAsk("d", c.Tomas), euro(100)); err != nil {
		t.Errorf("the second one for the owner: %v", err)
	}
	for whom, want := range map[*org.Actor]db.ID{&c.Tomas: c.Mira.Person, &c.Mira: c.Tomas.Person, &c.Ines: c.Tomas.Person} {
		who := testkit.Read(t, s, func(tx *db.Tx) (org.Party, error) {
			o, err := budget.OfferByID(tx, c.Ana, whom.Person, two.ID)
			if err != nil {
				return org.Party{}, err
			}
			return budget.Approver(tx, c.Ana, o, whom.Person)
		})
		if who.Person != want {
			t.Errorf("who says yes to what %s wants: %s", whom.Name, who.Name)
		}
	}
}

func TestWhatIsSpentIsTakenFromWhatWasHeldAndTheRestReturns(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	l := line(t, s, c.Ada, text(c.Ana, 1000))
	r, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Ines), euro(600))
	if err != nil {
		t.Fatal(err)
	}
	spend := func(who org.Actor, amount money.Amount) error {
		return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return budget.Spend(tx, who, r.ID, amount) })
	}
	stands(t, lineNow(t, s, c.Ana, l.ID), 600, 0, 400)
	if _, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Ines), euro(1)); !refused(err) {
		t.Errorf("twice for one ask: %v, want a refusal", err)
	}
	if _, err := reserve(t, s, c.Ana, l.ID, anAsk("b", c.Ines), money.Of(100, "USD")); !refused(err) || !strings.Contains(err.Error(), "EUR") {
		t.Errorf("another currency: %v, want a refusal that names the currency of the line", err)
	}
	if err := spend(c.Joel, euro(1)); !errors.Is(err, problem.NotFound) {
		t.Errorf("a colleague says what was spent: %v, want not found", err)
	}
	if err := spend(c.Ines, euro(601)); !refused(err) {
		t.Errorf("more than was approved, by who asked: %v, want a refusal", err)
	}
	if err := spend(c.Ana, euro(1001)); !refused(err) || !strings.Contains(err.Error(), "400") && !strings.Contains(err.Error(), "4 EUR") {
		t.Errorf("more than there is: %v, want a refusal that says what is free", err)
	}
	if err := spend(c.Ines, euro(450)); err != nil {
		t.Fatal(err)
	}
	stands(t, lineNow(t, s, c.Ana, l.ID), 0, 450, 550)
	if err := spend(c.Ines, euro(400)); !refused(err) {
		t.Errorf("who asked puts the figure right: %v, want a refusal", err)
	}
	if err := spend(c.Ana, euro(1000)); err != nil { // all there is
		t.Fatal(err)
	}
	stands(t, lineNow(t, s, c.Ana, l.ID), 0, 1000, 0)
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return budget.Release(tx, c.Ines, r.ID) }); !refused(err) {
		t.Errorf("what was spent is returned: %v, want a refusal", err)
	}
}

func TestWhatIsHeldReturnsWhenItsDayHasPassedOrItsPersonLeaves(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	l := line(t, s, c.Ada, text(c.Ana, 1000))
	runner := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{budget.LapseJob: budget.Lapse})
	run := func() {
		t.Helper()
		if _, err := runner.RunDue(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	soon := anAsk("a", c.Ines)
	soon.Until = testkit.Read(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.ByID(tx, c.Ana, l.ID) }).LastDay.AddDays(-30)
	short, err := reserve(t, s, c.Ana, l.ID, soon, euro(100))
	if err != nil {
		t.Fatal(err)
	}
	long, err := reserve(t, s, c.Ana, l.ID, anAsk("b", c.Ines), euro(200))
	if err != nil || long.Until != l.LastDay {
		t.Fatalf("held until %s, %v, want the end of the year", long.Until, err)
	}
	moved, err := reserve(t, s, c.Ana, l.ID, func() budget.For { w := anAsk("c", c.Mira); w.Until = soon.Until; return w }(), euro(300))
	if err != nil {
		t.Fatal(err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return budget.HoldUntil(tx, c.Ana, moved.ID, soon.Until.AddDays(5)) })
	run()
	stands(t, lineNow(t, s, c.Ana, l.ID), 600, 0, 400)
	s.Clock.MoveDays(10)
	run()
	stands(t, lineNow(t, s, c.Ana, l.ID), 500, 0, 500)
	if r := testkit.Read(t, s, func(tx *db.Tx) (budget.Reservation, error) { return budget.ReservationByID(tx, c.Ines, short.ID) }); r.State != budget.Lapsed {
		t.Errorf("what nobody spent is %s, want lapsed", r.State)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		return budget.PersonLeft(tx, event.Event{Organisation: c.Organisation.ID, Thing: event.Thing{Kind: "person", ID: c.Ines.Person}})
	})
	stands(t, lineNow(t, s, c.Ana, l.ID), 300, 0, 700)
	s.Clock.Move(15 * 24 * time.Hour)
	run()
	run()
	stands(t, lineNow(t, s, c.Ana, l.ID), 0, 0, 1000)
}

func TestALineIsChangedByWhoLooksAfterItAndNeverBelowWhatWasTaken(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := budget.Make(tx, c.Ana, text(c.Ana, 1)); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("a manager makes a line: %v, want not found", err)
	}
	l := line(t, s, c.Ada, text(c.Ana, 1000))
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := budget.Make(tx, c.Ada, text(c.Mira, 1)); return err }); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("the same line again: %v, want a message", err)
	}
	r, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Ines), euro(600))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]budget.Text{
		"less than is taken": text(c.Ana, 599), "another currency": {CostCentre: "4711", Year: 2026, Name: "Learning", Amount: money.Of(5000, "USD"), Owner: c.Ana.Self()},
		"another year": {CostCentre: "4711", Year: 2027, Name: "Learning", Amount: euro(5000), Owner: c.Ana.Self()}, "nobody": {CostCentre: "4711", Year: 2026, Name: "Learning", Amount: euro(5000)},
	} {
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return budget.Change(tx, c.Ada, l.ID, l.Revision, in) }); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("%s: %v, want a message", name, err)
		}
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return budget.Change(tx, c.Ada, l.ID, l.Revision, text(c.Ana, 600)) })
	var conflict *problem.Conflict
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return budget.Change(tx, c.Ada, l.ID, l.Revision, text(c.Ana, 700)) }); !errors.As(err, &conflict) || conflict.Theirs["amount"] != "6" {
		t.Errorf("on the text before: %v, want both amounts", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return budget.Close(tx, c.Ada, l.ID) })
	testkit.Do(t, s, func(tx *db.Tx) error { return budget.Release(tx, c.Ines, r.ID) })
	if _, err := reserve(t, s, c.Ana, l.ID, anAsk("b", c.Ines), euro(1)); !refused(err) {
		t.Errorf("of a line that is closed: %v, want a refusal", err)
	}
	stands(t, lineNow(t, s, c.Ada, l.ID), 0, 0, 600)
}

func TestWhoSeesWhatOfALine(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	in := text(c.Ana, 1000)
	in.Second = c.Mira.Self()
	l := line(t, s, c.Ada, in)
	r, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Ines), euro(600))
	if err != nil {
		t.Fatal(err)
	}
	for name, one := range map[string]struct {
		who         org.Actor
		lines, told bool
	}{"its owner, who approved": {c.Ana, true, true}, "the second": {c.Mira, true, false}, "an administrator": {c.Ada, true, false}, "who it is for": {c.Ines, false, true}, "a colleague": {c.Joel, false, false}} {
		entries := testkit.Read(t, s, func(tx *db.Tx) ([]budget.Reservation, error) { return budget.Entries(tx, one.who, l.ID, "", 10) })
		if (len(entries) == 1) != one.lines {
			t.Errorf("%s sees %d entries", name, len(entries))
		}
		for _, e := range entries {
			if (e.Whom.Name != "" || e.For.ID != "") != one.told {
				t.Errorf("%s is told what it is for and whom: %v", name, e)
			}
		}
		_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (budget.Reservation, error) { return budget.ReservationByID(tx, one.who, r.ID) })
		if sees := err == nil; sees != (one.told || one.who.Person == c.Mira.Person) {
			t.Errorf("%s sees the reservation: %v", name, err)
		}
	}
}

// Whatever is done in whatever order, a line holds exactly what its reservations say, and never more
// than it has.
func TestTheSumsOfALineAreThoseOfItsReservations(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		seed := rand.Uint64()
		r := rand.New(rand.NewPCG(seed, 1))
		t.Logf("seed %d", seed)
		c := testkit.NewCompany(t, s, "weir.example")
		l := line(t, s, c.Ada, text(c.Ana, 5000))
		who := []org.Actor{c.Ana, c.Ines, c.Mira, c.Tomas}
		var ids []db.ID
		for n := range 120 {
			me := who[r.IntN(len(who))]
			amount := euro(int64(r.IntN(2500)))
			_ = db.Do(t.Context(), s.DB, func(tx *db.Tx) (err error) {
				if r.IntN(3) == 0 || len(ids) == 0 {
					held, err := budget.Reserve(tx, me, l.ID, anAsk(string(rune('a'+n)), who[1+r.IntN(3)]), amount)
					if err == nil {
						ids = append(ids, held.ID)
					}
					return err
				}
				id := ids[r.IntN(len(ids))]
				switch r.IntN(4) {
				case 0:
					return budget.Release(tx, me, id)
				case 1:
					now, err := budget.ByID(tx, c.Ada, l.ID)
					if err != nil {
						return err
					}
					return budget.Change(tx, c.Ada, l.ID, now.Revision, text(c.Ana, int64(r.IntN(8000))))
				default:
					return budget.Spend(tx, me, id, amount)
				}
			})
			now := lineNow(t, s, c.Ada, l.ID)
			var reserved, spent int64
			for _, e := range testkit.Read(t, s, func(tx *db.Tx) ([]budget.Reservation, error) { return budget.Entries(tx, c.Ada, l.ID, "", 500) }) {
				spent += e.Spent
				if e.State == budget.Held {
					reserved += e.Amount.Minor
				}
			}
			if now.Reserved != reserved || now.Spent != spent || now.Free() < 0 {
				t.Fatalf("seed %d, step %d: the line says %d and %d of %d, its reservations %d and %d", seed, n, now.Reserved, now.Spent, now.Amount.Minor, reserved, spent)
			}
		}
	})
}
