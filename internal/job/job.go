// Package job keeps work to be done later, in the transaction that needs it done, and does it
// at least once. Whatever a job does must bear to be done again.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
)

// Args are what a job works on: ids and kinds, never words of people.
type Args map[string]db.ID

// Do does the work of a job. The id is the same each time the job is tried.
type Do func(ctx context.Context, d *db.DB, id db.ID, args Args) error

// ErrPermanent, wrapped in the error of a job, says that trying again is of no use.
var ErrPermanent = errors.New("it is of no use to try again")

// Enqueue asks for the work to be done at the given time or soon after. The same key asked for
// again, done or not, is the same job.
func Enqueue(tx *db.Tx, kind, key string, at time.Time, args Args) error {
	return enqueue(tx, kind, key, at, args, Hour{})
}

// Wanted is one of several jobs of a kind.
type Wanted struct {
	Key  string
	At   time.Time
	Args Args
}

// EnqueueAll is Enqueue for many jobs of one kind, at once.
func EnqueueAll(tx *db.Tx, kind string, jobs []Wanted) error {
	rows := make([][]any, len(jobs))
	for n, j := range jobs {
		row, err := row(tx, kind, j.Key, j.At, j.Args, Hour{})
		if err != nil {
			return err
		}
		rows[n] = row
	}
	return db.InsertNew(tx, "insert into jobs ("+columns+") values", rows)
}

// Hour is an hour of a day where a person is, wherever that will be by then.
type Hour struct {
	Person db.ID // in the organisation that the arguments of the job name
	Day    civil.Date
	Hour   int64
	Zone   *time.Location // where they are now
}

// EnqueueAt is Enqueue for an hour where a person is. When they move before it has come, the job
// moves with them.
func EnqueueAt(tx *db.Tx, kind, key string, at Hour, args Args) error {
	return enqueue(tx, kind, key, at.time(at.Zone), args, at)
}

func (h Hour) time(zone *time.Location) time.Time {
	return h.Day.At(int(h.Hour), 0, zone).UTC().Truncate(time.Microsecond)
}

func enqueue(tx *db.Tx, kind, key string, at time.Time, args Args, hour Hour) error {
	row, err := row(tx, kind, key, at, args, hour)
	if err != nil {
		return err
	}
	_, err = tx.Exec("insert into jobs ("+columns+") values ("+db.Places(1, len(row))+") on conflict (key) do nothing", row...)
	return err
}

const columns = "id, kind, key, args, run_at, tries, organisation_id, person_id, local_day, local_hour, zone"

func row(tx *db.Tx, kind, key string, at time.Time, args Args, hour Hour) ([]any, error) {
	text, err := json.Marshal(args)
	if err != nil {
		return nil, fmt.Errorf("arguments of the job %q: %w", kind, err)
	}
	var zone db.ID
	if hour.Zone != nil {
		zone = db.ID(hour.Zone.String())
	}
	return []any{tx.NewID(), kind, kind + " " + key, string(text), at, 0, args["organisation"], hour.Person, hour.Day, hour.Hour, zone}, nil
}

// MadeAt is the time at which a job was asked for, which its id bears: the same at every try.
func MadeAt(id db.ID) time.Time {
	parsed, err := uuid.Parse(string(id))
	if err != nil {
		return time.Time{}
	}
	seconds, nanoseconds := parsed.Time().UnixTime()
	return time.Unix(seconds, nanoseconds).UTC()
}

// Follow puts the jobs for an hour where people of the organisation are to that hour where they
// are now, and tells how many it moved.
func Follow(tx *db.Tx, organisation db.ID, zone func(name string) *time.Location) (int, error) {
	type moved struct {
		id, to db.ID
		Hour
	}
	found, err := db.List(tx, func(row db.Row) (moved, error) {
		var m moved
		err := row.Scan(&m.id, &m.Day, &m.Hour.Hour, &m.to)
		return m, err
	}, `
		select j.id, j.local_day, j.local_hour, p.time_zone from jobs j
		join people p on p.organisation_id = j.organisation_id and p.id = j.person_id
		where j.organisation_id = $1 and j.local_day is not null and j.done_at is null and j.failed_at is null and j.zone <> p.time_zone`, organisation)
	if err != nil {
		return 0, err
	}
	var rows [][]any
	for _, m := range found {
		rows = append(rows, []any{m.time(zone(string(m.to))), m.to, m.id})
	}
	return len(rows), db.Repeat(tx, "update jobs set run_at = $1, zone = $2 where id = $3", rows)
}

// Tidy forgets jobs that were done, or let go, a month ago. Those given up stay, for whoever looks
// after the installation.
func Tidy(tx *db.Tx) error {
	monthAgo := tx.Now().AddDate(0, -1, 0)
	return tx.ExecEach([]string{"delete from jobs where done_at < $1", "delete from jobs where let_go_at < $1"}, monthAgo)
}
