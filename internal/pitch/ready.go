package pitch

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/objection"
	"github.com/ownward/ownward/internal/org"
)

// Heard is when the one who decides heard of the wish before, in the owner's words.
const Heard = "heard-before"

func readyTexts(name string) int {
	if name == Heard {
		return 500
	}
	return 0
}

// Point is something that a good manager would ask next. It is never in the way.
type Point struct {
	Asks Question
	Part Part // where it can be mended; empty: in the ask itself
	Fact string
	Date dates.Date
	At   time.Time
}

// Question is what they would ask.
type Question string

// The questions.
const (
	WhatFor    Question = "what for"    // no reason is written
	OfWhom     Question = "of whom"     // nobody is named who could say yes
	UntilWhen  Question = "until when"  // no day by which it is needed
	HowMuch    Question = "how much"    // an ask for money or time without a figure
	InItForUs  Question = "in it"       // nothing on what the other has of it
	WhoRuns    Question = "who runs it" // something that does not exist yet, and no plan of action
	HourWorth  Question = "hour worth"  // money and hours are there, and cannot be added up
	WhoCovers  Question = "who covers"  // time away, and nobody covers
	WhatBacks  Question = "what backs"  // the evidence lacks something: Fact says what
	Smaller    Question = "smaller"     // no smaller version
	WhatIfNo   Question = "objections"  // no objection is answered
	LeaveUs    Question = "leave us"    // the one that always comes is not
	HeardOfIt  Question = "heard of it" // they may hear of it for the first time; At: when the two last talked
	IsAway     Question = "away"        // they are away on the day by which they are to answer
	ReviewNear Question = "review"      // a review takes all attention
	ClosesSoon Question = "closes"      // budgets or plans are made before the answer is due
	TooLong    Question = "too long"    // what is to be said takes more than three minutes
	NoWords    Question = "no words"    // nothing is prepared to be said
	ReadsLike  Question = "reads like"  // hints on the wording
)

// Open lists what is open in a pitch, with what is known of the coming weeks and what its evidence
// lacks. There is no order of weight in it, and no sum.
func (p Pitch) Open(tx *db.Tx, me org.Actor, a Ahead, lacks []string) ([]Point, error) {
	all := p.openInAsk()
	for _, fact := range lacks {
		all = append(all, Point{Asks: WhatBacks, Part: Evidence, Fact: fact})
	}
	all = append(all, p.openInCase()...)
	all = append(all, a.open()...)
	all = append(all, p.openInWords()...)
	if p.Words(Heard) != "" || p.Ask.Whom.String() == "" {
		return all, nil
	}
	at, err := lastTalk(tx, me, p.Ask.Whom)
	return append(all, Point{Asks: HeardOfIt, Part: When, At: at}), err
}

func (p Pitch) openInAsk() []Point {
	var all []Point
	if p.Ask.Why == "" {
		all = append(all, Point{Asks: WhatFor})
	}
	if p.Ask.Whom.String() == "" {
		all = append(all, Point{Asks: OfWhom, Part: Exactly})
	}
	if p.Ask.DecideBy.IsZero() {
		all = append(all, Point{Asks: UntilWhen})
	}
	if (p.Ask.Kind == ask.Money && p.Ask.Cost.Minor == 0) || (p.Ask.Kind == ask.Time && p.Ask.Cost.Hours == 0) {
		all = append(all, Point{Asks: HowMuch, Part: Return})
	}
	return all
}

func (p Pitch) openInCase() []Point {
	var all []Point
	if p.Words(ForThem) == "" && p.Ask.Return == "" && p.Words(SideText(Sides[0], Reason)) == "" {
		all = append(all, Point{Asks: InItForUs, Part: Return})
	}
	takesTime := slices.Contains([]ask.Kind{ask.Time, ask.Assignment, ask.Programme}, p.Ask.Kind) || p.Ask.Cost.Hours > 0
	if takesTime && p.Words(Cover) == "" {
		all = append(all, Point{Asks: WhoCovers, Part: Return})
	}
	if p.Ask.Kind == ask.Founding && p.Words(Plan) == "" {
		all = append(all, Point{Asks: WhoRuns, Part: Exactly})
	}
	if r, err := p.Reckon(); err == nil && len(r.Gains) > 0 && !r.Adds() {
		all = append(all, Point{Asks: HourWorth, Part: Return})
	}
	if p.Words(Smallest) == "" {
		all = append(all, Point{Asks: Smaller, Part: Exactly})
	}
	answers := p.Answers()
	if len(answers) == 0 {
		return append(all, Point{Asks: WhatIfNo, Part: Objections})
	}
	const leaving = "and-then-you-leave-us"
	if o, ok := objection.ByID(leaving); ok && o.IsFor(string(p.Ask.Kind)) && p.Words(ToObjection(leaving)) == "" {
		all = append(all, Point{Asks: LeaveUs, Part: Objections})
	}
	return all
}

func (p Pitch) openInWords() []Point {
	var all []Point
	switch spoken := p.Words(Spoken); {
	case spoken == "":
		all = append(all, Point{Asks: NoWords, Part: Wording})
	case Seconds(spoken) > SpokenSeconds:
		all = append(all, Point{Asks: TooLong, Part: Wording})
	}
	for _, hinted := range p.Hints() {
		for _, hint := range hinted.Hints {
			part := Wording
			if hinted.Name == "what" || hinted.Name == "why" {
				part = ""
			}
			all = append(all, Point{Asks: ReadsLike, Part: part, Fact: hint.Quote})
		}
	}
	return all
}

// open is what the coming weeks hold against asking now.
func (a Ahead) open() []Point {
	var all []Point
	for _, d := range a.Dates {
		switch {
		case d.Owner == a.Whom && a.Whom != "" && a.against(d, a.DecideBy):
			all = append(all, Point{Asks: IsAway, Part: When, Date: d})
		case d.Kind == dates.Review && d.From.DaysSince(a.Today) <= nearReview:
			all = append(all, Point{Asks: ReviewNear, Part: When, Date: d})
		case (d.Kind == dates.Budget || d.Kind == dates.Planning) && !a.DecideBy.IsZero() && d.From.Before(a.DecideBy) && d.From.After(a.Today):
			all = append(all, Point{Asks: ClosesSoon, Part: When, Date: d})
		}
	}
	return all
}

// talkedWithin is how many days back a conversation counts as one in which they may have heard of it.
const talkedWithin = 183

// lastTalk is when the actor and another last held a conversation, within the last half year.
func lastTalk(tx *db.Tx, me org.Actor, with org.Party) (time.Time, error) {
	past, _, err := conversation.Past(tx, me, with, conversation.Place{}, 5)
	for _, one := range past {
		if one.State == conversation.Held && tx.Now().Sub(one.At) < talkedWithin*24*time.Hour {
			return one.At, err
		}
	}
	return time.Time{}, err
}
