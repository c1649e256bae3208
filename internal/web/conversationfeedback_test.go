package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
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
