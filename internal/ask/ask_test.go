package ask_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

func init() { event.React("person left", ask.PersonLeft) }

// today is the day on which the clock of tests begins.
var today = civil.On(2026, time.November, 23)

// course is what Ines asks of Tomás in these tests.
func course(whom org.Actor) ask.Input {
	return ask.Input{
		Text: ask.Text{
			Kind: ask.Money, What: "The course on distributed systems in March", Why: "Half of our outages begin there",
			Cost: ask.Cost{Minor: 120_000, Currency: "EUR", Hours: 24}, Return: "I teach it back in April; Joel covers", DecideBy: today.AddDays(21),
		},
		Whom: whom.Self(),
	}
}

// withWins is the ask with two wins of the actor's as its evidence.
func withWins(t testing.TB, s testkit.Store, me org.Actor, in ask.Input) ask.Input {
	t.Helper()
	in.Wins = testkit.Write(t, s, func(tx *db.Tx) (ids []db.ID, err error) {
		for _, what := range []string{"Cut restarts", "Led the outage"} {
			w, err := plan.AddWin(tx, me, plan.WinText{Day: today.AddDays(-30), What: what, Effect: "Fewer calls at night", Figure: "40 to 6"}, org.Origin{})
			if err != nil {
				return nil, err
			}
			ids = append(ids, w.ID)
		}
		return ids, nil
	})
	return in
}

func begins(t testing.TB, s testkit.Store, me org.Actor, in ask.Input) ask.Ask {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (ask.Ask, error) { return ask.New(tx, me, org.Origin{Kind: "goal", ID: "goal-1"}, in) })
}

func sends(t testing.TB, s testkit.Store, me org.Actor, a ask.Ask) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return ask.Send(tx, me, a.ID, a.Revision) })
}

// sent is an ask by Ines that waits for Tomás.
func sent(t testing.TB, s testkit.Store, c testkit.Company) db.ID {
	t.Helper()
	a := begins(t, s, c.Ines, withWins(t, s, c.Ines, course(c.Tomas)))
	sends(t, s, c.Ines, a)
	return a.ID
}

func story(t testing.TB, s testkit.Store, me org.Actor, id db.ID) ask.Story {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, me, id) })
}

func hidden(t testing.TB, s testkit.Store, me org.Actor, id db.ID) {
	t.Helper()
	_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (ask.Story, error) { return ask.StoryOf(tx, me, id) })
	if !errors.Is(err, problem.NotFound) {
		t.Errorf("%s finds it (%v), want not found", me.Name, err)
	}
}

func refused(t testing.TB, s testkit.Store, what func(tx *db.Tx) error) {
	t.Helper()
	var r problem.Refused
	if err := db.Do(t.Context(), s.DB, what); !errors.As(err, &r) {
		t.Errorf("got %v, want a refusal that says why", err)
	}
}

func answer(t testing.TB, r ask.Reply) ask.Answer {
	t.Helper()
	a, err := r.Answer(today)
	if err != nil {
		t.Fatalf("the reply does not hold together: %v", err)
	}
	return a
}

func decides(t testing.TB, s testkit.Store, me org.Actor, id db.ID, r ask.Reply) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return ask.Decide(tx, me, id, answer(t, r)) })
}

func work(t testing.TB, s testkit.Store) {
	t.Helper()
	runner := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{
		ask.ComeBackJob: ask.ComeBack, ask.ReminderJob: ask.SendReminder, ask.SilenceJob: ask.BreakSilence, ask.TellBackJob: ask.RemindToTellBack,
		"notice":              func(_ context.Context, _ *db.DB, _ db.ID, _ job.Args) error { return nil },
		"commitment reminder": commitment.SendReminder,
	})
	if _, err := runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestADraftIsItsOwnersAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := begins(t, s, c.Ines, course(c.Tomas))
		for _, me := range []org.Actor{c.Tomas, c.Ana, c.Joel, c.Ada} {
			hidden(t, s, me, a.ID)
		}
	})
}

func TestTheOneAskedSeesExactlyWhatWasSent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		got := story(t, s, c.Tomas, id)
		if got.Text != course(c.Tomas).Text {
			t.Errorf("Tomás reads %+v, want %+v", got.Text, course(c.Tomas).Text)
		}
		if e := got.Now().Evidence; len(e) != 2 || e[0].Words != "Cut restarts" || e[1].Figure != "40 to 6" || e[0].Win != "" {
			t.Errorf("the evidence is %+v", e)
		}
		if got.Origin != (org.Origin{}) {
			t.Errorf("Tomás reads that it came from %v, which is private", got.Origin)
		}
		refused(t, s, func(tx *db.Tx) error { return ask.Change(tx, c.Ines, id, got.Revision, course(c.Ana)) })
	})
}

