package calendar

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Answer is what comes back to an invitation (RFC 5546): a REPLY, or a COUNTER with another time.
type Answer struct {
	Method     Method
	UID        string
	Sequence   int64     // of the invitation that is answered
	Stamp      time.Time // when it was answered
	Attendee   string    // the address of who answers
	Says       PartStat
	Start, End time.Time // the time that a COUNTER proposes
}

// ErrNoAnswer says that a calendar answers no invitation, or not in a way that one can follow.
var ErrNoAnswer = errors.New("no answer to an invitation")

const (
	mostAnswer = 256 << 10 // bytes
	mostLines  = 5_000
)

// ReadAnswer reads an answer to an invitation. It takes what Gmail, Outlook and Apple's calendar send: without an organiser
// (Outlook), with the names that Windows has for zones, with lines that end in LF.
func ReadAnswer(text []byte) (Answer, error) {
	if len(text) > mostAnswer {
		return Answer{}, ErrNoAnswer
	}
	parts := partsOf(string(text))
	a := Answer{}
	var event []property
	for _, p := range parts {
		switch {
		case len(p.within) == 1 && p.name == "METHOD":
			a.Method = Method(strings.ToUpper(strings.TrimSpace(p.value)))
		case len(p.within) == 2 && p.within[1] == "VEVENT" && p.entry == 1:
			event = append(event, p)
		}
	}
	if a.Method != Reply && a.Method != Counter {
		return Answer{}, ErrNoAnswer
	}
	for _, p := range event {
		if err := a.take(p, parts); err != nil {
			return Answer{}, err
		}
	}
	switch {
	case a.UID == "" || a.Attendee == "" || a.Stamp.IsZero():
		return Answer{}, ErrNoAnswer
	case a.Method == Counter && (a.Start.IsZero() || a.End.IsZero() || !a.End.After(a.Start)):
		return Answer{}, ErrNoAnswer
	}
	return a, nil
}

func (a *Answer) take(p property, all []property) (err error) {
	switch p.name {
	case "UID":
		a.UID = unescape(p.value)
	case "SEQUENCE":
		a.Sequence, err = strconv.ParseInt(strings.TrimSpace(p.value), 10, 64)
	case "DTSTAMP":
		a.Stamp, err = p.time(all)
	case "DTSTART":
		a.Start, err = p.time(all)
	case "DTEND":
		a.End, err = p.time(all)
	case "ATTENDEE":
		// A COUNTER may name all who are invited: the one who answers is the one who says something.
		if says := PartStat(strings.ToUpper(p.params["PARTSTAT"])); a.Attendee == "" || a.Says == NeedsAction || a.Says == "" {
			a.Attendee, a.Says = addressOf(p.value), says
		}
	}
	if err != nil && a.Method == Reply && (p.name == "DTSTART" || p.name == "DTEND") {
		return nil // a reply repeats the time, and need not
	}
	if err != nil {
		return errors.Join(ErrNoAnswer, err)
	}
	return nil
}

// addressOf is the mail address in a mailto: address, as small letters.
func addressOf(uri string) string {
	uri = strings.TrimSpace(uri)
	if len(uri) > 7 && strings.EqualFold(uri[:7], "mailto:") {
		uri = uri[7:]
	}
	if plain, err := url.PathUnescape(uri); err == nil {
		uri = plain
	}
	return strings.ToLower(strings.TrimSpace(uri))
}

// property is one line of a calendar.
type property struct {
	within []string // the components around it, the outermost first
	entry  int      // the how manieth VEVENT, from 1
	zone   int      // the how manieth part of a VTIMEZONE
	name   string
	params map[string]string
	value  string
}

// partsOf are the lines of a calendar, unfolded, with what they stand in. What is no line of a calendar is left out.
func partsOf(text string) []property {
	text = strings.NewReplacer("\r\n ", "", "\r\n\t", "", "\n ", "", "\n\t", "").Replace(text)
	var all []property
	var within []string
	entries, zoneParts := 0, 0
	for line := range strings.Lines(text) {
		if len(all) >= mostLines {
			return nil
		}
		p, ok := propertyOf(strings.TrimRight(line, "\r\n"))
		switch {
		case !ok:
		case p.name == "BEGIN" && len(within) < 4:
			kind := strings.ToUpper(strings.TrimSpace(p.value))
			if kind == "VEVENT" {
				entries++
			}
			if len(within) > 1 && within[len(within)-1] == "VTIMEZONE" {
				zoneParts++
			}
			within = append(within[:len(within):len(within)], kind)
		case p.name == "END" && len(within) > 0:
			within = within[:len(within)-1]
		default:
			p.within, p.entry, p.zone = within, entries, zoneParts
			all = append(all, p)
		}
	}
	return all
}

