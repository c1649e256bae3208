package web

import (
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
)

// whatWasSent is what went out, version by version: the first in full, of each that took its place
// what it changed. Of a draft that was never out it is what would go out.
func (c *call) whatWasSent(s ask.Story) (chapter, error) {
	ch := chapter{Title: "What you asked"}
	if len(s.Sendings) == 0 {
		ch.Title, ch.Alone = "What you would ask", true
		page, err := brief.OfAsk(c.tx, c.me, s.ID)
		ch.page(page)
		return ch, err
	}
	var before brief.Ask
	for i := len(s.Sendings) - 1; i >= 0; i-- {
		each := s.Sendings[i]
		page := brief.Version(c.tx, c.me, s, each)
		if before.Version == 0 {
			ch.said(each.SentAt, "You asked "+each.With.Name, each.Text.What)
			ch.page(page)
			ch.tell(toldLine{Who: "Wished for", Words: page.Asked()})
		} else if changed := comparedAsks(before, page); len(changed) > 0 {
			ch.tell(toldLine{At: each.SentAt, Who: "A new version, to " + each.With.Name, Changed: changed})
		} else {
			ch.happened(each.SentAt, "You sent the same to "+each.With.Name+".")
		}
		before = page
		for _, h := range each.Hands {
			if h.OfMoney {
				ch.happened(h.At, h.To+" answers for the money in place of "+h.From+".")
			} else {
				ch.happened(h.At, h.From+" handed it on to "+h.To+".")
			}
			ch.said(h.At, h.From+", handing it on", h.Note)
		}
		for _, e := range each.Evidence {
			if !e.TakenBackAt.IsZero() {
				ch.happened(e.TakenBackAt, "You took back what spoke for it: “"+e.Words+"”.")
			}
		}
		if each.EndedHow != "" && !each.Replaced {
			ch.happened(each.EndedAt, endedHow(each))
		}
	}
	return ch, nil
}

// out is all that a chapter tells of what went out, to be told once.
func (ch chapter) out() string {
	var all strings.Builder
	for _, line := range ch.Lines {
		all.WriteString(line.Words + "\n")
		for _, changed := range line.Changed {
			for _, piece := range changed.Now {
				all.WriteString(piece.Text)
			}
			all.WriteString("\n")
		}
	}
	return all.String()
}

// endedHow says how a sending ended that no other version took the place of.
func endedHow(s ask.Sending) string {
	switch s.EndedHow {
	case "withdrawn":
		return "You withdrew it."
	case "returned":
		return "It came back to you as a draft: " + s.With.Name + " has left."
	}
	return "You took it back from " + s.With.Name + " to send it to somebody else."
}

// whatWasSaid is what happened between the sending and the answer.
func whatWasSaid(s ask.Story) chapter {
	ch := chapter{Title: "On the way to the answer"}
	for i := len(s.Sendings) - 1; i >= 0; i-- {
		for _, q := range s.Sendings[i].Inquiries {
			ch.said(q.AskedAt, q.By.Name+" asked back", q.Question)
			ch.said(q.AnsweredAt, "You answered", q.Answer)
		}
		approvals := s.Sendings[i].Approvals
		for n := len(approvals) - 1; n >= 0; n-- {
			ch.money(approvals[n])
		}
	}
	return ch
}

// money tells of a yes that needed another for the money.
func (ch *chapter) money(m ask.Approval) {
	ch.happened(m.SaidAt, m.First.Name+" said "+string(m.Says)+" from their side, and asked "+m.With.Name+" for a yes to the money.")
	switch m.EndedHow {
	case "":
	case "taken back":
		ch.happened(m.EndedAt, m.First.Name+" took their word back, to answer anew.")
	case "returned":
		ch.happened(m.EndedAt, m.With.Name+" has left: it went back to "+m.First.Name+".")
	case "withdrawn":
		ch.happened(m.EndedAt, "It ended there: you changed what you asked for, or took it back.")
	default:
		ch.happened(m.EndedAt, m.With.Name+" said "+m.EndedHow+" to the money.")
		ch.said(m.EndedAt, m.With.Name+", on the money", m.Words)
	}
}

