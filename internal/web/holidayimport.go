package web

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// holidayImporting is where a file of holidays is sent.
type holidayImporting struct{ File, Lines, Name Field }

// holidayList is a list that was brought in.
type holidayList struct {
	ID     db.ID
	Years  []holidayYear
	Counts string // where
}

type holidayYear struct {
	Year string
	Days []dateLine
}

var (
	holidayImportingPage = declare[holidayImporting]("holidays-import.html")
	holidayListPage      = declare[holidayList]("holiday-list.html")
)

var (
	saidHolidayFile    = says("The list is in. Choose below where it counts.")
	saidHolidaysRemove = says("The list is removed.")
)

const (
	holidayImportPath = organisationHolidays + "/import"
	holidayListPath   = organisationHolidays + "/lists/"
)

func newHolidayImport(c *call) (view, error) {
	var main holidayImporting
	main.File = c.form.field(Field{Name: "file", Label: "Calendar file", Type: "file",
		Hint: fmt.Sprintf("iCalendar (.ics), up to %d MB.", dates.MostHolidayFile>>20)}, "")
	main.Lines = c.form.field(Field{Name: "lines", Label: "Or paste its text", Type: "textarea", Rows: 4}, "")
	name := ""
	if list := c.text("list"); list != "" {
		l, err := dates.ListByID(c.tx, c.me, db.ID(list))
		if err != nil {
			return view{}, err
		}
		name = l.Name
	}
	main.Name = c.form.field(Field{Name: "name", Label: "What the list is called",
		Hint: "Empty: as the file calls itself. A list of this name is brought up to date."}, name)
	return holidayImportingPage.show(c, "Import holidays", "organisation", main)
}

func sendHolidayImport(c *call) (string, error) {
	name, content, err := c.sentFile("Please choose a file, or paste its text.")
	if err != nil {
		return "", err
	}
	sent := org.SentFile{Name: or(name, pastedName), Content: content, Columns: map[string]string{dates.NameColumn: c.text("name")}}
	id, err := dates.KeepHolidayFile(c.tx, c.me, sent)
	return holidayImportPath + "/" + string(id), err
}

func previewHolidayImport(c *call) (view, error) {
	sent, err := org.SentFileByID(c.tx, c.me, org.SentHolidays, c.id("id"))
	if err != nil {
		return view{}, err
	}
	f, err := dates.ReadSentHolidays(c.tx, sent)
	if _, gone := errors.AsType[problem.Invalid](err); gone {
		return view{}, problem.Refused("The file cannot be read any more. Please send it again.")
	} else if err != nil {
		return view{}, err
	}
	d, err := dates.CompareList(c.tx, c.me, f)
	if err != nil {
		return view{}, err
	}
	main := sentPreview{Path: holidayImportPath + "/" + string(sent.ID), Back: holidayImportPath, BackName: "Import holidays", Command: "ownward import holidays",
		Name: sent.Name, ReadAs: "the list " + d.Name, Summary: d.Summary(), Nothing: d.Nothing()}
	added, renamed, gone := sentGroup{Title: "New"}, sentGroup{Title: "With another name"}, sentGroup{Title: "Gone"}
	for _, one := range d.New {
		added.add(sentLine{one.Name, dayOfYear(one.Day)}, mostPreviewed)
	}
	for _, one := range d.Renamed {
		renamed.add(sentLine{one.Name, dayOfYear(one.Day) + ", so far " + one.Was}, mostPreviewed)
	}
	for _, one := range d.Gone {
		gone.add(sentLine{one.Was, dayOfYear(one.Day)}, mostPreviewed)
	}
	main.Groups = []sentGroup{gone, renamed, added}
	for _, each := range d.Problems {
		main.Problems.add(sentProblem{"Line " + strconv.Itoa(each.Line), each.Reason + " " + each.WayOut()}, mostProblems)
	}
	return sentPage.show(c, "Import holidays", "organisation", main)
}

func confirmHolidayImport(c *call) (string, error) {
	c.say(saidHolidayFile)
	return organisationHolidays, dates.ImportSentHolidays(c.tx, c.me, c.id("id"), c.text("seen"))
}

func discardHolidayImport(c *call) (string, error) {
	c.say(saidDiscarded)
	return holidayImportPath, org.RemoveSentFile(c.tx, c.me, org.SentHolidays, c.id("id"))
}

func showHolidayList(c *call) (view, error) {
	l, err := dates.ListByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	days, err := dates.DaysOf(c.tx, c.me, l.ID)
	if err != nil {
		return view{}, err
	}
	main := holidayList{ID: l.ID}
	for _, d := range days {
		year := strconv.Itoa(d.Day.Year())
		if n := len(main.Years); n == 0 || main.Years[n-1].Year != year {
			main.Years = append(main.Years, holidayYear{Year: year})
		}
		last := &main.Years[len(main.Years)-1]
		last.Days = append(last.Days, dateLine{Called: d.Name, Days: d.Day.Time().Format("Monday, 2 January")})
	}
	offices, err := dates.Offices(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, o := range offices {
		if o.List == l.ID {
			main.Counts += ", " + or(o.Name, "everywhere, unless said otherwise")
		}
	}
	if main.Counts != "" {
		main.Counts = main.Counts[2:]
	}
	return holidayListPage.show(c, l.Name, "organisation", main)
}

func removeHolidayList(c *call) (string, error) {
	c.say(saidHolidaysRemove)
	return organisationHolidays, dates.RemoveList(c.tx, c.me, c.id("id"))
}

// dayOfYear writes a day out with its weekday and year.
func dayOfYear(d civil.Date) string { return d.Time().Format("Monday, 2 January 2006") }
