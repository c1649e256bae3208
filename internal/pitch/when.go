package pitch

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Moment is when the owner asks, and why then, in their own words.
const Moment = "when"

func whenTexts(name string) int {
	if name == Moment {
		return 5_000
	}
	return 0
}

// weeksAhead is how far ahead one looks for a moment.
const weeksAhead = 10

// Ahead is the coming weeks as far as they matter for the time of an ask: the organisation's dates,
// the owner's, those of the one asked as far as they show them, and the conversations of the two.
type Ahead struct {
	dates.Span
	Today    civil.Date
	Dates    []dates.Date
	Meetings []conversation.Conversation
	Whom     db.ID
	WhomName string
	DecideBy civil.Date
	Slot     Slot
}

// Slot is a day on which to ask, with the reasons. It advises; any other day can be chosen.
type Slot struct {
	Day     civil.Date
	Meeting conversation.Conversation // on that day; the zero one: none
	Why     []Why
}

// Why is a reason for a day.
type Why struct {
	Kind Reasoned
	Date dates.Date // that it speaks of
}

// Reasoned is what speaks for a day.
type Reasoned string

// The reasons.
const (
	YouMeet       Reasoned = "you meet"        // the two meet on it anyway
	BeforeBudgets Reasoned = "before budgets"  // a week and more before a deadline or a planning round
	JustBefore    Reasoned = "just before"     // before it, but not by a week
	AfterReview   Reasoned = "after a review"  // one that is near is over by then
	AfterAway     Reasoned = "after away"      // one of the two is back by then
	AfterBusy     Reasoned = "after busy"      // a busy time is over by then
	NothingElse   Reasoned = "nothing against" // nothing is known that speaks against it
)

// LookAhead finds what matters in the coming weeks, and a day on which to ask.
func (p Pitch) LookAhead(tx *db.Tx, me org.Actor) (Ahead, error) {
	today := civil.In(tx.Now(), me.Zone)
	a := Ahead{
		Span: dates.Span{From: today, To: today.AddDays(7*weeksAhead - 1)}, Today: today,
		Whom: p.Ask.Whom.Person, WhomName: p.Ask.Whom.Name, DecideBy: p.Ask.DecideBy,
	}
	var err error
	if a.Dates, err = dates.Around(tx, me, a.Whom, a.Span); err != nil {
		return a, err
	}
	coming, err := conversation.Coming(tx, me)
	if err != nil {
		return a, err
	}
	for _, one := range coming {
		day := civil.In(one.At, me.Zone)
		if one.Other(me).String() == p.Ask.Whom.String() && !day.Before(a.From) && !day.After(a.To) {
			a.Meetings = append(a.Meetings, one)
		}
	}
	a.Slot = a.suggest(me.Zone)
	return a, nil
}

const (
	leadDays   = 2  // so that they can prepare
	goodMargin = 7  // days before budgets are made
	nearReview = 14 // days before a review in which it takes all attention
	meetWithin = 28 // days: a conversation that is planned within is worth waiting for
)

// suggest finds the day: within what deadlines and reviews leave open, the first on which the two
// meet anyway, or else the first against which nothing is known.
func (a Ahead) suggest(zone *time.Location) Slot {
	earliest, latest, why := a.window()
	for _, one := range a.Meetings {
		day := civil.In(one.At, zone)
		if day.After(a.Today) && !day.Before(earliest) && !day.After(latest) && day.DaysSince(a.Today) <= meetWithin && a.free(day) {
			return Slot{day, one, append([]Why{{Kind: YouMeet}}, why...)}
		}
	}
	var waited []Why
	for day := earliest; !day.After(a.To); day = day.AddDays(1) {
		if a.free(day) && !isWeekend(day) {
			if day.After(latest) {
				why = slices.DeleteFunc(why, func(w Why) bool { return w.Kind == BeforeBudgets || w.Kind == JustBefore })
			}
			why = append(why, waited...)
			if len(why) == 0 {
				why = []Why{{Kind: NothingElse}}
			}
			return Slot{Day: day, Why: why}
		}
		waited = a.waitedFor(day, waited)
	}
	return Slot{Day: earliest, Why: []Why{{Kind: NothingElse}}}
}

// window is the days between a review that is near and the deadline that comes first.
func (a Ahead) window() (earliest, latest civil.Date, why []Why) {
	earliest, latest = a.Today.AddDays(leadDays), a.To
	var deadline, review dates.Date
	for _, d := range a.Dates {
		deadlines := d.Kind == dates.Budget || d.Kind == dates.Planning
		if deadlines && d.From.After(a.Today) && (deadline.ID == "" || d.From.Before(deadline.From)) {
			deadline = d
		}
		if d.Kind == dates.Review && d.From.DaysSince(a.Today) <= nearReview && d.To.After(review.To) {
			review = d
		}
	}
	if deadline.ID != "" {
		latest = deadline.From.AddDays(-1)
		kind := JustBefore
		if !deadline.From.AddDays(-goodMargin).Before(earliest) {
			latest, kind = deadline.From.AddDays(-goodMargin), BeforeBudgets
		}
		why = append(why, Why{kind, deadline})
	}
	if after := review.To.AddDays(1); review.ID != "" && !after.After(latest) && after.After(earliest) {
		earliest = after
		why = append(why, Why{AfterReview, review})
	}
	return earliest, latest, why
}

// free tells whether nothing is known that speaks against a day.
func (a Ahead) free(day civil.Date) bool {
	return !slices.ContainsFunc(a.Dates, func(d dates.Date) bool { return a.against(d, day) })
}

// against tells whether a date speaks against a day that is in it.
func (a Ahead) against(d dates.Date, day civil.Date) bool {
	in := !day.Before(d.From) && !day.After(d.To)
	return in && (d.Kind == dates.Absence || d.Kind == dates.Busy || d.Kind == dates.Holiday)
}

func (a Ahead) waitedFor(day civil.Date, had []Why) []Why {
	for _, d := range a.Dates {
		if !a.against(d, day) || slices.ContainsFunc(had, func(w Why) bool { return w.Date.ID == d.ID }) {
			continue
		}
		switch d.Kind {
		case dates.Absence:
			had = append(had, Why{AfterAway, d})
		case dates.Busy:
			had = append(had, Why{AfterBusy, d})
		}
	}
	return had
}

func isWeekend(day civil.Date) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}
