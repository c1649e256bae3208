package plan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/smart"
)

// openings are the words with which the label of an answer begins already; people write them
// again, and the draft would say them twice.
var openings = map[Section][]string{
	PurposeCalled:  {"people come to me for", "they come to me for", "people come to me", "they come for", "for"},
	PurposeUnasked: {"i would", "i’d", "i'd", "i want to", "i like to", "to"},
	PurposeFor:     {"so that", "that"},
}

// DraftPurpose puts the answers behind a purpose together into a sentence or two, which the
// person then makes their own. Of no answers it makes nothing.
//
// The frame of the sentence is English. Who answered in another language that the advice on goals
// knows gets their own sentences in the order of the questions.
func (p Plan) DraftPurpose() string {
	answers := []string{p.Text(PurposeUnasked).Words, p.Text(PurposeFor).Words, p.Text(PurposeCalled).Words}
	if language := smart.LanguageOf(answers...); language != "" && language != smart.English {
		return sentences(asWritten(answers)...)
	}
	called := clause(p.Text(PurposeCalled).Words, openings[PurposeCalled])
	unasked := clause(p.Text(PurposeUnasked).Words, openings[PurposeUnasked])
	better := clause(p.Text(PurposeFor).Words, openings[PurposeFor])
	if better != "" && !strings.HasPrefix(strings.ToLower(better), "for ") {
		better = "so that " + better
	}
	brings := ""
	if called != "" {
		brings = "What I bring: " + called
	}
	switch {
	case unasked != "":
		return sentences(join(", ", "I want to "+unasked, better), brings)
	case better != "" && brings != "":
		return sentences(brings + ", " + better)
	case better != "":
		return sentences("I want to work " + better)
	}
	return sentences(brings)
}

// asWritten is each answer in one line, its first letter a capital.
func asWritten(answers []string) []string {
	var all []string
	for _, answer := range answers {
		var parts []string
		for line := range strings.Lines(answer) {
			if line = strings.Trim(strings.TrimLeft(strings.TrimSpace(line), "-*• "), " .;,"); line != "" {
				parts = append(parts, line)
			}
		}
		text := strings.Join(parts, ", ")
		first, size := utf8.DecodeRuneInString(text)
		if text != "" {
			text = string(unicode.ToUpper(first)) + text[size:]
		}
		all = append(all, text)
	}
	return all
}

// clause is an answer as it can stand within a sentence: a list in one line, without the opening
// that the sentence has already and without a full stop.
func clause(answer string, openings []string) string {
	var parts []string
	for line := range strings.Lines(answer) {
		if line = strings.Trim(strings.TrimLeft(strings.TrimSpace(line), "-*• "), " .;,"); line != "" {
			parts = append(parts, small(line))
		}
	}
	text := listed(parts)
	for _, opening := range openings {
		rest, ok := cutFold(text, opening)
		if ok && rest != "" {
			return small(strings.TrimLeft(rest, " :,…."))
		}
	}
	return text
}

// cutFold takes the opening off, whatever its case, where a word ends.
func cutFold(text, opening string) (rest string, ok bool) {
	if len(text) <= len(opening) || !strings.EqualFold(text[:len(opening)], opening) {
		return text, false
	}
	next, _ := utf8.DecodeRuneInString(text[len(opening):])
	return strings.TrimSpace(text[len(opening):]), !unicode.IsLetter(next)
}

// small is the text with a small first letter, unless its first word is one that keeps a capital
// within a sentence: I, and whatever has another capital or a figure in it.
func small(text string) string {
	word, _, _ := strings.Cut(text, " ")
	first, size := utf8.DecodeRuneInString(text)
	keeps := func(r rune) bool { return unicode.IsUpper(r) || unicode.IsDigit(r) }
	if word == "I" || strings.HasPrefix(word, "I’") || strings.HasPrefix(word, "I'") || strings.ContainsFunc(word[min(size, len(word)):], keeps) {
		return text
	}
	return string(unicode.ToLower(first)) + text[size:]
}

// listed joins the lines of an answer as a sentence does.
func listed(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// sentences ends each of those that say something.
func sentences(all ...string) string {
	all = slices.DeleteFunc(all, func(s string) bool { return s == "" })
	for i, s := range all {
		if !strings.ContainsRune("!?…", lastRune(s)) {
			all[i] = s + "."
		}
	}
	return strings.Join(all, " ")
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func join(between string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}
