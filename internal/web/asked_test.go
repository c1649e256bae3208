package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAQuestionGoesToSomebodyHereAndComesBackAnswered(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := question.AddNeed(tx, c.Ines, org.Origin{}, question.NeedTime, "Two hours a week")
			return err
		})
		form := ines.Get("/askings/ask?card=show-me").Must(http.StatusOK)
		if got := form.Text("aside"); !strings.Contains(got, "Two hours a week") {
			t.Errorf("before asking she sees %s", got)
		}
		empty := form.Submit("/askings/ask", map[string]string{"wording": ""}).Must(http.StatusUnprocessableEntity)
		if got := empty.Text("#errors"); !strings.Contains(got, "Please write down what you ask.") {
			t.Errorf("empty it says %s", got)
		}
		asked := form.Submit("/askings/ask", map[string]string{"wording": "What was hard at first?", "note": "You led the gates.", "whom": org.Party{Person: c.Tomas.Person}.String()}).Must(http.StatusOK)
		id := strings.TrimPrefix(asked.Path, "/askings/")
		if got := tomas.Get("/").Text("main"); !strings.Contains(got, "What was hard at first?") {
			t.Errorf("his start page says %s", got)
		}
		page := tomas.Get("/asked/" + id).Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "You led the gates.") {
			t.Errorf("he sees %s", got)
		}
		page.Submit("/asked/"+id+"/turning-back", map[string]string{"back": ""}).Must(http.StatusOK)
		back := ines.Get(asked.Path).Must(http.StatusOK)
		if got := back.Text(".next h3"); got != "What do you need?" {
			t.Errorf("it came back with %q", got)
		}
		if got := back.Text("#field-reply"); !strings.Contains(got, "1. Time: Two hours a week") {
			t.Errorf("the reply begins with %q", got)
		}
		back.Submit(asked.Path+"/reply", nil).Must(http.StatusOK)
		page = tomas.Get("/asked/" + id).Must(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Two hours a week") {
			t.Errorf("he reads %s", got)
		}
		page.Submit("/asked/"+id, map[string]string{"answer": "Saying no."}).Must(http.StatusOK)
		answered := ines.Get(asked.Path).Must(http.StatusOK)
		if got := answered.Text("blockquote.own"); !strings.Contains(got, "Saying no.") {
			t.Errorf("she reads %s", got)
		}
		if answered.Has(`form[action$="/answer"]`) {
			t.Error("she can change his words")
		}
		for _, way := range []string{"/goals/new", "/steps/new", "/asks/new", "/promises/new"} {
			if !answered.Has(`.next a[href^="` + way + `?origin=asking"]`) {
				t.Errorf("no way to %s", way)
			}
		}
	})
}

func TestAQuestionToSeveralStandsSideBySide(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		form := ines.Get("/askings/ask").Must(http.StatusOK)
		unknown := form.Submit("/askings/ask", map[string]string{"wording": "What is in my way?", "named": c.Tomas.Name + "\nNobody Such"}).Must(http.StatusUnprocessableEntity)
		if got := unknown.Text("#error-named"); !strings.Contains(got, "Nobody Such: Nobody here has this name") {
			t.Errorf("of several names the unknown one is told as %q", got)
		}
		many := form.Submit("/askings/ask", map[string]string{"wording": "What is in my way?", "named": strings.Repeat(c.Tomas.Name+"\n", question.MostTogether+1)}).Must(http.StatusUnprocessableEntity)
		if got := many.Text("#error-named"); !strings.Contains(got, "at most 8 at once") {
			t.Errorf("of very many it says %q", got)
		}
		page := form.Submit("/askings/ask", map[string]string{
			"wording": "What was hard?", "whom": org.Party{Person: c.Tomas.Person}.String(), "named": c.Joel.Name, "outside": "Ruth Sole\nRui Prado",
		}).Must(http.StatusOK)
		if got := page.Text("main section h2"); got != "Tomás Reis | "+c.Joel.Name+" | Ruth Sole | Rui Prado" {
			t.Errorf("asked were %s", got)
		}
		link := ines.Get(page.Attribute(`a[href^="/links/"]`, "href")).Must(http.StatusOK)
		address := link.Text("#address")
		outside := testkit.Visit(t, site)
		asked := outside.Get(address[strings.Index(address, "/a/"):]).Must(http.StatusOK)
		if got := asked.Text("main"); !strings.Contains(got, "What was hard?") || strings.Contains(got, "Rui") || strings.Contains(got, "Tomás") {
			t.Errorf("the link shows %s", got)
		}
		thanks := asked.Submit("", map[string]string{"act": "answer", "answer": "The noise", "name": "Ruth M. Sole"}).Must(http.StatusOK)
		if got := thanks.Text("h1"); got != "Thank you" {
			t.Errorf("then it says %s", got)
		}
		if got := ines.Get(page.Path).Text("main"); !strings.Contains(got, "The noise") || !strings.Contains(got, "Ruth M. Sole") {
			t.Errorf("side by side: %s", got)
		}
	})
}

