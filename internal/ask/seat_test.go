package ask_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

func init() { // as the house does
	for _, kind := range programme.GrantedBy {
		event.React(kind, programme.AskGranted)
	}
}

// moneyOf is a budget with what is held of it.
func moneyOf(t *testing.T, s testkit.Store, c testkit.Company, owner org.Actor, minor int64) (db.ID, func() int64) {
	t.Helper()
	l := testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
		return budget.Make(tx, c.Ada, budget.Text{CostCentre: "4711", Year: 2026, Name: "Learning", Amount: money.Of(minor, "EUR"), Owner: owner.Self()})
	})
	return l.ID, func() int64 {
		t.Helper()
		return testkit.Read(t, s, func(tx *db.Tx) (budget.Line, error) { return budget.ByID(tx, c.Ada, l.ID) }).Reserved
	}
}

// The money of an ask for a programme is held with the seat, once: neither the one asked nor who answers for the
// money can take it from a budget as well.
func TestTheMoneyOfASeatIsHeldOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line, held := moneyOf(t, s, c, c.Tomas, 1000_00)
		course := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
			id, err := programme.Post(tx, c.Ada, programme.Text{Kind: programme.Course, Name: "Speaking", About: "Two days.", Seats: 4, EffortIn: programme.Hours, Effort: 16,
				Cost: money.Of(300_00, "EUR"), Budget: line})
			return id, errors.Join(err, programme.Turn(tx, c.Ada, id, programme.Open))
		})
		asks := func(who, whom org.Actor) db.ID {
			return testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
				a, err := ask.New(tx, who, org.Origin{Kind: "programme", ID: course}, ask.Input{Whom: whom.Self(),
					Text: ask.Text{Kind: ask.Programme, What: "The course on speaking", Cost: ask.Cost{Minor: 300_00, Currency: "EUR"}}})
				return a.ID, errors.Join(err, ask.Send(tx, who, a.ID, a.Revision))
			})
		}
		one := asks(c.Ines, c.Tomas)
		if err := says(t, s, c.Tomas, one, ask.Reply{Says: ask.Yes, Budget: line}); !atField(err, "says", "held with the seat") {
			t.Errorf("a budget for the money of a seat: %v", err)
		}
		if err := says(t, s, c.Tomas, one, ask.Reply{Says: ask.Yes}); err != nil {
			t.Fatal(err)
		}
		if held() != 300_00 {
			t.Errorf("%d are held for one seat, want 30000", held())
		}
		two := asks(c.Joel, c.Mira)
		if err := says(t, s, c.Mira, two, ask.Reply{Says: ask.Yes, Money: c.Tomas.Self()}); err != nil {
			t.Fatal(err)
		}
		grants := func(line db.ID) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
				return ask.DecideMoney(tx, c.Tomas, two, ask.MoneyReply{Says: ask.Yes, Budget: line})
			})
		}
		if err := grants(line); !atField(err, "says", "held with the seat") {
			t.Errorf("a budget for the money of a seat, by who answers for it: %v", err)
		}
		if err := grants(""); err != nil {
			t.Fatal(err)
		}
		if held() != 600_00 {
			t.Errorf("%d are held for two seats, want 60000", held())
		}
	})
}

// A yes with conditions signs nobody up before all of it is shown; then it does, and gives the seat as far as the
// ask named its price.
func TestAYesWithConditionsSignsUpOnceAllIsShown(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line, held := moneyOf(t, s, c, c.Tomas, 1000_00)
		course := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
			id, err := programme.Post(tx, c.Ada, programme.Text{Kind: programme.Course, Name: "Speaking", About: "Two days.", Seats: 4, EffortIn: programme.Hours, Effort: 16,
				Cost: money.Of(300_00, "EUR"), Budget: line})
			return id, errors.Join(err, programme.Turn(tx, c.Ada, id, programme.Open))
		})
		for _, one := range []struct {
			who    org.Actor
			named  int64
			at     programme.PlaceState
			inHand int64
		}{{c.Ines, 300_00, programme.Placed, 300_00}, {c.Joel, 200_00, programme.Asked, 300_00}} {
			id := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
				a, err := ask.New(tx, one.who, org.Origin{Kind: "programme", ID: course}, ask.Input{Whom: c.Tomas.Self(),
					Text: ask.Text{Kind: ask.Programme, What: "The course on speaking", Cost: ask.Cost{Minor: one.named, Currency: "EUR"}}})
				return a.ID, errors.Join(err, ask.Send(tx, one.who, a.ID, a.Revision))
			})
			if err := says(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"A talk to the team", "A day in the hall"}}); err != nil {
				t.Fatal(err)
			}
			in := func() (programme.Place, error) {
				return db.Read(t.Context(), s.DB, func(tx *db.Tx) (programme.Place, error) { return programme.In(tx, one.who, course) })
			}
			all := testkit.Read(t, s, func(tx *db.Tx) ([]ask.Criterion, error) { return ask.CriteriaOf(tx, c.Tomas, id) })
			for _, each := range all {
				if p, err := in(); !errors.Is(err, problem.NotFound) {
					t.Fatalf("before all of it is shown: %v %v", p.State, err)
				}
				testkit.Do(t, s, func(tx *db.Tx) error { return ask.Judge(tx, c.Tomas, each.ID, ask.Shown, "") })
			}
			if p, err := in(); err != nil || p.State != one.at || held() != one.inHand {
				t.Errorf("an ask that names %d, all shown: %v %v, and %d are held", one.named, p.State, err, held())
			}
			if a := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, one.who, id) }); a.CameBackAs != "" {
				t.Error("it comes back to be asked once more")
			}
		}
	})
}

