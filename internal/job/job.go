// Package job keeps work to be done later, in the transaction that needs it done, and does it
// at least once. Whatever a job does must bear to be done again.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
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
	text, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("arguments of the job %q: %w", kind, err)
	}
	_, err = tx.Exec(`
		insert into jobs (id, kind, key, args, run_at, tries)
		values ($1, $2, $3, $4, $5, 0)
		on conflict (key) do nothing`,
		tx.NewID(), kind, kind+" "+key, string(text), at)
	return err
}

// Runner does jobs, one after the other. Several runners, in several programs, share the work.
type Runner struct {
	db   *db.DB
	log  *slog.Logger
	do   map[string]Do
	Done func(kind string, err error) // counts what was done, for metrics
}

// NewRunner makes a runner that knows how to do the given kinds.
func NewRunner(d *db.DB, log *slog.Logger, do map[string]Do) *Runner {
	return &Runner{db: d, log: log, do: do, Done: func(string, error) {}}
}

// Run does jobs until the context ends. A job under way is finished first.
func (r *Runner) Run(ctx context.Context) {
	wait := time.NewTicker(time.Second)
	defer wait.Stop()
	for {
		if did, err := r.RunOne(ctx); err != nil && ctx.Err() == nil {
			r.log.Error("take a job", "error", problem.ForLog(err))
		} else if did && ctx.Err() == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		case <-r.db.Committed():
		}
	}
}

// RunDue does all jobs that are due now and returns how many it tried.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; n++ {
		if did, err := r.RunOne(ctx); err != nil || !did {
			return n, err
		}
	}
}

type claimed struct {
	id    db.ID
	kind  string
	args  string
	tries int64
}

const (
	mostTries = 12
	claimFor  = 5 * time.Minute // a runner that died gives its job back after this
)

// RunOne does one due job, if there is one, and tells whether there was.
func (r *Runner) RunOne(ctx context.Context) (bool, error) {
	if idle, err := r.idle(ctx); idle || err != nil {
		return false, err
	}
	one, err := db.Write(ctx, r.db, claim)
	if errors.Is(err, problem.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	// Once taken, a job is finished even while the program shuts down.
	finish := context.WithoutCancel(ctx)
	failure := r.work(finish, one)
	r.Done(one.kind, failure)
	if failure != nil {
		r.log.Error("job failed", "kind", one.kind, "job", one.id, "try", one.tries, "error", problem.ForLog(failure))
	}
	return true, db.Do(finish, r.db, func(tx *db.Tx) error { return settle(tx, one, failure) })
}

// idle looks, without writing, whether nothing is due.
func (r *Runner) idle(ctx context.Context) (bool, error) {
	return db.Read(ctx, r.db, func(tx *db.Tx) (bool, error) {
		var due int64
		err := tx.Get(`
			select count(*) from (
				select 1 from jobs
				where done_at is null and failed_at is null and run_at <= $1 and (claimed_until is null or claimed_until <= $1)
				limit 1) as due`, tx.Now()).Scan(&due)
		return due == 0, err
	})
}

func claim(tx *db.Tx) (claimed, error) {
	var one claimed
	err := tx.Get(`
		select id, kind, args, tries + 1 from jobs
		where done_at is null and failed_at is null and run_at <= $1 and (claimed_until is null or claimed_until <= $1)
		order by run_at, id limit 1`+tx.Claim(), tx.Now()).Scan(&one.id, &one.kind, &one.args, &one.tries)
	if err != nil {
		return one, err
	}
	_, err = tx.Exec("update jobs set claimed_until = $1, tries = $2 where id = $3", tx.Now().Add(claimFor), one.tries, one.id)
	return one, err
}

func (r *Runner) work(ctx context.Context, one claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	do, known := r.do[one.kind]
	if !known {
		return fmt.Errorf("nobody here does jobs of this kind")
	}
	var args Args
	if err := json.Unmarshal([]byte(one.args), &args); err != nil {
		return errors.Join(err, ErrPermanent)
	}
	ctx, cancel := context.WithTimeout(ctx, claimFor/2)
	defer cancel()
	return do(ctx, r.db, one.id, args)
}

// settle notes how it went: done, to be tried again later (after 15 s, then twice as long each
// time), or given up.
func settle(tx *db.Tx, one claimed, failure error) error {
	set, at := "done_at = $1, claimed_until = null", tx.Now()
	switch {
	case failure == nil:
	case errors.Is(failure, ErrPermanent) || one.tries >= mostTries:
		set = "failed_at = $1, claimed_until = null"
	default:
		set, at = "run_at = $1, claimed_until = null", tx.Now().Add(15*time.Second<<(one.tries-1))
	}
	_, err := tx.Exec("update jobs set "+set+" where id = $2", at, one.id)
	return err
}

// Tidy forgets jobs that were done a month ago. Those given up stay, for whoever looks after
// the installation.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from jobs where done_at < $1", tx.Now().AddDate(0, -1, 0))
	return err
}
