package web

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// dateList is the dates that matter to the visitor.
type dateList struct {
	Past                       bool // those that are over
	Organisation, Mine, Theirs []dateLine
	Keeps, Left, Alone         bool
}

type dateLine struct {
	Href, Called, Kind, Days, Who string
	Seen                          *Seen
}

// oneDate is a date, which its owner changes.
type oneDate struct {
	Title, Crumb, CrumbHref   string
	Days, Kind, Note, Owner   string // to whom it is shown
	Action, Revision, Removal string // of its owner
	May, New                  bool
	Fields                    dateFields
	Team                      string // whom it would be shown to as a team
	TeamAction                string
	Seen                      Seen
	Looks                     []looked
}

type dateFields struct{ Kind, Title, From, To, Note, Shows Field }

// keptDates are the organisation's, with the form for one more.
type keptDates struct {
	Coming, Past []dateLine
	Fields       dateFields
}

var (
	datesPage             = declare[dateList]("dates.html", "date-parts.html")
	datePage              = declare[oneDate]("date.html", "date-parts.html", "plan-parts.html")
	organisationDatesPage = declare[keptDates]("organisation-dates.html", "date-parts.html")
)

var (
	saidDateKept    = says("Kept. Only you see it until you show it to somebody.")
	saidDateRemoved = says("Removed.")
	saidDateTeam    = says("Your team sees it now, each of them by name. You can take it back at any time.")
	saidDateForAll  = says("Kept. Everybody in the organisation sees it.")
)

// A list of dates reaches two years forward and a year back.
func (c *call) coming() dates.Span { return dates.Span{From: c.today(), To: c.today().AddDays(730)} }

func (c *call) over() dates.Span {
	return dates.Span{From: c.today().AddDays(-365), To: c.today().AddDays(-1)}
}

