package conversation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func begins(t testing.TB, s testkit.Store, me org.Actor, with org.Party) conversation.Cadence {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Cadence, error) {
		return conversation.Begin(tx, me, with, conversation.Usual)
	})
}

// planned is all that a cadence has in two years, as one side sees it.
func planned(t testing.TB, s testkit.Store, me org.Actor, of conversation.Cadence) []conversation.Conversation {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]conversation.Conversation, error) {
		return conversation.OfCadence(tx, me, of, tx.Now().AddDate(-1, 0, 0), tx.Now().AddDate(3, 0, 0))
	})
}

func said(list []conversation.Conversation) (all []string) {
	for _, c := range list {
		all = append(all, fmt.Sprintf("%s %s %s %d %s", c.Month.String()[:7], c.Kind, c.At.Format("2006-01-02 15:04"), c.Minutes, c.State))
	}
	return all
}

func TestWhoBeginsWithTheirManagerHasTheYearLaidOutForBoth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example") // on 23 November: the next year is laid out too
		year := begins(t, s, c.Ines, c.Tomas.Self())
		mine, theirs := planned(t, s, c.Ines, year), planned(t, s, c.Tomas, year)
		if len(mine) != 13 || !slices.Equal(said(mine), said(theirs)) {
			t.Fatalf("she sees %q, he %q", said(mine), said(theirs))
		}
		for n, one := range mine {
			if one.State != conversation.Planned || !one.Owner.Is(c.Ines) || one.Month.Month() != one.At.Month() || (n%3 == 0) != one.Kind.Deep() {
				t.Errorf("number %d is %s", n, said(mine[n:n+1]))
			}
		}
		refused(t, s, "a second one with the same", func(tx *db.Tx) error {
			_, err := conversation.Begin(tx, c.Ines, c.Tomas.Self(), conversation.Usual)
			return err
		})
		for _, other := range []org.Actor{c.Ada, c.Mira} {
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := conversation.CadenceByID(tx, other, year.ID); return err }); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s finds it: %v", other.Name, err)
			}
		}
	})
}

func TestWhatAManagerProposesCountsOnceItIsTaken(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		year := begins(t, s, c.Tomas, c.Ines.Self())
		if year.State != conversation.CadenceProposed || len(planned(t, s, c.Ines, year)) > 0 {
			t.Fatalf("only proposed, it is %s", year.State)
		}
		refused(t, s, "his own proposal", func(tx *db.Tx) error { return conversation.Take(tx, c.Tomas, year.ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Take(tx, c.Ines, year.ID) })
		if got := planned(t, s, c.Tomas, year); len(got) != 13 {
			t.Errorf("taken, it has %q", said(got))
		}
		refused(t, s, "the manager on the rhythm", func(tx *db.Tx) error {
			return conversation.ChangeRhythm(tx, c.Tomas, year.ID, 2, conversation.Rhythm{SprintMonths: 1, SprintMinutes: 20, DeepMinutes: 60, DeepMonths: 3})
		})
	})
}

func TestMovingAPlannedOneMovesNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		year := begins(t, s, c.Ines, c.Tomas.Self())
		before := planned(t, s, c.Ines, year)
		third := before[2]
		moved := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Propose(tx, c.Tomas, third.ID, third.Revision, conversation.Time{At: third.At.Add(time.Hour), Minutes: third.Minutes})
		})
		if moved.State != conversation.Planned {
			t.Errorf("both are free an hour later, and yet it is %s", moved.State)
		}
		night := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Propose(tx, c.Tomas, third.ID, moved.Revision, conversation.Time{At: civil.In(third.At, time.UTC).At(3, 0, time.UTC), Minutes: third.Minutes})
		})
		if night.State != conversation.Requested || !night.WaitsFor(c.Ines) {
			t.Errorf("at night nobody works, and yet it is %s", night.State)
		}
		after := planned(t, s, c.Ines, year)
		for n := range after {
			if n != 2 && said(before[n : n+1])[0] != said(after[n : n+1])[0] {
				t.Errorf("number %d was %q and is %q", n, said(before[n:n+1]), said(after[n:n+1]))
			}
		}
		// Another rhythm lays out anew what is as it was, and leaves what was moved.
		longer := conversation.Usual
		longer.SprintMinutes, longer.Kinds = 20, []conversation.Kind{conversation.Advance, conversation.Align}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.AddItem(tx, c.Ines, before[4].ID, conversation.ItemInput{Words: "Mine"})
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.ChangeRhythm(tx, c.Ines, year.ID, 1, longer) })
		anew := planned(t, s, c.Ines, year)
		if len(anew) != 13 || anew[0].Kind != conversation.Advance || anew[1].Minutes != 20 || anew[0].ID != before[0].ID {
			t.Errorf("laid out anew: %q", said(anew))
		}
		if said(anew[2:3])[0] != said(after[2:3])[0] || said(anew[4:5])[0] != said(after[4:5])[0] {
			t.Errorf("what was moved is %q, what was prepared %q", said(anew[2:3]), said(anew[4:5]))
		}
	})
}

