package question

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is an asking as its owner takes it along to another installation.
type Along struct {
	ID         db.ID              `json:"id"`
	Card       string             `json:"card,omitempty"`
	Wording    string             `json:"wording"`
	To         org.Key            `json:"to,omitempty"`
	ToName     string             `json:"to_name,omitempty"` // of somebody who was asked aloud
	AskedOn    civil.Date         `json:"asked_on"`
	Answer     string             `json:"answer,omitempty"`
	AnsweredAt time.Time          `json:"answered_at,omitzero"`
	Origin     org.Origin         `json:"origin,omitzero"`
	Revision   int64              `json:"revision"`
	CreatedAt  time.Time          `json:"created_at"`
	Earlier    []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeAlong are all the actor's askings, with the earlier texts of their answers.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	askings, err := db.List(tx, scanAsking, selectAsking+"where "+own+" order by a.id", me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, "asking")
	var all []Along
	for _, a := range askings {
		one := Along{
			ID: a.ID, Card: a.CardID, Wording: a.Wording, To: others.Key(a.To), AskedOn: a.AskedOn, Answer: a.Answer, AnsweredAt: a.AnsweredAt,
			Origin: a.Origin, Revision: a.Revision, CreatedAt: a.CreatedAt, Earlier: earlier[a.Thing()],
		}
		if one.To == "" {
			one.ToName = a.To.Name
		}
		all = append(all, one)
	}
	return all, err
}

// BringAlong takes over the actor's askings from another installation. Those that are here
// already stay as they are.
//
// Errors: problem.Refused that names the place of what does not hold together, or has the id of
// somebody else's asking.
func BringAlong(tx *db.Tx, me org.Actor, others *org.Companions, list []Along) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, one := range list {
		place := fmt.Sprintf("/askings/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "askings", one.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		to, err := others.Party(place+"/to", one.To)
		if err != nil {
			return b, err
		}
		if one.To == "" {
			to.Name = one.ToName
		}
		a := Asking{
			ID: one.ID, CardID: one.Card, Wording: one.Wording, To: to, AskedOn: one.AskedOn, Answer: one.Answer, AnsweredAt: one.AnsweredAt,
			Origin: one.Origin, Revision: one.Revision, CreatedAt: one.CreatedAt,
		}
		if err := org.At(tx, place, a.insert(tx, me)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, a.Thing(), a.Revision, one.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes all the actor's askings for good, with their earlier texts, their cards, and what
// they did not want suggested again.
func Forget(tx *db.Tx, me org.Actor) error {
	for _, table := range []string{"question_cards", "suggestions_let_go"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person); err != nil {
			return err
		}
	}
	if _, err := tx.Exec("delete from askings where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	return org.ForgetEarlier(tx, me, Asking{}.Thing().Kind)
}
