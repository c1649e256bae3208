package plan_test

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

const aList = "## October 2026\n- Cut the release from 40 minutes to 6\n  - Nobody waits for it\n- Led the review https://wiki.example/review\n## Platform\n- Wrote the runbook\n- [ ] Rest\n"

func imports(t testing.TB, s testkit.Store, me org.Actor, in plan.Import) plan.Imported {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (plan.Imported, error) { return plan.ImportWins(tx, me, in) })
}

func drafts(t testing.TB, s testkit.Store, me org.Actor) []plan.Draft {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]plan.Draft, error) {
		found, _, err := plan.Drafts(tx, me, "", 100)
		return found, err
	})
}

func wins(t testing.TB, s testkit.Store, me org.Actor) []plan.Win {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]plan.Win, error) {
		found, _, err := plan.WinsOf(tx, me, me.Person, plan.Place{}, 100)
		return found, err
	})
}

func TestAnImportOffersDraftsThatAreNoWinsBeforeTheyAreTaken(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		said := imports(t, s, c.Ines, plan.Import{Content: []byte(aList)})
		if said.Found != 3 || len(said.Problems) != 1 || said.Problems[0].Line != 7 {
			t.Fatalf("found: %+v", said)
		}
		all := drafts(t, s, c.Ines)
		if len(all) != 3 || len(wins(t, s, c.Ines)) != 0 || len(drafts(t, s, c.Tomas)) != 0 {
			t.Fatalf("%d drafts, %d wins; Tomás has %d drafts", len(all), len(wins(t, s, c.Ines)), len(drafts(t, s, c.Tomas)))
		}
		for _, act := range []func(tx *db.Tx) error{
			func(tx *db.Tx) error {
				_, err := plan.TakeDraft(tx, c.Tomas, all[0].ID, all[0].WinText, "")
				return err
			},
			func(tx *db.Tx) error { return plan.DropDraft(tx, c.Tomas, all[0].ID) },
		} {
			if err := testkit.Fails(t, s, act); !errors.Is(err, problem.NotFound) {
				t.Errorf("a draft of another's: %v", err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			all[1].What = "Led the outage review"
			w, err := plan.TakeDraft(tx, c.Ines, all[1].ID, all[1].WinText, all[1].Link)
			if err != nil {
				return err
			}
			if w, err = plan.WinByID(tx, c.Ines, w.ID); err == nil && (w.What != "Led the outage review" || w.Day.String() != "2026-10-31" || w.Links[0].URL != "https://wiki.example/review") {
				t.Errorf("the win: %+v", w)
			}
			return err
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.DropDraft(tx, c.Ines, all[2].ID) })
		if left := drafts(t, s, c.Ines); len(left) != 1 || left[0].Effect != "Nobody waits for it" {
			t.Errorf("left: %+v", left)
		}
	})
}

func TestTheSameFileOffersNothingTwice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in := plan.Import{Content: []byte(aList)}
		imports(t, s, c.Ines, in)
		if again := imports(t, s, c.Ines, in); again.Found != 0 || again.Known != 3 {
			t.Errorf("while they wait: %+v", again)
		}
		all := drafts(t, s, c.Ines)
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.DropDraft(tx, c.Ines, all[0].ID) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			n, err := plan.TakeAllDrafts(tx, c.Ines, 2)
			if n != 2 {
				t.Errorf("%d were taken", n)
			}
			return err
		})
		s.Clock.MoveDays(40)
		if again := imports(t, s, c.Ines, in); again.Found != 0 {
			t.Errorf("after they were settled: %+v", again)
		}
		if again := imports(t, s, c.Ines, plan.Import{Content: in.Content, Again: true}); again.Found != 1 {
			t.Errorf("with what was dropped: %+v", again)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return plan.DropAllDrafts(tx, c.Ines, 2) }); !strings.Contains(err.Error(), "look once more") {
			t.Errorf("others than were seen: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.DropAllDrafts(tx, c.Ines, 1) })
		if theirs := imports(t, s, c.Tomas, in); theirs.Found != 3 {
			t.Errorf("to another: %+v", theirs)
		}
		kept := plan.Import{Content: []byte("what\nled the review: https://wiki.example/review\n"), Name: "wins.csv"}
		if known := imports(t, s, c.Ines, kept); known.Found != 0 || known.Known != 1 {
			t.Errorf("what is a win already: %+v", known)
		}
	})
}

