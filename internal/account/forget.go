package account

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Forget ends all sessions of the account, which goes on without the actor's organisation. When
// no other organisation is left, the account and its addresses are removed.
func Forget(tx *db.Tx, me org.Actor) error {
	if me.Account == "" {
		return nil
	}
	tx.Tell(Ended)
	if _, err := tx.Exec("delete from sessions where account_id = $1", me.Account); err != nil {
		return err
	}
	of, err := membershipsOf(tx, me.Account)
	if err != nil {
		return err
	}
	for _, m := range of {
		if m.ID != me.Organisation {
			return nil
		}
	}
	for _, text := range []string{
		"update people set account_id = null where account_id = $1",
		"delete from sign_ins where purpose_account_id = $1 or address in (select address from addresses where account_id = $1)",
		"delete from quiet_addresses where address in (select address from addresses where account_id = $1)",
		"delete from bounced_addresses where address in (select address from addresses where account_id = $1)",
		"delete from addresses where account_id = $1",
		"delete from accounts where id = $1",
	} {
		if _, err := tx.Exec(text, me.Account); err != nil {
			return err
		}
	}
	return nil
}

// Selves are all that the actor's account ever was in the actor's organisation: who left and came
// back may have come back as another person.
func Selves(tx *db.Tx, me org.Actor) ([]org.Actor, error) {
	ids, err := db.List(tx, db.Scanned[db.ID], `
		select id from people where organisation_id = $1 and (id = $2 or account_id = $3)
		order by id`, me.Organisation, me.Person, me.Account)
	if err != nil {
		return nil, err
	}
	var all []org.Actor
	for _, id := range ids {
		self, err := org.UnscopedActor(tx, me.Organisation, id)
		if err != nil {
			return nil, err
		}
		all = append(all, self)
	}
	return all, nil
}
