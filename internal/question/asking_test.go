package question_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

// asked records a question of Ines to Tomás.
func asked(t *testing.T, s testkit.Store, c testkit.Company, in question.Input) question.Asking {
	t.Helper()
	if in.Wording == "" {
		in.CardID, in.Wording = "help-me-forward", "What can you do to help me with one of my goals?"
	}
	if in.To == "" {
		in.To = org.Party{Person: c.Tomas.Person}.String()
	}
	return testkit.Write(t, s, func(tx *db.Tx) (question.Asking, error) {
		return question.Record(tx, c.Ines, org.Origin{Kind: "goal", ID: "g1"}, in)
	})
}

func TestAnAskingIsFoundAsItWasWrittenDown(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		contact := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, c.Ines, org.Contact{Name: "Bea Lund"})
		})
		for name, one := range map[string]struct {
			in   question.Input
			to   string
			self bool
		}{
			"a person":  {question.Input{}, "Tomás Reis", false},
			"a contact": {question.Input{To: "contact:" + string(contact.ID)}, "Bea Lund", false},
			"aloud":     {question.Input{To: question.ToAloud, ToName: " the  baker\n"}, "the baker", false},
			"oneself":   {question.Input{To: question.ToMyself}, "Ines Faria", true},
			"answered":  {question.Input{Answer: " Two hours\r\non Friday ", AskedOn: civil.On(2026, 11, 20)}, "Tomás Reis", false},
		} {
			made := asked(t, s, c, one.in)
			got := testkit.Read(t, s, func(tx *db.Tx) (question.Asking, error) { return question.ByID(tx, c.Ines, made.ID) })
			if got != made {
				t.Errorf("%s: found %+v, written %+v", name, got, made)
			}
			if got.To.Name != one.to || got.Self != one.self {
				t.Errorf("%s: to %q, self %v, want %q, %v", name, got.To.Name, got.Self, one.to, one.self)
			}
			if got.Answered() != (one.in.Answer != "") || got.Answered() && got.Answer != "Two hours\non Friday" {
				t.Errorf("%s: answered %v: %q", name, got.Answered(), got.Answer)
			}
			if got.AskedOn.IsZero() || got.Origin != (org.Origin{Kind: "goal", ID: "g1"}) {
				t.Errorf("%s: asked on %v, from %v", name, got.AskedOn, got.Origin)
			}
		}
	})
}

func TestAnAskingThatIsNotWholeIsNotTaken(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for field, in := range map[string]question.Input{
			"to_name ": {To: question.ToMyself, Wording: "What now?", ToName: "Bea"},
			"wording":  {To: question.ToMyself, Wording: " \n "},
			"to":       {Wording: "What now?"},
			"to_name":  {To: question.ToAloud, Wording: "What now?"},
			"asked_on": {To: question.ToMyself, Wording: "What now?", AskedOn: civil.On(2026, 11, 25)},
			"answer":   {To: question.ToMyself, Wording: "What now?", Answer: strings.Repeat("a", 20_001)},
			"card":     {To: question.ToMyself, Wording: "What now?", CardID: "../x"},
		} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error {
				_, err := question.Record(tx, c.Ines, org.Origin{}, in)
				return err
			})
			var wrong problem.Invalid
			if !errors.As(err, &wrong) || wrong[strings.TrimSpace(field)] == "" || len(wrong) != 1 {
				t.Errorf("%s: got %v", field, err)
			}
		}
	})
}

func TestAnAskingIsItsOwnersAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		other := testkit.NewCompany(t, s, "other.example")
		a := asked(t, s, c, question.Input{})
		for _, me := range []org.Actor{c.Tomas, c.Ana, c.Ada, c.Joel, other.Ines, org.Operator(c.Organisation.ID)} {
			for name, act := range map[string]func(tx *db.Tx) error{
				"see":    func(tx *db.Tx) error { _, err := question.ByID(tx, me, a.ID); return err },
				"answer": func(tx *db.Tx) error { _, err := question.Answer(tx, me, a.ID, 1, "x"); return err },
				"remove": func(tx *db.Tx) error { return question.Remove(tx, me, a.ID) },
			} {
				if err := testkit.Fails(t, s, act); !errors.Is(err, problem.NotFound) {
					t.Errorf("%s by %s: got %v, want not found", name, me.Name, err)
				}
			}
			testkit.Do(t, s, func(tx *db.Tx) error {
				mine, _, err := question.Mine(tx, me, question.Place{}, 10)
				card, err2 := question.OfCard(tx, me, "help-me-forward", 10)
				open, err3 := question.Unanswered(tx, me, org.Party{Person: c.Tomas.Person}, 10)
				if len(mine)+len(card)+len(open) > 0 {
					t.Errorf("%s finds it in a list", me.Name)
				}
				return errors.Join(err, err2, err3)
			})
		}
		stranger := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := question.Record(tx, c.Ines, org.Origin{}, question.Input{Wording: "What now?", To: "person:" + string(other.Ines.Person)})
			return err
		})
		if !errors.Is(stranger, problem.NotFound) {
			t.Errorf("a person of another organisation can be asked: %v", stranger)
		}
	})
}

func TestWhoHasLeftReadsAndChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked(t, s, c, question.Input{})
		me := c.Ines
		me.Left = true
		testkit.Read(t, s, func(tx *db.Tx) (question.Asking, error) { return question.ByID(tx, me, a.ID) })
		err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := question.Answer(tx, me, a.ID, 1, "x"); return err })
		if !errors.As(err, new(problem.Refused)) {
			t.Errorf("got %v", err)
		}
	})
}

func TestAnAnswerIsWrittenDownAndMendedWithoutLosingAny(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked(t, s, c, question.Input{})
		answer := func(revision int64, text string) question.Asking {
			return testkit.Write(t, s, func(tx *db.Tx) (question.Asking, error) {
				return question.Answer(tx, c.Ines, a.ID, revision, text)
			})
		}
		first := answer(1, "An hour on Friday")
		if !first.Answered() || first.Revision != 2 {
			t.Fatalf("after the first answer: %+v", first)
		}
		if again := answer(1, "An hour on Friday"); again != first {
			t.Errorf("the same answer sent twice: %+v, want %+v", again, first)
		}
		err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := question.Answer(tx, c.Ines, a.ID, 1, "Two hours"); return err })
		var conflict *problem.Conflict
		if !errors.As(err, &conflict) || conflict.Theirs["answer"] != "An hour on Friday" || conflict.Mine["answer"] != "Two hours" || conflict.Revision != 2 {
			t.Errorf("an edit of an old text: got %v, %+v", err, conflict)
		}
		s.Clock.MoveDays(3)
		mended := answer(2, "Two hours")
		if mended.AnsweredAt != first.AnsweredAt {
			t.Error("mending an answer changes when it was given")
		}
		earlier := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) { return org.Revisions(tx, c.Ines, a.Thing()) })
		if len(earlier) != 1 || earlier[0].Text["answer"] != "An hour on Friday" {
			t.Errorf("the earlier texts are %+v", earlier)
		}
		if none := answer(3, "  "); none.Answered() {
			t.Error("without a text it still counts as answered")
		}
	})
}

