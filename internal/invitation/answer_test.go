package invitation_test

import (
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// answers is an answer to an invitation, given now.
func answers(s testkit.Store, to mail.Message, says calendar.PartStat) invitation.Arrived {
	sequence := int64(line(to, "SEQUENCE")[0] - '0')
	return invitation.Arrived{ID: to.ID + string(says), From: to.To, Answer: calendar.Answer{
		Method: calendar.Reply, UID: line(to, "UID"), Sequence: sequence, Stamp: s.Clock.Now(), Attendee: to.To, Says: says,
	}}
}

func counters(s testkit.Store, to mail.Message, start time.Time) invitation.Arrived {
	a := answers(s, to, calendar.Perhaps)
	a.Answer.Method, a.Answer.Start, a.Answer.End = calendar.Counter, start, start.Add(45*time.Minute)
	return a
}

func receive(t testing.TB, s testkit.Store, a invitation.Arrived) invitation.Outcome {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (invitation.Outcome, error) { return invitation.Receive(tx, a) })
}

func said(t testing.TB, s testkit.Store, me org.Actor, id db.ID) map[db.ID]invitation.Says {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) (map[db.ID]invitation.Says, error) {
		says := map[db.ID]invitation.Says{}
		answers, err := invitation.Answers(tx, me, id)
		for side, answer := range answers {
			says[side] = answer.Says
		}
		return says, err
	})
}

func TestAnAnswerFromTheCalendarIsNotedOnceAndTheLastOneCounts(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		m := toOne(deliver(t, s), "ines@weir.example")[0]
		yes := answers(s, m, calendar.Accepted)
		s.Clock.Move(time.Hour)
		no := answers(s, m, calendar.Declined)
		s.Clock.Move(time.Hour)
		for n, each := range []struct {
			answer invitation.Arrived
			want   invitation.Outcome
			says   invitation.Says
		}{{yes, invitation.Noted, invitation.Yes}, {yes, invitation.Again, invitation.Yes}, {no, invitation.Noted, invitation.No}, {yes, invitation.Again, invitation.No}, {no, invitation.Again, invitation.No}} {
			if got := receive(t, s, each.answer); got != each.want {
				t.Errorf("%d: %s, want %s", n, got, each.want)
			}
			if got := said(t, s, c.Tomas, talk.ID); got[c.Ines.Person] != each.says || got[c.Tomas.Person] != "" {
				t.Errorf("%d: says %v", n, got)
			}
		}
		late := answers(s, m, calendar.Accepted)
		late.ID, late.Answer.Stamp = "late", no.Answer.Stamp.Add(-time.Minute)
		if got := receive(t, s, late); got != invitation.Old || said(t, s, c.Ines, talk.ID)[c.Ines.Person] != invitation.No {
			t.Errorf("an earlier answer that comes late: %s", got)
		}
		told := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'notice' and run_at > $1", s.Clock.Now().Add(-time.Minute))
		})
		if told != 1 {
			t.Errorf("the no was told %d times to the other side", told)
		}
		if got := testkit.Read(t, s, func(tx *db.Tx) (conversation.State, error) {
			found, err := conversation.ByID(tx, c.Ines, talk.ID)
			return found.State, err
		}); got != conversation.Agreed {
			t.Errorf("by mail it became %s", got)
		}
		if got := said(t, s, c.Joel, talk.ID); len(got) != 0 {
			t.Errorf("Joel reads %v", got)
		}
	})
}

func TestAnotherTimeFromTheCalendarIsProposedToTheOtherSide(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		first := toOne(deliver(t, s), "ines@weir.example")[0]
		answer := counters(s, first, in(8).At)
		if got := receive(t, s, answer); got != invitation.Proposed {
			t.Fatal(got)
		}
		now := testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, c.Tomas, talk.ID) })
		if now.State != conversation.Requested || !now.At.Equal(in(8).At) || now.Minutes != 45 || !now.WaitsFor(c.Tomas) {
			t.Errorf("it stands as %+v", now)
		}
		if got := receive(t, s, answer); got != invitation.Again {
			t.Errorf("again: %s", got)
		}
		sent := deliver(t, s)
		if next := toOne(sent, "ines@weir.example"); len(next) != 1 || line(next[0], "STATUS") != "TENTATIVE" || line(next[0], "SEQUENCE") != "1" || line(next[0], "DTSTART") != "20261201T100000" {
			t.Errorf("the calendars got %+v", sent)
		}
		stale := counters(s, first, in(9).At)
		stale.ID = "stale"
		if got := receive(t, s, stale); got != invitation.Old {
			t.Errorf("to an earlier invitation: %s", got)
		}
		second := toOne(sent, "ines@weir.example")[0]
		for name, at := range map[string]time.Time{"in the past": in(-3).At, "in three years": in(1000).At} {
			wrong := counters(s, second, at)
			wrong.ID = name
			if got := receive(t, s, wrong); got != invitation.Unfit {
				t.Errorf("%s: %s", name, got)
			}
		}
	})
}

