package web

import (
	"context"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/testkit"
)

func TestALinkInAMailTurnsThatKindOffAndOnlyWhenAsked(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
		if err != nil {
			t.Fatal(err)
		}
		site := testkit.Site(t, server)
		wants := func(kind notice.Kind) bool {
			return slices.Contains(testkit.Read(t, s, func(tx *db.Tx) ([]notice.Kind, error) { return notice.Choices(tx, c.Ines) }), kind)
		}
		path := func(kind string) string {
			return "/mails/" + testkit.Write(t, s, mail.Off{Kind: kind, Organisation: c.Ines.Organisation, Receiver: c.Ines.Person}.SignFirst)
		}
		nobody := testkit.Visit(t, site)
		page := nobody.Get(path("asked")).Must(http.StatusOK)
		if !wants(notice.Asked) || !strings.Contains(page.Text("main"), "when you are asked something") {
			t.Errorf("to open the link did something, or says little: %s", page.Text("main"))
		}
		done := page.Submit("", nil).Must(http.StatusOK)
		if wants(notice.Asked) || !wants(notice.Shared) || !strings.Contains(done.Text("main"), "It is turned off") {
			t.Errorf("the button left it on, or turned off more: %s", done.Text("main"))
		}
		// The program that shows the mail does it at once, from wherever it is.
		request, err := http.NewRequest(http.MethodPost, site+path("reminder"), strings.NewReader("List-Unsubscribe=One-Click"))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("Origin", "https://mail.example.net")
		request.Header.Set("Sec-Fetch-Site", "cross-site")
		answer, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if body, err := io.ReadAll(answer.Body); err != nil || answer.StatusCode != http.StatusOK || wants(notice.Due) {
			t.Errorf("the mail program was answered %d %s (%v); still on: %t", answer.StatusCode, body, err, wants(notice.Due))
		}
		good := path("shared")
		for _, bad := range []string{good[:len(good)-1], good[:8] + "x" + good[9:], "/mails/x", "/mails/.", path("no such kind")} {
			nobody.Post(bad, url.Values{}).Must(http.StatusNotFound)
		}
		if !wants(notice.Shared) {
			t.Error("a forged link turned something off")
		}
	})
}

func TestEveryMailButACodeCanBeTurnedOff(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		if _, _, err := link.Make(tx, c.Ines, "confirmation", event.Thing{Kind: "confirmation", ID: "x"}, link.Input{Address: "ruth@elsewhere.example"}); err != nil {
			return err
		}
		return account.Invite(tx, c.Ada, c.Joel.Person)
	})
	sent := deliverAll(t, s)
	if len(sent) != 2 {
		t.Fatalf("%d mails", len(sent))
	}
	for _, m := range sent {
		if m.Off == "" || m.HTML == "" || !strings.Contains(m.Text, m.Off) {
			t.Errorf("%q cannot be turned off by its receiver", m.Subject)
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			what, err := mail.ReadOff(tx, strings.TrimPrefix(m.Off, "https://own.example/mails/"))
			if err != nil {
				return err
			}
			return turnOff(tx, what)
		})
	}
	s.Clock.MoveDays(2)
	for name, again := range map[string]func(tx *db.Tx) error{
		"a question": func(tx *db.Tx) error {
			_, _, err := link.Make(tx, c.Tomas, "confirmation", event.Thing{Kind: "confirmation", ID: "y"}, link.Input{Address: "ruth@elsewhere.example"})
			return err
		},
		"an invitation": func(tx *db.Tx) error { return account.Invite(tx, c.Ada, c.Joel.Person) },
	} {
		if err := testkit.Fails(t, s, again); !strings.Contains(err.Error(), "wants no") && !strings.Contains(err.Error(), "wants none") {
			t.Errorf("%s after it was turned off: %v", name, err)
		}
	}
}

type outbox struct{ sent []mail.Message }

func (o *outbox) Send(_ context.Context, m mail.Message) error {
	o.sent = append(o.sent, m)
	return nil
}

// deliverAll does the mails of accounts and links that are due, and gives what went out.
func deliverAll(t *testing.T, s testkit.Store) []mail.Message {
	t.Helper()
	var out outbox
	all := account.Jobs(&out, "https://own.example")
	maps.Copy(all, link.Jobs(&out, "https://own.example"))
	if _, err := job.NewRunner(s.DB, slog.New(slog.NewTextHandler(t.Output(), nil)), all).RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return out.sent
}
