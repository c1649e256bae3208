package plan_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func goalNow(t *testing.T, s testkit.Store, me org.Actor, id db.ID) plan.Goal {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (plan.Goal, error) { return plan.GoalByID(tx, me, id) })
}

func do(t *testing.T, s testkit.Store, act func(tx *db.Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), s.DB, act); err != nil {
		t.Fatal(err)
	}
}

func toReview(t *testing.T, s testkit.Store, me org.Actor) []plan.Goal {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]plan.Goal, error) {
		return plan.GoalsToReview(tx, me, civil.In(tx.Now(), me.Zone), 10)
	})
}

func TestAGoalIsLookedAtAgainInItsRhythm(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		g := addGoal(t, s, c.Ines, "Sing")
		never := addGoal(t, s, c.Ines, "Rest")
		do(t, s, func(tx *db.Tx) error {
			return plan.ChangeGoal(tx, c.Ines, never.ID, 1, plan.GoalText{Title: "Rest", Rhythm: plan.Never})
		})
		if due := toReview(t, s, c.Ines); len(due) != 0 {
			t.Fatalf("on the first day %d goals are to be looked at again", len(due))
		}
		s.Clock.Move(32 * 24 * time.Hour)
		if due := toReview(t, s, c.Ines); len(due) != 1 || due[0].ID != g.ID {
			t.Fatalf("after a month %v are to be looked at again", due)
		}
		do(t, s, func(tx *db.Tx) error { return plan.PutOffReview(tx, c.Ines, g.ID) })
		if due := toReview(t, s, c.Ines); len(due) != 0 {
			t.Error("it is asked again at once after it was put off")
		}
		s.Clock.Move(7 * 24 * time.Hour)
		do(t, s, func(tx *db.Tx) error {
			_, err := plan.ReviewGoal(tx, c.Ines, g.ID, plan.Review{How: plan.Stuck, Learned: " My voice is\r\nlower "})
			return err
		})
		now := goalNow(t, s, c.Ines, g.ID)
		if now.Revision != 1 || now.ReviewOn != civil.In(s.Clock.Now(), c.Ines.Zone).AddMonths(1) {
			t.Errorf("after a review the goal has revision %d and is looked at again on %s", now.Revision, now.ReviewOn)
		}
		do(t, s, func(tx *db.Tx) error {
			_, err := plan.ReviewGoal(tx, c.Ines, g.ID, plan.Review{How: plan.Reached, Learned: "Start low"})
			return err
		})
		seen := testkit.Read(t, s, func(tx *db.Tx) ([]plan.Review, error) { return plan.Reviews(tx, c.Ines, g.ID, 10) })
		if len(seen) != 2 || seen[0].How != plan.Reached || seen[1].How != plan.Stuck || seen[1].Learned != "My voice is\nlower" {
			t.Errorf("the history is %v", seen)
		}
		if now := goalNow(t, s, c.Ines, g.ID); now.State != plan.Done || now.Learned != "Start low" {
			t.Errorf("a goal that was reached is %s, with %q learned", now.State, now.Learned)
		}
		_, err := db.Write(t.Context(), s.DB, func(tx *db.Tx) (plan.Review, error) {
			return plan.ReviewGoal(tx, c.Ines, g.ID, plan.Review{How: plan.Moved})
		})
		var refused problem.Refused
		if !errors.As(err, &refused) {
			t.Errorf("a look back at a closed goal: %v", err)
		}
	})
}

func TestALookBackIsItsOwnersAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		g := addGoal(t, s, c.Ines, "Sing")
		review := testkit.Write(t, s, func(tx *db.Tx) (plan.Review, error) {
			if err := plan.ShareGoal(tx, c.Ines, g.ID, plan.WithPerson(c.Mira.Person)); err != nil {
				return plan.Review{}, err
			}
			return plan.ReviewGoal(tx, c.Ines, g.ID, plan.Review{How: plan.Moved, Learned: "Breathe"})
		})
		if seen := testkit.Read(t, s, func(tx *db.Tx) ([]plan.Review, error) { return plan.Reviews(tx, c.Mira, g.ID, 10) }); len(seen) != 0 {
			t.Errorf("who sees the goal sees its reviews: %v", seen)
		}
		if theirs := goalNow(t, s, c.Mira, g.ID); theirs.Rhythm != "" || !theirs.ReviewOn.IsZero() {
			t.Errorf("who sees the goal sees that it is looked at again %s, on %s", theirs.Rhythm, theirs.ReviewOn)
		}
		for name, act := range map[string]func(tx *db.Tx) error{
			"review": func(tx *db.Tx) error {
				_, err := plan.ReviewGoal(tx, c.Mira, g.ID, plan.Review{How: plan.Moved})
				return err
			},
			"put off": func(tx *db.Tx) error { return plan.PutOffReview(tx, c.Mira, g.ID) },
			"remove":  func(tx *db.Tx) error { return plan.RemoveReview(tx, c.Mira, g.ID, review.ID) },
		} {
			if err := db.Do(t.Context(), s.DB, act); !errors.Is(err, problem.NotFound) {
				t.Errorf("somebody else can %s: %v", name, err)
			}
		}
		do(t, s, func(tx *db.Tx) error { return plan.RemoveReview(tx, c.Ines, g.ID, review.ID) })
		if seen := testkit.Read(t, s, func(tx *db.Tx) ([]plan.Review, error) { return plan.Reviews(tx, c.Ines, g.ID, 10) }); len(seen) != 0 {
			t.Errorf("a removed review is still there: %v", seen)
		}
	})
}

