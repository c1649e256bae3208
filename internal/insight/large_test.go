package insight

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// BenchmarkAMonthOfAHundredThousand makes the tables of a month from a store with 100,000 people in a thousand departments, who
// made 200,000 promises: go test ./internal/insight -run none -bench AMonth -benchtime 1x
// It gives the seconds of the processor that this program took; with PostgreSQL, not those of the server.
func BenchmarkAMonthOfAHundredThousand(b *testing.B) {
	for name, open := range map[string]func(testing.TB) testkit.Store{"SQLite": testkit.SQLite, "PostgreSQL": testkit.PostgreSQL} {
		b.Run(name, func(b *testing.B) {
			s := open(b)
			c := testkit.NewCompany(b, s, "large.example")
			testkit.Do(b, s, func(tx *db.Tx) error { return crowd(tx, c.Organisation, 100_000) })
			october, lots := civil.On(2026, time.October, 1), Lots{}
			for b.Loop() {
				before := processor(b)
				found := testkit.Read(b, s, func(tx *db.Tx) (census, error) { return count(tx, c.Organisation, october) })
				counted := processor(b)
				rows, err := found.tables(lots)
				if err != nil {
					b.Fatal(err)
				}
				protected := processor(b)
				testkit.Do(b, s, func(tx *db.Tx) error {
					if _, err := tx.Exec("delete from figure_tables where organisation_id = $1", c.Organisation.ID); err != nil {
						return err
					}
					if _, err := tx.Exec("delete from figure_months where organisation_id = $1", c.Organisation.ID); err != nil {
						return err
					}
					return found.keep(tx, rows)
				})
				b.ReportMetric(counted-before, "s-counting")
				b.ReportMetric(protected-counted, "s-protecting")
				b.ReportMetric(processor(b)-protected, "s-keeping")
			}
		})
	}
}

// crowd adds many people, and what each promised for October.
func crowd(tx *db.Tx, o org.Organisation, many int) error {
	r := rand.New(rand.NewPCG(1, 54))
	var people, promises [][]any
	now := civil.On(2026, time.September, 5).Time()
	for n := range many {
		id, department := tx.NewID(), n%1000
		name := fmt.Sprint("Person ", n)
		people = append(people, []any{o.ID, id, name, name, name, "", "", "", "", "", fmt.Sprint(min(r.IntN(10), r.IntN(10))), fmt.Sprint("D", department),
			fmt.Sprint("S", (department+r.IntN(20)*r.IntN(2)*r.IntN(2))%20), "", "Europe/Lisbon", false, "", 1, now})
		for range r.IntN(5) {
			promise := []any{o.ID, tx.NewID(), id, people[max(0, n-1)][1], id, "A weir", "2026-10-20", "2026-10-20", "open", now, nil, "", false, now}
			if r.IntN(3) > 0 {
				promise[10] = now
			}
			if n > 0 {
				promises = append(promises, promise)
			}
		}
	}
	if err := db.Insert(tx, `insert into people (organisation_id, id, name, name_key, first_name, email, account_name, employee_number, external_id, job_title, level, department,
		location, employment, time_zone, administrator, imported, revision, created_at) values`, people); err != nil {
		return err
	}
	return db.Insert(tx, `insert into commitments (organisation_id, id, by_person_id, to_person_id, written_by_id, words, due, check_in, state, agreed_at, said_done_at, origin_kind, brought_along,
		created_at) values`, promises)
}

// processor is how long this program has used the processors, in seconds.
func processor(b *testing.B) float64 {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano()).Seconds()
}
