// Package question holds the question library: cards that say what to ask whom, when, and what
// to expect, with a sentence whose slots rewrite themselves for the people it is about.
package question

import (
	"slices"
	"strings"
)

// A Card is one question of the library.
type Card struct {
	ID       string
	Stage    Stage
	For      []Audience // whom it is asked of
	By       Asker      // who asks it
	WhatIAsk string     // Markdown, as are the next three
	WhoToAsk string
	Expect   string
	When     string
	Next     []string // ids of the cards to ask next
	Own      bool     // it comes from the organisation's folder, not from Ownward
	File     string   // where it stands, for whoever mends it

	question    Sentence
	shifted     Sentence // zero: the question with helper and beneficiary exchanged
	narrowed    []narrowed
	helper      Part // "": the one who is asked
	beneficiary Part // whoeverIsAsked: the one who is asked
	scopes      []Scope
	suits       []Moment // facts at which it is suggested
	language    *Language
	nextLine    int
	idLine      int
}

// narrowed is a smaller form of the question. Its scope is "" where it narrows something else.
type narrowed struct {
	to       string
	scope    Scope
	sentence Sentence
}

// A Stage is a part of the loop in which a question helps.
type Stage string

const (
	Reflect       Stage = "reflect"
	Plan          Stage = "plan"
	Ask           Stage = "ask"
	Agree         Stage = "agree"
	FollowThrough Stage = "follow through"
	Prove         Stage = "prove"
)

// Stages are all stages in the order of the loop.
var Stages = []Stage{Reflect, Plan, Ask, Agree, FollowThrough, Prove}

// An Audience is a kind of person a question is asked of.
type Audience string

const (
	ForSelf         Audience = "self"
	ForManager      Audience = "manager"
	ForColleague    Audience = "colleague"
	ForMentor       Audience = "mentor"
	ForOrganisation Audience = "organisation"
)

// Audiences are all audiences, the nearest first.
var Audiences = []Audience{ForSelf, ForManager, ForColleague, ForMentor, ForOrganisation}

// asked are the parts that an audience stands for; the first is the usual one.
var asked = map[Audience][]Part{
	ForSelf:         {Myself},
	ForManager:      {Manager, Boss},
	ForColleague:    {Colleague, Team},
	ForMentor:       {Mentor},
	ForOrganisation: {Organisation},
}

// An Asker is who asks a question.
type Asker string

const (
	ByAnyone  Asker = "anyone"
	ByManager Asker = "manager" // a manager asks one of their people
)

// whoeverIsAsked stands in a card for whoever is asked.
const whoeverIsAsked Part = "asked"

// AskedChoices are the parts that the question can be put to, the usual one first.
func (c Card) AskedChoices() []Part {
	var list []Part
	for _, a := range c.For {
		list = append(list, asked[a]...)
	}
	return list
}

// Scopes are the scopes that the question makes sense for, the usual one first.
func (c Card) Scopes() []Scope { return c.scopes }

// UsesHelper tells whether any sentence of the card changes with who can help.
func (c Card) UsesHelper() bool { return c.uses(helperSlot) }

// UsesBeneficiary tells whether any sentence of the card changes with whom it is for.
func (c Card) UsesBeneficiary() bool { return c.uses(beneficiarySlot) }

// UsesScope tells whether any sentence of the card changes with what it is about.
func (c Card) UsesScope() bool { return c.uses(scopeSlot) }

func (c Card) uses(s slot) bool {
	return slices.ContainsFunc(c.sentences(), func(t Sentence) bool { return t.uses(s) })
}

// sentences are all that the card has.
func (c Card) sentences() []Sentence {
	list := []Sentence{c.question}
	if !c.shifted.IsZero() {
		list = append(list, c.shifted)
	}
	for _, n := range c.narrowed {
		list = append(list, n.sentence)
	}
	return list
}

// IsFor tells whether the question is asked of that audience.
func (c Card) IsFor(a Audience) bool { return slices.Contains(c.For, a) }

// Title is the question with the card's own choices, without the question mark's company of a
// name: what a list shows.
func (c Card) Title() string { return c.Wording(Filling{}) }

// quotedList writes the allowed values of a field into a sentence: a, b or c.
func quotedList[T ~string](values []T) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	if len(texts) < 2 {
		return strings.Join(texts, "")
	}
	return strings.Join(texts[:len(texts)-1], ", ") + " or " + texts[len(texts)-1]
}
