package web

import (
	"net/url"
	"strconv"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/programme"
)

// programmeRow is a programme in a list.
type programmeRow struct {
	Href, Name, Kind, When, Seats string
	Teaches                       []string
}

// programmeList is the catalogue.
type programmeList struct {
	Kind, Skill, From, Free, All Field
	Narrowed, Posts              bool
	Waits                        int // for a yes of the visitor's
	Origin                       string
	Found                        []programmeRow
	More                         string
	Mine                         []programmeRow // that the visitor posted and that are not over
}

var programmeListPage = declare[programmeList]("programmes.html", "programme-parts.html")

const programmesOnAPage = 30

// kindWords say what a programme is.
var kindWords = map[programme.Kind]string{
	programme.Course: "course", programme.Leadership: "leadership class", programme.Training: "job training", programme.Shadowing: "shadowing days",
	programme.Stretch: "stretch assignment", programme.Project: "special project", programme.Round: "mentoring round",
}

func programmeKinds(kinds []programme.Kind) []Option {
	options := make([]Option, len(kinds))
	for n, k := range kinds {
		options[n] = Option{Value: string(k), Label: capital(kindWords[k])}
	}
	return options
}

func listProgrammes(c *call) (view, error) {
	main := programmeList{Origin: c.text("for")}
	from, err := civil.Parse(c.text("from"))
	if err != nil {
		from = civil.Date{} // a search is narrowed by what it understands
	}
	f := programme.Filter{Kind: programme.Kind(c.text("kind")), Skill: c.text("skill"), Free: c.text("free") != "", From: from, All: c.text("all") != "", After: db.ID(c.text("after"))}
	if from := c.thing("for"); from.Kind == "skill" && f.Skill == "" && !f.All && f.Kind == "" { // from a gap: what teaches it
		k, err := plan.SkillByID(c.tx, c.me, from.ID)
		if err != nil && err != problem.NotFound {
			return view{}, err
		}
		f.Skill = k.Name
	}
	main.Narrowed = f.Kind != "" || f.Skill != "" || f.Free || !f.From.IsZero() || f.All
	found, err := programme.Catalogue(c.tx, c.me, f, programmesOnAPage+1)
	if err != nil {
		return view{}, err
	}
	if len(found) > programmesOnAPage {
		found = found[:programmesOnAPage]
		query := url.Values{"after": {string(found[programmesOnAPage-1].ID)}}
		for _, name := range []string{"kind", "skill", "free", "from", "all", "for"} {
			if text := c.text(name); text != "" {
				query.Set(name, text)
			}
		}
		main.More = "/programmes?" + query.Encode()
	}
	for _, p := range found {
		main.Found = append(main.Found, c.rowOfProgramme(p))
	}
	if err := main.own(c); err != nil {
		return view{}, err
	}
	main.Kind = searched(Field{Name: "kind", Label: "What it is", Type: "select", Options: append([]Option{{Label: "anything"}}, programmeKinds(programme.Kinds)...)}, string(f.Kind))
	main.Skill = Field{Name: "skill", Label: "Skill that one learns", Type: "skill", Value: f.Skill}
	main.From = Field{Name: "from", Label: "Begins from", Type: "date", Value: f.From.String()}
	main.Free = Field{Name: "free", Label: "With a free seat", Type: "checkbox", Value: c.text("free")}
	main.All = Field{Name: "all", Label: "Closed ones too", Type: "checkbox", Value: c.text("all")}
	return programmeListPage.show(c, "Programmes", "people", main)
}

// own adds what the visitor posted, and what waits for them.
func (m *programmeList) own(c *call) error {
	may, err := programme.MayPost(c.tx, c.me)
	if err != nil {
		return err
	}
	m.Posts = len(may) > 0
	posted, err := programme.Posted(c.tx, c.me, 60)
	if err != nil {
		return err
	}
	for _, p := range posted {
		if !p.Over() {
			m.Mine = append(m.Mine, c.rowOfProgramme(p))
		}
	}
	waits, err := programme.ForMe(c.tx, c.me, 100)
	m.Waits = len(waits)
	return err
}

func (c *call) rowOfProgramme(p programme.Programme) programmeRow {
	row := programmeRow{Href: PathOf(p.Thing()), Name: p.Name, Kind: capital(kindWords[p.Kind]), When: c.whenOf(p), Seats: seatsOf(p)}
	if origin := c.text("for"); origin != "" {
		row.Href += "?for=" + url.QueryEscape(origin)
	}
	switch p.State {
	case programme.Draft:
		row.Seats = "a draft: only you see it"
	case programme.Closed:
		row.Seats = "takes nobody any more"
	case programme.Running:
		row.Seats = "is under way"
	}
	for _, k := range p.Teaches {
		row.Teaches = append(row.Teaches, k.Name)
	}
	return row
}

