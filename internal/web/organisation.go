package web

import (
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// organisation is where administrators and programme owners begin.
type organisation struct {
	org.Organisation
	Administrators []org.Person
	Owners         []org.Person // of programmes
	Entries        string       // where the entry of each stands, without their id
}

// organisationPeople is the list of people for administrators.
type organisationPeople struct {
	Find   Field
	Left   bool // those who have left
	People []org.Person
	More   string
}

// organisationPerson is a person as administrators look after them.
type organisationPerson struct {
	org.Person
	New      bool
	You      bool
	Action   string
	Fields   []Field // what the organisation says of the person; the first ones in sight
	Further  []Field
	Revision string
	Manager  Field
	Invite   Field
	History  []happening

	InvitedAt time.Time // the last time; zero: never
}

var (
	organisationPage       = declare[organisation]("organisation.html")
	organisationPeoplePage = declare[organisationPeople]("organisation-people.html")
	organisationPersonPage = declare[organisationPerson]("organisation-person.html", "happenings.html")
)

var (
	saidAdded     = says("Added.")
	saidInvited   = says("The invitation is on its way.")
	saidChanged   = says("The change is kept. They can see that you made it.")
	saidLine      = says("The reporting line is changed. What hung on the old one has ended.")
	saidLeft      = says("Noted as having left. They keep what is theirs for thirty days.")
	saidReturned  = says("Noted as having come back.")
	saidAppointed = says("Appointed. They can see that you did it.")
	saidEnded     = says("No longer an administrator. They can see that you did it.")
	saidOwner     = says("A programme owner from now on. They can see that you did it.")
	saidNoOwner   = says("No longer a programme owner. They can see that you did it.")
)

func (s *Server) organisation(c *call) (view, error) {
	main := organisation{Entries: "/people/"}
	if c.me.Administrator {
		main.Entries = "/organisation/people/"
	}
	var err error
	if main.Organisation, err = org.Of(c.tx, c.me); err != nil {
		return view{}, err
	}
	if main.Administrators, err = org.Administrators(c.tx, c.me); err != nil {
		return view{}, err
	}
	if main.Owners, err = org.ProgrammeOwners(c.tx, c.me); err != nil {
		return view{}, err
	}
	return organisationPage.show(c, main.Name, "organisation", main)
}

func (s *Server) organisationPeople(c *call) (view, error) {
	main := organisationPeople{Left: c.FormValue("who") == "left"}
	text, list := c.text("q"), org.Search
	if main.Left {
		text, list = "", func(tx *db.Tx, me org.Actor, _ string, after org.Place, most int) ([]org.Person, error) {
			return org.Departed(tx, me, after, most)
		}
	}
	var err error
	if main.People, main.More, err = c.findPeople(text, list); err != nil {
		return view{}, err
	}
	if main.More != "" && main.Left {
		main.More = "who=left&" + main.More
	}
	if main.More != "" {
		main.More = "/organisation/people?" + main.More
	}
	for i, p := range main.People {
		main.People[i].LeftAt = p.LeftAt.In(c.me.Zone)
	}
	main.Find = Field{Name: "q", Label: "Name or e-mail", Value: text, Type: "search", Autocomplete: "off"}
	return organisationPeoplePage.show(c, "People to look after", "organisation", main)
}

func (s *Server) newPerson(c *call) (view, error) {
	main := organisationPerson{New: true, Action: "/organisation/people"}
	main.fill(c.form, org.Details{})
	main.Manager = c.form.field(managerField, "")
	main.Invite = c.form.field(Field{Name: "invite", Label: "Invite them by mail now", Type: "checkbox"}, "")
	return organisationPersonPage.show(c, "Add a person", "organisation", main)
}

var managerField = Field{
	Name: "manager", Label: "Manager", Hint: "Their name or e-mail address. Empty: under nobody.", Autocomplete: "off",
}

// fill makes the fields of what the organisation says of a person.
func (o *organisationPerson) fill(form Form, stands org.Details) {
	values := stands.Fields()
	for _, one := range []Field{
		{Name: "name", Label: "Name", Required: true, Autocomplete: "off"},
		{Name: "email", Label: "E-mail address", Type: "email", Autocomplete: "off",
			Hint: "Until they first sign in, this is the address by which they do. After that only addresses that they confirmed themselves open their account."},
		{Name: "job_title", Label: "Job title", Autocomplete: "off"},
	} {
		o.Fields = append(o.Fields, form.field(one, values[one.Name]))
	}
	zones := append([]Option{{Label: "The organisation's"}}, zoneOptions(stands.TimeZone)...)
	if !o.New {
		zones = zones[1:]
	}
	for _, one := range []Field{
		{Name: "first_name", Label: "Called", Hint: "How a sentence speaks of them. Empty: the first word of the name."},
		{Name: "level", Label: "Level"},
		{Name: "department", Label: "Department"},
		{Name: "location", Label: "Location"},
		{Name: "employment", Label: "Kind of employment"},
		{Name: "started_on", Label: "Started on", Type: "date"},
		{Name: "time_zone", Label: "Time zone", Type: "select", Options: zones},
		{Name: "employee_number", Label: "Employee number"},
		{Name: "account_name", Label: "Account name"},
		{Name: "external_id", Label: "Id in your own system", Hint: "By it a people file knows them again."},
	} {
		one.Autocomplete = "off"
		o.Further = append(o.Further, form.field(one, values[one.Name]))
	}
}

// details is what the form says of a person.
func (c *call) details() (org.Details, error) {
	wrong := problem.Invalid{}
	var started civil.Date
	if c.text("started_on") != "" {
		started = c.day("started_on", wrong)
	}
	return org.Details{
		Name: c.text("name"), FirstName: c.text("first_name"), Email: c.text("email"), AccountName: c.text("account_name"),
		EmployeeNumber: c.text("employee_number"), ExternalID: c.text("external_id"), JobTitle: c.text("job_title"),
		Level: c.text("level"), Department: c.text("department"), Location: c.text("location"),
		Employment: c.text("employment"), TimeZone: c.text("time_zone"), StartedOn: started,
	}, wrong.Err()
}

func (s *Server) addPerson(c *call) (string, error) {
	in, err := c.details()
	if err != nil {
		return "", err
	}
	manager, err := c.personTyped("manager")
	if err != nil {
		return "", err
	}
	p, err := org.Add(c.tx, c.me, in)
	if err != nil {
		return "", err
	}
	if manager != "" {
		if err := org.SetManager(c.tx, c.me, p.ID, manager); err != nil {
			return "", err
		}
	}
	c.say(saidAdded)
	if c.text("invite") == "yes" {
		if p.Email == "" {
			return "", problem.Invalid{"email": "An invitation needs an e-mail address."}
		}
		err = account.Invite(c.tx, c.me, p.ID)
	}
	return "/organisation/people/" + string(p.ID), err
}

func (s *Server) organisationPerson(c *call) (view, error) {
	p, err := org.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	done, err := account.Of(c.tx, c.me, p.ID)
	if err != nil {
		return view{}, err
	}
	main := organisationPerson{Person: p, You: p.ID == c.me.Person, Action: "/organisation/people/" + string(p.ID), History: c.happenings(done)}
	details := c.formWith("name")
	main.Revision = details.RevisionOr(p.Revision)
	main.fill(details, p.Details)
	var manager string
	if p.ManagerID != "" {
		m, err := org.ByID(c.tx, c.me, p.ManagerID)
		if err != nil {
			return view{}, err
		}
		manager = written(m)
	}
	main.Manager = c.formWith("manager").field(managerField, manager)
	main.LeftAt = p.LeftAt.In(c.me.Zone)
	for _, h := range done {
		if h.Kind == "person invited" {
			main.InvitedAt = h.At.In(c.me.Zone)
			break
		}
	}
	return organisationPersonPage.show(c, p.Name, "organisation", main)
}

func (c *call) backToPerson(what sentence) string {
	c.say(what)
	return "/organisation/people/" + c.PathValue("id")
}

func (s *Server) changePerson(c *call) (string, error) {
	in, err := c.details()
	if err != nil {
		return "", err
	}
	return c.backToPerson(saidChanged), org.Change(c.tx, c.me, c.id("id"), c.revision(), in)
}

func (s *Server) changeManager(c *call) (string, error) {
	manager, err := c.personTyped("manager")
	if err != nil {
		return "", err
	}
	return c.backToPerson(saidLine), org.SetManager(c.tx, c.me, c.id("id"), manager)
}

func (s *Server) invitePerson(c *call) (string, error) {
	return c.backToPerson(saidInvited), account.Invite(c.tx, c.me, c.id("id"))
}

func (s *Server) letPersonLeave(c *call) (string, error) {
	return c.backToPerson(saidLeft), org.Leave(c.tx, c.me, c.id("id"))
}

func (s *Server) letPersonReturn(c *call) (string, error) {
	return c.backToPerson(saidReturned), org.Return(c.tx, c.me, c.id("id"))
}

func (s *Server) appoint(c *call) (string, error) {
	appointed := c.text("administrator") == "yes"
	said := saidEnded
	if appointed {
		said = saidAppointed
	}
	return c.backToPerson(said), org.Appoint(c.tx, c.me, c.id("id"), appointed)
}

func (s *Server) nameProgrammeOwner(c *call) (string, error) {
	owner, said := c.text("owner") == "yes", saidNoOwner
	if owner {
		said = saidOwner
	}
	return c.backToPerson(said), org.NameProgrammeOwner(c.tx, c.me, c.id("id"), owner)
}