func TestOnlyWinsOfTheirOwnGoOutAndLaterWordsDoNotReachWhatWasSent(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		in, joels := withWins(t, s, c.Ines, course(c.Tomas)), withWins(t, s, c.Joel, course(c.Tomas)).Wins
		testkit.Do(t, s, func(tx *db.Tx) error {
			return share.WithPerson(tx, c.Joel, share.What{Kind: "win", ID: joels[0]}, c.Ines.Person)
		})
		in.Wins = append(in.Wins, joels[0], "no win at all")
		a := begins(t, s, c.Ines, in)
		sends(t, s, c.Ines, a)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return plan.ChangeWin(tx, c.Ines, in.Wins[0], 1, plan.WinText{What: "Something else"})
		})
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.RemoveWin(tx, c.Ines, in.Wins[1]) })
		if e := story(t, s, c.Tomas, a.ID).Now().Evidence; len(e) != 2 || e[0].Words != "Cut restarts" || e[1].Words != "Led the outage" {
			t.Errorf("Tomás reads %+v", e)
		}
	})
}

func TestAnAskThatWasWithdrawnIsADraftAgainAndGoesOutAsANewVersion(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Withdraw(tx, c.Ines, id) })
		hidden(t, s, c.Tomas, id)
		draft := story(t, s, c.Ines, id)
		in := course(c.Tomas)
		in.What, in.Wins = "The shorter course", nil
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Change(tx, c.Ines, id, draft.Revision, in) })
		sends(t, s, c.Ines, story(t, s, c.Ines, id).Ask)
		got := story(t, s, c.Tomas, id)
		if got.What != in.What || got.Version != 2 || len(got.Sendings) != 1 || len(got.Now().Evidence) != 0 {
			t.Errorf("Tomás reads version %d of %q, %d sendings", got.Version, got.What, len(got.Sendings))
		}
		if mine := story(t, s, c.Ines, id); len(mine.Sendings) != 2 || mine.Sendings[1].EndedHow != "withdrawn" {
			t.Errorf("Ines reads %+v", mine.Sendings)
		}
	})
}

func TestTwoWindowsOnOneDraftLoseNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := begins(t, s, c.Ines, course(c.Tomas))
		first, second := course(c.Tomas), course(c.Tomas)
		first.Why, second.Why = "First", "Second"
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Change(tx, c.Ines, a.ID, a.Revision, first) })
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return ask.Change(tx, c.Ines, a.ID, a.Revision, second) })
		var both *problem.Conflict
		if !errors.As(err, &both) || both.Mine["why"] != "Second" || both.Theirs["why"] != "First" {
			t.Errorf("got %v, want a conflict with both texts", err)
		}
		err = testkit.Fails(t, s, func(tx *db.Tx) error { return ask.Send(tx, c.Ines, a.ID, a.Revision) })
		if !errors.As(err, &both) {
			t.Errorf("sending what was changed meanwhile: got %v, want a conflict", err)
		}
	})
}

func TestWhatIsHandedOnIsSeenByWhoHasItNow(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.HandOn(tx, c.Tomas, id, c.Ana.Self(), "Ana holds this budget") })
		hidden(t, s, c.Tomas, id)
		if got := story(t, s, c.Ana, id); got.What != course(c.Tomas).What || len(got.Now().Evidence) != 2 || got.Now().Hands[0].Note != "Ana holds this budget" {
			t.Errorf("Ana reads %+v", got)
		}
		if got := story(t, s, c.Ines, id); got.Whom.Name != "Ana Duarte" {
			t.Errorf("Ines reads that it is with %s", got.Whom.Name)
		}
		decides(t, s, c.Ana, id, ask.Reply{Says: ask.Yes})
		hidden(t, s, c.Tomas, id)
		if got := story(t, s, c.Ana, id); got.Decision.Says != ask.Yes {
			t.Errorf("Ana reads %+v", got.Decision)
		}
	})
}

func TestTheOwnerSendsItToSomebodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.SendElsewhere(tx, c.Ines, id, c.Ana.Self()) })
		hidden(t, s, c.Tomas, id)
		if got := story(t, s, c.Ana, id); got.Text != course(c.Tomas).Text || len(got.Now().Evidence) != 2 {
			t.Errorf("Ana reads %+v", got)
		}
	})
}

