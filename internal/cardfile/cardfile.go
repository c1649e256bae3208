// Package cardfile reads cards: Markdown files with front matter, as the question library and
// the catalogue of activities keep them. It says of every fault where it is and what to do.
package cardfile

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A Fault is one thing that keeps a card out: where it is and what to do about it.
type Fault struct {
	File   string
	Line   int // from 1; 0 where the whole file is meant
	Reason string
}

func (f Fault) Error() string {
	if f.Line == 0 {
		return f.File + ": " + f.Reason
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Reason)
}

// Most is the size of a card's file beyond which it is surely something else.
const Most = 64 << 10

// mostFront is how long front matter is at most: the YAML library's work grows faster than it.
const mostFront = 16 << 10

// mostNested is how deeply lists stand in one another.
const mostNested = 4

// alias is an anchor or a reference where a value begins. What refers to itself many times over
// unfolds without an end.
var alias = regexp.MustCompile(`(?m)(?:^|[:\-,\[{])[ \t]*[&*][\w]+[ \t]*(?:$|[,\]}\[{])`)

// nests tells of lists within lists within lists, and of references.
func nests(matter string) bool {
	deep := 0
	for _, c := range []byte(matter) {
		switch c {
		case '[', '{':
			if deep++; deep > mostNested {
				return true
			}
		case ']', '}', '\n':
			deep = max(0, deep-1)
		}
	}
	return alias.MatchString(matter)
}

// A Reading is a card while it is being read.
type Reading struct {
	File   string
	lines  map[string]int // the line of each field of the front matter
	end    int            // the line that ends the front matter
	body   string
	faults []Fault
}

// A Front says what the front matter of a kind of card holds, for the one who mends it.
type Front struct {
	Fields string // its names, as a sentence goes on after "the fields are"
	Lists  string // which of them are lists, as a sentence begins
}

// Read parts a card and decodes its front matter strictly into fields, a pointer to a struct
// with yaml tags. Where that is not possible, ok is false and Faults says why.
func Read(file string, text []byte, fields any, front Front) (r *Reading, ok bool) {
	r = &Reading{File: file, lines: map[string]int{}}
	matter, ok := r.split(text)
	return r, ok && r.decode(matter, fields, front)
}

// Refuse notes a fault. Line is that of a field, or one that stands in the file.
func (r *Reading) Refuse(line int, reason string, args ...any) {
	r.faults = append(r.faults, Fault{File: r.File, Line: line, Reason: fmt.Sprintf(reason, args...)})
}

// Line is where a field stands; a missing one is reported where the front matter ends.
func (r *Reading) Line(field string) int {
	if n := r.lines[field]; n > 0 {
		return n
	}
	return r.end
}

// Faults are all that was found, in the order of the file.
func (r *Reading) Faults() []Fault {
	slices.SortStableFunc(r.faults, func(a, b Fault) int { return a.Line - b.Line })
	return r.faults
}

// split parts the front matter from the text below it.
func (r *Reading) split(text []byte) (matter string, ok bool) {
	switch {
	case len(text) > Most:
		r.Refuse(0, "the file is larger than %d KB: a card is a page of text", Most>>10)
		return "", false
	case !utf8.Valid(text):
		r.Refuse(1, "the file is not in UTF-8: save it in that encoding")
		return "", false
	}
	all := strings.ReplaceAll(string(bytes.TrimPrefix(text, []byte("\ufeff"))), "\r\n", "\n")
	rest, found := strings.CutPrefix(all, "---\n")
	if !found {
		r.Refuse(1, "a card begins with front matter: a line ---, the fields, and a line --- again")
		return "", false
	}
	matter, r.body, found = strings.Cut("\n"+rest, "\n---\n")
	if !found {
		r.Refuse(1, "the front matter has no end: put a line --- after the fields")
		return "", false
	}
	r.end = 1 + strings.Count(matter, "\n") + 1
	if len(matter) > mostFront || nests(matter) {
		r.Refuse(1, "the front matter is more than a page, or nested in itself: write plain fields and lists")
		return "", false
	}
	return strings.TrimPrefix(matter, "\n"), true
}

