package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

func TestAPersonSaysWhenTheyWork(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	site := siteOf(t, s)
	ines := testkit.VisitAs(t, s, site, c.Ines)
	page := ines.Get("/you/time").Must(http.StatusOK)
	if got := page.Attribute("#field-monday", "value"); got != "9:00 to 17:00" {
		t.Errorf("Monday is %q", got)
	}
	kept := page.Submit("/you/time/hours", map[string]string{"monday": "8-12, 13-17:30", "friday": ""}).Must(http.StatusOK)
	if got := kept.Attribute("#field-monday", "value"); got != "8:00 to 12:00, 13:00 to 17:30" || kept.Attribute("#field-friday", "value") != "" {
		t.Errorf("Monday is %q", got)
	}
	wrong := kept.Submit("/you/time/hours", map[string]string{"tuesday": "late"}).Must(http.StatusUnprocessableEntity)
	if wrong.Attribute("#field-tuesday", "value") != "late" || !strings.Contains(wrong.Text("#error-tuesday"), "like 9:00") {
		t.Errorf("what comes back says %q", wrong.Text("#error-tuesday"))
	}
	usual := ines.Get("/you/time")
	form := usual.Form("/you/time/hours")
	form.Set("usual", "yes")
	if back := ines.Post("/you/time/hours", form); back.Attribute("#field-friday", "value") != "9:00 to 17:00" {
		t.Error("the usual hours do not come back")
	}
	page.Submit("/you/time/contract", map[string]string{"contracted": "900"}).Must(http.StatusOK)
	if got := ines.Get("/you/time").Attribute("#field-contracted", "value"); got != "900" {
		t.Errorf("contracted hours are %q", got)
	}
	page.Submit("/you/time/contract", map[string]string{"contracted": "many"}).Must(http.StatusUnprocessableEntity)
}

func TestHolidaysAreChosenForAllAndByEach(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	site := siteOf(t, s)
	ada, ines := testkit.VisitAs(t, s, site, c.Ada), testkit.VisitAs(t, s, site, c.Ines)
	ines.Get("/organisation/holidays").Must(http.StatusNotFound)
	page := ada.Get("/organisation/holidays").Must(http.StatusOK)
	if got := page.Submit("/organisation/holidays", map[string]string{"holidays": "DE"}).Must(http.StatusOK).Text("main .rows"); !strings.Contains(got, "Germany") {
		t.Errorf("the page says %q", got)
	}
	if got := ines.Get("/you/time").Text("#holidays"); !strings.Contains(got, "Those of Germany") || !strings.Contains(got, "Neujahrstag") {
		t.Errorf("to a person it says %q", got)
	}
	chosen := ines.Get("/you/time").Submit("/you/time/holidays", map[string]string{"holidays": "IT"}).Must(http.StatusOK)
	if got := chosen.Text("#holidays"); !strings.Contains(got, "Those of Italy") {
		t.Errorf("chosen, it says %q", got)
	}
	chosen.Submit("/you/time/holidays", map[string]string{"holidays": "XX"}).Must(http.StatusUnprocessableEntity)
	if got := chosen.Submit("/you/time/holidays", map[string]string{"holidays": "none"}).Text("#holidays"); !strings.Contains(got, "None are known") {
		t.Errorf("without, it says %q", got)
	}
	page.Submit("/organisation/holidays", map[string]string{"office": "Porto", "holidays": "ES"}).Must(http.StatusOK)
	if got := ada.Get("/organisation/holidays").Submit("/organisation/holidays/removal", nil).Must(http.StatusOK).Text("main .rows"); strings.Contains(got, "Porto") {
		t.Errorf("removed, it says %q", got)
	}
}

