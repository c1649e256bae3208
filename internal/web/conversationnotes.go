package web

import (
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/problem"
)

// conversationNotes are the shared notes of a conversation, and the actor's own.
type conversationNotes struct {
	Notes, Private conversationText
	Led            bool   // the actor leads whose growth it is about
	Site           string // how the pages of the actor are named, where both type at once
}

// conversationText is one text of a conversation, to read and to write.
type conversationText struct {
	conversation.Text
	Field    Field
	Revision string // that the form goes back with
	Was      string // the words that the form was opened on
	Last     string // who wrote it last, and when
	Earlier  string // where what stood before is found; empty where there is nothing
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
	m.Site = one.SiteOf(c.me)
	m.Led = one.Line != "" && one.Partner.Is(c.me)
	m.readClosing(c, texts.Outcome)
	return nil
}

func (c *call) conversationText(path, pattern string, text conversation.Text, field Field) conversationText {
	form := c.formFor(pattern)
	field.Type = "textarea"
	m := conversationText{Text: text, Field: form.field(field, text.Words), Revision: form.RevisionOr(text.Revision), Was: form.Value("was", text.Words)}
	if text.Revision > 0 {
		m.Last = "Written by " + text.ChangedBy + ", " + c.moment(text.ChangedAt)
	}
	if text.Revision > 1 {
		m.Earlier = path + "/earlier/" + string(text.Kind)
	}
	return m
}

var saysKept = says("It is kept.")

// writeNotes keeps what was made of the shared notes.
func writeNotes(c *call) (string, error) { return c.writeText(conversation.Notes) }

// writePrivate keeps what was made of the actor's private notes.
func writePrivate(c *call) (string, error) { return c.writeText(conversation.Private) }

// writeText merges what was made of a text with what was typed into it meanwhile. A form that does not
// say on which words it was opened replaces the text, where nothing changed meanwhile.
func (c *call) writeText(kind conversation.TextKind) (string, error) {
	c.say(saysKept)
	next, words := conversationHref(c.id("id"))+"#"+string(kind), c.text(string(kind))
	if c.PostForm.Has("was") {
		return next, conversation.Merge(c.tx, c.me, c.id("id"), kind, c.text("was"), words)
	}
	return next, conversation.Write(c.tx, c.me, c.id("id"), kind, c.revision(), words)
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
