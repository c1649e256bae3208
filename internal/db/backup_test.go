package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

func TestABackupTakenWhileOthersWriteIsOneMomentAndComesBack(t *testing.T) {
	s := testkit.SQLite(t)
	ctx, stop := context.WithCancel(t.Context())
	var written atomic.Int64
	done := make(chan struct{})
	go func() { // always two rows at once: a copy between them would show
		defer close(done)
		for ctx.Err() == nil {
			err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
				if err := addOrganisation(tx, "left"); err != nil {
					return err
				}
				return addOrganisation(tx, "right")
			})
			if err != nil {
				t.Errorf("write during the backup: %v", err)
				return
			}
			written.Add(2)
		}
	}()
	for written.Load() < 20 {
		time.Sleep(time.Millisecond)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	before := written.Load()
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	stop()
	<-done

	path := filepath.Join(t.TempDir(), "data", "ownward.db")
	kept, err := db.Restore(t.Context(), backup, path, s.Clock.Now())
	if err != nil || kept != "" {
		t.Fatalf("restore into an empty folder: kept %q, %v", kept, err)
	}
	restored := testkit.Open(t, path)
	n := countOrganisations(t, restored)
	if n < before || n%2 != 0 {
		t.Errorf("%d rows came back, want an even number of at least %d", n, before)
	}
}

func TestRestoringKeepsWhatStoodThere(t *testing.T) {
	s := testkit.SQLite(t)
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(t.Context(), backup); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "ownward.db")
	first, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Do(t.Context(), first, func(tx *db.Tx) error { return addOrganisation(tx, "stood here") }); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Restore(t.Context(), backup, path, s.Clock.Now()); err == nil || !strings.Contains(err.Error(), "stop the server") {
		t.Errorf("restored under an open store: %v, want a refusal that says what to do", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	kept, err := db.Restore(t.Context(), backup, path, s.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if n := countOrganisations(t, testkit.Open(t, kept)); n != 1 {
		t.Errorf("what stood there has %d rows, want 1", n)
	}
	if n := countOrganisations(t, testkit.Open(t, path)); n != 0 {
		t.Errorf("what was restored has %d rows, want none", n)
	}
}

func TestWhatIsNoWholeBackupIsRefusedAndChangesNothing(t *testing.T) {
	s := testkit.SQLite(t)
	testkit.Do(t, s, func(tx *db.Tx) error {
		for range 500 {
			if err := addOrganisation(tx, strings.Repeat("wide ", 20)); err != nil {
				return err
			}
		}
		return nil
	})
	folder := t.TempDir()
	whole := filepath.Join(folder, "whole.db")
	if err := s.Backup(t.Context(), whole); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	flipped := append([]byte{}, content...)
	for i := 8192; i < 8192+512; i++ {
		flipped[i] ^= 0xff
	}
	for name, bad := range map[string][]byte{
		"a letter": []byte("Dear Ines,"), "half of it": content[:len(content)/2/4096*4096], "a flipped page": flipped, "nothing": nil,
	} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		target := filepath.Join(t.TempDir(), "ownward.db")
		if _, err := db.Restore(t.Context(), path, target, time.Now()); err == nil {
			t.Errorf("%s was taken for a backup", name)
		}
		if _, err := os.Stat(target); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s left something behind (%v)", name, err)
		}
	}
	if err := s.Backup(t.Context(), whole); err == nil {
		t.Error("a backup was written over another")
	}
}

func TestPostgreSQLIsBackedUpByItsOwnTools(t *testing.T) {
	s := testkit.PostgreSQL(t)
	if err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "x.db")); !errors.Is(err, db.ErrNotSQLite) {
		t.Errorf("got %v, want the way out named", err)
	}
}
