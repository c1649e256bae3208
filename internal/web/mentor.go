package web

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// statedLine is one skill with a level in a form.
type statedLine struct{ Name, Level Field }

// statedLines are the lines of a form for skills with levels: those that stand, and some more.
func (c *call) statedLines(form Form, stands []mentor.Skill, most int, none string, from int) []statedLine {
	var all []statedLine
	shown := min(most, max(3, len(stands)+1))
	for n := 1; n <= most; n++ {
		typed := form.Value("skill"+strconv.Itoa(n), "") != "" || form.Error("skill"+strconv.Itoa(n)) != ""
		if n > shown && !typed {
			continue
		}
		name, level := "", ""
		if n <= len(stands) {
			name, level = stands[n-1].Name, strconv.FormatInt(stands[n-1].Level, 10)
		}
		all = append(all, statedLine{
			form.field(Field{Name: "skill" + strconv.Itoa(n), Label: "Skill", Type: "skill", Max: 200}, name),
			form.field(Field{Name: "level" + strconv.Itoa(n), Label: "Level", Type: "select", Options: levelOptions(none, from)}, level),
		})
	}
	return all
}

// skillsTyped are the skills with levels that a form names.
func (c *call) skillsTyped(most int) []mentor.Skill {
	all := make([]mentor.Skill, most)
	for n := range all {
		all[n].Name = c.text("skill" + strconv.Itoa(n+1))
		all[n].Level = -1
		if level, err := strconv.ParseInt(c.text("level"+strconv.Itoa(n+1)), 10, 64); err == nil {
			all[n].Level = level
		}
	}
	return all
}

// mentorProfileForm is what the visitor offers as a mentor.
type mentorProfileForm struct {
	Offers, FromPlan, CanDraw         bool
	Left, Alone                       bool
	Brought                           bool // it came from elsewhere, and nobody sees it yet
	Earlier                           string
	Href                              string // how others see it
	Skills                            []statedLine
	About, Topics, Formats, Languages Field
	Hours, Places, Who                Field
	Taken                             string
	Revision                          string
	Seen                              Seen
}

var mentorProfilePage = declare[mentorProfileForm]("mentor-profile.html", "mentor-parts.html")

// editMentorProfile shows the form of what one offers; ?from=plan draws the skills from one's plan,
// which shows nothing to anybody until it is saved.
func editMentorProfile(c *call) (view, error) {
	p, err := mentor.Mine(c.tx, c.me)
	offers := err == nil
	if err != nil && !errors.Is(err, problem.NotFound) {
		return view{}, err
	}
	if !offers {
		p.Text = mentor.Text{Places: 1, Hours: 2, Who: mentor.Everyone, Formats: []mentor.Format{"listening"}}
	}
	main := mentorProfileForm{Offers: offers, FromPlan: c.text("from") == "plan", CanDraw: !c.me.Left, Left: c.me.Left, Alone: c.who.Alone, Href: mentorHref(c.me.Person), Revision: c.form.RevisionOr(p.Revision)}
	if main.FromPlan && !c.me.Left {
		if p.Skills, err = c.skillsOfPlan(p.Skills); err != nil {
			return view{}, err
		}
	}
	main.Seen = Seen{Text: whoSees[p.Who], Shared: true}
	if p.Taken > 0 {
		main.Taken = manyOf(int(p.Taken), "person has a place with you now.", "people have a place with you now.") + " A lower number sends nobody away: it only stops new ones."
	}
	if p.Brought > 0 {
		main.Brought, p.Places = true, p.Brought
	}
	if p.Revision > 1 {
		main.Earlier = "/mentors/profile/versions"
	}
	main.fields(c, p)
	return mentorProfilePage.show(c, "What you offer as a mentor", "people", main)
}

// showOfferVersions shows what the visitor's offer said before.
func showOfferVersions(c *call) (view, error) {
	p := mentor.Profile{Person: c.me.Person}
	found, err := org.Revisions(c.tx, c.me, p.Thing())
	if err != nil {
		return view{}, err
	}
	return c.versionsOf(earlierVersions{Crumb: "What you offer as a mentor", CrumbHref: "/mentors/profile"}, p.Thing().Kind, found)
}

// whoSees says who sees what somebody offers.
var whoSees = map[mentor.Who]string{
	mentor.Everyone: "everybody in your organisation", mentor.Department: "your department", mentor.Elsewhere: "everybody outside your department",
}

// skillsOfPlan are the skills in which somebody stands on their own, after those that they offer.
func (c *call) skillsOfPlan(stands []mentor.Skill) ([]mentor.Skill, error) {
	mine, err := plan.SkillsOf(c.tx, c.me, c.me.Person)
	had := map[string]bool{}
	for _, k := range stands {
		had[org.Fold(k.Name)] = true
	}
	for level := int64(plan.TopLevel); level >= 3; level-- {
		for _, k := range mine {
			if k.Level == level && !had[org.Fold(k.Name)] && len(stands) < mentor.MostSkills {
				stands = append(stands, mentor.Skill{Name: k.Name, Level: k.Level})
			}
		}
	}
	return stands, err
}

