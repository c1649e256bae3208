package mentorship_test

import (
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func agrees(t *testing.T, s testkit.Store, who org.Actor, id db.ID, in mentorship.Terms) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		m, err := mentorship.ByID(tx, who, id)
		if err != nil {
			return err
		}
		return mentorship.Agree(tx, who, id, m.Revision, in)
	})
}

func TestWhatWasAgreedStandsWhileAChangeWaits(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		m := pair(t, s, c)
		first := mentorship.Terms{Aim: "To draw a weir", Rhythm: "monthly", Confidentiality: "All of it"}
		agrees(t, s, c.Ines, m.ID, first)
		if got := stands(t, s, c.Mira, m.ID); got.Terms != first || got.Changing() {
			t.Errorf("a draft: %+v", got.Terms)
		}
		agrees(t, s, c.Mira, m.ID, first)
		change := first
		change.Aim = "To build one"
		agrees(t, s, c.Mira, m.ID, change)
		for _, who := range []org.Actor{c.Ines, c.Mira} {
			if got := stands(t, s, who, m.ID); got.Terms != first || got.Proposed != change || !got.Changing() {
				t.Errorf("while the change waits: %+v stands, %+v waits", got.Terms, got.Proposed)
			}
		}
		// Nobody says yes for the other.
		agrees(t, s, c.Mira, m.ID, change)
		if got := stands(t, s, c.Ines, m.ID); got.Terms != first {
			t.Error("who wrote the change said yes for both")
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.Stay(tx, c.Ines, m.ID) })
		if got := stands(t, s, c.Mira, m.ID); got.Terms != first || got.Changing() {
			t.Errorf("left as agreed: %+v", got.Proposed)
		}
		agrees(t, s, c.Mira, m.ID, change)
		agrees(t, s, c.Ines, m.ID, change)
		if got := stands(t, s, c.Ines, m.ID); got.Terms != change || got.Changing() {
			t.Errorf("both said yes: %+v stands", got.Terms)
		}
		all := testkit.Read(t, s, func(tx *db.Tx) ([]mentorship.Agreement, error) { return mentorship.Agreements(tx, c.Mira, m.ID) })
		if len(all) != 2 || all[0].Terms != change || all[1].Terms != first || all[1].At.IsZero() {
			t.Errorf("what was agreed, the latest first: %+v", all)
		}
		if all := testkit.Read(t, s, func(tx *db.Tx) ([]mentorship.Agreement, error) { return mentorship.Agreements(tx, c.Tomas, m.ID) }); len(all) != 0 {
			t.Error("somebody else reads what was agreed")
		}
	})
}

func TestBothHearOnTheLastDayThatTheyAgreed(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	m := pair(t, s, c)
	today := civil.In(s.Clock.Now(), c.Ines.Zone)
	terms := mentorship.Terms{Aim: "To draw a weir", EndsOn: today.AddDays(10)}
	agrees(t, s, c.Ines, m.ID, terms)
	agrees(t, s, c.Mira, m.ID, terms)
	later := terms
	later.EndsOn = today.AddDays(20)
	agrees(t, s, c.Ines, m.ID, later)
	agrees(t, s, c.Mira, m.ID, later)
	told := func(on civil.Date) int {
		for _, who := range []org.Actor{c.Ines, c.Mira} {
			if err := mentorship.SendEnd(t.Context(), s.DB, "", job.Args{"organisation": who.Organisation, "mentorship": m.ID, "person": who.Person, "on": db.ID(on.String())}); err != nil {
				t.Fatal(err)
			}
		}
		waits := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
			return db.List(tx, db.Scanned[string], "select key from jobs where kind = 'notice'")
		})
		n := 0
		for _, key := range waits {
			if strings.Contains(key, " end ") {
				n++
			}
		}
		return n
	}
	asked := testkit.Read(t, s, func(tx *db.Tx) (int, error) {
		return db.One(tx, db.Scanned[int], "select count(*) from jobs where kind = 'mentorship end'")
	})
	if asked != 4 {
		t.Errorf("%d jobs stand, two days for two people", asked)
	}
	if n := told(terms.EndsOn); n != 0 {
		t.Errorf("%d heard of a day that was moved", n)
	}
	if n := told(later.EndsOn); n != 2 {
		t.Errorf("%d heard that the last day has come, not both", n)
	}
}

func TestWhatATextSaidBeforeIsItsWritersAlone(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	m := pair(t, s, c)
	for n, words := range []string{"Bring a pen", "Bring two pens"} {
		testkit.Do(t, s, func(tx *db.Tx) error {
			return mentorship.Write(tx, c.Mira, m.ID, mentorship.Shared, int64(n), words)
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return mentorship.Write(tx, c.Ines, m.ID, mentorship.Shared, int64(n), "Mine: "+words)
		})
	}
	for _, one := range []struct {
		who   org.Actor
		words string
	}{{c.Mira, "Bring a pen"}, {c.Ines, "Mine: Bring a pen"}} {
		found := testkit.Read(t, s, func(tx *db.Tx) ([]org.Earlier, error) { return mentorship.EarlierTexts(tx, one.who, m) })
		if len(found) != 1 || found[0].Text["shared"] != one.words {
			t.Errorf("%s finds %+v", one.who.Name, found)
		}
	}
}
