package web

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/dates"
)

// holidaysKept is which holidays the organisation has, to who looks after it.
type holidaysKept struct {
	Everywhere string
	Offices    []officeLine
	Lists      []listLine
	For, Which Field
	Alone      bool
}

type officeLine struct{ Name, Holidays string }

type listLine struct{ Href, Name, Days string }

func listLineOf(l dates.List) listLine {
	line := listLine{holidayListPath + string(l.ID), l.Name, manyOf(l.Days, "day", "days")}
	switch from, to := l.First.Year(), l.Last.Year(); {
	case l.Days == 0:
		line.Days = "no day yet"
	case from == to:
		line.Days += fmt.Sprintf(", %d", from)
	default:
		line.Days += fmt.Sprintf(", %d to %d", from, to)
	}
	return line
}

var holidaysPage = declare[holidaysKept]("holidays.html")

var (
	saidOffice        = says("Kept. Conversations that are laid out from now on heed it.")
	saidOfficeRemoved = says("Removed. There the holidays of everywhere else count.")
)

const organisationHolidays = "/organisation/holidays"

func showHolidays(c *call) (view, error) {
	offices, err := dates.Offices(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := holidaysKept{Everywhere: "none chosen yet", Alone: c.who.Alone}
	for _, o := range offices {
		if o.Name == "" {
			main.Everywhere = o.Called()
		} else {
			main.Offices = append(main.Offices, officeLine{o.Name, o.Called()})
		}
	}
	lists, err := dates.Lists(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, l := range lists {
		main.Lists = append(main.Lists, listLineOf(l))
	}
	if main.For, err = c.officeField(); err != nil {
		return view{}, err
	}
	places := holidayPlaces(lists)
	none := Option{Value: string(dates.Nobodys), Label: "None"}
	main.Which = c.form.field(Field{Name: "holidays", Label: "Holidays", Type: "select", Options: append([]Option{none}, places...)}, "")
	return holidaysPage.show(c, "Public holidays", "organisation", main)
}

// officeField offers everywhere, and the places where people work.
func (c *call) officeField() (Field, error) {
	f := Field{Name: "office", Label: "Where", Type: "select", Options: []Option{{Value: "", Label: "Everywhere, unless said otherwise"}}}
	locations, err := dates.Locations(c.tx, c.me)
	if err != nil {
		return f, err
	}
	if typed := c.form.Value("office", ""); typed != "" && !slices.Contains(locations, typed) {
		locations = append(locations, typed)
	}
	for _, name := range locations {
		f.Options = append(f.Options, Option{Value: name, Label: name})
	}
	if len(locations) == 0 {
		f.Hint = "Nobody’s place of work is known yet: it comes with the people file."
	}
	return c.form.field(f, ""), nil
}

func chooseForOffice(c *call) (string, error) {
	of := c.holidaysIn()
	of.Whose = ""
	c.say(saidOffice)
	return organisationHolidays, dates.ChooseForOffice(c.tx, c.me, strings.TrimSpace(c.text("office")), of)
}

func removeOffice(c *call) (string, error) {
	c.say(saidOfficeRemoved)
	return organisationHolidays, dates.RemoveOffice(c.tx, c.me, c.text("office"))
}
