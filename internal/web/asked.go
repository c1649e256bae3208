package web

import (
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

func init() {
	openings[question.LinkPurpose] = opening{asks: "A question", show: showQuestionByLink, answer: answerQuestionByLink, back: backToAsking}
}

// askedQuestion is the page of whoever is asked: the question, and what the asker wrote with it.
type askedQuestion struct {
	Asker                   asker
	Wording, Note           string
	Reply, Back             string // what the asker replied, to what was asked back
	TurnedBack, MayTurnBack bool
	Answer, AskBack, Name   Field
	Action                  string // empty: the address of the page itself, which is a secret
	Outside                 bool
	Until                   string
	Answered                bool
	Said, When              string
	Introduce               string // the address where the one asked introduces the asker to somebody
}

var askedQuestionPage = declare[askedQuestion]("asked.html")

var (
	saidAnswerGiven = says("Thank you. They read it under your name.")
	saidTurnedBack  = says("They are asked. You can answer at any time.")
)

func (c *call) askedQuestion(a question.ForMe) askedQuestion {
	main := askedQuestion{
		Asker: asker{a.OwnerName, a.OwnerCalled}, Wording: a.Wording, Note: a.Note, Reply: a.Reply, Back: a.Back,
		TurnedBack: !a.BackAt.IsZero(), MayTurnBack: a.MayTurnBack(),
	}
	main.Answer = c.form.field(Field{Name: "answer", Label: "Your answer", Type: "textarea", Rows: 6, Hint: "In your own words. One true line helps more than a full page."}, "")
	main.AskBack = c.form.field(Field{Name: "back", Label: "Or ask back", Type: "textarea", Rows: 2, Hint: "It can stay empty: then they read “What do you need?”"}, "")
	return main
}

// showAskedQuestion is what somebody here is asked, or has answered.
func showAskedQuestion(c *call) (view, error) {
	a, err := question.AskedOfMe(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := c.askedQuestion(a)
	main.Action, main.Until = askedHref(a), c.stamp(a.ExpiresAt)
	if a.Answered() {
		main.Answered, main.Said, main.When = true, a.Answer, c.stamp(a.AnsweredAt)
	}
	if !c.me.Left {
		main.Introduce = "/referrals/new?for=person:" + string(a.Owner)
	}
	return askedQuestionPage.show(c, "A question for you", "questions", main)
}

func askedHref(a question.ForMe) string { return "/asked/" + string(a.ID) }

func giveAnswer(c *call) (string, error) {
	c.say(saidAnswerGiven)
	return c.URL.Path, question.GiveAnswer(c.tx, c.me, c.id("id"), c.text("answer"))
}

func turnBack(c *call) (string, error) {
	c.say(saidTurnedBack)
	return "/asked/" + string(c.id("id")), question.TurnBack(c.tx, c.me, c.id("id"), c.text("back"))
}

func declineQuestion(c *call) (string, error) {
	c.say(wordDeclined)
	return "/", question.Decline(c.tx, c.me, c.id("id"))
}

// showQuestionByLink is the page of whoever holds the link.
func showQuestionByLink(c *call, o link.Opened) (view, error) {
	a, err := question.AskedByLink(c.tx, o)
	if err != nil {
		return view{}, err
	}
	main := c.askedQuestion(a)
	main.Outside, main.Until = true, stamp(o.ExpiresAt)
	main.Name = c.form.field(Field{Name: "name", Label: "Your name", Required: true, Autocomplete: "name", Hint: a.OwnerCalled + " keeps your answer under it."}, a.Signed)
	return askedQuestionPage.outside(c, "A question for you", main)
}

// answerQuestionByLink keeps the answer, or what is asked back.
func answerQuestionByLink(c *call, o link.Opened) error {
	switch c.text("act") {
	case "answer":
		return question.AnswerByLink(c.tx, o, c.text("name"), c.text("answer"))
	case "back":
		return question.TurnBackByLink(c.tx, o, c.text("name"), c.text("back"))
	}
	return problem.Invalid{"answer": "Please answer, or ask back."}
}
