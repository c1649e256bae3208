package brief

import (
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// full is a brief with n lines in each part, each of them of that many characters.
func full(n, long int) Brief {
	words := strings.Repeat("word ", long/5)
	fact := suggestion(event.Thing{}, newWin, "A win of Ines Faria, by 24 November", words, "It has waited for an answer since 12 November.")
	fact.By = "by 24 November"
	b := Brief{LastOutcome: words}
	for range n {
		b.Changed.Lines, b.Mine.Lines, b.Theirs.Lines = append(b.Changed.Lines, fact), append(b.Mine.Lines, fact), append(b.Theirs.Lines, fact)
		b.Asks.Lines, b.Private.Lines = append(b.Asks.Lines, fact), append(b.Private.Lines, fact)
		item := conversation.Item{Words: words, By: org.Party{Name: "Tomás Reis"}}
		b.Agenda.Lines, b.Own.Lines = append(b.Agenda.Lines, item), append(b.Own.Lines, item)
	}
	return b
}

func TestABriefFitsOnOnePageHoweverMuchThereIs(t *testing.T) {
	for _, c := range []struct{ n, long int }{{0, 0}, {1, 50}, {3, 200}, {8, 50}, {20, 100}, {60, 500}} {
		got := full(c.n, c.long).onOnePage()
		if h := got.height(); h > pageLines {
			t.Errorf("%d lines of %d characters take %d lines of the page, which has %d", c.n, c.long, h, pageLines)
		}
		if len(got.Agenda.Lines)+got.Agenda.More != c.n {
			t.Errorf("of %d lines on the agenda %d are shown and %d are said to be left out", c.n, len(got.Agenda.Lines), got.Agenda.More)
		}
	}
}

func TestABriefWithRoomLeavesNothingOut(t *testing.T) {
	if got := full(2, 50).onOnePage(); got.Changed.More+got.Agenda.More+got.Private.More != 0 || strings.Contains(got.Changed.Lines[0].Words, "…") {
		t.Errorf("left out: %+v", got)
	}
}
