package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// notices are the kinds of notices that wait to be sent to a person.
func (g ground) notices(person db.ID) []string {
	return testkit.Read(g.T, g.s, func(tx *db.Tx) ([]string, error) {
		return db.List(tx, db.Scanned[string], "select args from jobs where kind = $1 and key >= $2 and key < $3 order by id",
			notice.Job, notice.Job+" "+string(person)+" ", notice.Job+" "+string(person)+" ~")
	})
}

func TestACommentGoesFromThePassageToTheOwnerAndBack(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service end to end")
		testkit.Do(t, g.s, func(tx *db.Tx) error { return plan.ShareGoal(tx, g.Ines, goal.ID, plan.WithManager) })
		testkit.Do(t, g.s, func(tx *db.Tx) error { return plan.ShareGoal(tx, g.Ines, goal.ID, plan.WithPerson(g.Mira.Person)) })
		tomas, ines, mira := g.as(g.Tomas), g.as(g.Ines), g.as(g.Mira)
		form := tomas.Get(tomas.Get(PathOf(goal.Thing())).Must(http.StatusOK).Attribute(`a[href^="/comments/new"]`, "href")).Must(http.StatusOK)
		if got := form.Text("[data-passage=title]"); got != "Lead a service end to end" {
			t.Errorf("the passage says %q", got)
		}
		again := form.Submit("/comments", map[string]string{"quote": "words that are not there", "words": "Which end?"}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(again.Text("main .error"), "do not stand there") || again.Text("#field-words") != "Which end?" {
			t.Errorf("it comes back with %q and %q", again.Text("main .error"), again.Text("#field-words"))
		}
		said := again.Submit("/comments", map[string]string{"quote": "end to end"}).Must(http.StatusOK)
		href := said.Path
		if told := strings.Join(g.notices(g.Ines.Person), " "); !strings.Contains(told, "commented") || strings.Contains(told, "Which end") {
			t.Errorf("Ines is told %s", told)
		}
		mira.Get(href).Must(http.StatusNotFound)
		if strings.Contains(mira.Get(PathOf(goal.Thing())).Must(http.StatusOK).Body, "Which end?") {
			t.Error("Mira, who sees the goal too, reads it there")
		}
		if got := ines.Get(PathOf(goal.Thing())).Text("#comments"); !strings.Contains(got, "Which end?") {
			t.Errorf("on her goal Ines reads %q", got)
		}
		if got := ines.Get("/plan").Text("main .head .actions, .more"); !strings.Contains(got, "Comments (1)") {
			t.Errorf("her plan offers %q", got)
		}
		ines.Get(href).Submit(href+"/answer", map[string]string{"answer": "The far one"}).Must(http.StatusOK)
		ines.Get(href).Submit(href+"/resolving", nil).Must(http.StatusOK)
		if got := ines.Get("/comments").Text("main .empty p"); got == "" {
			t.Error("what is resolved is listed as open")
		}
		if got := tomas.Get("/comments/said").Must(http.StatusOK).Text("main .comments"); !strings.Contains(got, "The far one") {
			t.Errorf("Tomás reads %q", got)
		}
	})
}

func TestTheLaterOfTwoChangesOfACommentGetsBothTexts(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service")
		testkit.Do(t, g.s, func(tx *db.Tx) error { return plan.ShareGoal(tx, g.Ines, goal.ID, plan.WithManager) })
		tomas := g.as(g.Tomas)
		href := tomas.Get("/comments/new?on=goal:"+string(goal.ID)).Submit("/comments", map[string]string{"words": "First"}).Must(http.StatusOK).Path
		window, other := tomas.Get(href), tomas.Get(href)
		window.Submit(href, map[string]string{"words": "Second"}).Must(http.StatusOK)
		both := other.Submit(href, map[string]string{"words": "Third"}).Must(http.StatusConflict)
		if got := both.Text(".conflict"); !strings.Contains(got, "Second") || !strings.Contains(got, "Third") {
			t.Errorf("both texts: %q", got)
		}
	})
}

