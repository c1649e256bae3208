package plan_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// full is a plan of Ines with one of everything.
type full struct {
	goal  plan.Goal
	skill plan.Skill
	value plan.Value
	step  plan.Step
	win   plan.Win
	entry plan.Entry
}

func everything(t *testing.T, s testkit.Store, c testkit.Company) full {
	t.Helper()
	var f full
	for _, section := range []plan.Section{plan.Purpose, plan.Strengths, plan.Hard, plan.Vision} {
		write(t, s, c.Ines, section, 0, "the "+string(section))
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return plan.ChangeValues(tx, c.Ines, []plan.Value{{Word: "the value"}}) })
	f.value = mine(t, s, c.Ines).Values[0]
	f.goal, f.skill = addGoal(t, s, c.Ines, "the goal"), addSkill(t, s, c.Ines, "the skill", 1, 3)
	f.win = addWin(t, s, c.Ines, "the win", f.goal.Thing(), f.skill.Thing())
	testkit.Do(t, s, func(tx *db.Tx) (err error) {
		if f.step, err = plan.AddStep(tx, c.Ines, f.goal.ID, plan.StepText{Words: "the step"}); err != nil {
			return err
		}
		f.entry, err = plan.AddEntry(tx, c.Ines, plan.Entry{Words: "the journal"})
		return err
	})
	return f
}

// inSight is all that an actor finds of the plan, by every reading there is, sorted; what one
// reading gives and another denies is an error of the test.
func (f full) inSight(t *testing.T, s testkit.Store, me org.Actor, owner db.ID) []string {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
		var shown plan.Shown
		var err error
		if me.Person == owner {
			shown.Plan, err = plan.Mine(tx, me)
			if err == nil {
				shown.Wins, _, err = plan.WinsOf(tx, me, owner, plan.Place{}, 10)
			}
		} else {
			shown, err = plan.Theirs(tx, me, owner)
		}
		if err != nil {
			return nil, err
		}
		seen := said(shown)
		var single []string
		note := func(name string, err error) {
			switch {
			case err == nil:
				single = append(single, name)
			case !errors.Is(err, problem.NotFound):
				t.Errorf("%s looks for %s: %v", me.Name, name, err)
			}
		}
		g, err := plan.GoalByID(tx, me, f.goal.ID)
		note("the goal", err)
		for range g.Steps {
			single = append(single, "the step under the goal")
		}
		_, err = plan.StepByID(tx, me, f.step.ID)
		note("the step", err)
		_, err = plan.SkillByID(tx, me, f.skill.ID)
		note("the skill", err)
		w, err := plan.WinByID(tx, me, f.win.ID)
		note("the win", err)
		for _, b := range w.Backs {
			single = append(single, "the win backs "+b.Name)
		}
		for _, thing := range []event.Thing{f.goal.Thing(), f.skill.Thing()} {
			backing, err := plan.WinsBacking(tx, me, thing)
			if err != nil {
				return nil, err
			}
			for range backing {
				single = append(single, "the win backs the "+thing.Kind)
			}
		}
		_, err = plan.EntryByID(tx, me, f.entry.ID)
		note("the journal", err)
		for _, one := range single {
			if one != "the journal" && !slices.Contains(seen, one) {
				t.Errorf("%s finds %q alone and not in the plan, which shows %q", me.Name, one, seen)
			}
		}
		if slices.Contains(single, "the journal") {
			seen = append(seen, "the journal")
		}
		for _, one := range []string{"the goal", "the step", "the skill", "the win"} {
			if slices.Contains(seen, one) && !slices.Contains(single, one) {
				t.Errorf("%s finds %q in the plan, but not alone", me.Name, one)
			}
		}
		slices.Sort(seen)
		return seen, nil
	})
}

