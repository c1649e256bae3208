package web

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/worddiff"
)

// earlierVersions are the texts that a plan, or one thing of it, had before.
type earlierVersions struct {
	Crumb, CrumbHref string
	List             []earlierVersion
}

type earlierVersion struct {
	Of    string
	Until string
	Texts []labelled
}

type labelled struct{ Label, Text string }

var versionsPage = declare[earlierVersions]("versions.html", "versions-list.html")

const mostVersions = 200

// planVersions are two versions of the plan beside each other, and every change one by one.
type planVersions struct {
	From, To    Field
	Then, Later string // the two days
	Compared    bool
	Sections    []comparedSection
	Changed     bool // anything differs
	Stayed      bool // anything does not
	earlierVersions
}

type comparedSection struct {
	Title  string
	Fields []comparedField
	Stayed []string // things that did not change
}

// comparedField is a field of a thing in both versions.
type comparedField struct {
	Of, Label string // of the first field of a thing: what it is
	Then, Now []worddiff.Piece
	OneSided  bool // a further field of a thing that stood in one version only
}

var planVersionsPage = declare[planVersions]("plan-versions.html", "versions-list.html")

const untilNow = "now"

// showVersions compares the plan of two days, and shows the earlier versions of everything in it.
func showVersions(c *call) (view, error) {
	past, err := plan.PastOf(c.tx, c.me)
	if err != nil {
		return view{}, err
	}
	found, err := plan.Versions(c.tx, c.me, mostVersions)
	if err != nil {
		return view{}, err
	}
	main := planVersions{earlierVersions: earlierVersions{Crumb: "Plan", CrumbHref: "/plan"}}
	for _, one := range found {
		main.List = append(main.List, c.version(one.Thing.Kind, one.Revision))
	}
	days := past.Days(c.zone())
	if main.Compared = len(days) > 1; main.Compared {
		from, to := c.chosenDay("from", aMonthAgo(days[1:], c.today()).String()), c.chosenDay("to", untilNow)
		main.From, main.To = dayField("from", "From", days[1:], from), dayField("to", "To", days, to)
		main.To.Options = append([]Option{{Value: untilNow, Label: "today", Chosen: to == untilNow}}, main.To.Options...)
		main.Then, main.Later = dayWords(from), dayWords(to)
		main.Sections = comparedSections(c.planOn(past, from), c.planOn(past, to))
		for _, s := range main.Sections {
			main.Changed, main.Stayed = main.Changed || len(s.Fields) > 0, main.Stayed || len(s.Stayed) > 0
		}
	}
	return planVersionsPage.show(c, "Earlier versions", "plan", main)
}

// aMonthAgo is the last of the days that is a month ago or more; of younger ones the first.
func aMonthAgo(days []civil.Date, today civil.Date) civil.Date {
	for _, day := range days {
		if day.Before(today.AddDays(-30)) {
			return day
		}
	}
	return days[len(days)-1]
}

// chosenDay is a day of the query, or the fallback.
func (c *call) chosenDay(name, fallback string) string {
	text := c.text(name)
	if text == untilNow && name == "to" {
		return text
	}
	if day, err := civil.Parse(text); err != nil || day.IsZero() {
		return fallback
	}
	return text
}

func dayField(name, label string, days []civil.Date, chosen string) Field {
	field := Field{Name: name, Label: label, Type: "select"}
	for _, day := range days {
		field.Options = append(field.Options, Option{Value: day.String(), Label: dayWords(day.String()), Chosen: day.String() == chosen})
	}
	return field
}

func dayWords(text string) string {
	day, err := civil.Parse(text)
	if err != nil {
		return "today"
	}
	return day.Time().Format("2 January 2006")
}

// planOn is what stood in the plan at the end of a day.
func (c *call) planOn(past plan.Past, text string) []plan.Was {
	day, err := civil.Parse(text)
	if err != nil {
		return past.At(c.tx.Now())
	}
	return past.At(day.AddDays(1).At(0, 0, c.zone()).Add(-1))
}