func TestDraftsGoAfterThirtyDays(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in := plan.Import{Content: []byte(aList)}
		imports(t, s, c.Ines, in)
		id := drafts(t, s, c.Ines)[0].ID
		s.Clock.MoveDays(31)
		if left := drafts(t, s, c.Ines); len(left) != 0 {
			t.Errorf("%d still wait", len(left))
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return plan.DropDraft(tx, c.Ines, id) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("one that is gone: %v", err)
		}
		testkit.Do(t, s, plan.Tidy)
		for _, table := range []string{"win_drafts", "win_offers", "win_imports"} {
			if n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return db.One(tx, db.Scanned[int64], "select count(*) from "+table) }); n != 0 {
				t.Errorf("%s holds %d", table, n)
			}
		}
		if again := imports(t, s, c.Ines, in); again.Found != 3 {
			t.Errorf("offered again: %+v", again)
		}
	})
}

func TestFilesAreLimitedAndWhatTheirContentIs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		pdf := func(n int) []byte { return []byte("%PDF-1.7 " + strings.Repeat("x", n)) }
		win := testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
			return plan.AddWin(tx, c.Ines, plan.WinText{What: "x"}, org.Origin{})
		})
		testkit.Do(t, s, func(tx *db.Tx) error {
			for n := range plan.MostFiles {
				if err := errors.Join(plan.AddFile(tx, c.Ines, win.ID, "a\u202efdp.exe", pdf(n)), plan.AddFile(tx, c.Ines, win.ID, "again.pdf", pdf(n))); err != nil {
					return err
				}
			}
			return nil
		})
		w := testkit.Read(t, s, func(tx *db.Tx) (plan.Win, error) { return plan.WinByID(tx, c.Ines, win.ID) })
		if len(w.Files) != plan.MostFiles || w.Files[0].Name != "afdp.exe.pdf" || w.Files[0].MediaType != "application/pdf" {
			t.Errorf("the files: %+v", w.Files)
		}
		for why, act := range map[string]func(tx *db.Tx) error{
			"A win holds 5 files": func(tx *db.Tx) error { return plan.AddFile(tx, c.Ines, win.ID, "x.pdf", pdf(99)) },
			"is larger than":      func(tx *db.Tx) error { return plan.AddFile(tx, c.Ines, win.ID, "x.pdf", pdf(plan.MostFile)) },
			"more than 32 MB": func(tx *db.Tx) error {
				for n := range 9 {
					other, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "x"}, org.Origin{})
					if err != nil {
						return err
					}
					if err := plan.AddFile(tx, c.Ines, other.ID, "x.pdf", pdf(plan.MostFile-20-n)); err != nil {
						return err
					}
				}
				return nil
			},
		} {
			if err := testkit.Fails(t, s, act); !strings.Contains(err.Error(), why) {
				t.Errorf("want %q, got %v", why, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.RemoveWin(tx, c.Ines, win.ID) })
		if n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return db.One(tx, db.Scanned[int64], "select count(*) from win_files") }); n != 0 {
			t.Errorf("%d files are left of a win that is gone", n)
		}
	})
}

// TestTwoThousandDraftsAreTakenAtOnce: the most that can wait is found and taken in a moment.
func TestTwoThousandDraftsAreTakenAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var list strings.Builder
		for n := range plan.MostDrafts + 5 {
			fmt.Fprintf(&list, "- 2026-01-%02d: win number %d\n", 1+n%28, n)
		}
		began := time.Now()
		said := imports(t, s, c.Ines, plan.Import{Content: []byte(list.String())})
		if said.Found != plan.MostDrafts || len(said.Problems) != 5 {
			t.Fatalf("%d found, %d problems", said.Found, len(said.Problems))
		}
		found := time.Since(began)
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := plan.ImportWins(tx, c.Ines, plan.Import{Content: []byte("- One more\n")})
			return err
		}); !strings.Contains(err.Error(), "two thousand drafts") {
			t.Errorf("one more: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := plan.TakeAllDrafts(tx, c.Ines, plan.MostDrafts)
			return err
		})
		t.Logf("%s: found in %v, taken in %v", s.Engine(), found, time.Since(began)-found)
		if n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) { return db.One(tx, db.Scanned[int64], "select count(*) from wins") }); n != plan.MostDrafts {
			t.Errorf("%d are wins", n)
		}
	})
}

func TestAFileOfAWinIsInABackup(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	content := []byte("%PDF-1.7 \x00\xff binary")
	win := testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
		w, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "x"}, org.Origin{})
		if err != nil {
			return w, err
		}
		if err := plan.AddFile(tx, c.Ines, w.ID, "x.pdf", content); err != nil {
			return w, err
		}
		return plan.WinByID(tx, c.Ines, w.ID)
	})
	copied := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	got := testkit.Read(t, testkit.Open(t, copied), func(tx *db.Tx) ([]byte, error) {
		_, _, found, err := plan.FileOf(tx, c.Ines, win.ID, win.Files[0].ID)
		return found, err
	})
	if !bytes.Equal(got, content) {
		t.Errorf("the backup holds %q", got)
	}
}
