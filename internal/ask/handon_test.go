package ask_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestWhoAnswersForTheMoneyHandsItOnToWhereItBelongs(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes, Money: c.Ana.Self()})
		hand := func(by, to org.Actor) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return ask.HandOn(tx, by, id, to.Self(), "Yours since March") }
		}
		refused(t, s, hand(c.Tomas, c.Joel)) // his yes waits for the other
		for _, whom := range []org.Actor{c.Ines, c.Tomas, c.Ana} {
			var wrong problem.Invalid
			if err := testkit.Fails(t, s, hand(c.Ana, whom)); !errors.As(err, &wrong) || wrong["to"] == "" {
				t.Errorf("handed on to %s: %v", whom.Name, err)
			}
		}
		testkit.Do(t, s, hand(c.Ana, c.Joel))
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := ask.StoryOf(tx, c.Ana, id); return err }); !errors.Is(err, problem.NotFound) {
			t.Errorf("who handed it on sees it: %v", err)
		}
		now := story(t, s, c.Joel, id)
		if !now.CanAnswerForMoney(c.Joel) || len(now.Now().Hands) != 1 || !now.Now().Hands[0].OfMoney {
			t.Errorf("who has it now: %+v", now.Now().Hands)
		}
		if mine := story(t, s, c.Ines, id); mine.Money.Person != c.Joel.Person || !mine.MoneyWaits || mine.Whom.Person != c.Tomas.Person {
			t.Errorf("its owner sees %+v", mine.Ask)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Joel, id, ask.MoneyReply{Says: ask.Yes}) })
		if mine := story(t, s, c.Ines, id); mine.Answer != ask.Yes || mine.Money.Person != c.Joel.Person {
			t.Errorf("granted: %+v", mine.Ask)
		}
	})
}

func TestANoteOfWhatBecameOfItIsChangedUntilItIsToldBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.Follow(tx, c.Ines, id, ask.Fruit{Kind: ask.Learned, Words: "Valves stick"})
		})
		f := story(t, s, c.Ines, id).Fruits[0]
		f.Words, f.Kind = "Valves stick in the cold", ask.Practice
		change := func(by org.Actor, in ask.Fruit) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return ask.ChangeFruit(tx, by, id, in) }
		}
		if err := testkit.Fails(t, s, change(c.Tomas, f)); !errors.Is(err, problem.NotFound) {
			t.Errorf("somebody else changes it: %v", err)
		}
		testkit.Do(t, s, change(c.Ines, f))
		late := f
		late.Words = "Valves are slow"
		var both *problem.Conflict
		if err := testkit.Fails(t, s, change(c.Ines, late)); !errors.As(err, &both) || both.Theirs["words"] != "Valves stick in the cold" || both.Mine["words"] != "Valves are slow" {
			t.Errorf("the second of two changes: %v", err)
		}
		earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Earlier, error) { return org.EarlierOfKinds(tx, c.Ines, 9, "granted step") })
		if len(earlier) != 1 || earlier[0].Text["words"] != "Valves stick" {
			t.Errorf("what stood before: %+v", earlier)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.TellBack(tx, c.Ines, id, "Thank you") })
		now := story(t, s, c.Tomas, id).Fruits[0]
		if now.Words != "Valves stick in the cold" || now.Kind != ask.Practice {
			t.Errorf("told back: %+v", now)
		}
		now.Words = "Otherwise"
		refused(t, s, change(c.Ines, now))
	})
}
