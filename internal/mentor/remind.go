package mentor

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/problem"
)

// waits is a choice as jobs find it.
type waits struct {
	request, owner, mentor db.ID
	state                  ChoiceState
	asked                  time.Time
	again                  string
	answered               time.Time
}

func unscopedChoice(tx *db.Tx, organisation, id db.ID) (waits, error) {
	return db.One(tx, func(row db.Row) (waits, error) {
		var w waits
		err := row.Scan(&w.request, &w.owner, &w.mentor, &w.state, &w.asked, &w.again, &w.answered)
		return w, err
	}, `
		select request_id, owner_id, mentor_id, state, asked_at, coalesce(again_on, ''), answered_at from mentor_choices where organisation_id = $1 and id = $2`, organisation, id)
}

// onChoice does a job on a choice that still waits as it did when the job was asked for.
func onChoice(do func(tx *db.Tx, organisation, id db.ID, w waits) error) job.Do {
	return func(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
		return db.Do(ctx, d, func(tx *db.Tx) error {
			w, err := unscopedChoice(tx, args["organisation"], args["choice"])
			if errors.Is(err, problem.NotFound) {
				return nil
			}
			if err != nil {
				return err
			}
			same := w.state == Asked && db.ID(w.asked.Format(time.RFC3339Nano)) == args["asked"]
			again := w.state == Later && args["on"] != "" && db.ID(w.again) == args["on"]
			more := w.state == More && db.ID(w.answered.Format(time.RFC3339Nano)) == args["more"]
			if !same && !again && !more {
				return nil
			}
			return do(tx, args["organisation"], args["choice"], w)
		})
	}
}

// SendReminder does the jobs of the kind ReminderJob: one a request that was not answered for a week.
var SendReminder = onChoice(func(tx *db.Tx, organisation, id db.ID, w waits) error {
	return notice.Tell(tx, organisation, w.mentor, notice.Waiting, event.Thing{Kind: "mentor request", ID: w.request}, "reminder "+string(id))
})

// Lapse does the jobs of the kind LapseJob: after two weeks nobody waits any longer, neither for the mentor
// nor for what they would like to know, and the owner can ask their next choice.
var Lapse = onChoice(func(tx *db.Tx, organisation, id db.ID, w waits) error {
	if err := w.lapse(tx, organisation, id); err != nil {
		return err
	}
	return placesCame(tx, organisation, w.mentor)
})

// ComeAgain does the jobs of the kind ComesAgainJob: the day that the mentor named has come.
var ComeAgain = onChoice(func(tx *db.Tx, organisation, id db.ID, w waits) error {
	if err := putBefore(tx, organisation, id, w.request, w.mentor); err != nil {
		return err
	}
	return putBack(tx, organisation, w.mentor, "")
})

func (w waits) lapse(tx *db.Tx, organisation, id db.ID) error {
	if err := (Choice{ID: id}).set(tx, organisation, Lapsed); err != nil {
		return err
	}
	return notice.Tell(tx, organisation, w.owner, notice.Answered, event.Thing{Kind: "mentor request", ID: w.request}, "lapsed "+string(id))
}

// nobodyAsks ends what is asked of a mentor who offers no help any more, and tells those who asked, so that
// they ask somebody else.
func nobodyAsks(tx *db.Tx, organisation, mentor db.ID) error {
	if _, err := tx.Exec("delete from mentor_choices where organisation_id = $1 and mentor_id = $2 and state = 'next'", organisation, mentor); err != nil {
		return err
	}
	ids, err := db.List(tx, db.Scanned[db.ID], "select id from mentor_choices where organisation_id = $1 and mentor_id = $2 and state in ('asked', 'more', 'later', 'waiting') order by id", organisation, mentor)
	if err != nil {
		return err
	}
	for _, id := range ids {
		w, err := unscopedChoice(tx, organisation, id)
		if err == nil {
			err = w.lapse(tx, organisation, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// PersonLeft ends what somebody offers and asks who leaves. Their pairings end by themselves. It is the
// reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	who := e.Thing.ID
	if err := tx.ExecEach([]string{
		"update mentor_profiles set places = 0 where organisation_id = $1 and person_id = $2",
		"update mentor_skills set offered = 0 where organisation_id = $1 and person_id = $2",
		"delete from mentor_choices where organisation_id = $1 and owner_id = $2 and state = 'next'",
	}, e.Organisation, who); err != nil {
		return err
	}
	if err := nobodyAsks(tx, e.Organisation, who); err != nil {
		return err
	}
	if err := settle(tx, e.Organisation, Withdrawn, "owner_id", who); err != nil {
		return err
	}
	_, err := tx.Exec("update mentor_requests set state = 'closed', closed_at = $1 where organisation_id = $2 and owner_id = $3 and state = 'open'", e.At, e.Organisation, who)
	return err
}
