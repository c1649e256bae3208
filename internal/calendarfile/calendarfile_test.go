package calendarfile

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
)

func berlin(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func window(t testing.TB) Window {
	return Window{
		From: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 11, 23, 0, 0, 0, 0, time.UTC), Zone: berlin(t), Self: []string{"ines@weir.example"},
	}
}

// calendar is a file of the entries.
func calendar(lines ...string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VCALENDAR\r\n")
}

func event(lines ...string) string {
	return "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Never kept\r\n" + strings.Join(lines, "\r\n") + "\r\nEND:VEVENT"
}

// read writes the busy times down, those of the same day in one short form.
func read(t *testing.T, content []byte) (string, Busy) {
	t.Helper()
	b, err := Read(content, window(t))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, one := range b.Times {
		to := one.To.Format("15:04")
		if one.To.Sub(one.From) >= 24*time.Hour || one.To.Day() != one.From.Day() {
			to = one.To.Format("01-02 15:04")
		}
		all = append(all, one.From.Format("01-02 15:04")+"-"+to)
	}
	return strings.Join(all, ", "), b
}

func TestBusyTimesAreReadAsProgramsWriteThem(t *testing.T) {
	zone := "BEGIN:VTIMEZONE\r\nTZID:Our own\r\nBEGIN:STANDARD\r\nDTSTART:20001029T040000\r\nTZOFFSETFROM:+0430\r\nTZOFFSETTO:+0330\r\nRRULE:FREQ=YEARLY;BYMONTH=12;BYDAY=1SU\r\nEND:STANDARD\r\n" +
		"BEGIN:DAYLIGHT\r\nDTSTART:20000326T030000\r\nTZOFFSETFROM:+0330\r\nTZOFFSETTO:+0430\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE"
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"UTC":                {[]string{event("DTSTART:20261201T090000Z", "DTEND:20261201T100000Z")}, "12-01 09:00-10:00"},
		"a floating time":    {[]string{event("DTSTART:20261201T090000", "DTEND:20261201T100000")}, "12-01 08:00-09:00"},
		"a zone":             {[]string{event("DTSTART;TZID=America/New_York:20261201T090000", "DURATION:PT45M")}, "12-01 14:00-14:45"},
		"a zone in quotes":   {[]string{event(`DTSTART;TZID="/mozilla.org/20070129_1/Europe/Paris":20261201T090000`, "DURATION:PT45M")}, "12-01 08:00-08:45"},
		"Windows' name":      {[]string{event("DTSTART;TZID=Pacific Standard Time:20261201T090000", "DURATION:PT1H")}, "12-01 17:00-18:00"},
		"an offset":          {[]string{event("DTSTART;TZID=\"(UTC+05:30) Chennai\":20261201T090000", "DURATION:PT1H")}, "12-01 03:30-04:30"},
		"an unknown zone":    {[]string{event("DTSTART;TZID=Atlantis:20261201T090000", "DURATION:PT1H")}, "12-01 08:00-09:00"},
		"a zone of its own":  {[]string{event("DTSTART;TZID=Our own:20261201T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2"), zone}, "12-01 04:30-05:30, 12-08 05:30-06:30"},
		"a day":              {[]string{event("DTSTART;VALUE=DATE:20261201")}, "11-30 23:00-12-01 23:00"},
		"days":               {[]string{event("DTSTART;VALUE=DATE:20261201", "DTEND;VALUE=DATE:20261203")}, "11-30 23:00-12-02 23:00"},
		"free":               {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "TRANSP:TRANSPARENT")}, ""},
		"cancelled":          {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "STATUS:CANCELLED")}, ""},
		"Outlook's free":     {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")}, ""},
		"Outlook's away":     {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "X-MICROSOFT-CDO-BUSYSTATUS:OOF")}, "12-01 09:00-10:00"},
		"declined":           {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED;CN=\"I: a\":MAILTO:Ines@weir.example")}, ""},
		"declined by others": {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "ATTENDEE;PARTSTAT=DECLINED:mailto:tomas@weir.example")}, "12-01 09:00-10:00"},
		"no time at all":     {[]string{event("DTSTART:20261201T090000Z")}, ""},
		"before and after":   {[]string{event("DTSTART:20251201T090000Z", "DURATION:PT1H"), event("DTSTART:20281201T090000Z", "DURATION:PT1H")}, ""},
		"across the summer":  {[]string{event("DTSTART;TZID=Europe/Berlin:20260105T090000", "DTEND;TZID=Europe/Berlin:20260105T100000", "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20270501T000000Z")}, "12-07 08:00-09:00, 01-04 08:00-09:00, 02-01 08:00-09:00, 03-01 08:00-09:00, 04-05 07:00-08:00"},
		"left out": {[]string{event("DTSTART;TZID=Europe/Berlin:20261201T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=5", "EXDATE;TZID=Europe/Berlin:20261202T090000", "EXDATE:20261203T080000Z", "EXDATE;VALUE=DATE:20261204")},
			"12-01 08:00-09:00, 12-05 08:00-09:00"},
		"added": {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1", "RDATE:20261205T120000Z,20261206T120000Z", "RDATE;VALUE=PERIOD:20261207T120000Z/PT3H,20261208T120000Z/20261208T130000Z")},
			"12-01 09:00-10:00, 12-05 12:00-13:00, 12-06 12:00-13:00, 12-07 12:00-15:00, 12-08 12:00-13:00"},
		"moved": {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"), event("RECURRENCE-ID:20261202T090000Z", "DTSTART:20261202T150000Z", "DURATION:PT2H")},
			"12-01 09:00-10:00, 12-02 15:00-17:00, 12-03 09:00-10:00"},
		"one cancelled": {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"), event("RECURRENCE-ID:20261202T090000Z", "DTSTART:20261202T090000Z", "STATUS:CANCELLED")},
			"12-01 09:00-10:00, 12-03 09:00-10:00"},
		"this and all later": {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=4"), event("RECURRENCE-ID;RANGE=THISANDFUTURE:20261203T090000Z", "DTSTART:20261203T100000Z", "DURATION:PT2H")},
			"12-01 09:00-10:00, 12-02 09:00-10:00, 12-03 10:00-12:00, 12-04 10:00-12:00"},
		"a list of busy times": {[]string{"BEGIN:VFREEBUSY\r\nFREEBUSY;FBTYPE=BUSY:20261201T090000Z/PT1H,20261201T110000Z/20261201T120000Z\r\nFREEBUSY;FBTYPE=FREE:20261202T090000Z/PT1H\r\nEND:VFREEBUSY"},
			"12-01 09:00-10:00, 12-01 11:00-12:00"},
		"put together":    {[]string{event("DTSTART:20261201T090000Z", "DURATION:PT1H"), event("DTSTART:20261201T093000Z", "DURATION:PT1H"), event("DTSTART:20261201T103000Z", "DURATION:PT30M")}, "12-01 09:00-11:00"},
		"folded lines":    {[]string{"BEGIN:VEVENT\r\nDTSTART;TZID=Europe\r\n /Berlin:20261201T\r\n\t090000\r\nDURATION:PT1H\r\nEND:VEVENT"}, "12-01 08:00-09:00"},
		"an alarm within": {[]string{event("DTSTART:20261201T090000Z", "BEGIN:VALARM\r\nDURATION:PT9H\r\nTRIGGER:-PT5M\r\nEND:VALARM", "DURATION:PT1H")}, "12-01 09:00-10:00"},
		"cut off":         {[]string{"BEGIN:VEVENT\r\nDTSTART:20261201T090000Z\r\nDURATION:PT1H"}, "12-01 09:00-10:00"},
		"tasks":           {[]string{"BEGIN:VTODO\r\nDTSTART:20261201T090000Z\r\nDURATION:PT1H\r\nEND:VTODO"}, ""},
	} {
		if got, b := read(t, calendar(c.lines...)); got != c.want || len(b.Aside) > 0 {
			t.Errorf("%s: got %q (set aside %v), want %q", name, got, b.Aside, c.want)
		}
	}
}

