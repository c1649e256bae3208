package demo

import (
	"errors"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
)

// drawn from a budget: the money of a yes.
type drawnMoney struct {
	Line  string `yaml:"line"`
	Spent string `yaml:"spent"` // in euros; none: it is still held
	On    day    `yaml:"on"`    // when that was
}

// lines are the budgets of the year, by the label that stories call them by.
var lines = []struct{ label, centre, name, amount, owner, second string }{
	{"hill", "Hill 4120", "Learning and tools, Drives", "24000", "claudio", "elettra"},
	{"ropes", "Hill 4140", "Benches and tools, Ropes", "18500", "elettra", "claudio"},
	{"interiors", "Hill 4160", "Learning, Carriages", "6400", "folasade", "claudio"},
	{"drawings", "Hill 4110", "Borings and models, Design", "21000", "claudio", ""},
	{"house", "House 1000", "Courses for everybody", "9000", "wanjiru", "claudio"},
}

// budgets lets the administrator write down what there is in the year.
func (t *telling) budgets() {
	t.does("wanjiru", t.when(-330, afternoon, "wanjiru"), "budgets", func(tx *db.Tx, me org.Actor) error {
		for _, one := range lines {
			minor, err := money.Parse(one.amount, "EUR")
			if err != nil {
				return err
			}
			in := budget.Text{CostCentre: one.centre, Year: int64(t.today.Year()), Name: one.name, Amount: money.Of(minor, "EUR"), Owner: t.party(one.owner)}
			if one.second != "" {
				in.Second = t.party(one.second)
			}
			l, err := budget.Make(tx, me, in)
			if err != nil {
				return err
			}
			t.name("budgets", one.label, l.Thing())
		}
		return nil
	})
}

// budget is the line of that label; none without one.
func (t *telling) budget(label string) (db.ID, error) {
	thing, err := t.thing("budgets", label)
	return thing.ID, err
}

// spends lets who asked say what was spent of what they were granted.
func (t *telling) spends(of, what string, id *db.ID, d drawnMoney) {
	if d.Spent == "" {
		return
	}
	t.does(of, t.when(d.On, evening, of), what+" spent", func(tx *db.Tx, me org.Actor) error {
		minor, err := money.Parse(d.Spent, "EUR")
		if err != nil {
			return err
		}
		r, err := budget.ReservationFor(tx, me, event.Thing{Kind: "ask", ID: *id}, me.Person)
		return errors.Join(err, budget.Spend(tx, me, r.ID, money.Of(minor, "EUR")))
	})
}
