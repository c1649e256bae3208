package web

import (
	"strconv"

	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
)

// placeContent is the page of a place: for whose it is, and for who decides or decided.
type placeContent struct {
	programme.Place
	Href, Programme, ProgrammeHref, Says, Asked string
	Chances                                     string
	Passed                                      string // that somebody else has come to answer
	Left, Finish, Decide                        bool
	Yes, Words                                  Field
	Looks                                       []lookPart
	Told                                        string // whom it can be told
	Seen                                        Seen
	Answer                                      string // who decided, and when
}

// lookPart is one of the two looks back.
type lookPart struct {
	When                    programme.When
	Title, Written, ToldAt  string
	Learned, Used, Returned Field
	Revision                string
	Kept, Told              bool
	Look                    programme.Look
}

var placePage = declare[placeContent]("place.html")

func showPlace(c *call) (view, error) {
	p, err := programme.PlaceByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := placeContent{Place: p, Href: PathOf(p.Thing()), Programme: p.Name, Says: c.stateOfPlace(p), Asked: c.stamp(p.AskedAt), Left: c.me.Left}
	if p.Yours {
		main.Says = capital(main.Says)
	}
	if !c.me.Left {
		main.ProgrammeHref = "/programmes/" + string(p.Programme)
	}
	if p.DecidedBy.Name != "" {
		main.Answer = p.DecidedBy.Name + ", " + c.stamp(p.DecidedAt)
	}
	if main.Decide, err = programme.MayDecide(c.tx, c.me, p.ID); err != nil {
		return view{}, err
	}
	form := c.formOf("/taking-part/{id}/answer")
	main.Yes = form.field(Field{Name: "says", Label: "Yes or no", Type: "radio", Required: true, Options: []Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}}, "")
	main.Words = form.field(Field{Name: "words", Label: "A line with it", Type: "textarea", Rows: 2, Hint: "With a no: why, and what would fit better."}, "")
	if err := main.read(c); err != nil {
		return view{}, err
	}
	if err := main.chances(c); err != nil {
		return view{}, err
	}
	if err := main.looks(c); err != nil {
		return view{}, err
	}
	title := p.Name
	if !p.Yours {
		title = p.Person.Name + ": " + p.Name
	}
	return placePage.show(c, title, "people", main)
}

// read says who reads what was written with it, and where somebody else has come to answer that they do not.
func (m *placeContent) read(c *call) error {
	switch {
	case m.Yours && m.WrittenFor.Name != "":
		m.Seen = Seen{Text: "you and " + m.WrittenFor.Name, Shared: true}
	case m.Yours && !m.ForOwners():
		m.Seen = Seen{Text: "you"}
	default:
		m.Seen = Seen{Text: m.Person.Name + " and you", Shared: true}
		if m.Yours {
			m.Seen.Text = "you and programme owners, of whom one decides"
		}
	}
	if !m.Yours && m.Decide && !m.ReadsWords {
		m.Passed = "Who answers has changed since " + m.Person.Name + " asked. What they may have written with it was for somebody else, and is not shown to you."
	}
	if !m.Yours || c.me.Left || m.State != programme.Asked {
		return nil
	}
	passed, err := programme.Passed(c.tx, c.me, m.Place)
	if passed {
		m.Passed = "Who answers has changed since you asked. Whoever does now sees that you asked, and not what you wrote with it. If they should read it, take this back and sign up once more."
	}
	return err
}

// chances says what somebody in line can count on, and whether they may say that they are through.
func (m *placeContent) chances(c *call) error {
	if !m.Yours || c.me.Left || !m.Live() {
		return nil
	}
	p, err := programme.ByID(c.tx, c.me, m.Place.Programme)
	if err != nil {
		return err
	}
	m.Finish = m.State == programme.Placed && p.Begun(c.today())
	if m.State != programme.Waiting {
		return nil
	}
	before, err := programme.Before(c.tx, c.me, m.Place)
	switch {
	case before == 0:
		m.Chances = "You are the next."
	case before == 1:
		m.Chances = "One person stands before you."
	default:
		m.Chances = strconv.FormatInt(before, 10) + " people stand before you."
	}
	switch p.Freed {
	case 0:
		m.Chances += " So far nobody gave a seat up: do not count on it, and look at what else there is."
	case 1:
		m.Chances += " So far one seat of " + strconv.FormatInt(p.Seats, 10) + " was given up."
	default:
		m.Chances += " So far " + strconv.FormatInt(p.Freed, 10) + " seats were given up, of " + strconv.FormatInt(p.Seats, 10) + "."
	}
	return err
}

