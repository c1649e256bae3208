package web

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// What can be chosen besides a party that is listed.
const (
	somebodyHere    = "here"    // a person of the organisation, by name or address
	somebodyOutside = "outside" // somebody who is written down as a contact now
)

// parties are the choices of a party: those whom the actor chooses most, the one that is asked
// for, and somebody who is not listed.
func (c *call) parties(also string) ([]Option, error) {
	options, err := c.near()
	if err != nil {
		return nil, err
	}
	listed := slices.ContainsFunc(options, func(o Option) bool { return o.Value == also })
	if p, err := org.PartyFrom(c.tx, c.me, also); err == nil && !listed && !p.Is(c.me) {
		options = append(options, Option{Value: also, Label: p.Name})
	}
	others, err := c.others()
	return append(options, others...), err
}

// near lists the parties that somebody chooses most: the manager, the reports, the contacts.
func (c *call) near() ([]Option, error) {
	var options []Option
	manager, err := org.ManagerOf(c.tx, c.me)
	switch {
	case err == nil:
		options = append(options, Option{Value: org.Party{Person: manager.ID}.String(), Label: manager.Name + ", your manager"})
	case !errors.Is(err, problem.NotFound):
		return nil, err
	}
	reports, err := org.Reports(c.tx, c.me)
	if err != nil {
		return nil, err
	}
	for _, p := range reports {
		options = append(options, Option{Value: org.Party{Person: p.ID}.String(), Label: p.Name + ", reports to you"})
	}
	contacts, err := org.Contacts(c.tx, c.me)
	if err != nil {
		return nil, err
	}
	for _, p := range contacts {
		options = append(options, Option{Value: org.Party{Contact: p.ID}.String(), Label: p.Name + ", from your contacts"})
	}
	return options, nil
}

// others are the choices of somebody who is not listed.
func (c *call) others() ([]Option, error) {
	outside := Option{Value: somebodyOutside, Label: "Somebody outside, by name"}
	here, err := org.Of(c.tx, c.me)
	if err != nil || here.Alone {
		return []Option{outside}, err
	}
	return []Option{{Value: somebodyHere, Label: "Somebody else in " + here.Name + ", by name"}, outside}, nil
}

// party finds whom a form names: the field name holds the choice, and named the name of somebody
// who is not listed. Somebody from outside becomes a contact of the actor's.
func (c *call) party(name, named string) (org.Party, error) {
	choice, text := c.text(name), c.text(named)
	switch choice {
	case "":
		return org.Party{}, problem.Invalid{name: "Please choose somebody."}
	case somebodyHere:
		return c.personNamed(named, text)
	case somebodyOutside:
		if text == "" {
			return org.Party{}, problem.Invalid{named: "Please write down their name."}
		}
		contact, err := org.AddContact(c.tx, c.me, org.Contact{Name: text})
		return org.Party{Contact: contact.ID, Name: contact.Name}, err
	}
	return org.PartyFrom(c.tx, c.me, choice)
}

// personNamed finds the one person of the organisation with that name or address.
func (c *call) personNamed(field, text string) (org.Party, error) {
	if text == "" {
		return org.Party{}, problem.Invalid{field: "Please write down the name or the e-mail address."}
	}
	const most = 6
	found, err := org.Search(c.tx, c.me, text, org.Place{}, most)
	if err != nil {
		return org.Party{}, err
	}
	var same []org.Person
	for _, p := range found {
		if p.Email == org.FoldAddress(text) || org.Fold(p.Name) == org.Fold(text) {
			same = append(same, p)
		}
	}
	if len(same) == 0 && len(found) == 1 {
		same = found
	}
	switch {
	case len(same) == 1:
		return org.Party{Person: same[0].ID, Name: same[0].Name}, nil
	case len(found) == 0:
		return org.Party{}, problem.Invalid{field: "Nobody here has this name. Try the e-mail address."}
	}
	said := "More than one person here fits: "
	for i, p := range found {
		if i > 0 {
			said += ", "
		}
		said += p.Name
		if p.Email != "" {
			said += " (" + p.Email + ")"
		}
	}
	return org.Party{}, problem.Invalid{field: said + ". Please give the e-mail address."}
}

// answerer are the fields that say of whom something is asked: a colleague, or somebody outside by a link.
type answerer struct{ Whom, Named, Name Field }

// answerer offers whom to ask. whom names the field of the choice and name that of somebody outside, with their labels and hints.
func (c *call) answerer(whom, name Field) (answerer, error) {
	options, err := c.parties("")
	if err != nil {
		return answerer{}, err
	}
	var a answerer
	for i, option := range options {
		switch option.Value {
		case somebodyOutside:
			options[i].Label = "Somebody outside, by a link"
		case somebodyHere:
			a.Named = c.form.field(Field{Name: "named_" + whom.Name, Label: "Their name or e-mail address", Hint: "For somebody else in your organisation."}, "")
		}
	}
	whom.Type, whom.Required, whom.Options = "radio", true, options
	a.Whom = c.form.field(whom, options[0].Value)
	a.Name = c.form.field(name, "")
	return a, nil
}

// askAnswerer asks whom the form names, and tells where that leads: a colleague at once, somebody outside by a link that is made.
func (c *call) askAnswerer(whom, name string, colleague func(db.ID) (string, error), byLink func(string, link.Input) (link.Link, link.Token, error)) (string, error) {
	called, address := c.text(name), ""
	if c.text(whom) != somebodyOutside {
		chosen, err := c.party(whom, "named_"+whom)
		if err != nil {
			return "", err
		}
		if chosen.Contact == "" {
			return colleague(chosen.Person)
		}
		contact, err := org.ContactByID(c.tx, c.me, chosen.Contact)
		if err != nil {
			return "", err
		}
		called, address = contact.Name, contact.Email
	}
	in, err := c.linkInput(address)
	if err != nil {
		return "", err
	}
	l, token, err := byLink(called, in)
	if err != nil {
		return "", err
	}
	c.tellAddress(l, token)
	return linkPath(l), nil
}
