package web

import (
	"errors"
	"fmt"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/relationship"
)

// relationshipRow is somebody who matters, in a list.
type relationshipRow struct {
	Href, Name, Connects string
	Last                 string
	Next                 civil.Date
	Late, Gone           bool
}

// relationshipOffer is somebody who could be on the list, and why.
type relationshipOffer struct{ With, Name, Why string }

// relationshipList is the people who matter to the visitor, and those who could.
type relationshipList struct {
	Rows   []relationshipRow
	Offers []relationshipOffer
	Empty  Empty
	Left   bool
}

var relationshipListPage = declare[relationshipList]("relationships.html")

const mostOffers = 5

// listRelationships shows the visitor's list, and offers who had to do with them.
func listRelationships(c *call) (view, error) {
	main := relationshipList{Left: c.me.Left, Empty: Empty{"Five or six people carry most of one's growth: somebody who asks the right question, somebody who opens a door. Write down who that is, and what you can give them.", "Write somebody down", "/relationships/new"}}
	if c.me.Left {
		main.Empty = Empty{Text: "You kept no such list here."}
	}
	all, err := relationship.Mine(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	happened, err := relationship.Exchanges(c.tx, c.me, "")
	if err != nil {
		return view{}, err
	}
	for _, r := range all {
		row := relationshipRow{Href: PathOf(r.Thing()), Name: r.With.Name, Connects: r.Connects, Next: r.NextOn, Late: !r.NextOn.IsZero() && r.NextOn.Before(c.today()), Gone: r.Gone}
		if last := r.Last(happened[r.ID]); !last.IsZero() {
			row.Last = c.onDay(last)
		}
		main.Rows = append(main.Rows, row)
	}
	offers, err := relationship.Suggest(c.tx, c.me, mostOffers)
	for _, s := range offers {
		main.Offers = append(main.Offers, relationshipOffer{s.With.String(), s.With.Name, c.exchanged(s.Happened[0])})
	}
	if err != nil {
		return view{}, err
	}
	return relationshipListPage.show(c, "People who matter to you", "people", main)
}

// exchanged says what happened between the visitor and somebody.
func (c *call) exchanged(e relationship.Exchange) string {
	on := c.onDay(e.Last)
	times := func(once, often string) string {
		if e.Times == 1 {
			return once + ", " + on
		}
		return fmt.Sprintf(often, e.Times) + ", the last on " + on
	}
	switch e.Kind {
	case relationship.Mentor:
		return "Your mentor, since " + on
	case relationship.Mentee:
		return "You are their mentor, since " + on
	case relationship.Introduced:
		return "You were introduced to each other, " + on
	case relationship.Introducer:
		return times("Introduced you to somebody", "Introduced you to %d people")
	case relationship.Advised:
		return times("Advised you", "Advised you %d times")
	case relationship.Answered:
		return times("Answered a question of yours", "Answered %d questions of yours")
	case relationship.WasAsked:
		return times("Asked you a question, and you answered", "Asked you %d questions, and you answered")
	}
	return times("You met in a conversation", "You met in %d conversations")
}

// oneRelationship is the page of somebody who matters.
type oneRelationship struct {
	Href, Name, Who   string // Who: where they stand among people or contacts
	Gone, Left        bool
	Happened          []string
	Last              string
	Next              civil.Date
	Late              bool
	Counsel           []counselRow
	Ask, Talk, Advice string
	Connects, Gives   Field
	LastOn            Field
	NextOn, NextAbout Field
	Revision          string
	Seen              Seen
}

var oneRelationshipPage = declare[oneRelationship]("relationship.html", "relationship-form.html")

const mostAdvice = 5

func showRelationship(c *call) (view, error) {
	r, err := relationship.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	happened, err := relationship.Exchanges(c.tx, c.me, r.ID)
	if err != nil {
		return view{}, err
	}
	advice, err := counsel.Of(c.tx, c.me, r.With, mostAdvice)
	if err != nil {
		return view{}, err
	}
	main := oneRelationship{
		Href: PathOf(r.Thing()), Name: r.With.Name, Gone: r.Gone, Left: c.me.Left, Next: r.NextOn, Late: !r.NextOn.IsZero() && r.NextOn.Before(c.today()),
		Counsel: c.counselRows(advice), Revision: c.form.RevisionOr(r.Revision), Seen: onlyYou,
	}
	for _, e := range happened[r.ID] {
		main.Happened = append(main.Happened, c.exchanged(e))
	}
	if last := r.Last(happened[r.ID]); !last.IsZero() {
		main.Last = c.onDay(last)
	}
	if main.Who = "/people/" + string(r.With.Person); r.With.Contact != "" {
		main.Who = "/contacts/" + string(r.With.Contact)
	}
	if !c.me.Left && !r.Gone {
		with := r.With.String()
		main.Talk, main.Ask, main.Advice = "/conversations/new?with="+with, "/asks/new?with="+with, "/counsel/new?by="+with
	}
	form := c.formOf("/relationships/{id}")
	main.fields(form, r.Text)
	main.LastOn = form.field(Field{Name: "last_on", Label: "An exchange that stands nowhere else", Type: "date", Hint: "A call, a walk, a letter. What happened in Ownward is found by itself."}, r.LastOn.String())
	return oneRelationshipPage.show(c, r.With.Name, "people", main)
}

// fields are those of somebody who is new, too.
func (main *oneRelationship) fields(form Form, now relationship.Text) {
	main.Connects = form.field(Field{Name: "connects", Label: "What connects you", Type: "textarea", Rows: 2}, now.Connects)
	main.Gives = form.field(Field{Name: "gives", Label: "What you can give", Type: "textarea", Rows: 2, Hint: "It goes both ways: your eyes on a draft, a name, an hour."}, now.Gives)
	main.NextOn = form.field(Field{Name: "next_on", Label: "Be in touch again by", Type: "date", Hint: "It can stay empty. Near the day, one line reminds you, once a week at most."}, now.NextOn.String())
	main.NextAbout = form.field(Field{Name: "next", Label: "About what", Type: "own"}, now.Next)
}

// relationshipWith leads to what stands of somebody on the visitor's list; nowhere where they are not on it.
func (c *call) relationshipWith(with org.Party) (onward, error) {
	r, err := relationship.With(c.tx, c.me, with)
	if errors.Is(err, problem.NotFound) {
		return onward{}, nil
	}
	return onward{r.With.Name, PathOf(r.Thing())}, err
}

// relationshipForm puts somebody on the list.
type relationshipForm struct {
	OneRelationship oneRelationship
	With, Named     Field
	Seen            Seen
}

var relationshipFormPage = declare[relationshipForm]("relationship-new.html", "relationship-form.html")

func newRelationship(c *call) (view, error) {
	main := relationshipForm{Seen: onlyYou}
	options, err := c.parties(c.text("with"))
	if err != nil {
		return view{}, err
	}
	main.With = c.form.field(Field{Name: "with", Label: "Who", Type: "select", Options: options, Required: true}, c.text("with"))
	main.Named = c.form.field(Field{Name: "named", Label: "Their name", Type: "own", Hint: "Only for somebody who is not in the list. Somebody outside becomes a contact of yours."}, "")
	main.OneRelationship.fields(c.form, relationship.Text{})
	return relationshipFormPage.show(c, "Somebody who matters to you", "people", main)
}

func (c *call) relationshipIn() (relationship.Text, error) {
	wrong := problem.Invalid{}
	in := relationship.Text{Connects: c.text("connects"), Gives: c.text("gives"), LastOn: c.day("last_on", wrong), NextOn: c.day("next_on", wrong), Next: c.text("next")}
	return in, wrong.Err()
}

func addRelationship(c *call) (string, error) {
	in, err := c.relationshipIn()
	if err != nil {
		return "", err
	}
	with, err := c.party("with", "named")
	if errors.Is(err, problem.NotFound) {
		err = problem.Invalid{"with": "Please choose somebody whom you know here."}
	}
	if err != nil {
		return "", err
	}
	r, err := relationship.Add(c.tx, c.me, with, in)
	c.say(saysRelationshipAdded)
	return PathOf(r.Thing()), err
}

var (
	saysRelationshipAdded = says("On your list, which nobody else ever sees.")
	saysRelationshipMet   = says("Noted.")
	saysRelationshipGone  = says("They are off your list, and are not suggested again.")
)

// letGoOfOffer keeps somebody from being offered again.
func letGoOfOffer(c *call) (string, error) {
	with, err := org.PartyFrom(c.tx, c.me, c.text("with"))
	if errors.Is(err, problem.NotFound) {
		err = problem.Invalid{"": "They are nobody whom you know here."}
	}
	if err != nil {
		return "", err
	}
	return "/relationships#offers", relationship.LetGo(c.tx, c.me, with)
}

func (c *call) relationshipHref() string { return "/relationships/" + string(c.id("id")) }

func changeRelationship(c *call) (string, error) {
	in, err := c.relationshipIn()
	if err != nil {
		return "", err
	}
	c.say(saysRelationshipMet)
	return c.relationshipHref(), relationship.Change(c.tx, c.me, c.id("id"), c.revision(), in)
}

func metRelationship(c *call) (string, error) {
	c.say(saysRelationshipMet)
	return c.relationshipHref(), relationship.Met(c.tx, c.me, c.id("id"), civil.Date{})
}

func noNextRelationship(c *call) (string, error) {
	back := c.relationshipHref()
	if c.text("back") == "home" {
		back = "/"
	}
	return back, relationship.NoNext(c.tx, c.me, c.id("id"))
}

func removeRelationship(c *call) (string, error) {
	c.say(saysRelationshipGone)
	return "/relationships", relationship.Remove(c.tx, c.me, c.id("id"))
}
