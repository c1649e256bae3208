package frozen_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	_ "github.com/ownward/ownward/internal/house" // what one package does when something happens in another
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// stage is a company in which Ines has a purpose, a goal with a step, and a skill.
type stage struct {
	testkit.Company
	t     *testing.T
	s     testkit.Store
	goal  plan.Goal
	skill plan.Skill
}

func newStage(t *testing.T, s testkit.Store) *stage {
	st := &stage{Company: testkit.NewCompany(t, s, "weir.example"), t: t, s: s}
	testkit.Do(t, s, func(tx *db.Tx) (err error) {
		if _, err = plan.Write(tx, st.Ines, plan.Text{Section: plan.Purpose, Words: "Build what lasts"}); err != nil {
			return err
		}
		if st.skill, err = plan.AddSkill(tx, st.Ines, plan.Skill{Name: "Writing", Level: 2, Wanted: 4, Note: "With help"}); err != nil {
			return err
		}
		if st.goal, err = plan.AddGoal(tx, st.Ines, plan.GoalText{Title: "Lead a service", Measured: "Two releases"}, event.Thing{}); err != nil {
			return err
		}
		_, err = plan.AddStep(tx, st.Ines, st.goal.ID, plan.StepText{Words: "Shadow one"})
		return err
	})
	return st
}

func (st *stage) input() frozen.Input {
	return frozen.Input{
		Viewer: st.Mira.Person, Until: civil.On(2026, 11, 30), Note: "Please look at the goal",
		Choice: frozen.Choice{Sections: []plan.Section{plan.Purpose}, Things: []event.Thing{st.goal.Thing()}},
	}
}

func (st *stage) make(in frozen.Input) frozen.Copy {
	st.t.Helper()
	return testkit.Write(st.t, st.s, func(tx *db.Tx) (frozen.Copy, error) { return frozen.Make(tx, st.Ines, in) })
}

func (st *stage) do(what func(tx *db.Tx) error) { st.t.Helper(); testkit.Do(st.t, st.s, what) }

// reads tells whether somebody finds the copy, and what it says to them.
func (st *stage) reads(me org.Actor, id db.ID) (frozen.Copy, bool) {
	st.t.Helper()
	var c frozen.Copy
	err := db.Do(st.t.Context(), st.s.DB, func(tx *db.Tx) (err error) {
		c, err = frozen.ByID(tx, me, id)
		return err
	})
	if err != nil && !errors.Is(err, problem.NotFound) {
		st.t.Fatal(err)
	}
	return c, err == nil
}

func TestACopyIsReadOnceItIsGivenAndSaysWhatStoodThen(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		c := st.make(st.input())
		if _, ok := st.reads(st.Mira, c.ID); ok {
			t.Error("it is read before it was given")
		}
		st.do(func(tx *db.Tx) error { return frozen.Give(tx, st.Ines, c.ID) })
		st.do(func(tx *db.Tx) error {
			in := st.goal.GoalText
			in.Title = "Lead two services"
			return errors.Join(plan.ChangeGoal(tx, st.Ines, st.goal.ID, st.goal.Revision, in), plan.RemoveSkill(tx, st.Ines, st.skill.ID))
		})
		read, ok := st.reads(st.Mira, c.ID)
		if !ok || len(read.Content.Goals) != 1 || read.Content.Goals[0].Title != "Lead a service" || read.Content.Goals[0].Steps[0].Words != "Shadow one" ||
			read.Content.Texts[0].Words != "Build what lasts" || len(read.Content.Skills) != 0 || read.Note != "Please look at the goal" {
			t.Errorf("Mira reads %+v (%v)", read, ok)
		}
		for _, other := range []org.Actor{st.Tomas, st.Joel, st.Ada} {
			if _, ok := st.reads(other, c.ID); ok {
				t.Errorf("%s reads a copy for Mira", other.Name)
			}
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := plan.GoalByID(tx, st.Mira, st.goal.ID); return err }); !errors.Is(err, problem.NotFound) {
			t.Errorf("the copy shares the goal itself: %v", err)
		}
		if given := testkit.Read(t, s, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, st.Ines) }); len(given) != 0 {
			t.Errorf("the copy made shares: %v", given)
		}
	})
}

