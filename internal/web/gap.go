package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/story"
)

// gapContent is one's skills beside what is wanted and asked for.
type gapContent struct {
	Columns  []gapColumn
	Lines    []gapLine
	Look     Field  // what else to look at
	Change   string // of a role outside: where it is changed
	Case     string // where one's wins are laid against the role that one looks at
	Asks     bool   // something is asked for at all
	Standing string // where one stands, in words; empty: not known
	Left     bool
}

// gapColumn is a place that skills are held against.
type gapColumn struct {
	Mark, Head, Title, About string
	Prose                    []expectation.Expectation
}

// gapLine is a skill in the chart, and what it opens.
type gapLine struct {
	ID        string // of its part of the page
	Name      string
	Href      string // of one's own
	Now, Want string
	Bar       bar
	Asked     []askedCell
	Gap       string
	About     string
	Levels    []gapLevel
	Note      string
	Wins      []plan.Evidence
	Ways      []onward
	Add       *addSkillForm // of one that is not in the plan
}

type askedCell struct{ Head, Level, Shows string }

// gapLevel is one level of a skill, with what it looks like.
type gapLevel struct {
	Number    int64
	Words     string
	Behaviour string
	Marks     []string // what stands at it: now, wanted, a place
}

// addSkillForm puts a skill that is asked for into one's plan.
type addSkillForm struct{ Name, Wanted string }

// bar draws a skill: how far one is, how far one wants, and what the places ask. All x are percents of five levels.
type bar struct {
	Label            string
	Now, From, Wants string // From and Wants: of the part that is wanted still
	Marks            []barMark
	Grid             []string
}

type barMark struct{ Kind, At string }

// marks are the kinds of marks that places have in the chart, told apart by their form.
var marks = [3]struct{ kind, head string }{{"today", "Your level"}, {"next", "The next level"}, {"looked", "Looked at"}}

var gapPage = declare[gapContent]("gap.html", "gap-bar.html", "plan-parts.html")

func percent(level int64) string {
	return strconv.FormatInt(level*100/plan.TopLevel, 10) + "%"
}

// showGap shows one's skills beside what is asked for; ?look= is what one looks at, by ids alone.
func showGap(c *call) (view, error) {
	look := lookFrom(c.text("look"))
	v, err := gap.Of(c.tx, c.me, look)
	if err != nil {
		return view{}, err
	}
	main := gapContent{Left: c.me.Left}
	for place, p := range v.Places {
		if !p.None() {
			main.Asks = true
			main.Columns = append(main.Columns, gapColumn{marks[place].kind, marks[place].head, p.Title(), p.About, v.Prose[place]})
		}
	}
	main.Standing = v.Places[gap.Today].Title()
	if !look.None() && !c.me.Left {
		main.Case = "/stories/new?" + url.Values{"form": {string(story.Promotion)}, "for": {lookValue(look)}}.Encode()
	}
	if look.Outside != "" {
		main.Change = "/gap/outside/" + string(look.Outside)
	}
	for i, l := range v.Lines {
		main.Lines = append(main.Lines, c.gapLine(i, l, v))
	}
	if main.Look, err = c.lookField(look); err != nil {
		return view{}, err
	}
	return gapPage.show(c, "Where you stand", "plan", main)
}

// lookFrom reads what an address says that somebody looks at: "role:<id>:<level>" or "outside:<id>".
func lookFrom(text string) gap.Look {
	kind, rest, _ := strings.Cut(text, ":")
	switch kind {
	case "outside":
		return gap.Look{Outside: db.ID(rest)}
	case "role":
		id, level, _ := strings.Cut(rest, ":")
		n, err := strconv.ParseInt(level, 10, 64)
		if err != nil {
			return gap.Look{}
		}
		return gap.Look{Role: db.ID(id), Position: n}
	}
	return gap.Look{}
}

func lookValue(look gap.Look) string {
	switch {
	case look.Outside != "":
		return "outside:" + string(look.Outside)
	case look.Role != "":
		return "role:" + string(look.Role) + ":" + strconv.FormatInt(look.Position, 10)
	}
	return ""
}

func lookHref(look gap.Look) string { return "/gap?" + url.Values{"look": {lookValue(look)}}.Encode() }

// mostLooks is how many levels are offered to be looked at; beyond, the map leads to them.
const mostLooks = 400

// lookField offers every level of every role, and the roles outside.
func (c *call) lookField(look gap.Look) (Field, error) {
	field := Field{Name: "look", Label: "Another role to look at", Type: "select", Value: lookValue(look), Options: []Option{{Label: "None"}}}
	roles, err := expectation.Roles(c.tx, c.me)
	if err != nil {
		return field, err
	}
	for _, r := range roles {
		for _, l := range r.Levels {
			if len(field.Options) < mostLooks {
				p := gap.Place{Look: gap.Look{Role: r.ID, Position: l.Position}, Role: r.Name, Level: l.Name}
				field.Options = append(field.Options, Option{Value: lookValue(p.Look), Label: p.Title()})
			}
		}
	}
	outside, err := gap.Outsides(c.tx, c.me)
	for _, o := range outside {
		field.Options = append(field.Options, Option{Value: lookValue(gap.Look{Outside: o.ID}), Label: o.Name + " (outside)"})
	}
	for i := range field.Options {
		field.Options[i].Chosen = field.Options[i].Value == field.Value
	}
	return field, err
}

