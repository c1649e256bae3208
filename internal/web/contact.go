package web

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// contacts is the list of the people from outside that somebody wrote down for themselves.
type contacts struct {
	Contacts []org.Contact
	None     Empty
	Seen     Seen
}

// contact is the form of one of them.
type contact struct {
	Heading, Action, Do string
	Name, Email, About  Field
	Revision            string
	BroughtAlong        bool
	With, Matters       string // whom a relationship is with, and its page where there is one
	Ask, Talk, Promise  string // where the visitor begins something with them; empty on a new one
}

var (
	contactsPage = declare[contacts]("contacts.html")
	contactPage  = declare[contact]("contact.html")
)

func showContacts(c *call) (view, error) {
	all, err := org.Contacts(c.tx, c.me)
	return orPage(err, func() (view, error) {
		return contactsPage.show(c, "Contacts", "people", contacts{
			Contacts: all, Seen: onlyYou,
			None: Empty{"Somebody without an account here who matters for your growth: a mentor from outside, a former colleague, your manager if you use Ownward alone.", "Write somebody down", "/contacts/new"},
		})
	})
}

// orPage is the page, unless there was an error before it.
func orPage(err error, show func() (view, error)) (view, error) {
	if err != nil {
		return view{}, err
	}
	return show()
}

func newContact(c *call) (view, error) {
	return contactPage.show(c, "A new contact", "people", contact{
		Heading: "Somebody from outside", Action: "/contacts", Do: "Write down", Name: c.contactName(""), Email: c.contactEmail(""), About: c.contactAbout(""),
	})
}

func showContact(c *call) (view, error) {
	k, err := org.ContactByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	party := org.Party{Contact: k.ID}
	matters, err := c.relationshipWith(party)
	if err != nil {
		return view{}, err
	}
	with := "?with=" + party.String()
	return contactPage.show(c, k.Name, "people", contact{
		Heading: k.Name, Action: "/contacts/" + string(k.ID), Do: "Save", Revision: c.form.RevisionOr(k.Revision), BroughtAlong: k.BroughtAlong,
		Name: c.contactName(k.Name), Email: c.contactEmail(k.Email), About: c.contactAbout(k.About),
		With: party.String(), Matters: matters.Href,
		Ask: "/asks/new" + with, Talk: "/conversations/new" + with, Promise: "/promises/new" + with,
	})
}

func (c *call) contactName(stands string) Field {
	return c.form.field(Field{Name: "name", Label: "Name", Type: "own", Required: true, Max: 200}, stands)
}

func (c *call) contactEmail(stands string) Field {
	return c.form.field(Field{Name: "email", Label: "E-mail", Type: "email", Hint: "For you to look up. Nothing is sent there."}, stands)
}

func (c *call) contactAbout(stands string) Field {
	return c.form.field(Field{Name: "about", Label: "Who they are to you", Type: "textarea", Rows: 3}, stands)
}

func (c *call) contact() org.Contact {
	return org.Contact{Name: c.text("name"), Email: c.text("email"), About: c.text("about"), Revision: c.revision()}
}

var (
	saidContactAdded   = says("Written down. You can ask them, promise them something, or plan a conversation: you keep both sides.")
	saidContactChanged = says("Saved.")
)

func addContact(c *call) (string, error) {
	k, err := org.AddContact(c.tx, c.me, c.contact())
	c.say(saidContactAdded)
	return "/contacts/" + string(k.ID), err
}

func changeContact(c *call) (string, error) {
	k := c.contact()
	k.ID = db.ID(c.PathValue("id"))
	c.say(saidContactChanged)
	return "/contacts/" + string(k.ID), org.ChangeContact(c.tx, c.me, k)
}
