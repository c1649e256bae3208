package question

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Find lists questions that the actor asked, in the wording that holds the words, the newest
// first.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	held, args := words.Held("a.wording", 4)
	return db.List(tx, event.ScanNamed, `
		select 'asking', a.id, a.wording from askings a
		where `+own+` and `+held+`
		order by a.id desc limit $3`,
		append([]any{me.Organisation, me.Person, most}, args...)...)
}

// FindKept lists cards of the actor's own and of the organisation's whose question holds the words, the
// newest first.
func FindKept(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	all, err := KeptCards(tx, me)
	var found []event.Named
	for at := len(all) - 1; at >= 0 && len(found) < most; at-- {
		if words.In(all[at].Title) {
			found = append(found, event.Named{Thing: all[at].Thing(), Name: all[at].Title})
		}
	}
	return found, err
}

// Words are all that a card says, for who looks for some of it.
func (c Card) Words() string {
	f := Filling{}
	said := []string{c.Wording(f), c.Shifted(f), c.WhatIAsk, c.WhoToAsk, c.Expect, c.When}
	for _, n := range c.Narrowed(f) {
		said = append(said, n.Wording)
	}
	return strings.Join(said, "\n")
}

// Find lists cards whose question holds the words.
func (lib *Library) Find(words db.Words, most int) []Card {
	var found []Card
	for _, card := range lib.shelf().cards {
		if len(found) < most && words.In(card.Title()) {
			found = append(found, card)
		}
	}
	return found
}
