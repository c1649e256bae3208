package ladderfile

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/ownward/ownward/internal/csvfile"
)

// node is YAML as we read it: texts, lists and mappings, each with its line. There are no
// anchors, tags or merges in it, so that a text means what it says.
type node struct {
	kind   kind
	line   int
	text   string  // of a scalar
	items  []*node // of a list
	fields []field // of a mapping
}

type field struct {
	name  string
	line  int
	value *node
}

type kind uint8

const (
	nothing kind = iota // null
	scalar
	list
	mapping
)

// mostDeep is how deeply a file may be nested; mostYAML how large it may be: the parser calls
// itself at each level, and its work grows faster than the text.
const (
	mostDeep   = 60
	mostYAML   = 1 << 20
	mostFields = 2000 // of one thing: the parser holds each against all before it
)

// parseYAML reads one document. Lines are counted from the first line of the text plus above.
func parseYAML(text string, above int) (top *node, err error) {
	defer func() {
		// The library panics on some texts that it cannot make sense of.
		if recover() != nil {
			top, err = nil, unreadable(above+1, "the YAML cannot be read: write plain fields and lists, without tags (!) and anchors (&)")
		}
	}()
	if len(text) > mostYAML {
		return nil, unreadable(0, "there is more than %d MB of YAML: part it into a file for each framework", mostYAML>>20)
	}
	if err := odd(text, above); err != nil {
		return nil, err
	}
	file, err := parser.ParseBytes([]byte(text), 0)
	if err != nil {
		return nil, brokenYAML(err, above)
	}
	t := &tree{above: above}
	for _, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if top != nil {
			return nil, unreadable(above+line(doc.Body), "a second document begins here: a file holds one")
		}
		top = t.node(doc.Body, 0)
	}
	if top == nil {
		return nil, unreadable(above+1, "there is nothing here but comments")
	}
	return top, t.p.err()
}

// odd refuses what the parser would take in another way than it looks, or not bear.
func odd(text string, above int) error {
	var p problems
	deep := 0
	bare := 0               // items that begin on the next line
	fields := map[int]int{} // by indent, since a line that is further left
	for i, line := range strings.Split(text, "\n") {
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if strings.Contains(indent, "\t") && strings.TrimSpace(line) != "" {
			p.add(above+i+1, "a tab stands before the text: YAML is indented with spaces only")
		}
		deepest := deep
		for _, c := range []byte(line) {
			switch c {
			case '[', '{':
				deep++
			case ']', '}':
				deep = max(0, deep-1)
			}
			deepest = max(deepest, deep)
		}
		if deepest > mostDeep || strings.Count(line[:min(len(line), 400)], "- ") > mostDeep || strings.Count(line, "? ") > mostDeep || len(indent) > 4*mostDeep {
			return unreadable(above+i+1, "this is nested too deeply")
		}
		if strings.Contains(line, ":") {
			maps.DeleteFunc(fields, func(further, _ int) bool { return further > len(indent) })
			fields[len(indent)]++
		}
		if strings.TrimSpace(line) == "-" {
			bare++
		}
		if bare > 4*mostFields || fields[len(indent)] > mostFields || strings.Count(line, ":") > mostFields {
			return unreadable(above+i+1, "there are more than %d fields of one thing here", mostFields)
		}
	}
	return p.err()
}

func brokenYAML(err error, above int) error {
	var at yaml.Error
	if !errors.As(err, &at) || at.GetToken() == nil || at.GetToken().Position == nil {
		return unreadable(above+1, "the YAML cannot be read: %s", firstLine(err.Error()))
	}
	if strings.Contains(at.GetMessage(), "'\t'") {
		return unreadable(above+at.GetToken().Position.Line, "a tab stands here: YAML is indented with spaces only, on lines that look empty too")
	}
	return unreadable(above+at.GetToken().Position.Line, "the YAML cannot be read: %s; look for a missing quote or colon here and in the line before", firstLine(at.GetMessage()))
}

