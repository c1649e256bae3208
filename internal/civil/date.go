// Package civil holds dates as people say them: a day of the calendar, without a clock or a
// time zone.
package civil

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// layout is the form of a date in the database, in files and in forms (ISO 8601).
const layout = "2006-01-02"

// Date is a day of the Gregorian calendar. The zero Date means "no date"; the database holds
// it as NULL.
type Date struct {
	year  int
	month time.Month
	day   int
}

// On is the date of that day; days beyond the month's end run on into the next month.
func On(year int, month time.Month, day int) Date {
	return of(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// In is the day that the moment t falls on in the given place.
func In(t time.Time, place *time.Location) Date { return of(t.In(place)) }

func of(t time.Time) Date {
	year, month, day := t.Date()
	return Date{year, month, day}
}

// Parse reads a date in the form 2026-11-23. The empty text is no date.
func Parse(text string) (Date, error) {
	if text == "" {
		return Date{}, nil
	}
	t, err := time.Parse(layout, text)
	if err != nil {
		return Date{}, fmt.Errorf("%q is not a date like 2026-11-23", text)
	}
	return of(t), nil
}

// IsZero tells whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Time is midnight UTC of the day.
func (d Date) Time() time.Time { return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC) }

// At is the moment of the day at that clock time in that place.
func (d Date) At(hour, minute int, place *time.Location) time.Time {
	return time.Date(d.year, d.month, d.day, hour, minute, 0, 0, place)
}

// Year, Month and Day are the parts of the date.
func (d Date) Year() int { return d.year }

// Month is the month of the year.
func (d Date) Month() time.Month { return d.month }

// Day is the day of the month, from 1.
func (d Date) Day() int { return d.day }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.Time().Weekday() }

// Before tells whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Time().Before(e.Time()) }

// After tells whether d is a later day than e.
func (d Date) After(e Date) bool { return e.Before(d) }

// AddDays is the day n days later, or earlier for a negative n.
func (d Date) AddDays(n int) Date { return of(d.Time().AddDate(0, 0, n)) }

// AddMonths is the same day n months later; where that month is too short, its last day.
func (d Date) AddMonths(n int) Date {
	first := time.Date(d.year, d.month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Date{first.Year(), first.Month(), min(d.day, last)}
}

// DaysSince is the number of days from e to d.
func (d Date) DaysSince(e Date) int { return int(d.Time().Sub(e.Time()).Hours() / 24) }

// String is the date in the form 2026-11-23, or nothing for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(layout)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = Parse(string(text))
	return err
}

// Value gives the database the text form, or NULL for no date.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads what Value wrote.
func (d *Date) Scan(from any) (err error) {
	switch value := from.(type) {
	case nil:
		*d = Date{}
	case string:
		*d, err = Parse(value)
	default:
		err = fmt.Errorf("a date cannot be read from a %T", from)
	}
	return err
}
