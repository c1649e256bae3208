package browser

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/testkit"
)

// TestStory plays the story of story.mjs in a browser, on each engine.
func TestStory(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { playStory(t, "") })
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Setenv("OWNWARD_TEST_VIEWS", "one")
		playStory(t, testkit.Postgres(t))
	})
}

func playStory(t *testing.T, database string) {
	in := open(t, database)
	setUp, err := in.house.SetUpPath(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	out, err := runNode(t, "story.mjs", in.address, in.outside, setUp)
	t.Log(out)
	if err != nil {
		t.Errorf("the story: %v", err)
	}
}

// An installation is a running Ownward, with what a story needs around it.
type installation struct {
	address string // of Ownward
	outside string // of what stands around it: GET /mail, POST /move, GET /log
	house   *house.House
	log     *record
	ahead   atomic.Int64 // how far its clock is ahead of the machine's, in nanoseconds
}

// open runs an empty installation until the test ends. Nothing in it may go so wrong that it is logged as an error.
func open(t *testing.T, database string) *installation {
	t.Helper()
	in := &installation{log: &record{}}
	mails := newMailbox(t)
	h, err := house.Open(t.Context(), house.Config{
		Data: t.TempDir(), Database: database, Listen: freePort(t), Mail: mails.smtp,
		Clock: func() time.Time { return time.Now().Add(time.Duration(in.ahead.Load())) },
	}, slog.New(slog.NewTextHandler(in.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	in.house = h
	ctx, stop := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan error, 1)
	go func() { ended <- h.Serve(ctx, func(address string) { ready <- address }) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the server ended with %v", err)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
		if log := in.log.String(); t.Failed() || strings.Contains(log, "level=ERROR") {
			t.Errorf("the log:\n%s", log)
		}
	})
	select {
	case in.address = <-ready:
	case err := <-ended:
		ended <- err
		t.Fatal("the server did not start")
	}
	in.outside = in.standAround(t, mails)
	return in
}

// standAround serves what stands around the installation: the mails it sent, its log, and the way on through time.
func (in *installation) standAround(t *testing.T, mails *mailbox) (address string) {
	mux := http.NewServeMux()
	mux.Handle("GET /mail", mails)
	mux.HandleFunc("GET /log", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(in.log.String())) })
	mux.HandleFunc("POST /move", func(w http.ResponseWriter, r *http.Request) {
		days, err := strconv.Atoi(r.FormValue("days"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		in.ahead.Add(int64(days) * 24 * int64(time.Hour))
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// freePort is an address that nobody listens on. The mails name it, so it must be known beforehand.
func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// A record keeps what was logged.
type record struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (r *record) Write(line []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(line)
}

func (r *record) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.String()
}
