package web

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/worddiff"
)

// cardForm writes a card of one's own, or of the organisation's, as the file that it is.
type cardForm struct {
	Crumb, CrumbHref string
	Action, LookAt   string
	Remove           string
	Text, Whose      Field
	Revision         string
	Button, Back     string
	Seen             Seen
	Look             cardLook
	Earlier          []earlierCard
}

// earlierCard is how a card read until a day, beside what took its place: for whoever may change it.
type earlierCard struct {
	Until string
	Lines []worddiff.Piece
}

const mostEarlierCards = 30

// earlierOf are the earlier texts of a card, the last first, with what was changed.
func (c *call) earlierOf(k question.Kept) ([]earlierCard, error) {
	all, err := question.Earlier(c.tx, c.me, k.ID)
	now := k.Text
	var shown []earlierCard
	for i, each := range all {
		if i >= mostEarlierCards {
			break
		}
		then := each.Text["text"]
		shown = append(shown, earlierCard{c.stamp(each.At), worddiff.Old(worddiff.Compare(then, now))})
		now = then
	}
	return shown, err
}

// cardLook is a card as it would read, or what is wrong with it.
type cardLook struct {
	Wording, Whom string
	Ways          []questionWay
	Texts         []cardText
	Faults        []question.Fault
}

// cardText is one of the texts below a card's question.
type cardText struct {
	Heading string
	Prose   template.HTML
}

var cardFormPage = declare[cardForm]("question-edit.html")

// cardOutline is what an empty page begins with.
const cardOutline = `---
id: a-short-name
stage: ask
for: [manager]
question: What would {helper:they} need to see from {beneficiary:them} to help with {scope}?
shifted:
narrowed:
  task:
scopes: [goal, skill]
next: []
---

## What I'm asking

## Who to ask

## What to expect

## When to ask
`

var cardForEverybody = Seen{Shared: true, Text: "everybody in the organisation"}

// newCard offers to write a card.
func newCard(c *call) (view, error) {
	main := cardForm{Crumb: "Questions", CrumbHref: "/questions", Action: "/cards", LookAt: "/cards/preview", Button: "Keep it", Back: "/questions", Seen: onlyYou}
	main.Text = c.form.field(cardTextField, cardOutline)
	if c.me.Administrator && !c.who.Alone {
		main.Whose = c.form.field(Field{Name: "whose", Label: "Whose card it is", Type: "radio-row",
			Options: []Option{{Value: "", Label: "Mine alone"}, {Value: "ours", Label: "The organisation’s"}}}, "")
		main.Seen = Seen{}
	}
	if err := main.look(c, "", main.Whose.Value == "ours"); err != nil {
		return view{}, err
	}
	return cardFormPage.show(c, "A card of your own", "questions", main)
}

var cardTextField = Field{Name: "text", Label: "The card", Type: "textarea", Rows: 26, Required: true,
	Hint: "The fields between the lines ---, and below them the texts. Only id, stage, for and question are needed."}

// look reads the card as it stands in the form.
func (f *cardForm) look(c *call, id db.ID, ours bool) error {
	card, faults, err := question.Check(c.tx, c.me, c.server.Questions, f.Text.Value, id, ours)
	if err != nil {
		return err
	}
	f.Look = lookOf(card, faults)
	return nil
}

func lookOf(card question.Card, faults []question.Fault) cardLook {
	if len(faults) > 0 {
		return cardLook{Faults: faults}
	}
	l := cardLook{Wording: card.Title(), Whom: whom(card)}
	if shifted := card.Shifted(question.Filling{}); shifted != "" {
		l.Ways = append(l.Ways, questionWay{Label: "Turned round", Wording: shifted})
	}
	for _, n := range card.Narrowed(question.Filling{}) {
		l.Ways = append(l.Ways, questionWay{Label: "For " + n.To, Wording: n.Wording})
	}
	l.Texts = cardTexts(card)
	return l
}

// cardTexts are the texts of a card that it has.
func cardTexts(card question.Card) (texts []cardText) {
	for _, one := range []struct{ heading, text string }{
		{"What I'm asking", card.WhatIAsk}, {"Who to ask", card.WhoToAsk}, {"What to expect", card.Expect}, {"When to ask", card.When},
	} {
		if one.text != "" {
			texts = append(texts, cardText{one.heading, prose(one.text)})
		}
	}
	return texts
}

// previewNewCard and previewCard are the form as it was typed, with the card as it would read:
// nothing is kept.
func previewNewCard(c *call) (view, error) {
	c.form.Values = c.PostForm
	return newCard(c)
}

func previewCard(c *call) (view, error) {
	c.form.Values = c.PostForm
	return editCard(c)
}

