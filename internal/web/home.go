package web

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/home"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

// homeContent is the start page.
type homeContent struct {
	home.Home
	Greeting  string
	YearSays  string // the year strip, for those who do not see it
	YearDrawn template.HTML
	Lead      homeNext
	Proposed  []proposedLine
	Offered   []proposalLine // by the visitor's manager, for their plan
	Comments  string         // how many are open
	Promised  []promiseLine
	Asks      []askLine
	ForMe     []askLine
	Asked     []waitingLine
	Looks     []waitingLine // suggestions whose day has come
	Team      []reportLine
	Alone     Seen
	Steps     []stepLine
	Reviews   []goalLine
	Question  suggested
}

// homeNext is the one thing to do next.
type homeNext struct {
	Label, Heading string
	Facts          []factLine
	Text           string
	Action, Href   string
	Other          string // another way, with where it leads
	OtherHref      string
	Aside          string
}

// factLine is a sentence around words that somebody wrote.
type factLine struct{ Before, Words, After string }

// proposedLine is a conversation that waits for an answer.
type proposedLine struct{ ID, Meeting, Says string }

// promiseLine is a promise as a sentence.
type promiseLine struct {
	ID, Words, When, Says string
	Late                  bool
	Seen                  Seen
}

// askLine is an ask as a sentence.
type askLine struct {
	ID, What, Says string
	Seen           Seen
}

// reportLine is one of those who report to the visitor.
type reportLine struct {
	ID, Name, Job, Next, NextHref string
	Waits                         []askLine
	Promised                      []promiseLine
}

var homePage = declare[homeContent]("home.html")

