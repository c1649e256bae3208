package handover_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/testkit"
)

func init() {
	event.React("line ended", handover.LineEnded)
	event.React("line began", handover.LineBegan)
	event.React("line ended", conversation.LineEnded)
	event.React("person left", handover.PersonLeft)
	event.React("person left", share.PersonLeft)
	event.React("person left", conversation.PersonLeft)
	event.React("commitment accepted", handover.TakenOver)
}

// a company in which Ines shows Tomás, her manager, a goal and a purpose, and Mira, by name, a goal.
type company struct {
	testkit.Company
	*testing.T
	s testkit.Store
}

func each(t *testing.T, do func(c company)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s testkit.Store) { with(t, s, do) })
}

// once is for what no engine can make different.
func once(t *testing.T, do func(c company)) {
	t.Helper()
	with(t, testkit.SQLite(t), do)
}

func with(t *testing.T, s testkit.Store, do func(c company)) {
	t.Helper()
	c := company{testkit.NewCompany(t, s, "weir.example"), t, s}
	c.do(func(tx *db.Tx) error {
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
	do(c)
}

func (c company) do(act func(tx *db.Tx) error) { c.Helper(); testkit.Do(c.T, c.s, act) }

func (c company) leads(manager db.ID) {
	c.Helper()
	c.do(func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Ines.Person, manager) })
}

func (c company) shownTo(viewer org.Actor) (goals, texts int) {
	shown := testkit.Read(c.T, c.s, func(tx *db.Tx) (plan.Shown, error) { return plan.Theirs(tx, viewer, c.Ines.Person) })
	return len(shown.Goals), len(shown.Texts)
}

func (c company) of(me org.Actor) handover.Handover {
	c.Helper()
	return testkit.Read(c.T, c.s, func(tx *db.Tx) (handover.Handover, error) { return handover.Of(tx, me) })
}

func (c company) decide(in handover.Decision) {
	c.Helper()
	c.do(func(tx *db.Tx) error { return handover.Decide(tx, c.Ines, in) })
}

// promises lets Tomás promise Ines something.
func (c company) promises(words string) db.ID {
	c.Helper()
	return testkit.Write(c.T, c.s, func(tx *db.Tx) (db.ID, error) {
		made, err := commitment.Make(tx, c.Tomas, org.Origin{}, commitment.Input{By: c.Tomas.Self(), To: c.Ines.Self(), Words: words, Due: civil.On(2027, 1, 15)})
		return made.ID, err
	})
}

func (c company) notices(of org.Actor) int64 {
	return testkit.Read(c.T, c.s, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'notice' and key like $1", "notice "+string(of.Person)+" %")
	})
}

func titles(items []handover.Item) (all []string) {
	for _, i := range items {
		all = append(all, i.Title)
	}
	slices.Sort(all)
	return all
}

func TestTheNewManagerSeesNothingUntilTheOwnerHasSaidSo(t *testing.T) {
	each(t, func(c company) {
		if h := c.of(c.Ines); h.ID != "" {
			c.Fatalf("before any change, %v waits", h.Items)
		}
		c.leads(c.Ana.Person)
		for _, viewer := range []org.Actor{c.Tomas, c.Ana} {
			if goals, texts := c.shownTo(viewer); goals+texts != 0 {
				c.Errorf("before the handover %s sees %d goals and %d texts", viewer.Name, goals, texts)
			}
		}
		h := c.of(c.Ines)
		if !slices.Equal(titles(h.Items), []string{"Lead a service", "Purpose"}) || h.Manager.ID != c.Ana.Person || len(h.Formers) != 1 || h.Formers[0].Person != c.Tomas.Person {
			c.Fatalf("waiting: %v from %v for %s", titles(h.Items), h.Formers, h.Manager.Name)
		}
		before := testkit.Read(c.T, c.s, func(tx *db.Tx) (handover.Received, error) { return handover.From(tx, c.Ana, c.Ines.Person) })
		if !before.Waits {
			c.Error("Ana is not told that a handover waits")
		}
		goal := h.Items[slices.IndexFunc(h.Items, func(i handover.Item) bool { return i.Kind == "goal" })]
		c.decide(handover.Decision{To: c.Ana.Person, Show: []db.ID{goal.Share}})
		for who, want := range map[*org.Actor]int{&c.Ana: 1, &c.Tomas: 0, &c.Mira: 1} {
			if goals, texts := c.shownTo(*who); goals != want || texts != 0 {
				c.Errorf("after the handover %s sees %d goals and %d texts, want %d and none", who.Name, goals, texts, want)
			}
		}
		if h := c.of(c.Ines); h.Waits || h.To != c.Ana.Person || len(h.Items) != 0 {
			c.Errorf("after the handover %v waits still", h)
		}
		for _, other := range []org.Actor{c.Tomas, c.Mira} {
			err := testkit.Fails(c.T, c.s, func(tx *db.Tx) error { _, err := handover.From(tx, other, c.Ines.Person); return err })
			if !errors.Is(err, problem.NotFound) {
				c.Errorf("%s is told of a handover that is not to them: %v", other.Name, err)
			}
		}
	})
}

