package plan_test

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

func TestMain(m *testing.M) {
	event.React("person left", share.PersonLeft)
	os.Exit(m.Run())
}

func mine(t *testing.T, s testkit.Store, me org.Actor) plan.Plan {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (plan.Plan, error) { return plan.Mine(tx, me) })
}

func write(t *testing.T, s testkit.Store, me org.Actor, section plan.Section, revision int64, words string) plan.Text {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (plan.Text, error) {
		return plan.Write(tx, me, plan.Text{Section: section, Revision: revision, Words: words})
	})
}

func addGoal(t *testing.T, s testkit.Store, me org.Actor, title string) plan.Goal {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
		return plan.AddGoal(tx, me, plan.GoalText{Title: title}, org.Origin{})
	})
}

func addSkill(t *testing.T, s testkit.Store, me org.Actor, name string, level, wanted int64) plan.Skill {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (plan.Skill, error) {
		return plan.AddSkill(tx, me, plan.Skill{Name: name, Level: level, Wanted: wanted})
	})
}

func addWin(t *testing.T, s testkit.Store, me org.Actor, what string, backs ...event.Thing) plan.Win {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
		w, err := plan.AddWin(tx, me, plan.WinText{What: what}, org.Origin{})
		if err != nil {
			return w, err
		}
		return w, plan.LinkWin(tx, me, w.ID, backs)
	})
}

func TestASectionKeepsEveryEarlierTextForItsOwner(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		one := write(t, s, c.Ines, plan.Purpose, 0, "Make water work for a town.\r\n")
		if one.Words != "Make water work for a town." || one.Revision != 1 {
			t.Fatalf("kept %+v", one)
		}
		write(t, s, c.Ines, plan.Purpose, 1, "Make water work for every town.")
		write(t, s, c.Ines, plan.Purpose, 2, "Make water work for every town.") // sent twice
		if got := mine(t, s, c.Ines).Text(plan.Purpose); got.Words != "Make water work for every town." || got.Revision != 2 {
			t.Errorf("it reads %+v", got)
		}
		earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Earlier, error) { return plan.Versions(tx, c.Ines, 10) })
		if len(earlier) != 1 || earlier[0].Text["words"] != "Make water work for a town." {
			t.Errorf("earlier versions: %v", earlier)
		}
		for _, other := range []org.Actor{c.Tomas, c.Ada} {
			if got := testkit.Read(t, s, func(tx *db.Tx) ([]org.Earlier, error) { return plan.Versions(tx, other, 10) }); len(got) != 0 {
				t.Errorf("%s reads earlier versions of what Ines wrote: %v", other.Name, got)
			}
		}
	})
}

func TestTheSecondOfTwoEditsGetsBothTexts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		write(t, s, c.Ines, plan.Vision, 0, "first")
		write(t, s, c.Ines, plan.Purpose, 0, "another section is another text")
		g, k, w := addGoal(t, s, c.Ines, "first"), addSkill(t, s, c.Ines, "first", 1, 2), addWin(t, s, c.Ines, "first")
		step := testkit.Write(t, s, func(tx *db.Tx) (plan.Step, error) {
			return plan.AddStep(tx, c.Ines, g.ID, plan.StepText{Words: "first"})
		})
		entry := testkit.Write(t, s, func(tx *db.Tx) (plan.Entry, error) {
			return plan.AddEntry(tx, c.Ines, plan.Entry{Words: "first"})
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ChangeValues(tx, c.Ines, []plan.Value{{Word: "first"}}) })
		value := mine(t, s, c.Ines).Values[0]
		for name, change := range map[string]func(tx *db.Tx, words string) error{
			"words": func(tx *db.Tx, words string) error {
				_, err := plan.Write(tx, c.Ines, plan.Text{Section: plan.Vision, Words: words, Revision: 1})
				return err
			},
			"title": func(tx *db.Tx, words string) error {
				return plan.ChangeGoal(tx, c.Ines, g.ID, 1, plan.GoalText{Title: words})
			},
			"name": func(tx *db.Tx, words string) error {
				return plan.ChangeSkill(tx, c.Ines, plan.Skill{ID: k.ID, Name: words, Revision: 1})
			},
			"what": func(tx *db.Tx, words string) error {
				return plan.ChangeWin(tx, c.Ines, w.ID, 1, plan.WinText{What: words})
			},
			"words of a step": func(tx *db.Tx, words string) error {
				return plan.ChangeStep(tx, c.Ines, step.ID, 1, plan.StepText{Words: words})
			},
			"words of an entry": func(tx *db.Tx, words string) error {
				return plan.ChangeEntry(tx, c.Ines, plan.Entry{ID: entry.ID, Words: words, Revision: 1})
			},
			"word-1": func(tx *db.Tx, words string) error {
				return plan.ChangeValues(tx, c.Ines, []plan.Value{{ID: value.ID, Word: words, Revision: 1}})
			},
		} {
			field, _, _ := strings.Cut(name, " ")
			testkit.Do(t, s, func(tx *db.Tx) error { return change(tx, "second") })
			var both *problem.Conflict
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return change(tx, "third") }); !errors.As(err, &both) {
				t.Errorf("%s: %v, want a conflict", name, err)
			} else if both.Theirs[field] != "second" || both.Mine[field] != "third" || both.Revision != 2 {
				t.Errorf("%s: the conflict holds %+v", name, both)
			}
			testkit.Do(t, s, func(tx *db.Tx) error { return change(tx, "second") }) // a form sent twice
		}
	})
}

