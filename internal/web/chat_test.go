package web_test

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/chat"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/seal"
	"github.com/ownward/ownward/internal/testkit"
	"github.com/ownward/ownward/internal/web"
)

func TestNoticesArePostedWhereTheirPersonWantsThem(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	server, err := web.New(web.Config{DB: s.DB, Log: slog.New(slog.DiscardHandler), Key: seal.FromSecret("twenty characters and more")})
	if err != nil {
		t.Fatal(err)
	}
	site := testkit.Site(t, server)
	ines, ada := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Ada)
	if page := ines.Get("/you/chat").Must(http.StatusOK); page.Has("form[action='/you/chat']") || !strings.Contains(page.Text("main"), "has not switched this on") {
		t.Errorf("before it is allowed: %s", page.Text("main"))
	}
	page := ada.Get("/organisation/chat").Must(http.StatusOK)
	page.Submit("/organisation/chat", map[string]string{"allowed": "yes", "hosts": "127.0.0.1"}).Must(http.StatusUnprocessableEntity)
	page.Submit("/organisation/chat", map[string]string{"allowed": "yes"}).Must(http.StatusOK)
	ines.Get("/organisation/chat").Must(http.StatusNotFound)

	page = ines.Get("/you/chat").Must(http.StatusOK)
	wrong := page.Submit("/you/chat", map[string]string{"service": "slack", "address": "https://elsewhere.example/hook/verysecret"}).Must(http.StatusUnprocessableEntity)
	if !strings.Contains(wrong.Text("main"), "allows no address there") || strings.Contains(wrong.Body, "verysecret") {
		t.Errorf("an address elsewhere: %s", wrong.Text("main"))
	}
	page = page.Submit("/you/chat", map[string]string{"service": "slack", "address": "https://hooks.slack.com/services/T/B/verysecret"}).Must(http.StatusOK)
	if got := page.Text("#place"); !strings.Contains(got, "Slack, at hooks.slack.com") || strings.Contains(page.Body, "verysecret") {
		t.Errorf("kept: %s", got)
	}
	if !page.Has("input[value=waiting][checked]") || page.Has("input[value=lost]") {
		t.Error("not all kinds are offered")
	}
	page.Submit("/you/chat/test", nil).Must(http.StatusOK)
	var waits int64
	testkit.Do(t, s, func(tx *db.Tx) error {
		return tx.Get("select count(*) from jobs where kind = 'notice in chat'").Scan(&waits)
	})
	if waits != 1 {
		t.Errorf("%d tests are to be sent", waits)
	}
	page = ines.Get("/you").Must(http.StatusOK)
	for _, kind := range []string{"asked", "conversation", "due", "check-in", "waiting", "day", "digest"} {
		if !page.Has("#notices input[value=" + kind + "][checked]") {
			t.Errorf("the kind %s has no box of its own", kind)
		}
	}
	ines.Get("/you/chat").Submit("/you/chat/removal", nil).Must(http.StatusOK)
	if _, err := db.Read(t.Context(), s.DB, func(tx *db.Tx) (chat.Place, error) { return chat.Mine(tx, c.Ines) }); err == nil {
		t.Error("it is still kept")
	}
}