func TestNobodyHandsOverForAnother(t *testing.T) {
	once(t, func(c company) {
		c.leads(c.Ana.Person)
		waiting := c.of(c.Ines).Items
		for _, other := range []org.Actor{c.Ana, c.Tomas, c.Mira, c.Ada} {
			err := testkit.Fails(c.T, c.s, func(tx *db.Tx) error {
				return handover.Decide(tx, other, handover.Decision{To: c.Ana.Person, Show: []db.ID{waiting[0].Share}})
			})
			if !errors.Is(err, problem.NotFound) {
				c.Errorf("%s hands over for Ines: %v, want not found", other.Name, err)
			}
		}
		if left := c.of(c.Ines).Items; len(left) != len(waiting) {
			c.Errorf("%d of %d still wait", len(left), len(waiting))
		}
	})
}

func TestWithoutAManagerNothingCanBeHandedOverAndNothingIsLost(t *testing.T) {
	once(t, func(c company) {
		c.leads("")
		waiting := c.of(c.Ines)
		if waiting.Manager.ID != "" || len(waiting.Items) != 2 {
			c.Fatalf("waiting: %v under %q, want two under nobody", waiting.Items, waiting.Manager.Name)
		}
		err := testkit.Fails(c.T, c.s, func(tx *db.Tx) error {
			return handover.Decide(tx, c.Ines, handover.Decision{Show: []db.ID{waiting.Items[0].Share}})
		})
		if !errors.As(err, new(problem.Refused)) {
			c.Errorf("got %v, want a refusal that says why", err)
		}
		c.leads(c.Ana.Person)
		if h := c.of(c.Ines); len(h.Items) != 2 || h.Manager.ID != c.Ana.Person {
			c.Errorf("under a new manager later, %v wait", h.Items)
		}
		c.leads("")
		c.decide(handover.Decision{}) // nobody follows: all of it stays with her
		c.leads(c.Ana.Person)
		if h := c.of(c.Ines); h.Waits {
			c.Error("what was kept for good waits again")
		}
	})
}

func TestWhoeverLeadsAtTheMomentOfTheWordIsTheOneThatTheOwnerSaw(t *testing.T) {
	each(t, func(c company) {
		c.leads(c.Ana.Person)
		h := c.of(c.Ines)
		c.leads(c.Mira.Person)
		err := testkit.Fails(c.T, c.s, func(tx *db.Tx) error {
			return handover.Decide(tx, c.Ines, handover.Decision{To: c.Ana.Person, Show: []db.ID{h.Items[0].Share}})
		})
		if !errors.As(err, new(problem.Refused)) {
			c.Errorf("meant for Ana, shown to Mira: %v", err)
		}
		again := c.of(c.Ines) // two changes before she looked are one handover
		if again.ID != h.ID || len(again.Items) != 2 || len(again.Formers) != 2 || again.Manager.ID != c.Mira.Person {
			c.Errorf("after two changes: %v from %v for %s", again.Items, again.Formers, again.Manager.Name)
		}
	})
}

func TestBackToTheFormerManagerIsANewBeginning(t *testing.T) {
	once(t, func(c company) {
		c.promises("Introduce you to the harbour")
		c.leads(c.Ana.Person)
		c.leads(c.Tomas.Person)
		if goals, texts := c.shownTo(c.Tomas); goals+texts != 0 {
			c.Errorf("back, Tomás sees %d goals and %d texts unasked", goals, texts)
		}
		h := c.of(c.Ines)
		if len(h.Items) != 2 || h.Manager.ID != c.Tomas.Person || len(h.Theirs) != 0 {
			c.Fatalf("waiting: %v, promises %v", h.Items, h.Theirs)
		}
		c.decide(handover.Decision{To: c.Tomas.Person, Show: []db.ID{h.Items[0].Share, h.Items[1].Share}})
		if goals, texts := c.shownTo(c.Tomas); goals+texts != 2 {
			c.Errorf("told, he sees %d goals and %d texts", goals, texts)
		}
	})
}

func TestAManagerWhoLeavesLeavesAHandover(t *testing.T) {
	each(t, func(c company) {
		made := c.promises("Introduce you to the harbour")
		c.do(func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
		c.leads(c.Ana.Person)
		h := c.of(c.Ines)
		if len(h.Items) != 2 || len(h.Theirs) != 1 || !h.Formers[0].Left {
			c.Fatalf("waiting: %v, promises %v", h.Items, h.Theirs)
		}
		c.decide(handover.Decision{To: c.Ana.Person, Promises: []handover.Choice{{Promise: made, Becomes: handover.TakeOver}}})
		if asked := c.of(c.Ines).Theirs[0].Asked; !asked.Is(c.Ana) {
			c.Errorf("asked: %v, want Ana at once, for Tomás can agree to nothing", asked)
		}
	})
}

func TestWhoHasNothingToHandOverIsLeftInPeace(t *testing.T) {
	once(t, func(c company) {
		c.do(func(tx *db.Tx) error { return org.SetManager(tx, c.Ada, c.Joel.Person, c.Mira.Person) })
		if h := c.of(c.Joel); h.ID != "" || c.notices(c.Joel)+c.notices(c.Mira) != 0 {
			c.Errorf("%v waits for Joel, %d and %d notices", h, c.notices(c.Joel), c.notices(c.Mira))
		}
	})
}
