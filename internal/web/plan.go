package web

import (
	"slices"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
)

// wholePlan is a person's own plan on one page.
type wholePlan struct {
	Name, Job string
	Left      bool
	Begin     bool // nothing stands there yet that says what for
	Values    valuesPart
	Texts     []textPart // purpose, strengths, what is hard, vision
	Skills    skillsPart
	Goals     goalsPart
	Closed    []goalLine
	Wins      []winLine // the newest
	Hints     []hintLine
	Viewers   []viewer // whoever sees any of it
	Looks     []looked
	Comments  string // a link, with how many are open
}

type valuesPart struct {
	List []plan.Value
	Seen Seen
}

type textPart struct {
	Section   plan.Section
	Strengths []plan.Strength
	Texts     []labelled
	Ask       string // what to say where nothing is said yet
	Seen      Seen
}

// Empty tells whether nothing stands there yet.
func (t textPart) Empty() bool { return len(t.Strengths)+len(t.Texts) == 0 }

// skillsPart and goalsPart list what a page of the plan shows at once; the rest is folded.
type skillsPart struct {
	List, More []skillLine
	Seen       Seen
}

type goalsPart struct {
	List, More []goalLine
	Seen       Seen
}

// How much of each the page of a plan shows at once.
const (
	shownSkills = 12
	shownGoals  = 8
	shownHints  = 6
	shownWins   = 5
)

// split is the list in the part that is shown at once and the rest.
func split[T any](list []T, most int) (shown, more []T) {
	most = min(most, len(list))
	return list[:most], list[most:]
}

// hintLine is something that the plan does not say yet.
type hintLine struct{ Of, Text, Href, Language string }

// viewer is somebody who sees some of the plan.
type viewer struct{ Name, Href string }

// looked is one viewer on one day.
type looked struct {
	Name string
	Day  civil.Date
}

var planPage = declare[wholePlan]("plan.html", "plan-parts.html")

// asks are what the empty sections ask for.
var asks = map[plan.Section]string{
	plan.Purpose:   "What do people come to you for, what would you do if nobody asked, and who is better off for it? One sentence is enough.",
	plan.Strengths: "What goes easily for you that costs others effort?",
	plan.Hard:      "What do you put off, and what tires you more than it should?",
	plan.Vision:    "A working day three years from now: where are you, with whom, and what is on the table?",
}

// showPlan shows the actor's whole plan.
func showPlan(c *call) (view, error) {
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	me, err := org.Me(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := wholePlan{Name: me.Name, Job: me.JobTitle, Left: c.me.Left}
	main.Values = valuesPart{mine.Values, c.seenSection(given, plan.Values)}
	for _, section := range plan.Sections {
		if section.IsText() {
			part := textPart{Section: section, Texts: textsOf(mine, section), Ask: asks[section], Seen: c.seenSection(given, section)}
			if section == plan.Strengths {
				part.Strengths = mine.Strengths
			}
			main.Texts = append(main.Texts, part)
		}
	}
	main.Skills, main.Goals, main.Closed = c.skillsAndGoals(mine, given)
	if main.Wins, err = c.newestWins(); err != nil {
		return view{}, err
	}
	main.Begin = !c.me.Left && len(mine.Values)+len(mine.Strengths) == 0 && mine.Text(plan.Purpose).Words == ""
	main.Hints, _ = split(hintLines(mine, mine.Hints(c.today())), shownHints)
	main.Viewers = viewersOf(given)
	if main.Looks, err = c.looks(share.What{}, 5); err != nil {
		return view{}, err
	}
	if main.Comments, err = c.openComments(); err != nil {
		return view{}, err
	}
	return planPage.show(c, "Your plan", "plan", main)
}

// skillsAndGoals are the skills, the open goals and the closed ones, in the order in which they are
// looked at: the first of each on the page, the rest folded.
func (c *call) skillsAndGoals(mine plan.Plan, given share.Audiences) (skills skillsPart, goals goalsPart, closed []goalLine) {
	skills.Seen, goals.Seen = c.seenSection(given, plan.Skills), c.seenSection(given, plan.Goals)
	for _, k := range mine.Skills {
		skills.List = append(skills.List, c.lineOfMySkill(k, given))
	}
	for _, g := range mine.Goals {
		line := c.lineOfMyGoal(g, given)
		if g.IsOpen() {
			goals.List = append(goals.List, line)
		} else {
			closed = append(closed, line)
		}
	}
	skills.List, skills.More = split(skills.List, shownSkills)
	goals.List, goals.More = split(goals.List, shownGoals)
	return skills, goals, closed
}

// newestWins are the wins that the page of a plan shows.
func (c *call) newestWins() ([]winLine, error) {
	wins, _, err := plan.WinsOf(c.tx, c.me, c.me.Person, plan.Place{}, shownWins)
	var lines []winLine
	for _, w := range wins {
		lines = append(lines, lineOfWin(w))
	}
	return lines, err
}

// textsOf are the texts that stand in a section, with the years of a vision as labels.
func textsOf(p plan.Plan, section plan.Section) []labelled {
	var all []labelled
	for _, text := range section.Texts() {
		if words := p.Text(text).Words; words != "" {
			all = append(all, labelled{text.Label(), words})
		}
	}
	return all
}

func (c *call) seenSection(given share.Audiences, section plan.Section) Seen {
	return c.seenBy(given.Of("plan section", "", string(section), false), "/plan/share")
}

// viewersOf are all who see anything by these shares, each once.
func viewersOf(given share.Audiences) []viewer {
	var all []viewer
	for _, one := range given {
		v := viewer{one.Name, "/plan/as/" + string(one.Viewer)}
		if !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	return all
}

func hintLines(mine plan.Plan, hints []plan.Hint) []hintLine {
	var lines []hintLine
	for _, h := range hints {
		line := hintLine{Text: h.Text, Language: h.Language, Href: sectionHref(h.Section)}
		for _, g := range mine.Goals {
			if g.ID == h.Goal {
				line.Of, line.Href = g.Title, PathOf(g.Thing())
			}
		}
		// One hint a goal is enough here; its own page says the rest.
		if line.Of == "" || !slices.ContainsFunc(lines, func(l hintLine) bool { return l.Href == line.Href }) {
			lines = append(lines, line)
		}
	}
	return lines
}

// sectionHref is where a section is written.
func sectionHref(section plan.Section) string {
	switch section {
	case plan.Skills:
		return "/skills"
	case plan.Goals:
		return "/goals/new"
	}
	return "/plan/edit/" + string(section)
}

// looks lists who looked at a thing of the actor's, or, without one, at any.
func (c *call) looks(what share.What, most int) ([]looked, error) {
	found, err := share.Looks(c.tx, c.me, what, 4*most)
	var all []looked
	for _, l := range found {
		one := looked{l.Name, l.Day}
		if !slices.Contains(all, one) && len(all) < most {
			all = append(all, one)
		}
	}
	return all, err
}
