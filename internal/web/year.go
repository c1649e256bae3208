package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/timeline"
)

// yearSheet is a year on two sides of paper.
type yearSheet struct {
	Year                string
	Name, Job           string
	Sums                string
	Purpose             string
	Growth              growth
	Reached, Open       []yearGoal
	LetGo               []yearGoal
	Wins                []yearWin
	MoreWins            int
	Skills, Decisions   []labelled
	Conversations       []labelled
	Back, Before, After string
}

type yearGoal struct{ Title, Says string }

type yearWin struct{ Day, What, Figure string }

var yearPage = declare[yearSheet]("year.html", "timeline-parts.html")

// What a year shows: as much as two sides hold.
const (
	yearReached, yearOpen, yearLetGo = 4, 3, 2
	yearWins                         = 16
	yearSkills, yearDecisions        = 8, 5
)

// showYear shows a year of the visitor's own, to be printed on two sides.
func showYear(c *call) (view, error) {
	t, err := timeline.OfYear(c.tx, c.me, c.PathValue("year"))
	if err != nil {
		return view{}, err
	}
	me, err := org.Me(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	purpose, err := plan.TextOf(c.tx, c.me, plan.Purpose)
	if err != nil {
		return view{}, err
	}
	main := yearSheet{
		Year: t.Key, Name: me.Name, Job: me.JobTitle, Purpose: clipped(purpose.Words, 260), Growth: growthOf(t, t.Sheet()), Back: "/timeline?of=" + t.Key,
	}
	if t.Year > t.First.Year() {
		main.Before = strconv.Itoa(t.Year - 1)
	}
	if t.Year < t.Today.Year() {
		main.After = strconv.Itoa(t.Year + 1)
	}
	c.addGoalsOfYear(&main, t)
	for _, w := range t.Wins[:min(yearWins, len(t.Wins))] {
		main.Wins = append(main.Wins, yearWin{w.Day.Time().Format("2 Jan"), clipped(w.What, 100), clipped(w.Figure, 34)})
	}
	main.MoreWins = len(t.Wins) - len(main.Wins)
	c.addRestOfYear(&main, t)
	return yearPage.show(c, "The year "+t.Key, "plan", main)
}

func (c *call) addGoalsOfYear(main *yearSheet, t timeline.Timeline) {
	reached, letGo := 0, 0
	for _, g := range t.Goals {
		one := yearGoal{clipped(g.Title, 72), clipped(g.Learned, 100)}
		switch {
		case g.State == plan.Done && t.Has(g.ClosedAt):
			if reached++; reached <= yearReached {
				main.Reached = append(main.Reached, one)
			}
		case g.State == plan.LetGo && t.Has(g.ClosedAt):
			if letGo++; letGo <= yearLetGo {
				main.LetGo = append(main.LetGo, one)
			}
		case len(main.Open) < yearOpen:
			main.Open = append(main.Open, yearGoal{Title: clipped(g.Title, 72)})
		}
	}
	main.Sums = capital(counted(reached, "goal")) + " reached, " + counted(len(t.Wins), "win") + ", " + counted(len(t.Skills), "change") + " of skills, " +
		counted(len(t.Decisions), "decision") + ", " + counted(held(t.Conversations), "conversation") + "."
}

func held(all []conversation.Conversation) int {
	n := 0
	for _, one := range all {
		if one.State == conversation.Held {
			n++
		}
	}
	return n
}

func (c *call) addRestOfYear(main *yearSheet, t timeline.Timeline) {
	skills := wholeChanges(t.Skills)
	for _, k := range skills[max(0, len(skills)-yearSkills):] {
		main.Skills = append(main.Skills, labelled{clipped(k.Name, 50), "from “" + levelWords(k.From) + "” to “" + levelWords(k.To) + "”"})
	}
	for _, a := range t.Decisions[max(0, len(t.Decisions)-yearDecisions):] {
		main.Decisions = append(main.Decisions, labelled{clipped(a.What, 90), answeredBy(a)})
	}
	with := map[string]int{}
	var names []string
	for _, one := range t.Conversations {
		if one.State != conversation.Held {
			continue
		}
		name := one.Kind.Title() + " with " + one.Partner.Name
		if with[name]++; with[name] == 1 {
			names = append(names, name)
		}
	}
	for _, name := range names[:min(len(names), 8)] {
		times := ""
		if with[name] > 1 {
			times = strconv.Itoa(with[name]) + " times"
		}
		main.Conversations = append(main.Conversations, labelled{name, times})
	}
}

// wholeChanges are the changes with those of one skill made one, from its first level to its last,
// in the order of the last. A skill that came back to where it was did not change.
func wholeChanges(all []plan.LevelChange) []plan.LevelChange {
	var whole []plan.LevelChange
	for _, k := range all {
		if at := slices.IndexFunc(whole, func(had plan.LevelChange) bool { return had.Skill == k.Skill }); at >= 0 {
			k.From = whole[at].From
			whole = slices.Delete(whole, at, at+1)
		}
		whole = append(whole, k)
	}
	return slices.DeleteFunc(whole, func(k plan.LevelChange) bool { return k.From == k.To })
}

func answeredBy(a ask.Ask) string { return a.Whom.Name + ": " + string(a.Answer) }

// clipped is the beginning of a text, in one line.
func clipped(text string, most int) string {
	letters := []rune(strings.Join(strings.Fields(text), " "))
	if len(letters) <= most {
		return string(letters)
	}
	return strings.TrimRight(string(letters[:most-1]), " ,;.") + "…"
}
