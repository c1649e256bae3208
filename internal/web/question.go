package web

import (
	"bytes"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// questionList is the library.
type questionList struct {
	Stage, For Field
	Filtered   bool
	Groups     []questionGroup
	Waiting    []askingRow // the actor's own, without an answer
	Faults     []question.Fault
}

// questionGroup is one stage of the loop.
type questionGroup struct {
	Title, About string
	Cards        []questionRow
}

type questionRow struct{ Href, Wording, Whom string }

var questionListPage = declare[questionList]("questions.html")

// stages say what the questions of a stage are for.
var stages = map[question.Stage]string{
	question.Reflect:       "Why I want this, and what I would give up for it.",
	question.Plan:          "Which way, and what first.",
	question.Ask:           "The right question, of the right person, at the right time.",
	question.Agree:         "From a kind word to a promise with a date.",
	question.FollowThrough: "So that nothing that was agreed is forgotten.",
	question.Prove:         "What grew, and who can see it.",
}

func stageTitle(s question.Stage) string { return strings.ToUpper(string(s[:1])) + string(s[1:]) }

// audiences say whom a question is asked of.
var audiences = map[question.Audience]string{
	question.ForSelf:         "yourself",
	question.ForManager:      "your manager",
	question.ForColleague:    "a colleague",
	question.ForMentor:       "a mentor",
	question.ForOrganisation: "the organisation",
}

const mostWaiting = 5

// listQuestions shows the cards, narrowed to a stage and to whom they are asked of.
func listQuestions(c *call) (view, error) {
	want := question.Choice{Stage: question.Stage(c.text("stage")), For: question.Audience(c.text("for"))}
	list := questionList{
		Stage:    Field{Name: "stage", Label: "When", Type: "select", Options: []Option{{Label: "At any time"}}},
		For:      Field{Name: "for", Label: "Whom you ask", Type: "select", Options: []Option{{Label: "Anybody"}}},
		Filtered: want != question.Choice{},
	}
	for _, s := range question.Stages {
		list.Stage.Options = append(list.Stage.Options, Option{Value: string(s), Label: stageTitle(s), Chosen: s == want.Stage})
		if group := c.questionGroup(s, want); len(group.Cards) > 0 {
			list.Groups = append(list.Groups, group)
		}
	}
	for _, a := range question.Audiences {
		list.For.Options = append(list.For.Options, Option{Value: string(a), Label: capital(audiences[a]), Chosen: a == want.For})
	}
	waiting, _, err := question.Mine(c.tx, c.me, question.Place{}, mostWaiting)
	if err != nil {
		return view{}, err
	}
	for _, a := range waiting {
		if !a.Answered() {
			list.Waiting = append(list.Waiting, c.askingRow(a))
		}
	}
	if c.me.Administrator {
		list.Faults = c.server.Questions.Faults()
	}
	return questionListPage.show(c, "Questions", "questions", list)
}

func (c *call) questionGroup(s question.Stage, want question.Choice) questionGroup {
	group := questionGroup{Title: stageTitle(s), About: stages[s]}
	if want.Stage != "" && want.Stage != s {
		return group
	}
	for _, card := range c.server.Questions.List(question.Choice{Stage: s, For: want.For}) {
		group.Cards = append(group.Cards, rowOf(card))
	}
	return group
}

func rowOf(card question.Card) questionRow {
	return questionRow{Href: questionHref(card.ID), Wording: card.Title(), Whom: whom(card)}
}

func questionHref(id string) string { return "/questions/" + url.PathEscape(id) }

// whom says in a few words who is asked: "your manager or a mentor".
func whom(card question.Card) string {
	if card.By == question.ByManager {
		return "one of your people, if you lead some"
	}
	var names []string
	for _, a := range card.For {
		names = append(names, audiences[a])
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

func capital(text string) string { return strings.ToUpper(text[:1]) + text[1:] }

// questionCard is one card.
type questionCard struct {
	Stage, StageHref               string
	Wording, Whom                  string
	AskHref                        string
	Slots                          []Field
	Ways                           []questionWay
	WhatIAsk, WhoToAsk, Expect, At template.HTML
	Next                           []questionRow
	Before                         []askingRow
	Own                            bool
}

// questionWay is another way to ask the same.
type questionWay struct{ Label, Wording, AskHref string }

var questionPage = declare[questionCard]("question.html", "question-next.html")

const mostBefore = 5

// showQuestion shows a card with its slots filled as the address says.
func showQuestion(c *call) (view, error) {
	card, ok := c.server.Questions.ByID(c.PathValue("card"))
	if !ok {
		return view{}, problem.NotFound
	}
	f, err := c.filling(card)
	if err != nil {
		return view{}, err
	}
	main := questionCard{
		Stage: stageTitle(card.Stage), StageHref: "/questions?" + url.Values{"stage": {string(card.Stage)}}.Encode(),
		Wording: card.Wording(f.Filling), Whom: whom(card), AskHref: f.askHref(card, ""), Own: card.Own,
		WhatIAsk: prose(card.WhatIAsk), WhoToAsk: prose(card.WhoToAsk), Expect: prose(card.Expect), At: prose(card.When),
	}
	if shifted := card.Shifted(f.Filling); shifted != "" {
		main.Ways = append(main.Ways, questionWay{"Turned round", shifted, f.askHref(card, "shifted")})
	}
	for _, n := range card.Narrowed(f.Filling) {
		main.Ways = append(main.Ways, questionWay{"For " + n.To, n.Wording, f.askHref(card, n.To)})
	}
	main.Slots = f.slots(card)
	for _, next := range c.server.Questions.Next(card) {
		main.Next = append(main.Next, rowOf(next))
	}
	before, err := question.OfCard(c.tx, c.me, card.ID, mostBefore)
	if err != nil {
		return view{}, err
	}
	for _, a := range before {
		main.Before = append(main.Before, c.askingRow(a))
	}
	return questionPage.show(c, main.Wording, "questions", main)
}

var cardMarkdown = goldmark.New(goldmark.WithExtensions(extension.Typographer))

// prose renders the Markdown of a card. Goldmark leaves out raw HTML and links that run scripts.
func prose(markdown string) template.HTML {
	var b bytes.Buffer
	if err := cardMarkdown.Convert([]byte(markdown), &b); err != nil {
		return template.HTML(template.HTMLEscapeString(markdown))
	}
	return template.HTML(b.String())
}

// filled is a filling with the value of the field it came from: an address holds the id of a
// goal or a skill, never its name.
type filled struct {
	question.Filling
	about string
	mine  []aboutChoice // what of the actor's own can be chosen
}

// filling reads the slots from the address. A name stands only with what is the actor's own: my
// goal has one, my manager's has not.
func (c *call) filling(card question.Card) (filled, error) {
	f := filled{about: c.text("about")}
	f.Filling = question.Filling{
		Asked: question.Part(c.text("asked")), Helper: question.Part(c.text("helper")), Beneficiary: question.Part(c.text("for")),
		Scope: question.Scope(f.about),
	}
	var err error
	if f.mine, err = c.aboutMine(card); err != nil {
		return f, err
	}
	for _, one := range f.mine {
		if one.value == f.about {
			f.Scope, f.Name = one.scope, one.name
		}
	}
	f.Filling = card.Fill(f.Filling)
	if f.Beneficiary != question.Myself {
		f.Name = ""
	}
	if f.Name == "" {
		f.about = string(f.Scope)
	}
	return f, nil
}

// aboutChoice is something of the actor's own that a question can be about.
type aboutChoice struct {
	value string // as the address holds it: its kind and id
	scope question.Scope
	name  string
}

// aboutMine lists what of the actor's own plan the card can be about: open goals, open steps as
// tasks, and skills.
func (c *call) aboutMine(card question.Card) ([]aboutChoice, error) {
	if !card.UsesScope() || !card.UsesBeneficiary() && card.Fill(question.Filling{}).Beneficiary != question.Myself {
		return nil, nil
	}
	var list []aboutChoice
	add := func(scope question.Scope, kind string, id db.ID, name string) {
		if slices.Contains(card.Scopes(), scope) {
			list = append(list, aboutChoice{kind + ":" + string(id), scope, name})
		}
	}
	goals, err := plan.GoalsOf(c.tx, c.me, c.me.Person)
	if err != nil {
		return nil, err
	}
	for _, g := range goals {
		if !g.IsOpen() {
			continue
		}
		add(question.Goal, "goal", g.ID, g.Title)
		for _, s := range g.Steps {
			if s.IsOpen() {
				add(question.Task, "step", s.ID, s.Words)
			}
		}
	}
	skills, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	for _, s := range skills {
		add(question.Skill, "skill", s.ID, s.Name)
	}
	return list, err
}

// askHref leads to asking the question in this way: of oneself at once, of others in writing or aloud.
func (f filled) askHref(card question.Card, way string) string {
	values := url.Values{
		"card": {card.ID}, "asked": {string(f.Asked)}, "helper": {string(f.Helper)}, "for": {string(f.Beneficiary)}, "about": {f.about},
	}
	if way != "" {
		values.Set("way", way)
	}
	if f.Asked == question.Myself {
		return "/askings/new?" + values.Encode()
	}
	return "/askings/ask?" + values.Encode()
}

// wording is the question in the way that the address asks for.
func (f filled) wording(card question.Card, way string) string {
	if way == "shifted" {
		return card.Shifted(f.Filling)
	}
	for _, n := range card.Narrowed(f.Filling) {
		if n.To == way {
			return n.Wording
		}
	}
	return card.Wording(f.Filling)
}

// slots are the fields that the card has something to choose for.
func (f filled) slots(card question.Card) []Field {
	var fields []Field
	if asked := card.AskedChoices(); len(asked) > 1 {
		fields = append(fields, partField("asked", "Whom you ask", asked, f.Asked))
	}
	if card.UsesHelper() {
		fields = append(fields, partField("helper", "Who can help", question.Parts, f.Helper))
	}
	if card.UsesBeneficiary() {
		fields = append(fields, partField("for", "Whom it is for", question.Parts, f.Beneficiary))
	}
	if !card.UsesScope() {
		return fields
	}
	about := Field{Name: "about", Label: "What it is about", Type: "select"}
	for _, s := range card.Scopes() {
		about.Options = append(about.Options, Option{Value: string(s), Label: s.Label(), Chosen: string(s) == f.about})
	}
	for _, one := range f.mine {
		about.Options = append(about.Options, Option{Value: one.value, Label: one.scope.Of(one.name), Chosen: one.value == f.about})
	}
	return append(fields, about)
}

func partField(name, label string, parts []question.Part, chosen question.Part) Field {
	f := Field{Name: name, Label: label, Type: "select"}
	for _, p := range parts {
		f.Options = append(f.Options, Option{Value: string(p), Label: p.Label(), Chosen: p == chosen})
	}
	return f
}
