package question_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

const told = "What did you find hard at first?"

// sends lets Ines ask some people at once.
func sends(t *testing.T, s testkit.Store, c testkit.Company, in question.Sending) []question.Asked {
	t.Helper()
	if in.Wording == "" {
		in.Wording = told
	}
	return testkit.Write(t, s, func(tx *db.Tx) ([]question.Asked, error) { return question.Send(tx, c.Ines, org.Origin{}, in) })
}

// tries does something that is expected to fail with that error.
func tries(t *testing.T, s testkit.Store, want error, do func(tx *db.Tx) error) {
	t.Helper()
	if err := db.Do(t.Context(), s.DB, do); !errors.Is(err, want) {
		t.Errorf("got %v, want %v", err, want)
	}
}

func asked1(t *testing.T, s testkit.Store, c testkit.Company) question.Asked {
	t.Helper()
	return sends(t, s, c, question.Sending{Note: "You led the crane team.", Here: []db.ID{c.Tomas.Person}})[0]
}

func byID(t *testing.T, s testkit.Store, me org.Actor, id db.ID) question.Asking {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (question.Asking, error) { return question.ByID(tx, me, id) })
}

func TestTheOneAskedSeesTheQuestionAndWhatWasWrittenWithIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked1(t, s, c)
		got := testkit.Read(t, s, func(tx *db.Tx) (question.ForMe, error) { return question.AskedOfMe(tx, c.Tomas, a.ID) })
		if got.Wording != told || got.Note != "You led the crane team." || got.OwnerName != "Ines Faria" {
			t.Errorf("he sees %+v", got)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { _, err := question.AskedOfMe(tx, c.Joel, a.ID); return err })
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { _, err := question.ByID(tx, c.Tomas, a.ID); return err })
		noted := asked(t, s, c, question.Input{})
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { _, err := question.AskedOfMe(tx, c.Tomas, noted.ID); return err })
		waits := testkit.Read(t, s, func(tx *db.Tx) ([]question.ForMe, error) { return question.WaitForMyAnswer(tx, c.Tomas) })
		if len(waits) != 1 || waits[0].ID != a.ID {
			t.Errorf("%d wait for him", len(waits))
		}
	})
}

func TestAnAnswerIsOfTheOneWhoGaveIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked1(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return question.GiveAnswer(tx, c.Tomas, a.ID, " Saying no.\r\n") })
		got := byID(t, s, c.Ines, a.ID)
		if got.Answer != "Saying no." || !got.Given || !got.Answered() {
			t.Errorf("she reads %+v", got)
		}
		var refused problem.Refused
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := question.Answer(tx, c.Ines, a.ID, got.Revision, "Saying yes.")
			return err
		})
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), "Tomás Reis") {
			t.Errorf("she changes his words: %v", err)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.GiveAnswer(tx, c.Tomas, a.ID, "Once more") })
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.TurnBack(tx, c.Tomas, a.ID, "") })
		his := testkit.Read(t, s, func(tx *db.Tx) (question.ForMe, error) { return question.AskedOfMe(tx, c.Tomas, a.ID) })
		if his.Answer != "Saying no." {
			t.Errorf("he finds %q", his.Answer)
		}
	})
}

func TestWhoDeclinesLeavesNoTrace(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked1(t, s, c)
		before := byID(t, s, c.Ines, a.ID)
		testkit.Do(t, s, func(tx *db.Tx) error { return question.Decline(tx, c.Tomas, a.ID) })
		if after := byID(t, s, c.Ines, a.ID); after != before {
			t.Errorf("she sees a trace: %+v, was %+v", after, before)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { _, err := question.AskedOfMe(tx, c.Tomas, a.ID); return err })
		wrong := problem.Invalid{}
		err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := question.Send(tx, c.Ines, org.Origin{}, question.Sending{Wording: told, Here: []db.ID{c.Tomas.Person}})
			return err
		})
		if !errors.As(err, &wrong) || wrong["whom"] != "Tomás Reis was asked this already." {
			t.Errorf("asked again it tells: %v", err)
		}
	})
}

