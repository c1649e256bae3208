package web

import (
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/testkit"
)

// The money of a cost centre from its making to what was spent: an administrator makes a budget,
// somebody asks for money of it, their manager says yes, who answers for it says yes too, and what
// is more than there is, is not given.
func TestMoneyIsAskedForGrantedOfABudgetAndSpent(t *testing.T) {
	store := testkit.SQLite(t)
	p := &place{Store: store, Company: testkit.NewCompany(t, store, "weir.example"), t: t, site: siteOf(t, store)}
	ada, ines, tomas, mira := p.visitAs(p.Ada), p.visitAs(p.Ines), p.visitAs(p.Tomas), p.visitAs(p.Mira)
	page := ada.Get("/budgets/new").Must(200)
	page.Submit("/budgets", map[string]string{"name": "Learning", "cost_centre": "4711", "year": "2026", "amount": "1,000", "currency": "eur", "owner": "Nobody at all"}).Must(422)
	line := ada.Get("/budgets/new").Submit("/budgets", map[string]string{"name": "Learning", "cost_centre": "4711", "year": "2026", "amount": "1,000", "currency": "eur", "owner": "Mira Koch"}).Must(200)
	if got := line.Text(".facts"); !strings.Contains(got, "1,000 EUR") {
		t.Errorf("the line says %q", got)
	}
	lineAt := line.Path
	tomas.Get(lineAt).Must(404)
	ask := func(amount string) string {
		page := ines.Post("/asks", url.Values{"what": {"A course"}, "kind": {"money"}, "whom": {"person:" + string(p.Tomas.Person)}, "amount": {amount}, "currency": {"EUR"}, "cost_centre": {"4711"}, "do": {"send"}}).Must(200)
		return page.Path
	}
	first := ask("700")
	answer := tomas.Get(first).Must(200)
	if got := answer.Text("#field-budget option[selected]"); !strings.Contains(got, "Learning 2026") || !strings.Contains(got, "Mira Koch answers for it") {
		t.Errorf("of the cost centre that was named, this is offered first: %q", got)
	}
	if strings.Contains(answer.Text("#field-budget"), "free") {
		t.Error("who does not answer for a budget reads how much of it is free")
	}
	answer.Submit(first+"/decision", map[string]string{"says": "yes"}).Must(200)
	money := mira.Get(first).Must(200)
	if got := money.Text("#field-budget option[selected]"); !strings.Contains(got, "1,000 EUR free") {
		t.Errorf("who answers for it reads %q", got)
	}
	granted := money.Submit(first+"/money", map[string]string{"says": "yes"}).Must(200)
	if got := granted.Text("main"); !strings.Contains(got, "700 EUR of Learning 2026: held until") {
		t.Error("who answers for the budget does not read what is held")
	}
	// A second one is more than there is: what was typed comes back with what is free.
	second := ask("300.01")
	tomas.Get(second).Submit(second+"/decision", map[string]string{"says": "yes"}).Must(200)
	if got := mira.Get(second).Submit(second+"/money", map[string]string{"says": "yes"}).Must(422).Text("main"); !strings.Contains(got, "has 300 EUR free, and this needs 300.01 EUR") {
		t.Errorf("more than there is: %q", got)
	}
	// Who asked says what was spent; the rest is free again.
	mine := ines.Get(first).Must(200)
	for who, want := range map[*testkit.Visitor]bool{ines: true, mira: true, p.visitAs(p.Joel): false} {
		if got := who.Get("/asks").Must(200).Attribute(`a[href="/budgets"]`, "href") != ""; got != want {
			t.Errorf("the asks lead to budgets: %v, want %v", got, want)
		}
	}
	if got := ines.Get("/budgets").Must(200).Text("section .rows"); !strings.Contains(got, "700 EUR") || !strings.Contains(got, "Learning 2026") {
		t.Errorf("who it is held for reads %q", got)
	}
	reservation := mine.Attribute(`a[href^="/reservations/"]`, "href")
	ines.Get(reservation).Submit(reservation+"/spending", map[string]string{"spent": "701"}).Must(422)
	ines.Get(reservation).Submit(reservation+"/spending", map[string]string{"spent": "650.50"}).Must(200)
	stands := mira.Get(lineAt).Must(200)
	if got := stands.Text(".facts"); !strings.Contains(got, "650.50 EUR") || !strings.Contains(got, "349.50 EUR") {
		t.Errorf("the line says %q", got)
	}
	if got := stands.Text(".rows"); !strings.Contains(got, "An ask of Ines Faria") {
		t.Errorf("who approved it reads %q", got)
	}
	if got := ada.Get(lineAt).Must(200).Text(".rows"); strings.Contains(got, "Ines") || !strings.Contains(got, "650.50 EUR spent") {
		t.Errorf("an administrator reads %q", got)
	}
	if got := ada.Get("/budgets.csv?year=2026").Must(200).Body; !strings.Contains(got, "2026,4711,Learning,EUR,1000,0,650.50,349.50,Mira Koch,,") {
		t.Errorf("the table is %q", got)
	}
	// A day that was moved in another window is not moved over.
	late := ask("50")
	tomas.Get(late).Submit(late+"/decision", map[string]string{"says": "yes"}).Must(200)
	mira.Get(late).Submit(late+"/money", map[string]string{"says": "yes"}).Must(200)
	kept := ines.Get(late).Must(200).Attribute(`a[href^="/reservations/"]`, "href")
	stale := mira.Get(kept).Must(200)
	stale.Submit(kept+"/day", map[string]string{"until": "2027-02-01"}).Must(200)
	if got := stale.Submit(kept+"/day", map[string]string{"until": "2027-03-01"}).Must(409).Text("main"); !strings.Contains(got, "2027-02-01") || !strings.Contains(got, "2027-03-01") {
		t.Errorf("a day that was moved meanwhile: %q", got)
	}
	mira.Get(kept).Submit(kept+"/returning", nil).Must(200)
	// What is held until something is shown, whoever decided returns when it will not be.
	third := ask("100")
	tomas.Get(third).Submit(third+"/decision", map[string]string{"says": "yes with conditions", "conditions": "A talk to the team"}).Must(200)
	mira.Get(third).Submit(third+"/money", map[string]string{"says": "yes"}).Must(200)
	back := tomas.Get(third).Must(200).Submit(third+"/money/returning", nil).Must(200)
	if got := back.Text("main"); !strings.Contains(got, "Yes, if") && !strings.Contains(got, "A talk to the team") || strings.Contains(got, "return the money") {
		t.Errorf("after the money was returned the page says %q", got)
	}
	if got := mira.Get(lineAt).Must(200).Text(".rows"); !strings.Contains(got, "100 EUR") || !strings.Contains(got, "returned") {
		t.Errorf("who answers for the budget reads %q", got)
	}
	tomas.Get(reservation).Must(404)
	if got := ines.Get("/budgets?year=2026").Must(200).Text("main"); strings.Contains(got, "4711") {
		t.Errorf("who answers for no budget sees %q", got)
	}
}
