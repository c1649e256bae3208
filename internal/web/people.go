package web

import (
	"errors"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
)

const peopleOnAPage = 50

// people is the directory.
type people struct {
	Find          Field
	People        []org.Person
	More          string // the address of the next page
	Administrator bool
}

// person is what everybody in the organisation knows of a person.
type person struct {
	org.Person
	You     bool
	Offers  bool // to be asked about their role
	Reports []org.Person
	Change  string // where an administrator changes it
	Shown   shownPlan
	Propose string         // the address where the visitor, who leads them, proposes a goal
	Copies  []copyLine     // that they gave the visitor
	Offered []proposalLine // that the visitor proposed to them

	Matters string // where they stand on the visitor's own list of who matters
	Waits   string // for their word, before the visitor, who leads them now, sees anything
	First   string // the first meeting of the two, prepared by what they handed over
}

var (
	peoplePage = declare[people]("people.html")
	personPage = declare[person]("person.html", "plan-parts.html")
)

func (s *Server) people(c *call) (view, error) {
	text := c.text("q")
	found, more, err := c.findPeople(text, org.Search)
	if err != nil {
		return view{}, err
	}
	if more != "" {
		more = "/people?" + more
	}
	return peoplePage.show(c, "People", "people", people{
		Find:   Field{Name: "q", Label: "Name or e-mail", Value: text, Type: "search", Autocomplete: "off"},
		People: found, More: more, Administrator: c.me.Administrator,
	})
}

// findPeople lists the people on this page of a list, and the query of the next page.
func (c *call) findPeople(text string, in func(*db.Tx, org.Actor, string, org.Place, int) ([]org.Person, error)) ([]org.Person, string, error) {
	after, err := org.PlaceAfter(c.tx, c.me, db.ID(c.FormValue("after")))
	if err != nil {
		return nil, "", err
	}
	found, err := in(c.tx, c.me, text, after, peopleOnAPage+1)
	if err != nil || len(found) <= peopleOnAPage {
		return found, "", err
	}
	found = found[:peopleOnAPage]
	query := url.Values{"after": {string(found[peopleOnAPage-1].ID)}}
	if text != "" {
		query.Set("q", text)
	}
	return found, query.Encode(), nil
}

func (s *Server) person(c *call) (view, error) {
	p, err := org.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	main := person{Person: p, You: p.ID == c.me.Person}
	if main.Reports, err = org.ReportsOf(c.tx, c.me, p.ID); err != nil {
		return view{}, err
	}
	if main.Offers, err = gap.Offers(c.tx, c.me, p.ID); err != nil {
		return view{}, err
	}
	if main.Shown, err = c.shownBy(p); err != nil {
		return view{}, err
	}
	if err := main.addBetween(c); err != nil {
		return view{}, err
	}
	if !main.You {
		matters, err := c.relationshipWith(org.Party{Person: p.ID})
		if err != nil {
			return view{}, err
		}
		main.Matters = matters.Href
	}
	if c.me.Administrator {
		main.Change = "/organisation/people/" + string(p.ID)
	}
	return personPage.show(c, p.Name, "people", main)
}

// addBetween adds what stands between the visitor and another person.
func (m *person) addBetween(c *call) error {
	if m.You {
		return nil
	}
	leads, err := c.leads(m.ID)
	if err != nil {
		return err
	}
	if leads {
		m.Propose = "/proposals/new?to=" + string(m.ID)
		if err := m.addHandover(c); err != nil {
			return err
		}
	}
	proposed, err := proposal.To(c.tx, c.me, m.ID, 5)
	if err != nil {
		return err
	}
	for _, p := range proposed {
		m.Offered = append(m.Offered, c.lineOfProposal(p))
	}
	copies, err := frozen.From(c.tx, c.me, m.ID)
	m.Copies = c.linesOfCopies(copies)
	return err
}

// addHandover adds what the visitor, who leads the person now, knows of the change of manager.
func (m *person) addHandover(c *call) error {
	h, err := handover.From(c.tx, c.me, m.ID)
	switch {
	case errors.Is(err, problem.NotFound):
		return nil
	case err != nil:
		return err
	case h.Waits:
		m.Waits = m.Called() + " is new with you, and decides what you see of what was shown before. Until then you see nothing of it."
		return nil
	}
	one, err := conversation.ByID(c.tx, c.me, h.Conversation)
	if errors.Is(err, problem.NotFound) || err == nil && !one.Open() {
		return nil
	}
	m.First = conversationHref(one.ID)
	return err
}

// personTyped finds the person whom a field names: by name, by address, or by both as
// "Ana Duarte <ana@example.com>". An empty field is nobody.
func (c *call) personTyped(field string) (db.ID, error) {
	text := c.text(field)
	if text == "" {
		return "", nil
	}
	search := text
	if parsed, err := mail.ParseAddress(text); err == nil {
		search = parsed.Address
	}
	found, err := org.Search(c.tx, c.me, search, org.Place{}, 20)
	if err != nil {
		return "", err
	}
	same := func(p org.Person) bool {
		return p.Email != "" && p.Email == org.FoldAddress(search) || org.Fold(p.Name) == org.Fold(search)
	}
	if exact := slices.DeleteFunc(slices.Clone(found), func(p org.Person) bool { return !same(p) }); len(exact) > 0 {
		found = exact
	}
	switch len(found) {
	case 0:
		return "", problem.Invalid{field: "Nobody here is called that. Try the e-mail address."}
	case 1:
		return found[0].ID, nil
	}
	names := make([]string, min(5, len(found)))
	for i := range names {
		names[i] = written(found[i])
	}
	return "", problem.Invalid{field: "Several people begin like that: " + strings.Join(names, ", ") + ". Which one?"}
}

// written is a person as personTyped finds them again.
func written(p org.Person) string {
	if p.Email == "" {
		return p.Name
	}
	return p.Name + " <" + p.Email + ">"
}
