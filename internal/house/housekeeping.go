package house

import (
	"context"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/portable"
	"github.com/ownward/ownward/internal/web"
)

// housekeeping is the job that forgets, once a day, what is of no more use: used codes, ended
// sessions, forms sent and jobs done long ago.
const housekeeping = "housekeeping"

// tidy does the housekeeping of one day and asks for that of the next.
func tidy(ctx context.Context, d *db.DB, _ db.ID, _ job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		for _, each := range []func(*db.Tx) error{account.Tidy, link.Tidy, job.Tidy, org.Tidy, plan.Tidy, portable.Tidy, web.Tidy} {
			if err := each(tx); err != nil {
				return err
			}
		}
		return askToTidy(tx, tx.Now().AddDate(0, 0, 1))
	})
}

func askToTidy(tx *db.Tx, at time.Time) error {
	return job.Enqueue(tx, housekeeping, civil.In(at, time.UTC).String(), at, nil)
}
