package home_test

import (
	"errors"
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
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func homeOf(t *testing.T, s testkit.Store, me org.Actor) home.Home {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (home.Home, error) { return home.Of(tx, me) })
}

// busy lets Ines and Tomás promise, ask and arrange to meet.
func busy(t *testing.T, s testkit.Store, c testkit.Company) {
	testkit.Do(t, s, func(tx *db.Tx) error {
		today := civil.In(tx.Now(), c.Ines.Zone)
		for days, words := range map[int]string{20: "Write the guide", 3: "Introduce Priya"} {
			if _, err := commitment.Make(tx, c.Tomas, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: words, Due: today.AddDays(days)}); err != nil {
				return err
			}
		}
		draft, err := ask.New(tx, c.Ines, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "The course in March"}, Whom: c.Tomas.Self()})
		if err != nil {
			return err
		}
		if err := ask.Send(tx, c.Ines, draft.ID, draft.Revision); err != nil {
			return err
		}
		if _, err := plan.AddWin(tx, c.Ines, plan.WinText{What: "Out two days early"}, event.Thing{}); err != nil {
			return err
		}
		meet, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 10), Minutes: 60}})
		if err != nil {
			return err
		}
		_, err = conversation.Accept(tx, c.Tomas, meet.ID, meet.Revision)
		return err
	})
}

func TestTheEmployeeSeesWhatIsNextAndWhatStandsBetweenTheTwo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		busy(t, s, c)
		h := homeOf(t, s, c.Ines)
		if h.Next.Other(c.Ines).Name != "Tomás Reis" {
			t.Errorf("the next conversation is with %q, want Tomás", h.Next.Other(c.Ines).Name)
		}
		if len(h.Promises) != 2 || h.Promises[0].Words != "Introduce Priya" {
			t.Errorf("promises %v, want the two, the nearer first", h.Promises)
		}
		if len(h.Facts) != 2 || h.Facts[0].Words != "Introduce Priya" || h.Facts[1].Words != "The course in March" {
			t.Errorf("facts %v, want what is due until then and the ask that waits", h.Facts)
		}
		if len(h.OnTheirWay) != 1 || len(h.ForMe) != 0 || len(h.Reports) != 0 {
			t.Errorf("%d asks on their way, %d for Ines, %d reports, want 1, 0, 0", len(h.OnTheirWay), len(h.ForMe), len(h.Reports))
		}
		if len(h.Year.Marks) != 1 || !h.Year.Marks[0].Up || !h.Year.Marks[0].Deep || h.Year.Marks[0].Label == "" || len(h.Year.Wins) != 1 {
			t.Errorf("the year %+v, want one deep conversation to come and one win", h.Year)
		}
	})
}

func TestTheManagerSeesEachReportAndWhatTheyOwe(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		busy(t, s, c)
		h := homeOf(t, s, c.Tomas)
		if len(h.Reports) != 2 {
			t.Fatalf("%d reports, want Ines and Joel", len(h.Reports))
		}
		ines, joel := h.Reports[0], h.Reports[1]
		if ines.Person.Name != "Ines Faria" || ines.Next.ID == "" || len(ines.Waits) != 1 || len(ines.Promised) != 2 {
			t.Errorf("Ines: %+v, want a conversation, an ask that waits and two promises", ines)
		}
		if joel.Next.ID != "" || len(joel.Waits)+len(joel.Promised) != 0 {
			t.Errorf("Joel: %+v, want nothing", joel)
		}
		if len(h.Year.Marks)+len(h.Year.Wins) != 0 {
			t.Errorf("the year of Tomás shows what is of Ines: %+v", h.Year)
		}
	})
}

func TestOthersSeeNothingOfIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		busy(t, s, c)
		for _, other := range []org.Actor{c.Joel, c.Ana, c.Mira, c.Ada} {
			h := homeOf(t, s, other)
			if h.Next.ID != "" || len(h.Promises)+len(h.OnTheirWay)+len(h.ForMe)+len(h.Year.Marks)+len(h.Year.Wins) != 0 {
				t.Errorf("%s is shown %+v", other.Name, h)
			}
			for _, r := range h.Reports {
				if r.Next.ID != "" || len(r.Waits)+len(r.Promised) != 0 {
					t.Errorf("%s is shown for %s: %+v", other.Name, r.Person.Name, r)
				}
			}
		}
	})
}

