package budget_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func aSeat(n string, whom org.Actor) budget.For {
	return budget.For{Thing: event.Thing{Kind: "programme", ID: db.ID(n)}, Whom: whom.Person}
}

// Money of a seat has no day of its own: a programme that is put off for a year keeps it, and whoever approved it puts the figure
// right once it was spent.
func TestMoneyOfASeatIsHeldAsLongAsTheSeat(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		l := line(t, s, c.Ada, text(c.Ana, 1000))
		seat := aSeat("a", c.Ines)
		r, err := reserve(t, s, c.Ana, l.ID, seat, euro(300))
		if err != nil || !r.ForSeat {
			t.Fatalf("%+v, %v", r, err)
		}
		if _, err := reserve(t, s, c.Ana, l.ID, anAsk("b", c.Ines), euro(200)); err != nil {
			t.Fatal(err)
		}
		kinds := map[string]job.Do{budget.LapseJob: budget.Lapse, budget.RemindJob: budget.SendReminder}
		s.Clock.MoveDays(500)
		if _, err := job.NewRunner(s.DB, slog.New(slog.DiscardHandler), kinds).RunDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		stands(t, lineNow(t, s, c.Ana, l.ID), 300, 0, 700) // what was for the ask went back
		for what, act := range map[string]func(tx *db.Tx) error{
			"who it is for spends it":    func(tx *db.Tx) error { return budget.Spend(tx, c.Ines, r.ID, euro(1)) },
			"who approved it spends it":  func(tx *db.Tx) error { return budget.Spend(tx, c.Ana, r.ID, euro(1)) },
			"who approved it returns it": func(tx *db.Tx) error { return budget.Release(tx, c.Ana, r.ID) },
			"who approved it gives it a day": func(tx *db.Tx) error {
				return budget.HoldUntil(tx, c.Ana, r.ID, civil.In(tx.Now(), time.UTC).AddDays(3))
			},
			"who it is for returns it by itself": func(tx *db.Tx) error { return budget.Release(tx, c.Ines, r.ID) },
		} {
			if err := testkit.Fails(t, s, act); !refused(err) || !strings.Contains(err.Error(), "follows it") {
				t.Errorf("%s: %v", what, err)
			}
		}
		testkit.Do(t, s, func(tx *db.Tx) error {
			return budget.SpendFor(tx, c.Organisation.ID, c.Ines.Person, seat.Thing, c.Ines.Person, euro(300))
		})
		stands(t, lineNow(t, s, c.Ana, l.ID), 0, 300, 700)
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { return budget.Spend(tx, c.Ines, r.ID, euro(250)) }); !refused(err) {
			t.Errorf("who had the seat puts the figure right: %v, want a refusal", err)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return budget.Spend(tx, c.Ana, r.ID, euro(250)) })
		stands(t, lineNow(t, s, c.Ana, l.ID), 0, 250, 750)
	})
}

func TestNothingNewIsReservedOfALineThatIsOver(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	l := line(t, s, c.Ada, text(c.Ana, 1000))
	isOver := func(want bool) {
		t.Helper()
		if got := testkit.Read(t, s, func(tx *db.Tx) (bool, error) { return budget.IsOver(tx, c.Ana, l.ID) }); got != want {
			t.Errorf("it is over: %v, want %v", got, want)
		}
	}
	s.Clock.Move(l.LastDay.At(12, 0, time.UTC).Sub(s.DB.Now()))
	isOver(false)
	if _, err := reserve(t, s, c.Ana, l.ID, anAsk("a", c.Ines), euro(100)); err != nil {
		t.Errorf("on its last day: %v", err)
	}
	s.Clock.MoveDays(1)
	isOver(true)
	for name, what := range map[string]budget.For{"an ask": anAsk("b", c.Ines), "a seat": aSeat("c", c.Ines)} {
		if _, err := reserve(t, s, c.Ana, l.ID, what, euro(100)); !refused(err) || !strings.Contains(err.Error(), "ended on") {
			t.Errorf("%s, the day after: %v, want a refusal with the day", name, err)
		}
	}
	stands(t, lineNow(t, s, c.Ana, l.ID), 100, 0, 900)
}

// However much returns to a line at once, whoever answers for it is told once, of the line where it is more than one thing.
func TestWhatReturnsIsToldOnce(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	several := line(t, s, c.Ada, text(c.Ana, 1000))
	in := text(c.Ana, 1000)
	in.CostCentre = "4712"
	one := line(t, s, c.Ada, in)
	for n, of := range map[string]db.ID{"a": several.ID, "b": several.ID, "c": one.ID} {
		if _, err := reserve(t, s, c.Ana, of, anAsk(n, c.Ines), euro(100)); err != nil {
			t.Fatal(err)
		}
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		return budget.PersonLeft(tx, event.Event{Organisation: c.Organisation.ID, Thing: event.Thing{Kind: "person", ID: c.Ines.Person}})
	})
	stands(t, lineNow(t, s, c.Ana, several.ID), 0, 0, 1000)
	stands(t, lineNow(t, s, c.Ana, one.ID), 0, 0, 1000)
	told := map[string]int{}
	for kind, of := range map[string]db.ID{"budget": c.Ana.Person, "reservation": c.Ana.Person, "": c.Ines.Person} {
		told[kind] = int(testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
			return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'notice' and organisation_id = $1 and args like $2 and args like $3",
				c.Organisation.ID, "%"+string(of)+"%", `%"thing_kind":"`+kind+"%")
		}))
	}
	if told["budget"] != 1 || told["reservation"] != 1 || told[""] != 0 {
		t.Errorf("told of lines, of single sums, and whom it was for: %v", told)
	}
}
