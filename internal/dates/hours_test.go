package dates_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/holiday"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTheHoursOfADayAreReadAsPeopleWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"9-17": "9:00 to 17:00", "9:00 to 17:30": "9:00 to 17:30", "9–12.30, 13.30–17": "9:00 to 12:30, 13:30 to 17:00",
		"9am-5pm": "9:00 to 17:00", "8:30 am to 12 pm and 1 pm to 4:15 pm": "8:30 to 12:00, 13:00 to 16:15",
		"": "", " - ": "", "14-18; 8-12": "8:00 to 12:00, 14:00 to 18:00", "22 to 0": "22:00 to 24:00", "9h30-17h": "9:30 to 17:00", "18:00 until 24:00": "18:00 to 24:00",
	} {
		parts, err := dates.ParseDay(text)
		if got := dates.DayText(parts); err != nil || got != want {
			t.Errorf("%q: got %q (%v), want %q", text, got, err, want)
		}
		if again, err := dates.ParseDay(dates.DayText(parts)); err != nil || dates.DayText(again) != want {
			t.Errorf("%q, as it is shown: %v (%v)", text, again, err)
		}
	}
	for _, text := range []string{"nine to five", "17-9", "9-", "9-25", "9:70-12", "8-12, 11-15", "8-9, 10-11, 12-13", "13pm-15pm", "9"} {
		if parts, err := dates.ParseDay(text); err == nil {
			t.Errorf("%q was read as %v", text, parts)
		}
	}
}

func TestEverybodyHasHoursOfTheirOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var week dates.Week
		week[time.Tuesday] = []dates.Clock{{From: 8 * 60, To: 12 * 60}, {From: 14 * 60, To: 18 * 60}}
		week[time.Saturday] = []dates.Clock{{From: 8 * 60, To: 10 * 60}}
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.SetHours(tx, c.Ines, week) })
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.SetContract(tx, c.Ines, 900) })
		mine := testkit.Read(t, s, func(tx *db.Tx) (dates.WorkTime, error) { return dates.MyWorkTime(tx, c.Ines) })
		if mine.Usual || dates.DayText(mine.Hours[time.Tuesday]) != "8:00 to 12:00, 14:00 to 18:00" || mine.Contracted != 900 {
			t.Errorf("mine are %+v", mine)
		}
		found := available(t, s, c.Ines.Organisation, c.Ines.Person, c.Tomas.Person)
		if got := found[c.Ines.Person].Hours; len(got[time.Monday]) != 0 || len(got[time.Tuesday]) != 2 || len(got[time.Saturday]) != 1 {
			t.Errorf("available %v", got)
		}
		if got := found[c.Tomas.Person].Hours; len(got[time.Monday]) != 1 {
			t.Errorf("another has %v", got)
		}
		theirs := testkit.Read(t, s, func(tx *db.Tx) (dates.WorkTime, error) { return dates.MyWorkTime(tx, c.Tomas) })
		if !theirs.Usual || theirs.Contracted != 0 {
			t.Errorf("another's are %+v", theirs)
		}
		var wrong problem.Invalid
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return dates.SetHours(tx, c.Ines, dates.Week{}) }); !errors.As(err, &wrong) || wrong["monday"] == "" {
			t.Errorf("no hours at all: %v", err)
		}
		week[time.Monday] = []dates.Clock{{From: 12, To: 5}}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return dates.SetHours(tx, c.Ines, week) }); !errors.As(err, &wrong) || wrong["monday"] == "" {
			t.Errorf("hours that end first: %v", err)
		}
	})
}

func TestHolidaysAreThoseOfTheOfficeOrOnesOwn(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		epiphany, christmas := civil.On(2027, time.January, 6), civil.On(2026, time.December, 25)
		off := func(who org.Actor, day civil.Date) bool {
			for _, a := range available(t, s, who.Organisation, who.Person)[who.Person].Away {
				if a.Has(day) {
					return true
				}
			}
			return false
		}
		if off(c.Ines, christmas) {
			t.Error("a holiday that nobody chose")
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			if err := dates.ChooseForOffice(tx, c.Ada, "", dates.Holidays{Place: "DE"}); err != nil {
				return err
			}
			if err := dates.ChooseForOffice(tx, c.Ada, " MUNICH ", dates.Holidays{Place: "DE-BY"}); err != nil {
				return err
			}
			_, err := tx.Exec("update people set location = 'Munich' where organisation_id = $1 and id = $2", c.Ines.Organisation, c.Ines.Person)
			return err
		})
		if !off(c.Ines, epiphany) || off(c.Tomas, epiphany) || !off(c.Tomas, christmas) {
			t.Error("the holidays of the office, and of everywhere else")
		}
		var from string
		days := testkit.Read(t, s, func(tx *db.Tx) (days []holiday.Day, err error) {
			days, from, err = dates.MyHolidays(tx, c.Ines, civil.Span{From: today, To: today.AddDays(60)})
			return days, err
		})
		if from != "Germany, Bavaria" || len(days) < 4 {
			t.Errorf("mine are %v, from %q", days, from)
		}
		for _, of := range []dates.Holidays{{Whose: dates.TheirOwn, Place: "IT"}, {Whose: dates.Nobodys}, {Whose: dates.TheOrganisations}} {
			testkit.Do(t, s, func(tx *db.Tx) error { return dates.ChooseHolidays(tx, c.Tomas, of) })
			if got, want := off(c.Tomas, epiphany), of.Place == "IT"; got != want {
				t.Errorf("%+v: the sixth of January is off: %v", of, got)
			}
			if got, want := off(c.Tomas, christmas), of.Whose != dates.Nobodys; got != want {
				t.Errorf("%+v: Christmas is off: %v", of, got)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return dates.RemoveOffice(tx, c.Ada, "munich") })
		if off(c.Ines, epiphany) || !off(c.Ines, christmas) {
			t.Error("after the office is removed, the rest counts")
		}
		for _, err := range []error{
			testkit.Fails(t, s, func(tx *db.Tx) error {
				return dates.ChooseForOffice(tx, c.Ines, "", dates.Holidays{Place: "IT"})
			}),
			testkit.Fails(t, s, func(tx *db.Tx) error { return dates.RemoveOffice(tx, c.Tomas, "") }),
		} {
			if !errors.Is(err, problem.NotFound) {
				t.Errorf("who does not administer: %v", err)
			}
		}
		var wrong problem.Invalid
		for _, of := range []dates.Holidays{{Whose: dates.TheirOwn}, {Whose: dates.TheirOwn, Place: "XX"}, {Whose: dates.TheirOwn, List: "none"}, {Whose: "?"}} {
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { return dates.ChooseHolidays(tx, c.Tomas, of) }); !errors.As(err, &wrong) || wrong["holidays"] == "" {
				t.Errorf("%+v: %v", of, err)
			}
		}
	})
}
