package web

import (
	"errors"
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/brief"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/problem"
)

// conversationAgenda is the part of the page of a conversation on what is to be talked about.
type conversationAgenda struct {
	Agenda      []agendaSection
	AnyAgenda   bool
	Own         []agendaLine
	Item        Field
	Section     Field // where the kind has any
	Late        []suggestionRow
	Suggestions []suggestionRow
	Told        bool   // say that the other side sees who looked
	More        onward // suggestions; none where all are shown
}

// agendaSection is one of the sections of the kind, with what stands in it and the cards that lead
// the actor's side through it; or what stands in none.
type agendaSection struct {
	Title, About string
	Lines        []agendaLine
	Questions    []fittingQuestion
}

// agendaLine is one thing to talk about.
type agendaLine struct {
	ID       string
	Path     string // of its acts
	Words    string
	By       string
	Mine     bool
	Source   string // where what stands behind it is found, by who brought it
	From     string // where it was not reached before
	Onward   string // where it went on to
	Ticked   bool
	Up, Down bool
	Later    bool // it can go on to the next conversation
}

// suggestionRow is something that one side could talk about.
type suggestionRow struct{ Source, Lead, Words, Reason, Href string }

func (m *oneConversation) readAgenda(c *call, one conversation.Conversation) error {
	agenda, err := conversation.AgendaOf(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	next := false
	if m.CanSet && len(agenda.Shared)+len(agenda.Own) > 0 {
		_, err := conversation.Next(c.tx, c.me, one)
		if next = err == nil; err != nil && !errors.Is(err, problem.NotFound) {
			return err
		}
	}
	m.AnyAgenda = len(agenda.Shared) > 0
	m.Agenda = c.agendaSections(one, agenda, next)
	for _, i := range agenda.Own {
		m.Own = append(m.Own, c.agendaLine(agenda, i, next))
	}
	form := c.formFor("/conversations/{id}/agenda")
	m.Item = form.field(Field{Name: "item", Label: "Something to talk about", Type: "own"}, "")
	if sections := one.Shape().Sections; len(sections) > 0 {
		m.Section = Field{Name: "section", Label: "Where it belongs", Type: "select"}
		for _, section := range sections {
			m.Section.Options = append(m.Section.Options, Option{Value: section.ID, Label: section.Title})
		}
		m.Section.Options = append(m.Section.Options, Option{Value: "", Label: "Something else"})
		m.Section = form.field(m.Section, sections[0].ID)
	}
	return nil
}

// agendaSections are the sections of the kind in their order, and at their end what stands in none. Once
// it is over, those in which nothing stands are left out.
func (c *call) agendaSections(one conversation.Conversation, agenda conversation.Agenda, next bool) []agendaSection {
	shape := one.Shape()
	sections := make([]agendaSection, len(shape.Sections)+1)
	for n, section := range shape.Sections {
		sections[n] = agendaSection{Title: section.Title, About: section.About}
		cards := section.Theirs
		if one.Owner.Is(c.me) {
			cards = section.Mine
		}
		if !one.Open() || c.me.Left {
			continue
		}
		for _, id := range cards {
			if card, ok := c.server.Questions.ByID(id); ok {
				sections[n].Questions = append(sections[n].Questions, fittingQuestion{questionHref(card.ID), card.Title()})
			}
		}
	}
	for _, i := range agenda.Shared {
		at := &sections[shape.At(i.Section)]
		at.Lines = append(at.Lines, c.agendaLine(agenda, i, next))
	}
	if last := len(sections) - 1; last > 0 {
		sections[last].Title = "Something else"
	}
	return slices.DeleteFunc(sections, func(s agendaSection) bool {
		return len(s.Lines) == 0 && (s.About == "" || !one.Open())
	})
}

func (c *call) agendaLine(agenda conversation.Agenda, i conversation.Item, next bool) agendaLine {
	line := agendaLine{
		ID: "item-" + string(i.ID), Path: "/agenda/" + string(i.ID), Words: i.Words, By: i.By.Name, Mine: i.By.Is(c.me), Ticked: i.Ticked(),
		Up: agenda.MayMove(i, -1), Down: agenda.MayMove(i, +1), Later: next && i.Waits(),
	}
	if i.From != "" {
		line.From = conversationHref(i.From)
	}
	if i.Onward != "" {
		line.Onward = conversationHref(i.Onward)
	}
	if line.Mine && i.Source.ID != "" {
		line.Source = linkTo(i.Source)
	}
	return line
}

// readSuggestions finds what the actor could talk about. Promises that are late are for both sides:
// they stand on the agenda by themselves, and nobody is reminded of them.
func (m *oneConversation) readSuggestions(c *call, one conversation.Conversation) error {
	if !m.CanSet {
		return nil
	}
	all, err := brief.Suggestions(c.tx, c.me, one)
	if err != nil {
		return err
	}
	late := func(s brief.Suggestion) bool { return s.Late() }
	for _, s := range all {
		if late(s) {
			m.Late = append(m.Late, c.suggestionRow(one, s))
		}
	}
	all = slices.DeleteFunc(all, late)
	if left := len(all) - brief.Most; left > 0 && c.text("suggestions") != "all" {
		all = all[:brief.Most]
		m.More = onward{strconv.Itoa(left) + " more", m.Path + "?suggestions=all#suggestions"}
	}
	for _, s := range all {
		m.Suggestions = append(m.Suggestions, c.suggestionRow(one, s))
	}
	m.Told = c.lookedAtShown(all)
	return nil
}

func (c *call) suggestionRow(one conversation.Conversation, s brief.Suggestion) suggestionRow {
	row := suggestionRow{Source: s.Source.Kind + ":" + string(s.Source.ID), Lead: s.Lead, Words: s.Words, Reason: s.Reason, Href: linkTo(s.Page)}
	if s.Fact() == "expectation" {
		row.Href = "/expectations"
		if !one.Owner.Is(c.me) {
			row.Href = "/team/expectations"
		}
	}
	return row
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
	in := conversation.ItemInput{Words: c.text("item"), Shared: c.text("shared") == "yes", Section: c.text("section")}
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

// onItem does something to a line and goes back to where it stands.
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
	shareItem    = onItem(func(c *call, id db.ID) error { return conversation.ShareItem(c.tx, c.me, id) })
	removeItem   = onItem(func(c *call, id db.ID) error { return conversation.RemoveItem(c.tx, c.me, id) })
	moveItemUp   = onItem(func(c *call, id db.ID) error { return conversation.MoveUp(c.tx, c.me, id) })
	moveItemDown = onItem(func(c *call, id db.ID) error { return conversation.MoveDown(c.tx, c.me, id) })
	takeItemOn   = onItem(func(c *call, id db.ID) error { return conversation.Later(c.tx, c.me, id) })
	tickItem     = onItem(func(c *call, id db.ID) error { return conversation.Tick(c.tx, c.me, id, c.text("ticked") == "yes") })
)