func TestWhatCannotBeReadIsSetAsideWithItsReason(t *testing.T) {
	for reason, lines := range map[string][]string{
		"It says no beginning.":                 {"DTEND:20261201T100000Z"},
		"A day or a time in it does not exist.": {"DTSTART:20261301T090000Z"},
		"It ends before it begins.":             {"DTSTART:20261201T090000Z", "DTEND:20261201T080000Z"},
		"How long it takes cannot be read.":     {"DTSTART:20261201T090000Z", "DURATION:a while"},
		"How it repeats cannot be read.":        {"DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=SOMETIMES"},
		"It repeats too often to be read.":      {"DTSTART:20201201T090000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY;COUNT=1000000000"},
		"A busy time in it cannot be read.":     {"DTSTART:20261201T090000Z", "DURATION:PT1H", "RDATE;VALUE=PERIOD:20261201T090000Z/x"},
	} {
		_, b := read(t, calendar(event("DTSTART:20261224T090000Z", "DURATION:PT1H"), event(lines...)))
		if len(b.Aside) != 1 || b.Aside[0].Reason != reason || b.Aside[0].Line != 9 || len(b.Times) != 1 {
			t.Errorf("%v: got %v and %d times, want %q", lines, b.Aside, len(b.Times), reason)
		}
	}
	for _, content := range []string{"", "<html>", "Sign in first", "\xff\xfeB\x00E\x00"} {
		if _, err := Read([]byte(content), window(t)); err != ErrNoCalendar {
			t.Errorf("%q: %v", content, err)
		}
	}
}

