package web

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func init() { event.React("person left", conversation.PersonLeft) }

// typing is the form that a page sends.
func typing(text, site string, number, base int, change string) url.Values {
	return url.Values{"text": {text}, "site": {site}, "number": {fmt.Sprint(number)}, "base": {fmt.Sprint(base)}, "change": {change}}
}

// next is the next event of that name; "" once the line has ended.
func next(t *testing.T, line <-chan string, name string) string {
	t.Helper()
	for {
		select {
		case event, open := <-line:
			got, content, _ := strings.Cut(event, "\n")
			if !open || got == name {
				return content
			}
		case <-time.After(15 * time.Second):
			t.Fatalf("no %s came", name)
		}
	}
}

func ended(t *testing.T, line <-chan string) {
	t.Helper()
	for until := time.After(15 * time.Second); ; {
		select {
		case _, open := <-line:
			if !open {
				return
			}
		case <-until:
			t.Fatal("the line goes on")
		}
	}
}

func TestWhatOneTypesReachesThePageOfTheOtherAndNobodyElses(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas, joel := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas), testkit.VisitAs(t, s, site, c.Joel)
		hers, his := ines.Listen(path+"/live?notes=0&private=0&site=o-aaaaaaaa"), tomas.Listen(path+"/live?notes=0&private=0&site=p-aaaaaaaa")
		if got := next(t, hers, "news") + next(t, his, "news"); got != "{}{}" {
			t.Errorf("at first %s", got)
		}
		ended(t, joel.Listen(path+"/live?notes=0"))
		joel.Get(path + "/live?notes=0").Must(http.StatusNotFound)
		joel.Post(path+"/live", typing("notes", "o-aaaaaaaa", 1, 0, `["x"]`)).Must(http.StatusNotFound)
		testkit.Visit(t, site).Get(path + "/live?notes=0").Must(http.StatusOK) // the page on which one signs in
		ended(t, testkit.Visit(t, site).Listen(path+"/live?notes=0"))

		ines.Post(path+"/live", typing("private", "o-aaaaaaaa", 1, 0, `["Only I see this"]`)).Must(http.StatusOK)
		ines.Post(path+"/live", typing("notes", "o-aaaaaaaa", 1, 0, `["Hello <b>"]`)).Must(http.StatusOK)
		got := next(t, his, "news")
		var told struct {
			Texts map[string][]conversation.Typed
		}
		if err := json.Unmarshal([]byte(got), &told); err != nil || len(told.Texts) != 1 || told.Texts["notes"][0].Change.Words() != "Hello <b>" {
			t.Errorf("Tomás hears %s, %v", got, err)
		}
		if got := next(t, hers, "news"); !strings.Contains(got, "Only I see this") {
			t.Errorf("Ines hears %s", got)
		}
		if got := tomas.Get(path + "/live?notes=0&private=0").Must(http.StatusOK); strings.Contains(got.Text("body"), "Only I") {
			t.Errorf("asked once Tomás reads %s", got.Text("body"))
		}
		// What does not fit is said in a sentence, and nothing is kept.
		bad := tomas.Post(path+"/live", typing("notes", "p-aaaaaaaa", 1, 1, `[99]`)).Must(http.StatusUnprocessableEntity)
		if got := bad.Text("body"); !strings.Contains(got, "does not fit") {
			t.Errorf("it says %s", got)
		}
		// What else changes in the conversation is told by its name alone.
		tomas.Post(path+"/agenda", url.Values{"item": {"The archive"}, "shared": {"yes"}}).Must(http.StatusOK)
		if got := next(t, hers, "changed"); got != "null" {
			t.Errorf("with the change comes %s", got)
		}
	})
}

func TestALineEndsWithTheSessionAndWithThePerson(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		hers, his := ines.Listen(path+"/live?notes=0"), tomas.Listen(path+"/live?notes=0")
		next(t, hers, "news")
		next(t, his, "news")
		ines.Post("/sign-out", nil).Must(http.StatusOK)
		ended(t, hers)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, org.Operator(c.Tomas.Organisation), c.Tomas.Person) })
		ended(t, his)
	})
}

func TestALineEndsWithTheServerAndOneTooManyEndsTheOldest(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "lines.example")
	server, err := New(Config{DB: s.DB, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	site := testkit.Site(t, server)
	path := arranged(t, s, c)
	ines := testkit.VisitAs(t, s, site, c.Ines)
	first := ines.Listen(path + "/live?notes=0")
	next(t, first, "news")
	var last <-chan string
	for range mostLines {
		last = ines.Listen(path + "/live?notes=0")
		next(t, last, "news")
	}
	ended(t, first)
	server.Stop()
	ended(t, last)
}

func TestAFormWithoutScriptsIsMergedIntoTheNotes(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		ines.Get(path).Submit(path+"/notes", map[string]string{"notes": "Red.\nGreen."}).Must(http.StatusOK)
		hers, his := ines.Get(path), tomas.Get(path)
		hers.Submit(path+"/notes", map[string]string{"notes": "Dark red.\nGreen."}).Must(http.StatusOK)
		his.Submit(path+"/notes", map[string]string{"notes": "Red.\nGreen and blue."}).Must(http.StatusOK)
		if got := ines.Get(path).Text("#field-notes"); got != "Dark red. Green and blue." {
			t.Errorf("%q", got)
		}
	})
}

func TestALineOfTheNotesBecomesSomethingThatRemembersTheConversation(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := arranged(t, s, c)
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		ines.Get(path).Submit(path+"/notes", map[string]string{"notes": "Talked.\n- Show the figures"}).Must(http.StatusOK)
		sheet := ines.Get(path + "/turn?line=1").Must(http.StatusOK)
		if got := sheet.Attribute("#field-words", "value"); got != "Show the figures" {
			t.Errorf("filled in is %q", got)
		}
		sheet.Submit(path+"/turn", map[string]string{"as": "promise"}).Must(http.StatusUnprocessableEntity)
		sheet.Submit(path+"/turn", map[string]string{"as": "referral", "due": "2026-12-20"}).Must(http.StatusUnprocessableEntity)
		for as, want := range map[string]string{"promise": "/promises/", "referral": "/referrals/", "ask": "/asks/", "goal": "/goals/"} {
			made := sheet.Submit(path+"/turn", map[string]string{"as": as, "by": "other", "third": "Noor", "due": "2026-12-20"}).Must(http.StatusOK)
			if got := made.Attribute("main > .notice a", "href"); !strings.HasPrefix(got, want) {
				t.Errorf("%s leads to %s", as, got)
			}
		}
		if his := tomas.Get(path + "/turn").Must(http.StatusOK); his.Has("[value=goal]") {
			t.Error("Tomás is offered a goal in the plan of Ines")
		}
	})
}
