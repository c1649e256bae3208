package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

const locks = `framework: Locks
roles:
  - id: engineer
    name: Engineer
    about: Keeps the gates moving.
    skills:
      - name: Hydraulics
        levels: {2: Finds a leak with help., 4: Plans the overhaul of a gate.}
    levels:
      - id: one
        name: First years
        skills: [{skill: Hydraulics, level: 2}]
        criteria: [Says early when something slips.]
      - id: two
        name: On her own
        skills: [{skill: Hydraulics, level: 4}]
`

// linkOf is where the link of that text leads.
func linkOf(t *testing.T, page *testkit.Shown, text string) string {
	t.Helper()
	found := regexp.MustCompile(`<a[^>]*href="([^"]*)"[^>]*>` + regexp.QuoteMeta(text) + `\s*<`).FindStringSubmatch(page.Body)
	if found == nil {
		t.Fatalf("%s has no link %q", page.Path, text)
	}
	return html.UnescapeString(found[1])
}

func follow(t *testing.T, v *testkit.Visitor, page *testkit.Shown, text string) *testkit.Shown {
	t.Helper()
	where, _, _ := strings.Cut(linkOf(t, page, text), "#")
	return v.Get(where).Must(http.StatusOK)
}

// locksIn brings the framework in and says that engineers stand at its first level.
func (p *place) locksIn(t *testing.T) {
	t.Helper()
	v := p.visitAs(p.Ada)
	page := v.Send("/organisation/expectations", "file", "locks.yaml", []byte(locks), url.Values{}).Must(http.StatusOK)
	if got := page.Text(".next p"); got != "Locks: 1 new role." {
		t.Errorf("all in all: %s", got)
	}
	page.Submit(page.Path+"/import", nil).Must(http.StatusOK)
	jobs := v.Get("/organisation/expectations/jobs").Must(http.StatusOK)
	if got := jobs.Text("main .rows"); !strings.Contains(got, "Engineer2 people. Stands for Engineer.") {
		t.Errorf("the jobs: %s", got)
	}
	one := follow(t, v, jobs, "Engineer")
	role := strings.TrimPrefix(linkOf(t, v.Get("/organisation/expectations"), "Engineer"), "/expectations/")
	one.Submit("/organisation/expectations/jobs", map[string]string{"stands": role + ":1"}).Must(http.StatusOK)
}

func TestAPersonSeesWhatIsExpectedAndKeepsWhereTheyStand(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		p.locksIn(t)
		v := p.visitAs(p.Ines)
		v.Post("/skills", url.Values{"name": {"hydraulics"}, "level": {"3"}, "wanted": {"4"}})
		page := v.Get("/expectations").Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Of you today, as Engineer, First years.") || !strings.Contains(got, "Finds a leak with help.") || !strings.Contains(got, "Says early when something slips.") {
			t.Errorf("what is expected: %s", got)
		}
		form := follow(t, v, follow(t, v, page, "Where do I stand?"), "Where do I stand?")
		if got := form.Attribute("#field-stands-0 option[selected]", "value"); got != "3" {
			t.Errorf("the level of her plan is not filled in: %q", got)
		}
		kept := form.Submit(strings.TrimSuffix(form.Path, "/new?level=1"), map[string]string{"stands-1": "1", "note": "In the spring."}).Must(http.StatusOK)
		if got := kept.Text("main"); !strings.Contains(got, "asked 2; you: 3") || !strings.Contains(got, "partly") || !strings.Contains(got, "still say the same") {
			t.Errorf("what is kept: %s", got)
		}
		ada := p.visitAs(p.Ada)
		again := ada.Send("/organisation/expectations", "file", "locks.yaml", []byte(strings.Replace(locks, "level: 2", "level: 3", 1)), url.Values{})
		again.Submit(again.Path+"/import", nil).Must(http.StatusOK)
		if got := v.Get(kept.Path).Text("main"); !strings.Contains(got, "asked 2; you: 3") || !strings.Contains(got, "HydraulicsFirst years23") {
			t.Errorf("after another version: %s", got)
		}
		p.visitAs(p.Tomas).Get(kept.Path).Must(http.StatusNotFound)
		ada.Get(kept.Path).Must(http.StatusNotFound)
	})
}

func TestAManagerAdaptsARoleForTheirTeam(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		p.locksIn(t)
		tomas := p.visitAs(p.Tomas)
		role := linkOf(t, tomas.Get("/expectations"), "Engineer")
		written := tomas.Get(role).Submit(role+"/adaptation", nil).Must(http.StatusOK)
		level := follow(t, tomas, written, "First years")
		wrong := level.Submit(level.Path, map[string]string{"lines": "Fine.\nHydraulics: 9"}).Must(http.StatusUnprocessableEntity)
		if got := wrong.Text("#errors"); !strings.Contains(got, "Line 2:") {
			t.Errorf("a level there is not: %s", got)
		}
		level.Submit(level.Path, map[string]string{"lines": "Hydraulics: 3\nWrites the log in daylight."}).Must(http.StatusOK)
		ines := p.visitAs(p.Ines).Get("/expectations").Text("main")
		if !strings.Contains(ines, "in the words of Tomás Reis") || !strings.Contains(ines, "Writes the log in daylight.") {
			t.Errorf("Ines sees: %s", ines)
		}
		if mira := p.visitAs(p.Mira).Get(role).Text("main"); strings.Contains(mira, "daylight") {
			t.Errorf("Mira sees: %s", mira)
		}
		p.visitAs(p.Ada).Get(written.Path).Must(http.StatusNotFound)
		p.visitAs(p.Ines).Post(role+"/adaptation", url.Values{}).Must(http.StatusConflict)
	})
}

func TestABrokenFileOfExpectationsIsRefusedAtTheField(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		page := v.Send("/organisation/expectations", "file", "locks.yaml", []byte(strings.Replace(locks, "    about:", "\tabout:", 1)), url.Values{}).Must(http.StatusUnprocessableEntity)
		if got := page.Text("#errors"); !strings.Contains(got, "locks.yaml is not taken, and nothing of it is kept. Line 5: a tab stands before the text") {
			t.Errorf("says %s", got)
		}
		p.visitAs(p.Ines).Get("/organisation/expectations").Must(http.StatusNotFound)
	})
}

func TestADirectionIsWrittenAndSeen(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Tomas)
		form := follow(t, v, v.Get("/directions").Must(http.StatusOK), "Your team")
		said := form.Submit("/directions", map[string]string{"words": "Every gate opens by hand too."}).Must(http.StatusOK)
		said.Submit(said.Path, map[string]string{"words": "Every gate opens by hand, at night too."}).Must(http.StatusOK)
		if got := p.visitAs(p.Ines).Get("/expectations").Text("aside"); !strings.Contains(got, "at night too") {
			t.Errorf("Ines sees: %s", got)
		}
		if got := p.visitAs(p.Ines).Get(said.Path).Text(".history"); !strings.Contains(got, "Every gate opens by hand too.") {
			t.Errorf("what it said before: %s", got)
		}
		ines := p.visitAs(p.Ines)
		goal := ines.Get("/goals/new").Submit("/goals", map[string]string{"title": "Open a gate by hand", "direction": strings.TrimPrefix(said.Path, "/directions/")}).Must(http.StatusOK)
		if got := goal.Text("figure.said"); !strings.Contains(got, "at night too") {
			t.Errorf("the goal says: %s", got)
		}
		p.visitAs(p.Mira).Get(said.Path).Must(http.StatusNotFound)
		p.visitAs(p.Ines).Post(said.Path+"/end", url.Values{}).Must(http.StatusNotFound)
	})
}
