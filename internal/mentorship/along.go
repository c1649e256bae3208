package mentorship

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is a mentorship as one of the two takes it along to another installation, where it is a record.
type Along struct {
	ID     db.ID   `json:"id"`
	Mentor org.Key `json:"mentor"`
	Mentee org.Key `json:"mentee"`
	AlongTerms
	MentorAgreed bool             `json:"mentor_agreed,omitempty"` // to what was written last
	MenteeAgreed bool             `json:"mentee_agreed,omitempty"`
	Proposed     *AlongTerms      `json:"proposed,omitempty"` // a change that waits
	Agreed       []AlongAgreement `json:"agreed,omitempty"`   // the latest first
	State        State            `json:"state"`
	Because      Because          `json:"because,omitempty"`
	BeganAt      time.Time        `json:"began_at"`
	EndedAt      time.Time        `json:"ended_at,omitzero"`
	Sessions     []db.ID          `json:"sessions,omitempty"` // conversations of the file
	Texts        []AlongText      `json:"texts,omitempty"`
	Earlier      []AlongEarlier   `json:"earlier,omitempty"`
}

// AlongTerms are the words of an agreement.
type AlongTerms struct {
	Aim             string     `json:"aim,omitempty"`
	Rhythm          string     `json:"rhythm,omitempty"`
	Confidentiality string     `json:"confidentiality,omitempty"`
	EndsOn          civil.Date `json:"ends_on,omitzero"`
}

// AlongAgreement is what both said yes to.
type AlongAgreement struct {
	AlongTerms
	At time.Time `json:"at,omitzero"`
}

// AlongText is what one of the two wrote.
type AlongText struct {
	By    org.Key `json:"by"`
	Kind  Kind    `json:"kind"`
	Words string  `json:"words"`
}

// AlongEarlier is what a text of the person's own said before.
type AlongEarlier struct {
	Kind    Kind               `json:"kind"`
	Earlier []org.AlongEarlier `json:"earlier"`
}

// TakeAlong are the actor's mentorships, with all that they may read of them.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanMentorship, selectMentorship+"where "+seen+" order by m.id", me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, kindsKept()...)
	if err != nil {
		return nil, err
	}
	var all []Along
	for _, m := range found {
		a := Along{
			ID: m.ID, Mentor: others.Key(m.Mentor), Mentee: others.Key(m.Mentee), AlongTerms: AlongTerms(m.Terms), State: m.State, Because: m.Because,
			BeganAt: m.BeganAt, EndedAt: m.EndedAt, MentorAgreed: m.mentorAgreed == m.Revision, MenteeAgreed: m.menteeAgreed == m.Revision,
		}
		if m.Changing() {
			proposed := AlongTerms(m.Proposed)
			a.Proposed = &proposed
		}
		for _, kind := range Kinds {
			if list := earlier[m.written(m.side(me), kind)]; len(list) > 0 {
				a.Earlier = append(a.Earlier, AlongEarlier{kind, list})
			}
		}
		if err := a.add(tx, me, others); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// add adds what stands in lists of its own.
func (a *Along) add(tx *db.Tx, me org.Actor, others *org.Companions) error {
	const all = 100_000
	agreed, err := agreements(tx, me, a.ID, all)
	if err != nil {
		return err
	}
	for _, one := range agreed {
		a.Agreed = append(a.Agreed, AlongAgreement{AlongTerms(one.Terms), one.At})
	}
	met, err := sessions(tx, me, a.ID, all)
	if err != nil {
		return err
	}
	for _, s := range met {
		a.Sessions = append(a.Sessions, s.ID)
	}
	texts, err := Texts(tx, me, a.ID)
	for _, t := range texts {
		a.Texts = append(a.Texts, AlongText{others.Key(t.By), t.Kind, t.Words})
	}
	return err
}

// Forget removes what the actor kept for themselves, and what their texts said before. What was for both stays
// with the other.
func Forget(tx *db.Tx, me org.Actor) error {
	if err := org.ForgetEarlier(tx, me, kindsKept()...); err != nil {
		return err
	}
	_, err := tx.Exec("delete from mentorship_texts where organisation_id = $1 and by_id = $2 and kind = 'private'", me.Organisation, me.Person)
	return err
}