func TestValuesStandInTheirOrderAndAnEmptiedWordRemovesOne(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		set := func(in ...plan.Value) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return plan.ChangeValues(tx, c.Ines, in) })
		}
		if err := set(plan.Value{Word: "Craft"}, plan.Value{}, plan.Value{Word: "Candour", Meaning: "say it early"}); err != nil {
			t.Fatal(err)
		}
		have := mine(t, s, c.Ines).Values
		if err := set(have[1], plan.Value{ID: have[0].ID, Revision: 1}, plan.Value{Word: "Calm"}); err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, v := range mine(t, s, c.Ines).Values {
			words = append(words, v.Word)
		}
		if !slices.Equal(words, []string{"Candour", "Calm"}) {
			t.Errorf("the values are %v", words)
		}
		var wrong problem.Invalid
		if err := set(plan.Value{Word: "Play"}, plan.Value{Word: "play"}); !errors.As(err, &wrong) || wrong["word-2"] == "" {
			t.Errorf("the same twice: %v", err)
		}
		if err := set(make13()...); !errors.As(err, &wrong) || wrong[""] == "" {
			t.Errorf("thirteen: %v", err)
		}
	})
}

func make13() []plan.Value {
	var many []plan.Value
	for _, p := range plan.ValuePrompts[0].Prompts[:13] {
		many = append(many, plan.Value{Word: p.Word})
	}
	return many
}

func TestAGoalIsClosedWithWhatWasLearnedAndTakenUpAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		g := addGoal(t, s, c.Ines, "Lead a design review")
		later := addGoal(t, s, c.Ines, "Write the runbook")
		testkit.Do(t, s, func(tx *db.Tx) error {
			return plan.CloseGoal(tx, c.Ines, g.ID, 1, plan.LetGo, "It was somebody else's wish.")
		})
		goals := mine(t, s, c.Ines).Goals
		if goals[0].ID != later.ID || goals[1].State != plan.LetGo || goals[1].Learned != "It was somebody else's wish." || goals[1].ClosedAt.IsZero() {
			t.Errorf("goals: %+v", goals)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ReopenGoal(tx, c.Ines, g.ID) })
		if got := mine(t, s, c.Ines).Goals[0]; got.ID != g.ID || !got.IsOpen() || !got.ClosedAt.IsZero() || got.Learned == "" {
			t.Errorf("taken up again: %+v", got)
		}
	})
}

