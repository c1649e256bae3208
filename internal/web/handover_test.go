package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

func init() {
	event.React("line ended", handover.LineEnded)
	event.React("line began", handover.LineBegan)
}

// movedOn lets Ines show Tomás her purpose, Tomás promise her something, and Mira lead her from then on.
func movedOn(g ground) (promise db.ID) {
	testkit.Do(g.T, g.s, func(tx *db.Tx) error {
		if _, err := plan.Write(tx, g.Ines, plan.Text{Section: plan.Purpose, Words: "Build what lasts"}); err != nil {
			return err
		}
		if err := plan.ShareSections(tx, g.Ines, []plan.Section{plan.Purpose}, plan.WithManager); err != nil {
			return err
		}
		made, err := commitment.Make(tx, g.Tomas, org.Origin{}, commitment.Input{By: g.Tomas.Self(), To: g.Ines.Self(), Words: "Read my draft", Due: civil.On(2027, 1, 15)})
		if err != nil {
			return err
		}
		promise = made.ID
		return org.SetManager(tx, g.Ada, g.Ines.Person, g.Mira.Person)
	})
	return promise
}

func TestAHandoverIsDecidedOnOnePage(t *testing.T) {
	onPlanPages(t, func(g ground) {
		promise := movedOn(g)
		ines, mira, tomas := g.as(g.Ines), g.as(g.Mira), g.as(g.Tomas)
		hers := "/people/" + string(g.Ines.Person)
		if got := mira.Get(hers).Text("main"); !strings.Contains(got, "decides what you see") || strings.Contains(got, "Build what lasts") {
			g.Errorf("before it, Mira reads %s", got)
		}
		if got := ines.Get("/").Text("main"); !strings.Contains(got, "What should Mira see?") {
			g.Errorf("the start page says %s", got)
		}
		page := ines.Get("/handover").Must(http.StatusOK)
		page = page.Submit("/handover", map[string]string{handover.BecomesField(promise): "move", "show": page.Attribute(`input[name="show"]`, "value")}).Must(http.StatusUnprocessableEntity)
		if !page.Has(`input[name="show"][checked]`) || !strings.Contains(page.Text("#errors"), "to which day") {
			g.Errorf("what was chosen is gone, or nothing is said: %s", page.Text("#errors"))
		}
		if got := mira.Get(hers).Text("main"); strings.Contains(got, "Build what lasts") {
			g.Error("what was refused was shown")
		}
		done := page.Submit("/handover", map[string]string{handover.BecomesField(promise): "take over", "meeting": "year"}).Must(http.StatusOK)
		for _, want := range []string{"Handed over", "Mira Koch sees what you chose", "waits for Tomás Reis", "Your first meeting"} {
			if !strings.Contains(done.Text("main"), want) {
				g.Errorf("afterwards %q is missing in %s", want, done.Text("main"))
			}
		}
		if got := mira.Get(hers).Text("main"); !strings.Contains(got, "Build what lasts") || !strings.Contains(got, "first meeting") {
			g.Errorf("after it, Mira reads %s", got)
		}
		if got := tomas.Get(hers).Text("main"); strings.Contains(got, "Build what lasts") || strings.Contains(got, "first meeting") {
			g.Errorf("after it, Tomás reads %s", got)
		}
		ines.Post("/handover", url.Values{"to": {string(g.Mira.Person)}, "show": {"x"}}).Must(http.StatusConflict)
	})
}

func TestWithoutANewManagerTheHandoverWaitsOrIsClosed(t *testing.T) {
	onPlanPages(t, func(g ground) {
		movedOn(g)
		testkit.Do(g.T, g.s, func(tx *db.Tx) error { return org.SetManager(tx, g.Ada, g.Ines.Person, "") })
		ines := g.as(g.Ines)
		page := ines.Get("/handover").Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Nobody to hand over to yet") || !strings.Contains(got, "Read my draft") {
			g.Errorf("without a manager the page says %s", got)
		}
		if got := page.Submit("/handover", nil).Must(http.StatusOK).Text("main"); !strings.Contains(got, "You kept all of it to yourself") {
			g.Errorf("closed, it says %s", got)
		}
	})
}

func TestWhoseManagerNeverChangedHasNothingToHandOver(t *testing.T) {
	onPlanPages(t, func(g ground) {
		for _, who := range []org.Actor{g.Ana, g.Ines} { // at the top, and below somebody
			if got := g.as(who).Get("/handover").Must(http.StatusOK).Text("h1"); got != "Nothing to hand over" {
				g.Errorf("%s reads %q", who.Name, got)
			}
		}
	})
}
