package ask_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAQuestionBackLeavesWhatWasSentAndReturnsWithTheAnswer(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		was := story(t, s, c.Tomas, id)
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.AskBack(tx, c.Tomas, id, "Which of the two courses?") })
		mine := story(t, s, c.Ines, id)
		if !mine.WaitsFor(c.Ines) || mine.WaitsFor(c.Tomas) || mine.Text != was.Text {
			t.Fatalf("it waits for the owner %v, for the asked %v", mine.WaitsFor(c.Ines), mine.WaitsFor(c.Tomas))
		}
		refused(t, s, func(tx *db.Tx) error { return ask.AskBack(tx, c.Tomas, id, "And when?") })
		question := mine.Now().Inquiries[0].ID
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.ReplyTo(tx, c.Ines, id, question, "The shorter one") })
		refused(t, s, func(tx *db.Tx) error { return ask.ReplyTo(tx, c.Ines, id, question, "The longer one") })
		now := story(t, s, c.Tomas, id)
		if !now.WaitsFor(c.Tomas) || now.Now().Inquiries[0].Answer != "The shorter one" || now.Text != was.Text {
			t.Errorf("the one asked reads %+v", now.Now().Inquiries)
		}
		// Sent to somebody else, the question stays with its owner.
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.SendElsewhere(tx, c.Ines, id, c.Ana.Self()) })
		if n := len(story(t, s, c.Ana, id).Now().Inquiries); n != 0 {
			t.Errorf("somebody else reads %d questions of the one asked before", n)
		}
	})
}

func TestOnlyBothMakeAYesAndWhoAnswersForTheMoneyReadsNothingElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"Find cover"}, Reason: "It fits", Feedback: "You go silent", Money: c.Ana.Self(), CostCentre: "4711"})
		if now := story(t, s, c.Ines, id); now.State != ask.Sent || !now.MoneyWaits || now.Money.Person != c.Ana.Person {
			t.Fatalf("after the first yes: %+v", now.Ask)
		}
		waits := story(t, s, c.Ana, id).Now().Approvals[0]
		if waits.Reason != "It fits" || waits.Feedback != "" {
			t.Errorf("the second reads the reason %q and the feedback %q", waits.Reason, waits.Feedback)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.DecideMoney(tx, c.Ana, id, ask.MoneyReply{Says: ask.Yes, Reason: "There is room"})
		})
		mine, hers := story(t, s, c.Ines, id), story(t, s, c.Ana, id)
		if d := mine.Decision; d.Says != ask.YesIf || d.By.Person != c.Tomas.Person || d.Feedback != "You go silent" || d.CostCentre != "4711" || len(mine.Criteria) != 1 {
			t.Errorf("the answer is %+v with %d criteria", d, len(mine.Criteria))
		}
		if hers.Decision.Feedback != "" || len(hers.Criteria) != 0 {
			t.Errorf("the second reads the feedback %q and %d criteria", hers.Decision.Feedback, len(hers.Criteria))
		}
	})
}

func TestNobodySaysYesToTheirOwnMoney(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		for _, whom := range []org.Actor{c.Ines, c.Tomas} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error {
				return ask.Decide(tx, c.Tomas, id, answer(t, ask.Reply{Says: ask.Yes, Money: whom.Self()}))
			})
			var wrong problem.Invalid
			if !errors.As(err, &wrong) || wrong["money"] == "" {
				t.Errorf("%s for the money: %v", whom.Name, err)
			}
		}
		free := begins(t, s, c.Ines, ask.Input{Text: ask.Text{Kind: ask.Time, What: "A week in the archive"}, Whom: c.Tomas.Self()})
		sends(t, s, c.Ines, free)
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return ask.Decide(tx, c.Tomas, free.ID, answer(t, ask.Reply{Says: ask.Yes, Money: c.Ana.Self()}))
		}); err == nil {
			t.Error("an ask without money waits for a yes to the money")
		}
	})
}

func TestWhenTheSecondLeavesItWaitsForTheFirstAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes, Money: c.Mira.Self()})
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Mira.Person) })
		if now := story(t, s, c.Tomas, id); !now.CanAnswer(c.Tomas) || now.Now().Approvals[0].EndedHow != "returned" {
			t.Errorf("it stands so: %+v", now.Now().Approvals)
		}
	})
}