// said is everything that a shown plan says, sorted.
func said(shown plan.Shown) []string {
	var all []string
	for _, text := range shown.Texts {
		all = append(all, text.Words)
	}
	for _, v := range shown.Values {
		all = append(all, v.Word)
	}
	for _, k := range shown.Skills {
		all = append(all, k.Name)
	}
	for _, g := range shown.Goals {
		all = append(all, g.Title)
		for _, s := range g.Steps {
			all = append(all, s.Words, s.Words+" under "+g.Title)
		}
	}
	for _, w := range shown.Wins {
		all = append(all, w.What)
		for _, b := range w.Backs {
			all = append(all, w.What+" backs "+b.Name)
		}
	}
	slices.Sort(all)
	return all
}

var (
	theTexts = []string{"the hard", "the purpose", "the strengths", "the vision"}
	theGoal  = []string{"the goal", "the step", "the step under the goal"}
)

func together(parts ...[]string) []string {
	all := slices.Concat(parts...)
	slices.Sort(all)
	return all
}

func TestWhoFindsWhat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		f := everything(t, s, c)
		all := together(theTexts, theGoal, []string{"the value", "the skill", "the win", "the win backs the goal", "the win backs the skill", "the journal"})
		whole := together(theTexts, theGoal, []string{"the value", "the skill"})
		expect := func(when string, want map[*org.Actor][]string) {
			t.Helper()
			for _, me := range []*org.Actor{&c.Ines, &c.Tomas, &c.Ana, &c.Joel, &c.Mira, &c.Ada, &other.Ines, &other.Ada} {
				wanted := want[me]
				if me == &c.Ines {
					wanted = all
				}
				if got := f.inSight(t, s, *me, c.Ines.Person); strings.Join(got, "|") != strings.Join(wanted, "|") {
					t.Errorf("%s, %s finds %q, want %q", when, me.Name, got, wanted)
				}
			}
		}
		do := func(what func(tx *db.Tx) error) { t.Helper(); testkit.Do(t, s, what) }
		mira := plan.WithPerson(c.Mira.Person)

		expect("before any share", nil)

		do(func(tx *db.Tx) error { return plan.ShareSections(tx, c.Ines, plan.Sections, plan.WithManager) })
		expect("the whole plan shared with the manager", map[*org.Actor][]string{&c.Tomas: whole})

		do(func(tx *db.Tx) error {
			return errors.Join(plan.KeepOut(tx, c.Ines, f.goal.Thing()), plan.KeepOut(tx, c.Ines, f.value.Thing()))
		})
		expect("goal and value kept out", map[*org.Actor][]string{&c.Tomas: together(theTexts, []string{"the skill"})})

		do(func(tx *db.Tx) error { return plan.ShareGoal(tx, c.Ines, f.goal.ID, mira) })
		expect("a goal kept out of its section and shared by itself", map[*org.Actor][]string{
			&c.Tomas: together(theTexts, []string{"the skill"}), &c.Mira: theGoal,
		})

		do(func(tx *db.Tx) error { return plan.ShareWin(tx, c.Ines, f.win.ID, mira) })
		do(func(tx *db.Tx) error { return plan.ShareWin(tx, c.Ines, f.win.ID, plan.WithManager) })
		expect("a win is linked to what its reader sees too, and to nothing else", map[*org.Actor][]string{
			&c.Tomas: together(theTexts, []string{"the skill", "the win", "the win backs the skill"}),
			&c.Mira:  together(theGoal, []string{"the win", "the win backs the goal"}),
		})

		do(func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		expect("the former manager and the new one, before anything is confirmed", map[*org.Actor][]string{
			&c.Mira: together(theGoal, []string{"the win", "the win backs the goal"}),
		})

		do(func(tx *db.Tx) error {
			given, err := share.Given(tx, c.Ines)
			for _, each := range given {
				err = errors.Join(err, share.TakeBack(tx, c.Ines, each.ID))
			}
			return err
		})
		expect("everything taken back", nil)

		do(func(tx *db.Tx) error { return plan.ShareSkill(tx, c.Ines, f.skill.ID, plan.WithPerson(c.Joel.Person)) })
		do(func(tx *db.Tx) error { return plan.LetIn(tx, c.Ines, f.value.Thing()) })
		do(func(tx *db.Tx) error { return plan.ShareSections(tx, c.Ines, []plan.Section{plan.Values}, mira) })
		expect("a skill alone, a value let in again", map[*org.Actor][]string{&c.Joel: {"the skill"}, &c.Mira: {"the value"}})
	})
}

