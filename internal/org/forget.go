package org

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// FormerMember is what remains of a person whose account was deleted, where others agreed
// something with them.
const FormerMember = "Former member"

// MayGo refuses to let the last administrator go while others are here.
func MayGo(tx *db.Tx, me Actor) error {
	var others, administrators int64
	err := tx.Get(`
		select count(*), count(case when administrator then 1 end) from people
		where organisation_id = $1 and id <> $2 and left_at is null`, me.Organisation, me.Person).Scan(&others, &administrators)
	if err == nil && me.Administrator && !me.Left && administrators == 0 && others > 0 {
		err = problem.Refused("Somebody has to look after this organisation. Appoint another administrator first.")
	}
	return err
}

// GoForGood takes the actor out of their organisation, as Leave does, on their own word. Who has
// left already is not asked again.
func GoForGood(tx *db.Tx, me Actor) error {
	p, err := Me(tx, me)
	if err != nil || !p.LeftAt.IsZero() {
		return err
	}
	return leave(tx, me, me.Person)
}

// Forget blanks all that the organisation said of the actor, who has left, and removes their
// contacts. Nothing may refer to those any more.
func Forget(tx *db.Tx, me Actor) error {
	if err := tx.ExecEach([]string{
		"delete from contacts where organisation_id = $1 and owner_id = $2",
		"delete from links where organisation_id = $1 and made_by_id = $2",
		"delete from sent_files where organisation_id = $1 and by_id = $2",
	}, me.Organisation, me.Person); err != nil {
		return err
	}
	_, err := tx.Exec(`
		update people set account_id = null, name = $1, name_key = $2, first_name = '', email = '', account_name = '', employee_number = '',
			external_id = '', job_title = '', level = '', department = '', location = '', employment = '', time_zone = 'UTC',
			started_on = null, administrator = $3, programme_owner = $3, imported = '{}', forgotten_at = $4, revision = revision + 1
		where organisation_id = $5 and id = $6`,
		FormerMember, Fold(FormerMember), false, tx.Now(), me.Organisation, me.Person)
	return err
}

// Forgotten tells whether the person has deleted their account; so has who is not there at all.
func Forgotten(tx *db.Tx, organisation, person db.ID) (bool, error) {
	var remembered int64
	err := tx.Get(`
		select count(*) from people where organisation_id = $1 and id = $2 and forgotten_at is null`, organisation, person).Scan(&remembered)
	return remembered == 0, err
}

// RemoveAlone removes the organisation of one person, who was its only one and is forgotten, with
// the last traces of it. It does nothing for any other organisation.
func RemoveAlone(tx *db.Tx, me Actor) error {
	o, err := Of(tx, me)
	if err != nil || !o.Alone {
		return err
	}
	var others int64
	if err := tx.Get("select count(*) from people where organisation_id = $1 and id <> $2", o.ID, me.Person).Scan(&others); err != nil || others > 0 {
		return err
	}
	for _, text := range []string{
		"delete from links where organisation_id = $1",
		"delete from events where organisation_id = $1",
		"delete from people where organisation_id = $1",
		"delete from organisations where id = $1",
	} {
		if _, err := tx.Exec(text, o.ID); err != nil {
			return err
		}
	}
	return nil
}
