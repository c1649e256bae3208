package web

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/expectation"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// drawingUp is what both sides propose of what must be shown, and the form to propose more.
type drawingUp struct {
	Action     string
	From       string // the page that takes it from what a role asks for
	Other      string // who agrees; empty with a contact, where it counts at once
	Waiting    []proposalShown
	Earlier    []string
	Words      Field
	Note       Field
	Open       bool
	Meet       string // the request of a conversation, when all have evidence
	ShownToAll bool
}

// proposalShown is a proposal that waits.
type proposalShown struct {
	ask.Proposal
	Sentence              string
	Agree, Refuse, Revoke string // where these go; empty where they are not the visitor's
}

// rewording proposes other words for something that must be shown, or to drop it.
type rewording struct {
	Action string
	Words  Field
	Open   bool
}

// drawingUp offers both sides of an answer to draw up what must be shown.
func (c *call) drawingUp(s ask.Story) *drawingUp {
	base := askHref(s.ID) + "/criteria"
	d := &drawingUp{Action: base, From: base + "/new"}
	if s.Whom.Contact == "" {
		d.Other = s.Whom.Name
		if s.Whom.Is(c.me) {
			d.Other = s.Owner.Name
		}
	}
	for _, p := range s.Proposals {
		shown := proposalShown{Proposal: p, Sentence: proposalSentence(p, c.me)}
		at := base + "/" + string(p.ID)
		switch {
		case p.State != ask.Waiting:
			d.Earlier = append(d.Earlier, shown.Sentence+" on "+c.stamp(p.At)+"; "+string(p.State)+": "+or(p.Words, p.Was))
			continue
		case !s.CanDrawUp(c.me):
		case p.By == c.me.Person:
			shown.Revoke = at + "/withdrawal"
		default:
			shown.Agree, shown.Refuse = at+"/agreement", at+"/refusal"
		}
		d.Waiting = append(d.Waiting, shown)
	}
	if s.Owner.Is(c.me) && !s.WhomLeft && ask.AllBacked(s.Criteria) && len(s.Criteria) > 0 && s.Whom.String() != "" {
		d.Meet = "/conversations/new?kind=sprint&with=" + url.QueryEscape(s.Whom.String())
	}
	d.ShownToAll = len(s.Criteria) > 0 && ask.AllShown(s.Criteria)
	if !s.CanDrawUp(c.me) {
		d.Action = ""
		return d
	}
	form := c.formAt(base)
	d.Open = form.Any()
	d.Words = form.field(Field{Name: "words", Label: "What must be shown", Type: "textarea", Rows: 3, Required: true, Hint: "One thing a line, put so that you can both see when it was shown."}, "")
	d.Note = form.field(Field{Name: "note", Label: "A line with it", Type: "own"}, "")
	return d
}

func proposalSentence(p ask.Proposal, me org.Actor) string {
	who := p.ByName
	if p.By == me.Person {
		who = "You"
	}
	if who == "" {
		who = "They"
	}
	switch p.Act {
	case ask.Reword:
		return who + " proposed other words"
	case ask.Drop:
		return who + " proposed to drop it"
	}
	return who + " proposed that this be shown"
}

// rewording offers to change or drop one thing that must be shown.
func (c *call) rewording(s ask.Story, each ask.Criterion) *rewording {
	if each.Verdict == ask.Shown || !s.CanDrawUp(c.me) {
		return nil
	}
	r := &rewording{Action: askHref(s.ID) + "/criteria"}
	form := c.formAt(r.Action)
	r.Open = false
	r.Words = form.field(Field{Name: "words_" + string(each.ID), Label: "In other words", Type: "textarea", Rows: 2}, each.Words)
	return r
}

// drawUp proposes what must be shown.
func drawUp(c *call) (string, error) {
	id := c.id("id")
	in := ask.DrawnInput{Act: ask.Add, Words: strings.Split(c.text("words"), "\n"), Note: c.text("note")}
	in.Words = append(in.Words, c.PostForm["chosen"]...)
	if criterion := c.text("criterion"); criterion != "" {
		in = ask.DrawnInput{Act: ask.Reword, Criterion: db.ID(criterion), Words: []string{c.text("words_" + criterion)}}
		if c.text("do") == "drop" {
			in.Act = ask.Drop
		}
	}
	return askHref(id), ask.DrawUp(c.tx, c.me, id, in)
}

// answerDrawn is the answer to one proposal.
func answerDrawn(answer func(tx *db.Tx, me org.Actor, id, proposal db.ID) error) act {
	return func(c *call) (string, error) {
		id := c.id("id")
		return askHref(id), answer(c.tx, c.me, id, db.ID(c.PathValue("proposal")))
	}
}

