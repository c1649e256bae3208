package web_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/testkit"
	"github.com/ownward/ownward/internal/web"
)

func TestAnAdministratorSeesWhatCameToNothingAndHasItTriedAgain(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		server, err := web.New(web.Config{DB: s.DB, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		site := testkit.Site(t, server)
		testkit.Do(t, s, func(tx *db.Tx) error {
			if err := job.Enqueue(tx, "notice", "x", tx.Now(), job.Args{"organisation": c.Organisation.ID, "person": c.Ines.Person}); err != nil {
				return err
			}
			_, err := tx.Exec("update jobs set failed_at = $1, tries = 24, failure = 'It took too long.' where key = 'notice x'", tx.Now())
			return err
		})
		ada := testkit.VisitAs(t, s, site, c.Ada)
		page := ada.Get("/organisation/given-up").Must(http.StatusOK)
		if got := page.Text("main li"); !strings.Contains(got, "Mailing a notice") || !strings.Contains(got, "It took too long.") || !strings.Contains(got, "tried 24 times") || strings.Contains(got, "Ines") {
			t.Errorf("the page says %q", got)
		}
		again := page.Submit(page.Attribute(`form[action$="/repeat"]`, "action"), nil).Must(http.StatusOK)
		if !strings.Contains(again.Text(".empty"), "Nothing.") || !strings.Contains(again.Text(".notice"), "tried again") {
			t.Errorf("after the repeat the page says %q", again.Text("main"))
		}
		testkit.VisitAs(t, s, site, c.Ines).Get("/organisation/given-up").Must(http.StatusNotFound)
	})
}
