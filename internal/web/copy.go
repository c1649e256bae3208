package web

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// copyLine is a copy in a list.
type copyLine struct{ Href, Title, State string }

func (c *call) lineOfCopy(one frozen.Copy) copyLine {
	line := copyLine{Href: PathOf(one.Thing()), Title: "For " + one.Viewer.Name, State: c.copyState(one)}
	if !one.Owner.Is(c.me) {
		line.Title, line.State = "From "+one.Owner.Name, "until "+c.onDay(one.Until)
	}
	return line
}

func (c *call) linesOfCopies(list []frozen.Copy) []copyLine {
	var lines []copyLine
	for _, one := range list {
		lines = append(lines, c.lineOfCopy(one))
	}
	return lines
}

// copiesRead are those of the visitor's copies that somebody reads at present.
func (c *call) copiesRead() ([]copyLine, error) {
	mine, err := frozen.Mine(c.tx, c.me)
	now := c.tx.Now()
	return c.linesOfCopies(slices.DeleteFunc(mine, func(one frozen.Copy) bool { return one.State(now) != frozen.Given })), err
}

// copyState says to its owner how things stand with a copy.
func (c *call) copyState(one frozen.Copy) string {
	switch one.State(c.tx.Now()) {
	case frozen.Draft:
		return "not given yet"
	case frozen.TakenBack:
		return "taken back " + c.stamp(one.TakenBackAt)
	case frozen.Ended:
		return "ended " + c.onDay(one.Until)
	}
	return "until " + c.onDay(one.Until)
}

// onDay writes a date as pages do.
func (c *call) onDay(d civil.Date) string { return day(d, c.today()) }

// copyList is the copies that somebody gave, and those given to them.
type copyList struct {
	Mine, Received []copyLine
	Left           bool
}

var copiesPage = declare[copyList]("copies.html")

