package web

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/alternative"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// answering is the form of an answer.
type answering struct {
	Heard                         bool   // the owner writes down what a contact said
	Who                           string // who answers
	Version                       int64  // of what was sent, as they read it
	Says, Reason, Feedback        Field
	Alternative, AlternativeWords Field
	AgainOn, Conditions, Question Field
	Money, MoneyName, CostCentre  *Field // where money is asked for
	Budget                        *Field // where there are budgets
	First                         promising
	More                          []promising
	MoreOpen                      bool
}

// promising is a promise that comes with an answer.
type promising struct{ By, Words, Due, CheckIn Field }

// promisesWithAnswer are how many promises can be made with an answer: two by the one who
// answers, one by the one who asked. More can be written down afterwards.
const promisesWithAnswer = 3

// needsToKnow is the answer that is none yet: the ask goes back with a question.
const needsToKnow = "question"

// answering is the form for the one asked; for a contact, for the owner to write down what they
// heard.
func (c *call) answering(s ask.Story, people []Option) (*answering, error) {
	form := c.formAt(askHref(s.ID) + "/decision")
	a := &answering{Heard: s.Whom.Contact != "", Who: s.Whom.Name, Version: s.Version}
	back := "It goes back to " + s.Owner.Name + " with one question, and returns with the answer."
	if a.Heard {
		back = "They asked something back: it stands here with your answer, and still waits for theirs."
	}
	a.Says = form.field(Field{Name: "says", Label: "Your answer", Type: "radio", Required: true, Options: []Option{
		{Value: string(ask.Yes), Label: "Yes", Hint: "A promise makes it real: who does what, by when."},
		{Value: string(ask.YesIf), Label: "Yes, if", Hint: "With conditions that can be shown, one by one."},
		{Value: needsToKnow, Label: "I need to know more", Hint: back},
		{Value: string(ask.NotNow), Label: "Not now", Hint: "A day, and what will be different then, make it useful."},
		{Value: string(ask.No), Label: "No", Hint: "A reason and another way make it a step."},
	}}, "")
	if s.AskedBack {
		a.Says.Options = slices.DeleteFunc(a.Says.Options, func(o Option) bool { return o.Value == needsToKnow })
	}
	a.Conditions = form.field(Field{Name: "conditions", Label: "What must be shown", Type: "textarea", Rows: 3,
		Hint: "One thing a line. Each can be shown, and you say when it is."}, "")
	a.Question = form.field(Field{Name: "question", Label: "What you need to know", Type: "textarea", Rows: 2,
		Hint: "One question. What was sent stays as it is; the answer stands beside it, for you and for whoever decides after you."}, "")
	a.Reason = form.field(Field{Name: "reason", Label: "Why", Type: "textarea", Rows: 2, Hint: "A sentence is enough. A yes has reasons too."}, "")
	a.Feedback = form.field(Field{Name: "feedback", Label: "On their work and skills", Type: "textarea", Rows: 2,
		Hint: "What you saw, and what would make the next ask stronger."}, "")
	a.Alternative = form.ticks(Field{Name: "alternative", Label: "Other ways that you see", Type: "checkbox", Options: ways()})
	a.AlternativeWords = form.field(Field{Name: "alternative_words", Label: "What it could be", Type: "own"}, "")
	a.AgainOn = form.field(Field{Name: "again_on", Label: "Ask me again on", Type: "date", Hint: "Without a day, it comes back in 90 days."}, "")
	if a.Heard {
		a.heard(s.Whom.Name)
	}
	if err := c.moneyOf(a, form, s, people); err != nil {
		return nil, err
	}
	a.First = c.promising(form, s, 0)
	for i := 1; i < promisesWithAnswer; i++ {
		one := c.promising(form, s, i)
		a.More = append(a.More, one)
		a.MoreOpen = a.MoreOpen || one.Words.Value != "" || one.Due.Value != ""
	}
	return a, nil
}

// heard puts the labels of the form into the words of an owner who writes down what they heard.
func (a *answering) heard(who string) {
	a.Says.Label, a.Reason.Hint = "What "+who+" said", "As far as you remember."
	a.Feedback.Label, a.AgainOn.Label = "On your work and skills", "Ask again on"
	a.Feedback.Hint = "What they saw, and what would make the next ask stronger."
	a.Question.Label, a.Question.Hint = "What they want to know", "One question. You can write down below what you told them."
	a.Alternative.Label = "Other ways that they see"
}

// ways are the other ways of the catalogue.
func ways() []Option {
	var ways []Option
	for _, each := range alternative.All() {
		ways = append(ways, Option{Value: each.Name, Label: capital(each.Name), Hint: each.Hint})
	}
	return ways
}

