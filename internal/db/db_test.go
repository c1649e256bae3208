package db_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTimesDatesIDsAndTruthComeBackAsTheyWent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		at := time.Date(2026, time.November, 23, 10, 11, 12, 345_678_000, time.UTC)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := tx.Exec("create table kept (id text, at bigint, day text, yes boolean)"); err != nil {
				return err
			}
			return db.Insert(tx, "insert into kept (id, at, day, yes) values", [][]any{
				{db.ID("a"), at, civil.On(2026, time.March, 1), true}, {db.ID(""), time.Time{}, civil.Date{}, false},
			})
		})
		type row struct {
			id  db.ID
			at  time.Time
			day civil.Date
			yes bool
		}
		got := testkit.Read(t, s, func(tx *db.Tx) ([]row, error) {
			return db.List(tx, func(r db.Row) (row, error) {
				var one row
				err := r.Scan(&one.id, &one.at, &one.day, &one.yes)
				return one, err
			}, "select id, at, day, yes from kept order by at desc nulls last")
		})
		want := []row{{"a", at, civil.On(2026, time.March, 1), true}, {}}
		if !slices.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
	})
}

func TestAFailedWriteLeavesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		failure := errors.New("no")
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			if err := addOrganisation(tx, "half"); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatalf("got %v, want the error of the act", err)
		}
		if n := countOrganisations(t, s); n != 0 {
			t.Errorf("%d rows stand, want none", n)
		}
	})
}

func addOrganisation(tx *db.Tx, name string) error {
	_, err := tx.Exec("insert into organisations (id, name, alone, time_zone, created_at) values ($1, $2, $3, 'UTC', $4)", tx.NewID(), name, false, tx.Now())
	return err
}

func countOrganisations(t *testing.T, s testkit.Store) int64 {
	return testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from organisations")
	})
}

// Each of many writers reads a figure and writes it back one higher. Where two could read the
// same, some would be lost.
func TestWritersThatReadFirstDoNotLoseEachOthersWork(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		const writers = 12
		testkit.Do(t, s, func(tx *db.Tx) error { return addOrganisation(tx, "counter") })
		var group sync.WaitGroup
		for range writers {
			group.Go(func() {
				if err := db.Do(t.Context(), s.DB, countUp); err != nil {
					t.Errorf("a writer failed: %v", err)
				}
			})
		}
		group.Wait()
		got := testkit.Read(t, s, func(tx *db.Tx) (string, error) {
			return db.One(tx, db.Scanned[string], "select time_zone from organisations")
		})
		if got != fmt.Sprint(writers) {
			t.Errorf("counted to %s, want %d", got, writers)
		}
	})
}

func countUp(tx *db.Tx) error {
	text, err := db.One(tx, db.Scanned[string], "select time_zone from organisations")
	if err != nil {
		return err
	}
	n, _ := strconv.Atoi(text) // "UTC" counts as 0
	_, err = tx.Exec("update organisations set time_zone = $1", strconv.Itoa(n+1))
	return err
}

func TestIDsSortInTheOrderOfMaking(t *testing.T) {
	s := testkit.SQLite(t)
	var made []db.ID
	for range 3 {
		testkit.Do(t, s, func(tx *db.Tx) error {
			for range 2000 {
				made = append(made, tx.NewID())
			}
			return nil
		})
	}
	if !slices.IsSorted(made) {
		t.Error("the ids do not sort in the order in which they were made")
	}
	if len(slices.Compact(slices.Clone(made))) != len(made) {
		t.Error("an id was made twice")
	}
	for _, id := range []db.ID{made[0], made[5999]} {
		parsed, err := uuid.Parse(string(id))
		if err != nil || parsed.Version() != 7 || parsed.Variant() != uuid.RFC4122 {
			t.Errorf("%s is not a UUIDv7 (%v)", id, err)
		}
	}
}

func TestNoRowIsNotFound(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (string, error) {
			return db.One(tx, db.Scanned[string], "select name from organisations where id = $1", "x")
		})
		if !errors.Is(err, problem.NotFound) {
			t.Errorf("got %v, want not found", err)
		}
	})
}

func TestAReaderCannotWrite(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (struct{}, error) { return struct{}{}, addOrganisation(tx, "x") })
		if err == nil {
			t.Error("a reading transaction wrote")
		}
	})
}

func TestANewerSchemaIsRefusedWithTheWayOut(t *testing.T) {
	path := t.TempDir() + "/ownward.db"
	address := map[string]string{"SQLite": path, "PostgreSQL": testkit.Postgres(t)}
	for engine, address := range address {
		d, err := db.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Do(t.Context(), d, func(tx *db.Tx) error {
			_, err := tx.Exec("insert into schema_versions (version, name) values (999999, 'from the future')")
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Open(t.Context(), address); err == nil || !strings.Contains(err.Error(), "newer program") {
			t.Errorf("%s: got %v, want a refusal that names the newer program", engine, err)
		}
	}
}

func TestTwoCopiesStartedAtOnceMigrateOnce(t *testing.T) {
	for engine, address := range map[string]string{"SQLite": t.TempDir() + "/ownward.db", "PostgreSQL": testkit.Postgres(t)} {
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				d, err := db.Open(t.Context(), address)
				if err != nil {
					t.Errorf("%s: %v", engine, err)
					return
				}
				if err := d.Close(); err != nil {
					t.Errorf("%s: %v", engine, err)
				}
			})
		}
		group.Wait()
	}
}

type kindOfText string

func TestBytesThatAreNoTextAreKeptAlikeOnBothEngines(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		const odd, want = "Ar\x00t\xffist\xc3", "Art�ist�"
		for _, argument := range []any{odd, db.ID(odd), kindOfText(odd)} {
			got := testkit.Read(t, s, func(tx *db.Tx) (string, error) {
				return db.One(tx, db.Scanned[string], "select cast($1 as text)", argument)
			})
			if got != want {
				t.Errorf("%T comes back as %q, want %q", argument, got, want)
			}
		}
	})
}
