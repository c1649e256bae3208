package calendar

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
)

func in(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func invited(t *testing.T) Entry {
	return Entry{
		UID: "0199@ownward.example", Sequence: 3, Stamp: time.Date(2026, 11, 2, 9, 30, 0, 0, time.UTC),
		Start: time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 9, 9, 0, 0, 0, time.UTC), Zone: in(t, "Europe/Berlin"),
		Summary: "Growth conversation", Description: "It stands here:\nhttps://ownward.example/conversations/0199; bring it, please \\", Link: "https://ownward.example/conversations/0199",
		Organizer: Mailbox{"Ownward", "ownward@example.org"}, Attendees: []Attendee{{Mailbox{`Inês "Nê" Faria`, "ines+o@weir.example"}, NeedsAction}},
		Status: Confirmed, Private: true,
	}
}

func TestAnInvitationIsWrittenAsItsReadersDocumentThatTheyTakeIt(t *testing.T) {
	text := string(Written{Method: Request, Entries: []Entry{invited(t)}}.Bytes())
	unfolded := strings.ReplaceAll(text, "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCALENDAR\r\nPRODID:", "\r\nVERSION:2.0\r\n", "\r\nMETHOD:REQUEST\r\n", "\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n",
		"\r\nUID:0199@ownward.example\r\nSEQUENCE:3\r\nDTSTAMP:20261102T093000Z\r\n", "\r\nDTSTART;TZID=Europe/Berlin:20261109T090000\r\nDTEND;TZID=Europe/Berlin:20261109T100000\r\n",
		"\r\nORGANIZER;CN=\"Ownward\":mailto:ownward@example.org\r\n",
		"\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=\"Inês 'Nê' Faria\":mailto:ines+o@weir.example\r\n",
		"\r\nSTATUS:CONFIRMED\r\nCLASS:PRIVATE\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
		`DESCRIPTION:It stands here:\nhttps://ownward.example/conversations/0199\; bring it\, please \\`,
	} {
		if !strings.Contains(unfolded, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
}

func TestNoLineIsLongerThan75OctetsAndNoCharacterIsCut(t *testing.T) {
	for _, long := range []string{strings.Repeat("x", 500), strings.Repeat("ä", 300), strings.Repeat("🌱", 200), strings.Repeat("a🌱", 99), strings.Repeat("x", 67), strings.Repeat("x", 68)} {
		e := invited(t)
		e.Summary = long
		text := Written{Method: Publish, Entries: []Entry{e}}.Bytes()
		for _, line := range bytes.Split(bytes.TrimSuffix(text, []byte("\r\n")), []byte("\r\n")) {
			if len(line) > 75 || !utf8.Valid(line) || bytes.ContainsAny(line, "\r\n") {
				t.Fatalf("a line of %d octets: %q", len(line), line)
			}
		}
		if !strings.Contains(strings.ReplaceAll(string(text), "\r\n ", ""), "\r\nSUMMARY:"+long+"\r\n") {
			t.Errorf("unfolded it is another text: %s", text)
		}
	}
}

func TestNothingWrittenBecomesALineOfItsOwn(t *testing.T) {
	for _, bad := range []string{"a\r\nATTENDEE:mailto:eve@example.net", "a\nEND:VEVENT", "a\rX", "a\x00b\x1Fc\x7F", "\xff"} {
		e := invited(t)
		e.UID, e.Summary, e.Description, e.Link = bad, bad, bad, bad
		e.Organizer = Mailbox{bad, bad + "@example.org"}
		e.Attendees[0].Mailbox = Mailbox{bad, bad + "@example.org"}
		text := string(Written{Method: Request, Name: bad, Entries: []Entry{e}}.Bytes())
		if strings.Count(text, "\r\nATTENDEE") != 1 || strings.Count(text, "\r\nEND:VEVENT\r\n") != 1 || !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\x1f\x7f") {
			t.Errorf("%q became\n%s", bad, text)
		}
		if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") || strings.Count(text, "\r\n") != strings.Count(text, "\n") {
			t.Errorf("%q left a line break alone", bad)
		}
	}
}

func TestAnHourThatTheClocksShowTwiceIsTold(t *testing.T) {
	berlin := in(t, "Europe/Berlin")
	for at, want := range map[string]string{
		"2026-10-25T00:30:00Z": "DTSTART:20261025T003000Z",
		"2026-10-25T01:30:00Z": "DTSTART:20261025T013000Z",
		"2026-10-25T02:30:00Z": "DTSTART;TZID=Europe/Berlin:20261025T033000",
		"2026-03-29T01:00:00Z": "DTSTART;TZID=Europe/Berlin:20260329T030000",
	} {
		start, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		e := invited(t)
		e.Start, e.End, e.Zone = start, start.Add(time.Hour), berlin
		if text := string(Written{Method: Request, Entries: []Entry{e}}.Bytes()); !strings.Contains(text, want+"\r\n") {
			t.Errorf("%s lacks %s:\n%s", at, want, text)
		}
	}
}

func TestADayIsWrittenWithoutAZone(t *testing.T) {
	e := Entry{UID: "d@x", Stamp: time.Unix(0, 0), Day: civil.On(2028, 2, 29), Zone: in(t, "Europe/Berlin"), Summary: "A step is due", Free: true}
	text := string(Written{Method: Publish, Name: "Ownward", Refresh: 6 * time.Hour, Entries: []Entry{e}}.Bytes())
	for _, want := range []string{"DTSTART;VALUE=DATE:20280229\r\nDTEND;VALUE=DATE:20280301\r\n", "TRANSP:TRANSPARENT", "X-WR-CALNAME:Ownward", "X-PUBLISHED-TTL:PT6H"} {
		if !strings.Contains(text, want) {
			t.Errorf("lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "VTIMEZONE") {
		t.Error("a zone is defined that nothing uses")
	}
}