// seatsOf says how many seats are free.
func seatsOf(p programme.Programme) string {
	if p.Free() == 0 || p.InLine > 0 {
		switch p.InLine {
		case 0:
			return "no seat free, nobody in line yet"
		case 1:
			return "no seat free, 1 in line"
		}
		return "no seat free, " + strconv.FormatInt(p.InLine, 10) + " in line"
	}
	return strconv.FormatInt(p.Free(), 10) + " of " + strconv.FormatInt(p.Seats, 10) + " seats free"
}

// whenOf says when it is.
func (c *call) whenOf(p programme.Programme) string {
	switch {
	case p.Begins.IsZero() && p.Ends.IsZero():
		return "whenever it suits"
	case p.Ends.IsZero():
		return "from " + c.onDay(p.Begins)
	case p.Begins.IsZero():
		return "until " + c.onDay(p.Ends)
	case p.Begins == p.Ends:
		return "on " + c.onDay(p.Begins)
	}
	return c.onDay(p.Begins) + " to " + c.onDay(p.Ends)
}

// placeRow is a place in a list.
type placeRow struct{ Href, Name, Who, State string }

// takingPart is what the visitor takes part in, and what waits for their yes.
type takingPart struct {
	ForMe, Now, Before []placeRow
	Left               bool
	Empty              Empty
}

var takingPartPage = declare[takingPart]("taking-part.html")

const mostTakingPart = 200

func listTakingPart(c *call) (view, error) {
	main := takingPart{Left: c.me.Left, Empty: Empty{"What you sign up for stands here: your seat, your place in line, and afterwards what came of it.", "See what is offered", "/programmes"}}
	if c.me.Left {
		main.Empty = Empty{Text: "You took part in nothing here."}
	}
	mine, err := programme.Mine(c.tx, c.me, mostTakingPart)
	if err != nil {
		return view{}, err
	}
	for _, p := range mine {
		row := placeRow{Href: PathOf(p.Thing()), Name: p.Name, State: c.stateOfPlace(p)}
		if p.Live() {
			main.Now = append(main.Now, row)
		} else {
			main.Before = append(main.Before, row)
		}
	}
	waits, err := programme.ForMe(c.tx, c.me, 100)
	for _, p := range waits {
		main.ForMe = append(main.ForMe, placeRow{Href: PathOf(p.Thing()), Name: p.Name, Who: p.Person.Name, State: "asked " + c.stamp(p.AskedAt)})
	}
	if err != nil {
		return view{}, err
	}
	return takingPartPage.show(c, "What you take part in", "people", main)
}

// stateOfPlace says where it stands with a place: the visitor's own, or that of somebody who is named before it.
func (c *call) stateOfPlace(p programme.Place) string {
	says := stateWords[p.State][1]
	if p.Yours {
		says = stateWords[p.State][0]
	}
	switch p.State {
	case programme.Asked, programme.Waiting:
		return says + c.stamp(p.AskedAt)
	case programme.Offered:
		return says + c.stamp(p.AnswerBy)
	case programme.Declined:
		return says + c.stamp(p.DecidedAt)
	case programme.Done, programme.Withdrawn:
		return says + c.stamp(p.EndedAt)
	}
	return says
}

// stateWords say where it stands: with the visitor's own place, and with that of somebody else.
var stateWords = map[programme.PlaceState][2]string{
	programme.Asked:     {"you wait for an answer since ", "waits for an answer since "},
	programme.Waiting:   {"you stand in line since ", "in line since "},
	programme.Offered:   {"a seat is kept for you until ", "a seat is kept until "},
	programme.Placed:    {"you have a seat", "has a seat"},
	programme.Done:      {"you were through on ", "was through on "},
	programme.Declined:  {"the answer was no, on ", "a no, on "},
	programme.Withdrawn: {"you gave it up on ", "gave it up on "},
	programme.CalledOff: {"the programme was called off", "the programme was called off"},
	programme.Lapsed:    {"it went by without a seat", "it went by without a seat"},
}

func signUp(c *call) (string, error) {
	in := programme.SignUpInput{Hopes: c.text("hopes"), Origin: c.thing("for")}
	p, err := programme.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	for n := range p.Builds {
		level, err := strconv.ParseInt(c.text("level"+strconv.Itoa(n+1)), 10, 64)
		if err != nil {
			level = -1
		}
		in.Stated = append(in.Stated, programme.Skill{Level: level})
	}
	place, err := programme.SignUp(c.tx, c.me, p.ID, in)
	switch place.State {
	case programme.Placed:
		c.say(saysSeated)
	case programme.Waiting:
		c.say(saysInLine)
	default:
		c.say(saysSignedUp)
	}
	return PathOf(place.Thing()), err
}

var (
	saysSeated   = says("You have a seat.")
	saysInLine   = says("You stand in line. When a seat comes to you, it is kept for you for a few days.")
	saysSignedUp = says("Sent. You are told as soon as there is an answer.")
)

// numberTyped is a whole number of the form; what is none is noted in wrong.
func (c *call) numberTyped(name string, wrong problem.Invalid) int64 {
	text := c.text(name)
	if text == "" {
		return 0
	}
	n, err := strconv.ParseInt(text, 10, 64)
	wrong.Check(err == nil && n >= 0, name, "Please give a number such as 12.")
	return n
}
