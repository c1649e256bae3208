package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// onProofPages gives Ines a win, and the path of its page.
func onProofPages(t *testing.T, test func(t *testing.T, s testkit.Store, c testkit.Company, site, win string)) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		w := testkit.Write(t, s, func(tx *db.Tx) (plan.Win, error) {
			return plan.AddWin(tx, c.Ines, plan.WinText{What: "Cut the release to a day", Effect: "Nobody stays late"}, event.Thing{})
		})
		test(t, s, c, linkSite(t, s, &logged{}), PathOf(w.Thing()))
	})
}

func TestAColleagueIsAskedForAWordAndGivesIt(t *testing.T) {
	onProofPages(t, func(t *testing.T, s testkit.Store, c testkit.Company, site, win string) {
		ines, joel := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Joel)
		ask := ines.Get(win + "/confirmations").Must(http.StatusOK)
		page := ask.Submit(win+"/confirmations", map[string]string{"confirm": "here", "named_confirm": c.Joel.Name, "note": "You were on call"}).Must(http.StatusOK)
		if got := page.Text("#said"); !strings.Contains(got, c.Joel.Name) || !strings.Contains(got, "asked") {
			t.Fatal(got)
		}
		joel.Get(win).Must(http.StatusNotFound)
		home := joel.Get("/").Must(http.StatusOK)
		path := home.Attribute("a[href^='/confirmations/']", "href")
		asked := joel.Get(path).Must(http.StatusOK)
		if got := asked.Text("main"); !strings.Contains(got, "Cut the release") || !strings.Contains(got, "You were on call") {
			t.Fatal(got)
		}
		testkit.VisitAs(t, s, site, c.Tomas).Get(path).Must(http.StatusNotFound)
		if got := asked.Submit(path, map[string]string{"answer": "more"}).Must(http.StatusUnprocessableEntity).Text(".error"); !strings.Contains(got, "few words") {
			t.Error(got)
		}
		done := asked.Submit(path, map[string]string{"answer": "more", "words": "And nobody noticed"}).Must(http.StatusOK)
		if got := done.Text("main"); strings.Contains(got, "Cut the release") || !strings.Contains(got, "And nobody noticed") {
			t.Error(got)
		}
		said := ines.Get(win)
		if got := said.Text("#said"); !strings.Contains(got, "Yes, and I would add: "+c.Joel.Name) || !strings.Contains(got, "And nobody noticed") {
			t.Error(got)
		}
		hidden := said.Submit(path+"/hiding", nil).Must(http.StatusOK)
		if got := hidden.Text("#said"); !strings.Contains(got, "kept out of stories") {
			t.Error(got)
		}
		if got := hidden.Submit(path+"/hiding", nil).Text("#said"); strings.Contains(got, "kept out of stories") {
			t.Error(got)
		}
	})
}

func TestARatherNotIsToldToNobody(t *testing.T) {
	onProofPages(t, func(t *testing.T, s testkit.Store, c testkit.Company, site, win string) {
		ines, joel := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Joel)
		before := ines.Get(win+"/confirmations").Submit(win+"/confirmations", map[string]string{"confirm": "here", "named_confirm": c.Joel.Name}).Text("#said")
		path := joel.Get("/").Attribute("a[href^='/confirmations/']", "href")
		joel.Get(path).Submit(path+"/declining", nil).Must(http.StatusOK)
		joel.Get(path).Must(http.StatusNotFound)
		if after := ines.Get(win).Text("#said"); after != before {
			t.Errorf("before: %s\nafter: %s", before, after)
		}
	})
}

func TestSomebodyOutsideIsAskedByALinkAndTakenBack(t *testing.T) {
	onProofPages(t, func(t *testing.T, s testkit.Store, c testkit.Company, site, win string) {
		ines, outside := testkit.VisitAs(t, s, site, c.Ines), testkit.Visit(t, site)
		form := map[string]string{"confirm": "outside", "confirm_name": "Ruth", "note": "You had ordered it", "link_by": "copy"}
		address := ines.Get(win+"/confirmations").Submit(win+"/confirmations", form).Must(http.StatusOK).Text("code.address")
		page := outside.Get(address).Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Cut the release") || !strings.Contains(got, "You had ordered it") || strings.Contains(got, "/wins") {
			t.Fatal(got)
		}
		if page.Attribute("#field-name", "value") != "Ruth" || page.Has("form[action]") {
			t.Error("the name is not filled in, or the form names its address")
		}
		answer := url.Values{"answer": {"differently"}, "words": {"It took two days"}, "name": {"Ruth Sole"}, "revision": {page.Attribute("[name=revision]", "value")}}
		if got := outside.Post(address, answer).Must(http.StatusOK).Text("main"); !strings.Contains(got, "Thank you") {
			t.Fatal(got)
		}
		if got := ines.Get(win).Text("#said"); !strings.Contains(got, "I remember it differently: Ruth Sole") || !strings.Contains(got, "by a link") {
			t.Error(got)
		}
		form["confirm_name"] = "Rui"
		address = ines.Get(win+"/confirmations").Submit(win+"/confirmations", form).Text("code.address")
		waiting := ines.Get(win)
		back := waiting.Attribute("form[action$='/taking-back']", "action")
		if got := waiting.Submit(back, nil).Must(http.StatusOK).Text("#said"); strings.Contains(got, "Rui") {
			t.Error(got)
		}
		outside.Get(address).Must(http.StatusGone)
		outside.Post(address, answer).Must(http.StatusGone)
	})
}
