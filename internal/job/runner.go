package job

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// Runner does jobs. Several runners, in several programs, share the work.
type Runner struct {
	db   *db.DB
	log  *slog.Logger
	do   map[string]Do
	Done func(kind string, err error) // counts what was done, for metrics
	// Lanes keep jobs out of each other's way. What no lane names is done beside them, one after the
	// other.
	Lanes []Lane
	// Rounds is the work that comes round.
	Rounds []Round
}

// Lane is work that waits for others, such as a mail server: so many of its jobs are done at
// once, and no other job waits for them.
type Lane struct {
	Kinds   []string
	Abreast int
}

// NewRunner makes a runner that knows how to do the given kinds.
func NewRunner(d *db.DB, log *slog.Logger, do map[string]Do) *Runner {
	return &Runner{db: d, log: log, do: do, Done: func(string, error) {}}
}

const (
	mostTries    = 24               // over a day and a quarter
	firstPause   = 15 * time.Second // before the second try; then twice as long each time,
	longestPause = 2 * time.Hour    // up to this
	claimFor     = 5 * time.Minute  // a runner that died gives its jobs back after this
	mostAtOnce   = 32               // jobs taken, or noted as done, in one transaction
)

// Run does jobs until the context ends. Those under way are finished first.
func (r *Runner) Run(ctx context.Context) {
	if err := r.begin(ctx); err != nil && ctx.Err() == nil {
		r.log.Error("ask for the work that comes round", "error", problem.ForLog(err))
	}
	done := make(chan outcome, mostAtOnce)
	settled := make(chan struct{})
	go func() {
		defer close(settled)
		r.settleAll(done)
	}()
	var lanes sync.WaitGroup
	var wakes []chan struct{}
	for _, lane := range r.lanes() {
		wake := make(chan struct{}, 1)
		wakes = append(wakes, wake)
		lanes.Go(func() { r.runLane(ctx, lane, wake, done) })
	}
	r.wake(ctx, wakes)
	lanes.Wait()
	close(done)
	<-settled
}

// wake wakes the lanes whenever something may be due, until the context ends.
func (r *Runner) wake(ctx context.Context, lanes []chan struct{}) {
	wait := time.NewTicker(time.Second)
	defer wait.Stop()
	for {
		idle, err := r.idle(ctx)
		if err != nil && ctx.Err() == nil {
			r.log.Error("look for jobs", "error", problem.ForLog(err))
		}
		for _, lane := range lanes {
			if idle {
				break
			}
			select {
			case lane <- struct{}{}:
			default:
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-wait.C:
		case <-r.db.Committed():
		}
	}
}

// lanes are those that were asked for, and one for everything else.
func (r *Runner) lanes() []lane {
	var named []string
	var all []lane
	for _, l := range r.Lanes {
		named = append(named, l.Kinds...)
		all = append(all, lane{kinds: l.Kinds, abreast: max(1, l.Abreast)})
	}
	return append(all, lane{kinds: named, others: true, abreast: 1})
}

// lane is which jobs are done, and how many at once.
type lane struct {
	kinds   []string
	others  bool // all but those kinds
	abreast int
}

func (r *Runner) runLane(ctx context.Context, l lane, wake <-chan struct{}, done chan<- outcome) {
	free := make(chan struct{}, l.abreast)
	var working sync.WaitGroup
	defer working.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		for ctx.Err() == nil {
			free <- struct{}{} // one place at least
			<-free
			jobs, err := r.claim(ctx, l, l.abreast-len(free))
			if err != nil && ctx.Err() == nil {
				r.log.Error("take jobs", "error", problem.ForLog(err))
			}
			if len(jobs) == 0 {
				break
			}
			for _, one := range jobs {
				free <- struct{}{}
				working.Go(func() {
					defer func() { <-free }()
					done <- r.work(ctx, one)
				})
			}
		}
	}
}

// settleAll notes how jobs went, those that end together in one transaction.
func (r *Runner) settleAll(done <-chan outcome) {
	for first := range done {
		all := []outcome{first}
		for more := true; more && len(all) < mostAtOnce; {
			select {
			case next, open := <-done:
				if more = open; open {
					all = append(all, next)
				}
			default:
				more = false
			}
		}
		if err := r.settle(context.Background(), all); err != nil {
			r.log.Error("note what became of jobs", "error", problem.ForLog(err)) // they are done again once their claim has run out
		}
	}
}

