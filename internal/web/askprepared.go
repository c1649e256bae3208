package web

import (
	"strings"
	"time"

	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/objection"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// pitchLabels say of each text of a pitch what it tells, in the order in which it is read again.
var pitchLabels = []struct {
	Part        pitch.Part
	Name, Label string
}{
	{pitch.Motive, pitch.WhyNow, "Why now"}, {pitch.Motive, pitch.Answers, "What the role answers for"},
	{pitch.Motive, pitch.Already, "What you did of it already"}, {pitch.Motive, pitch.Different, "What would be different"},
	{pitch.Motive, pitch.Envy, "On envy"}, {pitch.Motive, pitch.Boredom, "On boredom"},
	{pitch.Motive, pitch.Status, "On status"}, {pitch.Motive, pitch.Escape, "On getting away"},
	{pitch.Motive, pitch.HoursWeek, "Hours a week"}, {pitch.Motive, pitch.Until, "Until"}, {pitch.Motive, pitch.Aside, "What you put aside"},
	{pitch.Exactly, pitch.Second, "Another way that would do"}, {pitch.Exactly, pitch.Smallest, "The smallest version that would still help"},
	{pitch.Exactly, pitch.Granter, "Who can grant it"}, {pitch.Exactly, pitch.Named, "Their name"}, {pitch.Exactly, pitch.Plan, "Plan of action"},
	{pitch.Evidence, pitch.Missing, "What was missing still"},
	{pitch.Return, pitch.Currency, "Currency"}, {pitch.Return, pitch.Cover, "Who covers meanwhile"},
	{pitch.Return, pitch.HourValue, "What an hour is worth"}, {pitch.Return, pitch.Weeks, "Weeks of work in a year"}, {pitch.Return, pitch.Months, "Counted over months"},
	{pitch.Objections, pitch.ForThem, "What is in it for them"}, {pitch.Objections, pitch.AnswersGo, "Answers go out"},
	{pitch.When, pitch.Moment, "When you meant to ask"}, {pitch.Ready, pitch.Heard, "What they heard of it before"},
	{pitch.Wording, pitch.Spoken, "To be said"}, {pitch.Wording, pitch.Written, "To be read"}, {pitch.Wording, pitch.Rehearsed, "While you rehearsed"},
}

// pitchLabel says what a text of a pitch tells.
func pitchLabel(name string) string {
	for _, one := range pitchLabels {
		if one.Name == name {
			return one.Label
		}
	}
	for _, side := range pitch.Sides {
		for what, label := range map[string]string{pitch.Reason: "what it gains", pitch.Low: "at least", pitch.High: "at most", pitch.Unit: "counted in"} {
			if name == pitch.SideText(side, what) {
				return sideLabels[side].title + ": " + label
			}
		}
	}
	for i, option := range pitch.Options {
		for what, label := range map[string]string{pitch.Amount: "money", pitch.Hours: "hours"} {
			if name == pitch.OptionText(option, what) {
				return []string{"The other way: ", "The smallest version: "}[i] + label
			}
		}
	}
	for n := 1; n <= pitch.OwnObjections; n++ {
		switch name {
		case pitch.OwnObjection(n):
			return "An objection that you know of"
		case pitch.ToOwn(n):
			return "What you answer to it"
		}
	}
	for _, o := range objection.All() {
		if name == pitch.ToObjection(o.ID) {
			return o.Says
		}
	}
	return "What you wrote"
}

// motiveOf is why its owner wanted it: theirs alone, never sent.
func (c *call) motiveOf(p pitch.Pitch) chapter {
	ch := chapter{Title: "Why you wanted it", Alone: true}
	for _, each := range pitchLabels {
		if each.Part == pitch.Motive && each.Name != pitch.HoursWeek && each.Name != pitch.Until {
			ch.said(p.Texts[each.Name].ChangedAt, each.Label, p.Words(each.Name))
		}
	}
	if hours, until := p.Words(pitch.HoursWeek), p.Words(pitch.Until); hours != "" {
		words := hours + " hours a week"
		if last, err := civil.Parse(until); err == nil && !last.IsZero() {
			words += " until " + day(last, c.today())
		}
		ch.said(p.Texts[pitch.HoursWeek].ChangedAt, "What you were ready to put in", words)
	}
	return ch
}

// whatWasPrepared is what its owner wrote down and worked out, as far as it did not go out.
func (c *call) whatWasPrepared(p pitch.Pitch, sent string) chapter {
	ch := chapter{Title: "How you prepared it", Alone: true}
	add := func(name, label, words string) {
		if !strings.Contains(sent, words) {
			ch.said(p.Texts[name].ChangedAt, label, words)
		}
	}
	for _, name := range []string{pitch.Second, pitch.Smallest, pitch.Plan, pitch.Missing, pitch.Cover} {
		add(name, pitchLabel(name), p.Words(name))
	}
	reckoning, err := p.Reckon()
	for _, side := range pitch.Sides {
		reason := pitch.SideText(side, pitch.Reason)
		words := p.Words(reason)
		if gain, any := p.Gain(problem.Invalid{}, side); any && err == nil && !strings.Contains(sent, reckoning.GainSays(gain)) {
			words = strings.TrimSpace(reckoning.GainSays(gain) + "\n" + words)
		}
		add(reason, sideLabels[side].title, words)
	}
	if err == nil && len(reckoning.Gains) > 0 && !strings.Contains(sent, reckoning.Sentence()) {
		ch.tell(toldLine{Who: "What comes back", Words: reckoning.Sentence() + " " + strings.Join(reckoning.Assumed(), " ")})
	}
	for _, each := range pitchLabels {
		if each.Part == pitch.When || each.Part == pitch.Ready {
			ch.said(p.Texts[each.Name].ChangedAt, each.Label, p.Words(each.Name))
		}
	}
	return ch
}

// whatWasAnswered are the objections that its owner thought of.
func whatWasAnswered(p pitch.Pitch, sent string) chapter {
	ch := chapter{Title: "What could be said against it", Alone: true}
	for _, a := range p.Answers() {
		switch {
		case a.Answer == "":
			ch.said(time.Time{}, "Without an answer still", "“"+a.Says+"”")
		case !strings.Contains(sent, a.Answer):
			ch.said(p.Texts[pitch.ToObjection(a.ID)].ChangedAt, "“"+a.Says+"”", a.Answer)
		}
	}
	ch.said(p.Texts[pitch.ForThem].ChangedAt, "What is in it for them", p.Words(pitch.ForThem))
	return ch
}

// howItWasRehearsed is how its owner meant to say it, and what those said whom they trusted with it.
func (c *call) howItWasRehearsed(p pitch.Pitch) (chapter, error) {
	ch := chapter{Title: "How you found the words", Alone: true}
	for _, name := range []string{pitch.Spoken, pitch.Written, pitch.Rehearsed} {
		ch.said(p.Texts[name].ChangedAt, pitchLabel(name), p.Words(name))
	}
	previews, err := pitch.Previews(c.tx, c.me, p.Ask.ID)
	if err != nil {
		return ch, err
	}
	var given []db.ID
	for at := len(previews) - 1; at >= 0; at-- {
		if v := previews[at]; !v.GivenAt.IsZero() {
			given = append(given, v.ID)
			ch.happened(v.GivenAt, "You gave it to "+v.Viewer.Name+" to look at.")
			ch.said(v.GivenAt, "What you asked "+v.Viewer.Name, v.Note)
		}
	}
	said, err := comment.OnThings(c.tx, c.me, "preview", given)
	for _, one := range said {
		ch.said(one.CreatedAt, one.By.Name+" said", one.Words)
		ch.said(one.AnsweredAt, "You answered", one.Answer)
	}
	return ch, err
}

// page tells all that stands on the page of an ask.
func (ch *chapter) page(page brief.Ask) {
	for _, block := range page.Blocks {
		ch.tell(toldLine{Who: block.Title, Words: block.Words, Own: true})
	}
	var proofs []string
	for _, one := range proofsOf(page) {
		words := one.Words
		for _, f := range one.Files {
			words += "\n" + f.Name
		}
		proofs = append(proofs, words)
	}
	ch.tell(toldLine{Who: "What spoke for it", Words: strings.Join(proofs, "\n"), Own: true})
}
