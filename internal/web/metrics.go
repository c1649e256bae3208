package web

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/ownward/ownward/internal/problem"
)

// figures are what those who run the server see of it. They name routes, never paths.
type figures struct {
	set      *metrics.Set
	mu       sync.Mutex
	requests map[string]*durations // by the labels of route and status
}

// durations count how long requests took, as a histogram of Prometheus does.
type durations struct {
	under [len(seconds)]int64 // of each bound, those that took no longer
	all   int64
	sum   float64
}

// seconds are the bounds by which requests are counted.
var seconds = [...]float64{.001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10}

func newFigures() *figures {
	metrics.ExposeMetadata(true)
	return &figures{set: metrics.NewSet(), requests: map[string]*durations{}}
}

// request counts one request of a route that was answered.
func (f *figures) request(route string, status int, took time.Duration) {
	labels := "route=" + strconv.Quote(route) + `,status="` + strconv.Itoa(status) + `"`
	f.mu.Lock()
	defer f.mu.Unlock()
	t := f.requests[labels]
	if t == nil {
		t = &durations{}
		f.requests[labels] = t
	}
	t.all++
	t.sum += took.Seconds()
	for i, bound := range seconds {
		if took.Seconds() <= bound {
			t.under[i]++
		}
	}
}

// show writes the figures in the text format of Prometheus, version 0.0.4.
func (f *figures) show(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	var b bytes.Buffer
	f.histogram(&b)
	f.set.WritePrometheus(&b)
	metrics.WriteProcessMetrics(&b)
	_, _ = w.Write(b.Bytes()) // who does not listen any more needs no answer
}

func (f *figures) histogram(b *bytes.Buffer) {
	f.mu.Lock()
	defer f.mu.Unlock()
	const name = "ownward_request_seconds"
	fmt.Fprintf(b, "# HELP %[1]s Time from the request to the end of its answer.\n# TYPE %[1]s histogram\n", name)
	for _, labels := range slices.Sorted(maps.Keys(f.requests)) {
		t := f.requests[labels]
		for i, bound := range seconds {
			fmt.Fprintf(b, "%s_bucket{%s,le=\"%g\"} %d\n", name, labels, bound, t.under[i])
		}
		fmt.Fprintf(b, "%s_bucket{%s,le=\"+Inf\"} %d\n", name, labels, t.all)
		fmt.Fprintf(b, "%s_sum{%s} %g\n%s_count{%s} %d\n", name, labels, t.sum, name, labels, t.all)
	}
}

// CountJob counts a job that was tried.
func (s *Server) CountJob(kind string, failure error) {
	went := "well"
	if failure != nil {
		went = "failed"
	}
	s.figures.set.GetOrCreateCounter("ownward_jobs_total{kind=" + strconv.Quote(kind) + `,went="` + went + `"}`).Inc()
}

// observe measures and logs each request by its route, and keeps one that panics from ending
// the program.
func (s *Server) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begin := time.Now() // the duration of a request is real time, whatever the clock of the store says
		watched := &watchedWriter{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler {
					panic(p)
				}
				s.Log.Error("request panicked", "route", r.Pattern, "panic", problem.ForLog(p))
				if !watched.began {
					s.sayPlainly(watched, http.StatusInternalServerError, "Something went wrong on our side", "Please go back and try once more.")
				}
			}
			took := time.Since(begin)
			s.figures.request(r.Pattern, watched.status, took)
			s.Log.Debug("request", "route", r.Pattern, "status", watched.status, "took", took)
		}()
		next.ServeHTTP(watched, r)
	})
}

// watchedWriter remembers how an answer began.
type watchedWriter struct {
	http.ResponseWriter
	status int
	began  bool
}

// WriteHeader notes the status.
func (w *watchedWriter) WriteHeader(status int) {
	if !w.began {
		w.status, w.began = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write notes that the answer began.
func (w *watchedWriter) Write(b []byte) (int, error) {
	w.began = true
	return w.ResponseWriter.Write(b)
}

// Flush lets what is written so far go, for what wraps this and knows no other way.
func (w *watchedWriter) Flush() { _ = http.NewResponseController(w.ResponseWriter).Flush() }

// Unwrap lets http.ResponseController reach what is underneath.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
