package portable_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// signedIn lets a person sign in, so that they have an account.
func signedIn(t testing.TB, s testkit.Store, me org.Actor) org.Actor {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (org.Actor, error) {
		if _, err := account.UnscopedSignIn(tx, me.Organisation, me.Person, "a test"); err != nil {
			return me, err
		}
		return org.UnscopedActor(tx, me.Organisation, me.Person)
	})
}

func deletes(t testing.TB, s testkit.Store, me org.Actor, typed string) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return portable.DeleteAccount(tx, me, typed) })
}

// everything is all text in the store, by table and column.
func everything(t testing.TB, s testkit.Store) string {
	t.Helper()
	var all strings.Builder
	for table, columns := range tablesOfWords(t, s) {
		for _, column := range columns {
			rows := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
				return db.List(tx, db.Scanned[string], "select coalesce("+column+", '') from "+table)
			})
			for _, row := range rows {
				all.WriteString(table + "." + column + ": " + row + "\n")
			}
		}
	}
	return all.String()
}

func TestADeletedAccountLeavesWhatWasAgreedAndNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		r := newRich(t, s)
		me := signedIn(t, s, r.Ines)
		var wrong problem.Invalid
		for _, typed := range []string{"", "tomas@weir.example", "ines"} {
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return portable.DeleteAccount(tx, me, typed) }); !errors.As(err, &wrong) {
				t.Errorf("%q: %v", typed, err)
			}
		}
		f := testkit.Read(t, s, func(tx *db.Tx) (portable.File, error) { return portable.Take(tx, me) })
		deletes(t, s, me, "Ines@Weir.example ")
		left := everything(t, s)
		for _, gone := range []string{
			"Ines", "ines@", "Rui", "Craft", "First thought", "Second thought", "Public speaking", "Lead the platform", "Step open", "A step of a goal",
			"A long day", "Better.", "Do I still want this", "The woman on the train", "A better draft", "A look at my talk", "A reference", "A better chair",
			"No budget", "I was not nervous", "I was nervous", "Only for me", "Send him my notes", "Look at my", "Shown to Tomás", "by all", "Taken from Tomás", "A step from Tomás", "Introduce me", "Talk to Mira",
			"In the spring of the flood", "Fewer gates", "Flood warden", "Ties six", "Chief warden",
		} {
			if at := strings.Index(left, gone); at >= 0 {
				t.Errorf("%q is still there: %s", gone, around(left, gone))
			}
		}
		r.checkWhatStays(t, f)
		for table, want := range map[string]int64{"accounts": 0, "addresses": 0, "sessions": 0} {
			if n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return db.One(tx, db.Scanned[int64], "select count(*) from "+table) }); n != want {
				t.Errorf("%d rows in %s", n, table)
			}
		}
		// The same address can come back, as somebody new.
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := org.Add(tx, org.Operator(r.Organisation.ID), org.Details{Name: "Ines Faria", Email: "ines@weir.example"})
			return err
		})
	})
}

// checkWhatStays finds what Ines had agreed with others, as those find it.
func (r rich) checkWhatStays(t *testing.T, f portable.File) {
	t.Helper()
	s := r.s
	check := func(who org.Actor, stays bool, what string, find func(tx *db.Tx) error) {
		t.Helper()
		err := db.Do(t.Context(), s.DB, find)
		if stays != (err == nil) || !stays && !errors.Is(err, problem.NotFound) {
			t.Errorf("%s and %s: %v", who.Name, what, err)
		}
	}
	for _, p := range f.Promises {
		for _, side := range []org.Actor{r.Tomas, r.Joel, r.Mira} {
			if p.By != org.Myself && p.To != org.Myself || p.AgreedAt.IsZero() || name(f, p.By) != side.Name && name(f, p.To) != side.Name {
				continue
			}
			check(side, true, p.Words, func(tx *db.Tx) error {
				c, err := commitment.ByID(tx, side, p.ID)
				if err == nil && c.By.Name != org.FormerMember && c.To.Name != org.FormerMember {
					t.Errorf("%s: between %s and %s", p.Words, c.By.Name, c.To.Name)
				}
				return err
			})
		}
	}
	for _, a := range f.Asks {
		if a.Owner != org.Myself || len(a.Sendings) == 0 {
			continue
		}
		for _, who := range []org.Actor{r.Tomas, r.Ana, r.Mira} {
			decided := a.Decision != nil && name(f, a.Decision.By) == who.Name
			for _, m := range a.Sendings[len(a.Sendings)-1].Approvals { // who answered for the money keeps it too
				decided = decided || a.Decision != nil && name(f, m.With) == who.Name
			}
			check(who, decided, a.What, func(tx *db.Tx) error { _, err := ask.StoryOf(tx, who, a.ID); return err })
		}
	}
	for _, c := range f.Conversations {
		if name(f, c.Partner) == r.Tomas.Name && c.State == conversation.Held {
			check(r.Tomas, true, "the conversation", func(tx *db.Tx) error {
				texts, err := conversation.TextsOf(tx, r.Tomas, c.ID)
				if err == nil && (!strings.Contains(texts.Notes.Words, "for very long") || !strings.Contains(texts.Private.Words, secret)) {
					t.Errorf("Tomás has lost notes: %+v", texts)
				}
				return err
			})
		}
	}
}

