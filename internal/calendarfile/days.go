package calendarfile

import (
	"cmp"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

// Day is a day of a calendar, by its name.
type Day struct {
	Day  civil.Date
	Name string
}

// Days are the days that a calendar of holidays names.
type Days struct {
	Name  string // as the file calls itself
	Days  []Day  // in order, one of each day
	Over  int    // entries with no day in the span
	Aside []Aside
}

// WayOut says what to do about an entry of a calendar of holidays that was set aside.
func (a Aside) WayOut() string {
	switch a.Reason {
	case noName:
		return "Give it one: SUMMARY, and then the name."
	case tooLong:
		return "A holiday is a day: write its days as entries of their own."
	case errNoStart.Error(), errTime.Error():
		return "Give it a day, such as DTSTART;VALUE=DATE:20271225."
	case errEnd.Error(), errDuration.Error():
		return "Take out its DTEND or DURATION: then it is one day."
	case errRule.Error(), errOften.Error():
		return "Where it comes each year, RRULE:FREQ=YEARLY says so; or write its days one by one."
	}
	return "Take it out, or mend it, and bring the file in again: the others stay."
}

const (
	noName  = "It has no name."
	tooLong = "It is longer than a month."
)

const (
	longestDay = 31 // days of one entry
	mostDays   = 5_000
)

// ReadDays reads the days of a calendar of holidays within a span: each day of each entry.
//
// Errors: ErrNoCalendar.
func ReadDays(content []byte, in civil.Span) (Days, error) {
	f, err := open(content, time.UTC)
	if err != nil {
		return Days{}, err
	}
	r := reading{file: f, budget: mostSteps, moved: map[string][]override{}}
	r.readMoved()
	d := Days{Name: f.name}
	for _, e := range f.events {
		r.takeDays(&d, e, in)
	}
	slices.SortStableFunc(d.Days, func(a, b Day) int { return cmp.Or(a.Day.Time().Compare(b.Day.Time()), cmp.Compare(a.Name, b.Name)) })
	d.Days = slices.CompactFunc(d.Days, func(a, b Day) bool { return a.Day == b.Day })
	return d, nil
}

// takeDays adds the days of one entry. Whether an entry keeps people busy is of no matter here:
// calendars of holidays seldom say that it does.
func (r *reading) takeDays(d *Days, e entry, in civil.Span) {
	if e.text("STATUS") == "CANCELLED" {
		return
	}
	aside := func(reason string) { d.Aside = append(d.Aside, Aside{e.line, reason}) }
	name := unescaped(e.text("SUMMARY"))
	o, err := r.occasions(e)
	switch {
	case err != nil:
		aside(err.Error())
		return
	case name == "":
		aside(noName)
		return
	case o.start.isDay && o.long > longestDay:
		aside(tooLong)
		return
	}
	long := max(o.long, 1)
	if !o.start.isDay { // a time: the day on which it begins, as it is written
		long, o.place = 1, place{zone: time.UTC}
	}
	budget, n := min(mostOfOne, r.budget), 0
	left := budget
	err = o.each(in.From.Time().Unix(), in.To.AddDays(1).Time().Unix(), &left, func(from, _ int64) bool {
		first := civil.In(time.Unix(from, 0), time.UTC)
		for i := range int(long) {
			if day := first.AddDays(i); in.Has(day) && len(d.Days) < mostDays {
				d.Days = append(d.Days, Day{day, name})
			}
		}
		n++
		return len(d.Days) < mostDays
	})
	r.budget -= budget - left
	switch {
	case err != nil:
		aside(err.Error())
	case n == 0:
		d.Over++
	case len(d.Days) >= mostDays:
		aside("There are too many days; the rest was left out.")
	}
}