func firstLine(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// tree makes nodes of what the parser gives.
type tree struct {
	above int
	p     problems
}

func line(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}

func (t *tree) node(from ast.Node, deep int) *node {
	n := &node{line: t.above + line(from)}
	if deep > mostDeep {
		t.p.add(n.line, "this is nested too deeply")
		return n
	}
	switch from := from.(type) {
	case nil, *ast.NullNode:
	case *ast.StringNode:
		n.kind, n.text = scalar, from.Value
	case *ast.LiteralNode:
		n.kind, n.text = scalar, from.Value.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		n.kind, n.text = scalar, from.GetToken().Value
	case *ast.SequenceNode:
		n.kind = list
		for _, item := range from.Values {
			n.items = append(n.items, t.node(item, deep+1))
		}
	case *ast.MappingNode:
		n.kind = mapping
		for _, value := range from.Values {
			t.field(n, value, deep)
		}
	case *ast.MappingValueNode:
		n.kind = mapping
		t.field(n, from, deep)
	default:
		t.p.add(n.line, "anchors (&), references (*), tags (!) and merges (<<) are not read here: write the text itself")
	}
	return n
}

func (t *tree) field(n *node, from *ast.MappingValueNode, deep int) {
	at := t.above + line(from.Key)
	switch from.Key.(type) {
	case *ast.StringNode, *ast.IntegerNode, *ast.BoolNode, *ast.NullNode, *ast.FloatNode:
	default:
		t.p.add(at, "a name of a field is expected here")
		return
	}
	name := from.Key.GetToken().Value
	if n.field(name) != nil {
		t.p.add(at, "%s stands here twice", called(name))
		return
	}
	f := field{name: name, line: at, value: &node{line: at}}
	if from.Value != nil {
		f.value = t.node(from.Value, deep+1)
	}
	n.fields = append(n.fields, f)
}

// field finds the value of a field; nil where there is none.
func (n *node) field(name string) *node {
	for i := range n.fields {
		if n.fields[i].name == name {
			return n.fields[i].value
		}
	}
	return nil
}

// has tells whether the mapping has all of the fields.
func (n *node) has(names ...string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return n.field(name) == nil })
}

// called is a name from a file fit to be printed: short, in quotation marks.
func called(name string) string {
	name = csvfile.Tidy(name)
	if short := []rune(name); len(short) > 60 {
		name = string(short[:60]) + "…"
	}
	return fmt.Sprintf("%q", name)
}

// reader takes values out of a tree, and notes what is not as it should be.
type reader struct {
	p      problems
	unused []string
}

// strict refuses fields that are not among the known.
func (r *reader) strict(n *node, what string, known ...string) bool {
	if n.kind != mapping {
		r.p.add(n.line, "%s is written as fields (%s)", what, strings.Join(known, ", "))
		return false
	}
	for _, f := range n.fields {
		if !slices.Contains(known, f.name) {
			r.p.add(f.line, "%s is no field of %s: they are %s", called(f.name), what, strings.Join(known, ", "))
		}
	}
	return true
}

// loose notes the fields that are not among the known: they are not kept.
func (r *reader) loose(n *node, what string, known ...string) bool {
	if n.kind != mapping {
		r.p.add(n.line, "%s is written as fields (%s)", what, strings.Join(known, ", "))
		return false
	}
	for _, f := range n.fields {
		if !slices.Contains(known, f.name) {
			r.unused = append(r.unused, csvfile.Tidy(f.name))
		}
	}
	return true
}

// text is a field of one line; empty where it is missing.
func (r *reader) text(n *node, name string) string { return csvfile.Tidy(r.long(n, name)) }

// long is a field of any length; empty where it is missing.
func (r *reader) long(n *node, name string) string {
	v := n.field(name)
	if v == nil || v.kind == nothing {
		return ""
	}
	if v.kind != scalar {
		r.p.add(v.line, "%s is a text; in quotation marks where it begins with a bracket or holds a colon", name)
		return ""
	}
	return tidyLong(v.text)
}

// needed is a field of one line that has to be there.
func (r *reader) needed(n *node, what, name string) string {
	text := r.text(n, name)
	if v := n.field(name); text == "" && (v == nil || v.kind != mapping && v.kind != list) {
		r.p.add(n.line, "%s has no %s", what, name)
	}
	return text
}

// neededLong is a field of any length that has to be there.
func (r *reader) neededLong(n *node, what, name string) string {
	r.needed(n, what, name)
	return r.long(n, name)
}

// list is a field that holds a list; empty where it is missing.
func (r *reader) list(n *node, name string) []*node {
	v := n.field(name)
	switch {
	case v == nil || v.kind == nothing:
		return nil
	case v.kind != list:
		r.p.add(v.line, "%s is a list: each item begins with a hyphen", name)
		return nil
	}
	return v.items
}

// texts is a field that holds a list of texts.
func (r *reader) texts(n *node, name string) []string {
	var all []string
	for _, item := range r.list(n, name) {
		if item.kind != scalar {
			r.p.add(item.line, "%s is a list of texts; in quotation marks where one holds a colon", name)
			continue
		}
		if text := csvfile.Tidy(item.text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// level is a level of a skill.
func (r *reader) level(line int, text string) int {
	if len(text) == 1 && text[0] >= '0' && text[0] <= '0'+TopLevel {
		return int(text[0] - '0')
	}
	r.p.add(line, "%s is no level of a skill: they go from 0 to %d", called(text), TopLevel)
	return 0
}

// tidyLong trims each line of a text and leaves out empty lines at its ends.
func tidyLong(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = csvfile.Tidy(lines[i])
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
