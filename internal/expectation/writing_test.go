package expectation_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func roleByID(t *testing.T, s testkit.Store, me org.Actor, id db.ID) expectation.Role {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (expectation.Role, error) { return expectation.RoleByID(tx, me, id) })
}

func refusedRole(t *testing.T, s testkit.Store, me org.Actor, id db.ID) {
	t.Helper()
	if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (expectation.Role, error) { return expectation.RoleByID(tx, me, id) }); !errors.Is(err, problem.NotFound) {
		t.Errorf("%s finds the role: %v", me.Name, err)
	}
}

func adapt(t *testing.T, s testkit.Store, me org.Actor, id db.ID) expectation.Role {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (expectation.Role, error) { return expectation.Adapt(tx, me, id) })
}

func writeLevel(t *testing.T, s testkit.Store, me org.Actor, id db.ID, version int64, level, lines string) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		return expectation.WriteLevel(tx, me, id, version, level, expectation.LevelInput{Lines: lines})
	})
}

func TestAnAdaptationStandsForThoseWhoReportToItsAuthor(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bringIn(t, s, c, locks())
		role := today(t, s, c.Ines).Role
		mine := adapt(t, s, c.Tomas, role.ID)
		if again := adapt(t, s, c.Tomas, role.ID); again.ID != mine.ID {
			t.Error("adapting it again made another")
		}
		writeLevel(t, s, c.Tomas, mine.ID, 1, "one", "- Hydraulics: 4. Finds a leak alone.\n- Writes the log in daylight.\n  - On the same day.")

		now := today(t, s, c.Ines).Role
		if now.ID != role.ID || now.Author != c.Tomas.Person || now.AuthorName != "Tomás Reis" || now.Framework != "Locks" || now.Version.Number != 2 {
			t.Errorf("Ines sees %+v", now)
		}
		if asks := at(t, s, c.Ines, now, "one"); len(asks) != 2 || asks[0].Asked != 4 || asks[0].Behaviour[4] == "" || asks[1].Words != "Writes the log in daylight." || asks[1].Examples[0] != "On the same day." {
			t.Errorf("it asks for %+v", asks)
		}
		if lead := now.Levels[2]; len(at(t, s, c.Ines, now, lead.Key)) != 1 {
			t.Error("the other levels are no longer as they were")
		}
		all := testkit.Read(t, s, func(tx *db.Tx) ([]expectation.Asked, error) { return expectation.AllSkills(tx, c.Ines) })
		if len(all) != 3 || all[0].Role != role.ID || all[0].Asked != 4 {
			t.Errorf("for a map of paths: %+v", all)
		}
		if hers := roleByID(t, s, c.Mira, role.ID); hers.Author != "" || at(t, s, c.Mira, hers, "one")[0].Asked != 2 {
			t.Errorf("Mira, who reports to somebody else, sees %+v", hers)
		}
		if his := roleByID(t, s, c.Tomas, role.ID); his.Author != "" {
			t.Errorf("its author sees %+v in the place of the organisation's", his)
		}
		refusedRole(t, s, c.Mira, mine.ID)
		refusedRole(t, s, c.Ada, mine.ID)
		refusedRole(t, s, c.Ana, mine.ID)

		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		if now := today(t, s, c.Ines).Role; now.Author != "" {
			t.Errorf("under another manager she sees %+v", now)
		}
		refusedRole(t, s, c.Ines, mine.ID)
		testkit.Do(t, s, func(tx *db.Tx) error { return expectation.EndRole(tx, c.Tomas, mine.ID) })
		if now := today(t, s, c.Joel).Role; now.Author != "" {
			t.Errorf("after its end Joel sees %+v", now)
		}
	})
}

func TestAManagerWritesARoleThatTheOrganisationLacks(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in := expectation.RoleInput{Name: "Engineer", Levels: "First years\n\nOn her own\n"}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := expectation.WriteRole(tx, c.Ines, in)
			return err
		}); !strings.Contains(err.Error(), "Nobody reports to you") {
			t.Errorf("somebody without reports: %v", err)
		}
		role := testkit.Write(t, s, func(tx *db.Tx) (expectation.Role, error) { return expectation.WriteRole(tx, c.Tomas, in) })
		writeLevel(t, s, c.Tomas, role.ID, 1, "on her own", "Hydraulics: 3")
		if now := today(t, s, c.Ines); now.Role.ID != role.ID || now.Role.Author != c.Tomas.Person {
			t.Errorf("Ines stands at %+v", now)
		}
		var conflict *problem.Conflict
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return expectation.WriteLevel(tx, c.Tomas, role.ID, 1, "on her own", expectation.LevelInput{Lines: "Hydraulics: 5"})
		}); !errors.As(err, &conflict) || conflict.Theirs["lines"] != "- Hydraulics: 3\n" || conflict.Mine["lines"] != "Hydraulics: 5" {
			t.Errorf("the later of two edits: %v", err)
		}
		var invalid problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return expectation.WriteLevel(tx, c.Tomas, role.ID, 2, "on her own", expectation.LevelInput{Lines: "Fine.\nHydraulics: 7"})
		}); !errors.As(err, &invalid) || !strings.HasPrefix(invalid["lines"], "Line 2: ") {
			t.Errorf("a level there is not: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return expectation.ChangeRole(tx, c.Tomas, role.ID, 2, expectation.RoleInput{Name: "Engineer", Levels: "On her own\nLeads others"})
		})
		if now := roleByID(t, s, c.Ines, role.ID); len(now.Levels) != 2 || now.Levels[0].Name != "On her own" || len(at(t, s, c.Ines, now, "on her own")) != 1 {
			t.Errorf("the levels are %+v", now.Levels)
		}
	})
}

