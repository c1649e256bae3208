package nets

import (
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
)

// What the nets know of what people say of their time, and of which holidays there are.
func init() {
	for _, fact := range []string{
		"holiday_lists.name", "holiday_lists.name_key", "holiday_list_days.day", "holiday_list_days.name",
		"office_holidays.office", "office_holidays.name", "office_holidays.place",
		"work_times.hours", "work_times.holidays", "work_times.place",
		"calendars.kind", "calendars.etag", "calendars.failure",
	} {
		facts[fact] = true
	}
	words = append(words, "calendars.address", "calendars.user_name")
	places["/you/time/calendars/{id}"] = "calendar"
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
	}
}

// giveCalendar lets the owner give a calendar that they keep elsewhere.
func (s *stage) giveCalendar(tx *db.Tx) error {
	c, err := dates.AddCalendar(tx, s.actors[owner], sealing, dates.NewCalendar{Kind: dates.AtAddress, Address: "https://127.0.0.1:1/mine.ics"})
	return s.keep("calendar", c.ID, err)
}
