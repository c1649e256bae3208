package insight

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/seal"
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
	hour     = 14 // UTC: two weeks after the end of the month, wherever that was last
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
		last := Last(tx.Now())
		made := map[string]bool{}
		if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
			var organisation db.ID
			var month civil.Date
			err := row.Scan(&organisation, &month)
			made[string(organisation)+" "+month.String()] = true
			return struct{}{}, err
		}, "select organisation_id, month from figure_months where month > $1", last.AddMonths(-catchUp)); err != nil {
			return err
		}
		var wanted []job.Wanted
		for n, o := range all {
			at := tx.Now().Add(time.Duration(n%60) * aQuarter / 60) // not all at once
			for back := catchUp - 1; back >= 0 && !o.Alone; back-- {
				month := last.AddMonths(-back)
				if key := string(o.ID) + " " + month.String(); !made[key] {
					wanted = append(wanted, job.Wanted{Key: key, At: at, Args: job.Args{"organisation": o.ID, "month": db.ID(month.String())}})
				}
			}
		}
		return job.EnqueueAll(tx, MonthJob, wanted)
	})
}

// Make makes the tables of a month for an organisation that was here in it. It counts in one transaction and keeps in
// another, so that nobody waits for what is done between them.
func Make(key *seal.Key) job.Do {
	return func(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
		lots, err := LotsOf(key)
		if err != nil {
			return err
		}
		return makeMonth(ctx, d, args, lots)
	}
}

func makeMonth(ctx context.Context, d *db.DB, args job.Args, lots Lots) error {
	month, err := civil.Parse(string(args["month"]))
	if err != nil {
		return errors.Join(job.ErrPermanent, err)
	}
	c, err := db.Read(ctx, d, func(tx *db.Tx) (census, error) { return unscopedCountIfThere(tx, args["organisation"], month) })
	if err != nil || c.organisation == "" {
		return err
	}
	rows, err := c.tables(lots)
	if err != nil {
		return err
	}
	return db.Do(ctx, d, func(tx *db.Tx) error { return c.keep(tx, rows) })
}

// unscopedCountIfThere counts a month in which the organisation was here already, and which has no tables.
func unscopedCountIfThere(tx *db.Tx, organisation db.ID, month civil.Date) (census, error) {
	o, err := org.Of(tx, org.Operator(organisation))
	if err != nil {
		return census{}, err
	}
	var founded time.Time
	var made int
	if err := tx.Get(`
		select created_at, (select count(*) from figure_months where organisation_id = $1 and month = $2) from organisations where id = $1`,
		organisation, month).Scan(&founded, &made); err != nil {
		return census{}, err
	}
	if made > 0 || founded.After(month.AddMonths(1).At(0, 0, org.Zone(o.TimeZone))) {
		return census{}, nil
	}
	return count(tx, o, month)
}