func name(f portable.File, key org.Key) string {
	at := slices.IndexFunc(f.Contacts, func(c org.AlongContact) bool { return c.Key == key })
	if at < 0 {
		return ""
	}
	return f.Contacts[at].Name
}

func TestWhoIsAloneRemovesTheWholeOrganisation(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		whole := export(t, s, newRich(t, s).Ines)
		alone := emptyLike(t, s)
		me := signedIn(t, alone, founds(t, alone, whole))
		deletes(t, alone, me, "ines@weir.example")
		for table, n := range counts(t, alone) {
			if n > 0 && table != "schema_versions" && table != "jobs" {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		// It is empty now, and takes the file again.
		if again := export(t, alone, founds(t, alone, whole)); !bytes.Equal(again, whole) {
			t.Error("brought again, the file is another")
		}
	})
}

func TestTheLastAdministratorStaysWhileOthersAreHere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return portable.DeleteAccount(tx, c.Ada, "ada@weir.example") })
		if !strings.Contains(err.Error(), "another administrator") {
			t.Error(err)
		}
	})
}

func TestWhoHasLeftCanDeleteAndTheAccountGoesOnElsewhere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			p, err := org.ByID(tx, other.Ada, other.Ines.Person)
			if err != nil {
				return err
			}
			p.Email = "ines@weir.example"
			return org.Change(tx, other.Ada, p.ID, p.Revision, p.Details)
		})
		signedIn(t, s, c.Ines)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
		me := testkit.Read(t, s, func(tx *db.Tx) (org.Actor, error) { return org.UnscopedActor(tx, c.Organisation.ID, c.Ines.Person) })
		deletes(t, s, me, "ines@weir.example")
		there := testkit.Read(t, s, func(tx *db.Tx) ([]account.Membership, error) { return account.UnscopedSignIns(tx, "ines@weir.example") })
		if len(there) != 1 || there[0].ID != other.Organisation.ID {
			t.Errorf("the account leads to %+v", there)
		}
	})
}

// TestARestoredBackupRepeatsDeletions is the administrator's day: back up, an account is deleted,
// restore.
func TestARestoredBackupRepeatsDeletions(t *testing.T) {
	folder := t.TempDir()
	path, backup := filepath.Join(folder, "ownward.db"), filepath.Join(t.TempDir(), "backup.db")
	deletions := portable.DeletionsFile(folder)
	open := func() testkit.Store {
		clock := testkit.NewClock()
		d, err := db.Open(t.Context(), path, db.WithClock(clock.Now))
		if err != nil {
			t.Fatal(err)
		}
		return testkit.Store{DB: d, Clock: clock}
	}
	s := open()
	r := newRich(t, s)
	me := signedIn(t, s, r.Ines)
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	deletes(t, s, me, "ines@weir.example")
	jobs := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{portable.NoteJob: portable.Note(deletions)})
	for range 2 { // a job may be done twice
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := tx.Exec("update jobs set done_at = null where kind = $1", portable.NoteJob)
			return err
		})
		if _, err := jobs.RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	noted, err := os.ReadFile(deletions)
	if err != nil || strings.Count(string(noted), "\n") != 1 || !strings.Contains(string(noted), string(me.Person)) || strings.Contains(string(noted), "Ines") {
		t.Errorf("the file says %q (%v)", noted, err)
	}
	anotherCopys := portable.DeletionsFile(t.TempDir())
	for range 2 {
		if err := portable.NoteAll(t.Context(), s.DB, anotherCopys); err != nil {
			t.Fatal(err)
		}
	}
	if of, err := os.ReadFile(anotherCopys); err != nil || strings.Count(string(of), "\n") != 1 || !strings.Contains(string(of), string(me.Person)) {
		t.Errorf("another copy's file says %q (%v)", of, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Restore(t.Context(), backup, path, s.Clock.Now()); err != nil {
		t.Fatal(err)
	}
	s = open()
	if !strings.Contains(everything(t, s), "A long day") {
		t.Error("the backup does not hold what was deleted later: the test shows nothing")
	}
	for n, want := range []int{1, 0} {
		if got, err := portable.Repeat(t.Context(), s.DB, deletions); err != nil || got != want {
			t.Errorf("time %d: %d deletions, want %d (%v)", n+1, got, want, err)
		}
	}
	if left := everything(t, s); strings.Contains(left, "A long day") || strings.Contains(left, "Ines Faria") {
		t.Error("what was private is back")
	}
	if err := errors.Join(s.Compact(t.Context()), s.Close()); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + end)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte("A long day")) {
			t.Errorf("the file %s still holds it", filepath.Base(path)+end)
		}
	}
}
