package skillfile

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/csvfile"
)

// claims are the names of columns by what they mean, the surest first: of two columns that claim a
// field, the one that stands further to the front has it.
var claims = [fieldCount][]string{
	Name: {"skill", "skillname", "skilltitle", "preferredlabel", "skillselementname", "elementname", "competency", "competencyname", "competence",
		"competencename", "skills", "ability", "technology", "kompetenz", "fahigkeit", "competencia", "name", "label", "title", "bezeichnung"},
	Aliases: {"altlabels", "altlabel", "aliases", "alias", "synonyms", "synonym", "othernames", "alsoknownas", "alsocalled", "alternativelabels",
		"alternativenames", "synonyme"},
	Description: {"description", "definition", "meaning", "scopenote", "beschreibung", "descripcion", "details"},
	Source:      {"concepturi", "uri", "skillid", "elementid", "id", "code", "externalid", "key"},
	concept:     {"concepttype"},
	status:      {"status"},
}

// vague are names of columns that say skills only where nothing tells otherwise.
var vague = []string{"name", "label", "title", "bezeichnung"}

// others tell of what a file speaks that is no list of skills.
var others = []struct {
	column, what string
}{
	{"onetsoccode", "occupations"}, {"iscogroup", "occupations"}, {"isco08code", "occupations"},
	{"email", "people"}, {"workemail", "people"}, {"emailaddress", "people"}, {"managerid", "people"}, {"manager", "people"}, {"lastname", "people"}, {"employeeid", "people"},
	{"broaderuri", "relations between concepts"},
}

// headerKey is the name of a column without case, accents, spaces and signs.
func headerKey(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(plain(unicode.ToLower(r)))
		}
	}
	return b.String()
}

func plain(r rune) rune {
	switch r {
	case 'ä', 'á', 'à', 'â':
		return 'a'
	case 'é', 'è', 'ê':
		return 'e'
	case 'ó', 'ö', 'ô':
		return 'o'
	case 'ü', 'ú':
		return 'u'
	}
	return r
}

// recognised counts the columns of a would-be header whose names say something, or are mapped.
func recognised(cells []string, mapping map[string]string) int {
	n := 0
	for _, cell := range cells[:min(len(cells), mostColumns)] {
		if len(cell) > 100 {
			continue
		}
		key := headerKey(cell)
		if key == "" {
			continue
		}
		for _, column := range mapping {
			if headerKey(column) == key {
				n += 2
			}
		}
		if slices.ContainsFunc(claims[:], func(names []string) bool { return slices.Contains(names, key) }) || speaksOf(key) != "" || key == "example" {
			n++
		}
	}
	return n
}

func speaksOf(key string) string {
	for _, each := range others {
		if each.column == key {
			return each.what
		}
	}
	return ""
}

// assign decides which column says which field.
func (f *File) assign(mapping map[string]string) error {
	for i := range f.Columns {
		f.Columns[i] = -1
	}
	keys := make([]string, len(f.Header))
	for i, name := range f.Header {
		keys[i] = headerKey(name)
	}
	chosen, err := f.mapped(mapping)
	if err != nil {
		return err
	}
	if !f.published(keys, chosen) {
		for field := range fieldCount {
			if !chosen[field] {
				f.Columns[field] = claimed(claims[field], keys, f.Columns[:])
			}
		}
	}
	if err := f.namesSkills(keys, chosen[Name]); err != nil {
		return err
	}
	for i, name := range f.Header {
		if name != "" && !slices.Contains(f.Columns[:], i) {
			f.Unused = append(f.Unused, name)
		}
	}
	return nil
}

// mapped takes the columns that were chosen by hand.
func (f *File) mapped(mapping map[string]string) (chosen [fieldCount]bool, err error) {
	for key, column := range mapping {
		field := slices.Index(fieldKeys[:], key)
		if field < 0 || !slices.Contains(Fields(), Field(field)) {
			return chosen, unreadable("There is no field %q to map a column to. The fields are: name, aliases, description, source.", short(key))
		}
		chosen[field] = true
		if strings.TrimSpace(column) == "" {
			continue
		}
		at := slices.IndexFunc(f.Header, func(name string) bool { return headerKey(name) == headerKey(column) })
		if at < 0 {
			return chosen, &ReadError{Message: fmt.Sprintf("The file has no column %q. Its columns are: %s.", short(column), f.listed()), Header: f.Header}
		}
		f.Columns[field] = at
	}
	return chosen, nil
}

func (f *File) listed() string {
	var some []string
	for _, name := range f.Header[:min(len(f.Header), 30)] {
		if name != "" {
			some = append(some, name)
		}
	}
	if len(f.Header) > 30 {
		some = append(some, "…")
	}
	return strings.Join(some, ", ")
}

func claimed(by []string, keys []string, taken []int) int {
	for _, claim := range by {
		if at := slices.Index(keys, claim); at >= 0 && !slices.Contains(taken, at) {
			return at
		}
	}
	return -1
}

// published knows the forms whose columns mean something else than their names say, and names the form.
func (f *File) published(keys []string, chosen [fieldCount]bool) bool {
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(keys, name) })
	}
	set := func(field Field, column string) {
		if !chosen[field] {
			f.Columns[field] = slices.Index(keys, column)
		}
	}
	switch {
	case has("onetsoccode", "example", "commoditytitle", "hottechnology"):
		f.Form = "O*NET, technology skills"
		set(Name, "example")
		set(Description, "commoditytitle")
	case has("onetsoccode", "elementid", "elementname"):
		f.Form = "O*NET, ratings of occupations"
		set(Name, "elementname")
		set(Source, "elementid")
	case has("elementid", "elementname", "description"):
		f.Form = "O*NET, content model"
		set(Name, "elementname")
		set(Description, "description")
		set(Source, "elementid")
	case has("concepturi", "preferredlabel", "concepttype"):
		f.Form = "ESCO"
		return false // its columns mean what they are called
	default:
		return false
	}
	return true
}

// namesSkills refuses a file in which no column names skills, with the reason.
func (f *File) namesSkills(keys []string, chosen bool) error {
	at := f.Columns[Name]
	if chosen && at >= 0 || f.Form == "ESCO" && at >= 0 || strings.HasPrefix(f.Form, "O*NET") && at >= 0 {
		return nil
	}
	about := ""
	for _, key := range keys {
		if what := speaksOf(key); what != "" {
			about = what
			break
		}
	}
	if about != "" && (at < 0 || slices.Contains(vague, keys[at])) {
		return &ReadError{Message: fmt.Sprintf("This file lists %s, and no column of it names skills. Its columns are: %s.", about, f.listed()),
			Header: f.Header, mapping: "name=COLUMN"}
	}
	if at < 0 {
		return &ReadError{Message: fmt.Sprintf("No column names the skills. The columns are: %s.", f.listed()), Header: f.Header, mapping: "name=" + example(f.Header)}
	}
	return nil
}

func example(header []string) string {
	if len(header) == 0 || header[0] == "" {
		return "COLUMN"
	}
	if strings.ContainsAny(header[0], " #") {
		return fmt.Sprintf("%q", header[0])
	}
	return header[0]
}

// Column is the column that says a field, as the file spells it; empty where none does.
func (f *File) Column(field Field) string {
	if at := f.Columns[field]; at >= 0 && at < len(f.Header) {
		return f.Header[at]
	}
	return ""
}

func cell(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return csvfile.AsText(cells[at])
}
