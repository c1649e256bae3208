package web

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAYearIsLaidOutSkippedAndRested(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		site := siteOf(t, s)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		year := ines.Get("/cadences/new").Submit("/cadences", map[string]string{}).Must(http.StatusOK)
		if got := year.Text("h1"); got != "Your year with Tomás Reis" {
			t.Fatalf("laid out, the page is %q", got)
		}
		one := testkit.Read(t, s, func(tx *db.Tx) (conversation.Cadence, error) {
			all, err := conversation.Cadences(tx, c.Ines)
			return all[0], err
		})
		path := "/cadences/" + string(one.ID)
		theirs := tomas.Get(path + "?year=2027").Must(http.StatusOK)
		if got := theirs.Attribute("svg.year", "aria-label"); got != "2027: 0 conversations held, 12 to come" {
			t.Errorf("the manager sees %q", got)
		}
		if got := theirs.Text("aside dl"); !strings.Contains(got, "6 hours") || !strings.Contains(got, "0.34 %") {
			t.Errorf("the time beside the contracted hours is %q", got)
		}
		testkit.VisitAs(t, s, site, c.Ada).Get("/organisation/rhythm").Submit("/organisation/rhythm", map[string]string{"hours": "1600"}).Must(http.StatusOK)
		tomas.Get("/you/time").Submit("/you/time/contract", map[string]string{"contracted": "900"}).Must(http.StatusOK)
		for who, hours := range map[*testkit.Visitor]string{tomas: "Of 900 contracted", ines: "Of 1,600 contracted"} {
			if got := who.Get(path+"?year=2027").Text("aside dl") + who.Get("/cadences?year=2027").Text("aside dl"); strings.Count(got, hours) != 2 {
				t.Errorf("%q is missing twice in %q", hours, got)
			}
		}
		if got := finds(t, ines, "reis"); !slices.Contains(got, "year of conversations: The year with Tomás Reis") {
			t.Errorf("the palette finds %q", got)
		}
		skip := ines.Get(theirs.Attribute("table a.small", "href")).Must(http.StatusOK)
		action := strings.TrimPrefix(theirs.Attribute("table a.small", "href"), site)
		if again := skip.Submit(action, map[string]string{"instead": "none"}); again.Status != http.StatusUnprocessableEntity {
			t.Errorf("skipped without a reason: %d", again.Status)
		}
		skip.Submit(action, map[string]string{"for": "full", "words": "The fair", "instead": "none"}).Must(http.StatusOK)
		if got := tomas.Get(path + "?year=2027").Text("tbody tr"); !strings.Contains(got, "Ines Faria skipped it. There is too much else just now: The fair") {
			t.Errorf("the other side reads %q", got)
		}
		ines.Get(path).Submit(path+"/pause", nil).Must(http.StatusOK)
		if got := tomas.Get(path).Text(".notice"); !strings.Contains(got, "It rests") {
			t.Errorf("resting, it says %q", got)
		}
		ines.Get(path).Submit(path+"/resume", nil).Must(http.StatusOK)
		ines.Get(path+"/rhythm").Submit(path+"/rhythm", map[string]string{"sprint-minutes": "20"}).Must(http.StatusOK)
		if got := ines.Get(path + "?year=2027").Text(".sub"); !strings.Contains(got, "a sprint of 20 minutes") {
			t.Errorf("the rhythm is %q", got)
		}
		testkit.VisitAs(t, s, site, c.Mira).Get(path).Must(http.StatusNotFound)
	})
}
