package org_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

const crew = `Employee #,Name,Work Email,Job Title,Department,Start date,Status,Reports to
1,Nadia Ost,nadia@mill.example,Managing director,Board,2015-04-01,Active,
2,Pim Zuid,pim@mill.example,Miller,Milling,2018-09-15,Active,1
3,Rosa West,rosa@mill.example,Apprentice,Milling,2024-08-01,Active,2
4,Teun Noord,teun@mill.example,Carter,Transport,2020-02-01,Active,Nadia Ost
`

func peopleFile(t testing.TB, text string) *peoplefile.File {
	t.Helper()
	f, err := peoplefile.Read(strings.NewReader(text), peoplefile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func importing(t testing.TB, s testkit.Store, me org.Actor, text string, complete bool) *peoplefile.Difference {
	t.Helper()
	f := peopleFile(t, text)
	return testkit.Write(t, s, func(tx *db.Tx) (*peoplefile.Difference, error) {
		return org.Import(tx, me, f, complete, func(int, int) {})
	})
}

func newMill(t testing.TB, s testkit.Store) org.Actor {
	t.Helper()
	o := testkit.Write(t, s, func(tx *db.Tx) (org.Organisation, error) {
		return org.Found(tx, "The mill", "Europe/Amsterdam", false)
	})
	return org.Operator(o.ID)
}

// everybody are the people of the organisation by name, also who has left.
func everybody(t testing.TB, s testkit.Store, me org.Actor) map[string]org.Person {
	t.Helper()
	all := testkit.Read(t, s, func(tx *db.Tx) ([]org.Person, error) {
		here, err := org.Search(tx, me, "", org.Place{}, 1000)
		if err != nil {
			return nil, err
		}
		left, err := org.Departed(tx, me, org.Place{}, 1000)
		return append(here, left...), err
	})
	byName := map[string]org.Person{}
	for _, p := range all {
		byName[p.Name] = p
	}
	return byName
}

func TestAPeopleFileFillsAnOrganisation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		me := newMill(t, s)
		other := testkit.NewCompany(t, s, "weir.example")
		if d := importing(t, s, me, crew, false); d.New != 4 || len(d.Problems) != 0 {
			t.Fatalf("%d new, problems %v", d.New, d.Problems)
		}
		people := everybody(t, s, me)
		rosa := people["Rosa West"]
		if rosa.ManagerName != "Pim Zuid" || people["Teun Noord"].ManagerName != "Nadia Ost" || people["Nadia Ost"].ManagerID != "" {
			t.Errorf("reporting lines: %+v", people)
		}
		if rosa.Email != "rosa@mill.example" || rosa.EmployeeNumber != "3" || rosa.JobTitle != "Apprentice" || rosa.FirstName != "Rosa" ||
			rosa.StartedOn.String() != "2024-08-01" || rosa.TimeZone != "Europe/Amsterdam" {
			t.Errorf("Rosa: %+v", rosa.Details)
		}
		if d := importing(t, s, me, crew, true); len(d.People) != 0 {
			t.Errorf("the same file again touches %d people: %v", len(d.People), d.People[0].Changes)
		}
		if everybody(t, s, me)["Rosa West"].Revision != rosa.Revision {
			t.Error("the same file again is an edit of Rosa")
		}
		if n := len(everybody(t, s, other.Ada)); n != 6 {
			t.Errorf("another organisation now has %d people", n)
		}
	})
}

func TestALaterFileMovesChangesAndTakesOut(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		me := newMill(t, s)
		importing(t, s, me, crew, false)
		before := everybody(t, s, me)
		pim, rosa := before["Pim Zuid"], before["Rosa West"]
		line := testkit.Read(t, s, func(tx *db.Tx) (org.Line, error) { return org.LineOf(tx, me.Organisation, rosa.ID) })

		later := strings.NewReplacer(
			"2,Pim Zuid,pim@mill.example,Miller,Milling,2018-09-15,Active,1", "2,Pim Zuid,pim@mill.example,Miller,Milling,2018-09-15,Terminated,1",
			"Apprentice,Milling,2024-08-01,Active,2", "Miller,Milling,2024-08-01,Active,1",
			"4,Teun Noord,teun@mill.example,Carter,Transport,2020-02-01,Active,Nadia Ost", "5,Uma Laan,uma@mill.example,Carter,Transport,2026-11-01,Active,3",
		).Replace(crew)
		d := importing(t, s, me, later, true)
		if d.New != 1 || d.Changed != 1 || d.Leaving != 2 {
			t.Fatalf("new %d, changed %d, leaving %d: %v", d.New, d.Changed, d.Leaving, d.Problems)
		}
		after := everybody(t, s, me)
		if after["Pim Zuid"].LeftAt.IsZero() || after["Teun Noord"].LeftAt.IsZero() {
			t.Error("Pim and Teun are still here")
		}
		if p := after["Rosa West"]; p.ManagerName != "Nadia Ost" || p.JobTitle != "Miller" || p.Revision == rosa.Revision {
			t.Errorf("Rosa: %+v", p)
		}
		if after["Uma Laan"].ManagerName != "Rosa West" {
			t.Errorf("Uma stands under %q", after["Uma Laan"].ManagerName)
		}
		now := testkit.Read(t, s, func(tx *db.Tx) (org.Line, error) { return org.LineOf(tx, me.Organisation, rosa.ID) })
		if now.ID == line.ID || now.Manager == pim.ID {
			t.Error("the line to Pim still stands")
		}
		if d = importing(t, s, me, crew, false); d.Changed != 3 {
			t.Errorf("with the first file they come back: %+v", *d)
		}
		if p := everybody(t, s, me)["Rosa West"]; p.ManagerName != "Pim Zuid" {
			t.Errorf("Rosa stands under %q", p.ManagerName)
		}
	})
}

