package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ownward/ownward/internal/problem"
)

// Tx is a transaction. It carries the context it runs under and its own time.
type Tx struct {
	ctx    context.Context
	db     *DB
	on     runner  // what runs statements within the transaction
	reader *reader // where it reads on SQLite
	now    time.Time
	made   uint32   // identifiers made so far
	ran    int      // statements run so far
	tell   []string // topics, once it is committed
}

// A runner is a transaction of the driver, or a connection that is in one.
type runner interface {
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
	PrepareContext(ctx context.Context, text string) (*sql.Stmt, error)
}

// Context is what the transaction runs under.
func (tx *Tx) Context() context.Context { return tx.ctx }

// Now is the time of the transaction: UTC, to the microsecond, the same throughout.
func (tx *Tx) Now() time.Time { return tx.now }

// DB is the store that the transaction belongs to.
func (tx *Tx) DB() *DB { return tx.db }

// NewID makes an identifier that sorts by the time of the transaction, and within it by the
// order of making: a UUIDv7 (RFC 9562) with the part of the millisecond in rand_a (section 6.2,
// method 3) and a counter at the head of rand_b (method 1).
func (tx *Tx) NewID() ID {
	var id uuid.UUID
	if _, err := rand.Read(id[:]); err != nil {
		panic(err) // crypto/rand never fails on the systems that Go runs on
	}
	var milli [8]byte
	binary.BigEndian.PutUint64(milli[:], uint64(tx.now.UnixMilli()))
	copy(id[:6], milli[2:])
	part := uint16(tx.now.Nanosecond() / 1000 % 1000 * 4096 / 1000)
	binary.BigEndian.PutUint16(id[6:], 0x7000|part)
	tx.made++
	binary.BigEndian.PutUint32(id[8:], 0x80000000|tx.made<<8&0x3fffff00|uint32(id[11]))
	return ID(id.String())
}

// Ran counts the statements that the transaction has run.
func (tx *Tx) Ran() int { return tx.ran }

// Exec runs a statement and tells how many rows it changed.
func (tx *Tx) Exec(text string, args ...any) (int64, error) {
	args = values(args)
	var done sql.Result
	stmt, err := tx.statement(text)
	switch {
	case err != nil:
	case stmt != nil:
		done, err = stmt.ExecContext(tx.ctx, args...)
	default:
		done, err = tx.on.ExecContext(tx.ctx, text, args...)
	}
	if err != nil {
		return 0, tx.failed(text, err)
	}
	return done.RowsAffected()
}

// ExecEach does several statements with the same arguments.
func (tx *Tx) ExecEach(texts []string, args ...any) error {
	for _, text := range texts {
		if _, err := tx.Exec(text, args...); err != nil {
			return err
		}
	}
	return nil
}

// Get fetches one row; without one, its Scan says problem.NotFound.
func (tx *Tx) Get(text string, args ...any) Row {
	args = values(args)
	stmt, err := tx.statement(text)
	var row *sql.Row
	switch {
	case err != nil:
		return Row{func(...any) error { return tx.failed(text, err) }}
	case stmt != nil:
		row = stmt.QueryRowContext(tx.ctx, args...)
	default:
		row = tx.on.QueryRowContext(tx.ctx, text, args...)
	}
	return Row{func(dest ...any) error {
		err := row.Scan(dest...)
		if errors.Is(err, sql.ErrNoRows) {
			return problem.NotFound
		}
		if err != nil {
			return tx.failed(text, err)
		}
		return nil
	}}
}

// One fetches one row; without one it says problem.NotFound.
func One[T any](tx *Tx, scan func(Row) (T, error), text string, args ...any) (T, error) {
	return scan(tx.Get(text, args...))
}

// List fetches all rows that the statement finds.
func List[T any](tx *Tx, scan func(Row) (T, error), text string, args ...any) ([]T, error) {
	args = values(args)
	stmt, err := tx.statement(text)
	var rows *sql.Rows
	switch {
	case err != nil:
	case stmt != nil:
		rows, err = stmt.QueryContext(tx.ctx, args...)
	default:
		rows, err = tx.on.QueryContext(tx.ctx, text, args...)
	}
	if err != nil {
		return nil, tx.failed(text, err)
	}
	defer rows.Close()
	var found []T
	for rows.Next() {
		one, err := scan(Row{rows.Scan})
		if err != nil {
			return nil, tx.failed(text, err)
		}
		found = append(found, one)
	}
	if err := rows.Err(); err != nil {
		return nil, tx.failed(text, err)
	}
	return found, nil
}

// Row is one row of a result.
type Row struct{ scan func(...any) error }

// Scan reads the columns in order. A *time.Time reads microseconds; NULL is the zero time.
func (r Row) Scan(dest ...any) error {
	for i, each := range dest {
		if t, ok := each.(*time.Time); ok {
			dest[i] = micros{t}
		}
	}
	return r.scan(dest...)
}

// Scanned reads a row of one column.
func Scanned[T any](row Row) (T, error) {
	var one T
	err := row.Scan(&one)
	return one, err
}

// failed is the error of a statement. The rule that it broke stands outside of quotation marks: what
// is within them does not go into the log.
func (tx *Tx) failed(text string, err error) error {
	return fmt.Errorf("%s: %w%s", opening(text), err, tx.db.engine.broke(err))
}

// opening is the beginning of a statement, which names it in an error without its values.
func opening(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[:min(len(words), 6)], " ")
}

// Insert adds many rows: text is the statement up to and with the word "values".
func Insert(tx *Tx, text string, rows [][]any) error { return insert(tx, text, rows, "") }

// InsertNew is Insert for rows of which some may be there already: those stay as they are.
func InsertNew(tx *Tx, text string, rows [][]any) error {
	return insert(tx, text, rows, " on conflict do nothing")
}

func insert(tx *Tx, text string, rows [][]any, ending string) error {
	if len(rows) == 0 {
		return nil
	}
	atOnce := max(1, tx.db.engine.parametersAtOnce()/len(rows[0]))
	for len(rows) > 0 {
		batch := rows[:min(len(rows), atOnce)]
		rows = rows[len(batch):]
		if err := insertBatch(tx, text, batch, ending); err != nil {
			return err
		}
		if atOnce == 1 {
			return Repeat(tx, text+" ("+Places(1, len(batch[0]))+")"+ending, rows)
		}
	}
	return nil
}

func insertBatch(tx *Tx, text string, rows [][]any, ending string) error {
	var b strings.Builder
	b.WriteString(text)
	args := make([]any, 0, len(rows)*len(rows[0]))
	for i, row := range rows {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(" (" + Places(len(args)+1, len(row)) + ")")
		args = append(args, row...)
	}
	b.WriteString(ending)
	if _, err := tx.on.ExecContext(tx.ctx, b.String(), values(args)...); err != nil {
		return tx.failed(text, err)
	}
	return nil
}

// Repeat runs one statement for each row of arguments.
func Repeat(tx *Tx, text string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	stmt, err := tx.on.PrepareContext(tx.ctx, text)
	if err != nil {
		return tx.failed(text, err)
	}
	defer stmt.Close()
	for _, row := range rows {
		if _, err := stmt.ExecContext(tx.ctx, values(row)...); err != nil {
			return tx.failed(text, err)
		}
	}
	return nil
}

// Places is a list of n placeholders that begins at $from: "$3, $4, $5".
func Places(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}
