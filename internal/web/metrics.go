package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/ownward/ownward/internal/problem"
)

// metrics are the figures of the server for those who run it. They name routes, never paths.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	jobs     *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "ownward_request_seconds", Help: "Time from the request to the end of its answer.",
			Buckets: []float64{.001, .002, .005, .01, .02, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route", "status"}),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "ownward_jobs_total", Help: "Jobs tried, by kind and how it went.",
		}, []string{"kind", "went"}),
	}
	m.registry.MustRegister(m.requests, m.jobs, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// CountJob counts a job that was tried.
func (s *Server) CountJob(kind string, failure error) {
	went := "well"
	if failure != nil {
		went = "failed"
	}
	s.metrics.jobs.WithLabelValues(kind, went).Inc()
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
			s.metrics.requests.WithLabelValues(r.Pattern, strconv.Itoa(watched.status)).Observe(took.Seconds())
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
