package web

import (
	"errors"
	"net/url"
	"strconv"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/round"
)

// roundForm is what the opener of a round says of it.
type roundForm struct{ Name, About, Who, ClosesOn Field }

var newRoundPage = declare[roundForm]("round-new.html", "round-parts.html")

func newRound(c *call) (view, error) {
	return newRoundPage.show(c, "Open a matching round", "people", c.roundForm(c.form, round.Text{Who: round.Everyone, ClosesOn: c.today().AddDays(21)}))
}

func (c *call) roundForm(form Form, stands round.Text) roundForm {
	return roundForm{
		Name:  form.field(Field{Name: "name", Label: "Name", Required: true, Max: 200}, stands.Name),
		About: form.field(Field{Name: "about", Label: "What it is for", Type: "textarea", Rows: 3, Hint: "Who could take part, how long a pair works together, how often they meet."}, stands.About),
		Who: form.field(Field{Name: "who", Label: "Who may sign up", Type: "radio", Options: []Option{
			{Value: "everyone", Label: "Everybody here"}, {Value: "invited", Label: "Only who is invited", Hint: "Nobody else sees the round."},
		}}, string(stands.Who)),
		ClosesOn: form.field(Field{Name: "closes_on", Label: "Last day to sign up", Type: "date", Hint: "Empty: until you publish a result."}, dayText(stands.ClosesOn)),
	}
}

