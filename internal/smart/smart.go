// Package smart looks at how a goal is written down, by each letter of SMART, and says with a
// reason what would make it easier to reach. It advises and never blocks, in the language of the
// person's words. docs/goal-advice.md has its rules; it knows no people and no store.
package smart

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
)

// Goal is what somebody wrote of a goal.
type Goal struct {
	Kind       Kind
	Title      string
	Specific   string // what exactly
	Measured   string // how they will know
	Attainable string // why it can be done
	Relevant   string // why it matters to them
	Serves     string // the direction that it serves
	Due        civil.Date
	Steps      int  // those still to be done
	NotAgain   bool // it is never looked at again
}

// Kind is what a goal is about.
type Kind string

// The kinds.
const (
	Outcome  Kind = "outcome"
	Learning Kind = "learning"
	Open     Kind = "open"
)

// Aspect is one letter of SMART, by the field of the goal that it looks at.
type Aspect string

// The aspects.
const (
	Specific   Aspect = "specific"
	Measured   Aspect = "measured"
	Attainable Aspect = "attainable"
	Relevant   Aspect = "relevant"
	Timed      Aspect = "due"
)

// Aspects are all of them, in the order of the word.
var Aspects = []Aspect{Specific, Measured, Attainable, Relevant, Timed}

// Finding is why an aspect is spoken of.
type Finding string

// The findings. An aspect has one at most.
const (
	Vague   Finding = "vague"   // better, more: and not in what
	Short   Finding = "short"   // a word or two
	Two     Finding = "two"     // two goals in one
	None    Finding = "none"    // no figure and no observable result; no date
	Feeling Finding = "feeling" // measured by a feeling alone
	Start   Finding = "start"   // no step, and nothing on why it can be done
	Others  Finding = "others"  // somebody else decides
	Always  Finding = "always"  // always, never, all
	Why     Finding = "why"     // no reason
	Whose   Finding = "whose"   // somebody else's reason
	InWords Finding = "words"   // a time in words, and no date
	Passed  Finding = "passed"  // a date that has passed
	Far     Finding = "far"     // a date more than two years away
	Again   Finding = "again"   // an open goal that is never looked at again
)

// Advice is one thing that would help, with its reason.
type Advice struct {
	Aspect   Aspect
	Finding  Finding
	Text     string
	Language string // of the text: "en" or "de"
}

// Look looks at a goal as it stands on a day. It never says more than one thing of an aspect.
func Look(g Goal, today civil.Date) []Advice {
	language := LanguageOf(g.Title, g.Specific, g.Measured, g.Attainable, g.Relevant)
	l := looking{Goal: g, words: lexicons[language], title: wordsOf(g.Title), today: today}
	says := language
	if says == "" {
		says = English
	}
	var all []Advice
	for _, aspect := range Aspects {
		if found := l.at(aspect); found != "" {
			all = append(all, Advice{aspect, found, textOf(says, g.Kind, aspect, found), says})
		}
	}
	return all
}

// looking is a goal while it is looked at. Without a lexicon only what needs no language is seen.
type looking struct {
	Goal
	words *lexicon
	title []string
	today civil.Date
}

func (l looking) at(a Aspect) Finding {
	switch a {
	case Specific:
		return l.specific()
	case Measured:
		return l.measured()
	case Attainable:
		return l.attainable()
	case Relevant:
		return l.relevant()
	}
	return l.timed()
}

// enoughWords of an own field say what is meant, whatever the title says.
const enoughWords = 4

func (l looking) specific() Finding {
	if l.Kind == Open || l.isHealth() || len(wordsOf(l.Goal.Specific)) >= enoughWords {
		return ""
	}
	switch {
	case l.words != nil && l.words.isTwo(l.title):
		return Two
	case l.isVague():
		return Vague
	case l.isShort():
		return Short
	}
	return ""
}

// isVague tells of a title that says better or more, and not in what.
func (l looking) isVague() bool {
	return l.words != nil && len(l.title) > 0 && (l.words.isVague(l.title) || l.words.isBeing(l.title)) && !l.words.anchored(l.Title, l.title)
}

// isShort tells of a title that is a word or two, and no deed.
func (l looking) isShort() bool {
	if len(l.title) > 2 || hasFigure(l.Title) || !isSpaced(l.Title) {
		return false
	}
	if l.words != nil && (l.words.always.in(l.title) || l.words.others.in(l.title)) {
		return false
	}
	return l.words == nil || len(l.title) < 2 || !l.words.deed.in(l.title) && !l.words.learn.in(l.title)
}

// isHealth tells of a goal to get well, or through a loss: nobody is asked in what, and what one
// could count.
func (l looking) isHealth() bool { return l.words != nil && l.words.health.in(l.title) }

func (l looking) measured() Finding {
	if l.Kind == Open || l.isHealth() {
		return ""
	}
	if seen := wordsOf(l.Measured); len(seen) > 0 {
		if l.words != nil && l.words.feeling.in(seen) && !l.words.counts(l.Measured, seen) && !l.words.deed.in(seen) {
			return Feeling
		}
		return ""
	}
	for _, text := range []string{l.Goal.Specific, l.Title} {
		if l.isObservable(text) {
			return ""
		}
	}
	return None
}

// isObservable tells of words that hold a figure, or a deed that somebody else can see.
func (l looking) isObservable(text string) bool {
	words := wordsOf(text)
	if hasFigure(text) {
		return true
	}
	if l.words == nil || len(words) == 0 {
		return false
	}
	if l.words.counts(text, words) || l.words.always.in(words) { // never is a figure: nought
		return true
	}
	if l.words.others.in(words) && !l.words.isVague(words) || l.words.being.in(words[:1]) && len(words) > 1 && l.words.place.in(words[1:2]) {
		return true // what others decide, and where one is, can be seen
	}
	if l.words.isVague(words) || l.words.learn.in(words) {
		return l.words.anchored(text, words) && (l.words.deed.in(words) || len(words) >= enoughToSee)
	}
	return l.words.deed.in(words) || len(words) >= enoughToSee
}

// enoughToSee is how many words describe a deed, whether or not it is one that the lexicon knows.
const enoughToSee = 4

func (l looking) attainable() Finding {
	if l.words != nil {
		switch {
		case l.words.isAlways(l.title):
			return Always
		case l.words.others.in(l.title) || l.words.others.in(wordsOf(l.Goal.Specific)):
			return Others
		}
	}
	if l.Kind != Open && l.Steps == 0 && strings.TrimSpace(l.Attainable) == "" {
		return Start
	}
	return ""
}

func (l looking) relevant() Finding {
	why := wordsOf(l.Relevant)
	switch {
	case len(why) == 0 && strings.TrimSpace(l.Serves) == "":
		return Why
	case l.words != nil && l.words.isWhose(why):
		return Whose
	}
	return ""
}

// farAway is a date by which a goal needs something nearer.
const farAway = 2 * 366

func (l looking) timed() Finding {
	switch {
	case l.Due.IsZero() && l.Kind == Open:
		if l.NotAgain {
			return Again
		}
		return ""
	case l.Due.IsZero():
		if l.words != nil && (l.words.time.in(l.title) || l.words.time.in(wordsOf(l.Goal.Specific))) {
			return InWords
		}
		return None
	case l.Due.Before(l.today):
		return Passed
	case l.Due.DaysSince(l.today) > farAway:
		return Far
	}
	return ""
}
