package web

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/holiday"
	"github.com/ownward/ownward/internal/problem"
)

// yourTime is what a person says of their own time.
type yourTime struct {
	Zone       string
	Days       []Field
	Usual      bool
	Contracted Field
	Holidays   Field
	Coming     []dateLine // their next public holidays
	From       string     // where those come from
	Calendars  []calendarLine
	Chooses    bool // they say which holidays the organisation has
	May, Here  bool
}

var yourTimePage = declare[yourTime]("time.html", "time-parts.html")

var (
	saidHours     = says("Your hours are kept. Conversations are laid out within them from now on.")
	saidContract  = says("Kept.")
	saidHolidays  = says("Your holidays are kept.")
	saidUsualWeek = says("The usual hours count again.")
)

const yourTimePath = "/you/time"

// comingHolidays is how many public holidays are shown.
const comingHolidays = 6

func showTime(c *call) (view, error) {
	w, err := dates.MyWorkTime(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := yourTime{Zone: strings.ReplaceAll(c.me.Zone.String(), "_", " "), Usual: w.Usual, May: !c.me.Left, Here: !c.who.Alone, Chooses: c.me.Administrator && !c.me.Left}
	hours := c.formWith("monday")
	for _, day := range dates.Weekdays {
		main.Days = append(main.Days, hours.field(Field{Name: dates.FieldOf(day), Label: day.String(), Autocomplete: "off"}, dates.DayText(w.Hours[day])))
	}
	if main.Contracted, err = c.contractedField(w.Contracted); err != nil {
		return view{}, err
	}
	if main.Holidays, err = c.holidayField(w.Holidays); err != nil {
		return view{}, err
	}
	days, from, err := dates.MyHolidays(c.tx, c.me, civil.Span{From: c.today(), To: c.today().AddDays(365)})
	if err != nil {
		return view{}, err
	}
	main.From = from
	for _, d := range days[:min(len(days), comingHolidays)] {
		main.Coming = append(main.Coming, dateLine{Called: d.Name, Days: day(d.Day, c.today())})
	}
	if main.Calendars, err = c.calendarLines(); err != nil {
		return view{}, err
	}
	return yourTimePage.show(c, "Your time", "you", main)
}

// contractedField lets a person say the hours of their own contract.
func (c *call) contractedField(own int) (Field, error) {
	s, err := conversation.SuggestedRhythm(c.tx, c.me)
	said, where := "", "about 38 hours a week less holidays"
	if own > 0 {
		said = strconv.Itoa(own)
	}
	if s.Revision > 0 && !c.who.Alone {
		where = "as the organisation says for a full year"
	}
	return c.formWith("contracted").field(Field{Name: "contracted", Label: "Contracted hours a year", Type: "number",
		Hint: "Empty: " + thousands(s.HoursAYear) + ", " + where + ". The time of your conversations stands beside it. Only you see it."}, said), err
}

// holidayField lets a person choose their holidays.
func (c *call) holidayField(stands dates.Holidays) (Field, error) {
	f := Field{Name: "holidays", Label: "Public holidays", Type: "select"}
	if !c.who.Alone {
		f.Options = append(f.Options, Option{Value: string(dates.TheOrganisations), Label: "As the organisation says"})
	}
	f.Options = append(f.Options, Option{Value: string(dates.Nobodys), Label: "None"})
	lists, err := dates.Lists(c.tx, c.me)
	if err != nil {
		return f, err
	}
	f.Options = append(f.Options, holidayPlaces(lists)...)
	value := string(stands.Whose)
	if stands.Whose == dates.TheirOwn {
		value = holidayValue(stands.Place, stands.List)
	}
	return c.formWith("holidays").field(f, value), nil
}

// listPrefix is at the beginning of the value for a list of holidays.
const listPrefix = "list "

func holidayValue(place holiday.Place, list db.ID) string {
	if list != "" {
		return listPrefix + string(list)
	}
	return string(place)
}

// holidayPlaces are the choices of holidays: the lists that were brought in, then all places.
func holidayPlaces(lists []dates.List) []Option {
	var all []Option
	for _, l := range lists {
		all = append(all, Option{Value: holidayValue("", l.ID), Label: l.Name + " (a list from a file)"})
	}
	for _, p := range holiday.Places() {
		all = append(all, Option{Value: string(p), Label: p.Name()})
	}
	return all
}

// holidaysIn is what was chosen in a field for holidays.
func (c *call) holidaysIn() dates.Holidays {
	text := c.text("holidays")
	switch whose := dates.Whose(text); {
	case whose == dates.TheOrganisations, whose == dates.Nobodys:
		return dates.Holidays{Whose: whose}
	case strings.HasPrefix(text, listPrefix):
		return dates.Holidays{Whose: dates.TheirOwn, List: db.ID(strings.TrimPrefix(text, listPrefix))}
	}
	return dates.Holidays{Whose: dates.TheirOwn, Place: holiday.Place(text)}
}

func setHours(c *call) (string, error) {
	if c.text("usual") != "" {
		c.say(saidUsualWeek)
		return yourTimePath, dates.SetHoursToUsual(c.tx, c.me)
	}
	wrong := problem.Invalid{}
	var week dates.Week
	for _, day := range dates.Weekdays {
		parts, err := dates.ParseDay(c.text(dates.FieldOf(day)))
		if err != nil {
			wrong[dates.FieldOf(day)] = err.Error()
		}
		week[day] = parts
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	c.say(saidHours)
	return yourTimePath, dates.SetHours(c.tx, c.me, week)
}

func setContract(c *call) (string, error) {
	hours := 0
	if text := c.text("contracted"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			return "", problem.Invalid{"contracted": "Please give whole hours, such as 1765."}
		}
		hours = n
	}
	c.say(saidContract)
	return yourTimePath, dates.SetContract(c.tx, c.me, hours)
}

func chooseHolidays(c *call) (string, error) {
	c.say(saidHolidays)
	return yourTimePath, dates.ChooseHolidays(c.tx, c.me, c.holidaysIn())
}