func TestTheDaysOfACalendarOfHolidaysAreRead(t *testing.T) {
	span := civil.Span{From: civil.On(2026, 11, 23), To: civil.On(2028, 12, 31)}
	d, err := ReadDays(calendar("X-WR-CALNAME:Feriados\\, Portugal",
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261208\r\nSUMMARY:Imaculada Conceição\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT",
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200425\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Dia da Liberdade\r\nEND:VEVENT",
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261226\r\nSUMMARY:Natal\r\nEND:VEVENT",
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20200101\r\nSUMMARY:Long ago\r\nEND:VEVENT",
		"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nEND:VEVENT"), span)
	var got []string
	for _, one := range d.Days {
		got = append(got, one.Day.String()+" "+one.Name)
	}
	want := "2026-12-08 Imaculada Conceição; 2026-12-24 Natal; 2026-12-25 Natal; 2027-04-25 Dia da Liberdade; 2028-04-25 Dia da Liberdade"
	if err != nil || strings.Join(got, "; ") != want || d.Name != "Feriados, Portugal" || d.Over != 1 || len(d.Aside) != 1 || d.Aside[0].WayOut() != "Give it one: SUMMARY, and then the name." {
		t.Errorf("got %q, named %q, aside %v (%v)", got, d.Name, d.Aside, err)
	}
}

// Real files of many programs, kept outside of the repository.
func TestRealFilesAreReadOrRefused(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(os.Getenv("OWNWARD_TESTDATA"), "ics", "*", "*"))
	if len(files) == 0 {
		t.Skip("OWNWARD_TESTDATA names no folder with calendars")
	}
	w := window(t)
	w.From, w.To = w.From.AddDate(-40, 0, 0), w.To.AddDate(5, 0, 0)
	busy, refused := 0, 0
	for _, name := range files {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		b, err := Read(content, w)
		if took := time.Since(began); took > 2*time.Second {
			t.Errorf("%s took %s", filepath.Base(name), took)
		}
		if err != nil {
			refused++
		}
		if len(b.Times) > 0 {
			busy++
		}
		if strings.Contains(string(content), "DTSTART") && strings.Contains(string(content), "BEGIN:VEVENT") && err == nil && b.Entries == 0 {
			t.Errorf("%s: no entry was found", filepath.Base(name))
		}
		if _, err := ReadDays(content, civil.Span{From: civil.On(2000, 1, 1), To: civil.On(2030, 1, 1)}); err != nil && err != ErrNoCalendar {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
	}
	if busy < 40 || refused > 12 {
		t.Errorf("of %d files %d held busy times, and %d were refused", len(files), busy, refused)
	}
	t.Logf("of %d files %d held busy times, and %d were refused", len(files), busy, refused)
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join(os.Getenv("OWNWARD_TESTDATA"), "ics", "*", "*"))
	for _, name := range files {
		if content, err := os.ReadFile(name); err == nil && len(content) < 20_000 {
			f.Add(content)
		}
	}
	f.Add(calendar(event("DTSTART:20261201T090000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=1000000000;BYSETPOS=-1")))
	w := window(f)
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 50_000 {
			t.Skip()
		}
		began := time.Now()
		b, err := Read(content, w)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("took %s", took)
		}
		for i, one := range b.Times {
			if err != nil || !one.From.Before(one.To) || one.From.Before(w.From) || one.To.After(w.To) || i > 0 && !b.Times[i-1].To.Before(one.From) {
				t.Fatalf("%v after %v", one, b.Times[max(i-1, 0)])
			}
		}
		_, _ = ReadDays(content, civil.Span{From: civil.On(2026, 1, 1), To: civil.On(2028, 1, 1)})
	})
}

func BenchmarkReadFiveThousandEvents(b *testing.B) {
	var entries []string
	for i := range 5_000 {
		lines := []string{
			fmt.Sprintf("UID:%d", i), fmt.Sprintf("DTSTART;TZID=Europe/Berlin:20%02d%02d%02dT%02d0000", 20+i%8, 1+i%12, 1+i%28, 8+i%9), "DURATION:PT45M",
			"SUMMARY:Something that somebody does", "DESCRIPTION:" + strings.Repeat("Words that nobody needs to know. ", 10), "ATTENDEE;PARTSTAT=ACCEPTED:mailto:somebody@weir.example",
		}
		if i%10 == 0 {
			lines = append(lines, "RRULE:FREQ=WEEKLY;BYDAY=MO,WE")
		}
		entries = append(entries, "BEGIN:VEVENT\r\n"+strings.Join(lines, "\r\n")+"\r\nEND:VEVENT")
	}
	content, w := calendar(entries...), window(b)
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		if busy, err := Read(content, w); err != nil || busy.Entries != 5_000 {
			b.Fatal(err, busy.Entries)
		}
	}
}
