package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

func (g ground) mine() plan.Plan {
	return testkit.Read(g.T, g.s, func(tx *db.Tx) (plan.Plan, error) { return plan.Mine(tx, g.Ines) })
}

func TestTheGuidedStartLeadsFromAnEmptyPlanToOneThatSaysSomething(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		if got := ines.Get("/plan").Must(http.StatusOK).Attribute(".next a.button", "href"); got != "/plan/start" {
			t.Errorf("an empty plan leads to %q", got)
		}
		if got := ines.Get("/").Must(http.StatusOK).Attribute(".next a.button", "href"); got != "/plan/start" {
			t.Errorf("the start page of an empty plan leads to %q", got)
		}
		begin := ines.Get("/plan/start").Must(http.StatusOK)
		page := ines.Get(begin.Attribute(".actions a.button", "href")).Must(http.StatusOK)
		if n := strings.Count(page.Text(".words .choice small"), " | ") + 1; n < 40 {
			t.Errorf("there are %d values to choose from", n)
		}
		form := page.Form("/plan/start/values")
		form["word"] = []string{"Calm", "Craft", "Play", "Depth", "Trust", "Humour"}
		form.Set("word-1", "Salt water")
		page = ines.Post("/plan/start/values", form).Must(http.StatusOK)
		if got := page.Text(".order h2"); page.Path != "/plan/start/order" || got != "Trust | Humour | Depth | Craft | Play | Calm | Salt water" && strings.Count(got, "|") != 6 {
			t.Errorf("at %s they are %s", page.Path, got)
		}
		page = page.Submit("/plan/start/order", map[string]string{"up": "2", "meaning-1": "Said late, it is said once."}).Must(http.StatusOK)
		first := strings.Split(page.Text(".order h2"), " | ")
		page = page.Submit("/plan/start/order", map[string]string{"drop": "1"}).Must(http.StatusOK)
		page = page.Submit("/plan/start/order", map[string]string{"cut": "5"}).Must(http.StatusOK)
		if got := strings.Split(page.Text(".order h2"), " | "); len(got) != 5 || got[0] != first[1] || page.Text("textarea[name=meaning-1]") != "Said late, it is said once." {
			t.Errorf("of %v stay %v, the first with %q", first, got, page.Text("textarea[name=meaning-1]"))
		}
		page = page.Submit("/plan/start/order", nil).Must(http.StatusOK)
		page = page.Submit("/plan/start/purpose", map[string]string{"words-1": "Calm", "words-2": "Mend things", "words-3": "so that they last."}).Must(http.StatusOK)
		if got := page.Text("textarea[name=words]"); page.Path != "/plan/start/sentence" || got != "I want to mend things, so that they last. What I bring: calm." {
			t.Errorf("at %s the draft is %q", page.Path, got)
		}
		if g.mine().Text(plan.Purpose).Words != "" {
			t.Error("a draft is kept before anybody took it")
		}
		page = page.Submit("/plan/start/sentence", map[string]string{"words": "I mend things so that they last."}).Must(http.StatusOK)
		page = page.Submit("/plan/start/strengths", map[string]string{"word-1": "Listening", "meaning-1": "The review in May"}).Must(http.StatusOK)
		page = page.Submit("/plan/start/hard", map[string]string{"words": "Saying no"}).Must(http.StatusOK)
		page = page.Submit("/plan/start/vision", map[string]string{"words-1": "One talk", "words-5": "A workshop by the sea"}).Must(http.StatusOK)
		if got := page.Text("main"); page.Path != "/plan/start/end" || !strings.Contains(got, "A workshop by the sea") || !strings.Contains(got, "The review in May") ||
			page.Attribute(".next a.button", "href") != "/goals/new" {
			t.Errorf("it ends at %s with %s", page.Path, got)
		}
		whole := ines.Get("/plan").Must(http.StatusOK)
		if got := whole.Text("#vision h3") + ": " + whole.Text("#vision .own"); got != "In one year | In five years: One talk | A workshop by the sea" {
			t.Errorf("the vision reads %s", got)
		}
		if got := ines.Get("/plan/start/purpose").Text("textarea[name=words-2]"); got != "Mend things" {
			t.Errorf("the answers are gone: %q", got)
		}
		ines.Get("/plan/start/nowhere").Must(http.StatusNotFound)
	})
}

func TestWhatIsSavedAsItIsTypedIsOneVersionAndLosesNothing(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		ines.Get("/plan/edit/hard").Submit("/plan/edit/hard", map[string]string{"words": "What stood before"}).Must(http.StatusOK)
		form := ines.Get("/plan/start/hard").Must(http.StatusOK).Form("/plan/start/hard")
		form.Set("quietly", "yes")
		for i, words := range []string{"S", "Say", "Saying no"} {
			form.Set("words", words)
			form.Set("revision", strconv.Itoa(i+1))
			page := ines.Post("/plan/start/hard", form).Must(http.StatusOK)
			if got := page.Attribute("input[name=revision]", "value"); page.Path != "/plan/start/hard" || got != strconv.Itoa(i+2) {
				t.Fatalf("saved quietly it comes to %s with revision %s", page.Path, got)
			}
		}
		if n := testkit.Read(g.T, g.s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from events where organisation_id = $1 and kind = 'plan changed'", g.Organisation.ID)
		}); n != 2 {
			t.Errorf("one opening of the page after one edit is %d events", n)
		}
		if got := ines.Get("/plan/versions").Text(".history .own"); got != "What stood before" {
			t.Errorf("the earlier versions are %q", got)
		}
		form.Set("words", "Something else")
		form.Set("revision", "2")
		both := ines.Post("/plan/start/hard", form).Must(http.StatusConflict)
		if got := both.Text(".conflict .own"); got != "Something else | Saying no" {
			t.Errorf("both texts: %s", got)
		}
		both.Submit("/plan/start/hard", nil).Must(http.StatusOK)
		if got := ines.Get("/plan/versions").Text(".history .own"); got != "Saying no | What stood before" {
			t.Errorf("after a conflict the earlier versions are %q", got)
		}
	})
}

func TestAnOwnWordGrowsWhileItIsTyped(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines := g.as(g.Ines)
		form := ines.Get("/plan/start/strengths").Must(http.StatusOK).Form("/plan/start/strengths")
		form.Set("quietly", "yes")
		form.Set("word-2", "Draw")
		page := ines.Post("/plan/start/strengths", form).Must(http.StatusOK)
		form.Set("id-2", page.Attribute("input[name=id-1]", "value"))
		form.Set("revision-2", "1")
		form.Set("word-2", "Drawing")
		ines.Post("/plan/start/strengths", form).Must(http.StatusOK)
		if got := g.mine().Strengths; len(got) != 1 || got[0].Word != "Drawing" || got[0].Revision != 2 {
			t.Errorf("the strengths are %+v", got)
		}
		if got := ines.Get("/plan/versions").Text(".history .own"); got != "" {
			t.Errorf("half a word is an earlier version: %q", got)
		}
		empty := url.Values{"word-1": {""}, "meaning-1": {"The review in May"}}
		if got := ines.Post("/plan/start/strengths", empty).Must(http.StatusUnprocessableEntity).Text(".errors li"); got != "Please give this strength a word." {
			t.Errorf("a place without a strength: %s", got)
		}
	})
}
