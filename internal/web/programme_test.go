package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

func TestAProgrammeFromItsDraftToWhatCameOfIt(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		tomas, ines := p.visitAs(p.Tomas), p.visitAs(p.Ines)
		if got := ines.Get("/programmes").Text(".empty"); !strings.Contains(got, "Nothing is offered here yet") {
			t.Errorf("an empty catalogue: %s", got)
		}
		if got := ines.Get("/programmes/new").Text("main"); !strings.Contains(got, "Programme owners post") {
			t.Errorf("who may not post: %s", got)
		}
		form := tomas.Get("/programmes/new")
		form.Submit("/programmes", map[string]string{"name": "x", "about": "y", "seats": "0"}).Must(http.StatusUnprocessableEntity)
		page := form.Submit("/programmes", map[string]string{
			"kind": "special project", "name": "The new lock", "about": "Four weeks at the weir.", "seats": "1", "builds": "Swimming 2", "decides": "poster", "teaches": "Masonry",
		}).Must(http.StatusOK)
		at := page.Path
		ines.Get(at).Must(http.StatusNotFound)
		page.Submit(at+"/state", map[string]string{"to": "open"}).Must(http.StatusOK)
		if got := ines.Get("/programmes?skill=masonry").Text(".rows"); !strings.Contains(got, "The new lock") || !strings.Contains(got, "1 of 1 seats free") {
			t.Errorf("found by its skill: %s", got)
		}
		ines.Get(at).Submit(at+"/places", map[string]string{"hopes": "To build"}).Must(http.StatusUnprocessableEntity)
		mine := ines.Get(at).Submit(at+"/places", map[string]string{"hopes": "To build in stone", "level1": "1"}).Must(http.StatusOK)
		place := mine.Path
		if got := mine.Text(".seen"); !strings.Contains(got, "you and Tomás") {
			t.Errorf("who reads it: %s", got)
		}
		if got := mine.Text("main"); !strings.Contains(got, "You wait for an answer") || !strings.Contains(got, "To build in stone") {
			t.Errorf("her place: %s", got)
		}
		if got := tomas.Get(at).Text("main"); strings.Contains(got, "in stone") || !strings.Contains(got, "Ines Faria") {
			t.Errorf("who looks after it sees: %s", got)
		}
		p.visitAs(p.Joel).Get(place).Must(http.StatusNotFound)
		waits := tomas.Get(place)
		if got := waits.Text("main"); !strings.Contains(got, "Ines Faria: waits for an answer") || !strings.Contains(got, "Where Ines Faria sees themselves") {
			t.Errorf("to whoever decides: %s", got)
		}
		waits.Submit(place+"/answer", map[string]string{"says": "no"}).Must(http.StatusUnprocessableEntity)
		waits.Submit(place+"/answer", map[string]string{"says": "yes", "words": "Bring boots"}).Must(http.StatusOK)
		if got := ines.Get("/taking-part").Text("main"); !strings.Contains(got, "The new lock") || !strings.Contains(got, "you have a seat") {
			t.Errorf("what she takes part in: %s", got)
		}
		ines.Get(place).Submit(place+"/finish", nil).Must(http.StatusOK)
		over := ines.Get(place).Submit(place+"/look", map[string]string{"learned-end": "Patience"}).Must(http.StatusOK)
		if got := tomas.Get(place).Text("main"); strings.Contains(got, "Patience") {
			t.Errorf("before it was told: %s", got)
		}
		over.Submit(place+"/telling", map[string]string{"when": "end"}).Must(http.StatusOK)
		if got := tomas.Get(place).Text("main"); !strings.Contains(got, "Patience") {
			t.Errorf("once it was told: %s", got)
		}
		ines.Get(place).Submit(place+"/win", nil).Must(http.StatusOK)
		page = tomas.Get(at).Submit(at+"/cancelling", map[string]string{"words": "The water is too high"}).Must(http.StatusOK)
		if got := page.Text(".notice"); !strings.Contains(got, "The water is too high") {
			t.Errorf("called off: %s", got)
		}
	})
}

