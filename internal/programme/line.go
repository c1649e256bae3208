package programme

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// LapseJob is the kind of the jobs that pass on a seat that was offered and not answered.
const LapseJob = "programme seat lapse"

// Accept says yes to a seat that was offered.
func Accept(tx *db.Tx, me org.Actor, id db.ID) error {
	place, err := own(tx, me, id)
	if err != nil {
		return err
	}
	if place.State != Offered {
		return problem.Refused("No seat is kept for you here at present.")
	}
	if _, err := tx.Exec("update programme_places set state = 'placed', answer_by = null where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me.Organisation, me.Person, "programme accepted", place.Programme, map[string]string{"place": string(id)})
}

// freeSeat gives a seat back, with its money, and offers it to the next in line.
func freeSeat(tx *db.Tx, organisation db.ID, from Place) error {
	if err := budget.ReleaseFor(tx, organisation, thing(from.Programme), from.Person.Person); err != nil {
		return err
	}
	if _, err := tx.Exec("update programmes set taken = taken - 1, freed = freed + 1 where organisation_id = $1 and id = $2", organisation, from.Programme); err != nil {
		return err
	}
	return offerSeats(tx, organisation, from.Programme)
}

// offerSeats offers the free seats of a programme to those in line, in its order, each with a time to say
// yes. Whose money is no longer there is put before whoever answers for it once more.
func offerSeats(tx *db.Tx, organisation, id db.ID) error {
	p, err := unscopedByID(tx, organisation, id)
	if err != nil || p.Over() || p.State == Draft || p.InLine == 0 {
		return err
	}
	for p.Free() > 0 {
		line, err := inLine(tx, organisation, id, min(p.Free(), 50))
		if err != nil || len(line) == 0 {
			return err
		}
		for _, next := range line {
			held, err := p.holdsMoney(tx, organisation, next)
			if err == nil && held {
				p.Taken++
				err = p.offer(tx, organisation, next)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// inLine are the first in line.
func inLine(tx *db.Tx, organisation, id db.ID, most int64) ([]Place, error) {
	return db.List(tx, func(row db.Row) (Place, error) {
		p := Place{Programme: id, State: Waiting}
		err := row.Scan(&p.ID, &p.Person.Person, &p.DecidedBy.Person)
		return p, err
	}, `
		select id, person_id, decided_by_id from programme_places
		where organisation_id = $1 and programme_id = $2 and state = 'waiting'
		order by asked_at, id limit $3`, organisation, id, most)
}

// holdsMoney holds the money of a seat for the next in line. Where it cannot be, whoever answers for it is asked anew.
func (p Programme) holdsMoney(tx *db.Tx, organisation db.ID, next Place) (bool, error) {
	if p.Cost.Minor == 0 {
		return true, nil
	}
	approver, err := org.UnscopedActor(tx, organisation, next.DecidedBy.Person)
	if err != nil {
		return false, err
	}
	if err = p.reserve(tx, approver, next.Person.Person); err == nil {
		return true, nil
	}
	if unlessSaid(err) != nil {
		return false, err
	}
	if _, err := tx.Exec("update programme_places set state = 'asked', decided_by_id = null, decided_at = null, words = '' where organisation_id = $1 and id = $2", organisation, next.ID); err != nil {
		return false, err
	}
	return false, p.asks(tx, organisation, next)
}

// asks puts somebody who would like to take part before whoever can say yes by now.
func (p Programme) asks(tx *db.Tx, organisation db.ID, place Place) error {
	who, err := org.UnscopedActor(tx, organisation, place.Person.Person)
	if err != nil {
		return err
	}
	whom, err := p.deciders(tx, who)
	if err != nil {
		return unlessSaid(err)
	}
	return tellAll(tx, organisation, whom, notice.Asked, place.ID)
}

// asksAnew puts all who wait for an answer before whoever can give it, now that another budget pays.
func asksAnew(tx *db.Tx, me org.Actor, id db.ID) error {
	p, err := unscopedByID(tx, me.Organisation, id)
	if err != nil {
		return err
	}
	waiting, err := db.List(tx, scanBare, selectBare+" and programme_id = $2 and state = 'asked' order by asked_at, id", me.Organisation, id)
	if err != nil {
		return err
	}
	for _, each := range waiting {
		if err := p.asks(tx, me.Organisation, each); err != nil {
			return err
		}
	}
	return nil
}

// offer keeps a seat for somebody in line.
func (p Programme) offer(tx *db.Tx, organisation db.ID, next Place) error {
	if err := p.takeSeat(tx, organisation); err != nil {
		return err
	}
	by := p.answerBy(tx.Now())
	if _, err := tx.Exec("update programme_places set state = 'offered', answer_by = $1 where organisation_id = $2 and id = $3", by, organisation, next.ID); err != nil {
		return err
	}
	if err := happened(tx, organisation, "", "programme offered", p.ID, map[string]string{"place": string(next.ID)}); err != nil {
		return err
	}
	if err := job.Enqueue(tx, LapseJob, string(next.ID)+" "+by.Format(time.RFC3339Nano), by, job.Args{"organisation": organisation, "place": next.ID}); err != nil {
		return err
	}
	return notice.Tell(tx, organisation, next.Person.Person, notice.Proposed, placeThing(next.ID), string(next.ID)+" offered "+by.Format(time.RFC3339Nano))
}

// answerBy is until when a seat is kept: some days, less where it begins soon, and one at least.
func (p Programme) answerBy(now time.Time) time.Time {
	by := now.Add(answerWithin)
	if !p.Begins.IsZero() && p.Begins.Time().Before(by) {
		by = p.Begins.Time()
	}
	if least := now.Add(24 * time.Hour); by.Before(least) {
		by = least
	}
	return by
}

// Lapse does the jobs of the kind LapseJob.
func Lapse(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		organisation := args["organisation"]
		p := Place{ID: args["place"], State: Offered}
		err := tx.Get("select programme_id, person_id from programme_places where organisation_id = $1 and id = $2 and state = 'offered' and answer_by <= $3",
			organisation, p.ID, tx.Now()).Scan(&p.Programme, &p.Person.Person)
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := happened(tx, organisation, "", "programme lapsed", p.Programme, map[string]string{"place": string(p.ID)}); err != nil {
			return err
		}
		if err := notice.Tell(tx, organisation, p.Person.Person, notice.Answered, p.Thing(), string(p.ID)+" lapsed"); err != nil {
			return err
		}
		return p.leaves(tx, organisation, Lapsed)
	})
}

// PersonLeft gives up the seats of somebody who leaves, and puts before programme owners who waits for an answer
// of theirs. It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	all, err := db.List(tx, scanBare, selectBare+" and person_id = $2 and ended_at is null order by id", e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, p := range all {
		if err := p.leaves(tx, e.Organisation, Withdrawn); err != nil {
			return err
		}
	}
	waiting, err := db.List(tx, scanBare, selectBare+` and state = 'asked' and waits_for = '' and programme_id in (
		select id from programmes where organisation_id = $1 and posted_by_id = $2 and decides = 'poster' and ended_at is null) order by id`, e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, p := range waiting {
		if err := p.passToOwners(tx, e.Organisation); err != nil {
			return err
		}
	}
	return nil
}

// passToOwners puts somebody who waits for an answer before programme owners.
func (p Place) passToOwners(tx *db.Tx, organisation db.ID) error {
	if _, err := tx.Exec("update programme_places set waits_for = $1 where organisation_id = $2 and id = $3", programmeOwners, organisation, p.ID); err != nil {
		return err
	}
	whom, err := owners(tx, organisation, p.Person.Person)
	if err != nil {
		return err
	}
	return tellAll(tx, organisation, whom, notice.Asked, p.ID)
}

const selectBare = "select id, programme_id, person_id, state from programme_places where organisation_id = $1"

func scanBare(row db.Row) (Place, error) {
	var p Place
	err := row.Scan(&p.ID, &p.Programme, &p.Person.Person, &p.State)
	return p, err
}