// looks adds what came of it: the visitor's own to write, or what they were told.
func (m *placeContent) looks(c *call) error {
	if m.State != programme.Done {
		return nil
	}
	had, err := programme.Looks(c.tx, c.me, m.ID)
	if err != nil {
		return err
	}
	if m.Yours {
		to, err := programme.Granter(c.tx, c.me, m.Place)
		if err != nil {
			return err
		}
		m.Told = to.Name
	}
	for _, when := range []programme.When{programme.AtEnd, programme.Later} {
		part := lookPart{When: when, Title: "At the end", Revision: "0"}
		if when == programme.Later {
			part.Title = "Three months later"
		}
		for _, l := range had {
			if l.When == when {
				part.Look, part.Kept, part.Told = l, true, !l.ToldAt.IsZero()
				part.Written, part.ToldAt = c.stamp(l.WrittenAt), c.stamp(l.ToldAt)
			}
		}
		if !part.Kept && (!m.Yours || c.me.Left || when == programme.Later && !m.LooksLater(c.tx.Now())) {
			continue
		}
		part.fill(c)
		m.Looks = append(m.Looks, part)
	}
	return nil
}

func (p *lookPart) fill(c *call) {
	form := Form{}
	if c.Pattern == "POST /taking-part/{id}/look" && c.text("when") == string(p.When) {
		form = c.form
	}
	id := string(p.When)
	p.Revision = form.RevisionOr(p.Look.Revision)
	field := func(name, label, hint, stands string) Field {
		return form.field(Field{Name: name + "-" + id, Label: label, Type: "textarea", Rows: 2, Hint: hint}, stands)
	}
	p.Learned = field("learned", "What did you learn?", "", p.Look.Learned)
	p.Used = field("used", "Where did you put it to use?", "", p.Look.Used)
	p.Returned = field("returned", "What did it bring, to you and to others?", "", p.Look.Returned)
}

func answerPlace(c *call) (string, error) {
	c.say(saysAnswered)
	in := programme.Answer{Yes: c.text("says") == "yes", Words: c.text("words")}
	return "/taking-part/" + string(c.id("id")), programme.Decide(c.tx, c.me, c.id("id"), in)
}

var (
	saysAnswered = says("Answered. They are told.")
	saysAccepted = says("The seat is yours.")
	saysGivenUp  = says("Given up. If it was a seat, the next in line is asked.")
	saysThrough  = says("Noted. What came of it?")
	saysLooked   = says("Kept. It is yours alone until you tell it.")
	saysTold     = says("Told.")
)

// ofPlace makes an act on the visitor's own place.
func ofPlace(said sentence, do func(c *call) error) act {
	return func(c *call) (string, error) {
		c.say(said)
		return "/taking-part/" + string(c.id("id")), do(c)
	}
}

var (
	acceptSeat = ofPlace(saysAccepted, func(c *call) error { return programme.Accept(c.tx, c.me, c.id("id")) })
	giveUpSeat = ofPlace(saysGivenUp, func(c *call) error { return programme.GiveUp(c.tx, c.me, c.id("id")) })
	finishSeat = ofPlace(saysThrough, func(c *call) error { return programme.Finish(c.tx, c.me, c.id("id")) })
	tellLook   = ofPlace(saysTold, func(c *call) error { return programme.Tell(c.tx, c.me, c.id("id"), programme.When(c.text("when"))) })
	lookOnSeat = ofPlace(saysLooked, func(c *call) error {
		when := c.text("when")
		return inFields(programme.LookBack(c.tx, c.me, c.id("id"), programme.When(when), c.revision(), programme.LookText{
			Learned: c.text("learned-" + when), Used: c.text("used-" + when), Returned: c.text("returned-" + when),
		}), func(field string) string { return field + "-" + when })
	})
)

// winFromPlace makes a win of what came of it.
func winFromPlace(c *call) (string, error) {
	p, err := programme.PlaceByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	if !p.Yours {
		return "", problem.NotFound
	}
	if p.State != programme.Done {
		return "", problem.Refused("This is for afterwards.")
	}
	looks, err := programme.Looks(c.tx, c.me, p.ID)
	if err != nil {
		return "", err
	}
	in := plan.WinText{What: "I took part in: " + p.Name}
	for _, l := range looks {
		in.Effect = or(l.Returned, or(l.Used, in.Effect))
	}
	w, err := plan.AddWin(c.tx, c.me, in, p.Thing())
	return "/wins/" + string(w.ID), err
}
