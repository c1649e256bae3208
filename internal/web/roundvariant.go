package web

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/round"
)

// variantLine is one mentee in a variant.
type variantLine struct {
	Href, Mentee, Mentor, Fit, Why string
	Reasons                        []string
	Pinned                         bool
}

// variantChange is a pair pinned or forbidden by hand.
type variantChange struct{ ID, Words, Cost string }

// variantContent is the preview of a variant.
type variantContent struct {
	Href, Round, RoundHref       string
	Published, CanPublish, Ended bool
	Figures                      round.Figures
	Way, Solved, Moved           string
	Crowds                       []string
	Unmatched, Pairs             []variantLine
	MoreUnmatched, MorePairs     string
	Without                      int64
	Changes                      []variantChange
	Costs                        string
	Name, WayOf, Levels          Field
	Rules                        []Field
	Weights                      []Field
	Revision                     string
}

var variantPage = declare[variantContent]("round-variant.html")

const (
	pairsOnAPage     = 30
	unmatchedOnAPage = 30
)

func showVariant(c *call) (view, error) {
	v, err := round.VariantByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	r, err := round.ByID(c.tx, c.me, v.Round)
	if err != nil {
		return view{}, err
	}
	main := variantContent{
		Href: variantHref(v.ID), Round: r.Name, RoundHref: roundHref(r.ID) + "/running", Published: r.Variant == v.ID, Ended: r.State == round.Ended,
		Figures: v.Figures, Way: waySays[v.Way], Without: v.Figures.Mentees - v.Figures.Matched,
	}
	main.CanPublish = !main.Published && !main.Ended && v.Figures.Matched > 0
	if !v.SolvedAt.IsZero() {
		main.Solved = c.moment(v.SolvedAt)
	}
	for _, crowd := range v.Crowds {
		main.Crowds = append(main.Crowds, crowdWords(crowd))
	}
	if err := main.lines(c, v); err != nil {
		return view{}, err
	}
	if err := main.changes(c, v); err != nil {
		return view{}, err
	}
	main.settings(c, v)
	return variantPage.show(c, v.Name, "people", main)
}

// waySays is what a way of working out does.
var waySays = map[round.Way]string{
	round.Best:   "As many people as possible have a mentor; of the ways to do that, the one with the best fit in all.",
	round.Fair:   "As many people as possible have a mentor; of the ways to do that, the one with the fewest poor fits.",
	round.Stable: "No mentee and mentor would both rather have each other than whom they have.",
}

// crowdWords say in plain words who are more than the places that fit them.
func crowdWords(c round.Crowd) string {
	people, places := manyOf(c.People, "person wants", "people want"), manyOf(c.Places, "place", "places")
	if len(c.Skills) == 0 {
		return fmt.Sprintf("%s who fit only the same %s, with %s together.", manyOf(c.People, "person", "people"), manyOf(c.Mentors, "mentor", "mentors"), places)
	}
	skills := strings.Join(c.Skills, " or ")
	if c.Places == 0 {
		places = "no place"
	}
	return people + " " + skills + ", " + places + "."
}

// becauseWords say why somebody has nobody.
var becauseWords = map[round.Because]string{
	round.NoKnower: "Nobody who takes part offers a skill that they want.",
	round.NoHigher: "Those who offer what they want state no higher level than they do.",
	round.ByLine:   "Whoever could help leads them, and a mentor never does.",
	round.ByAlways: "They cannot be a pair with whoever could help, by the rules that always hold.",
	round.ByRule:   "A rule of this variant rules out whoever could help.",
	round.ByHand:   "Whoever could help was forbidden by hand.",
	round.ByCrowd:  "All places of those who could help are taken by others.",
	round.ByWishes: "Others were dearer to those who could help, or they to others.",
}

// lines adds who has nobody and the pairs, those that fit least first.
func (m *variantContent) lines(c *call, v round.Variant) error {
	unmatched, err := round.Unmatched(c.tx, c.me, v, db.ID(c.text("unmatched")), unmatchedOnAPage+1)
	if err != nil {
		return err
	}
	if len(unmatched) > unmatchedOnAPage {
		unmatched = unmatched[:unmatchedOnAPage]
		m.MoreUnmatched = m.Href + "?unmatched=" + url.QueryEscape(string(unmatched[len(unmatched)-1].Mentee.Person)) + "#unmatched"
	}
	for _, l := range unmatched {
		line := variantLine{Href: m.Href + "/mentees/" + string(l.Mentee.Person), Mentee: l.Mentee.Name, Why: becauseWords[l.Because]}
		if l.Crowd > 0 && l.Crowd <= len(v.Crowds) {
			line.Why = crowdWords(v.Crowds[l.Crowd-1])
		}
		m.Unmatched = append(m.Unmatched, line)
	}
	pairs, err := round.Pairs(c.tx, c.me, v, db.ID(c.text("pairs")), pairsOnAPage+1)
	if err != nil {
		return err
	}
	if len(pairs) > pairsOnAPage {
		pairs = pairs[:pairsOnAPage]
		m.MorePairs = m.Href + "?pairs=" + url.QueryEscape(string(pairs[len(pairs)-1].Mentee.Person)) + "#pairs"
	}
	for _, l := range pairs {
		m.Pairs = append(m.Pairs, lineOfPair(m.Href, l))
	}
	return nil
}

