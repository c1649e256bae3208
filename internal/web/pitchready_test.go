package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// drafted begins an ask of Ines to Tomás.
func (p *place) drafted(t *testing.T) ask.Ask {
	t.Helper()
	return testkit.Write(t, p.Store, func(tx *db.Tx) (ask.Ask, error) {
		return ask.New(tx, p.Ines, org.Origin{}, ask.Input{
			Text: ask.Text{Kind: ask.Time, What: "Ten days in the test hall", Why: "I deserve it. I want to commission a line."}, Whom: p.Tomas.Self(),
		})
	})
}

func TestObjectionsAreAnsweredAndComeWhenOneRehearses(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		ines, path := p.visitAs(p.Ines), pitchHref(a.ID)
		page := ines.Get(path + "/objections").Must(http.StatusOK)
		if !page.Has("#and-then-you-leave-us") || !strings.Contains(page.Text("main"), "Perhaps somebody left soon after") {
			t.Errorf("the likely ones: %s", page.Text("main"))
		}
		page.Submit(path+"/objections", map[string]string{"objection-and-then-you-leave-us": "I stay for the south line", "own-objection-1": "And the dog?", "for-them": "Two who can open a line"}).Must(http.StatusOK)
		if page = ines.Get(path + "/objections"); !strings.Contains(page.Text("main"), "I stay for the south line") {
			t.Errorf("the answer is not there: %s", page.Text("main"))
		}
		page = ines.Get(path + "/wording").Must(http.StatusOK)
		drafted := page.Text("#field-spoken")
		if !strings.Contains(drafted, "Ten days in the test hall.") || !strings.Contains(drafted, "Two who can open a line") || !strings.Contains(page.Text("main"), "“I deserve it.”") && !strings.Contains(page.Text("main"), "I deserve it.") {
			t.Errorf("drafted: %s", page.Text("main"))
		}
		page.Submit(path+"/wording", map[string]string{"spoken": "First thought\n\nSecond thought", "quietly": "yes"}).Must(http.StatusOK)
		seen := ""
		page = ines.Get(path + "/rehearsal").Must(http.StatusOK)
		for range 9 {
			seen += page.Text(".rehearsal .card")
			next := page.Attribute("[rel=next]", "href")
			if next == "" {
				break
			}
			page = ines.Get(next).Must(http.StatusOK)
		}
		for _, want := range []string{"First thought", "Second thought", "And then you leave us?", "I stay for the south line", "And the dog?", "That was it"} {
			if strings.Count(seen, want) != 1 {
				t.Errorf("%q comes %d times in %s", want, strings.Count(seen, want), seen)
			}
		}
		page.Submit(path+"/rehearsal", map[string]string{"rehearsal": "Slower"}).Must(http.StatusOK)
		if page = ines.Get(path + "/rehearsal"); !strings.Contains(page.Text("main"), "Slower") {
			t.Errorf("the notes: %s", page.Text("main"))
		}
		for _, part := range []string{"/objections", "/wording", "/rehearsal", "/when", "/ready"} {
			p.visitAs(p.Tomas).Get(path + part).Must(http.StatusNotFound)
		}
	})
}

func TestADayIsFoundWhereTheOtherShowsWhenTheyAreAway(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		ines, path := p.visitAs(p.Ines), pitchHref(a.ID)
		today := civil.In(p.Store.Clock.Now(), p.Ines.Zone)
		var away dates.Date
		testkit.Do(t, p.Store, func(tx *db.Tx) (err error) {
			if _, err = dates.AddToOrganisation(tx, p.Ada, dates.Text{Kind: dates.Budget, Title: "Budgets are made", From: today.AddDays(30)}); err != nil {
				return err
			}
			away, err = dates.Add(tx, p.Tomas, dates.Text{Kind: dates.Absence, Title: "Hidden words", From: today.AddDays(1), To: today.AddDays(9)})
			return err
		})
		page := ines.Get(path + "/when").Must(http.StatusOK)
		if strings.Contains(page.Text("main"), "Absence") || !strings.Contains(page.Text("main"), "Budgets are made") {
			t.Errorf("before it is shown: %s", page.Text("main"))
		}
		testkit.Do(t, p.Store, func(tx *db.Tx) error {
			return plan.Give(tx, p.Tomas, away.Thing(), plan.WithPerson(p.Ines.Person))
		})
		page = ines.Get(path + "/when").Must(http.StatusOK)
		if text := page.Text("main"); !strings.Contains(text, p.Tomas.Name+" is away before") || strings.Contains(text, "Hidden words") || !page.Has("svg.weeks rect.away") {
			t.Errorf("when it is shown: %s", text)
		}
		page = page.Submit("/conversations", nil).Must(http.StatusOK)
		if !strings.HasPrefix(page.Path, "/conversations/") {
			t.Errorf("asked for, and led to %s", page.Path)
		}
		if page = ines.Get(path + "/when"); !page.Has("svg.weeks circle.meeting") || page.Has(`form[action="/conversations"]`) {
			t.Errorf("it is asked for: %s", page.Text("main"))
		}
	})
}

