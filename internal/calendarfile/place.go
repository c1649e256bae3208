package calendarfile

import (
	_ "embed"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// place tells what the clock on the wall means: by the zones of the world, or by a definition
// that the file brings.
type place struct {
	zone    *time.Location
	defined []onset // without a zone; in order
}

// definition is a time zone as a file defines it.
type definition struct {
	name        string // of the zones of the world, where the file says it
	observances []entry
}

// onset is a moment from which another offset counts.
type onset struct {
	at       int64 // Unix seconds
	from, to int64 // seconds east of UTC, before and after
}

//go:embed windows.txt
var windowsZones string

// windows are the zones by the names that Windows gives them.
var windows = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(windowsZones) {
		name, zone, _ := strings.Cut(strings.TrimSpace(line), "\t")
		all[strings.ToLower(name)] = zone
	}
	return all
})

var offsetIn = regexp.MustCompile(`(?i)(?:UTC|GMT) ?([+-]\d{1,2}):?(\d{2})?`)

// placeOf finds a zone by its TZID. The zones of the world count before what the file says of
// them: its rules are often those of another year.
func (f *file) placeOf(tzid string) place {
	tzid = strings.Trim(strings.TrimSpace(tzid), `"`)
	if found, ok := f.known[tzid]; ok {
		return found
	}
	found := f.search(tzid)
	if len(f.known) < mostZones {
		f.known[tzid] = found
	}
	return found
}

func (f *file) search(tzid string) place {
	d := f.zones[tzid]
	names := []string{tzid, windows()[strings.ToLower(tzid)]}
	if d != nil {
		names = append(names, d.name)
	}
	for _, name := range names {
		if zone := worldZone(name); zone != nil {
			return place{zone: zone}
		}
	}
	if d != nil {
		if onsets := f.onsets(d); len(onsets) > 0 {
			return place{defined: onsets}
		}
	}
	if m := offsetIn.FindStringSubmatch(tzid); m != nil {
		hours, _ := strconv.Atoi(m[1])
		minutes, _ := strconv.Atoi(m[2])
		if strings.HasPrefix(m[1], "-") {
			minutes = -minutes
		}
		return place{zone: time.FixedZone("", hours*3600+minutes*60)}
	}
	return place{zone: f.zone}
}

// worldZone finds a zone of the world by its name, also where a program put its own before it:
// /freeassociation.sourceforge.net/Europe/Berlin.
func worldZone(name string) *time.Location {
	name = strings.Trim(name, "/ ")
	for len(name) > 0 && len(name) < 200 {
		if name != "Local" {
			if zone, err := time.LoadLocation(name); err == nil {
				return zone
			}
		}
		_, after, more := strings.Cut(name, "/")
		if !more || !strings.Contains(after, "/") {
			return nil
		}
		name = after
	}
	return nil
}

// onsets lists when which offset counts, by the definition of a file, from its first to a few
// years from now.
func (f *file) onsets(d *definition) []onset {
	var all []onset
	for _, e := range d.observances[:min(len(d.observances), 200)] {
		start, err1 := parseMoment(e.text("DTSTART"))
		from, err2 := parseOffset(e.text("TZOFFSETFROM"))
		to, err3 := parseOffset(e.text("TZOFFSETTO"))
		if err1 != nil || err2 != nil || err3 != nil {
			continue
		}
		add := func(wall int64) bool {
			all = append(all, onset{wall - from, from, to})
			return len(all) < 5_000
		}
		for _, p := range e.props {
			for _, text := range strings.Split(p.value, ",") {
				if p.name != "RDATE" {
					break
				}
				if m, err := parseMoment(text); err == nil {
					add(m.wall)
				}
			}
		}
		rule, err := parseRule(e.text("RRULE"), func(unix int64) int64 { return unix + from })
		if err != nil || rule == nil {
			add(start.wall)
			continue
		}
		budget := mostOfOne
		_ = rule.each(start.wall, start.wall, endOfTime, &budget, add) // what came of it counts
	}
	slices.SortStableFunc(all, func(a, b onset) int { return int(min(max(a.at-b.at, -1), 1)) })
	return all
}

// endOfTime is to when the zones of files are followed.
var endOfTime = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).Unix()

// offset is how far the clock on the wall is east of UTC at a moment.
func (p place) offset(unix int64) int64 {
	if p.zone != nil {
		_, seconds := time.Unix(unix, 0).In(p.zone).Zone()
		return int64(seconds)
	}
	after, _ := slices.BinarySearchFunc(p.defined, unix, func(o onset, unix int64) int {
		if o.at <= unix {
			return -1
		}
		return 1
	})
	if after == 0 {
		return p.defined[0].from
	}
	return p.defined[after-1].to
}

// unix is the moment at which the clock on the wall shows that: of two the first, and of a time
// that is left out, as if the clock had not been set.
func (p place) unix(wall int64) int64 {
	before := p.offset(wall - 24*3600)
	first := wall - before
	if now := p.offset(first); now != before {
		if second := wall - now; p.offset(second) == now {
			return second
		}
	}
	return first
}
