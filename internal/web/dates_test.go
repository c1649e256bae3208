package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

// It is Monday, 23 November, in London, and Tuesday already on Kiritimati.
func TestDatesAreThoseOfTheVisitorsOwnZone(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		p.Clock.Move(4 * time.Hour)
		testkit.Do(t, p.Store, func(tx *db.Tx) error { return org.ChooseZone(tx, p.Tomas, "Pacific/Kiritimati") })
		path := p.sentAsk(t).Path
		p.visitAs(p.Ines).Get(path).Must(http.StatusOK)
		tomas := p.visitAs(p.Tomas)
		page := tomas.Get(path).Must(http.StatusOK)
		if got := page.Text(".sub"); !strings.Contains(got, "asked you on 24 November") {
			t.Errorf("sent, for who lives a day ahead: %s", got)
		}
		page = page.Submit(path+"/decision", map[string]string{"says": "yes", "promise_0_words": "Book it", "promise_0_due": "2026-12-10"}).Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "24 November 2026") {
			t.Errorf("the answer: %s", got)
		}
		if got := p.visitAs(p.Ines).Get(path).Text("main"); !strings.Contains(got, "23 November 2026") || strings.Contains(got, "24 November") {
			t.Errorf("the answer, for who asked: %s", got)
		}
	})
}
