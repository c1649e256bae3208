package counsel_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

// room is a company in which Mira advised Ines.
type room struct {
	testkit.Store
	testkit.Company
	*testing.T
	goal plan.Goal
}

func each(t *testing.T, test func(r room)) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := room{s, testkit.NewCompany(t, s, "weir.example"), t, plan.Goal{}}
		r.goal = testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return plan.AddGoal(tx, r.Ines, plan.GoalText{Title: "Lead a release", Area: plan.Professional}, org.Origin{})
		})
		test(r)
	})
}

func (r room) do(what func(tx *db.Tx) error) { r.Helper(); testkit.Do(r.T, r.Store, what) }

func (r room) fails(what func(tx *db.Tx) error) error {
	r.Helper()
	return db.Do(r.Context(), r.DB, what)
}

func (r room) keep(by org.Party, words string, about ...event.Thing) counsel.Counsel {
	r.Helper()
	return testkit.Write(r.T, r.Store, func(tx *db.Tx) (counsel.Counsel, error) {
		return counsel.Keep(tx, r.Ines, org.Origin{}, counsel.Text{By: by, Words: words, About: about}, counsel.Decision{})
	})
}

func (r room) reads(who org.Actor, id db.ID) counsel.Counsel {
	r.Helper()
	return testkit.Read(r.T, r.Store, func(tx *db.Tx) (counsel.Counsel, error) { return counsel.ByID(tx, who, id) })
}

func (r room) hidden(who org.Actor, id db.ID) {
	r.Helper()
	if err := r.fails(func(tx *db.Tx) error { _, err := counsel.ByID(tx, who, id); return err }); !errors.Is(err, problem.NotFound) {
		r.Errorf("%s finds it: %v", who.Name, err)
	}
}

func TestWhoeverAdvisedSeesItOnlyWhereItsOwnerShowsIt(t *testing.T) {
	each(t, func(r room) {
		c := r.keep(r.Mira.Self(), "Say the number first", r.goal.Thing())
		r.do(func(tx *db.Tx) error {
			return counsel.Decide(tx, r.Ines, c.ID, 1, counsel.Decision{Choice: counsel.Adapted, Why: "On the first page, not in the first line"})
		})
		r.do(func(tx *db.Tx) error {
			return counsel.Tell(tx, r.Ines, c.ID, 2, "They asked one question instead of nine")
		})
		r.hidden(r.Mira, c.ID)
		r.hidden(r.Tomas, c.ID)
		r.do(func(tx *db.Tx) error { return counsel.Share(tx, r.Ines, c.ID, plan.WithPerson(r.Mira.Person)) })
		if is := r.reads(r.Mira, c.ID); is.Choice != counsel.Adapted || is.Why == "" || is.Came == "" || !is.By.Is(r.Mira) {
			r.Errorf("shown, Mira reads %+v", is)
		}
		r.hidden(r.Tomas, c.ID)
		if about := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]event.Named, error) { return counsel.AboutOf(tx, r.Mira, c.ID) }); len(about) != 0 {
			r.Errorf("she reads what of Ines it is about: %v", about)
		}
		for name, act := range map[string]func(tx *db.Tx) error{
			"decides": func(tx *db.Tx) error { return counsel.Decide(tx, r.Mira, c.ID, 3, counsel.Decision{}) },
			"changes": func(tx *db.Tx) error {
				return counsel.Change(tx, r.Mira, c.ID, 3, counsel.Text{By: r.Mira.Self(), Words: "No"})
			},
			"tells":    func(tx *db.Tx) error { return counsel.Tell(tx, r.Mira, c.ID, 3, "No") },
			"takes it": func(tx *db.Tx) error { return counsel.Remove(tx, r.Mira, c.ID) },
			"shows it": func(tx *db.Tx) error {
				return counsel.Share(tx, r.Mira, c.ID, plan.WithPerson(r.Tomas.Person))
			},
		} {
			if err := r.fails(act); !errors.Is(err, problem.NotFound) {
				r.Errorf("Mira %s: %v", name, err)
			}
		}
		if shown := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]counsel.Counsel, error) { return counsel.Shown(tx, r.Mira, "") }); len(shown) != 1 {
			r.Errorf("%d are shown to Mira, want 1", len(shown))
		}
		r.do(func(tx *db.Tx) error { return counsel.Remove(tx, r.Ines, c.ID) })
		r.hidden(r.Mira, c.ID)
		r.hidden(r.Ines, c.ID)
	})
}