func TestAQuestionIsTurnedBackRepliedToAndAnswered(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked1(t, s, c)
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { _, err := question.ReplyTo(tx, c.Ines, a.ID, "Time", link.Input{}); return err })
		testkit.Do(t, s, func(tx *db.Tx) error { return question.TurnBack(tx, c.Tomas, a.ID, "What for?") })
		if got := byID(t, s, c.Ines, a.ID); !got.TurnedBack() || got.Back != "What for?" {
			t.Errorf("she sees %+v", got)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.TurnBack(tx, c.Tomas, a.ID, "And why?") })
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := question.ReplyTo(tx, c.Ines, a.ID, "Two hours a week.", link.Input{})
			return err
		})
		his := testkit.Read(t, s, func(tx *db.Tx) (question.ForMe, error) { return question.AskedOfMe(tx, c.Tomas, a.ID) })
		if his.Reply != "Two hours a week." {
			t.Errorf("he reads %q", his.Reply)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return question.GiveAnswer(tx, c.Tomas, a.ID, "Then take the Friday.") })
		if got := byID(t, s, c.Ines, a.ID); got.Answer != "Then take the Friday." || got.TurnedBack() {
			t.Errorf("answered it is %+v", got)
		}
	})
}

func TestATakenBackQuestionIsThereForNobody(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		all := sends(t, s, c, question.Sending{Here: []db.ID{c.Tomas.Person}, Outside: []question.Outside{{Name: "Ruth Sole"}}})
		for _, a := range all {
			testkit.Do(t, s, func(tx *db.Tx) error { return question.Remove(tx, c.Ines, a.ID) })
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.GiveAnswer(tx, c.Tomas, all[0].ID, "x") })
		tries(t, s, link.TakenBack, func(tx *db.Tx) error { _, err := link.Open(tx, all[1].Token); return err })
	})
}

func TestSomebodyOutsideAnswersByALinkUnderTheirName(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := sends(t, s, c, question.Sending{Note: "From the harbour days.", Outside: []question.Outside{{Name: "Ruth"}}})[0]
		testkit.Do(t, s, func(tx *db.Tx) error {
			o, err := link.Open(tx, a.Token)
			if err != nil {
				return err
			}
			if err := question.TurnBackByLink(tx, o, "Ruth Sole", "What do you need?"); err != nil {
				return err
			}
			return link.Use(tx, o)
		})
		again := testkit.Write(t, s, func(tx *db.Tx) (question.Asked, error) {
			return question.ReplyTo(tx, c.Ines, a.ID, "An hour of your time.", link.Input{Days: 7})
		})
		tries(t, s, link.Answered, func(tx *db.Tx) error { _, err := link.Open(tx, a.Token); return err })
		testkit.Do(t, s, func(tx *db.Tx) error {
			o, err := link.Open(tx, again.Token)
			if err != nil {
				return err
			}
			seen, err := question.AskedByLink(tx, o)
			if err != nil || seen.Wording != told || seen.Reply != "An hour of your time." || seen.MayTurnBack() {
				t.Errorf("the link shows %+v, %v", seen, err)
			}
			return question.AnswerByLink(tx, o, " Ruth  M. Sole ", "The noise.")
		})
		if got := byID(t, s, c.Ines, a.ID); got.To.Name != "Ruth M. Sole" || got.Answer != "The noise." || !got.Given {
			t.Errorf("she reads %+v", got)
		}
	})
}

