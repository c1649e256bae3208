package portable

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Read reads an export. Errors are problem.Refused, and name the place.
func Read(content []byte) (File, error) {
	text, archive, err := unzip(content)
	if err != nil {
		return File{}, err
	}
	f, err := parse(text)
	if err != nil {
		return f, err
	}
	return f, f.unpackFiles(archive)
}

func parse(text []byte) (File, error) {
	var f File
	if values(text) > mostValues {
		return f, problem.Refuse("person.json holds more than %d values: no export does.", mostValues)
	}
	tree, err := readTree(text)
	if err != nil {
		return f, problem.Refused("person.json is damaged: it is no JSON.")
	}
	if err := checkFormat(tree); err != nil {
		return f, err
	}
	if place := findNUL("", tree); place != "" {
		return f, org.Misplaced(place, "this holds a character that no text has")
	}
	if err := schema().check("", tree); err != nil {
		return f, err
	}
	if err := json.Unmarshal(text, &f); err != nil {
		return f, problem.Refuse("person.json cannot be read: %v.", err)
	}
	keys := map[org.Key]bool{"": true, org.Myself: true}
	for _, c := range f.Contacts {
		keys[c.Key] = true
	}
	if place := findStranger("", reflect.ValueOf(f), keys); place != "" {
		return f, org.Misplaced(place, "nobody among the contacts of the file has this key")
	}
	return f, f.holdsTogether()
}

// mostValues is how many values person.json may hold. Each takes far more memory than its text, and a
// zip packs millions of them into nothing.
const mostValues = 250_000

// values is about how many values a JSON text holds: one more for each thing that opens and each comma.
func values(text []byte) int {
	n, within := 1, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case within && c == '\\':
			i++
		case c == '"':
			within = !within
		case !within && (c == ',' || c == '[' || c == '{'):
			n++
		}
	}
	return n
}

// checkFormat speaks of the version before anything else, which may differ in every respect.
func checkFormat(tree any) error {
	top, _ := tree.(map[string]any)
	if top["format"] != format {
		return problem.Refused("/format: this is not the export of a person from Ownward.")
	}
	number, _ := top["version"].(json.Number)
	n, err := number.Int64()
	switch {
	case err != nil || n < 1:
		return problem.Refuse("/version: there is no version %v of this file.", top["version"])
	case n > version:
		return problem.Refuse("/version: this file has version %d and this program reads up to version %d: it comes from a newer Ownward. Bring this one up to date first.", n, version)
	}
	return nil
}

// findNUL is the place of a text that holds the character that ends texts elsewhere.
func findNUL(place string, tree any) string {
	switch node := tree.(type) {
	case string:
		if strings.ContainsRune(node, 0) {
			return place
		}
	case []any:
		for n, each := range node {
			if found := findNUL(fmt.Sprintf("%s/%d", place, n), each); found != "" {
				return found
			}
		}
	case map[string]any:
		for name, each := range node {
			if strings.ContainsRune(name, 0) {
				return place + "/" + strings.ReplaceAll(name, "\x00", "")
			}
			if found := findNUL(place+"/"+name, each); found != "" {
				return found
			}
		}
	}
	return ""
}

// findStranger is the place of a key that is none of these.
func findStranger(place string, value reflect.Value, keys map[org.Key]bool) string {
	switch value.Kind() {
	case reflect.Pointer:
		if !value.IsNil() {
			return findStranger(place, value.Elem(), keys)
		}
	case reflect.String:
		if key, ok := reflect.TypeAssert[org.Key](value); ok && !keys[key] {
			return place
		}
	case reflect.Slice:
		for n := range value.Len() {
			if found := findStranger(fmt.Sprintf("%s/%d", place, n), value.Index(n), keys); found != "" {
				return found
			}
		}
	case reflect.Struct:
		for n := range value.NumField() {
			field := value.Type().Field(n)
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			if !field.IsExported() {
				continue
			}
			if found := findStranger(place+before("/", name), value.Field(n), keys); found != "" {
				return found
			}
		}
	}
	return ""
}

// holdsTogether refuses a file in which something refers to what is not in it.
func (f File) holdsTogether() error {
	goals, skills := map[db.ID]bool{}, map[db.ID]bool{}
	for _, g := range f.Plan.Goals {
		goals[g.ID] = true
	}
	for _, k := range f.Plan.Skills {
		skills[k.ID] = true
	}
	for n, w := range f.Wins {
		if at := slices.IndexFunc(w.Goals, func(id db.ID) bool { return !goals[id] }); at >= 0 {
			return org.Misplaced(fmt.Sprintf("/wins/%d/goals/%d", n, at), "there is no such goal in the plan")
		}
		if at := slices.IndexFunc(w.Skills, func(id db.ID) bool { return !skills[id] }); at >= 0 {
			return org.Misplaced(fmt.Sprintf("/wins/%d/skills/%d", n, at), "there is no such skill in the plan")
		}
	}
	return nil
}
