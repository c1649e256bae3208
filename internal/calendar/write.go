// Package calendar writes and reads calendars as the world exchanges them (RFC 5545, and 5546 for invitations and their
// answers). It knows no people and no store.
package calendar

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
)

// Method is what a calendar is sent for.
type Method string

// The methods that we write or understand.
const (
	Publish Method = "PUBLISH" // to look at
	Request Method = "REQUEST" // an invitation, or news of one
	Cancel  Method = "CANCEL"
	Reply   Method = "REPLY"   // an answer to an invitation
	Counter Method = "COUNTER" // another time is proposed
)

// Status is how certain an entry is.
type Status string

// The states of an entry; the zero Status says nothing.
const (
	Confirmed Status = "CONFIRMED"
	Tentative Status = "TENTATIVE"
	Cancelled Status = "CANCELLED"
)

// PartStat is what somebody invited says.
type PartStat string

// What somebody invited can say.
const (
	NeedsAction PartStat = "NEEDS-ACTION"
	Accepted    PartStat = "ACCEPTED"
	Declined    PartStat = "DECLINED"
	Perhaps     PartStat = "TENTATIVE"
)

// Written is a calendar to be written.
type Written struct {
	Method  Method
	Name    string        // of a feed
	Refresh time.Duration // how often a feed is worth asking for
	Entries []Entry
}

// Entry is one event to be written: at a time, or on a day.
type Entry struct {
	UID         string // for life
	Sequence    int64  // rises with each change of time or state
	Stamp       time.Time
	Start, End  time.Time
	Zone        *time.Location // in whose time it stands; nil: UTC
	Day         civil.Date     // a whole day, in the place of Start and End
	Summary     string
	Description string
	Link        string
	Organizer   Mailbox // without an address: nobody
	Attendees   []Attendee
	Status      Status
	Free        bool // does not make anybody busy
	Private     bool
}

// Mailbox is a mail address with a name.
type Mailbox struct{ Name, Address string }

// Attendee is somebody invited.
type Attendee struct {
	Mailbox
	Says PartStat
}

// Bytes is the calendar as it is sent: lines of at most 75 octets that end in CR LF.
func (w Written) Bytes() []byte {
	var l lines
	l.add("BEGIN", "VCALENDAR")
	l.add("PRODID", "-//Ownward//Ownward//EN")
	l.add("VERSION", "2.0")
	l.add("CALSCALE", "GREGORIAN")
	l.add("METHOD", string(w.Method))
	if w.Name != "" {
		l.add("NAME", escape(w.Name))
		l.add("X-WR-CALNAME", escape(w.Name))
	}
	if w.Refresh > 0 {
		lasts := "PT" + strconv.Itoa(int(w.Refresh.Hours())) + "H"
		l.add("REFRESH-INTERVAL;VALUE=DURATION", lasts)
		l.add("X-PUBLISHED-TTL", lasts)
	}
	for _, span := range w.zones() {
		span.write(&l)
	}
	for _, e := range w.Entries {
		e.write(&l)
	}
	l.add("END", "VCALENDAR")
	return l.text
}

func (e Entry) write(l *lines) {
	l.add("BEGIN", "VEVENT")
	l.add("UID", escape(e.UID))
	l.add("SEQUENCE", strconv.FormatInt(e.Sequence, 10))
	l.add("DTSTAMP", utc(e.Stamp))
	if e.Organizer.Address != "" { // else nobody asks what changed
		l.add("LAST-MODIFIED", utc(e.Stamp))
	}
	e.writeTime(l)
	l.add("SUMMARY", escape(e.Summary))
	if e.Description != "" {
		l.add("DESCRIPTION", escape(e.Description))
	}
	if e.Link != "" {
		l.add("URL", oneLine(e.Link))
	}
	if e.Organizer.Address != "" {
		l.add("ORGANIZER"+e.Organizer.name(), e.Organizer.uri())
	}
	for _, a := range e.Attendees {
		l.add("ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT="+string(a.Says)+rsvp(e.Status)+a.name(), a.uri())
	}
	if e.Status != "" {
		l.add("STATUS", string(e.Status))
	}
	if e.Private {
		l.add("CLASS", "PRIVATE")
	}
	if e.Free {
		l.add("TRANSP", "TRANSPARENT")
	} else {
		l.add("TRANSP", "OPAQUE")
	}
	l.add("END", "VEVENT")
}

func rsvp(s Status) string {
	if s == Cancelled {
		return ""
	}
	return ";RSVP=TRUE"
}

func (e Entry) writeTime(l *lines) {
	if !e.Day.IsZero() {
		l.add("DTSTART;VALUE=DATE", strings.ReplaceAll(e.Day.String(), "-", ""))
		l.add("DTEND;VALUE=DATE", strings.ReplaceAll(e.Day.AddDays(1).String(), "-", ""))
		return
	}
	l.addTime("DTSTART", e.Start, e.Zone)
	l.addTime("DTEND", e.End, e.Zone)
}

// addTime writes a time as the clocks of the zone show it. An hour that they show twice means its first, which not every
// program knows: a time in either is written in UTC.
func (l *lines) addTime(name string, t time.Time, zone *time.Location) {
	if zone == nil || zone == time.UTC || shownTwice(t.In(zone)) {
		l.add(name, utc(t))
		return
	}
	l.add(name+";TZID="+zone.String(), t.In(zone).Format(local))
}

func shownTwice(t time.Time) bool {
	since, until := t.ZoneBounds()
	_, now := t.Zone()
	if !since.IsZero() {
		_, before := since.Add(-time.Second).Zone()
		if t.Before(since.Add(time.Duration(before-now) * time.Second)) {
			return true
		}
	}
	if until.IsZero() {
		return false
	}
	_, after := until.Zone()
	return !t.Before(until.Add(time.Duration(after-now) * time.Second))
}

const local = "20060102T150405"

func utc(t time.Time) string { return t.UTC().Format(local) + "Z" }

func (m Mailbox) name() string {
	if m.Name == "" {
		return ""
	}
	// A quoted value holds no quote and no control character (RFC 5545, 3.2).
	return `;CN="` + strings.ReplaceAll(oneLine(m.Name), `"`, "'") + `"`
}

func (m Mailbox) uri() string {
	at := strings.LastIndexByte(m.Address, '@')
	if at < 0 {
		return "mailto:" + url.PathEscape(m.Address)
	}
	return "mailto:" + url.PathEscape(m.Address[:at]) + "@" + url.PathEscape(m.Address[at+1:])
}

// lines is the text of a calendar.
type lines struct{ text []byte }

// add writes one line, and folds it where it is longer than 75 octets: between characters, never within one.
func (l *lines) add(name, value string) {
	line, room := name+":"+value, 75
	for len(line) > room {
		cut := room
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		l.text = append(l.text, line[:cut]...)
		l.text = append(l.text, "\r\n "...)
		line, room = line[cut:], 74
	}
	l.text = append(l.text, line...)
	l.text = append(l.text, "\r\n"...)
}

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`)

// escape makes a text of what may hold anything.
func escape(s string) string {
	return strings.Map(visible, escapes.Replace(strings.ToValidUTF8(s, "\uFFFD")))
}

func oneLine(s string) string { return strings.Map(visible, strings.ToValidUTF8(s, "\uFFFD")) }

func visible(r rune) rune {
	if r < ' ' && r != '\t' || r == 0x7F {
		return -1
	}
	return r
}
