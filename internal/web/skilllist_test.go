package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

const lockSkills = "skill;aliases;description\nGo;Golang, Go language;A language to build with.\nHydraulics;fluid power;\n;nameless;\n"

// list lets Ada bring the list of skills in.
func (g ground) list() {
	page := g.as(g.Ada).Send("/organisation/skills/import", "file", "skills.csv", []byte(lockSkills), url.Values{}).Must(http.StatusOK)
	page.Submit(page.Path+"/import", nil).Must(http.StatusOK)
}

func TestAnAdministratorLooksAtAListOfSkillsAndBringsItIn(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ada := g.as(g.Ada)
		page := ada.Send("/organisation/skills/import", "file", "skills.csv", []byte(lockSkills), url.Values{}).Must(http.StatusOK)
		if got := page.Text(".next p"); got != "3 lines: 2 new skills, 1 line set aside." {
			g.Errorf("all in all: %s", got)
		}
		if got := page.Text("main .rows"); !strings.Contains(got, "Line 4, skillThis line names no skill.") {
			g.Errorf("the lists: %s", got)
		}
		if aside := ada.Get(page.Path + "/set-aside").Must(http.StatusOK); !strings.HasPrefix(aside.Body, "skill,aliases,description,Why it was set aside\n,nameless,") {
			g.Errorf("set aside: %s", aside.Body)
		}
		if got := ada.Get("/skills/list").Text("main .rows"); got != "" {
			g.Errorf("looking brought it in: %s", got)
		}
		page.Submit(page.Path+"/import", nil).Must(http.StatusOK)
		if got := ada.Get("/organisation/skills?q=lang").Must(http.StatusOK).Text("main .rows"); got != "GoAlso called Go language. A language to build with." {
			g.Errorf("found: %s", got)
		}
		ada.Get(page.Path).Must(http.StatusNotFound)
		refused := ada.Get("/organisation/skills/import").Submit("/organisation/skills/import", map[string]string{"lines": "O*NET-SOC Code,Title,Job Zone\n1,Keeper,2\n"})
		if got := refused.Text(".notice.wrong"); !strings.Contains(got, "lists occupations, and no column of it names skills") {
			g.Errorf("a file without skills: %s", got)
		}
		entry := ada.Get("/organisation/skills").Submit("/organisation/skills", map[string]string{"name": "Rowing", "aliases": "Oars"}).Must(http.StatusOK)
		if got := entry.Text("main .rows a"); got != "Go | Hydraulics | Rowing" {
			g.Errorf("the list: %s", got)
		}
		g.as(g.Ines).Get("/organisation/skills").Must(http.StatusNotFound)
	})
}

func TestASkillIsChosenFromTheListOrNamedInOnesOwnWords(t *testing.T) {
	onPlanPages(t, func(g ground) {
		g.list()
		ines := g.as(g.Ines)
		chosen := ines.Get("/skills/list?q=golang").Must(http.StatusOK)
		page := ines.Get(chosen.Attribute("main .rows a", "href")).Must(http.StatusOK)
		if got := page.Attribute("#field-name", "value"); got != "Go" {
			g.Errorf("the form has %q", got)
		}
		page = page.Submit("/skills", nil).Must(http.StatusOK)
		page = page.Submit("/skills", map[string]string{"name": "golang"}).Must(http.StatusUnprocessableEntity)
		if got := page.Text("#errors li"); got != "You have this skill already, as “Go”." {
			g.Errorf("another name for it: %s", got)
		}
		ines.Get("/skills").Submit("/skills", map[string]string{"name": "Reading the river"}).Must(http.StatusOK)
		if got := ines.Get("/skills/list?q=go").Text("main .rows small"); !strings.HasPrefix(got, "In your plan.") {
			g.Errorf("on the list: %s", got)
		}
	})
}

func TestWhatOneTypesFindsSkillsAndStandsInNoAddress(t *testing.T) {
	onPlanPages(t, func(g ground) {
		g.list()
		token := string(testkit.Write(g.T, g.s, func(tx *db.Tx) (account.Token, error) {
			return account.UnscopedSignIn(tx, g.Organisation.ID, g.Ines.Person, "a test")
		}))
		r := httptest.NewRequest(http.MethodGet, g.site+"/skills/find", nil)
		r.RequestURI = ""
		r.Header.Set("Ownward-Search", "golan%67")
		r.AddCookie(&http.Cookie{Name: "ownward", Value: token})
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			g.Fatal(err)
		}
		defer answer.Body.Close()
		var found []map[string]string
		if err := json.NewDecoder(answer.Body).Decode(&found); err != nil || len(found) != 1 || found[0]["name"] != "Go" || found[0]["called"] != "Golang" {
			g.Errorf("%v: %v", err, found)
		}
		if got := answer.Header.Get("Cache-Control"); !strings.Contains(got, "no-store") {
			g.Errorf("kept by the browser: %q", got)
		}
	})
}

func TestTwoNamesForOneSkillAreMerged(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		for _, name := range []string{"Go", "Golang"} {
			ines.Get("/skills").Submit("/skills", map[string]string{"name": name, "note": "Note of " + name}).Must(http.StatusOK)
		}
		mine := testkit.Read(g.T, g.s, func(tx *db.Tx) ([]plan.Skill, error) { return plan.SkillsOf(tx, g.Ines, g.Ines.Person) })
		testkit.Do(g.T, g.s, func(tx *db.Tx) error {
			for _, k := range mine {
				w, err := plan.AddWin(tx, g.Ines, plan.WinText{What: "A win of " + k.Name}, k.Thing())
				if err != nil {
					return err
				}
				if err := plan.LinkWin(tx, g.Ines, w.ID, []event.Thing{k.Thing()}); err != nil {
					return err
				}
			}
			return nil
		})
		g.list()
		page := ines.Get("/skills").Must(http.StatusOK)
		if got := page.Text(".notice.still"); !strings.Contains(got, "Golang and Go are one skill") {
			g.Errorf("says %q", got)
		}
		page = ines.Get(page.Attribute(".notice.still a", "href"))
		page = page.Submit(strings.TrimSuffix(page.Path, "#merge")+"/merging", nil).Must(http.StatusOK)
		if got := page.Text("main h1"); got != "Go" {
			g.Errorf("what stays is %s", got)
		}
		if got := page.Text("main .rows"); !strings.Contains(got, "A win of Go") || !strings.Contains(got, "A win of Golang") {
			g.Errorf("the wins: %s", got)
		}
		if got := page.Text("#field-note"); !strings.Contains(got, "Note of Go") || !strings.Contains(got, "Note of Golang") {
			g.Errorf("the note: %s", got)
		}
		if got := ines.Get("/skills").Must(http.StatusOK).Text(".notice.still"); got != "" {
			g.Errorf("still says %q", got)
		}
		other := g.as(g.Joel)
		other.Post(page.Path+"/merging", url.Values{"other": {string(mine[1].ID)}}).Must(http.StatusNotFound)
	})
}
