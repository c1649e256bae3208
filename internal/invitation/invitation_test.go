package invitation_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/calendar"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func init() {
	event.React("person left", conversation.PersonLeft)
	for _, kind := range []string{"conversation requested", "conversation agreed", "time proposed", "conversation cancelled"} {
		event.React(kind, invitation.Follow)
	}
	event.React("address of a contact changed", invitation.ContactChanged)
}

// outbox is what went out, and whether it goes.
type outbox struct {
	sent []mail.Message
	fail error
}

func (o *outbox) Send(_ context.Context, m mail.Message) error {
	o.sent = append(o.sent, m)
	return o.fail
}

func (o *outbox) post() invitation.Post {
	return invitation.Post{
		Sender: o, From: netmail.Address{Name: "Ownward", Address: "ownward@example.org"},
		Link: func(thing event.Thing) string { return "https://weir.example/" + thing.Kind + "/" + string(thing.ID) },
	}
}

// deliver does the jobs that are due and gives what went out.
func deliver(t testing.TB, s testkit.Store) []mail.Message {
	t.Helper()
	out := &outbox{}
	deliverBy(t, s, out)
	return out.sent
}

func deliverBy(t testing.TB, s testkit.Store, out *outbox) {
	t.Helper()
	runner := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{invitation.Job: out.post().Send})
	if _, err := runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// line is the value of a line of the entry of a calendar, or of the calendar.
func line(m mail.Message, name string) string {
	head, entry, _ := strings.Cut(strings.ReplaceAll(string(m.Calendar), "\r\n ", ""), "BEGIN:VEVENT")
	for each := range strings.Lines(entry + head) {
		if key, value, _ := strings.Cut(strings.TrimRight(each, "\r\n"), ":"); key == name || strings.HasPrefix(key, name+";") {
			return value
		}
	}
	return ""
}

func in(days int) conversation.Time {
	return conversation.Time{At: time.Date(2026, time.November, 23+days, 10, 0, 0, 0, time.UTC), Minutes: 60}
}

func agreed(t testing.TB, s testkit.Store, c testkit.Company) conversation.Conversation {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		asked, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: in(7)})
		if err != nil {
			return asked, err
		}
		return conversation.Accept(tx, c.Tomas, asked.ID, asked.Revision)
	})
}

func moves(t testing.TB, s testkit.Store, by org.Actor, id db.ID, to conversation.Time) conversation.Conversation {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		c, err := conversation.ByID(tx, by, id)
		if err != nil {
			return c, err
		}
		return conversation.Propose(tx, by, id, c.Revision, to)
	})
}

func accepts(t testing.TB, s testkit.Store, by org.Actor, id db.ID) {
	t.Helper()
	testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		c, err := conversation.ByID(tx, by, id)
		if err != nil {
			return c, err
		}
		return conversation.Accept(tx, by, id, c.Revision)
	})
}

func cancels(t testing.TB, s testkit.Store, by org.Actor, id db.ID) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return conversation.Cancel(tx, by, id) })
}

func choose(t testing.TB, s testkit.Store, who org.Actor, wanted bool) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error { return invitation.Choose(tx, who, wanted) })
}

// toOne is what went to one receiver.
func toOne(sent []mail.Message, to string) []mail.Message {
	var theirs []mail.Message
	for _, m := range sent {
		if m.To == to {
			theirs = append(theirs, m)
		}
	}
	return theirs
}

