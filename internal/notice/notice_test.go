package notice_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

type outbox struct{ sent []mail.Message }

func (o *outbox) Send(_ context.Context, m mail.Message) error {
	o.sent = append(o.sent, m)
	return nil
}

func link(thing event.Thing) string {
	return "https://weir.example/" + thing.Kind + "/" + string(thing.ID)
}

// deliver does the jobs that are due and gives what went out.
func deliver(t *testing.T, s testkit.Store) []mail.Message {
	t.Helper()
	var out outbox
	runner := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(io.Discard, nil)), map[string]job.Do{notice.Job: notice.Send(&out, link)})
	if _, err := runner.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out.sent
}

var ask = event.Thing{Kind: "ask", ID: "0199"}

func TestWhoSeesSomethingNewIsToldOnceAndLedToWhoShowsIt(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			for range 2 { // two sections by one click
				if err := notice.ThingShared(tx, event.Event{
					Organisation: c.Organisation.ID, Kind: "shared", By: c.Ines.Person, Facts: map[string]string{"viewer": string(c.Tomas.Person)},
				}); err != nil {
					return err
				}
			}
			return nil
		})
		sent := deliver(t, s)
		if len(sent) != 1 || sent[0].To != "tomas@weir.example" || !strings.Contains(sent[0].Text, link(event.Thing{Kind: "person", ID: c.Ines.Person})) {
			t.Errorf("sent %+v", sent)
		}
	})
}

func TestANoticeSaysThatSomethingWaitsAndNothingMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			return notice.Tell(tx, c.Ines.Organisation, c.Ines.Person, notice.Asked, ask, "")
		})
		sent := deliver(t, s)
		if len(sent) != 1 {
			t.Fatalf("%d mails went out, want 1", len(sent))
		}
		m := sent[0]
		if m.To != "ines@weir.example" || m.Subject != "You were asked something in Ownward" || !strings.Contains(m.Text, link(ask)) {
			t.Errorf("sent %+v", m)
		}
		if m.Date.Year() != 2026 {
			t.Errorf("dated %v, want the time of the telling", m.Date)
		}
	})
}

func TestWhatOneActDoesToAPersonIsToldOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			for _, kind := range []notice.Kind{notice.Answered, notice.Shared, notice.Proposed} {
				if err := notice.Tell(tx, c.Ines.Organisation, c.Ines.Person, kind, ask, ""); err != nil {
					return err
				}
			}
			return notice.Tell(tx, c.Ines.Organisation, "", notice.Shared, ask, "")
		})
		if sent := deliver(t, s); len(sent) != 1 || sent[0].Subject != "There is news for you in Ownward" {
			t.Errorf("sent %v, want one mail, of the first telling", sent)
		}
	})
}

func TestNobodyIsToldWhoTurnedItOffOrLeft(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := tx.Exec("insert into unwanted_notices (organisation_id, person_id, kind) values ($1, $2, 'shared')", c.Ines.Organisation, c.Ines.Person); err != nil {
				return err
			}
			if err := org.Leave(tx, c.Ada, c.Joel.Person); err != nil {
				return err
			}
			for _, to := range []org.Actor{c.Ines, c.Joel, c.Mira} {
				if err := notice.Tell(tx, to.Organisation, to.Person, notice.Shared, ask, ""); err != nil {
					return err
				}
			}
			return nil
		})
		if sent := deliver(t, s); len(sent) != 1 || sent[0].To != "mira@weir.example" {
			t.Errorf("sent %v, want one mail, to Mira", sent)
		}
	})
}

func TestSharingAndTakingBackAgainAndAgainFillsNoMailbox(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		tell := func(n int, thing func(int) event.Thing) int {
			for i := range n {
				testkit.Do(t, s, func(tx *db.Tx) error {
					return notice.Tell(tx, c.Ines.Organisation, c.Ines.Person, notice.Shared, thing(i), "")
				})
			}
			return len(deliver(t, s))
		}
		same := func(int) event.Thing { return event.Thing{Kind: "person", ID: c.Joel.Person} }
		if got := tell(20, same); got != 1 {
			t.Errorf("%d mails tell the same within an hour, want 1", got)
		}
		if got := tell(60, func(i int) event.Thing { return event.Thing{Kind: "ask", ID: db.ID(fmt.Sprint(i))} }); got > 30 {
			t.Errorf("%d mails within an hour", got)
		}
		s.Clock.Move(61 * time.Minute)
		if got := tell(2, same); got != 1 {
			t.Errorf("an hour later %d mails tell of something new, want 1", got)
		}
	})
}

func TestANoticeGoesToNoAddressThatItsReceiverNeverConfirmed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			if _, err := account.UnscopedSignIn(tx, c.Ines.Organisation, c.Ines.Person, ""); err != nil {
				return err
			}
			if err := org.Change(tx, c.Ada, c.Ines.Person, 1, org.Details{Name: "Ines Faria", Email: "ada@elsewhere.example"}); err != nil {
				return err
			}
			return notice.Tell(tx, c.Ines.Organisation, c.Ines.Person, notice.Asked, ask, "")
		})
		if sent := deliver(t, s); len(sent) != 1 || sent[0].To != "ines@weir.example" {
			t.Errorf("sent %+v, want one mail to the address that Ines confirmed", sent)
		}
	})
}

func leave(tx *db.Tx, c testkit.Company) error { return org.Leave(tx, c.Ada, c.Ines.Person) }