// What a yes with conditions holds is held until the next answer to the same: that one takes its place.
func TestTheAnswerToWhatCameBackTakesThePlaceOfTheMoneyHeldBefore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line, held := moneyOf(t, s, c, c.Tomas, 1000_00)
		yesIf := ask.Reply{Says: ask.YesIf, Conditions: []string{"A talk to the team"}, Budget: line}
		again := func(id db.ID) db.ID { // all is shown: the ask comes back, and is sent
			testkit.Do(t, s, func(tx *db.Tx) error {
				all, err := ask.CriteriaOf(tx, c.Tomas, id)
				return errors.Join(err, ask.Judge(tx, c.Tomas, all[0].ID, ask.Shown, ""))
			})
			next := testkit.Read(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.ByID(tx, c.Ines, id) }).CameBackAs
			testkit.Do(t, s, func(tx *db.Tx) error {
				a, err := ask.ByID(tx, c.Ines, next)
				return errors.Join(err, ask.Send(tx, c.Ines, next, a.Revision))
			})
			return next
		}
		one := asksMoney(t, s, c.Ines, c.Tomas, 700_00, "EUR")
		if err := says(t, s, c.Tomas, one, yesIf); err != nil {
			t.Fatal(err)
		}
		two := again(one)
		if held() != 700_00 {
			t.Errorf("%d are held while it is asked again, want 70000", held())
		}
		if err := says(t, s, c.Tomas, two, yesIf); err != nil {
			t.Fatalf("the whole amount again, of which it holds the most itself: %v", err)
		}
		if held() != 700_00 {
			t.Errorf("%d are held after a second yes, want 70000", held())
		}
		three := again(two)
		if err := says(t, s, c.Tomas, three, ask.Reply{Says: ask.No}); err != nil {
			t.Fatal(err)
		}
		if held() != 0 {
			t.Errorf("%d are held after a no to what came back", held())
		}
	})
}

// What is held until something is shown, whoever decided returns when it will not be; and nobody else through the ask.
func TestWhoDecidedReturnsTheMoneyOfWhatWillNotBeShown(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line, held := moneyOf(t, s, c, c.Mira, 1000_00)
		one := asksMoney(t, s, c.Ines, c.Tomas, 700_00, "EUR")
		if err := says(t, s, c.Tomas, one, ask.Reply{Says: ask.YesIf, Conditions: []string{"A talk to the team"}, Budget: line}); err != nil {
			t.Fatal(err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Mira, one, ask.MoneyReply{Says: ask.Yes}) })
		offered := func(who org.Actor) bool {
			return testkit.Read(t, s, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, who, one) }).HoldsUntilShown
		}
		if held() != 700_00 || !offered(c.Tomas) || offered(c.Ines) || offered(c.Mira) {
			t.Errorf("%d are held; offered to who decided: %v, to who asked: %v, to who answers for the money: %v", held(), offered(c.Tomas), offered(c.Ines), offered(c.Mira))
		}
		returns := func(who org.Actor) error {
			return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return ask.ReturnMoney(tx, who, one) })
		}
		for _, who := range []org.Actor{c.Joel, c.Ines, c.Ada} {
			if err := returns(who); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s returns it: %v, want not found", who.Name, err)
			}
		}
		if err := returns(c.Tomas); err != nil || held() != 0 {
			t.Errorf("%v, and %d are held", err, held())
		}
		if err := returns(c.Tomas); !errors.As(err, new(problem.Refused)) || offered(c.Tomas) {
			t.Errorf("once more: %v, want a refusal", err)
		}
	})
}

// A budget that is long over says so at the field where it was chosen.
func TestABudgetThatIsLongOverSaysSoWhereItWasChosen(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	old := testkit.Write(t, s, func(tx *db.Tx) (budget.Line, error) {
		return budget.Make(tx, c.Ada, budget.Text{CostCentre: "1", Year: 2024, LastDay: civil.On(2025, time.March, 31), Name: "Learning", Amount: money.Of(1000_00, "EUR"), Owner: c.Tomas.Self()})
	})
	if err := says(t, s, c.Tomas, asksMoney(t, s, c.Ines, c.Tomas, 100, "EUR"), ask.Reply{Says: ask.Yes, Budget: old.ID}); !atField(err, "budget", "ended on 2025-03-31") {
		t.Errorf("a budget of years ago: %v", err)
	}
}
