package feedback_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

var (
	talk = feedback.Subject{Work: "The talk on Tuesday"}
	seen = feedback.Text{Saw: "The figures came first, and the room was quiet.", Next: "Stop after the third."}
)

func TestFeedbackThatWasAskedForIsGivenAndIsTheReceivers(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		f := testkit.Write(t, s, func(tx *db.Tx) (feedback.Feedback, error) {
			return feedback.Ask(tx, c.Ines, org.Origin{}, c.Joel.Person, talk, "Where did you lose the thread?")
		})
		between := testkit.Read(t, s, func(tx *db.Tx) ([]feedback.Feedback, error) { return feedback.Between(tx, c.Joel, c.Ines.Person) })
		if len(between) != 1 || between[0].Wish != "Where did you lose the thread?" {
			t.Errorf("between the two stands %+v", between)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.Say(tx, c.Joel, f.ID, f.Revision, seen) })
		if is := read(t, s, c.Ines, f.ID); is.State != feedback.Given || is.Text != seen || !is.Owner.Is(c.Ines) {
			t.Errorf("the receiver reads %+v", is)
		}
		isHidden(t, s, c.Tomas, f.ID) // nor does her manager read it
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.Share(tx, c.Ines, f.ID, plan.WithPerson(c.Tomas.Person)) })
		if is := read(t, s, c.Tomas, f.ID); is.Text != seen || is.Wish != "" {
			t.Errorf("whom she shows it to reads %+v", is)
		}
		refused(t, s, func(tx *db.Tx) error { return feedback.Share(tx, c.Joel, f.ID, plan.WithPerson(c.Tomas.Person)) })
		if left := testkit.Read(t, s, func(tx *db.Tx) ([]feedback.Feedback, error) { return feedback.Between(tx, c.Ines, c.Joel.Person) }); len(left) != 0 {
			t.Errorf("given, it still waits: %+v", left)
		}
	})
}

func TestWhatWasGivenCanBeMendedForADayUnlessItIsKept(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		give := func() feedback.Feedback {
			return testkit.Write(t, s, func(tx *db.Tx) (feedback.Feedback, error) {
				return feedback.Give(tx, c.Tomas, event.Thing{}, c.Ines.Person, talk, seen)
			})
		}
		mended := feedback.Text{Saw: "The figures came first."}
		first := give()
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.Say(tx, c.Tomas, first.ID, 1, mended) })
		var conflict *problem.Conflict
		if err := do(t, s, func(tx *db.Tx) error { return feedback.Say(tx, c.Tomas, first.ID, 1, seen) }); !errors.As(err, &conflict) || conflict.Theirs["saw"] != mended.Saw {
			t.Errorf("a mend of what was mended meanwhile is answered with %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.TakeBack(tx, c.Tomas, first.ID) })
		isHidden(t, s, c.Ines, first.ID)

		kept := give()
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.Keep(tx, c.Ines, kept.ID) })
		refused(t, s, func(tx *db.Tx) error { return feedback.TakeBack(tx, c.Tomas, kept.ID) })
		old := give()
		s.Clock.Move(25 * time.Hour)
		refused(t, s, func(tx *db.Tx) error { return feedback.Say(tx, c.Tomas, old.ID, 1, mended) })
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.Remove(tx, c.Ines, old.ID) })
		isHidden(t, s, c.Tomas, old.ID)
	})
}

func TestWhoDeclinesIsAskedNoMoreAndNobodyIsTold(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		f := testkit.Write(t, s, func(tx *db.Tx) (feedback.Feedback, error) {
			return feedback.Ask(tx, c.Ines, org.Origin{}, c.Joel.Person, talk, "")
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return feedback.Decline(tx, c.Joel, f.ID) })
		isHidden(t, s, c.Joel, f.ID)
		if is := read(t, s, c.Ines, f.ID); is.State != feedback.Asked {
			t.Errorf("who asked reads that it is %s", is.State)
		}
		for who, want := range map[*org.Actor]int{&c.Ines: 1, &c.Joel: 0} {
			other := c.Ines.Person
			if who == &c.Ines {
				other = c.Joel.Person
			}
			found := testkit.Read(t, s, func(tx *db.Tx) ([]feedback.Feedback, error) { return feedback.Between(tx, *who, other) })
			if len(found) != want {
				t.Errorf("between the two, for %s, stand %d, and should %d", who.Name, len(found), want)
			}
		}
	})
}

func TestFeedbackIsOnWorkAndWithinReason(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		give := func(to db.ID, on feedback.Subject, text feedback.Text) error {
			return do(t, s, func(tx *db.Tx) error {
				_, err := feedback.Give(tx, c.Tomas, event.Thing{}, to, on, text)
				return err
			})
		}
		var wrong problem.Invalid
		for field, err := range map[string]error{
			"work": give(c.Ines.Person, feedback.Subject{}, seen), "saw": give(c.Ines.Person, talk, feedback.Text{Next: "Slower"}), "whom": give(c.Tomas.Person, talk, seen),
		} {
			if wrong = nil; !errors.As(err, &wrong) || wrong[field] == "" {
				t.Errorf("nothing is said at %q: %v", field, err)
			}
		}
		goal := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a release", Area: plan.Professional}, org.Origin{})
		})
		if err := give(c.Ines.Person, feedback.Subject{On: goal.Thing()}, seen); !errors.Is(err, problem.NotFound) {
			t.Errorf("feedback on a goal that is not shown: %v", err)
		}
		var refused problem.Refused
		var err error
		for n := 0; err == nil && n < 200; n++ {
			err = give(c.Ines.Person, talk, seen)
		}
		if !errors.As(err, &refused) {
			t.Errorf("very much within a day is answered with %v", err)
		}
	})
}

func read(t *testing.T, s testkit.Store, me org.Actor, id db.ID) feedback.Feedback {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (feedback.Feedback, error) { return feedback.ByID(tx, me, id) })
}

func do(t *testing.T, s testkit.Store, what func(tx *db.Tx) error) error {
	t.Helper()
	return db.Do(t.Context(), s.DB, what)
}

func isHidden(t *testing.T, s testkit.Store, me org.Actor, id db.ID) {
	t.Helper()
	if err := do(t, s, func(tx *db.Tx) error { _, err := feedback.ByID(tx, me, id); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("%s finds it: %v", me.Name, err)
	}
}

func refused(t *testing.T, s testkit.Store, what func(tx *db.Tx) error) {
	t.Helper()
	if err := do(t, s, what); err == nil {
		t.Error("it was done, and should have been refused")
	}
}
