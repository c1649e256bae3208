package commitment_test

import (
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTheStripIsTheSameForBothSidesAndNobodyElseFindsIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		kept := makes(t, s, c.Tomas, promise(c.Tomas, c.Ines))
		open := makes(t, s, c.Ines, promise(c.Ines, c.Tomas))
		makes(t, s, c.Ines, promise(c.Tomas, c.Ines)) // waits for a yes: agreed on by nobody
		makes(t, s, c.Ines, promise(c.Ines, c.Mira))
		later := commitment.NewTerms{Due: due.AddDays(5)}
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.Propose(tx, c.Tomas, kept.ID, later) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			return commitment.Agree(tx, c.Ines, kept.ID, sees(t, s, c.Ines, kept.ID).Change.ID)
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.SayItIsDone(tx, c.Tomas, kept.ID, "") })
		testkit.Do(t, s, func(tx *db.Tx) error { return commitment.ConfirmDone(tx, c.Ines, kept.ID, "") })

		strip := func(me org.Actor, with db.ID) []commitment.Stretch {
			return testkit.Read(t, s, func(tx *db.Tx) ([]commitment.Stretch, error) { return commitment.Strip(tx, me, with) })
		}
		mine, theirs := strip(c.Ines, c.Tomas.Person), strip(c.Tomas, c.Ines.Person)
		same := slices.EqualFunc(mine, theirs, func(a, b commitment.Stretch) bool {
			return a.Commitment == b.Commitment && slices.Equal(a.Renegotiated, b.Renegotiated)
		})
		if !same {
			t.Errorf("Ines sees %+v and Tomás %+v", mine, theirs)
		}
		if len(mine) != 2 || mine[0].ID != kept.ID || mine[0].State != commitment.Kept || len(mine[0].Renegotiated) != 1 || mine[1].ID != open.ID || len(mine[1].Renegotiated) != 0 {
			t.Errorf("the strip of the two is %+v, want one kept that was renegotiated and one open", mine)
		}
		for _, other := range []org.Actor{c.Ana, c.Ada, c.Mira, c.Joel} {
			for _, with := range []org.Actor{c.Ines, c.Tomas} {
				if got := strip(other, with.Person); slices.ContainsFunc(got, func(p commitment.Stretch) bool { return p.ID == kept.ID || p.ID == open.ID }) {
					t.Errorf("%s finds %+v", other.Name, got)
				}
			}
		}
		if got := strip(c.Ines, c.Ines.Person); len(got) != 0 {
			t.Errorf("with herself Ines finds %+v", got)
		}
	})
}
