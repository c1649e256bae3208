package mentor_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	_ "github.com/ownward/ownward/internal/house" // what one package does when something happens in another
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
	"github.com/ownward/ownward/internal/testkit"
)

func is(t *testing.T, s testkit.Store, who org.Actor, id db.ID, want mentor.ChoiceState, when string) {
	t.Helper()
	if got := choice(t, s, who, id).State; got != want {
		t.Errorf("%s: %s, want %s", when, got, want)
	}
}

func reads(t *testing.T, s testkit.Store, who org.Actor, id db.ID) bool {
	_, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (mentor.Request, error) { return mentor.Mentoring(tx, who, id) })
	if err != nil && !errors.Is(err, problem.NotFound) {
		t.Error(err)
	}
	all := testkit.Read(t, s, func(tx *db.Tx) ([]mentor.AlongRequest, error) {
		others, err := org.Others(tx, who)
		if err != nil {
			return nil, err
		}
		return mentor.TakeRequests(tx, who, others)
	})
	if (err == nil) != slices.ContainsFunc(all, func(r mentor.AlongRequest) bool { return r.ID == id }) {
		t.Errorf("%s finds it: %v, and takes %d along", who.Name, err == nil, len(all))
	}
	return err == nil
}

func TestTheLineIsNotJumpedAndMovesUpHoweverAPlaceComes(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 5)
	offers(t, s, c.Ana, 1, 5)
	first, second := asks(t, s, c.Ines, c.Mira), asks(t, s, c.Joel, c.Mira)
	offers(t, s, c.Mira, 0, 5)
	is(t, s, c.Ines, first.ID, mentor.Waiting, "asked, while she pauses")
	offers(t, s, c.Mira, 1, 5)
	is(t, s, c.Ines, first.ID, mentor.Asked, "the first, when she is back")
	is(t, s, c.Joel, second.ID, mentor.Waiting, "the second, when she is back")
	third := asks(t, s, c.Ada, c.Mira, c.Ana)
	is(t, s, c.Ada, third.ID, mentor.Waiting, "who asks while others wait for the place that is free")
	if ch := testkit.Read(t, s, func(tx *db.Tx) (mentor.Chances, error) {
		return mentor.ChancesOf(tx, c.Tomas, c.Mira.Person, mentor.Choice{})
	}); !ch.Line || ch.Before != 3 {
		t.Errorf("the next one is told %+v, want three before", ch)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Close(tx, c.Ines, first.ID) })
	is(t, s, c.Joel, second.ID, mentor.Asked, "the second, after the first closed theirs")
	if err := answers(s, t, c.Mira, second.ID, mentor.Reply{Says: mentor.TellMore, Words: "Which money?"}); err != nil {
		t.Fatal(err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := mentor.Begin(tx, c.Mira, c.Mira.Person, c.Ines.Person, "")
		return err
	})
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Tell(tx, c.Joel, second.ID, "For tools") })
	is(t, s, c.Joel, second.ID, mentor.Waiting, "who replies once no place is left")
	testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
	is(t, s, c.Joel, second.ID, mentor.Asked, "after the mentee has left")
	testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Joel.Person) })
	is(t, s, c.Ada, third.ID, mentor.Asked, "after who was asked before has left")
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.AskNext(tx, c.Ada, third.ID) })
	if got := choice(t, s, c.Ada, third.ID); got.State != mentor.Asked || got.Mentor.Person != c.Ana.Person {
		t.Errorf("instead of who is asked: %+v", got)
	}
}

func TestWhatWasWithdrawnBeforeAnAnswerIsNotReadByTheMentor(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 5)
	r := asks(t, s, c.Ines, c.Mira)
	if !reads(t, s, c.Mira, r.ID) {
		t.Error("who is asked does not read it")
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Close(tx, c.Ines, r.ID) })
	if reads(t, s, c.Mira, r.ID) || !reads(t, s, c.Ines, r.ID) {
		t.Error("withdrawn, it is its owner's alone to read")
	}
	again := asks(t, s, c.Ines, c.Mira)
	if err := answers(s, t, c.Mira, again.ID, mentor.Reply{Says: mentor.TellMore, Words: "Which money?"}); err != nil {
		t.Fatal(err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Close(tx, c.Ines, again.ID) })
	if !reads(t, s, c.Mira, again.ID) {
		t.Error("who answered reads no more what they answered")
	}
}

