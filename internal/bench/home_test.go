package bench

import (
	"net/http/httptest"
	"os"
	"testing"

	"github.com/ownward/ownward/internal/house"
)

func BenchmarkStartPage(b *testing.B) {
	bench := &Bench{Out: os.Stderr, folder: b.TempDir()}
	token, err := bench.fill(b.Context())
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
	for b.Loop() {
		w := httptest.NewRecorder()
		h.Web.ServeHTTP(w, asBrowser("http://ownward.test/", token))
		if w.Code != 200 {
			b.Fatalf("status %d", w.Code)
		}
	}
}