func TestACopyIsReadUntilItIsTakenBackOrItsDayIsOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		back, ends, left := st.make(st.input()), st.make(st.input()), st.make(st.input())
		for _, c := range []frozen.Copy{back, ends, left} {
			st.do(func(tx *db.Tx) error { return frozen.Give(tx, st.Ines, c.ID) })
		}
		st.do(func(tx *db.Tx) error { return frozen.TakeBack(tx, st.Ines, back.ID) })
		if _, ok := st.reads(st.Mira, back.ID); ok {
			t.Error("it is read after it was taken back")
		}
		if own, ok := st.reads(st.Ines, back.ID); !ok || own.State(s.DB.Now()) != frozen.TakenBack {
			t.Errorf("its owner finds %v %v", ok, own.State(s.DB.Now()))
		}
		var refused problem.Refused
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return frozen.Give(tx, st.Ines, back.ID) }); !errors.As(err, &refused) {
			t.Errorf("given again: %v", err)
		}
		s.Clock.Move(time.Date(2026, 11, 30, 23, 59, 0, 0, time.UTC).Sub(s.DB.Now())) // in Lisbon too
		if _, ok := st.reads(st.Mira, ends.ID); !ok {
			t.Error("on its last day it is not read any more")
		}
		s.Clock.Move(2 * time.Minute)
		if _, ok := st.reads(st.Mira, ends.ID); ok {
			t.Error("it is read after its last day")
		}
		in := st.input()
		in.Until = civil.On(2026, 12, 20)
		later := st.make(in)
		st.do(func(tx *db.Tx) error { return frozen.Give(tx, st.Ines, later.ID) })
		st.do(func(tx *db.Tx) error { return org.Leave(tx, st.Ada, st.Ines.Person) })
		if _, ok := st.reads(st.Mira, later.ID); ok {
			t.Error("it is read after its owner left")
		}
	})
}

func TestACopyIsForSomebodyHereAndForAMeetingWithThem(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		other := testkit.NewCompany(t, s, "other.example")
		meeting := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, st.Ines, conversation.Input{With: st.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 60}})
		})
		for name, change := range map[string]func(*frozen.Input){
			"conversation": func(in *frozen.Input) { in.Conversation = meeting.ID }, // with Tomás, the copy for Mira
			"until":        func(in *frozen.Input) { in.Until = civil.On(2026, 11, 22) },
			"sections":     func(in *frozen.Input) { in.Choice = frozen.Choice{Sections: []plan.Section{plan.Vision}} },
			"with":         func(in *frozen.Input) { in.Viewer = other.Mira.Person },
		} {
			in := st.input()
			change(&in)
			var wrong problem.Invalid
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := frozen.Make(tx, st.Ines, in); return err }); !errors.As(err, &wrong) || wrong[name] == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		in := st.input()
		theirs := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return plan.AddGoal(tx, st.Joel, plan.GoalText{Title: "Joel's own"}, event.Thing{})
		})
		in.Viewer, in.Conversation, in.Things = st.Tomas.Person, meeting.ID, append(in.Things, theirs.Thing())
		c := st.make(in)
		if len(c.Content.Goals) != 1 {
			t.Errorf("somebody else's goal is in it: %+v", c.Content.Goals)
		}
		in.Instead = c.ID
		st.make(in)
		if mine := testkit.Read(t, s, func(tx *db.Tx) ([]frozen.Copy, error) { return frozen.Mine(tx, st.Ines) }); len(mine) != 1 {
			t.Errorf("put together again, there are %d", len(mine))
		}
	})
}

func TestACopyHoldsWhatShowsAWinUntilItIsTakenBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		document := []byte("%PDF-1.7\nThe notice")
		var win plan.Win
		var goal plan.Goal
		testkit.Do(t, s, func(tx *db.Tx) (err error) {
			win, err = plan.AddWin(tx, c.Ines, plan.WinText{What: "Led the release"}, event.Thing{})
			if err != nil {
				return err
			}
			goal, err = plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Sing", Kind: plan.OpenGoal, Rhythm: plan.Quarterly}, event.Thing{})
			return errors.Join(err, plan.AddLink(tx, c.Ines, win.ID, "https://release.example/"), plan.AddFile(tx, c.Ines, win.ID, "notice.pdf", document))
		})
		given := testkit.Write(t, s, func(tx *db.Tx) (frozen.Copy, error) {
			one, err := frozen.Make(tx, c.Ines, frozen.Input{Viewer: c.Tomas.Person, Until: civil.On(2026, 12, 1), Choice: frozen.Choice{Things: []event.Thing{win.Thing(), goal.Thing()}}})
			return one, errors.Join(err, frozen.Give(tx, c.Ines, one.ID))
		})
		if w, g := given.Content.Wins[0], given.Content.Goals[0]; len(w.Links) != 1 || len(w.Files) != 1 || g.Kind != plan.OpenGoal || g.Rhythm != plan.Quarterly {
			t.Errorf("it holds %+v and %+v", w, g)
		}
		read := func(me org.Actor, n int) (string, error) {
			var content []byte
			err := db.Do(t.Context(), s.DB, func(tx *db.Tx) (err error) { _, _, content, err = frozen.FileOf(tx, me, given.ID, n); return err })
			return string(content), err
		}
		if got, err := read(c.Tomas, 1); err != nil || got != string(document) {
			t.Errorf("Tomás reads %q (%v)", got, err)
		}
		for who, n := range map[*org.Actor]int{&c.Mira: 1, &c.Tomas: 2} {
			if _, err := read(*who, n); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s reads file %d: %v", who.Name, n, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return frozen.TakeBack(tx, c.Ines, given.ID) })
		if _, err := read(c.Tomas, 1); !errors.Is(err, problem.NotFound) {
			t.Errorf("taken back, the file is read: %v", err)
		}
	})
}
