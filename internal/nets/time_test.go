package nets

// What the nets know of what people say of their time, and of which holidays there are.
func init() {
	for _, fact := range []string{
		"holiday_lists.name", "holiday_lists.name_key", "holiday_list_days.day", "holiday_list_days.name",
		"office_holidays.office", "office_holidays.name", "office_holidays.place",
		"work_times.hours", "work_times.holidays", "work_times.place",
		"calendars.kind", "calendars.address", "calendars.user_name", "calendars.etag", "calendars.failure",
	} {
		facts[fact] = true
	}
}

// formsOfTime are those of what people say of their time.
func (s *stage) formsOfTime() map[string]map[string]string {
	return map[string]map[string]string{
		"/you/time/hours":                {"monday": "8-12, 13-17", "wednesday": "9:00 to 15:00"},
		"/you/time/contract":             {"contracted": "1200"},
		"/you/time/holidays":             {"holidays": "DE-BY"},
		"/organisation/holidays":         {"office": "Porto", "holidays": "IT"},
		"/organisation/holidays/removal": {"office": "Porto"},
	}
}
