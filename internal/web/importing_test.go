package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const mill = "id;name;email;job title;manager\r\n1;Nadia Ost;nadia@mill.example;Director;\r\n2;Pim Zuid;pim@mill.example;Miller;1\r\n2;Quin Zee;;;1\r\n3;Rosa West;rosa;;1\r\n"

func TestAnAdministratorLooksAtAPeopleFileAndBringsItIn(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		v.Get("/organisation/import").Must(http.StatusOK)
		page := v.Send("/organisation/import", "file", "mill.csv", []byte(mill), url.Values{}).Must(http.StatusOK)
		if got := page.Text(".next p"); got != "4 lines: 2 new, 0 changed, 0 leaving, 0 unchanged, 2 set aside, 1 not quite as the file says, 1 without an e-mail to sign in." {
			t.Errorf("all in all: %s", got)
		}
		if got := page.Text("main .rows"); !strings.Contains(got, "Line 3, id: 2Lines 3 and 4 give this id to different people") || !strings.Contains(got, "Rosa Westcannot sign in yet, under Nadia Ost") {
			t.Errorf("the lists: %s", got)
		}
		if len(v.Get("/people?q=nadia").Text("tbody th")) != 0 {
			t.Error("looking brought Nadia in")
		}
		aside := v.Get(page.Path + "/set-aside").Must(http.StatusOK)
		if !strings.HasPrefix(aside.Body, "id;name;email;job title;manager;Why it was set aside\r\n2;Pim Zuid;") {
			t.Errorf("set aside: %s", aside.Body)
		}
		page.Submit(page.Path+"/import", nil).Must(http.StatusOK)
		if got := v.Get("/people?q=west").Text("tbody tr"); got != "Rosa WestNadia Ost" {
			t.Errorf("Rosa: %q", got)
		}
		v.Get(page.Path).Must(http.StatusNotFound) // the file is gone
	})
}

func TestAnImportDoesWhatWasSeenOrNothing(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		page := v.Send("/organisation/import", "file", "x.csv", []byte("name,email\nInes Costa,ines@weir.example\n"), url.Values{})
		if got := page.Text("main .rows small"); got != "name: Ines Faria → Ines Costa" {
			t.Errorf("changes: %s", got)
		}
		v.Post("/organisation/people/"+string(p.Ines.Person)+"/departure", url.Values{})
		page = page.Submit(page.Path+"/import", nil).Must(http.StatusConflict)
		if got := page.Text("#errors h2"); !strings.Contains(got, "since you looked") {
			t.Errorf("says %q", got)
		}
		if got := v.Get("/organisation/people?who=left").Text("tbody th"); got != "Ines Faria" {
			t.Errorf("Ines is now %q", got)
		}
	})
}

func TestColumnsCanBeChosen(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		page := v.Get("/organisation/import").Submit("/organisation/import", map[string]string{"lines": "Kennung\tWer\n1\tZoe Adler\n"}).Must(http.StatusOK)
		if got := page.Text(".notice.wrong"); !strings.Contains(got, "No column holds the names") {
			t.Errorf("trouble: %q", got)
		}
		page = page.Submit(page.Path+"/columns", map[string]string{"column-name": "Wer", "column-id": "Kennung"}).Must(http.StatusOK)
		if got := page.Text(".next p"); !strings.HasPrefix(got, "1 line: 1 new,") {
			t.Errorf("all in all: %s", got)
		}
		page.Submit(page.Path+"/removal", nil)
		v.Get(page.Path).Must(http.StatusNotFound)
	})
}

func TestAPeopleFileIsForWhoSentItAlone(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		page := p.visitAs(p.Ada).Send("/organisation/import", "file", "mill.csv", []byte(mill), url.Values{})
		p.visitAs(p.Ada).Post("/organisation/people/"+string(p.Ana.Person)+"/administrator", url.Values{"administrator": {"yes"}})
		for _, path := range []string{page.Path, page.Path + "/set-aside"} {
			p.visitAs(p.Ana).Get(path).Must(http.StatusNotFound)
			p.visitAs(p.Ines).Get(path).Must(http.StatusNotFound)
		}
		p.visitAs(p.Ana).Post(page.Path+"/import", url.Values{}).Must(http.StatusNotFound)
	})
}

func TestWhatIsNoPeopleFileIsSaidAtTheField(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		for text, want := range map[string]string{"": "Please choose a file", "PK\x03\x04": "a spreadsheet or another zip file"} {
			page := v.Send("/organisation/import", "file", "x.csv", []byte(text), url.Values{}).Must(http.StatusUnprocessableEntity)
			if got := page.Text("#error-file"); !strings.Contains(got, want) {
				t.Errorf("%q: %s", text, got)
			}
		}
	})
}

func TestALeftFileIsRemovedAfterADay(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		v := p.visitAs(p.Ada)
		page := v.Send("/organisation/import", "file", "mill.csv", []byte(mill), url.Values{})
		p.Store.Clock.MoveDays(1)
		v.Get(page.Path).Must(http.StatusNotFound)
	})
}
