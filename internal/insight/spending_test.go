package insight

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

// trained is a company in which twelve wanted a seat of 100 euros in July, of 4,000 that Ana answers for: nine got one, two
// of them gave it up, six told afterwards what came of it, one of these what it brought; one is still held for August.
func trained(t *testing.T, s testkit.Store) testkit.Company {
	t.Helper()
	s.Clock.MoveDays(-136) // 10 July
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		l, err := budget.Make(tx, c.Ada, budget.Text{CostCentre: "4110", Year: 2026, Name: "Learning", Amount: money.Of(400_000, "EUR"), Owner: c.Ana.Self()})
		if err != nil {
			return err
		}
		post := func(name string) (db.ID, error) {
			id, err := programme.Post(tx, c.Ada, programme.Text{Kind: programme.Course, Name: name, About: "A day.", Seats: 20, EffortIn: programme.Hours, Effort: 8,
				Decides: programme.Budget, Cost: money.Of(10_000, "EUR"), Budget: l.ID})
			return id, errors.Join(err, programme.Turn(tx, c.Ada, id, programme.Open))
		}
		july, err := post("In July")
		if err != nil {
			return err
		}
		august, err := post("In August")
		if err != nil {
			return err
		}
		var seated []programme.Place
		var who []org.Actor
		for n := range 13 {
			p, err := org.Add(tx, c.Ada, org.Details{Name: fmt.Sprint("Person ", n), Email: fmt.Sprintf("p%d@weir.example", n), Department: "Weirs"})
			if err != nil {
				return err
			}
			me, err := org.UnscopedActor(tx, p.Organisation, p.ID)
			if err != nil {
				return err
			}
			of := july
			if n == 12 {
				of = august
			}
			place, err := programme.SignUp(tx, me, of, programme.SignUpInput{})
			if err != nil {
				return err
			}
			if err := programme.Decide(tx, c.Ana, place.ID, programme.Answer{Yes: n < 9 || n == 12, Words: "Next year"}); err != nil {
				return err
			}
			if seated, who = append(seated, place), append(who, me); n < 2 {
				if err := programme.GiveUp(tx, me, place.ID); err != nil {
					return err
				}
			}
		}
		if err := programme.Turn(tx, c.Ada, july, programme.Ended); err != nil {
			return err
		}
		for n := 2; n < 8; n++ {
			look := programme.LookText{Learned: "Much"}
			if n == 2 {
				look.Returned = "A day a month"
			}
			if err := programme.LookBack(tx, who[n], seated[n].ID, programme.AtEnd, 0, look); err != nil {
				return err
			}
			if n < 7 { // what somebody keeps to themselves is not counted
				if err := programme.Tell(tx, who[n], seated[n].ID, programme.AtEnd); err != nil {
					return err
				}
			}
		}
		return nil
	})
	s.Clock.MoveDays(136)
	return c
}

func TestProgrammesAndMoneyAreCounted(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := trained(t, s)
		july, september, october := civil.On(2026, time.July, 1), civil.On(2026, time.September, 1), civil.On(2026, time.October, 1)
		for _, one := range []struct {
			figure string
			month  civil.Date
			want   []int
		}{
			{"programme-seats", july, []int{8, 0, 3, 2, 0}}, {"programme-seats", october, []int{0, 0, 0, 0, 0}},
			{"programme-brought", july, []int{0, 0, 0, 0}}, {"programme-brought", october, []int{1, 0, 4, 2}},
			{"budget-sums", july, []int{7, 1, 2}}, {"granted", october, []int{0, 0, 0}},
		} {
			found := testkit.Read(t, s, func(tx *db.Tx) (census, error) { return count(tx, c.Organisation, one.month) })
			sums := make([]int, len(one.want))
			for _, did := range found.did[slices.IndexFunc(Figures, func(f Figure) bool { return f.Key == one.figure })] {
				for part, n := range did {
					sums[part] += n
				}
			}
			if !slices.Equal(sums, one.want) {
				t.Errorf("%s of %v: %v, want %v", one.figure, one.month, sums, one.want)
			}
		}
		found := testkit.Read(t, s, func(tx *db.Tx) ([]purse, error) { return purses(tx, c.Organisation, september) })
		if len(found) != 2 || found[1].of != "4110" || found[0].planned != 400_000 || len(found[0].did) != 8 {
			t.Errorf("the purses of the third quarter are %+v", found)
		}
		for _, month := range []civil.Date{july, civil.On(2026, time.December, 1)} { // no end of a quarter; nothing was promised in it
			for _, p := range testkit.Read(t, s, func(tx *db.Tx) ([]purse, error) { return purses(tx, c.Organisation, month) }) {
				if len(p.did) > 0 {
					t.Errorf("in %v %s has %v", month, p.of, p.did)
				}
			}
		}
	})
}

// Eight of nineteen were promised a fortieth each of what was planned: a fifth in all, which is shown as 15, 20 or 25
// percent but for one lot in a hundred.
func TestTheShareOfMoneyThatIsUsed(t *testing.T) {
	s := testkit.SQLite(t)
	c := trained(t, s)
	september, near := civil.On(2026, time.September, 1), 0
	found := testkit.Read(t, s, func(tx *db.Tx) (census, error) { return count(tx, c.Organisation, september) })
	for n := range 200 {
		lots := Lots{byte(n)}
		for by, k := range found.shares(lots, lots.marks(found.all.ids)) {
			if len(k.Rows) != 1 || k.Rows[0].Total%Step != 0 || (by == 0) != (k.Rows[0].In[0] == "") {
				t.Fatalf("the shares are %+v", k)
			}
			if by == 0 && k.Rows[0].Shown && slices.Contains([]int{15, 20, 25}, k.Rows[0].Total) {
				near++
			}
		}
	}
	if near < 190 {
		t.Errorf("of 200 draws %d are near", near)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return UnscopedMake(tx, c.Organisation, september, Lots{}) })
	for _, by := range []disclosure.Breakdown{0, ByCostCentre} {
		if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (Table, error) { return Read(tx, c.Ines, used, by, september) }); err != nil {
			t.Errorf("the table by %d: %v", by, err)
		}
	}
}

func TestTheQuarterThatWasOver(t *testing.T) {
	for month, want := range map[time.Month]string{time.January: "2025-12-01", time.March: "2026-03-01", time.August: "2026-06-01", time.December: "2026-12-01"} {
		if got := QuarterOf(civil.On(2026, month, 9)); got.String() != want {
			t.Errorf("with %v: %v, want %s", month, got, want)
		}
	}
}
