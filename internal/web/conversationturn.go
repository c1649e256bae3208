package web

import (
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
)

// turning is the sheet on which a line of the notes becomes something.
type turning struct {
	Path, Back     string
	Words, As      Field
	By, Third, Due Field
	Work           Field // of feedback
	Both           Seen
	Alone          bool
}

var turningPage = declare[turning]("conversation-turn.html")

// What a line can become.
const (
	aPromise  = "promise"
	aReferral = "referral"
	aFeedback = "feedback"
	anAsk     = "ask"
	aGoal     = "goal"
	aCounsel  = "counsel"
)

// turnLine offers what a line of the shared notes can become. The address names the number of the line,
// never its words.
func turnLine(c *call) (view, error) {
	one, err := c.noted()
	if err != nil {
		return view{}, err
	}
	texts, err := conversation.TextsOf(c.tx, c.me, one.ID)
	if err != nil {
		return view{}, err
	}
	href, other := conversationHref(one.ID), one.Other(c.me)
	main := turning{Path: href + "/turn", Back: href + "#notes", Alone: other.Person == "", Both: Seen{Text: "you and " + other.Name + "; an ask, a goal and counsel: only you at first", Shared: true}}
	if one.Alone() {
		main.Both = onlyYou
	}
	main.Words = c.form.field(Field{Name: "words", Label: "In a sentence", Type: "own", Required: true}, lineOf(texts.Notes.Words, c.text("line")))
	main.As = c.form.field(Field{Name: "as", Label: "It becomes", Type: "radio", Options: c.becomes(one), Required: true}, aPromise)
	main.By = c.form.field(Field{Name: "by", Label: "Who does it", Type: "select", Options: []Option{{Value: "me", Label: "You"}, {Value: "other", Label: other.Name}}}, "me")
	main.Third = c.form.field(Field{Name: "third", Label: "With whom", Type: "own", Hint: "For an introduction: the person to meet."}, "")
	main.Due = c.form.field(Field{Name: "due", Label: "By when", Type: "date", Hint: "For a promise and an introduction."}, "")
	main.Work = c.form.field(Field{Name: "work", Label: "On which work", Type: "own", Hint: "For feedback: one piece of work that both of you remember."}, "")
	return turningPage.show(c, "Make something of a line", "conversations", main)
}

// becomes are what a line can become.
func (c *call) becomes(one conversation.Conversation) []Option {
	other := one.Other(c.me)
	as := []Option{
		{Value: aPromise, Label: "A promise", Hint: "One of you does it by a day."},
		{Value: aReferral, Label: "An introduction", Hint: "One of you brings the other together with somebody who can help better."},
		{Value: anAsk, Label: "An ask", Hint: "A draft to " + other.Name + ", which you send when it is ready."},
	}
	if other.Person != "" {
		as = append(as, Option{Value: aFeedback, Label: "Feedback", Hint: "What you saw in the work of " + other.Name + ". It is theirs then."})
	}
	as = append(as, Option{Value: aCounsel, Label: "Counsel", Hint: "What " + other.Name + " advised you, for you alone, to decide about."})
	if one.Owner.Is(c.me) {
		as = append(as, Option{Value: aGoal, Label: "A goal", Hint: "In your plan; you say later what belongs to it."})
	}
	return as
}

// noted is the conversation in the path, if its notes are the actor's to write now.
func (c *call) noted() (conversation.Conversation, error) {
	one, err := conversation.ByID(c.tx, c.me, c.id("id"))
	if err == nil && !one.Can(conversation.WritingNotes, c.me, civil.In(c.tx.Now(), c.me.Zone)) {
		err = problem.Refused("Its notes are closed, so nothing can be made of them any more. What stands there, you can take from there.")
	}
	return one, err
}

// lineOf is one line of a text, counted from 0, without the sign that makes it a list.
func lineOf(text, number string) string {
	n, err := strconv.Atoi(number)
	all := strings.Split(text, "\n")
	if err != nil || n < 0 || n >= len(all) {
		return ""
	}
	return strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(all[n]), "-*•"))
}

var saysTurned = saysOf("It is kept, and it remembers this conversation.", "Look at it")

// turn makes something of a line.
func turn(c *call) (string, error) {
	one, err := c.noted()
	if err != nil {
		return "", err
	}
	made, err := c.turned(one)
	if err != nil {
		return "", err
	}
	c.sayOf(saysTurned, made)
	return conversationHref(one.ID) + "#notes", nil
}

func (c *call) turned(one conversation.Conversation) (event.Thing, error) {
	words, other := c.text("words"), one.Other(c.me)
	wrong := problem.Invalid{}
	due := c.day("due", wrong)
	wrong.Check(words != "", "words", "Please say in a sentence what it is.")
	wrong.Check(c.text("as") != aReferral || c.text("third") != "", "third", "Please say who is to be met.")
	if err := wrong.Err(); err != nil {
		return event.Thing{}, err
	}
	switch c.text("as") {
	case aFeedback:
		f, err := feedback.Give(c.tx, c.me, one.Thing(), other.Person, feedback.Subject{Work: c.text("work")}, feedback.Text{Saw: words})
		return f.Thing(), asWords(err, "saw")
	case anAsk:
		a, err := ask.New(c.tx, c.me, one.Thing(), ask.Input{Text: ask.Text{Kind: ask.Else, What: words}, Whom: other})
		return a.Thing(), asWords(err, "what")
	case aCounsel:
		on := civil.In(one.At, c.me.Zone)
		if on.After(c.today()) {
			on = c.today()
		}
		kept, err := counsel.Keep(c.tx, c.me, one.Thing(), counsel.Text{By: other, GivenOn: on, Words: words}, counsel.Decision{})
		return kept.Thing(), err
	case aGoal:
		if !one.Owner.Is(c.me) {
			return event.Thing{}, problem.NotFound
		}
		g, err := plan.AddGoal(c.tx, c.me, plan.GoalText{Title: words, Area: plan.Professional, Due: due}, one.Thing())
		return g.Thing(), asWords(err, "title")
	}
	by, to := c.me.Self(), other
	if c.text("by") == "other" {
		by, to = to, by
	}
	if c.text("as") == aReferral && by.Person != "" && to.Person != "" {
		return c.turnIntoReferral(one, by, to, due)
	}
	if c.text("as") == aReferral {
		words = "Introduce " + to.Name + " to " + c.text("third") + ": " + words
	}
	p, err := commitment.Make(c.tx, c.me, one.Thing(), commitment.Input{By: by, To: to, Words: words, Due: due})
	return p.Thing(), err
}

// turnIntoReferral makes an introduction of a line. Whom the actor introduces to is asked nothing before
// the other side has agreed to it.
func (c *call) turnIntoReferral(one conversation.Conversation, by, to org.Party, due civil.Date) (event.Thing, error) {
	third := org.Party{Name: c.text("third")}
	if by.Is(c.me) {
		var err error
		if third, err = c.thirdSaid(c.text("third")); err != nil {
			return event.Thing{}, err
		}
	}
	r, err := referral.Make(c.tx, c.me, one.Thing(), referral.Input{By: by, For: to, Third: third, Need: c.text("words"), Due: due})
	return r.Thing(), asWords(err, "need")
}

// asWords puts what is wrong with the words under the field of this sheet.
func asWords(err error, field string) error {
	if invalid, is := err.(problem.Invalid); is && invalid[field] != "" {
		return problem.Invalid{"words": invalid[field]}
	}
	return err
}
