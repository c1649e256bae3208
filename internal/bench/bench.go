// Package bench measures, here and now, the figures that the README gives.
package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/peoplefile"
)

// Bench measures into a temporary folder, with the program that it is part of.
type Bench struct {
	Out     io.Writer
	Program string // the path of the program, to be started for itself
	folder  string

	coldStart time.Duration
}

// Run measures everything and prints a table.
func (b *Bench) Run(ctx context.Context) (err error) {
	if b.folder, err = os.MkdirTemp("", "ownward-bench"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	for _, part := range []func(context.Context) error{b.imports, b.pages, b.plan, b.mails, b.notes, b.year, b.mentors, b.matching} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (b *Bench) say(what, format string, args ...any) {
	fmt.Fprintf(b.Out, "%-58s %s\n", what, fmt.Sprintf(format, args...))
}

// imports measures a dry run and an import of a file of 100,000 people.
func (b *Bench) imports(ctx context.Context) (err error) {
	store, err := db.Open(ctx, filepath.Join(b.folder, "import", "ownward.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	me, err := found(ctx, store)
	if err != nil {
		return err
	}
	file := peopleCSV(100_000)
	begin := time.Now()
	read, err := peoplefile.Read(strings.NewReader(file), peoplefile.Options{})
	if err != nil {
		return err
	}
	difference, err := db.Read(ctx, store, func(tx *db.Tx) (*peoplefile.Difference, error) { return org.Difference(tx, me, read, false) })
	if err != nil {
		return err
	}
	if difference.New != 100_000 {
		return fmt.Errorf("the dry run finds %d new people of 100,000", difference.New)
	}
	b.say("dry run of 100,000 people", "%.2f s", time.Since(begin).Seconds())
	begin = time.Now()
	if err := importPeople(ctx, store, me, file); err != nil {
		return err
	}
	b.say("import of 100,000 people, one transaction", "%.2f s", time.Since(begin).Seconds())
	return nil
}

// found makes the organisation that is measured.
func found(ctx context.Context, store *db.DB) (org.Actor, error) {
	return db.Write(ctx, store, func(tx *db.Tx) (org.Actor, error) {
		o, err := org.Found(tx, "Bench", "Europe/Lisbon", false)
		return org.Operator(o.ID), err
	})
}

func importPeople(ctx context.Context, store *db.DB, me org.Actor, file string) error {
	return db.Do(ctx, store, func(tx *db.Tx) error {
		read, err := peoplefile.Read(strings.NewReader(file), peoplefile.Options{})
		if err != nil {
			return err
		}
		_, err = org.Import(tx, me, read, false, func(int, int) {})
		return err
	})
}

// peopleCSV is a file of n people, seven to a manager.
func peopleCSV(n int) string {
	var b strings.Builder
	b.WriteString("Employee ID,First Name,Last Name,Work Email,Job Title,Department,Manager ID\n")
	for i := range n {
		manager := ""
		if i > 0 {
			manager = fmt.Sprint((i - 1) / 7)
		}
		fmt.Fprintf(&b, "%d,Given%d,Family%d,p%d@bench.example,Engineer %d,Department %d,%s\n", i, i%997, i, i, i%9, i%40, manager)
	}
	return b.String()
}

// quiet logs nothing.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// config is the installation whose pages are measured.
func (b *Bench) config() house.Config {
	return house.Config{Data: filepath.Join(b.folder, "pages"), Listen: "127.0.0.1:0"}
}
