package db_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

func TestWhoListensHearsOfACommitAndOfNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		told, stop := s.DB.Listen("a", "b")
		defer stop()
		heard(t, told, false) // the first word of a line that was made anew is no matter of a topic
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			tx.Tell("a")
			return errors.New("no")
		}); err == nil {
			t.Fatal("it was kept")
		}
		heard(t, told, false)
		testkit.Do(t, s, func(tx *db.Tx) error { tx.Tell("c"); return nil })
		heard(t, told, false)
		testkit.Do(t, s, func(tx *db.Tx) error { tx.Tell("b"); return nil })
		heard(t, told, true)
		stop()
		testkit.Do(t, s, func(tx *db.Tx) error { tx.Tell("a"); return nil })
		heard(t, told, false)
	})
}

func TestOtherCopiesOfTheProgramHearToo(t *testing.T) {
	address := testkit.Postgres(t)
	one, other := testkit.Open(t, address), testkit.Open(t, address)
	told, stop := one.DB.Listen("a")
	defer stop()
	heard(t, told, false)
	testkit.Do(t, other, func(tx *db.Tx) error { tx.Tell("a"); return nil })
	heard(t, told, true)
	testkit.Do(t, other, func(tx *db.Tx) error { tx.Tell("b"); return nil })
	heard(t, told, false)
}

// heard waits for what is told. That a line was made, which lets everybody look, is passed over.
func heard(t *testing.T, told <-chan struct{}, want bool) {
	t.Helper()
	patience := 200 * time.Millisecond
	if want {
		patience = 10 * time.Second
	}
	select {
	case <-told:
		if !want {
			t.Log("told without need")
		}
	case <-time.After(patience):
		if want {
			t.Error("nothing was told")
		}
	}
}
