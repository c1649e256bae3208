package budget

import (
	"context"
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// The kinds of the jobs of this package.
const (
	LapseJob  = "budget lapse"    // return what is held to a day that has passed
	RemindJob = "budget reminder" // say that this day is near
)

const (
	morning      = 8  // the hour at which days begin to be told
	remindBefore = 14 // days
)

// endsOn asks for a look at a reservation on the morning after its last day, and for one reminder of both sides
// before it, where that is still to come. When the day is moved it is called again; the earlier jobs
// find another day and do nothing.
func endsOn(tx *db.Tx, organisation, id, owner, whom db.ID, until civil.Date) error {
	on := func(kind string, person db.ID, day civil.Date) error {
		who, err := org.UnscopedActor(tx, organisation, person)
		if err != nil || kind == RemindJob && !day.After(today(tx, who)) {
			return err
		}
		key := string(id) + " " + until.String()
		if kind == RemindJob {
			key += " " + string(person)
		}
		return job.EnqueueAt(tx, kind, key, job.Hour{Person: person, Day: day, Hour: morning, Zone: who.Zone}, job.Args{
			"organisation": organisation, "reservation": id, "until": db.ID(until.String()), "person": person,
		})
	}
	return errors.Join(
		on(LapseJob, owner, until.AddDays(1)),
		on(RemindJob, owner, until.AddDays(-remindBefore)),
		on(RemindJob, whom, until.AddDays(-remindBefore)))
}

// SendReminder does the jobs of the kind RemindJob: whom it is held for is told that the day is near, or
// whoever answers for the line by now.
func SendReminder(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		r, err := held(tx, args)
		if err != nil || r.ID == "" {
			return err
		}
		to := args["person"]
		if to != r.Whom.Person {
			l, err := unscopedLine(tx, args["organisation"], r.Line)
			if err != nil {
				return err
			}
			to = l.Owner.Person
		}
		return notice.Tell(tx, args["organisation"], to, notice.Reminder, r.Thing(), "reservation ends "+string(r.ID)+" "+r.Until.String())
	})
}

// held is the reservation of a job; nothing where it is held no longer, or to another day, or as long as a seat is.
func held(tx *db.Tx, args job.Args) (Reservation, error) {
	r, err := unscopedReservation(tx, args["organisation"], args["reservation"])
	switch {
	case errors.Is(err, problem.NotFound):
		return Reservation{}, nil
	case err != nil || r.State != Held || r.ForSeat || db.ID(r.Until.String()) != args["until"]:
		return Reservation{}, err
	}
	return r, nil
}

// Lapse does the jobs of the kind LapseJob: what was neither spent nor returned goes back to the line, and
// whoever it was for and who answers for the line are told.
func Lapse(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		r, err := held(tx, args)
		if err != nil || r.ID == "" {
			return err
		}
		l, err := unscopedLine(tx, args["organisation"], r.Line)
		if err != nil {
			return err
		}
		key := "reservation lapsed " + string(r.ID)
		return errors.Join(
			r.giveBack(tx, args["organisation"], "", l, Lapsed),
			notice.Tell(tx, args["organisation"], l.Owner.Person, notice.Reminder, r.Thing(), key),
			notice.Tell(tx, args["organisation"], r.Whom.Person, notice.Reminder, r.Thing(), key))
	})
}

// PersonLeft returns what is held for who leaves: they will not come to spend it. Where the owner of a
// line leaves, the second one answers for it alone. It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	if err := unscopedGiveBack(tx, e.Organisation, " and r.person_id = $2", e.Thing.ID); err != nil {
		return err
	}
	return tx.ExecEach([]string{
		"update budgets set owner_id = second_id, second_id = null, revision = revision + 1 where organisation_id = $1 and owner_id = $2 and second_id is not null",
		"update budgets set second_id = null, revision = revision + 1 where organisation_id = $1 and second_id = $2",
	}, e.Organisation, e.Thing.ID)
}

// unscopedGiveBack returns all that is held and that the condition names. Whoever answers for a line is told once,
// however much returns to it.
func unscopedGiveBack(tx *db.Tx, organisation db.ID, condition string, args ...any) error {
	held, err := db.List(tx, scanReservation, selectUnscoped+" where r.organisation_id = $1 and r.state = 'held'"+condition+" order by r.budget_id, r.id", append([]any{organisation}, args...)...)
	if err != nil {
		return err
	}
	for n, r := range held {
		l, err := unscopedLine(tx, organisation, r.Line)
		if err != nil {
			return err
		}
		if err := r.giveBack(tx, organisation, "", l, Returned); err != nil {
			return err
		}
		if n > 0 && held[n-1].Line == r.Line {
			continue
		}
		about := r.Thing()
		if n+1 < len(held) && held[n+1].Line == r.Line {
			about = l.Thing()
		}
		if err := notice.Tell(tx, organisation, l.Owner.Person, notice.Reminder, about, "reservation returned "+string(r.ID)); err != nil {
			return err
		}
	}
	return nil
}