func (c *call) gapLine(i int, l gap.Line, v gap.View) gapLine {
	line := gapLine{
		ID: "skill-" + strconv.Itoa(i), Name: l.Name, About: l.About, Note: l.Own.Note, Wins: l.Wins, Bar: barOf(l, v),
		Now: "not in your plan", Gap: gapWords(l),
	}
	if l.Mine() {
		line.Name, line.Href = l.Own.Name, PathOf(l.Own.Thing())
		line.Now, line.Want = strconv.FormatInt(l.Own.Level, 10), strconv.FormatInt(l.Own.Wanted, 10)
		line.Ways = waysFrom(l)
		if !c.who.Alone && !c.me.Left {
			line.Ways = append(line.Ways, onward{"Programmes", "/programmes?for=" + url.QueryEscape("skill:"+string(l.Own.ID))})
		}
	} else if !c.me.Left {
		most := int64(0)
		for _, a := range l.Places {
			most = max(most, a.Level)
		}
		line.Add = &addSkillForm{l.Name, strconv.FormatInt(most, 10)}
	}
	for place, a := range l.Places {
		if v.Places[place].None() {
			continue
		}
		cell := askedCell{Head: marks[place].head, Level: "–"}
		if a.Is() {
			cell.Level, cell.Shows = strconv.FormatInt(a.Level, 10), a.Shows
		}
		line.Asked = append(line.Asked, cell)
	}
	line.Levels = levelsOf(l, v)
	return line
}

func gapWords(l gap.Line) string {
	switch n := l.Gap(); {
	case !l.Mine():
		return "not in your plan yet"
	case n == 1:
		return "one level to go"
	case n > 1:
		return strconv.FormatInt(n, 10) + " levels to go"
	case l.Strong():
		return "a strength to build on"
	}
	return "there"
}

// levelsOf are the levels that somebody described, and those at which something stands.
func levelsOf(l gap.Line, v gap.View) []gapLevel {
	var all []gapLevel
	for n := range int64(plan.TopLevel + 1) {
		level := gapLevel{Number: n, Words: levelWords(n), Behaviour: l.Behaviour[n]}
		if l.Mine() && l.Own.Level == n {
			level.Marks = append(level.Marks, "you are here")
		}
		if l.Mine() && l.Own.Wanted == n && l.Own.Wanted != l.Own.Level {
			level.Marks = append(level.Marks, "you want to be here")
		}
		for place, a := range l.Places {
			if a.Level == n {
				level.Marks = append(level.Marks, v.Places[place].Title()+" asks for this")
			}
		}
		if level.Behaviour != "" || len(level.Marks) > 0 {
			all = append(all, level)
		}
	}
	return all
}

// waysFrom lead on from a skill: the addresses hold its id alone.
func waysFrom(l gap.Line) []onward {
	from, id := url.QueryEscape("skill:"+string(l.Own.ID)), string(l.Own.ID)
	use := "grow"
	if l.Strong() {
		use = "share"
	} else if l.Own.Level <= 1 {
		use = "begin"
	}
	return []onward{
		{"Begin a goal", "/goals/new?origin=" + from},
		{"Ways to learn", "/activities?for=" + use + "&origin=" + from},
		{"Make it an ask", "/asks/new?origin=" + from},
		{"A question to ask", "/questions/help-me-forward?about=" + from},
		{"Ask how somebody sees it", "/skills/" + id + "/views"},
	}
}

func barOf(l gap.Line, v gap.View) bar {
	b := bar{Now: percent(l.Own.Level), Grid: []string{"20%", "40%", "60%", "80%"}}
	said := []string{"now " + strconv.FormatInt(l.Own.Level, 10)}
	if !l.Mine() {
		said[0] = "not in your plan"
	}
	if l.Own.Wanted > l.Own.Level {
		b.From, b.Wants = percent(l.Own.Level), percent(l.Own.Wanted-l.Own.Level)
		said = append(said, "wanted "+strconv.FormatInt(l.Own.Wanted, 10))
	}
	for place, a := range l.Places {
		if a.Is() && !v.Places[place].None() {
			b.Marks = append(b.Marks, barMark{marks[place].kind, percent(a.Level)})
			said = append(said, strings.ToLower(marks[place].head)+" "+strconv.FormatInt(a.Level, 10))
		}
	}
	b.Label = strings.Join(said, ", ")
	return b
}

// Roles outside.

// outsideRole is a role outside that one writes down.
type outsideRole struct {
	New               bool
	Action, Remove    string
	Revision          string
	Name, About, Asks Field
}

