package question

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"github.com/ownward/ownward/internal/cardfile"
)

// A Language says how the slots of cards are filled in one language. It is read from the file
// grammar.yaml that stands beside the cards of that language; cards/en says what each field is.
type Language struct {
	Name         string                       `yaml:"language"`
	Parts        map[Part]called              `yaml:"parts"`
	Pronouns     map[string]map[person]string `yaml:"pronouns"`
	Subject      string                       `yaml:"subject"`
	Reflexive    map[string]string            `yaml:"reflexive"`
	Verbs        verbs                        `yaml:"verbs"`
	Clauses      []string                     `yaml:"clauses"`
	Acts         map[string]Part              `yaml:"acts"`
	MeantAgain   map[string]string            `yaml:"meant-again"`
	NotAgain     []string                     `yaml:"not-again-after"`
	NotToOneself []string                     `yaml:"not-to-oneself"`
	Scopes       []scopeWords                 `yaml:"scopes"`
	Quotes       []string                     `yaml:"quotes"`
	Headings     []string                     `yaml:"headings"`
}

// A person is the grammatical person in which somebody appears in a sentence, by the name that
// the language gives it.
type person string

// called is how somebody appears in sentences.
type called struct {
	Person person            `yaml:"person"` // spoken of
	Asked  person            `yaml:"asked"`  // spoken to; "" where that makes no difference
	Agrees person            `yaml:"agrees"` // of the verb after the noun; "" where it is Person
	Named  map[string]string `yaml:"named"`  // the noun for each pronoun; none: always the pronoun
}

// scopeWords are what a question is about, in one case of the language.
type scopeWords struct {
	Word     string `yaml:"word"`
	Again    string `yaml:"again"`
	Person   person `yaml:"person"`
	Progress owned  `yaml:"progress"`
	Goal     owned  `yaml:"goal"`
	Task     owned  `yaml:"task"`
	Skill    owned  `yaml:"skill"`
}

// owned is a thing of somebody's: any of its kind, or the one with a name.
type owned struct {
	Any   string `yaml:"any"`
	Named string `yaml:"named"`
}

// grammarFile is the name of the file that makes a folder of cards one of a language.
const grammarFile = "grammar.yaml"

// readLanguage reads the grammar of a folder of cards.
func readLanguage(in fs.FS, dir, shown string) (*Language, []Fault) {
	file := path.Join(shown, grammarFile)
	text, err := fs.ReadFile(in, path.Join(dir, grammarFile))
	if err != nil {
		return nil, []Fault{{File: file, Reason: "the grammar cannot be read: " + err.Error()}}
	}
	l := &Language{}
	if err := yaml.UnmarshalWithOptions(text, l, yaml.Strict()); err != nil {
		reason, _, _ := strings.Cut(err.Error(), "\n")
		return nil, []Fault{{File: file, Reason: "the grammar cannot be read: " + reason}}
	}
	var faults []Fault
	for _, missing := range l.missing() {
		faults = append(faults, Fault{File: file, Reason: missing})
	}
	return l, faults
}

// missing says what a grammar needs and has not.
func (l *Language) missing() (reasons []string) {
	need := func(ok bool, reason string, args ...any) {
		if !ok {
			reasons = append(reasons, fmt.Sprintf(reason, args...))
		}
	}
	need(l.Name != "", "language is missing: write its name")
	need(l.Pronouns[l.Subject] != nil, "subject must be one of the pronouns")
	need(len(l.Quotes) == 2, "quotes must be two: the one that opens and the one that closes")
	need(len(l.Headings) == 4, "headings must be four: what is asked, who to ask, what to expect, when to ask")
	need(len(l.Scopes) > 0, "scopes are missing: write at least the one without a word")
	for _, p := range Parts {
		who, ok := l.Parts[p]
		need(ok, "parts has no %s", p)
		for word, forms := range l.Pronouns {
			reflexive := slices.Contains(mapValues(l.Reflexive), word)
			for _, as := range []person{who.Person, who.Asked} {
				need(as == "" || forms[as] != "" || who.Named[word] != "" && !reflexive, "pronouns has no %q for the person %q", word, as)
			}
			need(len(who.Named) == 0 || who.Named[word] != "" || reflexive, "parts: %s has no name for %q", p, word)
		}
	}
	for _, s := range l.Scopes {
		for _, scope := range Scopes {
			need(s.of(scope).Any != "" && s.of(scope).Named != "", "scopes: %s must have any and named", scope)
		}
	}
	return reasons
}

func mapValues(m map[string]string) []string {
	var list []string
	for _, v := range m {
		list = append(list, v)
	}
	return list
}

func (w scopeWords) of(s Scope) owned {
	switch s {
	case Goal:
		return w.Goal
	case Task:
		return w.Task
	case Skill:
		return w.Skill
	}
	return w.Progress
}

// scope finds the words for {scope:word}.
func (l *Language) scope(word string) (scopeWords, bool) {
	at := slices.IndexFunc(l.Scopes, func(w scopeWords) bool { return w.Word == word })
	if at < 0 {
		return scopeWords{}, false
	}
	return l.Scopes[at], true
}

// personOf says how p appears in a sentence that is said to asked.
func (l *Language) personOf(p, asked Part) person {
	who := l.Parts[p]
	if p == asked && who.Asked != "" {
		return who.Asked
	}
	return who.Person
}

// isPronoun tells whether a word in a slot is a pronoun; any other is a verb.
func (l *Language) isPronoun(word string) bool { return l.Pronouns[word] != nil }

// quoted sets a name apart, so that its own capitals and full stops do no harm to the sentence.
func (l *Language) quoted(name string) string { return l.Quotes[0] + name + l.Quotes[1] }

var english = sync.OnceValues(func() (*Language, []Fault) {
	return readLanguage(embedded, "cards/en", "cards/en")
})

// English is the language of cards that stand in no folder of another.
func English() *Language {
	l, _ := english()
	return l
}

// sections are where the texts below the front matter of a card go.
func (l *Language) sections(c *Card) []cardfile.Section {
	targets := []*string{&c.WhatIAsk, &c.WhoToAsk, &c.Expect, &c.When}
	list := make([]cardfile.Section, len(targets))
	for i, text := range targets {
		list[i] = cardfile.Section{Heading: l.Headings[i], Text: text}
	}
	return list
}
