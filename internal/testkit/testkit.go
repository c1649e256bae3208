// Package testkit is what tests stand on: a fresh store on each engine, a small company, and a
// clock that they move.
package testkit

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Clock is a clock that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// NewClock stands at Monday, 23 November 2026, 09:00 UTC.
func NewClock() *Clock { return &Clock{now: time.Date(2026, time.November, 23, 9, 0, 0, 0, time.UTC)} }

// Now is what the clock shows, a microsecond later each time, so that what follows is later.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(time.Microsecond)
	return c.now
}

// Move moves the clock on.
func (c *Clock) Move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(by)
}

// MoveDays moves the clock on by days of 24 hours.
func (c *Clock) MoveDays(n int) { c.Move(time.Duration(n) * 24 * time.Hour) }

// Store is a fresh store and its clock.
type Store struct {
	*db.DB
	Clock *Clock
}

// Each runs the test on a fresh store of each engine.
func Each(t *testing.T, test func(t *testing.T, s Store)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); test(t, SQLite(t)) })
	t.Run("PostgreSQL", func(t *testing.T) { t.Parallel(); test(t, PostgreSQL(t)) })
}

// SQLite is a fresh store in a file.
func SQLite(t testing.TB) Store { return Open(t, filepath.Join(t.TempDir(), "ownward.db")) }

// PostgreSQL is a fresh store in a database of its own.
func PostgreSQL(t testing.TB) Store {
	t.Helper()
	schema, err := db.Schema()
	if err != nil {
		t.Fatal(err)
	}
	return Open(t, PostgresFrom(t, schema, func(address string) error {
		d, err := db.Open(context.Background(), address)
		if err != nil {
			return err
		}
		return d.Close()
	}))
}

// Open opens the store at the address until the test ends.
func Open(t testing.TB, address string) Store {
	t.Helper()
	clock := NewClock()
	d, err := db.Open(context.Background(), address, db.WithClock(clock.Now))
	if err != nil {
		t.Fatalf("open the store: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close the store: %v", err)
		}
	})
	return Store{d, clock}
}

// Write runs a writing transaction that must succeed.
func Write[T any](t testing.TB, s Store, what func(tx *db.Tx) (T, error)) T {
	t.Helper()
	done, err := db.Write(t.Context(), s.DB, what)
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	return done
}

// Do runs a writing transaction that must succeed and gives nothing back.
func Do(t testing.TB, s Store, what func(tx *db.Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), s.DB, what); err != nil {
		t.Fatalf("write: %v", err)
	}
}

// Fails runs a writing transaction that must fail, and gives its error.
func Fails(t testing.TB, s Store, what func(tx *db.Tx) error) error {
	t.Helper()
	err := db.Do(t.Context(), s.DB, what)
	if err == nil {
		t.Fatal("this should have been refused")
	}
	return err
}

// Read runs a reading transaction that must succeed.
func Read[T any](t testing.TB, s Store, what func(tx *db.Tx) (T, error)) T {
	t.Helper()
	found, err := db.Read(t.Context(), s.DB, what)
	if err != nil {
		t.Fatalf("read: %v", err)
	}
	return found
}

// Company is a small organisation: Ana leads Tomás, who leads Ines and Joel; Ada administers and
// reports to nobody; Mira leads nobody and reports to Ana.
type Company struct {
	Organisation                      org.Organisation
	Ana, Tomas, Ines, Joel, Mira, Ada org.Actor
}

// NewCompany founds a company in the store. The domain of its addresses keeps companies apart.
func NewCompany(t testing.TB, s Store, domain string) Company {
	t.Helper()
	return Write(t, s, func(tx *db.Tx) (Company, error) {
		o, err := org.Found(tx, "Weir & Lock ("+domain+")", "Europe/Lisbon", false)
		if err != nil {
			return Company{}, err
		}
		c := Company{Organisation: o}
		by := org.Operator(o.ID)
		for _, one := range []struct {
			actor                     *org.Actor
			first, last, job, account string
			manager                   *org.Actor
		}{
			{&c.Ana, "Ana", "Duarte", "Director", "ana", nil},
			{&c.Tomas, "Tomás", "Reis", "Engineering lead", "tomas", &c.Ana},
			{&c.Ines, "Ines", "Faria", "Engineer", "ines", &c.Tomas},
			{&c.Joel, "Joel", "Sá", "Engineer", "joel", &c.Tomas},
			{&c.Mira, "Mira", "Koch", "Designer", "mira", &c.Ana},
			{&c.Ada, "Ada", "Pires", "Administrator", "ada", nil},
		} {
			p, err := org.Add(tx, by, org.Details{Name: one.first + " " + one.last, FirstName: one.first, JobTitle: one.job, Email: one.account + "@" + domain})
			if err != nil {
				return c, err
			}
			if one.actor == &c.Ada {
				if err := org.UnscopedAppointFirst(tx, by, p.ID); err != nil {
					return c, err
				}
			}
			if *one.actor, err = org.UnscopedActor(tx, o.ID, p.ID); err != nil {
				return c, err
			}
			if one.manager != nil {
				if err := org.SetManager(tx, by, p.ID, one.manager.Person); err != nil {
					return c, err
				}
			}
		}
		return c, nil
	})
}
