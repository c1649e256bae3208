package question

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

// A Fault is one thing that keeps a card out of the library: where it is and what to do about it.
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

// maxCard is the size of a card's file beyond which it is surely something else.
const maxCard = 64 << 10

// front is the front matter of a card.
type front struct {
	ID          string        `yaml:"id"`
	Stage       string        `yaml:"stage"`
	For         []string      `yaml:"for"`
	By          string        `yaml:"by"`
	Question    string        `yaml:"question"`
	Helper      string        `yaml:"helper"`
	Beneficiary string        `yaml:"beneficiary"`
	Scopes      []string      `yaml:"scopes"`
	Shifted     string        `yaml:"shifted"`
	Narrowed    frontNarrowed `yaml:"narrowed"`
	Next        []string      `yaml:"next"`
}

type frontNarrowed struct {
	Task  string `yaml:"task"`
	Skill string `yaml:"skill"`
	Week  string `yaml:"week"`
}

const fieldNames = "id, stage, for, by, question, helper, beneficiary, scopes, shifted, narrowed (task, skill, week) and next"

// Parse reads one card. It returns every fault that it finds; a card with any is not to be used.
func Parse(file string, text []byte) (Card, []Fault) {
	r := reading{card: Card{File: file}, lines: map[string]int{}}
	matter, body, ok := r.split(text)
	if !ok {
		return r.card, r.faults
	}
	var f front
	if !r.decode(matter, &f) {
		return r.card, r.faults
	}
	r.identity(f)
	r.wording(f)
	r.slots(f)
	r.sections(body)
	slices.SortStableFunc(r.faults, func(a, b Fault) int { return a.Line - b.Line })
	return r.card, r.faults
}

// A reading is a card while it is being read.
type reading struct {
	card   Card
	lines  map[string]int // the line of each field of the front matter
	end    int            // the line that ends the front matter
	faults []Fault
}

func (r *reading) refuse(line int, reason string, args ...any) {
	r.faults = append(r.faults, Fault{File: r.card.File, Line: line, Reason: fmt.Sprintf(reason, args...)})
}

// line is where a field stands; a missing one is reported where the front matter ends.
func (r *reading) line(field string) int {
	if n := r.lines[field]; n > 0 {
		return n
	}
	return r.end
}

// split parts the front matter from the text below it.
func (r *reading) split(text []byte) (matter, body string, ok bool) {
	switch {
	case len(text) > maxCard:
		r.refuse(0, "the file is larger than %d KB: a card is a page of text", maxCard>>10)
		return "", "", false
	case !utf8.Valid(text):
		r.refuse(1, "the file is not in UTF-8: save it in that encoding")
		return "", "", false
	}
	all := strings.ReplaceAll(string(bytes.TrimPrefix(text, []byte("\ufeff"))), "\r\n", "\n")
	rest, found := strings.CutPrefix(all, "---\n")
	if !found {
		r.refuse(1, "a card begins with front matter: a line ---, the fields, and a line --- again")
		return "", "", false
	}
	matter, body, found = strings.Cut("\n"+rest, "\n---\n")
	if !found {
		r.refuse(1, "the front matter has no end: put a line --- after the fields")
		return "", "", false
	}
	r.end = 1 + strings.Count(matter, "\n") + 1
	return strings.TrimPrefix(matter, "\n"), body, true
}

// decode reads the fields strictly and notes the line of each.
func (r *reading) decode(matter string, f *front) (ok bool) {
	defer func() {
		// The YAML library panics on some texts with tags (!x) that it cannot make sense of.
		if recover() != nil {
			r.refuse(r.end, "the front matter cannot be read: write plain fields and lists, without tags (!) and anchors (&)")
			ok = false
		}
	}()
	if err := yaml.UnmarshalWithOptions([]byte(matter), f, yaml.Strict()); err != nil {
		r.refuseYAML(err)
		return false
	}
	file, err := parser.ParseBytes([]byte(matter), 0)
	if err == nil && len(file.Docs) > 0 {
		r.note("", file.Docs[0].Body)
	}
	return true
}

