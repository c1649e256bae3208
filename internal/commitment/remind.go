package commitment

import (
	"context"
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ReminderJob is the kind of the jobs that remind of promises.
const ReminderJob = "commitment reminder"

// What a reminder is about.
const (
	aboutDue     = "due"
	aboutCheckIn = "check-in"
)

// remind asks for one reminder before the day it is due, to the one who promised, and one on
// the day to look back, to the receiver. After a change of the dates it is called again; the
// earlier jobs find other dates and do nothing.
func (c Commitment) remind(tx *db.Tx, organisation db.ID) error {
	promiser, err := c.reads(tx, organisation, c.By)
	if err != nil {
		return err
	}
	receiver, err := c.reads(tx, organisation, c.To)
	if err != nil {
		return err
	}
	if day := beforeDue(civil.In(tx.Now(), promiser.Zone), c.Due); !day.IsZero() {
		if err := c.remindOn(tx, promiser, day, aboutDue, c.Due); err != nil {
			return err
		}
	}
	return c.remindOn(tx, receiver, c.CheckIn, aboutCheckIn, c.CheckIn)
}

// beforeDue is three days before the day, or the day before where it is too late for that; none
// where it is too late for any.
func beforeDue(today, due civil.Date) civil.Date {
	for _, ahead := range []int{3, 1} {
		if day := due.AddDays(-ahead); day.After(today) {
			return day
		}
	}
	return civil.Date{}
}

// reads is who is told about one side of the promise: the person, or the keeper for a contact.
func (c Commitment) reads(tx *db.Tx, organisation db.ID, side org.Party) (org.Actor, error) {
	if side.Contact != "" {
		return org.UnscopedActor(tx, organisation, c.Keeper)
	}
	return org.UnscopedActor(tx, organisation, side.Person)
}

func (c Commitment) remindOn(tx *db.Tx, who org.Actor, day civil.Date, about string, date civil.Date) error {
	const morning = 8
	return job.EnqueueAt(tx, ReminderJob, reminderKey(c.ID, about, date), job.Hour{Person: who.Person, Day: day, Hour: morning, Zone: who.Zone}, job.Args{
		"organisation": who.Organisation, "commitment": c.ID, "about": db.ID(about),
	})
}

func reminderKey(id db.ID, about string, date civil.Date) string {
	return string(id) + " " + about + " " + date.String()
}

// SendReminder does the jobs of the kind ReminderJob.
func SendReminder(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		c, err := unscopedByID(tx, args["organisation"], args["commitment"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		side, date := c.By, c.Due
		if args["about"] == aboutCheckIn {
			side, date = c.To, c.CheckIn
		}
		who, err := c.reads(tx, args["organisation"], side)
		if err != nil || !c.stillTime(civil.In(tx.Now(), who.Zone), string(args["about"])) {
			return err
		}
		return notice.Tell(tx, who.Organisation, who.Person, notice.Reminder, c.Thing(), reminderKey(c.ID, string(args["about"]), date))
	})
}

// stillTime tells whether a reminder is of use today: the promise is open, and the date, which
// may have been changed by agreement, is near.
func (c Commitment) stillTime(today civil.Date, about string) bool {
	if c.State != Open {
		return false
	}
	if about == aboutCheckIn {
		return !today.Before(c.CheckIn)
	}
	return c.SaidDoneAt.IsZero() && !today.Before(c.Due.AddDays(-3)) && !today.After(c.Due)
}
