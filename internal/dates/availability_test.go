package dates_test

import (
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

func available(t *testing.T, s testkit.Store, organisation db.ID, people ...db.ID) map[db.ID]dates.Availability {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (map[db.ID]dates.Availability, error) {
		return dates.UnscopedAvailability(tx, organisation, people, tx.Now(), tx.Now().AddDate(1, 0, 0))
	})
}

func TestWhoSaidNothingWorksFromNineToFiveInTheirZone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		d := away(t, s, c.Ines, dates.Days)
		closed := testkit.Write(t, s, func(tx *db.Tx) (dates.Date, error) {
			return dates.AddToOrganisation(tx, c.Ada, dates.Text{Kind: dates.Holiday, From: today.AddDays(2)})
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := dates.AddToOrganisation(tx, c.Ada, dates.Text{Kind: dates.Review, From: today.AddDays(3)})
			return err
		})
		found := available(t, s, c.Ines.Organisation, c.Ines.Person, c.Tomas.Person, "nobody")
		ines, tomas := found[c.Ines.Person], found[c.Tomas.Person]
		if len(found) != 2 || ines.Zone.String() != c.Ines.Zone.String() {
			t.Fatalf("found %+v", found)
		}
		if len(ines.Hours[time.Sunday]) != 0 || len(ines.Hours[time.Friday]) != 1 || ines.Hours[time.Friday][0].String() != "9:00 to 17:00" {
			t.Errorf("the hours are %v", ines.Hours)
		}
		works := civil.Span{From: closed.From, To: closed.To}
		if len(ines.Away) != 2 || ines.Away[0] != works || ines.Away[1] != (civil.Span{From: d.From, To: d.To}) || len(tomas.Away) != 1 || tomas.Away[0] != works {
			t.Errorf("away: %v and %v", ines.Away, tomas.Away)
		}
		everybody := make([]db.ID, 40)
		everybody[7], everybody[30] = c.Ines.Person, c.Tomas.Person
		if many := available(t, s, c.Ines.Organisation, everybody...); len(many) != 2 || len(many[c.Ines.Person].Away) != 2 {
			t.Errorf("of many people: %+v", many)
		}
	})
}