func (c *call) theAnswer(s ask.Story) chapter {
	ch := chapter{Title: "The answer"}
	if s.State != ask.Decided {
		return ch
	}
	d := s.Decision
	ch.happened(d.At, answerHeading(s, c.me)+".")
	ch.said(d.At, d.By.Name+", on why", d.Reason)
	ch.said(d.At, d.By.Name+", on work and skills", d.Feedback)
	for _, way := range d.Ways() {
		ch.tell(toldLine{At: d.At, Who: d.By.Name + " sees another way", Words: capital(way.Name)})
	}
	ch.said(d.At, d.By.Name+", on another way", d.AlternativeWords)
	if d.CostCentre != "" {
		ch.said(d.At, "The money is booked on", d.CostCentre)
	}
	if r := s.Reserved; r != nil {
		ch.tell(toldLine{At: r.At, Who: r.By.Name + " reserved it", Words: r.Amount.String() + " of " + r.LineName + ": " + c.reservationState(*r), Href: reservationHref(r.ID)})
	}
	for _, each := range []toldLine{
		{Who: "Why, as you heard it", Words: d.Heard.Reason}, {Who: "On your work and skills, as you heard it", Words: d.Heard.Feedback},
		{Who: "Another way, as you heard it", Words: d.Heard.Alternative},
	} {
		each.Own, each.Alone = true, true
		ch.tell(each)
	}
	ch.said(d.ThankedAt, "Your thanks", d.Thanks)
	for _, p := range s.Promises {
		state := promiseState(p)
		if p.State == commitment.Open || p.State == commitment.Proposed {
			state += ", due " + day(p.Due, c.today())
		}
		ch.tell(toldLine{At: p.SettledAt, Who: whoPromised(p, c.me) + ": " + state, Words: p.Words, Href: promiseHref(p.ID), Own: true})
	}
	return ch
}

// whatWasShown is what had to be shown, how both drew it up, and what came of each.
func whatWasShown(s ask.Story, views map[db.ID][]criterionView) chapter {
	ch := chapter{Title: "What had to be shown"}
	for i := len(s.Proposals) - 1; i >= 0; i-- {
		ch.drawn(s, s.Proposals[i])
	}
	for n, c := range s.Criteria {
		ch.said(time.Time{}, strconv.Itoa(n+1)+", "+criterionState(c), c.Words)
		ch.said(c.EvidenceAt, "What shows it", c.Evidence)
		for _, w := range c.Wins {
			words := w.Words
			for _, more := range []string{w.Figure, w.Effect} {
				if more != "" {
					words += " · " + more
				}
			}
			ch.tell(toldLine{At: c.EvidenceAt, Day: w.Day, Who: "A win that shows it", Words: words, Own: true})
		}
		for _, v := range views[c.ID] {
			ch.tell(toldLine{Who: v.Name + ", on how they see it", Words: v.Answer, Own: true, Alone: true})
		}
		if c.Verdict != ask.Open {
			ch.happened(c.VerdictAt, s.Whom.Name+" said: "+string(c.Verdict)+".")
			ch.said(c.VerdictAt, s.Whom.Name+", on that", c.VerdictWords)
		}
	}
	return ch
}

// drawn tells of something that one side wanted shown, said otherwise, or dropped.
func (ch *chapter) drawn(s ask.Story, p ask.Proposal) {
	who := or(p.ByName, s.Whom.Name)
	if p.By == s.Owner.Person {
		who = "You"
	}
	said := map[ask.Drawn]string{ask.Add: who + " proposed that this be shown", ask.Reword: who + " proposed other words", ask.Drop: who + " proposed to drop this"}[p.Act]
	said += map[ask.ProposalState]string{ask.Waiting: ", which waits", ask.Agreed: ", and it was agreed", ask.Declined: ", and it was declined", ask.Withdrawn: ", and took it back"}[p.State]
	ch.said(p.At, said, or(p.Words, p.Was))
	ch.said(p.At, who+", on that", p.Note)
}

// whatCameOfIt follows what was granted to its end, beside what was promised.
func (c *call) whatCameOfIt(s ask.Story) chapter {
	ch := chapter{Title: "What came of it"}
	if !s.Granted(s.Criteria) {
		return ch
	}
	g := c.grantedShown(s)
	for _, f := range g.Fruits {
		words := f.Words
		if f.Gain != "" && words != "" {
			words += " (" + f.Gain + ")"
		}
		who := f.Label
		if f.Place != "" {
			who += ", " + f.Place
		}
		ch.tell(toldLine{Day: f.Day, Who: who, Words: or(words, f.Gain), Own: true, Alone: f.ToldAt.IsZero()})
	}
	if len(g.Fruits) > 0 {
		for _, each := range g.Promised {
			ch.said(time.Time{}, each.Label, each.Text)
		}
		ch.tell(toldLine{Who: "It returned so far", Words: g.Gained})
	}
	for _, t := range s.Tellings {
		ch.said(t.At, "You told it back, with thanks", t.Thanks)
	}
	if !g.TellOn.IsZero() && len(s.Tellings) == 0 {
		ch.happened(time.Time{}, "You are reminded to tell it back on "+day(g.TellOn, c.today())+".")
	}
	return ch
}

// howItGoesOn is the way on after an answer that was no plain yes.
func (c *call) howItGoesOn(s ask.Story) chapter {
	ch := chapter{Title: "How it goes on"}
	switch {
	case s.CameBackAs != "":
		ch.tell(toldLine{Words: "It came back to you as a new ask.", Href: askHref(s.CameBackAs)})
	case s.State != ask.Decided || s.ComesBackOn.IsZero():
	case s.LetGo:
		ch.happened(time.Time{}, "You let it go.")
	default:
		ch.tell(toldLine{Words: "It comes back to you as a draft on " + day(s.ComesBackOn, c.today()) + ".", Alone: true})
	}
	return ch
}
