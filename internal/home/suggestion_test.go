package home_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/home"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

func suggested(t *testing.T, s testkit.Store, me org.Actor) home.Suggestion {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (home.Suggestion, error) {
		h, err := home.Of(tx, me)
		if err != nil {
			return home.Suggestion{}, err
		}
		return h.Suggest(tx, me, question.Builtin())
	})
}

func letGo(t *testing.T, s testkit.Store, me org.Actor, of home.Suggestion) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return question.LetGo(tx, me, of.Fact.Moment, of.Fact.Thing) })
}

func TestAQuestionIsSuggestedWhenSomethingSpeaksForIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		for want, happen := range map[question.Moment]func(*db.Tx, testkit.Company) error{
			question.AfterReview:   lookBack(plan.Moved),
			question.WhenStuck:     lookBack(plan.Stuck),
			question.AfterNo:       refused,
			question.BeforeCheckIn: checkInIsNear,
			question.BeforeAlign:   meetSoon,
			question.NewManager:    anotherManager,
		} {
			c := testkit.NewCompany(t, s, strings.ReplaceAll(string(want), " ", "-")+".example")
			if found := suggested(t, s, c.Ines); found.Card.ID != "" {
				t.Fatalf("%s is suggested to somebody to whom nothing happened", found.Card.ID)
			}
			testkit.Do(t, s, func(tx *db.Tx) error { return happen(tx, c) })
			found := suggested(t, s, c.Ines)
			if found.Fact.Moment != want || !found.Card.Suits(want) || found.Words == "" {
				t.Errorf("%s: %q with %s is suggested, for %q", want, found.Fact.Moment, found.Card.ID, found.Words)
			}
			if found.Card.By != question.ByAnyone {
				t.Errorf("%s: %s is a question of managers", want, found.Card.ID)
			}
			letGo(t, s, c.Ines, found)
			if again := suggested(t, s, c.Ines); again.Fact.Moment == want {
				t.Errorf("%s comes back after it was let go", want)
			}
		}
	})
}

func lookBack(how plan.How) func(*db.Tx, testkit.Company) error {
	return func(tx *db.Tx, c testkit.Company) error {
		g, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a release"}, event.Thing{})
		if err == nil {
			_, err = plan.ReviewGoal(tx, c.Ines, g.ID, plan.Review{How: how})
		}
		return err
	}
}

func refused(tx *db.Tx, c testkit.Company) error {
	draft, err := ask.New(tx, c.Ines, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "The course in March"}, Whom: c.Tomas.Self()})
	if err != nil {
		return err
	}
	if err := ask.Send(tx, c.Ines, draft.ID, draft.Revision); err != nil {
		return err
	}
	answer, err := ask.Reply{Says: ask.No}.Answer(civil.In(tx.Now(), c.Tomas.Zone))
	if err != nil {
		return err
	}
	return ask.Decide(tx, c.Tomas, draft.ID, answer)
}

func checkInIsNear(tx *db.Tx, c testkit.Company) error {
	today := civil.In(tx.Now(), c.Ines.Zone)
	_, err := commitment.Make(tx, c.Tomas, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "Introduce Priya", Due: today.AddDays(2), CheckIn: today.AddDays(4)})
	return err
}

func meetSoon(tx *db.Tx, c testkit.Company) error {
	meet, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 60}})
	if err == nil {
		_, err = conversation.Accept(tx, c.Tomas, meet.ID, meet.Revision)
	}
	return err
}

func anotherManager(tx *db.Tx, c testkit.Company) error {
	return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person)
}

func TestWhoLeadsIsGivenAQuestionThatManagersAsk(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error { return meetSoon(tx, c) })
		if found := suggested(t, s, c.Tomas); found.Card.By != question.ByManager || found.Fact.Moment != question.BeforeAlign {
			t.Errorf("Tomás is offered %s by %s, for %s", found.Card.ID, found.Card.By, found.Fact.Moment)
		}
	})
}

func TestAQuestionThatWasAskedSinceIsNotSuggestedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error { return lookBack(plan.Stuck)(tx, c) })
		found := suggested(t, s, c.Ines)
		s.Clock.Move(time.Hour)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := question.Record(tx, c.Ines, org.Origin{}, question.Input{CardID: found.Card.ID, Wording: "What do you see?", To: question.ToMyself})
			return err
		})
		if again := suggested(t, s, c.Ines); again.Card.ID != "" {
			t.Errorf("%s is suggested after %s was asked", again.Card.ID, found.Card.ID)
		}
	})
}

func TestOldFactsPass(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			for _, happen := range []func(*db.Tx, testkit.Company) error{lookBack(plan.Moved), refused} {
				if err := happen(tx, c); err != nil {
					return err
				}
			}
			return nil
		})
		s.Clock.MoveDays(20)
		if found := suggested(t, s, c.Ines); found.Card.ID != "" {
			t.Errorf("%s is suggested for %s, three weeks later", found.Card.ID, found.Fact.Moment)
		}
	})
}
