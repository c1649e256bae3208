package proposal_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	_ "github.com/ownward/ownward/internal/house" // what one package does when something happens in another
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/testkit"
)

// goalFor lets the manager propose a goal.
func goalFor(t *testing.T, s testkit.Store, by, to org.Actor) proposal.Proposal {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (proposal.Proposal, error) {
		return proposal.ProposeGoal(tx, by, to.Person, proposal.Text{Words: "Lead a release", Measured: "Two of them", Why: "You did it once already"})
	})
}

func found(t *testing.T, s testkit.Store, me org.Actor, id db.ID) (proposal.Proposal, error) {
	t.Helper()
	var p proposal.Proposal
	err := db.Do(t.Context(), s.DB, func(tx *db.Tx) (err error) {
		p, err = proposal.ByID(tx, me, id)
		return err
	})
	return p, err
}

func TestAGoalCountsOnceItIsTakenAndTheManagerLearnsNoMore(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		p := goalFor(t, s, c.Tomas, c.Ines)
		mine := testkit.Read(t, s, func(tx *db.Tx) (plan.Plan, error) { return plan.Mine(tx, c.Ines) })
		if len(mine.Goals) != 0 {
			t.Errorf("proposed, and in the plan: %v", mine.Goals)
		}
		for _, other := range []org.Actor{c.Joel, c.Ana, c.Ada} {
			if _, err := found(t, s, other, p.ID); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s finds a proposal between two others: %v", other.Name, err)
			}
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := proposal.TakeGoal(tx, c.Tomas, p.ID, plan.GoalText{Title: "Lead a release"})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("the manager takes it for them: %v", err)
		}
		g := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return proposal.TakeGoal(tx, c.Ines, p.ID, plan.GoalText{Title: "Lead two releases"})
		})
		if g.Title != "Lead two releases" || g.Owner != c.Ines.Person || g.Origin != p.Thing() {
			t.Errorf("it became %+v", g)
		}
		theirs, err := found(t, s, c.Tomas, p.ID)
		if err != nil || theirs.State != proposal.Taken || theirs.Made != "" || theirs.Text.Words != "Lead a release" {
			t.Errorf("the manager sees %+v (%v), and is to see that it was taken, no more", theirs, err)
		}
		if own, _ := found(t, s, c.Ines, p.ID); own.Made != g.ID {
			t.Errorf("the owner sees that it became %q", own.Made)
		}
		var refused problem.Refused
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return proposal.Decline(tx, c.Ines, p.ID, "") }); !errors.As(err, &refused) {
			t.Errorf("answered twice: %v", err)
		}
	})
}

func TestAStepIsProposedToAGoalThatTheManagerSees(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		g := testkit.Write(t, s, func(tx *db.Tx) (plan.Goal, error) {
			return plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Speak"}, event.Thing{})
		})
		propose := func(tx *db.Tx) (proposal.Proposal, error) {
			return proposal.ProposeStep(tx, c.Tomas, g.ID, proposal.Text{Words: "Ask for five minutes at the all hands", Due: civil.On(2026, 12, 20)})
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := propose(tx); return err }); !errors.Is(err, problem.NotFound) {
			t.Errorf("to a goal that is private: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareGoal(tx, c.Ines, g.ID, plan.WithManager) })
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.ShareGoal(tx, c.Ines, g.ID, plan.WithPerson(c.Mira.Person)) })
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := proposal.ProposeStep(tx, c.Mira, g.ID, proposal.Text{Words: "Read"})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("by who sees the goal and is no manager: %v", err)
		}
		p := testkit.Write(t, s, propose)
		step := testkit.Write(t, s, func(tx *db.Tx) (plan.Step, error) {
			return proposal.TakeStep(tx, c.Ines, p.ID, plan.StepText{Words: p.Text.Words, Due: p.Text.Due})
		})
		if step.Goal != g.ID || step.Words != "Ask for five minutes at the all hands" {
			t.Errorf("it became %+v", step)
		}
		later := testkit.Write(t, s, propose)
		testkit.Do(t, s, func(tx *db.Tx) error { return plan.RemoveGoal(tx, c.Ines, g.ID) })
		var refused problem.Refused
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := proposal.TakeStep(tx, c.Ines, later.ID, plan.StepText{Words: "Ask"})
			return err
		}); !errors.As(err, &refused) {
			t.Errorf("a step to a goal that is gone: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return proposal.Decline(tx, c.Ines, later.ID, "That goal is gone") })
		if theirs, _ := found(t, s, c.Tomas, later.ID); theirs.State != proposal.Declined || theirs.Answer != "That goal is gone" {
			t.Errorf("the manager sees %+v", theirs)
		}
	})
}

func TestWhatIsNotAnsweredEndsWithTheReportingLine(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		open, answered := goalFor(t, s, c.Tomas, c.Ines), goalFor(t, s, c.Tomas, c.Ines)
		other := goalFor(t, s, c.Tomas, c.Joel)
		testkit.Do(t, s, func(tx *db.Tx) error { return proposal.Decline(tx, c.Ines, answered.ID, "") })
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		for _, side := range []org.Actor{c.Tomas, c.Ines} {
			if _, err := found(t, s, side, open.ID); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s still finds what was not answered: %v", side.Name, err)
			}
			if _, err := found(t, s, side, answered.ID); err != nil {
				t.Errorf("%s does not find what was answered: %v", side.Name, err)
			}
		}
		if _, err := found(t, s, c.Joel, other.ID); err != nil {
			t.Errorf("what waits in another line went too: %v", err)
		}
		if _, err := found(t, s, c.Ana, answered.ID); !errors.Is(err, problem.NotFound) {
			t.Errorf("the new manager finds what another proposed: %v", err)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := proposal.ProposeGoal(tx, c.Tomas, c.Ines.Person, proposal.Text{Words: "Another"})
			return err
		}); !errors.Is(err, problem.NotFound) {
			t.Errorf("a former manager proposes: %v", err)
		}
	})
}

func TestNobodyIsBuriedInProposals(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	var last proposal.Proposal
	for range 10 {
		last = goalFor(t, s, c.Tomas, c.Ines)
	}
	one := func(tx *db.Tx) error {
		_, err := proposal.ProposeGoal(tx, c.Tomas, c.Ines.Person, proposal.Text{Words: "One more"})
		return err
	}
	var refused problem.Refused
	if err := testkit.Fails(t, s, one); !errors.As(err, &refused) {
		t.Errorf("an eleventh: %v", err)
	}
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { return proposal.Withdraw(tx, c.Ines, last.ID) }); !errors.As(err, &refused) {
		t.Errorf("withdrawn by the one it was proposed to: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error { return proposal.Withdraw(tx, c.Tomas, last.ID) })
	testkit.Do(t, s, one)
	if list := testkit.Read(t, s, func(tx *db.Tx) ([]proposal.Proposal, error) { return proposal.ToMe(tx, c.Ines) }); len(list) != 10 {
		t.Errorf("%d wait", len(list))
	}
}
