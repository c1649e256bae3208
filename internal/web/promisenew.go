package web

import (
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/problem"
)

// newPromise writes a promise down.
type newPromiseForm struct {
	Origin                               string
	From                                 onward
	Heard                                heard
	Side, Whom, Named, Words, Due, Check Field
	Third, Need                          Field // of an introduction: to whom, and with what they help
	Referral                             bool
	Seen                                 Seen
}

var newPromisePage = declare[newPromiseForm]("promise-new.html")

func newPromise(c *call) (view, error) {
	from, err := c.cameFrom(c.origin())
	if err != nil {
		return view{}, err
	}
	answer, err := c.heard(c.origin())
	if err != nil {
		return view{}, err
	}
	with := or(c.text("with"), answer.whom.String())
	parties, err := c.parties(with)
	if err != nil {
		return view{}, err
	}
	form := newPromiseForm{Origin: c.text("origin"), From: from, Heard: answer, Seen: Seen{Text: "you two, once it is kept here", Shared: true}}
	form.Side = c.form.field(Field{Name: "side", Label: "Who promises", Type: "radio-row", Options: []Option{
		{Value: "mine", Label: "I promise", Hint: "It counts at once."},
		{Value: "theirs", Label: "They promise me", Hint: "It counts once they have said yes."},
	}}, or(c.promiseSide(), "mine"))
	form.Whom = c.form.field(Field{Name: "whom", Label: "With whom", Type: "select", Options: parties, Required: true}, with)
	form.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	form.Words = c.form.field(Field{Name: "words", Label: "What is promised", Type: "textarea", Rows: 2, Required: true,
		Hint: "One thing that somebody will do, in a sentence."}, answer.begin(mostPromise))
	form.Referral = c.text("as") == asReferral
	form.Third = c.form.field(Field{Name: "third", Label: "Whom they introduce you to", Type: "own", Required: true, Hint: "The name that was said to you."}, "")
	form.Need = c.form.field(Field{Name: "need", Label: "With what they can help", Type: "own", Hint: "In a line. It stays between you two."}, answer.begin(mostPromise))
	form.Due = c.form.field(Field{Name: "due", Label: "By when", Type: "date", Required: true}, "")
	form.Check = c.lookBackField(c.form, "check_in", "Did it happen, and did it help? It is never before the day it is due.")
	return newPromisePage.show(c, "A new promise", "promises", form)
}

// What an answer leads to, beside a promise of the visitor's own.
const (
	asTheirs    = "theirs"
	asReferral  = "referral"
	mostPromise = 300 // characters to begin with
)

// promiseSide is who promises, as the way here says.
func (c *call) promiseSide() string {
	switch c.text("as") {
	case asTheirs, asReferral:
		return "theirs"
	}
	return ""
}

// promisedWords are the words of a new promise: of an introduction, who is introduced to whom.
func (c *call) promisedWords(wrong problem.Invalid) string {
	if c.text("as") != asReferral {
		return c.text("words")
	}
	third := strings.Join(strings.Fields(c.text("third")), " ")
	wrong.Check(third != "", "third", "Please write down whom they introduce you to.")
	return "Introduce " + c.me.Name + " to " + third + "."
}

// lookBackField is the field for the day to look back at a promise, with the day that is proposed.
func (c *call) lookBackField(form Form, name, hint string) Field {
	return form.field(Field{Name: name, Label: "To look back on", Type: "date", Hint: hint}, c.proposedLookBack().String())
}

// lookBack is the day of that field. The one that was proposed moves to the day on which the
// promise is due, where that is later: the verb proposes it again.
func (c *call) lookBack(name string, wrong problem.Invalid) civil.Date {
	day := c.day(name, wrong)
	if day == c.proposedLookBack() {
		return civil.Date{}
	}
	return day
}

func (c *call) proposedLookBack() civil.Date {
	return commitment.ProposeCheckIn(c.today(), civil.Date{})
}

func makePromise(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := commitment.Input{By: c.me.Self(), Words: c.promisedWords(wrong), Due: c.day("due", wrong), CheckIn: c.lookBack("check_in", wrong)}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	var err error
	if in.To, err = c.party("whom", "named"); err != nil {
		return "", err
	}
	if c.text("side") == "theirs" || c.text("as") == asReferral {
		in.By, in.To = in.To, in.By
	}
	from, err := c.source()
	if err != nil {
		return "", err
	}
	if c.text("as") == asReferral && in.By.Person != "" {
		return c.noteIntroduction(from, in)
	}
	p, err := commitment.Make(c.tx, c.me, from, in)
	return promiseHref(p.ID), c.became(p.Thing(), asField(asField(err, "to", "whom"), "by", "whom"))
}
