package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTheDirectoryFindsPeopleAndTheirLines(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		other := testkit.NewCompany(t, p.Store, "other.example")
		v := p.visitAs(p.Ines)
		if got := v.Get("/people").Text("tbody th"); got != "Ada Pires | Ana Duarte | Ines Faria | Joel Sá | Mira Koch | Tomás Reis" {
			t.Errorf("everyone: %s", got)
		}
		page := v.Get("/people?q=reis")
		if got := page.Text("tbody tr"); got != "Tomás ReisEngineering leadAna Duarte" {
			t.Errorf("reis finds %q", got)
		}
		page = v.Get("/people/" + string(p.Tomas.Person)).Must(http.StatusOK)
		if got := page.Text("aside .rows a"); got != "Ines Faria | Joel Sá" || page.Has(`a[href^="/organisation/"]`) {
			t.Errorf("who reports to Tomás: %s", got)
		}
		v.Get("/people/" + string(other.Tomas.Person)).Must(http.StatusNotFound)
	})
}

func TestALongDirectoryGoesOnPageByPage(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			for range 110 {
				if _, err := org.Add(tx, p.Ada, org.Details{Name: "Nuno Alves"}); err != nil {
					return err
				}
			}
			return nil
		})
		v, seen, path := p.visitAs(p.Ines), 0, "/people?q=nuno"
		for range 3 {
			page := v.Get(path).Must(http.StatusOK)
			seen += strings.Count(page.Text("tbody th"), "Nuno")
			path = page.Attribute("a[rel=next]", "href")
		}
		if seen != 110 || path != "" {
			t.Errorf("three pages show %d of 110, then %q", seen, path)
		}
	})
}

func TestAnAdministratorLooksAfterAPerson(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		page := v.Get("/organisation/people/new").Submit("/organisation/people", map[string]string{
			"name": "Lena Vos", "email": "lena@weir.example", "manager": "tomas", "invite": "yes", "started_on": "2026-11-02",
		}).Must(http.StatusOK)
		at := page.Path
		if page.Text("h1") != "Lena Vos" || page.Text(".notice") != "Added." || !strings.Contains(p.post(), "Ada Pires invites you") {
			t.Fatalf("added: %s", page.Text("main"))
		}
		if got := page.Text(".head .actions"); !strings.Contains(got, "Invite again") || !page.Has(".head .actions button.quiet") {
			t.Errorf("what is to be done after the invitation: %s", got)
		}
		if got := page.Attribute("#field-manager", "value"); got != "Tomás Reis <tomas@weir.example>" {
			t.Errorf("the manager is %q", got)
		}
		page = page.Submit(at+"/manager", nil).Must(http.StatusOK) // the same again, as the page wrote it
		page = page.Submit(at, map[string]string{"name": ""}).Must(http.StatusUnprocessableEntity)
		if page.Attribute("#field-email", "value") != "lena@weir.example" || page.Text(".field .error") == "" {
			t.Errorf("an empty name: %s", page.Text("main"))
		}
		page = page.Submit(at, map[string]string{"name": "Lena Vos", "job_title": "Designer"}).Must(http.StatusOK)
		stale := page
		page = page.Submit(at, map[string]string{"job_title": "Lead designer"}).Must(http.StatusOK)
		if conflict := stale.Submit(at, map[string]string{"job_title": "Writer"}).Must(http.StatusConflict); !strings.Contains(conflict.Text(".conflict"), "Lead designer") || !strings.Contains(conflict.Text(".conflict"), "Writer") {
			t.Errorf("the second of two edits: %s", conflict.Text("main"))
		}
		page = page.Submit(at+"/manager", map[string]string{"manager": "in"}).Must(http.StatusOK)
		page = page.Submit(at+"/administrator", nil).Must(http.StatusOK)
		page = page.Submit(at+"/departure", nil).Must(http.StatusOK)
		if got := page.Text(".history p"); !strings.HasPrefix(got, "Left by you | ") || !strings.Contains(got, "Invited by mail by you") || !strings.Contains(got, "Ines Faria became the manager by you") {
			t.Errorf("history: %s", got)
		}
		if got := v.Get("/organisation/people?who=left").Text("tbody th"); got != "Lena Vos" {
			t.Errorf("who has left: %s", got)
		}
		page.Submit(at+"/return", nil).Must(http.StatusOK)
	})
}

func TestAManagerWhoIsNotClearIsAskedFor(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v, at := p.visitAs(p.Ada), "/organisation/people/"+string(p.Joel.Person)
		for typed, want := range map[string]string{
			"A": "Several people begin like that: Ada Pires <ada@weir.example>, Ana Duarte <ana@weir.example>. Which one?", "Xaver": "Nobody here is called that",
			"joel@weir.example": "Nobody is their own manager.",
		} {
			page := v.Get(at).Submit(at+"/manager", map[string]string{"manager": typed}).Must(http.StatusUnprocessableEntity)
			if got := page.Text("#error-manager"); !strings.HasPrefix(got, want) || page.Attribute("#field-manager", "value") != typed {
				t.Errorf("%q: %s", typed, got)
			}
			if page.Attribute("#field-name", "value") != "Joel Sá" {
				t.Error("the other form of the page was emptied")
			}
		}
	})
}

func TestAProgrammeOwnerIsNamedAndSeesIt(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		ada, joel, at := p.visitAs(p.Ada), p.visitAs(p.Joel), "/organisation/people/"+string(p.Joel.Person)
		joel.Get("/organisation").Must(http.StatusNotFound)
		page := ada.Get(at).Submit(at+"/programme-owner", nil).Must(http.StatusOK)
		if got := page.Text(".head .sub"); !strings.Contains(got, "Is a programme owner.") {
			t.Errorf("his entry says: %s", got)
		}
		seen := joel.Get("/organisation").Must(http.StatusOK)
		if got := seen.Text("main"); !strings.Contains(got, "a programme owner") || strings.Contains(got, "Import people") {
			t.Errorf("a programme owner sees: %s", got)
		}
		if got := seen.Text("aside"); !strings.Contains(got, "Joel Sá") {
			t.Errorf("who looks after programmes: %s", got)
		}
		if got := joel.Get("/you/history").Text("main"); !strings.Contains(got, "You became a programme owner by Ada Pires") {
			t.Errorf("what was done to him: %s", got)
		}
		page.Submit(at+"/programme-owner", nil).Must(http.StatusOK)
		joel.Get("/organisation").Must(http.StatusNotFound)
	})
}

func TestOnlyAdministratorsReachTheOrganisation(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		other := testkit.NewCompany(t, p.Store, "other.example")
		at := "/organisation/people/" + string(p.Joel.Person)
		for _, me := range []org.Actor{p.Ines, p.Tomas, other.Ada} {
			v := p.visitAs(me)
			v.Get(at).Must(http.StatusNotFound)
			for _, act := range []string{"", "/manager", "/invitation", "/administrator", "/programme-owner", "/departure", "/return"} {
				v.Post(at+act, url.Values{"name": {"X"}, "administrator": {"yes"}, "owner": {"yes"}}).Must(http.StatusNotFound)
			}
		}
		if got := p.visitAs(p.Ada).Get(at).Text("h1"); got != "Joel Sá" {
			t.Errorf("Joel became %q", got)
		}
	})
}