func TestBothSidesAreInvitedOnceTheTimeIsAgreed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		asked := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: in(7)})
		})
		if sent := deliver(t, s); len(sent) != 0 {
			t.Fatalf("%d mails for a time that waits for a yes", len(sent))
		}
		accepts(t, s, c.Tomas, asked.ID)
		sent := deliver(t, s)
		if len(sent) != 2 || len(toOne(sent, "ines@weir.example")) != 1 || len(toOne(sent, "tomas@weir.example")) != 1 {
			t.Fatalf("sent %d mails", len(sent))
		}
		m := toOne(sent, "ines@weir.example")[0]
		if m.Method != "REQUEST" || line(m, "METHOD") != "REQUEST" || line(m, "SEQUENCE") != "0" || line(m, "DTSTART") != "20261130T100000" || line(m, "DTEND") != "20261130T110000" ||
			line(m, "ORGANIZER") != "mailto:ownward@example.org" || line(m, "ATTENDEE") != "mailto:ines@weir.example" || line(m, "STATUS") != "CONFIRMED" {
			t.Errorf("%s", m.Calendar)
		}
		if line(sent[0], "UID") == line(sent[1], "UID") || len(line(m, "UID")) < 30 {
			t.Error("the uid is no secret of its receiver")
		}
		for _, said := range []string{m.Subject, m.Text, m.HTML, string(m.Calendar)} {
			for _, private := range []string{"Tom", "Reis", "Align"} {
				if strings.Contains(said, private) {
					t.Errorf("%q stands in %q", private, said)
				}
			}
		}
		if !strings.Contains(m.Text, "Monday 30 November 2026, 10:00 to 11:00 (Europe/Lisbon)") || line(m, "SUMMARY") != "Growth conversation" {
			t.Errorf("%s\n%s", m.Text, m.Calendar)
		}
		if again := deliver(t, s); len(again) != 0 {
			t.Errorf("sent again: %d", len(again))
		}
	})
}

func TestAnInvitationKeepsItsUIDAndItsSequenceRisesWithEachChange(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		var got []mail.Message
		step := func() { got = append(got, toOne(deliver(t, s), "ines@weir.example")...) }
		step()
		s.Clock.Move(time.Hour)
		moves(t, s, c.Tomas, talk.ID, in(9))
		step()
		s.Clock.Move(time.Hour)
		accepts(t, s, c.Ines, talk.ID)
		step()
		s.Clock.Move(time.Hour)
		cancels(t, s, c.Tomas, talk.ID)
		step()
		if len(got) != 4 {
			t.Fatalf("%d mails", len(got))
		}
		seen := map[string]bool{}
		for n, want := range []struct{ method, status, start, sequence string }{
			{"REQUEST", "CONFIRMED", "20261130T100000", "0"}, {"REQUEST", "TENTATIVE", "20261202T100000", "1"},
			{"REQUEST", "CONFIRMED", "20261202T100000", "2"}, {"CANCEL", "CANCELLED", "20261202T100000", "3"},
		} {
			m := got[n]
			if m.Method != want.method || line(m, "STATUS") != want.status || line(m, "DTSTART") != want.start || line(m, "SEQUENCE") != want.sequence || line(m, "UID") != line(got[0], "UID") {
				t.Errorf("mail %d: %+v\n%s", n, want, m.Calendar)
			}
			if seen[m.ID] || seen[line(m, "DTSTAMP")] {
				t.Errorf("mail %d has the id or the stamp of another", n)
			}
			seen[m.ID], seen[line(m, "DTSTAMP")] = true, true
		}
	})
}

func TestALateJobBringsNoOldTimeBackAndARepeatedOneSendsTheSameMail(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		away := &outbox{fail: errors.New("the mail server is away")}
		deliverBy(t, s, away)
		s.Clock.Move(time.Minute)
		again := &outbox{}
		deliverBy(t, s, again)
		for _, first := range away.sent {
			second := toOne(again.sent, first.To)[0]
			if first.ID != second.ID || first.Subject != second.Subject || first.Text != second.Text || string(first.Calendar) != string(second.Calendar) || !first.Date.Equal(second.Date) {
				t.Errorf("sent again it is another mail:\n%+v\n%+v", first, second)
			}
		}
		moves(t, s, c.Tomas, talk.ID, in(9)) // the mail of this one fails
		deliverBy(t, s, away)
		moves(t, s, c.Tomas, talk.ID, in(10))
		cancels(t, s, c.Tomas, talk.ID)
		s.Clock.Move(time.Minute)
		late := deliver(t, s)
		if len(late) != 2 || late[0].Method != "CANCEL" || late[1].Method != "CANCEL" || line(late[0], "SEQUENCE") != "3" {
			t.Errorf("%d mails, of which the first is %s", len(late), late[0].Calendar)
		}
	})
}

