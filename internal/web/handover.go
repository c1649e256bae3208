package web

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/problem"
)

// handoverContent is the page of a change of manager, before and after its owner's word.
type handoverContent struct {
	handover.Handover
	Formers string // their names, in a sentence
	Things  Field
	Owed    []handoverPromise // by former managers
	Meeting Field
	Said    string // of one that is decided
	Shown   string // the address of what the new manager sees
	First   string // of the first meeting
	Nothing Empty
}

// handoverPromise is a promise of a former manager, and what can become of it.
type handoverPromise struct {
	Words, Says, Href string
	Becomes, Due      Field // nothing to choose while it waits for somebody's word
	Choose            bool
}

var handoverPage = declare[handoverContent]("handover.html")

// showHandover shows what a former manager saw and promised, for the owner to decide what the new one sees and
// what becomes of the promises; and what was decided, afterwards.
func showHandover(c *call) (view, error) {
	h, err := handover.Of(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := handoverContent{Handover: h, Formers: namesOf(h.Formers)}
	main.Nothing = Empty{"When your manager changes, you choose here what the new one sees.", "Back to the plan", "/plan"}
	main.Things = Field{
		Name: "show", Type: "checkbox", Label: "Show " + h.Manager.Name,
		Hint: "What you leave unticked stays yours alone. You can share it later, too.",
	}
	for _, item := range h.Items {
		main.Things.Options = append(main.Things.Options, Option{
			Value: string(item.Share), Label: item.Title, Hint: item.Described(), Own: item.Kind != "section",
		})
	}
	main.Things = c.form.ticks(main.Things)
	for _, p := range h.Theirs {
		main.Owed = append(main.Owed, c.promiseToHandOver(h, p))
	}
	main.Meeting = c.form.field(meetingField(h), string(handover.WholeYear))
	if !h.Waits {
		main.say(c)
	}
	return handoverPage.show(c, "A new manager", "plan", main)
}

func meetingField(h handover.Handover) Field {
	deep, sprints, _ := h.Rhythm.Year()
	rhythm := counted(int(deep), "deep conversation") + " and " + counted(int(sprints), "sprint") + " a year"
	if sprints == 0 {
		rhythm = counted(int(deep), "deep conversation") + " a year"
	}
	return Field{
		Name: "meeting", Type: "radio", Label: "Your first meeting",
		Hint: "Its agenda is what you show here and what " + h.Manager.Called() + " takes over, line by line, and nothing else.",
		Options: []Option{
			{Value: string(handover.WholeYear), Label: "Lay out our year, and begin with it", Hint: "In your rhythm: " + rhythm + ". The first is soon, where both of you are free."},
			{Value: string(handover.OneMeeting), Label: "Propose this one meeting", Hint: "An hour to align, at the next time at which both of you are free. " + h.Manager.Called() + " says yes or proposes another."},
			{Value: string(handover.NoMeeting), Label: "Not yet", Hint: "You can ask for a conversation at any time; its agenda is then yours to fill."},
		},
	}
}

// promiseToHandOver offers what can become of one promise.
func (c *call) promiseToHandOver(h handover.Handover, p handover.Promise) handoverPromise {
	row := handoverPromise{Words: p.Words, Href: "/promises/" + string(p.ID), Says: p.By.Name + " promised it by " + c.onDay(p.Due), Choose: h.Waits && h.Manager.ID != "" && !p.Settled()}
	switch {
	case p.Asked.Person != "":
		row.Says += ". " + p.Asked.Name + " was asked to take it over, and has not answered yet"
	case p.Change.ID != "" && p.Change.By.Is(c.me):
		row.Says += ". What you proposed waits for " + p.By.Name
	case p.Change.ID != "":
		row.Says += ". " + p.By.Name + " proposes a change, which waits for you"
	case !p.SaidDoneAt.IsZero():
		row.Says += ", and says that it is done: that waits for your word"
	case p.ByLeft:
		row.Says += ", and has left"
	}
	row.Says += "."
	if !row.Choose {
		return row
	}
	row.Becomes = c.form.field(becomesField(h, p), string(handover.Stays))
	row.Due = c.form.field(Field{Name: handover.DueField(p.ID), Label: "By when", Type: "date", Hint: "Only where the day is to be another one."}, "")
	return row
}

func becomesField(h handover.Handover, p handover.Promise) Field {
	field := Field{Name: handover.BecomesField(p.ID), Type: "radio", Label: "What becomes of it"}
	manager := h.Manager.Called()
	if p.ByLeft {
		field.Options = []Option{
			{Value: string(handover.Stays), Label: "It stays open", Hint: "You can let it go at any time."},
			{Value: string(handover.TakeOver), Label: "Ask " + manager + " to take it over", Hint: "It is " + manager + "’s once they say yes."},
			{Value: string(handover.Release), Label: "Let it go", Hint: "At once. Its history stays."},
		}
		return field
	}
	field.Options = []Option{
		{Value: string(handover.Stays), Label: "It stays with " + p.By.Name, Hint: "Nothing changes: it is owed to you, and both of you read it."},
		{Value: string(handover.TakeOver), Label: "Ask " + manager + " to take it over", Hint: p.By.Name + " agrees first, then " + manager + ". Until both have, it stays as it is."},
		{Value: string(handover.Move), Label: "Propose another day", Hint: "It stays with " + p.By.Name + ", who has to agree to the day."},
		{Value: string(handover.Release), Label: "Release " + p.By.Name + " from it", Hint: "At once. That is yours alone to say."},
	}
	return field
}

// say says what was decided.
func (m *handoverContent) say(c *call) {
	switch {
	case m.To == "":
		m.Said = "You kept all of it to yourself"
	case m.To == m.Manager.ID:
		m.Said, m.Shown = m.Manager.Name+" sees what you chose", "/plan/as/"+string(m.To)
	default:
		m.Said = "It was handed over to somebody who leads you no longer"
	}
	m.Said += ", since " + c.stamp(m.At) + "."
	if m.Handover.First != "" {
		m.First = conversationHref(m.Handover.First)
	}
}

func namesOf(formers []handover.Former) string {
	var names []string
	for _, f := range formers {
		names = append(names, f.Name)
	}
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}

var saidHandedOver = says("Handed over. This is how it stands.")

func decideHandover(c *call) (string, error) {
	h, err := handover.Of(c.tx, c.me)
	if err != nil {
		return "", err
	}
	in := handover.Decision{To: db.ID(c.text("to")), Meeting: handover.Meeting(c.text("meeting"))}
	if c.FormValue("all") != "" {
		for _, item := range h.Items {
			in.Show = append(in.Show, item.Share)
		}
	} else {
		for _, id := range c.Form["show"] {
			in.Show = append(in.Show, db.ID(id))
		}
	}
	wrong := problem.Invalid{}
	for _, p := range h.Theirs {
		if becomes := handover.Becomes(c.text(handover.BecomesField(p.ID))); becomes != "" && becomes != handover.Stays {
			in.Promises = append(in.Promises, handover.Choice{Promise: p.ID, Becomes: becomes, Due: c.day(handover.DueField(p.ID), wrong)})
		}
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if err := handover.Decide(c.tx, c.me, in); err != nil {
		return "", err
	}
	if h.Waits {
		c.say(saidHandedOver)
	}
	return "/handover", nil
}
