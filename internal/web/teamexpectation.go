package web

import (
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/problem"
)

// team is what those who report to the actor are expected, and what the actor wrote of it.
type team struct {
	Reports []teamLine
	Written []writtenLine
	Leads   bool
}

type teamLine struct {
	Name, Href, Job   string
	Role, Level       string
	RoleHref          string
	Written, AdaptURL string // the actor's own text; where it begins
}

type writtenLine struct {
	Href, Name, Adapts string
	MadeAt             time.Time
}

// writtenRole is a role that the actor wrote, to be changed.
type writtenRole struct {
	New                      bool
	Href, Action, Revision   string
	Title, Adapts            string
	AdaptsHref               string
	Behind                   bool // the organisation's is another version by now
	Name, About, LevelsField Field
	Levels                   []levelRow
	Version                  int64
	MadeAt                   time.Time
	Kept                     bool // ended or brought along: to read
	Seen                     Seen
}

type levelRow struct {
	Href, Name string
	Asks       int
}

// writtenLevel is what a level asks for, as its author writes it.
type writtenLevel struct {
	Href, Action, Revision string
	Role, Level            string
	About, Lines           Field
	Asks                   []askGroup
	Kept                   bool
	Seen                   Seen
}

var (
	teamPage         = declare[team]("team.html")
	writtenRolePage  = declare[writtenRole]("team-role.html")
	writtenLevelPage = declare[writtenLevel]("team-level.html", "expectation-parts.html", "plan-parts.html")
)

var (
	seenByTeam   = Seen{Text: "you and everybody who reports to you", Shared: true}
	saidWritten  = says("Kept as a new version. Those who report to you see it; what they were measured against before stays as it was.")
	saidRoleEnds = says("Ended. Those who report to you see what the organisation asks.")
)