func TestACopyIsSeenAsItWillBeBeforeItIsGiven(t *testing.T) {
	onPlanPages(t, func(g ground) {
		goal := g.goal("Lead a service end to end")
		ines, tomas := g.as(g.Ines), g.as(g.Tomas)
		draft := ines.Get("/copies/new").Must(http.StatusOK).Submit("/copies", map[string]string{"goals": string(goal.ID), "note": "Please"}).Must(http.StatusOK)
		if got := draft.Text("article.copy .goals > li > .own"); got != "Lead a service end to end" {
			t.Errorf("it says %q", got)
		}
		article := draft.Text("article.copy")
		choose := ines.Get(draft.Attribute(`a[href^="/copies/new?instead"]`, "href")).Must(http.StatusOK)
		if got := choose.Attribute("input[name=goals][checked]", "value"); got != string(goal.ID) || choose.Text("#field-note") != "Please" {
			t.Errorf("chosen again: goal %q, note %q", got, choose.Text("#field-note"))
		}
		tomas.Get(draft.Path).Must(http.StatusNotFound)
		draft.Submit(draft.Path+"/giving", nil).Must(http.StatusOK)
		if told := strings.Join(g.notices(g.Tomas.Person), " "); !strings.Contains(told, "shared") || strings.Contains(told, "Lead") {
			t.Errorf("Tomás is told %s", told)
		}
		read := tomas.Get(draft.Path).Must(http.StatusOK)
		if got := read.Text("article.copy"); got != article {
			t.Errorf("Tomás reads %q, and Ines saw %q", got, article)
		}
		if got := ines.Get(draft.Path).Text("aside"); !strings.Contains(got, "Tomás Reis") {
			t.Errorf("who looked: %q", got)
		}
		if got := ines.Get("/plan/share").Text("main"); !strings.Contains(got, "until 30 November") {
			t.Errorf("where she sees who sees what: %q", got)
		}
		tomas.Get(PathOf(goal.Thing())).Must(http.StatusNotFound)
		ines.Post(draft.Path+"/taking-back", url.Values{}).Must(http.StatusOK)
		tomas.Get(draft.Path).Must(http.StatusNotFound)
		none := ines.Get("/copies/new").Submit("/copies", map[string]string{"until": "2026-11-01"}).Must(http.StatusUnprocessableEntity)
		if got := none.Text("main .error"); !strings.Contains(got, "not over") {
			t.Errorf("a day that is over: %q", got)
		}
	})
}

func TestAProposalIsTakenInOtherWordsOrDeclined(t *testing.T) {
	onPlanPages(t, func(g ground) {
		ines, tomas := g.as(g.Ines), g.as(g.Tomas)
		page := tomas.Get("/people/" + string(g.Ines.Person)).Must(http.StatusOK)
		form := tomas.Get(page.Attribute(`a[href^="/proposals/new"]`, "href")).Must(http.StatusOK)
		form.Submit("/proposals", map[string]string{"title": ""}).Must(http.StatusUnprocessableEntity)
		first := form.Submit("/proposals", map[string]string{"title": "Lead a release", "why": "You could"}).Must(http.StatusOK).Path
		second := form.Submit("/proposals", map[string]string{"title": "Give a talk"}).Must(http.StatusOK).Path
		if got := ines.Get("/").Text("main"); !strings.Contains(got, "Lead a release") || !strings.Contains(got, "Give a talk") {
			t.Errorf("home offers %q", got)
		}
		ines.Get(first).Submit(first+"/taking", map[string]string{"title": "Lead two releases"}).Must(http.StatusOK)
		ines.Get(second).Submit(second+"/refusal", map[string]string{"answer": "Next year"}).Must(http.StatusOK)
		if got := tomas.Get(first).Must(http.StatusOK).Text("main"); !strings.Contains(got, "taken") || strings.Contains(got, "two releases") {
			t.Errorf("Tomás reads %q", got)
		}
		if got := tomas.Get(second).Must(http.StatusOK).Text("main"); !strings.Contains(got, "declined") || !strings.Contains(got, "Next year") {
			t.Errorf("Tomás reads %q", got)
		}
		if strings.Contains(g.as(g.Mira).Get("/people/"+string(g.Ines.Person)).Must(http.StatusOK).Body, "/proposals/new") {
			t.Error("Mira, who leads nobody, is offered to propose")
		}
	})
}
