package brief

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Suggestion is something that one side could talk about: a fact that this side may see. It is
// made for that side alone, whatever it is made from.
type Suggestion struct {
	Source event.Thing
	Page   event.Thing // on whose page it stands
	Lead   string      // what it is, in the product's words
	Words  string      // what somebody wrote of it
	By     string      // of a promise: its day
	Reason string      // why it is worth talking about now
	Shower db.ID       // who lets the actor see it; empty: it is the actor's own, or between the two
	use    use         // how useful it is
}

// Line is the one plain sentence that goes on the agenda.
func (s Suggestion) Line() string { return s.Lead + ": " + s.Words }

// Fact is which kind of fact it is, as the shape of a conversation names them.
func (s Suggestion) Fact() string {
	switch {
	case s.Source.Kind == "commitment":
		return "promise"
	case s.Source.Kind == "asking":
		return "question"
	case s.use == nearDate:
		return "date"
	case s.use == newAnswer:
		return "answer"
	case s.use == closedGoal:
		return "closed goal"
	case s.use == goalToReview:
		return "review"
	}
	return s.Source.Kind
}

// Late tells whether it is a promise between the two whose day has passed.
func (s Suggestion) Late() bool { return s.use == latePromise }

// use orders suggestions: the smaller, the more useful. First comes what somebody waits for and
// only talking helps with, then what is to be decided, then what is new, then what can wait.
type use int

const (
	latePromise use = iota
	differing
	waitingAnswer
	duePromise
	awaitedVerdict
	openQuestion
	newAnswer
	goalToReview
	owedExpectation
	closedGoal
	newWin
	nearDate
	changedGoal
	newDirection
	draft
	laterPromise
)

const (
	// Most is how many suggestions are shown at first.
	Most = 7
	// mostAlike is how many of one kind of fact are among those, where there are others: eight late
	// promises are one thing to talk about.
	mostAlike = 3
)

// suggestion is a fact as a suggestion; long words are cut to a line.
func suggestion(source event.Thing, use use, lead, words, reason string) Suggestion {
	return Suggestion{Source: source, Page: source, Lead: lead, Words: oneLine(words, 200), Reason: reason, use: use}
}

// oneLine is the text in one line, cut at a word where it is longer than most characters.
func oneLine(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	cut := string([]rune(text)[:most])
	if at := strings.LastIndexByte(cut, ' '); at > most/2 {
		cut = cut[:at]
	}
	return cut + " …"
}

// Suggestions are the facts that the actor could talk about in a conversation and that stand
// neither on its agenda nor on the actor's own list; the most useful first.
func Suggestions(tx *db.Tx, me org.Actor, c conversation.Conversation) ([]Suggestion, error) {
	if !c.Open() || me.Left || c.BroughtAlong {
		return nil, nil
	}
	facts, err := gather(tx, me, c)
	if err != nil {
		return nil, err
	}
	agenda, err := conversation.AgendaOf(tx, me, c.ID)
	if err != nil {
		return nil, err
	}
	return facts.suggestions(agenda), nil
}

func (f facts) suggestions(agenda conversation.Agenda) []Suggestion {
	all := slices.Concat(f.mine, f.theirs, f.asks, f.reviews, f.owed, f.changed, f.questions, f.shown, f.around, f.drafts)
	all = slices.DeleteFunc(all, func(s Suggestion) bool { return agenda.Has(s.Source) })
	return mostUseful(all)
}

// mostUseful puts the most useful first, and of each kind of fact at most three before the rest.
func mostUseful(all []Suggestion) []Suggestion {
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(a.use, b.use) })
	alike := map[string]int{}
	var first, rest []Suggestion
	for _, s := range all {
		if alike[s.Fact()]++; alike[s.Fact()] <= mostAlike {
			first = append(first, s)
		} else {
			rest = append(rest, s)
		}
	}
	return append(first, rest...)
}

// Put puts a suggestion on the shared agenda, or on the actor's own list: that line, and nothing
// of what stands behind it.
func Put(tx *db.Tx, me org.Actor, id db.ID, source event.Thing, shared bool) error {
	c, err := conversation.ByID(tx, me, id)
	if err != nil {
		return err
	}
	all, err := Suggestions(tx, me, c)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Source == source {
			return conversation.AddItem(tx, me, id, conversation.ItemInput{
				Words: s.Line(), Shared: shared, Section: c.Shape().For(s.Fact()), Source: source,
			})
		}
	}
	agenda, err := conversation.AgendaOf(tx, me, id)
	if err != nil {
		return err
	}
	if agenda.Has(source) { // pressed twice
		return nil
	}
	return problem.Refused("This has changed meanwhile: look at the suggestions again.")
}
