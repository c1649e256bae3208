package web

import (
	"errors"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
)

// promise is one promise, with what the visitor can do with it and all that happened to it.
type promise struct {
	commitment.Commitment
	Sentence string // who promised whom
	State    string
	Seen     Seen
	From     onward // what it came from, where the visitor may see it
	About    string // the introduction that it promises
	Talk     onward // the next conversation of the two, where it is to be talked about
	Between  onward // what became of all between the two
	Next     promiseNext
	Change   *promiseChange
	More     []promiseAct
	Propose  *proposing
	History  []promiseEvent
}

// promiseNext is what waits for the visitor, or what the promise waits for.
type promiseNext struct {
	Heading, Text string
	Acts          []promiseAct
}

// promiseAct is one thing that the visitor can do.
type promiseAct struct {
	Action, Button, Class string
	Text                  string  // what it means
	Fields                []Field // a note, mostly
	Open                  bool    // it came back
}

// promiseChange is a proposed change beside what stands.
type promiseChange struct {
	commitment.Change
	NewWords, NewDue, NewCheckIn bool
}

// proposing is the form for a change.
type proposing struct {
	Action                        string
	Answers                       string // the change of the other side that it would be the answer to
	Words, Due, CheckIn, Note, By Field
	PassOn                        bool // to another person is possible
	AtOnce                        bool
	Open                          bool
}

// promiseEvent is one line of the history.
type promiseEvent struct {
	commitment.Entry
	Text   string
	Change *promiseChange
	Class  string
}

var promisePage = declare[promise]("promise.html")

func promiseHref(id db.ID) string { return PathOf(event.Thing{Kind: "commitment", ID: id}) }

// showPromise shows a promise to one of its two sides.
func showPromise(c *call) (view, error) {
	p, err := commitment.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	history, err := commitment.History(c.tx, c.me, p.ID)
	if err != nil {
		return view{}, err
	}
	main := promise{Commitment: p, Sentence: whoPromised(p, c.me), State: promiseState(p), Seen: promiseSeen(p, c.me), Next: c.promiseNext(p), More: c.moreActs(p)}
	for _, e := range history {
		main.History = append(main.History, promiseEventOf(e, p, c.me))
	}
	if p.Change.ID != "" {
		main.Change = changeOf(p.Change)
	}
	if p.Can(commitment.ProposeChange, c.me, c.today()) {
		if main.Propose, err = c.proposing(p); err != nil {
			return view{}, err
		}
	}
	if main.From, err = c.cameFrom(p.Origin); err != nil {
		return view{}, err
	}
	if err := main.together(c); err != nil {
		return view{}, err
	}
	if main.About, err = c.introductionOf(referral.OfPromise(c.tx, c.me, p.ID)); err != nil {
		return view{}, err
	}
	return promisePage.show(c, "A promise", "promises", main)
}

// together leads to what the two have besides: all their promises, and the conversation in which this one
// comes up by itself, as what is late or seen differently does.
func (p *promise) together(c *call) error {
	other := c.otherOf(p.Commitment)
	if p.AgreedAt.IsZero() || p.BroughtAlong {
		return nil
	}
	if !c.me.Left {
		p.Between = onward{other.Name, "/promises/with/" + or(string(other.Person), string(other.Contact))}
	}
	if p.Commitment.State != commitment.Open || c.me.Left || p.DiffersAt.IsZero() && !p.Due.Before(c.today()) {
		return nil
	}
	coming, err := conversation.Nearest(c.tx, c.me)
	for _, one := range coming {
		if with := one.Other(c.me); p.Talk.Href == "" && with.String() == other.String() && one.At.After(c.tx.Now()) {
			p.Talk = onward{day(civil.In(one.At, c.me.Zone), c.today()), conversationHref(one.ID)}
		}
	}
	return err
}

// cameFrom leads back to what a promise came from.
func (c *call) cameFrom(from org.Origin) (onward, error) {
	if from.Kind != "ask" {
		return onward{}, nil
	}
	a, err := ask.ByID(c.tx, c.me, from.ID)
	if errors.Is(err, problem.NotFound) {
		return onward{}, nil
	}
	return onward{a.What, PathOf(from)}, err
}

// called is a party as a sentence names them.
func called(p org.Party, me org.Actor) string {
	if p.Is(me) {
		return "you"
	}
	return p.Name
}

// whoPromised says who promised whom.
func whoPromised(p commitment.Commitment, me org.Actor) string {
	verb := " promised "
	if p.AgreedAt.IsZero() {
		verb = " would promise "
	}
	who := p.By.Name
	if p.By.Is(me) {
		who = "You"
	}
	return who + verb + called(p.To, me)
}

func promiseSeen(p commitment.Commitment, me org.Actor) Seen {
	if p.Keeper != "" {
		return onlyYou
	}
	other := p.By
	switch {
	case p.AgreedAt.IsZero() && p.By.Is(me):
		other = p.WrittenBy
	case p.By.Is(me):
		other = p.To
	}
	return Seen{Shared: true, Text: "you and " + other.Name}
}

func promiseState(p commitment.Commitment) string {
	switch p.State {
	case commitment.Proposed:
		return "waits for a yes"
	case commitment.Kept:
		return "kept"
	case commitment.Broken:
		return "not kept"
	case commitment.Released:
		return "released"
	case commitment.Declined:
		return "declined"
	}
	switch {
	case p.BroughtAlong:
		return "brought along, a record"
	case !p.DiffersAt.IsZero():
		return "open, to be talked about"
	case !p.SaidDoneAt.IsZero():
		return "said to be done"
	}
	return "open"
}

