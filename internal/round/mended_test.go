package round_test

import (
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAPairThatSomebodyEndedDoesNotBeginAgain(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x := g.person("A", ""), g.person("X", "")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	g.publishes(g.tries())
	testkit.Do(t, s, func(tx *db.Tx) error {
		all, err := mentorship.Mine(tx, x)
		if err != nil {
			return err
		}
		return mentorship.End(tx, x, all[0].ID)
	})
	g.followed()
	if n := len(g.pairs(a)); n != 0 || g.tries().Figures.Matched != 0 {
		t.Errorf("X ended it, and %d pairs began again", n)
	}
}

func TestAMentorsWishesAreInNoNumber(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x := g.person("A", ""), g.person("X", "")
	g.wants(x, "Go", 1)
	g.helps(a, 1, "Go", 5, x)
	v := g.tries(func(in *round.Settings) { in.Weights = round.Weights{Wishes: 1} })
	if v.Figures.Matched != 1 || v.Figures.Total != 0 || v.Figures.Least != 0 {
		t.Errorf("the figures tell of the wish: %+v", v.Figures)
	}
}

func TestPinsTakeNoMorePlacesThanThereAre(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, x, y := g.person("A", ""), g.person("X", ""), g.person("Y", "")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	g.wants(y, "Go", 1)
	v := g.tries()
	g.works(func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, g.Ada, v.ID, x.Person, a.Person, round.Pin)
	})
	_ = g.fails(func(tx *db.Tx) (*round.Work, error) {
		return round.ChangePair(tx, g.Ada, v.ID, y.Person, a.Person, round.Pin)
	})
}

func TestWhoHasMetKeepsTheirMentorThoughTheMentorLeavesTheRound(t *testing.T) {
	s := testkit.SQLite(t)
	g := gather(t, s)
	a, b, x := g.person("A", ""), g.person("B", ""), g.person("X", "")
	g.helps(a, 1, "Go", 5)
	g.wants(x, "Go", 1)
	g.publishes(g.tries())
	g.meets(g.pairs(a)[0])
	testkit.Do(t, s, func(tx *db.Tx) error { return round.Leave(tx, a, g.round.ID, round.Mentor) })
	g.helps(b, 1, "Go", 5)
	g.followed()
	if len(g.pairs(b)) != 0 || len(g.pairs(a)) != 1 {
		t.Error("X has a second mentor")
	}
	_ = testkit.Fails(t, s, func(tx *db.Tx) error { return round.Undo(tx, g.Ada, g.round.ID) })
}
