package calendarfile

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

// prop is a property of an entry.
type prop struct {
	name   string // in capitals
	params string // as they stand
	value  string
}

// param is a parameter of the property, without quotation marks.
func (p prop) param(name string) string {
	for rest := p.params; rest != ""; {
		var one string
		one, rest = cutUnquoted(rest, ';')
		key, value, _ := strings.Cut(one, "=")
		if strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(strings.TrimSpace(value), `"`)
		}
	}
	return ""
}

// cutUnquoted cuts at the first such character that is not within quotation marks.
func cutUnquoted(text string, at byte) (before, after string) {
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '"':
			quoted = !quoted
		case text[i] == at && !quoted:
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

// entry is an event, a list of busy times, or an observance of a zone.
type entry struct {
	kind  string
	line  int
	props []prop
}

func (e entry) find(name string) (prop, bool) {
	for _, p := range e.props {
		if p.name == name {
			return p, true
		}
	}
	return prop{}, false
}

func (e entry) text(name string) string {
	p, _ := e.find(name)
	return strings.TrimSpace(p.value)
}

// file is what a calendar file holds of what is of use here.
type file struct {
	zone   *time.Location // of what names none
	name   string
	events []entry
	busy   []entry
	zones  map[string]*definition // by TZID
	known  map[string]place       // zones that were found

	observances []entry // of the zone that is being read
}

// wanted are the properties that are kept, by the kind of the entry.
var wanted = map[string]string{
	"VEVENT":    " UID DTSTART DTEND DURATION RRULE RDATE EXDATE EXRULE RECURRENCE-ID TRANSP STATUS X-MICROSOFT-CDO-BUSYSTATUS ATTENDEE SUMMARY ",
	"VFREEBUSY": " FREEBUSY DTSTART DTEND ",
	"STANDARD":  " DTSTART TZOFFSETFROM TZOFFSETTO RRULE RDATE ",
	"DAYLIGHT":  " DTSTART TZOFFSETFROM TZOFFSETTO RRULE RDATE ",
	"VTIMEZONE": " TZID X-LIC-LOCATION ",
	"VCALENDAR": " X-WR-CALNAME ",
}

const (
	mostLine  = 64 << 10 // what is longer is an attachment
	mostProps = 20_000   // of one entry
	mostZones = 500
	deepest   = 20
)

// open finds the entries of a file.
func open(content []byte, zone *time.Location) (*file, error) {
	content = bytes.TrimPrefix(content, []byte("\xef\xbb\xbf"))
	if len(content) > MostBytes || !isCalendar(content) {
		return nil, ErrNoCalendar
	}
	f := &file{zone: zone, zones: map[string]*definition{}, known: map[string]place{}}
	s := scanner{rest: content}
	var stack []entry
	for s.next() {
		name, params, value, ok := parts(s.text)
		if !ok {
			continue
		}
		switch kind := strings.ToUpper(strings.TrimSpace(value)); {
		case name == "BEGIN":
			if len(stack) < deepest {
				stack = append(stack, entry{kind: kind, line: s.begins})
			}
		case name == "END":
			stack = f.end(stack, kind)
		case len(stack) > 0:
			top := &stack[len(stack)-1]
			if strings.Contains(wanted[top.kind], " "+name+" ") && len(top.props) < mostProps {
				top.props = append(top.props, prop{name, params, strings.ToValidUTF8(value, "\uFFFD")})
			}
		}
	}
	for len(stack) > 0 { // of a file that was cut off
		stack = f.end(stack, stack[len(stack)-1].kind)
	}
	return f, nil
}

// end closes the innermost entry of that kind.
func (f *file) end(stack []entry, kind string) []entry {
	at := len(stack) - 1
	for at >= 0 && stack[at].kind != kind {
		at--
	}
	if at < 0 {
		return stack
	}
	for len(stack)-1 > at { // what does not say that it ends
		stack = f.end(stack, stack[len(stack)-1].kind)
	}
	e := stack[at]
	switch e.kind {
	case "VEVENT":
		f.events = append(f.events, e)
	case "VFREEBUSY":
		f.busy = append(f.busy, e)
	case "STANDARD", "DAYLIGHT":
		f.observances = append(f.observances, e)
	case "VTIMEZONE":
		if tzid := e.text("TZID"); tzid != "" && len(f.zones) < mostZones {
			f.zones[tzid] = &definition{name: e.text("X-LIC-LOCATION"), observances: f.observances}
		}
		f.observances = nil
	case "VCALENDAR":
		f.name = unescaped(e.text("X-WR-CALNAME"))
	}
	return stack[:at]
}

// scanner gives one line after another, put together where they are folded.
type scanner struct {
	rest   []byte
	text   string
	begins int // the number of the line
	line   int
}

func (s *scanner) next() bool {
	for len(s.rest) > 0 {
		s.begins = s.line + 1
		one := s.physical()
		if len(s.rest) > 0 && (s.rest[0] == ' ' || s.rest[0] == '\t') {
			one = bytes.Clone(one)
			for len(s.rest) > 0 && (s.rest[0] == ' ' || s.rest[0] == '\t') {
				if more := s.physical(); len(one) < mostLine {
					one = append(one, more[1:]...)
				}
			}
		}
		if len(one) > 0 {
			s.text = string(one[:min(len(one), mostLine)])
			return true
		}
	}
	return false
}

func (s *scanner) physical() []byte {
	s.line++
	end := bytes.IndexByte(s.rest, '\n')
	if end < 0 {
		one := s.rest
		s.rest = nil
		return bytes.TrimRight(one, "\r")
	}
	one := s.rest[:end]
	s.rest = s.rest[end+1:]
	return bytes.TrimRight(one, "\r")
}

// parts cuts a line into the name of the property, its parameters and its value.
func parts(line string) (name, params, value string, ok bool) {
	end := strings.IndexAny(line, ":;")
	if end <= 0 || end > 60 {
		return "", "", "", false
	}
	name = strings.ToUpper(strings.TrimSpace(line[:end]))
	if line[end] == ':' {
		return name, "", line[end+1:], true
	}
	params, value = cutUnquoted(line[end+1:], ':')
	return name, params, value, true
}

var unescapes = strings.NewReplacer(`\\`, `\`, `\;`, ";", `\,`, ",", `\n`, " ", `\N`, " ")

// unescaped is a text of a file as a person wrote it, in one line.
func unescaped(text string) string {
	text = strings.Join(strings.Fields(unescapes.Replace(strings.ReplaceAll(text, "\x00", ""))), " ")
	for utf8.RuneCountInString(text) > 200 {
		text = string([]rune(text)[:200])
	}
	return text
}
