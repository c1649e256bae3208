package insight

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
)

// The jobs: once a month for all, and for each organisation of its own.
const (
	RoundJob = "figures of the month"
	MonthJob = "figures of an organisation"
)

// MadeOn is the day of the next month on which the tables of a month are made: by then what was asked in it has been
// answered within two weeks, or has not.
const MadeOn = 15

const (
	hour     = 2  // UTC
	catchUp  = 12 // months that were missed are made later
	aQuarter = 15 * time.Minute
)

// Next is when the tables of a month are made next.
func Next(tx *db.Tx) (time.Time, error) { return nextAfter(tx.Now()), nil }

func nextAfter(now time.Time) time.Time {
	at := time.Date(now.Year(), now.Month(), MadeOn, hour, 0, 0, 0, time.UTC)
	if !at.After(now) {
		at = at.AddDate(0, 1, 0)
	}
	return at
}

// Comes is the day on which tables are made next.
func Comes(now time.Time) civil.Date { return civil.In(nextAfter(now), time.UTC) }

// Last is the last month whose tables are due.
func Last(now time.Time) civil.Date {
	return firstOf(civil.In(nextAfter(now), time.UTC)).AddMonths(-2)
}

// MakeAll asks for the tables of the last month, and of those before it that were missed, for each organisation.
func MakeAll(ctx context.Context, d *db.DB, _ db.ID, _ job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		all, err := org.UnscopedOrganisations(tx)
		if err != nil {
			return err
		}
		var wanted []job.Wanted
		for n, o := range all {
			if o.Alone {
				continue
			}
			at := tx.Now().Add(time.Duration(n%60) * aQuarter / 60) // not all at once
			wanted = append(wanted, job.Wanted{
				Key: string(o.ID) + " " + Last(tx.Now()).String(), At: at,
				Args: job.Args{"organisation": o.ID, "month": db.ID(Last(tx.Now()).String())},
			})
		}
		return job.EnqueueAll(tx, MonthJob, wanted)
	})
}

// Make makes the tables of a month for an organisation, and of the months before that were missed.
func Make(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	last, err := civil.Parse(string(args["month"]))
	if err != nil {
		return errors.Join(job.ErrPermanent, err)
	}
	for back := catchUp - 1; back >= 0; back-- {
		month := last.AddMonths(-back)
		if err := db.Do(ctx, d, func(tx *db.Tx) error { return unscopedMakeIfThere(tx, args["organisation"], month) }); err != nil {
			return err
		}
	}
	return nil
}

// unscopedMakeIfThere makes the tables of a month in which the organisation was here already.
func unscopedMakeIfThere(tx *db.Tx, organisation db.ID, month civil.Date) error {
	o, err := org.Of(tx, org.Operator(organisation))
	if err != nil {
		return err
	}
	var founded time.Time
	if err := tx.Get("select created_at from organisations where id = $1", organisation).Scan(&founded); err != nil {
		return err
	}
	if founded.After(month.AddMonths(1).At(0, 0, org.Zone(o.TimeZone))) {
		return nil
	}
	return UnscopedMake(tx, o, month)
}
