package web

import (
	"slices"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/worddiff"
)

// earlierWordings are how the texts of a pitch stood before they were written anew, beside what took
// their place: its owner's alone.
type earlierWordings struct {
	What, Back string
	Days       []wordingsOfDay
}

// wordingsOfDay is what was written anew on one day.
type wordingsOfDay struct {
	On      string
	Changed []comparedField
}

var earlierWordingsPage = declare[earlierWordings]("pitch-earlier.html", "ask-page.html")

// asksLabels say what the fields of an ask itself are.
var asksLabels = map[string]string{
	"what": "What you ask for", "kind": "Kind", "why": "Why", "return": "What it brings", "amount": "Money", "currency": "Currency", "cost_centre": "Cost centre", "hours": "Hours", "decide_by": "Answer by",
}

// showEarlierWordings shows them, the last change first.
func showEarlierWordings(c *call) (view, error) {
	p, err := pitch.Of(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	all, err := p.Wordings(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := earlierWordings{What: p.Ask.What, Back: pitchHref(p.Ask.ID)}
	for _, one := range all {
		label := pitchLabel(one.Name)
		if one.OfAsk {
			label = asksLabels[one.Name]
		}
		if label == "" {
			continue // whom it was meant for
		}
		then, now := c.wordingRead(one, one.Then), c.wordingRead(one, one.Now)
		pieces := worddiff.Compare(then, now)
		on := c.stamp(one.At)
		at := slices.IndexFunc(main.Days, func(d wordingsOfDay) bool { return d.On == on })
		if at < 0 {
			at, main.Days = len(main.Days), append(main.Days, wordingsOfDay{On: on})
		}
		main.Days[at].Changed = append(main.Days[at].Changed, comparedField{Label: label, Then: worddiff.Old(pieces), Now: worddiff.Now(pieces)})
	}
	return earlierWordingsPage.show(c, "Earlier wordings", "asks", main)
}

// wordingRead is a text as it is read: kinds and days are kept as the program writes them.
func (c *call) wordingRead(w pitch.Reworded, words string) string {
	switch {
	case w.OfAsk && w.Name == "kind" && words != "":
		return kindLabels[ask.Kind(words)].title
	case w.OfAsk && w.Name == "decide_by", w.Name == pitch.Until && !w.OfAsk:
		if on, err := civil.Parse(words); err == nil && !on.IsZero() {
			return day(on, c.today())
		}
	}
	return words
}