func (r *reading) refuseYAML(err error) {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil {
		r.refuse(r.end, "the front matter cannot be read: %s", firstLine(err.Error()))
		return
	}
	line := at.GetToken().Position.Line + 1
	var unknown *yaml.UnknownFieldError
	var mismatch *yaml.TypeError
	var shape *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(err, &unknown):
		r.refuse(line, "%s: the fields are %s", firstLine(at.GetMessage()), fieldNames)
	case errors.As(err, &mismatch), errors.As(err, &shape):
		r.refuse(line, `this value has another shape than its field: for, scopes and next are lists ([a, b]), the others one line of text; a text that begins with { or holds ": " goes in double quotes`)
	default:
		r.refuse(line, "the front matter cannot be read: %s; look for a missing quote or colon here and in the line before", firstLine(at.GetMessage()))
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (r *reading) note(prefix string, node ast.Node) {
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

// identity reads what the card is, where it belongs and where it leads.
func (r *reading) identity(f front) {
	c := &r.card
	c.ID, c.idLine = f.ID, r.line("id")
	if !slug.MatchString(f.ID) || len(f.ID) > 60 {
		r.refuse(c.idLine, "id is %q: write up to 60 small letters, figures and single hyphens, such as who-else-could-help", f.ID)
	}
	c.Stage = Stage(f.Stage)
	if !slices.Contains(Stages, c.Stage) {
		r.refuse(r.line("stage"), "stage is %q: write %s", f.Stage, quotedList(Stages))
	}
	for _, name := range f.For {
		a := Audience(name)
		switch {
		case !slices.Contains(Audiences, a):
			r.refuse(r.line("for"), "for holds %q: write %s", name, quotedList(Audiences))
		case c.IsFor(a):
			r.refuse(r.line("for"), "for holds %q twice: once is enough", name)
		default:
			c.For = append(c.For, a)
		}
	}
	if len(f.For) == 0 {
		r.refuse(r.line("for"), "for is missing: say whom to ask, such as for: [manager]")
	}
	if c.By = Asker(f.By); c.By == "" {
		c.By = ByAnyone
	}
	if c.By != ByAnyone && c.By != ByManager {
		r.refuse(r.line("by"), "by is %q: write anyone or manager", f.By)
	}
	c.nextLine = r.line("next")
	for _, id := range f.Next {
		switch {
		case id == f.ID:
			r.refuse(c.nextLine, "next leads from the card to itself: leave %q out", id)
		case slices.Contains(c.Next, id):
			r.refuse(c.nextLine, "next holds %q twice: once is enough", id)
		default:
			c.Next = append(c.Next, id)
		}
	}
}

// wording reads the question and its other forms.
func (r *reading) wording(f front) {
	c := &r.card
	c.question = r.sentence("question", f.Question)
	if f.Shifted != "" {
		c.shifted = r.sentence("shifted", f.Shifted)
	} else if !c.question.uses(helperSlot) || !c.question.uses(beneficiarySlot) {
		r.refuse(r.line("shifted"), "shifted is missing: it can be left out only where the question has a helper and a beneficiary to exchange")
	}
	for _, n := range []struct {
		field, to, text string
		scope           Scope
	}{
		{"narrowed.task", "one task", f.Narrowed.Task, Task},
		{"narrowed.skill", "one skill", f.Narrowed.Skill, Skill},
		{"narrowed.week", "one week", f.Narrowed.Week, ""},
	} {
		if n.text != "" {
			c.narrowed = append(c.narrowed, narrowed{n.to, n.scope, r.sentence(n.field, n.text)})
		}
	}
	if len(c.narrowed) == 0 {
		r.refuse(r.line("narrowed"), "narrowed is missing: write the question for one task, one skill or one week")
	}
}

func (r *reading) sentence(field, text string) Sentence {
	s, reasons := parseSentence(text)
	for _, reason := range reasons {
		r.refuse(r.line(field), "%s: %s", field, reason)
	}
	if r.card.IsFor(ForSelf) && (s.says("you") || s.says("your")) {
		r.refuse(r.line(field), `%s: a question to oneself says "I", not "you"`, field)
	}
	return s
}

// slots reads what stands in the slots unless the asker chooses otherwise.
func (r *reading) slots(f front) {
	c := &r.card
	c.helper = r.part("helper", f.Helper, whoeverIsAsked)
	if c.helper == whoeverIsAsked {
		c.helper = ""
	}
	c.beneficiary = r.part("beneficiary", f.Beneficiary, Myself)
	for _, name := range f.Scopes {
		if !slices.Contains(Scopes, Scope(name)) || slices.Contains(c.scopes, Scope(name)) {
			r.refuse(r.line("scopes"), "scopes holds %q: write each of %s at most once", name, quotedList(Scopes))
			continue
		}
		c.scopes = append(c.scopes, Scope(name))
	}
	if len(c.scopes) == 0 {
		c.scopes = Scopes
	}
	if c.IsFor(ForSelf) && len(c.For) > 1 {
		r.refuse(r.line("for"), "a card for self is for nobody else: a question to oneself says I, one to others says you; make two cards")
	}
}

func (r *reading) part(field, name string, usual Part) Part {
	switch p := Part(name); {
	case name == "":
		return usual
	case p == whoeverIsAsked, slices.Contains(Parts, p):
		return p
	}
	r.refuse(r.line(field), "%s is %q: write asked (whoever is asked), %s", field, name, quotedList(Parts))
	return usual
}

// sections reads the four texts below the front matter.
func (r *reading) sections(body string) {
	targets := []struct {
		heading string
		text    *string
	}{
		{"What I'm asking", &r.card.WhatIAsk},
		{"Who to ask", &r.card.WhoToAsk},
		{"What to expect", &r.card.Expect},
		{"When to ask", &r.card.When},
	}
	var into *string
	for i, line := range strings.Split(body, "\n") {
		at := r.end + 1 + i
		heading, isHeading := strings.CutPrefix(line, "## ")
		switch {
		case isHeading:
			into = new(string) // an unknown section is read to its end and dropped, with the fault
			heading = strings.TrimSpace(strings.ReplaceAll(heading, "’", "'"))
			known := false
			for _, t := range targets {
				if t.heading == heading {
					into, known = t.text, true
				}
			}
			if !known {
				r.refuse(at, "there is no section %q: the sections are What I'm asking, Who to ask, What to expect and When to ask", heading)
			} else if *into != "" {
				r.refuse(at, "section %q stands here a second time: put its text together", heading)
			}
		case into != nil:
			*into += line + "\n"
		case strings.TrimSpace(line) != "":
			r.refuse(at, "this text stands in no section: put it below a heading such as ## What I'm asking")
			into = new(string)
		}
	}
	for _, t := range targets {
		if *t.text = strings.TrimSpace(*t.text); *t.text == "" {
			r.refuse(r.end, "the section %q is missing: write ## %s and a paragraph below it", t.heading, t.heading)
		}
	}
}
