// Package calendarfile reads calendars as the world keeps them (iCalendar, RFC 5545): when
// somebody is busy, and which days are holidays. Of a calendar of a person it gives times alone,
// never what they are for. However a file is made, reading it ends soon and takes little.
package calendarfile

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"
)

// Interval is a time in which somebody is busy: from the one moment to before the other, in UTC.
type Interval struct{ From, To time.Time }

// Window is what of a calendar is asked for.
type Window struct {
	From, To time.Time
	Zone     *time.Location // of times and days that name none
	Self     []string       // the addresses of the person: what they declined keeps them not busy
}

// Busy is what a calendar says of somebody's time.
type Busy struct {
	Times   []Interval // in order, none touching another
	Entries int        // that were read
	Aside   []Aside    // that were not
}

// Aside is an entry that could not be read, by the line on which it begins. The reason is safe
// to show and holds nothing of the entry.
type Aside struct {
	Line   int
	Reason string
}

// ErrNoCalendar is given for a file that is none.
var ErrNoCalendar = errors.New("this is no calendar file")

// What a file may hold and take.
const (
	MostBytes   = 16 << 20
	mostEntries = 50_000
	mostTimes   = 100_000   // busy times, before they are put together
	mostSteps   = 4_000_000 // of all repetitions
	mostOfOne   = 60_000    // steps of one entry
)

// Read reads when somebody is busy within a window.
//
// Errors: ErrNoCalendar; an entry that cannot be read is no error, it is set aside.
func Read(content []byte, w Window) (Busy, error) {
	f, err := open(content, w.Zone)
	if err != nil {
		return Busy{}, err
	}
	r := reading{file: f, window: w, from: w.From.Unix(), to: w.To.Unix(), budget: mostSteps, moved: map[string][]override{}}
	r.readMoved()
	for _, e := range f.events {
		r.take(e)
	}
	for _, e := range f.busy {
		r.takePeriods(e)
	}
	r.out.Times = merged(r.times)
	return r.out, nil
}

// reading is a file that is being read.
type reading struct {
	*file
	window   Window
	from, to int64 // Unix seconds
	budget   int
	moved    map[string][]override // by UID
	times    [][2]int64
	out      Busy
}

func (r *reading) aside(e entry, reason string) {
	r.out.Aside = append(r.out.Aside, Aside{e.line, reason})
}

// take adds the times of an event.
func (r *reading) take(e entry) {
	if r.out.Entries++; r.out.Entries > mostEntries {
		if r.out.Entries == mostEntries+1 {
			r.aside(e, "There are too many entries; the rest was left out.")
		}
		return
	}
	if r.keepsFree(e) {
		return
	}
	o, err := r.occasions(e)
	if err != nil {
		r.aside(e, err.Error())
		return
	}
	budget := min(mostOfOne, r.budget)
	left := budget
	err = o.each(r.from, r.to, &left, func(from, to int64) bool {
		if from, to = max(from, r.from), min(to, r.to); from < to {
			r.times = append(r.times, [2]int64{from, to})
		}
		if len(r.times) >= mostTimes {
			r.squeeze()
		}
		return len(r.times) < mostTimes
	})
	r.budget -= budget - left
	if err != nil {
		r.aside(e, err.Error())
	}
}

// squeeze puts the times together that touch, to make room.
func (r *reading) squeeze() {
	var fewer [][2]int64
	for _, one := range merged(r.times) {
		fewer = append(fewer, [2]int64{one.From.Unix(), one.To.Unix()})
	}
	r.times = fewer
}

// keepsFree tells whether an entry leaves its person free.
func (r *reading) keepsFree(e entry) bool {
	if strings.EqualFold(e.text("TRANSP"), "TRANSPARENT") || strings.EqualFold(e.text("STATUS"), "CANCELLED") {
		return true
	}
	switch strings.ToUpper(e.text("X-MICROSOFT-CDO-BUSYSTATUS")) {
	case "FREE", "WORKINGELSEWHERE":
		return true
	}
	for _, p := range e.props {
		if p.name == "ATTENDEE" && strings.EqualFold(p.param("PARTSTAT"), "DECLINED") && r.isSelf(p.value) {
			return true
		}
	}
	return false
}

func (r *reading) isSelf(uri string) bool {
	if len(uri) > 7 && strings.EqualFold(uri[:7], "mailto:") {
		uri = uri[7:]
	}
	return slices.ContainsFunc(r.window.Self, func(own string) bool { return strings.EqualFold(own, uri) })
}

// takePeriods adds the busy times of a VFREEBUSY.
func (r *reading) takePeriods(e entry) {
	r.out.Entries++
	for _, p := range e.props {
		if p.name != "FREEBUSY" || strings.EqualFold(p.param("FBTYPE"), "FREE") {
			continue
		}
		for _, text := range strings.Split(p.value, ",") {
			from, to, err := r.period(p, text)
			if err != nil {
				r.aside(e, err.Error())
				continue
			}
			if from, to = max(from, r.from), min(to, r.to); from < to && len(r.times) < mostTimes {
				r.times = append(r.times, [2]int64{from, to})
			}
		}
	}
}

// merged puts times in order, and together where they touch.
func merged(times [][2]int64) []Interval {
	slices.SortFunc(times, func(a, b [2]int64) int {
		if a[0] != b[0] {
			return int(min(max(a[0]-b[0], -1), 1))
		}
		return int(min(max(a[1]-b[1], -1), 1))
	})
	var all []Interval
	var last int64
	for _, t := range times {
		if n := len(all); n > 0 && t[0] <= last {
			if t[1] > last {
				last = t[1]
				all[n-1].To = time.Unix(last, 0).UTC()
			}
			continue
		}
		last = t[1]
		all = append(all, Interval{time.Unix(t[0], 0).UTC(), time.Unix(t[1], 0).UTC()})
	}
	return all
}

// isCalendar tells whether the content begins as a calendar does.
func isCalendar(content []byte) bool {
	head := bytes.ToUpper(bytes.TrimLeft(content[:min(len(content), 4096)], " \t\r\n"))
	return bytes.HasPrefix(head, []byte("BEGIN:"))
}
