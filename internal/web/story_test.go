package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

func TestAStoryIsDraftedMadeOnesOwnAndShown(t *testing.T) {
	onProofPages(t, func(t *testing.T, s testkit.Store, c testkit.Company, site, win string) {
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		ines.Get("/stories").Must(http.StatusOK)
		draft := ines.Get("/stories/new?form=cv&about=&first=2026-01-01&last=2026-12-31").Must(http.StatusOK)
		if got := draft.Text("#field-words"); !strings.Contains(got, "Cut the release to a day. Nobody stays late.") {
			t.Fatal(got)
		}
		if got := draft.Submit("/stories", map[string]string{"title": ""}).Must(http.StatusUnprocessableEntity); !strings.Contains(got.Text("#field-words"), "Cut the release") {
			t.Error("what was typed is gone")
		}
		page := draft.Submit("/stories", map[string]string{"title": "My year", "words": "# Work, Weir\n- Releases *every* day\n> Good <b>"}).Must(http.StatusOK)
		if page.Text(".story h1") != "My year" || page.Text(".story li") != "Releases *every* day" || page.Text(".story blockquote") != "Good <b>" {
			t.Error(page.Text(".story"))
		}
		markdown := ines.Get(page.Path + "/story.md").Must(http.StatusOK)
		if !strings.Contains(markdown.Body, `- Releases \*every\* day`) || markdown.Header.Get("Content-Disposition") == "" {
			t.Error(markdown.Body)
		}
		if resume := ines.Get(page.Path + "/resume.json").Must(http.StatusOK); !strings.Contains(resume.Body, `"Releases *every* day"`) {
			t.Error(resume.Body)
		}
		edit := ines.Get(page.Path + "/edit")
		edit.Submit(page.Path, map[string]string{"words": "Shorter"}).Must(http.StatusOK)
		if got := edit.Submit(page.Path, map[string]string{"words": "Another"}).Must(http.StatusConflict).Text(".conflict"); !strings.Contains(got, "Shorter") || !strings.Contains(got, "Another") {
			t.Error(got)
		}
		if got := ines.Get(page.Path + "/versions").Text("main"); !strings.Contains(got, "every") {
			t.Error(got)
		}
		tomas.Get(page.Path).Must(http.StatusNotFound)
		ines.Get(page.Path+"/share").Submit(page.Path+"/share", map[string]string{"with": "manager"}).Must(http.StatusOK)
		if got := tomas.Get(page.Path).Must(http.StatusOK).Text("main"); !strings.Contains(got, "Shorter") {
			t.Error(got)
		}
		if got := tomas.Get("/people/" + string(c.Ines.Person)).Text("#shown-stories"); !strings.Contains(got, "My year") {
			t.Error(got)
		}
		if got := ines.Get(page.Path).Text("aside"); !strings.Contains(got, c.Tomas.Name) {
			t.Errorf("who looked: %s", got)
		}
		for _, path := range []string{"/edit", "/share", "/versions", "/story.md", "/resume.json"} {
			tomas.Get(page.Path + path).Must(http.StatusNotFound)
		}
		ines.Get(page.Path+"/edit").Submit(page.Path+"/removal", nil).Must(http.StatusOK)
		tomas.Get(page.Path).Must(http.StatusNotFound)
	})
}
