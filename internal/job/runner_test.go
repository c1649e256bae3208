package job_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/testkit"
)

// running runs the runner until the test ends.
func running(t *testing.T, r *job.Runner) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); r.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
}

func TestASlowMailServerHoldsNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		hangs, release := make(chan struct{}, 10), make(chan struct{})
		quick := make(chan struct{}, 10)
		r := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{
			"mail": func(context.Context, *db.DB, db.ID, job.Args) error { hangs <- struct{}{}; <-release; return nil },
			"work": func(context.Context, *db.DB, db.ID, job.Args) error { quick <- struct{}{}; return nil },
		})
		r.Lanes = []job.Lane{{Kinds: []string{"mail"}, Abreast: 2}}
		testkit.Do(t, s, func(tx *db.Tx) error {
			for i := range 5 {
				if err := job.Enqueue(tx, "mail", fmt.Sprint(i), tx.Now(), nil); err != nil {
					return err
				}
			}
			return nil
		})
		running(t, r)
		t.Cleanup(func() { close(release) }) // before the runner is waited for
		for range 2 {
			<-hangs
		}
		enqueue(t, s, "other", 0)
		select {
		case <-quick:
		case <-time.After(10 * time.Second):
			t.Fatal("what has nothing to do with mail waits for the mail server")
		}
		if len(hangs) > 0 {
			t.Error("more mails than two are on their way at once")
		}
	})
}

func TestManyAtOnceAreEachDoneOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		const jobs = 200
		var mu sync.Mutex
		done, all := map[db.ID]int{}, make(chan struct{})
		do := map[string]job.Do{"work": func(_ context.Context, _ *db.DB, _ db.ID, args job.Args) error {
			mu.Lock()
			defer mu.Unlock()
			if done[args["thing"]]++; len(done) == jobs {
				select {
				case <-all:
				default:
					close(all)
				}
			}
			return nil
		}}
		for i := range jobs {
			enqueue(t, s, fmt.Sprint(i), 0)
		}
		for range 3 {
			r := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), do)
			r.Lanes = []job.Lane{{Kinds: []string{"work"}, Abreast: 4}}
			running(t, r)
		}
		select {
		case <-all:
		case <-time.After(time.Minute):
			t.Fatalf("%d of %d jobs are done", len(done), jobs)
		}
		mu.Lock()
		defer mu.Unlock()
		for key, n := range done {
			if n != 1 {
				t.Errorf("%s was done %d times", key, n)
			}
		}
	})
}

func TestWhatComesRoundIsDoneOnceAtEachTimeByAnyNumberOfCopies(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		var done atomic.Int64
		var copies []*job.Runner
		for range 3 {
			r := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{"round": func(context.Context, *db.DB, db.ID, job.Args) error {
				done.Add(1)
				return nil
			}})
			r.Rounds = []job.Round{{Kind: "round", Next: job.Every(time.Hour)}}
			testkit.Do(t, s, r.Begin)
			copies = append(copies, r)
		}
		for hour := range 5 {
			s.Clock.Move(time.Hour)
			var group sync.WaitGroup
			for _, r := range copies {
				group.Go(func() { runDue(t, r) })
			}
			group.Wait()
			if got := done.Load(); got != int64(hour+1) {
				t.Fatalf("after %d hours it was done %d times", hour+1, got)
			}
		}
		// After a program stood still for three days it is done once, not 72 times, and goes on.
		s.Clock.MoveDays(3)
		runDue(t, copies[0])
		runDue(t, copies[1])
		if got := done.Load(); got != 6 {
			t.Errorf("after three days of standing still it was done %d times more, want once", got-5)
		}
		s.Clock.Move(time.Hour)
		if runDue(t, copies[2]); done.Load() != 7 {
			t.Error("after standing still it does not come round any more")
		}
	})
}

func TestAJobForAnHourMovesWithThePerson(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		w := newWorker()
		testkit.Do(t, s, func(tx *db.Tx) error {
			at := job.Hour{Person: c.Ines.Person, Day: civil.On(2026, time.November, 25), Hour: 8, Zone: c.Ines.Zone}
			if err := job.EnqueueAt(tx, "work", "morning", at, job.Args{"organisation": c.Organisation.ID, "thing": "morning"}); err != nil {
				return err
			}
			_, err := tx.Exec("update people set time_zone = 'Asia/Tokyo' where organisation_id = $1 and id = $2", c.Organisation.ID, c.Ines.Person)
			return err
		})
		moved := testkit.Write(t, s, func(tx *db.Tx) (int, error) { return job.Follow(tx, c.Organisation.ID, zone) })
		again := testkit.Write(t, s, func(tx *db.Tx) (int, error) { return job.Follow(tx, c.Organisation.ID, zone) })
		if moved != 1 || again != 0 {
			t.Errorf("%d jobs moved, then %d, want the one, once", moved, again)
		}
		tokyo := time.Date(2026, time.November, 25, 8, 0, 0, 0, zone("Asia/Tokyo"))
		s.Clock.Move(tokyo.Add(-time.Second).Sub(s.Clock.Now()))
		if runDue(t, w.runner(s)); len(w.tried) != 0 {
			t.Error("it was done before eight in Tokyo")
		}
		s.Clock.Move(2 * time.Second)
		if runDue(t, w.runner(s)); w.tried["morning"] != 1 {
			t.Error("it was not done at eight in Tokyo")
		}
	})
}

func zone(name string) *time.Location {
	place, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return place
}
