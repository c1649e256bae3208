package web

import (
	"net/url"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/question"
)

// needLine is one of the things that somebody needs.
type needLine struct {
	Href, Kind, Words, AskHref string
	First                      bool
}

func needLines(needs []question.Need) []needLine {
	var lines []needLine
	for i, n := range needs {
		lines = append(lines, needLine{needHref(n.ID), n.Kind.Title(), n.Words, "/asks/new?origin=" + url.QueryEscape("need:"+string(n.ID)), i == 0})
	}
	return lines
}

func needHref(id db.ID) string { return "/needs/" + string(id) }

// needList is what the visitor needs, in their order, and what could be.
type needList struct {
	Needs       []needLine
	Drafts      []needDraft
	Kind, Words Field
	Room        bool
	Left        bool
	Seen        Seen
}

// needDraft is one that was drafted by rule.
type needDraft struct{ Kind, Label, Words, Why, Origin string }

var needListPage = declare[needList]("needs.html")

// listNeeds shows what the visitor says when somebody asks what they need.
func listNeeds(c *call) (view, error) {
	needs, err := question.Needs(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := needList{Needs: needLines(needs), Room: len(needs) < question.MostNeeds && !c.me.Left, Left: c.me.Left, Seen: onlyYou}
	main.Kind, main.Words = c.needFields(question.Need{})
	if !main.Room {
		return needListPage.show(c, "What you need", "questions", main)
	}
	drafts, err := question.DraftNeeds(c.tx, c.me, c.server.Activities, needs)
	for _, d := range drafts {
		origin := ""
		if d.Origin.ID != "" {
			origin = d.Origin.Kind + ":" + string(d.Origin.ID)
		}
		main.Drafts = append(main.Drafts, needDraft{string(d.Kind), d.Kind.Title(), d.Words, d.Why, origin})
	}
	if err != nil {
		return view{}, err
	}
	return needListPage.show(c, "What you need", "questions", main)
}

func (c *call) needFields(n question.Need) (kind, words Field) {
	var kinds []Option
	for _, kind := range question.NeedKinds {
		kinds = append(kinds, Option{Value: string(kind), Label: kind.Title()})
	}
	kind = c.form.field(Field{Name: "kind", Label: "What kind of thing it is", Type: "select", Options: kinds}, string(n.Kind))
	return kind, c.form.field(Field{Name: "words", Label: "What you need", Type: "textarea", Rows: 2, Required: true,
		Hint: "So clear that somebody could say yes at once: how much, for what, by when."}, n.Words)
}

func addNeed(c *call) (string, error) {
	_, err := question.AddNeed(c.tx, c.me, c.origin(), question.NeedKind(c.text("kind")), c.text("words"))
	return "/needs", err
}

// needForm changes one of them.
type needForm struct {
	Action, Revision string
	Kind, Words      Field
	Left             bool
}

var needPage = declare[needForm]("need.html")

func showNeed(c *call) (view, error) {
	n, err := question.NeedByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := needForm{Action: needHref(n.ID), Revision: c.form.RevisionOr(n.Revision), Left: c.me.Left}
	main.Kind, main.Words = c.needFields(n)
	return needPage.show(c, "One thing that you need", "questions", main)
}

func changeNeed(c *call) (string, error) {
	return "/needs", question.ChangeNeed(c.tx, c.me, c.id("id"), c.revision(), question.NeedKind(c.text("kind")), c.text("words"))
}

func raiseNeed(c *call) (string, error) {
	return "/needs", question.RaiseNeed(c.tx, c.me, c.id("id"))
}

func removeNeed(c *call) (string, error) {
	return "/needs", question.RemoveNeed(c.tx, c.me, c.id("id"))
}
