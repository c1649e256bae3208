package ask

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// mostHands is how often one sending can be handed on.
const mostHands = 20

// HandOn passes an ask from the one asked to another person, who then sees exactly what was
// sent; the actor sees it no longer. Its owner sees who has it. Where one said yes and it waits for
// a yes to the money, it is who answers for that that hands it on: the first yes stands.
//
// Errors: problem.NotFound, problem.Refused where it is not theirs to hand on, problem.Invalid by
// field.
func HandOn(tx *db.Tx, me org.Actor, id db.ID, to org.Party, note string) error {
	a, err := find(tx, me, id, toHandOn)
	if err != nil {
		return err
	}
	found, err := org.PartyFrom(tx, me, to.String())
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	note = short(wrong, "note", note, 1000)
	wrong.Check(found.Contact == "", "to", "An ask stays within the organisation. Choose a person here.")
	wrong.Check(!found.Is(me), "to", "It is with you. Choose somebody else.")
	wrong.Check(found.String() != a.Owner.String(), "to", found.Name+" is the one who asks.")
	if a.MoneyWaits {
		wrong.Check(found.String() != a.Whom.String(), "to", found.Name+" has said yes already. Choose who answers for the money.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := a.hand(tx, me, found, note); err != nil {
		return err
	}
	if !a.MoneyWaits {
		if err := a.remind(tx, me.Organisation, found); err != nil {
			return err
		}
	}
	return errors.Join(
		notice.Tell(tx, me.Organisation, found.Person, notice.Asked, a.Thing(), ""),
		notice.Tell(tx, me.Organisation, a.Owner.Person, notice.Answered, a.Thing(), ""))
}

// hand writes down who has it now, of the ask itself or of the money.
func (a Ask) hand(tx *db.Tx, me org.Actor, to org.Party, note string) error {
	var had int64
	if err := tx.Get("select count(*) from ask_hands where organisation_id = $1 and sending_id = $2", me.Organisation, a.Sending).Scan(&had); err != nil {
		return err
	}
	if had >= mostHands {
		return problem.Refuse("This was handed on %d times. Answer it, or tell %s that nobody does.", had, a.Owner.Name)
	}
	if err := db.Put(tx, "ask_hands", "organisation_id, id, sending_id, from_id, to_id, note, at, of_money",
		me.Organisation, tx.NewID(), a.Sending, me.Person, to.Person, note, tx.Now(), a.MoneyWaits); err != nil {
		return err
	}
	text := "update ask_sendings set with_person_id = $1 where organisation_id = $2 and id = $3"
	if a.MoneyWaits {
		text = "update ask_approvals set with_person_id = $1 where organisation_id = $2 and sending_id = $3 and ended_at is null"
	}
	if _, err := tx.Exec(text, to.Person, me.Organisation, a.Sending); err != nil {
		return err
	}
	return happened(tx, me, "ask handed on", a.ID, map[string]string{"to": string(to.Person)})
}