func TestAnAttachmentCanBeTakenBackAndTheWordsCannot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes})
		first := story(t, s, c.Ines, id).Now().Evidence[0]
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.TakeBack(tx, c.Ines, id, first.ID) })
		e := story(t, s, c.Tomas, id).Now().Evidence
		if len(e) != 2 || e[0].Words+e[0].Effect+e[0].Figure != "" || !e[0].Day.IsZero() || e[0].TakenBackAt.IsZero() || e[1].Words == "" {
			t.Errorf("Tomás reads %+v", e)
		}
		if mine := story(t, s, c.Ines, id).Now().Evidence; mine[0].Words == "" {
			t.Error("Ines no longer reads her own words")
		}
		refused(t, s, func(tx *db.Tx) error { return ask.Withdraw(tx, c.Ines, id) })
	})
}

func TestAYesMakesItsPromises(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		due := today.AddDays(30)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes, Promises: []commitment.Input{
			{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "Book the place", Due: due},
			{By: c.Ines.Self(), To: c.Tomas.Self(), Words: "Teach it back", Due: due},
		}})
		got := story(t, s, c.Ines, id).Promises
		if len(got) != 2 || got[0].State != commitment.Open || got[1].State != commitment.Proposed {
			t.Errorf("the promises are %+v, want Tomás's open and Ines's waiting for her", got)
		}
		id = sent(t, s, c)
		err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return ask.Decide(tx, c.Tomas, id, answer(t, ask.Reply{Says: ask.Yes, Promises: []commitment.Input{{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "Soon"}}}))
		})
		var wrong problem.Invalid
		if !errors.As(err, &wrong) || wrong["promise_0_due"] == "" {
			t.Errorf("a promise without a day: got %v, want a message there", err)
		}
		if story(t, s, c.Ines, id).State != ask.Sent {
			t.Error("a decision whose promises could not be taken was kept")
		}
	})
}

func TestConditionsOfAYesAreShownByOneAndJudgedByTheOther(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"Run one incident", " ", "Write it up"}})
		all := story(t, s, c.Ines, id).Criteria
		if len(all) != 2 || all[0].Words != "Run one incident" {
			t.Fatalf("the criteria are %+v", all)
		}
		one := all[0]
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Show(tx, c.Ines, one.ID, one.Revision, "The outage of 3 December") })
		var both *problem.Conflict
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return ask.Show(tx, c.Ines, one.ID, one.Revision, "Mine") }); !errors.As(err, &both) {
			t.Errorf("a second window: got %v, want a conflict", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Judge(tx, c.Tomas, one.ID, ask.NotYet, "Once more, alone") })
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Judge(tx, c.Tomas, one.ID, ask.Shown, "Well led") })
		got := story(t, s, c.Ines, id).Criteria[0]
		if got.Verdict != ask.Shown || got.VerdictWords != "Well led" || got.Evidence != "The outage of 3 December" {
			t.Errorf("Ines reads %+v", got)
		}
		refused(t, s, func(tx *db.Tx) error { return ask.Judge(tx, c.Tomas, one.ID, ask.NotYet, "") })
		refused(t, s, func(tx *db.Tx) error { return ask.Show(tx, c.Ines, one.ID, got.Revision, "More") })
	})
}

func TestAReplyThatDoesNotHoldTogetherIsNoAnswer(t *testing.T) {
	for field, r := range map[string]ask.Reply{
		"says":        {Reason: "Because"},
		"conditions":  {Says: ask.YesIf, Conditions: []string{"  "}},
		"again_on":    {Says: ask.NotNow, AgainOn: today},
		"alternative": {Says: ask.No, Alternative: "a medal"},
	} {
		_, err := r.Answer(today)
		var wrong problem.Invalid
		if !errors.As(err, &wrong) || wrong[field] == "" {
			t.Errorf("%s: got %v, want a message there", field, err)
		}
	}
}

func TestANoComesBackInNinetyDaysWhenNobodyNamesADay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.No})
		if d := story(t, s, c.Tomas, id).Decision; d.AgainOn != today.AddDays(90) || d.AgainNamed {
			t.Errorf("it comes back on %s", d.AgainOn)
		}
		s.Clock.MoveDays(89)
		work(t, s)
		if got := story(t, s, c.Ines, id); got.CameBackAs != "" {
			t.Error("it came back a day early")
		}
		s.Clock.MoveDays(1)
		work(t, s)
		back := story(t, s, c.Ines, story(t, s, c.Ines, id).CameBackAs)
		want := course(c.Tomas).Text
		want.DecideBy = civil.Date{}
		if back.State != ask.Draft || back.Text != want || back.Whom.Person != c.Tomas.Person || back.Previous != id || back.PreviousAt.IsZero() {
			t.Errorf("it came back as %+v", back.Ask)
		}
		kept := testkit.Read(t, s, func(tx *db.Tx) ([]db.ID, error) { return ask.Wins(tx, c.Ines, back.ID) })
		if first := story(t, s, c.Ines, id).Now().Evidence; len(kept) != 2 || kept[0] != first[0].Win || kept[1] != first[1].Win {
			t.Errorf("it brings %v", kept)
		}
		hidden(t, s, c.Tomas, back.ID)
	})
}

func TestAnAskComesBackExactlyOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.NotNow, AgainOn: today.AddDays(10)})
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Move(tx, c.Ines, id, today.AddDays(20)) })
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Move(tx, c.Ines, id, today.AddDays(12)) })
		s.Clock.MoveDays(11)
		work(t, s)
		if got := story(t, s, c.Ines, id); got.CameBackAs != "" {
			t.Error("it came back on the day from which it was moved")
		}
		s.Clock.MoveDays(30)
		for range 3 {
			work(t, s)
			if err := ask.ComeBack(t.Context(), s.DB, "again", job.Args{"organisation": c.Ines.Organisation, "ask": id}); err != nil {
				t.Fatal(err)
			}
		}
		all := testkit.Read(t, s, func(tx *db.Tx) ([]ask.Ask, error) { return ask.Mine(tx, c.Ines, "", 10) })
		if len(all) != 2 {
			t.Errorf("Ines has %d asks, want the first and the one that came back", len(all))
		}
		refused(t, s, func(tx *db.Tx) error { return ask.Move(tx, c.Ines, id, today.AddDays(90)) })
	})
}

func TestWhatIsLetGoDoesNotComeBackUntilItIsTakenUpAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.NotNow, AgainOn: today.AddDays(10)})
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.LetGo(tx, c.Ines, id) })
		s.Clock.MoveDays(11)
		work(t, s)
		if got := story(t, s, c.Ines, id); got.CameBackAs != "" || !got.LetGo {
			t.Error("it came back although it was let go")
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Move(tx, c.Ines, id, today.AddDays(20)) })
		s.Clock.MoveDays(10)
		work(t, s)
		if got := story(t, s, c.Ines, id); got.CameBackAs == "" {
			t.Error("it did not come back after it was taken up again")
		}
	})
}

func TestWhatTheOwnerHeardIsTheirsAndOnlyForWhatWasLeftEmpty(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.NotNow, Reason: "The budget is spent"})
		var wrong problem.Invalid
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return ask.Hear(tx, c.Ines, id, ask.Heard{Reason: "He forgot", Revision: 1}) })
		if !errors.As(err, &wrong) || wrong["reason"] == "" {
			t.Errorf("over their own reason: got %v, want a message there", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return ask.Hear(tx, c.Ines, id, ask.Heard{Feedback: "More depth in tests", Revision: 1})
		})
		if got := story(t, s, c.Ines, id).Decision; got.Heard.Feedback != "More depth in tests" || got.Reason != "The budget is spent" {
			t.Errorf("Ines reads %+v", got)
		}
		if got := story(t, s, c.Tomas, id).Decision; got.Heard.Feedback != "" {
			t.Error("Tomás reads what Ines noted for herself")
		}
	})
}

func TestWhenTheOneAskedLeavesTheAskReturnsToItsOwner(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		waiting, decided := sent(t, s, c), sent(t, s, c)
		decides(t, s, c.Tomas, decided, ask.Reply{Says: ask.Yes, Reason: "Gladly"})
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		gone := c.Tomas
		gone.Left = true
		hidden(t, s, gone, waiting)
		got := story(t, s, c.Ines, waiting)
		if got.State != ask.Draft || !got.WhomLeft || got.Sendings[0].EndedHow != "returned" {
			t.Errorf("Ines reads %+v", got)
		}
		var wrong problem.Invalid
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return ask.Send(tx, c.Ines, waiting, got.Revision) })
		if !errors.As(err, &wrong) || wrong["whom"] == "" {
			t.Errorf("sending to who has left: got %v, want a message there", err)
		}
		if got := story(t, s, c.Ines, decided); got.Decision.Reason != "Gladly" {
			t.Error("what was decided is gone")
		}
		if got := story(t, s, gone, decided); got.Decision.Reason != "Gladly" {
			t.Error("who left does not read what they decided")
		}
		s.Clock.MoveDays(31)
		hidden(t, s, gone, decided)
	})
}