// showHome is the start page.
func showHome(c *call) (view, error) {
	h, err := home.Of(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := homeContent{Home: h, Greeting: greeting(h), YearSays: yearSays(h), YearDrawn: drawYear(h.Year, h.Today), Alone: Seen{Text: "only you"}, Lead: nextThing(c, h)}
	if h.Next.ID == "" && len(h.Goals) == 0 {
		first, err := isFirstHere(c)
		if err != nil {
			return view{}, err
		}
		if first {
			main.Lead = bringPeople
		}
	}
	for _, p := range h.Proposals {
		main.Proposed = append(main.Proposed, proposedLine{string(p.ID), meeting(c.me, p, h.Today), p.Other(c.me).Name + " proposes this time"})
	}
	for _, s := range h.Steps {
		main.Steps = append(main.Steps, c.lineOfStep(s))
	}
	for _, g := range h.Reviews {
		main.Reviews = append(main.Reviews, c.lineOfGoal(g))
	}
	for _, p := range h.Offered {
		main.Offered = append(main.Offered, c.lineOfProposal(p))
	}
	if h.OpenComments > 0 {
		main.Comments = counted(int(h.OpenComments), "comment") + " on what you show"
	}
	for _, p := range h.Nearest(c.me) {
		main.Promised = append(main.Promised, sayPromise(c.me, p, h.Today))
	}
	for _, a := range h.OnTheirWay {
		says := "Sent " + day(civil.In(a.SentAt, c.me.Zone), h.Today)
		if !a.DecideBy.IsZero() {
			says += " · answer wished by " + day(a.DecideBy, h.Today)
		}
		main.Asks = append(main.Asks, askLine{string(a.ID), a.What, says, Seen{Shared: true, Text: "you and " + a.Whom.Name}})
	}
	for _, a := range h.CameBack {
		says := "Came back on " + day(civil.In(a.CreatedAt, c.me.Zone), h.Today) + " as a draft, with your wins since then to choose from"
		main.Asks = append(main.Asks, askLine{string(a.ID), a.What, says, onlyYou})
	}
	for _, a := range h.ComingBack {
		says := strings.ToUpper(string(a.Answer[:1])) + string(a.Answer[1:]) + ". It comes back on " + day(a.ComesBackOn, h.Today)
		main.Asks = append(main.Asks, askLine{string(a.ID), a.What, says, Seen{Shared: true, Text: "you and " + a.Whom.Name}})
	}
	for _, a := range h.FromOthers() {
		main.ForMe = append(main.ForMe, askLine{string(a.ID), a.What, "From " + a.Owner.Name + ", " + day(civil.In(a.SentAt, c.me.Zone), h.Today), Seen{}})
	}
	main.waitingLines(h)
	for _, r := range h.Reports {
		main.Team = append(main.Team, sayReport(c.me, r, h.Today))
	}
	if main.Question, err = c.suggested(h); err != nil {
		return view{}, err
	}
	return homePage.show(c, "Home", "home", main)
}

// waitingLine is a thing that somebody asks or suggested, as a line.
type waitingLine struct{ Href, Words, Says string }

// waitingLines are what waits for the visitor's word.
func (main *homeContent) waitingLines(h home.Home) {
	for _, w := range h.Words {
		says := " asks: was it so?"
		if w.Thing.Kind == "skill view" {
			says = " asks: how do you see this?"
		}
		main.Asked = append(main.Asked, waitingLine{PathOf(w.Thing), w.Words, w.OwnerName + says})
	}
	for _, w := range h.Questions {
		line := waitingLine{PathOf(w.Thing), w.Words, w.Who + " asks you"}
		switch w.Kind {
		case question.ForMyReply:
			line.Says = w.Who + " asks you something back"
		case question.ForMyLook:
			line.Says = "Only suggested, by " + w.Who + ". Make something of it, or let it go"
			main.Looks = append(main.Looks, line)
			continue
		}
		main.Asked = append(main.Asked, line)
	}
}

func greeting(h home.Home) string {
	part := "Good evening"
	switch {
	case h.Hour < 5:
		part = "Hello"
	case h.Hour < 12:
		part = "Good morning"
	case h.Hour < 18:
		part = "Good afternoon"
	}
	return part + ", " + h.Me.Called()
}

func yearSays(h home.Home) string {
	says := fmt.Sprintf("Your year: %s held", counted(h.Year.Held, "conversation"))
	if h.Next.ID != "" {
		says += ", the next on " + day(civil.In(h.Next.At, h.Me.Zone()), h.Today)
	}
	return says
}

// drawYear draws the strip: its conversations, the days of wins below them, and the names of the deep
// ones. It is the part of the page that is asked for most, and has the most pieces.
func drawYear(y home.Year, today civil.Date) template.HTML {
	b := []byte(`<line class="base" x1="0" x2="100%" y1="44" y2="44"/>`)
	at := func(before string, percent float64) {
		b = append(strconv.AppendFloat(append(b, before...), percent, 'f', 1, 64), '%')
	}
	for _, m := range y.Marks {
		look, top := "coming", "30"
		switch {
		case m.Up:
			look = "up"
		case m.Held:
			look = "held"
		}
		if m.Deep {
			look, top = "deep "+look, "10"
		}
		at(`<line class="`+look+`" x1="`, m.At)
		at(`" x2="`, m.At)
		b = append(b, `" y1="`+top+`" y2="44"/>`...)
	}
	for _, win := range y.Wins {
		at(`<circle class="win" cx="`, win)
		b = append(b, `" cy="54" r="2.5"/>`...)
	}
	for _, m := range y.Marks {
		if m.Label == "" {
			continue
		}
		look, more := "", ""
		if m.Up {
			look, more = ` class="up"`, `<tspan class="more"> · `+day(m.Day, today)+`</tspan>`
		}
		at(`<text`+look+` x="`, m.At)
		b = append(b, `" y="78">`+template.HTMLEscapeString(m.Label)+more+`</text>`...)
	}
	return template.HTML(b)
}

func counted(n int, word string) string {
	if n == 1 {
		return "one " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// nextThing chooses the one thing to do next: what only the visitor can settle comes first.
func nextThing(c *call, h home.Home) homeNext {
	switch {
	case h.Handover && h.Manager.ID != "":
		return homeNext{
			Label: "Your manager has changed", Heading: "What should " + h.Manager.Called() + " see?",
			Text:   h.Manager.Called() + " sees nothing of yours until you say so. What your former manager saw and promised is listed for you.",
			Action: "Decide", Href: "/handover", Aside: "a minute or two",
		}
	case h.Next.ID != "":
		return homeNext{
			Label: "Next conversation", Heading: meeting(c.me, h.Next, h.Today), Facts: sayFacts(h, h.Next.Other(c.me).Name),
			Text: "Look at what changed since you last met, and choose what to talk about.", Action: "Prepare it", Href: "/conversations/" + string(h.Next.ID),
			Aside: "about six minutes · nothing is shown to the other side until you put it on the agenda",
		}
	case len(h.Sent) > 0:
		p := h.Sent[0]
		return homeNext{
			Label: "Waiting for an answer", Heading: meeting(c.me, p, h.Today),
			Text: "You proposed this time to " + p.Other(c.me).Name + ". You can prepare it already.", Action: "Look at it", Href: "/conversations/" + string(p.ID),
		}
	}
	return firstStep(h)
}

// bringPeople is what an administrator does first, in an organisation of which they are the
// only person.
var bringPeople = homeNext{
	Label: "Begin here", Heading: "Bring your people",
	Text:   "Take the export of your HR system as it is. You see everything that would change before it counts, and nobody is written to before you invite them.",
	Action: "Import people", Href: "/organisation/import", Aside: "or add them one by one, on the page Organisation",
	Other: "Begin your own plan", OtherHref: startPath,
}

// isFirstHere tells whether the visitor administers an organisation in which nobody else is yet.
func isFirstHere(c *call) (bool, error) {
	if !c.me.Administrator || c.who.Alone {
		return false, nil
	}
	found, err := org.Search(c.tx, c.me, "", org.Place{}, 2)
	return len(found) < 2, err
}

// firstStep is what to do when nothing is planned.
func firstStep(h home.Home) homeNext {
	if h.Purpose.Words == "" && len(h.Goals) == 0 {
		return homeNext{
			Label: "Begin here", Heading: "What do you want to grow towards?",
			Text:   "A few questions, one at a time, make the beginning of a plan. Only you see it, until you share it.",
			Action: "Begin your plan", Href: startPath, Aside: "ten minutes; every step can be skipped",
		}
	}
	next := homeNext{
		Label: "No conversation is planned", Heading: "Ask for half an hour about your growth",
		Text: "Choose with whom and when. The agenda prepares itself from your plan, and you decide what goes on it.", Action: "Plan a conversation", Href: "/conversations/new",
	}
	if h.Manager.ID != "" {
		next.Heading, next.Href = "Ask "+h.Manager.Called()+" for half an hour", "/conversations/new?with=person:"+string(h.Manager.ID)
	}
	return next
}

// meeting is a conversation in one line.
func meeting(me org.Actor, c conversation.Conversation, today civil.Date) string {
	at := c.At.In(me.Zone)
	return c.Kind.Title() + " with " + c.Other(me).Name + ", " + at.Weekday().String() + " " + day(civil.In(c.At, me.Zone), today) + ", " + clock(at)
}

func sayFacts(h home.Home, other string) []factLine {
	var lines []factLine
	for _, f := range h.Facts {
		on := day(f.Day, h.Today)
		due := " is due on " + on + "."
		if f.Day.Before(h.Today) {
			due = " was due on " + on + "."
		}
		switch f.Kind {
		case home.TheyPromised:
			lines = append(lines, factLine{other + "’s promise “", f.Words, "”" + due})
		case home.YouPromised:
			lines = append(lines, factLine{"Your promise “", f.Words, "”" + due})
		case home.YouAsked:
			lines = append(lines, factLine{"Your ask “", f.Words, "” has waited since " + on + "."})
		case home.TheyAsked:
			lines = append(lines, factLine{"They ask “", f.Words, "” and have waited since " + on + "."})
		}
	}
	return lines
}

// sayPromise puts a promise into a line: whose it is, and what it waits for.
func sayPromise(me org.Actor, p commitment.Commitment, today civil.Date) promiseLine {
	on := home.Day(p, today)
	line := promiseLine{ID: string(p.ID), Words: p.Words, When: "due " + day(on, today), Late: p.State == commitment.Open && on.Before(today)}
	if !p.SaidDoneAt.IsZero() && p.DiffersAt.IsZero() {
		line.When, line.Late = "look back "+day(on, today), false
	}
	other := p.To
	if p.To.Is(me) {
		other = p.By
	}
	line.Says = whosePromise(me, p)
	if says, waits := waitSays[p.WaitsFor(me, today)]; waits {
		line.Says += " · " + says
	}
	line.Seen = Seen{Shared: true, Text: "you and " + other.Name}
	if other.Contact != "" {
		line.Seen = Seen{Text: "only you"}
	}
	return line
}

// whosePromise says who promised whom, or who proposes that somebody does.
func whosePromise(me org.Actor, p commitment.Commitment) string {
	mine, proposed := p.By.Is(me), p.State == commitment.Proposed
	switch {
	case proposed && mine:
		return p.WrittenBy.Name + " proposes that you promise this"
	case proposed:
		return "It waits for the yes of " + p.By.Name
	case mine:
		return "You promised " + p.To.Name
	}
	return p.By.Name + " promised you"
}

var waitSays = map[commitment.Wait]string{
	commitment.ForMyAnswer: "a change is proposed to you",
	commitment.ForMyWord:   "said to be done: is it?",
	commitment.ForMyLook:   "time to look back: did it happen?",
	commitment.ForTheTalk:  "you see it differently: talk about it",
}

func sayReport(me org.Actor, r home.Report, today civil.Date) reportLine {
	line := reportLine{ID: string(r.Person.ID), Name: r.Person.Name, Job: r.Person.JobTitle, Next: "no conversation planned", NextHref: "/conversations/new?with=person:" + string(r.Person.ID)}
	if r.Next.ID != "" {
		at := r.Next.At.In(me.Zone)
		line.Next = r.Next.Kind.Title() + ", " + day(civil.In(r.Next.At, me.Zone), today) + ", " + clock(at)
		switch {
		case r.Next.WaitsFor(me):
			line.Next += ": it waits for your answer"
		case r.Next.State == conversation.Requested:
			line.Next += ": it waits for their answer"
		}
		line.NextHref = "/conversations/" + string(r.Next.ID)
	}
	for _, a := range r.Waits {
		line.Waits = append(line.Waits, askLine{ID: string(a.ID), What: a.What, Says: "has waited since " + day(civil.In(a.SentAt, me.Zone), today)})
	}
	for _, p := range r.Promised {
		line.Promised = append(line.Promised, sayPromise(me, p, today))
	}
	return line
}
