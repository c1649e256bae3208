package web

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/pitch"
)

// pitchReady is the part that looks at all of it with the eyes of a good manager.
type pitchReady struct {
	pitchWay
	Open  []openPoint
	Heard textField
	Draft string
}

// openPoint is a question with the place where it can be answered.
type openPoint struct{ Asks, Why, Href, Where string }

var pitchReadyPage = declare[pitchReady]("pitch-ready.html", "pitch-parts.html")

func readyStation() pitchStation {
	return pitchStation{Part: pitch.Ready, Name: "Ready?", Title: "What would a good manager ask next?",
		About: "Look through it once with their eyes. Each question leads to where you can answer it; none of them stops you.",
		show:  showPitchReady}
}

func showPitchReady(c *call, w *pitchWay) (view, error) {
	a, err := w.LookAhead(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	lacks, err := w.Lacks(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	points, err := w.Pitch.Open(c.tx, c.me, a, lacks)
	if err != nil {
		return view{}, err
	}
	main := pitchReady{Draft: sendingHref(w.Ask.ID)}
	for _, p := range points {
		main.Open = append(main.Open, c.openPointOf(w, p))
	}
	who := w.Ask.Whom.Name
	if who == "" {
		who = "the one who decides"
	}
	main.Heard = w.field(Field{Name: pitch.Heard, Label: "When has " + who + " heard of this wish before?", Type: "own", Hint: "It takes time to get used to a wish. One sentence in a conversation before is enough."})
	main.pitchWay = *w
	return pitchReadyPage.show(c, w.Title, "asks", main)
}

// asksNext says each question as a manager would ask it, with what stands behind it.
var asksNext = map[pitch.Question][2]string{
	pitch.WhatFor:   {"What do you need it for?", "The ask has no reason yet."},
	pitch.OfWhom:    {"Who can say yes to that?", "Nobody is named yet."},
	pitch.UntilWhen: {"By when do you need an answer?", "Without a day it waits behind everything that has one."},
	pitch.HowMuch:   {"How much is it?", "No figure stands there yet, neither money nor hours."},
	pitch.InItForUs: {"What do we gain from it?", "Nothing says yet what changes for the team or for them."},
	pitch.WhoRuns:   {"Who does what, so that it leaves me no work?", "It does not exist yet, and no plan of action goes along."},
	pitch.HourWorth: {"And what is that in money?", "Both money and hours are counted. With what an hour is worth, they can be added up."},
	pitch.WhoCovers: {"Who does your work meanwhile?", "It takes time, and nobody is named who covers."},
	pitch.WhatBacks: {"What have you done that speaks for it?", ""},
	pitch.Smaller:   {"Would something smaller help too?", "A smaller version can get a yes where the whole gets a no."},
	pitch.WhatIfNo:  {"And if I say that it does not work?", "No objection is answered yet."},
	pitch.LeaveUs:   {"And then you leave us?", "Many think it and few say it. It is good to have an answer."},
	pitch.NoWords:   {"What is it about, in three minutes?", "What you say is not written down yet."},
	pitch.TooLong:   {"Can you say it in fewer words?", "What you want to say takes more than three minutes."},
	pitch.ReadsLike: {"What do you mean by that?", ""},
}

func (c *call) openPointOf(w *pitchWay, p pitch.Point) openPoint {
	said := asksNext[p.Asks]
	row := openPoint{Asks: said[0], Why: said[1], Href: w.Path + "/" + string(p.Part), Where: "Answer it"}
	if p.Part == "" {
		row.Href, row.Where = askHref(w.Ask.ID), "Answer it in the ask"
	}
	days := ""
	if p.Date.ID != "" {
		days = p.Date.Called() + ", " + daysOf(p.Date, c.today())
	}
	switch p.Asks {
	case pitch.WhatBacks:
		row.Why = p.Fact
	case pitch.ReadsLike:
		row.Why, row.Where = "This may be heard differently from how you mean it: "+p.Fact, "Look at it"
	case pitch.HeardOfIt:
		row.Asks, row.Where = "Is this the first that "+w.Ask.Whom.Name+" hears of it?", "Find a moment"
		row.Why = "You have not talked with each other here in the last half year."
		if !p.At.IsZero() {
			row.Why = "You last talked on " + c.onDay(civil.In(p.At, c.zone())) + ". If it came up then, note it below."
		}
	case pitch.IsAway:
		row.Asks, row.Why, row.Where = "Is "+w.Ask.Whom.Name+" there to answer?", "The day by which you need the answer lies in this: "+days+".", "Look at the weeks"
	case pitch.ReviewNear:
		row.Asks, row.Why, row.Where = "Does it have to be before the review?", days+". After it there is more time to listen.", "Look at the weeks"
	case pitch.ClosesSoon:
		row.Asks, row.Why, row.Where = "Is it not too late by then?", days+", and you need the answer later than that.", "Look at the weeks"
	}
	return row
}
