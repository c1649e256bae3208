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