func TestWhoAsksAMentorThatIsGoneIsTold(t *testing.T) {
	for _, way := range []string{"takes the page away", "leaves"} {
		s := testkit.SQLite(t)
		c := testkit.NewCompany(t, s, "weir.example")
		offers(t, s, c.Mira, 1, 5)
		offers(t, s, c.Ana, 1, 5)
		first, second, third := asks(t, s, c.Ines, c.Mira), asks(t, s, c.Joel, c.Mira), asks(t, s, c.Ada, c.Ana, c.Mira)
		if err := answers(s, t, c.Mira, first.ID, mentor.Reply{Says: mentor.Yes}); err != nil {
			t.Fatal(err)
		}
		s.Clock.MoveDays(1)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if way == "leaves" {
				return org.Leave(tx, c.Ada, c.Mira.Person)
			}
			return mentor.Withdraw(tx, c.Mira)
		})
		is(t, s, c.Joel, second.ID, mentor.Lapsed, "in line, when the mentor "+way)
		is(t, s, c.Ada, third.ID, mentor.Asked, "asked elsewhere, when the mentor "+way)
		told := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
			return db.List(tx, db.Scanned[string], "select key from jobs where kind = 'notice' and key like '%lapsed%'")
		})
		if len(told) != 1 || !strings.Contains(told[0], string(c.Joel.Person)) {
			t.Errorf("when the mentor %s, told: %v, want Joel", way, told)
		}
	}
}

func TestNobodyIsAskedTwiceAtOnceNorSoonAfterANo(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 2, 5)
	refuses := func(when string) {
		t.Helper()
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := mentor.Ask(tx, c.Ines, wants(2), []db.ID{c.Mira.Person})
			return err
		}); !refused(err) {
			t.Errorf("%s: %v, want a refusal", when, err)
		}
	}
	r := asks(t, s, c.Ines, c.Mira)
	refuses("who is asked already")
	if err := answers(s, t, c.Mira, r.ID, mentor.Reply{Says: mentor.No}); err != nil {
		t.Fatal(err)
	}
	s.Clock.MoveDays(29)
	refuses("who said no within a month")
	s.Clock.MoveDays(2)
	r = asks(t, s, c.Ines, c.Mira)
	if err := answers(s, t, c.Mira, r.ID, mentor.Reply{Says: mentor.Yes}); err != nil {
		t.Fatal(err)
	}
	refuses("who is her mentor")
}

func TestWhatTheMentorWouldLikeToKnowLapsesToo(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 5)
	r := asks(t, s, c.Ines, c.Mira)
	runner := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), map[string]job.Do{notice.Job: func(context.Context, *db.DB, db.ID, job.Args) error { return nil },
		mentor.ReminderJob: mentor.SendReminder, mentor.LapseJob: mentor.Lapse, mentor.ComesAgainJob: mentor.ComeAgain})
	days := func(n int) {
		for range n {
			s.Clock.MoveDays(1)
			if _, err := runner.RunDue(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	days(6)
	if err := answers(s, t, c.Mira, r.ID, mentor.Reply{Says: mentor.TellMore, Words: "Which money?"}); err != nil {
		t.Fatal(err)
	}
	days(12)
	is(t, s, c.Ines, r.ID, mentor.More, "twelve days after the question")
	days(3)
	is(t, s, c.Ines, r.ID, mentor.Lapsed, "two weeks after the question")
}

func TestSkillsAreComparedByTheNamesAsTheyAreJoinedToday(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	offers(t, s, c.Mira, 1, 5)
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := skill.Add(tx, c.Ada, skill.Entry{Name: "Negotiating", Aliases: []string{"Bargaining"}})
		return err
	})
	in := wants(2)
	in.Skills[0].Name = "Bargaining"
	testkit.Do(t, s, func(tx *db.Tx) error {
		_, err := mentor.Ask(tx, c.Ines, in, []db.ID{c.Mira.Person})
		return err
	})
}

func TestAChoiceThatCanBeAskedNoMoreDoesNotStandInTheWayOfTheNext(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	for _, who := range []org.Actor{c.Mira, c.Ines, c.Ana} {
		offers(t, s, who, 2, 4)
	}
	r := asks(t, s, c.Ada, c.Mira, c.Ines, c.Ana)
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.Withdraw(tx, c.Ines) })
	testkit.Do(t, s, func(tx *db.Tx) error { return mentor.AskNext(tx, c.Ada, r.ID) })
	if got := choice(t, s, c.Ada, r.ID); got.State != mentor.Asked || got.Mentor.Person != c.Ana.Person {
		t.Errorf("asked next: %+v", got)
	}
}
