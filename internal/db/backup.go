package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// ErrNotSQLite says that a backup by file is for SQLite alone.
var ErrNotSQLite = errors.New("this installation keeps its data in PostgreSQL: back it up and restore it with pg_dump and pg_restore")

// Backup writes a copy of the store to a new file, as it is at one moment, while others go on
// reading and writing. The copy is checked, and on the disk when Backup returns.
func (d *DB) Backup(ctx context.Context, path string) error {
	if d.Engine() != (sqliteEngine{}).name() {
		return ErrNotSQLite
	}
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s is there already: name a new file", path)
	}
	unfinished := path + ".unfinished"
	if err := os.Remove(unfinished); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	// "vacuum into" reads one state of the store; the reading connections may not write files.
	if _, err := d.writer.ExecContext(ctx, "vacuum into $1", unfinished); err != nil {
		return errors.Join(fmt.Errorf("copy the database: %w", err), remove(unfinished))
	}
	if _, err := Verify(ctx, unfinished); err != nil {
		return errors.Join(err, remove(unfinished))
	}
	if err := errors.Join(os.Chmod(unfinished, 0o600), syncFile(unfinished)); err != nil {
		return err
	}
	if err := os.Rename(unfinished, path); err != nil {
		return err
	}
	return syncFile(filepath.Dir(path))
}

// Compact writes a SQLite store anew, so that nothing of what was removed is left in its file.
func (d *DB) Compact(ctx context.Context) error {
	if d.Engine() != (sqliteEngine{}).name() {
		return nil
	}
	for _, text := range []string{"vacuum", "pragma wal_checkpoint(truncate)"} {
		if _, err := d.writer.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("compact the database: %w", err)
		}
	}
	return nil
}

// Verify checks that the file is a whole Ownward database that this program can open, and
// returns the version of its schema.
func Verify(ctx context.Context, path string) (version int64, err error) {
	if _, err := os.Stat(path); err != nil {
		return 0, err
	}
	pool, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?mode=ro&immutable=1")
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	var found string
	if err := pool.QueryRowContext(ctx, "pragma integrity_check(1)").Scan(&found); err != nil {
		return 0, fmt.Errorf("%s is not a backup of Ownward: %w", path, err)
	}
	if found != "ok" {
		return 0, fmt.Errorf("%s is damaged: %s", path, found)
	}
	var orphan string
	switch err := pool.QueryRowContext(ctx, "select \"table\" from pragma_foreign_key_check limit 1").Scan(&orphan); {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return 0, fmt.Errorf("check %s: %w", path, err)
	default:
		return 0, fmt.Errorf("%s is damaged: rows of %s refer to what is not there", path, orphan)
	}
	if err := pool.QueryRowContext(ctx, "select max(version) from schema_versions").Scan(&version); err != nil {
		return 0, fmt.Errorf("%s is not a backup of Ownward: %w", path, err)
	}
	all, err := readMigrations(migrations)
	if err != nil {
		return 0, err
	}
	if newest := all[len(all)-1].version; version > newest {
		return 0, fmt.Errorf("%s has a schema of version %d and this program knows %d: run the newer program", path, version, newest)
	}
	return version, nil
}

// Restore puts a backup in the place of the SQLite file at path, which no program may have open.
// What stood there is kept beside it; its name is returned, empty when there was nothing.
func Restore(ctx context.Context, backup, path string, at time.Time) (kept string, err error) {
	if _, err := Verify(ctx, backup); err != nil {
		return "", err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", err
	}
	lock := flock.New(path + ".lock")
	if got, err := lock.TryLock(); err != nil || !got {
		return "", errors.Join(fmt.Errorf("%s is in use: stop the server first", path), err)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	fresh := path + ".unfinished"
	if err := copyFile(backup, fresh); err != nil {
		return "", err
	}
	if _, err := os.Stat(path); err == nil {
		kept = path + ".before-" + at.UTC().Format("20060102T150405Z")
		// The write-ahead log belongs to the file: it moves along, or its content would be lost.
		for _, part := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(path+part, kept+part); err != nil && !errors.Is(err, os.ErrNotExist) {
				return "", err
			}
		}
	}
	if err := os.Rename(fresh, path); err != nil {
		return kept, err
	}
	return kept, syncFile(filepath.Dir(path))
}

func copyFile(from, to string) error {
	content, err := os.Open(from)
	if err != nil {
		return err
	}
	defer content.Close()
	file, err := os.OpenFile(to, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.ReadFrom(content)
	return errors.Join(err, file.Sync(), file.Close())
}

func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
