package web

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// feedbackRow is feedback in a list.
type feedbackRow struct{ Href, Subject, Who, State string }

// feedbackList is what one received, is asked for and gave.
type feedbackList struct {
	ForMe, Received, Given []feedbackRow
	Empty                  Empty
	Pager                  Pager
	Ask, Give              string
	Left                   bool
}

var feedbackListPage = declare[feedbackList]("feedbacks.html")

// listFeedback shows what the actor received, with what waits for their own words first.
func listFeedback(c *call) (view, error) {
	main := feedbackList{
		Ask: "/feedback/new?as=ask", Give: "/feedback/new", Left: c.me.Left,
		Empty: Empty{"What others saw in your work gathers here, and is yours: nobody else reads it unless you show it. Ask for it while it is fresh.", "Ask for feedback", "/feedback/new?as=ask"},
	}
	if c.me.Left {
		main.Empty = Empty{Text: "Nobody gave you feedback here."}
	}
	received, err := feedback.Received(c.tx, c.me, db.ID(c.text("before")))
	if err != nil {
		return view{}, err
	}
	if len(received) > feedback.MostListed {
		received = received[:feedback.MostListed]
		main.Pager.Older = "/feedback?before=" + string(received[len(received)-1].ID)
	}
	if c.text("before") != "" {
		main.Pager.Newer = "/feedback"
	}
	asked, err := feedback.WaitForMe(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	given, err := feedback.GivenByMe(c.tx, c.me)
	for _, f := range received {
		main.Received = append(main.Received, c.feedbackRow(f, f.Giver.Name))
	}
	for _, f := range asked {
		main.ForMe = append(main.ForMe, c.feedbackRow(f, f.Owner.Name))
	}
	for _, f := range given {
		main.Given = append(main.Given, c.feedbackRow(f, f.Owner.Name))
	}
	if err != nil {
		return view{}, err
	}
	return feedbackListPage.show(c, "Feedback", "people", main)
}

func (c *call) feedbackRow(f feedback.Feedback, who string) feedbackRow {
	row := feedbackRow{Href: PathOf(f.Thing()), Subject: f.Subject, Who: who, State: "asked " + c.stamp(f.AskedAt)}
	if f.State == feedback.Given {
		row.State = c.stamp(f.GivenAt)
	}
	return row
}

// newFeedbackForm asks for feedback, or offers it.
type newFeedbackForm struct {
	Asks              bool
	On, Origin        string
	Subject           string // of a thing
	Whom, Named, Work Field
	Wish, Saw, Next   Field
	Seen              Seen
	Back              string
}

var newFeedbackPage = declare[newFeedbackForm]("feedback-new.html", "feedback-parts.html")

// newFeedback offers to ask for feedback, or to give it.
func newFeedback(c *call) (view, error) {
	main := newFeedbackForm{Asks: c.text("as") == "ask" || c.Pattern == "POST /feedback/asking", On: c.text("on"), Origin: c.text("origin"), Back: "/feedback"}
	main.Seen = Seen{Text: "you and them; only they can show it to others", Shared: true}
	if on := c.thing("on"); on.Kind != "" {
		subject, err := feedback.Called(c.tx, c.me, on)
		if err != nil {
			return view{}, err
		}
		main.Subject, main.Back = subject, PathOf(on)
	}
	options, err := c.parties(c.text("whom"))
	if err != nil {
		return view{}, err
	}
	people := options[:0:0]
	for _, option := range options {
		if option.Value != somebodyOutside {
			people = append(people, option)
		}
	}
	label := "To whom"
	if main.Asks {
		label = "Of whom"
	}
	main.Whom = c.form.field(Field{Name: "whom", Label: label, Type: "select", Options: people, Required: true}, c.text("whom"))
	main.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	main.Work = c.form.field(Field{Name: "work", Label: "On which work", Type: "own", Hint: "One piece of work that both of you remember: the talk on Tuesday, the handover, the plan for the pumps."}, c.text("work"))
	main.Wish = c.form.field(Field{Name: "wish", Label: "What you would like to hear", Type: "textarea", Rows: 2, Hint: "It can stay empty. “Where did you lose the thread?” gets a better answer than “How was I?”"}, "")
	main.Saw, main.Next = c.feedbackFields(c.form, feedback.Text{})
	title := "Give feedback"
	if main.Asks {
		title = "Ask for feedback"
	}
	return newFeedbackPage.show(c, title, "people", main)
}

func (c *call) feedbackFields(form Form, now feedback.Text) (saw, next Field) {
	return form.field(Field{Name: "saw", Label: "What you saw, and what came of it", Type: "textarea", Rows: 4, Hint: "What was done, in the work: not what somebody is like. “The figures came first, and the room was quiet” helps; “you are a born speaker” does not."}, now.Saw),
		form.field(Field{Name: "next", Label: "What could be tried next time", Type: "textarea", Rows: 2, Hint: "One thing, small enough for next week. It can stay empty."}, now.Next)
}

// whomOfFeedback is the person of the organisation whom the form names.
func (c *call) whomOfFeedback() (db.ID, error) {
	whom, err := c.party("whom", "named")
	if errors.Is(err, problem.NotFound) {
		err = problem.Invalid{"whom": "Please choose somebody of your organisation."}
	}
	if err == nil && whom.Person == "" {
		err = problem.Invalid{"whom": "Feedback is between people of your organisation. Somebody outside can be asked a question by a link."}
	}
	return whom.Person, err
}

func (c *call) subjectOfFeedback() feedback.Subject {
	return feedback.Subject{On: c.thing("on"), Work: c.text("work")}
}

func askFeedback(c *call) (string, error) {
	whom, err := c.whomOfFeedback()
	if err != nil {
		return "", err
	}
	f, err := feedback.Ask(c.tx, c.me, c.feedbackOrigin(), whom, c.subjectOfFeedback(), c.text("wish"))
	c.say(saysFeedbackAsked)
	return PathOf(f.Thing()), err
}

func giveFeedback(c *call) (string, error) {
	whom, err := c.whomOfFeedback()
	if err != nil {
		return "", err
	}
	f, err := feedback.Give(c.tx, c.me, c.feedbackOrigin(), whom, c.subjectOfFeedback(), feedback.Text{Saw: c.text("saw"), Next: c.text("next")})
	c.say(saysFeedbackGiven)
	return PathOf(f.Thing()), err
}

// feedbackOrigin is the conversation that it came from, where the form names one.
func (c *call) feedbackOrigin() event.Thing {
	if from := c.origin(); from.Kind == "conversation" {
		return from
	}
	return event.Thing{}
}

var (
	saysFeedbackAsked = says("Asked. They read what it is about, and nothing else of yours.")
	saysFeedbackGiven = says("Given. For a day you can still change it or take it back, unless they keep it before.")
)

// oneFeedback is the page of feedback, for who receives it, who gives it, and whom it is shown to.
type oneFeedback struct {
	Href, Subject, About, ThingHref string
	Owner, Giver                    string
	Mine, Gives                     bool // the actor's own; given by the actor
	Asked, Given                    string
	Wish                            string
	Text                            feedback.Text
	Kept, Settled, CanAct           bool
	Saw, Next                       Field
	Revision                        string
	Seen                            Seen
	Looks                           []looked
}

var oneFeedbackPage = declare[oneFeedback]("feedback.html", "feedback-parts.html", "plan-parts.html")

// showFeedback shows feedback to those who may read it.
func showFeedback(c *call) (view, error) {
	f, err := feedback.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := oneFeedback{
		Href: PathOf(f.Thing()), Subject: f.Subject, About: string(f.About), Owner: f.Owner.Name, Giver: f.Giver.Name,
		Mine: f.Owner.Is(c.me), Gives: f.Giver.Is(c.me), Wish: f.Wish, Text: f.Text, Kept: !f.KeptAt.IsZero(), Settled: f.Settled(c.tx.Now()),
		CanAct: !c.me.Left, Revision: c.form.RevisionOr(f.Revision),
	}
	if !f.AskedAt.IsZero() {
		main.Asked = c.stamp(f.AskedAt)
	}
	if f.State == feedback.Given {
		main.Given = c.stamp(f.GivenAt)
	}
	switch {
	case main.Mine:
		if f.About != feedback.Work {
			main.ThingHref = PathOf(f.On())
		}
		given, err := share.Given(c.tx, c.me)
		if err != nil {
			return view{}, err
		}
		main.Seen = c.seenBy(given.Of("feedback", f.ID, "", false), main.Href+"/share")
		if main.Looks, err = c.looks(whatIs(f.Thing()), 5); err != nil {
			return view{}, err
		}
	case main.Gives:
		main.Seen = Seen{Text: "you and " + f.Owner.Name + "; only they can show it to others", Shared: true}
		main.Saw, main.Next = c.feedbackFields(c.form, f.Text)
	default:
		c.lookedAt(f.Owner.Person, whatIs(f.Thing()))
	}
	return oneFeedbackPage.show(c, "Feedback on "+f.Subject, "people", main)
}

func sayFeedback(c *call) (string, error) {
	c.say(saysFeedbackGiven)
	return PathOf(event.Thing{Kind: "feedback", ID: c.id("id")}), feedback.Say(c.tx, c.me, c.id("id"), c.revision(), feedback.Text{Saw: c.text("saw"), Next: c.text("next")})
}

func takeFeedbackBack(c *call) (string, error) {
	return "/feedback", feedback.TakeBack(c.tx, c.me, c.id("id"))
}

func declineFeedback(c *call) (string, error) {
	c.say(wordDeclined)
	return "/feedback", feedback.Decline(c.tx, c.me, c.id("id"))
}

func keepFeedback(c *call) (string, error) {
	c.say(saysFeedbackKept)
	return PathOf(event.Thing{Kind: "feedback", ID: c.id("id")}), feedback.Keep(c.tx, c.me, c.id("id"))
}

var saysFeedbackKept = says("It is yours, and stays as it is.")

func removeFeedback(c *call) (string, error) {
	return "/feedback", feedback.Remove(c.tx, c.me, c.id("id"))
}

func shareFeedback(c *call) (view, error) {
	f, err := feedback.ByID(c.tx, c.me, c.id("id"))
	if err == nil && (!f.Owner.Is(c.me) || f.State != feedback.Given) {
		err = problem.NotFound
	}
	if err != nil {
		return view{}, err
	}
	return c.shareThing(f.Thing(), "Feedback on "+f.Subject, "people", plan.Section(""), false)
}
