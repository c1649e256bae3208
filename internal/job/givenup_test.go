package job_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func givenUp(t *testing.T, s testkit.Store, organisation db.ID) []job.GivenUp {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]job.GivenUp, error) {
		jobs, _, err := job.ListGivenUp(tx, organisation, 10)
		return jobs, err
	})
}

func TestWhatCameToNothingIsSeenRepeatedAndLetGo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		fails := true
		r := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{"work": func(context.Context, *db.DB, db.ID, job.Args) error {
			if fails {
				return fmt.Errorf("ida@example.org wrote %q: %w", "a secret", job.ErrPermanent)
			}
			return nil
		}})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return errors.Join(
				job.Enqueue(tx, "work", "theirs", tx.Now(), job.Args{"organisation": c.Organisation.ID}),
				job.Enqueue(tx, "work", "of all", tx.Now(), nil))
		})
		runDue(t, r)
		mine := givenUp(t, s, c.Organisation.ID)
		if len(mine) != 1 || len(givenUp(t, s, other.Organisation.ID)) != 0 || len(givenUp(t, s, "")) != 2 {
			t.Fatalf("an administrator sees %+v, want what is of their organisation; who runs the installation sees both", mine)
		}
		got := mine[0]
		if got.Kind != "work" || got.Tries != 1 || got.Why == "" || strings.Contains(got.Why, "secret") || strings.Contains(got.Why, "ida") ||
			got.At.IsZero() || s.Now().Sub(got.AskedFor) > time.Minute {
			t.Errorf("it says %+v", got)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return job.Repeat(tx, other.Organisation.ID, got.ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("another organisation's: %v, want not found", err)
		}
		fails = false
		testkit.Do(t, s, func(tx *db.Tx) error { return job.Repeat(tx, c.Organisation.ID, got.ID) })
		if n := runDue(t, r); n != 1 || len(givenUp(t, s, c.Organisation.ID)) != 0 {
			t.Errorf("%d jobs were done after the repeat, %d are still given up", n, len(givenUp(t, s, c.Organisation.ID)))
		}
		rest := givenUp(t, s, "")
		testkit.Do(t, s, func(tx *db.Tx) error { return job.LetGo(tx, "", rest[0].ID) })
		if len(givenUp(t, s, "")) != 0 || runDue(t, r) != 0 {
			t.Error("what was let go is still there")
		}
	})
}

func TestWhereThereIsOneOrganisationItsAdministratorsSeeTheInstallationsJobsToo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		w := newWorker()
		w.fail = job.ErrPermanent
		enqueue(t, s, "of all", 0)
		runDue(t, w.runner(s))
		if got := givenUp(t, s, c.Organisation.ID); len(got) != 1 {
			t.Errorf("%d are seen, want the one", len(got))
		}
	})
}

type spoken struct{}

func (spoken) Error() string     { return "550 <ida@example.org> unknown" }
func (spoken) SafeWords() string { return "The mail server knows no such mailbox (5.1.1)." }

func TestAFailureSaysItsOwnSafeWords(t *testing.T) {
	s := testkit.SQLite(t)
	w := newWorker()
	w.fail = fmt.Errorf("%w: %w", job.ErrPermanent, spoken{})
	enqueue(t, s, "mail", 0)
	runDue(t, w.runner(s))
	if got := givenUp(t, s, ""); len(got) != 1 || got[0].Why != (spoken{}).SafeWords() {
		t.Errorf("it says %+v", got)
	}
}
