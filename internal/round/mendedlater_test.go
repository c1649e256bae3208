package round_test

import (
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAMentorsNumberHoldsThoughAMenteeWhoMetLeaves(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x, y := g.person("A", ""), g.person("X", ""), g.person("Y", "")
	g.helps(a, 2, "Go", 5)
	testkit.Do(t, s, func(tx *db.Tx) error {
		return round.Join(tx, a, g.round.ID, round.Mentor, 1, round.Statement{Places: 1})
	})
	g.wants(x, "Go", 1)
	g.publishes(g.tries())
	g.meets(g.pairs(a)[0])
	testkit.Do(t, s, func(tx *db.Tx) error { return round.Leave(tx, x, g.round.ID, round.Mentee) })
	g.wants(y, "Go", 1)
	g.followed()
	if n := len(g.pairs(a)); n != 1 {
		t.Errorf("A gave the round one place, and has %d pairs of it", n)
	}
}

func TestANumberThatIsLoweredOnlyStopsNewPairs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		g := gather(t, s)
		a := g.person("A", "")
		g.helps(a, 3, "Go", 5)
		for _, name := range []string{"X", "Y", "Z"} {
			g.wants(g.person(name, ""), "Go", 1)
		}
		g.publishes(g.tries())
		testkit.Do(t, s, func(tx *db.Tx) error {
			p, err := mentor.Mine(tx, a)
			if err != nil {
				return err
			}
			p.Places = 1
			return mentor.Offer(tx, a, p.Revision, p.Text)
		})
		late := g.person("Late", "")
		g.wants(late, "Go", 1, a)
		v := g.tries()
		if shown := g.shows(v); len(shown) != 3 || shown[late.Person] != "" {
			t.Errorf("A has taken in somebody new, or let somebody go: %v", shown)
		}
		g.publishes(v)
		if n := len(g.pairs(a)); n != 3 {
			t.Errorf("A has %d pairs", n)
		}
	})
}

func TestWhatAMenteeStatesIsReadWhileThePairRuns(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x := g.person("A", ""), g.person("X", "")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	g.publishes(g.tries())
	sees := func() round.Match {
		return testkit.Read(t, s, func(tx *db.Tx) (round.Match, error) {
			r, err := round.ByID(tx, a, g.round.ID)
			if err != nil {
				return round.Match{}, err
			}
			m, err := round.MineIn(tx, a, r)
			return m.Mentees[0], err
		})
	}
	if m := sees(); m.Aim == "" || len(m.Reasons.Knows) != 1 {
		t.Errorf("while it runs: %+v", m)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentorship.End(tx, x, g.pairs(a)[0].ID) })
	if m := sees(); m.Aim != "" || len(m.Reasons.Knows) != 0 || !m.Over {
		t.Errorf("once it has ended: %+v", m)
	}
}

func TestUndoTakesOffWhatWasArrangedAndThePairMayBeginAgain(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x := g.person("A", ""), g.person("X", "")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	v := g.tries()
	g.publishes(v)
	c := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		return mentorship.Meet(tx, x, g.pairs(a)[0].ID, conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 45})
	})
	testkit.Do(t, s, func(tx *db.Tx) error { return round.Undo(tx, g.Ada, g.round.ID) })
	c = testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, x, c.ID) })
	if c.State != conversation.Cancelled || c.CancelledBecause != conversation.ByPairing {
		t.Errorf("the session is %s because of %s", c.State, c.CancelledBecause)
	}
	g.works(func(tx *db.Tx) (*round.Work, error) { return round.WorkOut(tx, g.Ada, v.ID) })
	g.publishes(v)
	if len(g.pairs(a)) != 1 {
		t.Error("what was undone is not published again")
	}
}

func TestWhyTwoAreApartTellsOfNoPrivatePairing(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x := g.person("A", ""), g.person("X", "")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	testkit.Do(t, s, func(tx *db.Tx) error { _, err := mentor.Begin(tx, a, a.Person, x.Person, ""); return err })
	v := g.tries()
	all := testkit.Read(t, s, func(tx *db.Tx) ([]round.Line, error) { return round.Unmatched(tx, g.Ada, v, "", 5) })
	if len(all) != 1 || all[0].Because != round.ByAlways {
		t.Errorf("why X has nobody: %+v", all)
	}
}

func TestWhatFollowsIsToldToWhoRunsRoundsNow(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b, x, y := g.person("A", ""), g.person("B", ""), g.person("X", ""), g.person("Y", "")
	next := g.person("Next", "")
	testkit.Do(t, s, func(tx *db.Tx) error { return org.NameProgrammeOwner(tx, g.Ada, next.Person, true) })
	next = testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, g.Organisation.ID, next.Person) })
	g.round = testkit.Write(t, s, func(tx *db.Tx) (round.Round, error) {
		return round.New(tx, next, round.Text{Name: "Theirs", Who: round.Everyone})
	})
	g.helps(a, 1, "Go", 5)
	g.helps(b, 1, "Go", 3)
	g.wants(x, "Go", 1, a)
	g.publishes(g.tries())
	testkit.Do(t, s, func(tx *db.Tx) error { return org.NameProgrammeOwner(tx, g.Ada, next.Person, false) })
	g.wants(y, "Go", 4)
	g.followed()
	told := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
		return db.List(tx, db.Scanned[string], "select args from jobs where args like '%proposed%'")
	})
	if len(told) != 1 || !strings.Contains(told[0], string(g.Ada.Person)) {
		t.Errorf("who is told: %s", told)
	}
}
