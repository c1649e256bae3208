package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/testkit"
)

// After a conversation the manager shows something in return, by the shares that everybody has, with the same words
// about who sees it: what they want to reach themselves, what they will do differently, and what they expect.
func TestTheManagerShowsSomethingInReturn(t *testing.T) {
	questionsOnEach(t, func(t *testing.T, s testkit.Store, c testkit.Company, site string) {
		path := "/conversations/" + string(testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
			if _, err := plan.AddGoal(tx, c.Tomas, plan.GoalText{Title: "To listen twice as long as I talk"}, org.Origin{}); err != nil {
				return "", err
			}
			asked, err := conversation.Request(tx, c.Ines, conversation.Input{
				With: c.Tomas.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now(), Minutes: 60},
			})
			if err != nil {
				return "", err
			}
			_, err = conversation.Accept(tx, c.Tomas, asked.ID, 1)
			return asked.ID, err
		}))
		ines, tomas := testkit.VisitAs(t, s, site, c.Ines), testkit.VisitAs(t, s, site, c.Tomas)
		ended := tomas.Get(path+"/closing").Submit(path+"/end", map[string]string{"outcome": "The release is hers"}).Must(http.StatusOK)
		if got := ended.Text("#return"); !strings.Contains(got, "You show Ines Faria nothing of yours yet") {
			t.Fatalf("at the end stands %s", got)
		}
		if got := ines.Get("/people/" + string(c.Tomas.Person)).Text("main"); strings.Contains(got, "listen twice") {
			t.Error("she sees his goal before he shows it")
		}

		shows := tomas.Get(ended.Attribute("#return li:nth-child(1) a", "href")).Must(http.StatusOK)
		if got := shows.Form("/plan/share").Get("with"); got != "person:"+string(c.Ines.Person) {
			t.Errorf("the plan is offered to %q", got)
		}
		shows.Submit("/plan/share", map[string]string{"sections": "goals"}).Must(http.StatusOK)
		if got := tomas.Get(path).Text("#return"); !strings.Contains(got, "You show Ines Faria: goals.") {
			t.Errorf("afterwards stands %s", got)
		}
		if got := tomas.Get("/plan").Text("main"); !strings.Contains(got, "Ines Faria") {
			t.Error("his plan does not say that she sees the goals")
		}
		if got := ines.Get("/people/" + string(c.Tomas.Person)).Must(http.StatusOK).Text("main"); !strings.Contains(got, "listen twice") {
			t.Errorf("she sees %s", got)
		}

		tomas.Get(ended.Attribute("#return li:nth-child(2) a", "href")).Must(http.StatusOK) // what he expects
		different := tomas.Get(ended.Attribute("#return li:nth-child(3) a", "href")).Must(http.StatusOK)
		due := testkit.Read(t, s, func(tx *db.Tx) (civil.Date, error) { return civil.In(tx.Now(), c.Tomas.Zone).AddDays(20), nil })
		different.Submit("/promises", map[string]string{"words": "I let you finish before I answer", "due": due.String()}).Must(http.StatusOK)
		if got := ines.Get("/promises").Text("main"); !strings.Contains(got, "I let you finish") {
			t.Errorf("she is promised %s", got)
		}
		if got := ines.Get(path).Text("#return"); strings.Contains(got, "what you expect") {
			t.Error("she is asked to write expectations for him")
		}

		for range 2 {
			testkit.Do(t, s, func(tx *db.Tx) error {
				win, err := plan.AddWin(tx, c.Tomas, plan.WinText{What: "I said nothing for an hour", Day: civil.In(tx.Now(), c.Tomas.Zone)}, org.Origin{})
				if err != nil {
					return err
				}
				return plan.ShareWin(tx, c.Tomas, win.ID, plan.WithPerson(c.Ines.Person))
			})
		}
		if got := tomas.Get(path).Text("#return"); !strings.Contains(got, "You show Ines Faria: goals, 2 wins.") {
			t.Errorf("with two wins stands %s", got)
		}
		tomas.Post("/plan/share", url.Values{"sections": {"goals"}, "with": {"manager"}}) // his own manager sees them too
		if got := tomas.Get(path).Text("#return"); !strings.Contains(got, "You show Ines Faria: goals, 2 wins.") {
			t.Errorf("what others see is said too: %s", got)
		}
	})
}
