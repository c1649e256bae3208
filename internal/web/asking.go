package web

import (
	"errors"
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// askingRow is one asking in a list.
type askingRow struct {
	Href, Wording, Whom string
	State               string // of one that was sent
	AskedOn             civil.Date
	Answered            bool
}

func (c *call) askingRow(a question.Asking) askingRow {
	row := askingRow{Href: askingHref(a.ID), Wording: a.Wording, Whom: askedOf(a), AskedOn: a.AskedOn, Answered: a.Answered()}
	if a.Way != question.Noted {
		row.State = c.askingState(a)
	}
	return row
}

func askingHref(id db.ID) string { return "/askings/" + url.PathEscape(string(id)) }

func askedOf(a question.Asking) string {
	if a.Self {
		return "yourself"
	}
	return a.To.Name
}

// forMeRow is a question that waits for an answer of the visitor's.
type forMeRow struct {
	Href, Wording, Who string
	On                 civil.Date
}

// askingList is what the actor asked.
type askingList struct {
	ForMe             []forMeRow
	Waiting, Answered []askingRow
	Empty             Empty
	Pager             Pager
}

var askingListPage = declare[askingList]("askings.html")

const askingsPerPage = 30

// listAskings shows what the actor asked: what waits for an answer first.
func listAskings(c *call) (view, error) {
	after, err := question.PlaceAfter(c.tx, c.me, db.ID(c.text("after")))
	if err != nil {
		return view{}, err
	}
	all, more, err := question.Mine(c.tx, c.me, after, askingsPerPage)
	if err != nil {
		return view{}, err
	}
	list := askingList{Empty: Empty{
		"What you ask, and what you hear, gathers here: a year of good questions is worth reading again.", "Choose a question", "/questions",
	}}
	forMe, err := question.WaitForMyAnswer(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	for _, a := range forMe {
		list.ForMe = append(list.ForMe, forMeRow{askedHref(a), a.Wording, a.OwnerName, c.dayOf(a.SentAt)})
	}
	for _, a := range all {
		if a.Answered() {
			list.Answered = append(list.Answered, c.askingRow(a))
		} else {
			list.Waiting = append(list.Waiting, c.askingRow(a))
		}
	}
	if more {
		list.Pager.Older = "/askings?after=" + url.QueryEscape(string(all[len(all)-1].ID))
	}
	if c.text("after") != "" {
		list.Pager.Newer = "/askings"
	}
	return askingListPage.show(c, "What you asked", "questions", list)
}

// askingForm writes down a question that was asked.
type askingForm struct {
	Tabs                            askingTabs
	Card, CardHref, CardTitle       string
	Origin                          string
	Wording, To, ToName, On, Answer Field
	Back                            string
	Seen                            Seen
}

var askingFormPage = declare[askingForm]("asking-new.html", "need-parts.html")

var onlyYou = Seen{Text: "only you"}

// newAsking offers to write down a question, in the wording that the card's page showed.
func newAsking(c *call) (view, error) {
	form := askingForm{Tabs: c.askingTabs("aloud"), Back: "/questions", Seen: onlyYou, Origin: c.text("origin")}
	var wording string
	var asked question.Part
	if card, _, err := c.card(c.text("card")); c.text("card") != "" && err == nil {
		f, err := c.filling(card)
		if err != nil {
			return view{}, err
		}
		wording, asked = f.wording(card, c.text("way")), f.Asked
		form.Card, form.CardTitle, form.CardHref = card.ID, card.Title(), questionHref(card.ID)
		form.Back = form.CardHref
		if f.Name != "" && form.Origin == "" {
			form.Origin = f.about
		}
	}
	if words, back, err := c.viewOfCriterion(form.Origin); err != nil {
		return view{}, err
	} else if back != "" {
		wording, form.Back = words, back
	}
	form.Wording = c.form.field(Field{Name: "wording", Label: "What you ask", Type: "textarea", Rows: 3, Required: true,
		Hint: "Put it in your own words until it sounds like you."}, wording)
	to, usual, err := c.askable(asked)
	if err != nil {
		return view{}, err
	}
	if c.text("to") == question.ToMyself {
		usual, form.Tabs.Now = question.ToMyself, "self"
	}
	form.To = c.form.field(Field{Name: "to", Label: "Of whom", Type: "select", Options: to, Required: true}, usual)
	form.ToName = c.form.field(Field{Name: "to_name", Label: "Their name", Type: "own",
		Hint: "Only for somebody who is not in the list."}, "")
	form.On = c.form.field(Field{Name: "asked_on", Label: "On which day", Type: "date"}, civil.In(c.tx.Now(), c.me.Zone).String())
	form.Answer = c.form.field(Field{Name: "answer", Label: "What they said", Type: "textarea", Rows: 5,
		Hint: "If you know it already. Their own words, as far as you remember them."}, "")
	return askingFormPage.show(c, "Write down a question", "questions", form)
}

// askable lists who can be asked: oneself, the manager, one's people, contacts, and anybody by
// name; with whom the question is meant for as the usual choice.
func (c *call) askable(asked question.Part) (options []Option, usual string, err error) {
	options = []Option{{Value: question.ToMyself, Label: "Myself"}}
	usual = question.ToAloud
	if asked == question.Myself {
		usual = question.ToMyself
	}
	manager, err := org.ManagerOf(c.tx, c.me)
	switch {
	case err == nil:
		party := org.Party{Person: manager.ID}.String()
		options = append(options, Option{Value: party, Label: manager.Name + ", your manager"})
		if asked == question.Manager {
			usual = party
		}
	case !errors.Is(err, problem.NotFound):
		return nil, "", err
	}
	reports, err := org.Reports(c.tx, c.me)
	if err != nil {
		return nil, "", err
	}
	for _, p := range reports {
		options = append(options, Option{Value: org.Party{Person: p.ID}.String(), Label: p.Name})
	}
	contacts, err := org.Contacts(c.tx, c.me)
	if err != nil {
		return nil, "", err
	}
	for _, p := range contacts {
		options = append(options, Option{Value: org.Party{Contact: p.ID}.String(), Label: p.Name + ", from your contacts"})
	}
	return append(options, Option{Value: question.ToAloud, Label: "Somebody else, by name"}), usual, nil
}

// recordAsking writes down that a question was asked.
func recordAsking(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := question.Input{
		CardID: c.text("card"), Wording: c.text("wording"), To: c.text("to"), ToName: c.text("to_name"),
		AskedOn: c.day("asked_on", wrong), Answer: c.text("answer"),
	}
	if known, err := c.hasCard(in.CardID); err != nil {
		return "", err
	} else if !known {
		in.CardID = ""
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	a, err := question.Record(c.tx, c.me, c.origin(), in)
	return askingHref(a.ID), err
}