func TestLabelsOfTheYearKeepOutOfEachOthersWay(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		for _, days := range []int{5, 8, 60} {
			meet, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Mira.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().Add(time.Duration(days) * 24 * time.Hour), Minutes: 60}})
			if err != nil {
				return err
			}
			if _, err := conversation.Accept(tx, c.Mira, meet.ID, meet.Revision); err != nil {
				return err
			}
		}
		return nil
	})
	marks := homeOf(t, s, c.Ines).Year.Marks
	if len(marks) != 3 || marks[0].Label == "" || marks[1].Label != "" || marks[0].At >= marks[1].At || marks[2].At > 100 {
		t.Errorf("%+v, want the label of the next one and not of the one beside it", marks)
	}
}

func TestAnAskThatWasAnsweredWithANoStandsThereUntilItIsTakenUp(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		busy(t, s, c)
		waits := homeOf(t, s, c.Tomas).ForMe[0]
		testkit.Do(t, s, func(tx *db.Tx) error {
			answer, err := ask.Reply{Says: ask.NotNow}.Answer(civil.In(tx.Now(), c.Tomas.Zone))
			if err != nil {
				return err
			}
			return ask.Decide(tx, c.Tomas, waits.ID, answer)
		})
		if h := homeOf(t, s, c.Ines); len(h.OnTheirWay) != 0 || len(h.ComingBack) != 1 || len(h.CameBack) != 0 {
			t.Errorf("after a not now: %d wait, %d come back, %d came back, want 0, 1, 0", len(h.OnTheirWay), len(h.ComingBack), len(h.CameBack))
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := ask.AskAgain(tx, c.Ines, waits.ID)
			return err
		})
		if h := homeOf(t, s, c.Ines); len(h.ComingBack) != 0 || len(h.CameBack) != 1 || h.CameBack[0].What != waits.What {
			t.Errorf("taken up again: %v come back, %v came back, want the draft", h.ComingBack, h.CameBack)
		}
	})
}

func TestNobodyIsBuriedByOnePerson(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		today := civil.On(2026, time.November, 23)
		most := func(what string, want int, do func(tx *db.Tx) error) {
			var refused problem.Refused
			for n := range want + 1 {
				switch err := db.Do(t.Context(), s.DB, do); {
				case n < want && err != nil:
					t.Fatalf("%s number %d: %v", what, n+1, err)
				case n == want && !errors.As(err, &refused):
					t.Errorf("%s number %d: %v, want a refusal", what, n+1, err)
				}
			}
		}
		most("ask", 50, func(tx *db.Tx) error {
			draft, err := ask.New(tx, c.Joel, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "More"}, Whom: c.Tomas.Self()})
			if err != nil {
				return err
			}
			return ask.Send(tx, c.Joel, draft.ID, draft.Revision)
		})
		most("conversation", 50, func(tx *db.Tx) error {
			_, err := conversation.Request(tx, c.Joel, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Sprint, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 20}})
			return err
		})
		most("proposal", 50, func(tx *db.Tx) error {
			_, err := commitment.Make(tx, c.Joel, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Joel.Self(), Words: "More", Due: today})
			return err
		})
		most("promise", 200, func(tx *db.Tx) error {
			_, err := commitment.Make(tx, c.Joel, event.Thing{}, commitment.Input{By: c.Joel.Self(), To: c.Tomas.Self(), Words: "More", Due: today})
			return err
		})
		busy(t, s, c)
		if h := homeOf(t, s, c.Tomas); len(h.ForMe) > 51 || len(h.Proposals) > 50 {
			t.Errorf("Tomás finds %d asks and %d proposals", len(h.ForMe), len(h.Proposals))
		}
	})
}
