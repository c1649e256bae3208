package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/testkit"
)

// worker counts how often each job was done, and fails as it is told.
type worker struct {
	mu    sync.Mutex
	tried map[string]int
	fail  error
}

func (w *worker) do(_ context.Context, _ *db.DB, _ db.ID, args job.Args) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tried[string(args["thing"])]++
	return w.fail
}

func (w *worker) runner(s testkit.Store) *job.Runner {
	return job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{"work": w.do})
}

func newWorker() *worker { return &worker{tried: map[string]int{}} }

func enqueue(t *testing.T, s testkit.Store, key string, in time.Duration) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		return job.Enqueue(tx, "work", key, tx.Now().Add(in), job.Args{"thing": db.ID(key)})
	})
}

func runDue(t *testing.T, r *job.Runner) int {
	t.Helper()
	n, err := r.RunDue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAJobIsDoneOnceWhenItIsDueAndTheSameKeyIsTheSameJob(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		w := newWorker()
		enqueue(t, s, "later", time.Hour)
		enqueue(t, s, "now", 0)
		enqueue(t, s, "now", 0)
		if n := runDue(t, w.runner(s)); n != 1 || w.tried["now"] != 1 {
			t.Errorf("%d jobs done, %v, want the one that is due", n, w.tried)
		}
		enqueue(t, s, "now", 0)
		s.Clock.Move(2 * time.Hour)
		if n := runDue(t, w.runner(s)); n != 1 || w.tried["later"] != 1 || w.tried["now"] != 1 {
			t.Errorf("%d jobs done, %v, want the later one alone", n, w.tried)
		}
	})
}

func TestAJobOfAnUndoneTransactionIsNeverDone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		w := newWorker()
		testkit.Fails(t, s, func(tx *db.Tx) error {
			if err := job.Enqueue(tx, "work", "x", tx.Now(), nil); err != nil {
				return err
			}
			return errors.New("undo")
		})
		if n := runDue(t, w.runner(s)); n != 0 {
			t.Errorf("%d jobs done, want none", n)
		}
	})
}

func TestAFailedJobIsTriedAgainLaterAndGivenUpAtLast(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		w := newWorker()
		w.fail = errors.New("the mail server is away")
		enqueue(t, s, "mail", 0)
		for range 40 {
			runDue(t, w.runner(s))
			s.Clock.Move(10 * time.Minute)
		}
		if got := w.tried["mail"]; got < 5 || got > 12 {
			t.Errorf("within 400 minutes it was tried %d times, want some and ever fewer", got)
		}
		w.fail = fmt.Errorf("no such address: %w", job.ErrPermanent)
		enqueue(t, s, "nobody", 0)
		for range 5 {
			runDue(t, w.runner(s))
			s.Clock.Move(24 * time.Hour)
		}
		if got := w.tried["nobody"]; got != 1 {
			t.Errorf("what is of no use was tried %d times, want once", got)
		}
	})
}

func TestAJobThatPanicsOrDiedIsTriedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		tried := 0
		r := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{"work": func(context.Context, *db.DB, db.ID, job.Args) error {
			if tried++; tried == 1 {
				panic("a fault")
			}
			return nil
		}})
		enqueue(t, s, "x", 0)
		runDue(t, r)
		s.Clock.Move(time.Minute)
		runDue(t, r)
		if tried != 2 {
			t.Errorf("tried %d times, want twice", tried)
		}
		// A runner that took a job and died gives it back after a while.
		enqueue(t, s, "y", 0)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := tx.Exec("update jobs set claimed_until = $1 where key = 'work y'", tx.Now().Add(5*time.Minute))
			return err
		})
		if runDue(t, r); tried != 2 {
			t.Error("a job that somebody else has taken was done")
		}
		s.Clock.Move(6 * time.Minute)
		if runDue(t, r); tried != 3 {
			t.Error("the job of a runner that died was not done")
		}
	})
}

func TestManyRunnersShareTheWorkAndDoNothingTwice(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		w := newWorker()
		const jobs = 60
		for i := range jobs {
			enqueue(t, s, fmt.Sprint("job ", i), 0)
		}
		var group sync.WaitGroup
		for range 4 {
			group.Go(func() {
				if _, err := w.runner(s).RunDue(t.Context()); err != nil {
					t.Errorf("runner: %v", err)
				}
			})
		}
		group.Wait()
		for key, n := range w.tried {
			if n != 1 {
				t.Errorf("%s was done %d times", key, n)
			}
		}
		if len(w.tried) != jobs {
			t.Errorf("%d of %d jobs were done", len(w.tried), jobs)
		}
	})
}
