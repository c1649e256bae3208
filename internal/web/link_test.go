package web

import (
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// A purpose of its own, so that this test knows the links and nothing of what they are for.
const testPurpose link.Purpose = "a test"

func init() {
	openings[testPurpose] = opening{
		asks: "Was it so?",
		show: func(c *call, o link.Opened) (view, error) {
			return linkOverPage.outside(c, "A question", linkOver{"Was it so?", "Asked by " + o.OwnerName + " about " + string(o.Thing.ID) + ". " + c.form.Error("words")})
		},
		answer: func(c *call, o link.Opened) error {
			if c.text("words") == "" {
				return problem.Invalid{"words": "A few words are enough."}
			}
			return nil
		},
		back: func(*call, link.Link) (string, string) { return "/wins", "Wins" },
	}
}

// linkSite is a site where Ines asks by a link about a thing, with one more form to do so.
func linkSite(t *testing.T, s testkit.Store, l *logged) string {
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug})), Address: ""})
	if err != nil {
		t.Fatal(err)
	}
	server.post("/make-a-link", Member, func(c *call) (string, error) { return c.makeLink(testPurpose, event.Thing{Kind: "win", ID: "w1"}) }, nil)
	return testkit.Site(t, server)
}

func TestALinkIsMadePassedOnAndAnswered(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var log logged
		site := linkSite(t, s, &log)
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Post("/make-a-link", url.Values{}).Must(http.StatusOK)
		address := page.Text("code.address")
		if !strings.HasPrefix(address, "/a/") {
			t.Fatalf("no address on\n%s", page.Text("main"))
		}
		outside := testkit.Visit(t, site)
		asked := outside.Get(address).Must(http.StatusOK)
		if !strings.Contains(asked.Text("main"), "Asked by Ines Faria about w1") {
			t.Error(asked.Text("main"))
		}
		if asked.Has("a[href^='/']:not(.skip)") || asked.Has("nav") || strings.Contains(asked.Body, strings.TrimPrefix(address, "/a/")) {
			t.Error("the page leads into the product, or holds its own address")
		}
		if h := asked.Header; h.Get("X-Robots-Tag") == "" || h.Get("Referrer-Policy") != "strict-origin" || h.Get("Cache-Control") != "no-store" || h.Get("Set-Cookie") != "" {
			t.Errorf("headers %v", h)
		}
		if again := outside.Post(address, url.Values{}).Must(http.StatusUnprocessableEntity); !strings.Contains(again.Text("main"), "A few words") || again.Header.Get("X-Robots-Tag") == "" {
			t.Error(again.Text("main"))
		}
		thanks := outside.Post(address, url.Values{"words": {"Yes"}, "formkey": {"k"}}).Must(http.StatusOK)
		if !strings.Contains(thanks.Text("h1"), "Thank you") {
			t.Error(thanks.Text("main"))
		}
		if twice := outside.Post(address, url.Values{"words": {"Twice"}}).Must(http.StatusOK); !strings.Contains(twice.Text("main"), "was not kept") {
			t.Errorf("whoever comes second is told %q", twice.Text("main"))
		}
		if log := log.String(); strings.Contains(log, strings.TrimPrefix(address, "/a/")) || !strings.Contains(log, "/a/{token}") {
			t.Error("the log holds the secret, or nothing")
		}
		if got := ines.Get("/links").Text("main"); strings.Contains(got, "Was it so?") {
			t.Errorf("answered, it still waits: %s", got)
		}
	})
}

func TestALinkOpensForWhoIsSignedInAndIsWrittenDownNowhere(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		site := linkSite(t, s, &logged{})
		address := testkit.VisitAs(t, s, site, c.Ines).Post("/make-a-link", url.Values{}).Text("code.address")
		joel := testkit.VisitAs(t, s, site, c.Joel)
		joel.Get(address).Must(http.StatusOK)
		joel.Post(address, url.Values{"words": {"Yes"}, "formkey": {"k"}}).Must(http.StatusOK)
		if rows := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from form_keys where location like '/a/%'")
		}); rows > 0 {
			t.Error("the secret address is kept")
		}
	})
}

func TestALinkThatEndedSaysSo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		site := linkSite(t, s, &logged{})
		ines, outside := testkit.VisitAs(t, s, site, c.Ines), testkit.Visit(t, site)
		page := ines.Post("/make-a-link", url.Values{})
		address := page.Text("code.address")
		if elsewhere := testkit.VisitAs(t, s, site, c.Ines).Get(page.Path); elsewhere.Has("code.address") {
			t.Error("another browser is told the address")
		}
		page.Submit(page.Path+"/taking-back", nil).Must(http.StatusOK)
		if got := outside.Get(address).Must(http.StatusGone).Text("main"); !strings.Contains(got, "taken back by Ines") {
			t.Error(got)
		}
		if got := outside.Post(address, url.Values{"words": {"Late"}}).Must(http.StatusGone).Text("main"); !strings.Contains(got, "taken back") {
			t.Error(got)
		}
		if got := outside.Get("/a/forged").Must(http.StatusNotFound).Text("main"); !strings.Contains(got, "opens nothing") {
			t.Error(got)
		}
		address = ines.Post("/make-a-link", url.Values{"link_days": {"7"}}).Text("code.address")
		s.Clock.MoveDays(7)
		if got := outside.Get(address).Must(http.StatusGone).Text("main"); !strings.Contains(got, "limited time") {
			t.Error(got)
		}
	})
}

func TestWhoTriesManyLinksWaits(t *testing.T) {
	s := testkit.SQLite(t)
	testkit.NewCompany(t, s, "weir.example")
	outside := testkit.Visit(t, linkSite(t, s, &logged{}))
	for range atOnce {
		outside.Get("/a/forged").Must(http.StatusNotFound)
	}
	if text := outside.Get("/a/forged").Must(http.StatusTooManyRequests).Text("main"); !strings.Contains(text, "Wait a minute") {
		t.Errorf("who opened too many links reads %s", text)
	}
}
