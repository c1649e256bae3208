package calendarfile

import (
	"slices"
	"strings"
)

// override is one repetition of an event that was moved, or with all that follow.
type override struct {
	at         int64 // Unix seconds of the repetition, or the day of it
	isDay      bool
	andFurther bool
	by, long   int64 // of all that follow: by how much, and how long they take
}

// occasions are when an event takes place: once, or again and again.
type occasions struct {
	start      moment
	place      place
	long       int64 // seconds; of whole days, days
	rule       *recurrence
	more       [][2]int64 // RDATE, from and to
	without    map[int64]bool
	withoutDay map[int64]bool
	further    []override
}

// readMoved notes which repetitions stand by themselves, so that the series leaves them out.
func (r *reading) readMoved() {
	for _, e := range r.events {
		p, ok := e.find("RECURRENCE-ID")
		if !ok {
			continue
		}
		m, err := parseMoment(p.value)
		if err != nil {
			continue
		}
		o := override{at: r.unixOf(p, m), isDay: m.isDay}
		if m.isDay {
			o.at = floorDiv64(m.wall, aDay)
		}
		if strings.EqualFold(p.param("RANGE"), "THISANDFUTURE") && !m.isDay {
			if own, err := r.occasions(e); err == nil && !own.start.isDay {
				o.andFurther, o.by, o.long = true, own.place.unix(own.start.wall)-o.at, own.long
			}
		}
		r.moved[e.text("UID")] = append(r.moved[e.text("UID")], o)
	}
}

// occasions reads when an event takes place.
func (f *file) occasionsOf(e entry) (occasions, prop, error) {
	o := occasions{}
	p, ok := e.find("DTSTART")
	if !ok {
		return o, p, errNoStart
	}
	var err error
	if o.start, err = parseMoment(p.value); err != nil {
		return o, p, err
	}
	o.place = f.placeFor(p, o.start)
	o.long, err = f.length(e, o)
	return o, p, err
}

// length is how long an event takes.
func (f *file) length(e entry, o occasions) (int64, error) {
	if text := e.text("DURATION"); text != "" {
		long, err := parseDuration(text)
		if o.start.isDay {
			long /= aDay
		}
		return long, err
	}
	p, ok := e.find("DTEND")
	if !ok {
		if o.start.isDay {
			return 1, nil
		}
		return 0, nil
	}
	end, err := parseMoment(p.value)
	if err != nil {
		return 0, err
	}
	var long int64
	if o.start.isDay {
		long = floorDiv64(end.wall-o.start.wall+aDay-1, aDay)
		if long == 0 && end.isDay {
			long = 1 // as some write a single day
		}
	} else {
		long = f.unixOf(p, end) - o.place.unix(o.start.wall)
	}
	if long < 0 {
		return 0, errEnd
	}
	return long, nil
}

func (r *reading) occasions(e entry) (occasions, error) {
	o, _, err := r.occasionsOf(e)
	if err != nil {
		return o, err
	}
	if _, alone := e.find("RECURRENCE-ID"); alone {
		return o, nil
	}
	if o.rule, err = parseRule(e.text("RRULE"), func(unix int64) int64 { return unix + o.place.offset(unix) }); err != nil {
		return o, err
	}
	o.without, o.withoutDay = map[int64]bool{}, map[int64]bool{}
	for _, p := range e.props {
		if p.name != "RDATE" && p.name != "EXDATE" {
			continue
		}
		for _, text := range strings.Split(p.value, ",") {
			if strings.TrimSpace(text) == "" {
				continue
			}
			if err := r.addDate(&o, p, text); err != nil {
				return o, err
			}
		}
	}
	for _, m := range r.moved[e.text("UID")] {
		switch {
		case m.andFurther:
			o.further = append(o.further, m)
			o.without[m.at] = true
		case m.isDay:
			o.withoutDay[m.at] = true
		default:
			o.without[m.at] = true
		}
	}
	slices.SortFunc(o.further, func(a, b override) int { return int(min(max(a.at-b.at, -1), 1)) })
	return o, nil
}

// addDate adds a date on which an event takes place too, or does not.
func (f *file) addDate(o *occasions, p prop, text string) error {
	if p.name == "RDATE" && strings.Contains(text, "/") {
		from, to, err := f.period(p, text)
		o.more = append(o.more, [2]int64{from, to})
		return err
	}
	m, err := parseMoment(text)
	switch {
	case err != nil:
		return err
	case p.name == "EXDATE" && m.isDay:
		o.withoutDay[floorDiv64(m.wall, aDay)] = true
	case p.name == "EXDATE":
		o.without[f.unixOf(p, m)] = true
	case m.isDay && !o.start.isDay: // that day, at the usual time
		from := o.place.unix(m.wall + o.start.wall - floorDiv64(o.start.wall, aDay)*aDay)
		o.more = append(o.more, [2]int64{from, from + o.long})
	default:
		from := f.unixOf(p, m)
		to := from + o.long
		if o.start.isDay {
			to = o.place.unix(m.wall + o.long*aDay)
		}
		o.more = append(o.more, [2]int64{from, to})
	}
	return nil
}

// each gives the occasions that touch a time, from and to in Unix seconds.
//
// Errors: errOften when that takes more steps than the budget has.
func (o occasions) each(from, to int64, budget *int, give func(from, to int64) bool) error {
	long := o.long
	if o.start.isDay {
		long *= aDay
	}
	for _, one := range o.more {
		if !o.leftOut(one[0]) && one[0] < to && one[1] > from && !give(one[0], one[1]) {
			return nil
		}
	}
	wall := func(w int64) bool {
		begins := o.place.unix(w)
		if o.leftOut(begins) {
			return true
		}
		ends := begins + o.long
		if o.start.isDay {
			ends = o.place.unix(w + long)
		}
		for i := len(o.further) - 1; i >= 0; i-- {
			if f := o.further[i]; begins > f.at {
				begins += f.by
				ends = begins + f.long
				break
			}
		}
		return give(begins, ends)
	}
	// What begins up to a day and a half elsewhere in the world.
	const around = 36 * 3600
	first, last := from-long-around, to+around
	for _, f := range o.further {
		first, last = min(first, from-f.long-f.by-around), max(last, to-f.by+around)
	}
	if o.rule == nil {
		if o.start.wall >= first && o.start.wall <= last {
			wall(o.start.wall)
		}
		return nil
	}
	return o.rule.each(o.start.wall, first, last, budget, wall)
}

// leftOut tells whether the repetition at that moment was taken out of the series.
func (o occasions) leftOut(unix int64) bool {
	if o.without[unix] {
		return true
	}
	return len(o.withoutDay) > 0 && o.withoutDay[floorDiv64(unix+o.place.offset(unix), aDay)]
}
