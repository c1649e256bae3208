package question_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

const weirCard = "---\nid: at-the-weir\nstage: ask\nfor: [manager]\nquestion: What would help {beneficiary:them}?\n---\n\n## When to ask\n\nBefore lunch.\n"

func TestHowACardReadBeforeIsReadByWhoMayChangeIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for _, by := range []struct {
			keeper, other org.Actor
			ours          bool
		}{{c.Ines, c.Ada, false}, {c.Ada, c.Ines, true}} {
			k := testkit.Write(t, s, func(tx *db.Tx) (question.Kept, error) {
				return question.Keep(tx, by.keeper, question.Builtin(), weirCard, by.ours)
			})
			testkit.Do(t, s, func(tx *db.Tx) error {
				return question.ChangeKept(tx, by.keeper, question.Builtin(), k.ID, k.Revision, strings.Replace(weirCard, "lunch", "noon", 1))
			})
			earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) { return question.Earlier(tx, by.keeper, k.ID) })
			if len(earlier) != 1 || earlier[0].Text["text"] != weirCard {
				t.Errorf("it read before: %+v", earlier)
			}
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := question.Earlier(tx, by.other, k.ID); return err }); !errors.Is(err, problem.NotFound) {
				t.Errorf("somebody else reads it: %v", err)
			}
			found := testkit.Read(t, s, func(tx *db.Tx) ([]event.Named, error) {
				return question.FindKept(tx, by.other, db.WordsIn("help"), 9)
			})
			if (len(found) == 1) != by.ours {
				t.Errorf("another finds %d", len(found))
			}
			testkit.Do(t, s, func(tx *db.Tx) error { return question.RemoveKept(tx, by.keeper, k.ID) })
			left := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
				return db.One(tx, db.Scanned[int64], "select count(*) from revisions where organisation_id = $1 and thing_id = $2", by.keeper.Organisation, k.ID)
			})
			if left != 0 {
				t.Error("what it said before stays when it is gone")
			}
		}
	})
}