// comparedSections compares two versions of a plan thing by thing, in the order of its sections.
func comparedSections(then, now []plan.Was) []comparedSection {
	before, after := byThing(then), byThing(now)
	things := slices.Collect(maps.Keys(before))
	for thing := range after {
		if _, had := before[thing]; !had {
			things = append(things, thing)
		}
	}
	slices.SortFunc(things, func(a, b event.Thing) int { return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.ID, b.ID)) })
	var all []comparedSection
	for _, section := range plan.Sections {
		one := comparedSection{Title: section.Title()}
		for _, thing := range things {
			if (plan.Was{Thing: thing}).Section() != section {
				continue
			}
			if fields := comparedFields(thing, before[thing], after[thing]); len(fields) > 0 {
				one.Fields = append(one.Fields, fields...)
			} else {
				one.Stayed = append(one.Stayed, calledIn(thing, after[thing]))
			}
		}
		if len(one.Fields)+len(one.Stayed) > 0 {
			all = append(all, one)
		}
	}
	return all
}

func byThing(all []plan.Was) map[event.Thing]map[string]string {
	things := map[event.Thing]map[string]string{}
	for _, w := range all {
		things[w.Thing] = w.Fields
	}
	return things
}

// comparedFields are the fields of a thing that differ, under what it is called; none when it is
// the same.
func comparedFields(thing event.Thing, then, now map[string]string) []comparedField {
	if maps.Equal(then, now) {
		return nil
	}
	var all []comparedField
	for _, field := range fieldNames {
		was, is := then[field.Text], now[field.Text]
		if was == is && (field.Label != "" || was == "") {
			continue
		}
		pieces := worddiff.Compare(fieldWords(field.Text, was), fieldWords(field.Text, is))
		one := comparedField{Label: field.Label, Then: worddiff.Old(pieces), Now: worddiff.Now(pieces)}
		if len(all) == 0 {
			one.Of = kindTitle(thing.Kind)
		} else {
			one.OneSided = then == nil || now == nil
		}
		all = append(all, one)
	}
	return all
}

// calledIn is what a thing is called where it did not change.
func calledIn(thing event.Thing, fields map[string]string) string {
	for _, field := range fieldNames {
		if field.Label == "" && fields[field.Text] != "" && !strings.HasPrefix(thing.Kind, "plan ") {
			return fields[field.Text]
		}
	}
	return "what you wrote"
}

// fieldNames are the fields of earlier versions in the order in which they are read.
var fieldNames = []labelled{
	{"", "title"}, {"", "name"}, {"", "word"}, {"", "what"}, {"", "words"}, {"Meaning", "meaning"}, {"What exactly", "specific"}, {"Measure", "measured"},
	{"Why it can be done", "attainable"}, {"Why it matters", "relevant"}, {"Serves", "serves"}, {"Level", "level"}, {"Wanted", "wanted"},
	{"Note", "note"}, {"Kind", "activity"}, {"When", "cue"}, {"I will", "response"}, {"Day", "day"}, {"Effect", "effect"}, {"Figure", "figure"}, {"Help with", "about"}, {"Skills", "skills"}, {"Topics", "topics"}, {"Languages", "languages"}, {"Hours a month", "hours"}, {"People at most", "places"},
	{"", "shared"}, {"", "private"}, {"", "look-back"}, {"", "thanks"}, {"Why", "why"}, {"What came of it", "came"}, {"Due", "due"}, {"State", "state"}, {"Learned", "learned"},
}

// fieldWords is what stands in a field, as a person reads it: days and levels in words.
func fieldWords(field, text string) string {
	switch field {
	case "due", "day":
		if _, err := civil.Parse(text); err == nil && text != "" {
			return dayWords(text)
		}
	case "level", "wanted":
		if level, err := strconv.ParseInt(text, 10, 64); err == nil {
			return text + ", " + levelWords(level)
		}
	}
	return text
}

func (c *call) version(kind string, one org.Revision) earlierVersion {
	v := earlierVersion{Of: kindTitle(kind), Until: stamp(one.At.In(c.me.Zone))}
	for _, field := range fieldNames {
		if text := one.Text[field.Text]; text != "" && text != "open" {
			v.Texts = append(v.Texts, labelled{field.Label, fieldWords(field.Text, text)})
		}
	}
	return v
}

// kindTitle is what a kind of thing is called in a list of versions.
func kindTitle(kind string) string {
	if text, ok := strings.CutPrefix(kind, "plan "); ok {
		return textTitle(plan.Section(text))
	}
	if text, ok := strings.CutPrefix(kind, "mentorship "); ok {
		text, _, _ = strings.Cut(text, " of the ")
		return map[string]string{"shared": "Your notes for both", "private": "Your notes for yourself", "look back": "What came of it", "thanks": "Thanks"}[text]
	}
	return map[string]string{"mentor": "What you offer", "counsel": "Counsel", "value": "A value", "strength": "A strength", "skill": "A skill", "goal": "A goal", "step": "A step", "win": "A win"}[kind]
}
