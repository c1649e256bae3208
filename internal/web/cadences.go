package web

import (
	"html/template"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// cadenceList is the year with everybody with whom somebody has one.
type cadenceList struct {
	Years   []wayStep
	Year    string
	Waits   []cadenceLine // proposed to the visitor
	Own     []cadenceLine // about the visitor's growth
	Team    []cadenceLine // about that of others
	Without []cadenceLine // who reports to the visitor and has none
	Time    yearTime
	Empty   Empty
	Left    bool
}

// cadenceLine is one pair's year in a list.
type cadenceLine struct {
	Href, Name, Says string
	Drawn            template.HTML
	Label            string
	Gaps             []gapRow
}

var cadencesPage = declare[cadenceList]("cadences.html")

// listCadences shows all years of conversations of which the visitor is a side.
func listCadences(c *call) (view, error) {
	main := cadenceList{Left: c.me.Left, Empty: Empty{
		"Four deep conversations and eight short ones, laid out around your calendars: that is a year. Begin one with your manager, or with anybody you choose.",
		"Lay out a year", "/cadences/new",
	}}
	all, err := conversation.Cadences(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	year := c.today().Year()
	if chosen, err := strconv.Atoi(c.text("year")); err == nil && chosen >= year-3 && chosen <= year+1 {
		year = chosen
	} else if c.today().Month() == time.December {
		year++
	}
	main.Year = strconv.Itoa(year)
	for y := c.today().Year(); y <= c.today().Year()+1; y++ {
		main.Years = append(main.Years, wayStep{strconv.Itoa(y), "/cadences?year=" + strconv.Itoa(y), y == year})
	}
	from, to := civil.On(year, time.January, 1), civil.On(year+1, time.January, 1)
	list, err := conversation.OfAllCadences(c.tx, c.me, from.At(0, 0, c.me.Zone), to.At(0, 0, c.me.Zone))
	if err != nil {
		return view{}, err
	}
	gaps, err := conversation.Gaps(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	contracted, err := conversation.ContractedHours(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main.Time = timeOf(list, contracted)
	main.sort(c, all, list, gaps, year)
	if err := main.readWithout(c, all); err != nil {
		return view{}, err
	}
	return cadencesPage.show(c, "The year", "conversations", main)
}

// sort puts each pair's year where it belongs.
func (main *cadenceList) sort(c *call, all []conversation.Cadence, list []conversation.Conversation, gaps []conversation.Gap, year int) {
	of := map[db.ID][]conversation.Conversation{}
	for _, one := range list {
		of[one.Cadence] = append(of[one.Cadence], one)
	}
	for _, one := range all {
		line := cadenceLine{Href: cadenceHref(one), Name: one.Other(c.me).Name, Says: rhythmSays(one.Rhythm)}
		switch {
		case one.WaitsFor(c.me):
			main.Waits = append(main.Waits, line)
			continue
		case one.State == conversation.CadenceProposed:
			line.Says = "Proposed: it waits for the answer of " + line.Name
		default:
			missing := gapsOf(gaps, one, year)
			line.Drawn, line.Label = c.strip(of[one.ID], missing, year)
			line.Says = c.nextOf(one, of[one.ID])
			for _, g := range missing {
				line.Gaps = append(line.Gaps, c.gapRow(g, one))
			}
		}
		if one.Owner.Is(c.me) {
			main.Own = append(main.Own, line)
		} else {
			main.Team = append(main.Team, line)
		}
	}
}

// nextOf says which is the next one of a year.
func (c *call) nextOf(one conversation.Cadence, list []conversation.Conversation) string {
	if one.State == conversation.CadencePaused {
		return "It rests"
	}
	for _, each := range list {
		if each.Open() && each.EndsAt().After(c.tx.Now()) {
			return "Next: " + each.Kind.Title() + ", " + c.moment(each.At)
		}
	}
	return "Nothing more is ahead in this year"
}

// readWithout finds those who report to the visitor and have no year with them yet.
func (main *cadenceList) readWithout(c *call, all []conversation.Cadence) error {
	reports, err := org.Reports(c.tx, c.me)
	if err != nil {
		return err
	}
	has := map[db.ID]bool{}
	for _, one := range all {
		has[one.Owner.Person] = has[one.Owner.Person] || one.Partner.Is(c.me)
	}
	for _, p := range reports {
		if !has[p.ID] && !c.me.Left {
			main.Without = append(main.Without, cadenceLine{Href: "/cadences/new?with=person:" + string(p.ID), Name: p.Name})
		}
	}
	return nil
}

// cadenceForm begins a year of conversations, or changes its rhythm.
type cadenceForm struct {
	Action, Back string
	With         Field // who; none where the rhythm of one that stands is changed
	Rhythm       rhythmFields
	Revision     string
	Suggested    string // the rhythm that the organisation suggests, in words; empty: none
	Changing     bool
	Other        string
	Seen         Seen
}

// rhythmFields are how often, and how long.
type rhythmFields struct{ Kinds, DeepMinutes, DeepMonths, SprintMinutes, SprintMonths Field }

var cadenceFormPage = declare[cadenceForm]("cadence-form.html", "rhythm-fields.html")

// newCadence offers to begin a year of conversations.
func newCadence(c *call) (view, error) {
	options, err := c.near()
	if err != nil {
		return view{}, err
	}
	usual := c.text("with")
	listed := usual == ""
	for _, o := range options {
		listed = listed || o.Value == usual
	}
	if !listed {
		if p, err := org.PartyFrom(c.tx, c.me, usual); err == nil && !p.Is(c.me) {
			options = append(options, Option{Value: usual, Label: p.Name})
		}
	}
	if !c.who.Alone {
		options = append(options, Option{Value: "", Label: "Somebody else: begin from their page under People"})
	}
	if usual == "" && len(options) > 0 {
		usual = options[0].Value
	}
	suggested, err := conversation.SuggestedRhythm(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	main := cadenceForm{
		Action: "/cadences", Back: "/cadences", Rhythm: rhythmForm(c.form, suggested.Rhythm), Seen: Seen{Text: "you and whom you choose", Shared: true},
		With: c.form.field(Field{Name: "with", Label: "With whom", Type: "select", Options: options, Required: true}, usual),
	}
	if suggested.Revision > 0 {
		main.Suggested = rhythmSays(suggested.Rhythm)
	}
	return cadenceFormPage.show(c, "Lay out a year", "conversations", main)
}

func rhythmForm(form Form, r conversation.Rhythm) rhythmFields {
	var kinds []Option
	for _, k := range conversation.Deep {
		chosen := false
		for _, has := range r.Kinds {
			chosen = chosen || has == k
		}
		kinds = append(kinds, Option{Value: string(k), Label: k.Title(), Hint: k.About(), Chosen: chosen})
	}
	number := func(n int64) string { return strconv.FormatInt(n, 10) }
	choices := func(values []int64, word func(int64) string) (all []Option) {
		for _, v := range values {
			all = append(all, Option{Value: number(v), Label: word(v)})
		}
		return all
	}
	minutes := func(n int64) string { return number(n) + " minutes" }
	months := func(n int64) string {
		switch n {
		case 0:
			return "none"
		case 1:
			return "every month"
		}
		return "every " + number(n) + " months"
	}
	return rhythmFields{
		Kinds: form.ticks(Field{Name: "kinds", Label: "Deep conversations", Type: "checkbox", Options: kinds}),
		DeepMonths: form.field(Field{Name: "deep-months", Label: "How often a deep one", Type: "select",
			Options: choices([]int64{1, 2, 3, 4, 6, 12}, months)}, number(r.DeepMonths)),
		DeepMinutes: form.field(Field{Name: "deep-minutes", Label: "How long", Type: "select",
			Options: choices([]int64{30, 45, 60, 75, 90}, minutes)}, number(r.DeepMinutes)),
		SprintMonths: form.field(Field{Name: "sprint-months", Label: "Sprints, in the months between", Type: "select",
			Options: choices([]int64{1, 2, 3, 0}, months)}, number(r.SprintMonths)),
		SprintMinutes: form.field(Field{Name: "sprint-minutes", Label: "How long", Type: "select",
			Options: choices([]int64{15, 20, 30}, minutes)}, number(r.SprintMinutes)),
	}
}

// chosenRhythm reads the fields of a rhythm.
func (c *call) chosenRhythm() conversation.Rhythm {
	number := func(name string) int64 {
		n, err := strconv.ParseInt(c.text(name), 10, 64)
		if err != nil {
			return -1
		}
		return n
	}
	r := conversation.Rhythm{
		DeepMinutes: number("deep-minutes"), DeepMonths: number("deep-months"), SprintMinutes: number("sprint-minutes"), SprintMonths: number("sprint-months"),
	}
	for _, k := range c.Form["kinds"] {
		r.Kinds = append(r.Kinds, conversation.Kind(k))
	}
	return r
}

func beginCadence(c *call) (string, error) {
	with, err := org.PartyFrom(c.tx, c.me, c.text("with"))
	if err != nil {
		return "", problem.Invalid{"with": "Please choose with whom."}
	}
	one, err := conversation.Begin(c.tx, c.me, with, c.chosenRhythm())
	return cadenceHref(one), err
}

// editRhythm offers to change how often two meet.
func editRhythm(c *call) (view, error) {
	one, err := conversation.CadenceByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	if !one.Owner.Is(c.me) || !one.Lives() {
		return view{}, problem.Refuse("The rhythm is for %s to choose. Talk about it when you meet.", one.Owner.Name)
	}
	main := cadenceForm{
		Action: cadenceHref(one) + "/rhythm", Back: cadenceHref(one), Rhythm: rhythmForm(c.form, one.Rhythm), Revision: c.form.RevisionOr(one.Revision),
		Changing: true, Other: one.Partner.Name, Seen: Seen{Text: "you and " + one.Partner.Name, Shared: true},
	}
	return cadenceFormPage.show(c, "Change the rhythm", "conversations", main)
}

func changeRhythm(c *call) (string, error) {
	return "/cadences/" + string(c.id("id")), conversation.ChangeRhythm(c.tx, c.me, c.id("id"), c.revision(), c.chosenRhythm())
}

// suggestedRhythm is the rhythm that an organisation suggests.
type suggestedRhythm struct {
	Rhythm   rhythmFields
	Hours    Field
	Revision string
	Stands   bool
}

var rhythmPage = declare[suggestedRhythm]("organisation-rhythm.html", "rhythm-fields.html")

func editSuggestedRhythm(c *call) (view, error) {
	s, err := conversation.SuggestedRhythm(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	return rhythmPage.show(c, "A rhythm of conversations", "organisation", suggestedRhythm{
		Rhythm: rhythmForm(c.form, s.Rhythm), Revision: c.form.RevisionOr(s.Revision), Stands: s.Revision > 0,
		Hours: c.form.field(Field{Name: "hours", Label: "Contracted hours of a full year", Type: "number",
			Hint: "The time of conversations is shown beside it, as information."}, strconv.FormatInt(s.HoursAYear, 10)),
	})
}

func suggestRhythm(c *call) (string, error) {
	hours, err := strconv.ParseInt(c.text("hours"), 10, 64)
	if err != nil {
		return "", problem.Invalid{"hours": "Please give the hours as a number, such as 1765."}
	}
	c.say(saidRhythm)
	return "/organisation/rhythm", conversation.SuggestRhythm(c.tx, c.me, c.revision(), conversation.Suggested{Rhythm: c.chosenRhythm(), HoursAYear: hours})
}

var saidRhythm = says("Kept. Whoever lays out a year is offered this rhythm first.")
