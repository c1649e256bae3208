package question

import "strings"

// A Part is somebody whom a slot can stand for, seen from the person who asks.
type Part string

const (
	Myself       Part = "myself"
	Manager      Part = "manager"
	Boss         Part = "boss"
	Team         Part = "team"
	Organisation Part = "organisation"
	Mentor       Part = "mentor"
	Colleague    Part = "colleague"
)

// Parts are all of them, in the order in which a form offers them.
var Parts = []Part{Myself, Manager, Boss, Team, Organisation, Mentor, Colleague}

var partPhrases = map[Part]string{
	Myself:       "me",
	Manager:      "my manager",
	Boss:         "my boss",
	Team:         "my team",
	Organisation: "the organisation",
	Mentor:       "my mentor",
	Colleague:    "a colleague",
}

// Phrase names somebody as the asker would to a third person: "my manager", "me".
func (p Part) Phrase() string { return partPhrases[p] }

// Label names somebody on a form: "My manager", "Myself".
func (p Part) Label() string {
	if p == Myself {
		return "Myself"
	}
	return capitalised(p.Phrase())
}

// A person is the grammatical person in which somebody appears in a sentence.
type person int

const (
	first        person = iota // I
	second                     // you, one
	secondPlural               // you, several
	third                      // my manager, then they
	thing                      // the organisation, then it
)

// personOf says how p appears in a sentence spoken to asked. An organisation stays "the
// organisation" even when one of its people is asked: nobody says "you" to a company.
func personOf(p, asked Part) person {
	switch {
	case p == Myself:
		return first
	case p == Organisation:
		return thing
	case p == asked && p == Team:
		return secondPlural
	case p == asked:
		return second
	}
	return third
}

// A case is named by the word that a card's author writes after the colon of a slot: the word
// as one would say it of "they".
const (
	nominative = "they"
	accusative = "them"
	possessive = "their"
	absolute   = "theirs"
	reflexive  = "themselves"
)

var pronouns = map[string]map[person]string{
	nominative: {first: "I", second: "you", secondPlural: "you", third: "they", thing: "it"},
	accusative: {first: "me", second: "you", secondPlural: "you", third: "them", thing: "it"},
	possessive: {first: "my", second: "your", secondPlural: "your", third: "their", thing: "its"},
	absolute:   {first: "mine", second: "yours", secondPlural: "yours", third: "theirs", thing: "its"},
	reflexive:  {first: "myself", second: "yourself", secondPlural: "yourselves", third: "themselves", thing: "itself"},
}

// named is the case of somebody who is called by its noun: "my manager", "my manager's".
func named(p Part, form string) string {
	switch form {
	case possessive, absolute:
		return p.Phrase() + "'s"
	}
	return p.Phrase()
}

// conjugate puts a verb, given as it follows "they", into the form that its subject asks for.
// A third person that is called by its noun takes the singular (my manager has), as a pronoun
// the plural (they have).
func conjugate(verb string, of person, asPronoun bool) string {
	switch {
	case of == first:
		return firstSingular(verb)
	case of == thing, of == third && !asPronoun:
		return thirdSingular(verb)
	}
	return verb
}

func firstSingular(verb string) string {
	switch verb {
	case "are":
		return "am"
	case "were":
		return "was"
	}
	return verb
}

func thirdSingular(verb string) string {
	switch verb {
	case "are":
		return "is"
	case "were":
		return "was"
	case "have":
		return "has"
	}
	if stem, ok := strings.CutSuffix(verb, "y"); ok && !strings.ContainsAny(stem[max(0, len(stem)-1):], "aeiou") {
		return stem + "ies"
	}
	for _, hiss := range []string{"s", "x", "z", "ch", "sh", "o"} {
		if strings.HasSuffix(verb, hiss) {
			return verb + "es"
		}
	}
	return verb + "s"
}

// unchanging are the verb forms that sound the same after every subject, so that a card writes
// them without a slot.
var unchanging = map[string]bool{
	"can": true, "could": true, "will": true, "would": true, "shall": true, "should": true, "may": true,
	"might": true, "must": true, "did": true, "had": true, "been": true, "be": true,
}

// singulars are forms that an author may write by mistake for the form after "they".
var singulars = map[string]string{"is": "are", "am": "are", "was": "were", "has": "have", "does": "do"}

// verbFault says what is wrong with a word that stands as a verb in a slot, or "".
func verbFault(word string) string {
	plural := singulars[word]
	if plural == "" && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") {
		plural = strings.TrimSuffix(word, "s")
	}
	switch {
	case plural != "":
		return `write "` + plural + `", the form that follows "they", and Ownward will change it where needed`
	case unchanging[word], strings.HasSuffix(word, "ed") && !strings.HasSuffix(word, "eed"):
		return `"` + word + `" is the same for everybody: write it without braces`
	}
	return ""
}
