package question

import (
	"slices"
	"strings"
)

// verbs say how a verb changes with its subject.
type verbs struct {
	Irregular     map[string]map[person]string `yaml:"irregular"`
	Endings       map[person][]ending          `yaml:"endings"`
	Same          []string                     `yaml:"same"`
	SameAfter     []string                     `yaml:"same-after"`
	Mistaken      map[string]string            `yaml:"mistaken"`
	MistakenAfter []string                     `yaml:"mistaken-after"`
	NotAfter      []string                     `yaml:"not-after"`
}

// An ending is what a verb takes: after which letters (none: any), how many of them go, and what
// comes in their place.
type ending struct {
	After []string `yaml:"after"`
	Cut   int      `yaml:"cut"`
	Add   string   `yaml:"add"`
}

// conjugate puts a verb, given as it follows the subject of the cards, into the form for a person.
func (v verbs) conjugate(verb string, of person) string {
	if form, ok := v.Irregular[verb][of]; ok {
		return form
	}
	if v.Irregular[verb] != nil {
		return verb
	}
	for _, e := range v.Endings[of] {
		if (len(e.After) == 0 || endsIn(verb, e.After)) && len(verb) >= e.Cut {
			return verb[:len(verb)-e.Cut] + e.Add
		}
	}
	return verb
}

// fault says what is wrong with a word that stands as a verb in a slot, or "".
func (v verbs) fault(word, subject string) string {
	meant := v.Mistaken[word]
	if meant == "" && !endsIn(word, v.NotAfter) {
		for _, letters := range v.MistakenAfter {
			if stem, ok := strings.CutSuffix(word, letters); ok {
				meant = stem
			}
		}
	}
	switch {
	case meant != "":
		return `write "` + meant + `", the form that follows "` + subject + `", and Ownward will change it where needed`
	case slices.Contains(v.Same, word), endsIn(word, v.SameAfter) && !endsIn(word, v.NotAfter):
		return `"` + word + `" is the same for everybody: write it without braces`
	}
	return ""
}

func endsIn(word string, endings []string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return strings.HasSuffix(word, e) })
}
