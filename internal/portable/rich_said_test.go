package portable_test

import (
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
)

// said lets people propose, show copies and comment.
func (r rich) said(goals []plan.Goal) {
	me := r.Ines
	var shared, ofJoel plan.Goal
	r.do(func(tx *db.Tx) (err error) {
		if shared, err = plan.AddGoal(tx, me, plan.GoalText{Title: "Shown to Tomás", Measured: "Seen by all"}, org.Origin{}); err != nil {
			return err
		}
		if err = plan.ShareGoal(tx, me, shared.ID, plan.WithManager); err != nil {
			return err
		}
		if ofJoel, err = plan.AddGoal(tx, r.Joel, plan.GoalText{Title: secret, Measured: "Joel says " + secret}, org.Origin{}); err != nil {
			return err
		}
		return plan.ShareGoal(tx, r.Joel, ofJoel.ID, plan.WithPerson(me.Person))
	})
	r.proposals(shared, ofJoel)
	var won plan.Win
	for n, change := range []func(tx *db.Tx, id db.ID) error{
		func(*db.Tx, db.ID) error { return nil },
		func(tx *db.Tx, id db.ID) error { return frozen.Give(tx, me, id) },
		func(tx *db.Tx, id db.ID) error {
			if err := frozen.Give(tx, me, id); err != nil {
				return err
			}
			return frozen.TakeBack(tx, me, id)
		},
	} {
		r.do(func(tx *db.Tx) error {
			mine, err := plan.Mine(tx, me)
			if err != nil {
				return err
			}
			choice := frozen.Choice{Sections: plan.Sections, Things: []event.Thing{goals[0].Thing()}}
			for _, k := range mine.Skills {
				choice.Things = append(choice.Things, k.Thing())
			}
			wins, _, err := plan.WinsOf(tx, me, me.Person, plan.Place{}, 1)
			if err != nil {
				return err
			}
			choice.Things = append(choice.Things, wins[0].Thing())
			c, err := frozen.Make(tx, me, frozen.Input{Viewer: r.Tomas.Person, Until: today.AddDays(90 + n), Note: "Look at my copy", Choice: choice})
			if err != nil {
				return err
			}
			return change(tx, c.ID)
		})
	}
	r.comments(shared, ofJoel)
	r.do(func(tx *db.Tx) error {
		wins, _, err := plan.WinsOf(tx, me, me.Person, plan.Place{}, 1)
		won = wins[0]
		return err
	})
	r.feedback(won)
	r.mentoring()
	r.rounds()
	r.money()
	r.programmes()
	r.introductions()
	r.counsels(goals[0])
}

func (r rich) proposals(shared, ofJoel plan.Goal) {
	me := r.Ines
	var made []proposal.Proposal
	propose := func(p proposal.Proposal, err error) error {
		made = append(made, p)
		return err
	}
	text := proposal.Text{Words: "Proposed by Tomás", Measured: "A figure of Tomás", Due: today.AddDays(30), Why: "Tomás thinks so"}
	for range 3 {
		r.do(func(tx *db.Tx) error { return propose(proposal.ProposeGoal(tx, r.Tomas, me.Person, text)) })
	}
	r.do(func(tx *db.Tx) error { return propose(proposal.ProposeStep(tx, r.Tomas, shared.ID, text)) })
	r.do(func(tx *db.Tx) error {
		return propose(proposal.ProposeGoal(tx, me, r.Joel.Person, proposal.Text{Words: "Proposed to Joel", Why: "I think so"}))
	})
	r.all(
		func(tx *db.Tx) error {
			_, err := proposal.TakeGoal(tx, me, made[0].ID, plan.GoalText{Title: "Taken from Tomás"})
			return err
		},
		func(tx *db.Tx) error { return proposal.Decline(tx, me, made[1].ID, "Declined by me") },
		func(tx *db.Tx) error {
			_, err := proposal.TakeStep(tx, me, made[3].ID, plan.StepText{Words: "A step from Tomás"})
			return err
		},
		func(tx *db.Tx) error {
			_, err := proposal.TakeGoal(tx, r.Joel, made[4].ID, plan.GoalText{Title: secret})
			return err
		},
	)
}

func (r rich) comments(shared, ofJoel plan.Goal) {
	me := r.Ines
	var said []comment.Comment
	say := func(who org.Actor, on plan.Goal, in comment.Input) {
		r.do(func(tx *db.Tx) error {
			c, err := comment.Add(tx, who, on.Thing(), in)
			said = append(said, c)
			return err
		})
	}
	say(r.Tomas, shared, comment.Input{Field: "measured", Quote: "by all", Words: "Said by Tomás"})
	say(r.Tomas, shared, comment.Input{Words: "Taken back by Tomás"})
	say(me, ofJoel, comment.Input{Quote: "Joel says", Words: "Said to Joel"})
	r.all(
		func(tx *db.Tx) error { return comment.Reply(tx, me, said[0].ID, 1, "Answered by me") },
		func(tx *db.Tx) error { return comment.Resolve(tx, me, said[0].ID) },
		func(tx *db.Tx) error { return comment.Reply(tx, me, said[1].ID, 1, "Answered in vain") },
		func(tx *db.Tx) error { return comment.Withdraw(tx, r.Tomas, said[1].ID) },
		func(tx *db.Tx) error { return comment.Reply(tx, r.Joel, said[2].ID, 1, "Answered by Joel") },
	)
}