func dayText(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (c *call) roundText(wrong problem.Invalid) round.Text {
	return round.Text{Name: c.text("name"), About: c.text("about"), Who: round.Who(c.text("who")), ClosesOn: c.day("closes_on", wrong)}
}

func openRound(c *call) (string, error) {
	wrong := problem.Invalid{}
	in := c.roundText(wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	r, err := round.New(c.tx, c.me, in)
	return roundHref(r.ID) + "/running", err
}

// variantRow is a variant in a list, or beside others.
type variantRow struct {
	Href, Name, Way, Matched, Fit, Least string
	Rules, Wished, Changes               string
	Published, Follows                   bool
}

// roundRunning is a round for who runs it.
type roundRunning struct {
	Href, State, People        string
	Open, Published, Ended     bool
	Counts                     round.Counts
	Variants                   []variantRow
	Follows                    string // a variant that waits for a decision
	Compare                    bool
	Form                       roundForm
	Revision                   string
	Named, Department, Variant Field
}

var roundRunningPage = declare[roundRunning]("round-running.html", "round-parts.html")

func runRound(c *call) (view, error) {
	r, variants, err := c.roundToRun()
	if err != nil {
		return view{}, err
	}
	main := roundRunning{Href: roundHref(r.ID), State: c.roundState(r), Open: r.State == round.Open, Published: r.State == round.Published, Ended: r.State == round.Ended, Compare: len(variants) > 1}
	if main.Counts, err = round.CountsOf(c.tx, c.me, r.ID); err != nil {
		return view{}, err
	}
	for _, v := range variants {
		row := rowOfVariant(v, r)
		main.Variants = append(main.Variants, row)
		if row.Follows && !row.Published {
			main.Follows = row.Href
		}
	}
	form := c.formOf("/rounds/{id}/running")
	main.Form, main.Revision = c.roundForm(form, r.Text), form.RevisionOr(r.Revision)
	invites := c.formOf("/rounds/{id}/invitations")
	main.Named = invites.field(Field{Name: "named", Label: "Somebody, by name", Max: 200}, "")
	main.Department = invites.field(Field{Name: "department", Label: "Or a whole department", Max: 200}, "")
	main.Variant = c.formOf("/rounds/{id}/variants").field(Field{Name: "name", Label: "A new variant, called", Max: 200}, "")
	return roundRunningPage.show(c, r.Name, "people", main)
}

// roundToRun is a round with its variants, for who runs it.
func (c *call) roundToRun() (round.Round, []round.Variant, error) {
	variants, err := round.Variants(c.tx, c.me, c.id("id"))
	if err != nil {
		return round.Round{}, nil, err
	}
	r, err := round.ByID(c.tx, c.me, c.id("id"))
	return r, variants, err
}

// wayWords say how a variant is worked out.
var wayWords = map[round.Way]string{
	round.Best: "best total", round.Fair: "fairest", round.Stable: "stable",
}

func variantHref(id db.ID) string { return "/round-variants/" + string(id) }

func rowOfVariant(v round.Variant, r round.Round) variantRow {
	f := v.Figures
	row := variantRow{
		Href: variantHref(v.ID), Name: v.Name, Way: wayWords[v.Way], Matched: strconv.FormatInt(f.Matched, 10) + " of " + strconv.FormatInt(f.Mentees, 10),
		Fit: strconv.FormatInt(f.Total, 10), Least: strconv.FormatInt(f.Least, 10), Published: v.ID == r.Variant, Follows: v.Follows,
		Wished: strconv.FormatInt(f.FirstWish, 10) + " first, " + strconv.FormatInt(f.Wished, 10) + " in all",
	}
	var rules []string
	for _, rule := range []struct {
		on    bool
		words string
	}{
		{v.OtherDepartment, "another department"}, {v.OtherOffice, "another office"}, {v.SameLanguage, "a language in common"},
		{v.LevelsAbove > 0, manyOf(int(v.LevelsAbove), "level above", "levels above")},
	} {
		if rule.on {
			rules = append(rules, rule.words)
		}
	}
	row.Rules = inOneList(rules)
	return row
}

func changeRound(c *call) (string, error) {
	if _, _, err := c.roundToRun(); err != nil {
		return "", err
	}
	wrong := problem.Invalid{}
	in := c.roundText(wrong)
	if err := wrong.Err(); err != nil {
		return "", err
	}
	return c.runningHref(), round.Change(c.tx, c.me, c.id("id"), c.revision(), in)
}

func (c *call) runningHref() string { return roundHref(c.id("id")) + "/running" }

func inviteToRound(c *call) (string, error) {
	if _, _, err := c.roundToRun(); err != nil {
		return "", err
	}
	person, err := c.personTyped("named")
	if err != nil {
		return "", err
	}
	department := c.text("department")
	switch {
	case person != "":
		err = round.Invite(c.tx, c.me, c.id("id"), person)
	case department != "":
		_, err = round.InviteDepartment(c.tx, c.me, c.id("id"), department)
	default:
		err = problem.Invalid{"named": "Please name somebody, or a department."}
	}
	c.say(saysInvitedToRound)
	return c.runningHref(), err
}

var saysInvitedToRound = says("Invited: they get a notice, and take part if they like.")

func undoRound(c *call) (string, error) {
	c.say(saysRoundUndone)
	return c.runningHref(), round.Undo(c.tx, c.me, c.id("id"))
}

var saysRoundUndone = says("Undone. The pairs are taken back, their people are told, and the round is open again.")

func endRound(c *call) (string, error) {
	return c.runningHref(), round.End(c.tx, c.me, c.id("id"))
}

func addRoundVariant(c *call) (*round.Work, error) {
	_, variants, err := c.roundToRun()
	if err != nil {
		return nil, err
	}
	in := round.DefaultSettings()
	if n := len(variants); n > 0 {
		in = variants[n-1].Settings // what was chosen last is where the next begins
	}
	in.Name = c.text("name")
	if in.Name == "" {
		in.Name = "Variant " + strconv.Itoa(len(variants)+1)
	}
	return round.NewVariant(c.tx, c.me, c.id("id"), in)
}

// roundVariants are the variants of a round side by side.
type roundVariants struct {
	Href, Name string
	Variants   []variantRow
}

var roundVariantsPage = declare[roundVariants]("round-variants.html")

func compareVariants(c *call) (view, error) {
	r, variants, err := c.roundToRun()
	if err != nil {
		return view{}, err
	}
	main := roundVariants{Href: c.runningHref(), Name: r.Name}
	pins, err := round.CountChanges(c.tx, c.me, r.ID)
	if err != nil {
		return view{}, err
	}
	for _, v := range variants {
		row := rowOfVariant(v, r)
		row.Changes = strconv.FormatInt(pins[v.ID], 10)
		main.Variants = append(main.Variants, row)
	}
	return roundVariantsPage.show(c, "Variants side by side", "people", main)
}

// roundPerson is somebody who takes part, in the list of who runs the round.
type roundPerson struct {
	Name, Href, Aim, More string
	Skills                []string
}

// roundPeople are those who take part on one side.
type roundPeople struct {
	Href, Name, Other, OtherSide, More string
	Mentees                            bool
	People                             []roundPerson
}

var roundPeoplePage = declare[roundPeople]("round-people.html")

const roundPeopleOnAPage = 50

func listRoundPeople(c *call) (view, error) {
	r, _, err := c.roundToRun()
	if err != nil {
		return view{}, err
	}
	main := roundPeople{Href: c.runningHref(), Name: r.Name, Mentees: c.text("side") != "mentor"}
	here, side := roundHref(r.ID)+"/people?side=", round.Mentee
	main.Other, main.OtherSide = here+"mentor", "Mentors"
	if !main.Mentees {
		side, main.Other, main.OtherSide = round.Mentor, here+"mentee", "Mentees"
	}
	after, err := org.PlaceAfter(c.tx, c.me, db.ID(c.text("after")))
	if err != nil && !errors.Is(err, problem.NotFound) {
		return view{}, err
	}
	all, err := round.People(c.tx, c.me, r.ID, side, after, roundPeopleOnAPage+1)
	if err != nil {
		return view{}, err
	}
	if len(all) > roundPeopleOnAPage {
		all = all[:roundPeopleOnAPage]
		main.More = here + string(side) + "&after=" + url.QueryEscape(string(all[len(all)-1].Person))
	}
	for _, p := range all {
		one := roundPerson{Name: p.Name, Href: "/people/" + string(p.Person), Aim: p.Aim}
		if side == round.Mentor {
			one.More = "takes " + manyOf(int(p.Places), "person", "people")
		} else if len(p.Languages) > 0 {
			one.More = "speaks " + inOneList(p.Languages)
		}
		for _, k := range p.Skills {
			one.Skills = append(one.Skills, skillStated(k))
		}
		main.People = append(main.People, one)
	}
	return roundPeoplePage.show(c, "Who takes part", "people", main)
}
