package web

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// counselRow is counsel in a list.
type counselRow struct {
	Href, Words, Who string
	Day              civil.Date
	State            string
	Action, Revision string // of one that can be decided at once
}

// counselList is what others advised the visitor, and what is shown to them.
type counselList struct {
	Open, Decided, Shown []counselRow
	Heard                []heardRow
	Empty                Empty
	Pager                Pager
	Left                 bool
}

// heardRow is an answer of which no counsel was kept.
type heardRow struct {
	Href, Wording, Who, Keep string
	Day                      civil.Date
}

var counselListPage = declare[counselList]("counsels.html")

const (
	counselOnAPage = 30
	mostHeard      = 4
)

// listCounsel shows what waits for a decision first.
func listCounsel(c *call) (view, error) {
	main := counselList{Left: c.me.Left}
	open, err := counsel.Undecided(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	before := db.ID(c.text("before"))
	decided, err := counsel.Decided(c.tx, c.me, before, counselOnAPage+1)
	if err != nil {
		return view{}, err
	}
	shown, err := counsel.Shown(c.tx, c.me, "")
	if err != nil {
		return view{}, err
	}
	if len(decided) > counselOnAPage {
		decided = decided[:counselOnAPage]
		main.Pager.Older = "/counsel?before=" + string(decided[counselOnAPage-1].ID)
	}
	if before != "" {
		main.Pager.Newer = "/counsel"
	}
	main.Open, main.Decided = c.counselRows(open), c.counselRows(decided)
	for _, one := range shown {
		main.Shown = append(main.Shown, c.shownCounselRow(one))
	}
	if len(open)+len(decided)+len(shown) == 0 && before == "" {
		main.Empty = Empty{"What others advise you gathers here, with what you make of it: followed, adapted or set aside. In a year you see whose advice helped.", "Write down some counsel", "/counsel/new"}
		if c.me.Left {
			main.Empty = Empty{Text: "You kept no counsel here."}
		}
	}
	if c.me.Left {
		return counselListPage.show(c, "Counsel", "people", main)
	}
	heard, err := counsel.Suggested(c.tx, c.me, mostHeard)
	for _, h := range heard {
		main.Heard = append(main.Heard, heardRow{askingHref(h.Asking), h.Wording, h.By, askingHref(h.Asking) + "/counsel", h.At})
	}
	if err != nil {
		return view{}, err
	}
	return counselListPage.show(c, "Counsel", "people", main)
}

func (c *call) counselRows(all []counsel.Counsel) []counselRow {
	var rows []counselRow
	for _, one := range all {
		row := counselRow{Href: PathOf(one.Thing()), Words: c.foundTitle(event.Named{Name: one.Words}), Who: one.By.Name, Day: one.GivenOn, State: choiceWords[one.Choice]}
		if one.Choice == counsel.Open && !c.me.Left {
			row.Action, row.Revision = row.Href+"/decision", Form{}.RevisionOr(one.Revision)
		}
		rows = append(rows, row)
	}
	return rows
}

// shownCounselRow is counsel of somebody else's: who opens it is seen to have looked, and its words stand
// there alone.
func (c *call) shownCounselRow(one counsel.Counsel) counselRow {
	words := "What " + one.By.Name + " advised " + one.Owner.Name
	if one.By.Is(c.me) {
		words = "What you advised " + one.Owner.Name
	}
	return counselRow{Href: PathOf(one.Thing()), Words: words, Who: one.Owner.Name, Day: one.GivenOn}
}

var choiceWords = map[counsel.Choice]string{
	counsel.Open: "not decided yet", counsel.Followed: "followed", counsel.Adapted: "adapted", counsel.SetAside: "set aside",
}

// counselForm writes down what was advised.
type counselForm struct {
	Crumb, CrumbHref, Action, Back, Button string
	Origin, Revision                       string
	Heard                                  heard
	Words, By, Named, On, About            Field
	Choice, Why                            Field // of one that is new
	New                                    bool
	Seen                                   Seen
}

var counselFormPage = declare[counselForm]("counsel-form.html")

// newCounsel offers to write down counsel, also what was heard in a conversation or from a mentor.
func newCounsel(c *call) (view, error) {
	from, err := c.counselFrom()
	if err != nil {
		return view{}, err
	}
	now := counsel.Counsel{Origin: from.origin, Text: counsel.Text{By: from.by, GivenOn: from.on}}
	if now.GivenOn.IsZero() {
		now.GivenOn = c.today()
	}
	if by, err := org.PartyFrom(c.tx, c.me, c.text("by")); err == nil && !by.Is(c.me) && now.By.String() == "" {
		now.By = by
	}
	if on := c.thing("about"); on.Kind == "goal" || on.Kind == "ask" {
		now.About = []event.Thing{on}
	}
	main := counselForm{Crumb: "Counsel", CrumbHref: "/counsel", Action: "/counsel", Back: from.back, Button: "Keep it", New: true, Origin: c.text("origin"), Seen: onlyYou}
	main.Choice = c.choiceField(c.form, counsel.Open)
	main.Why = c.form.field(Field{Name: "why", Label: "Why", Type: "textarea", Rows: 2, Hint: "Both can wait. Counsel that is not decided about stands in a list of its own."}, "")
	return c.counselForm(main, now, "What somebody advised you")
}

func (c *call) choiceField(form Form, now counsel.Choice) Field {
	return form.field(Field{Name: "choice", Label: "What you decided", Type: "radio-row", Options: []Option{
		{Value: string(counsel.Open), Label: "Not yet"}, {Value: string(counsel.Followed), Label: "Followed"},
		{Value: string(counsel.Adapted), Label: "Adapted"}, {Value: string(counsel.SetAside), Label: "Set aside"},
	}}, string(now))
}

func (c *call) counselForm(main counselForm, now counsel.Counsel, title string) (view, error) {
	main.Words = c.form.field(Field{Name: "words", Label: "What was advised", Type: "textarea", Rows: 4, Required: true, Hint: "As they said it, as far as you remember."}, now.Words)
	options, err := c.parties(now.By.String())
	if err != nil {
		return view{}, err
	}
	for i := range options {
		if options[i].Value == somebodyOutside {
			options[i].Label = "Somebody outside, by name: a new contact"
		}
	}
	options = append(options, Option{Value: byName, Label: "Somebody else: only the name"})
	usual, name := now.By.String(), ""
	if usual == "" {
		usual, name = byName, now.By.Name
	}
	if !slices.ContainsFunc(options, func(o Option) bool { return o.Value == usual }) { // has left
		usual, name = byName, now.By.Name
	}
	main.By = c.form.field(Field{Name: "by", Label: "Who advised it", Type: "select", Options: options, Required: true}, usual)
	main.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, name)
	main.On = c.form.field(Field{Name: "given_on", Label: "On which day", Type: "date"}, now.GivenOn.String())
	if main.About, err = c.counselAbout(now.About); err != nil {
		return view{}, err
	}
	return counselFormPage.show(c, title, "people", main)
}

