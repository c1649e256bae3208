package mentorship

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is a mentorship as one of the two takes it along to another installation, where it is a record.
type Along struct {
	ID              db.ID       `json:"id"`
	Mentor          org.Key     `json:"mentor"`
	Mentee          org.Key     `json:"mentee"`
	Aim             string      `json:"aim,omitempty"`
	Rhythm          string      `json:"rhythm,omitempty"`
	Confidentiality string      `json:"confidentiality,omitempty"`
	EndsOn          civil.Date  `json:"ends_on,omitzero"`
	State           State       `json:"state"`
	BeganAt         time.Time   `json:"began_at"`
	EndedAt         time.Time   `json:"ended_at,omitzero"`
	Texts           []AlongText `json:"texts,omitempty"`
}

// AlongText is what one of the two wrote.
type AlongText struct {
	By    org.Key `json:"by"`
	Kind  Kind    `json:"kind"`
	Words string  `json:"words"`
}

// TakeAlong are the actor's mentorships, with all that they may read of them.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanMentorship, selectMentorship+"where "+seen+" order by m.id", me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	var all []Along
	for _, m := range found {
		a := Along{
			ID: m.ID, Mentor: others.Key(m.Mentor), Mentee: others.Key(m.Mentee), Aim: m.Aim, Rhythm: m.Rhythm, Confidentiality: m.Confidentiality, EndsOn: m.EndsOn,
			State: m.State, BeganAt: m.BeganAt, EndedAt: m.EndedAt,
		}
		texts, err := Texts(tx, me, m.ID)
		if err != nil {
			return nil, err
		}
		for _, t := range texts {
			a.Texts = append(a.Texts, AlongText{others.Key(t.By), t.Kind, t.Words})
		}
		all = append(all, a)
	}
	return all, nil
}

// Forget removes what the actor kept for themselves. What was for both stays with the other.
func Forget(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec("delete from mentorship_texts where organisation_id = $1 and by_id = $2 and kind = 'private'", me.Organisation, me.Person)
	return err
}
