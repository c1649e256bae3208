// Package phrasing looks at how an ask is worded, and says with a reason where it claims instead of
// offering, where it blames, and where it asks for several things at once. It advises and never
// blocks, in English and in German. docs/wording.md has its rules; it knows no people and no store.
package phrasing

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// The languages that the rules are written in.
const (
	English = "en"
	German  = "de"
)

// Finding is what a hint speaks of.
type Finding string

// The findings.
const (
	Claim   Finding = "claim"   // it demands, where it could offer
	Blame   Finding = "blame"   // it says what the other did wrong
	Several Finding = "several" // it asks for more than one thing
)

// Findings are all of them, in the order in which hints are given.
var Findings = []Finding{Claim, Blame, Several}

// Hint is one thing that would read better otherwise, with its reason.
type Hint struct {
	Finding  Finding
	Quote    string // the sentence
	Text     string
	Language string // of the text
}

// Look looks at words as they would be said or sent. Each finding is given once, at the first
// sentence that it is about.
func Look(words string) []Hint {
	all := sentencesOf(words)
	var hints []Hint
	for _, finding := range Findings {
		if at, language := find(finding, all); at >= 0 {
			hints = append(hints, Hint{finding, all[at].as, texts[language][finding], language})
		}
	}
	return hints
}

func find(finding Finding, all []sentence) (at int, language string) {
	for i := range all {
		for _, l := range lexicons() {
			switch finding {
			case Several:
				if l.severalAt(all[:i+1]) {
					return i, l.language
				}
			default:
				if l.says(l.rules[finding], all[i].plain) {
					return i, l.language
				}
			}
		}
	}
	return -1, ""
}

// sentence is a sentence as it stands, and in small letters with one space around each word and
// each comma.
type sentence struct{ as, plain string }

func sentencesOf(text string) []sentence {
	var all []sentence
	var from int
	add := func(to int) {
		if as := strings.TrimSpace(text[from:to]); as != "" {
			all = append(all, sentence{as, plain(as)})
		}
	}
	for i, r := range text {
		end := strings.ContainsRune("!?\n;", r) || r == '.' && !between(text, i)
		if end {
			add(i + 1)
			from = i + 1
		}
	}
	add(len(text))
	return all
}

// between tells of a dot that stands between two figures.
func between(text string, i int) bool {
	return i > 0 && i+1 < len(text) && isFigure(text[i-1]) && isFigure(text[i+1])
}

func isFigure(b byte) bool { return b >= '0' && b <= '9' }

func plain(text string) string {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	text = strings.ReplaceAll(text, ", ", " , ")
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' && r != ','
	})
	return " " + strings.Join(words, " ") + " "
}

// rule is a way to say something, and what makes the same words harmless.
type rule struct{ says, unless *regexp.Regexp }

// thing is a kind of thing that is asked for, by the words that name it.
type thing struct{ named *regexp.Regexp }

// lexicon is what the rules know of a language.
type lexicon struct {
	language string
	rules    map[Finding][]rule
	asks     *regexp.Regexp // begins an ask
	more     *regexp.Regexp // adds another one in the same sentence
	also     *regexp.Regexp // says of a sentence that it adds another one
	joins    *regexp.Regexp // stands between two things
	where    *regexp.Regexp // begins what says where, with whom or how
	aside    *regexp.Regexp // begins what says more of a thing: what it costs, what it is for
	things   []thing
}

func (l *lexicon) says(rules []rule, plain string) bool {
	for _, r := range rules {
		if r.says.MatchString(plain) && (r.unless == nil || !r.unless.MatchString(plain)) {
			return true
		}
	}
	return false
}

// severalAt tells whether the last of these sentences asks for more than one thing, or for one
// more beside what one before it asks for.
func (l *lexicon) severalAt(all []sentence) bool {
	last := all[len(all)-1].plain
	if !l.asks.MatchString(last) {
		return false
	}
	if l.more.MatchString(last) || l.kindsIn(last) > 1 {
		return true
	}
	if !l.also.MatchString(last) {
		return false
	}
	for _, before := range all[:len(all)-1] {
		if l.asks.MatchString(before.plain) {
			return true
		}
	}
	return false
}

// kindsIn counts the kinds of things that a sentence asks for. What says more of a thing does not
// count, and of the words between two joints only the first thing does.
func (l *lexicon) kindsIn(plain string) int {
	if at := l.aside.FindStringIndex(plain); at != nil {
		plain = plain[:at[0]+1]
	}
	had := map[int]bool{}
	for i, chunk := range l.joins.Split(plain, -1) {
		if i > 0 && l.where.MatchString(" "+chunk+" ") {
			continue
		}
		first, kind := len(chunk)+2, -1
		for k, one := range l.things {
			if at := one.named.FindStringIndex(" " + chunk + " "); at != nil && at[0] < first {
				first, kind = at[0], k
			}
		}
		if kind >= 0 {
			had[kind] = true
		}
	}
	return len(had)
}

var lexicons = sync.OnceValue(func() []*lexicon { return []*lexicon{english(), german()} })

// oneOf is an expression for whole words, or several in a row, of which one must stand there.
func oneOf(words ...string) *regexp.Regexp {
	return regexp.MustCompile(" (?:" + strings.Join(words, "|") + ") ")
}

func rulesOf(words ...string) []rule {
	var all []rule
	for _, one := range words {
		says, unless, found := strings.Cut(one, " ~ ")
		r := rule{says: oneOf(says)}
		if found {
			r.unless = oneOf(unless)
		}
		all = append(all, r)
	}
	return all
}

func thingsOf(words ...string) []thing {
	var all []thing
	for _, one := range words {
		all = append(all, thing{oneOf(one)})
	}
	return all
}
