package programme

import (
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Answer is what somebody says who decides.
type Answer struct {
	Yes   bool
	Words string
}

// Decide says yes or no to somebody who would like to take part. With a yes they have the seat, and the
// money is held, or they stand in line for one in the order in which they asked.
//
// Errors: problem.NotFound for who does not decide it, problem.Refused when it was answered or
// taken back meanwhile and where the budget has too little, problem.Invalid by field.
func Decide(tx *db.Tx, me org.Actor, id db.ID, in Answer) error {
	if me.Left {
		return youHaveLeft
	}
	place, err := decided(tx, me, id)
	if err != nil {
		return err
	}
	if place.State != Asked {
		return problem.Refused("This was answered, or taken back, meanwhile.")
	}
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "words", in.Words, mostWords)
	wrong.Check(in.Yes || in.Words != "", "words", "A line belongs to a no: why, and what would fit better.")
	if err := wrong.Err(); err != nil {
		return err
	}
	p, err := ByID(tx, me, place.Programme)
	if err != nil {
		return err
	}
	if p.Over() {
		return isOver
	}
	state, err := p.answered(tx, me, place, in.Yes)
	if err != nil {
		return err
	}
	var ended time.Time
	if state == Declined {
		ended = tx.Now()
	}
	if _, err := tx.Exec(`
		update programme_places set state = $1, decided_by_id = $2, decided_at = $3, words = $4, ended_at = $5
		where organisation_id = $6 and id = $7 and state = 'asked'`, string(state), me.Person, tx.Now(), in.Words, ended, me.Organisation, id); err != nil {
		return err
	}
	if err := happened(tx, me.Organisation, me.Person, "programme decided", p.ID, map[string]string{"place": string(id), "state": string(state)}); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, place.Person.Person, notice.Answered, placeThing(id), "")
}

// answered gives the seat that goes with a yes, with its money, where one is free and nobody stands in line.
func (p Programme) answered(tx *db.Tx, me org.Actor, place Place, yes bool) (PlaceState, error) {
	switch {
	case !yes:
		return Declined, nil
	case p.Free() == 0 || p.InLine > 0:
		return Waiting, nil
	}
	if err := p.reserve(tx, me, place.Person.Person); err != nil {
		return "", err
	}
	return Placed, p.takeSeat(tx, me.Organisation)
}

// reserve holds the money of a seat, in the name of whoever said yes to it.
func (p Programme) reserve(tx *db.Tx, approver org.Actor, whom db.ID) error {
	if p.Cost.Minor == 0 {
		return nil
	}
	switch over, err := budget.IsOver(tx, approver, p.Budget); {
	case err != nil:
		return err
	case over:
		return problem.Refused("The budget from which this is paid takes nothing new any more: it was closed, or its last day has passed. Whoever looks after the programme can choose another for it.")
	}
	_, err := budget.Reserve(tx, approver, p.Budget, budget.For{Thing: p.Thing(), Whom: whom}, p.Cost)
	return err
}

// deciders are who is told that somebody would like to take part: who posted it, or programme owners where
// that one has left or asks; who answers for the money where it costs some.
//
// Errors: problem.Refused where nobody could say yes.
func (p Programme) deciders(tx *db.Tx, me org.Actor) ([]db.ID, error) {
	var whom []db.ID
	var err error
	switch p.Decides {
	case Nobody:
		return nil, nil
	case Budget:
		whom, err = p.answersForMoney(tx, me)
	case Poster:
		if !p.answeredByOwners(me) {
			return []db.ID{p.PostedBy.Person}, nil
		}
		whom, err = owners(tx, me.Organisation, me.Person)
	}
	if err == nil && len(whom) == 0 {
		err = problem.Refused("Nobody is here at the moment who could say yes. Please tell a programme owner.")
	}
	return whom, err
}

// answeredByOwners tells whether programme owners answer somebody, since who posted it has left, or is that somebody.
func (p Programme) answeredByOwners(me org.Actor) bool {
	return p.Decides == Poster && (p.PosterLeft || p.PostedBy.Person == me.Person)
}

// owners are some who look after programmes, other than whoever wants something of them.
func owners(tx *db.Tx, organisation, but db.ID) ([]db.ID, error) {
	return db.List(tx, db.Scanned[db.ID], `
		select id from people where organisation_id = $1 and (programme_owner or administrator) and left_at is null and id <> $2
		order by case when programme_owner then 0 else 1 end, id limit 5`, organisation, but)
}

func (p Programme) answersForMoney(tx *db.Tx, me org.Actor) ([]db.ID, error) {
	line, err := budget.OfferByID(tx, me, me.Person, p.Budget)
	if err != nil {
		return nil, err
	}
	who, err := budget.Approver(tx, me, line, me.Person)
	if err != nil || who.Person == "" {
		return nil, err
	}
	return []db.ID{who.Person}, nil
}

func tellAll(tx *db.Tx, organisation db.ID, whom []db.ID, kind notice.Kind, place db.ID) error {
	for _, each := range whom {
		if err := notice.Tell(tx, organisation, each, kind, placeThing(place), ""); err != nil {
			return err
		}
	}
	return nil
}