func TestAnAskForASeatSaysWhatAYesDoes(t *testing.T) {
	s := testkit.SQLite(t)
	p := &place{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t, site: siteOf(t, s)}
	tomas, ines := p.visitAs(p.Tomas), p.visitAs(p.Ines)
	page := tomas.Get("/programmes/new").Submit("/programmes", map[string]string{
		"kind": "special project", "name": "The new lock", "about": "Four weeks at the weir.", "seats": "1", "decides": "poster",
	}).Must(http.StatusOK)
	at := page.Path
	page.Submit(at+"/state", map[string]string{"to": "open"}).Must(http.StatusOK)
	draft := ines.Get("/asks/new?origin=programme:" + strings.TrimPrefix(at, "/programmes/"))
	mine := draft.Submit("/asks", map[string]string{"whom": p.Tomas.Self().String(), "do": "send"}).Must(http.StatusOK)
	if got := mine.Text(".notice"); !strings.Contains(got, "A yes signs you up") {
		t.Errorf("before the answer, to its owner: %s", got)
	}
	asked := tomas.Get(mine.Path)
	if got := asked.Text(".notice"); !strings.Contains(got, "A yes signs Ines Faria up; a yes with conditions does once all of it is shown") {
		t.Errorf("before the answer: %s", got)
	}
	asked.Submit(mine.Path+"/decision", map[string]string{"says": "yes with conditions", "conditions": "Boots"}).Must(http.StatusOK)
	if got := ines.Get(mine.Path).Text("main"); !strings.Contains(got, "You are signed up as soon as all of it is shown") {
		t.Errorf("with conditions: %s", got)
	}
}

// Money of a seat is read on its page, and nothing is done there: it follows the seat. A budget that is over stays where it
// stands, and says so.
func TestMoneyOfASeatIsReadAndFollowsTheSeat(t *testing.T) {
	s := testkit.SQLite(t)
	p := &place{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t, site: siteOf(t, s)}
	ada, ines, mira := p.visitAs(p.Ada), p.visitAs(p.Ines), p.visitAs(p.Mira)
	line := ada.Get("/budgets/new").Submit("/budgets", map[string]string{"name": "Learning", "cost_centre": "4711", "year": "2026", "amount": "1,000", "currency": "eur", "owner": "Mira Koch"}).Must(200).Path
	page := ada.Get("/programmes/new").Submit("/programmes", map[string]string{
		"kind": "course", "name": "Speaking", "about": "Two days with a trainer.", "seats": "2", "cost": "300", "currency": "EUR", "budget": strings.TrimPrefix(line, "/budgets/"),
	}).Must(200)
	at := page.Path
	page.Submit(at+"/state", map[string]string{"to": "open"}).Must(200)
	place := ines.Get(at).Submit(at+"/places", map[string]string{"hopes": "To be heard"}).Must(200).Path
	mira.Get(place).Submit(place+"/answer", map[string]string{"says": "yes"}).Must(200)
	held := ines.Get("/budgets").Must(200)
	if got := held.Text("section .rows"); !strings.Contains(got, "300 EUR") || !strings.Contains(got, "held as long as the seat is") {
		t.Errorf("what is held for her: %q", got)
	}
	reservation := held.Attribute(`a[href^="/reservations/"]`, "href")
	for name, who := range map[string]*testkit.Visitor{"whom it is for": ines, "who approved it": mira} {
		money := who.Get(reservation).Must(200)
		if got := money.Text("main"); !strings.Contains(got, "For a place in a programme of") || !strings.Contains(got, "follows it") || money.Has("main form") {
			t.Errorf("%s sees %q", name, got)
		}
	}
	edit := ada.Get(at + "/edit").Must(200)
	if got := edit.Text("#field-budget option[selected]"); got != "Learning 2026, 4711 (Mira Koch)" {
		t.Errorf("while it is open it is paid from %q", got)
	}
	ada.Get(line+"/edit").Submit(line+"/closing", nil).Must(200)
	edit = ada.Get(at + "/edit").Must(200)
	if got := edit.Text("#field-budget option[selected]"); got != "Learning 2026, 4711 (Mira Koch; takes nothing new any more)" {
		t.Errorf("once it was closed it is paid from %q", got)
	}
	if got := edit.Submit(at+"/edit", map[string]string{"about": "Two days with two trainers."}).Must(200).Text("main"); !strings.Contains(got, "two trainers") {
		t.Errorf("changed, with the budget as it was: %q", got)
	}
	ines.Get(place).Submit(place+"/finish", nil).Must(200)
	if got := mira.Get(line).Must(200).Text(".facts"); !strings.Contains(got, "700 EUR") {
		t.Errorf("once she was through, the line says %q", got)
	}
	stale := mira.Get(reservation).Must(200)
	stale.Submit(reservation+"/spending", map[string]string{"spent": "280"}).Must(200)
	both := stale.Submit(reservation+"/spending", map[string]string{"spent": "270"}).Must(409)
	if got := both.Text(".conflict"); !strings.Contains(got, "270") || !strings.Contains(got, "280") {
		t.Errorf("put right in two windows, both figures are not there: %q", got)
	}
	if got := mira.Get(line).Must(200).Text(".facts"); !strings.Contains(got, "720 EUR") {
		t.Errorf("the first figure stands: %q", got)
	}
	both.Submit(reservation+"/spending", nil).Must(200)
	if got := mira.Get(line).Must(200).Text(".facts"); !strings.Contains(got, "730 EUR") {
		t.Errorf("said once more, the second stands: %q", got)
	}
}