func TestWhatIsAskedOfSeveralStandsTogether(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		all := sends(t, s, c, question.Sending{Here: []db.ID{c.Tomas.Person, c.Joel.Person}, Outside: []question.Outside{{Name: "Ruth"}}})
		list := testkit.Read(t, s, func(tx *db.Tx) ([]question.Asking, error) { return question.Together(tx, c.Ines, all[0].Round) })
		var names []string
		for _, a := range list {
			names = append(names, a.To.Name)
		}
		if got := strings.Join(names, ", "); got != "Tomás Reis, "+c.Joel.Name+", Ruth" {
			t.Errorf("together are %s", got)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { _, err := question.Together(tx, c.Tomas, all[0].Round); return err })
		many := question.Sending{Wording: "And now?"}
		for range question.MostTogether + 1 {
			many.Outside = append(many.Outside, question.Outside{Name: "Somebody"})
		}
		wrong := problem.Invalid{}
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error { _, err := question.Send(tx, c.Ines, org.Origin{}, many); return err }); !errors.As(err, &wrong) {
			t.Errorf("nine at once: %v", err)
		}
	})
}

func TestAQuestionRunsOutForTheOneAsked(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked1(t, s, c)
		s.Clock.MoveDays(31)
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.GiveAnswer(tx, c.Tomas, a.ID, "x") })
	})
}

func TestAnAnswerToOneselfGoesToTheJournal(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked(t, s, c, question.Input{Wording: "What would I miss?", To: question.ToMyself, Answer: "The quiet."})
		entry := func(id db.ID) plan.Entry {
			return testkit.Read(t, s, func(tx *db.Tx) (plan.Entry, error) { return plan.EntryByID(tx, c.Ines, id) })
		}
		if got := entry(a.Entry).Words; got != "What would I miss?\n\nThe quiet." {
			t.Errorf("the journal says %q", got)
		}
		back := testkit.Read(t, s, func(tx *db.Tx) (question.Asking, error) { return question.OfEntry(tx, c.Ines, a.Entry) })
		if back.ID != a.ID {
			t.Error("the entry does not lead back")
		}
		a = testkit.Write(t, s, func(tx *db.Tx) (question.Asking, error) {
			return question.Answer(tx, c.Ines, a.ID, a.Revision, "The sea.")
		})
		if got := entry(a.Entry).Words; got != "What would I miss?\n\nThe sea." {
			t.Errorf("changed, the journal says %q", got)
		}
		mine := entry(a.Entry)
		mine.Words = "Rather the people."
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ChangeEntry(tx, c.Ines, mine) })
		a = testkit.Write(t, s, func(tx *db.Tx) (question.Asking, error) {
			return question.Answer(tx, c.Ines, a.ID, a.Revision, "The wind.")
		})
		if got := entry(a.Entry).Words; got != "Rather the people." {
			t.Errorf("what she wrote on is %q", got)
		}
	})
}

func TestASuggestionWaitsUntilItBecomesSomethingOrIsLetGo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked(t, s, c, question.Input{Answer: "Join the tide group one day."})
		today := civil.In(s.Clock.Now(), c.Ines.Zone)
		one := testkit.Write(t, s, func(tx *db.Tx) (question.Suggested, error) {
			return question.NoteSuggested(tx, c.Ines, a.ID, "Join the tide group", civil.Date{})
		})
		if one.LookOn.Before(today.AddMonths(1)) || one.By.Name != "Tomás Reis" {
			t.Errorf("noted as %+v", one)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.LetGoOfSuggested(tx, c.Tomas, one.ID) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			return question.ChangeSuggested(tx, c.Ines, one.ID, one.Revision, "Join the tide group in May", today)
		})
		open := func() []question.Suggested {
			return testkit.Read(t, s, func(tx *db.Tx) ([]question.Suggested, error) { return question.OpenSuggested(tx, c.Ines) })
		}
		if list := open(); len(list) != 1 || list[0].Words != "Join the tide group in May" || list[0].LookOn != today {
			t.Errorf("open are %+v", list)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return question.SuggestedBecame(tx, c.Ines, one.ID, plan.Goal{ID: "g"}.Thing()) })
		if len(open()) != 0 {
			t.Error("what became something waits still")
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.LetGoOfSuggested(tx, c.Ines, one.ID) })
	})
}
