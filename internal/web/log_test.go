package web

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

// words is what nobody but its owner may read, not in a log either.
const words = "heliotrope"

// logged is the log of a server, at every level.
type logged struct {
	sync.Mutex
	bytes.Buffer
}

func (l *logged) Write(b []byte) (int, error) {
	l.Lock()
	defer l.Unlock()
	return l.Buffer.Write(b)
}

func (l *logged) String() string {
	l.Lock()
	defer l.Unlock()
	return l.Buffer.String()
}

// serverWithLog is a server that logs everything into l.
func serverWithLog(t *testing.T, s testkit.Store, l *logged) *Server {
	t.Helper()
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.NewTextHandler(l, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

// failures are ways to fail over what somebody wrote.
var failures = map[string]func(c *call) error{
	"/number": func(*call) error { _, err := strconv.Atoi(words); return err },
	"/panic":  func(*call) error { panic(errors.New(strconv.Quote(words + " \"" + words + "\""))) },
	"/unique": func(c *call) error {
		for range 2 {
			if _, err := c.tx.Exec("insert into accounts (id, created_at) values ($1, 1)", words); err != nil {
				return err
			}
		}
		return nil
	},
	"/wrong-type": func(c *call) error { _, err := c.tx.Exec("update people set revision = $1", words); return err },
	"/scan": func(c *call) error {
		_, err := db.One(c.tx, db.Scanned[int64], "select cast($1 as text)", words)
		return err
	},
}

func TestWhatSomebodyLooksForIsInNoLog(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		var log logged
		v := testkit.VisitAs(t, s, testkit.Site(t, serverWithLog(t, s, &log)), c.Ines)
		v.Get("/find?q=" + words).Must(http.StatusOK)
		v.Get("/people?q=" + words).Must(http.StatusOK)
		if text := log.String(); strings.Contains(text, words) || !strings.Contains(text, "/find") {
			t.Errorf("the log says:\n%s", text)
		}
	})
}

func TestWhatPeopleWroteIsInNoLogHoweverItFails(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		testkit.NewCompany(t, s, "weir.example")
		var log logged
		server := serverWithLog(t, s, &log)
		for path, fail := range failures {
			server.post(path+"/{id}", Anyone, func(c *call) (string, error) { return "/", fail(c) }, nil)
		}
		v := testkit.Visit(t, testkit.Site(t, server))
		for path := range failures {
			page := v.Post(path+"/"+words, map[string][]string{"words": {words}})
			if page.Status != http.StatusInternalServerError || strings.Contains(page.Body, words) {
				t.Errorf("%s: status %d, and the page quotes what was sent: %v", path, page.Status, strings.Contains(page.Body, words))
			}
		}
		text := log.String()
		if strings.Contains(text, words) {
			t.Errorf("the log holds what people wrote:\n%s", text)
		}
		if !strings.Contains(text, "accounts_pkey") && !strings.Contains(text, "accounts.id") {
			t.Errorf("the log does not say which rule was broken:\n%s", text)
		}
	})
}

func TestTheFiguresAreForWhoWatchesFromNearby(t *testing.T) {
	s := testkit.SQLite(t)
	site := siteOf(t, s)
	for header, want := range map[string]int{"Accept": 200, "X-Forwarded-For": 404, "Forwarded": 404, "Via": 404, "X-Real-Ip": 404} {
		r, err := http.NewRequest(http.MethodGet, site+"/metrics", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set(header, "203.0.113.7")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
			t.Errorf("passed on with %q: status %d, want %d", header, answer.StatusCode, want)
		}
	}
}

func TestTheFiguresCountRequestsByRouteAndHowLongTheyTook(t *testing.T) {
	s := testkit.SQLite(t)
	site := siteOf(t, s)
	for range 3 {
		get(t, site+"/healthz")
	}
	text := get(t, site+"/metrics")
	for _, want := range []string{
		"# TYPE ownward_request_seconds histogram\n",
		`ownward_request_seconds_bucket{route="GET /healthz",status="200",le="+Inf"} 3` + "\n",
		`ownward_request_seconds_bucket{route="GET /healthz",status="200",le="10"} 3` + "\n",
		`ownward_request_seconds_count{route="GET /healthz",status="200"} 3` + "\n",
		"go_goroutines ",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the figures lack %q:\n%s", want, text)
		}
	}
}

// get is the body of an address that answers.
func get(t *testing.T, address string) string {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v", address, answer.StatusCode, err)
	}
	return string(body)
}