func TestSomebodyWhoLeftReadsTheirOwnAndNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		f := everything(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return plan.ShareSections(tx, c.Ines, plan.Sections, plan.WithPerson(c.Mira.Person))
		})
		again := func(id db.ID) org.Actor {
			return testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) {
				return org.UnscopedActor(tx, c.Organisation.ID, id)
			})
		}
		// A stale share, as if the reaction to leaving had failed, must not help either.
		gone := c.Mira
		gone.Left = true
		if got := f.inSight(t, s, gone, c.Ines.Person); len(got) != 0 {
			t.Errorf("Mira, who left, finds %q", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
		if got := f.inSight(t, s, c.Mira, c.Ines.Person); len(got) != 0 {
			t.Errorf("of Ines, who left, Mira finds %q", got)
		}
		left := again(c.Ines.Person)
		if got := f.inSight(t, s, left, left.Person); len(got) < 10 {
			t.Errorf("Ines, who left, finds of her own only %q", got)
		}
		for name, act := range f.acts() {
			var refused problem.Refused
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return act(tx, left) }); !errors.As(err, &refused) {
				t.Errorf("%s by Ines, who left: %v, want a refusal that says why", name, err)
			}
		}
	})
}

// acts are all verbs that change something of the plan.
func (f full) acts() map[string]func(tx *db.Tx, me org.Actor) error {
	return map[string]func(tx *db.Tx, me org.Actor) error{
		"change a value": func(tx *db.Tx, me org.Actor) error {
			return plan.ChangeValues(tx, me, []plan.Value{{ID: f.value.ID, Word: "x", Revision: 1}})
		},
		"change a skill": func(tx *db.Tx, me org.Actor) error {
			return plan.ChangeSkill(tx, me, plan.Skill{ID: f.skill.ID, Name: "x", Revision: 1})
		},
		"remove a skill": func(tx *db.Tx, me org.Actor) error { return plan.RemoveSkill(tx, me, f.skill.ID) },
		"share a skill":  func(tx *db.Tx, me org.Actor) error { return plan.ShareSkill(tx, me, f.skill.ID, plan.WithManager) },
		"change a goal": func(tx *db.Tx, me org.Actor) error {
			return plan.ChangeGoal(tx, me, f.goal.ID, 1, plan.GoalText{Title: "x"})
		},
		"close a goal":  func(tx *db.Tx, me org.Actor) error { return plan.CloseGoal(tx, me, f.goal.ID, 1, plan.Done, "") },
		"reopen a goal": func(tx *db.Tx, me org.Actor) error { return plan.ReopenGoal(tx, me, f.goal.ID) },
		"remove a goal": func(tx *db.Tx, me org.Actor) error { return plan.RemoveGoal(tx, me, f.goal.ID) },
		"share a goal":  func(tx *db.Tx, me org.Actor) error { return plan.ShareGoal(tx, me, f.goal.ID, plan.WithManager) },
		"add a step": func(tx *db.Tx, me org.Actor) error {
			_, err := plan.AddStep(tx, me, f.goal.ID, plan.StepText{Words: "x"})
			return err
		},
		"change a step": func(tx *db.Tx, me org.Actor) error {
			return plan.ChangeStep(tx, me, f.step.ID, 1, plan.StepText{Words: "x"})
		},
		"do a step":     func(tx *db.Tx, me org.Actor) error { return plan.SetStep(tx, me, f.step.ID, plan.StepDone) },
		"remove a step": func(tx *db.Tx, me org.Actor) error { return plan.RemoveStep(tx, me, f.step.ID) },
		"change a win": func(tx *db.Tx, me org.Actor) error {
			return plan.ChangeWin(tx, me, f.win.ID, 1, plan.WinText{What: "x"})
		},
		"link a win":   func(tx *db.Tx, me org.Actor) error { return plan.LinkWin(tx, me, f.win.ID, nil) },
		"remove a win": func(tx *db.Tx, me org.Actor) error { return plan.RemoveWin(tx, me, f.win.ID) },
		"share a win":  func(tx *db.Tx, me org.Actor) error { return plan.ShareWin(tx, me, f.win.ID, plan.WithManager) },
		"change an entry": func(tx *db.Tx, me org.Actor) error {
			return plan.ChangeEntry(tx, me, plan.Entry{ID: f.entry.ID, Words: "x", Revision: 1})
		},
		"remove an entry":  func(tx *db.Tx, me org.Actor) error { return plan.RemoveEntry(tx, me, f.entry.ID) },
		"keep a goal out":  func(tx *db.Tx, me org.Actor) error { return plan.KeepOut(tx, me, f.goal.Thing()) },
		"let a goal in":    func(tx *db.Tx, me org.Actor) error { return plan.LetIn(tx, me, f.goal.Thing()) },
		"keep a value out": func(tx *db.Tx, me org.Actor) error { return plan.KeepOut(tx, me, f.value.Thing()) },
	}
}