func TestCounselStandsAtTheGoalAndTheAskThatItIsAbout(t *testing.T) {
	each(t, func(r room) {
		a := testkit.Write(r.T, r.Store, func(tx *db.Tx) (ask.Ask, error) {
			return ask.New(tx, r.Ines, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Time, What: "A day a week"}, Whom: r.Tomas.Self()})
		})
		c := r.keep(org.Party{Name: "  My aunt  Rosa "}, "Ask for half a day first", r.goal.Thing(), a.Thing(), a.Thing())
		if c.By.Name != "My aunt Rosa" {
			r.Errorf("the name is kept as %q", c.By.Name)
		}
		for _, on := range []event.Thing{r.goal.Thing(), a.Thing()} {
			if at := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]counsel.Counsel, error) { return counsel.On(tx, r.Ines, on) }); len(at) != 1 || at[0].ID != c.ID {
				r.Errorf("at the %s stand %v", on.Kind, at)
			}
		}
		about := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]event.Named, error) { return counsel.AboutOf(tx, r.Ines, c.ID) })
		if len(about) != 2 || about[0].Name != "Lead a release" || about[1].Name != "A day a week" {
			r.Errorf("it is about %v", about)
		}
		err := r.fails(func(tx *db.Tx) error {
			_, err := counsel.Keep(tx, r.Tomas, org.Origin{}, counsel.Text{By: r.Mira.Self(), Words: "Mine", About: []event.Thing{a.Thing()}}, counsel.Decision{})
			return err
		})
		if !errors.Is(err, problem.NotFound) {
			r.Errorf("counsel about an ask of another's: %v", err)
		}
	})
}

func TestAnAnswerBecomesCounselOnceAndIsOfferedUntilThen(t *testing.T) {
	each(t, func(r room) {
		asked := func(to string, answer string) question.Asking {
			return testkit.Write(r.T, r.Store, func(tx *db.Tx) (question.Asking, error) {
				return question.Record(tx, r.Ines, r.goal.Thing(), question.Input{Wording: "What would you do?", To: to, Answer: answer})
			})
		}
		heard := func() int {
			return len(testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]counsel.Heard, error) { return counsel.Suggested(tx, r.Ines, 5) }))
		}
		a, self := asked(r.Mira.Self().String(), strings.Repeat("Write it down. ", 500)), asked(question.ToMyself, "Sleep on it")
		if heard() != 1 {
			r.Errorf("%d answers are offered, want that of Mira", heard())
		}
		for range 2 {
			c := testkit.Write(r.T, r.Store, func(tx *db.Tx) (counsel.Counsel, error) { return counsel.KeepAnswer(tx, r.Ines, a.ID) })
			if c.By.Person != r.Mira.Person || !strings.HasSuffix(c.Words, "…") {
				r.Errorf("the answer is kept as %+v", c)
			}
		}
		all := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]counsel.Counsel, error) { return counsel.Undecided(tx, r.Ines) })
		if len(all) != 1 || all[0].Origin != a.Thing() || heard() != 0 {
			r.Errorf("kept twice there are %d, and %d answers are offered", len(all), heard())
		}
		if at := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]counsel.Counsel, error) { return counsel.On(tx, r.Ines, r.goal.Thing()) }); len(at) != 1 {
			r.Errorf("at the goal that was asked about stand %d", len(at))
		}
		var refused problem.Refused
		if err := r.fails(func(tx *db.Tx) error { _, err := counsel.KeepAnswer(tx, r.Ines, self.ID); return err }); !errors.As(err, &refused) {
			r.Errorf("one's own answer as counsel: %v", err)
		}
		if err := r.fails(func(tx *db.Tx) error { _, err := counsel.KeepAnswer(tx, r.Mira, a.ID); return err }); !errors.Is(err, problem.NotFound) {
			r.Errorf("somebody else keeps the answer: %v", err)
		}
	})
}

func TestCounselSaysWhatIsMissingAndLosesNothing(t *testing.T) {
	each(t, func(r room) {
		c := r.keep(r.Mira.Self(), "Say the number first")
		var wrong problem.Invalid
		for field, in := range map[string]counsel.Text{
			"words": {By: r.Mira.Self()}, "named": {Words: "Rest"}, "by": {Words: "Rest", By: r.Ines.Self()},
			"given_on": {Words: "Rest", By: r.Mira.Self(), GivenOn: c.GivenOn.AddDays(3)},
		} {
			if err := r.fails(func(tx *db.Tx) error { return counsel.Change(tx, r.Ines, c.ID, 1, in) }); !errors.As(err, &wrong) || wrong[field] == "" {
				r.Errorf("nothing is said at %q: %v", field, err)
			}
		}
		if err := r.fails(func(tx *db.Tx) error { return counsel.Decide(tx, r.Ines, c.ID, 1, counsel.Decision{Choice: "obeyed"}) }); !errors.As(err, &wrong) {
			r.Errorf("a choice that is none: %v", err)
		}
		r.do(func(tx *db.Tx) error {
			return counsel.Change(tx, r.Ines, c.ID, 1, counsel.Text{By: org.Party{Name: "Rosa"}, Words: "The number first"})
		})
		var conflict *problem.Conflict
		err := r.fails(func(tx *db.Tx) error {
			return counsel.Change(tx, r.Ines, c.ID, 1, counsel.Text{By: r.Mira.Self(), Words: "The sum first"})
		})
		if !errors.As(err, &conflict) || conflict.Theirs["words"] != "The number first" || conflict.Mine["words"] != "The sum first" {
			r.Errorf("the second of two changes: %v", err)
		}
		if is := r.reads(r.Ines, c.ID); is.By.Name != "Rosa" || is.By.Person != "" {
			r.Errorf("it stands as of %+v", is.By)
		}
	})
}
