package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestImportingHolidays(t *testing.T) {
	i := newInstallation(t)
	i.imports(crew, importPeopleCommand{})
	const calendar = "BEGIN:VCALENDAR\nX-WR-CALNAME:The works\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY\nSUMMARY:May Day\nEND:VEVENT\n"
	const nameless = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20200501\nEND:VEVENT\n"
	for _, c := range []struct {
		what, text, says, last string
		status                 int
		command                importHolidaysCommand
	}{
		{"no calendar", "day,name\n", "is not taken. This is no calendar.", "", 1, importHolidaysCommand{}},
		{"dry run", calendar + nameless, "May Day: new\nTo look at:\n  line 8: It has no name. Give it one", "Dry run, nothing was written. The works, a new list: 7 days new, 1 entry set aside.", 3, importHolidaysCommand{DryRun: true}},
		{"for good", calendar, "", "Choose where it counts: --office PLACE, or the page Public holidays of the organisation.", 0, importHolidaysCommand{}},
		{"again", calendar, "", "Imported. The works: nothing changes, 7 days as here.", 0, importHolidaysCommand{Office: []string{"everywhere", "Porto"}}},
		{"under another name", calendar, "", "Imported. Porto, a new list: 7 days new.", 0, importHolidaysCommand{Name: "Porto", Office: []string{"Porto"}}},
	} {
		i.keep(&c.command.File, "works.ics", c.text)
		var out bytes.Buffer
		c.command.out = &out
		printed, status := ended(&out, c.command.Run(t.Context(), &i.flags))
		if status != c.status || !strings.Contains(printed, c.says) || c.last != "" && lastLine(printed) != c.last {
			t.Errorf("%s, status %d:\n%s", c.what, status, printed)
		}
	}
}
