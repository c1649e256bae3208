package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A reader is a connection to a SQLite file that reads, with the statements prepared on it: to prepare
// one takes longer than to run it. One reading transaction after the other has it to itself.
type reader struct {
	conn            *sql.Conn
	begin, rollback *sql.Stmt
	prepared        map[string]*sql.Stmt
}

// beginReading begins a transaction that reads. Whoever began it ends it.
func (d *DB) beginReading(ctx context.Context) (tx *Tx, end func(), err error) {
	if d.readers == d.writer {
		tx, begun, err := d.begin(ctx, d.engine.readOptions())
		return tx, func() { _ = begun.Rollback() }, err
	}
	// What is read on SQLite is over in a moment. To stand ready to break it off takes the driver
	// longer than many of the statements.
	ctx = context.WithoutCancel(ctx)
	r, err := d.borrow(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("begin: %w", err)
	}
	if _, err := r.begin.ExecContext(ctx); err != nil {
		return nil, nil, errors.Join(fmt.Errorf("begin: %w", err), r.conn.Close())
	}
	return &Tx{ctx: ctx, db: d, on: r.conn, reader: r, now: d.Now()}, func() { d.giveBack(ctx, r) }, nil
}

// borrow takes the reader that was given back last, or opens one more.
func (d *DB) borrow(ctx context.Context) (*reader, error) {
	d.resting.Lock()
	if last := len(d.idle) - 1; last >= 0 {
		r := d.idle[last]
		d.idle = d.idle[:last]
		d.resting.Unlock()
		return r, nil
	}
	d.resting.Unlock()
	conn, err := d.readers.Conn(ctx)
	if err != nil {
		return nil, err
	}
	r := &reader{conn: conn, prepared: map[string]*sql.Stmt{}}
	if r.begin, err = conn.PrepareContext(ctx, "begin"); err == nil {
		r.rollback, err = conn.PrepareContext(ctx, "rollback")
	}
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return r, nil
}

// giveBack ends the transaction of a reader and keeps it for the next.
func (d *DB) giveBack(ctx context.Context, r *reader) {
	_, err := r.rollback.ExecContext(ctx)
	d.resting.Lock()
	defer d.resting.Unlock()
	if err != nil || d.closed {
		_ = r.conn.Close() // it only read
		return
	}
	d.idle = append(d.idle, r)
}

// Rest gives back the memory that connections hold while nobody reads: all but one reader go, and those
// that stay drop what they have read.
func (d *DB) Rest(ctx context.Context) error {
	d.resting.Lock()
	var spare []*reader
	if len(d.idle) > 1 {
		spare, d.idle = d.idle[1:], d.idle[:1:1]
	}
	d.resting.Unlock()
	var failures []error
	for _, r := range spare {
		failures = append(failures, r.conn.Close())
	}
	return errors.Join(append(failures, d.engine.shrink(ctx, d))...)
}

// closeReaders closes those that are idle; the others go when they are given back.
func (d *DB) closeReaders() error {
	d.resting.Lock()
	defer d.resting.Unlock()
	d.closed = true
	var failures []error
	for _, r := range d.idle {
		failures = append(failures, r.conn.Close())
	}
	d.idle = nil
	return errors.Join(append(failures, d.readers.Close())...)
}

// statement is the prepared form of the text, kept with the reader, or nil where there is none:
// PostgreSQL's driver keeps its own, and what writing costs is the disk.
func (tx *Tx) statement(text string) (*sql.Stmt, error) {
	tx.ran++
	tx.db.ran.Add(1)
	if tx.reader == nil {
		return nil, nil
	}
	if kept, ok := tx.reader.prepared[text]; ok {
		return kept, nil
	}
	fresh, err := tx.reader.conn.PrepareContext(tx.ctx, text)
	if err != nil {
		return nil, err
	}
	tx.reader.prepared[text] = fresh
	tx.db.prepared.Store(text, struct{}{})
	return fresh, nil
}