func TestACalendarIsGivenAndTakenBack(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	site := siteOf(t, s)
	ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
	page := ines.Get("/you/time/calendars/new").Must(http.StatusOK)
	wrong := page.Submit("/you/time/calendars", map[string]string{"address": "not one"}).Must(http.StatusUnprocessableEntity)
	if !strings.Contains(wrong.Text("#error-address"), "https://") {
		t.Errorf("it says %q", wrong.Text("main"))
	}
	kept := page.Submit("/you/time/calendars", map[string]string{"address": "webcal://calendar.example/private-k7/basic.ics"}).Must(http.StatusOK)
	if got := kept.Text("#calendars"); !strings.Contains(got, "calendar.example") || strings.Contains(got, "private-k7") || !strings.Contains(got, "Not read yet") {
		t.Errorf("the page says %q", got)
	}
	reading := kept.Attribute("#calendars form", "action")
	tomas.Post(reading, nil).Must(http.StatusNotFound)
	if got := ines.Get("/you/time").Submit(strings.Replace(reading, "/reading", "/removal", 1), nil).Must(http.StatusOK).Text("#calendars"); strings.Contains(got, "calendar.example") {
		t.Errorf("removed, it says %q", got)
	}
}

func TestHolidaysComeFromAFileThatIsLookedAtFirst(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	site := siteOf(t, s)
	ada, ines := testkit.VisitAs(t, s, site, c.Ada), testkit.VisitAs(t, s, site, c.Ines)
	ines.Get("/organisation/holidays/import").Must(http.StatusNotFound)
	send := func(days ...string) *testkit.Shown {
		text := "BEGIN:VCALENDAR\r\nX-WR-CALNAME:The works\r\n"
		for _, day := range days {
			text += "BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:" + day + "\r\nEND:VEVENT\r\n"
		}
		return ada.Send("/organisation/holidays/import", "file", "works.ics", []byte(text+"END:VCALENDAR\r\n"), nil)
	}
	bringIn := func(page *testkit.Shown) *testkit.Shown {
		return page.Submit(page.Attribute("main .next form", "action"), nil).Must(http.StatusOK)
	}
	if got := ada.Send("/organisation/holidays/import", "file", "works.ics", []byte("<html>"), nil).Must(http.StatusUnprocessableEntity).Text("main"); !strings.Contains(got, "This is no calendar") {
		t.Errorf("what is none is answered with %q", got)
	}
	page := send("20270501\r\nSUMMARY:May Day", "20271224\r\nSUMMARY:Eve", "20270606").Must(http.StatusOK)
	if got := page.Text("main"); !strings.Contains(got, "The works, a new list: 2 days new, 1 entry set aside.") ||
		!strings.Contains(got, "Saturday, 1 May 2027") || !strings.Contains(got, "Line 11") || !strings.Contains(got, "Give it one: SUMMARY") {
		t.Errorf("the preview says %q", got)
	}
	list := bringIn(page).Attribute("#files a", "href")
	page = send("20270501\r\nSUMMARY:Labour Day").Must(http.StatusOK)
	if got := page.Text("main"); !strings.Contains(got, "1 day with another name, 1 day gone") || !strings.Contains(got, "so far May Day") {
		t.Errorf("the second preview says %q", got)
	}
	bringIn(page)
	if got := bringIn(send("20270501\r\nSUMMARY:Labour Day").Must(http.StatusOK)).Text("#files"); !strings.Contains(got, "1 day, 2027") {
		t.Errorf("the lists are %q", got)
	}
	ada.Get("/organisation/holidays").Submit("/organisation/holidays", map[string]string{"holidays": "list " + list[strings.LastIndex(list, "/")+1:]}).Must(http.StatusOK)
	if got := ines.Get("/you/time").Text("#holidays"); !strings.Contains(got, "Labour Day") || !strings.Contains(got, "Those of The works") {
		t.Errorf("to a person it says %q", got)
	}
	shown := ada.Get(list).Must(http.StatusOK)
	if got := shown.Text("main"); !strings.Contains(got, "Saturday, 1 May") || !strings.Contains(got, "Counts at: everywhere") || shown.Has("main form") {
		t.Errorf("the list shows %q", got)
	}
	ada.Post(list+"/removal", nil).Must(http.StatusConflict)
	ada.Get("/organisation/holidays").Submit("/organisation/holidays", map[string]string{"holidays": "none"}).Must(http.StatusOK)
	if got := ada.Get(list).Submit(list+"/removal", nil).Must(http.StatusOK).Text("#files"); !strings.Contains(got, "None yet") {
		t.Errorf("removed, it says %q", got)
	}
}
