package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func TestFeedbackComesOfAConversation(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := "/conversations/" + string(testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
			asked, err := conversation.Request(tx, c.Ines, conversation.Input{
				With: c.Tomas.Self(), Kind: conversation.Advance, Time: conversation.Time{At: tx.Now(), Minutes: 60},
			})
			if err != nil {
				return "", err
			}
			_, err = conversation.Accept(tx, c.Tomas, asked.ID, 1)
			return asked.ID, err
		}))
		testkit.Do(t, s, func(tx *db.Tx) error {
			_, err := feedback.Ask(tx, c.Ines, event.Thing{}, c.Tomas.Person, feedback.Subject{Work: "The talk on Tuesday"}, "")
			return err
		})
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		for _, visitor := range []*testkit.Visitor{ines, tomas} {
			if got := visitor.Get(path).Text("#suggestions"); !strings.Contains(got, "Feedback for Ines") || !strings.Contains(got, "The talk on Tuesday") {
				t.Errorf("suggested is %s", got)
			}
		}
		turned := tomas.Get(path+"/turn").Submit(path+"/turn", map[string]string{"words": "She waited until all had spoken", "as": "feedback"}).Must(http.StatusUnprocessableEntity)
		if !strings.Contains(turned.Text("main"), "name the piece of work") {
			t.Error("feedback on nothing is taken")
		}
		turned.Submit(path+"/turn", map[string]string{"work": "The review"}).Must(http.StatusOK)

		closing := tomas.Get(path + "/closing")
		if got := closing.Text("form.closing details p a"); got != "The talk on Tuesday" {
			t.Errorf("of what is asked stands %s", got)
		}
		back := closing.Submit(path+"/end", map[string]string{"outcome": "The release is hers", "feedback-saw": "It began with the figures"}).Must(http.StatusUnprocessableEntity)
		back.Submit(path+"/end", map[string]string{"feedback-work": "The plan for the pumps"}).Must(http.StatusOK)
		if got := ines.Get("/feedback").Text("main .rows"); !strings.Contains(got, "The review") || !strings.Contains(got, "The plan for the pumps") {
			t.Errorf("she has %s", got)
		}
	})
}

func TestAManagerWhoNeverSignsInAnswersByTheLink(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		ines := testkit.VisitAs(t, s, site, c.Ines)
		id := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
			asked, err := conversation.Request(tx, c.Ines, conversation.Input{
				With: c.Tomas.Self(), Kind: conversation.Advance, Time: conversation.Time{At: tx.Now(), Minutes: 60},
			})
			if err != nil {
				return "", err
			}
			return asked.ID, conversation.AddItem(tx, c.Ines, asked.ID, conversation.ItemInput{Words: "The release", Shared: true})
		})
		path, paper := "/conversations/"+string(id), "/outside/"+string(id)
		opened := func() *testkit.Shown {
			t.Helper()
			page := ines.Get(path)
			if got := page.Text("#link h2"); got != "Tomás Reis has never signed in" {
				t.Errorf("the page says %q", got)
			}
			made := page.Submit(paper+"/link", nil).Must(http.StatusOK)
			address := made.Text("#address")
			return testkit.Visit(t, site).Get(address[strings.Index(address, "/a/"):]).Must(http.StatusOK)
		}
		before := opened()
		if !strings.Contains(before.Text("main"), "The release") || !strings.Contains(ines.Get(paper).Text("main"), "The release") {
			t.Error("the agenda is not on it")
		}
		next := testkit.Write(t, s, func(tx *db.Tx) (conversation.Conversation, error) {
			return conversation.Propose(tx, c.Ines, id, 1, conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 60})
		})
		anew := before.Submit("", map[string]string{"agrees": "yes", "words": "Bring the figures"}).Must(http.StatusUnprocessableEntity)
		if got := anew.Text("main"); next.State != conversation.Requested || !strings.Contains(got, "10:00") || !strings.Contains(got, "another time meanwhile") || !strings.Contains(got, "Bring the figures") {
			t.Errorf("a yes to the time before says %s", got)
		}
		anew.Submit("", nil).Must(http.StatusOK)
		page := ines.Get(path)
		if got := page.Text("#before"); !strings.Contains(got, "Bring the figures") || !page.Has("#end") {
			t.Errorf("after the answer the page says %q, and it can be closed: %t", got, page.Has("#end"))
		}
		ines.Get(path+"/closing").Submit(path+"/end", map[string]string{"outcome": "The release is hers"}).Must(http.StatusOK)
		after := opened()
		after.Submit("", map[string]string{"agrees": "yes"}).Must(http.StatusOK)
		if got := ines.Get(path).Text("#outcome"); !strings.Contains(got, "Tomás Reis, by the link, said that this is what was agreed") {
			t.Errorf("what came of it says %s", got)
		}
		testkit.VisitAs(t, s, site, c.Tomas)
		ines.Get(paper).Must(http.StatusNotFound)
	})
}

func TestSomebodyOutsideReadsTheLinkToAConversation(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		token := testkit.Write(t, s, func(tx *db.Tx) (link.Token, error) {
			k, err := org.AddContact(tx, c.Ines, org.Contact{Name: "Ruth Sole"})
			if err != nil {
				return "", err
			}
			one, err := conversation.Request(tx, c.Ines, conversation.Input{
				With: org.Party{Contact: k.ID}, Kind: conversation.Free, Time: conversation.Time{At: tx.Now().AddDate(0, 0, 2), Minutes: 30},
			})
			if err != nil {
				return "", err
			}
			_, token, err := conversation.AskContact(tx, c.Ines, one.ID, link.Input{})
			return token, err
		})
		asked := testkit.Visit(t, site).Get("/a/" + string(token)).Must(http.StatusOK)
		if got := asked.Text("header .sub"); !strings.HasPrefix(got, "Wednesday 25 November, 09:00 (Lisbon time)") {
			t.Errorf("when they meet is said as %q", got)
		}
	})
}
