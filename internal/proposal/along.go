package proposal

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is a proposal as a side of it takes it along to another installation, where it is a
// record.
type Along struct {
	ID         db.ID      `json:"id"`
	For        org.Key    `json:"for"` // whose plan
	By         org.Key    `json:"by"`
	Kind       Kind       `json:"kind"`
	Goal       db.ID      `json:"goal,omitempty"`
	Words      string     `json:"words"`
	Measured   string     `json:"measured,omitempty"`
	Due        civil.Date `json:"due,omitzero"`
	Why        string     `json:"why,omitempty"`
	State      State      `json:"state"`
	Answer     string     `json:"answer,omitempty"`
	AnsweredAt time.Time  `json:"answered_at,omitzero"`
	Made       db.ID      `json:"made,omitempty"`
	CreatedAt  time.Time  `json:"created_at"`
}

// TakeAlong are the proposals to and by the actor.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanProposal, selectProposal+"where "+mine+" order by p.id", me.Organisation, me.Person)
	var all []Along
	for _, p := range found {
		all = append(all, Along{
			p.ID, others.Key(p.Owner), others.Key(p.By), p.Kind, p.Goal, p.Text.Words, p.Text.Measured, p.Text.Due, p.Text.Why,
			p.State, p.Answer, p.AnsweredAt, p.Made, p.CreatedAt,
		})
	}
	return all, err
}

// Forget removes what waits for an answer between the actor and others, and what became of what
// the actor took. What was answered stays with the other side.
func Forget(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from proposals where organisation_id = $1 and (owner_id = $2 or by_id = $2) and state = 'waiting'",
		"update proposals set made_id = null, goal_id = null where organisation_id = $1 and owner_id = $2",
	}, me.Organisation, me.Person)
}
