// Package web is the pages: who may call what, what stands on them, where a form goes.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/seal"
)

// Config is what a server is made from.
type Config struct {
	DB     *db.DB
	Log    *slog.Logger
	Secure bool // the address begins with https://
	Demo   bool // sign-in by one click, into an example organisation
	// Questions are the cards to ask from; without any, those that come with the program.
	Questions *question.Library
	// Activities are the kinds of step; without any, those that come with the program.
	Activities *activity.Catalogue
	MailInLog  bool // there is no mail server: codes are found in the log
	// Key seals the passwords of calendars; without one they cannot be given.
	Key *seal.Key
	// Address is where people reach the pages from outside, without a slash at its end.
	Address string
}

// Server answers requests.
type Server struct {
	Config
	Routes    []Route // the whole URL space
	mux       *http.ServeMux
	templates *templates
	assets    string // the address below which the assets are, with their hash
	handler   http.Handler
	figures   *figures
	stopping  atomic.Bool
	asked     atomic.Int64
	limits    limits
	lines     openLines
	ending    chan struct{} // closed when the server ends
}

// New makes a server with all its routes.
func New(config Config) (*Server, error) {
	if config.Questions == nil {
		config.Questions = question.Builtin()
	}
	if config.Activities == nil {
		config.Activities = activity.Builtin()
	}
	s := &Server{Config: config, mux: http.NewServeMux(), figures: newFigures(), ending: make(chan struct{})}
	var err error
	if s.templates, err = newTemplates(s.functions()); err != nil {
		return nil, err
	}
	if err := s.serveAssets(); err != nil {
		return nil, err
	}
	if err := s.serveManifest(); err != nil {
		return nil, err
	}
	s.serveHealth()
	s.routes()
	compress, err := gzhttp.NewWrapper(gzhttp.MinSize(512), gzhttp.CompressionLevel(1), gzhttp.RandomJitter(32, 0, false))
	if err != nil {
		return nil, err
	}
	s.handler = s.observe(s.secure(compress(s.mux)))
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	s.handler.ServeHTTP(w, r)
}

// Asked counts the requests so far.
func (s *Server) Asked() int64 { return s.asked.Load() }

// Stop says that the server is about to end: it is not ready for new work any more, and open lines end.
func (s *Server) Stop() {
	if !s.stopping.Swap(true) {
		close(s.ending)
	}
}

// serveHealth answers those who watch over the installation. These routes stand outside of the
// permissions: they say nothing of anybody.
func (s *Server) serveHealth() {
	s.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "alive\n") })
	s.mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := s.ready(r.Context()); err != nil {
			s.Log.Warn("not ready", "error", problem.ForLog(err))
			plain(w, http.StatusServiceUnavailable, "not ready\n")
			return
		}
		plain(w, http.StatusOK, "ready\n")
	})
	s.mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		if !nearby(r) {
			s.nothingHere(w, r)
			return
		}
		s.figures.show(w, r)
	})
}

func (s *Server) ready(ctx context.Context) error {
	if s.stopping.Load() {
		return errors.New("the server is stopping")
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return s.DB.Ping(ctx)
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
