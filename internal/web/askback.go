package web

import (
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// inquiryShown is a question back, with the form for its answer where the visitor gives it.
type inquiryShown struct {
	ask.Inquiry
	Reply *replying
}

// replying is the form with which an ask goes back to who asked the question.
type replying struct {
	Action, Button string
	Words          Field
	Seen           Seen
}

// moneyAnswering is the form of who answers for the money.
type moneyAnswering struct {
	Version                int64 // of what was sent, as they read it
	Heard                  bool  // the owner writes down what a contact said
	First                  ask.Approval
	Says, Reason, Question Field
	CostCentre, AgainOn    Field
	Budget                 *Field // where there are budgets
	Seen                   Seen
}

// moneyWord says that one yes waits for the other.
type moneyWord struct {
	Sentence string
	TakeBack string // where the first takes their word back; empty for others
}

// readBack adds what was asked back, and how it stands with the money.
func (m *oneAsk) readBack(c *call, s ask.Story) error {
	now := s.Now()
	for _, q := range now.Inquiries {
		shown := inquiryShown{Inquiry: q}
		if q.AnsweredAt.IsZero() && s.CanReply(c.me) {
			shown.Reply = c.replying(s, q)
		}
		m.Inquiries = append(m.Inquiries, shown)
	}
	for _, each := range now.Approvals {
		if !each.Waits() {
			continue
		}
		if s.CanAnswerForMoney(c.me) {
			var err error
			if m.MoneyAnswer, err = c.moneyAnswering(s, each); err != nil {
				return err
			}
			continue
		}
		m.MoneyWord = &moneyWord{Sentence: each.First.Name + " said yes from their side. It waits for the yes of " + each.With.Name + " to the money."}
		if each.First.Is(c.me) {
			m.MoneyWord.Sentence = "You said yes from your side. It waits for the yes of " + each.With.Name + " to the money."
		}
		if s.CanTakeWordBack(c.me) {
			m.MoneyWord.TakeBack = m.Action + "/money/taking-back"
		}
	}
	return nil
}

func (c *call) replying(s ask.Story, q ask.Inquiry) *replying {
	action := askHref(s.ID) + "/inquiries/" + string(q.ID)
	r := &replying{Action: action, Button: "Answer, and send it back", Seen: askSeen(s, c.me)}
	if q.By.Contact != "" {
		r.Button = "Write it down"
	}
	hint := "What was sent stays as it is; this stands beside it, for " + q.By.Name + " and whoever decides on this after them."
	r.Words = c.formAt(action).field(Field{Name: "reply", Label: "Your answer", Type: "textarea", Rows: 3, Required: true, Hint: hint}, "")
	return r
}

func (c *call) moneyAnswering(s ask.Story, first ask.Approval) (*moneyAnswering, error) {
	form := c.formAt(askHref(s.ID) + "/money")
	m := &moneyAnswering{Version: s.Version, Heard: first.With.Contact != "", First: first, Seen: Seen{Shared: true, Text: "you, " + s.Owner.Name + " and " + first.First.Name}}
	options := []Option{
		{Value: string(ask.Yes), Label: "Yes", Hint: "With " + first.First.Name + "’s yes it is granted."},
		{Value: needsToKnow, Label: "I need to know more", Hint: "It goes back to " + s.Owner.Name + " with one question, and returns with the answer."},
		{Value: string(ask.NotNow), Label: "Not now", Hint: "Name a day on which there will be money to talk about."},
		{Value: string(ask.No), Label: "No", Hint: "A reason makes it useful: the sum, the time, the budget."},
	}
	if s.AskedBack {
		options = append(options[:1], options[2:]...)
	}
	m.Says = form.field(Field{Name: "says", Label: "On the money alone", Type: "radio", Required: true, Options: options}, "")
	m.Question = form.field(Field{Name: "question", Label: "What you need to know", Type: "textarea", Rows: 2, Hint: "One question."}, "")
	m.Reason = form.field(Field{Name: "reason", Label: "Why", Type: "textarea", Rows: 2, Hint: "A sentence is enough."}, "")
	m.CostCentre = form.field(Field{Name: "cost_centre", Label: "Cost centre", Max: 100, Hint: "Where the money is booked."}, first.CostCentre)
	m.AgainOn = form.field(Field{Name: "again_on", Label: "Ask again on", Type: "date", Hint: "Without a day, it comes back in 90 days."}, "")
	if m.Heard {
		m.Seen, m.Says.Label = onlyYou, "What "+first.With.Name+" said on the money"
		return m, nil
	}
	var err error
	m.Budget, err = c.moneyBudgetOf(form, s, first)
	return m, err
}

// replyToAsk answers a question back.
func replyToAsk(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.ReplyTo(c.tx, c.me, id, db.ID(c.PathValue("inquiry")), c.text("reply"))
}

// decideMoney takes the word of who answers for the money, or their question.
func decideMoney(c *call) (string, error) {
	id := c.id("id")
	if _, err := ask.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	if c.text("says") == needsToKnow {
		c.say(saidAskedBack)
		return askHref(id), ask.AskBack(c.tx, c.me, id, c.text("question"))
	}
	wrong := problem.Invalid{}
	in := ask.MoneyReply{Says: ask.Says(c.text("says")), Reason: c.text("reason"), CostCentre: c.text("cost_centre"), Budget: db.ID(c.text("budget")), AgainOn: c.day("again_on", wrong), Version: c.versionRead()}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return askHref(id), ask.DecideMoney(c.tx, c.me, id, in)
}

func takeWordBack(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.TakeWordBack(c.tx, c.me, id)
}

var saidMoneyBack = says("Returned to the budget. Both are told.")

func returnAskMoney(c *call) (string, error) {
	id := c.id("id")
	c.say(saidMoneyBack)
	return askHref(id), ask.ReturnMoney(c.tx, c.me, id)
}

func thankForAsk(c *call) (string, error) {
	id := c.id("id")
	return askHref(id), ask.Thank(c.tx, c.me, id, c.text("thanks"))
}
