package expectation_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// locks is a small framework: what engineers and lock keepers are asked for.
func locks() *ladderfile.File {
	return &ladderfile.File{Framework: "Locks", Roles: []ladderfile.Role{
		{Key: "engineer", Name: "Engineer", About: "Keeps the gates moving.", Levels: []ladderfile.Level{
			{Key: "one", Name: "Engineer", Asks: []ladderfile.Ask{
				{Skill: "Hydraulics", Level: 2, Words: "Finds a leak with help."},
				{Theme: "Team", Words: "Says early when something slips."},
			}},
			{Key: "two-craft", Name: "Senior engineer", Track: "craft", Asks: []ladderfile.Ask{{Skill: "Hydraulics", Level: 4}}},
			{Key: "two-people", Name: "Lead", Track: "people", Asks: []ladderfile.Ask{{Skill: "Giving feedback", Level: 4}}},
			{Key: "three-craft", Name: "Principal engineer", Track: "craft"},
		}, Skills: []ladderfile.Skill{{Name: "Hydraulics", Behaviour: [6]string{4: "Plans the overhaul of a gate."}}}},
		{Key: "keeper", Name: "Lock keeper", Levels: []ladderfile.Level{{Key: "one", Name: "One", Asks: []ladderfile.Ask{{Words: "Knows the boats."}}}}},
	}}
}

func bringIn(t *testing.T, s testkit.Store, c testkit.Company, f *ladderfile.File) expectation.Difference {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (expectation.Difference, error) {
		return expectation.Import(tx, c.Ada, f, "locks.yaml", func(int, int) {})
	})
}

func today(t *testing.T, s testkit.Store, me org.Actor) expectation.Standing {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (expectation.Standing, error) { return expectation.Today(tx, me) })
}

func at(t *testing.T, s testkit.Store, me org.Actor, r expectation.Role, level string) []expectation.Expectation {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]expectation.Expectation, error) { return expectation.At(tx, me, r, level) })
}

func TestAPersonSeesWhatTheirLevelAndTheNextAskFor(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		if d := bringIn(t, s, c, locks()); d.Summary() != "Locks: 2 new roles." {
			t.Errorf("the import says %q", d.Summary())
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			p, err := org.ByID(tx, c.Ada, c.Ines.Person)
			if err != nil {
				return err
			}
			p.Level = "1"
			return org.Change(tx, c.Ada, p.ID, p.Revision, p.Details)
		})
		now := today(t, s, c.Ines)
		if !now.Known || now.Role.Name != "Engineer" || now.Level.Key != "one" || now.Next.Key != "two-craft" {
			t.Fatalf("Ines stands at %+v", now)
		}
		if next, _ := now.Role.Next("two-craft"); next.Key != "three-craft" {
			t.Errorf("after the craft level comes %q", next.Key)
		}
		asks := at(t, s, c.Ines, now.Role, now.Level.Key)
		if len(asks) != 2 || asks[0].SkillKey != "hydraulics" || asks[0].Shows() != "Finds a leak with help." || !asks[1].Prose() || asks[1].Theme != "Team" {
			t.Errorf("the level asks for %+v", asks)
		}
		if next := at(t, s, c.Ines, now.Role, now.Next.Key); len(next) != 1 || next[0].Asked != 4 || next[0].Shows() != "Plans the overhaul of a gate." {
			t.Errorf("the next level asks for %+v", next)
		}
		all := testkit.Read(t, s, func(tx *db.Tx) ([]expectation.Asked, error) { return expectation.AllSkills(tx, c.Ines) })
		if len(all) != 3 || all[0].Role != now.Role.ID || all[2].Skill != "Giving feedback" {
			t.Errorf("all skills are %+v", all)
		}
		if joel := today(t, s, c.Joel); !joel.Known || joel.Level.Key != "" {
			t.Errorf("Joel, whose level nobody said, stands at %+v", joel)
		}
		if mira := today(t, s, c.Mira); mira.Known {
			t.Errorf("Mira, for whom no role fits, stands at %+v", mira)
		}
	})
}

func TestANewFileMakesANewVersionAndKeepsTheOld(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bringIn(t, s, c, locks())
		if again := bringIn(t, s, c, locks()); !again.Nothing() {
			t.Errorf("the same file again: %q", again.Summary())
		}
		changed := locks()
		changed.Roles = changed.Roles[:1]
		changed.Roles[0].Levels[0].Asks[0].Level = 3
		d := bringIn(t, s, c, changed)
		if d.Summary() != "Locks: 1 changed role, 1 role no longer in it." {
			t.Errorf("the import says %q", d.Summary())
		}
		want := expectation.Change{Level: "Engineer", What: "Hydraulics", Was: "2", Is: "3"}
		if len(d.Roles[0].Changes) != 1 || d.Roles[0].Changes[0] != want {
			t.Errorf("the changes are %+v", d.Roles[0].Changes)
		}
		roles := testkit.Read(t, s, func(tx *db.Tx) ([]expectation.Role, error) { return expectation.Roles(tx, c.Ines) })
		if len(roles) != 1 || roles[0].Version.Number != 2 || roles[0].Version.Source != "locks.yaml" || roles[0].Version.ByName != "Ada Pires" {
			t.Fatalf("the roles are %+v", roles)
		}
		first := testkit.Read(t, s, func(tx *db.Tx) (expectation.Text, error) { return expectation.TextOf(tx, c.Ines, roles[0], 1) })
		if first.Asks[0].Asked != 2 {
			t.Errorf("the first version asks for %d now", first.Asks[0].Asked)
		}
		if back := bringIn(t, s, c, locks()); back.Summary() != "Locks: 2 changed roles." {
			t.Errorf("bringing the first file again says %q", back.Summary())
		}
	})
}

func TestRolesNeverCrossOrganisations(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "mill.example")
		bringIn(t, s, c, locks())
		role := today(t, s, c.Ines).Role
		if here := today(t, s, other.Ines); here.Known {
			t.Errorf("an engineer elsewhere stands at %+v", here)
		}
		for name, me := range map[string]org.Actor{"elsewhere": other.Ines, "an administrator elsewhere": other.Ada} {
			_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (expectation.Role, error) { return expectation.RoleByID(tx, me, role.ID) })
			if !errors.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := expectation.Import(tx, c.Ines, locks(), "x", func(int, int) {})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("somebody who does not administer: %v", err)
		}
	})
}
