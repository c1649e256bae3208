package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
)

// programmeContent is the page of a programme.
type programmeContent struct {
	programme.Programme
	Href, Kind, When, Seats, Apply, Effort, Cost, For, Decides string
	Needed                                                     []string // skills with their level
	WhyNot                                                     string
	Mine                                                       string // the visitor's own place in it
	MineSays                                                   string
	SignUp                                                     bool
	Hopes                                                      Field
	Levels                                                     []Field
	Origin                                                     string
	Goals                                                      Field // under which it can become a step
	Seen                                                       Seen
	People                                                     []participantGroup
	Turns                                                      []turnButton
	Cancelling                                                 Field
}

// participantGroup are the people with whom it stands alike.
type participantGroup struct {
	Title  string
	People []participantLine
}

type participantLine struct{ Name, Href, Decide string }

// turnButton brings a programme into another state.
type turnButton struct {
	To, Label, Says string
	Quiet           bool
}

var programmePage = declare[programmeContent]("programme.html", "programme-parts.html")

func showProgramme(c *call) (view, error) {
	p, err := programme.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := programmeContent{
		Programme: p, Href: PathOf(p.Thing()), Kind: capital(kindWords[p.Kind]), When: c.whenOf(p), Seats: seatsOf(p), Effort: effortOf(p), For: c.text("for"),
		Hopes:  c.form.field(Field{Name: "hopes", Label: "What you want to learn from it", Type: "textarea", Rows: 3, Hint: "It can stay empty. It helps whoever decides."}, ""),
		Origin: c.text("for"),
	}
	if p.Decides == programme.Nobody {
		main.Hopes.Hint = "It can stay empty. You find it again when you look back."
	}
	if !p.ApplyUntil.IsZero() {
		main.Apply = c.onDay(p.ApplyUntil)
	}
	if p.Cost.Minor > 0 {
		main.Cost = p.Cost.String() + " a seat"
	}
	for _, k := range p.Builds {
		main.Needed = append(main.Needed, k.Name+", "+strconv.FormatInt(k.Level, 10)+" of 5")
	}
	if err := main.decider(c); err != nil {
		return view{}, err
	}
	if err := main.own(c); err != nil {
		return view{}, err
	}
	if p.Yours {
		if err := main.lookedAfter(c); err != nil {
			return view{}, err
		}
	}
	return programmePage.show(c, p.Name, "people", main)
}

func effortOf(p programme.Programme) string {
	switch {
	case p.Effort == 0:
		return ""
	case p.Effort == 1:
		return "1 " + string(p.EffortIn[:len(p.EffortIn)-1])
	}
	return strconv.FormatInt(p.Effort, 10) + " " + string(p.EffortIn)
}

// decider says who gives the seats, and who sees what somebody wants to learn.
func (m *programmeContent) decider(c *call) error {
	poster, others := m.PostedBy.Name, "; "+m.PostedBy.Name+" and programme owners see only that you take part"
	owners := m.PosterLeft || m.PostedBy.Is(c.me) // nobody says yes to themselves
	if owners {
		others = "; programme owners see only that you take part"
	}
	m.Seen = Seen{Text: "you" + others, Shared: true}
	switch m.Programme.Decides {
	case programme.Nobody:
		m.Decides = "Who comes first has a seat."
	case programme.Poster:
		m.Decides = poster + " gives the seats."
		m.Seen.Text = readBy(poster) + "; programme owners see only that you take part"
		if owners {
			m.Seen.Text = "you and programme owners, of whom one decides"
			m.Decides = "A programme owner gives the seats."
			if m.PostedBy.Is(c.me) {
				m.Decides = "You give the seats; a programme owner, your own."
			}
		}
	case programme.Budget:
		line, err := budget.OfferByID(c.tx, c.me, c.me.Person, m.Budget)
		if err != nil {
			return err
		}
		who, err := budget.Approver(c.tx, c.me, line, c.me.Person)
		if err != nil {
			return err
		}
		if who.Name == "" {
			m.Decides = "Paid from “" + line.Title() + "”. Nobody is here at the moment who could say yes to it."
			return nil
		}
		m.Decides = "Paid from “" + line.Title() + "”: " + who.Name + " says yes to each seat."
		if line.Owner.Is(c.me) {
			m.Decides = "Paid from “" + line.Title() + "”: you give the seats; " + who.Name + ", your own."
		}
		if who.Person == m.PostedBy.Person {
			others = "; programme owners see only that you take part"
		}
		m.Seen.Text = readBy(who.Name) + others
	}
	return nil
}

