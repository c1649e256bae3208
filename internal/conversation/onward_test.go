package conversation_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// isAgreed is a conversation of a kind about the growth of Ines with Tomás, some days from now.
func isAgreed(t testing.TB, s testkit.Store, c testkit.Company, kind conversation.Kind, days int) db.ID {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		asked, err := conversation.Request(tx, c.Ines, conversation.Input{
			With: c.Tomas.Self(), Kind: kind, Time: conversation.Time{At: tx.Now().AddDate(0, 0, days), Minutes: 60},
		})
		if err != nil {
			return "", err
		}
		_, err = conversation.Accept(tx, c.Tomas, asked.ID, asked.Revision)
		return asked.ID, err
	})
}

func bringsTo(t testing.TB, s testkit.Store, me org.Actor, id db.ID, section, words string, shared bool) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		return conversation.AddItem(tx, me, id, conversation.ItemInput{Words: words, Shared: shared, Section: section})
	})
}

func TestALineMovesUpAndDownAlsoFromOneSectionToTheNext(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := isAgreed(t, s, c, conversation.Align, 1)
		bringsTo(t, s, c.Ines, id, "direction", "D", true)
		bringsTo(t, s, c.Tomas, id, "goals", "G", true)
		bringsTo(t, s, c.Ines, id, "", "else", true)
		bringsTo(t, s, c.Ines, id, "goals", "G2", true)
		in := conversation.ItemInput{Words: "x", Section: "weather"}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return conversation.AddItem(tx, c.Ines, id, in) }); !errors.As(err, new(problem.Invalid)) {
			t.Errorf("a section that the kind does not have: got %v", err)
		}
		for _, step := range []struct {
			me    org.Actor
			words string
			move  func(tx *db.Tx, me org.Actor, id db.ID) error
			want  string
		}{
			{c.Ines, "", nil, "goals G, goals G2, direction D,  else"},
			{c.Tomas, "G2", conversation.MoveUp, "goals G2, goals G, direction D,  else"},
			{c.Ines, "G2", conversation.MoveUp, "goals G2, goals G, direction D,  else"},
			{c.Ines, "G", conversation.MoveDown, "goals G2, strengths G, direction D,  else"},
			{c.Ines, "G", conversation.MoveDown, "goals G2, gap G, direction D,  else"},
			{c.Ines, "G", conversation.MoveDown, "goals G2, direction G, direction D,  else"},
			{c.Ines, "else", conversation.MoveUp, "goals G2, direction G, direction D, direction else"},
			{c.Ines, "else", conversation.MoveDown, "goals G2, direction G, direction D,  else"},
			{c.Ines, "else", conversation.MoveDown, "goals G2, direction G, direction D,  else"},
		} {
			for _, i := range agenda(t, s, step.me, id).Shared {
				if i.Words == step.words {
					testkit.Do(t, s, func(tx *db.Tx) error { return step.move(tx, step.me, i.ID) })
				}
			}
			got := ""
			for n, i := range agenda(t, s, c.Ines, id).Shared {
				if n > 0 {
					got += ", "
				}
				got += i.Section + " " + i.Words
			}
			if got != step.want {
				t.Errorf("after %q was moved: %s, want %s", step.words, got, step.want)
			}
		}
	})
}

func TestWhatWasNotReachedGoesToTheNextByItself(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		first := isAgreed(t, s, c, conversation.Align, 0)
		next := isAgreed(t, s, c, conversation.Sprint, 30)
		isAgreed(t, s, c, conversation.Advance, 60)
		bringsTo(t, s, c.Ines, first, "goals", "reached", true)
		bringsTo(t, s, c.Ines, first, "gap", "open", true)
		bringsTo(t, s, c.Tomas, first, "", "his own", false)
		brings(t, s, c.Tomas, first, "a goal", true, "one")
		brings(t, s, c.Ines, next, "the same goal", true, "one")
		bringsTo(t, s, c.Ines, next, "stuck", "there before", true)
		s.Clock.Move(2 * time.Hour)
		reached := agenda(t, s, c.Ines, first).Shared[0].ID
		testkit.Do(t, s, func(tx *db.Tx) error {
			if err := conversation.Tick(tx, c.Ines, reached, true); err != nil {
				return err
			}
			return conversation.End(tx, c.Ines, first, conversation.EndInput{Outcome: "Said"})
		})
		hers, his := agenda(t, s, c.Ines, next), agenda(t, s, c.Tomas, next)
		if words(hers.Shared) != "there before, the same goal, open" && words(hers.Shared) != "there before, open, the same goal" {
			t.Errorf("the agenda of the next is %q", words(hers.Shared))
		}
		if words(his.Own) != "his own" || len(hers.Own) != 0 {
			t.Errorf("the own lists of the next are %q and %q", words(hers.Own), words(his.Own))
		}
		if his.Own[0].From != first {
			t.Error("a line does not say where it comes from")
		}
		for _, i := range agenda(t, s, c.Ines, first).Shared {
			if i.Waits() || (i.Onward == next) != (i.Words != "reached") {
				t.Errorf("%q of the first: onward %q", i.Words, i.Onward)
			}
		}
	})
}

func TestWhatWasNotReachedWaitsUntilThereIsANext(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		first := isAgreed(t, s, c, conversation.Align, 1)
		bringsTo(t, s, c.Ines, first, "goals", "open", true)
		line := agenda(t, s, c.Ines, first).Shared[0].ID
		later := func(tx *db.Tx) error { return conversation.Later(tx, c.Tomas, line) }
		testkit.Do(t, s, later)
		if got := agenda(t, s, c.Ines, first).Shared; !got[0].Waits() {
			t.Error("moved on while there was no next one")
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Cancel(tx, c.Tomas, first) })
		next := isAgreed(t, s, c, conversation.Align, 7)
		if got := agenda(t, s, c.Ines, next).Shared; words(got) != "open" || got[0].Section != "goals" {
			t.Errorf("the next has %q", words(got))
		}
		after := isAgreed(t, s, c, conversation.Align, 14)
		line = agenda(t, s, c.Ines, next).Shared[0].ID
		for range 2 { // pressed twice
			testkit.Do(t, s, later)
		}
		if got := words(agenda(t, s, c.Ines, after).Shared); got != "open" {
			t.Errorf("moved on by hand, the one after has %q", got)
		}
	})
}
