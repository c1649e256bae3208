package web

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTheStartPageBeginsWhereSomebodyStands(t *testing.T) {
	testkit.Each(t, func(t *testing.T, store testkit.Store) {
		s, err := New(Config{DB: store.DB, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		site := testkit.Site(t, s)
		testkit.Visit(t, site).Get("/").Must(200)
		begun := testkit.Write(t, store, func(tx *db.Tx) (account.Begun, error) {
			link, err := account.SetUpLink(tx)
			if err != nil {
				return account.Begun{}, err
			}
			return account.SetUp(tx, link, account.Beginning{Organisation: "Weir", Name: "Ada Pires", Email: "ada@weir.example", TimeZone: "Europe/Lisbon"})
		})
		ada := testkit.Write(t, store, func(tx *db.Tx) (org.Actor, error) {
			who, err := account.WhoHas(tx, begun.Token)
			return who.Me, err
		})
		page := testkit.VisitAs(t, store, site, ada).Get("/").Must(200)
		if got := page.Text(".next h3"); got != "Bring your people" {
			t.Errorf("alone in a new organisation the administrator is led to %q", got)
		}
		c := testkit.NewCompany(t, store, "other.example")
		ines := testkit.VisitAs(t, store, site, c.Ines)
		if got := ines.Get("/").Must(200).Text(".next h3"); got != "What do you want to grow towards?" {
			t.Errorf("with an empty plan an employee is led to %q", got)
		}
		ines.Get("/goals/new").Must(200).Submit("/goals", map[string]string{"title": "Lead a service"}).Must(200)
		page = ines.Get("/").Must(200)
		if got := page.Text(".next h3"); got != "Ask Tomás for half an hour" {
			t.Errorf("with a goal and no conversation she is led to %q", got)
		}
		if !strings.Contains(page.Text("aside"), "Lead a service") {
			t.Errorf("the goal does not stand beside: %q", page.Text("aside"))
		}
		ines.Get(page.Attribute(".next a.button", "href")).Must(200)
	})
}
