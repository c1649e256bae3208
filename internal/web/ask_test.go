package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// sentAsk is an ask of Ines's that she wrote and sent to Tomás through the pages.
func (p *place) sentAsk(t *testing.T) *testkit.Shown {
	t.Helper()
	page := p.visitAs(p.Ines).Get("/asks/new").Must(http.StatusOK).Submit("/asks", map[string]string{
		"what": "The course in March", "kind": "money", "why": "Outages", "amount": "1,400.50", "currency": "eur", "hours": "16", "do": "send",
	}).Must(http.StatusOK)
	if page.Text("h1") != "The course in March" || !strings.Contains(page.Text(".sub"), "You asked Tomás Reis") {
		t.Fatalf("after sending: %s at %s", page.Text("main"), page.Path)
	}
	return page
}

func TestAnAskGoesFromADraftToAKeptPromise(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		win := testkit.Write(t, p.Store, func(tx *db.Tx) (plan.Win, error) {
			return plan.AddWin(tx, p.Ines, plan.WinText{What: "Led release 4.2"}, org.Origin{})
		})
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		page := ines.Get("/asks/new").Submit("/asks", map[string]string{"what": "The course in March", "wins": string(win.ID), "do": "keep"}).Must(http.StatusOK)
		if page.Text("h1") != "A draft" || page.Text(".notice") == "" {
			t.Fatalf("a draft that was kept: %s", page.Text("main"))
		}
		path := page.Path
		tomas.Get(path).Must(http.StatusNotFound)
		page = page.Submit(path, map[string]string{"do": "send"}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(page.Text(".errors"), "what kind of thing") || page.Text("main textarea[name=what]") != "The course in March" || !page.Has(`input[name=wins][checked]`) {
			t.Errorf("without its kind: %s", page.Text(".errors"))
		}
		page.Submit(path, map[string]string{"kind": "money", "do": "send"}).Must(http.StatusOK)

		asked := tomas.Get("/asks")
		if asked.Text("main .rows a") != "The course in March" {
			t.Errorf("what waits for Tomás: %s", asked.Text("main"))
		}
		page = tomas.Get(path).Must(http.StatusOK)
		if !strings.Contains(page.Text("main"), "Led release 4.2") {
			t.Errorf("Tomás sees %s", page.Text("main"))
		}
		page = page.Submit(path+"/decision", map[string]string{"promise_0_words": "Book the place"}).Must(http.StatusUnprocessableEntity)
		if page.Text("#error-says") == "" || page.Attribute("#field-promise_0_words", "value") != "Book the place" {
			t.Errorf("without an answer: %s", page.Text("main"))
		}
		page = page.Submit(path+"/decision", map[string]string{"says": "yes", "reason": "Gladly"}).Must(http.StatusUnprocessableEntity)
		if page.Text("#error-promise_0_due") == "" {
			t.Errorf("a promise without a day: %s", page.Text(".errors"))
		}
		page = page.Submit(path+"/decision", map[string]string{"says": "yes", "reason": "Gladly", "promise_0_due": "2026-12-01", "promise_0_check_in": "2027-04-12"}).Must(http.StatusOK)
		if !strings.Contains(page.Text("h3"), "said yes") || page.Text("figure.said blockquote") != "Gladly" {
			t.Errorf("after the answer: %s", page.Text("main"))
		}
		promise := ines.Get(path).Attribute(`main .rows a[href^="/promises/"]`, "href")
		if got := ines.Get(promise).Text(".facts"); !strings.Contains(got, "12 April") {
			t.Errorf("the day to look back that he named: %s", got)
		}
		tomas.Get(promise).Submit(promise+"/done", map[string]string{"note_done": "Booked"}).Must(http.StatusOK)
		page = ines.Get(promise).Submit(promise+"/confirmation", map[string]string{"note_confirm": "Thank you"}).Must(http.StatusOK)
		if !strings.Contains(page.Text(".facts"), "kept") || !strings.Contains(page.Text(".history"), "Thank you") {
			t.Errorf("the promise: %s", page.Text("main"))
		}
	})
}

