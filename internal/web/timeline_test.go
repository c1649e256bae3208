package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

func TestLookingBackLeadsFromAllOfItToAQuarterAndToPaper(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		empty := ines.Get("/timeline").Must(http.StatusOK)
		if empty.Has("svg.growth") || !strings.Contains(empty.Text(".empty"), "Nothing stands in this time yet") {
			t.Errorf("of nothing there is a picture: %s", empty.Text("main"))
		}
		g.goal("Lead a <service>")
		testkit.Do(t, g.s, func(tx *db.Tx) error {
			_, err := plan.AddWin(tx, g.Ines, plan.WinText{What: "It held", Figure: "40 minutes"}, event.Thing{})
			return err
		})
		if got := ines.Get("/plan").Text(".head .actions a"); !strings.Contains(got, "Look back") {
			t.Errorf("the plan leads to %s", got)
		}
		year := ines.Get("/timeline?of=2026").Must(http.StatusOK)
		if got := year.Attribute("svg.growth", "aria-label"); got != "2026: one goal, one win, 0 changes of skills, 0 decisions, 0 conversations. The list below says each." {
			t.Errorf("who does not see the picture is told %s", got)
		}
		if got := year.Text("main .rows > li > a"); got != "Lead a <service> | It held" {
			t.Errorf("the list says %s", got)
		}
		quarter := ines.Get("/timeline?of=2026-q3").Must(http.StatusOK)
		if quarter.Has("svg.growth") {
			t.Error("a quarter in which nothing happened has a picture")
		}
		paper := ines.Get(year.Attribute(`a[href^="/year/"]`, "href")).Must(http.StatusOK)
		if got := paper.Text(".side"); strings.Count(got, " | ") != 1 || !strings.Contains(got, "Lead a <service>") || !strings.Contains(got, "40 minutes") {
			t.Errorf("the two sides say %s", got)
		}
		for _, path := range []string{"/timeline?of=never", "/timeline?of=2026-q9", "/year/2026-q1", "/year/all", "/year/26"} {
			ines.Get(path).Must(http.StatusNotFound)
		}
		if got := g.as(g.Tomas).Get("/timeline?of=all").Text("main"); strings.Contains(got, "It held") {
			t.Errorf("the manager reads %s", got)
		}
	})
}
