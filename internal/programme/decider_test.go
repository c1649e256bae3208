package programme_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

func TestTextIsForWhoeverWasNamed(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		line := has(t, s, c, 500_00)
		id := posts(t, s, c.Ada, text(func(in *programme.Text) {
			in.Cost, in.Budget, in.Builds = money.Of(100_00, "EUR"), line, []programme.Skill{{Name: "Go", Level: 3}}
		}))
		place := signsUp(t, s, c.Ines, id, programme.SignUpInput{Hopes: "To speak up", Stated: []programme.Skill{{Level: 1}}})
		none := func(who org.Actor) {
			t.Helper()
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := programme.PlaceByID(tx, who, place); return err }); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s reads it: %v", who.Name, err)
			}
		}
		none(c.Tomas) // the second of the budget answers for what its owner wants alone
		if p := stands(t, s, c.Ana, place, programme.Asked); p.Hopes != "To speak up" || len(p.Stated) != 1 {
			t.Errorf("the owner of the budget, who was named, reads: %+v", p)
		}
		passed := func(want bool) {
			t.Helper()
			got := testkit.Read(t, s, func(tx *db.Tx) (bool, error) {
				p, err := programme.PlaceByID(tx, c.Ines, place)
				if err != nil {
					return false, err
				}
				if p.WrittenFor.Name != c.Ana.Name || p.Hopes != "To speak up" {
					t.Errorf("she reads %q, for %q", p.Hopes, p.WrittenFor.Name)
				}
				return programme.Passed(tx, c.Ines, p)
			})
			if got != want {
				t.Errorf("she is told that another answers: %v, want %v", got, want)
			}
		}
		passed(false)
		testkit.Do(t, s, func(tx *db.Tx) error {
			b, err := budget.ByID(tx, c.Ada, line)
			b.Owner = c.Ada.Self()
			return errors.Join(err, budget.Change(tx, c.Ada, line, b.Revision, b.Text))
		})
		passed(true)
		none(c.Ana)
		if p := stands(t, s, c.Ada, place, programme.Asked); p.Hopes != "" || len(p.Stated) != 0 || p.WrittenFor.Person != "" {
			t.Errorf("who made herself the one who answers reads: %+v", p)
		}
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Decide(tx, c.Ada, place, programme.Answer{Yes: true}) })
		if p := stands(t, s, c.Ada, place, programme.Placed); p.Hopes != "" || len(p.Stated) != 0 {
			t.Errorf("and after her answer: %+v", p)
		}
	})
}

func TestWhatIsToldWhereNobodyDecidesIsReadByThePoster(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		c := testkit.NewCompany(t, s, "weir.example")
		id := posts(t, s, c.Tomas, text(func(in *programme.Text) { in.Kind = programme.Project }))
		place := signsUp(t, s, c.Ines, id, programme.SignUpInput{Hopes: "To speak up"})
		testkit.Do(t, s, func(tx *db.Tx) error {
			return errors.Join(programme.Finish(tx, c.Ines, place), programme.LookBack(tx, c.Ines, place, programme.AtEnd, 0, programme.LookText{Learned: "To breathe"}))
		})
		none := func(who org.Actor) {
			t.Helper()
			if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := programme.PlaceByID(tx, who, place); return err }); !errors.Is(err, problem.NotFound) {
				t.Errorf("%s reads it: %v", who.Name, err)
			}
		}
		none(c.Tomas)
		testkit.Do(t, s, func(tx *db.Tx) error { return programme.Tell(tx, c.Ines, place, programme.AtEnd) })
		none(c.Ada)
		if p := stands(t, s, c.Tomas, place, programme.Done); p.Hopes != "" {
			t.Errorf("the poster reads %q", p.Hopes)
		}
		if got := testkit.Read(t, s, func(tx *db.Tx) ([]programme.Look, error) { return programme.Looks(tx, c.Tomas, place) }); len(got) != 1 {
			t.Errorf("the poster is told: %v", got)
		}
	})
}

func TestWhoGivesTheSeatsStaysOnceSomebodySignedUp(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	change := func(who org.Actor, id db.ID, to programme.Decides) error {
		return db.Do(t.Context(), s.DB, func(tx *db.Tx) error {
			p, err := programme.ByID(tx, who, id)
			p.Decides = to
			return errors.Join(err, programme.Change(tx, who, id, p.Revision, p.Text))
		})
	}
	id := posts(t, s, c.Tomas, text(func(in *programme.Text) { in.Kind, in.Decides = programme.Stretch, programme.Poster }))
	if err := change(c.Ada, id, programme.Nobody); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("a programme owner opens what somebody else posted to whoever comes first: %v", err)
	}
	if err := change(c.Tomas, id, programme.Nobody); err != nil {
		t.Error(err)
	}
	signsUp(t, s, c.Tomas, id)
	if err := change(c.Tomas, id, programme.Poster); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("who came to a seat in between sets it back: %v", err)
	}
	left := posts(t, s, c.Tomas, text(func(in *programme.Text) { in.Kind, in.Decides = programme.Stretch, programme.Poster }))
	testkit.Do(t, s, func(tx *db.Tx) error { return org.Leave(tx, c.Ada, c.Tomas.Person) })
	if err := change(c.Ada, left, programme.Nobody); !errors.As(err, new(problem.Invalid)) {
		t.Errorf("a programme owner, once its poster left: %v", err)
	}
}

func TestItsDaysBeginWhereTheOrganisationIs(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	far := c.Ada
	far.Zone = time.FixedZone("Far", 12*60*60)
	ends := civil.On(2027, time.January, 20)
	id := posts(t, s, c.Ada, text(func(in *programme.Text) { in.Ends = ends }))
	testkit.Do(t, s, func(tx *db.Tx) error {
		p, err := programme.ByID(tx, far, id)
		p.About = "Three days with a trainer."
		return errors.Join(err, programme.Change(tx, far, id, p.Revision, p.Text))
	})
	n := testkit.Read(t, s, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = $1 and organisation_id = $2", programme.DayJob, c.Organisation.ID)
	})
	if n != 1 {
		t.Errorf("its end waits %d times, want once", n)
	}
}