func lineOfPair(href string, l round.Line) variantLine {
	return variantLine{
		Href: href + "/mentees/" + string(l.Mentee.Person), Mentee: l.Mentee.Name, Mentor: l.Mentor.Name, Fit: strconv.FormatInt(l.Fit, 10),
		Reasons: roundReasons(l.Reasons, ""), Pinned: l.Pinned == round.Pin,
	}
}

// changes adds what was changed by hand with what it costs, and what has changed since.
func (m *variantContent) changes(c *call, v round.Variant) error {
	all, err := round.Changes(c.tx, c.me, v.ID)
	if err != nil {
		return err
	}
	for _, p := range all {
		words := p.Mentee.Name + " with " + p.Mentor.Name
		if p.Kind == round.Forbid {
			words = p.Mentee.Name + " not with " + p.Mentor.Name
		}
		cost := costWords(p.Fewer, p.Less)
		if !p.Holds {
			cost = "no longer possible, so it does nothing"
		}
		m.Changes = append(m.Changes, variantChange{string(p.ID), words, cost})
	}
	m.Costs = "Beside each stands what it costs, with those above it as they are."
	if v.KeepsCosts(len(all)) {
		m.Costs = "Beside each stands what it cost when it was made, with those above it as they were then: in a round of this size only the last is weighed anew."
	}
	moved, err := round.Moved(c.tx, c.me, v)
	if moved > 0 && !m.Published && !m.Ended {
		m.Moved = "Since then " + manyOf(int(moved), "person has joined, left or changed what they state", "people have joined, left or changed what they state") + "."
	}
	return err
}

// costWords say what a change by hand costs.
func costWords(fewer, less int64) string {
	var parts []string
	switch {
	case fewer > 0:
		parts = append(parts, manyOf(int(fewer), "person fewer has a mentor", "people fewer have a mentor"))
	case fewer < 0:
		parts = append(parts, manyOf(int(-fewer), "person more has a mentor", "people more have a mentor"))
	}
	switch {
	case less > 0:
		parts = append(parts, "the fit in all is "+strconv.FormatInt(less, 10)+" less")
	case less < 0:
		parts = append(parts, "the fit in all is "+strconv.FormatInt(-less, 10)+" more")
	}
	if len(parts) == 0 {
		return "costs nothing"
	}
	return strings.Join(parts, "; ")
}

// settings are the fields of what is chosen.
func (m *variantContent) settings(c *call, v round.Variant) {
	form := c.formOf("/round-variants/{id}")
	m.Revision = form.RevisionOr(v.Revision)
	m.Name = form.field(Field{Name: "name", Label: "Name", Max: 200}, v.Name)
	var ways []Option
	for _, w := range []round.Way{round.Best, round.Fair, round.Stable} {
		ways = append(ways, Option{Value: string(w), Label: strings.ToUpper(wayWords[w][:1]) + wayWords[w][1:], Hint: waySays[w]})
	}
	m.WayOf = form.field(Field{Name: "way", Label: "How it is worked out", Type: "radio", Options: ways}, string(v.Way))
	for _, rule := range []struct {
		name, label string
		on          bool
	}{
		{"other_department", "From another department", v.OtherDepartment}, {"other_office", "From another office", v.OtherOffice},
		{"same_language", "With a language in common that both state", v.SameLanguage},
	} {
		m.Rules = append(m.Rules, form.ticks(Field{Name: rule.name, Type: "checkbox", Options: []Option{{Value: "yes", Label: rule.label, Chosen: rule.on}}}))
	}
	var levels []Option
	for n := range 6 {
		label := "no matter"
		if n > 0 {
			label = manyOf(n, "level", "levels")
		}
		levels = append(levels, Option{Value: strconv.Itoa(n), Label: label})
	}
	m.Levels = form.field(Field{Name: "levels", Label: "How far above at least", Type: "select", Options: levels, Hint: "By the number in both levels, such as L4. Where one has none, it rules nobody out."}, strconv.FormatInt(v.LevelsAbove, 10))
	for _, w := range []struct {
		name, label string
		value       int64
	}{
		{"skills", "Skills", v.Skills}, {"wishes", "Wishes of both", v.Wishes}, {"language", "A language in common", v.Language},
		{"hours", "Hours in common", v.Hours}, {"department", "Another department", v.Department},
	} {
		m.Weights = append(m.Weights, form.field(Field{Name: w.name, Label: w.label, Type: "number"}, strconv.FormatInt(w.value, 10)))
	}
}

