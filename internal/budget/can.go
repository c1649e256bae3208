package budget

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Manages tells whether the actor looks after budgets: makes, changes and closes them. Programme owners
// and administrators do.
func Manages(me org.Actor) bool { return me.KeepsProgrammes() && me.Person != "" }

// seen narrows lines to those that the actor sees: $1 the organisation, $2 the actor, $3 whether they
// look after budgets. Others see the lines that they answer for.
const seen = "b.organisation_id = $1 and ($3 or b.owner_id = $2 or b.second_id = $2)"

// reservationSeen narrows reservations to those that the actor sees: $1 the organisation, $2 the actor.
// Whoever it is for, whoever approved it, and who answers for the line.
const reservationSeen = "r.organisation_id = $1 and (r.person_id = $2 or r.by_id = $2 or b.owner_id = $2 or b.second_id = $2)"

// told tells whether the actor is told what a reservation is for, and whom: they are it, or approved it.
const told = "(r.person_id = $2 or r.by_id = $2)"

// approves narrows lines to those for which the actor may say yes to what somebody else wants: $1 the
// organisation, $2 the actor, $3 who wants it. Who answers for the line, and for what its owner wants the
// second one, or the owner's manager where no second one is named. Nobody does for themselves.
const approves = `b.organisation_id = $1 and $2 <> $3 and (b.owner_id = $2 or b.second_id = $2
	or b.owner_id = $3 and b.second_id is null and exists (select 1 from reporting_lines l
		where l.organisation_id = $1 and l.person_id = $3 and l.manager_id = $2 and l.ended_at is null))`

const (
	youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")
	ownMoney    = problem.Refused("Nobody says yes to money for themselves. Somebody else who answers for this budget can.")
)

// toManage finds a line for whoever looks after budgets.
func toManage(tx *db.Tx, me org.Actor, id db.ID) (Line, error) {
	if !Manages(me) {
		return Line{}, problem.NotFound
	}
	return ByID(tx, me, id)
}

// toApprove finds a line for saying yes to what somebody wants.
func toApprove(tx *db.Tx, me org.Actor, id, whom db.ID) (Line, error) {
	switch {
	case me.Left:
		return Line{}, youHaveLeft
	case me.Person == "" || whom == "":
		return Line{}, problem.NotFound
	case me.Person == whom:
		return Line{}, ownMoney
	}
	return db.One(tx, scanLine, selectLine+" where "+approves+" and b.id = $4", me.Organisation, me.Person, whom, id)
}

// MayApprove tells whether the actor may say yes to what somebody wants of a line.
func MayApprove(tx *db.Tx, me org.Actor, line, whom db.ID) (bool, error) {
	if me.Left {
		return false, nil
	}
	return PersonMayApprove(tx, me.Organisation, me.Person, line, whom)
}

// MayApproveFor is MayApprove for what is held already: to more of it, or for longer.
func MayApproveFor(tx *db.Tx, me org.Actor, r Reservation) (bool, error) {
	whole, err := unscopedReservation(tx, me.Organisation, r.ID)
	if err != nil {
		return false, err
	}
	return MayApprove(tx, me, whole.Line, whole.Whom.Person)
}

// PersonMayApprove is MayApprove for somebody who is to be asked.
func PersonMayApprove(tx *db.Tx, organisation, person, line, whom db.ID) (bool, error) {
	if person == "" || whom == "" {
		return false, nil
	}
	var n int64
	err := tx.Get("select count(*) from budgets b where "+approves+" and b.id = $4", organisation, person, whom, line).Scan(&n)
	return n > 0, err
}
