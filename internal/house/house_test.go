package house_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

func TestWhoIsShownSomethingIsToldOnceAndNotWhat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		sections := []plan.Section{plan.Purpose, plan.Goals, plan.Skills}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareSections(tx, c.Ines, sections, plan.WithManager) })
		told := testkit.Read(t, s, func(tx *db.Tx) ([]string, error) {
			return db.List(tx, db.Scanned[string], "select args from jobs where kind = 'notice'")
		})
		if len(told) != 1 || !strings.Contains(told[0], string(c.Tomas.Person)) || strings.Contains(told[0], "goals") {
			t.Errorf("told: %v, want one notice to Tomás that does not say what", told)
		}
	})
}

func TestWithoutAMailServerOnlyThisMachineIsServed(t *testing.T) {
	for _, listen := range []string{"0.0.0.0:8080", ":8080", "192.0.2.1:80"} {
		_, err := house.Open(t.Context(), house.Config{Data: t.TempDir(), Listen: listen}, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), "OWNWARD_MAIL") {
			t.Errorf("%s: got %v, want a refusal that says how to set the mail server", listen, err)
		}
	}
}

func TestAServerToldToStopFinishesAndEnds(t *testing.T) {
	h, err := house.Open(t.Context(), house.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	address := make(chan string, 1)
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ctx, func(at string) { address <- at }) }()
	at := <-address
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/metrics": 200, "/nothing": 404} {
		answer, err := http.Get(at + path)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
			t.Errorf("%s: status %d, want %d", path, answer.StatusCode, want)
		}
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it did not end")
	}
	if err := h.Close(); err != nil {
		t.Error(err)
	}
}

func TestAManagerWhoLeavesSeesNothingMoreAndLeavesAHandoverBehind(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			if err := plan.ShareSections(tx, c.Ines, []plan.Section{plan.Purpose}, plan.WithManager); err != nil {
				return err
			}
			if err := org.Leave(tx, c.Ada, c.Tomas.Person); err != nil {
				return err
			}
			return org.SetManager(tx, c.Ada, c.Ines.Person, c.Mira.Person)
		})
		waits := testkit.Read(t, s, func(tx *db.Tx) (handover.Handover, error) { return handover.Of(tx, c.Ines) })
		if len(waits.Items) != 1 || waits.Items[0].Former != "Tomás Reis" || waits.Manager.ID != c.Mira.Person {
			t.Errorf("Ines decides on %v for %s, want her purpose for Mira", waits.Items, waits.Manager.Name)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Return(tx, c.Ada, c.Tomas.Person) })
		for _, viewer := range []org.Actor{c.Tomas, c.Mira} {
			shown := testkit.Read(t, s, func(tx *db.Tx) (plan.Shown, error) { return plan.Theirs(tx, viewer, c.Ines.Person) })
			if !shown.Nothing() {
				t.Errorf("%s sees %v before Ines has said so", viewer.Name, shown.Sections)
			}
		}
	})
}

func TestWhatWasPlannedWithAFormerManagerLeavesBothCalendars(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	standing := func() (stand, mails int64) {
		testkit.Do(t, s, func(tx *db.Tx) error {
			return errors.Join(
				tx.Get("select count(*) from invitations where stands").Scan(&stand),
				tx.Get("select count(*) from jobs where kind = $1 and key like $2", invitation.Job, "% 1").Scan(&mails))
		})
		return stand, mails
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		one, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 3), Minutes: 60}})
		if err != nil {
			return err
		}
		_, err = conversation.Accept(tx, c.Tomas, one.ID, one.Revision)
		return err
	})
	if stand, _ := standing(); stand != 2 {
		t.Fatalf("%d stand in calendars, want both sides'", stand)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Mira.Person) })
	if stand, mails := standing(); stand != 0 || mails != 2 {
		t.Errorf("after a change of manager %d stand and %d mails take them out, want none and two", stand, mails)
	}
}

func TestAllWorkHasANameInWords(t *testing.T) {
	h, err := house.Open(t.Context(), house.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	for _, kind := range h.Jobs.Kinds() {
		if name := job.Called(kind); strings.Contains(name, kind+")") {
			t.Errorf("%q is called %q where it came to nothing", kind, name)
		}
	}
}
