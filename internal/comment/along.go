package comment

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// Along is a comment as one of the two takes it along to another installation, where it is a
// record. What it is about stands there for the owner of the thing alone.
type Along struct {
	ID          db.ID        `json:"id"`
	About       org.Key      `json:"about"` // whose thing
	By          org.Key      `json:"by"`
	On          event.Thing  `json:"on,omitzero"`
	Section     plan.Section `json:"section,omitempty"` // in the place of On, for the text of a section
	Field       string       `json:"field,omitempty"`
	Quote       string       `json:"quote,omitempty"`
	Words       string       `json:"words,omitempty"`
	Answer      string       `json:"answer,omitempty"`
	AnsweredAt  time.Time    `json:"answered_at,omitzero"`
	ResolvedAt  time.Time    `json:"resolved_at,omitzero"`
	TakenBackAt time.Time    `json:"taken_back_at,omitzero"`
	CreatedAt   time.Time    `json:"created_at"`
}

// TakeAlong are the comments on things of the actor's, as what others said, and the actor's own.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanComment, selectComment+"where "+seen+" order by c.id", me.Organisation, me.Person)
	var all []Along
	for _, c := range found {
		a := Along{
			ID: c.ID, About: others.Key(c.Owner), By: others.Key(c.By), Words: c.Words, Answer: c.Answer, AnsweredAt: c.AnsweredAt,
			ResolvedAt: c.ResolvedAt, TakenBackAt: c.TakenBackAt, CreatedAt: c.CreatedAt,
		}
		if c.Owner.Is(me) {
			a.On, a.Field, a.Quote = c.On, c.Field, c.quote
			if a.Section = plan.SectionOf(c.On); a.Section != "" {
				a.On = event.Thing{}
			}
		}
		all = append(all, a)
	}
	return all, err
}

// Forget takes the actor's own words out of the comments on their things; what they answered
// stays with the one who had said something. What the actor said to others stays with those.
func Forget(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from comments where organisation_id = $1 and owner_id = $2 and taken_back_at is not null",
		"update comments set quote = '' where organisation_id = $1 and owner_id = $2",
	}, me.Organisation, me.Person)
}