// listCopies shows the visitor's copies, and what others let them read.
func listCopies(c *call) (view, error) {
	mine, err := frozen.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	received, err := frozen.Received(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	return copiesPage.show(c, "Copies for a meeting", "plan", copyList{c.linesOfCopies(mine), c.linesOfCopies(received), c.me.Left})
}

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

// newCopy offers to put a copy together, for a conversation (conversation=) where one is named.
func newCopy(c *call) (view, error) {
	main := copyForm{Instead: c.text("instead")}
	meetings, err := conversation.Coming(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	chosen := c.meeting(meetings, db.ID(c.text("conversation")))
	if main.With, err = c.withField(nil); err != nil {
		return view{}, err
	}
	main.With.Label = "Who reads it"
	for i := range main.With.Options {
		if main.With.Options[i].Value == string(plan.WithManager) {
			main.With.Options[i].Hint = "them alone, also if your manager changes"
		}
	}
	if c.form.Values == nil && chosen.ID != "" {
		main.With = chooseWith(main.With, chosen.Other(c.me))
	}
	main.Name = c.form.field(Field{Name: "name", Label: "Their name", Type: "text", Autocomplete: "off", Hint: "For somebody by name. If there are several, you choose before anything is made."}, "")
	main.Conversation = Field{Name: "conversation", Label: "For which meeting", Type: "select", Options: []Option{{Value: "", Label: "None of those planned"}}}
	for _, one := range meetings {
		if !one.Alone() {
			main.Conversation.Options = append(main.Conversation.Options, Option{Value: string(one.ID), Label: conversationTitle(one, c.me) + ", " + c.moment(one.At)})
		}
	}
	main.Conversation = c.form.field(main.Conversation, string(chosen.ID))
	main.Until = c.form.field(Field{Name: "until", Label: "Read until", Type: "date", Hint: "The last day. Empty: a week after the meeting, or a week from today."}, "")
	main.Note = c.form.field(Field{Name: "note", Label: "A word to them", Type: "textarea", Rows: 2, Hint: "What you would like to talk about."}, "")
	if err := main.addChoices(c); err != nil {
		return view{}, err
	}
	return copyFormPage.show(c, "A copy for one meeting", "plan", main)
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

// addChoices offers what the visitor has written.
func (m *copyForm) addChoices(c *call) error {
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
		has := section == plan.Values && len(p.Values) > 0 || section == plan.Strengths && len(p.Strengths) > 0
		for _, text := range section.Texts() {
			has = has || p.Text(text).Words != ""
		}
		if has {
			m.Sections.Options = append(m.Sections.Options, Option{Value: string(section), Label: section.Title(), Chosen: c.form.ticked("sections", string(section))})
		}
	}
	add := func(f *Field, thing event.Thing, label, hint string) {
		f.Options = append(f.Options, Option{Value: string(thing.ID), Label: label, Hint: hint, Own: true, Chosen: c.form.ticked(f.Name, string(thing.ID))})
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

// oneCopy is a copy on a page, to its owner just as to who reads it.
type oneCopy struct {
	Href, InsteadID, Owner, Viewer string
	Made, Until, Says              string
	Meeting, MeetingHref           string
	Note                           string
	Content                        copied
	Mine, Draft, Given             bool
	Comment                        string // the address where who reads it comments on it
	Said                           []commentLine
	Looks                          []looked
}

// copied is the content of a copy as a page shows it.
type copied struct {
	Values, Strengths []frozen.Value
	Texts             []copiedSection
	Skills            []skillLine
	Goals             []frozen.Goal
	Wins              []frozen.Win
}

type copiedSection struct {
	Title string
	Texts []labelled
}

var copyPage = declare[oneCopy]("copy.html", "plan-parts.html", "comment-parts.html")

// showCopy shows a copy to its owner, or to whom it was given.
func showCopy(c *call) (view, error) {
	one, err := frozen.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	state := one.State(c.tx.Now())
	main := oneCopy{
		Href: PathOf(one.Thing()), InsteadID: string(one.ID), Owner: one.Owner.Name, Viewer: one.Viewer.Name,
		Made: c.stamp(one.CreatedAt), Until: c.onDay(one.Until), Says: c.copyState(one), Note: one.Note, Content: contentOf(one.Content),
		Mine: one.Owner.Is(c.me), Draft: state == frozen.Draft, Given: state == frozen.Given,
	}
	if one.Conversation != "" {
		meeting, err := conversation.ByID(c.tx, c.me, one.Conversation)
		if err != nil {
			return view{}, err
		}
		main.Meeting, main.MeetingHref = conversationTitle(meeting, c.me)+", "+c.moment(meeting.At), PathOf(meeting.Thing())
	}
	if main.Said, err = c.saidOn(one.Thing()); err != nil {
		return view{}, err
	}
	if !main.Mine {
		main.Comment = commentOn(one.Thing())
		c.lookedAt(one.Owner.Person, whatIs(one.Thing()))
		return copyPage.show(c, "A copy from "+one.Owner.Name, "people", main)
	}
	if main.Looks, err = c.looks(whatIs(one.Thing()), 20); err != nil {
		return view{}, err
	}
	return copyPage.show(c, "A copy for "+one.Viewer.Name, "plan", main)
}

func contentOf(in frozen.Content) copied {
	out := copied{Values: in.Values, Strengths: in.Strengths, Goals: in.Goals, Wins: in.Wins}
	for _, t := range in.Texts {
		title := t.Section.Of().Title()
		if n := len(out.Texts); n == 0 || out.Texts[n-1].Title != title {
			out.Texts = append(out.Texts, copiedSection{Title: title})
		}
		last := &out.Texts[len(out.Texts)-1]
		last.Texts = append(last.Texts, labelled{t.Section.Label(), t.Words})
	}
	for _, k := range in.Skills {
		out.Skills = append(out.Skills, lineOfSkill(plan.Skill{Name: k.Name, Level: k.Level, Wanted: k.Wanted, Note: k.Note}))
	}
	return out
}

// copyHref is the page of the copy in the path.
func (c *call) copyHref() string { return PathOf(event.Thing{Kind: "copy", ID: c.id("id")}) }

func giveCopy(c *call) (string, error) { return c.copyHref(), frozen.Give(c.tx, c.me, c.id("id")) }

func takeCopyBack(c *call) (string, error) {
	return c.copyHref(), frozen.TakeBack(c.tx, c.me, c.id("id"))
}

func removeCopy(c *call) (string, error) { return "/copies", frozen.Remove(c.tx, c.me, c.id("id")) }
