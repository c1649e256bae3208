package conversation

import (
	"time"

	"github.com/ownward/ownward/internal/cadence"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// free tells whether both sides are free at a time, as far as is known of each: within their working
// hours, not away, not busy, and in no other conversation.
func (c Conversation) free(tx *db.Tx, organisation db.ID, t Time) (bool, error) {
	owner, partner, err := c.calendars(tx, organisation, t.At.Add(-time.Hour), t.At.Add(24*time.Hour))
	return err == nil && cadence.Fits(owner, partner, t.At, int(t.Minutes)), err
}

// calendars are when the two can meet between two times; this conversation itself is in nobody's way.
func (c Conversation) calendars(tx *db.Tx, organisation db.ID, from, to time.Time) (owner, partner cadence.Side, err error) {
	people := []db.ID{c.Owner.Person}
	if c.Partner.Person != "" {
		people = append(people, c.Partner.Person)
	}
	sides, stand, err := sidesOf(tx, organisation, people, from, to, func(s standing) bool { return s.id == c.ID })
	if err != nil {
		return owner, partner, err
	}
	owner, partner = sides[c.Owner.Person], sides[c.Partner.Person]
	if c.Partner.Person == "" {
		partner = owner
	}
	owner.Busy = append(owner.Busy, stand[c.Owner.Person]...)
	partner.Busy = append(partner.Busy, stand[c.Partner.Person]...)
	return owner, partner, nil
}

// SkipReason is why a planned conversation is skipped or put off.
type SkipReason string

// The reasons.
const (
	SkipAway    SkipReason = "away"
	SkipFull    SkipReason = "full"
	SkipTalked  SkipReason = "talked"
	SkipAnother SkipReason = "another"
)

// SkipReasons are all of them, in the order of the form.
var SkipReasons = []SkipReason{SkipAway, SkipFull, SkipTalked, SkipAnother}

// Says is the reason in words.
func (r SkipReason) Says() string {
	return map[SkipReason]string{
		SkipAway: "One of us is away", SkipFull: "There is too much else just now",
		SkipTalked: "We have talked already", SkipAnother: "Another reason",
	}[r]
}

// SkipInput is the reason for which a conversation does not take place at its time, and the time instead.
type SkipInput struct {
	Revision int64
	For      SkipReason
	Words    string    // more, for the two alone
	Instead  time.Time // zero: not at all this time
}

// Skip lets a planned conversation not take place at its time. With a time instead it is moved there,
// by the rules of Propose; without one its month stays empty, and the next one comes as planned. Both
// read why, nobody else.
//
// Errors: problem.Invalid by field, problem.Refused for one that is not part of a year.
func Skip(tx *db.Tx, me org.Actor, id db.ID, in SkipInput) error {
	c, err := find(tx, me, id, Skipping)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	wrong.Check(in.For.Says() != "", "for", "Please say why, in one word.")
	in.Words = tidy(wrong, "words", in.Words, mostSkipWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := c.seen(in.Revision); err != nil {
		return err
	}
	if _, err := tx.Exec("update conversations set skipped_for = $1, skipped_words = $2 where organisation_id = $3 and id = $4",
		string(in.For), in.Words, me.Organisation, id); err != nil {
		return err
	}
	if !in.Instead.IsZero() {
		_, err := Propose(tx, me, id, in.Revision, Time{At: in.Instead, Minutes: c.Minutes})
		return err
	}
	c.State, c.CancelledBecause, c.CancelledBy = Cancelled, BySkipping, me.Person
	if err := c.arrange(tx, me, "conversation skipped"); err != nil {
		return err
	}
	return c.tell(tx, me, notice.Answered)
}

const mostSkipWords = 300

// mostOffers is how many times are offered instead of one that is skipped.
const mostOffers = 3

// Offers are times at which both are free, for a conversation that is to be put off: from tomorrow
// until the next one of the year, or five weeks after its time.
func Offers(tx *db.Tx, me org.Actor, c Conversation) ([]time.Time, error) {
	var next time.Time
	if err := tx.Get("select coalesce(min(c.at), 0) from conversations c where "+mine+" and c.cadence_id = $3 and c.at > $4 and c.state = 'agreed'",
		me.Organisation, me.Person, c.Cadence, c.At).Scan(&next); err != nil {
		return nil, err
	}
	zone := me.Zone
	first, last := civil.In(tx.Now(), zone).AddDays(1), civil.In(c.At, zone).AddDays(35)
	if next.After(c.At) {
		last = civil.In(next, zone).AddDays(-7)
	}
	ideal := civil.In(c.At, zone).AddDays(7)
	if last.Before(first) {
		return nil, nil
	}
	owner, partner, err := c.calendars(tx, me.Organisation, first.Time().AddDate(0, 0, -1), last.Time().AddDate(0, 0, 2))
	if err != nil {
		return nil, err
	}
	here := c.At.In(owner.Zone)
	// Its own time is no offer.
	owner.Busy = append(owner.Busy, cadence.Interval{From: c.At, To: c.EndsAt()})
	return cadence.Offers(partner, nil, cadence.Pair{
		Key: string(c.ID), Owner: owner, Habit: cadence.Habit{Weekday: here.Weekday(), Minute: here.Hour()*60 + here.Minute()},
		Wishes: []cadence.Wish{{Kind: string(c.Kind), Minutes: int(c.Minutes), Ideal: ideal, Window: civil.Span{From: first, To: last}}},
	}, mostOffers), nil
}
