package story

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Choice is what a story is to be of.
type Choice struct {
	Form        Form
	About       event.Thing // a goal or a skill; none: all wins of the time
	First, Last civil.Date  // empty: the twelve months until today
	For         gap.Look    // of a promotion: the role and level; none: one's own next level
	ByCriterion bool        // of a review or a promotion: wins stand under what had to be shown
}

// Draft is a story before its owner has touched it.
type Draft struct {
	Choice
	Text
	Told    int  // wins
	Left    bool // there are more than can be told at once
	Against string
}

// mostTold is how many wins one story tells at most, the newest.
const mostTold = 150

// DraftOf drafts a story from the actor's wins, by rules that change no word of theirs:
//
//  1. Wins stand under what they back: for a review under the goal, else the skill, else at the
//     end; for a promotion under what the role and level asks for, of themselves the next level, or
//     under the skill where nobody has written that down; in a CV in one list.
//     Where it is asked for, wins stand under what had to be shown and they were brought for.
//  2. Within that, those with a figure come first, then those with an effect, then the newest.
//  3. A win is its own sentences: what, its effect, its figure, its month.
//  4. What others said of it, and the owner does not keep out, stands beneath, by name. In a CV it
//     stands at the end, and only where it is a yes.
//
// Errors: problem.NotFound for a goal or skill that is not the actor's, for a role that they do not see.
func DraftOf(tx *db.Tx, me org.Actor, in Choice) (Draft, error) {
	d := Draft{Choice: in}
	today := civil.In(tx.Now(), me.Zone)
	if d.Last.IsZero() {
		d.Last = today
	}
	if d.First.IsZero() {
		d.First = d.Last.AddDays(-365)
	}
	if d.First.After(d.Last) {
		d.First, d.Last = d.Last, d.First
	}
	if d.Form.Title() == "" {
		d.Form = Review
	}
	about, err := d.nameOf(tx, me)
	if err != nil {
		return d, err
	}
	g := gathered{first: d.First, last: d.Last, about: about}
	if g.wins, d.Left, err = plan.WinsToTell(tx, me, d.First, d.Last, d.About, mostTold); err != nil {
		return d, err
	}
	if err := g.gather(tx, me); err != nil {
		return d, err
	}
	d.Told = len(g.wins)
	if d.ByCriterion {
		if g.shown, err = ask.ByCriterion(tx, me); err != nil {
			return d, err
		}
	}
	switch d.Form {
	case Promotion:
		err = g.promotion(tx, me, &d)
	case CV:
		err = g.cv(tx, me, &d)
	default:
		g.review(&d)
	}
	return d, err
}

// nameOf is the goal or skill that the story is about.
func (d Draft) nameOf(tx *db.Tx, me org.Actor) (string, error) {
	if d.About.ID == "" {
		return "", nil
	}
	all, err := plan.Backable(tx, me)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(all, func(b plan.Backed) bool { return b.Thing == d.About })
	if i < 0 {
		return "", problem.NotFound
	}
	return all[i].Name, nil
}

// gathered is what a story is drafted from.
type gathered struct {
	first, last civil.Date
	about       string
	wins        []plan.Win
	said        map[db.ID][]plan.Confirmation // by win
	skills      []plan.Skill
	shown       []ask.WinsShown // where they are told under what had to be shown
}

func (g *gathered) gather(tx *db.Tx, me org.Actor) error {
	said, err := plan.ConfirmationsToTell(tx, me)
	if err != nil {
		return err
	}
	g.said = map[db.ID][]plan.Confirmation{}
	for _, c := range said {
		g.said[c.Win] = append(g.said[c.Win], c)
	}
	slices.SortStableFunc(g.wins, func(a, b plan.Win) int { return weight(b) - weight(a) })
	mine, err := plan.Mine(tx, me)
	g.skills = mine.Skills
	return err
}

// weight orders wins by how much they say of what came of them.
func weight(w plan.Win) int {
	n := 0
	if w.Figure != "" {
		n += 2
	}
	if w.Effect != "" {
		n++
	}
	return n
}

// group is what stands under one heading.
type group struct {
	heading, says string
	wins          []plan.Win
}