// Whatever both do at the same moment, there is one answer, and a yes only where both said so.
func TestAtTheSameMomentOneAnswerStands(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for range 6 {
			id := sent(t, s, c)
			decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes, Money: c.Ana.Self()})
			var acts sync.WaitGroup
			for _, act := range []func(tx *db.Tx) error{
				func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Ana, id, ask.MoneyReply{Says: ask.Yes}) },
				func(tx *db.Tx) error {
					if err := ask.TakeWordBack(tx, c.Tomas, id); err != nil {
						return err
					}
					return ask.Decide(tx, c.Tomas, id, answer(t, ask.Reply{Says: ask.No}))
				},
				func(tx *db.Tx) error { return ask.Withdraw(tx, c.Ines, id) },
			} {
				acts.Go(func() { _ = db.Do(t.Context(), s.DB, act) })
			}
			acts.Wait()
			now := story(t, s, c.Ines, id)
			last := now.Sendings[0].Approvals[0].EndedHow
			switch {
			case now.State == ask.Decided && now.Answer == ask.Yes && last == "yes":
			case now.State == ask.Decided && now.Answer == ask.No && last == "taken back":
			case now.State == ask.Draft && last == "withdrawn":
			default:
				t.Fatalf("it is %s (%s), and the money %q", now.State, now.Answer, last)
			}
		}
	})
}

func TestSilenceRemindsBothOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		sent(t, s, c)
		reminded := map[db.ID]int{}
		runner := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{
			ask.SilenceJob:  ask.BreakSilence,
			ask.ReminderJob: func(_ context.Context, _ *db.DB, _ db.ID, _ job.Args) error { return nil },
			"notice": func(_ context.Context, _ *db.DB, _ db.ID, args job.Args) error {
				if args["kind"] == "waiting" {
					reminded[args["person"]]++
				}
				return nil
			},
		})
		for _, days := range []int{21, 1, 1, 30} {
			s.Clock.MoveDays(days)
			if _, err := runner.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			if days == 21 && len(reminded) > 0 {
				t.Error("reminded on the very day")
			}
		}
		if reminded[c.Ines.Person] != 1 || reminded[c.Tomas.Person] != 1 || len(reminded) != 2 {
			t.Errorf("reminded: %v", reminded)
		}
	})
}

func TestWhenAllIsShownTheAskComesBackWithEverything(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.NotNow})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.DrawUp(tx, c.Ines, id, ask.DrawnInput{Act: ask.Add, Words: []string{"A release led", "A colleague taught"}})
		})
		for _, p := range story(t, s, c.Tomas, id).Proposals {
			testkit.Do(t, s, func(tx *db.Tx) error { return ask.Agree(tx, c.Tomas, id, p.ID) })
		}
		win := testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
			return plan.AddWin(tx, c.Ines, plan.WinText{Day: today, What: "Led the release"}, org.Origin{})
		})
		for i, each := range story(t, s, c.Ines, id).Criteria {
			testkit.Do(t, s, func(tx *db.Tx) error { return ask.Show(tx, c.Ines, each.ID, each.Revision, "It is done", win.ID) })
			if all := story(t, s, c.Ines, id).Criteria; ask.AllBacked(all) != (i == 1) {
				t.Errorf("after %d: all have evidence: %v", i+1, ask.AllBacked(all))
			}
		}
		for _, each := range story(t, s, c.Tomas, id).Criteria {
			if len(each.Wins) != 1 || each.Wins[0].Words != "Led the release" || each.Wins[0].Win != "" {
				t.Errorf("the other side reads %+v", each.Wins)
			}
			testkit.Do(t, s, func(tx *db.Tx) error { return ask.Judge(tx, c.Tomas, each.ID, ask.Shown, "") })
		}
		next := story(t, s, c.Ines, id).CameBackAs
		if next == "" {
			t.Fatal("it did not come back")
		}
		wins := testkit.Read(t, s, func(tx *db.Tx) ([]db.ID, error) { return ask.Wins(tx, c.Ines, next) })
		if !slices.Contains(wins, win.ID) || len(wins) != 3 {
			t.Errorf("it came back with %d wins", len(wins))
		}
		hidden(t, s, c.Tomas, next)
	})
}

