package web

import (
	"errors"
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// oneAsk is an ask that was sent, for its owner and for the one asked.
type oneAsk struct {
	ask.Story
	Mine      bool
	Sentence  string
	KindIs    string
	Money     string
	Partner   string // the other side, for promises
	Seen      Seen
	Evidence  []evidenceRow
	Earlier   []string // how it went before this sending
	Action    string   // where the acts of this ask go
	Answer    *answering
	HandOn    *handingOn
	Elsewhere *handingOn
	Withdraw  bool
	Decision  *decisionShown
	Criteria  []criterionShown
	Promises  []promiseRow
	ComesBack *comingBack
}

// evidenceRow is a win that was sent.
type evidenceRow struct {
	ask.Evidence
	TakeBack string // where it is taken back; empty where it cannot be
}

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
type promising struct{ Words, Due, By Field }

// handingOn passes an ask to somebody.
type handingOn struct {
	Action          string
	To, Named, Note Field
	Open            bool
}

var askPage = declare[oneAsk]("ask.html", "ask-answer.html", "ask-story.html")

// showAsk shows an ask to its owner and to the one asked; a draft to its owner alone.
func showAsk(c *call) (view, error) { return c.showAsk(c.id("id")) }

func (c *call) showAsk(id db.ID) (view, error) {
	s, err := ask.StoryOf(c.tx, c.me, id)
	if err != nil {
		return view{}, err
	}
	if s.State == ask.Draft {
		return c.showDraft(s)
	}
	main := oneAsk{Story: s, Mine: s.Owner.Is(c.me), Action: askHref(s.ID), KindIs: kindLabels[s.Kind].title, Money: money(s.Cost), Withdraw: s.CanWithdraw(c.me)}
	main.Partner = s.Whom.String()
	if !main.Mine {
		main.Partner = s.Owner.String()
	}
	main.Sentence, main.Seen = c.askSentence(s), askSeen(s, c.me)
	for _, e := range s.Now().Evidence {
		row := evidenceRow{Evidence: e}
		if main.Mine && e.TakenBackAt.IsZero() && !c.me.Left {
			row.TakeBack = main.Action + "/evidence/" + string(e.ID) + "/taking-back"
		}
		main.Evidence = append(main.Evidence, row)
	}
	for _, each := range s.Sendings {
		if !each.EndedAt.IsZero() {
			main.Earlier = append(main.Earlier, fmt.Sprintf("Version %d went to %s on %s and was %s on %s.",
				each.Version, each.With.Name, c.stamp(each.SentAt), each.EndedHow, c.stamp(each.EndedAt)))
		}
	}
	if err := main.readActs(c, s); err != nil {
		return view{}, err
	}
	main.readStory(c, s)
	title := "An ask"
	if !main.Mine {
		title = s.Owner.Name + " asks you"
	}
	return askPage.show(c, title, "asks", main)
}

// money is the money of a cost, with its currency.
func money(cost ask.Cost) string {
	if cost.Minor == 0 {
		return ""
	}
	whole, cents, _ := strings.Cut(cost.Amount(), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if cents != "" {
		whole += "." + cents
	}
	return whole + " " + cost.Currency
}

func (c *call) askSentence(s ask.Story) string {
	switch {
	case s.Owner.Is(c.me) && s.State == ask.Sent:
		return "You asked " + s.Whom.Name + " on " + day(c.dayOf(s.SentAt), c.today())
	case s.Owner.Is(c.me):
		return "You asked " + s.Whom.Name
	}
	return s.Owner.Name + " asked you on " + day(c.dayOf(s.SentAt), c.today())
}

func askSeen(s ask.Story, me org.Actor) Seen {
	switch {
	case s.Whom.Contact != "":
		return onlyYou
	case s.Owner.Is(me):
		return Seen{Shared: true, Text: "you and " + s.Whom.Name}
	}
	return Seen{Shared: true, Text: "you and " + s.Owner.Name}
}

func (m *oneAsk) readActs(c *call, s ask.Story) error {
	if s.CanAnswer(c.me) {
		m.Answer = c.answering(s)
	}
	people, err := c.parties("")
	if err != nil {
		return err
	}
	if s.CanHandOn(c.me) {
		m.HandOn = c.handingOn(m.Action+"/handing-on", "to", withoutContacts(people))
		m.HandOn.Note = c.formAt(m.HandOn.Action).field(Field{Name: "note", Label: "A line for both of them", Type: "textarea", Rows: 2}, "")
	}
	if m.Withdraw {
		m.Elsewhere = c.handingOn(m.Action+"/elsewhere", "whom", people)
	}
	return nil
}

func (c *call) handingOn(action, name string, people []Option) *handingOn {
	form := c.formAt(action)
	return &handingOn{
		Action: action, Open: form.Any(),
		To:    form.field(Field{Name: name, Label: "To whom", Type: "select", Options: people, Required: true}, ""),
		Named: form.field(Field{Name: "named_" + name, Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, ""),
	}
}

// withoutContacts leaves the people of the organisation: an ask is handed on among them alone.
func withoutContacts(options []Option) []Option {
	var people []Option
	for _, o := range options {
		if !strings.HasPrefix(o.Value, "contact:") && o.Value != somebodyOutside {
			people = append(people, o)
		}
	}
	return people
}

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
		By:    form.field(Field{Name: at("by"), Label: "Who", Type: "select", Options: []Option{{Value: "asked", Label: them}, {Value: "owner", Label: who}}}, usual),
		Words: form.field(Field{Name: at("words"), Label: "What", Type: "own"}, ""),
		Due:   form.field(Field{Name: at("due"), Label: "By when", Type: "date"}, ""),
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
		in := commitment.Input{By: s.Whom, To: s.Owner, Words: c.text(at("words")), Due: c.day(at("due"), wrong)}
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

func withdrawAsk(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.Withdraw(c.tx, c.me, id)
}

func sendElsewhere(c *call) (string, error) {
	id := c.id("id")
	if _, err := ask.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	to, err := c.party("whom", "named_whom")
	if err != nil {
		return "", err
	}
	return askHref(id), ask.SendElsewhere(c.tx, c.me, id, to)
}

var saidHandedOn = says("Handed on. You see it no longer.")

func handOnAsk(c *call) (string, error) {
	if _, err := ask.ByID(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	to, err := c.party("to", "named_to")
	if err != nil {
		return "", err
	}
	c.say(saidHandedOn)
	return "/asks", ask.HandOn(c.tx, c.me, c.id("id"), to, c.text("note"))
}

func takeBackEvidence(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.TakeBack(c.tx, c.me, id, db.ID(c.PathValue("evidence")))
}
