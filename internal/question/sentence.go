package question

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Sentence is a question with slots, as it stands in a card:
//
//	What {helper:do} {helper:they} need from {beneficiary:them} to help with {scope}?
//
// After the colon stands the word as one would say it of "they": a pronoun (they, them, their,
// theirs, themselves) or a verb (have, do, are, see). Filling the slots rewrites these words.
type Sentence struct {
	language *Language
	source   string
	pieces   []piece
}

// A piece is either plain text or a slot.
type piece struct {
	text string
	slot slot
	word string // what stands after the colon; of a scope its case, "" in English
}

type slot string

const (
	noSlot          slot = ""
	helperSlot      slot = "helper"
	beneficiarySlot slot = "beneficiary"
	scopeSlot       slot = "scope"
)

func (s Sentence) isVerb(p piece) bool {
	return p.slot != noSlot && p.slot != scopeSlot && !s.language.isPronoun(p.word)
}

// String is the sentence as its author wrote it.
func (s Sentence) String() string { return s.source }

// IsZero tells that the card has no such sentence.
func (s Sentence) IsZero() bool { return s.source == "" }

// uses tells whether the sentence has the slot.
func (s Sentence) uses(wanted slot) bool {
	for _, p := range s.pieces {
		if p.slot == wanted {
			return true
		}
	}
	return false
}

// parseSentence reads a sentence and says everything that is wrong with it, each with the way out.
func (l *Language) parseSentence(source string) (Sentence, []string) {
	s := Sentence{language: l, source: strings.TrimSpace(source)}
	var reasons []string
	rest := s.source
	for rest != "" {
		open := strings.IndexAny(rest, "{}")
		if open < 0 {
			s.pieces = append(s.pieces, piece{text: rest})
			break
		}
		if open > 0 {
			s.pieces = append(s.pieces, piece{text: rest[:open]})
		}
		end := strings.IndexAny(rest[open+1:], "{}")
		if rest[open] == '}' || end < 0 || rest[open+1+end] == '{' {
			return s, append(reasons, "a brace has no partner: a slot looks like {helper:"+l.Subject+"}")
		}
		p, reason := l.parseSlot(rest[open+1 : open+1+end])
		if reason != "" {
			reasons = append(reasons, reason)
		}
		s.pieces = append(s.pieces, p)
		rest = rest[open+end+2:]
	}
	return s, append(reasons, s.faults()...)
}

// parseSlot reads what stands between two braces.
func (l *Language) parseSlot(inside string) (piece, string) {
	name, word, _ := strings.Cut(inside, ":")
	p := piece{slot: slot(strings.TrimSpace(name)), word: strings.TrimSpace(word)}
	switch p.slot {
	case scopeSlot:
		if _, ok := l.scope(p.word); !ok {
			return p, "the scope is written {scope}, without a word after it"
		}
		return p, ""
	case helperSlot, beneficiarySlot:
	default:
		return p, fmt.Sprintf("there is no slot %q: use helper, beneficiary or scope", name)
	}
	switch {
	case p.word == "":
		return p, fmt.Sprintf("{%[1]s} needs the word as you would say it of \"%[2]s\": {%[1]s:%[2]s}, another pronoun, or a verb such as it follows {%[1]s:%[2]s}", p.slot, l.Subject)
	case strings.ContainsFunc(p.word, func(r rune) bool { return !unicode.IsLower(r) }):
		return p, fmt.Sprintf("{%s:%s} must hold one word in small letters", p.slot, p.word)
	case !l.isPronoun(p.word):
		return p, l.Verbs.fault(p.word, l.Subject)
	}
	return p, ""
}

// faults are the things that are wrong with the sentence as a whole.
func (s Sentence) faults() []string {
	var reasons []string
	begin, _ := utf8.DecodeRuneInString(s.source)
	switch {
	case s.source == "":
		return []string{"the sentence is empty: write the question"}
	case begin != '{' && !unicode.IsUpper(begin):
		reasons = append(reasons, "a question begins with a capital letter or a slot")
	}
	if !strings.HasSuffix(s.source, "?") {
		reasons = append(reasons, "a question ends with a question mark")
	}
	if strings.Contains(s.source, "  ") || strings.ContainsAny(s.source, "\n\t") {
		reasons = append(reasons, "a question is one line with single spaces")
	}
	for i, p := range s.pieces {
		if s.isVerb(p) && s.subjectOf(i) < 0 {
			reasons = append(reasons, fmt.Sprintf("{%[1]s:%[2]s} has no subject: write {%[1]s:%[3]s} before it or right after it", p.slot, p.word, s.language.Subject))
		}
	}
	return reasons
}

// subjectOf finds the subject of the verb at i: the {slot:they} right after it (have you seen),
// else the nearest before it (you often have). Without one it is -1.
func (s Sentence) subjectOf(i int) int {
	isSubject := func(j int) bool {
		return s.pieces[j].slot == s.pieces[i].slot && s.pieces[j].word == s.language.Subject
	}
	if i+2 < len(s.pieces) && strings.TrimSpace(s.pieces[i+1].text) == "" && s.pieces[i+1].slot == noSlot && isSubject(i+2) {
		return i + 2
	}
	for j := i - 1; j >= 0; j-- {
		if isSubject(j) {
			return j
		}
	}
	return -1
}

// says tells whether the plain text of the sentence holds the word, in small or capital letters.
func (s Sentence) says(word string) bool {
	for _, p := range s.pieces {
		for _, w := range words(p.text) {
			if strings.EqualFold(w, word) {
				return true
			}
		}
	}
	return false
}

// clauseMarks are the marks after which somebody new may act, if the language says so.
const clauseMarks = ",;:.?!"

// words splits plain text into its words and the marks between them that end a clause.
func words(text string) []string {
	var found []string
	for _, field := range strings.Fields(text) {
		word := strings.TrimFunc(field, unicode.IsPunct)
		if word != "" {
			found = append(found, word)
		}
		if last, _ := utf8.DecodeLastRuneInString(field); strings.ContainsRune(clauseMarks, last) {
			found = append(found, string(last))
		}
	}
	return found
}
