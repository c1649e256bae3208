package browser

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/house"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// TestLookingBack plays lookback.mjs: the timeline of somebody who wrote down more than fits, and a year of it on two sides of paper.
func TestLookingBack(t *testing.T) {
	var token account.Token
	var year int
	in := open(t, house.Config{}, func(h *house.House) error {
		return db.Do(t.Context(), h.DB, func(tx *db.Tx) error {
			o, err := org.Found(tx, "Weir", "Europe/Berlin", true)
			if err != nil {
				return err
			}
			p, err := org.Add(tx, org.Operator(o.ID), org.Details{Name: "Ines Faria", Email: "ines@weir.example", JobTitle: "Engineer"})
			if err != nil {
				return err
			}
			me, err := org.UnscopedActor(tx, o.ID, p.ID)
			if err != nil {
				return err
			}
			year = civil.In(tx.Now(), me.Zone).Year()
			if err := aFullYear(tx, me); err != nil {
				return err
			}
			token, err = account.UnscopedSignIn(tx, me.Organisation, me.Person, "a browser")
			return err
		})
	})
	out, err := runNode(t, "lookback.mjs", in.address, string(token), fmt.Sprint(year))
	t.Log(out)
	if err != nil {
		t.Errorf("looking back: %v", err)
	}
}

// aFullYear writes more, and longer, than a year on paper can hold.
func aFullYear(tx *db.Tx, me org.Actor) error {
	long := strings.Repeat("I wrote this down at length, because it was a long day and much came of it. ", 8)
	today := civil.In(tx.Now(), me.Zone)
	if _, err := plan.Write(tx, me, plan.Text{Section: plan.Purpose, Words: long}); err != nil {
		return err
	}
	for i := range 150 {
		if _, err := plan.AddWin(tx, me, plan.WinText{Day: today.AddDays(-3 * i), What: long, Figure: "from 40 to 6 minutes, and from 12 to 3 people at night"}, event.Thing{}); err != nil {
			return err
		}
	}
	for i := range 24 {
		g, err := plan.AddGoal(tx, me, plan.GoalText{Title: fmt.Sprintf("Goal %d, which has a title that goes on and on and says nearly all of what is to be reached with it by the end", i), Measured: long}, event.Thing{})
		if err != nil {
			return err
		}
		if i%3 == 2 {
			continue
		}
		if err := plan.CloseGoal(tx, me, g.ID, g.Revision, []plan.GoalState{plan.Done, plan.LetGo}[i%3], long); err != nil {
			return err
		}
	}
	for i := range 14 {
		k, err := plan.AddSkill(tx, me, plan.Skill{Name: fmt.Sprintf("Explaining designs of kind %d to people who do not build software", i), Level: 1, Wanted: 4})
		if err != nil {
			return err
		}
		k.Level = 3
		if err := plan.ChangeSkill(tx, me, k); err != nil {
			return err
		}
	}
	return withAMentor(tx, me, today)
}

// withAMentor adds decisions and conversations of the year, with somebody outside.
func withAMentor(tx *db.Tx, me org.Actor, today civil.Date) error {
	mentor, err := org.AddContact(tx, me, org.Contact{Name: "Ruth Sole-Achterberg of the harbour"})
	if err != nil {
		return err
	}
	for i := range 12 {
		a, err := ask.New(tx, me, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: fmt.Sprintf("Two days a month for the course %d, and somebody who stands in for me while I am away", i)}, Whom: org.Party{Contact: mentor.ID}})
		if err != nil {
			return err
		}
		if err := ask.Send(tx, me, a.ID, a.Revision); err != nil {
			return err
		}
		answer, err := ask.Reply{Says: []ask.Says{ask.Yes, ask.No}[i%2]}.Answer(today)
		if err != nil {
			return err
		}
		if err := ask.Decide(tx, me, a.ID, answer); err != nil {
			return err
		}
		kind := []conversation.Kind{conversation.Sprint, conversation.Align, conversation.Free}[i%3]
		if _, err := conversation.Request(tx, me, conversation.Input{With: org.Party{Contact: mentor.ID}, Kind: kind,
			Time: conversation.Time{At: tx.Now().AddDate(0, 0, 2*i+1), Minutes: 30}}); err != nil {
			return err
		}
	}
	return nil
}
