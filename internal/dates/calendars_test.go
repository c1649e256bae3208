package dates_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/calendarfetch"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/testkit"
)

const busyTuesday = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Never kept\r\nDTSTART:20261201T090000Z\r\nDTEND:20261201T100000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

func readCalendar(t *testing.T, s testkit.Store, key *seal.Key, me org.Actor, id db.ID) dates.Calendar {
	t.Helper()
	reader := dates.CalendarReader{From: calendarfetch.New(true), Key: key}
	if err := reader.Read(context.Background(), s.DB, "job", job.Args{"organisation": me.Organisation, "calendar": id}); err != nil {
		t.Fatal(err)
	}
	return testkit.Read(t, s, func(tx *db.Tx) (dates.Calendar, error) { return dates.CalendarByID(tx, me, id) })
}

func TestACalendarAtAnAddressIsReadForBusyTimesAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var broken, asked atomic.Bool
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case broken.Load():
				http.Error(w, "Never shown", http.StatusNotFound)
			case r.Header.Get("If-None-Match") == `"1"`:
				asked.Store(true)
				w.WriteHeader(http.StatusNotModified)
			default:
				w.Header().Set("ETag", `"1"`)
				_, _ = w.Write([]byte(busyTuesday))
			}
		}))
		defer server.Close()
		key := seal.InFile(filepath.Join(t.TempDir(), "key"))
		added := testkit.Write(t, s, func(tx *db.Tx) (dates.Calendar, error) {
			return dates.AddCalendar(tx, c.Ines, key, dates.NewCalendar{Kind: dates.AtAddress, Address: " " + server.URL + "/secret.ics"})
		})
		read := readCalendar(t, s, key, c.Ines, added.ID)
		if read.Times != 1 || read.Failure != "" || read.ReadAt.IsZero() || read.HasPassword {
			t.Errorf("read: %+v", read)
		}
		begins := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
		found := available(t, s, c.Ines.Organisation, c.Ines.Person, c.Tomas.Person)
		if busy := found[c.Ines.Person].Busy; len(busy) != 1 || !busy[0].From.Equal(begins) || busy[0].To.Sub(begins) != time.Hour || len(found[c.Tomas.Person].Busy) != 0 {
			t.Errorf("busy: %v, and another %v", busy, found[c.Tomas.Person].Busy)
		}
		if readCalendar(t, s, key, c.Ines, added.ID); !asked.Load() {
			t.Error("an unchanged file is sent again")
		}
		broken.Store(true)
		failed := readCalendar(t, s, key, c.Ines, added.ID)
		s.Clock.Move(time.Hour)
		still := readCalendar(t, s, key, c.Ines, added.ID)
		if failed.Failure != dates.NothingThere || failed.Times != 1 || !still.FailedSince.Equal(failed.FailedSince) || !still.TriedAt.After(failed.TriedAt) {
			t.Errorf("failed: %+v, and still: %+v", failed, still)
		}
		broken.Store(false)
		if again := readCalendar(t, s, key, c.Ines, added.ID); again.Failure != "" || !again.FailedSince.IsZero() {
			t.Errorf("mended: %+v", again)
		}
		for name, do := range map[string]func(tx *db.Tx) error{
			"finds":   func(tx *db.Tx) error { _, err := dates.CalendarByID(tx, c.Tomas, added.ID); return err },
			"reads":   func(tx *db.Tx) error { return dates.RefreshCalendar(tx, c.Tomas, added.ID) },
			"removes": func(tx *db.Tx) error { return dates.RemoveCalendar(tx, c.Ada, added.ID) },
		} {
			if err := testkit.Fails(t, s, do); !errors.Is(err, problem.NotFound) {
				t.Errorf("another %s it: %v", name, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.RemoveCalendar(tx, c.Ines, added.ID) })
		if busy := available(t, s, c.Ines.Organisation, c.Ines.Person)[c.Ines.Person].Busy; len(busy) != 0 {
			t.Errorf("removed, and busy: %v", busy)
		}
	})
}

func TestWhatIsNoAddressOfACalendarIsSaidByField(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	key := seal.FromSecret("a secret of some length")
	add := func(in dates.NewCalendar) error {
		return db.Do(context.Background(), s.DB, func(tx *db.Tx) error { _, err := dates.AddCalendar(tx, c.Ines, key, in); return err })
	}
	for field, all := range map[string][]dates.NewCalendar{
		"address": {
			{Kind: dates.AtAddress}, {Kind: dates.AtAddress, Address: "calendar.example"}, {Kind: dates.AtAddress, Address: "file:///etc/passwd"}, {Kind: dates.AtAddress, Address: "https://me:word@calendar.example/"},
			{Kind: dates.OnCalDAV, Address: "http://calendar.example/", UserName: "ines", Password: "word"}, {Kind: dates.AtAddress, Address: "https://" + strings.Repeat("a", 3000)},
		},
		"password":  {{Kind: dates.OnCalDAV, Address: "https://calendar.example/", UserName: "ines"}},
		"user_name": {{Kind: dates.OnCalDAV, Address: "https://calendar.example/", Password: "word"}},
		"kind":      {{Address: "https://calendar.example/"}},
	} {
		for _, in := range all {
			var wrong problem.Invalid
			if err := add(in); !errors.As(err, &wrong) || wrong[field] == "" {
				t.Errorf("%+v: %v", in, err)
			}
		}
	}
	for i := range 5 {
		if err := add(dates.NewCalendar{Kind: dates.AtAddress, Address: "webcal://calendar.example/" + strings.Repeat("x", i)}); err != nil {
			t.Fatal(err)
		}
	}
	var refused problem.Refused
	if err := add(dates.NewCalendar{Kind: dates.AtAddress, Address: "https://calendar.example/more"}); !errors.As(err, &refused) {
		t.Errorf("a sixth: %v", err)
	}
	all := testkit.Read(t, s, func(tx *db.Tx) ([]dates.Calendar, error) { return dates.Calendars(tx, c.Ines) })
	if len(all) != 5 || !strings.HasPrefix(all[0].Address, "https://") || all[0].Host() != "calendar.example" {
		t.Errorf("kept: %+v", all)
	}
}