var outsideRolePage = declare[outsideRole]("gap-outside.html")

var (
	saidOutsideRemoved = says("The role is removed.")
)

func (c *call) outsideForm(action string, o gap.Outside) outsideRole {
	return outsideRole{
		New: o.ID == "", Action: action, Revision: c.form.RevisionOr(o.Revision),
		Name:  c.form.field(Field{Name: "name", Label: "The role", Type: "own", Required: true, Hint: "As you would say it, such as “harbour diver in Aveiro”."}, o.Name),
		Asks:  c.form.field(Field{Name: "asks", Label: "What it asks for", Type: "textarea", Rows: 8, Hint: "One skill a line, with a level from 0 to 5 at its end, such as “Diving 4”. Without one it counts as 3."}, o.Lines()),
		About: c.form.field(Field{Name: "about", Label: "What you know about it", Type: "textarea", Rows: 3}, o.About),
	}
}

func newOutside(c *call) (view, error) {
	return outsideRolePage.show(c, "A role outside", "plan", c.outsideForm("/gap/outside", gap.Outside{}))
}

func (c *call) outsideIn() (gap.Outside, error) {
	asks, err := gap.ParseAsks(c.text("asks"))
	return gap.Outside{Name: c.text("name"), About: c.text("about"), Asks: asks}, err
}

func addOutside(c *call) (string, error) {
	in, err := c.outsideIn()
	if err != nil {
		return "", err
	}
	o, err := gap.AddOutside(c.tx, c.me, in)
	return lookHref(gap.Look{Outside: o.ID}), err
}

func showOutside(c *call) (view, error) {
	o, err := gap.OutsideByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	path := "/gap/outside/" + string(o.ID)
	main := c.outsideForm(path, o)
	main.Remove = path + "/removal"
	return outsideRolePage.show(c, o.Name, "plan", main)
}

func changeOutside(c *call) (string, error) {
	in, err := c.outsideIn()
	if err != nil {
		return "", err
	}
	in.ID, in.Revision = c.id("id"), c.revision()
	return lookHref(gap.Look{Outside: in.ID}), gap.ChangeOutside(c.tx, c.me, in)
}

func removeOutside(c *call) (string, error) {
	c.say(saidOutsideRemoved)
	return "/gap", gap.RemoveOutside(c.tx, c.me, c.id("id"))
}

// The map of paths.

// pathMap is where one could go from where one is.
type pathMap struct {
	Standing string
	Up       []pathLine
	Across   []pathLine
	More     int  // of other families, not shown
	Roles    bool // there are any
}

type pathLine struct {
	Href, Title, About string
	Counted            string // the expectations, in words and figures
	Squares            []square
	Missing            []string
	People             []org.Person
}

// square is one expectation in a strip.
type square struct{ Class, X string }

var pathsPage = declare[pathMap]("gap-paths.html")

const mostPaths = 30

func showPaths(c *call) (view, error) {
	m, err := gap.Paths(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := pathMap{Roles: len(m.Up)+len(m.Across)+m.Unnamed > 0}
	if m.Standing.Known {
		main.Standing = gap.Place{Role: m.Standing.Role.Name, Level: m.Standing.Level.Name}.Title()
	}
	for _, p := range m.Up {
		main.Up = append(main.Up, lineOfPath(p))
	}
	main.More = max(0, len(m.Across)-mostPaths)
	for _, p := range m.Across[:len(m.Across)-main.More] {
		main.Across = append(main.Across, lineOfPath(p))
	}
	return pathsPage.show(c, "Paths from here", "plan", main)
}

func lineOfPath(p gap.Path) pathLine {
	line := pathLine{Href: lookHref(p.Look), Title: p.Title(), About: p.About, People: p.People[:min(len(p.People), 5)]}
	line.Counted = strconv.Itoa(p.Met) + " of its " + strconv.Itoa(len(p.Asks)) + " expectations met"
	if len(p.Asks) == 1 {
		line.Counted = strconv.Itoa(p.Met) + " of its one expectation met"
	}
	at := 0
	for _, met := range []bool{true, false} {
		for _, a := range p.Asks {
			if a.Met() != met {
				continue
			}
			class := "open"
			if met {
				class = "met"
			} else if len(line.Missing) < 6 {
				line.Missing = append(line.Missing, a.Skill+" "+strconv.FormatInt(a.Level, 10))
			}
			if at < 40 {
				line.Squares = append(line.Squares, square{class, strconv.Itoa(14*at + 1)})
			}
			at++
		}
	}
	return line
}

// Asked about one's role.

var (
	saidOffered   = says("Colleagues see on your page that they may ask you about your role.")
	saidNotOffers = says("Your page no longer says that you may be asked about your role.")
)

func chooseOffer(c *call) (string, error) {
	if c.text("offer") == "yes" {
		c.say(saidOffered)
		return "/you#offer", gap.Offer(c.tx, c.me)
	}
	c.say(saidNotOffers)
	return "/you#offer", gap.OfferNoMore(c.tx, c.me)
}
