package portable

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/org"
)

// node is a schema of the words of JSON Schema, draft 2020-12, that person.schema.json uses. The tests
// hold what it finds against a library that knows all of them; the library takes more memory at rest
// than all pages together, which is why it is not here.
type node struct {
	Schema      string `json:"$schema"`
	ID          string `json:"$id"`
	Title       string `json:"title"`
	Description string `json:"description"`

	Defs map[string]*node `json:"$defs"`
	Ref  string           `json:"$ref"`
	is   *node            // what Ref names

	Type              string              `json:"type"`
	Const             any                 `json:"const"`
	Enum              []any               `json:"enum"`
	MinLength         int                 `json:"minLength"` // in characters
	MaxLength         *int                `json:"maxLength"`
	Pattern           *pattern            `json:"pattern"`
	Format            string              `json:"format"`
	Minimum           *int64              `json:"minimum"`
	Maximum           *int64              `json:"maximum"`
	MinItems          int                 `json:"minItems"`
	MaxItems          *int                `json:"maxItems"`
	Items             *node               `json:"items"`
	MaxProperties     *int                `json:"maxProperties"`
	Required          []string            `json:"required"`
	Properties        map[string]*node    `json:"properties"`
	Additional        *additional         `json:"additionalProperties"`
	DependentRequired map[string][]string `json:"dependentRequired"`
}

type pattern struct{ *regexp.Regexp }

func (p *pattern) UnmarshalJSON(text []byte) (err error) {
	var words string
	if err = json.Unmarshal(text, &words); err == nil {
		p.Regexp, err = regexp.Compile(words)
	}
	return err
}

// additional is what is said of properties without a name in the schema: nothing may stand there, or what fits.
type additional struct {
	allowed bool
	fits    *node
}

func (a *additional) UnmarshalJSON(text []byte) error {
	if err := json.Unmarshal(text, &a.allowed); err == nil {
		return nil
	}
	a.allowed = true
	return strictly(text, &a.fits)
}

// schema is that of person.json. It is part of the program, and a test reads it.
var schema = sync.OnceValue(func() *node {
	s, err := readSchema(schemaText)
	if err != nil {
		panic(err)
	}
	return s
})

// readSchema refuses words that node does not know.
func readSchema(text []byte) (*node, error) {
	var top node
	if err := strictly(text, &top); err != nil {
		return nil, err
	}
	return &top, top.resolve(top.Defs)
}

func strictly(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	d.UseNumber()
	return d.Decode(into)
}

func (n *node) resolve(defs map[string]*node) error {
	if n == nil {
		return nil
	}
	if n.Ref != "" {
		if n.is = defs[strings.TrimPrefix(n.Ref, "#/$defs/")]; n.is == nil {
			return fmt.Errorf("nothing is called %s", n.Ref)
		}
	}
	below := []*node{n.Items}
	if n.Additional != nil {
		below = append(below, n.Additional.fits)
	}
	below = slices.AppendSeq(slices.AppendSeq(below, maps.Values(n.Properties)), maps.Values(n.Defs))
	var failures []error
	for _, each := range below {
		failures = append(failures, each.resolve(defs))
	}
	return errors.Join(failures...)
}

// readTree reads JSON, with its numbers as they are written.
func readTree(text []byte) (any, error) {
	var tree any
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&tree); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows")
	}
	return tree, nil
}

// check names the first place where a value does not fit, and says why not.
func (n *node) check(place string, value any) error {
	if n.is != nil {
		if err := n.is.check(place, value); err != nil {
			return err
		}
	}
	if why := n.misfit(value); why != "" {
		return org.Misplaced(cmp.Or(place, "/"), why)
	}
	switch value := value.(type) {
	case map[string]any:
		return n.checkProperties(place, value)
	case []any:
		for i, each := range value {
			if n.Items == nil {
				break
			}
			if err := n.Items.check(fmt.Sprintf("%s/%d", place, i), each); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *node) checkProperties(place string, value map[string]any) error {
	for _, name := range slices.Sorted(maps.Keys(value)) {
		fits := n.Properties[name]
		if fits == nil && n.Additional != nil {
			fits = n.Additional.fits
		}
		if fits == nil {
			continue
		}
		if err := fits.check(place+"/"+name, value[name]); err != nil {
			return err
		}
	}
	return nil
}

// misfit says why a value, without what is in it, is not what the schema wants; "" where it is.
func (n *node) misfit(value any) string {
	if is := typeOf(value); n.Type != "" && is != n.Type {
		return "this is " + is + " and has to be " + n.Type
	}
	if n.Const != nil && value != n.Const {
		return fmt.Sprintf("this has to be %v", n.Const)
	}
	if n.Enum != nil && !slices.Contains(n.Enum, value) {
		return "this has to be one of " + listed(n.Enum)
	}
	switch value := value.(type) {
	case string:
		return n.misfitText(value)
	case json.Number:
		if at, err := value.Int64(); err == nil {
			return n.misfitNumber(at)
		}
	case []any:
		if n.MaxItems != nil && len(value) > *n.MaxItems || len(value) < n.MinItems {
			return fmt.Sprintf("this list has %d items, which is not how many it can have", len(value))
		}
	case map[string]any:
		return n.misfitObject(value)
	}
	return ""
}

func (n *node) misfitText(text string) string {
	length := utf8.RuneCountInString(text)
	switch {
	case length < n.MinLength:
		return "this is too short, or empty"
	case n.MaxLength != nil && length > *n.MaxLength:
		return fmt.Sprintf("this has %d characters, and can have %d", length, *n.MaxLength)
	case n.Pattern != nil && !n.Pattern.MatchString(text):
		return "this does not have the form " + n.Pattern.String()
	case n.Format == "date" && !isDate(text):
		return "this is no day, as 2026-11-23 is"
	case n.Format == "date-time" && !isTime(text):
		return "this is no time, as 2026-11-23T09:30:00Z is"
	}
	return ""
}

func (n *node) misfitNumber(at int64) string {
	switch {
	case n.Minimum != nil && at < *n.Minimum:
		return fmt.Sprintf("this has to be %d or more", *n.Minimum)
	case n.Maximum != nil && at > *n.Maximum:
		return fmt.Sprintf("this has to be %d or less", *n.Maximum)
	}
	return ""
}

func (n *node) misfitObject(value map[string]any) string {
	for _, name := range n.Required {
		if _, there := value[name]; !there {
			return "“" + name + "” is missing"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(value)) {
		for _, other := range n.DependentRequired[name] {
			if _, there := value[other]; !there {
				return "“" + other + "” is missing beside “" + name + "”"
			}
		}
		if n.Properties[name] == nil && n.Additional != nil && !n.Additional.allowed {
			return "nothing called “" + name + "” belongs here"
		}
	}
	if n.MaxProperties != nil && len(value) > *n.MaxProperties {
		return fmt.Sprintf("this holds %d things, and can hold %d", len(value), *n.MaxProperties)
	}
	return ""
}

// typeOf is the type of a value in the words of JSON Schema. A number counts as an integer where it is written as one.
func typeOf(value any) string {
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case string:
		return "string"
	case []any:
		return "array"
	case map[string]any:
		return "object"
	case json.Number:
		if _, err := strconv.ParseInt(value.String(), 10, 64); err == nil {
			return "integer"
		}
	}
	return "number"
}

func listed(values []any) string {
	words := make([]string, len(values))
	for i, each := range values {
		words[i] = fmt.Sprintf("“%v”", each)
	}
	return strings.Join(words, ", ")
}

func isDate(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

func isTime(text string) bool {
	_, err := time.Parse(time.RFC3339Nano, text)
	return err == nil
}
