package digest_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

type outbox struct {
	mu   sync.Mutex
	sent []mail.Message
	fail error
}

func (o *outbox) Send(_ context.Context, m mail.Message) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.fail != nil {
		return o.fail
	}
	o.sent = append(o.sent, m)
	return nil
}

// take gives what Tomás got since the last time.
func (o *outbox) take() []mail.Message {
	o.mu.Lock()
	defer o.mu.Unlock()
	var sent []mail.Message
	for _, m := range o.sent {
		if m.To == "tomas@weir.example" {
			sent = append(sent, m)
		}
	}
	o.sent = nil
	return sent
}

// copies are several copies of the program on one store.
func copies(t *testing.T, s testkit.Store, out *outbox, n int) []*job.Runner {
	var all []*job.Runner
	for range n {
		r := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(t.Output(), nil)), map[string]job.Do{
			digest.Due: digest.Make, digest.Hours: digest.FollowAll, digest.Mail: digest.Send(out, "https://own.example"),
		})
		r.Rounds = []job.Round{{Kind: digest.Due, Next: digest.Next}}
		testkit.Do(t, s, r.Begin)
		all = append(all, r)
	}
	return all
}

func run(t *testing.T, all []*job.Runner) {
	var group sync.WaitGroup
	for _, r := range all {
		group.Go(func() {
			if _, err := r.RunDue(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

// until moves the clock there in steps, and lets the copies do what is due at each.
func until(t *testing.T, s testkit.Store, all []*job.Runner, at time.Time) {
	for s.Clock.Now().Before(at) {
		s.Clock.Move(min(30*time.Minute, at.Sub(s.Clock.Now())))
		run(t, all)
	}
}

func company(t *testing.T, s testkit.Store) testkit.Company {
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		if err := digest.PeopleMoved(tx, event.Event{Organisation: c.Organisation.ID}); err != nil {
			return err
		}
		today := civil.In(tx.Now(), c.Ines.Zone)
		draft, err := ask.New(tx, c.Ines, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "zq The course"}, Whom: c.Tomas.Self()})
		if err != nil {
			return err
		}
		if err := ask.Send(tx, c.Ines, draft.ID, draft.Revision); err != nil {
			return err
		}
		for _, in := range []int{3, 4, 30} {
			if _, err := commitment.Make(tx, c.Tomas, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "zq Introduce", Due: today.AddDays(in)}); err != nil {
				return err
			}
		}
		if _, err := commitment.Make(tx, c.Ines, event.Thing{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: "zq Read", Due: today.AddDays(9)}); err != nil {
			return err
		}
		meet, err := conversation.Request(tx, c.Ines, conversation.Input{With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 12), Minutes: 60}})
		if err != nil {
			return err
		}
		_, err = conversation.Accept(tx, c.Tomas, meet.ID, meet.Revision)
		return err
	})
	return c
}

func TestOnceAWeekEachIsToldWhatWaitsAtTheirHour(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := company(t, s) // on Monday, 23 November 2026, at 9
		testkit.Do(t, s, func(tx *db.Tx) error {
			return digest.Choose(tx, c.Ines, digest.Choice{Weekday: time.Wednesday, Hour: 17})
		})
		var out outbox
		all := copies(t, s, &out, 3)
		run(t, all)
		until(t, s, all, time.Date(2026, time.November, 25, 17, 1, 0, 0, c.Ines.Zone))
		if len(out.sent) != 0 {
			t.Errorf("Ines has nothing waiting within a week, and got %s", out.sent[0].Text)
		}
		until(t, s, all, time.Date(2026, time.November, 30, 7, 59, 0, 0, c.Tomas.Zone))
		if sent := out.take(); len(sent) != 0 {
			t.Errorf("too early: %s", sent[0].Text)
		}
		until(t, s, all, time.Date(2026, time.November, 30, 8, 1, 0, 0, c.Tomas.Zone))
		sent := out.take()
		if len(sent) != 1 || sent[0].To != "tomas@weir.example" {
			t.Fatalf("on Monday at eight %d were sent, want one", len(sent))
		}
		for _, says := range []string{"1 ask waits", "1 proposal waits", "2 promises of yours", "1 conversation within a week", "on Mondays at 8:00", "https://own.example/asks"} {
			if !strings.Contains(sent[0].Text, says) {
				t.Errorf("it does not say %q:\n%s", says, sent[0].Text)
			}
		}
		if strings.Contains(sent[0].Text+sent[0].HTML+sent[0].Subject, "The course") || sent[0].Off == "" {
			t.Error("it holds what people wrote, or cannot be turned off")
		}
		until(t, s, all, time.Date(2026, time.December, 6, 12, 0, 0, 0, c.Tomas.Zone))
		for _, m := range out.take() {
			if m.To == "tomas@weir.example" {
				t.Errorf("within the week Tomás got another: %s", m.Text)
			}
		}
	})
}

func TestAfterStandingStillADigestComesOnceOrNotAtAll(t *testing.T) {
	for still, want := range map[time.Duration]int{26 * time.Hour: 1, 3 * 24 * time.Hour: 0, 22 * 24 * time.Hour: 1} {
		t.Run(fmt.Sprint(still), func(t *testing.T) {
			s := testkit.SQLite(t)
			company(t, s)
			var out outbox
			all := copies(t, s, &out, 2)
			run(t, all)
			s.Clock.Move(time.Date(2026, time.November, 30, 7, 0, 0, 0, time.UTC).Add(still).Sub(s.Clock.Now()))
			for range 3 {
				run(t, all)
				s.Clock.Move(time.Minute)
			}
			got := 0
			for _, m := range out.take() {
				if m.To == "tomas@weir.example" {
					got++
				}
			}
			if got != want {
				t.Errorf("%d digests came, want %d", got, want)
			}
		})
	}
}

