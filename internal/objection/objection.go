// Package objection holds the catalogue of objections: what is likely to be said against an ask,
// what is behind it, how to answer it honestly, and what not to say. It knows no people.
package objection

import (
	"cmp"
	"embed"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/cardfile"
)

// An Objection is one of them.
type Objection struct {
	ID   string // as pages and texts of people hold it
	Says string // in the words of the one asked
	Asks []string
	File string // where it stands, for whoever mends it

	Behind string // Markdown, as are the next two
	Answer string
	Not    string

	idLine int
}

// Any stands for every kind of ask.
const Any = "all"

// kinds are the kinds of ask that an objection can be for, by the words of the product.
var kinds = []string{
	Any, "money", "time", "assignment", "someone's time", "programme", "change of role or level", "sponsorship", "programme that does not exist yet", "something else",
}

// IsFor tells whether an objection is likely for a kind of ask. Of an ask that is of no kind yet
// those are likely that are for all.
func (o Objection) IsFor(kind string) bool {
	return slices.Contains(o.Asks, Any) || slices.Contains(o.Asks, kind)
}

//go:embed kinds/*.md
var embedded embed.FS

type catalogue struct {
	all    []Objection
	faults []cardfile.Fault
}

var builtin = sync.OnceValue(func() catalogue {
	all, faults := cardfile.Folder(embedded, "kinds", "kinds", Parse)
	var c catalogue
	c.all, c.faults = cardfile.Bind(all, func(o Objection) cardfile.Place { return cardfile.Place{ID: o.ID, File: o.File, IDLine: o.idLine} }, faults)
	slices.SortFunc(c.all, func(a, b Objection) int { return strings.Compare(a.ID, b.ID) })
	return c
})

// All is the whole catalogue.
func All() []Objection { return builtin().all }

// Faults lists what is wrong with those that were refused.
func Faults() []cardfile.Fault { return builtin().faults }

// ByID finds an objection.
func ByID(id string) (Objection, bool) {
	at := slices.IndexFunc(All(), func(o Objection) bool { return o.ID == id })
	if at < 0 {
		return Objection{}, false
	}
	return All()[at], true
}

// Likely lists those that are likely for a kind of ask: the ones for few kinds first, since they
// say most about this one.
func Likely(kind string) []Objection {
	likely := slices.DeleteFunc(slices.Clone(All()), func(o Objection) bool { return !o.IsFor(kind) })
	breadth := func(o Objection) int {
		if slices.Contains(o.Asks, Any) {
			return len(kinds)
		}
		return len(o.Asks)
	}
	slices.SortStableFunc(likely, func(a, b Objection) int { return cmp.Compare(breadth(a), breadth(b)) })
	return likely
}

// front is the front matter of an objection.
type front struct {
	ID   string   `yaml:"id"`
	Says string   `yaml:"says"`
	Asks []string `yaml:"asks"`
}

var frontHolds = cardfile.Front{Fields: "id, says and asks", Lists: "asks is a list"}

const mostSays = 120

// Parse reads one objection. It returns every fault that it finds; an objection with any is not to
// be used.
func Parse(file string, text []byte) (Objection, []cardfile.Fault) {
	var f front
	r, ok := cardfile.Read(file, text, &f, frontHolds)
	o := Objection{File: file}
	if !ok {
		return o, r.Faults()
	}
	r.ID(f.ID, "who-does-your-work")
	o.ID, o.idLine = f.ID, r.Line("id")
	o.Says = strings.TrimSpace(f.Says)
	switch {
	case o.Says == "":
		r.Refuse(r.Line("says"), "says is missing: write the objection as one would say it")
	case utf8.RuneCountInString(o.Says) > mostSays, strings.Contains(o.Says, "\n"):
		r.Refuse(r.Line("says"), "says is longer than a sentence: write at most %d letters", mostSays)
	}
	for _, kind := range f.Asks {
		if !slices.Contains(kinds, kind) {
			r.Refuse(r.Line("asks"), "asks holds %q: write %s", kind, strings.Join(kinds, ", "))
		}
	}
	if o.Asks = f.Asks; len(f.Asks) == 0 {
		r.Refuse(r.Line("asks"), "asks is missing: say for which asks it is likely, such as asks: [money, time]")
	}
	r.Sections([]cardfile.Section{
		{Heading: "What is behind it", Text: &o.Behind},
		{Heading: "How to answer it", Text: &o.Answer},
		{Heading: "What not to say", Text: &o.Not},
	}, true)
	return o, r.Faults()
}
