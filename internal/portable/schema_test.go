package portable

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// FuzzSchema changes a value that fits in one place after the other, at random, and holds what the schema
// says of it against what a library says that knows all of JSON Schema. The file is a small one of each kind
// of thing; the export as a whole is held against the same library by the other tests.
func FuzzSchema(f *testing.F) {
	for range 150 {
		f.Add(rand.Uint64())
	}
	oracle := compiled(f)
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, 1))
		var value any = example(r, schema(), 0)
		if err := schema().check("", value); err != nil {
			t.Fatalf("seed %d: the example does not fit: %v", seed, err)
		}
		for range 30 {
			value = changed(r, value)
			ours, theirs := schema().check("", value), oracle.Validate(value)
			if (ours == nil) != (theirs == nil) {
				text, _ := json.Marshal(value)
				t.Fatalf("seed %d: we say %v, the library says %v, of %s", seed, ours, theirs, text)
			}
			if ours != nil {
				value = example(r, schema(), 0)
			}
		}
	})
}

func TestAWordThatTheSchemaCheckDoesNotKnowIsRefused(t *testing.T) {
	for _, text := range []string{
		`{"type": "object", "propertyNames": {"maxLength": 3}}`,
		`{"properties": {"a": {"uniqueItems": true}}}`,
		`{"additionalProperties": {"anyOf": []}}`,
		`{"$ref": "#/$defs/nobody"}`,
	} {
		if _, err := readSchema([]byte(text)); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	text, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema", text); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("schema")
}

// example is a value that fits a schema.
func example(r *rand.Rand, n *node, depth int) any {
	if n.is != nil {
		n = n.is
	}
	switch {
	case n.Const != nil:
		return n.Const
	case n.Enum != nil:
		return n.Enum[r.IntN(len(n.Enum))]
	}
	switch n.Type {
	case "boolean":
		return r.IntN(2) == 0
	case "integer":
		at := int64(1)
		if n.Minimum != nil {
			at = max(at, *n.Minimum)
		}
		if n.Maximum != nil {
			at = min(at, *n.Maximum)
		}
		return json.Number(fmt.Sprint(at))
	case "array":
		list := []any{}
		for len(list) < max(n.MinItems, min(1, 6-depth)) {
			list = append(list, example(r, n.Items, depth+1))
		}
		return list
	case "object":
		value := map[string]any{}
		for name, fits := range n.Properties {
			if slices.Contains(n.Required, name) || n.DependentRequired == nil && depth < 6 && r.IntN(3) > 0 {
				value[name] = example(r, fits, depth+1)
			}
		}
		return value
	}
	return exampleText(n)
}

func exampleText(n *node) string {
	candidates := []string{
		"Learned to say no", "2026-02-28", "2026-02-28T09:30:00Z", "EUR", "https://example.org", "me", "a-b", strings.Repeat("0a", 32),
		"01a207a2-3286-79c6-8000-03a026ab4c11", "DE",
	}
	for _, text := range candidates {
		if n.misfitText(text) == "" {
			return text
		}
	}
	panic(fmt.Sprintf("no text fits %+v", n))
}

// changed is the value with another thing in one place of it.
func changed(r *rand.Rand, value any) any {
	others := []any{
		nil, true, "", "x", "me", "2026-02-30", "2026-02-28", "0001-01-01T00:00:00Z", "2026-02-28T25:00:00Z", "javascript:alert(1)", "EURO",
		strings.Repeat("ü", 201), strings.Repeat("x", 50_001), json.Number("-1"), json.Number("3"), json.Number("1.5"), json.Number("99999999999999"),
		[]any{}, map[string]any{}, map[string]any{"id": "x"}, []any{"x"},
	}
	switch node := value.(type) {
	case map[string]any:
		names := slices.Sorted(maps.Keys(node))
		switch {
		case len(names) == 0 || r.IntN(12) == 0:
			return with(node, "unknown", others[r.IntN(len(others))])
		case r.IntN(10) == 0:
			without := maps.Clone(node)
			delete(without, names[r.IntN(len(names))])
			return without
		}
		name := names[r.IntN(len(names))]
		return with(node, name, changed(r, node[name]))
	case []any:
		if len(node) > 0 && r.IntN(5) > 0 {
			list := slices.Clone(node)
			at := r.IntN(len(list))
			list[at] = changed(r, list[at])
			return list
		}
		return append(slices.Clone(node), slices.Clone(node)...)
	}
	return others[r.IntN(len(others))]
}

func with(object map[string]any, name string, value any) map[string]any {
	object = maps.Clone(object)
	object[name] = value
	return object
}