func showTeam(c *call) (view, error) {
	reports, err := expectation.OfReports(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	written, err := expectation.Written(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := team{Leads: len(reports) > 0}
	for _, r := range reports {
		line := teamLine{Name: r.Person.Name, Href: "/people/" + string(r.Person.ID), Job: r.Person.JobTitle}
		if r.Known {
			line.Role, line.Level = r.Role.Name, r.Standing.Level.Name
			line.RoleHref = roleHref(r.Role)
			if r.Written != "" {
				line.Written, line.RoleHref = "/team/expectations/"+string(r.Written), ""
			} else {
				line.AdaptURL = roleHref(r.Role) + "/adaptation"
			}
		}
		main.Reports = append(main.Reports, line)
	}
	for _, r := range written {
		main.Written = append(main.Written, writtenLine{"/team/expectations/" + string(r.ID), r.Name, r.AdaptsName, r.Version.MadeAt})
	}
	return teamPage.show(c, "What I expect", "people", main)
}

func newWritten(c *call) (view, error) {
	main := writtenRole{New: true, Title: "A role of your team", Action: "/team/expectations", Seen: seenByTeam}
	c.roleFields(&main, expectation.RoleInput{Name: c.text("name")})
	return writtenRolePage.show(c, main.Title, "people", main)
}

func (c *call) roleFields(main *writtenRole, in expectation.RoleInput) {
	main.Name = c.form.field(Field{Name: "name", Label: "Role", Type: "own", Required: true, Max: 200, Hint: "As the job title of those who report to you names it: so they are found."}, in.Name)
	main.About = c.form.field(Field{Name: "about", Label: "What the role is for", Type: "textarea", Rows: 3}, in.About)
	main.LevelsField = c.form.field(Field{Name: "levels", Label: "Its levels", Type: "textarea", Rows: 4, Hint: "A line a level, the first one first. A level that is no longer named goes with what it asks for."}, in.Levels)
}

func (c *call) roleInput() expectation.RoleInput {
	return expectation.RoleInput{Name: c.text("name"), About: c.text("about"), Levels: c.text("levels")}
}

func writeRole(c *call) (string, error) {
	r, err := expectation.WriteRole(c.tx, c.me, c.roleInput())
	return "/team/expectations/" + string(r.ID), err
}

func showWritten(c *call) (view, error) {
	r, err := expectation.WrittenByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	href := "/team/expectations/" + string(r.ID)
	main := writtenRole{
		Href: href, Action: href, Title: r.Name, Adapts: r.AdaptsName, Revision: c.form.RevisionOr(r.Version.Number), Version: r.Version.Number,
		MadeAt: r.Version.MadeAt, Kept: r.Brought || !r.RetiredAt.IsZero() || c.me.Left, Seen: seenByTeam,
	}
	if main.Kept {
		main.Seen = onlyYou
	}
	if r.Adapts != "" && !c.me.Left {
		theirs, err := expectation.RoleByID(c.tx, c.me, r.Adapts)
		if err != nil {
			return view{}, err
		}
		main.AdaptsHref, main.Behind = roleHref(theirs), theirs.Author == "" && theirs.Version.Number > r.Adapted
	}
	asks, err := expectation.Of(c.tx, c.me, r)
	if err != nil {
		return view{}, err
	}
	for _, l := range r.Levels {
		row := levelRow{Href: href + "/levels/" + strconv.FormatInt(l.Position+1, 10), Name: l.Name}
		for _, e := range asks {
			if e.Level.Key == l.Key {
				row.Asks++
			}
		}
		main.Levels = append(main.Levels, row)
	}
	c.roleFields(&main, expectation.RoleInput{Name: r.Name, About: r.About, Levels: expectation.LevelLines(r.Levels)})
	return writtenRolePage.show(c, r.Name, "people", main)
}

func changeWritten(c *call) (string, error) {
	id := c.id("id")
	c.say(saidWritten)
	return "/team/expectations/" + string(id), expectation.ChangeRole(c.tx, c.me, id, c.revision(), c.roleInput())
}

func endWritten(c *call) (string, error) {
	c.say(saidRoleEnds)
	return "/team/expectations", expectation.EndRole(c.tx, c.me, c.id("id"))
}

// writtenLevelOf finds the level that the path counts from 1.
func (c *call) writtenLevelOf() (expectation.Role, expectation.Level, error) {
	r, err := expectation.WrittenByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return r, expectation.Level{}, err
	}
	n, err := strconv.Atoi(c.PathValue("level"))
	if err != nil || n < 1 || n > len(r.Levels) {
		return r, expectation.Level{}, problem.NotFound
	}
	return r, r.Levels[n-1], nil
}

func showWrittenLevel(c *call) (view, error) {
	r, level, err := c.writtenLevelOf()
	if err != nil {
		return view{}, err
	}
	text, err := expectation.TextOf(c.tx, c.me, r, r.Version.Number)
	if err != nil {
		return view{}, err
	}
	asks, err := expectation.At(c.tx, c.me, r, level.Key)
	if err != nil {
		return view{}, err
	}
	stands, _ := text.Level(level.Key)
	href := "/team/expectations/" + string(r.ID)
	main := writtenLevel{
		Href: href, Action: href + "/levels/" + c.PathValue("level"), Revision: c.form.RevisionOr(r.Version.Number), Role: r.Name, Level: level.Name,
		Asks: askGroups(asks), Kept: r.Brought || !r.RetiredAt.IsZero() || c.me.Left, Seen: seenByTeam,
		About: c.form.field(Field{Name: "about", Label: "What the level is about", Type: "textarea", Rows: 2}, stands.About),
		Lines: c.form.field(Field{Name: "lines", Label: "What it asks for", Type: "textarea", Rows: 14,
			Hint: "A line each. “Facilitation: 3. Leads a workshop of ten.” is a skill with its level from 0 to 5; any other sentence is kept as it is. " +
				"A line that begins with # is the theme of those below it; an indented line is an example of the one above."}, stands.Lines),
	}
	return writtenLevelPage.show(c, r.Name+", "+level.Name, "people", main)
}

func changeWrittenLevel(c *call) (string, error) {
	r, level, err := c.writtenLevelOf()
	if err != nil {
		return "", err
	}
	c.say(saidWritten)
	in := expectation.LevelInput{About: c.text("about"), Lines: c.text("lines")}
	return "/team/expectations/" + string(r.ID) + "/levels/" + c.PathValue("level"), expectation.WriteLevel(c.tx, c.me, r.ID, c.revision(), level.Key, in)
}
