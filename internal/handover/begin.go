package handover

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// thing is the handover as something that can happen to: it has one page for its owner.
func thing(id db.ID) event.Thing { return event.Thing{Kind: "handover", ID: id} }

// LineEnded begins a handover where there is something to hand over: what the manager saw, what the two
// promised each other, or what they had planned. One that waits already goes on. It is the reaction to
// "line ended", before anybody else's: the notice of that day leads to the handover.
func LineEnded(tx *db.Tx, e event.Event) error {
	owner, manager := db.ID(e.Facts["person"]), db.ID(e.Facts["manager"])
	some, err := anything(tx, e.Organisation, e.Thing.ID, owner, manager)
	if err != nil || !some {
		return err
	}
	began, err := tx.Exec(`
		insert into handovers (organisation_id, id, owner_id, began_at) values ($1, $2, $3, $4) on conflict do nothing`,
		e.Organisation, e.Thing.ID, owner, e.At)
	if err != nil || began == 0 {
		return err
	}
	return notice.Tell(tx, e.Organisation, owner, notice.Asked, thing(e.Thing.ID), "")
}

func anything(tx *db.Tx, organisation, line, owner, manager db.ID) (bool, error) {
	var some int64
	err := tx.Get(`
		select count(*) from (
			select 1 as one from shares where organisation_id = $1 and owner_id = $3 and line_id = $2 and role = 'manager' and ended_at is null
			union all
			select 1 from cadences where organisation_id = $1 and line_id = $2 and state in ('proposed', 'standing', 'paused')
			union all
			select 1 from conversations where organisation_id = $1 and line_id = $2 and state in ('requested', 'agreed') and not brought_along
			union all
			select 1 from commitments where organisation_id = $1 and state = 'open' and not brought_along
				and (by_person_id = $3 and to_person_id = $4 or by_person_id = $4 and to_person_id = $3)) as found`,
		organisation, line, owner, manager).Scan(&some)
	return some > 0, err
}

// LineBegan tells the two of a new reporting line that a handover waits: once each, whoever else is moved in
// the same act. It is the reaction to "line began".
func LineBegan(tx *db.Tx, e event.Event) error {
	owner, manager := db.ID(e.Facts["person"]), db.ID(e.Facts["manager"])
	id, err := db.One(tx, db.Scanned[db.ID], `
		select id from handovers where organisation_id = $1 and owner_id = $2 and decided_at is null`, e.Organisation, owner)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := notice.Tell(tx, e.Organisation, owner, notice.Asked, thing(id), ""); err != nil {
		return err
	}
	return notice.Tell(tx, e.Organisation, manager, notice.Answered, event.Thing{Kind: "person", ID: owner}, "")
}

// PersonLeft ends what waits for the word of somebody who leaves: nothing of theirs is shown. It is the reaction
// to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec(`
		update handovers set decided_at = $1 where organisation_id = $2 and owner_id = $3 and decided_at is null`, e.At, e.Organisation, e.Thing.ID)
	return err
}

// Waits tells whether a handover waits for the actor's word.
func Waits(tx *db.Tx, me org.Actor) (bool, error) {
	var waiting int64
	err := tx.Get(`
		select count(*) from handovers where organisation_id = $1 and owner_id = $2 and decided_at is null`, me.Organisation, me.Person).Scan(&waiting)
	return waiting > 0, err
}

// Received is what a manager knows of the handover of somebody who reports to them.
type Received struct {
	Waits        bool      // for its owner's word: until then the manager sees nothing
	At           time.Time // when it was handed over to the actor
	Conversation db.ID     // the first meeting; empty: none was prepared
}

// From is the handover of somebody who reports to the actor: that it waits, or that it was handed over to
// them. Without either it says problem.NotFound.
func From(tx *db.Tx, me org.Actor, owner db.ID) (Received, error) {
	return db.One(tx, func(row db.Row) (Received, error) {
		var r Received
		err := row.Scan(&r.Waits, &r.At, &r.Conversation)
		return r, err
	}, `
		select h.decided_at is null, h.decided_at, h.conversation_id from handovers h
		join reporting_lines l on l.organisation_id = h.organisation_id and l.person_id = h.owner_id and l.manager_id = $2 and l.ended_at is null
		where h.organisation_id = $1 and h.owner_id = $3 and (h.decided_at is null or h.manager_id = $2 and h.decided_at >= l.began_at)
		order by h.began_at desc limit 1`, me.Organisation, me.Person, owner)
}

// Forget removes the actor's handovers.
func Forget(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from handovers where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}
