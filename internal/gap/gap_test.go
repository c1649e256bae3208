package gap_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/testkit"
)

// ladders are two families: engineers with three levels, keepers with two.
func ladders() *ladderfile.File {
	ask := func(skill string, level int) ladderfile.Ask { return ladderfile.Ask{Skill: skill, Level: level} }
	return &ladderfile.File{Framework: "Locks", Roles: []ladderfile.Role{
		{Key: "engineer", Name: "Engineer", Levels: []ladderfile.Level{
			{Key: "1", Name: "One", Asks: []ladderfile.Ask{ask("Hydraulics", 2), ask("Welding", 1), {Words: "Says early when something slips."}}},
			{Key: "2", Name: "Two", Asks: []ladderfile.Ask{ask("Hydraulics", 4), ask("Giving feedback", 3)}},
			{Key: "3", Name: "Three", Asks: []ladderfile.Ask{ask("Hydraulics", 5), ask("Giving feedback", 4)}},
		}, Skills: []ladderfile.Skill{{Name: "Hydraulics", Behaviour: [6]string{4: "Plans the overhaul of a gate."}}}},
		{Key: "keeper", Name: "Lock keeper", Levels: []ladderfile.Level{
			{Key: "1", Name: "Keeper", Asks: []ladderfile.Ask{ask("Fluid power", 2), ask("Reading the river", 2)}},
			{Key: "2", Name: "Head keeper", Asks: []ladderfile.Ask{ask("Reading the river", 4), ask("Rota", 3), ask("Radio", 2)}},
		}},
	}}
}

type ground struct {
	*testing.T
	testkit.Company
	s testkit.Store
}

func each(t *testing.T, test func(g ground)) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		g := ground{t, testkit.NewCompany(t, s, "weir.example"), s}
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := expectation.Import(tx, g.Ada, ladders(), "locks.yaml", func(int, int) {}); err != nil {
				return err
			}
			if _, err := skill.Add(tx, g.Ada, skill.Entry{Name: "Hydraulics", Aliases: []string{"Fluid power"}, Description: "Water under pressure."}); err != nil {
				return err
			}
			for who, level := range map[db.ID]string{g.Ines.Person: "1", g.Joel.Person: "2"} {
				p, err := org.ByID(tx, g.Ada, who)
				if err != nil {
					return err
				}
				p.JobTitle, p.Level = "Engineer", level
				if err := org.Change(tx, g.Ada, p.ID, p.Revision, p.Details); err != nil {
					return err
				}
			}
			return nil
		})
		test(g)
	})
}

func (g ground) skill(name string, level, wanted int64) plan.Skill {
	return testkit.Write(g.T, g.s, func(tx *db.Tx) (plan.Skill, error) {
		return plan.AddSkill(tx, g.Ines, plan.Skill{Name: name, Level: level, Wanted: wanted})
	})
}

func (g ground) of(look gap.Look) gap.View {
	g.Helper()
	return testkit.Read(g.T, g.s, func(tx *db.Tx) (gap.View, error) { return gap.Of(tx, g.Ines, look) })
}

// said is a view in lines: the name, now and wanted, what the three places ask, the gap.
func said(v gap.View) string {
	var lines []string
	for _, l := range v.Lines {
		lines = append(lines, fmt.Sprintf("%s %d>%d %d/%d/%d gap %d", l.Name, l.Own.Level, l.Own.Wanted, l.Places[0].Level, l.Places[1].Level, l.Places[2].Level, l.Gap()))
	}
	return strings.Join(lines, "\n")
}

func TestSkillsStandBesideWhatIsAskedFor(t *testing.T) {
	each(t, func(g ground) {
		fluid := g.skill("Fluid power", 3, 3)
		g.skill("Singing", 1, 5)
		testkit.Do(g.T, g.s, func(tx *db.Tx) error {
			for n := range 5 {
				w, err := plan.AddWin(tx, g.Ines, plan.WinText{What: fmt.Sprint("Win ", n)}, org.Origin{})
				if err != nil {
					return err
				}
				if err := plan.LinkWin(tx, g.Ines, w.ID, []event.Thing{fluid.Thing()}); err != nil {
					return err
				}
			}
			return nil
		})
		v := g.of(gap.Look{})
		want := "Singing 1>5 -1/-1/-1 gap 4\nGiving feedback 0>0 -1/3/-1 gap 3\nFluid power 3>3 2/4/-1 gap 1\nWelding 0>0 1/-1/-1 gap 1"
		if got := said(v); got != want {
			g.Errorf("reads\n%s\nnot\n%s", got, want)
		}
		if v.Places[gap.Today].Title() != "Engineer, One" || v.Places[gap.Next].Level != "Two" || !v.Places[gap.Looked].None() {
			g.Errorf("the places are %+v", v.Places)
		}
		if len(v.Prose[gap.Today]) != 1 || v.Prose[gap.Today][0].Words != "Says early when something slips." {
			g.Errorf("in words: %+v", v.Prose)
		}
		hydraulics := v.Lines[2]
		if hydraulics.Behaviour[4] != "Plans the overhaul of a gate." || hydraulics.About != "Water under pressure." || len(hydraulics.Wins) != 3 || hydraulics.Wins[0].What != "Win 4" {
			g.Errorf("it opens %+v", hydraulics)
		}
	})
}

