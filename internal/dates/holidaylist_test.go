package dates_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// holidays is a calendar of days, each as "20271225 Christmas".
func holidays(days ...string) string {
	text := "BEGIN:VCALENDAR\r\nX-WR-CALNAME:The works\r\n"
	for _, d := range days {
		day, name, _ := strings.Cut(d, " ")
		text += "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:" + day + "\r\nSUMMARY:" + name + "\r\nEND:VEVENT\r\n"
	}
	return text + "END:VCALENDAR\r\n"
}

func readHolidays(t *testing.T, text string) dates.HolidayFile {
	t.Helper()
	f, err := dates.ReadHolidayFile([]byte(text), "", "feiertage.ics", today)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestAFileOfHolidaysBecomesAListAndAgainChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		bring := func(days ...string) dates.ListDifference {
			t.Helper()
			f := readHolidays(t, holidays(days...))
			before := testkit.Read(t, s, func(tx *db.Tx) (dates.ListDifference, error) { return dates.CompareList(tx, c.Ada, f) })
			d := testkit.Write(t, s, func(tx *db.Tx) (dates.ListDifference, error) { return dates.ImportList(tx, c.Ada, f) })
			if before.Summary() != d.Summary() {
				t.Errorf("the preview says %q, the import %q", before.Summary(), d.Summary())
			}
			return d
		}
		for _, step := range []struct {
			says string
			days []string
		}{
			{"The works, a new list: 3 days new, 1 entry of other years, 1 entry set aside.", []string{"20261224 Eve", "20270101 New Year", "20270501 May", "20190101 Long ago", "20270606"}},
			{"The works: nothing changes, 3 days as here.", []string{"20261224 Eve", "20270101 New Year", "20270501 May"}},
			{"The works: 1 day new, 1 day with another name, 1 day gone.", []string{"20270501 May Day", "20270502 The day after"}},
			{"The works: 1 day new.", []string{"20281225 Of another year"}},
		} {
			if got := bring(step.days...).Summary(); got != step.says {
				t.Errorf("got %q, want %q", got, step.says)
			}
		}
		lists := testkit.Read(t, s, func(tx *db.Tx) ([]dates.List, error) { return dates.Lists(tx, c.Ines) })
		if len(lists) != 1 || lists[0].Days != 4 || lists[0].First != civil.On(2026, time.December, 24) || lists[0].Last != civil.On(2028, time.December, 25) {
			t.Fatalf("the lists are %+v", lists)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return dates.RemoveList(tx, c.Tomas, lists[0].ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("somebody who does not look after the organisation removes a list: %v", err)
		}

		// It counts at an office, for those who are there, and for who chose it.
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.ChooseForOffice(tx, c.Ada, "", dates.Holidays{List: lists[0].ID}) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			return dates.ChooseHolidays(tx, c.Ines, dates.Holidays{Whose: dates.TheirOwn, List: lists[0].ID})
		})
		for _, who := range []org.Actor{c.Ines, c.Tomas} {
			known := testkit.Read(t, s, func(tx *db.Tx) (map[db.ID]dates.Availability, error) {
				return dates.UnscopedAvailability(tx, who.Organisation, []db.ID{who.Person}, today.Time(), today.AddDays(300).Time())
			})
			if away := known[who.Person].Away; len(away) != 2 || away[1] != (civil.Span{From: civil.On(2027, time.May, 1), To: civil.On(2027, time.May, 2)}) {
				t.Errorf("%s is away on %v", who.Name, away)
			}
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return dates.RemoveList(tx, c.Ada, lists[0].ID) }); !strings.Contains(err.Error(), "counts everywhere") {
			t.Errorf("a list that counts is removed: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.ChooseForOffice(tx, c.Ada, "", dates.Holidays{}) })
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.RemoveList(tx, c.Ada, lists[0].ID) })
		if w := testkit.Read(t, s, func(tx *db.Tx) (dates.WorkTime, error) { return dates.MyWorkTime(tx, c.Ines) }); w.Holidays.Whose != dates.TheOrganisations {
			t.Errorf("after the list is gone, hers are %+v", w.Holidays)
		}
	})
}

func TestWhatIsNoFileOfHolidaysIsRefusedWithItsReason(t *testing.T) {
	for says, f := range map[string]struct{ text, name string }{
		"This is no calendar":          {text: "<html>"},
		"no day between 2025 and 2031": {text: holidays("20190101 Long ago")},
		"larger than 2 MB":             {text: holidays("20270101 " + strings.Repeat("x", dates.MostHolidayFile))},
		"under 80 characters":          {text: holidays("20270101 New Year"), name: strings.Repeat("x", 81)},
	} {
		_, err := dates.ReadHolidayFile([]byte(f.text), f.name, "", today)
		var wrong problem.Invalid
		if !errors.As(err, &wrong) || !strings.Contains(wrong["file"]+wrong["name"], says) {
			t.Errorf("got %v, want %q", err, says)
		}
	}
	f := readHolidays(t, strings.Replace(holidays("20270101 New\xffYear"), "X-WR-CALNAME:The works\r\n", "", 1))
	if f.Name != "feiertage" || f.Read.Days[0].Name != "New\uFFFDYear" {
		t.Errorf("read as %+v", f)
	}
}

// Real files of many programs, kept outside of the repository: each is taken or refused, and taken again nothing changes.
func TestRealFilesOfHolidaysComeInTheSameTwice(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(os.Getenv("OWNWARD_TESTDATA"), "ics", "*", "*"))
	if len(files) == 0 {
		t.Skip("OWNWARD_TESTDATA names no folder with calendars")
	}
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	taken := 0
	testkit.Do(t, s, func(tx *db.Tx) error {
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			f, err := dates.ReadHolidayFile(content, filepath.Base(name), "", civil.On(2010, time.May, 1))
			if _, refused := errors.AsType[problem.Invalid](err); refused {
				continue
			}
			if err != nil {
				return err
			}
			if taken++; taken > 90 {
				break
			}
			if _, err := dates.ImportList(tx, c.Ada, f); err != nil {
				return err
			}
			again, err := dates.ImportList(tx, c.Ada, f)
			if err != nil || !again.Nothing() {
				t.Errorf("%s again: %s (%v)", filepath.Base(name), again.Summary(), err)
			}
		}
		return nil
	})
	if taken < 20 {
		t.Errorf("of %d files %d were taken", len(files), taken)
	}
}