// propertyOf takes a line apart: NAME;PARAM=VALUE;PARAM="VALUE":value.
func propertyOf(line string) (property, bool) {
	end := strings.IndexAny(line, ":;")
	if end <= 0 {
		return property{}, false
	}
	p := property{name: strings.ToUpper(line[:end]), params: map[string]string{}}
	rest := line[end:]
	for strings.HasPrefix(rest, ";") {
		name, after, ok := strings.Cut(rest[1:], "=")
		if !ok {
			return p, false
		}
		value, quoted := "", false
		i := 0
		for ; i < len(after) && (quoted || after[i] != ';' && after[i] != ':'); i++ {
			if after[i] == '"' {
				quoted = !quoted
			}
		}
		value, rest = strings.ReplaceAll(after[:i], `"`, ""), after[i:]
		p.params[strings.ToUpper(name)] = value
	}
	if !strings.HasPrefix(rest, ":") {
		return p, false
	}
	p.value = rest[1:]
	return p, true
}

var unescapes = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, "\n", `\N`, "\n")

func unescape(s string) string { return strings.TrimSpace(unescapes.Replace(s)) }

var errTime = errors.New("a time that cannot be read")

// time is when the property says; a day alone says no time.
func (p property) time(all []property) (time.Time, error) {
	value := strings.TrimSpace(p.value)
	if t, err := time.Parse(local+"Z", value); err == nil {
		return t, plausible(t)
	}
	t, err := time.Parse(local, value)
	if err != nil || plausible(t) != nil {
		return time.Time{}, errTime
	}
	name := p.params["TZID"]
	if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
		return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone).UTC(), nil
	}
	offset, ok := offsetOf(all, name, t)
	if !ok {
		return time.Time{}, errTime
	}
	return t.Add(-time.Duration(offset) * time.Second), nil
}

func plausible(t time.Time) error {
	if t.Year() < 1970 || t.Year() > 2200 {
		return errTime
	}
	return nil
}

// offsetOf is how far east of UTC the clocks of a zone are at what they show, by its definition in the calendar.
func offsetOf(all []property, zone string, shows time.Time) (seconds int, ok bool) {
	var last time.Time
	for _, o := range onsetsOf(all, zone) {
		for year := shows.Year() - 1; year <= shows.Year(); year++ {
			at, comes := o.in(year)
			if comes && !at.After(shows) && (!ok || !at.Before(last)) {
				last, seconds, ok = at, o.to, true
			}
		}
	}
	return seconds, ok
}

// onset is one change of the clocks as a definition gives it.
type onset struct {
	first time.Time // what the clocks show
	to    int
	rule  map[string]string // empty: once
}

func onsetsOf(all []property, zone string) []onset {
	byPart := map[int]*onset{}
	var order []int
	named := false
	for _, p := range all {
		if len(p.within) < 2 || p.within[1] != "VTIMEZONE" {
			continue
		}
		if len(p.within) == 2 {
			if p.name == "TZID" {
				named = p.value == zone
			}
			continue
		}
		if !named {
			continue
		}
		o := byPart[p.zone]
		if o == nil {
			o = &onset{}
			byPart[p.zone] = o
			order = append(order, p.zone)
		}
		o.take(p)
	}
	var found []onset
	for _, n := range order {
		found = append(found, *byPart[n])
	}
	return found
}

func (o *onset) take(p property) {
	switch p.name {
	case "DTSTART":
		o.first, _ = time.Parse(local, strings.TrimSpace(p.value))
	case "TZOFFSETTO":
		o.to = secondsOf(strings.TrimSpace(p.value))
	case "RRULE":
		o.rule = map[string]string{}
		for _, part := range strings.Split(p.value, ";") {
			key, value, _ := strings.Cut(part, "=")
			o.rule[strings.ToUpper(key)] = strings.ToUpper(strings.TrimSpace(value))
		}
	}
}

func secondsOf(text string) int {
	if len(text) < 5 {
		return 0
	}
	h, _ := strconv.Atoi(text[1:3])
	m, _ := strconv.Atoi(text[3:5])
	if text[0] == '-' {
		return -(h*3600 + m*60)
	}
	return h*3600 + m*60
}

// in is when it comes in a year: once, at the latest before; or by a rule like the last Sunday of March.
func (o onset) in(year int) (time.Time, bool) {
	if o.rule == nil {
		return o.first, !o.first.IsZero() && o.first.Year() <= year
	}
	month, err := strconv.Atoi(o.rule["BYMONTH"])
	by := o.rule["BYDAY"]
	if err != nil || month < 1 || month > 12 || len(by) < 3 || o.first.Year() > year {
		return time.Time{}, false
	}
	week, err := strconv.Atoi(by[:len(by)-2])
	day := strings.Index("SUMOTUWETHFRSA", by[len(by)-2:]) / 2
	if err != nil || week == 0 || week > 5 || week < -5 {
		return time.Time{}, false
	}
	h, m, s := o.first.Clock()
	at := time.Date(year, time.Month(month), 1, h, m, s, 0, time.UTC)
	if week < 0 {
		at = at.AddDate(0, 1, -1)
		back := (int(at.Weekday()) - day + 7) % 7
		return at.AddDate(0, 0, -back+7*(week+1)), true
	}
	return at.AddDate(0, 0, (day-int(at.Weekday())+7)%7+7*(week-1)), true
}