// byName is the choice of somebody who is in no list and comes into none.
const byName = question.ToAloud

const mostAboutChoices = 60

// counselAbout offers the goals and the asks that counsel can be about.
func (c *call) counselAbout(now []event.Thing) (Field, error) {
	f := Field{Name: "about", Label: "What it is about", Type: "checkbox", Latest: 3, Hint: "It then stands there too, for you."}
	goals, err := plan.OpenGoals(c.tx, c.me, mostAboutChoices)
	if err != nil {
		return f, err
	}
	asks, err := ask.Mine(c.tx, c.me, "", mostAboutChoices)
	if err != nil {
		return f, err
	}
	add := func(thing event.Thing, name, what string) {
		f.Options = append(f.Options, Option{
			Value: thing.Kind + ":" + string(thing.ID), Label: c.foundTitle(event.Named{Name: or(name, "An ask without words yet")}), Hint: what, Own: true, Chosen: slices.Contains(now, thing),
		})
	}
	for _, g := range goals {
		add(g.Thing(), g.Title, "goal")
	}
	for _, a := range asks {
		add(a.Thing(), a.What, "ask")
	}
	for _, on := range now { // closed, or long ago
		if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == on.Kind+":"+string(on.ID) }) {
			f.Options = append(f.Options, Option{Value: on.Kind + ":" + string(on.ID), Label: "Another " + on.Kind + " of yours", Chosen: true})
		}
	}
	return c.form.ticks(f), nil
}

// heardIn is where counsel is written down from.
type heardIn struct {
	origin org.Origin
	by     org.Party
	on     civil.Date
	back   string
}

// counselFrom finds the conversation or the mentorship that the form names, if the visitor has a side in it.
func (c *call) counselFrom() (heardIn, error) {
	from, in := c.origin(), heardIn{back: "/counsel"}
	var err error
	switch from.Kind {
	case "conversation":
		var one conversation.Conversation
		if one, err = conversation.ByID(c.tx, c.me, from.ID); err == nil {
			in = heardIn{one.Thing(), one.Other(c.me), civil.In(one.At, c.me.Zone), conversationHref(one.ID)}
		}
	case "mentorship":
		var m mentorship.Mentorship
		if m, err = mentorship.ByID(c.tx, c.me, from.ID); err == nil {
			in = heardIn{m.Thing(), m.Other(c.me), c.today(), PathOf(m.Thing())}
		}
	}
	if errors.Is(err, problem.NotFound) {
		err = nil
	}
	if in.on.After(c.today()) {
		in.on = c.today()
	}
	return in, err
}

// counselIn is what the form says was advised.
func (c *call) counselIn() (counsel.Text, error) {
	wrong := problem.Invalid{}
	in := counsel.Text{Words: c.text("words"), GivenOn: c.day("given_on", wrong)}
	if err := wrong.Err(); err != nil {
		return in, err
	}
	for _, on := range c.Form["about"] {
		in.About = append(in.About, thingNamed(on))
	}
	if in.Words == "" { // before a contact is made of the name
		return in, problem.Invalid{"words": "Please write down what was advised."}
	}
	var err error
	if in.By = (org.Party{Name: c.text("named")}); c.text("by") != byName {
		in.By, err = c.party("by", "named")
	}
	return in, err
}

func keepCounsel(c *call) (string, error) {
	from, err := c.counselFrom()
	if err != nil {
		return "", err
	}
	in, err := c.counselIn()
	if err != nil {
		return "", err
	}
	one, err := counsel.Keep(c.tx, c.me, from.origin, in, counsel.Decision{Choice: counsel.Choice(c.text("choice")), Why: c.text("why")})
	c.say(saysCounselKept)
	return PathOf(one.Thing()), err
}

// keepAnswer keeps an answer as counsel, by one press.
func keepAnswer(c *call) (string, error) {
	one, err := counsel.KeepAnswer(c.tx, c.me, c.id("id"))
	if errors.Is(err, problem.NotFound) {
		_, err = question.ByID(c.tx, c.me, c.id("id"))
	}
	c.say(saysCounselKept)
	return PathOf(one.Thing()), err
}

var saysCounselKept = says("Kept, for you alone. Decide about it when you are ready; nobody waits for it.")
