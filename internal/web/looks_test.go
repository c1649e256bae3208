package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

// TestWhoeverReadsWhatIsSharedIsSeenLooking tries every way to the words of a goal and a win
// that a manager may see: on each, the owner sees on which day they looked.
func TestWhoeverReadsWhatIsSharedIsSeenLooking(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service")
		win := testkit.Write(g.T, g.s, func(tx *db.Tx) (plan.Win, error) {
			w, err := plan.AddWin(tx, g.Ines, plan.WinText{What: "The bridge opened"}, org.Origin{})
			if err != nil {
				return w, err
			}
			if err := plan.LinkWin(tx, g.Ines, w.ID, []event.Thing{goal.Thing()}); err != nil {
				return w, err
			}
			if err := plan.ShareGoal(tx, g.Ines, goal.ID, plan.WithManager); err != nil {
				return w, err
			}
			return w, plan.ShareWin(tx, g.Ines, w.ID, plan.WithManager)
		})
		meeting := arranged(g.T, g.s, g.Company)
		tomas := g.as(g.Tomas)
		here, there := PathOf(goal.Thing()), PathOf(win.Thing())
		for name, way := range map[string]struct {
			open  func() *testkit.Shown
			looks []string
		}{
			"their pages":                  {func() *testkit.Shown { return tomas.Get(here) }, []string{"goal", "win"}},
			"a form that cannot be taken":  {func() *testkit.Shown { return tomas.Post(here+"/steps", url.Values{"due": {"soon"}}) }, []string{"goal", "win"}},
			"the same, of the win":         {func() *testkit.Shown { return tomas.Post(there, url.Values{"day": {"soon"}}) }, []string{"win"}},
			"the brief":                    {func() *testkit.Shown { return tomas.Get(meeting + "/brief") }, []string{"goal", "win"}},
			"the brief as a file":          {func() *testkit.Shown { return tomas.Get(meeting + "/brief.md") }, []string{"goal", "win"}},
			"what could be talked about":   {func() *testkit.Shown { return tomas.Get(meeting) }, []string{"goal", "win"}},
			"the page of who shows it all": {func() *testkit.Shown { return tomas.Get("/people/" + string(g.Ines.Person)) }, []string{"plan"}},
		} {
			testkit.Do(g.T, g.s, func(tx *db.Tx) error {
				_, err := tx.Exec("delete from looks")
				return err
			})
			page := way.open()
			shown := strings.Contains(page.Body, "Lead a service") || strings.Contains(page.Body, "The bridge opened")
			looks := testkit.Read(g.T, g.s, func(tx *db.Tx) ([]share.Look, error) { return share.Looks(tx, g.Ines, share.What{}, 10) })
			var kinds []string
			for _, l := range looks {
				kinds = append(kinds, l.What.Kind)
			}
			slices.Sort(kinds)
			if !shown || !slices.Equal(kinds, way.looks) {
				g.Errorf("%s: shown %v (status %d), looks noted %v, want %v", name, shown, page.Status, kinds, way.looks)
			}
			if page.Status == http.StatusOK && page.Has("main") && !strings.Contains(page.Text("main"), "can see on which days you looked") {
				g.Errorf("%s: it does not say that the owner sees who looked", name)
			}
		}
	})
}
