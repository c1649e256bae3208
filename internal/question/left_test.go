package question_test

import (
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

func TestWhoAskedIsToldWhenTheOneAskedLeaves(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		asks := func(words string) db.ID {
			return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
				sent, err := question.Send(tx, c.Ines, org.Origin{}, question.Sending{Wording: words, Here: []db.ID{c.Joel.Person}})
				return sent[0].ID, err
			})
		}
		answered, waits := asks("What was easy?"), asks("What was hard?")
		testkit.Do(t, s, func(tx *db.Tx) error { return question.GiveAnswer(tx, c.Joel, answered, "The gates") })
		mails := func() int64 {
			return testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
				return db.One(tx, db.Scanned[int64], "select count(*) from jobs where args like $1 escape '!'", "%"+string(c.Ines.Person)+"%")
			})
		}
		before := mails()
		testkit.Do(t, s, func(tx *db.Tx) error {
			if err := org.Leave(tx, c.Ada, c.Joel.Person); err != nil {
				return err
			}
			return question.PersonLeft(tx, event.Event{Organisation: c.Ines.Organisation, Thing: event.Thing{Kind: "person", ID: c.Joel.Person}})
		})
		if n := mails() - before; n != 1 {
			t.Errorf("she is told %d times", n)
		}
		for id, left := range map[db.ID]bool{answered: true, waits: true} {
			a := testkit.Read(t, s, func(tx *db.Tx) (question.Asking, error) { return question.ByID(tx, c.Ines, id) })
			if a.ToLeft != left {
				t.Errorf("of %q it is said that they left: %v", a.Wording, a.ToLeft)
			}
		}
	})
}
