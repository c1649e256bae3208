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

// outside is a conversation of Ines's with Ruth, who has no account.
func outside(t testing.TB, s testkit.Store, c testkit.Company) conversation.Conversation {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
		ruth, err := org.AddContact(tx, c.Ines, org.Contact{Name: "Ruth Sole", Email: "ruth@far.example", About: "My mentor at the old place"})
		if err != nil {
			return conversation.Conversation{}, err
		}
		return conversation.Request(tx, c.Ines, conversation.Input{With: org.Party{Contact: ruth.ID}, Kind: conversation.Align, Time: in(7)})
	})
}

func inviteContact(t testing.TB, s testkit.Store, who org.Actor, id db.ID, wanted bool) error {
	t.Helper()
	return db.Do(t.Context(), s.DB, func(tx *db.Tx) error { return invitation.InviteContact(tx, who, id, wanted) })
}

func TestAContactIsInvitedWhereTheOwnerWantsItAndTheirCalendarFollows(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := outside(t, s, c)
		if got := toOne(deliver(t, s), "ruth@far.example"); len(got) != 0 {
			t.Fatalf("invited without being chosen: %v", got)
		}
		if err := inviteContact(t, s, c.Tomas, talk.ID, true); err == nil {
			t.Error("somebody else invites a contact of hers")
		}
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err != nil {
			t.Fatal(err)
		}
		first := toOne(deliver(t, s), "ruth@far.example")
		if len(first) != 1 || line(first[0], "METHOD") != "REQUEST" || line(first[0], "SUMMARY") != invitation.Summary || line(first[0], "DTSTART") == "" {
			t.Fatalf("she got %+v", first)
		}
		for _, private := range []string{"Align", "mentor", "old place", "https://weir.example/conversation/"} {
			if strings.Contains(first[0].Text+first[0].HTML+string(first[0].Calendar), private) {
				t.Errorf("the mail says %q", private)
			}
		}
		moves(t, s, c.Ines, talk.ID, in(8))
		second := toOne(deliver(t, s), "ruth@far.example")
		if len(second) != 1 || line(second[0], "UID") != line(first[0], "UID") || line(second[0], "SEQUENCE") != "1" || line(second[0], "STATUS") != "CONFIRMED" {
			t.Fatalf("moved, she got %+v", second)
		}
		cancels(t, s, c.Ines, talk.ID)
		third := toOne(deliver(t, s), "ruth@far.example")
		if len(third) != 1 || line(third[0], "METHOD") != "CANCEL" || line(third[0], "UID") != line(first[0], "UID") || line(third[0], "SEQUENCE") != "2" {
			t.Fatalf("cancelled, she got %+v", third)
		}
		if got := deliver(t, s); len(got) != 0 {
			t.Errorf("and then %v", got)
		}
	})
}

func TestWhatAContactAnswersIsNotedAndATimeThatTheyProposeWaitsForTheOwner(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := outside(t, s, c)
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err != nil {
			t.Fatal(err)
		}
		m := toOne(deliver(t, s), "ruth@far.example")[0]
		forged := answers(s, m, calendar.Declined)
		forged.ID, forged.From = "forged", "ines@weir.example"
		if got := receive(t, s, forged); got != invitation.Strange {
			t.Errorf("from another address: %s", got)
		}
		if got := receive(t, s, answers(s, m, calendar.Accepted)); got != invitation.Noted || said(t, s, c.Ines, talk.ID)[talk.Partner.Contact] != invitation.Yes {
			t.Errorf("%s, %v", got, said(t, s, c.Ines, talk.ID))
		}
		s.Clock.Move(time.Minute)
		if got := receive(t, s, counters(s, m, in(9).At)); got != invitation.Proposed {
			t.Fatal(got)
		}
		now := testkit.Read(t, s, func(tx *db.Tx) (conversation.Conversation, error) { return conversation.ByID(tx, c.Ines, talk.ID) })
		if !now.At.Equal(in(7).At) || now.State != conversation.Agreed {
			t.Errorf("by mail it became %+v", now)
		}
		got := testkit.Read(t, s, func(tx *db.Tx) (map[db.ID]invitation.Answer, error) { return invitation.Answers(tx, c.Ines, talk.ID) })
		if wish := got[talk.Partner.Contact]; !wish.Proposes.At.Equal(in(9).At) || wish.Proposes.Minutes != 45 {
			t.Errorf("proposed: %+v", wish)
		}
		moves(t, s, c.Ines, talk.ID, in(9))
		if left := said(t, s, c.Ines, talk.ID); len(left) != 0 {
			t.Errorf("to another time: %v", left)
		}
	})
}

