package commitment

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ReminderJob is the kind of the jobs that remind of promises.
const ReminderJob = "commitment reminder"

// What a reminder is about.
const (
	aboutDue       = "due"
	aboutCheckIn   = "check-in"    // to the receiver
	aboutCheckInBy = "check-in by" // to the one who promised
)

// remind asks for one reminder before the day it is due, to the one who promised, and one on
// the day to look back, to each side. After a change of the dates it is called again; the
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
	if c.Keeper == "" {
		if err := c.remindOn(tx, promiser, c.CheckIn, aboutCheckInBy, c.CheckIn); err != nil {
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

// Tidy asks for the reminders of the days to look back that are near and that the one who promised has none for:
// promises from before both sides were asked.
func Tidy(tx *db.Tx) error {
	type near struct{ organisation, id db.ID }
	today := civil.In(tx.Now(), time.UTC)
	all, err := db.List(tx, func(row db.Row) (n near, err error) { return n, row.Scan(&n.organisation, &n.id) }, `
		select c.organisation_id, c.id from commitments c
		where c.state = 'open' and c.settled_at is null and c.keeper_id is null and c.said_done_at is null and not c.brought_along
			and c.check_in > $1 and c.check_in <= $2
			and not exists (select 1 from jobs j where j.key = $3 || c.id || $4 || c.check_in)
		order by c.check_in, c.id limit 1000`, today, today.AddDays(3), ReminderJob+" ", " "+aboutCheckInBy+" ")
	if err != nil {
		return err
	}
	for _, n := range all {
		c, err := unscopedByID(tx, n.organisation, n.id)
		if err != nil {
			return err
		}
		who, err := c.reads(tx, n.organisation, c.By)
		if err != nil {
			return err
		}
		if err := c.remindOn(tx, who, c.CheckIn, aboutCheckInBy, c.CheckIn); err != nil {
			return err
		}
	}
	return nil
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
		"organisation": who.Organisation, "commitment": c.ID, "about": db.ID(about), "date": db.ID(date.String()),
	})
}

func reminderKey(id db.ID, about string, date civil.Date) string {
	return string(id) + " " + about + " " + date.String()
}

// SendReminder does the jobs of the kind ReminderJob. What is to be said to somebody about promises on
// one day is one mail of its kind: after a program stood still as well.
func SendReminder(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		c, err := unscopedByID(tx, args["organisation"], args["commitment"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		about, side, date, kind := string(args["about"]), c.By, c.CheckIn, notice.CheckIn
		switch about {
		case aboutCheckIn:
			side = c.To
		case aboutDue:
			date, kind = c.Due, notice.Due
		}
		if asked := args["date"]; asked != "" && asked != db.ID(date.String()) {
			return nil // they agreed on another day since, which has a reminder of its own
		}
		who, err := c.reads(tx, args["organisation"], side)
		if err != nil {
			return err
		}
		today := civil.In(tx.Now(), who.Zone)
		if !c.stillTime(who, today, about) {
			return nil
		}
		page, err := c.leadsTo(tx, who, today)
		if err != nil {
			return err
		}
		return notice.Tell(tx, who.Organisation, who.Person, kind, page, "promises "+string(kind)+" "+today.String())
	})
}

// stillTime tells whether a reminder is of use today: the promise is open, and the date, which
// may have been changed by agreement, is near.
func (c Commitment) stillTime(who org.Actor, today civil.Date, about string) bool {
	switch {
	case c.State != Open:
		return false
	case about == aboutDue:
		return c.SaidDoneAt.IsZero() && !today.Before(c.Due.AddDays(-3)) && !today.After(c.Due)
	case about == aboutCheckIn && !c.SaidDoneAt.IsZero() && c.DiffersAt.IsZero():
		return !today.Before(c.CheckIn) // it waits for their word in any case
	}
	return c.asksToLookBack(who, today)
}

// leadsTo is where a reminder leads: to the promise, or, where several are near, to all of them.
func (c Commitment) leadsTo(tx *db.Tx, who org.Actor, today civil.Date) (event.Thing, error) {
	near, err := db.List(tx, db.Scanned[db.ID], `
		select p.id from commitments p
		where p.organisation_id = $1 and p.by_person_id = $2 and p.settled_at is null and p.state = 'open' and p.said_done_at is null
			and (p.due >= $3 and p.due <= $4 or p.check_in <= $3 and p.by_looked_on is distinct from p.check_in)
		union
		select p.id from commitments p
		where p.organisation_id = $1 and p.to_person_id = $2 and p.settled_at is null and p.state = 'open'
			and p.check_in <= $3 and p.to_looked_on is distinct from p.check_in
		limit 2`, who.Organisation, who.Person, today, today.AddDays(3))
	if len(near) > 1 {
		return event.Thing{Kind: "commitments"}, err
	}
	return c.Thing(), err
}
