package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

// conversationAgenda is the part of the page of a conversation on what is to be talked about.
type conversationAgenda struct {
	Agenda, Own []agendaLine
	Item        Field
	Suggestions []suggestionRow
	Told        bool   // say that the other side sees who looked
	More        onward // suggestions; none where all are shown
}

// agendaLine is one thing to talk about.
type agendaLine struct {
	Path    string // of its acts
	Words   string
	By      string
	Mine    bool
	Source  string // where what stands behind it is found, by who brought it
	Ticked  bool
	First   bool
	CanMove bool
}

// suggestionRow is something that one side could talk about.
type suggestionRow struct{ Source, Lead, Words, Reason, Href string }

func (m *oneConversation) readAgenda(c *call, one conversation.Conversation) error {
	agenda, err := conversation.AgendaOf(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	m.Agenda, m.Own = c.agendaLines(agenda.Shared), c.agendaLines(agenda.Own)
	m.Item = c.formFor("/conversations/{id}/agenda").field(Field{Name: "item", Label: "Something to talk about", Type: "own"}, "")
	return nil
}

func (c *call) agendaLines(items []conversation.Item) []agendaLine {
	var lines []agendaLine
	for n, i := range items {
		line := agendaLine{Path: "/agenda/" + string(i.ID), Words: i.Words, By: i.By.Name, Mine: i.By.Is(c.me), Ticked: i.Ticked(), First: n == 0}
		if line.Mine && i.Source.ID != "" {
			line.Source = linkTo(i.Source)
		}
		lines = append(lines, line)
	}
	return lines
}

func (m *oneConversation) readSuggestions(c *call, one conversation.Conversation) error {
	if !m.CanSet {
		return nil
	}
	all, err := brief.Suggestions(c.tx, c.me, one)
	if left := len(all) - brief.Most; left > 0 && c.text("suggestions") != "all" {
		all = all[:brief.Most]
		m.More = onward{strconv.Itoa(left) + " more", m.Path + "?suggestions=all#suggestions"}
	}
	m.Told = c.lookedAtShown(all)
	for _, s := range all {
		m.Suggestions = append(m.Suggestions, suggestionRow{Source: s.Source.Kind + ":" + string(s.Source.ID), Lead: s.Lead, Words: s.Words, Reason: s.Reason, Href: linkTo(s.Page)})
	}
	return err
}

// linkTo is where a thing has its page, or nothing for what has none.
func linkTo(thing event.Thing) string {
	if path := PathOf(thing); path != "/" {
		return path
	}
	return ""
}

// addToAgenda puts a line on the agenda, or on the actor's own list.
func addToAgenda(c *call) (string, error) {
	in := conversation.ItemInput{Words: c.text("item"), Shared: c.text("shared") == "yes"}
	return agendaHref(c.id("id"), in.Shared), conversation.AddItem(c.tx, c.me, c.id("id"), in)
}

// takeSuggestion puts a suggestion on the agenda, or on the actor's own list.
func takeSuggestion(c *call) (string, error) {
	shared := c.text("shared") == "yes"
	return agendaHref(c.id("id"), shared), brief.Put(c.tx, c.me, c.id("id"), c.thing("source"), shared)
}

func agendaHref(id db.ID, shared bool) string {
	if shared {
		return conversationHref(id) + "#agenda"
	}
	return conversationHref(id) + "#own"
}

// onItem does something to a line and goes back to its conversation.
func onItem(do func(c *call, id db.ID) error) act {
	return func(c *call) (string, error) {
		i, err := conversation.ItemByID(c.tx, c.me, c.id("item"))
		if err != nil {
			return "", err
		}
		return agendaHref(i.Conversation, i.Shared), do(c, i.ID)
	}
}

var (
	shareItem  = onItem(func(c *call, id db.ID) error { return conversation.ShareItem(c.tx, c.me, id) })
	removeItem = onItem(func(c *call, id db.ID) error { return conversation.RemoveItem(c.tx, c.me, id) })
	moveItemUp = onItem(func(c *call, id db.ID) error { return conversation.MoveUp(c.tx, c.me, id) })
	tickItem   = onItem(func(c *call, id db.ID) error { return conversation.Tick(c.tx, c.me, id, c.text("ticked") == "yes") })
)
