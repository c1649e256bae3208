package job

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// GivenUp is a job that came to nothing: not what it is about, nor whom.
type GivenUp struct {
	ID       db.ID
	Kind     string
	Tries    int64
	Why      string // of the last try, in words that say nothing of anybody
	AskedFor time.Time
	At       time.Time // when it was given up
}

var (
	errPanic   = errors.New("panic")
	errUnknown = errors.New("nobody here does jobs of this kind")
)

// wordsOf is what whoever looks after the installation reads of a failure. An error that has words
// of its own for that (SafeWords) says them; of others no text is shown, since it may quote what
// people wrote.
func wordsOf(failure error) string {
	var own interface{ SafeWords() string }
	var network *net.OpError
	switch {
	case failure == nil:
		return ""
	case errors.As(failure, &own):
		return own.SafeWords()
	case errors.Is(failure, errPanic):
		return "The program stumbled over it. The log says where."
	case errors.Is(failure, errUnknown):
		return "This copy of the program does not know how. A newer one may."
	case errors.Is(failure, context.DeadlineExceeded):
		return "It took too long."
	case errors.As(failure, &network):
		return "The other side could not be reached."
	}
	return "It failed. The log says more."
}

// of narrows to the jobs that somebody who looks after this organisation sees: its own, and those of
// the installation where it is the only one. Whoever runs the installation ("") sees all.
const of = `(cast($1 as text) is null or organisation_id = $1
	or organisation_id is null and not exists (select 1 from organisations o where o.id <> $1))`

// ListGivenUp lists jobs that were given up and not let go, the latest first, and whether there are more. Organisation is that of
// the administrator who looks, or empty for whoever runs the installation.
func ListGivenUp(tx *db.Tx, organisation db.ID, most int) (jobs []GivenUp, more bool, err error) {
	jobs, err = db.List(tx, func(row db.Row) (GivenUp, error) {
		var g GivenUp
		err := row.Scan(&g.ID, &g.Kind, &g.Tries, &g.Why, &g.At)
		g.AskedFor = MadeAt(g.ID)
		return g, err
	}, `
		select id, kind, tries, failure, failed_at from jobs
		where failed_at is not null and let_go_at is null and `+of+`
		order by failed_at desc, id limit $2`, organisation, int64(most+1))
	return jobs[:min(len(jobs), most)], len(jobs) > most, err
}

// Repeat has a job that was given up tried again, from the start and now. Errors: problem.NotFound
// where there is none such.
func Repeat(tx *db.Tx, organisation, id db.ID) error {
	return onGivenUp(tx, "failed_at = null, tries = 0, run_at = $3", organisation, id)
}

// LetGo puts a job that was given up out of sight. Errors: as for Repeat.
func LetGo(tx *db.Tx, organisation, id db.ID) error {
	return onGivenUp(tx, "let_go_at = $3", organisation, id)
}

// RepeatAll has all jobs that were given up tried again, and tells how many.
func RepeatAll(tx *db.Tx, organisation db.ID) (int64, error) {
	return tx.Exec("update jobs set failed_at = null, tries = 0, run_at = $2 where failed_at is not null and let_go_at is null and "+of, organisation, tx.Now())
}

func onGivenUp(tx *db.Tx, set string, organisation, id db.ID) error {
	n, err := tx.Exec("update jobs set "+set+" where id = $2 and failed_at is not null and let_go_at is null and "+of, organisation, id, tx.Now())
	if err == nil && n == 0 {
		return problem.NotFound
	}
	return err
}
