package invitation

import (
	"context"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
)

// YearJob is the kind of the jobs that invite to what a year of conversations has planned.
const YearJob = "invitations of a year"

// A year is not mailed all at once: to each of its conversations both sides are invited when it is two
// months ahead.
const (
	ahead  = 62 * 24 * time.Hour
	rounds = 28 * 24 * time.Hour
)

// YearLaidOut is the reaction to "year laid out".
func YearLaidOut(tx *db.Tx, e event.Event) error {
	return askForRound(tx, job.Args{"organisation": e.Organisation, "cadence": e.Thing.ID}, tx.Now())
}

func askForRound(tx *db.Tx, args job.Args, at time.Time) error {
	return job.Enqueue(tx, YearJob, string(args["cadence"])+" "+at.UTC().Format(time.DateOnly), at, args)
}

// InviteToYear does the jobs of the kind YearJob. It comes round while there is more ahead.
func InviteToYear(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		planned, err := conversation.UnscopedPlanned(tx, args["organisation"], args["cadence"], tx.Now())
		if err != nil {
			return err
		}
		for _, c := range planned {
			if c.At.After(tx.Now().Add(ahead)) {
				return askForRound(tx, args, tx.Now().Add(rounds))
			}
			for _, side := range []org.Party{c.Owner, c.Partner} {
				if side.Person == "" {
					continue
				}
				if err := follow(tx, args["organisation"], side.Person, "", c.ID); err != nil {
					return err
				}
			}
			if c.Partner.Contact == "" {
				continue
			}
			if err := follow(tx, args["organisation"], c.Owner.Person, c.Partner.Contact, c.ID); err != nil {
				return err
			}
		}
		return nil
	})
}
