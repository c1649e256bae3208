package question

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// AlongCard is a card of somebody's own as they take it along to another installation.
type AlongCard struct {
	ID        db.ID              `json:"id"`
	Text      string             `json:"text"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeCards are all the actor's own cards.
func TakeCards(tx *db.Tx, me org.Actor) ([]AlongCard, error) {
	kept, err := db.List(tx, scanKept, "select "+keptColumns+" from question_cards where organisation_id = $1 and owner_id = $2",
		me.Organisation, me.Person)
	slices.SortFunc(kept, func(a, b Kept) int { return strings.Compare(string(a.ID), string(b.ID)) })
	if err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, Kept{}.versions().Kind)
	var all []AlongCard
	for _, k := range kept {
		all = append(all, AlongCard{k.ID, k.Text, k.Revision, k.CreatedAt, earlier[k.versions()]})
	}
	return all, err
}

// BringCards takes over the actor's cards from another installation. Those that are here already
// stay as they are; where a card leads to one that is not here, it leads nowhere.
//
// Errors: problem.Refused that names the place of a card that cannot be read, or has the id or the
// name of another.
func BringCards(tx *db.Tx, me org.Actor, list []AlongCard) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, one := range list {
		place := fmt.Sprintf("/question_cards/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "question_cards", one.ID)
		if err == nil && isNew {
			isNew, err = org.NothingEarlier(tx, me, place+"/id", Kept{ID: one.ID}.versions())
		}
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		c, faults := ParseOwn("", []byte(one.Text))
		if len(faults) > 0 {
			return b, org.Misplaced(place+"/text", SayFaults(faults))
		}
		k := Kept{ID: one.ID, Name: c.ID, Text: one.Text, Title: c.Title(), Stage: c.Stage, For: c.For, By: c.By, Revision: one.Revision, CreatedAt: one.CreatedAt}
		if err := org.At(tx, place, k.insert(tx, me)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, k.versions(), k.Revision, one.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}
