package web

import (
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/org"
)

// expected is what is expected of somebody today, and every role they can look at.
type expected struct {
	Known, Untitled bool
	Job             string
	Role            roleLine
	Level, Next     string // their names
	NextHref        string
	Asks            []askGroup
	Frameworks      []frameworkOf
	Leads           bool // somebody reports to the actor
	Assessed        bool // they have kept an assessment
	Directions      []directionLine
}

// frameworkOf is a framework with its roles; without a name, those that a manager wrote.
type frameworkOf struct {
	Name  string
	Roles []roleLine
}

type roleLine struct {
	Href, Name, About, Levels string
	By                        string // the manager who wrote or adapted it
}

// askGroup are expectations of one kind: the skills, or the prose of one theme.
type askGroup struct {
	Theme string
	Asks  []askedLine
}

type askedLine struct {
	Skill      string // empty: prose
	Asked      string
	Picture    levelPicture
	Words      string
	Examples   []string
	About      string
	Behaviours []behaviour
}

// behaviour is what a level of a skill looks like.
type behaviour struct {
	Level, Words string
	Asked        bool
}

var (
	expectedPage     = declare[expected]("expectations.html", "expectation-parts.html", "plan-parts.html")
	rolePage         = declare[oneRole]("expectation.html", "expectation-parts.html", "plan-parts.html")
	roleVersionsPage = declare[roleVersions]("expectation-versions.html", "expectation-parts.html", "plan-parts.html")
)