func TestWhatIsSharedIsReadAndNeverChangedByItsReaders(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		f := everything(t, s, c)
		for _, with := range []plan.With{plan.WithManager, plan.WithPerson(c.Mira.Person), plan.WithPerson(c.Ada.Person)} {
			testkit.Do(t, s, func(tx *db.Tx) error {
				return errors.Join(plan.ShareSections(tx, c.Ines, plan.Sections, with), plan.ShareWin(tx, c.Ines, f.win.ID, with))
			})
		}
		before := f.inSight(t, s, c.Ines, c.Ines.Person)
		for name, act := range f.acts() {
			for _, me := range []org.Actor{c.Tomas, c.Mira, c.Ada, c.Joel, other.Ines, org.Operator(c.Organisation.ID)} {
				if err := testkit.Fails(t, s, func(tx *db.Tx) error { return act(tx, me) }); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %q: %v, want not found", name, me.Name, err)
				}
			}
		}
		if after := f.inSight(t, s, c.Ines, c.Ines.Person); !slices.Equal(before, after) {
			t.Errorf("the plan was %q and is %q", before, after)
		}
	})
}

func TestNothingOfAnotherPersonCanBeLinkedToAWin(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		f := everything(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareGoal(tx, c.Ines, f.goal.ID, plan.WithManager) })
		w := addWin(t, s, c.Tomas, "Tomás's win")
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return plan.LinkWin(tx, c.Tomas, w.ID, []event.Thing{f.goal.Thing()}) })
		if !errors.Is(err, problem.NotFound) {
			t.Errorf("linked to a goal that is only shared with him: %v", err)
		}
	})
}

func TestMyPlanAsSomebodyWouldSeeIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		f := everything(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareGoal(tx, c.Ines, f.goal.ID, plan.WithManager) })
		for viewer, want := range map[org.Actor][]string{c.Tomas: theGoal, c.Mira: nil} {
			got := testkit.Read(t, s, func(tx *db.Tx) (plan.Shown, error) {
				shown, _, err := plan.AsSeenBy(tx, c.Ines, viewer.Person)
				return shown, err
			})
			if !slices.Equal(said(got), want) {
				t.Errorf("%s would see %q, want %q", viewer.Name, said(got), want)
			}
		}
		for _, nobody := range []db.ID{other.Tomas.Person, c.Ines.Person, ""} {
			_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (plan.Shown, error) {
				shown, _, err := plan.AsSeenBy(tx, c.Ines, nobody)
				return shown, err
			})
			if !errors.Is(err, problem.NotFound) {
				t.Errorf("as %q would see it: %v, want not found", nobody, err)
			}
		}
	})
}
