package bounce_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/bounce"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// sent is the Message-ID of a notice that was sent to a person.
func sent(t *testing.T, s testkit.Store, to org.Actor) string {
	return "notice-" + string(testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		key := string(tx.NewID())
		if err := job.Enqueue(tx, "notice", key, tx.Now(), job.Args{"organisation": to.Organisation, "person": to.Person}); err != nil {
			return "", err
		}
		return db.One(tx, db.Scanned[db.ID], "select id from jobs where key = $1", "notice "+key)
	}))
}

func take(t *testing.T, s testkit.Store, b mail.Bounce) bool {
	return testkit.Write(t, s, func(tx *db.Tx) (bool, error) { return bounce.Take(tx, b) })
}

func nowhere(t *testing.T, s testkit.Store, address string) bool {
	return testkit.Read(t, s, func(tx *db.Tx) (bool, error) { return account.UnscopedLeadsNowhere(tx, address) })
}

func TestWhatCameBackMarksItsAddressAndNoOther(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Write(t, s, func(tx *db.Tx) (account.Token, error) {
			return account.UnscopedSignIn(tx, c.Ines.Organisation, c.Ines.Person, "a test")
		})
		s.Clock.Move(1e9)
		id := sent(t, s, c.Ines)
		if take(t, s, mail.Bounce{ID: "notice-0199", Recipient: "ines@weir.example", Status: "5.1.1"}) || nowhere(t, s, "ines@weir.example") {
			t.Error("a report about a mail that was never sent counts")
		}
		if !take(t, s, mail.Bounce{ID: id, Recipient: "ines@weir.example", Status: "5.2.2"}) || nowhere(t, s, "ines@weir.example") {
			t.Error("a full mailbox counts as none")
		}
		take(t, s, mail.Bounce{ID: id, Recipient: "tomas@weir.example", Status: "5.1.1"})
		if nowhere(t, s, "tomas@weir.example") {
			t.Error("with the mail of one, the address of another is marked")
		}
		take(t, s, mail.Bounce{ID: id, Recipient: "ines@weir.example", Status: "5.1.1"})
		if !nowhere(t, s, "ines@weir.example") {
			t.Error("what came back marks nothing")
		}
		me := testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, c.Ines.Organisation, c.Ines.Person) })
		_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (string, error) { return account.ReachedAt(tx, me) })
		if !errors.As(err, new(problem.Refused)) {
			t.Errorf("notices go on to be sent: %v", err)
		}
	})
}
