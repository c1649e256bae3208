package insight_test

import (
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/attack"
	"github.com/ownward/ownward/internal/attack/trial"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/testkit"
)

// promised is a company of forty in which many promises came due in October.
func promised(t *testing.T, s testkit.Store, seed uint64) (testkit.Company, []org.Person) {
	t.Helper()
	c := testkit.NewCompany(t, s, fmt.Sprintf("weir-%d.example", seed))
	r := rand.New(rand.NewPCG(seed, 48))
	var all []org.Person
	testkit.Do(t, s, func(tx *db.Tx) error {
		for n := range 34 {
			p, err := org.Add(tx, c.Ada, org.Details{Name: fmt.Sprintf("Person %d", n), Email: fmt.Sprintf("p%d@weir-%d.example", n, seed),
				Department: []string{"Locks", "Weirs"}[n%2], Level: fmt.Sprint(n % 3), Location: []string{"Porto", "Faro"}[n/20]})
			if err != nil {
				return err
			}
			all = append(all, p)
		}
		for _, p := range all {
			for range r.IntN(4) {
				me, err := org.UnscopedActor(tx, p.Organisation, p.ID)
				if err != nil {
					return err
				}
				made, err := commitment.Make(tx, me, org.Origin{}, commitment.Input{By: org.Party{Person: me.Person}, To: org.Party{Person: c.Ana.Person}, Words: "A weir", Due: civil.On(2026, time.October, 20)})
				if err != nil {
					return err
				}
				if r.IntN(3) > 0 {
					if err := commitment.SayItIsDone(tx, me, made.ID, ""); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
	return c, all
}

func october(t *testing.T, seed uint64) (testkit.Store, testkit.Company, []org.Person) {
	s := testkit.SQLite(t)
	s.Clock.MoveDays(-60) // in September, when it is promised
	c, all := promised(t, s, seed)
	s.Clock.MoveDays(60)
	testkit.Do(t, s, func(tx *db.Tx) error {
		return insight.UnscopedMake(tx, c.Organisation, civil.On(2026, time.October, 1), insight.Lots{})
	})
	return s, c, all
}

func read(t *testing.T, s testkit.Store, me org.Actor, key string, by disclosure.Breakdown) insight.Table {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (insight.Table, error) {
		return insight.Read(tx, me, insight.FigureOf(key), by, civil.On(2026, time.October, 1))
	})
}

func TestAMonthIsTheSameForEverybodyAndForGood(t *testing.T) {
	s, c, all := october(t, 7)
	before := fmt.Sprint(read(t, s, c.Ana, "promises", 1))
	testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, all[0].ID) })
	testkit.Do(t, s, func(tx *db.Tx) error {
		return insight.UnscopedMake(tx, c.Organisation, civil.On(2026, time.October, 1), insight.Lots{})
	})
	for name, who := range map[string]org.Actor{"who leads": c.Ana, "who administers": c.Ada, "anybody": c.Ines} {
		if after := fmt.Sprint(read(t, s, who, "promises", 1)); after != before {
			t.Errorf("%s sees %s, and it was %s", name, after, before)
		}
	}
	other := testkit.NewCompany(t, s, "elsewhere.example")
	_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (insight.Table, error) {
		return insight.Read(tx, other.Ana, insight.Figures[0], 0, civil.On(2026, time.October, 1))
	})
	if !errors.Is(err, problem.NotFound) {
		t.Errorf("another organisation reads it: %v", err)
	}
}

func TestTheWholeAndItsDepartmentsAreShownRounded(t *testing.T) {
	s, c, _ := october(t, 7)
	whole := read(t, s, c.Ines, "promises", 0)
	if len(whole.Rows) != 1 || !whole.Rows[0].Shown || len(whole.Parts) < 2 {
		t.Fatalf("the whole is %+v", whole)
	}
	for _, by := range disclosure.Breakdowns {
		for _, row := range read(t, s, c.Ines, "promises", by).Rows {
			for _, n := range append(row.Values, row.Total) {
				if n%disclosure.Base != 0 {
					t.Errorf("%v says %d", row.In, n)
				}
			}
		}
	}
	if asks := read(t, s, c.Ines, "asks-answered", 0); asks.Rows[0].Shown {
		t.Errorf("asks of nobody are shown: %+v", asks)
	}
}

