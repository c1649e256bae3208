package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/testkit"
)

// TestWhatWasWrittenForOneIsReadByNobodyInstead lets a programme owner name herself owner of a budget from which a seat is
// asked: she comes to answer, and reads nothing of what was written for the one before her.
func TestWhatWasWrittenForOneIsReadByNobodyInstead(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	place := testkit.Write(t, s, func(tx *db.Tx) (db.ID, error) {
		line, err1 := budget.Make(tx, c.Ada, budget.Text{CostCentre: "4711", Year: 2027, Name: "Learning", Amount: money.Of(500_00, "EUR"), Owner: c.Ana.Self(), Second: c.Tomas.Self()})
		id, err2 := programme.Post(tx, c.Ada, programme.Text{Kind: programme.Course, Name: "Rigging", About: "Two days", Seats: 2, EffortIn: programme.Hours, Cost: money.Of(100_00, "EUR"), Budget: line.ID})
		err3 := programme.Turn(tx, c.Ada, id, programme.Open)
		p, err4 := programme.SignUp(tx, c.Ines, id, programme.SignUpInput{Hopes: "To climb"})
		return p.ID, errors.Join(err1, err2, err3, err4)
	})
	if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := programme.PlaceByID(tx, c.Tomas, place); return err }); !errors.Is(err, problem.NotFound) {
		t.Errorf("the second of a budget reads what was written for its owner: %v", err)
	}
	testkit.Do(t, s, func(tx *db.Tx) error {
		lines, err := budget.Offered(tx, c.Ada, c.Ines.Person, "EUR", "")
		if err != nil {
			return err
		}
		b, err := budget.ByID(tx, c.Ada, lines[0].ID)
		b.Owner = c.Ada.Self()
		return errors.Join(err, budget.Change(tx, c.Ada, b.ID, b.Revision, b.Text))
	})
	if p := testkit.Read(t, s, func(tx *db.Tx) (programme.Place, error) { return programme.PlaceByID(tx, c.Ada, place) }); p.Hopes != "" {
		t.Errorf("who came to answer instead reads %q", p.Hopes)
	}
}