// changeOf tells what a proposed change would change.
func changeOf(h commitment.Change) *promiseChange {
	return &promiseChange{Change: h, NewWords: h.Words != h.WasWords, NewDue: h.Due != h.WasDue, NewCheckIn: h.CheckIn != h.WasCheckIn}
}

func promiseEventOf(e commitment.Entry, p commitment.Commitment, me org.Actor) promiseEvent {
	who := e.By
	if who == me.Name {
		who = "You"
	}
	line := promiseEvent{Entry: e, Text: who + " " + acts[e.Act]}
	if e.Act == commitment.Made && p.WrittenBy.String() != p.By.String() {
		line.Text = who + " wrote it down"
	}
	switch e.Act {
	case commitment.ProposeChange, commitment.AnswerChange:
		line.Change = changeOf(e.Change)
	case commitment.CallBroken, commitment.Differ:
		line.Class = "wrong"
	}
	return line
}

// acts is what the history says of each act, after a name.
var acts = map[commitment.Act]string{
	commitment.Made:           "promised it",
	commitment.Accept:         "said yes to it",
	commitment.Decline:        "said no to it",
	commitment.TakeBack:       "took it back before the answer",
	commitment.SayDone:        "said it is done",
	commitment.Confirm:        "confirmed: kept",
	commitment.Differ:         "sees it otherwise",
	commitment.ProposeChange:  "proposed a change",
	commitment.AgreeToChange:  "agreed to the change",
	commitment.DeclineChange:  "said no to the change",
	commitment.AnswerChange:   "answered with another proposal",
	commitment.WithdrawChange: "withdrew the change",
	commitment.ChangeLapsed:   "settled it; the change is no longer needed",
	commitment.Release:        "released it",
	commitment.LetGo:          "let it go, since the other side has left",
	commitment.CallBroken:     "called it not kept",
	commitment.NotYet:         "looked back: not yet",
	commitment.PassedOn:       "took it over",
	commitment.NotTakenOver:   "did not take it over",
}

// proposing offers a change of what stands.
func (c *call) proposing(p commitment.Commitment) (*proposing, error) {
	action := promiseHref(p.ID) + "/changes"
	form := c.formAt(action)
	stands := p.Change // an answer begins with what the other side proposes
	if stands.ID == "" {
		stands = commitment.Change{Words: p.Words, Due: p.Due, CheckIn: p.CheckIn}
	}
	f := &proposing{Action: action, Answers: string(p.Change.ID), AtOnce: p.Keeper != "", PassOn: p.Keeper == "", Open: form.Any()}
	f.Words = form.field(Field{Name: "words", Label: "The words", Type: "textarea", Rows: 2}, stands.Words)
	f.Due = form.field(Field{Name: "due", Label: "Due", Type: "date"}, stands.Due.String())
	f.CheckIn = form.field(Field{Name: "check_in", Label: "To look back on", Type: "date"}, stands.CheckIn.String())
	f.Note = form.field(Field{Name: "note_change", Label: "Why", Type: "textarea", Rows: 2, Hint: "A line helps the other side to say yes."}, "")
	f.By = form.field(Field{Name: "owner", Label: "Somebody else does it instead", Type: "own",
		Hint: "Their name or e-mail address. It then waits for their yes too. Leave it empty to keep it with " + called(p.By, c.me) + "."}, "")
	return f, nil
}

// proposeChange offers the other side other words, dates or another owner.
func proposeChange(c *call) (string, error) {
	id := c.id("id")
	p, err := commitment.ByID(c.tx, c.me, id)
	if err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	in := commitment.NewTerms{Answers: db.ID(c.text("answers")), Words: c.text("words"), Due: c.day("due", wrong), CheckIn: c.day("check_in", wrong), Note: c.text("note_change")}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if c.text("owner") != "" {
		if in.Owner, err = c.personNamed("owner", c.text("owner")); err != nil {
			return "", err
		}
	}
	err = commitment.Propose(c.tx, c.me, id, in)
	if both := (*problem.Conflict)(nil); errors.As(err, &both) {
		return "", problem.Refuse("%s proposed a change meanwhile. It stands below: agree to it, or send yours, which is still in the form, as your answer.", p.Change.By.Name)
	}
	return promiseHref(id), asField(err, "note", "note_change")
}

// asField moves the message for one field of a verb, or the two texts of a conflict, to the
// field of the form that holds it.
func asField(err error, from, to string) error {
	var wrong problem.Invalid
	var both *problem.Conflict
	switch {
	case errors.As(err, &both):
		return &problem.Conflict{Revision: both.Revision, Theirs: renamed(both.Theirs, from, to), Mine: renamed(both.Mine, from, to)}
	case errors.As(err, &wrong):
		return problem.Invalid(renamed(wrong, from, to))
	}
	return err
}

func renamed(texts map[string]string, from, to string) map[string]string {
	moved := map[string]string{}
	for field, text := range texts {
		if field == from {
			field = to
		}
		moved[field] = text
	}
	return moved
}

// formAt is what was typed into the form with that action, when that form came back. A page
// with several forms fills only the one that was sent.
func (c *call) formAt(action string) Form {
	if c.URL.Path == action {
		return c.form
	}
	return Form{}
}
