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

// use orders suggestions: the smaller, the more useful.
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
	closedGoal
	newWin
	changedGoal
	draft
	laterPromise
)

// Most is how many suggestions are shown at first.
const Most = 7

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
	all := slices.Concat(f.mine, f.theirs, f.asks, f.reviews, f.changed, f.questions, f.shown, f.drafts)
	all = slices.DeleteFunc(all, func(s Suggestion) bool { return agenda.Has(s.Source) })
	slices.SortStableFunc(all, func(a, b Suggestion) int { return cmp.Compare(a.use, b.use) })
	return all
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
			return conversation.AddItem(tx, me, id, conversation.ItemInput{Words: s.Line(), Shared: shared, Source: source})
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
