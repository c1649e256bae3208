package home_test

import (
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/relationship"
	"github.com/ownward/ownward/internal/testkit"
)

func TestOneGentleLineAWeekIsTheMostWhoeverIsNear(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	today := civil.In(s.Clock.Now(), c.Ines.Zone)
	for n, who := range []org.Actor{c.Mira, c.Joel, c.Ada, c.Tomas} {
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := relationship.Add(tx, c.Ines, who.Self(), relationship.Text{NextOn: today.AddDays(5 * n), Next: "Bread"})
			return err
		})
	}
	week := func() civil.Date { // its Monday
		day := civil.In(s.Clock.Now(), c.Ines.Zone)
		for day.Weekday() != time.Monday {
			day = day.AddDays(-1)
		}
		return day
	}
	lines, silent := map[civil.Date]map[db.ID]bool{}, map[civil.Date]bool{}
	for range 35 {
		near := suggested(t, s, c.Ines).Near
		if near != "" {
			if silent[week()] {
				t.Errorf("week of %s: a line after one was answered", week())
			}
			if lines[week()] == nil {
				lines[week()] = map[db.ID]bool{}
			}
			lines[week()][near] = true
			if day := civil.In(s.Clock.Now(), c.Ines.Zone); day.Weekday() == time.Wednesday {
				testkit.Do(t, s, func(tx *db.Tx) error { return relationship.Met(tx, c.Ines, near, civil.Date{}) })
				silent[week()] = true
			}
		}
		s.Clock.Move(24 * time.Hour)
	}
	for monday, of := range lines {
		if len(of) > 1 {
			t.Errorf("week of %s: %d lines", monday, len(of))
		}
	}
	if len(silent) < 3 {
		t.Errorf("%d weeks with a line that was answered", len(silent))
	}
}
