package web

import (
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/dates"
)

// calendarLine is a calendar on its person's page.
type calendarLine struct {
	Href, Host, How string
	Says            string // when it was read, and how much
	Aside           string // what of it could not be read
	Wrong           string // why it could not be, and since when
}

// newCalendars are the two ways to give a calendar.
type newCalendars struct {
	Address, Server, Name, Password Field
}

var newCalendarPage = declare[newCalendars]("timecalendar.html")

var (
	saidCalendarAdded   = says("Kept. It is being read: in a moment this page says how that went.")
	saidCalendarRefresh = says("It is being read: in a moment this page says how that went.")
	saidCalendarRemoved = says("Removed, with all that was read of it.")
)

func (c *call) calendarLines() ([]calendarLine, error) {
	all, err := dates.Calendars(c.tx, c.me)
	var lines []calendarLine
	for _, one := range all {
		line := calendarLine{Href: yourTimePath + "/calendars/" + string(one.ID), Host: one.Host(), How: "its address"}
		if one.Kind == dates.OnCalDAV {
			line.How = "CalDAV, as " + one.UserName
		}
		switch {
		case one.ReadAt.IsZero() && one.Failure == "":
			line.Says = "Not read yet."
		case one.ReadAt.IsZero():
		case one.Times == 1:
			line.Says = "Read on " + c.dayAndClock(one.ReadAt) + ": one busy time in the year ahead."
		default:
			line.Says = "Read on " + c.dayAndClock(one.ReadAt) + ": " + strconv.Itoa(one.Times) + " busy times in the year ahead."
		}
		if one.SetAside > 0 {
			line.Aside = strconv.Itoa(one.SetAside) + " of its entries could not be read, and were left out."
		}
		if one.Failure != "" {
			line.Wrong = calendarFailures[one.Failure] + " Since " + c.dayAndClock(one.FailedSince) + "; it is tried again by itself."
			if !one.ReadAt.IsZero() {
				line.Wrong += " Until then what was read before counts."
			}
		}
		lines = append(lines, line)
	}
	return lines, err
}

// calendarFailures say what can be done.
var calendarFailures = map[dates.Failure]string{
	dates.NeedsPassword: "Its password is not known here any more. Please remove it and add it again.",
	dates.WrongName:     "The server does not let us in. Perhaps the address or the password was changed: then add it again.",
	dates.NothingThere:  "There is nothing at this address. Perhaps it was changed where you keep the calendar.",
	dates.NotReached:    "The server could not be reached.",
	dates.TooSlow:       "The server took too long to answer.",
	dates.TooLarge:      "The calendar is larger than 16 MB, more than can be read.",
	dates.ServerFailed:  "The server answered with an error.",
	dates.NotAllowed:    "The address lies within your organisation’s own network, and this installation does not read calendars there. Whoever runs it can allow it.",
	dates.NoCalendar:    "What is there is no calendar. Take the address that ends in .ics, not that of the page.",
}

// dayAndClock is a moment as the reader's clock shows it.
func (c *call) dayAndClock(t time.Time) string {
	return c.stamp(t) + " at " + t.In(c.me.Zone).Format("15:04")
}

func newCalendar(c *call) (view, error) {
	var main newCalendars
	byAddress, byServer := c.form, Form{}
	if c.form.Values.Has("user_name") {
		byAddress, byServer = Form{}, c.form
	}
	main.Address = byAddress.field(Field{Name: "address", Label: "Private address of your calendar", Type: "url", Required: true, Autocomplete: "off",
		Hint: "It ends in .ics, or begins with webcal. Whoever has it reads your calendar, so it is shown to nobody."}, "")
	main.Server = byServer.field(Field{Name: "address", Label: "Address of the calendar on its server", Type: "url", Required: true, Autocomplete: "off",
		Hint: "Of one calendar, such as https://calendar.example/ines/."}, "")
	main.Name = byServer.field(Field{Name: "user_name", Label: "Your name there", Type: "text", Required: true, Autocomplete: "off"}, "")
	main.Password = Field{Name: "password", Label: "The password for it", Type: "password", Required: true, Autocomplete: "new-password", Error: byServer.Error("password"),
		Hint: "If your server offers passwords for one program each, make one for this. It is kept sealed, and goes with the calendar."}
	return newCalendarPage.show(c, "Add a calendar", "you", main)
}

func (s *Server) addCalendar(c *call) (string, error) {
	in := dates.NewCalendar{Kind: dates.AtAddress, Address: c.text("address")}
	if c.Form.Has("user_name") {
		in.Kind, in.UserName, in.Password = dates.OnCalDAV, c.text("user_name"), c.Form.Get("password")
	}
	c.say(saidCalendarAdded)
	_, err := dates.AddCalendar(c.tx, c.me, s.Key, in)
	return yourTimePath, err
}

func refreshCalendar(c *call) (string, error) {
	c.say(saidCalendarRefresh)
	return yourTimePath, dates.RefreshCalendar(c.tx, c.me, c.id("id"))
}

func removeCalendar(c *call) (string, error) {
	c.say(saidCalendarRemoved)
	return yourTimePath, dates.RemoveCalendar(c.tx, c.me, c.id("id"))
}
