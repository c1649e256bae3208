package web

import (
	"net/http"
	"strings"
	"testing"
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
