package web

import (
	"errors"
	"net/url"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// mentorRequestForm asks a mentor.
type mentorRequestForm struct {
	First, FirstHref            string // whom it goes to
	Skills                      []statedLine
	Learn, Tried, Rhythm, Until Field
	Second, Third               Field
	Chances                     string
	Mentor                      string
	Seen                        Seen
}

var mentorRequestFormPage = declare[mentorRequestForm]("mentor-request-new.html", "mentor-parts.html")

// rhythmWords say how often two would meet.
var rhythmWords = map[mentor.Rhythm]string{mentor.Weekly: "every week", mentor.Fortnightly: "every two weeks", mentor.Monthly: "once a month", mentor.Once: "once, to begin with"}

// newMentorRequest is the form to ask a mentor, with the skills in which they state more than the
// visitor's plan does.
func newMentorRequest(c *call) (view, error) {
	id := db.ID(c.text("mentor1"))
	if id == "" {
		id = db.ID(c.text("mentor"))
	}
	p, err := mentor.ByPerson(c.tx, c.me, id)
	if errors.Is(err, problem.NotFound) || id == c.me.Person {
		return listMentors(c)
	}
	if err != nil {
		return view{}, err
	}
	main := mentorRequestForm{First: p.Name, FirstHref: mentorHref(p.Person), Mentor: string(p.Person), Seen: Seen{Text: "you, and " + p.Name + " once it is sent", Shared: true}}
	stands, err := c.skillsToAsk(p)
	if err != nil {
		return view{}, err
	}
	if main.Chances, err = c.chances(p.Person, mentor.Choice{}); err != nil {
		return view{}, err
	}
	main.Skills = c.statedLines(c.form, stands, mentor.MostAsked, "choose", 0)
	main.Learn = c.form.field(Field{Name: "learn", Label: "What you want to learn", Type: "textarea", Rows: 3, Required: true, Hint: "Concrete enough that they can say yes or no: “run a negotiation with a supplier in spring”."}, "")
	main.Tried = c.form.field(Field{Name: "tried", Label: "What you have already tried", Type: "textarea", Rows: 2, Hint: "It saves the first hour. It can stay empty."}, "")
	var options []Option
	for _, r := range mentor.Rhythms {
		options = append(options, Option{Value: string(r), Label: rhythmWords[r]})
	}
	main.Rhythm = c.form.field(Field{Name: "rhythm", Label: "How often", Type: "select", Options: options}, string(mentor.Fortnightly))
	main.Until = c.form.field(Field{Name: "until", Label: "Until when", Type: "date", Hint: "An end makes a yes easier."}, c.today().AddDays(120).String())
	if main.Second, main.Third, err = c.otherChoices(p.Person); err != nil {
		return view{}, err
	}
	return mentorRequestFormPage.show(c, "Ask "+p.Name, "people", main)
}

// skillsToAsk are the skills of the visitor's plan in which a mentor states more.
func (c *call) skillsToAsk(p mentor.Profile) ([]mentor.Skill, error) {
	mine, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	var all []mentor.Skill
	for _, offered := range p.Skills {
		for _, k := range mine {
			if org.Fold(k.Name) == org.Fold(offered.Name) && k.Level < offered.Level && k.Wanted > k.Level && len(all) < mentor.MostAsked {
				all = append(all, mentor.Skill{Name: offered.Name, Level: k.Level})
			}
		}
	}
	return all, err
}

// otherChoices are fields for whom to ask if the first cannot.
func (c *call) otherChoices(first db.ID) (second, third Field, err error) {
	few, err := mentor.Recommend(c.tx, c.me, mentor.Wish{})
	fill := func(name, label string) Field {
		options := []Option{{Label: "nobody else"}}
		for _, r := range few {
			if r.Person != first {
				options = append(options, Option{Value: string(r.Person), Label: r.Name})
			}
		}
		return c.form.field(Field{Name: name, Label: label, Type: "select", Options: options}, "")
	}
	return fill("mentor2", "If they cannot"), fill("mentor3", "And then"), err
}

func askMentor(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := mentor.RequestText{Learn: c.text("learn"), Tried: c.text("tried"), Skills: c.skillsTyped(mentor.MostAsked), Rhythm: mentor.Rhythm(c.text("rhythm")), Until: c.day("until", wrong)}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	r, err := mentor.Ask(c.tx, c.me, in, []db.ID{db.ID(c.text("mentor1")), db.ID(c.text("mentor2")), db.ID(c.text("mentor3"))})
	c.say(saysMentorAsked)
	return PathOf(r.Thing()), err
}

var saysMentorAsked = says("Sent. They are told once more after a week; after two it ends by itself, and you can ask your next choice.")

// mentorRequestRow is a request in a list.
type mentorRequestRow struct{ Href, Learn, Who, State string }

// mentorRequestList is what the visitor asked, and what waits for them as a mentor.
type mentorRequestList struct {
	ForMe, Mine []mentorRequestRow
	Empty       Empty
	Pager       Pager
}

var mentorRequestListPage = declare[mentorRequestList]("mentor-requests.html")

func listMentorRequests(c *call) (view, error) {
	main := mentorRequestList{Empty: Empty{"What you ask a mentor stands here, with where it stands. A few requests, meant seriously, are answered soonest.", "Find a mentor", "/mentors"}}
	if c.me.Left {
		main.Empty = Empty{Text: "You asked no mentor here."}
	}
	mine, err := mentor.MyRequests(c.tx, c.me, db.ID(c.text("before")))
	if err != nil {
		return view{}, err
	}
	if len(mine) > mentor.MostListed {
		mine = mine[:mentor.MostListed]
		main.Pager.Older = "/mentor-requests?before=" + url.QueryEscape(string(mine[len(mine)-1].ID))
	}
	if c.text("before") != "" {
		main.Pager.Newer = "/mentor-requests"
	}
	for _, r := range mine {
		row := mentorRequestRow{Href: PathOf(r.Thing()), Learn: r.Learn, State: "closed"}
		if now, ok := r.Now(); ok {
			row.Who, row.State = now.Mentor.Name, c.stateOfChoice(now)
		} else if r.State == mentor.RequestAccepted {
			row.State = "a yes"
		} else if r.State == mentor.RequestOpen {
			row.State = "nobody is asked at present"
		}
		main.Mine = append(main.Mine, row)
	}
	asked, err := mentor.AskedOfMe(c.tx, c.me)
	for _, r := range asked {
		row := mentorRequestRow{Href: PathOf(r.Thing()), Learn: r.Learn, Who: r.Owner.Name}
		if now, ok := r.Now(); ok {
			row.State = c.stateOfChoice(now)
		}
		main.ForMe = append(main.ForMe, row)
	}
	if err != nil {
		return view{}, err
	}
	return mentorRequestListPage.show(c, "Asking a mentor", "people", main)
}

// stateOfChoice says where it stands with one mentor.
func (c *call) stateOfChoice(ch mentor.Choice) string {
	switch ch.State {
	case mentor.Asked:
		return "asked " + c.stamp(ch.AskedAt)
	case mentor.More:
		return "would like to know more"
	case mentor.Later:
		return "later, on " + c.onDay(ch.AgainOn)
	case mentor.Waiting:
		return "in line since " + c.stamp(ch.InLineAt)
	case mentor.Accepted:
		return "a yes, " + c.stamp(ch.Answered)
	case mentor.Declined:
		return "not possible, " + c.stamp(ch.Answered)
	case mentor.Lapsed:
		return "ended without an answer: people are busy, it says nothing about you"
	case mentor.Withdrawn:
		return "withdrawn"
	}
	return "not asked yet"
}

// choiceLine is a mentor whom a request goes to.
type choiceLine struct {
	Name, Href, State, Answer, Reply string
	Pointer, PointerHref             string
	Chances                          string
}

// mentorRequestContent is the page of a request, for its owner and for who is asked.
type mentorRequestContent struct {
	Href, Owner, OwnerHref      string
	Mine, Open, Left            bool
	Learn, Tried                string
	Skills                      []string
	Rhythm, Until, Sent         string
	Choices                     []choiceLine
	Waits                       bool // for the visitor's answer
	InLine                      bool
	Says, Words, Pointer, Again Field
	Reply                       *Field // where the mentor would like to know more
	Next                        string // whom the owner can ask next
	Seen                        Seen
}

var mentorRequestPage = declare[mentorRequestContent]("mentor-request.html")

func showMentorRequest(c *call) (view, error) {
	r, err := mentor.Mentoring(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := mentorRequestContent{
		Href: PathOf(r.Thing()), Owner: r.Owner.Name, OwnerHref: "/people/" + string(r.Owner.Person), Mine: r.Owner.Is(c.me), Open: r.State == mentor.RequestOpen, Left: c.me.Left,
		Learn: r.Learn, Tried: r.Tried, Rhythm: rhythmWords[r.Rhythm], Sent: c.stamp(r.CreatedAt),
	}
	main.Seen = Seen{Text: "you, and whom you ask", Shared: true}
	if !main.Mine {
		main.Seen.Text = "you and " + r.Owner.Name + ", and whom they ask else"
	}
	if !r.Until.IsZero() {
		main.Until = c.onDay(r.Until)
	}
	for _, k := range r.Skills {
		main.Skills = append(main.Skills, k.Name+": "+plan.LevelWords[k.Level])
	}
	for _, ch := range r.Choices {
		line := choiceLine{Name: ch.Mentor.Name, Href: "/people/" + string(ch.Mentor.Person), State: c.stateOfChoice(ch), Answer: ch.Answer, Reply: ch.Reply}
		if ch.Pointer.Person != "" {
			line.Pointer, line.PointerHref = ch.Pointer.Name, "/people/"+string(ch.Pointer.Person)
		}
		main.Choices = append(main.Choices, line)
	}
	if err := main.acts(c, r); err != nil {
		return view{}, err
	}
	title := "What you ask a mentor"
	if !main.Mine {
		title = r.Owner.Name + " asks you"
	}
	return mentorRequestPage.show(c, title, "people", main)
}

// acts adds what the visitor can do on a request.
func (m *mentorRequestContent) acts(c *call, r mentor.Request) error {
	now, ok := r.Now()
	if c.me.Left || !m.Open {
		return nil
	}
	if !m.Mine {
		m.Waits, m.InLine = ok, ok && now.State == mentor.Waiting
		m.answerFields(c)
		return nil
	}
	if ok && now.State == mentor.More {
		reply := c.form.field(Field{Name: "reply", Label: "Your answer", Type: "textarea", Rows: 3}, "")
		m.Reply = &reply
	}
	if ok && now.State == mentor.Waiting {
		chances, err := c.chances(now.Mentor.Person, now)
		if err != nil {
			return err
		}
		for n := range m.Choices {
			if r.Choices[n].ID == now.ID {
				m.Choices[n].Chances = chances
			}
		}
	}
	if next, there := r.Next(); there {
		m.Next = next.Mentor.Name
		if ok {
			m.Next += " instead"
		}
	}
	return nil
}

func (m *mentorRequestContent) answerFields(c *call) {
	options := []Option{
		{Value: string(mentor.Yes), Label: "Yes", Hint: "A place is theirs at once, and you find a first time together."},
		{Value: string(mentor.TellMore), Label: "Tell me more", Hint: "Ask what you need to know."},
		{Value: string(mentor.NotYet), Label: "Later", Hint: "It comes back to you on a day that you name."},
		{Value: string(mentor.No), Label: "No", Hint: "A pointer to somebody else is worth a lot. No reason is needed."},
	}
	if m.InLine {
		options = options[1:]
	}
	m.Says = c.form.field(Field{Name: "says", Label: "Your answer", Type: "radio", Options: options}, "")
	m.Words = c.form.field(Field{Name: "words", Label: "A word with it", Type: "textarea", Rows: 2}, "")
	m.Pointer = c.form.field(Field{Name: "pointer", Label: "Who could help instead", Hint: "By name or e-mail, with a no. It can stay empty."}, "")
	m.Again = c.form.field(Field{Name: "again_on", Label: "Later: on which day", Type: "date", Hint: "Left empty it is in two months."}, "")
}

func answerMentorRequest(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := mentor.Reply{Says: mentor.Says(c.text("says")), Words: c.text("words"), AgainOn: c.day("again_on", wrong)}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	if in.Says == mentor.No {
		var err error
		if in.Pointer, err = c.personTyped("pointer"); err != nil {
			return "", err
		}
	}
	if in.Says != mentor.NotYet {
		in.AgainOn = civil.Date{}
	}
	return requestHref(c.id("id")), mentor.Answer(c.tx, c.me, c.id("id"), in)
}

func requestHref(id db.ID) string { return "/mentor-requests/" + string(id) }

func tellMentorMore(c *call) (string, error) {
	return requestHref(c.id("id")), mentor.Tell(c.tx, c.me, c.id("id"), c.text("reply"))
}

func askNextMentor(c *call) (string, error) {
	c.say(saysMentorAsked)
	return requestHref(c.id("id")), mentor.AskNext(c.tx, c.me, c.id("id"))
}

func closeMentorRequest(c *call) (string, error) {
	return requestHref(c.id("id")), mentor.Close(c.tx, c.me, c.id("id"))
}
