package web

import (
	"errors"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/problem"
)

type directionLine struct {
	Href, Called, Words, Author string
	ChangedAt                   time.Time
}

// directions are those for the actor, and for whom they may write.
type directions struct {
	List  []directionLine
	Write []directionFor
	Ended []directionLine
}

// directionFor is for whom a direction can be written that is not said yet.
type directionFor struct{ Href, Called, Hint string }

// oneDirection is a direction, which who may write it changes.
type oneDirection struct {
	New                   bool
	Title, Words, Author  string
	ChangedAt             time.Time
	Action, Revision, End string
	Scope, Department     string
	Field                 Field
	May                   bool
	Ended, Brought        bool
	Earlier               []earlierDirection
	Seen                  Seen
}

type earlierDirection struct {
	Until string
	Words string
}

var (
	directionsPage = declare[directions]("directions.html")
	directionPage  = declare[oneDirection]("direction.html")
)

var (
	saidDirection = says("Said. Those it is for see it beside what is expected of them.")
	saidUnsaid    = says("Taken back.")
)

func (c *call) directionLines() ([]directionLine, error) {
	seen, err := direction.Seen(c.tx, c.me)
	var all []directionLine
	for _, d := range seen {
		all = append(all, directionLineOf(d))
	}
	return all, err
}

func directionLineOf(d direction.Direction) directionLine {
	return directionLine{"/directions/" + string(d.ID), d.Called(), d.Words, d.AuthorName, d.ChangedAt}
}

func listDirections(c *call) (view, error) {
	seen, err := direction.Seen(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	can, err := direction.MayWrite(c.tx, c.me)
	var refused problem.Refused
	if err != nil && !errors.As(err, &refused) {
		return view{}, err
	}
	main := directions{Write: unsaid(can, seen, c)}
	for _, d := range seen {
		main.List = append(main.List, directionLineOf(d))
	}
	ended, err := direction.Ended(c.tx, c.me)
	for _, d := range ended {
		main.Ended = append(main.Ended, directionLineOf(d))
	}
	return orPage(err, func() (view, error) { return directionsPage.show(c, "Where we are heading", "plan", main) })
}

// unsaid are those for whom the actor may write and nothing is said yet.
func unsaid(can direction.Can, seen []direction.Direction, c *call) []directionFor {
	said := map[string]bool{}
	for _, d := range seen {
		if d.Scope != direction.Manager || d.Author == c.me.Person {
			said[string(d.Scope)+"\n"+d.Department] = true
		}
	}
	var all []directionFor
	if can.Organisation && !said["organisation\n"] {
		all = append(all, directionFor{"/directions/new?scope=organisation", "The organisation", "Seen by everybody in it."})
	}
	for i, name := range can.Departments {
		if !said["department\n"+name] && i < 50 {
			all = append(all, directionFor{"/directions/new?scope=department&of=" + strconv.Itoa(i+1), name, "Seen by the people of the department."})
		}
	}
	if can.Manager && !said["manager\n"] {
		all = append(all, directionFor{"/directions/new?scope=manager", "Your team", "Seen by everybody who reports to you, directly or through others."})
	}
	return all
}

// newDirection offers to write one. The address names a department by its place in the list: no
// names stand in addresses.
func newDirection(c *call) (view, error) {
	can, err := direction.MayWrite(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := oneDirection{New: true, Action: "/directions", Scope: c.text("scope"), Department: c.text("department"), May: true, Field: c.directionField("")}
	if n := int(c.count("of", 0)); n > 0 && n <= len(can.Departments) {
		main.Department = can.Departments[n-1]
	}
	switch direction.Scope(main.Scope) {
	case direction.Organisation:
		main.Title, main.Seen = "Where the organisation is heading", Seen{Text: "everybody in the organisation", Shared: true}
	case direction.Department:
		main.Title, main.Seen = "Where "+main.Department+" is heading", Seen{Text: "everybody in " + main.Department, Shared: true}
	default:
		main.Scope, main.Title, main.Seen = string(direction.Manager), "Where your team is heading", Seen{Text: "everybody who reports to you, directly or through others", Shared: true}
	}
	if !can.Any() {
		return view{}, problem.Refused("Nothing of this is yours to say: administrators speak for the organisation, heads for their department, managers for those who report to them.")
	}
	return directionPage.show(c, main.Title, "people", main)
}

func (c *call) directionField(stands string) Field {
	return c.form.field(Field{Name: "words", Label: "In a few sentences", Type: "textarea", Rows: 6, Required: true, Hint: "What will be different, and what you are ready to leave aside for it. A goal may name what it serves."}, stands)
}

func writeDirection(c *call) (string, error) {
	d, err := direction.Write(c.tx, c.me, direction.Input{Scope: direction.Scope(c.text("scope")), Department: c.text("department"), Words: c.text("words")})
	c.say(saidDirection)
	return "/directions/" + string(d.ID), err
}

func showDirection(c *call) (view, error) {
	d, err := direction.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	href := "/directions/" + string(d.ID)
	main := oneDirection{
		Title: d.Called(), Words: d.Words, Author: d.AuthorName, ChangedAt: d.ChangedAt, Action: href, End: href + "/end", Revision: c.form.RevisionOr(d.Revision),
		Field: c.directionField(d.Words), Ended: !d.EndedAt.IsZero(), Brought: d.Brought, Seen: seenDirection(d),
	}
	if main.May, err = direction.MayChange(c.tx, c.me, d); err != nil {
		return view{}, err
	}
	earlier, err := direction.Earlier(c.tx, c.me, d)
	for _, e := range earlier {
		main.Earlier = append(main.Earlier, earlierDirection{c.stamp(e.At), e.Text["words"]})
	}
	return orPage(err, func() (view, error) { return directionPage.show(c, main.Title, "people", main) })
}

func seenDirection(d direction.Direction) Seen {
	switch {
	case d.Brought || !d.EndedAt.IsZero():
		return onlyYou
	case d.Scope == direction.Organisation:
		return Seen{Text: "everybody in the organisation", Shared: true}
	case d.Scope == direction.Department:
		return Seen{Text: "everybody in " + d.Department + ", and administrators", Shared: true}
	}
	return Seen{Text: d.AuthorName + " and everybody below in the line", Shared: true}
}

func changeDirection(c *call) (string, error) {
	id := c.id("id")
	c.say(saidDirection)
	return "/directions/" + string(id), direction.Change(c.tx, c.me, id, c.revision(), c.text("words"))
}

func endDirection(c *call) (string, error) {
	c.say(saidUnsaid)
	return "/directions", direction.End(c.tx, c.me, c.id("id"))
}

// servesField offers the directions that are for the visitor, for a goal to name one; no options
// where there are none.
func (c *call) servesField(stands db.ID) (Field, error) {
	f := Field{Name: "direction", Label: "Which direction it serves", Type: "select", Hint: "Who sees the goal sees the direction only if it is for them too."}
	seen, err := direction.Seen(c.tx, c.me)
	if err != nil || len(seen) == 0 {
		return f, err
	}
	f.Options = []Option{{Label: "None of these"}}
	for _, d := range seen {
		f.Options = append(f.Options, Option{Value: string(d.ID), Label: d.Called() + ": " + d.Opening()})
	}
	return c.form.field(f, string(stands)), nil
}
