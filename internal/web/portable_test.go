package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

func TestWhatIsMineComesAlongToAnotherOrganisation(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		other := testkit.NewCompany(t, p.Store, "other.example")
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			if _, err := plan.AddGoal(tx, p.Ines, plan.GoalText{Title: "Lead the platform"}, org.Origin{}); err != nil {
				return err
			}
			a, err := ask.New(tx, p.Joel, org.Origin{}, ask.Input{Text: ask.Text{Kind: ask.Time, What: "An hour of Ines"}, Whom: p.Ines.Self()})
			if err != nil {
				return err
			}
			return ask.Send(tx, p.Joel, a.ID, a.Revision)
		})
		v := p.visitAs(p.Ines)
		if !v.Get("/you").Must(http.StatusOK).Has(`#yours a[href="/you/export"]`) {
			t.Error("the account page does not lead to the export")
		}
		file := v.Get("/you/export").Must(http.StatusOK)
		if got := file.Header.Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="ownward-2026-`) || file.Header.Get("Content-Type") != "application/zip" {
			t.Errorf("the export comes as %q, %q", got, file.Header.Get("Content-Type"))
		}
		there := p.visitAs(other.Ines)
		there.Get("/you/brought-along").Must(http.StatusOK)
		page := there.Send("/you/import", "file", "mine.zip", []byte(file.Body), url.Values{}).Must(http.StatusOK)
		if got := page.Text("main .rows span:first-child"); got != "1 contact, 1 part of the plan, 1 ask" {
			t.Errorf("it says %q", got)
		}
		if got := there.Get("/you/brought-along").Text("main section"); !strings.Contains(got, "An hour of Ines") || !strings.Contains(got, "Joel Sá asked you") {
			t.Errorf("the records: %s", got)
		}
		for path, want := range map[string]string{"nothing": "Please choose the file", "a text": "not a zip file"} {
			content := []byte(path)
			if path == "nothing" {
				content = nil
			}
			if got := there.Send("/you/import", "file", "x.zip", content, url.Values{}); !strings.Contains(got.Text("main"), want) || got.Status < 400 {
				t.Errorf("%s: status %d, %s", path, got.Status, got.Text("main"))
			}
		}
	})
}

func TestWhoHasLeftTakesAlongAndDeletes(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ines)
		testkit.Do(t, p.Store, func(tx *db.Tx) error { return org.Leave(tx, p.Ada, p.Ines.Person) })
		v.Get("/you/export").Must(http.StatusOK)
		v.Send("/you/import", "file", "x.zip", []byte("x"), url.Values{}).Must(http.StatusNotFound)
		page := v.Get("/you/delete").Must(http.StatusOK)
		if page.Has(`form[action="/you/delete"]`) {
			t.Error("without a code that was asked for the account can be deleted")
		}
		v.Post("/you/delete", url.Values{"email": {"ines@weir.example"}}).Must(http.StatusUnprocessableEntity)
		page = page.Submit("/you/delete/code", nil).Must(http.StatusOK)
		code := codeForm.FindStringSubmatch(p.post())[1]
		page = page.Submit("/you/delete", map[string]string{"email": "ines@weir.example", "code": "AAAA AAAA"}).Must(http.StatusUnprocessableEntity)
		if page.Text("#error-code") == "" {
			t.Errorf("a wrong code: %s", page.Text("main"))
		}
		page = page.Submit("/you/delete", map[string]string{"email": "tomas@weir.example", "code": code}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(page.Text(".errors"), "not an address of yours") {
			t.Error(page.Text(".errors"))
		}
		page = page.Submit("/you/delete", map[string]string{"email": "ines@weir.example", "code": code}).Must(http.StatusOK)
		if page.Path != "/goodbye" {
			t.Errorf("it leads to %s", page.Path)
		}
		if got := v.Get("/you"); got.Path == "/you" {
			t.Error("the browser is still signed in")
		}
		gone := testkit.Read(t, p.Store, func(tx *db.Tx) (bool, error) { return org.Forgotten(tx, p.Organisation.ID, p.Ines.Person) })
		left := testkit.Read(t, p.Store, func(tx *db.Tx) ([]account.Membership, error) { return account.UnscopedPeople(tx, "ines@weir.example") })
		if !gone || len(left) > 0 {
			t.Errorf("the account is still there: %v", left)
		}
	})
}
