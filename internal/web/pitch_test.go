package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnAskIsPreparedAndLeftAndTakenUp(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		ines := p.visitAs(p.Ines)
		page := ines.Get("/asks/new").Submit("/asks", map[string]string{"what": "The course in March", "do": "prepare"}).Must(http.StatusOK)
		if !strings.HasSuffix(page.Path, "/pitch/motive") {
			t.Fatalf("begun at %s", page.Path)
		}
		motive := page.Path
		path := strings.TrimSuffix(motive, "/motive")
		page = page.Submit(motive, map[string]string{"why-now": "The release is behind us"}).Must(http.StatusOK)
		if page.Path != path+"/what" {
			t.Errorf("after the first part: %s", page.Path)
		}
		if page = ines.Get(path).Must(http.StatusOK); !strings.Contains(page.Text("main ol li"), "begun") {
			t.Errorf("the parts: %s", page.Text("main"))
		}
		for _, station := range pitchStations {
			page = ines.Get(path + "/" + string(station.Part)).Must(http.StatusOK)
			if page.Text("h1") != station.Title {
				t.Errorf("part %s: %s", station.Part, page.Text("main"))
			}
		}
		ines.Get(path + "/nothing").Must(http.StatusNotFound)
		for _, address := range []string{path, motive} {
			p.visitAs(p.Tomas).Get(address).Must(http.StatusNotFound)
		}
		stale := ines.Get(motive)
		ines.Get(motive).Submit(motive, map[string]string{"why-now": "It is spring"})
		page = stale.Submit(motive, map[string]string{"why-now": "It is autumn"}).Must(http.StatusConflict)
		if !strings.Contains(page.Text("main .conflict"), "It is spring") || !strings.Contains(page.Text("main .conflict"), "It is autumn") {
			t.Errorf("two edits: %s", page.Text("main"))
		}
		ines.Get(path[:len(path)-len("/pitch")]).Submit(path[:len(path)-len("/pitch")]+"/removal", nil).Must(http.StatusOK)
		ines.Get(path).Must(http.StatusNotFound)
	})
}

// preparedAsk is an ask of Ines's with something in each of the parts that go out, not sent yet.
func (p *place) preparedAsk(t *testing.T) (path string) {
	t.Helper()
	ines := p.visitAs(p.Ines)
	win := testkit.Write(t, p.Store, func(tx *db.Tx) (plan.Win, error) {
		w, err := plan.AddWin(tx, p.Ines, plan.WinText{What: "Led release 4.2", Figure: "3 days earlier"}, org.Origin{})
		if err == nil {
			err = plan.AddLink(tx, p.Ines, w.ID, "https://weir.example/release")
		}
		return w, err
	})
	page := ines.Get("/asks/new").Submit("/asks", map[string]string{"what": "The course in March", "kind": "money", "do": "prepare"}).Must(http.StatusOK)
	path = strings.TrimSuffix(page.Path, "/pitch/motive")
	page.Submit(page.Path, map[string]string{"why-now": "My secret reason", "hours-a-week": "2", "until": "2027-02-22"}).Must(http.StatusOK)
	page = ines.Get(path + "/pitch/motive")
	if got := page.Text("#effort"); !strings.Contains(got, "2 hours a week") || !strings.Contains(got, "13 weeks, 26 hours in all") {
		t.Errorf("the sum: %s", got)
	}
	page = ines.Get(path+"/pitch/what").Submit(path+"/pitch/what", map[string]string{"why": "Outages", "smallest": "Two days of it", "granter": "owner of the budget", "granter-name": "Ana Lund"}).Must(http.StatusOK)
	if got := page.Text("#lacks"); !strings.Contains(got, "No win goes along yet") {
		t.Errorf("what is missing: %s", got)
	}
	page.Submit(path+"/pitch/evidence", map[string]string{"wins": string(win.ID), "do": "here"}).Must(http.StatusOK)
	page = ines.Get(path + "/pitch/evidence")
	link := page.Attribute("#files input", "value")
	page = page.Submit(path+"/pitch/evidence", map[string]string{"files": link}).Must(http.StatusOK)
	page.Submit(path+"/pitch/return", map[string]string{
		"amount": "1,400.50", "currency": "eur", "hours": "16", "cover": "Joel covers", "team-reason": "Two can review", "team-low": "2", "team-high": "4",
		"team-unit": "hours a week", "hour-value": "50", "do": "here",
	}).Must(http.StatusOK)
	page = ines.Get(path + "/pitch/return")
	if got := page.Text("#reckoning"); !strings.Contains(got, "It costs 1,400.50 EUR and 16 hours, together worth 2,200.50 EUR. Within 12 months it brings 4,400 to 8,800 EUR: 1.9 to 3.9 times what it costs. It has come back after 4 to 7 months.") ||
		!strings.Contains(got, "A year has 44 weeks of work.") {
		t.Errorf("what comes back: %s", got)
	}
	return path
}

