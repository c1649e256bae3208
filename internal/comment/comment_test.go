package comment_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// stage is a company in which Ines shows a goal to Tomás and Mira.
type stage struct {
	testkit.Company
	t    *testing.T
	s    testkit.Store
	goal plan.Goal
}

func newStage(t *testing.T, s testkit.Store) *stage {
	st := &stage{Company: testkit.NewCompany(t, s, "weir.example"), t: t, s: s}
	st.do(func(tx *db.Tx) (err error) {
		st.goal, err = plan.AddGoal(tx, st.Ines, plan.GoalText{Title: "Lead a service", Measured: "Two releases that\nI led from end to end"}, event.Thing{})
		return err
	})
	for _, with := range []plan.With{plan.WithManager, plan.WithPerson(st.Mira.Person)} {
		st.do(func(tx *db.Tx) error { return plan.ShareGoal(tx, st.Ines, st.goal.ID, with) })
	}
	return st
}

func (st *stage) do(what func(tx *db.Tx) error) { st.t.Helper(); testkit.Do(st.t, st.s, what) }

func (st *stage) says(me org.Actor, in comment.Input) comment.Comment {
	st.t.Helper()
	return testkit.Write(st.t, st.s, func(tx *db.Tx) (comment.Comment, error) { return comment.Add(tx, me, st.goal.Thing(), in) })
}

// placed is a comment as somebody reads it, or why they do not.
func (st *stage) placed(me org.Actor, id db.ID) (comment.Placed, error) {
	st.t.Helper()
	var p comment.Placed
	err := db.Do(st.t.Context(), st.s.DB, func(tx *db.Tx) error {
		c, err := comment.ByID(tx, me, id)
		if err != nil {
			return err
		}
		list, err := comment.Place(tx, me, c)
		p = list[0]
		return err
	})
	return p, err
}

func TestACommentIsReadByTheOwnerAndByWhoSaidItAndByNobodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		c := st.says(st.Tomas, comment.Input{Quote: "that I  led", Words: "Which ones?"})
		for _, who := range []org.Actor{st.Ines, st.Tomas} {
			p, err := st.placed(who, c.ID)
			if err != nil || p.Quote != "that I led" || p.Field != "measured" || p.Standing != comment.Same || p.Words != "Which ones?" {
				t.Errorf("%s reads %+v (%v)", who.Name, p, err)
			}
		}
		for _, who := range []org.Actor{st.Mira, st.Joel, st.Ana, st.Ada} {
			if _, err := st.placed(who, c.ID); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s reads what Tomás said: %v", who.Name, err)
			}
		}
		on := func(me org.Actor) []comment.Comment {
			return testkit.Read(t, s, func(tx *db.Tx) ([]comment.Comment, error) { return comment.On(tx, me, st.goal.Thing()) })
		}
		if len(on(st.Ines)) != 1 || len(on(st.Tomas)) != 1 || len(on(st.Mira)) != 0 {
			t.Errorf("on the goal Ines reads %d, Tomás %d, Mira %d", len(on(st.Ines)), len(on(st.Tomas)), len(on(st.Mira)))
		}
	})
}

func TestWhenTheShareEndsTheWordsStayAndThePassageIsTheOwnersAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		c := st.says(st.Mira, comment.Input{Field: "measured", Quote: "Two releases", Words: "Three would be better"})
		st.do(func(tx *db.Tx) error { return comment.Reply(tx, st.Ines, c.ID, 1, "Why?") })
		st.do(func(tx *db.Tx) error {
			given, err := share.Given(tx, st.Ines)
			for _, each := range given {
				if err == nil && each.Viewer == st.Mira.Person {
					err = share.TakeBack(tx, st.Ines, each.ID)
				}
			}
			return err
		})
		p, err := st.placed(st.Mira, c.ID)
		if err != nil || p.Words != "Three would be better" || p.Answer != "Why?" || p.Quote != "" || p.Title != "" || p.Now != "" || p.Standing != comment.Gone {
			t.Errorf("Mira reads %+v (%v)", p, err)
		}
		if p, err := st.placed(st.Ines, c.ID); err != nil || p.Quote != "Two releases" || p.Standing != comment.Same {
			t.Errorf("Ines reads %+v (%v)", p, err)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := comment.Add(tx, st.Mira, st.goal.Thing(), comment.Input{Words: "One more"})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("commented after the share ended: %v", err)
		}
		st.do(func(tx *db.Tx) error { return comment.Change(tx, st.Mira, c.ID, 1, "Three") })
		st.do(func(tx *db.Tx) error { return comment.Withdraw(tx, st.Mira, c.ID) })
		if _, err := st.placed(st.Mira, c.ID); !errors.Is(err, problem.NotFound) {
			t.Errorf("taken back, and there for who said it: %v", err)
		}
		if p, err := st.placed(st.Ines, c.ID); err != nil || p.Words != "" || p.Answer != "Why?" || p.IsOpen() {
			t.Errorf("taken back, Ines reads %+v (%v)", p, err)
		}
	})
}