// readBy says that one alone reads what is written, also when somebody else comes to answer it.
func readBy(name string) string {
	return "you and " + name + ", who decides, and nobody who comes to answer instead"
}

// own adds what the visitor can do for themselves.
func (m *programmeContent) own(c *call) error {
	place, err := programme.In(c.tx, c.me, m.ID)
	if err == nil {
		m.Mine, m.MineSays = PathOf(place.Thing()), capital(c.stateOfPlace(place))
	} else if err != problem.NotFound {
		return err
	}
	if m.WhyNot, err = m.Programme.WhyNot(c.tx, c.me); err != nil {
		return err
	}
	m.SignUp = m.WhyNot == "" && !place.Live()
	for n, k := range m.Builds {
		m.Levels = append(m.Levels, c.form.field(Field{Name: "level" + strconv.Itoa(n+1), Label: k.Name + ": where you see yourself", Type: "select", Required: true, Options: levelOptions("choose", 0)}, ""))
	}
	goals, err := plan.OpenGoals(c.tx, c.me, 100)
	options := []Option{{Label: "choose a goal"}}
	for _, g := range goals {
		options = append(options, Option{Value: string(g.ID), Label: g.Title, Own: true})
	}
	if len(options) > 1 && !m.Over() {
		chosen := ""
		if t := c.thing("for"); t.Kind == "goal" {
			chosen = string(t.ID)
		}
		m.Goals = c.form.field(Field{Name: "goal", Label: "Under which goal", Type: "select", Options: options}, chosen)
	}
	return err
}

// lookedAfter adds what whoever looks after the programme sees and does.
func (m *programmeContent) lookedAfter(c *call) error {
	all, err := programme.Participants(c.tx, c.me, m.ID)
	if err != nil {
		return err
	}
	for _, group := range []struct {
		title  string
		states []programme.PlaceState
	}{
		{"Wait for an answer", []programme.PlaceState{programme.Asked}}, {"Have a seat", []programme.PlaceState{programme.Placed}},
		{"A seat is kept for them", []programme.PlaceState{programme.Offered}}, {"In line", []programme.PlaceState{programme.Waiting}}, {"Were through", []programme.PlaceState{programme.Done}},
	} {
		g := participantGroup{Title: group.title}
		for _, p := range all {
			if p.State != group.states[0] {
				continue
			}
			line := participantLine{Name: p.Person.Name, Href: "/people/" + string(p.Person.Person)}
			if p.Yours && p.State == programme.Asked {
				line.Decide = "/taking-part/" + string(p.Place)
			}
			g.People = append(g.People, line)
		}
		if len(g.People) > 0 {
			m.People = append(m.People, g)
		}
	}
	m.Turns = turnsOf[m.State]
	m.Cancelling = c.form.field(Field{Name: "words", Label: "A line to those who signed up", Type: "textarea", Rows: 2, Hint: "Why, and what they can do instead. Everybody who sees the programme reads it."}, "")
	return nil
}

var turnsOf = map[programme.State][]turnButton{
	programme.Draft: {{"open", "Open it", "Everybody sees it then, and can sign up.", false}},
	programme.Open: {
		{"closed", "Take nobody any more", "Those in line keep their place.", true}, {"running", "It has begun", "", true}, {"ended", "It is over", "Who has a seat is asked what came of it.", true},
	},
	programme.Closed:  {{"open", "Take people again", "", true}, {"running", "It has begun", "", true}, {"ended", "It is over", "Who has a seat is asked what came of it.", true}},
	programme.Running: {{"ended", "It is over", "Who has a seat is asked what came of it.", true}},
}

func turnProgramme(c *call) (string, error) {
	to := programme.State(c.text("to"))
	c.say(saysProgrammeTurned)
	return "/programmes/" + string(c.id("id")), programme.Turn(c.tx, c.me, c.id("id"), to)
}

