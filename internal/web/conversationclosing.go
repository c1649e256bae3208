package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/problem"
)

// conversationClosing is the part of the page on which a conversation is ended, and what came of it.
type conversationClosing struct {
	Outcome  conversationText
	Promises []promiseFields
	Promised []promisedRow

	Confirming confirmingOutcome
}

// promiseFields are one promise that comes of a conversation.
type promiseFields struct{ By, Words, Due Field }

// promisedRow is a promise that came of a conversation.
type promisedRow struct {
	Href, Words, By, State string
	Due                    civil.Date
}

func (m *oneConversation) readClosing(c *call, outcome conversation.Text) {
	form := "/conversations/{id}/outcome"
	if c.formFor("/conversations/{id}/end").Values != nil {
		form = "/conversations/{id}/end"
	}
	m.Outcome = c.conversationText(m.Path, form, outcome, Field{
		Name: "outcome", Label: "What came of it", Rows: 4, Hint: "What you agreed, what you will do differently, what you heard.",
	})
	for n := 1; n <= promisesAtOnce; n++ {
		m.Promises = append(m.Promises, c.promiseFields(c.formFor(form), n, m.Other))
	}
}

const promisesAtOnce = 3

// promiseFields are the fields of promise number n.
func (c *call) promiseFields(form Form, n int, other string) promiseFields {
	number := "-" + strconv.Itoa(n)
	return promiseFields{
		By: form.field(Field{Name: "by" + number, Label: "Who promises", Type: "select", Options: []Option{
			{Value: "me", Label: "You"}, {Value: "other", Label: other},
		}}, "me"),
		Words: form.field(Field{Name: "words" + number, Label: "What", Type: "own"}, ""),
		Due:   form.field(Field{Name: "due" + number, Label: "By when", Type: "date"}, ""),
	}
}

func (m *oneConversation) readPromises(c *call, one conversation.Conversation) error {
	promised, err := commitment.From(c.tx, c.me, one.Thing())
	for _, p := range promised {
		row := promisedRow{PathOf(p.Thing()), p.Words, p.By.Name, promiseState(p), p.Due}
		m.Promised = append(m.Promised, row)
		m.Confirming.add(c, p, row)
	}
	return err
}

var saysEnded = says("It is closed. What came of it stands here, for both of you.")

// amendConversation mends what came of it.
func amendConversation(c *call) (string, error) {
	in, err := c.ending()
	if err != nil {
		return "", err
	}
	c.say(saysKept)
	return conversationHref(c.id("id")), conversation.Amend(c.tx, c.me, c.id("id"), in)
}

func (c *call) ending() (conversation.EndInput, error) {
	wrong := problem.Invalid{}
	in := conversation.EndInput{Revision: c.revision(), Outcome: c.text("outcome")}
	for n := 1; n <= promisesAtOnce; n++ {
		number := "-" + strconv.Itoa(n)
		in.Promises = append(in.Promises, conversation.Promise{
			ByOther: c.text("by"+number) == "other", Words: c.text("words" + number), Due: c.day("due"+number, wrong),
		})
	}
	return in, wrong.Err()
}
