package job

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// Round is work that comes round. At each of its times it is done once, however many copies of
// the program there are: the time is the key of the job. After a program stood still it is done
// once for all the times that were missed; what it then does about them is for its kind to say.
type Round struct {
	Kind string
	// Next is the next time after now. It may depend on what is in the store.
	Next func(tx *db.Tx) (time.Time, error)
}

// Every is a Next for the full hours, minutes or days (in UTC) so far apart.
func Every(apart time.Duration) func(tx *db.Tx) (time.Time, error) {
	return func(tx *db.Tx) (time.Time, error) { return tx.Now().Truncate(apart).Add(apart), nil }
}

// Begin asks for all that comes round, unless it is asked for already.
func (r *Runner) Begin(tx *db.Tx) error {
	for _, round := range r.Rounds {
		var waits int64
		if err := tx.Get(`
			select 1 from jobs
			where kind = $1 and done_at is null and failed_at is null limit 1`, round.Kind).Scan(&waits); err == nil {
			continue
		} else if !errors.Is(err, problem.NotFound) {
			return err
		}
		if err := round.ask(tx); err != nil {
			return err
		}
	}
	return nil
}

func (r *Runner) begin(ctx context.Context) error {
	if len(r.Rounds) == 0 {
		return nil
	}
	return db.Do(ctx, r.db, r.Begin)
}

func (r *Runner) comesRound(tx *db.Tx, kind string) error {
	for _, round := range r.Rounds {
		if round.Kind == kind {
			return round.ask(tx)
		}
	}
	return nil
}

func (round Round) ask(tx *db.Tx) error {
	at, err := round.Next(tx)
	if err != nil {
		return err
	}
	return Sooner(tx, round.Kind, at)
}

// Sooner asks for what comes round at one more time than it would come by itself.
func Sooner(tx *db.Tx, kind string, at time.Time) error {
	return Enqueue(tx, kind, at.UTC().Format(time.RFC3339), at, nil)
}
