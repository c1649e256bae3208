package web

import (
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/plan"
)

// copyLine is a copy in a list.
type copyLine struct{ Href, Title, State string }

func (c *call) lineOfCopy(one frozen.Copy) copyLine {
	line := copyLine{Href: PathOf(one.Thing()), Title: "For " + one.Viewer.Name, State: c.copyState(one)}
	if !one.Owner.Is(c.me) {
		line.Title, line.State = "From "+one.Owner.Name, "until "+c.onDay(one.Until)
	}
	return line
}

func (c *call) linesOfCopies(list []frozen.Copy) []copyLine {
	var lines []copyLine
	for _, one := range list {
		lines = append(lines, c.lineOfCopy(one))
	}
	return lines
}

// copiesRead are those of the visitor's copies that somebody reads at present.
func (c *call) copiesRead() ([]copyLine, error) {
	mine, err := frozen.Mine(c.tx, c.me)
	now := c.tx.Now()
	return c.linesOfCopies(slices.DeleteFunc(mine, func(one frozen.Copy) bool { return one.State(now) != frozen.Given })), err
}

// copyState says to its owner how things stand with a copy.
func (c *call) copyState(one frozen.Copy) string {
	switch one.State(c.tx.Now()) {
	case frozen.Draft:
		return "not given yet"
	case frozen.TakenBack:
		return "taken back " + c.stamp(one.TakenBackAt)
	case frozen.Ended:
		return "ended " + c.onDay(one.Until)
	}
	return "until " + c.onDay(one.Until)
}

// onDay writes a date as pages do.
func (c *call) onDay(d civil.Date) string { return day(d, c.today()) }

// copyList is the copies that somebody gave, and those given to them.
type copyList struct {
	Mine, Received []copyLine
	Left           bool
}

var copiesPage = declare[copyList]("copies.html")

// listCopies shows the visitor's copies, and what others let them read.
func listCopies(c *call) (view, error) {
	mine, err := frozen.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	received, err := frozen.Received(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	return copiesPage.show(c, "Copies for a meeting", "plan", copyList{c.linesOfCopies(mine), c.linesOfCopies(received), c.me.Left})
}

// oneCopy is a copy on a page, to its owner just as to who reads it.
type oneCopy struct {
	Href, InsteadID, Owner, Viewer string
	Made, Until, Says              string
	Meeting, MeetingHref           string
	Note                           string
	Content                        copied
	Mine, Draft, Given             bool
	Comment                        string // the address where who reads it comments on it
	Said                           []commentLine
	Looks                          []looked
}

// copied is the content of a copy as a page shows it.
type copied struct {
	Values, Strengths []frozen.Value
	Texts             []copiedSection
	Skills            []skillLine
	Goals             []copiedGoal
	Wins              []copiedWin
}

type copiedGoal struct {
	frozen.Goal
	Says string // of what kind it is, how often it is looked at, whose direction it serves
}

type copiedWin struct {
	frozen.Win
	Files []copiedFile
}

type copiedFile struct {
	Number int // within the copy
	Name   string
}

type copiedSection struct {
	Title string
	Texts []labelled
}

var copyPage = declare[oneCopy]("copy.html", "plan-parts.html", "comment-parts.html")

// showCopy shows a copy to its owner, or to whom it was given.
func showCopy(c *call) (view, error) {
	one, err := frozen.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	state := one.State(c.tx.Now())
	main := oneCopy{
		Href: PathOf(one.Thing()), InsteadID: string(one.ID), Owner: one.Owner.Name, Viewer: one.Viewer.Name,
		Made: c.stamp(one.CreatedAt), Until: c.onDay(one.Until), Says: c.copyState(one), Note: one.Note, Content: contentOf(one.Content),
		Mine: one.Owner.Is(c.me), Draft: state == frozen.Draft, Given: state == frozen.Given,
	}
	if one.Conversation != "" {
		meeting, err := conversation.ByID(c.tx, c.me, one.Conversation)
		if err != nil {
			return view{}, err
		}
		main.Meeting, main.MeetingHref = conversationTitle(meeting, c.me)+", "+c.moment(meeting.At), PathOf(meeting.Thing())
	}
	if main.Said, err = c.saidOn(one.Thing()); err != nil {
		return view{}, err
	}
	if !main.Mine {
		main.Comment = commentOn(one.Thing())
		c.lookedAt(one.Owner.Person, whatIs(one.Thing()))
		return copyPage.show(c, "A copy from "+one.Owner.Name, "people", main)
	}
	if main.Looks, err = c.looks(whatIs(one.Thing()), 20); err != nil {
		return view{}, err
	}
	return copyPage.show(c, "A copy for "+one.Viewer.Name, "plan", main)
}

func contentOf(in frozen.Content) copied {
	out := copied{Values: in.Values, Strengths: in.Strengths}
	for _, g := range in.Goals {
		out.Goals = append(out.Goals, copiedGoal{g, saysOfCopied(g)})
	}
	number := 0
	for _, w := range in.Wins {
		one := copiedWin{Win: w}
		for _, f := range w.Files {
			number++
			one.Files = append(one.Files, copiedFile{number, f.Name})
		}
		out.Wins = append(out.Wins, one)
	}
	for _, t := range in.Texts {
		title := t.Section.Of().Title()
		if n := len(out.Texts); n == 0 || out.Texts[n-1].Title != title {
			out.Texts = append(out.Texts, copiedSection{Title: title})
		}
		last := &out.Texts[len(out.Texts)-1]
		last.Texts = append(last.Texts, labelled{t.Section.Label(), t.Words})
	}
	for _, k := range in.Skills {
		out.Skills = append(out.Skills, lineOfSkill(plan.Skill{Name: k.Name, Level: k.Level, Wanted: k.Wanted, Note: k.Note}))
	}
	return out
}

func saysOfCopied(g frozen.Goal) string {
	var says []string
	if kind := goalSays(plan.Goal{GoalText: plan.GoalText{Kind: g.Kind}}); kind != "" {
		says = append(says, capital(kind)+".")
	}
	if g.Rhythm != "" && g.Rhythm != plan.Never && g.State == plan.Open {
		says = append(says, "Looked at again "+rhythms[g.Rhythm]+".")
	}
	if g.Direction != "" {
		says = append(says, "It serves "+g.Direction+".")
	}
	return strings.Join(says, " ")
}

// copyHref is the page of the copy in the path.
func (c *call) copyHref() string { return PathOf(event.Thing{Kind: "copy", ID: c.id("id")}) }

func giveCopy(c *call) (string, error) { return c.copyHref(), frozen.Give(c.tx, c.me, c.id("id")) }

func takeCopyBack(c *call) (string, error) {
	return c.copyHref(), frozen.TakeBack(c.tx, c.me, c.id("id"))
}

func removeCopy(c *call) (string, error) { return "/copies", frozen.Remove(c.tx, c.me, c.id("id")) }
