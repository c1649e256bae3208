package web

import (
	"errors"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// promise is one promise, with what the visitor can do with it and all that happened to it.
type promise struct {
	commitment.Commitment
	Sentence string // who promised whom
	State    string
	Seen     Seen
	From     onward // what it came from, where the visitor may see it
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
	return promisePage.show(c, "A promise", "promises", main)
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
	f := &proposing{Action: action, AtOnce: p.Keeper != "", PassOn: p.Keeper == "", Open: form.Any()}
	f.Words = form.field(Field{Name: "words", Label: "The words", Type: "textarea", Rows: 2}, p.Words)
	f.Due = form.field(Field{Name: "due", Label: "Due", Type: "date"}, p.Due.String())
	f.CheckIn = form.field(Field{Name: "check_in", Label: "To look back on", Type: "date"}, p.CheckIn.String())
	f.Note = form.field(Field{Name: "note_change", Label: "Why", Type: "textarea", Rows: 2, Hint: "A line helps the other side to say yes."}, "")
	f.By = form.field(Field{Name: "owner", Label: "Somebody else does it instead", Type: "own",
		Hint: "Their name or e-mail address. It then waits for their yes too. Leave it empty to keep it with " + called(p.By, c.me) + "."}, "")
	return f, nil
}

// proposeChange offers the other side other words, dates or another owner.
func proposeChange(c *call) (string, error) {
	id := c.id("id")
	if _, err := commitment.ByID(c.tx, c.me, id); err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	in := commitment.NewTerms{Words: c.text("words"), Due: c.day("due", wrong), CheckIn: c.day("check_in", wrong), Note: c.text("note_change")}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if c.text("owner") != "" {
		var err error
		if in.Owner, err = c.personNamed("owner", c.text("owner")); err != nil {
			return "", err
		}
	}
	return promiseHref(id), asField(commitment.Propose(c.tx, c.me, id, in), "note", "note_change")
}

// newPromise writes a promise down.
type newPromiseForm struct {
	Origin                               string
	From                                 onward
	Heard                                heard
	Side, Whom, Named, Words, Due, Check Field
	Third                                Field // of an introduction: to whom
	Referral                             bool
	Seen                                 Seen
}

var newPromisePage = declare[newPromiseForm]("promise-new.html")

func newPromise(c *call) (view, error) {
	from, err := c.cameFrom(c.origin())
	if err != nil {
		return view{}, err
	}
	answer, err := c.heard(c.origin())
	if err != nil {
		return view{}, err
	}
	with := or(c.text("with"), answer.whom.String())
	parties, err := c.parties(with)
	if err != nil {
		return view{}, err
	}
	form := newPromiseForm{Origin: c.text("origin"), From: from, Heard: answer, Seen: Seen{Text: "you two, once it is kept here", Shared: true}}
	form.Side = c.form.field(Field{Name: "side", Label: "Who promises", Type: "radio-row", Options: []Option{
		{Value: "mine", Label: "I promise", Hint: "It counts at once."},
		{Value: "theirs", Label: "They promise me", Hint: "It counts once they have said yes."},
	}}, or(c.promiseSide(), "mine"))
	form.Whom = c.form.field(Field{Name: "whom", Label: "With whom", Type: "select", Options: parties, Required: true}, with)
	form.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	form.Words = c.form.field(Field{Name: "words", Label: "What is promised", Type: "textarea", Rows: 2, Required: true,
		Hint: "One thing that somebody will do, in a sentence."}, answer.begin(mostPromise))
	form.Referral = c.text("as") == asReferral
	form.Third = c.form.field(Field{Name: "third", Label: "Whom they introduce you to", Type: "own", Required: true, Hint: "The name that was said to you."}, "")
	form.Due = c.form.field(Field{Name: "due", Label: "By when", Type: "date", Required: true}, "")
	form.Check = c.lookBackField(c.form, "check_in", "Did it happen, and did it help? It is never before the day it is due.")
	return newPromisePage.show(c, "A new promise", "promises", form)
}

// What an answer leads to, beside a promise of the visitor's own.
const (
	asTheirs    = "theirs"
	asReferral  = "referral"
	mostPromise = 300 // characters to begin with
)

// promiseSide is who promises, as the way here says.
func (c *call) promiseSide() string {
	switch c.text("as") {
	case asTheirs, asReferral:
		return "theirs"
	}
	return ""
}

// promisedWords are the words of a new promise: of an introduction, who is introduced to whom.
func (c *call) promisedWords(wrong problem.Invalid) string {
	if c.text("as") != asReferral {
		return c.text("words")
	}
	third := strings.Join(strings.Fields(c.text("third")), " ")
	wrong.Check(third != "", "third", "Please write down whom they introduce you to.")
	return "Introduce " + c.me.Name + " to " + third + "."
}

// lookBackField is the field for the day to look back at a promise, with the day that is proposed.
func (c *call) lookBackField(form Form, name, hint string) Field {
	return form.field(Field{Name: name, Label: "To look back on", Type: "date", Hint: hint}, c.proposedLookBack().String())
}

// lookBack is the day of that field. The one that was proposed moves to the day on which the
// promise is due, where that is later: the verb proposes it again.
func (c *call) lookBack(name string, wrong problem.Invalid) civil.Date {
	day := c.day(name, wrong)
	if day == c.proposedLookBack() {
		return civil.Date{}
	}
	return day
}

func (c *call) proposedLookBack() civil.Date {
	return commitment.ProposeCheckIn(c.today(), civil.Date{})
}

func makePromise(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := commitment.Input{By: c.me.Self(), Words: c.promisedWords(wrong), Due: c.day("due", wrong), CheckIn: c.lookBack("check_in", wrong)}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	var err error
	if in.To, err = c.party("whom", "named"); err != nil {
		return "", err
	}
	if c.text("side") == "theirs" || c.text("as") == asReferral {
		in.By, in.To = in.To, in.By
	}
	from, err := c.source()
	if err != nil {
		return "", err
	}
	p, err := commitment.Make(c.tx, c.me, from, in)
	return promiseHref(p.ID), c.became(p.Thing(), asField(asField(err, "to", "whom"), "by", "whom"))
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