func TestTwoCalendarsThatProposeToEachOtherComeToAnEnd(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	agreed(t, s, c)
	m := toOne(deliver(t, s), "ines@weir.example")[0]
	proposed := 0
	for n := range 30 {
		s.Clock.Move(time.Minute)
		a := counters(s, m, in(8+n%5).At)
		a.ID = strings.Repeat("x", n)
		if receive(t, s, a) == invitation.Proposed {
			proposed++
		}
		if next := toOne(deliver(t, s), "ines@weir.example"); len(next) == 1 && line(next[0], "SEQUENCE") < "9" {
			m = next[0]
		}
	}
	if proposed == 0 || proposed > 10 {
		t.Errorf("%d times were proposed", proposed)
	}
}

func TestNobodyAnswersForSomebodyElse(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		sent := deliver(t, s)
		m := toOne(sent, "ines@weir.example")[0]
		for name, change := range map[string]func(*invitation.Arrived){
			"from another address":          func(a *invitation.Arrived) { a.From = "joel@weir.example" },
			"in the name of another":        func(a *invitation.Arrived) { a.Answer.Attendee = "joel@weir.example" },
			"both of another":               func(a *invitation.Arrived) { a.From, a.Answer.Attendee = "joel@weir.example", "joel@weir.example" },
			"from nobody":                   func(a *invitation.Arrived) { a.From = "" },
			"with the uid of the other":     func(a *invitation.Arrived) { a.Answer.UID = line(toOne(sent, "tomas@weir.example")[0], "UID") },
			"with the id of the talk":       func(a *invitation.Arrived) { a.Answer.UID = string(talk.ID) + "@weir.example" },
			"without a uid":                 func(a *invitation.Arrived) { a.Answer.UID = "" },
			"with what a search would take": func(a *invitation.Arrived) { a.Answer.UID = "%@weir.example" },
		} {
			for _, made := range []invitation.Arrived{answers(s, m, calendar.Declined), counters(s, m, in(8).At)} {
				change(&made)
				if got := receive(t, s, made); got != invitation.Strange {
					t.Errorf("%s: %s", name, got)
				}
			}
		}
		if got := said(t, s, c.Ines, talk.ID); len(got) != 0 {
			t.Errorf("noted: %v", got)
		}
		mine := answers(s, m, calendar.Accepted)
		mine.From, mine.Answer.Attendee = "INES@weir.example", "Ines@Weir.Example"
		if got := receive(t, s, mine); got != invitation.Noted {
			t.Errorf("in capitals: %s", got)
		}
	})
}

func TestAnAnswerToWhatIsOffOrWasHeldChangesNothing(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		m := toOne(deliver(t, s), "ines@weir.example")[0]
		cancels(t, s, c.Tomas, talk.ID)
		for _, a := range []invitation.Arrived{answers(s, m, calendar.Accepted), counters(s, m, in(8).At)} {
			a.Answer.Sequence = 9
			if got := receive(t, s, a); got != invitation.Old {
				t.Errorf("to what is off: %s", got)
			}
		}
		talk = agreed(t, s, c)
		m = toOne(deliver(t, s), "ines@weir.example")[0]
		s.Clock.MoveDays(8)
		testkit.Do(t, s, func(tx *db.Tx) error {
			return conversation.End(tx, c.Ines, talk.ID, conversation.EndInput{Outcome: "Good"})
		})
		if got := receive(t, s, counters(s, m, in(20).At)); got != invitation.Old {
			t.Errorf("to what was held: %s", got)
		}
	})
}
