package conversation_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTheYearWithANewManagerBeginsSoonInTheOldRhythm(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		slow := conversation.Rhythm{Kinds: []conversation.Kind{conversation.Align, conversation.Advance}, DeepMinutes: 45, DeepMonths: 2, SprintMinutes: 15}
		testkit.Do(t, s, func(tx *db.Tx) error { _, err := conversation.Begin(tx, c.Ines, c.Tomas.Self(), slow); return err })
		line := testkit.Read(t, s, func(tx *db.Tx) (org.Line, error) { return org.LineOf(tx, c.Ines.Organisation, c.Ines.Person) })
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		for range 2 { // the second finds what the first laid out
			first := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
				r, err := conversation.RhythmIn(tx, c.Ines, []db.ID{line.ID})
				if err != nil || !r.Same(slow) {
					t.Errorf("the rhythm was %v (%v), want %v", r, err, slow)
				}
				return conversation.MeetFirst(tx, c.Ines, c.Ana.Self(), r)
			})
			if soon := first.At.Sub(s.Clock.Now()).Hours() / 24; first.Kind != conversation.Align || first.Minutes != 45 || soon < 1 || soon > 31 || !first.Partner.Is(c.Ana) {
				t.Errorf("the first is %v", first)
			}
		}
	})
}

func TestAFirstMeetingAloneIsOfferedWhenBothAreFree(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		at := testkit.Read(t, s, func(tx *db.Tx) (conversation.Time, error) {
			return conversation.FirstTime(tx, c.Ines, c.Tomas.Self(), conversation.Align)
		})
		if at.Minutes != 60 || at.At.Before(s.Clock.Now().AddDate(0, 0, 2)) || at.At.After(s.Clock.Now().AddDate(0, 0, 31)) {
			t.Errorf("offered: %v", at)
		}
	})
}

func TestWhatAManagerKeptForThemselvesEndsWithTheLineAndWhatTheReportKeptDoesNot(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 60}})
		})
		for _, me := range []org.Actor{c.Ines, c.Tomas} {
			testkit.Do(t, s, func(tx *db.Tx) error {
				return errors.Join(
					conversation.Write(tx, me, talk.ID, conversation.Private, 0, "for myself"),
					conversation.AddItem(tx, me, talk.ID, conversation.ItemInput{Words: "for myself"}),
					conversation.AddItem(tx, me, talk.ID, conversation.ItemInput{Words: "for both", Shared: true}))
			})
		}
		for _, manager := range []db.ID{c.Ana.Person, c.Tomas.Person} { // and back again: a new line
			testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, manager) })
			for me, want := range map[*org.Actor]int{&c.Ines: 1, &c.Tomas: 0} {
				texts := testkit.Read(t, s, func(tx *db.Tx) (conversation.Texts, error) { return conversation.TextsOf(tx, *me, talk.ID) })
				agenda := testkit.Read(t, s, func(tx *db.Tx) (conversation.Agenda, error) { return conversation.AgendaOf(tx, *me, talk.ID) })
				if len(agenda.Own) != want || (texts.Private.Words != "") != (want == 1) || len(agenda.Shared) != 1+want {
					t.Errorf("%s reads of their own %q and %v, of both %v", me.Name, texts.Private.Words, agenda.Own, agenda.Shared)
				}
			}
		}
		err := testkit.Fails(t, s, func(tx *db.Tx) error {
			return conversation.Write(tx, c.Tomas, talk.ID, conversation.Private, 0, "once more")
		})
		if !errors.As(err, new(problem.Refused)) {
			t.Errorf("the former manager writes on: %v", err)
		}
		next := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 9), Minutes: 60}})
		})
		if agenda := testkit.Read(t, s, func(tx *db.Tx) (conversation.Agenda, error) { return conversation.AgendaOf(tx, c.Ines, next.ID) }); len(agenda.Shared)+len(agenda.Own) != 0 {
			t.Errorf("two who are led together again begin with %v", agenda)
		}
	})
}