// drawnFrom is the page that takes what must be shown from what a role's level asks for.
type drawnFrom struct {
	Href, Action, Back, What string
	Role, Level              Field
	Chosen                   Field
	Name, LevelName          string
	Other                    string
}

var drawnFromPage = declare[drawnFrom]("ask-drawn.html")

// mostDrawn is how many expectations are offered to choose from.
const mostDrawn = 60

// drawFromRole offers what a role's level asks for as things to be shown: the next level of the one who asked, or any other.
func drawFromRole(c *call) (view, error) {
	s, err := ask.StoryOf(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	roles, err := expectation.Roles(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	owner, err := org.ByID(c.tx, c.me, s.Owner.Person)
	if err != nil {
		return view{}, err
	}
	stands, err := expectation.StandingOf(c.tx, c.me, owner)
	if err != nil {
		return view{}, err
	}
	base := askHref(s.ID)
	main := drawnFrom{Href: base + "/criteria/new", Action: base + "/criteria", Back: base, What: s.What, Other: s.Whom.Name}
	if s.Whom.Is(c.me) {
		main.Other = s.Owner.Name
	}
	role, options := stands.Role, []Option{}
	for _, r := range roles {
		options = append(options, Option{Value: string(r.ID), Label: r.Name})
		if c.text("role") == string(r.ID) || role.ID == "" {
			role = r
		}
	}
	main.Role = c.form.field(Field{Name: "role", Label: "Role", Type: "select", Options: options}, string(role.ID))
	level, ok := role.LevelAt(c.text("level"))
	if !ok {
		level = stands.Next
		if level, ok = role.LevelAt(level.Key); !ok && len(role.Levels) > 0 {
			level = role.Levels[len(role.Levels)-1]
		}
	}
	options = nil
	for _, l := range role.Levels {
		options = append(options, Option{Value: l.Key, Label: l.Name})
	}
	main.Level = c.form.field(Field{Name: "level", Label: "Level", Type: "select", Options: options}, level.Key)
	main.Name, main.LevelName = role.Name, level.Name
	return drawnFromPage.show(c, "What must be shown", "asks", main.read(c, role, level))
}

// read adds what the level asks for.
func (m drawnFrom) read(c *call, role expectation.Role, level expectation.Level) drawnFrom {
	if level.Key == "" {
		return m
	}
	asks, err := expectation.At(c.tx, c.me, role, level.Key)
	if err != nil {
		return m
	}
	m.Chosen = Field{Name: "chosen", Type: "checkbox", Label: "What " + role.Name + ", " + level.Name + ", asks for", Hint: "Choose the few that the answer depends on."}
	for _, e := range asks[:min(len(asks), mostDrawn)] {
		words := e.Shows()
		if !e.Prose() {
			words = e.Skill + ", level " + strconv.FormatInt(e.Asked, 10) + ends(words)
		}
		if letters := []rune(words); len(letters) > 500 {
			words = string(letters[:500])
		}
		m.Chosen.Options = append(m.Chosen.Options, Option{Value: words, Label: words, Own: true})
	}
	m.Chosen = c.formAt(m.Action).ticks(m.Chosen)
	return m
}

func ends(words string) string {
	if words == "" {
		return ""
	}
	return ": " + words
}

// backing are the wins that can back what must be shown: those that do, and the latest.
func (c *call) backing(s ask.Story) ([]plan.Win, error) {
	if !s.Owner.Is(c.me) || !s.CanShow(c.me) || len(s.Criteria) == 0 {
		return nil, nil
	}
	const most = 12
	latest, _, err := plan.WinsOf(c.tx, c.me, c.me.Person, plan.Place{}, most)
	return latest, err
}

// winsOfCriterion offers the wins that can back one thing that must be shown.
func (c *call) winsOfCriterion(form Form, each ask.Criterion, latest []plan.Win) Field {
	field := Field{Name: "wins_" + string(each.ID), Type: "checkbox", Label: "Wins that show it", Hint: "A copy goes along, as the win is now."}
	had := map[db.ID]bool{}
	add := func(id db.ID, words string, hint string, chosen bool) {
		if had[id] {
			return
		}
		had[id] = true
		if form.Values != nil {
			chosen = form.ticked(field.Name, string(id))
		}
		field.Options = append(field.Options, Option{Value: string(id), Label: words, Hint: hint, Chosen: chosen, Own: true})
	}
	for _, w := range each.Wins {
		add(w.Win, w.Words, day(w.Day, c.today()), true)
	}
	for _, w := range latest {
		add(w.ID, w.What, day(w.Day, c.today()), false)
	}
	return field
}
