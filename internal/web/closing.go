package web

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// closing is the page on which a conversation is closed in a minute.
type closing struct {
	Path, Title, Other string
	Alone              bool
	Revision           string
	Outcome            Field
	Asks               []Field // of a sprint, in the place of Outcome: its three questions
	Promises           []promiseFields
	NotReached         int
	Next, NextHref     string // the next conversation that stands
	NextOffer          Field  // where none does
	Both               Seen
	Feedback           closingFeedback
}

// closingFeedback offers to say what one saw in the work of the other, while it is fresh.
type closingFeedback struct {
	Asked           []feedbackRow // that the other side asked the actor for
	Work, Saw, Next Field
	Offered         bool
	Theirs          Seen
}

var closingPage = declare[closing]("closing.html")

// showClosing offers to write down what came of a conversation.
func showClosing(c *call) (view, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	whole := c.oneConversation(one)
	if !whole.CanEnd {
		return showConversation(c) // ended meanwhile, or its day has not come
	}
	main := closing{
		Path: whole.Path, Title: whole.Title, Other: whole.Other, Alone: whole.Alone, Both: whole.Both, Revision: c.form.RevisionOr(0),
		Outcome: c.form.field(Field{Name: "outcome", Label: "What came of it", Type: "textarea", Rows: 4, Hint: "What you agreed, what each will do differently, what you heard."}, ""),
	}
	for _, section := range one.Shape().Sections {
		if section.Asks != "" {
			main.Asks = append(main.Asks, c.form.field(Field{Name: "said-" + section.ID, Label: section.Asks, Type: "textarea", Rows: 2}, ""))
		}
	}
	for n := 1; n <= promisesAtOnce; n++ {
		main.Promises = append(main.Promises, c.promiseFields(c.form, n, main.Other))
	}
	agenda, err := conversation.AgendaOf(c.tx, c.me, one.ID)
	if err != nil {
		return view{}, err
	}
	for _, i := range agenda.Shared {
		if i.Waits() {
			main.NotReached++
		}
	}
	if err := main.readNext(c, one); err != nil {
		return view{}, err
	}
	if err := main.readFeedback(c, one.Other(c.me)); err != nil {
		return view{}, err
	}
	return closingPage.show(c, "Close it: "+main.Title, "conversations", main)
}

func (m *closing) readFeedback(c *call, other org.Party) error {
	if other.Person == "" {
		return nil
	}
	asked, err := feedback.Between(c.tx, c.me, other.Person)
	for _, f := range asked {
		if f.Giver.Is(c.me) {
			m.Feedback.Asked = append(m.Feedback.Asked, c.feedbackRow(f, f.Owner.Name))
		}
	}
	work := Field{Name: "feedback-work", Label: "On which work", Type: "own", Hint: "One piece of work that both of you remember."}
	saw := Field{Name: "feedback-saw", Label: "What you saw, and what came of it", Type: "textarea", Rows: 2, Hint: "What was done, in the work: not what somebody is like."}
	next := Field{Name: "feedback-next", Label: "What could be tried next time", Type: "textarea", Rows: 2, Hint: "It can stay empty."}
	m.Feedback.Work, m.Feedback.Saw, m.Feedback.Next = c.form.field(work, ""), c.form.field(saw, ""), c.form.field(next, "")
	m.Feedback.Offered, m.Feedback.Theirs = true, Seen{Text: "you and " + other.Name + "; only they can show it to others", Shared: true}
	return err
}

// giveAtTheEnd gives the feedback that was written down as the conversation was closed.
func (c *call) giveAtTheEnd(one conversation.Conversation) error {
	on, text := feedback.Subject{Work: c.text("feedback-work")}, feedback.Text{Saw: c.text("feedback-saw"), Next: c.text("feedback-next")}
	other := one.Other(c.me).Person
	if other == "" || on.Work == "" && text == (feedback.Text{}) {
		return nil
	}
	_, err := feedback.Give(c.tx, c.me, one.Thing(), other, on, text)
	var wrong problem.Invalid
	if !errors.As(err, &wrong) {
		return err
	}
	under := problem.Invalid{}
	for field, message := range wrong {
		under.Add("feedback-"+field, message)
	}
	return under
}

func (m *closing) readNext(c *call, one conversation.Conversation) error {
	next, err := conversation.Next(c.tx, c.me, one)
	if err == nil {
		m.Next, m.NextHref = next.Kind.Title()+", "+c.moment(next.At), conversationHref(next.ID)
		return nil
	}
	if !errors.Is(err, problem.NotFound) {
		return err
	}
	m.NextOffer = Field{Name: "next", Label: "When you meet next", Type: "select"}
	usual := ""
	for _, offer := range c.nextOffers(one) {
		value := string(offer.Kind)
		if usual == "" {
			usual = value
		}
		m.NextOffer.Options = append(m.NextOffer.Options, Option{Value: value, Label: offer.Kind.Title() + ", " + c.moment(offer.At)})
	}
	m.NextOffer.Options = append(m.NextOffer.Options, Option{Value: "", Label: "Leave it open"})
	m.NextOffer = c.form.field(m.NextOffer, usual)
	return nil
}

