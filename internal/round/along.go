package round

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is what somebody stated for a round, as they take it along to another installation, where it is a
// record.
type Along struct {
	ID       db.ID        `json:"id"`
	Round    string       `json:"round"`
	Side     Side         `json:"side"`
	Aim      string       `json:"aim,omitempty"`
	Skills   []AlongSkill `json:"skills,omitempty"`
	Langs    []string     `json:"languages,omitempty"`
	Places   int64        `json:"places,omitempty"`
	Wishes   []org.Key    `json:"wishes,omitempty"`
	SignedAt time.Time    `json:"signed_at"`
}

// AlongSkill is a skill with the level that was stated.
type AlongSkill struct {
	Name  string `json:"name"`
	Level int64  `json:"level"`
}

// TakeAlong is what the actor stated for rounds.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	type one struct {
		id   db.ID
		name string
	}
	rounds, err := db.List(tx, func(row db.Row) (one, error) {
		var o one
		err := row.Scan(&o.id, &o.name)
		return o, err
	}, `
		select distinct r.id, r.name from rounds r
		join round_sign_ups s on s.organisation_id = r.organisation_id and s.round_id = r.id
		where s.organisation_id = $1 and s.person_id = $2 order by r.id`, me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	var all []Along
	for _, r := range rounds {
		mine, err := mySignUps(tx, me, r.id)
		if err != nil {
			return nil, err
		}
		for _, s := range mine {
			a := Along{ID: s.ID, Round: r.name, Side: s.Side, Aim: s.Aim, Langs: s.Languages, Places: s.Places, SignedAt: s.At}
			for _, k := range s.Skills {
				a.Skills = append(a.Skills, AlongSkill{k.Name, k.Level})
			}
			for n, id := range s.Wishes {
				a.Wishes = append(a.Wishes, others.Key(org.Party{Person: id, Name: s.Names[n]}))
			}
			all = append(all, a)
		}
	}
	return all, nil
}

// Known finds a sign-up of the actor's by its id.
func Known(tx *db.Tx, me org.Actor, id db.ID) (db.ID, error) {
	return db.One(tx, db.Scanned[db.ID], "select id from round_sign_ups where organisation_id = $1 and person_id = $2 and id = $3", me.Organisation, me.Person, id)
}

// Forget removes what the actor stated for rounds, and what was made of it. Whom they had stays with the other.
func Forget(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec(`
		update round_variants set crowds = '[]'
		where organisation_id = $1 and round_id in (select round_id from round_sign_ups where organisation_id = $1 and person_id = $2)`, me.Organisation, me.Person); err != nil {
		return err
	}
	return tx.ExecEach([]string{
		"delete from round_changes where organisation_id = $1 and (mentee_id = $2 or mentor_id = $2)",
		"delete from round_results where organisation_id = $1 and (mentee_id = $2 or mentor_id = $2) and place_id is null",
		"delete from round_wishes where organisation_id = $1 and (person_id = $2 or wish_id = $2)",
		"delete from round_skills where organisation_id = $1 and person_id = $2",
		"delete from round_sign_ups where organisation_id = $1 and person_id = $2",
		"delete from round_invitations where organisation_id = $1 and person_id = $2",
	}, me.Organisation, me.Person)
}

// PersonLeft works out anew, in rounds that are published, who gets whom without somebody who leaves. It is the
// reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	organisation, person := e.Organisation, e.Thing.ID
	rounds, err := db.List(tx, db.Scanned[db.ID], `
		select distinct r.id from rounds r join round_sign_ups s on s.organisation_id = r.organisation_id and s.round_id = r.id
		where s.organisation_id = $1 and s.person_id = $2 and r.state = 'published'`, organisation, person)
	if err != nil {
		return err
	}
	for _, each := range rounds {
		if err := followUp(tx, organisation, each); err != nil {
			return err
		}
	}
	return nil
}
