package feedback

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is feedback as one of the two takes it along to another installation, where it is a record.
type Along struct {
	ID        db.ID       `json:"id"`
	To        org.Key     `json:"to"`
	By        org.Key     `json:"by"`
	About     About       `json:"about"`
	On        event.Thing `json:"on,omitzero"` // for its owner alone
	Subject   string      `json:"subject"`
	Wish      string      `json:"wish,omitempty"`
	AskedAt   time.Time   `json:"asked_at,omitzero"`
	State     State       `json:"state"`
	Saw       string      `json:"saw,omitempty"`
	Next      string      `json:"next,omitempty"`
	GivenAt   time.Time   `json:"given_at,omitzero"`
	KeptAt    time.Time   `json:"kept_at,omitzero"`
	CreatedAt time.Time   `json:"created_at"`
}

// TakeAlong is what the actor asked for and received, and what they gave.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanFeedback, selectFeedback+`
		where f.organisation_id = $1 and (f.owner_id = $2 or (f.giver_id = $2 and f.state <> 'declined'))
		order by f.id`, me.Organisation, me.Person)
	var all []Along
	for _, f := range found {
		a := Along{
			ID: f.ID, To: others.Key(f.Owner), By: others.Key(f.Giver), About: f.About, Subject: f.Subject, Wish: f.Wish, AskedAt: f.AskedAt,
			State: f.State, Saw: f.Text.Saw, Next: f.Text.Next, GivenAt: f.GivenAt, KeptAt: f.KeptAt, CreatedAt: f.MadeAt,
		}
		if f.Owner.Is(me) {
			a.On = f.On()
		}
		all = append(all, a)
	}
	return all, err
}

// Forget removes what the actor received. What they gave to others stays with those.
func Forget(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from feedback where organisation_id = $1 and (owner_id = $2 or (giver_id = $2 and state <> 'given'))",
	}, me.Organisation, me.Person)
}