func addStep(t *testing.T, s testkit.Store, me org.Actor, goal db.ID, in plan.StepText) plan.Step {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (plan.Step, error) { return plan.AddStep(tx, me, goal, in) })
}

func stepNow(t *testing.T, s testkit.Store, me org.Actor, id db.ID) plan.Step {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (plan.Step, error) { return plan.StepByID(tx, me, id) })
}

func TestAStepThatComesBackIsDueOnItsNextDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		g := addGoal(t, s, c.Ines, "Sing")
		today := civil.In(s.Clock.Now(), c.Ines.Zone)
		for name, one := range map[string]struct {
			every           plan.Every
			due, want       civil.Date
			until           civil.Date
			did, closes     bool
			twice, takeBack bool
		}{
			"a week on":                     {every: plan.EveryWeek, due: today, want: today.AddDays(7), did: true},
			"let pass":                      {every: plan.EveryWeek, due: today, want: today.AddDays(7)},
			"two weeks on":                  {every: plan.EveryFortnight, due: today.AddDays(-1), want: today.AddDays(13), did: true},
			"early":                         {every: plan.EveryWeek, due: today.AddDays(2), want: today.AddDays(9), did: true},
			"what passed does not pile up":  {every: plan.EveryWeek, due: today.AddDays(-20), want: today.AddDays(1), did: true},
			"a month on":                    {every: plan.EveryMonth, due: today, want: today.AddMonths(1), did: true},
			"twice a day is once":           {every: plan.EveryWeek, due: today, want: today.AddDays(7), did: true, twice: true},
			"taken back":                    {every: plan.EveryWeek, due: today.AddDays(-2), want: today.AddDays(-2), did: true, takeBack: true},
			"until":                         {every: plan.EveryWeek, due: today, until: today.AddDays(6), want: today.AddDays(6), did: true, closes: true},
			"the last one, taken back":      {every: plan.EveryWeek, due: today, until: today.AddDays(6), want: today, did: true, takeBack: true},
			"one more before until":         {every: plan.EveryWeek, due: today, until: today.AddDays(7), want: today.AddDays(7), did: true},
			"one that comes back no more":   {due: today, want: today, did: true},
			"without a day it begins today": {every: plan.EveryWeek, want: today.AddDays(7), did: true},
		} {
			p := addStep(t, s, c.Ines, g.ID, plan.StepText{Words: "Sing", Every: one.every, Due: one.due, Until: one.until})
			mark := func(tx *db.Tx) error { return plan.MarkStep(tx, c.Ines, p.ID, one.did) }
			do(t, s, mark)
			if one.twice {
				do(t, s, mark)
			}
			if one.takeBack {
				do(t, s, func(tx *db.Tx) error { return plan.UnmarkStep(tx, c.Ines, p.ID) })
			}
			if now := stepNow(t, s, c.Ines, p.ID); now.Due != one.want || one.closes != (now.State == plan.StepDone) || one.closes == now.DoneAt.IsZero() {
				t.Errorf("%s: due on %s and %s, not on %s", name, now.Due, now.State, one.want)
			}
		}
	})
}

func TestTheEndOfAMonthStaysTheEndOfAMonth(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	g := addGoal(t, s, c.Ines, "Sing")
	p := addStep(t, s, c.Ines, g.ID, plan.StepText{Words: "Sing", Every: plan.EveryMonth, Due: civil.On(2027, 1, 31)})
	for _, want := range []civil.Date{civil.On(2027, 2, 28), civil.On(2027, 3, 31), civil.On(2027, 4, 30), civil.On(2027, 5, 31)} {
		s.Clock.Move(24 * time.Hour)
		do(t, s, func(tx *db.Tx) error { return plan.MarkStep(tx, c.Ines, p.ID, true) })
		if now := stepNow(t, s, c.Ines, p.ID); now.Due != want {
			t.Errorf("due on %s, not on %s", now.Due, want)
		}
	}
	do(t, s, func(tx *db.Tx) error { return plan.MoveStep(tx, c.Ines, p.ID, civil.On(2027, 6, 3)) })
	s.Clock.Move(24 * time.Hour)
	do(t, s, func(tx *db.Tx) error { return plan.MarkStep(tx, c.Ines, p.ID, true) })
	if now := stepNow(t, s, c.Ines, p.ID); now.Due != civil.On(2027, 7, 3) {
		t.Errorf("moved to the 3rd, it is due on %s", now.Due)
	}
}

func TestAFarDayDoesNotBreakAStep(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	g := addGoal(t, s, c.Ines, "Sing")
	p := addStep(t, s, c.Ines, g.ID, plan.StepText{Words: "Sing", Every: plan.EveryMonth, Due: civil.On(9999, 12, 31)})
	do(t, s, func(tx *db.Tx) error { return plan.MarkStep(tx, c.Ines, p.ID, true) })
	if now := stepNow(t, s, c.Ines, p.ID); now.State != plan.StepDone || now.Due != civil.On(9999, 12, 31) {
		t.Errorf("after the last day of all it is %s, due on %s", now.State, now.Due)
	}
}