func TestASuggestionStandsApartUntilItBecomesAPromise(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		asked := ines.Get("/askings/new").Submit("/askings", map[string]string{"wording": "Whom should I ask?", "to": org.Party{Person: c.Tomas.Person}.String(), "answer": "Talk to Marta Lind"}).Must(http.StatusOK)
		noted := asked.Submit(asked.Path+"/suggestions", map[string]string{"suggested": "Talk to Marta Lind"}).Must(http.StatusOK)
		if got := noted.Text("#suggested .rows"); !strings.Contains(got, "suggested by Tomás Reis") {
			t.Errorf("noted it says %s", got)
		}
		list := ines.Get("/promises").Must(http.StatusOK)
		one := ines.Get(list.Attribute("#suggested .rows a", "href")).Must(http.StatusOK)
		form := ines.Get(one.Attribute(`a[href$="as=referral"]`, "href")).Must(http.StatusOK)
		made := form.Submit("/promises", map[string]string{"third": "Marta Lind", "due": "2027-01-11"}).Must(http.StatusOK)
		if got := made.Text(".sub"); !strings.Contains(got, "Tomás Reis would introduce you to Marta Lind") {
			t.Errorf("the introduction says %s", got)
		}
		if ines.Get("/promises").Has("#suggested") {
			t.Error("it is listed still")
		}
		if got := ines.Get(one.Path).Text("main"); !strings.Contains(got, "became a promise") {
			t.Errorf("it says %s", got)
		}
	})
}

func TestASuggestionComesBackOnItsDay(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		asked := ines.Get("/askings/new").Submit("/askings", map[string]string{"wording": "What now?", "to": "aloud", "to_name": "Marta", "answer": "Rest"}).Must(http.StatusOK)
		asked.Submit(asked.Path+"/suggestions", map[string]string{"suggested": "Rest in May"}).Must(http.StatusOK)
		if got := ines.Get("/").Text("main"); strings.Contains(got, "Rest in May") {
			t.Error("it is there before its day")
		}
		s.Clock.MoveDays(40)
		ines = testkit.VisitAs(t, s, site, c.Ines)
		if got := ines.Get("/").Text("main"); !strings.Contains(got, "Rest in May") {
			t.Errorf("on its day the start page says %s", got)
		}
	})
}

func TestAnAnswerToOneselfIsFoundInTheJournalAndBack(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		asked := ines.Get("/askings/new?to=self").Submit("/askings", map[string]string{"wording": "What would I miss?", "answer": "The quiet"}).Must(http.StatusOK)
		entry := ines.Get(asked.Attribute(`a[href^="/journal/"]`, "href")).Must(http.StatusOK)
		if got := entry.Text("textarea"); !strings.Contains(got, "The quiet") {
			t.Errorf("the entry says %s", got)
		}
		if got := entry.Attribute(`.head a[href^="/askings/"]`, "href"); got != asked.Path {
			t.Errorf("it leads back to %s", got)
		}
	})
}

func TestNeedsAreTakenChangedRaisedAndBeginAnAsk(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		page := ines.Get("/needs").Must(http.StatusOK)
		page = page.Submit("/needs", map[string]string{"kind": "money", "words": "The tide course"}).Must(http.StatusOK)
		page = page.Submit("/needs", map[string]string{"kind": "time", "words": "Two hours a week"}).Must(http.StatusOK)
		second := page.Attribute(`ol.needs li:nth-child(2) a.own`, "href")
		page = page.Submit(second+"/raising", nil).Must(http.StatusOK)
		if got := page.Text("ol.needs a.own"); got != "Two hours a week | The tide course" {
			t.Errorf("in order they are %s", got)
		}
		ask := ines.Get(page.Attribute(`ol.needs a[href^="/asks/new"]`, "href")).Must(http.StatusOK)
		if got := ask.Text("#field-what"); !strings.Contains(got, "Two hours a week") {
			t.Errorf("the ask begins with %q", got)
		}
	})
}
