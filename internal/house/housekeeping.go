package house

import (
	"context"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/invitation"
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

// tidy does the housekeeping of one day. What a program that stood still has missed of it is done
// once: there is nothing of a day in it.
func tidy(ctx context.Context, d *db.DB, _ db.ID, _ job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		for _, each := range []func(*db.Tx) error{account.Tidy, commitment.Tidy, digest.Tidy, conversation.Tidy, invitation.Tidy, link.Tidy, job.Tidy, org.Tidy, plan.Tidy, portable.Tidy, web.Tidy} {
			if err := each(tx); err != nil {
				return err
			}
		}
		return nil
	})
}