func TestTheDayToLookBackIsProposedWithTheAnswer(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path, tomas, today := p.sentAsk(t).Path, p.visitAs(p.Tomas), civil.In(p.Clock.Now(), p.Tomas.Zone)
		page := tomas.Get(path)
		if got, want := page.Attribute("#field-promise_0_check_in", "value"), commitment.ProposeCheckIn(today, civil.Date{}).String(); got != want {
			t.Errorf("proposed is %s, want %s", got, want)
		}
		due := today.AddMonths(5)
		yes := map[string]string{"says": "yes", "promise_0_words": "Book the place", "promise_0_due": due.String(), "promise_0_check_in": due.AddDays(-3).String()}
		page = page.Submit(path+"/decision", yes).Must(http.StatusUnprocessableEntity)
		if page.Text("#error-promise_0_check_in") == "" {
			t.Errorf("a day to look back before it is due: %s", page.Text(".errors"))
		}
		delete(yes, "promise_0_check_in")
		tomas.Get(path).Submit(path+"/decision", yes).Must(http.StatusOK)
		promises := testkit.Read(t, p.Store, func(tx *db.Tx) ([]commitment.Commitment, error) {
			return commitment.Between(tx, p.Ines, p.Tomas.Person, due)
		})
		if len(promises) != 1 || promises[0].CheckIn.Before(due) {
			t.Errorf("the day that was proposed did not move behind the due date: %v", promises)
		}
		if got := tomas.Get(path).Text(".facts dt"); strings.Contains(got, "Kind") {
			t.Errorf("the money says already what kind it is: %s", got)
		}
	})
}

func TestANoShowsItsWayOn(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.sentAsk(t).Path
		p.visitAs(p.Tomas).Get(path).Submit(path+"/decision", map[string]string{
			"says": "no", "feedback": "Deeper tests", "alternative": "smaller step", "alternative_words": "A day with Joel",
		}).Must(http.StatusOK)
		ines := p.visitAs(p.Ines)
		page := ines.Get(path).Must(http.StatusOK)
		if text := page.Text("main"); !strings.Contains(text, "21 February") || !strings.Contains(text, "A day with Joel") {
			t.Errorf("the way on: %s", text)
		}
		page = page.Submit(path+"/return", map[string]string{"comes_back_on": "2026-12-24"}).Must(http.StatusOK)
		if !strings.Contains(page.Text("main"), "24 December") {
			t.Errorf("moved: %s", page.Text("main"))
		}
		page.Submit(path+"/heard", map[string]string{"reason": "The budget"}).Must(http.StatusOK)
		if text := ines.Get(path).Text("main"); !strings.Contains(text, "The budget") {
			t.Errorf("what Ines heard: %s", text)
		}
		if text := p.visitAs(p.Tomas).Get(path).Text("main"); strings.Contains(text, "The budget") || strings.Contains(text, "24 December") {
			t.Errorf("Tomás sees what is Ines's alone: %s", text)
		}
		page = ines.Get(path).Submit(path+"/again", nil).Must(http.StatusOK)
		if !strings.Contains(page.Text("main"), "It came back") || page.Text("main textarea[name=what]") != "The course in March" {
			t.Errorf("the new draft: %s", page.Text("main"))
		}
	})
}

func TestAnAskIsHandedOnAndSentElsewhereByName(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.sentAsk(t).Path
		tomas := p.visitAs(p.Tomas)
		page := tomas.Get(path).Submit(path+"/handing-on", map[string]string{"to": "here", "named_to": "nobody"}).Must(http.StatusUnprocessableEntity)
		if page.Text("#error-named_to") == "" {
			t.Errorf("to nobody: %s", page.Text(".errors"))
		}
		page = page.Submit(path+"/handing-on", map[string]string{"to": "here", "named_to": "Ana Duarte", "note": "Her budget"}).Must(http.StatusOK)
		if page.Path != "/asks" {
			t.Errorf("after handing on: %s", page.Path)
		}
		tomas.Get(path).Must(http.StatusNotFound)
		if text := p.visitAs(p.Ana).Get(path).Must(http.StatusOK).Text("main"); !strings.Contains(text, "Her budget") {
			t.Errorf("Ana sees %s", text)
		}
		ines := p.visitAs(p.Ines)
		ines.Get(path).Submit(path+"/elsewhere", map[string]string{"whom": "here", "named_whom": "mira@weir.example"}).Must(http.StatusOK)
		p.visitAs(p.Ana).Get(path).Must(http.StatusNotFound)
		p.visitAs(p.Mira).Get(path).Must(http.StatusOK)
		page = ines.Get(path).Submit(path+"/withdrawal", nil).Must(http.StatusOK)
		if page.Text("h1") != "A draft" || !strings.Contains(page.Text(".notice"), "withdrew") {
			t.Errorf("withdrawn: %s", page.Text("main"))
		}
	})
}

