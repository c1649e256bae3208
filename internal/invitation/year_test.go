package invitation_test

import (
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAYearIsInvitedToAsItComesNear(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		year := testkit.Write(t, s, func(tx *db.Tx) (conversation.Cadence, error) {
			return conversation.Begin(tx, c.Ines, c.Tomas.Self(), conversation.Usual)
		})
		count := func() int64 {
			t.Helper()
			if err := invitation.InviteToYear(t.Context(), s.DB, "", job.Args{"organisation": c.Ines.Organisation, "cadence": year.ID}); err != nil {
				t.Fatal(err)
			}
			return testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
				return db.One(tx, db.Scanned[int64], "select count(*) from invitations where stands")
			})
		}
		first, again := count(), count()
		if first == 0 || first > 6 || again != first {
			t.Errorf("at first %d invitations stand, then %d", first, again)
		}
		s.Clock.MoveDays(35)
		if later := count(); later != first+2 {
			t.Errorf("five weeks on, %d stand after %d", later, first)
		}
	})
}