func TestConditionsOfWhoHasLeftAreTakenToSomebodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.YesIf, Conditions: []string{"Run one incident"}})
		again := func(tx *db.Tx) (db.ID, error) { return ask.AskAgain(tx, c.Ines, id) }
		refused(t, s, func(tx *db.Tx) error { _, err := again(tx); return err })
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		next := testkit.Write(t, s, again)
		if got := story(t, s, c.Ines, next); got.State != ask.Draft || got.What != story(t, s, c.Ines, id).What || got.Whom.Name != "" || got.Previous != id {
			t.Errorf("the draft is %+v", got.Ask)
		}
		refused(t, s, func(tx *db.Tx) error { _, err := again(tx); return err })
	})
}

func TestAnotherManagerChangesNothingAboutAnAsk(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := sent(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Mira.Person) })
		hidden(t, s, c.Mira, id)
		decides(t, s, c.Tomas, id, ask.Reply{Says: ask.Yes})
	})
}

func TestForAContactTheOwnerWritesDownWhatTheyHeard(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		boss := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, c.Ines, org.Contact{Name: "Rui Costa"})
		})
		in := course(c.Tomas)
		in.Whom = org.Party{Contact: boss.ID}
		a := begins(t, s, c.Ines, in)
		sends(t, s, c.Ines, a)
		refused(t, s, func(tx *db.Tx) error { return ask.HandOn(tx, c.Ines, a.ID, c.Tomas.Self(), "") })
		decides(t, s, c.Ines, a.ID, ask.Reply{Says: ask.YesIf, Conditions: []string{"A talk"}, Promises: []commitment.Input{
			{By: org.Party{Contact: boss.ID}, To: c.Ines.Self(), Words: "Pay half", Due: today.AddDays(9)},
		}})
		got := story(t, s, c.Ines, a.ID)
		if got.Decision.By.Name != "Rui Costa" || len(got.Promises) != 1 || got.Promises[0].State != commitment.Open {
			t.Errorf("Ines reads %+v", got)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return ask.Judge(tx, c.Ines, got.Criteria[0].ID, ask.Shown, "He liked it") })
	})
}

func TestMoneyIsReadAsPeopleWriteIt(t *testing.T) {
	for _, each := range []struct {
		amount, unit string
		want         int64
	}{
		{"1200", "EUR", 120_000}, {"1,200.50", "EUR", 120_050}, {"1.200,5", "EUR", 120_050}, {"1 200", "EUR", 120_000},
		{"1'200.00", "CHF", 120_000}, {"1.200", "EUR", 120_000}, {"1200", "JPY", 1200}, {"1,200", "JPY", 1200}, {"1,20,000.00", "INR", 12_000_000}, {"", "EUR", 0}, {"0.05", "USD", 5},
	} {
		got, err := ask.ParseMoney(each.amount, each.unit)
		if err != nil || got != each.want {
			t.Errorf("%s %s: got %d, %v, want %d", each.amount, each.unit, got, err, each.want)
		}
		shown := ask.Cost{Minor: got, Currency: each.unit}.Amount()
		if again, err := ask.ParseMoney(shown, each.unit); err != nil || again != got {
			t.Errorf("%s %s is shown as %q, which reads as %d (%v)", each.amount, each.unit, shown, again, err)
		}
	}
	for _, wrong := range [][2]string{{"12.5", "JPY"}, {"1.2345", "EUR"}, {"0.001", "EUR"}, {"1,2,3", "EUR"}, {"1200,", "JPY"}, {"９", "EUR"}, {"99999999999999999999", "EUR"}, {"1e5", "EUR"}} {
		if got, err := ask.ParseMoney(wrong[0], wrong[1]); err == nil {
			t.Errorf("%s %s is read as %d", wrong[0], wrong[1], got)
		}
	}
	if _, err := ask.ParseMoney("a lot", "EUR"); err == nil {
		t.Error("words were taken for money")
	}
	if _, err := ask.ParseMoney("-5", "EUR"); err == nil {
		t.Error("less than nothing was taken")
	}
}

func TestDraftsAreNotWithoutEnd(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			for range 200 {
				if _, err := ask.New(tx, c.Ines, org.Origin{}, ask.Input{Text: ask.Text{What: "A course"}}); err != nil {
					return err
				}
			}
			if _, err := ask.New(tx, c.Ines, org.Origin{}, ask.Input{Text: ask.Text{What: "One more"}}); err == nil {
				t.Error("two hundred and one drafts are kept")
			}
			_, err := ask.New(tx, c.Tomas, org.Origin{}, ask.Input{Text: ask.Text{What: "A course"}})
			return err
		})
	})
}
