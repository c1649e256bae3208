// Package shape holds the shape of each kind of conversation: its sections, the cards of the
// question library that lead through them, and which facts stand where. The words are files; it
// knows no people.
package shape

import (
	"embed"
	"slices"
	"sync"

	"github.com/ownward/ownward/internal/cardfile"
)

// A Shape is that of one kind of conversation.
type Shape struct {
	Kind     string
	Sections []Section
}

// A Section is a part of a conversation.
type Section struct {
	ID     string
	Title  string
	About  string   // a line that says what it is for
	Asks   string   // of a sprint: the question that closes it
	Mine   []string // cards for the one whose growth it is about
	Theirs []string // cards for the other side
	Facts  []string // what of the facts stands here; see Facts
}

// Facts are the kinds of facts that an agenda is made from.
var Facts = []string{
	"promise", "ask", "answer", "criterion", "question", "proposal", "comment", "copy",
	"goal", "closed goal", "review", "win", "skill", "direction", "date", "expectation", "feedback",
}

//go:embed kinds/*.md
var embedded embed.FS

type catalogue struct {
	all    []Shape
	faults []cardfile.Fault
}

var builtin = sync.OnceValue(func() catalogue {
	all, faults := cardfile.Folder(embedded, "kinds", "kinds", Parse)
	return catalogue{all, faults}
})

// Faults lists what is wrong with the shapes that were refused.
func Faults() []cardfile.Fault { return builtin().faults }

// All are the shapes of all kinds that have one.
func All() []Shape { return builtin().all }

// Of is the shape of a kind of conversation; one without sections where the kind has none.
func Of(kind string) Shape {
	for _, s := range builtin().all {
		if s.Kind == kind {
			return s
		}
	}
	return Shape{Kind: kind}
}

// Has tells whether the shape has that section; every shape has the one without a name, for
// whatever else there is to talk about.
func (s Shape) Has(section string) bool { return section == "" || s.At(section) < len(s.Sections) }

// At is the place of a section; whatever is in none comes last.
func (s Shape) At(section string) int {
	for n, each := range s.Sections {
		if each.ID == section {
			return n
		}
	}
	return len(s.Sections)
}

// For is the section in which a kind of fact stands, "" for none.
func (s Shape) For(fact string) string {
	for _, each := range s.Sections {
		if slices.Contains(each.Facts, fact) {
			return each.ID
		}
	}
	return ""
}

// front is the file of a shape.
type front struct {
	ID       string `yaml:"id"`
	Sections []struct {
		ID     string   `yaml:"id"`
		Title  string   `yaml:"title"`
		About  string   `yaml:"about"`
		Asks   string   `yaml:"asks"`
		Mine   []string `yaml:"mine"`
		Theirs []string `yaml:"theirs"`
		Facts  []string `yaml:"facts"`
	} `yaml:"sections"`
}

var frontHolds = cardfile.Front{
	Fields: "id and sections, of which each has id, title, about, asks, mine, theirs and facts",
	Lists:  "sections, mine, theirs and facts are lists",
}

// Parse reads one shape. It returns every fault that it finds; a shape with any is not to be used.
func Parse(file string, text []byte) (Shape, []cardfile.Fault) {
	var f front
	r, ok := cardfile.Read(file, text, &f, frontHolds)
	s := Shape{Kind: f.ID}
	if !ok {
		return s, r.Faults()
	}
	r.ID(f.ID, "align")
	if len(f.Sections) == 0 {
		r.Refuse(r.Line("sections"), "sections is missing: write at least one")
	}
	for _, each := range f.Sections {
		section := Section(each)
		if !cardfile.IsID(section.ID) || s.At(section.ID) < len(s.Sections) {
			r.Refuse(r.Line("sections"), "the section %q needs an id of its own, such as goals", section.ID)
		}
		if section.Title == "" || section.About == "" {
			r.Refuse(r.Line("sections"), "the section %q needs a title and a line about it", section.ID)
		}
		for _, fact := range section.Facts {
			if !slices.Contains(Facts, fact) {
				r.Refuse(r.Line("sections"), "%q is no kind of fact: see Facts", fact)
			}
		}
		s.Sections = append(s.Sections, section)
	}
	return s, r.Faults()
}
