package round

import (
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Invite asks people to take part, each once.
//
// Errors: problem.NotFound for who runs no rounds, or a person who is not here.
func Invite(tx *db.Tx, me org.Actor, id db.ID, people ...db.ID) error {
	r, err := running(tx, me, id)
	if err != nil {
		return err
	}
	if r.State == Ended {
		return over
	}
	for _, each := range people {
		p, err := org.ByID(tx, me, each)
		if err != nil {
			return err
		}
		if !p.LeftAt.IsZero() {
			return problem.Refuse("%s has left the organisation.", p.Name)
		}
		if err := r.invite(tx, me, each); err != nil {
			return err
		}
	}
	return nil
}

func (r Round) invite(tx *db.Tx, me org.Actor, person db.ID) error {
	isNew, err := tx.Exec("insert into round_invitations (organisation_id, round_id, person_id, invited_at) values ($1, $2, $3, $4) on conflict do nothing",
		me.Organisation, r.ID, person, tx.Now())
	if err != nil || isNew == 0 || person == me.Person {
		return err
	}
	return notice.Tell(tx, me.Organisation, person, notice.Asked, event.Thing{Kind: "round", ID: r.ID}, "round "+string(r.ID))
}

// mostAtOnce is how many are invited in one act.
const mostAtOnce = 500

// InviteDepartment asks everybody of a department who was not asked yet, and says how many.
func InviteDepartment(tx *db.Tx, me org.Actor, id db.ID, department string) (int, error) {
	r, err := running(tx, me, id)
	if err != nil {
		return 0, err
	}
	if r.State == Ended {
		return 0, over
	}
	people, err := db.List(tx, db.Scanned[db.ID], `
		select p.id from people p where p.organisation_id = $1 and p.department = $2 and p.department <> '' and p.left_at is null
			and not exists (select 1 from round_invitations v where v.organisation_id = $1 and v.round_id = $3 and v.person_id = p.id)
		order by p.id limit `+strconv.Itoa(mostAtOnce), me.Organisation, department, id)
	if err != nil {
		return 0, err
	}
	if len(people) == 0 {
		return 0, problem.Invalid{"department": "Nobody is left to invite in a department of this name."}
	}
	for _, each := range people {
		if err := r.invite(tx, me, each); err != nil {
			return 0, err
		}
	}
	return len(people), nil
}