func showExpected(c *call) (view, error) {
	today, err := expectation.Today(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	me, err := org.Me(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := expected{Known: today.Known, Untitled: me.JobTitle == "", Job: me.JobTitle}
	if today.Known {
		main.Role = roleLineOf(today.Role)
	}
	if today.Level.Key != "" {
		main.Level, main.Role.Href = today.Level.Name, levelHref(today.Role, today.Level)
		asks, err := expectation.At(c.tx, c.me, today.Role, today.Level.Key)
		if err != nil {
			return view{}, err
		}
		main.Asks = askGroups(asks)
	}
	if today.Next.Key != "" {
		main.Next, main.NextHref = today.Next.Name, levelHref(today.Role, today.Next)
	}
	roles, err := expectation.Roles(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Frameworks = frameworksOf(roles)
	return main.show(c)
}

func (main expected) show(c *call) (view, error) {
	var err error
	if main.Leads, err = org.HasReports(c.tx, c.me); err != nil {
		return view{}, err
	}
	kept, err := expectation.Assessments(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Assessed = len(kept) > 0
	if main.Directions, err = c.directionLines(); err != nil {
		return view{}, err
	}
	return expectedPage.show(c, "What is expected", "plan", main)
}

func frameworksOf(roles []expectation.Role) []frameworkOf {
	var all []frameworkOf
	for _, r := range roles {
		if n := len(all); n == 0 || all[n-1].Name != r.Framework {
			all = append(all, frameworkOf{Name: r.Framework})
		}
		last := &all[len(all)-1]
		last.Roles = append(last.Roles, roleLineOf(r))
	}
	return all
}

func roleHref(r expectation.Role) string { return "/expectations/" + string(r.ID) }

func levelHref(r expectation.Role, l expectation.Level) string {
	return roleHref(r) + "?level=" + strconv.FormatInt(l.Position+1, 10)
}

func roleLineOf(r expectation.Role) roleLine {
	line := roleLine{Href: roleHref(r), Name: r.Name, About: r.About, By: r.AuthorName}
	for i, l := range r.Levels {
		if i > 0 {
			line.Levels += ", "
		}
		line.Levels += l.Name
	}
	return line
}

// askGroups puts the skills first, then the prose, theme by theme in the order of the framework.
func askGroups(asks []expectation.Expectation) []askGroup {
	at := map[string]int{}
	skills, prose := askGroup{}, []askGroup{}
	for _, e := range asks {
		if !e.Prose() {
			skills.Asks = append(skills.Asks, askedLineOf(e))
			continue
		}
		if _, ok := at[e.Theme]; !ok {
			at[e.Theme] = len(prose)
			prose = append(prose, askGroup{Theme: e.Theme})
		}
		group := &prose[at[e.Theme]]
		group.Asks = append(group.Asks, askedLineOf(e))
	}
	if len(skills.Asks) == 0 {
		return prose
	}
	return append([]askGroup{skills}, prose...)
}

func askedLineOf(e expectation.Expectation) askedLine {
	line := askedLine{Skill: e.Skill, Words: e.Shows(), Examples: e.Examples, About: e.About}
	if e.Prose() {
		return line
	}
	line.Asked = strconv.FormatInt(e.Asked, 10) + ", " + levelWords(e.Asked)
	line.Picture = pictureOfAsked(e.Asked)
	for level, words := range e.Behaviour {
		if words != "" {
			line.Behaviours = append(line.Behaviours, behaviour{strconv.Itoa(level) + ", " + levelWords(int64(level)), words, int64(level) == e.Asked})
		}
	}
	return line
}

// pictureOfAsked draws an asked level as five strokes.
func pictureOfAsked(level int64) levelPicture {
	p := levelPicture{Label: "level " + strconv.FormatInt(level, 10) + " of 5"}
	for i := range int64(5) {
		class, inset, side := "none", "1", "14"
		x := strconv.FormatInt(18*i, 10)
		if i < level {
			class = "has"
		}
		p.Strokes = append(p.Strokes, stroke{class, x, inset, side})
	}
	return p
}

// oneRole is a role at one of its levels.
type oneRole struct {
	Href, ID    string
	Framework   string
	Name, About string
	By          string // the manager who wrote or adapted it
	Adapted     bool
	Retired     bool
	Version     int64
	MadeAt      time.Time
	Source      string
	Levels      []levelTab
	Level       string // the name of the one that is shown
	LevelAbout  string
	Track       string
	Mine        bool // the actor stands at this level
	Number      string
	Asks        []askGroup
	Written     string // the actor's own text of it, where somebody reports to them
	Adapt       bool   // they may begin one
}

type levelTab struct {
	Href, Name string
	Here       bool
	Mine       bool
}

func showRole(c *call) (view, error) {
	r, err := expectation.RoleByID(c.tx, c.me, c.id("role"))
	if err != nil {
		return view{}, err
	}
	today, err := expectation.Today(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	mine := ""
	if today.Role.ID == r.ID {
		mine = today.Level.Key
	}
	main := roleOf(r)
	at := c.levelOf(r, mine)
	for _, l := range r.Levels {
		main.Levels = append(main.Levels, levelTab{levelHref(r, l), l.Name, l.Key == at.Key, l.Key == mine})
	}
	if at.Key != "" {
		main.Level, main.LevelAbout, main.Track, main.Mine, main.Number = at.Name, at.About, at.Track, at.Key == mine, strconv.FormatInt(at.Position+1, 10)
		asks, err := expectation.At(c.tx, c.me, r, at.Key)
		if err != nil {
			return view{}, err
		}
		main.Asks = askGroups(asks)
	}
	if err := c.mayAdapt(&main, r); err != nil {
		return view{}, err
	}
	return rolePage.show(c, r.Name, "plan", main)
}

func roleOf(r expectation.Role) oneRole {
	return oneRole{Href: roleHref(r), ID: string(r.ID), Framework: r.Framework, Name: r.Name, About: r.About, By: r.AuthorName, Adapted: r.Adapts != "",
		Retired: !r.RetiredAt.IsZero(), Version: r.Version.Number, MadeAt: r.Version.MadeAt, Source: r.Version.Source}
}

// mayAdapt says whether the actor, to whom somebody reports, has a text of their own of the role
// or may begin one.
func (c *call) mayAdapt(main *oneRole, r expectation.Role) error {
	leads, err := org.HasReports(c.tx, c.me)
	if err != nil || !leads {
		return err
	}
	written, err := expectation.Written(c.tx, c.me)
	for _, w := range written {
		if w.Adapts == r.ID || w.ID == r.ID {
			main.Written = "/team/expectations/" + string(w.ID)
		}
	}
	main.Adapt = main.Written == "" && r.RetiredAt.IsZero() && (r.Author == "" || r.Adapts != "")
	return err
}

// levelOf is the level that the address names, counted from 1; else the one where the actor
// stands; else the first.
func (c *call) levelOf(r expectation.Role, mine string) expectation.Level {
	if n, err := strconv.Atoi(c.text("level")); err == nil && n > 0 && n <= len(r.Levels) {
		return r.Levels[n-1]
	}
	if l, ok := r.LevelAt(mine); ok {
		return l
	}
	return append(r.Levels, expectation.Level{})[0]
}

// roleVersions are the versions of a role, and how two of them differ.
type roleVersions struct {
	Href, Name string
	Versions   []versionLine
	Was, Is    Field
	Compared   bool
	Changes    []expectation.Change
}

type versionLine struct {
	Number, By, Source string
	MadeAt             time.Time
	Stands             bool
}

func showRoleVersions(c *call) (view, error) {
	r, err := expectation.RoleByID(c.tx, c.me, c.id("role"))
	if err != nil {
		return view{}, err
	}
	versions, err := expectation.Versions(c.tx, c.me, r)
	if err != nil {
		return view{}, err
	}
	main := roleVersions{Href: roleHref(r), Name: r.Name}
	choices := func() []Option {
		var all []Option
		for _, v := range versions {
			n := strconv.FormatInt(v.Number, 10)
			all = append(all, Option{Value: n, Label: "Version " + n + ", " + c.stamp(v.MadeAt)})
		}
		return all
	}
	for _, v := range versions {
		main.Versions = append(main.Versions, versionLine{strconv.FormatInt(v.Number, 10), v.ByName, v.Source, v.MadeAt, v.Number == r.Version.Number})
	}
	was, is := c.count("was", r.Version.Number-1), c.count("is", r.Version.Number)
	main.Was = chosen(Field{Name: "was", Label: "From", Type: "select", Options: choices()}, was)
	main.Is = chosen(Field{Name: "is", Label: "To", Type: "select", Options: choices()}, is)
	if len(versions) > 1 && was > 0 && is > 0 {
		if main.Changes, err = c.between(r, was, is); err != nil {
			return view{}, err
		}
		main.Compared = true
	}
	return roleVersionsPage.show(c, "Versions of "+r.Name, "plan", main)
}

// between is how two versions of a role differ.
func (c *call) between(r expectation.Role, was, is int64) ([]expectation.Change, error) {
	old, err := expectation.TextOf(c.tx, c.me, r, was)
	if err != nil {
		return nil, err
	}
	stands, err := expectation.TextOf(c.tx, c.me, r, is)
	return expectation.Compare(old, stands), err
}

// number is a field of the address that holds a number from 1 on.
func (c *call) count(name string, fallback int64) int64 {
	n, err := strconv.ParseInt(c.text(name), 10, 64)
	if err != nil || n < 1 {
		return fallback
	}
	return n
}

func chosen(f Field, value int64) Field {
	f.Value = strconv.FormatInt(value, 10)
	for i := range f.Options {
		f.Options[i].Chosen = f.Options[i].Value == f.Value
	}
	return f
}

func adaptRole(c *call) (string, error) {
	mine, err := expectation.Adapt(c.tx, c.me, c.id("role"))
	return "/team/expectations/" + string(mine.ID), err
}
