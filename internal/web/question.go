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
	"github.com/ownward/ownward/internal/question"
)

// questionList is the library.
type questionList struct {
	Words          string
	Stage, For, By Field
	Filtered       bool
	Groups         []questionGroup
	Kept           []questionRow // the visitor's own cards, and the organisation's
	MoreKept       string        // where all of them are
	Managers       int           // how many cards managers ask, where they are not shown
	Waiting        []askingRow   // the actor's own, without an answer
	Faults         []question.Fault
}

// questionGroup is one stage of the loop, or the beginning of it.
type questionGroup struct {
	Title, About string
	Verb         string // the stage, within a sentence
	Cards        []questionRow
	All          int
	Href         string // the whole stage; "" where all of it stands here
}

type questionRow struct {
	Href, Wording, Whom string
	Kept                string // whose card it is, where it is not one of the library
}

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

const (
	mostWaiting = 5
	mostOfStage = 4 // cards of a stage where all stages are shown
	mostKept    = 6 // and of those that people keep
)

// listQuestions shows the cards, narrowed to a stage, to whom they are asked of, to who asks them,
// and to words.
func listQuestions(c *call) (view, error) {
	want := wanted{question.Choice{Stage: question.Stage(c.text("stage")), For: question.Audience(c.text("for")), By: question.ByAnyone}, c.text("q")}
	if c.text("by") == string(question.ByManager) {
		want.By = question.ByManager
	}
	list := c.questionFilter(want)
	for _, s := range question.Stages {
		if group := c.questionGroup(s, want, list.Filtered); len(group.Cards) > 0 {
			list.Groups = append(list.Groups, group)
		}
	}
	if !list.Filtered {
		list.Managers = len(c.server.Questions.List(question.Choice{By: question.ByManager}))
	}
	if err := list.keep(c, want); err != nil {
		return view{}, err
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

// questionFilter is the library before anything is found, with what it is narrowed to.
func (c *call) questionFilter(want wanted) questionList {
	list := questionList{
		Words:    want.words,
		Stage:    Field{Name: "stage", Label: "When", Type: "select", Options: []Option{{Label: "At any time"}}},
		For:      Field{Name: "for", Label: "Whom you ask", Type: "select", Options: []Option{{Label: "Anybody"}}},
		By:       Field{Name: "by", Label: "Who asks", Type: "select", Options: []Option{{Label: "Everybody"}, {Value: string(question.ByManager), Label: "Those who lead others", Chosen: want.By == question.ByManager}}},
		Filtered: want != wanted{Choice: question.Choice{By: question.ByAnyone}},
	}
	for _, s := range question.Stages {
		list.Stage.Options = append(list.Stage.Options, Option{Value: string(s), Label: stageTitle(s), Chosen: s == want.Stage})
	}
	for _, a := range question.Audiences {
		list.For.Options = append(list.For.Options, Option{Value: string(a), Label: capital(audiences[a]), Chosen: a == want.For})
	}
	return list
}

// keep adds the cards that the visitor and the organisation keep, of all stages together.
func (l *questionList) keep(c *call, want wanted) error {
	kept, err := question.KeptCards(c.tx, c.me)
	if err != nil {
		return err
	}
	all := c.text("kept") != "" || l.Filtered
	for _, k := range kept {
		fits := k.By == want.By || !l.Filtered
		switch {
		case !fits || !want.fits(k.Stage, k.For, want.By, k.Title):
		case !all && len(l.Kept) == mostKept:
			l.MoreKept = "/questions?kept=all"
		default:
			l.Kept = append(l.Kept, keptRow(k))
		}
	}
	return nil
}

// questionGroup is a stage with the cards of the library that fit: the first of them where all
// stages are shown.
func (c *call) questionGroup(s question.Stage, want wanted, all bool) questionGroup {
	group := questionGroup{Title: stageTitle(s), Verb: string(s), About: stages[s]}
	for _, card := range c.server.Questions.List(question.Choice{Stage: s}) {
		if !want.fits(s, card.For, card.By, card.Words()) {
			continue
		}
		if group.All++; all || len(group.Cards) < mostOfStage {
			group.Cards = append(group.Cards, rowOf(card))
		}
	}
	if group.All > len(group.Cards) {
		group.Href = want.query(s)
	}
	return group
}

func rowOf(card question.Card) questionRow {
	row := questionRow{Href: questionHref(card.ID), Wording: card.Title(), Whom: whom(card)}
	if card.Own {
		row.Kept = "your organisation’s"
	}
	return row
}

func questionHref(id string) string { return "/questions/" + url.PathEscape(id) }

// whom says in a few words who is asked: "your manager or a mentor".
func whom(card question.Card) string { return whomOf(card.For, card.By) }

func whomOf(of []question.Audience, by question.Asker) string {
	if by == question.ByManager {
		return "one of your people, if you lead some"
	}
	var names []string
	for _, a := range of {
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
	Stage, StageHref string
	Wording, Whom    string
	AskHref          string
	Slots            []Field
	Ways             []questionWay
	Texts            []cardText
	Next             []questionRow
	Before           []askingRow
	From             string // whose card it is, where it is not one of the library
	Edit, File       string // of a card that somebody keeps
}

// questionWay is another way to ask the same.
type questionWay struct{ Label, Wording, AskHref string }

var questionPage = declare[questionCard]("question.html", "question-next.html")

const mostBefore = 5

// showQuestion shows a card with its slots filled as the address says.
func showQuestion(c *call) (view, error) {
	card, kept, err := c.card(c.PathValue("card"))
	if err != nil {
		return view{}, err
	}
	f, err := c.filling(card)
	if err != nil {
		return view{}, err
	}
	main := questionCard{
		Stage: stageTitle(card.Stage), StageHref: "/questions?" + url.Values{"stage": {string(card.Stage)}}.Encode(),
		Wording: card.Wording(f.Filling), Whom: whom(card), AskHref: f.askHref(card, ""), Texts: cardTexts(card),
	}
	main.from(c, card, kept)
	if shifted := card.Shifted(f.Filling); shifted != "" {
		main.Ways = append(main.Ways, questionWay{"Turned round", shifted, f.askHref(card, "shifted")})
	}
	for _, n := range card.Narrowed(f.Filling) {
		main.Ways = append(main.Ways, questionWay{"For " + n.To, n.Wording, f.askHref(card, n.To)})
	}
	main.Slots = f.slots(card)
	if main.Next, err = c.nextCards(card); err != nil {
		return view{}, err
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

// from says whose card it is, and what its owner can do with it.
func (q *questionCard) from(c *call, card question.Card, kept question.Kept) {
	href := "/cards/" + card.ID
	switch {
	case kept.ID == "" && card.Own, kept.Ours:
		q.From = "A card of your organisation."
	case kept.ID != "":
		q.From = "A card of yours, which only you see."
	}
	if kept.ID != "" {
		q.File = href + "/markdown"
		if kept.CanChange(c.me) {
			q.Edit = href + "/edit"
		}
	}
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
