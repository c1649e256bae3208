package calendar

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"
)

// defined is a VTIMEZONE as somebody reads it who knows RFC 5545 alone.
type defined struct{ changes []change }

type change struct {
	wall     time.Time // of the clocks before it
	from, to int
	month    time.Month // of the rule; 0: once
	week     int
	day      time.Weekday
}

func readZone(t *testing.T, text string) defined {
	t.Helper()
	var z defined
	var c *change
	for _, line := range strings.Split(strings.TrimSuffix(text, "\r\n"), "\r\n") {
		name, value, _ := strings.Cut(line, ":")
		switch name {
		case "BEGIN":
			if value != "VTIMEZONE" {
				z.changes = append(z.changes, change{})
				c = &z.changes[len(z.changes)-1]
			}
		case "DTSTART":
			c.wall, _ = time.Parse("20060102T150405", value)
		case "TZOFFSETFROM":
			c.from = readOffset(t, value)
		case "TZOFFSETTO":
			c.to = readOffset(t, value)
		case "RRULE":
			var by string
			for _, part := range strings.Split(value, ";") {
				switch key, v, _ := strings.Cut(part, "="); key {
				case "BYMONTH":
					n, _ := strconv.Atoi(v)
					c.month = time.Month(n)
				case "BYDAY":
					by = v
				}
			}
			c.week, _ = strconv.Atoi(by[:len(by)-2])
			c.day = time.Weekday(slices.Index([]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}, by[len(by)-2:]))
		}
	}
	return z
}

func readOffset(t *testing.T, text string) int {
	t.Helper()
	for len(text) < 7 {
		text += "00"
	}
	d, err := time.ParseDuration(text[1:3] + "h" + text[3:5] + "m" + text[5:7] + "s")
	if err != nil {
		t.Fatal(err)
	}
	if text[0] == '-' {
		d = -d
	}
	return int(d.Seconds())
}

// at is the offset from UTC at a time: that of the last change before it.
func (z defined) at(t time.Time) int {
	var last time.Time
	offset, known := 0, false
	for _, c := range z.changes {
		for year := c.wall.Year(); year <= t.Year()+1; year++ {
			on := c.in(year)
			at := on.Add(-time.Duration(c.from) * time.Second)
			if !at.After(t) && (!known || !at.Before(last)) {
				last, offset, known = at, c.to, true
			}
			if c.month == 0 {
				break
			}
		}
	}
	return offset
}

func (c change) in(year int) time.Time {
	if c.month == 0 {
		return c.wall
	}
	var days []int
	for d := 1; time.Date(year, c.month, d, 0, 0, 0, 0, time.UTC).Month() == c.month; d++ {
		if time.Date(year, c.month, d, 0, 0, 0, 0, time.UTC).Weekday() == c.day {
			days = append(days, d)
		}
	}
	i := c.week - 1
	if c.week < 0 {
		i = len(days) + c.week
	}
	h, m, s := c.wall.Clock()
	return time.Date(year, c.month, days[i], h, m, s, 0, time.UTC)
}

func zoneNames(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../web/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(text))
}

func TestWhatIsSaidOfAZoneIsTrueAroundEachOfItsChanges(t *testing.T) {
	ruled, changes := 0, 0
	for _, name := range zoneNames(t) {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, years := range [][2]int{{2024, 2028}, {2026, 2026}, {2031, 2032}, {2010, 2013}} {
			span := zoneSpan{zone, years[0] - 1, years[1] + 1}
			var l lines
			span.write(&l)
			if strings.Contains(string(l.text), "RRULE") {
				ruled++
			}
			said := readZone(t, string(l.text))
			first, end := time.Date(years[0], 1, 1, 0, 0, 0, 0, zone), time.Date(years[1]+1, 1, 1, 0, 0, 0, 0, zone)
			times := []time.Time{first, end.Add(-time.Second)}
			for at := first; ; {
				_, at = at.ZoneBounds()
				if at.IsZero() || !at.Before(end) {
					break
				}
				changes++
				for _, by := range []time.Duration{-3 * time.Hour, -time.Second, 0, time.Second, 3 * time.Hour, 40 * 24 * time.Hour} {
					times = append(times, at.Add(by))
				}
			}
			for _, at := range times {
				if _, want := at.In(zone).Zone(); !at.Before(first) && at.Before(end) && said.at(at.UTC()) != want {
					t.Fatalf("%s, %v: said %d, is %d\n%s", name, at, said.at(at.UTC()), want, l.text)
				}
			}
		}
	}
	if ruled < 200 || changes < 500 {
		t.Errorf("%d zones by rule, %d changes looked at", ruled, changes)
	}
}

func TestBothRulesOfAZoneAreWritten(t *testing.T) {
	for name, want := range map[string][]string{
		"Europe/Berlin":     {"BEGIN:DAYLIGHT\r\nDTSTART:20250330T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST", "BEGIN:STANDARD\r\nDTSTART:20251026T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"},
		"America/New_York":  {"DTSTART:20250309T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400", "DTSTART:20251102T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"},
		"Australia/Sydney":  {"BEGIN:STANDARD\r\nDTSTART:20250406T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU", "BEGIN:DAYLIGHT\r\nDTSTART:20251005T020000"},
		"Europe/Dublin":     {"BEGIN:DAYLIGHT\r\nDTSTART:20250330T010000", "BEGIN:STANDARD\r\nDTSTART:20251026T020000"},
		"Asia/Kathmandu":    {"BEGIN:STANDARD\r\nDTSTART:20250101T000000\r\nTZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545"},
		"Africa/Casablanca": {"DTSTART:20260215T030000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000", "DTSTART:20260322T020000"},
	} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		var l lines
		zoneSpan{zone, 2025, 2027}.write(&l)
		for _, each := range want {
			if !strings.Contains(string(l.text), each) {
				t.Errorf("%s lacks %q:\n%s", name, each, l.text)
			}
		}
	}
}