func TestWhoMovesOrTurnsItOffIsFollowed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := company(t, s)
		var out outbox
		all := copies(t, s, &out, 2)
		run(t, all)
		s.Clock.MoveDays(1)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if err := org.ChooseZone(tx, c.Tomas, "America/New_York"); err != nil {
				return err
			}
			return digest.PersonMoved(tx, event.Event{Organisation: c.Organisation.ID, Thing: event.Thing{Kind: "person", ID: c.Tomas.Person}})
		})
		newYork := org.Zone("America/New_York")
		until(t, s, all, time.Date(2026, time.November, 30, 7, 59, 0, 0, newYork))
		if sent := out.take(); len(sent) != 0 {
			t.Errorf("it came before eight in New York, at %v", sent[0].Date)
		}
		until(t, s, all, time.Date(2026, time.November, 30, 8, 1, 0, 0, newYork))
		if sent := out.take(); len(sent) != 1 {
			t.Errorf("%d came at eight in New York, want one", len(sent))
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return notice.TurnOff(tx, mail.Off{Kind: "digest", Organisation: c.Tomas.Organisation, Receiver: c.Tomas.Person})
		})
		until(t, s, all, time.Date(2026, time.December, 8, 8, 1, 0, 0, newYork))
		for _, m := range out.take() {
			if m.To == "tomas@weir.example" {
				t.Error("it came after it was turned off")
			}
		}
	})
}

func TestADigestThatFailsIsTheSameAtTheNextTry(t *testing.T) {
	s := testkit.SQLite(t)
	c := company(t, s)
	out := outbox{fail: context.DeadlineExceeded}
	all := copies(t, s, &out, 1)
	run(t, all)
	s.Clock.Move(time.Date(2026, time.November, 30, 8, 1, 0, 0, time.UTC).Sub(s.Clock.Now()))
	run(t, all)
	testkit.Do(t, s, func(tx *db.Tx) error { // more waits by the next try
		draft, err := ask.New(tx, c.Joel, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: "More"}, Whom: c.Tomas.Self()})
		if err != nil {
			return err
		}
		return ask.Send(tx, c.Joel, draft.ID, draft.Revision)
	})
	out.fail = nil
	s.Clock.Move(time.Hour)
	run(t, all)
	if sent := out.take(); len(sent) != 1 || !strings.Contains(sent[0].Text, "1 ask waits") {
		t.Errorf("%d sent", len(sent))
	}
}

func TestTenThousandDigestsTakeFewQueries(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 10,000 people")
	}
	s := testkit.SQLite(t)
	testkit.Do(t, s, func(tx *db.Tx) error {
		o, err := org.Found(tx, "Large", "Europe/Lisbon", false)
		if err != nil {
			return err
		}
		var people, digests, promises [][]any
		for i := range 10_000 {
			id := tx.NewID()
			people = append(people, []any{o.ID, id, fmt.Sprint("P", i), fmt.Sprintf("p%d@large.example", i)})
			digests = append(digests, []any{o.ID, id, tx.Now()})
			promises = append(promises, []any{o.ID, tx.NewID(), id})
		}
		if err := db.Repeat(tx, `insert into people (organisation_id, id, name, name_key, first_name, email, account_name, employee_number, external_id, job_title, level, department, location, employment, time_zone, administrator, imported, revision, created_at)
			values ($1, $2, $3, $3, $3, $4, '', '', '', '', '', '', '', '', 'Europe/Lisbon', 0, '', 1, 0)`, people); err != nil {
			return err
		}
		if err := db.Repeat(tx, "insert into digests (organisation_id, person_id, weekday, hour, zone, next_at, told_week) values ($1, $2, 1, 8, 'Europe/Lisbon', $3, '')", digests); err != nil {
			return err
		}
		return db.Repeat(tx, `insert into commitments (organisation_id, id, by_person_id, to_person_id, written_by_id, words, due, check_in, state, agreed_at, origin_kind, brought_along, created_at)
			values ($1, $2, $3, $3, $3, 'x', '2026-11-24', '2026-11-30', 'open', 1, '', 0, 0)`, promises)
	})
	before, begin := s.Ran(), time.Now()
	if err := digest.Make(t.Context(), s.DB, "", nil); err != nil {
		t.Fatal(err)
	}
	t.Logf("10,000 digests made in %v", time.Since(begin))
	made := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'digest'")
	})
	if ran := s.Ran() - before; made != 10_000 || ran > 2*10_000+500 { // two that keep each, and few that ask
		t.Errorf("%d digests were made with %d statements", made, ran)
	}
	var counts map[string]int64
	if err := json.Unmarshal([]byte(testkit.Read(t, s, func(tx *db.Tx) (string, error) {
		return db.One(tx, db.Scanned[string], "select counts from digest_counts limit 1")
	})), &counts); err != nil || counts["promises"] != 1 || counts["check-ins"] != 1 {
		t.Errorf("counts %v, %v", counts, err)
	}
}