func TestWithSomebodyOutsideTheOwnerWritesDownTheAnswer(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ines)
		page := v.Get("/asks/new").Submit("/asks", map[string]string{
			"what": "An hour of advice", "kind": "someone's time", "whom": "outside", "named": "Beatriz Lima", "do": "send",
		}).Must(http.StatusOK)
		path := page.Path
		if !strings.Contains(page.Text(".notice"), "ask them") || !strings.Contains(page.Text(".next h3"), "What did Beatriz Lima say?") {
			t.Errorf("after it is ready: %s", page.Text("main"))
		}
		page = page.Submit(path+"/decision", map[string]string{
			"says": "yes", "promise_0_words": "Call on Thursday", "promise_0_due": "2026-11-26",
		}).Must(http.StatusOK)
		if text := page.Text("main .rows small"); !strings.Contains(text, "Beatriz Lima promised you · open") {
			t.Errorf("what was promised: %s", text)
		}
		p.visitAs(p.Tomas).Get(path).Must(http.StatusNotFound)
	})
}

func TestConditionsAreShownAndJudgedOnThePage(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.sentAsk(t).Path
		tomas, ines := p.visitAs(p.Tomas), p.visitAs(p.Ines)
		tomas.Get(path).Submit(path+"/decision", map[string]string{"says": "yes with conditions", "conditions": "Run one incident\r\nWrite it up"}).Must(http.StatusOK)
		all := testkit.Read(t, p.Store, func(tx *db.Tx) ([]ask.Criterion, error) {
			return ask.CriteriaOf(tx, p.Ines, db.ID(strings.TrimPrefix(path, "/asks/")))
		})
		one := "/criteria/" + string(all[0].ID)
		opened := ines.Get(path)
		opened.Submit(one+"/evidence", map[string]string{"evidence_" + string(all[0].ID): "The outage"}).Must(http.StatusOK)
		page := opened.Submit(one+"/evidence", map[string]string{"evidence_" + string(all[0].ID): "Another"}).Must(http.StatusConflict)
		if text := page.Text(".conflict"); !strings.Contains(text, "The outage") || !strings.Contains(text, "Another") {
			t.Errorf("a second window shows %s", text)
		}
		page = tomas.Get(path).Submit(one+"/verdict", nil).Must(http.StatusUnprocessableEntity)
		page = page.Submit(one+"/verdict", map[string]string{"verdict_" + string(all[0].ID): "shown"}).Must(http.StatusOK)
		if text := page.Text(".agenda small"); !strings.HasPrefix(text, "shown") {
			t.Errorf("after the verdict: %s", text)
		}
	})
}

func TestConditionsOfWhoHasLeftLeadToSomebodyElse(t *testing.T) {
	s := testkit.SQLite(t)
	p := &place{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t, site: siteOf(t, s)}
	path := p.sentAsk(t).Path
	p.visitAs(p.Tomas).Get(path).Submit(path+"/decision", map[string]string{"says": "yes with conditions", "conditions": "Run one incident"}).Must(http.StatusOK)
	ines := p.visitAs(p.Ines)
	if ines.Get(path).Attribute(`form[action$="/again"]`, "action") != "" {
		t.Error("conditions of somebody who is there are taken elsewhere")
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, p.Ada, p.Tomas.Person) })
	page := ines.Get(path)
	if !strings.Contains(page.Text("main"), "Tomás Reis has left. Somebody else can decide now") {
		t.Errorf("after Tomás left: %s", page.Text("main"))
	}
	page.Submit(path+"/again", nil).Must(http.StatusOK)
	if text := ines.Get(path).Text("main"); !strings.Contains(text, "It came back to you, as a new ask") {
		t.Errorf("after asking again: %s", text)
	}
}