func (g gathered) write(opening string, groups []group, quotes bool) string {
	var b strings.Builder
	b.WriteString(opening)
	for _, each := range groups {
		if each.heading != "" {
			b.WriteString("\n\n## " + oneLine(each.heading))
		}
		if each.says != "" {
			b.WriteString("\n\n" + each.says)
		}
		b.WriteString("\n")
		for _, w := range each.wins {
			b.WriteString("\n- " + told(w))
			if !quotes {
				continue
			}
			for _, c := range g.said[w.ID] {
				b.WriteString("\n\n> " + quoted(c) + "\n")
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// told is a win in its own words, on one line.
func told(w plan.Win) string {
	parts := []string{sentence(w.What)}
	if w.Effect != "" {
		parts = append(parts, sentence(w.Effect))
	}
	if w.Figure != "" {
		parts = append(parts, sentence(w.Figure))
	}
	return strings.Join(parts, " ") + " (" + w.Day.Time().Format("January 2006") + ")"
}

// sentence is a text on one line, with a capital at its beginning and a stop at its end.
func sentence(text string) string {
	runes := []rune(oneLine(text))
	if len(runes) == 0 {
		return ""
	}
	runes[0] = unicode.ToUpper(runes[0])
	if !strings.ContainsRune(".!?…:;)”\"", runes[len(runes)-1]) {
		runes = append(runes, '.')
	}
	return string(runes)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// quoted is what somebody said, with their name and the day.
func quoted(c plan.Confirmation) string {
	says := map[plan.Confirmed]string{plan.ItWasSo: "It was so", plan.AndMore: "It was so, and more", plan.Differently: "I remember it differently"}[c.Answer]
	if c.Words != "" {
		says += ": " + oneLine(c.Words)
	}
	return sentence(says) + "\n> — " + oneLine(c.Name) + ", " + c.AnsweredAt.Format("January 2006")
}

// time is the time that is told of.
func (g gathered) time() string {
	return g.first.Time().Format("2 January 2006") + " to " + g.last.Time().Format("2 January 2006")
}

// counts says of what the story is made, in figures that can be checked.
func (g gathered) counts() string {
	figures, confirmed := 0, 0
	for _, w := range g.wins {
		if w.Figure != "" {
			figures++
		}
		if slices.ContainsFunc(g.said[w.ID], func(c plan.Confirmation) bool { return c.Answer != plan.Differently }) {
			confirmed++
		}
	}
	if len(g.wins) == 0 {
		return g.begin() + "no win was kept."
	}
	return fmt.Sprintf("%s%s, %d with a figure, %d confirmed by somebody who was there.", g.begin(), counted(len(g.wins), "win"), figures, confirmed)
}

func (g gathered) begin() string { return "From " + g.time() + ": " }

func counted(n int, word string) string {
	if n == 1 {
		return "one " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func (g gathered) review(d *Draft) {
	d.Title = "Review, " + g.time()
	if g.about != "" {
		d.Title = "Review: " + oneLine(g.about)
	}
	if d.ByCriterion {
		d.Words = g.write(g.counts(), g.byCriterion(), true)
		return
	}
	var groups []group
	for _, w := range g.wins {
		heading := "Besides"
		if g.about != "" {
			heading = ""
		} else if len(w.Backs) > 0 {
			heading = w.Backs[0].Name // goals come before skills
		}
		groups = under(groups, heading, w)
	}
	d.Words = g.write(g.counts(), last(groups, "Besides"), true)
}

// under adds a win to the group of that heading.
func under(groups []group, heading string, w plan.Win) []group {
	i := slices.IndexFunc(groups, func(one group) bool { return one.heading == heading })
	if i < 0 {
		return append(groups, group{heading: heading, wins: []plan.Win{w}})
	}
	groups[i].wins = append(groups[i].wins, w)
	return groups
}

// last puts the group of that heading at the end.
func last(groups []group, heading string) []group {
	i := slices.IndexFunc(groups, func(one group) bool { return one.heading == heading })
	if i < 0 {
		return groups
	}
	one := groups[i]
	return append(slices.Delete(slices.Clone(groups), i, i+1), one)
}

// promotion lays the wins against what a role asks for: one that was chosen, or the person's own at
// the next level; against their own skills where nobody has written that down.
func (g gathered) promotion(tx *db.Tx, me org.Actor, d *Draft) error {
	if d.For.None() {
		stands, err := expectation.Today(tx, me)
		if err != nil {
			return err
		}
		d.Title = "The case for my next step"
		if !stands.Known || stands.Next.Key == "" {
			groups := last(g.bySkill(), "Besides")
			if d.ByCriterion {
				groups = g.byCriterion()
			}
			d.Words = g.write(g.counts(), groups, true)
			return nil
		}
		d.For = gap.Look{Role: stands.Role.ID, Position: stands.Next.Position}
	}
	place, asks, err := gap.Asks(tx, me, d.For)
	if err != nil {
		return err
	}
	d.Against = place.Title()
	d.Title = "The case for " + oneLine(d.Against)
	if d.ByCriterion {
		d.Words = g.write(g.counts(), g.byCriterion(), true)
		return nil
	}
	d.Words = g.write(g.counts(), g.byExpectation(asks), true)
	return nil
}

func (g gathered) bySkill() []group {
	var groups []group
	for _, w := range g.wins {
		heading := "Besides"
		for _, b := range w.Backs {
			if b.Thing.Kind == "skill" {
				heading = b.Name
				break
			}
		}
		groups = under(groups, heading, w)
	}
	for i := range groups {
		for _, k := range g.skills {
			if k.Name == groups[i].heading {
				groups[i].says = fmt.Sprintf("By my own view at level %d of 5.", k.Level)
			}
		}
	}
	return groups
}

// byExpectation puts each win under every expectation whose skill it backs. What is not shown yet
// is said, for that is what the two will talk about.
func (g gathered) byExpectation(asks []expectation.Expectation) []group {
	var groups []group
	placed := map[db.ID]bool{}
	for _, e := range asks {
		one := group{heading: e.Skill, says: "Asked for: " + sentence(e.Shows())}
		if e.Prose() {
			one.heading = firstWords(e.Words)
		} else if e.Shows() == "" {
			one.says = fmt.Sprintf("Asked for: level %d of 5.", e.Asked)
		}
		for _, w := range g.wins {
			if !e.Prose() && slices.ContainsFunc(w.Backs, func(b plan.Backed) bool { return b.Thing.Kind == "skill" && org.Fold(b.Name) == e.SkillKey }) {
				one.wins = append(one.wins, w)
				placed[w.ID] = true
			}
		}
		if len(one.wins) == 0 {
			one.says += "\n\nNo win stands here yet."
		}
		groups = append(groups, one)
	}
	rest := group{heading: "Besides"}
	for _, w := range g.wins {
		if !placed[w.ID] {
			rest.wins = append(rest.wins, w)
		}
	}
	if len(rest.wins) > 0 {
		groups = append(groups, rest)
	}
	return groups
}

func firstWords(text string) string {
	words := strings.Fields(text)
	if len(words) <= 7 {
		return strings.TrimRight(strings.Join(words, " "), ".,;:")
	}
	return strings.Join(words[:7], " ") + " …"
}