// What stands in the store of October is attacked with the truth counted by the test itself.
func TestNobodyIsToldByWhatIsKept(t *testing.T) {
	const seed = 7
	s, c, all := october(t, seed)
	index := map[string]int{"Locks": 0, "Weirs": 1, "0": 0, "1": 1, "2": 2, "Porto": 0, "Faro": 1}
	var w attack.World
	for _, p := range all {
		did := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
			return db.List(tx, func(row db.Row) (string, error) {
				var done string
				err := row.Scan(&done)
				return done, err
			}, "select case when said_done_at is null then 'open' else 'kept' end from commitments where organisation_id = $1 and by_person_id = $2", p.Organisation, p.ID)
		})
		count := make([]int, len(insight.Figures[0].Parts))
		for _, became := range did {
			count[map[string]int{"kept": 0, "open": 3}[became]]++
		}
		w.People = append(w.People, attack.Person{In: attack.Groups{index[p.Department], index[p.Level], index[p.Location]}, Count: count})
	}
	for _, by := range disclosure.Breakdowns {
		table := read(t, s, c.Ines, "promises", by)
		for _, row := range table.Rows {
			in := attack.Groups{-1, -1, -1}
			for _, d := range by.Dimensions() {
				in[d] = index[row.In[d]]
			}
			if row.Shown {
				total := 0
				for _, p := range w.People {
					if by.Holds(in, p.In) {
						total += p.Count[0] + p.Count[3]
					}
				}
				say := func(parts [2]int, shown, is int) {
					w.Shown = append(w.Shown, attack.Shown{In: in, Parts: parts, Up: max(0, shown+disclosure.Near-is), Down: max(0, is-shown+disclosure.Near)})
				}
				say([2]int{0, 6}, row.Total, total)
				for n, part := range table.Parts {
					until := 6
					if n+1 < len(table.Parts) {
						until = table.Parts[n+1].First
					}
					is := 0
					for _, p := range w.People {
						for k := part.First; k < until && by.Holds(in, p.In); k++ {
							is += p.Count[k]
						}
					}
					say([2]int{part.First, until}, row.Values[n], is)
				}
			}
		}
	}
	if len(w.Shown) == 0 {
		t.Fatal("nothing is shown")
	}
	if told := trial.Pinned(w, rand.New(rand.NewPCG(seed, 1)), 6, 40); told != "" {
		t.Errorf("seed %d: it tells %s", seed, told)
	}
}

func TestEveryOrganisationHasItsMonthOnTheFifteenth(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		s.Clock.MoveDays(-60)
		c := testkit.NewCompany(t, s, "monthly.example")
		s.Clock.MoveDays(60)
		work := map[string]job.Do{insight.RoundJob: insight.MakeAll, insight.MonthJob: insight.Make(seal.FromSecret("twenty characters and more"))}
		if err := work[insight.RoundJob](t.Context(), s.DB, "", nil); err != nil {
			t.Fatal(err)
		}
		s.Clock.MoveDays(1)
		if _, err := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), work).RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		months := testkit.Read(t, s, func(tx *db.Tx) ([]civil.Date, error) { return insight.Months(tx, c.Ines) })
		if fmt.Sprint(months) != "[2026-10-01 2026-09-01]" {
			t.Errorf("on 24 November the months are %v", months)
		}
		if course := testkit.Read(t, s, func(tx *db.Tx) ([]insight.Table, error) {
			return insight.Course(tx, c.Ines, insight.Figures[0], months[0])
		}); len(course) != 2 {
			t.Errorf("the course has %d months", len(course))
		}
	})
}

func TestTheMonthsThatAreDue(t *testing.T) {
	for now, want := range map[string]string{
		"2026-11-14T12:00:00Z": "2026-09-01 2026-11-15", "2026-11-15T14:00:00Z": "2026-10-01 2026-12-15",
		"2026-12-31T23:00:00Z": "2026-11-01 2027-01-15", "2027-01-03T00:00:00Z": "2026-11-01 2027-01-15",
	} {
		at, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		if got := insight.Last(at).String() + " " + insight.Comes(at).String(); got != want {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
}
