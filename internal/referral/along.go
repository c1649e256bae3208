package referral

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is an introduction as one of those who have a part in it takes it along to another
// installation, where it is a record.
type Along struct {
	ID           db.ID      `json:"id"`
	Promise      db.ID      `json:"promise,omitempty"`
	By           org.Key    `json:"by,omitempty"`
	For          org.Key    `json:"for,omitempty"`
	Third        org.Key    `json:"third,omitempty"`
	ThirdNamed   string     `json:"third_named,omitempty"` // where nobody was chosen, or of another's contacts
	Need         string     `json:"need,omitempty"`
	Told         string     `json:"told,omitempty"`
	State        State      `json:"state,omitempty"`
	AgreedAt     time.Time  `json:"agreed_at,omitzero"`
	AnsweredAt   time.Time  `json:"answered_at,omitzero"`
	Reach        string     `json:"reach,omitempty"`
	Introduction string     `json:"introduction,omitempty"`
	IntroducedAt time.Time  `json:"introduced_at,omitzero"`
	FollowOn     civil.Date `json:"follow_on,omitzero"`
	FollowWords  string     `json:"follow_words,omitempty"`
	FollowedAt   time.Time  `json:"followed_at,omitzero"`
	EndedAt      time.Time  `json:"ended_at,omitzero"`
	EndedHow     string     `json:"ended_how,omitempty"`
	CreatedAt    time.Time  `json:"created_at,omitzero"`
	History      []AlongAct `json:"history,omitempty"`
}

// AlongAct is a line of the history. Of an introduction that went on without somebody they take along
// what they themselves said to it, and nothing else.
type AlongAct struct {
	Act        Act       `json:"act"`
	By         org.Key   `json:"by,omitempty"`
	Third      org.Key   `json:"third,omitempty"`       // whom it was about then
	ThirdNamed string    `json:"third_named,omitempty"` // of another's contacts
	At         time.Time `json:"at"`
	Words      string    `json:"words,omitempty"`
	of         db.ID
}

// TakeAlong are all introductions that the actor has a part in, as they may read them, and what they
// said to others.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanReferral, selectReferral+"where "+seen+" order by r.id", me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	history, rest, err := takeActs(tx, me, others)
	if err != nil {
		return nil, err
	}
	var all []Along
	for _, r := range found {
		a := Along{
			ID: r.ID, Promise: r.Commitment, By: others.Key(r.By), For: others.Key(r.For), Need: r.Need, Told: r.Told, State: r.State,
			AgreedAt: r.AgreedAt, AnsweredAt: r.AnsweredAt, Reach: r.Reach, Introduction: r.Introduction, IntroducedAt: r.IntroducedAt,
			FollowOn: r.FollowOn, FollowWords: r.FollowWords, FollowedAt: r.FollowedAt, EndedAt: r.EndedAt, EndedHow: r.EndedHow,
			CreatedAt: r.CreatedAt, History: history[r.ID],
		}
		if r.Found() {
			a.Third = others.Key(r.Third)
		} else {
			a.ThirdNamed = r.Third.Name
		}
		delete(history, r.ID)
		all = append(all, a)
	}
	for _, id := range rest {
		if acts, left := history[id]; left {
			all = append(all, Along{ID: id, History: acts})
		}
	}
	return all, nil
}

