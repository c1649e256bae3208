package ask_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// asksMoney lets somebody ask for money, and gives the ask.
func asksMoney(t *testing.T, s testkit.Store, who, whom org.Actor, minor int64, currency string) db.ID {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		a, err := ask.New(tx, who, org.Origin{}, ask.Input{Whom: whom.Self(),
			Text: ask.Text{Kind: ask.Money, What: "A course", Cost: ask.Cost{Minor: minor, Currency: currency}, CostCentre: " 47 11 "}})
		if err != nil {
			return "", err
		}
		return a.ID, ask.Send(tx, who, a.ID, a.Revision)
	})
}

func says(t *testing.T, s testkit.Store, who org.Actor, id db.ID, r ask.Reply) error {
	t.Helper()
	answer, err := r.Answer(civil.In(s.DB.Now(), who.Zone))
	if err != nil {
		return err
	}
	return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return ask.Decide(tx, who, id, answer) })
}

func atField(err error, field, words string) bool {
	var wrong problem.Invalid
	return errors.As(err, &wrong) && strings.Contains(wrong[field], words)
}

func TestWhatIsGrantedFromABudgetIsHeldOnceItsOwnerSaysYes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line := testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
			return budget.Make(tx, c.Ada, budget.Text{CostCentre: "4711", Year: 2026, Name: "Learning", Amount: money.Of(1000_00, "EUR"), Owner: c.Mira.Self()})
		})
		held := func() (int64, int64) {
			now := testkit.Read(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.ByID(tx, c.Ada, line.ID) })
			return now.Reserved, now.Spent
		}
		one := asksMoney(t, s, c.Ines, c.Tomas, 700_00, "EUR")
		if sent := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, c.Tomas, one) }); sent.CostCentre != "47 11" {
			t.Errorf("who is asked reads the cost centre %q", sent.CostCentre)
		}
		yes := ask.Reply{Says: ask.Yes, Budget: line.ID}
		if err := says(t, s, c.Tomas, one, yes); err != nil {
			t.Fatal(err)
		}
		if reserved, _ := held(); reserved != 0 {
			t.Errorf("%d are held before the owner of the budget said yes", reserved)
		}
		waits := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, c.Mira, one) })
		if !waits.CanAnswerForMoney(c.Mira) {
			t.Fatal("the owner of the budget is not asked for their yes")
		}
		grants := func(id db.ID, in ask.MoneyReply) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Mira, id, in) })
		}
		if err := grants(one, ask.MoneyReply{Says: ask.Yes, Version: waits.Version + 1}); !atField(err, "says", "A new version") {
			t.Errorf("a yes to the money of another version: %v", err)
		}
		if err := grants(one, ask.MoneyReply{Says: ask.Yes, Version: waits.Version}); err != nil {
			t.Fatal(err)
		}
		if reserved, _ := held(); reserved != 700_00 {
			t.Errorf("%d are held, want what was asked for", reserved)
		}
		story := testkit.Read(t, s, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, c.Ines, one) })
		if story.Reserved == nil || story.Reserved.Amount.Minor != 700_00 || story.Decision.CostCentre != "4711" {
			t.Fatalf("who asked reads %+v of the money, and %q", story.Reserved, story.Decision.CostCentre)
		}
		// Not enough is left for another: both stay as they were.
		two := asksMoney(t, s, c.Joel, c.Tomas, 300_01, "EUR")
		if err := says(t, s, c.Tomas, two, yes); err != nil {
			t.Fatal(err)
		}
		if err := grants(two, ask.MoneyReply{Says: ask.Yes}); !atField(err, "budget", "300 EUR") {
			t.Errorf("more than is free: %v, want it said how much is", err)
		}
		if err := grants(two, ask.MoneyReply{Says: ask.Yes, Budget: ask.WithoutBudget}); err != nil {
			t.Error(err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return budget.Spend(tx, c.Ines, story.Reserved.ID, money.Of(650_00, "EUR")) })
		if reserved, spent := held(); reserved != 0 || spent != 650_00 {
			t.Errorf("%d are held and %d spent", reserved, spent)
		}
	})
}

func TestABudgetGoesWithWhatIsAskedForAndWithWhoAnswersForIt(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	line := func(centre string, owner org.Actor) db.ID {
		return testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
			return budget.Make(tx, c.Ada, budget.Text{CostCentre: centre, Year: 2026, Name: "Learning", Amount: money.Of(1000_00, "EUR"), Owner: owner.Self()})
		}).ID
	}
	miras, tomas := line("1", c.Mira), line("2", c.Tomas)
	if err := says(t, s, c.Tomas, asksMoney(t, s, c.Ines, c.Tomas, 100, "USD"), ask.Reply{Says: ask.Yes, Budget: miras}); !atField(err, "budget", "kept in EUR") {
		t.Errorf("another currency: %v", err)
	}
	if err := says(t, s, c.Tomas, asksMoney(t, s, c.Ines, c.Tomas, 0, ""), ask.Reply{Says: ask.Yes, Budget: miras}); !atField(err, "budget", "no amount") {
		t.Errorf("no amount: %v", err)
	}
	one := asksMoney(t, s, c.Ines, c.Tomas, 100, "EUR")
	if err := says(t, s, c.Tomas, one, ask.Reply{Says: ask.Yes, Budget: miras, Money: c.Ana.Self()}); !atField(err, "money", "do not answer for") {
		t.Errorf("somebody else is to answer for the money: %v", err)
	}
	// Who answers for it says yes alone.
	if err := says(t, s, c.Tomas, one, ask.Reply{Says: ask.Yes, Budget: tomas}); err != nil {
		t.Fatal(err)
	}
	if a := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, c.Ines, one) }); a.State != ask.Decided {
		t.Error("the yes of who answers for the budget does not do")
	}
	// What the owner wants themselves goes to their manager, whoever they ask.
	own := asksMoney(t, s, c.Tomas, c.Mira, 100, "EUR")
	if err := says(t, s, c.Mira, own, ask.Reply{Says: ask.Yes, Budget: tomas}); err != nil {
		t.Fatal(err)
	}
	if a := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, c.Tomas, own) }); a.Money.Person != c.Ana.Person || !a.MoneyWaits {
		t.Errorf("it waits for %s", a.Money.Name)
	}
	// Handed on to who does not answer for it, it is not taken from it.
	testkit.Do(t, s, func(tx *db.Tx) error { return ask.HandOn(tx, c.Ana, own, c.Ada.Self(), "") })
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Ada, own, ask.MoneyReply{Says: ask.Yes}) }); !atField(err, "budget", "do not answer") {
		t.Errorf("who does not answer for the budget says yes: %v", err)
	}
}
