package smart

import (
	"slices"
	"strings"
	"sync"
	"unicode"
)

// The languages that the rules are written in.
const (
	English = "en"
	German  = "de"
)

// wordsOf parts a text into words in small letters. An apostrophe or a hyphen within one stays.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(text, "’", "'")), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '-' && r != '%'
	})
}

// hasFigure tells of a digit, in any writing.
func hasFigure(text string) bool { return strings.ContainsFunc(text, unicode.IsDigit) }

// isSpaced tells of a writing with spaces between words: one cannot count the words of others.
func isSpaced(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer)
	})
}

// phrases are words, or several in a row. A * at the end of a word stands for any ending.
type phrases [][]string

func phrasesOf(text string) phrases {
	var all phrases
	for _, one := range strings.Split(text, ",") {
		if words := strings.Fields(one); len(words) > 0 {
			all = append(all, words)
		}
	}
	return all
}

// in tells whether any of them stands in a text.
func (p phrases) in(words []string) bool { return p.at(words) >= 0 }

// at is where the first of them stands; -1: none does.
func (p phrases) at(words []string) int {
	for i := range words {
		for _, one := range p {
			if len(words)-i >= len(one) && slices.EqualFunc(words[i:i+len(one)], one, isWord) {
				return i
			}
		}
	}
	return -1
}

func isWord(word, pattern string) bool {
	if end, open := strings.CutPrefix(pattern, "*"); open {
		return strings.HasSuffix(word, end)
	}
	if stem, open := strings.CutSuffix(pattern, "*"); open {
		return strings.HasPrefix(word, stem)
	}
	return word == pattern
}

// lexicon is what the rules know of a language.
type lexicon struct {
	usual     phrases // words by which the language is known
	number    phrases // figures in words
	vague     phrases // better, more, and what cannot be told apart from it
	not       phrases // what looks vague, and is not
	anchor    phrases // what ties it down: without, within, so that, ...
	deed      phrases // what somebody else can see done
	learn     phrases // what happens in one's head
	big       phrases // what is a goal by itself
	and       phrases
	feeling   phrases
	always    phrases
	span      phrases // what looks like always, and is a time
	health    phrases // what nobody is asked to measure
	others    phrases // what others decide
	whose     phrases // reasons that are somebody else's
	time      phrases // dates in words
	being     phrases // begins a sentence about what somebody is
	place     phrases // and goes on like this where it is about a place or a deed
	endsBeing phrases // ends such a sentence
	names     bool    // a capital letter within a sentence is a name
}

// isVague tells of words such as better and more. "No more than ten" is not vague.
func (l *lexicon) isVague(words []string) bool {
	for {
		at := l.vague.at(words)
		if at < 0 {
			return false
		}
		near := words[max(0, at-1):min(len(words), at+2)]
		if !l.not.in(near) {
			return true
		}
		words = words[at+1:]
	}
}

// isBeing tells of a few words that say what somebody is to be: a role model, patient.
func (l *lexicon) isBeing(words []string) bool {
	if len(words) > 5 || l.others.in(words) {
		return false
	}
	if l.being.in(words[:1]) {
		return len(words) < 3 || !l.place.in(words[1:2])
	}
	last := words[len(words)-1:]
	return l.endsBeing.in(last) && (len(words) < 5 || strings.HasSuffix(words[0], "er"))
}

// isTwo tells of two deeds, each of which is a goal by itself, joined by "and".
func (l *lexicon) isTwo(words []string) bool {
	at := l.and.at(words)
	return at > 0 && l.big.in(words[:at]) && l.big.in(words[at+1:])
}

// anchored tells of words that say in what, with whom or how much.
func (l *lexicon) anchored(text string, words []string) bool {
	return l.counts(text, words) || l.anchor.in(words) || l.names && holdsName(text)
}

// counts tells of a figure, in digits or in words.
func (l *lexicon) counts(text string, words []string) bool {
	return hasFigure(text) || l.number.in(words)
}

// isAlways tells of always, never and all; "all three" is a figure, "all year" a time.
func (l *lexicon) isAlways(words []string) bool {
	at := l.always.at(words)
	if at < 0 || l.span.at(words) == at {
		return false
	}
	return at+1 >= len(words) || !l.number.in(words[at+1:at+2]) && !hasFigure(words[at+1])
}

// isWhose tells of a reason that is somebody else's. "I must pay my rent" is one's own; "my father
// thinks I should" is not.
func (l *lexicon) isWhose(words []string) bool {
	for {
		at := l.whose.at(words)
		if at < 0 {
			return false
		}
		if at == 0 || words[at-1] != "i" && words[at-1] != "ich" || words[at] == "soll" || len(words)-at < ownReason {
			return true
		}
		words = words[at+1:]
	}
}

// ownReason is how many words there are from a "must" on where it says what for.
const ownReason = 3

// holdsName tells of a word with a capital letter that does not begin a sentence.
func holdsName(text string) bool {
	begins := true
	for _, word := range strings.Fields(text) {
		first := []rune(word)[0]
		if unicode.IsUpper(first) && !begins && word != "I" && !strings.HasPrefix(word, "I'") {
			return true
		}
		begins = strings.ContainsAny(word[len(word)-1:], ".!?:")
	}
	return false
}

// LanguageOf is the language of texts, where it is one of those that the rules are written in; ""
// otherwise.
func LanguageOf(texts ...string) string {
	words := wordsOf(strings.Join(texts, " "))
	best, second, found := 0, 0, ""
	score := func(language string, n int) {
		switch {
		case n > best:
			best, second, found = n, best, language
		case n > second:
			second = n
		}
	}
	for _, known := range vocabularies() {
		score(known.language, known.count(words))
	}
	if best == second {
		return ""
	}
	return found
}

// vocabulary is the single words by which a language is known, so that a text is held against them in one look.
type vocabulary struct {
	language    string // "" for one that the rules are not written in
	whole       map[string]bool
	stems, ends []string
}

var vocabularies = sync.OnceValue(func() []vocabulary {
	var all []vocabulary
	for _, language := range []string{English, German} {
		l := lexicons[language]
		all = append(all, vocabularyOf(language, l.usual, l.vague, l.deed, l.learn, l.number, l.always))
	}
	for _, usual := range elsewhere {
		all = append(all, vocabularyOf("", usual))
	}
	return all
})

func vocabularyOf(language string, lists ...phrases) vocabulary {
	v := vocabulary{language: language, whole: map[string]bool{}}
	for _, one := range slices.Concat(lists...) {
		if len(one) != 1 {
			continue
		}
		if end, open := strings.CutPrefix(one[0], "*"); open {
			v.ends = append(v.ends, end)
		} else if stem, open := strings.CutSuffix(one[0], "*"); open {
			v.stems = append(v.stems, stem)
		} else {
			v.whole[one[0]] = true
		}
	}
	return v
}

// count says how many of the words are known.
func (v vocabulary) count(words []string) int {
	n := 0
	for _, word := range words {
		if v.whole[word] ||
			slices.ContainsFunc(v.stems, func(stem string) bool { return strings.HasPrefix(word, stem) }) ||
			slices.ContainsFunc(v.ends, func(end string) bool { return strings.HasSuffix(word, end) }) {
			n++
		}
	}
	return n
}
