package brief_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func facts(t testing.TB, s testkit.Store, me org.Actor, id db.ID) map[string]string {
	t.Helper()
	b := testkit.Read(t, s, func(tx *db.Tx) (brief.Brief, error) { return brief.For(tx, me, id) })
	all := testkit.Read(t, s, func(tx *db.Tx) ([]brief.Suggestion, error) { return brief.Suggestions(tx, me, b.Conversation) })
	found := map[string]string{}
	for _, one := range all {
		found[one.Fact()] = one.Line() + ". " + one.Reason
	}
	return found
}

func TestWhoOwesAnExpectationIsTold(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c.Ines, c.Tomas, 2).ID
		if got := facts(t, s, c.Tomas, id)["expectation"]; !strings.Contains(got, "role of Ines Faria") || !strings.Contains(got, "You can write it") {
			t.Errorf("Tomás is told: %q", got)
		}
		if got := facts(t, s, c.Ines, id)["expectation"]; !strings.Contains(got, "my role") {
			t.Errorf("Ines is told: %q", got)
		}
		free := agreed(t, s, c.Ines, c.Mira, 2).ID // who does not lead her
		if got := facts(t, s, c.Mira, free)["expectation"]; got != "" {
			t.Errorf("Mira is told: %q", got)
		}
	})
}

func TestDaysAndDirectionsThatMatterAreSuggested(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := agreed(t, s, c.Ines, c.Tomas, 2).ID
		day := civil.In(s.Clock.Now(), time.UTC).AddDays(20)
		testkit.Do(t, s, func(tx *db.Tx) error {
			for _, d := range []dates.Text{
				{Kind: dates.Budget, Title: "Training money", From: day}, {Kind: dates.Absence, Title: "Away", From: day},
				{Kind: dates.Review, Title: "Far away", From: day.AddDays(90)},
			} {
				if _, err := dates.Add(tx, c.Ines, d); err != nil {
					return err
				}
			}
			_, err := direction.Write(tx, c.Tomas, direction.Input{Scope: direction.Manager, Words: "Fewer services, better kept."})
			return err
		})
		hers, his := facts(t, s, c.Ines, id), facts(t, s, c.Tomas, id)
		if !strings.Contains(hers["date"], "Training money") || his["date"] != "" {
			t.Errorf("dates: %q and %q", hers["date"], his["date"])
		}
		if !strings.Contains(hers["direction"], "Fewer services") {
			t.Errorf("a direction: %q", hers["direction"])
		}
		source := slices.IndexFunc(testkit.Read(t, s, func(tx *db.Tx) ([]brief.Suggestion, error) {
			b, err := brief.For(tx, c.Ines, id)
			if err != nil {
				return nil, err
			}
			return brief.Suggestions(tx, c.Ines, b.Conversation)
		}), func(one brief.Suggestion) bool {
			return strings.Contains(one.Words, "Far away") || strings.Contains(one.Words, "Away")
		})
		if source >= 0 {
			t.Error("an absence, or what is far away, is suggested")
		}
	})
}