func listDates(c *call) (view, error) {
	main := dateList{Past: c.text("show") == "past", Keeps: c.me.Administrator && !c.me.Left, Left: c.me.Left, Alone: c.who.Alone}
	in := c.coming()
	if main.Past {
		in = c.over()
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, part := range []struct {
		into *[]dateLine
		read func() ([]dates.Date, error)
	}{
		{&main.Organisation, func() ([]dates.Date, error) { return dates.OfOrganisation(c.tx, c.me, in) }},
		{&main.Mine, func() ([]dates.Date, error) { return dates.Of(c.tx, c.me, c.me.Person, in) }},
		{&main.Theirs, func() ([]dates.Date, error) { return dates.Shown(c.tx, c.me, in) }},
	} {
		found, err := part.read()
		if err != nil {
			return view{}, err
		}
		for _, d := range found {
			if main.Past && !d.To.Before(c.today()) {
				continue // it goes on
			}
			line := c.dateLine(d)
			if d.Owner == c.me.Person {
				line.Who = ""
				seen := c.seenBy(given.Of("date", d.ID, "", false), line.Href+"/share")
				line.Seen = &seen
			}
			*part.into = append(*part.into, line)
		}
	}
	return datesPage.show(c, "Dates that matter", "conversations", main)
}

func (c *call) dateLine(d dates.Date) dateLine {
	line := dateLine{Href: PathOf(d.Thing()), Called: d.Called(), Days: daysOf(d, c.today()), Who: d.OwnerName}
	if d.IsOrganisations() {
		line.Href = ""
	}
	if d.Title != "" && d.Kind != dates.Other {
		line.Kind = d.Kind.Title()
	}
	return line
}

// daysOf writes the days of a date.
func daysOf(d dates.Date, today civil.Date) string {
	if d.From == d.To {
		return day(d.From, today)
	}
	if d.From.Month() == d.To.Month() && d.From.Year() == d.To.Year() {
		return strings.TrimSuffix(d.From.Time().Format("2"), " ") + " to " + day(d.To, today)
	}
	return day(d.From, today) + " to " + day(d.To, today)
}

// dateFieldsOf is the form of a date.
func (c *call) dateFieldsOf(form Form, kinds []dates.Kind, stands dates.Text) dateFields {
	f := dateFields{Kind: Field{Name: "kind", Label: "What it is", Type: "select"}}
	for _, k := range kinds {
		f.Kind.Options = append(f.Kind.Options, Option{Value: string(k), Label: k.Title()})
	}
	f.Kind = form.field(f.Kind, string(stands.Kind))
	f.Title = form.field(Field{Name: "title", Label: "What you call it", Type: "own", Hint: "A few words, such as: walking holiday, release week. It may stay empty."}, stands.Title)
	f.From = form.field(Field{Name: "from", Label: "First day", Type: "date", Required: true}, stands.From.String())
	to := stands.To.String()
	if stands.To == stands.From {
		to = ""
	}
	f.To = form.field(Field{Name: "to", Label: "Last day", Type: "date", Hint: "Empty: one day."}, to)
	f.Note = form.field(Field{Name: "note", Label: "A note", Type: "textarea", Rows: 2}, stands.Note)
	f.Shows = form.field(Field{Name: "shows", Label: "Whom you show it to reads", Type: "radio-row", Options: []Option{
		{Value: string(dates.Days), Label: "the days", Hint: "and what kind it is"}, {Value: string(dates.Words), Label: "the words too", Hint: "what you call it, and the note"},
	}}, string(stands.Shows))
	return f
}

func (c *call) dateIn() (dates.Text, error) {
	wrong := problem.Invalid{}
	in := dates.Text{Kind: dates.Kind(c.text("kind")), Title: c.text("title"), Note: c.text("note"), Shows: dates.Shows(c.text("shows"))}
	in.From, in.To = c.day("from", wrong), c.day("to", wrong)
	return in, wrong.Err()
}

func newDate(c *call) (view, error) {
	main := oneDate{
		Title: "A date of your own", Crumb: "Dates that matter", CrumbHref: "/dates", Action: "/dates", New: true, May: true, Seen: onlyYou,
		Fields: c.dateFieldsOf(c.form, dates.Kinds, dates.Text{Kind: dates.Absence, Shows: dates.Days}),
	}
	return datePage.show(c, main.Title, "conversations", main)
}

func addDate(c *call) (string, error) {
	in, err := c.dateIn()
	if err != nil {
		return "", err
	}
	d, err := dates.Add(c.tx, c.me, in)
	c.say(saidDateKept)
	return PathOf(d.Thing()), err
}

// showDate shows a date of a person's: to its owner to be changed, to others to be read.
func showDate(c *call) (view, error) {
	d, err := dates.ByID(c.tx, c.me, c.id("id"))
	if err == nil && d.IsOrganisations() {
		err = problem.NotFound
	}
	if err != nil {
		return view{}, err
	}
	href := PathOf(d.Thing())
	main := oneDate{
		Title: d.Called(), Crumb: "Dates that matter", CrumbHref: "/dates", Days: daysOf(d, c.today()), Kind: d.Kind.Title(), Note: d.Note, Owner: d.OwnerName,
		Action: href, Removal: href + "/removal", TeamAction: href + "/team", May: d.Owner == c.me.Person && !c.me.Left,
	}
	if d.Owner != c.me.Person {
		c.lookedAt(d.Owner, whatIs(d.Thing()))
		main.Seen = Seen{Shared: true, Text: "you and " + d.OwnerName}
		return datePage.show(c, main.Title, "people", main)
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Seen = c.seenBy(given.Of("date", d.ID, "", false), href+"/share")
	if main.Looks, err = c.looks(whatIs(d.Thing()), 20); err != nil {
		return view{}, err
	}
	if main.Team, err = c.teamNames(); err != nil {
		return view{}, err
	}
	form := c.formOf("/dates/{id}")
	main.Fields, main.Revision = c.dateFieldsOf(form, dates.Kinds, d.Text), form.RevisionOr(d.Revision)
	return datePage.show(c, main.Title, "conversations", main)
}

// teamNames names the visitor's manager and their team; nothing where there is nobody.
func (c *call) teamNames() (string, error) {
	if c.me.Left {
		return "", nil
	}
	team, err := dates.Team(c.tx, c.me)
	if err != nil {
		return "", err
	}
	var names []string
	if manager, err := org.ManagerOf(c.tx, c.me); err == nil {
		names = append(names, manager.Name)
	} else if err != problem.NotFound {
		return "", err
	}
	for _, p := range team {
		names = append(names, p.Name)
	}
	if len(names) < 2 {
		return strings.Join(names, ""), nil
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1], nil
}

func changeDate(c *call) (string, error) {
	in, err := c.dateIn()
	if err != nil {
		return "", err
	}
	if _, err := dates.Mine(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	return "/dates", dates.Change(c.tx, c.me, c.id("id"), c.revision(), in)
}

func removeDate(c *call) (string, error) {
	if _, err := dates.Mine(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	c.say(saidDateRemoved)
	return "/dates", dates.Remove(c.tx, c.me, c.id("id"))
}

func shareDate(c *call) (view, error) {
	d, err := dates.Mine(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	return c.shareThing(d.Thing(), d.Called(), "conversations", "", false)
}

// giveDate shares a date of the actor's.
func giveDate(tx *db.Tx, me org.Actor, id db.ID, with plan.With) error {
	d, err := dates.Mine(tx, me, id)
	if err != nil {
		return err
	}
	return plan.Give(tx, me, d.Thing(), with)
}

func showDateToTeam(c *call) (string, error) {
	c.say(saidDateTeam)
	return PathOf(event.Thing{Kind: "date", ID: c.id("id")}), dates.ShareWithTeam(c.tx, c.me, c.id("id"))
}
