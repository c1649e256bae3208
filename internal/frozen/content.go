package frozen

import (
	"fmt"
	"slices"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// Content is what a copy says: words as they stood when it was made, and nothing by which the
// things themselves are found.
type Content struct {
	Values    []Value `json:"values,omitempty"`
	Strengths []Value `json:"strengths,omitempty"`
	Texts     []Text  `json:"texts,omitempty"`
	Skills    []Skill `json:"skills,omitempty"`
	Goals     []Goal  `json:"goals,omitempty"`
	Wins      []Win   `json:"wins,omitempty"`
}

// Nothing tells whether it says nothing.
func (c Content) Nothing() bool {
	return len(c.Values)+len(c.Strengths)+len(c.Texts)+len(c.Skills)+len(c.Goals)+len(c.Wins) == 0
}

// Has tells whether something of a section that is copied as a whole stands in it.
func (c Content) Has(section plan.Section) bool {
	if section == plan.Values && len(c.Values) > 0 || section == plan.Strengths && len(c.Strengths) > 0 {
		return true
	}
	return slices.ContainsFunc(c.Texts, func(t Text) bool { return t.Section.Of() == section })
}

// Names tells whether a goal, a skill or a win that is called so stands in it.
func (c Content) Names(kind, name string) bool {
	switch kind {
	case "goal":
		return slices.ContainsFunc(c.Goals, func(g Goal) bool { return g.Title == name })
	case "skill":
		return slices.ContainsFunc(c.Skills, func(k Skill) bool { return k.Name == name })
	case "win":
		return slices.ContainsFunc(c.Wins, func(w Win) bool { return w.What == name })
	}
	return false
}

// Value is a value, or a strength, as it stood.
type Value struct {
	Word    string `json:"word"`
	Meaning string `json:"meaning,omitempty"`
}

// Text is a text of a section as it stood.
type Text struct {
	Section plan.Section `json:"section"`
	Words   string       `json:"words"`
}

// Skill is a skill as it stood.
type Skill struct {
	Name   string `json:"name"`
	Level  int64  `json:"level"`
	Wanted int64  `json:"wanted"`
	Note   string `json:"note,omitempty"`
}

// Goal is a goal as it stood, with its steps.
type Goal struct {
	Title      string         `json:"title"`
	Area       plan.Area      `json:"area"`
	Specific   string         `json:"specific,omitempty"`
	Measured   string         `json:"measured,omitempty"`
	Attainable string         `json:"attainable,omitempty"`
	Relevant   string         `json:"relevant,omitempty"`
	Serves     string         `json:"serves,omitempty"`
	Due        civil.Date     `json:"due,omitzero"`
	State      plan.GoalState `json:"state"`
	Learned    string         `json:"learned,omitempty"`
	Kind       plan.GoalKind  `json:"kind,omitempty"`
	Rhythm     plan.Rhythm    `json:"rhythm,omitempty"`    // how often its owner looks at it again
	Direction  string         `json:"direction,omitempty"` // whose direction it serves; its words are another's
	Steps      []Step         `json:"steps,omitempty"`
}

// Step is a step as it stood.
type Step struct {
	Words string         `json:"words"`
	Due   civil.Date     `json:"due,omitzero"`
	State plan.StepState `json:"state"`
}

// Win is a win as it stood.
type Win struct {
	Day    civil.Date `json:"day"`
	What   string     `json:"what"`
	Effect string     `json:"effect,omitempty"`
	Figure string     `json:"figure,omitempty"`
	Links  []string   `json:"links,omitempty"`
	Files  []File     `json:"files,omitempty"`
}

// File is a file of a win, known by its content: it is read through the copy, as long as its owner
// keeps it and the copy is read.
type File struct {
	Name      string `json:"name"`
	MediaType string `json:"media_type"`
	Size      int64  `json:"size"`
	Digest    string `json:"sha256"`
}

// File is the n-th file of the copy, counted from 1.
func (c Content) File(n int) (File, bool) {
	for _, w := range c.Wins {
		if n >= 1 && n <= len(w.Files) {
			return w.Files[n-1], true
		}
		n -= len(w.Files)
	}
	return File{}, false
}

// Choice is what somebody puts into a copy: the values, texts of sections, and single things.
type Choice struct {
	Sections []plan.Section
	Things   []event.Thing // skills, goals and wins
}

func (in Choice) has(thing event.Thing) bool { return slices.Contains(in.Things, thing) }

// read takes the words of what was chosen, as they stand now in what is the actor's.
func read(tx *db.Tx, me org.Actor, in Choice) (Content, error) {
	var c Content
	p, err := plan.Mine(tx, me)
	if err != nil {
		return c, err
	}
	for _, section := range plan.Sections {
		if slices.Contains(in.Sections, section) {
			c.addSection(p, section)
		}
	}
	for _, k := range p.Skills {
		if in.has(k.Thing()) {
			c.Skills = append(c.Skills, Skill{k.Name, k.Level, k.Wanted, k.Note})
		}
	}
	directions, err := plan.Served(tx, me)
	if err != nil {
		return c, err
	}
	for _, g := range p.Goals {
		if in.has(g.Thing()) {
			c.Goals = append(c.Goals, goalOf(g, directions[g.ID]))
		}
	}
	var wins []db.ID
	for _, thing := range in.Things {
		if thing.Kind == "win" {
			wins = append(wins, thing.ID)
		}
	}
	found, err := plan.MyWins(tx, me, wins)
	if err != nil {
		return c, err
	}
	links, files, err := plan.Shows(tx, me, wins)
	for _, w := range found {
		one := Win{Day: w.Day, What: w.What, Effect: w.Effect, Figure: w.Figure}
		for _, l := range links[w.ID] {
			one.Links = append(one.Links, l.URL)
		}
		for _, f := range files[w.ID] {
			one.Files = append(one.Files, File{f.Name, f.MediaType, f.Size, f.Digest})
		}
		c.Wins = append(c.Wins, one)
	}
	return c, err
}

func (c *Content) addSection(p plan.Plan, section plan.Section) {
	switch section {
	case plan.Values:
		c.Values = valuesOf(p.Values)
	case plan.Strengths:
		c.Strengths = valuesOf(p.Strengths)
	}
	for _, text := range section.Texts() {
		if words := p.Text(text).Words; words != "" {
			c.Texts = append(c.Texts, Text{text, words})
		}
	}
}

func valuesOf(list []plan.Value) []Value {
	var all []Value
	for _, v := range list {
		all = append(all, Value{v.Word, v.Meaning})
	}
	return all
}

// served says whose direction a goal serves.
var served = map[direction.Scope]string{
	direction.Organisation: "where the organisation is heading", direction.Department: "where the department is heading", direction.Manager: "where the team is heading",
}

func goalOf(g plan.Goal, serves direction.Direction) Goal {
	one := Goal{
		Title: g.Title, Area: g.Area, Specific: g.Specific, Measured: g.Measured, Attainable: g.Attainable,
		Relevant: g.Relevant, Serves: g.Serves, Due: g.Due, State: g.State, Learned: g.Learned,
		Kind: g.Kind, Rhythm: g.Rhythm, Direction: served[serves.Scope],
	}
	for _, s := range g.Steps {
		one.Steps = append(one.Steps, Step{s.Words, s.Due, s.State})
	}
	return one
}

// Passages are the texts of the content, each with a name of its own, to be commented on.
func (c Content) Passages() []plan.Passage {
	var all []plan.Passage
	add := func(words, label, format string, at ...any) {
		if words != "" {
			all = append(all, plan.Passage{Field: fmt.Sprintf(format, at...), Label: label, Words: words})
		}
	}
	for n, v := range c.Values {
		add(v.Word, "Value", "value-%d", n)
		add(v.Meaning, "Value: "+v.Word, "value-%d-meaning", n)
	}
	for n, v := range c.Strengths {
		add(v.Word, "Strength", "strength-%d", n)
		add(v.Meaning, "Strength: "+v.Word, "strength-%d-showed", n)
	}
	for _, t := range c.Texts {
		add(t.Words, t.Section.FullTitle(), "text-%s", t.Section)
	}
	for n, k := range c.Skills {
		add(k.Name, "Skill", "skill-%d", n)
		add(k.Note, "Skill: "+k.Name, "skill-%d-note", n)
	}
	for n, g := range c.Goals {
		add(g.Title, "Goal", "goal-%d", n)
		for _, part := range []struct{ name, words string }{
			{"specific", g.Specific}, {"measured", g.Measured}, {"attainable", g.Attainable}, {"relevant", g.Relevant}, {"serves", g.Serves}, {"learned", g.Learned},
		} {
			add(part.words, "Goal: "+g.Title, "goal-%d-%s", n, part.name)
		}
		for m, s := range g.Steps {
			add(s.Words, "A step to: "+g.Title, "goal-%d-step-%d", n, m)
		}
	}
	for n, w := range c.Wins {
		add(w.What, "Win", "win-%d", n)
		add(w.Effect, "What it changed: "+w.What, "win-%d-effect", n)
		add(w.Figure, "In figures: "+w.What, "win-%d-figure", n)
	}
	return all
}
