package web

import (
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// wholeStory is the story of an ask from motive to proof, for its owner, to read and to print.
type wholeStory struct {
	What, Back string
	Whom       string
	Chapters   []chapter
	Before     string // the ask that came back as this one
	After      string // the one that it came back as
}

// chapter is a part of the story.
type chapter struct {
	Title string
	Lines []toldLine
}

// toldLine is one thing that happened or was said.
type toldLine struct {
	At    time.Time // zero: no day of its own
	Who   string
	Words string
	Own   bool // somebody's words
	Alone bool // its owner's alone
}

var wholeStoryPage = declare[wholeStory]("ask-whole.html")

// tellAsk tells the story of an ask to its owner.
func tellAsk(c *call) (view, error) {
	s, err := ask.StoryOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if !s.Owner.Is(c.me) {
		return view{}, problem.NotFound
	}
	main := wholeStory{What: s.What, Whom: s.Whom.Name, Back: askHref(s.ID)}
	if s.Previous != "" {
		main.Before = askHref(s.Previous) + "/story"
	}
	if s.CameBackAs != "" {
		main.After = askHref(s.CameBackAs) + "/story"
	}
	motive, err := c.motiveOf(s)
	if err != nil {
		return view{}, err
	}
	for _, each := range []chapter{motive, whatWasSent(s), whatWasSaid(s), theAnswer(s), whatWasShown(s), c.whatCameOfIt(s)} {
		if len(each.Lines) > 0 {
			main.Chapters = append(main.Chapters, each)
		}
	}
	return wholeStoryPage.show(c, "The story of an ask", "asks", main)
}

// motiveOf is what its owner wrote before they asked, theirs alone.
func (c *call) motiveOf(s ask.Story) (chapter, error) {
	ch := chapter{Title: "Why you wanted it"}
	p, err := pitch.Of(c.tx, c.me, s.ID)
	if err != nil {
		return ch, err
	}
	for _, each := range []struct{ name, label string }{
		{pitch.WhyNow, "Why now"}, {pitch.Answers, "What it answers for"}, {pitch.Already, "What I do of it already"},
		{pitch.Different, "What would be different"}, {pitch.Aside, "What I put aside for it"},
	} {
		if words := p.Words(each.name); words != "" {
			ch.Lines = append(ch.Lines, toldLine{Who: each.label, Words: words, Own: true, Alone: true})
		}
	}
	return ch, nil
}

func whatWasSent(s ask.Story) chapter {
	ch := chapter{Title: "What you asked"}
	for i := len(s.Sendings) - 1; i >= 0; i-- {
		each := s.Sendings[i]
		ch.Lines = append(ch.Lines, toldLine{At: each.SentAt, Who: "To " + each.With.Name, Words: each.Text.What, Own: true})
		if each.Text.Why != "" {
			ch.Lines = append(ch.Lines, toldLine{Words: each.Text.Why, Own: true})
		}
		for _, e := range each.Evidence {
			ch.Lines = append(ch.Lines, toldLine{Who: "What spoke for it", Words: e.Words, Own: true})
		}
		for _, h := range each.Hands {
			ch.Lines = append(ch.Lines, toldLine{At: h.At, Words: h.From + " handed it on to " + h.To + "."})
		}
		if each.EndedHow != "" && !each.Replaced {
			ch.Lines = append(ch.Lines, toldLine{At: each.EndedAt, Words: "It was " + each.EndedHow + "."})
		}
	}
	return ch
}

func whatWasSaid(s ask.Story) chapter {
	ch := chapter{Title: "On the way to the answer"}
	for i := len(s.Sendings) - 1; i >= 0; i-- {
		for _, q := range s.Sendings[i].Inquiries {
			ch.Lines = append(ch.Lines, toldLine{At: q.AskedAt, Who: q.By.Name + " asked", Words: q.Question, Own: true})
			if q.Answer != "" {
				ch.Lines = append(ch.Lines, toldLine{At: q.AnsweredAt, Who: "You answered", Words: q.Answer, Own: true})
			}
		}
		approvals := s.Sendings[i].Approvals
		for n := len(approvals) - 1; n >= 0; n-- {
			m := approvals[n]
			ch.Lines = append(ch.Lines, toldLine{At: m.SaidAt, Words: m.First.Name + " said yes from their side, and asked " + m.With.Name + " for a yes to the money."})
			if m.EndedHow != "" {
				ch.Lines = append(ch.Lines, toldLine{At: m.EndedAt, Who: m.With.Name + ", on the money: " + m.EndedHow, Words: m.Words, Own: true})
			}
		}
	}
	return ch
}

func theAnswer(s ask.Story) chapter {
	ch := chapter{Title: "The answer"}
	if s.State != ask.Decided {
		return ch
	}
	d := s.Decision
	ch.Lines = append(ch.Lines, toldLine{At: d.At, Words: d.By.Name + " said " + string(d.Says) + "."})
	for _, each := range []toldLine{
		{Who: d.By.Name + ", on why", Words: d.Reason}, {Who: d.By.Name + ", on work and skills", Words: d.Feedback},
		{Who: d.By.Name + ", on another way", Words: d.AlternativeWords},
		{Who: "Why, as you heard it", Words: d.Heard.Reason, Alone: true}, {Who: "On your work, as you heard it", Words: d.Heard.Feedback, Alone: true},
		{Who: "Another way, as you heard it", Words: d.Heard.Alternative, Alone: true},
		{At: d.ThankedAt, Who: "Your thanks", Words: d.Thanks},
	} {
		if each.Own = true; each.Words != "" {
			ch.Lines = append(ch.Lines, each)
		}
	}
	for _, p := range s.Promises {
		ch.Lines = append(ch.Lines, toldLine{Who: p.By.Name + " promised " + p.To.Name, Words: p.Words, Own: true})
	}
	return ch
}

func whatWasShown(s ask.Story) chapter {
	ch := chapter{Title: "What had to be shown"}
	for _, c := range s.Criteria {
		ch.Lines = append(ch.Lines, toldLine{Who: capital(criterionState(c)), Words: c.Words, Own: true})
		if c.Evidence != "" {
			ch.Lines = append(ch.Lines, toldLine{At: c.EvidenceAt, Who: "What shows it", Words: c.Evidence, Own: true})
		}
		for _, w := range c.Wins {
			ch.Lines = append(ch.Lines, toldLine{Who: "A win that shows it", Words: w.Words, Own: true})
		}
		if c.VerdictWords != "" {
			ch.Lines = append(ch.Lines, toldLine{At: c.VerdictAt, Who: s.Whom.Name, Words: c.VerdictWords, Own: true})
		}
	}
	return ch
}

func (c *call) whatCameOfIt(s ask.Story) chapter {
	ch := chapter{Title: "What came of it"}
	for _, f := range s.Fruits {
		who := fruitKinds[f.Kind].label + ", " + day(f.Day, c.today())
		if f.Place != "" {
			who += ", " + f.Place
		}
		words := f.Words
		if gain := gainOf(f.Gain); gain != "" && words != "" {
			words += " (" + gain + ")"
		} else if gain != "" {
			words = gain
		}
		ch.Lines = append(ch.Lines, toldLine{Who: who, Words: words, Own: true, Alone: f.ToldAt.IsZero()})
	}
	for _, t := range s.Tellings {
		ch.Lines = append(ch.Lines, toldLine{At: t.At, Who: "You told it back", Words: t.Thanks, Own: true})
	}
	return ch
}
