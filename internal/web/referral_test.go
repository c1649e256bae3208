package web

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnIntroductionFromTheManagersPageToTheOneQuestion(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines, tomas, mira := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas), testkit.VisitAs(t, s, site, c.Mira)
		way := tomas.Get("/people/"+string(c.Ines.Person)).Attribute(`a[href^="/referrals/new"]`, "href")
		form := tomas.Get(way).Must(http.StatusOK)
		form.Submit("/referrals", map[string]string{"third": "here", "third_named": c.Mira.Name}).Must(http.StatusUnprocessableEntity)
		made := form.Submit("/referrals", map[string]string{"need": "the night desk", "third": "here", "third_named": c.Mira.Name, "told": "Ines draws locks."}).Must(http.StatusOK)
		path, third := made.Path, strings.Replace(made.Path, "/referrals/", "/introductions/", 1)
		mira.Get(third).Must(http.StatusNotFound)
		if got := tomas.Get("/promises").Text("main"); !strings.Contains(got, "An introduction to somebody who can help: the night desk") {
			t.Errorf("his promises: %s", got)
		}
		ines.Get(path).Submit(path+"/agreement", map[string]string{"told": "I draw locks."}).Must(http.StatusOK)
		asked := mira.Get(third).Must(http.StatusOK)
		if got := asked.Text("main"); !strings.Contains(got, "I draw locks.") || strings.Contains(got, "night desk") {
			t.Errorf("the third reads %s", got)
		}
		mira.Get(path).Must(http.StatusNotFound)
		asked.Submit(third, map[string]string{}).Must(http.StatusUnprocessableEntity)
		asked.Submit(third, map[string]string{"said": "yes", "words": "On Tuesdays"}).Must(http.StatusOK)
		tomas.Get(path).Submit(path+"/introduction", map[string]string{"introduction": "Mira, Ines: talk."}).Must(http.StatusOK)
		for _, who := range []*testkit.Shown{ines.Get(path), mira.Get(third)} {
			if got := who.Text("main"); !strings.Contains(got, "Mira, Ines: talk.") || !strings.Contains(got, "On Tuesdays") {
				t.Errorf("introduced, it says %s", got)
			}
		}
		over := ines.Get(path).Submit(path+"/follow-up", map[string]string{"words": "We met.", "kept": "yes"}).Must(http.StatusOK)
		if got := over.Text("main"); !strings.Contains(got, "What came of it") {
			t.Errorf("in the end it says %s", got)
		}
		if got := ines.Get("/promises/settled").Text("main"); !strings.Contains(got, "kept") {
			t.Errorf("the promise: %s", got)
		}
		for _, who := range []*testkit.Visitor{ines, tomas, mira} {
			if got := who.Get("/referrals").Must(http.StatusOK).Text("main"); !strings.Contains(got, "Over") {
				t.Errorf("the list says %s", got)
			}
		}
	})
}

func TestSomebodyOutsideIsAskedByALinkAndReadsNothingElse(t *testing.T) {
	s := testkit.SQLite(t)
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c, site := testkit.NewCompany(t, s, "weir.example"), testkit.Site(t, server)
	ruth := testkit.Write(t, s, func(tx *db.Tx) (org.Contact, error) {
		return org.AddContact(tx, c.Tomas, org.Contact{Name: "Ruth Sole"})
	})
	ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
	made := tomas.Get("/referrals/new?for=person:"+string(c.Ines.Person)).Submit("/referrals", map[string]string{"need": "the night desk", "third": "contact:" + string(ruth.ID)}).Must(http.StatusOK)
	path := made.Path
	ines.Get(path).Submit(path+"/agreement", map[string]string{"told": "I draw locks."}).Must(http.StatusOK)
	address := tomas.Get(path).Submit(path+"/link", map[string]string{}).Must(http.StatusOK).Text("code")
	at := address[strings.Index(address, "/a/"):]
	outside := testkit.Visit(t, site)
	asked := outside.Get(at).Must(http.StatusOK)
	if got := asked.Text("main"); !strings.Contains(got, "I draw locks.") || strings.Contains(got, "night desk") {
		t.Errorf("she reads %s", got)
	}
	asked.Submit("", map[string]string{"said": "no", "words": "I am away"}).Must(http.StatusOK)
	if got := tomas.Get(path).Text("main"); !strings.Contains(got, "Ruth Sole cannot this time") || !strings.Contains(got, "I am away") {
		t.Errorf("he reads %s", got)
	}
	if got := ines.Get(path).Text("main"); strings.Contains(got, "I am away") {
		t.Error("she reads what was for him")
	}
}

func TestTheThirdBacksOutOnTheirPageWhichThenSaysNothingOfIt(t *testing.T) {
	s := testkit.SQLite(t)
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	c, site := testkit.NewCompany(t, s, "weir.example"), testkit.Site(t, server)
	ines, tomas, mira := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas), testkit.VisitAs(t, s, site, c.Mira)
	made := tomas.Get("/referrals/new?for=person:"+string(c.Ines.Person)).Submit("/referrals", map[string]string{"need": "the night desk", "third": "person:" + string(c.Mira.Person), "told": "Ines draws locks."}).Must(http.StatusOK)
	path, third := made.Path, strings.Replace(made.Path, "/referrals/", "/introductions/", 1)
	ines.Get(path).Submit(path+"/agreement", map[string]string{"told": "I draw locks."}).Must(http.StatusOK)
	said := mira.Get(third).Submit(third, map[string]string{"said": "yes"}).Must(http.StatusOK)
	if got := said.Text("main"); !strings.Contains(got, "You said yes") || !strings.Contains(got, "I cannot after all") {
		t.Errorf("after her yes it says %s", got)
	}
	said.Submit(third, map[string]string{"said": "no"}).Must(http.StatusOK)
	if got := mira.Get(third).Must(http.StatusOK).Text("main"); !strings.Contains(got, "waits for you no more") || strings.Contains(got, "Ines") || strings.Contains(got, "locks") {
		t.Errorf("it goes on without her: %s", got)
	}
}
