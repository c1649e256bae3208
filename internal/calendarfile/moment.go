package calendarfile

import (
	"math"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/problem"
)

// moment is a day or a time as a file writes it.
type moment struct {
	wall  int64 // what the clock on the wall shows, as seconds since 1970 would count it
	isDay bool
	isUTC bool
}

const aDay = 24 * 3600

// Why an entry cannot be read, in words that can be shown.
const (
	errTime     = problem.Refused("A day or a time in it does not exist.")
	errDuration = problem.Refused("How long it takes cannot be read.")
	errNoStart  = problem.Refused("It says no beginning.")
	errEnd      = problem.Refused("It ends before it begins.")
	errRule     = problem.Refused("How it repeats cannot be read.")
	errOften    = problem.Refused("It repeats too often to be read.")
	errPeriod   = problem.Refused("A busy time in it cannot be read.")
)

// number reads digits alone.
func number(text string) (n int, ok bool) {
	if text == "" || len(text) > 9 {
		return 0, false
	}
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0, false
		}
		n = n*10 + int(text[i]-'0')
	}
	return n, true
}

// parseMoment reads 20261123, 20261123T093000 or 20261123T093000Z.
func parseMoment(text string) (moment, error) {
	text = strings.TrimSpace(text)
	var m moment
	if strings.HasSuffix(text, "Z") || strings.HasSuffix(text, "z") {
		m.isUTC, text = true, text[:len(text)-1]
	}
	date, clock, timed := strings.Cut(strings.ToUpper(text), "T")
	ymd, ok := number(date)
	if !ok || len(date) != 8 {
		return m, errTime
	}
	year, month, day := ymd/10_000, ymd/100%100, ymd%100
	if year < 1600 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return m, errTime
	}
	m.wall = dayNumber(year, month, day) * aDay
	if !timed {
		m.isDay, m.isUTC = true, false
		return m, nil
	}
	hms, ok := number(clock)
	if len(clock) == 4 { // without seconds, as some write it
		hms *= 100
	} else if len(clock) != 6 {
		ok = false
	}
	hour, minute, second := hms/10_000, hms/100%100, hms%100
	if !ok || hour > 24 || minute > 59 || second > 60 {
		return m, errTime
	}
	m.wall += int64(hour*3600 + minute*60 + min(second, 59))
	return m, nil
}

// parseDuration reads P1DT2H, PT15M or P2W, in seconds.
func parseDuration(text string) (int64, error) {
	text = strings.ToUpper(strings.TrimSpace(text))
	negative := strings.HasPrefix(text, "-")
	text, isOne := strings.CutPrefix(strings.TrimLeft(text, "+-"), "P")
	if !isOne || text == "" {
		return 0, errDuration
	}
	seconds, digits := int64(0), ""
	for _, c := range text {
		unit := map[rune]int64{'W': 7 * aDay, 'D': aDay, 'H': 3600, 'M': 60, 'S': 1}[c]
		switch {
		case c >= '0' && c <= '9':
			digits += string(c)
		case c == 'T' && digits == "":
		case unit > 0:
			n, ok := number(digits)
			if !ok {
				return 0, errDuration
			}
			seconds, digits = seconds+int64(n)*unit, ""
		default:
			return 0, errDuration
		}
	}
	if negative || digits != "" {
		return 0, errDuration
	}
	return min(seconds, math.MaxInt32*10), nil
}

// parseOffset reads +0130 or -083015, in seconds.
func parseOffset(text string) (int64, error) {
	if len(text) != 5 && len(text) != 7 || text[0] != '+' && text[0] != '-' {
		return 0, errTime
	}
	n, ok := number(text[1:])
	if !ok {
		return 0, errTime
	}
	if len(text) == 5 {
		n *= 100
	}
	seconds := int64(n/10_000*3600 + n/100%100*60 + n%100)
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, nil
}

// unixOf is the moment of a time in a property, in the zone that it names.
func (f *file) unixOf(p prop, m moment) int64 { return f.placeFor(p, m).unix(m.wall) }

func (f *file) placeFor(p prop, m moment) place {
	switch tzid := p.param("TZID"); {
	case m.isUTC:
		return place{zone: time.UTC}
	case m.isDay || tzid == "":
		return place{zone: f.zone}
	default:
		return f.placeOf(tzid)
	}
}

// period reads a time with its end or how long it takes, in Unix seconds.
func (f *file) period(p prop, text string) (from, to int64, err error) {
	begins, ends, both := strings.Cut(text, "/")
	start, err := parseMoment(begins)
	if err != nil || !both {
		return 0, 0, errPeriod
	}
	from = f.unixOf(p, start)
	if end, err := parseMoment(ends); err == nil {
		to = f.unixOf(p, end)
	} else if long, err := parseDuration(ends); err == nil {
		to = from + long
	} else {
		return 0, 0, errPeriod
	}
	if to < from {
		return 0, 0, errEnd
	}
	return from, to, nil
}

// dayNumber counts days from 1970 (the algorithm of Howard Hinnant, "days_from_civil").
func dayNumber(year, month, day int) int64 {
	if month <= 2 {
		year--
	}
	era := floorDiv(year, 400)
	yoe := year - era*400
	mp := (month + 9) % 12
	doy := (153*mp+2)/5 + day - 1
	return int64(era)*146_097 + int64(yoe*365+yoe/4-yoe/100+doy) - 719_468
}

// civilOf is the year, month and day of a number of a day.
func civilOf(n int64) (year, month, day int) {
	n += 719_468
	era := n / 146_097
	if n < 0 {
		era = (n - 146_096) / 146_097
	}
	doe := int(n - era*146_097)
	yoe := (doe - doe/1460 + doe/36_524 - doe/146_096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = (mp+2)%12 + 1
	year = yoe + int(era)*400
	if month <= 2 {
		year++
	}
	return year, month, day
}

func floorDiv(a, b int) int {
	if a < 0 {
		return -((-a + b - 1) / b)
	}
	return a / b
}

func floorDiv64(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func daysOfYear(year int) int {
	if isLeap(year) {
		return 366
	}
	return 365
}

// weekday is that of the number of a day: 0 is Sunday.
func weekday(n int64) int { return int(((n+4)%7 + 7) % 7) }