func TestWhatIsRemovedIsGoneWithItsEarlierTexts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		a := asked(t, s, c, question.Input{Answer: "Private one"})
		testkit.Do(t, s, func(tx *db.Tx) error { _, err := question.Answer(tx, c.Ines, a.ID, 1, "Private two"); return err })
		testkit.Do(t, s, func(tx *db.Tx) error { return question.Remove(tx, c.Ines, a.ID) })
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return question.Remove(tx, c.Ines, a.ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("removed twice: %v", err)
		}
		if left := testkit.Read(t, s, func(tx *db.Tx) ([]org.Revision, error) { return org.Revisions(tx, c.Ines, a.Thing()) }); len(left) > 0 {
			t.Errorf("earlier texts are left: %+v", left)
		}
		events := testkit.Read(t, s, func(tx *db.Tx) ([]event.Event, error) {
			return event.UnscopedOf(tx, c.Organisation.ID, a.Thing())
		})
		var kinds []string
		for _, e := range events {
			kinds = append(kinds, e.Kind)
			if strings.Contains(fmt.Sprint(e.Facts), "Private") {
				t.Errorf("an event holds what was written: %+v", e)
			}
		}
		if want := []string{"question asked", "question answered", "asking removed"}; !slices.Equal(kinds, want) {
			t.Errorf("the events are %q, want %q", kinds, want)
		}
	})
}

func TestAskingsAreListedUnansweredFirstThenNewest(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		for i, answer := range []string{"", "yes", "", "no", "", "maybe", ""} {
			asked(t, s, c, question.Input{
				Wording: fmt.Sprintf("Question %d?", i), To: "person:" + string(c.Tomas.Person), Answer: answer, AskedOn: civil.On(2026, 11, 20-i/2),
			})
		}
		want := []string{"Question 0?", "Question 2?", "Question 4?", "Question 6?", "Question 1?", "Question 3?", "Question 5?"}
		for most := 1; most <= 8; most++ {
			var got []string
			var after db.ID
			for more := true; more; {
				page := testkit.Read(t, s, func(tx *db.Tx) ([]question.Asking, error) {
					place, err := question.PlaceAfter(tx, c.Ines, after)
					if err != nil {
						return nil, err
					}
					var list []question.Asking
					list, more, err = question.Mine(tx, c.Ines, place, most)
					return list, err
				})
				for _, a := range page {
					got = append(got, a.Wording)
					after = a.ID
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("by pages of %d: %q", most, got)
			}
		}
		open := testkit.Read(t, s, func(tx *db.Tx) ([]question.Asking, error) {
			return question.Unanswered(tx, c.Ines, org.Party{Person: c.Tomas.Person}, 10)
		})
		if len(open) != 4 || open[0].Wording != "Question 6?" {
			t.Errorf("unanswered by Tomás: %+v", open)
		}
	})
}

func TestAnAskingComesAlongOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c, other := testkit.NewCompany(t, s, "example.com"), testkit.NewCompany(t, s, "example.org")
		old := asked(t, s, c, question.Input{Answer: "An hour"})
		taken := testkit.Read(t, s, func(tx *db.Tx) (list []question.Along, err error) {
			others, err := org.Others(tx, c.Ines)
			if err != nil {
				return nil, err
			}
			return question.TakeAlong(tx, c.Ines, others)
		})
		bring := func(tx *db.Tx, me org.Actor) (org.Brought, error) {
			others, _, err := org.BringContacts(tx, me, []org.AlongContact{{Key: taken[0].To, Name: "Tomás Reis"}})
			if err != nil {
				return org.Brought{}, err
			}
			return question.BringAlong(tx, me, others, taken)
		}
		for _, want := range []org.Brought{{New: 1}, {Here: 1}} {
			if got := testkit.Write(t, s, func(tx *db.Tx) (org.Brought, error) { return bring(tx, other.Ines) }); got != want {
				t.Errorf("got %+v, want %+v", got, want)
			}
		}
		got := testkit.Read(t, s, func(tx *db.Tx) (question.Asking, error) { return question.ByID(tx, other.Ines, old.ID) })
		want := old
		want.To = org.Party{Contact: db.ID(taken[0].To), Name: "Tomás Reis"}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		refused := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := bring(tx, c.Tomas); return err })
		if !strings.Contains(refused.Error(), "/askings/0/id") {
			t.Errorf("somebody else's asking was taken over, or the place is not named: %v", refused)
		}
	})
}