func TestNobodyIsInvitedWhoDoesNotWantItHasLeftOrHasNoAddress(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		choose(t, s, c.Ines, false)
		talk := agreed(t, s, c)
		if sent := deliver(t, s); len(sent) != 1 || sent[0].To != "tomas@weir.example" {
			t.Fatalf("sent %+v", sent)
		}
		cancels(t, s, c.Tomas, talk.ID)
		if sent := deliver(t, s); len(sent) != 1 || sent[0].To != "tomas@weir.example" {
			t.Errorf("then sent %+v", sent)
		}
		talk = agreed(t, s, c)
		deliver(t, s)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Ines.Person) })
		if sent := deliver(t, s); len(sent) != 1 || sent[0].To != "tomas@weir.example" || sent[0].Method != "CANCEL" {
			t.Errorf("when Ines left: %+v", sent)
		}
	})
}

func TestWhatIsOffIsTakenOutOfTheCalendarOfTheAddressThatWasInvited(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		first := toOne(deliver(t, s), "ines@weir.example")
		if len(first) != 1 {
			t.Fatalf("invited with %+v", first)
		}
		isReachedAt(t, s, c.Ada, c.Ines.Person, "ines.berg@weir.example")
		cancels(t, s, c.Tomas, talk.ID)
		sent := deliver(t, s)
		out := toOne(sent, "ines@weir.example")
		if len(out) != 1 || line(out[0], "METHOD") != "CANCEL" || line(out[0], "UID") != line(first[0], "UID") || line(out[0], "SEQUENCE") != "1" {
			t.Fatalf("the address that was invited got %+v", out)
		}
		if strings.Contains(out[0].Text+string(out[0].Calendar), "berg") || len(toOne(sent, "ines.berg@weir.example")) != 0 {
			t.Errorf("sent %+v", sent)
		}
	})
}

func isReachedAt(t testing.TB, s testkit.Store, by org.Actor, who db.ID, address string) {
	t.Helper()
	testkit.Do(t, s, func(tx *db.Tx) error {
		p, err := org.ByID(tx, by, who)
		if err != nil {
			return err
		}
		p.Email = address
		return org.Change(tx, by, p.ID, p.Revision, p.Details)
	})
}

func TestATimeThatMovesLeavesNoEarlierOneInTheCalendarOfAnEarlierAddress(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		first := toOne(deliver(t, s), "ines@weir.example")[0]
		isReachedAt(t, s, c.Ada, c.Ines.Person, "ines.berg@weir.example")
		moves(t, s, c.Ines, talk.ID, in(9))
		sent := deliver(t, s)
		out, anew := toOne(sent, "ines@weir.example"), toOne(sent, "ines.berg@weir.example")
		if len(out) != 1 || line(out[0], "METHOD") != "CANCEL" || line(out[0], "UID") != line(first, "UID") || line(out[0], "SEQUENCE") != "1" || strings.Contains(out[0].Text+string(out[0].Calendar), "berg") {
			t.Fatalf("the earlier address got %+v", out)
		}
		if !strings.Contains(out[0].Text, "another address of yours") {
			t.Errorf("it says %q", out[0].Text)
		}
		if len(anew) != 1 || line(anew[0], "METHOD") != "REQUEST" || line(anew[0], "UID") == line(first, "UID") || line(anew[0], "SEQUENCE") != "0" || line(anew[0], "DTSTART") == line(first, "DTSTART") {
			t.Fatalf("the address of today got %+v", anew)
		}
		accepts(t, s, c.Tomas, talk.ID)
		sent = deliver(t, s)
		if after := toOne(sent, "ines.berg@weir.example"); len(after) != 1 || line(after[0], "UID") != line(anew[0], "UID") || line(after[0], "SEQUENCE") != "1" || len(toOne(sent, "ines@weir.example")) != 0 {
			t.Errorf("settled, %+v went out", sent)
		}
		cancels(t, s, c.Tomas, talk.ID)
		sent = deliver(t, s)
		if after := toOne(sent, "ines.berg@weir.example"); len(after) != 1 || line(after[0], "METHOD") != "CANCEL" || len(toOne(sent, "ines@weir.example")) != 0 {
			t.Errorf("off, %+v went out", sent)
		}
	})
}

