package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"github.com/ownward/ownward/internal/problem"
)

// figures are what those who run the server see of it. They name routes, never paths.
type figures struct{ set *metrics.Set }

func newFigures() *figures {
	metrics.ExposeMetadata(true)
	return &figures{metrics.NewSet()}
}

// seconds are the bounds by which requests are counted.
var seconds = []float64{.001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10}

// request counts one request of a route that was answered.
func (f *figures) request(route string, status int, took time.Duration) {
	f.set.GetOrCreatePrometheusHistogramExt("ownward_request_seconds{route="+strconv.Quote(route)+`,status="`+strconv.Itoa(status)+`"}`, seconds).Update(took.Seconds())
}

func (f *figures) show(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	f.set.WritePrometheus(w)
	metrics.WriteProcessMetrics(w)
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

// Unwrap lets http.ResponseController reach what is underneath.
func (w *watchedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
