package web

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestTwoVersionsOfAPlanStandBesideEachOtherWithWhatChangedMarked(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		if page := ines.Get("/plan/versions").Must(http.StatusOK); page.Has(".compared") || !strings.Contains(page.Text("main"), "Nothing was changed yet") {
			t.Errorf("of an empty plan there is to compare: %s", page.Text("main"))
		}
		ines.Get("/plan/edit/purpose").Submit("/plan/edit/purpose", map[string]string{"words": "Make water work for all."}).Must(http.StatusOK)
		ines.Get("/plan/edit/values").Submit("/plan/edit/values", map[string]string{"word-1": "Craft", "word-2": "Calm"}).Must(http.StatusOK)
		first := g.s.Clock.Now().Format(time.DateOnly)
		g.s.Clock.Move(3 * 24 * time.Hour)
		ines = g.as(g.Ines)
		ines.Get("/plan/edit/purpose").Submit("/plan/edit/purpose", map[string]string{"words": "Make clean water work."}).Must(http.StatusOK)
		ines.Get("/plan/edit/values").Submit("/plan/edit/values", map[string]string{"word-1": ""}).Must(http.StatusOK)
		ines.Get("/plan/edit/hard").Submit("/plan/edit/hard", map[string]string{"words": "Saying no"}).Must(http.StatusOK)
		page := ines.Get("/plan/versions").Must(http.StatusOK)
		if got := page.Text(".compared del"); got != "Craft | for all" {
			t.Errorf("went: %s", got)
		}
		if got := page.Text(".compared ins"); got != "clean | Saying no" {
			t.Errorf("came: %s", got)
		}
		if got := page.Text("details dd"); got != "Calm" {
			t.Errorf("stayed: %s", got)
		}
		back := ines.Get("/plan/versions?from=" + first + "&to=" + first).Must(http.StatusOK)
		if back.Has(".compared") || !strings.Contains(back.Text("main"), "nothing changed") {
			t.Errorf("a day beside itself: %s", back.Text("main"))
		}
		ines.Get("/plan/versions?from=yesterday&to=%00").Must(http.StatusOK)
		if got := g.as(g.Tomas).Get("/plan/versions").Text("main"); strings.Contains(got, "water") {
			t.Errorf("somebody else reads %s", got)
		}
	})
}
