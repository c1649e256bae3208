package question_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/activity"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/testkit"
)

func needs(t *testing.T, s testkit.Store, me org.Actor) []question.Need {
	t.Helper()
	return testkit.Read(t, s, func(tx *db.Tx) ([]question.Need, error) { return question.Needs(tx, me) })
}

func need(t *testing.T, s testkit.Store, me org.Actor, kind question.NeedKind, words string) question.Need {
	t.Helper()
	return testkit.Write(t, s, func(tx *db.Tx) (question.Need, error) { return question.AddNeed(tx, me, org.Origin{}, kind, words) })
}

func TestThreeNeedsStandInTheirOrder(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		need(t, s, c.Ines, question.NeedMoney, "The tide course")
		need(t, s, c.Ines, question.NeedTime, "Two hours a week")
		last := need(t, s, c.Ines, question.NeedSomeone, "An hour with Ruth")
		var refused problem.Refused
		if err := db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			_, err := question.AddNeed(tx, c.Ines, org.Origin{}, question.NeedTime, "And more")
			return err
		}); !errors.As(err, &refused) {
			t.Errorf("a fourth: %v", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return question.RaiseNeed(tx, c.Ines, last.ID) })
		testkit.Do(t, s, func(tx *db.Tx) error {
			return question.ChangeNeed(tx, c.Ines, last.ID, last.Revision, question.NeedSomeone, "Two hours with Ruth")
		})
		want := "What would help me most:\n\n1. Money: The tide course\n2. Somebody’s time: Two hours with Ruth\n3. Time: Two hours a week"
		if got := question.ReplyFrom(needs(t, s, c.Ines)); got != want {
			t.Errorf("the reply is %q", got)
		}
		tries(t, s, problem.NotFound, func(tx *db.Tx) error { return question.RemoveNeed(tx, c.Tomas, last.ID) })
		testkit.Do(t, s, func(tx *db.Tx) error { return question.RemoveNeed(tx, c.Ines, last.ID) })
		if got := len(needs(t, s, c.Ines)); got != 2 {
			t.Errorf("%d are left", got)
		}
	})
}

func TestNeedsAreDraftedFromStepsAndGaps(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		testkit.Do(t, s, func(tx *db.Tx) error {
			g, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a release"}, org.Origin{})
			if err != nil {
				return err
			}
			for _, step := range []plan.StepText{{Activity: "course", Words: "Take the tide course"}, {Activity: "shadowing", Words: "Go along with Ruth"}, {Words: "Write it down"}} {
				if _, err := plan.AddStep(tx, c.Ines, g.ID, step); err != nil {
					return err
				}
			}
			_, err = plan.AddSkill(tx, c.Ines, plan.Skill{Name: "Splicing", Level: 1, Wanted: 4})
			return err
		})
		drafts := testkit.Read(t, s, func(tx *db.Tx) ([]question.NeedDraft, error) {
			return question.DraftNeeds(tx, c.Ines, activity.Builtin(), nil)
		})
		var said []string
		for _, d := range drafts {
			said = append(said, string(d.Kind)+": "+d.Words)
		}
		want := []string{
			"money: What it costs, for this step: “Take the tide course”.",
			"someone's time: Somebody who does this with me: “Go along with Ruth”.",
			"time: Time at work for this step: “Write it down”.",
			"someone's time: An hour a month with somebody who is good at “Splicing”.",
			"assignment: A piece of work in which I need “Splicing”, with somebody who looks at it with me.",
			"time: Two hours a week for “Splicing”, for the next three months.",
		}
		if strings.Join(said, "\n") != strings.Join(want, "\n") {
			t.Errorf("drafted:\n%s", strings.Join(said, "\n"))
		}
		kept := []question.Need{{Kind: drafts[0].Kind, Origin: drafts[0].Origin}}
		rest := testkit.Read(t, s, func(tx *db.Tx) ([]question.NeedDraft, error) {
			return question.DraftNeeds(tx, c.Ines, activity.Builtin(), kept)
		})
		if len(rest) != 5 || rest[0].Kind != question.NeedSomeone {
			t.Errorf("what is kept is drafted again: %+v", rest)
		}
	})
}
