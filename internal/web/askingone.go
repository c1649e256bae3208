package web

import (
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// asking is one asking.
type asking struct {
	Wording, Whom   string
	AskedOn         civil.Date
	CardHref, Title string
	Answered        bool
	Self, Sent      bool
	Given           bool // the words of the one asked
	AnswerText      string
	Marks           string
	Note, State     string
	Link            string // to its address
	Together        string // with the others who were asked at once
	Entry           string // of the journal
	Action, Remove  string
	Answer          Field
	Revision        string
	Back            askedBack
	Ways            []onward
	Counsel         string // where the answer is kept as counsel, or the page of what was kept
	CounselKept     bool
	Suggested       []suggestedRow
	Suggest         suggesting
	Next            []questionRow
	Seen            Seen
	Left            bool
}

// askedBack is what the one asked wants to know first, and the reply.
type askedBack struct {
	Is        bool
	Words     string
	Replied   string
	RepliedOn string
	Action    string
	Reply     Field
	Link      linkFields
	ByLink    bool
	NoNeeds   bool
}

// suggesting is the form that notes what was only suggested.
type suggesting struct {
	Action        string
	Words, LookOn Field
	Open          bool
}

// onward is something that an answer can become.
type onward struct{ Label, Href string }

var askingPage = declare[asking]("asking.html", "question-next.html", "suggested-parts.html")

// showAsking shows an asking, its answer, and what can follow from it.
func showAsking(c *call) (view, error) {
	a, err := question.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	href := askingHref(a.ID)
	main := asking{
		Wording: a.Wording, Whom: askedOf(a), AskedOn: a.AskedOn, Answered: a.Answered(), AnswerText: a.Answer, Self: a.Self,
		Sent: a.Way != question.Noted, Given: a.Given, Marks: c.marksOfAnswer(a), Note: a.Note, State: c.askingState(a),
		Action: href + "/answer", Remove: href + "/remove", Seen: onlyYou, Left: c.me.Left,
	}
	if main.Sent {
		main.Seen = Seen{Shared: true, Text: "the question: you and " + a.To.Name}
	}
	form := c.formOf("/askings/{id}/answer")
	main.Revision = form.RevisionOr(a.Revision)
	label := "What " + a.To.Name + " said"
	if a.Self {
		label = "Your answer"
	}
	main.Answer = form.field(Field{Name: "answer", Label: label, Type: "textarea", Rows: 6}, a.Answer)
	for _, fill := range []func(*call, question.Asking) error{main.sent, main.turnedBack, main.follows} {
		if err := fill(c, a); err != nil {
			return view{}, err
		}
	}
	if card, _, err := c.card(a.CardID); a.CardID != "" && err == nil {
		main.CardHref, main.Title = questionHref(card.ID), card.Title()
		if main.Next, err = c.nextCards(card); err != nil {
			return view{}, err
		}
	}
	if len(main.Ways) > 0 {
		next := "/askings/ask"
		if len(main.Next) > 0 {
			next = main.Next[0].Href
		}
		main.Ways = append(main.Ways, onward{"The next question", next})
	}
	return askingPage.show(c, "A question you asked", "questions", main)
}

// sent is where a question that was sent, and an answer to oneself, can be found again.
func (main *asking) sent(c *call, a question.Asking) error {
	if a.Round != "" {
		main.Together = togetherHref(a.Round)
	}
	if a.Entry != "" {
		_, err := plan.EntryByID(c.tx, c.me, a.Entry)
		if err == nil {
			main.Entry = "/journal/" + string(a.Entry)
		} else if !errors.Is(err, problem.NotFound) {
			return err
		}
	}
	if a.Way != question.ByLink || a.Answered() {
		return nil
	}
	links, err := link.Of(c.tx, c.me, a.Thing())
	if len(links) > 0 {
		main.Link, main.State = linkPath(links[0]), c.linkState(links[0])
	}
	return err
}

// turnedBack is what the one asked wants to know, with what the visitor needs as the reply to look at.
func (main *asking) turnedBack(c *call, a question.Asking) error {
	if a.BackAt.IsZero() {
		return nil
	}
	main.Back = askedBack{Is: a.TurnedBack() && a.RepliedAt.IsZero() && !c.me.Left, Words: or(a.Back, "What do you need?"), Replied: a.Reply, Action: askingHref(a.ID) + "/reply", ByLink: a.Way == question.ByLink}
	if !a.RepliedAt.IsZero() {
		main.Back.RepliedOn = c.stamp(a.RepliedAt)
	}
	if !main.Back.Is {
		return nil
	}
	needs, err := question.Needs(c.tx, c.me)
	form := c.formOf("/askings/{id}/reply")
	main.Back.NoNeeds = len(needs) == 0
	main.Back.Reply = form.field(Field{Name: "reply", Label: "Your reply", Type: "textarea", Rows: 6, Hint: "Look at it once: they read it as it stands here."}, question.ReplyFrom(needs))
	if main.Back.ByLink {
		main.Back.Link = c.linkFields()
	}
	return err
}

// follows is what an answer leads to.
func (main *asking) follows(c *call, a question.Asking) error {
	if !a.Answered() {
		return nil
	}
	if !c.me.Left {
		main.Ways = waysOf("asking:"+string(a.ID), !a.Self)
	}
	if !a.Self {
		kept, err := counsel.From(c.tx, c.me, a.Thing())
		if err != nil {
			return err
		}
		if main.Counsel = askingHref(a.ID) + "/counsel"; len(kept) > 0 {
			main.Counsel, main.CounselKept = PathOf(kept[0].Thing()), true
		}
	}
	list, err := question.SuggestedIn(c.tx, c.me, a.ID)
	for _, s := range list {
		main.Suggested = append(main.Suggested, c.suggestedRow(s))
	}
	form := c.formOf("/askings/{id}/suggestions")
	main.Suggest = suggesting{Action: askingHref(a.ID) + "/suggestions", Open: form.Any()}
	main.Suggest.Words = form.field(Field{Name: "suggested", Label: "What was suggested", Type: "textarea", Rows: 2, Required: true, Hint: "A kind word that binds nobody yet."}, "")
	main.Suggest.LookOn = form.field(Field{Name: "look_on", Label: "Look at it again on", Type: "date"}, question.ProposeLook(c.today()).String())
	return err
}

// answerAsking writes down the answer, or mends it.
func answerAsking(c *call) (string, error) {
	a, err := question.Answer(c.tx, c.me, c.id("id"), c.revision(), c.text("answer"))
	return askingHref(a.ID), err
}

// removeAsking takes an asking away.
func removeAsking(c *call) (string, error) {
	return "/askings", question.Remove(c.tx, c.me, c.id("id"))
}