// takeActs are the histories, by introduction, and the order of the latter. Who is only the third, or
// was, takes along their own acts alone.
func takeActs(tx *db.Tx, me org.Actor, others *org.Companions) (of map[db.ID][]AlongAct, order []db.ID, err error) {
	of = map[db.ID][]AlongAct{}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var a AlongAct
		var by, third org.Party
		err := row.Scan(&a.of, &a.Act, &by.Person, &by.Name, &third.Person, &third.Contact, &third.Name, &a.At, &a.Words)
		a.By, a.Third = others.Key(by), others.Key(third)
		if a.Third == "" {
			a.ThirdNamed = third.Name
		}
		if _, had := of[a.of]; !had {
			order = append(order, a.of)
		}
		of[a.of] = append(of[a.of], a)
		return struct{}{}, err
	}, `
		select a.referral_id, a.act, a.by_id, coalesce(p.name, ''),
			a.third_person_id, case when k.owner_id = $2 then a.third_contact_id end, coalesce(t.name, k.name, ''), a.at,
			case when r.by_id <> $2 and coalesce(a.by_id, '') <> $2 and a.act in ('third declined', 'third agreed') then '' else a.words end
		from referral_acts a
		join referrals r on r.organisation_id = a.organisation_id and r.id = a.referral_id
		left join people p on p.organisation_id = a.organisation_id and p.id = a.by_id
		left join people t on t.organisation_id = a.organisation_id and t.id = a.third_person_id
		left join contacts k on k.organisation_id = a.organisation_id and k.id = a.third_contact_id
		where a.organisation_id = $1 and (a.referral_id in (select r.id from referrals r where r.organisation_id = $1 and `+own+`) or a.by_id = $2) and `+theirs+`
		order by a.id`, me.Organisation, me.Person)
	return of, order, err
}

// Forget removes what the actor alone had written of introductions. One that was not made yet and has
// words of somebody else ends, without the actor's own; what was made stays for the others in it. What
// the actor was asked goes on without them.
func Forget(tx *db.Tx, me org.Actor) error {
	const (
		unmade = "organisation_id = $1 and (by_id = $2 or for_id = $2) and introduced_at is null"
		wrote  = `exists (select 1 from referral_acts a where a.organisation_id = $1 and a.referral_id = referrals.id and a.act = 'made' and a.by_id = $2)`
		alone  = unmade + ` and (
			commitment_id in (select id from commitments where organisation_id = $1 and written_by_id = $2 and agreed_at is null)
			or agreed_at is null and not exists (
				select 1 from referral_acts a where a.organisation_id = $1 and a.referral_id = referrals.id and a.act <> 'promise ended'
					and a.by_id is distinct from $2 and (a.by_id is not null or a.words <> '')))`
	)
	if err := tx.ExecEach([]string{
		"delete from referral_acts where organisation_id = $1 and referral_id in (select id from referrals where " + alone + ")",
		"delete from referrals where " + unmade + " and not exists (select 1 from referral_acts a where a.organisation_id = $1 and a.referral_id = referrals.id)",
		"update referrals set need = '' where " + unmade + " and " + wrote,
		"update referrals set told = '' where " + unmade + " and (for_id = $2 or agreed_at is null)",
		"update referrals set reach = '' where " + unmade + " and by_id = $2",
	}, me.Organisation, me.Person); err != nil {
		return err
	}
	if _, err := tx.Exec("update referrals set state = 'closed', ended_how = 'promise', revision = revision + 1, ended_at = $3 where state <> 'closed' and "+unmade,
		me.Organisation, me.Person, tx.Now()); err != nil {
		return err
	}
	return tx.ExecEach([]string{
		"update referrals set follow_words = '' where organisation_id = $1 and for_id = $2",
		`update referrals set state = 'looking', third_person_id = null, agreed_at = null, answered_at = null, reach = '', revision = revision + 1
			where organisation_id = $1 and third_person_id = $2 and introduced_at is null and state <> 'closed'`,
		"update referrals set third_person_id = null, reach = '' where organisation_id = $1 and third_person_id = $2 and introduced_at is null",
		"update referrals set reach = '' where organisation_id = $1 and third_person_id = $2",
		`update referral_acts set third_contact_id = null where organisation_id = $1 and third_contact_id in (
			select id from contacts where organisation_id = $1 and owner_id = $2)`,
		`update referrals set third_contact_id = null, third_name = (
				select k.name from contacts k where k.organisation_id = referrals.organisation_id and k.id = referrals.third_contact_id)
			where organisation_id = $1 and third_contact_id in (select id from contacts where organisation_id = $1 and owner_id = $2)`,
		"update referral_acts set words = '' where organisation_id = $1 and by_id = $2",
	}, me.Organisation, me.Person)
}
