package web

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// copyForm puts a copy together.
type copyForm struct {
	Instead                       string
	With, Name                    Field
	Conversation, Until           Field
	Note                          Field
	Sections, Skills, Goals, Wins Field
	Nothing                       bool // is written yet
	SkillsOpen, WinsOpen          bool // some are chosen
}

var copyFormPage = declare[copyForm]("copy-new.html")

// winsToCopy is how many of the newest wins can be chosen for a copy.
const winsToCopy = 30

// newCopy offers to put a copy together, for a conversation (conversation=) where one is named; or
// to choose again (instead=) what goes into one that was not given.
func newCopy(c *call) (view, error) {
	main := copyForm{Instead: c.text("instead")}
	was, err := c.draftCopy(db.ID(main.Instead))
	if err != nil {
		return view{}, err
	}
	meetings, err := conversation.Nearest(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	chosen := c.meeting(meetings, cmp.Or(was.Conversation, db.ID(c.text("conversation"))))
	if err := main.addWhom(c, cmp.Or(was.Viewer, chosen.Other(c.me))); err != nil {
		return view{}, err
	}
	main.Conversation = Field{Name: "conversation", Label: "For which meeting", Type: "select", Options: []Option{{Value: "", Label: "None of those planned"}}}
	for _, one := range meetings {
		if !one.Alone() {
			main.Conversation.Options = append(main.Conversation.Options, Option{Value: string(one.ID), Label: conversationTitle(one, c.me) + ", " + c.moment(one.At)})
		}
	}
	main.Conversation = c.form.field(main.Conversation, string(chosen.ID))
	main.Until = c.form.field(Field{Name: "until", Label: "Read until", Type: "date", Hint: "The last day. Empty: a week after the meeting, or a week from today."}, was.Until.String())
	main.Note = c.form.field(Field{Name: "note", Label: "A word to them", Type: "textarea", Rows: 2, Hint: "What you would like to talk about."}, was.Note)
	if err := main.addChoices(c, was.Content); err != nil {
		return view{}, err
	}
	return copyFormPage.show(c, "A copy for one meeting", "plan", main)
}

// draftCopy is a copy of the visitor's that was not given yet; the zero one for any other.
func (c *call) draftCopy(id db.ID) (frozen.Copy, error) {
	if id == "" || c.form.Values != nil {
		return frozen.Copy{}, nil
	}
	was, err := frozen.ByID(c.tx, c.me, id)
	if errors.Is(err, problem.NotFound) || err == nil && was.State(c.tx.Now()) != frozen.Draft {
		return frozen.Copy{}, nil
	}
	return was, err
}

// addWhom offers who may read it, and chooses them where they are known.
func (m *copyForm) addWhom(c *call, them org.Party) (err error) {
	if m.With, err = c.withField(nil); err != nil {
		return err
	}
	m.With.Label = "Who reads it"
	for i := range m.With.Options {
		if m.With.Options[i].Value == string(plan.WithManager) {
			m.With.Options[i].Hint = "them alone, also if your manager changes"
		}
	}
	if c.form.Values == nil && them.Person != "" && !them.Is(c.me) {
		m.With = chooseWith(m.With, them)
	}
	m.Name = c.form.field(Field{Name: "name", Label: "Their name", Type: "text", Autocomplete: "off", Hint: "For somebody by name. If there are several, you choose before anything is made."}, "")
	return nil
}

// meeting is the one of these conversations; the zero one without it.
func (c *call) meeting(all []conversation.Conversation, id db.ID) conversation.Conversation {
	at := slices.IndexFunc(all, func(one conversation.Conversation) bool { return id != "" && one.ID == id && !one.Alone() })
	if at < 0 {
		return conversation.Conversation{}
	}
	return all[at]
}

// chooseWith chooses a person among those who are offered, and offers them if they are not.
func chooseWith(f Field, them org.Party) Field {
	value := string(plan.WithPerson(them.Person))
	for i := range f.Options {
		manager := f.Options[i].Value == string(plan.WithManager) && strings.HasPrefix(f.Options[i].Label, them.Name+",")
		if manager {
			value = f.Options[i].Value
		}
	}
	if !slices.ContainsFunc(f.Options, func(o Option) bool { return o.Value == value }) {
		f.Options = slices.Insert(f.Options, len(f.Options)-1, Option{Value: value, Label: them.Name})
	}
	for i := range f.Options {
		f.Options[i].Chosen = f.Options[i].Value == value
	}
	return f
}

// addChoices offers what the visitor has written; what stood in a copy before is chosen.
func (m *copyForm) addChoices(c *call, was frozen.Content) error {
	p, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return err
	}
	wins, _, err := plan.WinsOf(c.tx, c.me, c.me.Person, plan.Place{}, winsToCopy)
	if err != nil {
		return err
	}
	m.Sections = Field{Name: "sections", Label: "Parts", Type: "checkbox", Error: c.form.Error("sections")}
	for _, section := range plan.Sections {
		if hasWords(p, section) {
			m.Sections.Options = append(m.Sections.Options, Option{
				Value: string(section), Label: section.Title(), Chosen: c.form.ticked("sections", string(section)) || was.Has(section),
			})
		}
	}
	add := func(f *Field, thing event.Thing, label, hint string) {
		f.Options = append(f.Options, Option{
			Value: string(thing.ID), Label: label, Hint: hint, Own: true, Chosen: c.form.ticked(f.Name, string(thing.ID)) || was.Names(thing.Kind, label),
		})
	}
	m.Goals = Field{Name: "goals", Label: "Goals, with their steps", Type: "checkbox"}
	for _, g := range p.Goals {
		hint := ""
		if !g.IsOpen() {
			hint = c.closedWords(g)
		}
		add(&m.Goals, g.Thing(), g.Title, hint)
	}
	m.Skills = Field{Name: "skills", Label: "With where you are, and where you want to be", Type: "checkbox"}
	for _, k := range p.Skills {
		add(&m.Skills, k.Thing(), k.Name, "")
	}
	m.Wins = Field{Name: "wins", Label: "The newest wins", Type: "checkbox"}
	for _, w := range wins {
		add(&m.Wins, w.Thing(), w.What, c.onDay(w.Day))
	}
	chosen := func(o Option) bool { return o.Chosen }
	m.SkillsOpen, m.WinsOpen = slices.ContainsFunc(m.Skills.Options, chosen), slices.ContainsFunc(m.Wins.Options, chosen)
	m.Nothing = len(m.Sections.Options)+len(m.Goals.Options)+len(m.Skills.Options)+len(m.Wins.Options) == 0
	return nil
}

