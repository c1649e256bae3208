package web

import (
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// promisesBetween is what became of the promises of two, for both sides alike. It counts nothing.
type promisesBetween struct {
	Other string
	Seen  Seen
	Sides []betweenSide
	Rows  []betweenRow
	Empty Empty
	All   string // the list of what stands between them
}

// betweenSide are the promises of one of the two, drawn over time.
type betweenSide struct {
	Heading, Says string
	Bars          []betweenBar
	Months        []betweenMonth
	Today         string // percent
	Height, Axis  int
}

// betweenBar is one promise: from when it was agreed on to its end. X is in percent, Y in pixels.
type betweenBar struct {
	From, To, Class, Words string
	Moved                  []string // where other terms were agreed on
	Y                      int
}

type betweenMonth struct{ X, Name, Class string }

// betweenRow says of a promise in the table what the strip draws.
type betweenRow struct {
	Href, Words, Who, Became string
	Agreed, Due              civil.Date
}

var promisesBetweenPage = declare[promisesBetween]("promise-between.html")

// showBetween shows the strip of the visitor and one other person, or one of their contacts.
func showBetween(c *call) (view, error) {
	with := c.id("id")
	all, err := commitment.Strip(c.tx, c.me, with)
	if err != nil {
		return view{}, err
	}
	other, err := c.otherSide(all, with)
	if err != nil {
		return view{}, err
	}
	main := promisesBetween{Other: other.Name, Seen: Seen{Shared: true, Text: "you and " + other.Name}, All: "/promises?with=" + string(with),
		Empty: Empty{"Nothing is agreed on between you and " + other.Name + " yet. What one of you promises the other is drawn here, for both alike.", "Write down a promise", "/promises/new?with=" + other.String()}}
	switch {
	case other.Contact != "":
		main.Seen = onlyYou
	case other.Is(c.me):
		main.Other, main.Empty = "yourself", Empty{"A promise needs two. What you set out to do for yourself stands in your plan.", "Your plan", "/plan"}
		main.Seen = onlyYou
	}
	if len(all) > 0 {
		span := c.spanOf(all)
		main.Sides = []betweenSide{
			c.betweenSide("You promised "+other.Name, all, span, func(s commitment.Stretch) bool { return s.By.Is(c.me) }),
			c.betweenSide(other.Name+" promised you", all, span, func(s commitment.Stretch) bool { return !s.By.Is(c.me) }),
		}
	}
	for i := len(all) - 1; i >= 0; i-- {
		s := all[i]
		main.Rows = append(main.Rows, betweenRow{Href: promiseHref(s.ID), Words: s.Words, Who: c.whoPromisedShort(s.Commitment), Became: c.becameOf(s),
			Agreed: civil.In(s.AgreedAt, c.me.Zone), Due: s.Due})
	}
	return promisesBetweenPage.show(c, "Between two", "promises", main)
}

// otherSide is the other of the two: of promises that stand or stood, else somebody whom the visitor knows.
func (c *call) otherSide(all []commitment.Stretch, with db.ID) (org.Party, error) {
	if len(all) > 0 {
		return c.otherOf(all[0].Commitment), nil
	}
	other, err := org.PartyFrom(c.tx, c.me, "person:"+string(with))
	if errors.Is(err, problem.NotFound) {
		other, err = org.PartyFrom(c.tx, c.me, "contact:"+string(with))
	}
	return other, err
}

// span is the time that a strip covers.
type span struct{ from, to time.Time }

func (c *call) spanOf(all []commitment.Stretch) span {
	now := c.tx.Now()
	over := span{from: now, to: now}
	for _, s := range all {
		if s.AgreedAt.Before(over.from) {
			over.from = s.AgreedAt
		}
		if end := c.endOf(s); end.After(over.to) {
			over.to = end
		}
	}
	over.from = over.from.AddDate(0, 0, -5)
	over.to = over.to.AddDate(0, 0, 10)
	return over
}

// endOf is where a promise ends on the strip: when it was settled, or on the day it is due, or today
// where that has passed.
func (c *call) endOf(s commitment.Stretch) time.Time {
	if !s.SettledAt.IsZero() {
		return s.SettledAt
	}
	if due := s.Due.At(12, 0, c.me.Zone); due.After(c.tx.Now()) {
		return due
	}
	return c.tx.Now()
}

func (s span) at(t time.Time) float64 {
	return 100 * float64(t.Sub(s.from)) / float64(s.to.Sub(s.from))
}

func overTime(x float64) string { return fmt.Sprintf("%.2f%%", x) }

const (
	laneHigh = 20 // pixels
	axisHigh = 24
	laneGap  = 3.5 // percent between two on one line
)

func (c *call) betweenSide(heading string, all []commitment.Stretch, over span, of func(commitment.Stretch) bool) betweenSide {
	side := betweenSide{Heading: heading, Today: overTime(over.at(c.tx.Now())), Months: monthsOf(over, c.me.Zone)}
	var lanes []float64 // where each line is free again
	for _, s := range all {
		if !of(s) {
			continue
		}
		bar := betweenBar{From: overTime(over.at(s.AgreedAt)), To: overTime(over.at(c.endOf(s))), Class: string(s.State), Words: s.Words + ": " + c.becameOf(s)}
		for _, at := range s.Renegotiated {
			bar.Moved = append(bar.Moved, overTime(over.at(at)))
		}
		lane := 0
		for lane < len(lanes) && lanes[lane] > over.at(s.AgreedAt) {
			lane++
		}
		if lane == len(lanes) {
			lanes = append(lanes, 0)
		}
		lanes[lane] = over.at(c.endOf(s)) + laneGap
		bar.Y = laneHigh/2 + lane*laneHigh
		side.Bars = append(side.Bars, bar)
	}
	side.Axis = len(lanes) * laneHigh
	side.Height = side.Axis + axisHigh
	side.Says = heading + ": each promise from its yes to its end. The table below says the same in words."
	return side
}

// monthsOf are the firsts of months with their names, at most seven of them.
func monthsOf(over span, zone *time.Location) []betweenMonth {
	var months []betweenMonth
	first := over.from.In(zone)
	n := (over.to.In(zone).Year()-first.Year())*12 + int(over.to.In(zone).Month()) - int(first.Month())
	step := 1 + n/7
	for i := 1; i <= n; i += step {
		at := time.Date(first.Year(), first.Month()+time.Month(i), 1, 0, 0, 0, 0, zone)
		month := betweenMonth{X: overTime(over.at(at)), Name: at.Format("Jan")}
		if at.Month() <= time.Month(step) {
			month.Name = at.Format("Jan 2006")
		}
		if over.at(at) > 90 {
			month.Class = "last"
		}
		if len(months)%2 == 1 {
			month.Class += " more"
		}
		months = append(months, month)
	}
	return months
}

// becameOf says what became of a promise.
func (c *call) becameOf(s commitment.Stretch) string {
	said := promiseState(s.Commitment)
	if s.State == commitment.Open && s.Due.Before(c.today()) && s.SaidDoneAt.IsZero() {
		said = "open, its day has passed"
	}
	switch len(s.Renegotiated) {
	case 0:
		return said
	case 1:
		return said + ", renegotiated on " + day(civil.In(s.Renegotiated[0], c.me.Zone), c.today())
	}
	return fmt.Sprintf("%s, renegotiated %d times", said, len(s.Renegotiated))
}
