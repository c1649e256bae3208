package web

import (
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/problem"
)

// conversationText is one text of a conversation, to read and to write.
type conversationText struct {
	conversation.Text
	Field    Field
	Revision string // that the form goes back with
	Last     string // who wrote it last, and when
	Earlier  string // where what stood before is found; empty where there is nothing
}

// promiseFields are one promise that comes of a conversation.
type promiseFields struct{ By, Words, Due Field }

// promisedRow is a promise that came of a conversation.
type promisedRow struct {
	Href, Words, By, State string
	Due                    civil.Date
}

func (m *oneConversation) readTexts(c *call, one conversation.Conversation) error {
	texts, err := conversation.TextsOf(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	label := "Notes that you both write"
	if one.Alone() {
		label = "What was said"
	}
	m.Notes = c.conversationText(m.Path, "/conversations/{id}/notes", texts.Notes, Field{Name: "notes", Label: label, Rows: 6})
	m.Private = c.conversationText(m.Path, "/conversations/{id}/private", texts.Private, Field{Name: "private", Label: "What you note for yourself", Rows: 5})
	form := "/conversations/{id}/outcome"
	if c.formFor("/conversations/{id}/end").Values != nil {
		form = "/conversations/{id}/end"
	}
	m.Outcome = c.conversationText(m.Path, form, texts.Outcome, Field{
		Name: "outcome", Label: "What came of it", Rows: 4, Hint: "What you agreed, what you will do differently, what you heard.",
	})
	for n := 1; n <= promisesAtOnce; n++ {
		m.Promises = append(m.Promises, c.promiseFields(c.formFor(form), n, m.Other))
	}
	return nil
}

func (c *call) conversationText(path, pattern string, text conversation.Text, field Field) conversationText {
	form := c.formFor(pattern)
	field.Type = "textarea"
	m := conversationText{Text: text, Field: form.field(field, text.Words), Revision: form.RevisionOr(text.Revision)}
	if text.Revision > 0 {
		m.Last = "Written by " + text.ChangedBy + ", " + c.moment(text.ChangedAt)
	}
	if text.Revision > 1 {
		m.Earlier = path + "/earlier/" + string(text.Kind)
	}
	return m
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
		m.Promised = append(m.Promised, promisedRow{PathOf(p.Thing()), p.Words, p.By.Name, promiseState(p), p.Due})
	}
	return err
}

var (
	saysKept  = says("It is kept.")
	saysEnded = says("It is noted as held. What came of it stands here.")
)

// writeNotes replaces the shared notes.
func writeNotes(c *call) (string, error) {
	c.say(saysKept)
	err := conversation.Write(c.tx, c.me, c.id("id"), conversation.Notes, c.revision(), c.text("notes"))
	return conversationHref(c.id("id")) + "#notes", err
}

// writePrivate replaces the actor's private notes.
func writePrivate(c *call) (string, error) {
	c.say(saysKept)
	err := conversation.Write(c.tx, c.me, c.id("id"), conversation.Private, c.revision(), c.text("private"))
	return conversationHref(c.id("id")) + "#private", err
}

// endConversation notes that the two met, and what came of it.
func endConversation(c *call) (string, error) {
	in, err := c.ending()
	if err != nil {
		return "", err
	}
	c.say(saysEnded)
	return conversationHref(c.id("id")), conversation.End(c.tx, c.me, c.id("id"), in)
}

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

// earlierText is what a text of a conversation said before.
type earlierText struct {
	Title, Back string
	Versions    []earlierWords
	Seen        Seen
}

type earlierWords struct {
	Replaced, Words string
	At              time.Time
}

var earlierTextPage = declare[earlierText]("conversation-earlier.html")

// showEarlier shows what a text of a conversation said before.
func showEarlier(c *call) (view, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	kind := conversation.TextKind(c.PathValue("text"))
	titles := map[conversation.TextKind]string{
		conversation.Notes: "The shared notes before", conversation.Outcome: "What came of it, before", conversation.Private: "Your private notes before",
	}
	if titles[kind] == "" {
		return view{}, problem.NotFound
	}
	earlier, err := conversation.EarlierTexts(c.tx, c.me, one.ID, kind)
	if err != nil {
		return view{}, err
	}
	main := earlierText{Title: conversationTitle(one, c.me), Back: conversationHref(one.ID), Seen: onlyYou}
	if kind.Shared() && !one.Alone() {
		main.Seen = Seen{Text: "you and " + one.Other(c.me).Name, Shared: true}
	}
	for _, version := range earlier {
		main.Versions = append(main.Versions, earlierWords{c.moment(version.At), version.Text[string(kind)], version.At})
	}
	return earlierTextPage.show(c, titles[kind], "conversations", main)
}