func TestWhatIsShownBeforeSendingIsAllThatGoesOut(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.preparedAsk(t)
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		page := ines.Get(path + "/sending").Must(http.StatusOK)
		shown := page.Text("article")
		for _, want := range []string{"Outages", "Two days of it", "Ana Lund, owner of the budget", "Led release 4.2", "Joel covers", "2 to 4 hours a week", "An hour of work is worth 50 EUR"} {
			if !strings.Contains(shown, want) {
				t.Errorf("before sending %q is not shown: %s", want, shown)
			}
		}
		if strings.Contains(page.Text("main"), "My secret reason") {
			t.Error("the motive is among what goes out")
		}
		tomas.Get(path + "/brief").Must(http.StatusNotFound)
		page.Submit(path+"/sending", nil).Must(http.StatusOK)
		page = tomas.Get(path + "/brief").Must(http.StatusOK)
		for _, line := range strings.Split(shown, "\n") {
			if line = strings.TrimSpace(line); line != "" && !strings.Contains(line, "not sent yet") && !strings.Contains(page.Text("article"), line) {
				t.Errorf("%q was shown and is not read", line)
			}
		}
		if body := tomas.Get(path + "/brief.md").Must(http.StatusOK).Body; !strings.Contains(body, "## Who covers meanwhile\n\nJoel covers") || strings.Contains(body, "secret") {
			t.Errorf("as a text: %s", body)
		}
		if pdf := tomas.Get(path + "/brief.pdf").Must(http.StatusOK); !strings.HasPrefix(pdf.Body, "%PDF-") || pdf.Header.Get("Content-Type") != "application/pdf" {
			t.Error("no PDF")
		}

		ines.Get(path+"/pitch/what").Submit(path+"/pitch/what", map[string]string{"smallest": "One day of it"}).Must(http.StatusOK)
		if got := tomas.Get(path + "/brief").Text("article"); !strings.Contains(got, "Two days of it") {
			t.Errorf("a change was read before it went out: %s", got)
		}
		page = ines.Get(path + "/sending").Must(http.StatusOK)
		if got := page.Text(".compared"); !strings.Contains(got, "One day of it") || !strings.Contains(got, "Two days of it") {
			t.Errorf("what changes: %s", page.Text("main"))
		}
		page.Submit(path+"/sending", nil).Must(http.StatusOK)
		for _, who := range []*testkit.Visitor{ines, tomas} {
			if got := who.Get(path + "/versions").Must(http.StatusOK).Text("main"); !strings.Contains(got, "Version 2") || !strings.Contains(got, "One day of it") || !strings.Contains(got, "The first.") {
				t.Errorf("the versions: %s", got)
			}
		}
		ines.Get(path+"/pitch/return").Submit(path+"/pitch/return", map[string]string{"team-low": "many", "do": "here"}).Must(http.StatusOK)
		if got := ines.Get(path + "/sending").Must(http.StatusOK).Text("main"); !strings.Contains(got, "cannot be read") {
			t.Errorf("with a figure that is none: %s", got)
		}
		ines.Get(path+"/pitch/return").Submit(path+"/pitch/return", map[string]string{"team-low": "2", "do": "here"}).Must(http.StatusOK)
		if got := ines.Get(path + "/sending").Must(http.StatusOK).Text("main"); !strings.Contains(got, "It is the same") {
			t.Errorf("without a change: %s", got)
		}
	})
}

func TestEarlierWordingsOfAPitchStandBesideWhatTookTheirPlace(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		a := p.drafted(t)
		ines, path := p.visitAs(p.Ines), pitchHref(a.ID)
		if got := ines.Get(path + "/earlier").Must(http.StatusOK).Text("main"); !strings.Contains(got, "Nothing was written anew yet") {
			t.Errorf("before anything: %s", got)
		}
		for _, words := range []string{"The hall is free in May", "The hall is free in June"} {
			ines.Get(path+"/motive").Submit(path+"/motive", map[string]string{"why-now": words}).Must(http.StatusOK)
		}
		ines.Get(path+"/what").Submit(path+"/what", map[string]string{"what": "Twelve days in the test hall"}).Must(http.StatusOK)
		page := ines.Get(path + "/earlier").Must(http.StatusOK)
		if got := page.Text("main del"); !strings.HasSuffix(got, "| Ten | May") {
			t.Errorf("what went is marked so: %s", got)
		}
		if got := page.Text("main ins"); !strings.Contains(got, "June") || !strings.Contains(got, "Twelve") {
			t.Errorf("what came is marked so: %s", got)
		}
		p.visitAs(p.Tomas).Get(path + "/earlier").Must(http.StatusNotFound)
	})
}
