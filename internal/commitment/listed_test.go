package commitment_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func listed(t testing.TB, s testkit.Store, me org.Actor, in commitment.Choice, after db.ID, most int) []commitment.Commitment {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) {
		place, err := commitment.PlaceAfter(tx, me, after)
		if err != nil {
			return nil, err
		}
		return commitment.Listed(tx, me, in, place, most)
	})
}

func TestBothSidesStandInOneListByDatePageByPage(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for n, days := range []int{9, 3, 6, 12, 1} {
			in := promise(c.Tomas, c.Ines)
			if n%2 == 0 {
				in = promise(c.Ines, c.Mira)
			}
			in.Due = due.AddDays(days)
			by := c.Tomas
			if n%2 == 0 {
				by = c.Ines
			}
			makes(t, s, by, in)
		}
		makes(t, s, c.Joel, promise(c.Joel, c.Mira))
		var days []civil.Date
		for after := db.ID(""); ; {
			page := listed(t, s, c.Ines, commitment.Choice{}, after, 2)
			if len(page) == 0 {
				break
			}
			for _, p := range page {
				days, after = append(days, p.Due), p.ID
			}
		}
		if want := []civil.Date{due.AddDays(1), due.AddDays(3), due.AddDays(6), due.AddDays(9), due.AddDays(12)}; !slices.Equal(days, want) {
			t.Errorf("page by page %v, want %v", days, want)
		}
		for what, each := range map[string]struct {
			me   org.Actor
			in   commitment.Choice
			want int
		}{
			"what Ines promised":        {c.Ines, commitment.Choice{Side: commitment.IPromised}, 3},
			"what was promised to Ines": {c.Ines, commitment.Choice{Side: commitment.PromisedToMe}, 2},
			"with Mira":                 {c.Ines, commitment.Choice{With: c.Mira.Person}, 3},
			"with herself":              {c.Ines, commitment.Choice{With: c.Ines.Person}, 0},
			"with Joel":                 {c.Ines, commitment.Choice{With: c.Joel.Person}, 0},
			"Mira's":                    {c.Mira, commitment.Choice{}, 4},
			"the manager's":             {c.Ana, commitment.Choice{}, 0},
			"the administrator's":       {c.Ada, commitment.Choice{}, 0},
		} {
			if got := listed(t, s, each.me, each.in, "", 10); len(got) != each.want {
				t.Errorf("%s: %d, want %d", what, len(got), each.want)
			}
		}
		others := testkit.Read(t, s, func(tx *db.Tx) ([]org.Party, error) { return commitment.Others(tx, c.Ines) })
		if len(others) != 2 || others[0].Person != c.Mira.Person || others[1].Person != c.Tomas.Person {
			t.Errorf("Ines has promises with %v, want Mira and Tomás", others)
		}
	})
}

// What is shown as waiting is what waits, in each state: said in SQL and in Go, and held against each other.
func TestWhatIsListedByItsStateIsInThatState(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in := promise(c.Tomas, c.Ines)
		in.CheckIn = due
		for _, steps := range [][]string{{}, {"Tomás done"}, {"Tomás done", "Ines differ"}, {"Tomás propose"}, {"Ines propose"}, {"Tomás propose", "Tomás done"}, {"Tomás not yet"}, {"Ines not yet"}, {"Tomás done", "Ines confirm"}, {"Ines release"}, {"Ines propose", "Ines break"}} {
			s.Clock.Move(due.At(0, 0, c.Ines.Zone).AddDate(0, 0, -1).Sub(s.Clock.Now()))
			p := makes(t, s, c.Tomas, in)
			s.Clock.MoveDays(3)
			for _, step := range steps {
				me := c.Tomas
				name, verb, _ := strings.Cut(step, " ")
				if name == "Ines" {
					me = c.Ines
				}
				testkit.Do(t, s, func(tx *db.Tx) error { return verbs[verb](tx, me, p.ID, "") })
			}
		}
		s.Clock.Move(due.At(0, 0, c.Ines.Zone).AddDate(0, 0, -1).Sub(s.Clock.Now()))
		makes(t, s, c.Ines, in)
		for days := range 4 {
			for _, me := range []org.Actor{c.Tomas, c.Ines} {
				on := civil.In(s.Clock.Now(), me.Zone)
				all := listed(t, s, me, commitment.Choice{}, "", 50)
				for show, is := range map[commitment.Show]func(commitment.Commitment) bool{
					commitment.ShowLate:     func(p commitment.Commitment) bool { return p.State == commitment.Open && p.Due.Before(on) },
					commitment.ShowSaidDone: func(p commitment.Commitment) bool { return !p.SaidDoneAt.IsZero() },
					commitment.ShowChanging: func(p commitment.Commitment) bool { return p.Change.ID != "" },
					commitment.ShowProposed: func(p commitment.Commitment) bool { return p.State == commitment.Proposed },
					commitment.ShowWaiting: func(p commitment.Commitment) bool {
						w := p.WaitsFor(me, on)
						return w != commitment.ForNothing && w != commitment.ForMyPromise
					},
				} {
					want := 0
					for _, p := range all {
						if is(p) {
							want++
						}
					}
					if got := listed(t, s, me, commitment.Choice{Show: show}, "", 50); len(got) != want || slices.ContainsFunc(got, func(p commitment.Commitment) bool { return !is(p) }) {
						t.Errorf("day %d, %s: %d are %q, want %d", days, me.Name, len(got), show, want)
					}
				}
			}
			s.Clock.MoveDays(1)
		}
		for show, want := range map[commitment.Show]int{"": 3, commitment.ShowKept: 1, commitment.ShowBroken: 1, commitment.ShowReleased: 1, commitment.ShowDeclined: 0} {
			if got := listed(t, s, c.Ines, commitment.Choice{Settled: true, Show: show}, "", 50); len(got) != want {
				t.Errorf("settled and %q: %d, want %d", show, len(got), want)
			}
		}
	})
}
