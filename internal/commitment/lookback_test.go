package commitment_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func looksBack(t testing.TB, s testkit.Store, me org.Actor, id db.ID, in commitment.Look) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return commitment.LookBack(tx, me, id, in) })
}

func waits(t testing.TB, s testkit.Store, c testkit.Company, id db.ID, on civil.Date, promiser, receiver commitment.Wait) {
	t.Helper()
	p := sees(t, s, c.Ines, id)
	if got := p.WaitsFor(c.Tomas, on); got != promiser {
		t.Errorf("on %s it waits for %q of the one who promised, want %q", on, got, promiser)
	}
	if got := p.WaitsFor(c.Ines, on); got != receiver {
		t.Errorf("on %s it waits for %q of the receiver, want %q", on, got, receiver)
	}
}

func TestEachSideIsAskedOnceOnTheDayToLookBackAndAgainOnAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		waits(t, s, c, p.ID, p.CheckIn.AddDays(-1), commitment.ForMyPromise, commitment.ForNothing)
		waits(t, s, c, p.ID, p.CheckIn, commitment.ForMyLook, commitment.ForMyLook)
		s.Clock.MoveDays(100)
		looksBack(t, s, c.Tomas, p.ID, commitment.Look{Happened: commitment.StillNot, Note: "They are on a retreat"})
		waits(t, s, c, p.ID, p.CheckIn.AddDays(9), commitment.ForMyPromise, commitment.ForMyLook)
		refused(t, s, func(tx *db.Tx) error {
			return commitment.LookBack(tx, c.Tomas, p.ID, commitment.Look{Happened: commitment.StillNot})
		})

		another := p.CheckIn.AddDays(60)
		looksBack(t, s, c.Ines, p.ID, commitment.Look{Happened: commitment.StillNot, Due: another})
		now := sees(t, s, c.Tomas, p.ID)
		if now.Due != p.Due || now.Change.Due != another {
			t.Errorf("after the answer it is due %s, with %s proposed; want %s and %s", now.Due, now.Change.Due, p.Due, another)
		}
		waits(t, s, c, p.ID, p.CheckIn.AddDays(9), commitment.ForMyAnswer, commitment.ForNothing)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Tomas, p.ID, now.Change.ID) })
		now = sees(t, s, c.Tomas, p.ID)
		waits(t, s, c, p.ID, now.CheckIn.AddDays(-1), commitment.ForMyPromise, commitment.ForNothing)
		waits(t, s, c, p.ID, now.CheckIn, commitment.ForMyLook, commitment.ForMyLook)
	})
}

func TestTheOneWhoPromisedSaysDoneOnTheDayToLookBackAndCannotSettleItAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		s.Clock.MoveDays(100)
		err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return commitment.LookBack(tx, c.Tomas, p.ID, commitment.Look{Happened: commitment.ItDidNotKeep})
		})
		if !errors.As(err, new(problem.Invalid)) {
			t.Errorf("called broken by the one who promised: %v", err)
		}
		looksBack(t, s, c.Tomas, p.ID, commitment.Look{Happened: commitment.Yes})
		waits(t, s, c, p.ID, p.CheckIn.AddDays(9), commitment.ForNothing, commitment.ForMyWord)
		refused(t, s, func(tx *db.Tx) error {
			return commitment.LookBack(tx, c.Ines, p.ID, commitment.Look{Happened: commitment.ItDidNotKeep})
		})
		stands(t, s, c.Ines, p.ID, commitment.Open)
	})
}

func TestADayLastsUntilItIsOverWhereTheOneWhoPromisedIs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		s.Clock.Move(due.At(23, 30, c.Tomas.Zone).Sub(s.Clock.Now()))
		east, err := time.LoadLocation("Pacific/Auckland")
		if err != nil {
			t.Fatal(err)
		}
		c.Ines.Zone = east // where it is the next day
		refused(t, s, func(tx *db.Tx) error { return commitment.CallItBroken(tx, c.Ines, p.ID, "") })
	})
}

func TestSeveralDaysToLookBackAreOneMailEachAndNoneComesTwice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var moved commitment.Commitment
		for n := range 6 { // one a day
			in := promise(c.Tomas, c.Ines)
			in.CheckIn = due.AddDays(10 + n)
			moved = makes(t, s, c.Tomas, in)
		}
		answered := makes(t, s, c.Tomas, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "Ask for the room", Due: due, CheckIn: due.AddDays(10)})
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.ReleaseIt(tx, c.Ines, answered.ID, "") })
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.Propose(tx, c.Ines, moved.ID, commitment.NewTerms{CheckIn: due.AddDays(12)})
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.Agree(tx, c.Tomas, moved.ID, sees(t, s, c.Tomas, moved.ID).Change.ID)
		})
		s.Clock.MoveDays(14 + 14) // the program stood still until two weeks after all were due
		if got := reminded(t, s); len(got) != 2 {
			t.Fatalf("after standing still for long, reminders %v, want one to each", got)
		}
		lists := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
			return db.List(tx, db.Scanned[string], "select args from jobs where kind = 'notice' and args like '%reminder%'")
		})
		for _, args := range lists {
			if !strings.Contains(args, `"commitments"`) {
				t.Errorf("the one mail leads to %s, want to the list", args)
			}
		}
		for range 10 {
			s.Clock.MoveDays(1)
			if got := reminded(t, s); len(got) != 2 {
				t.Fatalf("again: %v", got)
			}
		}
	})
}