func TestAContactIsWrittenToNoMoreOnceTheyOrTheOwnerWantNone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := outside(t, s, c)
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err != nil {
			t.Fatal(err)
		}
		deliver(t, s)
		if err := inviteContact(t, s, c.Ines, talk.ID, false); err != nil {
			t.Fatal(err)
		}
		if out := toOne(deliver(t, s), "ruth@far.example"); len(out) != 1 || line(out[0], "METHOD") != "CANCEL" {
			t.Fatalf("taken out: %+v", out)
		}
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err != nil {
			t.Fatal(err)
		}
		again := toOne(deliver(t, s), "ruth@far.example")
		if len(again) != 1 || line(again[0], "METHOD") != "REQUEST" {
			t.Fatalf("invited again: %+v", again)
		}
		token := again[0].Off[strings.LastIndex(again[0].Off, "/")+1:]
		testkit.Do(t, s, func(tx *db.Tx) error {
			what, err := mail.ReadOff(tx, token)
			if err != nil {
				return err
			}
			return invitation.TurnOffContact(tx, what)
		})
		moves(t, s, c.Ines, talk.ID, in(8))
		if got := toOne(deliver(t, s), "ruth@far.example"); len(got) != 0 {
			t.Errorf("turned off, she got %+v", got)
		}
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err == nil {
			t.Error("she is invited although she wants none")
		}
	})
}

func TestWhereAContactGetsAnotherAddressTheOldCalendarIsClearedAndTheNewOneInvited(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := outside(t, s, c)
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err != nil {
			t.Fatal(err)
		}
		first := toOne(deliver(t, s), "ruth@far.example")[0]
		isAt := func(address string) {
			testkit.Do(t, s, func(tx *db.Tx) error {
				ruth, err := org.ContactByID(tx, c.Ines, talk.Partner.Contact)
				if err != nil {
					return err
				}
				ruth.Email, ruth.Name = address, "Ruth Sole-Berg"
				return org.ChangeContact(tx, c.Ines, ruth)
			})
		}
		isAt("ruth@far.example") // another name alone moves nothing
		if got := deliver(t, s); len(got) != 0 {
			t.Errorf("with another name %v went out", got)
		}
		isAt("ruth@near.example")
		sent := deliver(t, s)
		out, anew := toOne(sent, "ruth@far.example"), toOne(sent, "ruth@near.example")
		if len(sent) != 2 || len(out) != 1 || line(out[0], "METHOD") != "CANCEL" || line(out[0], "UID") != line(first, "UID") || line(out[0], "SEQUENCE") != "1" ||
			strings.Contains(out[0].Text+string(out[0].Calendar), "near") {
			t.Fatalf("the old address got %+v of %d", out, len(sent))
		}
		if len(anew) != 1 || line(anew[0], "METHOD") != "REQUEST" || line(anew[0], "UID") == line(first, "UID") || line(anew[0], "DTSTART") != line(first, "DTSTART") ||
			strings.Contains(anew[0].Text+string(anew[0].Calendar), "far.example") {
			t.Fatalf("the new address got %+v", anew)
		}
		if got := receive(t, s, answers(s, first, calendar.Declined)); got != invitation.Old {
			t.Errorf("an answer from the old address: %s", got)
		}
		moves(t, s, c.Ines, talk.ID, in(8))
		sent = deliver(t, s)
		if after := toOne(sent, "ruth@near.example"); len(after) != 1 || line(after[0], "UID") != line(anew[0], "UID") || line(after[0], "SEQUENCE") != "1" || len(toOne(sent, "ruth@far.example")) != 0 {
			t.Errorf("moved, the new address got %d", len(after))
		}
		isAt("")
		if out := deliver(t, s); len(out) != 1 || out[0].To != "ruth@near.example" || line(out[0], "METHOD") != "CANCEL" {
			t.Errorf("without an address, %+v went out", out)
		}
	})
}

func TestACalendarThatChangesWithoutEndIsLeftAlone(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		talk := outside(t, s, c)
		if err := inviteContact(t, s, c.Ines, talk.ID, true); err != nil {
			t.Fatal(err)
		}
		sent := 0
		for n := range 60 {
			moves(t, s, c.Ines, talk.ID, in(8+n%2))
			sent += len(toOne(deliver(t, s), "ruth@far.example"))
		}
		if sent > 45 {
			t.Errorf("%d mails went out", sent)
		}
	})
}