func TestSkippingSaysWhyAndOffersADate(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		year := begins(t, s, c.Ines, c.Tomas.Self())
		list := planned(t, s, c.Ines, year)
		offers := testkit.Read(t, s, func(tx *db.Tx) ([]time.Time, error) { return conversation.Offers(tx, c.Ines, list[1]) })
		if len(offers) != 3 {
			t.Fatalf("offered are %v instead of %v", offers, list[1].At)
		}
		var wrong problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return conversation.Skip(tx, c.Ines, list[1].ID, conversation.SkipInput{Revision: 1})
		}); !errors.As(err, &wrong) || wrong["for"] == "" {
			t.Errorf("without a reason: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.Skip(tx, c.Ines, list[1].ID, conversation.SkipInput{Revision: 1, For: conversation.SkipAway, Words: "The fair", Instead: offers[0]})
		})
		if got := stands(t, s, c.Tomas, list[1].ID, conversation.Planned); !got.At.Equal(offers[0]) || got.SkippedWords != "The fair" {
			t.Errorf("put off, it is %+v", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.Skip(tx, c.Tomas, list[2].ID, conversation.SkipInput{Revision: 1, For: conversation.SkipFull})
		})
		if got := stands(t, s, c.Ines, list[2].ID, conversation.Cancelled); got.CancelledBecause != conversation.BySkipping || got.SkippedFor != conversation.SkipFull {
			t.Errorf("skipped, it is %+v", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Pause(tx, c.Ines, year.ID) })
		if got := planned(t, s, c.Ines, year); len(got) != 2 {
			t.Errorf("paused, there is %q", said(got))
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Resume(tx, c.Ines, year.ID) })
		if got := planned(t, s, c.Ines, year); len(got) != 13 || got[2].State != conversation.Cancelled {
			t.Errorf("resumed, there is %q", said(got))
		}
	})
}

func TestTheNextYearIsLaidOutOnceBeforeTheOldOneEnds(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		s.Clock.MoveDays(-175) // to 1 June
		year := begins(t, s, c.Ines, c.Tomas.Self())
		if got := planned(t, s, c.Ines, year); len(got) != 7 || got[0].Kind != conversation.Align {
			t.Fatalf("the rest of the year is %q", said(got))
		}
		runs := func() {
			if err := conversation.LayOutYear(context.Background(), s.DB, "", job.Args{"organisation": c.Ines.Organisation, "partner": c.Tomas.Person}); err != nil {
				t.Fatal(err)
			}
		}
		before := said(planned(t, s, c.Ines, year))
		runs()
		if again := said(planned(t, s, c.Ines, year)); !slices.Equal(before, again) {
			t.Errorf("too early, it makes %q of %q", again, before)
		}
		s.Clock.MoveDays(175)
		runs()
		runs()
		list := planned(t, s, c.Ines, year)
		months := map[civil.Date]int{}
		for _, one := range list {
			months[one.Month]++
		}
		for month, n := range months {
			if n != 1 {
				t.Errorf("%s has %d", month, n)
			}
		}
		if list[len(list)-1].Month != civil.On(2027, time.December, 1) || list[len(list)-1].Kind != conversation.Amplify || len(list) != 19 {
			t.Errorf("the year that comes is %q", said(list))
		}
	})
}

func TestALineThatEndsEndsItsYear(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		year := begins(t, s, c.Ines, c.Tomas.Self())
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, "") })
		if got := planned(t, s, c.Ines, year); len(got) > 0 {
			t.Errorf("left over is %q", said(got))
		}
		if got := testkit.Read(t, s, func(tx *db.Tx) ([]conversation.Cadence, error) { return conversation.Cadences(tx, c.Ines) }); len(got) > 0 {
			t.Errorf("it still stands: %+v", got)
		}
	})
}

func TestAManagersYearsNeverMeetInOneHour(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		hours := map[string]db.ID{}
		var team []org.Actor
		for n := range 6 {
			team = append(team, testkit.Write(t, s, func(tx *db.Tx) (org.Actor, error) {
				p, err := org.Add(tx, c.Ada, org.Details{Name: fmt.Sprint("Person ", n), Email: fmt.Sprintf("p%d@weir.example", n), TimeZone: "Europe/Berlin"})
				if err != nil {
					return org.Actor{}, err
				}
				if err := org.SetManager(tx, c.Ada, p.ID, c.Tomas.Person); err != nil {
					return org.Actor{}, err
				}
				return org.UnscopedActor(tx, c.Ada.Organisation, p.ID)
			}))
		}
		for _, p := range team {
			for _, one := range planned(t, s, p, begins(t, s, p, c.Tomas.Self())) {
				hour := one.At.In(c.Tomas.Zone).Format("2006-01-02 15h")
				if hours[hour] != "" {
					t.Errorf("two are at %s", hour)
				}
				hours[hour] = one.ID
			}
		}
		if len(hours) != 6*13 {
			t.Errorf("%d of %d were placed", len(hours), 6*13)
		}
	})
}