func TestWhatAGoodManagerWouldAskNextLeadsToWhereItIsMended(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		ines, path := p.visitAs(p.Ines), pitchHref(a.ID)
		page := ines.Get(path + "/ready").Must(http.StatusOK)
		for _, want := range []string{"Who does your work meanwhile?", "And if I say that it does not work?", "Is this the first that " + p.Tomas.Name + " hears of it?", "This may be heard differently from how you mean it: I deserve it."} {
			if !strings.Contains(page.Text("main"), want) {
				t.Errorf("%q is not asked: %s", want, page.Text("main"))
			}
		}
		page.Submit(path+"/ready", map[string]string{"heard-before": "In March, in our sprint"}).Must(http.StatusOK)
		if page = ines.Get(path + "/ready"); strings.Contains(page.Text("main"), "Is that the first") {
			t.Errorf("they heard of it: %s", page.Text("main"))
		}
	})
}

func TestDatesOnTheirPages(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		ines, tomas, ada := p.visitAs(p.Ines), p.visitAs(p.Tomas), p.visitAs(p.Ada)
		page := ines.Get("/dates/new").Submit("/dates", map[string]string{"kind": "absence", "title": "Walking", "from": "2026-12-07", "to": "2026-12-11", "shows": "days"}).Must(http.StatusOK)
		own := page.Path
		if !strings.Contains(page.Text("main"), "only you") || !strings.Contains(page.Text("main"), "7 to 11 December") {
			t.Errorf("kept: %s", page.Text("main"))
		}
		tomas.Get(own).Must(http.StatusNotFound)
		page.Submit(own+"/team", nil).Must(http.StatusOK)
		if text := tomas.Get(own).Must(http.StatusOK).Text("main"); strings.Contains(text, "Walking") || !strings.Contains(text, "Absence") {
			t.Errorf("shown: %s", text)
		}
		if text := tomas.Get("/dates").Text("main"); !strings.Contains(text, p.Ines.Name) {
			t.Errorf("listed: %s", text)
		}
		page = ada.Get("/organisation/dates").Submit("/organisation/dates", map[string]string{"kind": "review", "title": "Reviews", "from": "2027-01-11", "to": "2027-01-29"}).Must(http.StatusOK)
		if text := ines.Get("/dates").Text("main"); !strings.Contains(text, "Reviews") || !strings.Contains(text, "11 to 29 January") {
			t.Errorf("the organisation's: %s", text)
		}
		one := page.Attribute("main ul.rows a", "href")
		ada.Get(one).Submit(one, map[string]string{"title": "Talks"}).Must(http.StatusOK)
		ada.Get(one).Submit(one+"/removal", nil).Must(http.StatusOK)
		ada.Get(one).Must(http.StatusNotFound)
		ines.Get("/organisation/dates").Must(http.StatusNotFound)
		page = ines.Get(own).Submit(own, map[string]string{"to": "2026-12-01"}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(page.Text("main"), "comes before the first") {
			t.Errorf("wrong days: %s", page.Text("main"))
		}
		ines.Get(own).Submit(own+"/removal", nil).Must(http.StatusOK)
	})
}

func TestSomebodyTrustedCommentsOnExactlyWhatWouldBeSent(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		ines, mira, path := p.visitAs(p.Ines), p.visitAs(p.Mira), pitchHref(a.ID)
		ines.Get(path+"/motive").Submit(path+"/motive", map[string]string{"envy": "Of Joel"}).Must(http.StatusOK)
		page := ines.Get(path+"/previews").Submit(path+"/previews", map[string]string{"with": "name", "name": p.Mira.Name, "note": "Would you say yes?"}).Must(http.StatusOK)
		own := page.Path
		if !strings.HasPrefix(own, "/previews/") || !strings.Contains(page.Text("main"), p.Mira.Name+" will see exactly this") || strings.Contains(page.Text("main"), "Of Joel") {
			t.Fatalf("made: %s %s", own, page.Text("main"))
		}
		mira.Get(own).Must(http.StatusNotFound)
		page.Submit(own+"/giving", nil).Must(http.StatusOK)
		ines.Get("/asks/"+string(a.ID)).Submit("/asks/"+string(a.ID), map[string]string{"what": "Something else now"}).Must(http.StatusOK)
		page = mira.Get(own).Must(http.StatusOK)
		if text := page.Text("main"); !strings.Contains(text, "Ten days in the test hall") || strings.Contains(text, "Something else now") || !strings.Contains(text, "Would you say yes?") {
			t.Errorf("read: %s", text)
		}
		for _, other := range []*testkit.Visitor{p.visitAs(p.Tomas), p.visitAs(p.Ada)} {
			other.Get(own).Must(http.StatusNotFound)
		}
		if text := mira.Get("/previews").Must(http.StatusOK).Text("main"); !strings.Contains(text, "Ten days") {
			t.Errorf("listed: %s", text)
		}
		mira.Get(page.Attribute(`a[href^="/comments/new"]`, "href")).Must(http.StatusOK).
			Submit("/comments", map[string]string{"quote": "I deserve it.", "words": "Say what you offer"}).Must(http.StatusOK)
		if text := ines.Get(own).Text("main"); !strings.Contains(text, "Say what you offer") {
			t.Errorf("said: %s", text)
		}
		ines.Get(own).Submit(own+"/taking-back", nil).Must(http.StatusOK)
		mira.Get(own).Must(http.StatusNotFound)
		if text := ines.Get("/comments").Text("main"); !strings.Contains(text, "Say what you offer") {
			t.Errorf("after it was taken back: %s", text)
		}
		ines.Get(own).Submit(own+"/removal", nil).Must(http.StatusOK)
		ines.Get(own).Must(http.StatusNotFound)
	})
}
