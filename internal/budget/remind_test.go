package budget_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/testkit"
)

// Both sides are told once, two weeks before held money goes back; whoever answers for the line by then, and not where
// the day was moved or all is spent.
func TestBothSidesAreToldBeforeHeldMoneyGoesBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		l := line(t, s, c.Ada, text(c.Ana, 1000))
		var told []db.ID
		kinds := map[string]job.Do{budget.LapseJob: budget.Lapse, budget.RemindJob: budget.SendReminder,
			notice.Job: func(_ context.Context, _ *db.DB, _ db.ID, args job.Args) error {
				if args["kind"] != db.ID(notice.Reminder) || args["thing_kind"] != "reservation" {
					t.Errorf("told %v", args)
				}
				told = append(told, args["person"])
				return nil
			}}
		runner := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), kinds)
		day := func(days int, want ...db.ID) {
			t.Helper()
			told = nil
			s.Clock.MoveDays(days)
			for range 2 {
				if _, err := runner.RunDue(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			slices.Sort(told)
			slices.Sort(want)
			if !slices.Equal(told, want) {
				t.Errorf("told %v, want %v", told, want)
			}
		}
		hold := func(n string, days int) db.ID {
			what := anAsk(n, c.Ines)
			what.Until = civil.In(s.DB.Now(), time.UTC).AddDays(days)
			r, err := reserve(t, s, c.Ana, l.ID, what, euro(100))
			if err != nil {
				t.Fatal(err)
			}
			return r.ID
		}
		hold("short", 8)
		hold("kept", 27)
		moved, spent := hold("moved", 27), hold("spent", 27)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return errors.Join(budget.HoldUntil(tx, c.Ana, moved, civil.In(tx.Now(), time.UTC).AddDays(35)), budget.Spend(tx, c.Ines, spent, euro(50)))
		})
		if err := change(t, s, c.Ada, l.ID, text(c.Mira, 1000)); err != nil {
			t.Fatal(err)
		}
		both := []db.ID{c.Ines.Person, c.Mira.Person}
		day(7)
		day(2, both...) // what was short went back, without a reminder before
		day(5, both...) // a reminder of what is kept
		day(8, both...) // of what was moved
		day(6, both...) // what was kept went back
		day(8, both...) // and what was moved
		day(9)
	})
}
