package bench

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// busyEmployee gives somebody in the middle of the organisation a year of work: goals, wins,
// promises in both directions, asks on their way, a conversation to come.
func busyEmployee(tx *db.Tx, by org.Actor) (org.Actor, error) {
	found, err := org.Search(tx, by, "p5000@", org.Place{}, 1)
	if err != nil || len(found) != 1 {
		return org.Actor{}, fmt.Errorf("the employee is not there: %d found, %w", len(found), err)
	}
	me, err := org.UnscopedActor(tx, by.Organisation, found[0].ID)
	if err != nil {
		return me, err
	}
	manager, err := org.UnscopedActor(tx, by.Organisation, found[0].ManagerID)
	if err != nil {
		return me, err
	}
	if _, err := plan.Write(tx, me, plan.Text{Section: plan.Purpose, Words: "Make systems that people can rely on at three in the morning"}); err != nil {
		return me, err
	}
	today := civil.In(tx.Now(), me.Zone)
	for i := range 12 {
		if err := writeMonth(tx, me, manager, today, i); err != nil {
			return me, err
		}
	}
	meet, err := conversation.Request(tx, me, conversation.Input{With: manager.Self(), Kind: conversation.Align, Time: conversation.Time{At: tx.Now().Add(100 * time.Hour), Minutes: 60}})
	if err != nil {
		return me, err
	}
	_, err = conversation.Accept(tx, manager, meet.ID, meet.Revision)
	return me, err
}

func writeMonth(tx *db.Tx, me, manager org.Actor, today civil.Date, i int) error {
	for j := range 3 {
		if _, err := plan.AddWin(tx, me, plan.WinText{Day: today.AddDays(-i*20 - j), What: fmt.Sprintf("The release %d went out early", i*3+j), Figure: "from 40 to 6 minutes"}, event.Thing{}); err != nil {
			return err
		}
	}
	if i%3 == 0 {
		if _, err := plan.AddGoal(tx, me, plan.GoalText{Title: fmt.Sprintf("Lead a service end to end, part %d", i), Area: plan.Professional, Due: today.AddDays(30 * i)}, event.Thing{}); err != nil {
			return err
		}
		draft, err := ask.New(tx, me, event.Thing{}, ask.Input{Text: ask.Text{Kind: ask.Money, What: fmt.Sprintf("Two days for course %d", i)}, Whom: manager.Self()})
		if err != nil {
			return err
		}
		if err := ask.Send(tx, me, draft.ID, draft.Revision); err != nil {
			return err
		}
	}
	from, to := me.Self(), manager.Self()
	if i%2 == 0 {
		from, to = to, from
	}
	actor := me
	if i%2 == 0 {
		actor = manager
	}
	_, err := commitment.Make(tx, actor, event.Thing{}, commitment.Input{By: from, To: to, Words: fmt.Sprintf("Teach what I learn, part %d", i), Due: today.AddDays(5 + 10*i)})
	return err
}
