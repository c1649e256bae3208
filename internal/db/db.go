// Package db is one store on two engines: SQLite in a file, or PostgreSQL.
//
// The rest of the program writes one SQL text, with $1 placeholders, and knows nothing of the
// engine: every difference stands in this package.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
)

// DB is an open store.
type DB struct {
	engine    engine
	readers   *sql.DB
	writer    *sql.DB
	clock     func() time.Time
	prepared  sync.Map      // the texts of statements that were prepared for reading, on SQLite
	ran       atomic.Int64  // statements run in transactions
	reading   chan struct{} // a place for each reading transaction
	committed chan struct{}
	topics    topics       // who listens to what
	lock      *flock.Flock // held together with others while a SQLite file is open

	resting sync.Mutex // guards what follows
	idle    []*reader  // of a SQLite file, the one that read last at the end
	closed  bool
}

// readersAtOnce is how many reading transactions run at the same time; more wait for their turn.
const readersAtOnce = 8

// Option changes how a store is opened.
type Option func(*DB)

// WithClock makes the store tell the time by another clock: each transaction asks it once.
func WithClock(clock func() time.Time) Option { return func(d *DB) { d.clock = clock } }

// Open opens the store at the address and brings its schema up to date: a PostgreSQL address
// (postgres://...) or the path of a SQLite file, which is made when it is not there.
//
// A schema newer than this program is refused.
func Open(ctx context.Context, address string, options ...Option) (*DB, error) {
	d := &DB{clock: time.Now, committed: make(chan struct{}, 1), reading: make(chan struct{}, readersAtOnce)}
	for _, option := range options {
		option(d)
	}
	open := openSQLite
	if IsPostgres(address) {
		open = openPostgres
	}
	if err := open(ctx, d, address); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	if err := d.migrate(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("bring the database up to date: %w", err), d.Close())
	}
	return d, nil
}

// IsPostgres tells whether the address names a PostgreSQL server.
func IsPostgres(address string) bool {
	return strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://")
}

// Close ends all connections.
func (d *DB) Close() error {
	d.topics.silence()
	if d.readers == d.writer {
		return d.writer.Close()
	}
	return errors.Join(d.closeReaders(), d.writer.Close(), d.lock.Unlock())
}

// Engine is the name of the engine, for people: "SQLite" or "PostgreSQL".
func (d *DB) Engine() string { return d.engine.name() }

// Ping tells whether the store answers.
func (d *DB) Ping(ctx context.Context) error {
	_, err := Read(ctx, d, func(tx *Tx) (int64, error) { return One(tx, Scanned[int64], "select 1") })
	return err
}

// Committed receives after a commit. Commits that nobody waited for fold into one.
func (d *DB) Committed() <-chan struct{} { return d.committed }

// Read runs what in a transaction that sees one state of the store and cannot change it.
func Read[T any](ctx context.Context, d *DB, what func(*Tx) (T, error)) (T, error) {
	var none T
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case d.reading <- struct{}{}:
		defer func() { <-d.reading }()
	}
	tx, end, err := d.beginReading(ctx)
	if err != nil {
		return none, err
	}
	defer end()
	return what(tx)
}

// Write runs what in a serialisable transaction. Either all of it is kept, durably, before
// Write returns without an error, or nothing is.
//
// Where the engine finds that two transactions cannot stand beside each other, one of them
// runs again from the start: what may change nothing outside of the transaction.
func Write[T any](ctx context.Context, d *DB, what func(*Tx) (T, error)) (T, error) {
	const tries = 20
	for try := 1; ; try++ {
		done, err := writeOnce(ctx, d, what)
		if err == nil || try == tries || !d.engine.again(err) {
			return done, err
		}
		pause := time.Duration(rand.IntN(1<<min(try, 7))) * time.Millisecond
		select {
		case <-ctx.Done():
			return done, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func writeOnce[T any](ctx context.Context, d *DB, what func(*Tx) (T, error)) (T, error) {
	var none T
	tx, begun, err := d.begin(ctx, d.engine.writeOptions())
	if err != nil {
		return none, err
	}
	defer func() { _ = begun.Rollback() }() // after a commit it says that the transaction has ended, as it should
	done, err := what(tx)
	if err != nil {
		return done, err
	}
	if err := tx.telling(); err != nil {
		return none, err
	}
	if err := begun.Commit(); err != nil {
		return none, fmt.Errorf("commit: %w", err)
	}
	select {
	case d.committed <- struct{}{}:
	default:
	}
	if len(tx.tell) > 0 {
		d.topics.wake(tx.tell...)
	}
	return done, nil
}

// Do is Write for what gives nothing back.
func Do(ctx context.Context, d *DB, what func(*Tx) error) error {
	_, err := Write(ctx, d, func(tx *Tx) (struct{}, error) { return struct{}{}, what(tx) })
	return err
}

// Ran counts the statements that all transactions so far have run.
func (d *DB) Ran() int64 { return d.ran.Load() }

// Now is the time by the clock of the store, for what is outside of a transaction.
func (d *DB) Now() time.Time { return d.clock().UTC().Truncate(time.Microsecond) }

func (d *DB) begin(ctx context.Context, options *sql.TxOptions) (*Tx, *sql.Tx, error) {
	begun, err := d.writer.BeginTx(ctx, options)
	if err != nil {
		return nil, nil, fmt.Errorf("begin: %w", err)
	}
	return &Tx{ctx: ctx, db: d, on: begun, now: d.Now()}, begun, nil
}

// IsUnique tells whether the error says that a row like it is there already.
func (d *DB) IsUnique(err error) bool { return d.engine.isUnique(err) }

// Prepared lists the texts of the statements that reading transactions have run so far, on
// SQLite.
func (d *DB) Prepared() []string {
	var texts []string
	d.prepared.Range(func(text, _ any) bool {
		texts = append(texts, text.(string))
		return true
	})
	return texts
}
