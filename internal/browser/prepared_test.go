package browser

import (
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/testkit"
)

// TestASprintIsPreparedFromTheMailAndClosed plays prepared.mjs with two copies of the program over one PostgreSQL: from the mail to the
// end of the brief in at most three interactions, notes that reach the other copy as they are typed, and a sprint closed on a phone.
func TestASprintIsPreparedFromTheMailAndClosed(t *testing.T) {
	database := testkit.Postgres(t)
	var path string
	var his, hers account.Token
	one := open(t, house.Config{Database: database}, func(h *house.House) error {
		s := testkit.Store{DB: h.DB}
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			asked, err := conversation.Request(tx, c.Ines, conversation.Input{
				With: c.Tomas.Self(), Kind: conversation.Sprint, Time: conversation.Time{At: tx.Now().Add(24*time.Hour + 5*time.Minute), Minutes: 20},
			})
			if err != nil {
				return err
			}
			path = "/conversations/" + string(asked.ID)
			if err := conversation.AddItem(tx, c.Ines, asked.ID, conversation.ItemInput{Words: "The waiting list", Shared: true}); err != nil {
				return err
			}
			if _, err := conversation.Accept(tx, c.Tomas, asked.ID, 1); err != nil {
				return err
			}
			if his, err = account.UnscopedSignIn(tx, c.Tomas.Organisation, c.Tomas.Person, "a phone"); err != nil {
				return err
			}
			hers, err = account.UnscopedSignIn(tx, c.Ines.Organisation, c.Ines.Person, "a desk")
			return err
		})
		return nil
	})
	other := open(t, house.Config{Database: database}, nil)
	out, err := runNode(t, "prepared.mjs", one.address, one.outside, string(his), other.address, string(hers), path)
	t.Log(out)
	if err != nil {
		t.Errorf("a sprint from the mail to its end: %v", err)
	}
	looked(t, one, other)
}
