package nets

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// What the nets know of what people say of their time, and of which holidays there are.
func init() {
	for _, fact := range []string{
		"holiday_lists.name_key", "holiday_list_days.day",
		"office_holidays.office", "office_holidays.name", "office_holidays.place",
		"work_times.hours", "work_times.holidays", "work_times.place",
		"calendars.kind", "calendars.etag", "calendars.failure",
	} {
		facts[fact] = true
	}
	words = append(words, "calendars.address", "calendars.user_name", "holiday_lists.name", "holiday_list_days.name")
	places["/you/time/calendars/{id}"] = "calendar"
	places["/organisation/holidays/import/{id}"] = "holiday file"
	places["/organisation/holidays/lists/{id}"] = "holiday list"
}

// formsOfTime are those of what people say of their time.
func (s *stage) formsOfTime() map[string]map[string]string {
	return map[string]map[string]string{
		"/you/time/hours":                {"monday": "8-12, 13-17", "wednesday": "9:00 to 15:00"},
		"/you/time/contract":             {"contracted": "1200"},
		"/you/time/holidays":             {"holidays": "DE-BY"},
		"/you/time/calendars":            {"address": "https://127.0.0.1:1/calendar.ics"},
		"/organisation/holidays":         {"office": "Porto", "holidays": "IT"},
		"/organisation/holidays/removal": {"office": "Porto"},

		"/organisation/holidays/import":             {"lines": string(holidayCalendar("The mill", "Tide day"))},
		"/organisation/holidays/import/{id}/import": {"seen": "The works, a new list: 1 day new."},
	}
}

// holidayCalendar is a calendar of holidays, by its name and that of a day.
func holidayCalendar(name, day string) []byte {
	return []byte("BEGIN:VCALENDAR\r\nX-WR-CALNAME:" + name + "\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270501\r\nSUMMARY:" + day + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
}

// sendHolidays lets the administrator bring in a list of holidays, and send another and look no further.
func (s *stage) sendHolidays(tx *db.Tx) error {
	f, err := dates.ReadHolidayFile(holidayCalendar("The weir", "Flood day"), "", "", civil.In(tx.Now(), time.UTC))
	if err != nil {
		return err
	}
	if _, err := dates.ImportList(tx, s.actors[admin], f); err != nil {
		return err
	}
	l, err := dates.ListByName(tx, s.actors[admin], "The weir")
	if err != nil {
		return err
	}
	s.things["holiday list"] = thing{id: l.ID, owner: admin, theirs: true}
	id, err := dates.KeepHolidayFile(tx, s.actors[admin], org.SentFile{Name: "works.ics", Content: holidayCalendar("The works", "May Day")})
	s.things["holiday file"] = thing{id: id, owner: admin, theirs: true}
	return err
}

// giveCalendar lets the owner give a calendar that they keep elsewhere.
func (s *stage) giveCalendar(tx *db.Tx) error {
	c, err := dates.AddCalendar(tx, s.actors[owner], sealing, dates.NewCalendar{Kind: dates.AtAddress, Address: "https://127.0.0.1:1/mine.ics"})
	return s.keep("calendar", c.ID, err)
}
