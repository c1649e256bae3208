package web

import (
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/problem"
)

const organisationDates = "/organisation/dates"

// keepDates shows the organisation's dates to who keeps them.
func keepDates(c *call) (view, error) {
	main := keptDates{Fields: c.dateFieldsOf(c.form, dates.OrganisationKinds, dates.Text{Kind: dates.Review})}
	for _, part := range []struct {
		into *[]dateLine
		in   dates.Span
	}{{&main.Coming, c.coming()}, {&main.Past, c.over()}} {
		found, err := dates.OfOrganisation(c.tx, c.me, part.in)
		if err != nil {
			return view{}, err
		}
		for _, d := range found {
			if part.in.To.Before(c.today()) && !d.To.Before(c.today()) {
				continue // it goes on
			}
			line := c.dateLine(d)
			line.Href = organisationDates + "/" + string(d.ID)
			*part.into = append(*part.into, line)
		}
	}
	return organisationDatesPage.show(c, "Dates that matter", "organisation", main)
}

func addOrganisationDate(c *call) (string, error) {
	in, err := c.dateIn()
	if err != nil {
		return "", err
	}
	_, err = dates.AddToOrganisation(c.tx, c.me, in)
	c.say(saidDateForAll)
	return organisationDates, err
}

// ofOrganisation finds the organisation's date in the path.
func (c *call) ofOrganisation() (dates.Date, error) {
	d, err := dates.ByID(c.tx, c.me, c.id("id"))
	if err == nil && !d.IsOrganisations() {
		err = problem.NotFound
	}
	return d, err
}

func showOrganisationDate(c *call) (view, error) {
	d, err := c.ofOrganisation()
	if err != nil {
		return view{}, err
	}
	href := organisationDates + "/" + string(d.ID)
	main := oneDate{
		Title: d.Called(), Crumb: "Dates that matter", CrumbHref: organisationDates, Days: daysOf(d, c.today()), Kind: d.Kind.Title(), Note: d.Note,
		Action: href, Removal: href + "/removal", May: true, Revision: c.form.RevisionOr(d.Revision),
		Fields: c.dateFieldsOf(c.form, dates.OrganisationKinds, d.Text), Seen: Seen{Text: "everybody in the organisation", Shared: true},
	}
	main.Fields.Shows = Field{}
	return datePage.show(c, main.Title, "organisation", main)
}

func changeOrganisationDate(c *call) (string, error) {
	d, err := c.ofOrganisation()
	if err != nil {
		return "", err
	}
	in, err := c.dateIn()
	if err != nil {
		return "", err
	}
	return organisationDates, dates.Change(c.tx, c.me, d.ID, c.revision(), in)
}

func removeOrganisationDate(c *call) (string, error) {
	d, err := c.ofOrganisation()
	if err != nil {
		return "", err
	}
	c.say(saidDateRemoved)
	return organisationDates, dates.Remove(c.tx, c.me, d.ID)
}