func TestWhatChangedSinceIsSaid(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		quoted := st.says(st.Tomas, comment.Input{Field: "measured", Quote: "Two releases", Words: "Good"})
		other := st.says(st.Tomas, comment.Input{Field: "measured", Quote: "end to end", Words: "What is the end?"})
		whole := st.says(st.Tomas, comment.Input{Words: "I like it"})
		st.do(func(tx *db.Tx) error {
			in := st.goal.GoalText
			in.Measured = "Three releases, from end to end"
			return plan.ChangeGoal(tx, st.Ines, st.goal.ID, st.goal.Revision, in)
		})
		for id, want := range map[db.ID]comment.Standing{quoted.ID: comment.Changed, other.ID: comment.Same, whole.ID: comment.Changed} {
			if p, err := st.placed(st.Ines, id); err != nil || p.Standing != want || p.Now == "" && p.Field != "" {
				t.Errorf("%q: %+v (%v), want %s", p.Words, p, err, want)
			}
		}
		st.do(func(tx *db.Tx) error { return plan.RemoveGoal(tx, st.Ines, st.goal.ID) })
		if p, err := st.placed(st.Ines, quoted.ID); err != nil || p.Standing != comment.Gone || p.Quote != "Two releases" {
			t.Errorf("removed: %+v (%v)", p, err)
		}
	})
}

func TestEachSideDoesWhatIsTheirs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		c := st.says(st.Tomas, comment.Input{Words: "Good"})
		var refused problem.Refused
		var changed *problem.Conflict
		for name, one := range map[string]struct {
			do   func(tx *db.Tx) error
			want any
		}{
			"their own thing": {func(tx *db.Tx) error {
				_, err := comment.Add(tx, st.Ines, st.goal.Thing(), comment.Input{Words: "x"})
				return err
			}, &refused},
			"the owner changes their words":   {func(tx *db.Tx) error { return comment.Change(tx, st.Ines, c.ID, 1, "Bad") }, &refused},
			"the owner takes them back":       {func(tx *db.Tx) error { return comment.Withdraw(tx, st.Ines, c.ID) }, &refused},
			"the other answers":               {func(tx *db.Tx) error { return comment.Reply(tx, st.Tomas, c.ID, 1, "x") }, nil},
			"the other resolves":              {func(tx *db.Tx) error { return comment.Resolve(tx, st.Tomas, c.ID) }, nil},
			"somebody who sees it changes it": {func(tx *db.Tx) error { return comment.Change(tx, st.Mira, c.ID, 1, "Bad") }, nil},
			"an old window":                   {func(tx *db.Tx) error { return comment.Change(tx, st.Tomas, c.ID, 7, "Better") }, &changed},
		} {
			err := testkit.Fails(t, s, one.do)
			if one.want == nil && !errors.Is(err, problem.NotFound) || one.want != nil && !errors.As(err, one.want) {
				t.Errorf("%s: %v", name, err)
			}
		}
		st.do(func(tx *db.Tx) error { return comment.Resolve(tx, st.Ines, c.ID) })
		if n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return comment.CountOpen(tx, st.Ines) }); n != 0 {
			t.Errorf("%d are open", n)
		}
		st.do(func(tx *db.Tx) error { return comment.Reopen(tx, st.Ines, c.ID) })
		open := testkit.Read(t, s, func(tx *db.Tx) ([]comment.Comment, error) { return comment.Open(tx, st.Ines, "", 10) })
		if len(open) != 1 || open[0].By.Name != "Tomás Reis" {
			t.Errorf("open: %+v", open)
		}
	})
}

func TestOnATextASkillAWinAndACopy(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		st := newStage(t, s)
		var things []event.Thing
		st.do(func(tx *db.Tx) error {
			_, err1 := plan.Write(tx, st.Ines, plan.Text{Section: plan.Purpose, Words: "Build what lasts"})
			k, err2 := plan.AddSkill(tx, st.Ines, plan.Skill{Name: "Writing", Note: "what lasts"})
			w, err3 := plan.AddWin(tx, st.Ines, plan.WinText{What: "Shipped what lasts"}, event.Thing{})
			things = []event.Thing{plan.TextThing(plan.Purpose, st.Ines.Person), k.Thing(), w.Thing()}
			return errors.Join(err1, err2, err3,
				plan.ShareSections(tx, st.Ines, []plan.Section{plan.Purpose}, plan.WithManager),
				plan.ShareSkill(tx, st.Ines, k.ID, plan.WithManager), plan.ShareWin(tx, st.Ines, w.ID, plan.WithManager))
		})
		made := testkit.Write(t, s, func(tx *db.Tx) (frozen.Copy, error) {
			return frozen.Make(tx, st.Ines, frozen.Input{Viewer: st.Tomas.Person, Until: civil.On(2026, 12, 1), Choice: frozen.Choice{Sections: []plan.Section{plan.Purpose}}})
		})
		st.do(func(tx *db.Tx) error { return frozen.Give(tx, st.Ines, made.ID) })
		for _, thing := range append(things, made.Thing()) {
			c := testkit.Write(t, s, func(tx *db.Tx) (comment.Comment, error) {
				return comment.Add(tx, st.Tomas, thing, comment.Input{Quote: "what lasts", Words: "How long?"})
			})
			if p, err := st.placed(st.Ines, c.ID); err != nil || p.Standing != comment.Same || p.Title == "" || p.Label == "" {
				t.Errorf("%s: %+v (%v)", thing.Kind, p, err)
			}
			if err := testkit.Fails(t, s, func(tx *db.Tx) error {
				_, err := comment.Add(tx, st.Mira, thing, comment.Input{Words: "I see it too"})
				return err
			}); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s: who does not see it comments: %v", thing.Kind, err)
			}
		}
		var wrong problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := comment.Add(tx, st.Tomas, things[0], comment.Input{Quote: "words that stand nowhere", Words: "?"})
			return err
		}); !errors.As(err, &wrong) || wrong["quote"] == "" {
			t.Errorf("a quote that is none: %v", err)
		}
	})
}