// moneyOf offers, where money is asked for, whose yes for the money it needs, and where it is booked.
func (c *call) moneyOf(a *answering, form Form, s ask.Story, people []Option) (err error) {
	if s.Cost.Minor == 0 && s.Kind != ask.Money {
		return nil
	}
	if a.Budget, err = c.budgetOf(form, s); err != nil {
		return err
	}
	whose := []Option{{Value: "", Label: "No, this yes is enough"}}
	if a.Budget != nil {
		whose[0].Label = "Only that of who answers for the budget"
	}
	for _, o := range people {
		if o.Value != s.Owner.String() && o.Value != s.Whom.String() && strings.HasPrefix(o.Value, "contact:") == a.Heard {
			whose = append(whose, o)
		}
	}
	if !a.Heard && !c.who.Alone {
		whose = append(whose, Option{Value: somebodyHere, Label: "Somebody else here, by name"})
	}
	money := form.field(Field{Name: "money", Label: "Does it need somebody else’s yes for the money?", Type: "select", Options: whose,
		Hint: "Then it takes both of you. They answer on the money alone."}, "")
	named := form.field(Field{Name: "named_money", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	centre := form.field(Field{Name: "cost_centre", Label: "Cost centre", Max: 100, Hint: "Where the money is booked, where you know it."}, "")
	a.Money, a.MoneyName, a.CostCentre = &money, &named, &centre
	return nil
}

func (c *call) promising(form Form, s ask.Story, i int) promising {
	at := func(field string) string { return fmt.Sprintf("promise_%d_%s", i, field) }
	who, usual := s.Owner.Name, "asked"
	them := "You"
	if s.Whom.Contact != "" {
		who, them = "You", s.Whom.Name
	}
	if i == promisesWithAnswer-1 {
		usual = "owner"
	}
	return promising{
		By:      form.field(Field{Name: at("by"), Label: "Who", Type: "select", Options: []Option{{Value: "asked", Label: them}, {Value: "owner", Label: who}}}, usual),
		Words:   form.field(Field{Name: at("words"), Label: "What", Type: "own"}, ""),
		Due:     form.field(Field{Name: at("due"), Label: "By when", Type: "date"}, ""),
		CheckIn: c.lookBackField(form, at("check_in"), ""),
	}
}

// decideAsk takes the answer of the one asked, or their question.
func decideAsk(c *call) (string, error) {
	s, err := ask.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	if c.text("says") == needsToKnow {
		if s.Whom.Contact == "" {
			c.say(saidAskedBack)
		}
		return askHref(s.ID), ask.AskBack(c.tx, c.me, s.ID, c.text("question"))
	}
	wrong := problem.Invalid{}
	r := ask.Reply{
		Says: ask.Says(c.text("says")), Version: c.versionRead(), Conditions: strings.Split(c.text("conditions"), "\n"), Reason: c.text("reason"), Feedback: c.text("feedback"),
		Alternative: strings.Join(c.PostForm["alternative"], "\n"), AlternativeWords: c.text("alternative_words"), AgainOn: c.day("again_on", wrong),
		CostCentre: c.text("cost_centre"),
	}
	yes := r.Says == ask.Yes || r.Says == ask.YesIf
	if yes {
		r.Budget = db.ID(c.text("budget"))
	}
	if c.text("money") != "" && yes {
		if r.Money, err = c.party("money", "named_money"); err != nil {
			return "", err
		}
	}
	var rows []int
	for i := range promisesWithAnswer {
		at := func(field string) string { return fmt.Sprintf("promise_%d_%s", i, field) }
		in := commitment.Input{By: s.Whom, To: s.Owner, Words: c.text(at("words")), Due: c.day(at("due"), wrong), CheckIn: c.lookBack(at("check_in"), wrong)}
		if c.text(at("by")) == "owner" {
			in.By, in.To = in.To, in.By
		}
		if in.Words != "" || !in.Due.IsZero() {
			r.Promises, rows = append(r.Promises, in), append(rows, i)
		}
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	answer, err := r.Answer(c.today())
	if err != nil {
		return "", err
	}
	if s.Whom.Person == c.me.Person {
		c.say(saidAnswered)
	}
	return askHref(s.ID), promiseRows(ask.Decide(c.tx, c.me, s.ID, answer), rows)
}

var (
	saidAnswered  = says("Answered. They can read it from now on; what is promised stands in the list of both.")
	saidAskedBack = says("Asked. It comes back to you with the answer.")
)

// versionRead is the version of what was sent that the form was opened on.
func (c *call) versionRead() int64 {
	n, err := strconv.ParseInt(c.text("version"), 10, 64)
	if err != nil {
		return 0 // what stands now
	}
	return n
}

// promiseRows moves the messages for the promises that were filled in to the rows of the form
// in which they stand.
func promiseRows(err error, rows []int) error {
	var wrong problem.Invalid
	if !errors.As(err, &wrong) {
		return err
	}
	moved := problem.Invalid{}
	for field, message := range wrong {
		for i, row := range rows {
			if rest, ok := strings.CutPrefix(field, fmt.Sprintf("promise_%d_", i)); ok {
				field = fmt.Sprintf("promise_%d_%s", row, rest)
				break
			}
		}
		moved.Add(field, message)
	}
	return moved
}