func TestAnAssessmentStaysWithTheVersionItWasMadeAgainst(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bringIn(t, s, c, locks())
		role := today(t, s, c.Ines).Role
		made := testkit.Write(t, s, func(tx *db.Tx) (expectation.Assessment, error) {
			return expectation.Assess(tx, c.Ines, role.ID, "one", expectation.AssessmentInput{Version: 1, Stands: []int64{3, expectation.NotSaid}, Note: "In the spring."})
		})
		changed := locks()
		changed.Roles[0].Levels[0].Asks[0].Level = 5
		changed.Roles[0].Levels[0].Asks[1].Words = "Says early, and to whom it matters, when something slips."
		bringIn(t, s, c, changed)

		type since struct {
			kept    expectation.Assessment
			changes []expectation.Change
			here    bool
		}
		now := testkit.Read(t, s, func(tx *db.Tx) (since, error) {
			kept, err := expectation.AssessmentByID(tx, c.Ines, made.ID)
			if err != nil {
				return since{}, err
			}
			changes, here, err := expectation.Since(tx, c.Ines, kept)
			return since{kept, changes, here}, err
		})
		if l := now.kept.Lines; len(l) != 2 || l[0].Asked != 2 || l[0].Stands != 3 || !l[0].Met() || l[1].Words != "Says early when something slips." || l[1].Said() {
			t.Errorf("the assessment says %+v", now.kept)
		}
		if !now.here || len(now.changes) != 2 || now.changes[0].Was != "2" || now.changes[0].Is != "5" || now.changes[1].What != "Team" {
			t.Errorf("since then: %+v", now.changes)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := expectation.Assess(tx, c.Ines, role.ID, "one", expectation.AssessmentInput{Version: 1, Stands: []int64{3, 1}})
			return err
		}); !strings.Contains(err.Error(), "was changed since") {
			t.Errorf("against what no longer stands: %v", err)
		}
		for _, other := range []org.Actor{c.Tomas, c.Ada} {
			if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (expectation.Assessment, error) {
				return expectation.AssessmentByID(tx, other, made.ID)
			}); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s reads the assessment: %v", other.Name, err)
			}
		}
	})
}

func TestAnAdministratorSaysWhichRoleAJobStandsFor(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bringIn(t, s, c, locks())
		jobs := testkit.Read(t, s, func(tx *db.Tx) ([]expectation.Job, error) { return expectation.Jobs(tx, c.Ada) })
		if len(jobs) != 5 || jobs[0].Known || jobs[4].Title != "Engineer" || jobs[4].People != 2 || !jobs[4].Known {
			t.Fatalf("the jobs are %+v", jobs)
		}
		role := jobs[4].Role
		testkit.Do(t, s, func(tx *db.Tx) error { return expectation.Match(tx, c.Ada, "designer", "", role.ID, "one") })
		if mira := today(t, s, c.Mira); !mira.Known || mira.Level.Key != "one" {
			t.Errorf("Mira stands at %+v", mira)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return expectation.Match(tx, c.Ada, "Engineer", "", "", "") })
		if ines := today(t, s, c.Ines); ines.Known {
			t.Errorf("Ines, for whose job it was said that no role fits, stands at %+v", ines)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return expectation.Unmatch(tx, c.Ada, "Engineer", "") })
		if ines := today(t, s, c.Ines); !ines.Known {
			t.Error("the names no longer say it")
		}
		for name, err := range map[string]error{
			"somebody else":           testkit.Fails(t, s, func(tx *db.Tx) error { return expectation.Match(tx, c.Tomas, "Engineer", "", role.ID, "one") }),
			"a level that it has not": testkit.Fails(t, s, func(tx *db.Tx) error { return expectation.Match(tx, c.Ada, "Engineer", "", role.ID, "nine") }),
		} {
			if !errors.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