// RunDue does all jobs that are due now, one after the other, and returns how many it tried.
func (r *Runner) RunDue(ctx context.Context) (int, error) {
	for n := 0; ; {
		jobs, err := r.claim(ctx, lane{others: true}, mostAtOnce)
		if err != nil || len(jobs) == 0 {
			return n, err
		}
		var all []outcome
		for _, one := range jobs {
			all = append(all, r.work(ctx, one))
			n++
		}
		if err := r.settle(context.WithoutCancel(ctx), all); err != nil {
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

// outcome is how a job went.
type outcome struct {
	claimed
	failure error
}

// idle looks, without writing, whether nothing is due.
func (r *Runner) idle(ctx context.Context) (bool, error) {
	return db.Read(ctx, r.db, func(tx *db.Tx) (bool, error) {
		due, err := lane{others: true}.due(tx, 1, "")
		return len(due) == 0, err
	})
}

// claim takes up to so many jobs of the lane that are due, the longest due first.
func (r *Runner) claim(ctx context.Context, l lane, most int) ([]claimed, error) {
	if waiting, err := db.Read(ctx, r.db, func(tx *db.Tx) ([]claimed, error) { return l.due(tx, 1, "") }); err != nil || len(waiting) == 0 {
		return nil, err
	}
	return db.Write(ctx, r.db, func(tx *db.Tx) ([]claimed, error) {
		jobs, err := l.due(tx, min(most, mostAtOnce), tx.Claim())
		if err != nil {
			return nil, err
		}
		var rows [][]any
		for _, one := range jobs {
			rows = append(rows, []any{tx.Now().Add(claimFor), one.tries, one.id})
		}
		return jobs, db.Repeat(tx, "update jobs set claimed_until = $1, tries = $2 where id = $3", rows)
	})
}

func (l lane) due(tx *db.Tx, most int, claim string) ([]claimed, error) {
	args := []any{tx.Now(), int64(most)}
	only := ""
	if len(l.kinds) > 0 {
		only = " and kind in (" + db.Places(3, len(l.kinds)) + ")"
		if l.others {
			only = " and kind not in (" + db.Places(3, len(l.kinds)) + ")"
		}
		for _, kind := range l.kinds {
			args = append(args, kind)
		}
	}
	return db.List(tx, func(row db.Row) (claimed, error) {
		var one claimed
		err := row.Scan(&one.id, &one.kind, &one.args, &one.tries)
		return one, err
	}, `
		select id, kind, args, tries + 1 from jobs
		where done_at is null and failed_at is null and run_at <= $1 and (claimed_until is null or claimed_until <= $1)`+only+`
		order by run_at, id limit $2`+claim, args...)
}

// work does a job. Once taken, a job is finished even while the program shuts down.
func (r *Runner) work(ctx context.Context, one claimed) outcome {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), claimFor/2)
	defer cancel()
	failure := r.try(ctx, one)
	r.Done(one.kind, failure)
	if failure != nil {
		r.log.Error("job failed", "kind", one.kind, "job", one.id, "try", one.tries, "error", problem.ForLog(failure))
	}
	return outcome{one, failure}
}

func (r *Runner) try(ctx context.Context, one claimed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	do, known := r.do[one.kind]
	if !known {
		return errUnknown
	}
	var args Args
	if err := json.Unmarshal([]byte(one.args), &args); err != nil {
		return errors.Join(err, ErrPermanent)
	}
	return do(ctx, r.db, one.id, args)
}

// settle notes how jobs went: done, to be tried again later, or given up. What comes round is
// asked for again once it is either.
func (r *Runner) settle(ctx context.Context, all []outcome) error {
	slices.SortFunc(all, func(a, b outcome) int { return cmp.Compare(a.id, b.id) })
	return db.Do(ctx, r.db, func(tx *db.Tx) error {
		for _, o := range all {
			over, err := o.settle(tx)
			if err != nil {
				return err
			}
			if over {
				err = r.comesRound(tx, o.kind)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func (o outcome) settle(tx *db.Tx) (over bool, err error) {
	set, at := "done_at = $1, failure = $2, claimed_until = null", tx.Now()
	switch {
	case o.failure == nil:
	case errors.Is(o.failure, ErrPermanent) || o.tries >= mostTries:
		set = "failed_at = $1, failure = $2, claimed_until = null"
	default:
		set, at = "run_at = $1, failure = $2, claimed_until = null", at.Add(min(longestPause, firstPause<<(o.tries-1)))
	}
	_, err = tx.Exec("update jobs set "+set+" where id = $3", at, wordsOf(o.failure), o.id)
	return !at.After(tx.Now()), err
}
