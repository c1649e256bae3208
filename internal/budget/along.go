package budget

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is money that was held for somebody, as they or whoever approved it take it along to another
// installation, where it is a record.
type Along struct {
	ID         db.ID       `json:"id"`
	Budget     string      `json:"budget"`
	Year       int64       `json:"year"`
	CostCentre string      `json:"cost_centre"`
	For        event.Thing `json:"for"`
	Whom       org.Key     `json:"whom"`
	By         org.Key     `json:"by"`
	Minor      int64       `json:"minor"` // in the smallest unit of the currency
	Currency   string      `json:"currency"`
	Until      civil.Date  `json:"until"`
	At         time.Time   `json:"at"`
	State      State       `json:"state"`
	Spent      int64       `json:"spent,omitempty"`
	EndedAt    time.Time   `json:"ended_at,omitzero"`
}

// TakeAlong is all that was held for the actor, and what they approved for others.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	return db.List(tx, func(row db.Row) (Along, error) {
		var a Along
		var whom, by org.Party
		err := row.Scan(&a.ID, &a.Budget, &a.Year, &a.CostCentre, &a.For.Kind, &a.For.ID, &whom.Person, &whom.Name, &by.Person, &by.Name,
			&a.Minor, &a.Currency, &a.Until, &a.At, &a.State, &a.Spent, &a.EndedAt)
		a.Whom, a.By = others.Key(whom), others.Key(by)
		return a, err
	}, `
		select r.id, b.name, b.year, b.cost_centre, r.thing_kind, r.thing_id, r.person_id, w.name, r.by_id, y.name,
			r.amount, b.currency, r.until, r.reserved_at, r.state, r.spent, r.ended_at`+fromReservations+`
		where r.organisation_id = $1 and `+told+` order by r.id`, me.Organisation, me.Person)
}

// Mine finds a reservation that the actor takes along from here.
func Mine(tx *db.Tx, me org.Actor, id db.ID) (Reservation, error) {
	return db.One(tx, scanReservation, selectReservation+" where r.organisation_id = $1 and "+told+" and r.id = $3", me.Organisation, me.Person, id)
}
