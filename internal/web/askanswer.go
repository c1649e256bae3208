package web

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/problem"
)

// answering is the form of an answer.
type answering struct {
	Heard                         bool   // the owner writes down what a contact said
	Who                           string // who answers
	Says, Reason, Feedback        Field
	Alternative, AlternativeWords Field
	AgainOn, Conditions           Field
	First                         promising
	More                          []promising
	MoreOpen                      bool
}

// promising is a promise that comes with an answer.
type promising struct{ By, Words, Due, CheckIn Field }

// promisesWithAnswer are how many promises can be made with an answer: two by the one who
// answers, one by the one who asked. More can be written down afterwards.
const promisesWithAnswer = 3

// answering is the form for the one asked; for a contact, for the owner to write down what they
// heard.
func (c *call) answering(s ask.Story) *answering {
	form := c.formAt(askHref(s.ID) + "/decision")
	a := &answering{Heard: s.Whom.Contact != "", Who: s.Whom.Name}
	a.Says = form.field(Field{Name: "says", Label: "Your answer", Type: "radio-row", Required: true, Options: []Option{
		{Value: string(ask.Yes), Label: "Yes"},
		{Value: string(ask.YesIf), Label: "Yes, if", Hint: "with conditions"},
		{Value: string(ask.NotNow), Label: "Not now", Hint: "it comes back"},
		{Value: string(ask.No), Label: "No", Hint: "there is another way"},
	}}, "")
	a.Conditions = form.field(Field{Name: "conditions", Label: "What must be shown", Type: "textarea", Rows: 3,
		Hint: "One thing a line. Each can be shown, and you say when it is."}, "")
	a.Reason = form.field(Field{Name: "reason", Label: "Why", Type: "textarea", Rows: 3, Hint: "A sentence is enough. A yes has reasons too."}, "")
	a.Feedback = form.field(Field{Name: "feedback", Label: "On their work and skills", Type: "textarea", Rows: 3,
		Hint: "What you saw, and what would make the next ask stronger."}, "")
	ways := []Option{{Value: "", Label: "None that I see"}}
	for _, each := range ask.Alternatives {
		ways = append(ways, Option{Value: each, Label: strings.ToUpper(each[:1]) + each[1:]})
	}
	a.Alternative = form.field(Field{Name: "alternative", Label: "Another way", Type: "select", Options: ways}, "")
	a.AlternativeWords = form.field(Field{Name: "alternative_words", Label: "What it could be", Type: "own"}, "")
	a.AgainOn = form.field(Field{Name: "again_on", Label: "Ask me again on", Type: "date", Hint: "Without a day, it comes back in 90 days."}, "")
	if a.Heard {
		a.Says.Label, a.Reason.Hint = "What "+s.Whom.Name+" said", "As far as you remember."
		a.Feedback.Label, a.AgainOn.Label = "On your work and skills", "Ask again on"
		a.Feedback.Hint = "What they saw, and what would make the next ask stronger."
	}
	a.First = c.promising(form, s, 0)
	for i := 1; i < promisesWithAnswer; i++ {
		one := c.promising(form, s, i)
		a.More = append(a.More, one)
		a.MoreOpen = a.MoreOpen || one.Words.Value != "" || one.Due.Value != ""
	}
	return a
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

// decideAsk takes the answer of the one asked.
func decideAsk(c *call) (string, error) {
	s, err := ask.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	r := ask.Reply{
		Says: ask.Says(c.text("says")), Conditions: strings.Split(c.text("conditions"), "\n"), Reason: c.text("reason"), Feedback: c.text("feedback"),
		Alternative: c.text("alternative"), AlternativeWords: c.text("alternative_words"), AgainOn: c.day("again_on", wrong),
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
	return askHref(s.ID), promiseRows(ask.Decide(c.tx, c.me, s.ID, answer), rows)
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
