package bench

import (
	"net/http/httptest"
	"os"
	"testing"

	"github.com/ownward/ownward/internal/house"
)

// BenchmarkPlan opens the page of a plan with 500 wins, 60 skills and 40 goals.
func BenchmarkPlan(b *testing.B) {
	for _, path := range []string{"/plan", "/timeline"} {
		b.Run(path[1:], func(b *testing.B) { benchmarkFullPlan(b, path) })
	}
}

func benchmarkFullPlan(b *testing.B, path string) {
	bench := &Bench{Out: os.Stderr, folder: b.TempDir()}
	if _, err := bench.fill(b.Context()); err != nil {
		b.Fatal(err)
	}
	token, _, err := bench.fillPlan(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	h, err := house.Open(b.Context(), bench.config(), quiet())
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := h.Close(); err != nil {
			b.Fatal(err)
		}
	}()
	size := 0
	for b.Loop() {
		w := httptest.NewRecorder()
		h.Web.ServeHTTP(w, asBrowser("http://ownward.test"+path, token))
		if w.Code != 200 {
			b.Fatalf("status %d", w.Code)
		}
		size = w.Body.Len()
	}
	b.ReportMetric(float64(size), "bytes")
}