func (m *mentorProfileForm) fields(c *call, p mentor.Profile) {
	f := c.form
	m.Skills = c.statedLines(f, p.Skills, mentor.MostSkills, "choose", 1)
	m.About = f.field(Field{Name: "about", Label: "What you can help with, in your words", Type: "textarea", Rows: 3, Hint: "What people came to you for already; what you would rather not do."}, p.About)
	m.Topics = f.field(Field{Name: "topics", Label: "Topics", Type: "textarea", Rows: 3, Hint: "One a line: first talks, moving to another site, writing for managers."}, strings.Join(p.Topics, "\n"))
	formats := Field{Name: "formats", Label: "Ways of helping", Type: "checkbox", Options: formatOptions()}
	for n := range formats.Options {
		for _, one := range p.Formats {
			formats.Options[n].Chosen = formats.Options[n].Chosen || formats.Options[n].Value == string(one)
		}
	}
	m.Formats = f.ticks(formats)
	m.Languages = f.field(Field{Name: "languages", Label: "Languages", Type: "own", Hint: "With commas between them."}, strings.Join(p.Languages, ", "))
	m.Hours = f.field(Field{Name: "hours", Label: "Hours a month", Type: "number"}, strconv.FormatInt(p.Hours, 10))
	m.Places = f.field(Field{Name: "places", Label: "People at most, at a time", Type: "number", Hint: "0 pauses: nobody is offered your help, and who has it keeps it."}, strconv.FormatInt(p.Places, 10))
	m.Who = f.field(Field{Name: "who", Label: "Who may ask you, and so sees this", Type: "radio", Options: []Option{
		{Value: string(mentor.Everyone), Label: "Everybody in the organisation"},
		{Value: string(mentor.Department), Label: "My department"},
		{Value: string(mentor.Elsewhere), Label: "Everybody outside my department"},
	}}, string(p.Who))
}

func offerMentoring(c *call) (string, error) {
	in := mentor.Text{About: c.text("about"), Skills: c.skillsTyped(mentor.MostSkills), Topics: strings.Split(c.text("topics"), "\n"), Languages: strings.Split(c.text("languages"), ","), Who: mentor.Who(c.text("who"))}
	for _, f := range c.Form["formats"] {
		in.Formats = append(in.Formats, mentor.Format(f))
	}
	in.Hours, in.Places = c.wholeNumber("hours"), c.wholeNumber("places")
	if len(in.Skills) > 0 && in.Places >= 0 {
		c.say(saysOffered)
	}
	return mentorHref(c.me.Person), mentor.Offer(c.tx, c.me, c.revision(), in)
}

// wholeNumber is a field with a whole number; -1 for anything else but an empty one.
func (c *call) wholeNumber(name string) int64 {
	text := c.text(name)
	n, err := strconv.ParseInt(text, 10, 32)
	if err != nil && text != "" {
		return -1
	}
	return n
}

func offerMentoringNoMore(c *call) (string, error) {
	c.say(saysOfferedNoMore)
	return "/mentors/profile", mentor.Withdraw(c.tx, c.me)
}

var (
	saysOffered       = says("Saved. This is how others see it.")
	saysOfferedNoMore = says("Your page as a mentor is gone. Who has your help keeps it.")
)

// mentorPage is a mentor as those see them who may ask them.
type mentorPage struct {
	mentorRow
	You             bool
	About           string
	Topics          []string
	Ways            []string
	Languages       string
	Hours, Together string
	Full            bool
	Pauses          bool
	Chances         string
	Ask             string // where the visitor asks
	Asked           string // where they asked already
	WhyNot          string
	Person          string
	Seen            Seen
}

var oneMentorPage = declare[mentorPage]("mentor.html", "mentor-parts.html")

// showMentor shows what somebody offers to those who may ask them.
func showMentor(c *call) (view, error) {
	p, err := mentor.ByPerson(c.tx, c.me, c.id("person"))
	if err != nil {
		return view{}, err
	}
	main := mentorPage{
		mentorRow: rowOfMentor(p), You: p.Person == c.me.Person, About: p.About, Topics: p.Topics, Languages: inOneList(p.Languages),
		Full: p.Free() == 0 && p.Places > 0, Pauses: p.Places == 0, Person: "/people/" + string(p.Person), Seen: Seen{Text: whoSees[p.Who], Shared: true},
	}
	for _, f := range p.Formats {
		main.Ways = append(main.Ways, formatWords[f])
	}
	if p.Hours > 0 {
		main.Hours = manyOf(int(p.Hours), "hour a month", "hours a month")
	}
	if main.You {
		return oneMentorPage.show(c, p.Name, "people", main)
	}
	main.Together = manyOf(mentor.Shared(c.tx.Now(), c.me.Zone, p.Zone()), "hour of the working day", "hours of the working day")
	if err := mentor.Askable(c.tx, c.me, p.Person); errors.As(err, new(problem.Refused)) {
		main.WhyNot = err.Error()
	} else if err != nil {
		return view{}, err
	}
	if main.Chances, err = c.chances(p.Person, mentor.Choice{}); err != nil {
		return view{}, err
	}
	asked, err := mentor.OpenWith(c.tx, c.me, p.Person)
	if asked != "" {
		main.Asked = "/mentor-requests/" + string(asked)
	} else if main.WhyNot == "" {
		main.Ask = "/mentor-requests/new?mentor=" + string(p.Person)
	}
	if err != nil {
		return view{}, err
	}
	return oneMentorPage.show(c, p.Name, "people", main)
}

// chances say honestly how a line for a place stands, where there is one.
func (c *call) chances(who db.ID, choice mentor.Choice) (string, error) {
	ch, err := mentor.ChancesOf(c.tx, c.me, who, choice)
	if err != nil || !ch.Line && choice.ID == "" {
		return "", err
	}
	before := "Nobody stands in line before you."
	if ch.Before > 0 {
		before = manyOf(int(ch.Before), "person stands in line before you.", "people stand in line before you.")
	}
	freed := " No place became free within the last year: it can take long."
	switch {
	case ch.Freed == 1:
		freed = " One place became free within the last year."
	case ch.Freed > 1:
		freed = fmt.Sprintf(" %d places became free within the last year.", ch.Freed)
	}
	return before + freed, nil
}