// keepCard keeps a new card.
func keepCard(c *call) (string, error) {
	k, err := question.Keep(c.tx, c.me, c.server.Questions, c.FormValue("text"), c.text("whose") == "ours")
	return questionHref(string(k.ID)), err
}

// kept finds the card of an address among those that people keep.
func (c *call) kept() (question.Kept, error) {
	return question.KeptByID(c.tx, c.me, c.id("id"))
}

// editCard offers to change a card.
func editCard(c *call) (view, error) {
	k, err := c.kept()
	if err != nil {
		return view{}, err
	}
	if !k.CanChange(c.me) {
		return view{}, problem.NotFound
	}
	shown, href := questionHref(string(k.ID)), "/cards/"+string(k.ID)
	main := cardForm{Crumb: k.Title, CrumbHref: shown, Action: href, LookAt: href + "/preview", Remove: href + "/removal", Button: "Keep it", Back: shown, Seen: onlyYou, Revision: c.form.RevisionOr(k.Revision)}
	if k.Ours {
		main.Seen = cardForEverybody
	}
	if main.Earlier, err = c.earlierOf(k); err != nil {
		return view{}, err
	}
	main.Text = c.form.field(cardTextField, k.Text)
	if err := main.look(c, k.ID, k.Ours); err != nil {
		return view{}, err
	}
	return cardFormPage.show(c, "Change the card", "questions", main)
}

func changeCard(c *call) (string, error) {
	id := c.id("id")
	return questionHref(string(id)), question.ChangeKept(c.tx, c.me, c.server.Questions, id, c.revision(), c.FormValue("text"))
}

func removeCard(c *call) (string, error) {
	return "/questions", question.RemoveKept(c.tx, c.me, c.id("id"))
}

// cardFile is a kept card as the file that it is.
func cardFile(c *call) (view, error) {
	k, err := c.kept()
	if err != nil {
		return view{}, err
	}
	return view{raw: []byte(k.Text), header: http.Header{
		"Content-Type": {"text/markdown; charset=utf-8"}, "Content-Disposition": {`attachment; filename="` + k.Name + `.md"`},
	}}, nil
}

// card finds a card by the id of an address: of the library, or one that somebody keeps.
func (c *call) card(id string) (question.Card, question.Kept, error) {
	if card, ok := c.server.Questions.ByID(id); ok {
		return card, question.Kept{}, nil
	}
	k, err := question.KeptByID(c.tx, c.me, db.ID(id))
	if err != nil {
		return question.Card{}, k, err
	}
	return k.Card(), k, nil
}

// hasCard tells whether there is such a card for the visitor.
func (c *call) hasCard(id string) (bool, error) {
	if id == "" {
		return false, nil
	}
	_, _, err := c.card(id)
	if errors.Is(err, problem.NotFound) {
		return false, nil
	}
	return err == nil, err
}

// nextCards are the rows of the cards to ask after this one.
func (c *call) nextCards(card question.Card) (rows []questionRow, err error) {
	var kept []question.Kept
	for _, id := range card.Next {
		if next, ok := c.server.Questions.ByID(id); ok {
			rows = append(rows, rowOf(next))
			continue
		}
		if kept == nil {
			if kept, err = question.KeptCards(c.tx, c.me); err != nil {
				return nil, err
			}
		}
		for _, k := range kept {
			if k.Name == id {
				rows = append(rows, keptRow(k))
			}
		}
	}
	return rows, nil
}

func keptRow(k question.Kept) questionRow {
	row := questionRow{Href: questionHref(string(k.ID)), Wording: k.Title, Whom: whomOf(k.For, k.By), Kept: "yours"}
	if k.Ours {
		row.Kept = "your organisation’s"
	}
	return row
}

// wanted is what the library is narrowed to.
type wanted struct {
	question.Choice
	words string
}

func (w wanted) fits(stage question.Stage, of []question.Audience, by question.Asker, text string) bool {
	if w.Stage != "" && w.Stage != stage || w.By != "" && w.By != by {
		return false
	}
	if w.For != "" {
		found := false
		for _, a := range of {
			found = found || a == w.For
		}
		if !found {
			return false
		}
	}
	for _, word := range strings.Fields(strings.ToLower(w.words)) {
		if !strings.Contains(strings.ToLower(text), word) {
			return false
		}
	}
	return true
}

// query is the address of the library narrowed so, at one stage.
func (w wanted) query(stage question.Stage) string {
	values := url.Values{}
	by := w.By
	if by == question.ByAnyone {
		by = ""
	}
	for name, value := range map[string]string{"stage": string(stage), "for": string(w.For), "by": string(by), "q": w.words} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if len(values) == 0 {
		return "/questions"
	}
	return "/questions?" + values.Encode()
}