// workedOut is an act that works a variant out, and then shows a part of it.
func workedOut(begin func(c *call) (*round.Work, error), part string) longer {
	return func(c *call) (func(context.Context) error, act, error) {
		w, err := begin(c)
		if err != nil {
			return nil, nil, err
		}
		return w.Solve, func(c *call) (string, error) {
			id, err := w.Keep(c.tx, c.me)
			return variantHref(id) + part, err
		}, nil
	}
}

func changeVariant(c *call) (*round.Work, error) {
	number := func(name string) int64 {
		n, err := strconv.ParseInt(c.text(name), 10, 64)
		if err != nil {
			return -1
		}
		return n
	}
	in := round.Settings{
		Name: c.text("name"), Way: round.Way(c.text("way")),
		Rules:   round.Rules{OtherDepartment: c.text("other_department") != "", OtherOffice: c.text("other_office") != "", SameLanguage: c.text("same_language") != "", LevelsAbove: number("levels")},
		Weights: round.Weights{Skills: number("skills"), Wishes: number("wishes"), Language: number("language"), Hours: number("hours"), Department: number("department")},
	}
	return round.ChangeVariant(c.tx, c.me, c.id("id"), c.revision(), in)
}

func workOutVariant(c *call) (*round.Work, error) {
	return round.WorkOut(c.tx, c.me, c.id("id"))
}

func publishVariant(c *call) (string, error) {
	v, err := round.VariantByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	c.say(saysRoundPublished)
	return roundHref(v.Round) + "/running", round.Publish(c.tx, c.me, v.ID)
}

var saysRoundPublished = says("Published. All pairs have begun, and everybody who takes part is told.")

func removeVariant(c *call) (string, error) {
	v, err := round.VariantByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return "", err
	}
	return roundHref(v.Round) + "/running", round.RemoveVariant(c.tx, c.me, v.ID)
}

func changeVariantPair(c *call) (*round.Work, error) {
	return round.ChangePair(c.tx, c.me, c.id("id"), db.ID(c.text("mentee")), db.ID(c.text("mentor")), round.Kind(c.text("kind")))
}

func takeVariantChangeBack(c *call) (*round.Work, error) {
	return round.TakeChangeBack(c.tx, c.me, c.id("id"), db.ID(c.text("change")))
}

// variantOther is a mentor whom somebody could have.
type variantOther struct {
	ID, Name, Fit, Note string
	Reasons             []string
	Pinned, Forbidden   bool
}

// variantMentee is one mentee of a variant, with whom else they could have.
type variantMentee struct {
	Href, Variant, Mentee, MenteeHref, ID string
	Mentor, MentorID, Fit, Why            string
	Reasons                               []string
	Pinned, Fixed                         bool
	Aim, Languages, Wishes                string
	Skills                                []string
	Others                                []variantOther
}

var variantMenteePage = declare[variantMentee]("round-mentee.html")

func showVariantMentee(c *call) (view, error) {
	v, err := round.VariantByID(c.tx, c.me, c.id("id"))
	if err != nil {
		return view{}, err
	}
	l, err := round.One(c.tx, c.me, v, db.ID(c.PathValue("mentee")))
	if err != nil {
		return view{}, err
	}
	r, err := round.ByID(c.tx, c.me, v.Round)
	if err != nil {
		return view{}, err
	}
	shown := lineOfPair(variantHref(v.ID), l.Line)
	main := variantMentee{
		Href: variantHref(v.ID), Variant: v.Name, Mentee: l.Mentee.Name, MenteeHref: "/people/" + string(l.Mentee.Person), ID: string(l.Mentee.Person),
		Mentor: l.Mentor.Name, MentorID: string(l.Mentor.Person), Fit: shown.Fit, Reasons: shown.Reasons, Pinned: shown.Pinned,
		Fixed: r.Variant == v.ID || r.State == round.Ended, Aim: l.Aim, Languages: inOneList(l.Languages), Wishes: inOneList(partyNames(l.Wishes)),
	}
	if l.Mentor.Person == "" {
		main.Why = becauseWords[l.Because]
		if l.Crowd > 0 && l.Crowd <= len(v.Crowds) {
			main.Why = crowdWords(v.Crowds[l.Crowd-1])
		}
	}
	for _, k := range l.Skills {
		main.Skills = append(main.Skills, skillStated(k))
	}
	for _, o := range l.Others {
		one := variantOther{ID: string(o.Mentor.Person), Name: o.Mentor.Name, Fit: strconv.FormatInt(o.Fit, 10), Reasons: roundReasons(o.Reasons, ""), Pinned: o.Kind == round.Pin, Forbidden: o.Kind == round.Forbid}
		if o.Rule {
			one.Note = "A rule of this variant is against it; a pin goes before."
		}
		main.Others = append(main.Others, one)
	}
	return variantMenteePage.show(c, l.Mentee.Name, "people", main)
}

func partyNames(all []org.Party) []string {
	var names []string
	for _, p := range all {
		names = append(names, p.Name)
	}
	return names
}
