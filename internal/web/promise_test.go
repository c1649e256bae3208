package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func (p *place) promised(t *testing.T, by, to org.Actor, words string, due civil.Date) string {
	t.Helper()
	made := testkit.Write(t, p.Store, func(tx *db.Tx) (commitment.Commitment, error) {
		return commitment.Make(tx, by, org.Origin{}, commitment.Input{By: by.Self(), To: to.Self(), Words: words, Due: due})
	})
	return "/promises/" + string(made.ID)
}

func TestBothSidesStandInOneListAndAreChosenFrom(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		day := civil.On(2026, 12, 1)
		p.promised(t, p.Ines, p.Mira, "Read her talk", day.AddDays(20))
		p.promised(t, p.Tomas, p.Ines, "Introduce me", day.AddDays(1))
		ines := p.visitAs(p.Ines)
		list := ines.Get("/promises").Must(http.StatusOK)
		text := list.Text("main")
		if mine, theirs := strings.Index(text, "Read her talk"), strings.Index(text, "Introduce me"); theirs < 0 || mine < theirs {
			t.Errorf("not in one list by date: %s", text)
		}
		for _, says := range []string{"You to Mira", "Tomás Reis to you", "look back on"} {
			if !strings.Contains(text, says) {
				t.Errorf("the list does not say %q: %s", says, text)
			}
		}
		for query, want := range map[string]string{
			"side=mine": "Read her talk", "side=yours": "Introduce me", "with=" + string(p.Mira.Person): "Read her talk", "show=late": "", "show=proposed": "",
		} {
			got := ines.Get("/promises?" + query).Must(http.StatusOK).Text(".rows a")
			if got != want {
				t.Errorf("%s shows %q, want %q", query, got, want)
			}
		}
		if got := p.visitAs(p.Ana).Get("/promises?with=" + string(p.Ines.Person)).Must(http.StatusOK).Text("main"); strings.Contains(got, "Introduce me") {
			t.Error("Ana reads it")
		}
	})
}

func TestTheStripOfTwoIsTheSameForBothAndNobodyElses(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		day := civil.On(2026, 12, 1)
		path := p.promised(t, p.Tomas, p.Ines, "Introduce me", day)
		p.promised(t, p.Ines, p.Tomas, "Show the figures", day)
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		tomas.Get(path).Submit(path+"/done", nil).Must(http.StatusOK)
		ines.Get(path).Submit(path+"/difference", nil).Must(http.StatusOK)
		ines.Get(path).Submit(path+"/confirmation", nil).Must(http.StatusOK)
		for _, one := range []struct {
			visitor *testkit.Visitor
			with    org.Actor
		}{{ines, p.Tomas}, {tomas, p.Ines}} {
			page := one.visitor.Get("/promises/with/" + string(one.with.Person)).Must(http.StatusOK)
			if !page.Has("svg.promises g.kept circle") || !page.Has("svg.promises g.open path") {
				t.Errorf("drawn: %s", page.Text("main"))
			}
			if text := page.Text("table"); !strings.Contains(text, "Introduce me") || !strings.Contains(text, "kept") || !strings.Contains(text, "Show the figures") {
				t.Errorf("in words: %s", text)
			}
		}
		if page := ines.Get(path); !page.Has(`a[href="/promises/with/` + string(p.Tomas.Person) + `"]`) {
			t.Error("the promise does not lead to the strip")
		}
		for _, other := range []org.Actor{p.Ana, p.Ada, p.Joel} {
			if text := p.visitAs(other).Get("/promises/with/" + string(p.Ines.Person)).Must(http.StatusOK).Text("main"); strings.Contains(text, "Introduce me") || strings.Contains(text, "figures") || !strings.Contains(text, "Nothing is agreed on") {
				t.Errorf("%s reads %s", other.Name, text)
			}
		}
		ines.Get("/promises/with/nobody").Must(http.StatusNotFound)
		if text := ines.Get("/promises/with/" + string(p.Ines.Person)).Must(http.StatusOK).Text("main"); !strings.Contains(text, "A promise needs two") {
			t.Errorf("with herself: %s", text)
		}
	})
}

