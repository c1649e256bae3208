package insight_test

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/disclosure"
	"github.com/ownward/ownward/internal/insight"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/testkit"
)

// A backup of before the month was made comes back, and the month is made again as the job does it. With the key from
// the file beside the store each group has the lot that it had: who saw both draws knows no more than from one.
func TestAMonthThatIsMadeAgainAfterARestoreHasTheSameLots(t *testing.T) {
	s := testkit.SQLite(t)
	s.Clock.MoveDays(-60)
	c, all := promised(t, s, 7)
	s.Clock.MoveDays(60)
	folder := t.TempDir()
	backup := filepath.Join(folder, "backup.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	made := func(s testkit.Store, key string) []insight.Table {
		t.Helper()
		args := job.Args{"organisation": c.Organisation.ID, "month": "2026-10-01"}
		if err := insight.Make(seal.InFile(filepath.Join(folder, key)))(t.Context(), s.DB, "", args); err != nil {
			t.Fatal(err)
		}
		return promisesOf(t, s, c.Ines)
	}
	restored := func(name string) testkit.Store {
		t.Helper()
		path := filepath.Join(folder, name)
		if _, err := db.Restore(t.Context(), backup, path, s.Clock.Now()); err != nil {
			t.Fatal(err)
		}
		return testkit.Open(t, path)
	}
	before := made(s, "secret.key")
	if again := made(restored("again.db"), "secret.key"); fmt.Sprint(again) != fmt.Sprint(before) {
		t.Errorf("made again after a restore it is %v, and it was %v", again, before)
	}
	if other := made(restored("other.db"), "another.key"); fmt.Sprint(other) == fmt.Sprint(before) {
		t.Error("another key draws the same lots")
	}
	changed := restored("changed.db")
	testkit.Do(t, changed, func(tx *db.Tx) error { // somebody of Locks
		_, err := tx.Exec("update commitments set due = '2026-12-01' where by_person_id = $1", all[0].ID)
		return err
	})
	const weirs = 2 // of the rows by department
	was, is := before[1].Rows[weirs], made(changed, "secret.key")[1].Rows[weirs]
	if is.In[0] != "Weirs" || !is.Shown || fmt.Sprint(is) != fmt.Sprint(was) {
		t.Errorf("somebody else did something, and Weirs are now %v; they were %v", is, was)
	}
}

func promisesOf(t *testing.T, s testkit.Store, me org.Actor) []insight.Table {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (all []insight.Table, err error) {
		for _, by := range disclosure.Breakdowns {
			table, err := insight.Read(tx, me, insight.FigureOf("promises"), by, civil.On(2026, time.October, 1))
			if err != nil {
				return nil, err
			}
			all = append(all, table)
		}
		return all, nil
	})
}
