package calendar

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The shapes in which Gmail, Outlook and Apple's calendar answer.
const (
	gmailReply = "BEGIN:VCALENDAR\r\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\r\nVERSION:2.0\r\nCALSCALE:GREGORIAN\r\nMETHOD:REPLY\r\n" +
		"BEGIN:VEVENT\r\nDTSTART:20261109T080000Z\r\nDTEND:20261109T090000Z\r\nDTSTAMP:20261102T101500Z\r\nORGANIZER;CN=Ownward:mailto:ownward@example.org\r\n" +
		"UID:ABC123@weir.example\r\nATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=ines@w\r\n eir.example;X-NUM-GUESTS=0:mailto:Ines@weir.example\r\n" +
		"CREATED:20261102T093000Z\r\nDESCRIPTION:\r\nLAST-MODIFIED:20261102T101500Z\r\nSEQUENCE:3\r\nSTATUS:CONFIRMED\r\nSUMMARY:Growth conversation\r\nTRANSP:OPAQUE\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	outlookReply = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\nBEGIN:VTIMEZONE\r\nTZID:GMT Standard Time\r\n" +
		"BEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\n" +
		"BEGIN:DAYLIGHT\r\nDTSTART:16010101T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n" +
		"BEGIN:VEVENT\r\nATTENDEE;PARTSTAT=DECLINED;CN=Ines Faria:mailto:ines@weir.example\r\nCOMMENT;LANGUAGE=en-US:\\n\r\nUID:ABC123@weir.example\r\nSUMMARY;LANGUAGE=en-US:Declined: Growth conversation\r\n" +
		"DTSTART;TZID=GMT Standard Time:20261109T080000\r\nDTEND;TZID=GMT Standard Time:20261109T090000\r\nCLASS:PRIVATE\r\nPRIORITY:5\r\nDTSTAMP:20261102T101500Z\r\nTRANSP:OPAQUE\r\nSTATUS:CONFIRMED\r\nSEQUENCE:3\r\n" +
		"X-MICROSOFT-CDO-APPT-SEQUENCE:3\r\nBEGIN:VALARM\r\nUID:other\r\nTRIGGER:-PT15M\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	appleReply = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Apple Inc.//macOS 15.1//EN\nCALSCALE:GREGORIAN\nMETHOD:REPLY\nBEGIN:VEVENT\nDTSTAMP:20261102T101500Z\n" +
		"ATTENDEE;CN=\"Inês: Faria\";CUTYPE=INDIVIDUAL;EMAIL=\"ines@weir.example\";PARTSTAT=TENTATIVE;ROLE=REQ-PARTICIPANT:mailto:ines%40weir.example\n" +
		"UID:ABC123@weir.example\nDTSTART;TZID=Europe/Lisbon:20261109T080000\nSEQUENCE:3\nORGANIZER;CN=\"Ownward\":mailto:ownward@example.org\nEND:VEVENT\nEND:VCALENDAR\n"
)

func outlookCounter() string {
	text := strings.Replace(outlookReply, "METHOD:REPLY", "METHOD:COUNTER", 1)
	text = strings.Replace(text, "PARTSTAT=DECLINED", "PARTSTAT=TENTATIVE", 1)
	return strings.NewReplacer("20261109T080000", "20270610T140000", "20261109T090000", "20270610T150000").Replace(text)
}

func TestAnswersAreReadAsTheirProgramsWriteThem(t *testing.T) {
	stamp := time.Date(2026, 11, 2, 10, 15, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		text  string
		want  PartStat
		start time.Time
	}{
		"Gmail":           {gmailReply, Accepted, time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)},
		"Outlook":         {outlookReply, Declined, time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)},
		"Apple":           {appleReply, Perhaps, time.Date(2026, 11, 9, 8, 0, 0, 0, time.UTC)},
		"Outlook's other": {outlookCounter(), Perhaps, time.Date(2027, 6, 10, 13, 0, 0, 0, time.UTC)},
	} {
		a, err := ReadAnswer([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if a.UID != "ABC123@weir.example" || a.Sequence != 3 || a.Attendee != "ines@weir.example" || a.Says != c.want || !a.Stamp.Equal(stamp) || !a.Start.Equal(c.start) {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestWhatIsNoAnswerIsNone(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":                      "",
		"an invitation":                strings.Replace(gmailReply, "METHOD:REPLY", "METHOD:REQUEST", 1),
		"no method":                    strings.Replace(gmailReply, "METHOD:REPLY\r\n", "", 1),
		"no uid":                       strings.Replace(gmailReply, "UID:", "X:", 1),
		"nobody":                       strings.Replace(gmailReply, "ATTENDEE", "X-ATTENDEE", 1),
		"a sequence that is none":      strings.Replace(gmailReply, "SEQUENCE:3", "SEQUENCE:x", 1),
		"another time that is none":    strings.Replace(outlookCounter(), "20270610T150000", "20270610T140000", 1),
		"another time without a zone":  strings.ReplaceAll(outlookCounter(), "TZID=GMT Standard Time", "TZID=Nowhere"),
		"another time out of all time": strings.ReplaceAll(outlookCounter(), "20270610", "99990610"),
		"too long":                     gmailReply + strings.Repeat("X-Y:z\r\n", 50_000),
		"too many lines":               "BEGIN:VCALENDAR\nMETHOD:REPLY\n" + strings.Repeat("A:\n", 6_000),
	} {
		if a, err := ReadAnswer([]byte(text)); !errors.Is(err, ErrNoAnswer) {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
}

// What others define of a zone is followed: held against ours, by way of a name that nobody knows.
func TestADefinitionOfAZoneIsFollowed(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kathmandu", "Africa/Casablanca", "America/Santiago", "Europe/Dublin"} {
		zone := in(t, name)
		for day := 0; day < 365; day += 5 {
			start := time.Date(2026, 1, 1, 12, 0, 0, 0, zone).AddDate(0, 0, day)
			e := invited(t)
			e.Start, e.End, e.Zone = start, start.Add(time.Hour), zone
			text := strings.ReplaceAll(string(Written{Method: Counter, Entries: []Entry{e}}.Bytes()), name, "Somewhere")
			a, err := ReadAnswer([]byte(text))
			if err != nil || !a.Start.Equal(start) || !a.End.Equal(start.Add(time.Hour)) {
				t.Fatalf("%s, %v: read %v, %v\n%s", name, start, a.Start, err, text)
			}
		}
	}
}

func FuzzReadAnswer(f *testing.F) {
	for _, text := range []string{gmailReply, outlookReply, appleReply, outlookCounter()} {
		f.Add([]byte(text))
	}
	files, _ := filepath.Glob(filepath.Join(os.Getenv("OWNWARD_TESTDATA"), "ics", "*", "*.ics"))
	for _, name := range files {
		if text, err := os.ReadFile(name); err == nil && len(text) < 20_000 {
			f.Add(text)
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		a, err := ReadAnswer(text)
		if err == nil && (a.UID == "" || a.Attendee == "" || a.Stamp.IsZero()) {
			t.Errorf("took %+v", a)
		}
	})
}