func TestTurnedOffWhatChangesGoesOnceAndTurnedOnWhatComesIsInvitedTo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		first := toOne(deliver(t, s), "ines@weir.example")[0]
		choose(t, s, c.Ines, false)
		if sent := deliver(t, s); len(sent) != 0 {
			t.Errorf("turning off sent %d mails", len(sent))
		}
		moves(t, s, c.Tomas, talk.ID, in(9))
		gone := toOne(deliver(t, s), "ines@weir.example")
		if len(gone) != 1 || gone[0].Method != "CANCEL" || line(gone[0], "UID") != line(first, "UID") {
			t.Fatalf("moved while off: %+v", gone)
		}
		accepts(t, s, c.Ines, talk.ID)
		moves(t, s, c.Tomas, talk.ID, in(10))
		accepts(t, s, c.Ines, talk.ID)
		if sent := toOne(deliver(t, s), "ines@weir.example"); len(sent) != 0 {
			t.Errorf("more mails while off: %+v", sent)
		}
		choose(t, s, c.Ines, true)
		back := toOne(deliver(t, s), "ines@weir.example")
		if len(back) != 1 || back[0].Method != "REQUEST" || line(back[0], "DTSTART") != "20261203T100000" || line(back[0], "SEQUENCE") <= line(gone[0], "SEQUENCE") {
			t.Errorf("turned on: %+v", back)
		}
		choose(t, s, c.Ines, true)
		if sent := deliver(t, s); len(sent) != 0 {
			t.Errorf("turned on twice: %d mails", len(sent))
		}
	})
}

func TestTurnedOffBetweenAMoveAndItsMailTheOldTimeGoes(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := agreed(t, s, c)
		deliver(t, s)
		moves(t, s, c.Tomas, talk.ID, in(9))
		choose(t, s, c.Ines, false)
		away := &outbox{fail: errors.New("away")}
		deliverBy(t, s, away)
		s.Clock.Move(time.Minute)
		sent := toOne(deliver(t, s), "ines@weir.example")
		if len(sent) != 1 || sent[0].Method != "CANCEL" || sent[0].Text != toOne(away.sent, "ines@weir.example")[0].Text {
			t.Errorf("sent %+v", sent)
		}
		// and one that never went out is never taken back
		choose(t, s, c.Ines, true)
		deliver(t, s)
		other := agreed(t, s, c)
		cancels(t, s, c.Tomas, other.ID)
		if sent := deliver(t, s); len(sent) != 0 {
			t.Errorf("%d mails for what was off before anybody heard of it", len(sent))
		}
	})
}

func TestWhatIsOverIsNotInvitedTo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		agreed(t, s, c)
		s.Clock.MoveDays(8)
		if sent := deliver(t, s); len(sent) != 0 {
			t.Errorf("%d mails after it was over", len(sent))
		}
	})
}

func TestInvitationsFollowTheClocksOfEachSide(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error { return org.ChooseZone(tx, c.Tomas, "America/New_York") })
		agreed(t, s, c)
		m := toOne(deliver(t, s), "tomas@weir.example")[0]
		if line(m, "DTSTART") != "20261130T050000" || line(m, "TZID") != "America/New_York" || !strings.Contains(m.Text, "05:00 to 06:00 (America/New York)") {
			t.Errorf("%s\n%s", m.Text, m.Calendar)
		}
		if _, err := calendar.ReadAnswer(m.Calendar); !errors.Is(err, calendar.ErrNoAnswer) {
			t.Error("an invitation is no answer")
		}
	})
}
