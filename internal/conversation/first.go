package conversation

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// The first meeting of two who have not met about the growth of one of them.

// RhythmIn is the rhythm in which the actor met, about their own growth, in these reporting lines: the
// latest; Usual where there was none.
func RhythmIn(tx *db.Tx, me org.Actor, lines []db.ID) (Rhythm, error) {
	if len(lines) == 0 {
		return Usual, nil
	}
	inThem, args := among("g.line_id", lines, 3)
	c, err := db.One(tx, scanCadence, selectCadence+`
		where g.organisation_id = $1 and g.owner_id = $2 and `+inThem+` and not g.brought_along and g.state <> 'declined'
		order by g.created_at desc, g.id desc limit 1`, append([]any{me.Organisation, me.Person}, args...)...)
	if errors.Is(err, problem.NotFound) {
		return Usual, nil
	}
	return c.Rhythm, err
}

// MeetFirst lets the actor's year of conversations with somebody stand, in a rhythm where none stands yet,
// and tells which conversation of the two is the next. Without a free time there is none: problem.NotFound.
func MeetFirst(tx *db.Tx, me org.Actor, with org.Party, r Rhythm) (Conversation, error) {
	year, err := CadenceWith(tx, me, me.Person, with)
	switch {
	case errors.Is(err, problem.NotFound):
		if year, err = Begin(tx, me, with, r); err != nil {
			return Conversation{}, err
		}
	case err != nil:
		return Conversation{}, err
	case year.WaitsFor(me): // they have proposed one
		if err := Take(tx, me, year.ID); err != nil {
			return Conversation{}, err
		}
	}
	sides := Conversation{Owner: me.Self(), Partner: with}
	return sides.next(tx, me.Organisation)
}

// settling is how soon the two meet first: not before they had time to look, and within a month.
const (
	settlingFrom  = 3
	settlingIdeal = 7
	settlingUntil = 30
)

// FirstTime is a time, soon, at which the actor and another are both free for a conversation of that kind, as far
// as is known of each. Without any it says problem.NotFound.
func FirstTime(tx *db.Tx, me org.Actor, with org.Party, kind Kind) (Time, error) {
	sides := Conversation{Owner: me.Self(), Partner: with}
	today := civil.In(tx.Now(), me.Zone)
	window := civil.Span{From: today.AddDays(settlingFrom), To: today.AddDays(settlingUntil)}
	owner, partner, err := sides.calendars(tx, me.Organisation, window.From.Time().AddDate(0, 0, -1), window.To.Time().AddDate(0, 0, 2))
	if err != nil {
		return Time{}, err
	}
	minutes := kind.Minutes()
	offers := cadence.Offers(partner, nil, cadence.Pair{
		Key: string(me.Person), Owner: owner, Habit: cadence.Habit{Weekday: time.Tuesday, Minute: 10 * 60},
		Wishes: []cadence.Wish{{Kind: string(kind), Minutes: int(minutes), Ideal: today.AddDays(settlingIdeal), Window: window}},
	}, 1)
	if len(offers) == 0 {
		return Time{}, problem.NotFound
	}
	return Time{At: offers[0], Minutes: minutes}, nil
}
