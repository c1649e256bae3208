package web

import (
	"log/slog"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

func TestSomebodyFromOutsideIsWrittenDownAndChangedInTwoWindowsWithoutLoss(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store testkit.Store) {
		s, err := New(Config{DB: store.DB, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		c := testkit.NewCompany(t, store, "weir.example")
		ines := testkit.VisitAs(t, store, testkit.Site(t, s), c.Ines)
		if got := ines.Get("/contacts").Must(200).Text(".empty a"); got != "Write somebody down" {
			t.Errorf("without contacts the first step is %q", got)
		}
		page := ines.Get("/contacts/new").Must(200).Submit("/contacts", map[string]string{"name": "", "about": "My mentor of old"}).Must(422)
		if page.Text(".error") == "" || page.Text("main textarea") != "My mentor of old" {
			t.Errorf("without a name: said %q, kept %q", page.Text(".error"), page.Text("main textarea"))
		}
		first := page.Submit("/contacts", map[string]string{"name": "Rosa Lind"}).Must(200)
		second := ines.Get(first.Path).Must(200)
		first.Submit(first.Path, map[string]string{"about": "Led me in Porto"}).Must(200)
		both := second.Submit(second.Path, map[string]string{"about": "Taught me to write"}).Must(409)
		if both.Text("main textarea") != "Taught me to write" || both.Text("#errors") == "" {
			t.Errorf("after the other window the form holds %q", both.Text("main textarea"))
		}
		if got := both.Submit(both.Path, nil).Must(200).Text("main textarea"); got != "Taught me to write" {
			t.Errorf("sent again it stands as %q", got)
		}
		joel := testkit.VisitAs(t, store, testkit.Site(t, s), c.Joel)
		joel.Get(first.Path).Must(404)
	})
}
