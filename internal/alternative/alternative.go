// Package alternative holds the catalogue of other ways: what a not now or a no can open instead,
// each with what it can mean and how to begin. It knows no people.
package alternative

import (
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/cardfile"
)

// An Alternative is another way towards what was asked for.
type Alternative struct {
	ID   string // as addresses hold it
	Name string // as an answer keeps it
	Hint string // for whoever answers: what it is, in a few words
	Kind string // of the ask that it can become
	Ask  string // a line to begin that ask with
	Goal string // a line to begin a goal with

	WhatItCanMean string // Markdown, for the owner of the ask
	HowToBegin    string

	file   string
	idLine int
}

//go:embed ways/*.md
var embedded embed.FS

// order is the order of the catalogue: from what is nearest to what was asked to what is furthest.
var order = []string{"smaller-step", "special-project", "cross-team-work", "lateral-move", "other-programme", "mentor", "later-date", "something-else"}

var read = sync.OnceValues(func() ([]Alternative, []cardfile.Fault) {
	all, faults := cardfile.Folder(embedded, "ways", "ways", parse)
	all, faults = cardfile.Bind(all, func(a Alternative) cardfile.Place {
		return cardfile.Place{ID: a.ID, File: a.file, IDLine: a.idLine}
	}, faults)
	slices.SortStableFunc(all, func(a, b Alternative) int { return slices.Index(order, a.ID) - slices.Index(order, b.ID) })
	return all, faults
})

// All is the catalogue in its order. It never changes.
func All() []Alternative {
	all, _ := read()
	return all
}

// ByID finds a way by its id.
func ByID(id string) (Alternative, bool) {
	return found(func(a Alternative) bool { return a.ID == id })
}

// Named finds a way by the name that an answer keeps.
func Named(name string) (Alternative, bool) {
	return found(func(a Alternative) bool { return strings.EqualFold(a.Name, name) })
}

func found(is func(Alternative) bool) (Alternative, bool) {
	all := All()
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	return Alternative{}, false
}

type front struct {
	ID   string `yaml:"id"`
	Name string `yaml:"name"`
	Hint string `yaml:"hint"`
	Kind string `yaml:"kind"`
	Ask  string `yaml:"ask"`
	Goal string `yaml:"goal"`
}

const mostLine = 200

func parse(file string, text []byte) (Alternative, []cardfile.Fault) {
	var f front
	r, ok := cardfile.Read(file, text, &f, cardfile.Front{Fields: "id, name, hint, kind, ask and goal"})
	a := Alternative{ID: f.ID, file: file}
	if !ok {
		return a, r.Faults()
	}
	r.ID(f.ID, "smaller-step")
	a.idLine = r.Line("id")
	for _, each := range []struct {
		into        *string
		field, text string
	}{{&a.Name, "name", f.Name}, {&a.Hint, "hint", f.Hint}, {&a.Kind, "kind", f.Kind}, {&a.Ask, "ask", f.Ask}, {&a.Goal, "goal", f.Goal}} {
		*each.into = strings.TrimSpace(each.text)
		if *each.into == "" || utf8.RuneCountInString(*each.into) > mostLine || strings.Contains(*each.into, "\n") {
			r.Refuse(r.Line(each.field), "%s is needed, as one line of at most %d letters", each.field, mostLine)
		}
	}
	r.Sections([]cardfile.Section{
		{Heading: "What it can mean", Text: &a.WhatItCanMean},
		{Heading: "How to begin", Text: &a.HowToBegin},
	}, true)
	return a, r.Faults()
}