// hasWords tells whether something stands in a section that is copied as a whole.
func hasWords(p plan.Plan, section plan.Section) bool {
	if section == plan.Values && len(p.Values) > 0 || section == plan.Strengths && len(p.Strengths) > 0 {
		return true
	}
	return slices.ContainsFunc(section.Texts(), func(text plan.Section) bool { return p.Text(text).Words != "" })
}

// makeCopy makes a copy, which its owner then looks at.
func makeCopy(c *call) (string, error) {
	with, err := c.with()
	if err != nil {
		return "", err
	}
	in := frozen.Input{Conversation: db.ID(c.text("conversation")), Note: c.text("note"), Instead: db.ID(c.text("instead"))}
	if in.Viewer, err = c.viewerOf(with); err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	in.Until = c.day("until", wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if in.Until.IsZero() {
		var at time.Time
		if in.Conversation != "" {
			if meeting, err := conversation.ByID(c.tx, c.me, in.Conversation); err == nil {
				at = meeting.At
			}
		}
		in.Until = frozen.Usual(at, c.today(), c.zone())
	}
	for _, section := range c.Form["sections"] {
		in.Sections = append(in.Sections, plan.Section(section))
	}
	for kind, field := range map[string]string{"goal": "goals", "skill": "skills", "win": "wins"} {
		for _, id := range c.Form[field] {
			in.Things = append(in.Things, event.Thing{Kind: kind, ID: db.ID(id)})
		}
	}
	made, err := frozen.Make(c.tx, c.me, in)
	return PathOf(made.Thing()), err
}

// viewerOf is the person whom a choice names: a copy is for a person, not for a role.
func (c *call) viewerOf(with plan.With) (db.ID, error) {
	if with == plan.WithManager {
		manager, err := org.ManagerOf(c.tx, c.me)
		if errors.Is(err, problem.NotFound) {
			err = problem.Invalid{"with": "You have no manager here at present. Choose somebody by name."}
		}
		return manager.ID, err
	}
	id, ok := strings.CutPrefix(string(with), "person:")
	if !ok {
		return "", problem.Invalid{"with": "Please choose who reads it."}
	}
	return db.ID(id), nil
}