// nextOffers are times for the next conversation: the same weekday and hour, in four weeks for a
// short one, in twelve for the deep one that comes next.
func (c *call) nextOffers(one conversation.Conversation) []conversation.NextInput {
	offer := func(kind conversation.Kind, weeks int) conversation.NextInput {
		at := one.At.In(c.me.Zone).AddDate(0, 0, 7*weeks)
		for !at.After(c.tx.Now()) {
			at = at.AddDate(0, 0, 7)
		}
		return conversation.NextInput{Kind: kind, Time: conversation.Time{At: at, Minutes: kind.Minutes()}}
	}
	if one.Kind == conversation.Free {
		return []conversation.NextInput{offer(conversation.Free, 4)}
	}
	deep := conversation.Align
	if at := slices.Index(conversation.Kinds, one.Kind); one.Kind.Deep() && one.Kind != conversation.Advocate {
		deep = conversation.Kinds[at+1]
	}
	return []conversation.NextInput{offer(conversation.Sprint, 4), offer(deep, 12)}
}

// closeConversation notes that the two met, what came of it, and when they meet next.
func closeConversation(c *call) (string, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	in, err := c.ending()
	if err != nil {
		return "", err
	}
	in.Outcome = c.cameOf(one)
	for _, offer := range c.nextOffers(one) {
		if string(offer.Kind) == c.text("next") {
			in.Next = offer
		}
	}
	c.say(saysEnded)
	if err := conversation.End(c.tx, c.me, one.ID, in); err != nil {
		return "", err
	}
	return conversationHref(one.ID) + "#outcome", c.giveAtTheEnd(one)
}

// cameOf is what came of it as one text: of a sprint, its questions with what was said to each.
func (c *call) cameOf(one conversation.Conversation) string {
	var parts []string
	if text := c.text("outcome"); text != "" {
		parts = append(parts, text)
	}
	for _, section := range one.Shape().Sections {
		if text := c.text("said-" + section.ID); section.Asks != "" && text != "" {
			parts = append(parts, section.Asks+"\n"+text)
		}
	}
	return strings.Join(parts, "\n\n")
}

// backToClosing is where a closing comes back that could not be taken: the page of the
// conversation, where the other side has closed it meanwhile.
func backToClosing(c *call) (view, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if one.State == conversation.Held && c.form.Values != nil {
		c.form.Values.Set("outcome", c.cameOf(one))
		return showConversation(c)
	}
	return showClosing(c)
}

// saidOfTalk is what a side said of a conversation.
type saidOfTalk struct {
	Words, Text string
	At          time.Time
	Differs     bool
}

// confirming is the part of the page on which the other side says whether that is what they agreed.
type confirmingOutcome struct {
	CanConfirm bool
	Promises   []promisedRow // that wait for the actor's yes
	IDs        []string      // of those
	Differs    Field
	Before     []saidOfTalk
	After      []saidOfTalk
	Waits      bool // for the other side
}

func (m *oneConversation) readSaid(c *call, one conversation.Conversation) error {
	all, err := conversation.SaidOf(c.tx, c.me, one.ID)
	if err != nil {
		return err
	}
	mine, theirs := false, false
	for _, s := range all {
		who := s.Name
		if s.By == c.me.Person && s.By != "" {
			who = "You"
		}
		line := saidOfTalk{Words: s.Words, At: s.At, Differs: !s.Agrees, Text: who + ", " + c.moment(s.At)}
		if s.Moment == conversation.Before {
			m.Confirming.Before = append(m.Confirming.Before, line)
			continue
		}
		if s.By == "" {
			who += ", by the link,"
		}
		now := s.Revision == m.Outcome.Text.Revision
		switch {
		case !s.Agrees:
			line.Text = who + " remembered it differently, " + c.moment(s.At)
		case now:
			line.Text = who + " said that this is what was agreed, " + c.moment(s.At)
		default:
			line.Text = who + " agreed to an earlier wording, " + c.moment(s.At)
		}
		m.Confirming.After = append(m.Confirming.After, line)
		if s.By == c.me.Person {
			mine = mine || now
		} else {
			theirs = theirs || now
		}
	}
	if !m.CanAmend || one.Alone() {
		return nil
	}
	m.Confirming.CanConfirm, m.Confirming.Waits = !mine, mine && !theirs
	m.Confirming.Differs = c.formFor("/conversations/{id}/confirmation").field(Field{Name: "differs", Label: "How you remember it", Type: "textarea", Rows: 2}, "")
	return nil
}

// confirmOutcome says whether what stands there is what the two agreed.
func confirmOutcome(c *call) (string, error) {
	in := conversation.Confirmation{Revision: c.revision(), Agrees: c.text("agrees") == "yes"}
	if !in.Agrees {
		in.Words = c.text("differs")
	}
	for _, id := range c.Form["promise"] {
		in.Promises = append(in.Promises, db.ID(id))
	}
	c.say(saysConfirmed)
	return conversationHref(c.id("id")) + "#outcome", conversation.Confirm(c.tx, c.me, c.id("id"), in)
}

var saysConfirmed = says("It is noted. Both of you read it here.")

// waitsForMe tells whether a promise that came of it waits for the actor's yes.
func waitsForMe(c *call, p commitment.Commitment) bool {
	return p.State == commitment.Proposed && p.By.Is(c.me)
}

func (m *confirmingOutcome) add(c *call, p commitment.Commitment, row promisedRow) {
	if waitsForMe(c, p) {
		m.Promises, m.IDs = append(m.Promises, row), append(m.IDs, string(p.ID))
	}
}
