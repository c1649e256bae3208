package web

import (
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// wholeStory is the story of an ask from motive to proof, for its owner, to read and to print.
type wholeStory struct {
	What, Back string
	Standing   string // where it stands now
	Chapters   []chapter
	Before     string // the ask that came back as this one
	After      string // the one that it came back as
}

// chapter is a part of the story.
type chapter struct {
	Title string
	Alone bool // its owner's alone, all of it
	Lines []toldLine
}

// toldLine is one thing that happened or was said.
type toldLine struct {
	At      time.Time // zero: no moment of its own
	Day     civil.Date
	Who     string
	Words   string
	Href    string // where the thing itself stands
	Own     bool   // somebody's words
	Alone   bool   // its owner's alone
	Changed []comparedField
}

// tell adds a line where there is anything to tell.
func (ch *chapter) tell(line toldLine) {
	if line.Words != "" || len(line.Changed) > 0 {
		ch.Lines = append(ch.Lines, line)
	}
}

// said adds somebody's words.
func (ch *chapter) said(at time.Time, who, words string) {
	ch.tell(toldLine{At: at, Who: who, Words: words, Own: true})
}

// happened adds what happened, in the words of the product.
func (ch *chapter) happened(at time.Time, words string) { ch.tell(toldLine{At: at, Words: words}) }

var wholeStoryPage = declare[wholeStory]("ask-whole.html", "ask-page.html")

// tellAsk tells the story of an ask to its owner.
func tellAsk(c *call) (view, error) {
	s, err := ask.StoryOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if !s.Owner.Is(c.me) {
		return view{}, problem.NotFound
	}
	p, err := pitch.Of(c.tx, c.me, s.ID)
	if err != nil {
		return view{}, err
	}
	main := wholeStory{What: s.What, Back: askHref(s.ID), Standing: c.whereItStands(s)}
	if s.Previous != "" {
		main.Before = askHref(s.Previous) + "/story"
	}
	if s.CameBackAs != "" {
		main.After = askHref(s.CameBackAs) + "/story"
	}
	rehearsed, err := c.howItWasRehearsed(p)
	if err != nil {
		return view{}, err
	}
	asked, err := c.whatWasSent(s)
	if err != nil {
		return view{}, err
	}
	views, err := c.viewsOfCriteria(s)
	if err != nil {
		return view{}, err
	}
	for _, each := range []chapter{
		c.motiveOf(p), c.whatWasPrepared(p, asked.out()), whatWasAnswered(p, asked.out()), rehearsed,
		asked, whatWasSaid(s), c.theAnswer(s), whatWasShown(s, views), c.whatCameOfIt(s), c.howItGoesOn(s),
	} {
		if len(each.Lines) > 0 {
			c.datesOnce(each.Lines)
			main.Chapters = append(main.Chapters, each)
		}
	}
	return wholeStoryPage.show(c, "The story of an ask", "asks", main)
}

// datesOnce leaves a day out where the line before has it.
func (c *call) datesOnce(lines []toldLine) {
	last := ""
	for i, line := range lines {
		if line.At.IsZero() {
			continue
		}
		if here := c.stamp(line.At); here != last {
			last = here
		} else {
			lines[i].At = time.Time{}
		}
	}
}

// whereItStands says in a sentence what became of the ask so far.
func (c *call) whereItStands(s ask.Story) string {
	switch {
	case s.State == ask.Draft && s.SentBefore:
		return "A draft again. It was out before."
	case s.State == ask.Draft:
		return "A draft. It has not been sent yet."
	case s.State == ask.Sent && s.AskedBack:
		return "It waits for you: " + s.Whom.Name + " needs to know more."
	case s.MoneyWaits:
		return s.Whom.Name + " said yes, and it waits for " + s.Money.Name + " on the money."
	case s.State == ask.Sent:
		return "It waits for an answer of " + s.Whom.Name + "."
	}
	said := answerHeading(s, c.me) + "."
	if s.Granted(s.Criteria) && len(s.Tellings) > 0 {
		said += " You told them what came of it."
	}
	return said
}
