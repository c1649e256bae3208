package web

import (
	"errors"
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/problem"
)

// pitchExactly is the part that says what is asked of whom.
type pitchExactly struct {
	pitchWay
	askFields
	Kind, What, Why  Field
	Whom, Named, By  Field
	Second, Smallest textField
	Granter, GrantBy textField
	Plan             textField
	Founding         bool
}

// askFields carry the revision of the ask in a form that saves as one types.
type askFields struct{ Revision, Opened string }

var pitchExactlyPage = declare[pitchExactly]("pitch-what.html", "pitch-parts.html")

func exactlyStation() pitchStation {
	return pitchStation{Part: pitch.Exactly, Name: "What, of whom", Title: "What exactly, and who can say yes?", show: showExactly, take: takeExactly,
		About: "One thing, so clear that it can be answered. A second way leaves them a choice other than no.", Sends: "goes out with the ask"}
}

// ofAsk are the fields that carry the revision of the ask.
func (w *pitchWay) ofAsk() askFields {
	one := askFields{w.c.form.RevisionOr(w.Pitch.Ask.Revision), w.c.form.Value("opened", strconv.FormatInt(w.Pitch.Ask.Revision, 10))}
	if w.c.form.Revision != 0 {
		one.Opened = one.Revision
	}
	return one
}

func showExactly(c *call, w *pitchWay) (view, error) {
	a := w.Pitch.Ask
	main := pitchExactly{askFields: w.ofAsk(), Founding: a.Kind == ask.Founding || w.Words(pitch.Plan) != ""}
	parties, err := c.parties(a.Whom.String())
	if err != nil {
		return view{}, err
	}
	main.What = c.form.field(Field{Name: "what", Label: "What you ask for", Type: "textarea", Rows: 2, Required: true, Hint: "One thing, so clear that it can be answered with yes or no."}, a.What)
	main.Kind = c.form.field(Field{Name: "kind", Label: "What kind of thing it is", Type: "select", Options: kindOptions()}, string(a.Kind))
	main.Why = c.form.field(Field{Name: "why", Label: "Why, in words for them", Type: "textarea", Rows: 4, Hint: "Where you want to go with it, and why now. This one they read."}, a.Why)
	main.Whom = c.form.field(Field{Name: "whom", Label: "Whom you ask", Type: "select", Options: append([]Option{{Value: "", Label: "I do not know yet"}}, parties...)}, a.Whom.String())
	main.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list."}, "")
	main.By = c.form.field(Field{Name: "decide_by", Label: "Answer by", Type: "date", Hint: "A day helps both of you. It can stay open."}, a.DecideBy.String())
	main.Second = w.fields(Field{Name: pitch.Second, Label: "Another way that would do", Rows: 2, Hint: "They can choose between the two."})[0]
	main.Smallest = w.fields(Field{Name: pitch.Smallest, Label: "The smallest version that would still help", Rows: 2, Hint: "Half a day, one module, one meeting to sit in on."})[0]
	if main.Granter, main.GrantBy, err = w.granter(c); err != nil {
		return view{}, err
	}
	main.Plan = w.fields(Field{Name: pitch.Plan, Label: "Your plan of action", Rows: 6,
		Hint: "For what does not exist yet: who does what by when, who is asked, what is booked, what they would only have to sign. So that all that is left for them is to say yes."})[0]
	main.pitchWay = *w
	return pitchExactlyPage.show(c, w.Title, "asks", main)
}

func kindOptions() []Option {
	options := []Option{{Value: "", Label: "I do not know yet"}}
	for _, kind := range ask.Kinds {
		label := kindLabels[kind].title
		if hint := kindLabels[kind].hint; hint != "" {
			label += ": " + hint
		}
		options = append(options, Option{Value: string(kind), Label: label})
	}
	return options
}

// granter asks who can actually grant it; the line above the visitor is offered by name.
func (w *pitchWay) granter(c *call) (kind, name textField, err error) {
	options := []Option{{Value: "", Label: "I do not know yet"}}
	manager, err := org.ManagerOf(c.tx, c.me)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return kind, name, err
	}
	if err == nil {
		options = append(options, Option{Value: pitch.MyManager, Label: manager.Name + ", my manager"})
		if above, err := org.ByID(c.tx, c.me, manager.ManagerID); err == nil && manager.ManagerID != "" {
			options = append(options, Option{Value: pitch.ManagerAbove, Label: above.Name + ", my manager’s manager"})
		}
	}
	options = append(options, Option{Value: "owner of the budget", Label: "The owner of a budget, by name"}, Option{Value: "somebody else", Label: "Somebody else, by name"})
	kind = w.field(Field{Name: pitch.Granter, Label: "Who can actually grant it?", Type: "select", Options: options, Hint: "The one you ask, or somebody they would have to ask."})
	name = w.field(Field{Name: pitch.Named, Label: "Their name", Type: "own", Hint: "Only where they are not in the list."})
	return kind, name, nil
}

// takeExactly keeps the first lines of the ask, as far as the form has them.
func takeExactly(c *call, p pitch.Pitch) error {
	in := asksNow(p)
	wrong := problem.Invalid{}
	in.What, in.Why, in.Kind, in.DecideBy = c.text("what"), c.text("why"), ask.Kind(c.text("kind")), c.day("decide_by", wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	switch choice := c.text("whom"); {
	case choice == "":
		in.Whom = org.Party{}
	case c.Form.Has("quietly") && (choice == somebodyHere || choice == somebodyOutside):
		// their name is still being written
	default:
		whom, err := c.party("whom", "named")
		if err != nil {
			return err
		}
		in.Whom = whom
	}
	return c.askGoesOn(p, in)
}

// asksNow is the ask as it stands, for a form that changes a part of it.
func asksNow(p pitch.Pitch) ask.Input {
	return ask.Input{Text: p.Ask.Text, Whom: p.Ask.Whom, Wins: slices.Clone(p.Wins)}
}

func (c *call) askGoesOn(p pitch.Pitch, in ask.Input) error {
	if in.Text == p.Ask.Text && in.Whom.String() == p.Ask.Whom.String() && slices.Equal(p.Wins, in.Wins) {
		return nil
	}
	return ask.GoOn(c.tx, c.me, p.Ask.ID, c.revision(), c.number("opened"), in)
}