func TestWhatMustBeShownIsChangedByTwo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"Find cover", "Show a plan"}})
		first := story(t, s, c.Ines, id).Criteria[0]
		change := ask.DrawnInput{Act: ask.Reword, Criterion: first.ID, Words: []string{"Find cover for two days"}}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.DrawUp(tx, c.Ines, id, change) })
		if words := story(t, s, c.Tomas, id).Criteria[0].Words; words != "Find cover" {
			t.Fatalf("one side alone changed it to %q", words)
		}
		refused(t, s, func(tx *db.Tx) error { return ask.DrawUp(tx, c.Tomas, id, change) })
		p := story(t, s, c.Tomas, id).Proposals[0].ID
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Agree(tx, c.Tomas, id, p) })
		if words := story(t, s, c.Ines, id).Criteria[0].Words; words != "Find cover for two days" {
			t.Errorf("agreed, it says %q", words)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.DrawUp(tx, c.Tomas, id, ask.DrawnInput{Act: ask.Drop, Criterion: first.ID})
		})
		p = story(t, s, c.Ines, id).Proposals[0].ID
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Agree(tx, c.Ines, id, p) })
		if n := len(story(t, s, c.Ines, id).Criteria); n != 1 {
			t.Errorf("%d stand, want the other one", n)
		}
		refused(t, s, func(tx *db.Tx) error { return ask.Show(tx, c.Ines, first.ID, first.Revision, "Late") })
	})
}

func TestWhatBecameOfItIsItsOwnersUntilItIsToldBack(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes})
		follow := func(f ask.Fruit) {
			testkit.Do(t, s, func(tx *db.Tx) error { return ask.Follow(tx, c.Ines, id, f) })
		}
		follow(ask.Fruit{Kind: ask.Practice, Place: "Line 2", Words: "Found it in an hour", Gain: ask.Cost{Minor: 30_000, Currency: "EUR", Hours: 3}})
		if n := len(story(t, s, c.Tomas, id).Fruits); n != 0 {
			t.Fatalf("before it is told, the other reads %d", n)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.TellBack(tx, c.Ines, id, "It was worth it") })
		follow(ask.Fruit{Kind: ask.Learned, Words: "Only for me"})
		theirs := story(t, s, c.Tomas, id)
		if len(theirs.Fruits) != 1 || theirs.Fruits[0].Words != "Found it in an hour" || len(theirs.Tellings) != 1 {
			t.Errorf("the other reads %+v and %+v", theirs.Fruits, theirs.Tellings)
		}
		refused(t, s, func(tx *db.Tx) error { return ask.Unfollow(tx, c.Ines, id, theirs.Fruits[0].ID) })
		next := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) { return ask.DraftNext(tx, c.Ines, id) })
		if draft := story(t, s, c.Ines, next); !strings.Contains(draft.Why, "Found it in an hour") || draft.State != ask.Draft {
			t.Errorf("the next ask begins so: %q", draft.Why)
		}
		money, hours := ask.Gained(story(t, s, c.Ines, id).Fruits)
		if len(money) != 1 || money[0].Minor != 30_000 || hours != 3 {
			t.Errorf("it brought %v and %d hours", money, hours)
		}
	})
}

func TestWithAContactTheOwnerWritesDownBothYeses(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		contact := func(name string) org.Party {
			found := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) { return org.AddContact(tx, c.Ines, org.Contact{Name: name}) })
			return org.Party{Contact: found.ID}
		}
		in := course(c.Tomas)
		in.Whom = contact("Rui")
		a := begins(t, s, c.Ines, in)
		sends(t, s, c.Ines, a)
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.AskBack(tx, c.Ines, a.ID, "Which one?") })
		q := story(t, s, c.Ines, a.ID).Now().Inquiries[0].ID
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.ReplyTo(tx, c.Ines, a.ID, q, "The first") })
		decides(t, s, c.Ines, a.ID, ask.Reply{Says: ask.YesIf, Conditions: []string{"Find cover"}, Money: contact("Nell")})
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.DecideMoney(tx, c.Ines, a.ID, ask.MoneyReply{Says: ask.Yes}) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.DrawUp(tx, c.Ines, a.ID, ask.DrawnInput{Act: ask.Add, Words: []string{"Show a plan"}})
		})
		if n := len(story(t, s, c.Ines, a.ID).Criteria); n != 2 {
			t.Errorf("%d must be shown, want 2: with a contact it counts at once", n)
		}
	})
}
