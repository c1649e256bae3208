package budget_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func change(t *testing.T, s testkit.Store, by org.Actor, id db.ID, in budget.Text) error {
	t.Helper()
	now := lineNow(t, s, by, id)
	return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return budget.Change(tx, by, id, now.Revision, in) })
}

func at(err error, field string) bool {
	var wrong problem.Invalid
	return errors.As(err, &wrong) && len(wrong) == 1 && wrong[field] != ""
}

// A year from July to June is offered and holds its money until its own last day.
func TestALineLastsUntilItsOwnLastDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in := text(c.Ana, 1000)
		in.LastDay = civil.On(2028, time.January, 1)
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := budget.Make(tx, c.Ada, in); return err }); !at(err, "last_day") {
			t.Errorf("a last day years later: %v", err)
		}
		in.LastDay = civil.On(2027, time.June, 30)
		july := line(t, s, c.Ada, in)
		if r, err := reserve(t, s, c.Ana, july.ID, anAsk("a", c.Ines), euro(100)); err != nil || r.Until != in.LastDay {
			t.Errorf("held until %s, %v, want %s", r.Until, err, in.LastDay)
		}
		in = text(c.Ana, 1000)
		in.CostCentre = "4712"
		if calendar := line(t, s, c.Ada, in); calendar.LastDay != civil.On(2026, time.December, 31) {
			t.Errorf("without a last day it ends on %s", calendar.LastDay)
		}
		offered := func(day civil.Date, want int) {
			t.Helper()
			s.Clock.Move(day.At(12, 0, time.UTC).Sub(s.DB.Now()))
			all := testkit.Read(t, s, func(tx *db.Tx) ([]budget.Offer, error) {
				return budget.Offered(tx, c.Ana, c.Ines.Person, "EUR", "")
			})
			if len(all) != want {
				t.Errorf("%d lines are offered on %s, want %d", len(all), day, want)
			}
		}
		offered(civil.On(2026, time.December, 30), 2)
		offered(civil.On(2027, time.January, 2), 1)
		offered(civil.On(2027, time.June, 29), 1)
		offered(civil.On(2027, time.July, 2), 0)
	})
}

// What stands in the history of a line is read in its currency and year: they stay, also when all has returned.
func TestTheHistoryOfALineKeepsItsCurrencyAndYear(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		l := line(t, s, c.Ada, text(c.Ana, 1000))
		dollars, later := text(c.Ana, 1000), text(c.Ana, 1000)
		dollars.Amount, later.Year = money.Of(1000, "USD"), 2027
		for _, in := range []budget.Text{dollars, later, text(c.Ana, 1000)} {
			if err := change(t, s, c.Ada, l.ID, in); err != nil {
				t.Fatalf("before anything was reserved: %v", err)
			}
		}
		what := anAsk("a", c.Ines)
		what.Until = civil.On(2026, time.December, 20)
		r, err := reserve(t, s, c.Ana, l.ID, what, euro(600))
		if err != nil {
			t.Fatal(err)
		}
		early, late := text(c.Ana, 1000), text(c.Ana, 1000)
		early.LastDay, late.LastDay = what.Until.AddDays(-1), what.Until
		if err := change(t, s, c.Ada, l.ID, early); !at(err, "last_day") {
			t.Errorf("a last day before that of what is held: %v", err)
		}
		if err := change(t, s, c.Ada, l.ID, late); err != nil {
			t.Error(err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return budget.Release(tx, c.Ines, r.ID) })
		if err := change(t, s, c.Ada, l.ID, dollars); !at(err, "currency") {
			t.Errorf("another currency after all returned: %v", err)
		}
		if err := change(t, s, c.Ada, l.ID, later); !at(err, "year") {
			t.Errorf("another year after all returned: %v", err)
		}
	})
}

// Of a line that is closed, what is held can be spent, and nothing beyond.
func TestNothingNewIsTakenOfAClosedLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		l := line(t, s, c.Ada, text(c.Ana, 1000))
		r, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Ines), euro(300))
		if err != nil {
			t.Fatal(err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return budget.Close(tx, c.Ada, l.ID) })
		spend := func(minor int64) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return budget.Spend(tx, c.Ana, r.ID, euro(minor)) })
		}
		if err := spend(301); !refused(err) {
			t.Errorf("more than was held: %v, want a refusal", err)
		}
		if err := spend(200); err != nil {
			t.Fatal(err)
		}
		if err := spend(201); !refused(err) {
			t.Errorf("more than was spent: %v, want a refusal", err)
		}
		if err := spend(150); err != nil {
			t.Errorf("the figure is put right: %v", err)
		}
		stands(t, lineNow(t, s, c.Ana, l.ID), 0, 150, 850)
	})
}

// Where a second one is named, the owner's manager says no yes to what the owner wants.
func TestTheManagerOfTheOwnerSaysYesOnlyWhereNoSecondIsNamed(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	in := text(c.Tomas, 1000)
	in.Second = c.Mira.Self()
	l := line(t, s, c.Ada, in)
	if _, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Tomas), euro(100)); !errors.Is(err, problem.NotFound) {
		t.Errorf("the owner's manager, where a second one is named: %v, want not found", err)
	}
	in.Second = org.Party{}
	if err := change(t, s, c.Ada, l.ID, in); err != nil {
		t.Fatal(err)
	}
	if _, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Tomas), euro(100)); err != nil {
		t.Errorf("the owner's manager, where none is: %v", err)
	}
}
