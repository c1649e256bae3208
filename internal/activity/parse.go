package activity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/cardfile"
)

// A Fault is one thing that keeps an activity out of the catalogue.
type Fault = cardfile.Fault

// front is the front matter of an activity.
type front struct {
	ID    string   `yaml:"id"`
	Name  string   `yaml:"name"`
	Hint  string   `yaml:"hint"`
	Group string   `yaml:"group"`
	For   []string `yaml:"for"`
	Time  string   `yaml:"time"`
	Money string   `yaml:"money"`
	Steps []string `yaml:"steps"`
	When  string   `yaml:"when"`
	Then  string   `yaml:"then"`
	Next  []string `yaml:"next"`
}

var frontHolds = cardfile.Front{
	Fields: "id, name, hint, group, for, time, money, steps, when, then and next",
	Lists:  "for, steps and next are lists",
}

const mostLine = 200

// Parse reads one activity. It returns every fault that it finds; an activity with any is not to
// be used.
func Parse(file string, text []byte) (Activity, []Fault) {
	var f front
	r, ok := cardfile.Read(file, text, &f, frontHolds)
	a := Activity{File: file}
	if !ok {
		return a, r.Faults()
	}
	r.ID(f.ID, "reading-group")
	a.ID, a.idLine = f.ID, r.Line("id")
	a.Next, a.nextLine = r.Next(f.ID, f.Next), r.Line("next")
	a.Name, a.Hint, a.Time = line(r, "name", f.Name), line(r, "hint", f.Hint), line(r, "time", f.Time)
	a.Group = oneOf(r, "group", f.Group, Groups)
	a.Money = oneOf(r, "money", f.Money, Amounts)
	for _, use := range f.For {
		a.For = append(a.For, oneOf(r, "for", use, Uses))
	}
	if len(a.For) == 0 {
		r.Refuse(r.Line("for"), "for is missing: say whom it helps, such as for: [begin, grow]")
	}
	for _, step := range f.Steps {
		a.Steps = append(a.Steps, line(r, "steps", step))
	}
	if len(a.Steps) == 0 {
		r.Refuse(r.Line("steps"), "steps is missing: write at least one sentence that somebody can take into their plan")
	}
	if a.When, a.Then = f.When, f.Then; (a.When == "") != (a.Then == "") {
		r.Refuse(r.Line("when"), "when and then go together: write both, or neither")
	}
	r.Sections([]cardfile.Section{
		{Heading: "What it is", Text: &a.WhatItIs},
		{Heading: "When it fits", Text: &a.Fits},
		{Heading: "What it costs", Text: &a.Costs},
		{Heading: "How to start", Text: &a.Start},
		{Heading: "How to tell that it worked", Text: &a.Worked},
		{Heading: "What to ask your manager for", Text: &a.Manager},
	}, true)
	return a, r.Faults()
}

// line reads a field that is needed and is one line of text.
func line(r *cardfile.Reading, field, text string) string {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		r.Refuse(r.Line(field), "%s is missing: write it in a few words", field)
	case utf8.RuneCountInString(text) > mostLine, strings.Contains(text, "\n"):
		r.Refuse(r.Line(field), "%s is longer than a line: write at most %d letters", field, mostLine)
	}
	return text
}

func oneOf[T ~string](r *cardfile.Reading, field, text string, values []T) T {
	if !slices.Contains(values, T(text)) {
		names := make([]string, len(values))
		for i, v := range values {
			names[i] = string(v)
		}
		r.Refuse(r.Line(field), "%s is %q: write %s or %s", field, text, strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
	}
	return T(text)
}
