package web

import (
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// station is one of the steps in which a plan is begun. Each can be skipped.
type station struct {
	Step    string // in the address
	Name    string
	Title   string
	Ask     string
	Section plan.Section // where it is seen
	Texts   []plan.Section
	show    func(*call, *way, plan.Plan) (view, error)
	take    func(*call) (stay bool, err error)
}

// stations are the guided start, in its order. Another page follows the last.
var stations []station

func init() { // they lead to each other
	texts := func(of station, texts ...plan.Section) station {
		of.Texts, of.show = texts, showStartTexts
		of.take = func(c *call) (bool, error) { return false, c.goOnWriting(texts) }
		return of
	}
	stations = []station{
		{Step: "values", Name: "Values", Section: plan.Values, Title: "What would you not give up?",
			Ask: "Tick what would hurt to lose, even for a better offer. Up to twelve; you cut it down next.", show: showChoice, take: takeChoice},
		{Step: "order", Name: "The first five", Section: plan.Values, Title: "Which of them come first?",
			Ask: "Five carry further than twelve. Put first what you would keep if you had to choose, and say what you mean by it.", show: showOrder, take: takeOrder},
		texts(station{Step: "purpose", Name: "Three questions", Section: "", Title: "What is your work for?",
			Ask: "Three short answers; together they make a sentence that you then make your own."}, plan.PurposeAnswers...),
		texts(station{Step: "sentence", Name: "Purpose", Section: plan.Purpose, Title: "Now in your own words",
			Ask: "Change it until you would say it aloud."}, plan.Purpose),
		{Step: "strengths", Name: "Strengths", Section: plan.Strengths, Title: "What goes easily for you?",
			Ask: "Something that costs others more effort, and a day on which it showed. Two or three are plenty.", show: showStartStrengths, take: takeStartStrengths},
		texts(station{Step: "hard", Name: "What is hard", Section: plan.Hard, Title: "What do you find hard?",
			Ask: "What you put off, and what tires you more than it should. This is yours: it is good to know before somebody asks."}, plan.Hard),
		texts(station{Step: "vision", Name: "Vision", Section: plan.Vision, Title: "Where does it lead?",
			Ask: "Not a forecast: a picture you would like. Write one of the three, or all."}, plan.Vision.Texts()...),
	}
}

// way is where somebody stands in the guided start.
type way struct {
	station
	Number, Of int
	Steps      []wayStep
	Action     string
	Next       string
	Seen       Seen
}

type wayStep struct {
	Name, Href string
	Here       bool
}

const startPath = "/plan/start"

// stationOf is where a step stands; problem.NotFound for what is none.
func stationOf(step string) (int, error) {
	at := slices.IndexFunc(stations, func(s station) bool { return s.Step == step })
	if at < 0 {
		return at, problem.NotFound
	}
	return at, nil
}

// after is where the step after a station is.
func after(at int) string {
	if at+1 < len(stations) {
		return startPath + "/" + stations[at+1].Step
	}
	return startPath + "/end"
}

// startPage is what the guided start is, and what stands already.
type startContent struct {
	Steps []wayStep
	First string
	Left  bool
	Alone Seen
}

var startPage = declare[startContent]("start.html")

// beginStart says what the guided start is.
func beginStart(c *call) (view, error) {
	return startPage.show(c, "Begin your plan", "plan", startContent{Steps: stepsFrom(""), First: startPath + "/" + stations[0].Step, Left: c.me.Left, Alone: onlyYou})
}

func stepsFrom(here string) []wayStep {
	var all []wayStep
	for _, s := range stations {
		all = append(all, wayStep{s.Name, startPath + "/" + s.Step, s.Step == here})
	}
	return all
}

// showStart shows a step of the guided start, or what stands at its end.
func showStart(c *call) (view, error) {
	step := c.PathValue("step")
	mine, err := plan.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	if step == "end" {
		return showStartEnd(c, mine)
	}
	at, err := stationOf(step)
	if err != nil {
		return view{}, err
	}
	given, err := share.Given(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	w := &way{station: stations[at], Number: at + 1, Of: len(stations), Steps: stepsFrom(step), Action: startPath + "/" + step, Next: after(at), Seen: onlyYou}
	if w.Section != "" {
		w.Seen = c.seenSection(given, w.Section)
	}
	return w.show(c, w, mine)
}

// takeStart keeps what a step was answered with, and goes on to the next; a form that saves as
// one types stays where it is.
func takeStart(c *call) (string, error) {
	step := c.PathValue("step")
	at, err := stationOf(step)
	if err != nil {
		return "", err
	}
	stay, err := stations[at].take(c)
	if stay || c.Form.Has("quietly") {
		return startPath + "/" + step, err
	}
	return after(at), err
}

// startTexts is a step that asks for texts.
type startTexts struct {
	way
	Fields []textField
	Draft  string // of a purpose, where something else stands already
	Fresh  bool   // what stands in the field is a draft, not kept yet
}

var startTextsPage = declare[startTexts]("start-words.html", "start-parts.html")

// startFields say what each text of the guided start asks for.
var startFields = map[plan.Section]Field{
	plan.PurposeCalled:  {Label: "What do people come to you for?", Hint: "“People come to me for …”. Think of the last three who did.", Rows: 2},
	plan.PurposeUnasked: {Label: "What would you do even if nobody asked you to?", Hint: "“I would …”. What you do first when a meeting is cancelled.", Rows: 2},
	plan.PurposeFor:     {Label: "Who is better off for it, and how?", Hint: "“So that …”. Name somebody: a team, a customer, a newcomer.", Rows: 2},
	plan.Purpose:        {Label: "What my work is for", Rows: 4},
	plan.Hard:           {Label: "What I find hard", Hint: "“Saying no to a friendly request.” “Meetings with more than eight people.”", Rows: 5},
	plan.Vision:         {Label: "What stands here already", Hint: "It names no year. Move it to one below, or leave it.", Rows: 3},
	plan.VisionIn1:      {Label: "In one year", Hint: hints[plan.VisionIn1], Rows: 3},
	plan.VisionIn3:      {Label: "In three years", Hint: hints[plan.VisionIn3], Rows: 3},
	plan.VisionIn5:      {Label: "In five years", Hint: hints[plan.VisionIn5], Rows: 3},
}

func showStartTexts(c *call, w *way, mine plan.Plan) (view, error) {
	main := startTexts{way: *w}
	for _, text := range w.Texts {
		stands := mine.Text(text)
		if text == plan.Vision && stands.Words == "" && !c.form.Values.Has(fieldOf(text)) {
			continue
		}
		if draft := mine.DraftPurpose(); text == plan.Purpose && draft != "" {
			if main.Fresh = stands.Words == ""; main.Fresh {
				stands.Words = draft
			} else if stands.Words != draft {
				main.Draft = draft
			}
		}
		main.Fields = append(main.Fields, c.textField(stands, startFields[text]))
	}
	return startTextsPage.show(c, w.Title, "plan", main)
}

// goOnWriting keeps the texts of a form that saves as one types.
func (c *call) goOnWriting(texts []plan.Section) error {
	return c.writeTexts(texts, func(in plan.Text, opened int64) error {
		_, err := plan.GoOnWriting(c.tx, c.me, in, opened)
		return err
	})
}

// startEnd is what stands when the guided start is through, and what to do next.
type startEnd struct {
	Values, Strengths []plan.Value
	Texts             []endText
	Nothing           bool
	Next              homeNext
	Also              []wayStep
}

// endText is a part of the plan that was written.
type endText struct {
	Title string
	Texts []labelled
}

var startEndPage = declare[startEnd]("start-end.html", "plan-parts.html")

func showStartEnd(c *call, mine plan.Plan) (view, error) {
	main := startEnd{Values: mine.Values, Strengths: mine.Strengths}
	for _, section := range []plan.Section{plan.Purpose, plan.Strengths, plan.Hard, plan.Vision} {
		if texts := textsOf(mine, section); len(texts) > 0 {
			main.Texts = append(main.Texts, endText{section.Title(), texts})
		}
	}
	main.Nothing = len(main.Values)+len(main.Strengths)+len(main.Texts) == 0
	manager, err := managerOf(c)
	if err != nil {
		return view{}, err
	}
	main.Next, main.Also = nextAfterStart(mine, manager)
	if c.who.Alone { // there is nobody here to show it to
		main.Also = slices.DeleteFunc(main.Also, func(way wayStep) bool { return way.Href == "/plan/share" })
	}
	return startEndPage.show(c, "Your plan has begun", "plan", main)
}

// managerOf is whoever the visitor reports to; nobody for who reports to nobody.
func managerOf(c *call) (org.Person, error) {
	me, err := org.Me(c.tx, c.me)
	if err != nil || me.ManagerID == db.ID("") {
		return org.Person{}, err
	}
	return org.ByID(c.tx, c.me, me.ManagerID)
}

// nextAfterStart is the one thing to do next, and what could be done as well.
func nextAfterStart(mine plan.Plan, manager org.Person) (homeNext, []wayStep) {
	talk := wayStep{Name: "Plan a conversation about it", Href: "/conversations/new"}
	if manager.ID != "" {
		talk = wayStep{Name: "Ask " + manager.Called() + " for half an hour", Href: "/conversations/new?with=person:" + string(manager.ID)}
	}
	also := []wayStep{talk, {Name: "Show a part of it to somebody", Href: "/plan/share"}, {Name: "Read your plan", Href: "/plan"}}
	if len(mine.Goals) == 0 {
		return homeNext{Label: "Next", Heading: "One goal that you would tell a friend about", Action: "Write it down", Href: "/goals/new",
			Text: "Values and purpose say where you look. A goal is the first thing that moves."}, append([]wayStep{{Name: "Write down a skill that you use every week", Href: "/skills"}}, also...)
	}
	if len(mine.Skills) == 0 {
		return homeNext{Label: "Next", Heading: "The skills that you use every week", Action: "Write down the first", Href: "/skills",
			Text: "Where you are and where you want to be: the difference shows what is next."}, also
	}
	return homeNext{Label: "Next", Heading: talk.Name, Action: "Choose a time", Href: talk.Href,
		Text: "You have goals and skills already. Half an hour with somebody who can help makes them move; you decide what you show. " + strconv.Itoa(len(mine.Goals)) + " stand in your plan."}, also[1:]
}