func TestAnyRoleCanBeLookedAtAlsoOneOutside(t *testing.T) {
	each(t, func(g ground) {
		g.skill("Hydraulics", 2, 2)
		roles := testkit.Read(g.T, g.s, func(tx *db.Tx) ([]expectation.Role, error) { return expectation.Roles(tx, g.Ines) })
		v := g.of(gap.Look{Role: roles[1].ID, Position: 0})
		if got := said(v); !strings.Contains(got, "Hydraulics 2>2 2/4/2 gap 2") || !strings.Contains(got, "Reading the river 0>0 -1/-1/2 gap 2") || v.Places[gap.Looked].Title() != "Lock keeper, Keeper" {
			g.Errorf("a keeper:\n%s", got)
		}
		asks, err := gap.ParseAsks("Diving: 4\nfluid power\n\n Radio 2\n")
		if err != nil {
			g.Fatal(err)
		}
		o := testkit.Write(g.T, g.s, func(tx *db.Tx) (gap.Outside, error) {
			return gap.AddOutside(tx, g.Ines, gap.Outside{Name: "Harbour diver", Asks: asks})
		})
		v = g.of(gap.Look{Outside: o.ID})
		if got := said(v); !strings.Contains(got, "Diving 0>0 -1/-1/4 gap 4") || !strings.Contains(got, "Hydraulics 2>2 2/4/3 gap 2") {
			g.Errorf("a diver:\n%s", got)
		}
		for name, me := range map[string]org.Actor{"the manager": g.Tomas, "an administrator": g.Ada} {
			_, err := db.Read(g.Context(), g.s.DB, func(tx *db.Tx) (gap.View, error) { return gap.Of(tx, me, gap.Look{Outside: o.ID}) })
			if !errors.Is(err, problem.NotFound) {
				g.Errorf("%s looks at it: %v", name, err)
			}
			for what, do := range map[string]func(tx *db.Tx) error{
				"change": func(tx *db.Tx) error { return gap.ChangeOutside(tx, me, gap.Outside{ID: o.ID, Name: "x", Revision: 1}) },
				"remove": func(tx *db.Tx) error { return gap.RemoveOutside(tx, me, o.ID) },
			} {
				if err := testkit.Fails(g.T, g.s, do); !errors.Is(err, problem.NotFound) {
					g.Errorf("%s by %s: %v", what, name, err)
				}
			}
		}
		o.Name = "Diver"
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return gap.ChangeOutside(tx, g.Ines, o) })
		var conflict *problem.Conflict
		if err := testkit.Fails(g.T, g.s, func(tx *db.Tx) error { return gap.ChangeOutside(tx, g.Ines, o) }); !errors.As(err, &conflict) {
			g.Errorf("the second of two: %v", err)
		}
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return gap.RemoveOutside(tx, g.Ines, o.ID) })
		for _, look := range []gap.Look{{Outside: o.ID}, {Role: roles[1].ID, Position: 7}, {Role: roles[1].ID, Position: -1}, {Role: "nowhere"}} {
			if _, err := db.Read(g.Context(), g.s.DB, func(tx *db.Tx) (gap.View, error) { return gap.Of(tx, g.Ines, look) }); !errors.Is(err, problem.NotFound) {
				g.Errorf("%+v: %v", look, err)
			}
		}
	})
}

func TestPathsCountTheExpectationsMet(t *testing.T) {
	each(t, func(g ground) {
		g.skill("Fluid power", 4, 4)
		g.skill("Reading the river", 2, 2)
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return gap.Offer(tx, g.Joel) })
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return gap.Offer(tx, g.Ines) })
		m := testkit.Read(g.T, g.s, func(tx *db.Tx) (gap.Map, error) { return gap.Paths(tx, g.Ines) })
		var lines []string
		for _, p := range append(m.Up, m.Across...) {
			line := fmt.Sprintf("%s %d of %d", p.Title(), p.Met, len(p.Asks))
			for _, who := range p.People {
				line += ", ask " + who.FirstName
			}
			lines = append(lines, line)
		}
		want := "Engineer, Two 1 of 2, ask Joel\nEngineer, Three 0 of 2, ask Joel\nLock keeper, Keeper 2 of 2"
		if got := strings.Join(lines, "\n"); got != want {
			g.Errorf("the map is\n%s\nnot\n%s", got, want)
		}
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return gap.OfferNoMore(tx, g.Joel) })
		if offers := testkit.Read(g.T, g.s, func(tx *db.Tx) (bool, error) { return gap.Offers(tx, g.Ines, g.Joel.Person) }); offers {
			g.Error("Joel still offers")
		}
	})
}

func TestWhatAnOutsideRoleAsksForIsReadLineByLine(t *testing.T) {
	for text, want := range map[string]string{
		"Diving 4":                       "Diving 4",
		"Diving: 4\nRadio = 2\nSwimming": "Diving 4\nRadio 2\nSwimming 3",
		"C++ 11 20":                      "no",
		"HTML5":                          "HTML5 3",
		"ISO 9001":                       "ISO 9001 3",
		"4":                              "4 3",
		"Diving 6":                       "no",
		"Diving 4\ndiving 3":             "no",
		"":                               "",
	} {
		asks, err := gap.ParseAsks(text)
		got := gap.Outside{Asks: asks}.Lines()
		if err != nil {
			got = "no"
		}
		if got != want {
			t.Errorf("%q is read as %q, not %q (%v)", text, got, want, err)
		}
	}
}

// FuzzAsks holds that what is read is read the same again from how it is written.
func FuzzAsks(f *testing.F) {
	for _, text := range []string{"Diving 4\nRadio: 2", "HTML5\nISO 9001\n", "a\u00a05", "x 5 5", ": 3", "\xff 3"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		asks, err := gap.ParseAsks(text)
		if err != nil {
			return
		}
		once := gap.Outside{Asks: asks}.Lines()
		again, err := gap.ParseAsks(once)
		if err != nil || (gap.Outside{Asks: again}).Lines() != once {
			t.Errorf("%q, then %q, then %v: %v", text, once, again, err)
		}
	})
}