func TestRemovingAThingEndsItsSharesAndLeavesNoLinks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		g, k := addGoal(t, s, c.Ines, "Lead a design review"), addSkill(t, s, c.Ines, "Facilitation", 1, 3)
		w := addWin(t, s, c.Ines, "Moderated the incident review", g.Thing(), k.Thing())
		gone := addWin(t, s, c.Ines, "Another", g.Thing(), k.Thing())
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := plan.AddStep(tx, c.Ines, g.ID, plan.StepText{Words: "Watch one"})
			return errors.Join(err,
				plan.ShareGoal(tx, c.Ines, g.ID, plan.WithManager), plan.ShareSkill(tx, c.Ines, k.ID, plan.WithPerson(c.Mira.Person)),
				plan.ShareWin(tx, c.Ines, gone.ID, plan.WithPerson(c.Mira.Person)),
				plan.RemoveGoal(tx, c.Ines, g.ID), plan.RemoveSkill(tx, c.Ines, k.ID), plan.RemoveWin(tx, c.Ines, gone.ID))
		})
		if given := testkit.Read(t, s, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, c.Ines) }); len(given) != 0 {
			t.Errorf("shares of removed things: %v", given)
		}
		if left := testkit.Read(t, s, func(tx *db.Tx) (plan.Win, error) { return plan.WinByID(tx, c.Ines, w.ID) }); len(left.Backs) != 0 {
			t.Errorf("a win backs what is not there: %v", left.Backs)
		}
		earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Earlier, error) { return plan.Versions(tx, c.Ines, 10) })
		if len(earlier) != 3 {
			t.Errorf("goal, step and skill stay among the earlier versions; there are %v", earlier)
		}
	})
}

func TestWinsComeInPagesByDayNewestFirst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		day := func(n int) civil.Date { return civil.On(2026, 11, n) }
		for _, n := range []int{3, 20, 20, 7, 11} {
			testkit.Do(t, s, func(tx *db.Tx) error {
				_, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "w", Day: day(n)}, org.Origin{})
				return err
			})
		}
		var days []int
		at := plan.Place{}
		for page := 0; page < 3; page++ {
			more := testkit.Read(t, s, func(tx *db.Tx) (bool, error) {
				wins, more, err := plan.WinsOf(tx, c.Ines, c.Ines.Person, plan.PlaceFrom(at.String()), 2)
				for _, w := range wins {
					days = append(days, w.Day.Day())
					at = plan.Place{Day: w.Day, ID: w.ID}
				}
				return more, err
			})
			if more != (page < 2) {
				t.Errorf("page %d says more: %v", page, more)
			}
		}
		if !slices.Equal(days, []int{20, 20, 11, 7, 3}) {
			t.Errorf("days %v", days)
		}
		err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "w", Day: day(25)}, org.Origin{})
			return err
		})
		if wrong := (problem.Invalid{}); !errors.As(err, &wrong) || wrong["day"] == "" {
			t.Errorf("a win of the day after tomorrow: %v", err)
		}
	})
}

func TestHintsSayWhatIsNotThereYetAndNeverCountPeople(t *testing.T) {
	today := civil.On(2026, 11, 23)
	full := plan.Goal{State: plan.Open, GoalText: plan.GoalText{
		Title: "Lead the release", Specific: "From the plan to the notice, in March", Measured: "m", Attainable: "a", Relevant: "r", Due: today.AddDays(30),
	}, Steps: []plan.Step{{State: plan.StepOpen}}}
	if got := full.Hints(today); len(got) != 0 {
		t.Errorf("a goal that says everything is given hints: %v", got)
	}
	bare := full
	bare.Measured, bare.Specific, bare.Due, bare.Steps = "", "", today.AddDays(-1), nil
	var fields []string
	for _, h := range bare.Hints(today) {
		fields = append(fields, h.Field)
	}
	if !slices.Equal(fields, []string{"due", "steps"}) {
		t.Errorf("hints at %v", fields)
	}
	bare.State = plan.Done
	if got := bare.Hints(today); len(got) != 0 {
		t.Errorf("a closed goal is given hints: %v", got)
	}
	wanted := plan.Plan{Skills: []plan.Skill{{Level: 1, Wanted: 3}}}
	if got := wanted.Hints(today); len(got) != 1 || got[0].Section != plan.Skills {
		t.Errorf("a gap without a goal: %v", got)
	}
}