func TestTwoProposalsAtOnceLoseNothingAndOneIsTheAnswerToTheOther(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.promised(t, p.Tomas, p.Ines, "Introduce me", civil.On(2026, 12, 7))
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		opened := ines.Get(path)
		tomas.Get(path).Submit(path+"/changes", map[string]string{"due": "2026-12-20", "note_change": "A retreat"}).Must(http.StatusOK)
		both := opened.Submit(path+"/changes", map[string]string{"due": "2026-12-14", "note_change": "Before the year ends"}).Must(http.StatusConflict)
		if text := both.Text("main"); !strings.Contains(text, "Tomás Reis proposed a change meanwhile") || !strings.Contains(text, "20 December") || !strings.Contains(text, "Before the year ends") {
			t.Errorf("both at once: %s", text)
		}
		answered := both.Submit(path+"/changes", nil).Must(http.StatusOK)
		if text := answered.Text(".history"); !strings.Contains(text, "answered with another proposal") {
			t.Errorf("history: %s", text)
		}
		page := tomas.Get(path)
		if text := page.Text(".next"); !strings.Contains(text, "14 December") {
			t.Errorf("in front of Tomás: %s", text)
		}
		page.Submit(page.Attribute(`form[action$="/agreement"]`, "action"), nil).Must(http.StatusOK)
		if text := ines.Get(path).Text(".sub"); !strings.Contains(text, "14 December") {
			t.Errorf("after the yes: %s", text)
		}
	})
}

func TestTheDayToLookBackAsksBothSidesAndTakesAnotherDay(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.promised(t, p.Tomas, p.Ines, "Introduce me", civil.On(2026, 12, 7))
		p.Clock.MoveDays(100)
		ines, tomas := p.visitAs(p.Ines), p.visitAs(p.Tomas)
		if text := tomas.Get("/promises").Text("main"); !strings.Contains(text, "Waits for you") || !strings.Contains(text, "time to look back") {
			t.Errorf("Tomás is not asked: %s", text)
		}
		tomas.Get(path).Submit(path+"/look-back", map[string]string{"happened": "not yet", "note_look": "They moved", "day_look": "2027-04-01"}).Must(http.StatusOK)
		page := ines.Get(path)
		if text := page.Text(".next"); !strings.Contains(text, "1 April") {
			t.Errorf("another day: %s", text)
		}
		page.Submit(page.Attribute(`form[action$="/agreement"]`, "action"), nil).Must(http.StatusOK)
		if text := tomas.Get(path).Text(".facts"); !strings.Contains(text, "1 April") {
			t.Errorf("after the yes: %s", text)
		}
		tomas.Post(path+"/look-back", url.Values{"happened": {"not yet"}}).Must(http.StatusConflict)
	})
}

func TestWhatIsLateStandsFirstOnTheNextAgendaForBoth(t *testing.T) {
	eachPlace(t, func(t *testing.T, p *place) {
		path := p.promised(t, p.Tomas, p.Ines, "Introduce me", civil.On(2026, 11, 25))
		meet := testkit.Write(t, p.Store, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Request(tx, p.Ines, conversation.Input{With: p.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 12), Minutes: 60}})
		})
		p.Clock.MoveDays(4)
		talk := "/conversations/" + string(meet.ID)
		for _, me := range []org.Actor{p.Ines, p.Tomas} {
			v := p.visitAs(me)
			if text := v.Get(talk).Text("#agenda .late"); !strings.Contains(text, "Late: talk about it first") || !strings.Contains(text, "Introduce me") {
				t.Errorf("%s reads on the agenda: %q", me.Name, text)
			}
			if page := v.Get(path); !page.Has(`.notice a[href="` + talk + `"]`) {
				t.Errorf("for %s the promise does not lead to the conversation: %s", me.Name, page.Text("main"))
			}
		}
	})
}
