package commitment_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func takeOvers(t *testing.T, s testkit.Store, me org.Actor) map[db.ID]commitment.Commitment {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (map[db.ID]commitment.Commitment, error) { return commitment.TakeOvers(tx, me) })
}

func TestWhoPromisedAgreesBeforeAnotherIsAskedToTakeItOver(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		made := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		ask := func(tx *db.Tx) error {
			return commitment.AskToTakeOver(tx, c.Ines, made.ID, c.Ana.Self(), commitment.NewTerms{})
		}
		testkit.Do(t, s, ask)
		if len(takeOvers(t, s, c.Ines)) != 0 {
			t.Fatal("Ana is asked before Tomás has agreed")
		}
		change := sees(t, s, c.Tomas, made.ID).Change.ID
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Agree(tx, c.Tomas, made.ID, change) })
		next := takeOvers(t, s, c.Ines)[made.ID]
		if !next.By.Is(c.Ana) || next.Words != made.Words || next.Due != made.Due {
			t.Fatalf("asked: %v, want Ana for the same", next)
		}
		if err := testkit.Fails(t, s, ask); !errors.As(err, new(problem.Refused)) {
			t.Errorf("asked twice: %v, want a refusal", err)
		}
		stands(t, s, c.Tomas, made.ID, commitment.Open)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Ana, next.ID) })
		stands(t, s, c.Tomas, made.ID, commitment.Released)
		stands(t, s, c.Ines, next.ID, commitment.Open)
	})
}

func TestWhoseOtherSideHasLeftAsksTheSuccessorAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		made := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		for _, other := range []org.Actor{c.Ana, c.Mira} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error {
				return commitment.AskToTakeOver(tx, other, made.ID, c.Ana.Self(), commitment.NewTerms{})
			})
			if !errors.Is(err, problem.NotFound) {
				t.Errorf("%s hands on what is not hers: %v", other.Name, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.AskToTakeOver(tx, c.Ines, made.ID, c.Ana.Self(), commitment.NewTerms{Due: due.AddDays(30)})
		})
		next := takeOvers(t, s, c.Ines)[made.ID]
		if !next.By.Is(c.Ana) || next.Due != due.AddDays(30) || next.State != commitment.Proposed {
			t.Fatalf("asked: %v, want Ana, a month later", next)
		}
		stands(t, s, c.Ines, made.ID, commitment.Open)
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.AcceptProposal(tx, c.Ana, next.ID) })
		stands(t, s, c.Ines, made.ID, commitment.Released)
	})
}

func TestWithAnyFindsWhatStandsBetweenTheActorAndThose(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		his := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		hers := makes(t, s, c.Ines, promise(c.Ines, c.Tomas))
		makes(t, s, c.Mira, promise(c.Mira, c.Ines))
		makes(t, s, c.Ines, promise(c.Tomas, c.Ines)) // a proposal, which waits for his yes
		got := testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Commitment, error) {
			return commitment.WithAny(tx, c.Ines, []db.ID{c.Tomas.Person, c.Ana.Person})
		})
		if len(got) != 2 || got[0].ID != his.ID || got[1].ID != hers.ID {
			t.Errorf("between Ines and those two: %v, want his and hers", got)
		}
	})
}
