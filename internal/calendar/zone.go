package calendar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// zoneSpan is a zone as far as a calendar needs it: from the year before its first entry to the year after its last.
type zoneSpan struct {
	zone        *time.Location
	first, last int // years
}

// zones are the zones of the entries, in their order. UTC needs no definition.
func (w Written) zones() []zoneSpan {
	var spans []zoneSpan
	for _, e := range w.Entries {
		if e.Zone == nil || e.Zone == time.UTC || !e.Day.IsZero() {
			continue
		}
		first, last := e.Start.In(e.Zone).Year()-1, e.End.In(e.Zone).Year()+1
		at := -1
		for i := range spans {
			if spans[i].zone.String() == e.Zone.String() {
				at = i
			}
		}
		if at < 0 {
			spans = append(spans, zoneSpan{e.Zone, first, last})
			continue
		}
		spans[at].first, spans[at].last = min(spans[at].first, first), max(spans[at].last, last)
	}
	return spans
}

// shift is one change of the clocks.
type shift struct {
	at       time.Time
	from, to int // seconds east of UTC, before and after
	name     string
}

// wall is what the clocks show at the change, before it.
func (s shift) wall() time.Time { return s.at.UTC().Add(time.Duration(s.from) * time.Second) }

// write says when the clocks of the zone change: by a rule where all years keep one, by each change else.
func (z zoneSpan) write(l *lines) {
	l.add("BEGIN", "VTIMEZONE")
	l.add("TZID", z.zone.String())
	shifts := z.shifts()
	if rules := yearly(shifts, z.last-z.first+1); rules != nil {
		for _, r := range rules {
			r.first.write(l, r.first.to > r.first.from, r.text)
		}
	} else {
		z.writeEach(l, shifts)
	}
	l.add("END", "VTIMEZONE")
}

func (z zoneSpan) begins() time.Time {
	return time.Date(z.first, time.January, 1, 0, 0, 0, 0, z.zone)
}

func (z zoneSpan) shifts() []shift {
	var all []shift
	ends := time.Date(z.last+1, time.January, 1, 0, 0, 0, 0, z.zone)
	for t := z.begins(); ; {
		_, until := t.ZoneBounds()
		if until.IsZero() || !until.Before(ends) {
			return all
		}
		_, from := t.Zone()
		name, to := until.Zone()
		if from != to {
			all = append(all, shift{until, from, to, name})
		}
		t = until
	}
}

// writeEach begins with what stands at the beginning: a zone that never changes has nothing else.
func (z zoneSpan) writeEach(l *lines, shifts []shift) {
	name, offset := z.begins().Zone()
	shift{z.begins(), offset, offset, name}.write(l, z.begins().IsDST(), "")
	for _, s := range shifts {
		s.write(l, s.at.In(z.zone).IsDST(), "")
	}
}

func (s shift) write(l *lines, summer bool, rule string) {
	kind := "STANDARD"
	if summer {
		kind = "DAYLIGHT"
	}
	l.add("BEGIN", kind)
	l.add("DTSTART", s.wall().Format(local))
	if rule != "" {
		l.add("RRULE", rule)
	}
	l.add("TZOFFSETFROM", offset(s.from))
	l.add("TZOFFSETTO", offset(s.to))
	l.add("TZNAME", escape(s.name))
	l.add("END", kind)
}

func offset(seconds int) string {
	sign := "+"
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	text := fmt.Sprintf("%s%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}

// rule is a change that comes each year, and its first.
type rule struct {
	first shift
	text  string
}

// yearly finds the two rules by which the clocks change in each of so many years; nil: there are no such.
func yearly(shifts []shift, years int) []rule {
	if len(shifts) != 2*years {
		return nil
	}
	var rules []rule
	for half := range 2 {
		first := shifts[half]
		weeks := weeksOf(first.wall())
		for i := half; i < len(shifts); i += 2 {
			s, year := shifts[i], first.wall().Year()+i/2
			w, f := s.wall(), first.wall()
			if w.Year() != year || w.Month() != f.Month() || w.Weekday() != f.Weekday() || w.Format("150405") != f.Format("150405") ||
				s.from != first.from || s.to != first.to || s.name != first.name {
				return nil
			}
			weeks = common(weeks, weeksOf(w))
		}
		if len(weeks) == 0 {
			return nil
		}
		day := strings.ToUpper(first.wall().Weekday().String()[:2])
		rules = append(rules, rule{first, "FREQ=YEARLY;BYMONTH=" + strconv.Itoa(int(first.wall().Month())) + ";BYDAY=" + strconv.Itoa(weeks[0]) + day})
	}
	return rules
}

// weeksOf are the ways to count which of its weekdays in the month a day is: from the end where it is the last, from the beginning.
func weeksOf(t time.Time) []int {
	var ways []int
	if t.AddDate(0, 0, 7).Month() != t.Month() {
		ways = append(ways, -1)
	}
	return append(ways, (t.Day()-1)/7+1)
}

func common(a, b []int) []int {
	var both []int
	for _, x := range a {
		for _, y := range b {
			if x == y {
				both = append(both, x)
			}
		}
	}
	return both
}
