package conversation

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ReminderJob is the kind of the jobs that remind of conversations.
const ReminderJob = "conversation reminder"

const ahead = 24 * time.Hour

// remind asks for one reminder to each side, a day before. After a change of the time it is
// called again; the earlier job finds another time and does nothing.
func (c Conversation) remind(tx *db.Tx, organisation db.ID) error {
	return job.EnqueueAll(tx, ReminderJob, c.reminders(organisation, tx.Now()))
}

// reminders is the reminder that is still to come, if any is.
func (c Conversation) reminders(organisation db.ID, now time.Time) []job.Wanted {
	at := c.At.Add(-ahead)
	if !at.After(now) {
		return nil
	}
	key := c.reminderKey()
	return []job.Wanted{{Key: key, At: at, Args: job.Args{"organisation": organisation, "conversation": c.ID, "key": db.ID(key)}}}
}

// reminderKey names the reminder of this conversation at this time.
func (c Conversation) reminderKey() string {
	return string(c.ID) + " " + strconv.FormatInt(c.At.UnixMicro(), 10)
}

// brief is the page before the conversation: the reminder leads straight to it.
func (c Conversation) brief() event.Thing { return event.Thing{Kind: "brief", ID: c.ID} }

// SendReminder does the jobs of the kind ReminderJob.
func SendReminder(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		c, err := unscopedByID(tx, args["organisation"], args["conversation"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		// A program that stood still for a while reminds nobody of what is over.
		if err != nil || !c.Stands() || db.ID(c.reminderKey()) != args["key"] || !tx.Now().Before(c.At) {
			return err
		}
		// What was left over while no next one stood is there by now.
		if err := c.goesOn(tx, org.Actor{Organisation: args["organisation"]}); err != nil {
			return err
		}
		for _, side := range []db.ID{c.Owner.Person, c.Partner.Person} {
			if err := notice.Tell(tx, args["organisation"], side, notice.Before, c.brief(), c.reminderKey()); err != nil {
				return err
			}
		}
		return nil
	})
}
