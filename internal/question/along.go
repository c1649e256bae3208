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
	Given      bool               `json:"given,omitempty"` // by the one asked, in their own words
	Sent       *AlongSent         `json:"sent,omitempty"`
	Entry      db.ID              `json:"entry,omitempty"` // of the journal
	Origin     org.Origin         `json:"origin,omitzero"`
	Revision   int64              `json:"revision"`
	CreatedAt  time.Time          `json:"created_at"`
	Earlier    []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongSent is how a question was sent, and what came back before the answer. Where it goes it is a record.
type AlongSent struct {
	Way       Way       `json:"way"`
	Note      string    `json:"note,omitempty"`
	Round     db.ID     `json:"round,omitempty"`
	At        time.Time `json:"at"`
	Signed    string    `json:"signed,omitempty"`
	Back      string    `json:"back,omitempty"`
	BackAt    time.Time `json:"back_at,omitzero"`
	Reply     string    `json:"reply,omitempty"`
	RepliedAt time.Time `json:"replied_at,omitzero"`
}

func (s Sent) along() *AlongSent {
	if s.Way == Noted {
		return nil
	}
	return &AlongSent{s.Way, s.Note, s.Round, s.SentAt, s.Signed, s.Back, s.BackAt, s.Reply, s.RepliedAt}
}

// sent is what it was elsewhere: over, since nobody here was asked.
func (s *AlongSent) sent() Sent {
	if s == nil {
		return Sent{}
	}
	return Sent{Way: s.Way, Note: s.Note, Round: s.Round, SentAt: s.At, ExpiresAt: s.At, Back: s.Back, BackAt: s.BackAt, Reply: s.Reply, RepliedAt: s.RepliedAt, Signed: s.Signed}
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
			Given: a.Given, Sent: a.along(), Entry: a.Entry,
			Origin: a.Origin, Revision: a.Revision, CreatedAt: a.CreatedAt, Earlier: earlier[a.Thing()],
		}
		if one.To == "" && a.Signed == "" {
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
		if err := one.check(place, to.Is(me)); err != nil {
			return b, err
		}
		a := Asking{
			ID: one.ID, CardID: one.Card, Wording: one.Wording, To: to, AskedOn: one.AskedOn, Answer: one.Answer, AnsweredAt: one.AnsweredAt,
			Given: one.Given, Sent: one.Sent.sent(), Entry: one.Entry, BroughtAlong: one.Sent != nil,
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

// check looks at what the schema does not say: only what was sent to somebody else was answered by them.
func (a Along) check(place string, myself bool) error {
	switch {
	case a.Given && (a.Sent == nil || a.Answer == ""):
		return org.Misplaced(place+"/given", "only what was sent and has an answer was answered by the one asked")
	case a.Sent != nil && myself:
		return org.Misplaced(place+"/sent", "nobody sends a question to themselves")
	}
	return nil
}

// Forget removes all the actor's askings for good, with their earlier texts, what was suggested to them,
// what they need, their cards, and what they did not want suggested again. What they answered to others
// stays with those who asked.
func Forget(tx *db.Tx, me org.Actor) error {
	for _, table := range []string{"suggested", "needs", "askings", "question_cards", "suggestions_let_go"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person); err != nil {
			return err
		}
	}
	for _, kind := range []string{Asking{}.Thing().Kind, Suggested{}.Thing().Kind, Need{}.Thing().Kind, Kept{}.Thing().Kind} {
		if err := org.ForgetEarlier(tx, me, kind); err != nil {
			return err
		}
	}
	return nil
}