// decode reads the fields strictly and notes the line of each.
func (r *Reading) decode(matter string, fields any, front Front) (ok bool) {
	defer func() {
		// The YAML library panics on some texts with tags (!x) that it cannot make sense of.
		if recover() != nil {
			r.Refuse(r.end, "the front matter cannot be read: write plain fields and lists, without tags (!) and anchors (&)")
			ok = false
		}
	}()
	if err := yaml.UnmarshalWithOptions([]byte(matter), fields, yaml.Strict()); err != nil {
		r.refuseYAML(err, front)
		return false
	}
	file, err := parser.ParseBytes([]byte(matter), 0)
	if err == nil && len(file.Docs) > 0 {
		r.note("", file.Docs[0].Body)
	}
	return true
}

func (r *Reading) refuseYAML(err error, front Front) {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		r.Refuse(r.end, "the front matter cannot be read: %s", firstLine(err.Error()))
		return
	}
	line := at.GetToken().Position.Line + 1
	var unknown *yaml.UnknownFieldError
	var mismatch *yaml.TypeError
	var shape *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		r.Refuse(line, "%s: the fields are %s", firstLine(at.GetMessage()), front.Fields)
	case errors.As(err, &mismatch), errors.As(err, &shape):
		r.Refuse(line, `this value has another shape than its field: %s ([a, b]), the others one line of text; a text that begins with { or holds ": " goes in double quotes`, front.Lists)
	default:
		r.Refuse(line, "the front matter cannot be read: %s; look for a missing quote or colon here and in the line before", firstLine(at.GetMessage()))
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (r *Reading) note(prefix string, node ast.Node) {
	mapping, ok := node.(*ast.MappingNode)
	if !ok {
		return
	}
	for _, value := range mapping.Values {
		name := prefix + value.Key.String()
		r.lines[name] = value.Key.GetToken().Position.Line + 1
		r.note(name+".", value.Value)
	}
}

var slug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// IsID tells whether a text can be the name that a card goes by.
func IsID(id string) bool { return slug.MatchString(id) && len(id) <= 60 }

// ID checks the name that a card goes by in addresses and in other cards.
func (r *Reading) ID(id, example string) {
	if !IsID(id) {
		r.Refuse(r.Line("id"), "id is %q: write up to 60 small letters, figures and single hyphens, such as %s", id, example)
	}
}

// Next checks the ids of the cards that follow on this one, and returns those that can.
func (r *Reading) Next(id string, next []string) []string {
	var kept []string
	for _, to := range next {
		switch {
		case to == id:
			r.Refuse(r.Line("next"), "next leads from the card to itself: leave %q out", to)
		case slices.Contains(kept, to):
			r.Refuse(r.Line("next"), "next holds %q twice: once is enough", to)
		default:
			kept = append(kept, to)
		}
	}
	return kept
}

// A Section is one text below the front matter, and where it is put.
type Section struct {
	Heading string
	Text    *string
}

// Sections reads the texts below the front matter, each of them at most once and none besides; all
// of them have to be there where the card is to be complete.
func (r *Reading) Sections(targets []Section, complete bool) {
	var into *string
	for i, line := range strings.Split(r.body, "\n") {
		at := r.end + 1 + i
		heading, isHeading := strings.CutPrefix(line, "## ")
		switch {
		case isHeading:
			into = r.begin(at, heading, targets)
		case into != nil:
			*into += line + "\n"
		case strings.TrimSpace(line) != "":
			r.Refuse(at, "this text stands in no section: put it below a heading such as ## %s", targets[0].Heading)
			into = new(string)
		}
	}
	for _, t := range targets {
		if *t.Text = strings.TrimSpace(*t.Text); *t.Text == "" && complete {
			r.Refuse(r.end, "the section %q is missing: write ## %s and a paragraph below it", t.Heading, t.Heading)
		}
	}
}

// begin finds where the text below a heading belongs. That of an unknown section is read to its
// end and dropped, with the fault.
func (r *Reading) begin(at int, heading string, targets []Section) *string {
	heading = strings.TrimSpace(strings.ReplaceAll(heading, "’", "'"))
	for _, t := range targets {
		if t.Heading != heading {
			continue
		}
		if *t.Text != "" {
			r.Refuse(at, "section %q stands here a second time: put its text together", heading)
		}
		return t.Text
	}
	r.Refuse(at, "there is no section %q: the sections are %s", heading, headings(targets))
	return new(string)
}

func headings(targets []Section) string {
	names := make([]string, len(targets))
	for i, t := range targets {
		names[i] = t.Heading
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
