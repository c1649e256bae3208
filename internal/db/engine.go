package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver for PostgreSQL
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// engine is what differs between the two.
type engine interface {
	name() string
	readOptions() *sql.TxOptions
	writeOptions() *sql.TxOptions
	again(error) bool                      // whether the transaction may succeed when run again
	isUnique(error) bool                   // whether a row like it is there already
	contradicts(error) bool                // whether a row does not fit what is there
	broke(error) string                    // the rule that was broken, where the error itself quotes it
	migration(text string) string          // the text of a migration as this engine takes it
	expect(context.Context, *sql.Tx) error // tells the planner of queries what the data is like
	lock(context.Context, *sql.Tx) error   // keeps other programs from migrating at once
	parametersAtOnce() int                 // in a statement that inserts many rows
	claim() string                         // ends the query that picks a row to work on
	tells() string                         // the statement that tells other copies of the program; empty where there are none
	shrink(context.Context, *DB) error     // gives back memory that connections keep for what comes next
}

// Claim gives the words that go at the end of the query that picks a job to do, so that no two
// programs pick the same. On SQLite there is one writer: no words are needed.
func (tx *Tx) Claim() string {
	return tx.db.engine.claim()
}

type sqliteEngine struct{}

// SQLite 3.51.3 is the first release without the reset fault of the write-ahead log.
const oldestSQLite = 3_051_003

func openSQLite(ctx context.Context, d *DB, path string) error {
	d.engine = sqliteEngine{}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	d.lock = flock.New(path + ".lock")
	if got, err := d.lock.TryRLock(); err != nil || !got {
		return errors.Join(fmt.Errorf("%s is being restored from a backup", path), err)
	}
	pragmas := url.Values{"_pragma": {
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)",
		"mmap_size(0)", "temp_store(MEMORY)", "trusted_schema(0)",
	}}
	address := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + pragmas.Encode()
	var err error
	if d.writer, err = sql.Open("sqlite", address+"&_txlock=immediate"); err != nil {
		return err
	}
	d.writer.SetMaxOpenConns(1)
	// Reading connections come after the writer has made the file.
	if err := whileBusy(ctx, func() error { return d.writer.PingContext(ctx) }); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	if d.readers, err = sql.Open("sqlite", address+"&_pragma=query_only(1)"); err != nil {
		return err
	}
	d.readers.SetMaxIdleConns(-1) // those that are kept are kept as readers
	var version string
	if err := whileBusy(ctx, func() error {
		return d.readers.QueryRowContext(ctx, "select sqlite_version()").Scan(&version)
	}); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if sqlite3.SQLITE_VERSION_NUMBER < oldestSQLite {
		return fmt.Errorf("SQLite %s is too old; 3.51.3 or newer is needed", version)
	}
	return nil
}

// whileBusy tries again for some seconds: when several programs open a new file at once, SQLite
// refuses all but one of those who turn on its write-ahead log, without waiting for its busy timeout.
func whileBusy(ctx context.Context, try func() error) error {
	for end := time.Now().Add(10 * time.Second); ; { // real time: no store is open yet that could tell another
		err := try()
		if err == nil || !(sqliteEngine{}).again(err) || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func (sqliteEngine) name() string                        { return "SQLite" }
func (sqliteEngine) readOptions() *sql.TxOptions         { return nil }
func (sqliteEngine) writeOptions() *sql.TxOptions        { return nil }
func (sqliteEngine) lock(context.Context, *sql.Tx) error { return nil }
func (sqliteEngine) claim() string                       { return "" }
func (sqliteEngine) tells() string                       { return "" }

func (sqliteEngine) shrink(ctx context.Context, d *DB) error {
	const drop = "pragma shrink_memory"
	_, err := d.writer.ExecContext(ctx, drop)
	_, other := Read(ctx, d, func(tx *Tx) (int64, error) { return tx.Exec(drop) })
	return errors.Join(err, other)
}

// parametersAtOnce is so small since the driver looks for the place of each parameter among all
// of them: one prepared statement a row takes 5 µs, a row among 3,000 takes 600.
func (sqliteEngine) parametersAtOnce() int { return 1 }

func (sqliteEngine) again(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

func (sqliteEngine) isUnique(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) &&
		(e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

func (sqliteEngine) contradicts(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

func (sqliteEngine) broke(error) string { return "" }

// sqliteTypes are the types that STRICT tables of SQLite do not know.
var sqliteTypes = regexp.MustCompile(`\b(bigint|boolean|bytea)\b`)

func (sqliteEngine) migration(text string) string {
	text = sqliteTypes.ReplaceAllStringFunc(text, func(name string) string {
		if name == "bytea" {
			return "blob"
		}
		return "integer"
	})
	return strings.ReplaceAll(text, "\n);", "\n) strict;")
}

type postgresEngine struct{}

const oldestPostgres = 150_000

func openPostgres(ctx context.Context, d *DB, address string) error {
	d.engine = postgresEngine{}
	pool, err := sql.Open("pgx", address)
	if err != nil {
		return err
	}
	d.readers, d.writer = pool, pool
	pool.SetMaxOpenConns(2 * readersAtOnce) // readers leave some to those who write
	pool.SetMaxIdleConns(2 * readersAtOnce)
	var version int
	if err := pool.QueryRowContext(ctx, "select current_setting('server_version_num')::int").Scan(&version); err != nil {
		return err
	}
	if version < oldestPostgres {
		return fmt.Errorf("PostgreSQL %d is too old; 15 or newer is needed", version/10_000)
	}
	return nil
}

func (postgresEngine) name() string { return "PostgreSQL" }

func (postgresEngine) readOptions() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}
}

func (postgresEngine) writeOptions() *sql.TxOptions {
	return &sql.TxOptions{Isolation: sql.LevelSerializable}
}

func (postgresEngine) parametersAtOnce() int             { return 30_000 } // of the 65,535 that it can
func (postgresEngine) shrink(context.Context, *DB) error { return nil }
func (postgresEngine) claim() string                     { return " for update skip locked" }
func (postgresEngine) migration(t string) string         { return t }
func (postgresEngine) tells() string                     { return "select pg_notify('ownward', $1)" }

func (postgresEngine) lock(ctx context.Context, tx *sql.Tx) error {
	const ownward = 0x6f776e77617264 // "ownward"
	_, err := tx.ExecContext(ctx, "select pg_advisory_xact_lock($1)", int64(ownward))
	return err
}

func (postgresEngine) again(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

func (postgresEngine) isUnique(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "23505"
}

func (postgresEngine) contradicts(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && strings.HasPrefix(e.Code, "23") // integrity constraint violation
}

func (postgresEngine) broke(err error) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) || e.ConstraintName == "" {
		return ""
	}
	return " (" + e.ConstraintName + ")"
}
