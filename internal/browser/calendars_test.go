package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/civil"
)

// readEntry is an entry as another reader finds it.
type readEntry struct {
	UID        string   `json:"uid"`
	Sequence   int64    `json:"sequence"`
	Start, End int64    // seconds since 1970
	Zone       string   `json:"zone"`
	Day        string   `json:"day"`
	Summary    string   `json:"summary"`
	Attendees  []string `json:"attendees"`
	Status     string   `json:"status"`
}

// around are entries just before and after each change of the clocks of a zone in three years, and one for each month.
func around(zone *time.Location) []calendar.Entry {
	var at []time.Time
	for month := range 36 {
		at = append(at, time.Date(2026, time.January+time.Month(month), 15, 9, 30, 0, 0, zone))
	}
	for t := at[0]; ; {
		_, t = t.ZoneBounds()
		if t.IsZero() || t.Year() > 2028 {
			break
		}
		at = append(at, t.Add(-time.Hour), t.Add(-time.Minute), t, t.Add(time.Minute), t.Add(90*time.Minute))
	}
	var all []calendar.Entry
	for n, each := range at {
		all = append(all, calendar.Entry{
			UID: fmt.Sprintf("%s-%d@ownward.example", zone, n), Sequence: int64(n), Stamp: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
			Start: each, End: each.Add(20 * time.Minute), Zone: zone, Summary: "Growth conversation; ä, 🌱 " + strings.Repeat("long ", 20), Status: calendar.Confirmed,
			Organizer: calendar.Mailbox{Name: "Ownward", Address: "ownward@example.org"},
			Attendees: []calendar.Attendee{{Mailbox: calendar.Mailbox{Name: `Inês "Nê" Faria`, Address: "ines@weir.example"}, Says: calendar.NeedsAction}},
		})
	}
	return all
}

// TestOtherReadersFindInOurCalendarsWhatWeWrote holds two other readers, of which one follows our definition of a zone and the other
// its name, against what was written: around each change of the clocks of each zone.
func TestOtherReadersFindInOurCalendarsWhatWeWrote(t *testing.T) {
	names, err := os.ReadFile("../web/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	var wrote [][]calendar.Entry
	for _, name := range append(strings.Fields(string(names)), "UTC") {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		entries := around(zone)
		wrote = append(wrote, entries)
		texts = append(texts, string(calendar.Written{Method: calendar.Request, Entries: entries}.Bytes()))
	}
	day := []calendar.Entry{{UID: "day@ownward", Day: civil.On(2028, 2, 29), Summary: "A step is due", Stamp: time.Unix(0, 0)}}
	texts = append(texts, string(calendar.Written{Method: calendar.Request, Entries: day}.Bytes()))
	for i, found := range readByOther(t, texts) {
		if i == len(wrote) {
			if e := found[0]; e.Day != "2028-02-29" || e.UID != "day@ownward" {
				t.Errorf("a day is found as %+v", e)
			}
			continue
		}
		second, err := ics.ParseCalendar(strings.NewReader(texts[i]))
		if err != nil {
			t.Fatal(err)
		}
		for n, want := range wrote[i] {
			got := found[n]
			if got.UID != want.UID || got.Sequence != want.Sequence || got.Start != want.Start.Unix() || got.End != want.End.Unix() || got.Summary != want.Summary ||
				got.Status != "CONFIRMED" || len(got.Attendees) != 1 || got.Attendees[0] != "mailto:ines@weir.example NEEDS-ACTION" ||
				got.Zone != want.Zone.String() && got.Zone != "" {
				t.Fatalf("ical.js finds %+v where %s, %v was written", got, want.UID, want.Start)
			}
			event := second.Events()[n]
			start, err := event.GetStartAt()
			if err != nil || !start.Equal(want.Start) || event.Id() != want.UID || event.GetProperty(ics.ComponentPropertySequence).Value != fmt.Sprint(want.Sequence) {
				t.Fatalf("golang-ical finds %v, %v where %s, %v was written", start, err, want.UID, want.Start)
			}
		}
	}
}

func readByOther(t *testing.T, texts []string) [][]readEntry {
	t.Helper()
	file := filepath.Join(t.TempDir(), "calendars.json")
	content, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, content, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := runNode(t, "calendars-read.mjs", file)
	if err != nil {
		t.Fatalf("ical.js: %v\n%s", err, out)
	}
	var found []struct {
		Method  string      `json:"method"`
		Entries []readEntry `json:"entries"`
	}
	if err := json.Unmarshal([]byte(out), &found); err != nil {
		t.Fatalf("%v in %.300s", err, out)
	}
	var all [][]readEntry
	for _, each := range found {
		if each.Method != "REQUEST" {
			t.Errorf("the method is found as %s", each.Method)
		}
		all = append(all, each.Entries)
	}
	return all
}

// TestCalendars plays calendars.mjs in the example organisation: invitations are turned off, and an address is made and read.
func TestCalendars(t *testing.T) {
	in := openExample(t)
	out, err := runNode(t, "calendars.mjs", in.address)
	t.Log(out)
	if err != nil {
		t.Errorf("one's own calendars: %v", err)
	}
	looked(t, in)
}