func TestAPromiseIsWrittenDownChangedAndPassedOn(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		page := ines.Get("/promises/new").Submit("/promises", map[string]string{
			"side": "theirs", "whom": "person:" + string(p.Tomas.Person), "words": "Introduce me", "due": "2026-11-01",
		}).Must(http.StatusUnprocessableEntity)
		if page.Text("#error-due") == "" || page.Text("textarea[name=words]") != "Introduce me" {
			t.Errorf("a day that has passed: %s", page.Text("main"))
		}
		page = page.Submit("/promises", map[string]string{"due": "2026-12-01"}).Must(http.StatusOK)
		path := page.Path
		if !strings.Contains(page.Text(".notice"), "once Tomás Reis has said yes") {
			t.Errorf("it waits: %s", page.Text("main"))
		}
		tomas.Get("/promises").Must(http.StatusOK)
		tomas.Get(path).Submit(path+"/acceptance", nil).Must(http.StatusOK)
		tomas.Get(path).Submit(path+"/changes", map[string]string{"due": "2026-12-20", "note_change": "A retreat"}).Must(http.StatusOK)
		page = ines.Get(path).Must(http.StatusOK)
		if text := page.Text(".next"); !strings.Contains(text, "20 December") || !strings.Contains(text, "A retreat") {
			t.Errorf("the change in front of Ines: %s", text)
		}
		page.Submit(page.Attribute(`form[action$="/agreement"]`, "action"), nil).Must(http.StatusOK)
		if text := tomas.Get(path).Text(".sub"); !strings.Contains(text, "20 December") {
			t.Errorf("after the yes: %s", text)
		}
		for _, who := range []org.Actor{p.Ana, p.Ada, p.Joel} {
			p.visitAs(who).Get(path).Must(http.StatusNotFound)
			p.visitAs(who).Post(path+"/release", url.Values{}).Must(http.StatusNotFound)
		}
		tomas.Post(path+"/release", url.Values{}).Must(http.StatusConflict)
	})
}

func TestOnceItIsOverdueItCanBeCalledNotKeptAndOnceTheOtherLeftLetGo(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		make := func() string {
			made := testkit.Write(t, p.Store, func(tx *db.Tx) (commitment.Commitment, error) {
				return commitment.Make(tx, p.Tomas, org.Origin{}, commitment.Input{By: p.Tomas.Self(), To: p.Ines.Self(), Words: "Introduce me", Due: civil.On(2026, time.November, 23)})
			})
			return "/promises/" + string(made.ID)
		}
		overdue, alone := make(), make()
		if page := p.visitAs(p.Ines).Get(overdue); page.Has(`form[action$="/broken"]`) {
			t.Error("on its day it can be called not kept")
		}
		p.Clock.MoveDays(1)
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		page := ines.Get(overdue).Submit(overdue+"/broken", map[string]string{"note_broken": "It was forgotten"}).Must(http.StatusOK)
		if !strings.Contains(page.Text(".facts"), "not kept") {
			t.Errorf("called not kept: %s", page.Text("main"))
		}
		testkit.Do(t, p.Store, func(tx *db.Tx) error { return org.Leave(tx, p.Ada, p.Ines.Person) })
		page = tomas.Get(alone).Submit(alone+"/letting-go", nil).Must(http.StatusOK)
		if !strings.Contains(page.Text(".facts"), "released") {
			t.Errorf("let go: %s", page.Text("main"))
		}
		if page := p.visitAs(p.Ines).Get(alone); page.Status == http.StatusOK && page.Has("main form") {
			t.Errorf("who has left can act: %s", page.Text("main"))
		}
	})
}

func TestPromisesArePagedSideBySide(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			for range promisesPerPage + 3 {
				in := commitment.Input{By: p.Ines.Self(), To: p.Joel.Self(), Words: "Read a chapter", Due: civil.On(2026, time.December, 1)}
				if _, err := commitment.Make(tx, p.Ines, org.Origin{}, in); err != nil {
					return err
				}
			}
			return nil
		})
		v := p.visitAs(p.Ines)
		first := v.Get("/promises")
		second := v.Get(first.Attribute("a[rel=next]", "href")).Must(http.StatusOK)
		if n := strings.Count(first.Text(".rows a")+second.Text(".rows a"), "Read a chapter"); n != promisesPerPage+3 {
			t.Errorf("two pages show %d, want %d", n, promisesPerPage+3)
		}
	})
}
