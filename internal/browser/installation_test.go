package browser

import (
	"bytes"
	"context"
	"errors"
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

	"github.com/ownward/ownward/internal/demo"
	"github.com/ownward/ownward/internal/house"
)

// An installation is a running Ownward, with what a story needs around it.
type installation struct {
	address string // of Ownward
	outside string // of what stands around it: GET /mail, GET /unread, POST /move, GET /log
	house   *house.House
	log     *record
	ahead   atomic.Int64 // how far its clock is ahead of the machine's, in nanoseconds
}

// open runs an installation, filled or empty, until the test ends. Nothing in it may go so wrong that it is logged as an error.
func open(t *testing.T, config house.Config, fill func(h *house.House) error) *installation {
	t.Helper()
	in := &installation{log: &record{}}
	mails := newMailbox(t)
	config.Data, config.Listen, config.Mail = t.TempDir(), freePort(t), mails.smtp
	if config.Clock == nil {
		config.Clock = func() time.Time { return time.Now().Add(time.Duration(in.ahead.Load())) }
	}
	h, err := house.Open(t.Context(), config, slog.New(slog.NewTextHandler(in.log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	in.house = h
	if fill != nil {
		if err := fill(h); err != nil {
			t.Fatal(errors.Join(err, h.Close()))
		}
	}
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

// openExample runs the example organisation.
func openExample(t *testing.T) *installation {
	t.Helper()
	clock := demo.NewClock()
	return open(t, house.Config{Demo: true, Clock: clock.Now}, func(h *house.House) error {
		return demo.Fill(t.Context(), h.DB, clock, func(ctx context.Context) error {
			_, err := h.Jobs.RunDue(ctx)
			return err
		})
	})
}

// setUp is the path of the page that sets the installation up.
func (in *installation) setUp(t *testing.T) string {
	t.Helper()
	path, err := in.house.SetUpPath(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// standAround serves what stands around the installation: the mails it sent, its log, and the way on through time.
func (in *installation) standAround(t *testing.T, mails *mailbox) (address string) {
	mux := http.NewServeMux()
	mux.Handle("GET /mail", mails)
	mux.HandleFunc("GET /unread", mails.unread)
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