func cancelProgramme(c *call) (string, error) {
	c.say(saysCalledOff)
	return "/programmes/" + string(c.id("id")), programme.Cancel(c.tx, c.me, c.id("id"), c.text("words"))
}

func stepFromProgramme(c *call) (string, error) {
	p, err := programme.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	goal := db.ID(c.text("goal"))
	if goal == "" {
		return "", problem.Invalid{"goal": "Please choose a goal of yours."}
	}
	step := plan.StepText{Words: p.Name, Activity: activityOf[p.Kind], Due: p.Ends}
	if step.Due.Before(c.today()) {
		step.Due = p.Begins
	}
	if step.Due.Before(c.today()) {
		step.Due = c.today().AddDays(90)
	}
	c.say(saysStepped)
	if _, err = plan.AddStep(c.tx, c.me, goal, step); err == problem.NotFound {
		err = problem.Invalid{"goal": "Please choose a goal of yours."}
	}
	return "/goals/" + string(goal), err
}

// activityOf is the kind of activity that a programme is, by its name in the catalogue of activities.
var activityOf = map[programme.Kind]string{programme.Course: "course", programme.Shadowing: "shadowing", programme.Stretch: "stretch-assignment"}

var (
	saysProgrammeTurned = says("The change is kept.")
	saysCalledOff       = says("Called off. Everybody who signed up is told.")
	saysStepped         = says("It stands in your plan as a step.")
	saysPosted          = says("Written down as a draft. Look at it once more, then open it.")
	saysProgrammeKept   = says("The change is kept.")
)

// programmeForm posts a programme, or changes one.
type programmeForm struct {
	New                  bool
	Action, Revision     string
	Back                 string
	May                  bool
	First, When, ForWhom []Field
	Money                []Field
}

var programmeFormPage = declare[programmeForm]("programme-edit.html")

func newProgramme(c *call) (view, error) {
	return c.programmeForm(programme.Programme{Text: programme.Text{EffortIn: programme.Hours, Decides: programme.Nobody}})
}

func editProgramme(c *call) (view, error) {
	p, err := programme.ByID(c.tx, c.me, c.id("id"))
	if err == nil && !p.Yours {
		err = problem.NotFound
	}
	if err != nil {
		return view{}, err
	}
	return c.programmeForm(p)
}

