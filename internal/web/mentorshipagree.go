package web

import (
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// pairAgreement is what two agree: what stands, what waits, and the form that changes it.
type pairAgreement struct {
	Href, Other                 string
	Agreed, Changing            bool // something is agreed; a change of it waits
	IAgreed, TheyAgreed         bool // to what was written last
	Stands, Waits               []labelled
	Since                       string
	Before                      []earlierAgreement
	Aim, Rhythm, Between, Until Field
	Revision                    string
	Locked                      bool // it has ended, or the visitor has left
	Seen                        Seen
}

// earlierAgreement is what was agreed before.
type earlierAgreement struct {
	At    string
	Terms []labelled
}

func (c *call) pairAgreement(m mentorship.Mentorship) (pairAgreement, error) {
	a := pairAgreement{
		Href: PathOf(m.Thing()), Other: m.Other(c.me).Name, Changing: m.Changing(), Stands: c.termsOf(m.Terms), Locked: c.me.Left || m.State == mentorship.Ended,
		Seen: Seen{Text: "you and " + m.Other(c.me).Name, Shared: true},
	}
	a.IAgreed, a.TheyAgreed = m.Agreed(c.me)
	if a.Changing {
		a.Waits = c.termsOf(m.Proposed)
	}
	all, err := mentorship.Agreements(c.tx, c.me, m.ID)
	for n, one := range all {
		at := ""
		if !one.At.IsZero() {
			at = c.stamp(one.At)
		}
		if n == 0 {
			a.Agreed, a.Since = true, at
			continue
		}
		a.Before = append(a.Before, earlierAgreement{at, c.termsOf(one.Terms)})
	}
	form := c.formOf("/mentorships/{id}/agreement")
	a.Aim = form.field(Field{Name: "aim", Label: "What it is to lead to", Type: "textarea", Rows: 2}, m.Proposed.Aim)
	a.Rhythm = form.field(Field{Name: "rhythm", Label: "How often you meet", Type: "own"}, m.Proposed.Rhythm)
	a.Between = form.field(Field{Name: "confidentiality", Label: "What stays between you", Type: "textarea", Rows: 2, Hint: "Such as: all of it, unless we agree otherwise."}, m.Proposed.Confidentiality)
	a.Until = form.field(Field{Name: "ends_on", Label: "Until", Type: "date"}, m.Proposed.EndsOn.String())
	a.Revision = form.RevisionOr(m.Revision)
	return a, err
}

// termsOf are the words of an agreement, without those that are empty.
func (c *call) termsOf(t mentorship.Terms) []labelled {
	var all []labelled
	add := func(label, text string) {
		if text != "" {
			all = append(all, labelled{label, text})
		}
	}
	add("It is to lead to", t.Aim)
	add("How often", t.Rhythm)
	add("Between you", t.Confidentiality)
	if !t.EndsOn.IsZero() {
		add("Until", c.onDay(t.EndsOn))
	}
	return all
}

func agreeMentorship(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := mentorship.Terms{Aim: c.text("aim"), Rhythm: c.text("rhythm"), Confidentiality: c.text("confidentiality"), EndsOn: c.day("ends_on", wrong)}
	if _, err := mentorship.ByID(c.tx, c.me, c.id("id")); err != nil {
		return "", err
	}
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return c.mentorshipHref(), mentorship.Agree(c.tx, c.me, c.id("id"), c.revision(), in)
}

// stayAsAgreed lets a change go that waits.
func stayAsAgreed(c *call) (string, error) {
	return c.mentorshipHref(), mentorship.Stay(c.tx, c.me, c.id("id"))
}

// showMentorshipVersions shows what the visitor's own texts of a pair said before.
func showMentorshipVersions(c *call) (view, error) {
	m, err := mentorship.ByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	found, err := mentorship.EarlierTexts(c.tx, c.me, m)
	main := earlierVersions{Crumb: "With " + m.Other(c.me).Name, CrumbHref: PathOf(m.Thing())}
	for _, one := range found {
		main.List = append(main.List, c.version(one.Thing.Kind, one.Revision))
	}
	if err != nil {
		return view{}, err
	}
	return versionsPage.show(c, "Earlier versions", "people", main)
}

// versionsOf shows what one thing of the visitor's own said before.
func (c *call) versionsOf(p earlierVersions, kind string, found []org.Revision) (view, error) {
	for _, one := range found {
		p.List = append(p.List, c.version(kind, one))
	}
	return versionsPage.show(c, "Earlier versions", "people", p)
}
