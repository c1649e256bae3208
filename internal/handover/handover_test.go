package handover_test

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// sharing gives Ines a goal and a purpose that Tomás sees as her manager, and a goal that Mira
// sees by name.
func sharing(t *testing.T, s testkit.Store, c testkit.Company) {
	testkit.Do(t, s, func(tx *db.Tx) error {
		lead, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Lead a service", Area: "professional"}, event.Thing{})
		if err != nil {
			return err
		}
		sing, err := plan.AddGoal(tx, c.Ines, plan.GoalText{Title: "Sing in the choir", Area: "personal"}, event.Thing{})
		if err != nil {
			return err
		}
		if _, err := plan.Write(tx, c.Ines, plan.Text{Section: plan.Purpose, Words: "Build what lasts"}); err != nil {
			return err
		}
		return errors.Join(
			plan.ShareGoal(tx, c.Ines, lead.ID, plan.WithManager),
			plan.ShareSections(tx, c.Ines, []plan.Section{plan.Purpose}, plan.WithManager),
			plan.ShareGoal(tx, c.Ines, sing.ID, plan.WithPerson(c.Mira.Person)))
	})
}

func shownTo(t *testing.T, s testkit.Store, viewer, owner org.Actor) (goals, texts int) {
	shown := testkit.Read(t, s, func(tx *db.Tx) (plan.Shown, error) { return plan.Theirs(tx, viewer, owner.Person) })
	return len(shown.Goals), len(shown.Texts)
}

func pending(t *testing.T, s testkit.Store, me org.Actor) handover.Handover {
	return testkit.Read(t, s, func(tx *db.Tx) (handover.Handover, error) { return handover.Pending(tx, me) })
}

func TestTheNewManagerSeesNothingUntilTheOwnerHasSaidSo(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		sharing(t, s, c)
		if h := pending(t, s, c.Ines); len(h.Items) != 0 {
			t.Fatalf("before any change, %v waits", h.Items)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		for _, viewer := range []org.Actor{c.Tomas, c.Ana} {
			if goals, texts := shownTo(t, s, viewer, c.Ines); goals+texts != 0 {
				t.Errorf("before the handover %s sees %d goals and %d texts", viewer.Name, goals, texts)
			}
		}
		h := pending(t, s, c.Ines)
		if len(h.Items) != 2 || h.Manager.ID != c.Ana.Person {
			t.Fatalf("waiting: %v for %s, want a goal and a section for Ana", h.Items, h.Manager.Name)
		}
		var goal handover.Item
		for _, item := range h.Items {
			if item.Former != "Tomás Reis" {
				t.Errorf("%s was seen by %q, want Tomás", item.Title, item.Former)
			}
			if item.Kind == "goal" {
				goal = item
			}
		}
		if goal.Title != "Lead a service" {
			t.Errorf("the goal is called %q", goal.Title)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return handover.Decide(tx, c.Ines, []db.ID{goal.Share}) })
		if goals, texts := shownTo(t, s, c.Ana, c.Ines); goals != 1 || texts != 0 {
			t.Errorf("after the handover Ana sees %d goals and %d texts, want the chosen goal alone", goals, texts)
		}
		if goals, texts := shownTo(t, s, c.Tomas, c.Ines); goals+texts != 0 {
			t.Errorf("after the handover the former manager sees %d goals and %d texts", goals, texts)
		}
		if goals, _ := shownTo(t, s, c.Mira, c.Ines); goals != 1 {
			t.Errorf("Mira, by name, sees %d goals, want hers still", goals)
		}
		if h := pending(t, s, c.Ines); len(h.Items) != 0 {
			t.Errorf("after the handover %v still waits", h.Items)
		}
	})
}

func TestNobodyHandsOverForAnother(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		sharing(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, c.Ana.Person) })
		waiting := pending(t, s, c.Ines).Items
		for _, other := range []org.Actor{c.Ana, c.Tomas, c.Mira, c.Ada} {
			err := testkit.Fails(t, s, func(tx *db.Tx) error { return handover.Decide(tx, other, []db.ID{waiting[0].Share}) })
			if !errors.Is(err, problem.NotFound) {
				t.Errorf("%s hands over for Ines: %v, want not found", other.Name, err)
			}
		}
		if left := pending(t, s, c.Ines).Items; len(left) != len(waiting) {
			t.Errorf("%d of %d still wait", len(left), len(waiting))
		}
	})
}

func TestWithoutAManagerNothingCanBeHandedOverAndNothingIsLost(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		sharing(t, s, c)
		testkit.Do(t, s, func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, "") })
		waiting := pending(t, s, c.Ines)
		if waiting.Manager.ID != "" || len(waiting.Items) != 2 {
			t.Fatalf("waiting: %v under %q, want two under nobody", waiting.Items, waiting.Manager.Name)
		}
		var refused problem.Refused
		err := testkit.Fails(t, s, func(tx *db.Tx) error { return handover.Decide(tx, c.Ines, []db.ID{waiting.Items[0].Share}) })
		if !errors.As(err, &refused) {
			t.Errorf("got %v, want a refusal that says why", err)
		}
		if left := pending(t, s, c.Ines).Items; len(left) != 2 {
			t.Errorf("%d still wait, want both", len(left))
		}
	})
}
