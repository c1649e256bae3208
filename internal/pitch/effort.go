package pitch

import (
	"math/big"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/payback"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Effort is what somebody is ready to put in, beside what stands in their calendar in that time.
type Effort struct {
	Until         civil.Date
	Weeks         int64
	AWeek, InAll  string // hours
	Steps         int    // of their own plan that fall due
	More          bool   // steps than were counted
	Conversations int
	Minutes       int64 // of those
	Away          []string
}

const mostCounted = 100

// Effort adds up what the owner of a pitch is ready to put in. Any is false where they have not
// said how much and until when.
//
// Errors: problem.Invalid by the name of the text that is no number or no day to come.
func (p Pitch) Effort(tx *db.Tx, me org.Actor) (e Effort, any bool, err error) {
	wrong := problem.Invalid{}
	today := civil.In(tx.Now(), me.Zone)
	e.Until, err = civil.Parse(p.Words(Until))
	wrong.Check(err == nil && (e.Until.IsZero() || e.Until.After(today)), Until, "Please give a day to come.")
	var hours int64
	if text := p.Words(HoursWeek); text != "" {
		hours, err = payback.ParseHours(text)
		wrong.Check(err == nil && hours <= 168_00, HoursWeek, "Please give hours such as 2 or 1.5.")
	}
	if err := wrong.Err(); err != nil || hours == 0 || e.Until.IsZero() {
		return e, false, err
	}
	e.Weeks = int64(e.Until.DaysSince(today)+6) / 7
	e.AWeek, e.InAll = payback.Hours(big.NewInt(hours)), payback.Hours(big.NewInt(hours*e.Weeks))
	return e, true, e.count(tx, me, dates.Span{From: today, To: e.Until})
}

// count adds what stands in the calendar of the owner.
func (e *Effort) count(tx *db.Tx, me org.Actor, in dates.Span) error {
	steps, err := plan.StepsDue(tx, me, in.To, mostCounted+1)
	if err != nil {
		return err
	}
	e.Steps, e.More = min(len(steps), mostCounted), len(steps) > mostCounted
	talks, err := conversation.Coming(tx, me)
	if err != nil {
		return err
	}
	for _, c := range talks {
		if day := civil.In(c.At, me.Zone); !day.Before(in.From) && !day.After(in.To) {
			e.Conversations++
			e.Minutes += c.Minutes
		}
	}
	away, err := dates.Of(tx, me, me.Person, in)
	for _, d := range away {
		if d.Kind == dates.Absence || d.Kind == dates.Busy {
			e.Away = append(e.Away, d.Called())
		}
	}
	return err
}