func (c *call) programmeForm(p programme.Programme) (view, error) {
	may, err := programme.MayPost(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := programmeForm{New: p.ID == "", Action: "/programmes", Back: "/programmes", May: len(may) > 0 || p.Yours, Revision: c.form.RevisionOr(p.Revision)}
	title := "Post something"
	if !main.New {
		main.Action, main.Back, title = PathOf(p.Thing())+"/edit", PathOf(p.Thing()), p.Name
		if len(may) < len(programme.Kinds) {
			may = append(may, p.Kind)
		}
	}
	values := p.Fields()
	fill := func(all ...Field) (filled []Field) {
		for _, one := range all {
			filled = append(filled, c.form.field(one, values[one.Name]))
		}
		return filled
	}
	main.First = fill(
		Field{Name: "kind", Label: "What it is", Type: "select", Options: programmeKinds(may)},
		Field{Name: "name", Label: "Name", Required: true, Autocomplete: "off"},
		Field{Name: "about", Label: "What happens in it", Type: "textarea", Rows: 5, Required: true},
		Field{Name: "learns", Label: "What one learns", Type: "textarea", Rows: 2},
		Field{Name: "teaches", Label: "Skills that one learns", Type: "textarea", Rows: 2, Hint: "One a line, as they are called in your list of skills: by these it is found."},
	)
	main.When = fill(
		Field{Name: "begins", Label: "Begins", Type: "date"}, Field{Name: "ends", Label: "Ends", Type: "date"},
		Field{Name: "apply_until", Label: "Sign up until", Type: "date"}, Field{Name: "seats", Label: "Seats", Type: "number", Required: true},
		Field{Name: "effort", Label: "Effort", Type: "number"}, Field{Name: "effort_in", Label: "Counted in", Type: "select", Options: []Option{{Value: "hours", Label: "hours"}, {Value: "weeks", Label: "weeks"}}},
	)
	main.ForWhom = fill(
		Field{Name: "audience", Label: "For whom", Type: "textarea", Rows: 2},
		Field{Name: "employment", Label: "Only for these kinds of employment", Type: "textarea", Rows: 2, Hint: "One a line, as they stand in the people file. Empty: for everybody."},
		Field{Name: "needs", Label: "What one should bring", Type: "textarea", Rows: 2},
		Field{Name: "builds", Label: "Skills that it builds on", Type: "textarea", Rows: 2, Hint: "One a line, with the level from 1 to 5: Go 3. Who signs up says where they see themselves."},
	)
	main.Money, err = c.moneyFields(p, values)
	if err != nil {
		return view{}, err
	}
	return programmeFormPage.show(c, title, "people", main)
}

// moneyFields are what it costs, from where, and who gives the seats.
func (c *call) moneyFields(p programme.Programme, values map[string]string) ([]Field, error) {
	unit := c.form.field(Field{Name: "currency", Label: "Currency", Max: 3, Hint: "Three letters"}, or(p.Cost.Currency, "EUR"))
	lines, err := budget.Offered(c.tx, c.me, c.me.Person, money.Tidy(unit.Value), "")
	if err != nil {
		return nil, err
	}
	options := []Option{{Label: "none: it costs nothing"}}
	option := func(l budget.Offer, more string) {
		options = append(options, Option{Value: string(l.ID), Label: l.Title() + ", " + l.CostCentre + " (" + l.Owner.Name + more + ")"})
	}
	if p.Budget != "" && !slices.ContainsFunc(lines, func(l budget.Offer) bool { return l.ID == p.Budget }) {
		over, err := budget.OfferByID(c.tx, c.me, c.me.Person, p.Budget)
		if err != nil {
			return nil, err
		}
		option(over, "; takes nothing new any more")
	}
	for _, l := range lines {
		option(l, "")
	}
	decides := []Option{{Value: "nobody", Label: "nobody: first come"}, {Value: "poster", Label: "whoever posted it"}}
	return []Field{
		c.form.field(Field{Name: "decides", Label: "Who gives the seats", Type: "select", Options: decides, Hint: "Where it costs money, the owner of the budget does."}, values["decides"]),
		c.form.field(Field{Name: "cost", Label: "What a seat costs", Type: "decimal", Hint: "Empty: nothing"}, values["cost"]),
		unit,
		c.form.field(Field{Name: "budget", Label: "Paid from", Type: "select", Options: options}, values["budget"]),
	}, nil
}

func (c *call) programmeText() (programme.Text, error) {
	wrong := problem.Invalid{}
	in := programme.Text{
		Kind: programme.Kind(c.text("kind")), Name: c.text("name"), About: c.text("about"), Learns: c.text("learns"), Teaches: programme.Named(c.text("teaches")),
		Audience: c.text("audience"), Employment: strings.Split(c.text("employment"), "\n"), Needs: c.text("needs"), Builds: programme.Named(c.text("builds")),
		Begins: c.day("begins", wrong), Ends: c.day("ends", wrong), ApplyUntil: c.day("apply_until", wrong), Seats: c.numberTyped("seats", wrong),
		Effort: c.numberTyped("effort", wrong), EffortIn: programme.Effort(or(c.text("effort_in"), "hours")), Decides: programme.Decides(c.text("decides")), Budget: db.ID(c.text("budget")),
	}
	minor, err := money.Parse(c.text("cost"), money.Tidy(c.text("currency")))
	wrong.Check(err == nil, "cost", "Please give an amount such as 1200 or 1,200.50.")
	in.Cost = money.Of(minor, c.text("currency"))
	return in, wrong.Err()
}

func postProgramme(c *call) (string, error) {
	in, err := c.programmeText()
	if err != nil {
		return "", err
	}
	id, err := programme.Post(c.tx, c.me, in)
	c.say(saysPosted)
	return "/programmes/" + string(id), err
}

func changeProgramme(c *call) (string, error) {
	in, err := c.programmeText()
	if err != nil {
		return "", err
	}
	c.say(saysProgrammeKept)
	return "/programmes/" + string(c.id("id")), programme.Change(c.tx, c.me, c.id("id"), c.revision(), in)
}
