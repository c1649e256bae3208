package invitation

import (
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Wanted tells whether the actor wants invitations: yes, until they turn them off.
func Wanted(tx *db.Tx, me org.Actor) (bool, error) {
	var off int64
	err := tx.Get("select count(*) from uninvited where organisation_id = $1 and person_id = $2", me.Organisation, me.Person).Scan(&off)
	return off == 0, err
}

// Choose turns invitations on or off for the actor. Turned on, what is agreed and still to come is invited to at once.
// Turned off, what stands in the calendar stays there until it changes, and goes with the change.
func Choose(tx *db.Tx, me org.Actor, wanted bool) error {
	if me.Left || me.Person == "" {
		return problem.NotFound
	}
	was, err := Wanted(tx, me)
	if err != nil || was == wanted {
		return err
	}
	if !wanted {
		return turnOff(tx, me.Organisation, me.Person)
	}
	if _, err := tx.Exec("delete from uninvited where organisation_id = $1 and person_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	coming, err := conversation.Coming(tx, me)
	if err != nil {
		return err
	}
	for _, c := range coming {
		if !c.Stands() {
			continue
		}
		if err := follow(tx, me.Organisation, me.Person, "", c.ID); err != nil {
			return err
		}
	}
	return nil
}

func turnOff(tx *db.Tx, organisation, person db.ID) error {
	_, err := tx.Exec(`
		insert into uninvited (organisation_id, person_id, since) values ($1, $2, $3)
		on conflict (organisation_id, person_id) do nothing`, organisation, person, tx.Now())
	return err
}

// TurnOff turns invitations off for a person who does not sign in for it: the link in their mail says who they are.
func TurnOff(tx *db.Tx, what mail.Off) error {
	if _, err := org.UnscopedActor(tx, what.Organisation, what.Receiver); err != nil {
		return err
	}
	return turnOff(tx, what.Organisation, what.Receiver)
}