func TestWhatWasChangedByHandSurvivesAnImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		me := newMill(t, s)
		importing(t, s, me, crew, false)
		people := everybody(t, s, me)
		rosa, teun := people["Rosa West"], people["Teun Noord"]
		testkit.Do(t, s, func(tx *db.Tx) error {
			details := rosa.Details
			details.Level, details.JobTitle = "Junior", "Artist"
			if err := org.Change(tx, me, rosa.ID, rosa.Revision, details); err != nil {
				return err
			}
			return org.SetManager(tx, me, rosa.ID, teun.ID)
		})
		if d := importing(t, s, me, crew, false); len(d.People) != 0 || d.KeptByHand != 1 {
			t.Errorf("%d people touched, %d kept by hand", len(d.People), d.KeptByHand)
		}
		importing(t, s, me, strings.ReplaceAll(crew, "Milling", "Mill"), false)
		if p := everybody(t, s, me)["Rosa West"]; p.JobTitle != "Artist" || p.Department != "Mill" || p.ManagerName != "Teun Noord" {
			t.Errorf("Rosa: %+v", p)
		}
	})
}

func TestTwoPeopleExchangeTheirAddresses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		me := newMill(t, s)
		importing(t, s, me, crew, false)
		importing(t, s, me, strings.NewReplacer("rosa@", "teun@", "teun@", "rosa@").Replace(crew), false)
		people := everybody(t, s, me)
		if people["Rosa West"].Email != "teun@mill.example" || people["Teun Noord"].Email != "rosa@mill.example" {
			t.Errorf("Rosa has %s, Teun %s", people["Rosa West"].Email, people["Teun Noord"].Email)
		}
	})
}

func TestAnImportDoesNotTakeTheLastAdministratorOut(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		const file = "name,email,status\nAda Pires,ada@weir.example,terminated\nInes Faria,ines@weir.example,terminated\n"
		d := importing(t, s, c.Ada, file, true)
		people := everybody(t, s, c.Ada)
		if d.Leaving != 1 || !people["Ada Pires"].LeftAt.IsZero() || people["Ines Faria"].LeftAt.IsZero() {
			t.Errorf("%d left; Ada %v", d.Leaving, people["Ada Pires"].LeftAt)
		}
	})
}

func TestOnlyAdministratorsImport(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		f := peopleFile(t, crew)
		for _, me := range []org.Actor{c.Ines, c.Tomas} {
			if err := testkit.Fails(t, s, func(tx *db.Tx) error {
				_, err := org.Import(tx, me, f, false, func(int, int) {})
				return err
			}); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s: %v", me.Name, err)
			}
		}
	})
}

// bigFile is an export of n people, seven under each manager, in no helpful order.
func bigFile(n int, title string) string {
	var b strings.Builder
	b.WriteString("Employee ID,First Name,Last Name,Work Email,Job Title,Department,Location,Hire Date,Status,Manager ID\n")
	for i := n; i >= 1; i-- {
		manager := ""
		if i > 1 {
			manager = fmt.Sprint(100_000 + (i+5)/7)
		}
		fmt.Fprintf(&b, "%d,First%d,Last%d,p%d@big.example,%s,Department %d,Town %d,20%02d-03-%02d,Active,%s\n",
			100_000+i, i%997, i, i, title, i%40, i%12, i%26, 1+i%28, manager)
	}
	return b.String()
}

func BenchmarkImportOf100000(b *testing.B) {
	for engine, open := range map[string]func(testing.TB) testkit.Store{"SQLite": testkit.SQLite, "PostgreSQL": testkit.PostgreSQL} {
		b.Run(engine, func(b *testing.B) {
			for b.Loop() {
				s := open(b)
				me := newMill(b, s)
				text := bigFile(100_000, "Engineer")
				took := func(what string, do func()) {
					start := time.Now()
					do()
					b.ReportMetric(time.Since(start).Seconds(), "s/"+what)
				}
				dry := func() {
					f := peopleFile(b, text)
					testkit.Read(b, s, func(tx *db.Tx) (*peoplefile.Difference, error) { return org.Difference(tx, me, f, true) })
				}
				took("dry-run-empty", dry)
				took("import", func() { importing(b, s, me, text, false) })
				took("dry-run", dry)
				took("import-again", func() { importing(b, s, me, text, false) })
				text = bigFile(100_000, "Builder")
				took("change-all", func() { importing(b, s, me, text, false) })
			}
		})
	}
}
