package share_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

func viewers(t *testing.T, s testkit.Store, me org.Actor) []string {
	all := testkit.Read(t, s, func(tx *db.Tx) (share.Audiences, error) { return share.Given(tx, me) })
	return all.Names()
}

func TestAShareWithMyManagerEndsWithTheReportingLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		goals := share.Section(c.Ines, "goals")
		testkit.Do(t, s, func(tx *db.Tx) error { return share.WithManager(tx, c.Ines, goals) })
		testkit.Do(t, s, func(tx *db.Tx) error { return share.WithManager(tx, c.Ines, goals) })
		if got := viewers(t, s, c.Ines); !slices.Equal(got, []string{"Tomás Reis"}) {
			t.Fatalf("seen by %v, want Tomás", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		if got := viewers(t, s, c.Ines); len(got) != 0 {
			t.Errorf("after the line ended it is seen by %v", got)
		}
		// The old line back again is a new line.
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Tomas.Person) })
		if got := viewers(t, s, c.Ines); len(got) != 0 {
			t.Errorf("under the same manager again, unconfirmed, it is seen by %v", got)
		}
		lapsed := testkit.Read(t, s, func(tx *db.Tx) (share.Audiences, error) { return share.Lapsed(tx, c.Ines) })
		if len(lapsed) != 1 || lapsed[0].What != goals {
			t.Errorf("to be handed over: %v, want the goals", lapsed)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return share.WithManager(tx, c.Ines, goals) })
		if got := viewers(t, s, c.Ines); !slices.Equal(got, []string{"Tomás Reis"}) {
			t.Errorf("confirmed, it is seen by %v, want Tomás", got)
		}
	})
}

func TestWhatIsTakenBackIsSeenNoMoreAndCanBeSharedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		win := share.What{Kind: "win", ID: "w1"}
		for range 2 {
			testkit.Do(t, s, func(tx *db.Tx) error { return share.WithPerson(tx, c.Ines, win, c.Mira.Person) })
			got := testkit.Read(t, s, func(tx *db.Tx) (share.Audiences, error) { return share.Received(tx, c.Mira, c.Ines.Person) })
			if len(got) != 1 || got[0].What != win {
				t.Fatalf("Mira received %v, want the win", got)
			}
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return share.TakeBack(tx, c.Mira, got[0].ID) }); !errors.Is(err, problem.NotFound) {
				t.Errorf("Mira takes back what Ines shared: %v, want not found", err)
			}
			testkit.Do(t, s, func(tx *db.Tx) error { return share.TakeBack(tx, c.Ines, got[0].ID) })
			if left := testkit.Read(t, s, func(tx *db.Tx) ([]share.Owner, error) { return share.Owners(tx, c.Mira) }); len(left) != 0 {
				t.Errorf("taken back, and Mira still sees something of %v", left)
			}
		}
	})
}

func TestNothingIsSharedAcrossOrganisationsOrWithThoseWhoLeft(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "weir.example"), testkit.NewCompany(t, s, "other.example")
		win := share.What{Kind: "win", ID: "w1"}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return share.WithPerson(tx, c.Ines, win, other.Ines.Person) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("across organisations: %v, want not found", err)
		}
		var refused problem.Refused
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return share.WithManager(tx, c.Ana, win) }); !errors.As(err, &refused) {
			t.Errorf("without a manager: %v, want a refusal that says why", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Mira.Person) })
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return share.WithPerson(tx, c.Ines, win, c.Mira.Person) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("with somebody who left: %v, want not found", err)
		}
	})
}

func TestALookIsKeptOnceAViewerThingAndDay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		plan := share.Section(c.Ines, "goals")
		for _, days := range []int{0, 0, 1} {
			s.Clock.MoveDays(days)
			testkit.Do(t, s, func(tx *db.Tx) error { return share.Looked(tx, c.Tomas, c.Ines.Person, plan) })
			testkit.Do(t, s, func(tx *db.Tx) error { return share.Looked(tx, c.Ines, c.Ines.Person, plan) })
		}
		for _, what := range []share.What{plan, {}} {
			got := testkit.Read(t, s, func(tx *db.Tx) ([]share.Look, error) { return share.Looks(tx, c.Ines, what, 10) })
			if len(got) != 2 || got[0].Name != "Tomás Reis" || got[0].Day.String() != "2026-11-24" || got[1].Day.String() != "2026-11-23" {
				t.Errorf("looks at %v: %v, want Tomás on two days", what, got)
			}
		}
		if got := testkit.Read(t, s, func(tx *db.Tx) ([]share.Look, error) { return share.Looks(tx, c.Tomas, share.What{}, 10) }); len(got) != 0 {
			t.Errorf("Tomás, at whose things nobody looked, is shown %v", got)
		}
	})
}
