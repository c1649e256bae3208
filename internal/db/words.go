package db

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words are what somebody looks for: a text that is found holds each of them.
type Words []string

// A search is about a few words; engines refuse much longer patterns.
const (
	mostWords   = 5
	longestWord = 100 // in bytes
)

// WordsIn are the words of what somebody typed.
func WordsIn(text string) Words {
	var words Words
	for word := range strings.FieldsSeq(storable(text)) {
		if len(words) < mostWords && len(word) <= longestWord {
			words = append(words, word)
		}
	}
	return words
}

// Held is the condition that the column holds each of the words, in capitals or not, and the
// arguments to it, the first of which is $from. SQLite knows the capitals of ASCII alone; there a
// word is also looked for as it was typed and with a capital at its beginning.
func (w Words) Held(column string, from int) (condition string, args []any) {
	conditions := []string{"1 = 1"}
	for _, word := range w {
		var ways []string
		for _, pattern := range []string{strings.ToLower(word), word, capital(word)} {
			args = append(args, "%"+EscapeLike(pattern)+"%")
			text := column
			if len(ways) == 0 {
				text = "lower(" + column + ")"
			}
			ways = append(ways, text+" like $"+strconv.Itoa(from+len(args)-1)+" escape '!'")
		}
		conditions = append(conditions, "("+strings.Join(ways, " or ")+")")
	}
	return strings.Join(conditions, " and "), args
}

// In tells whether the text holds each of the words, in capitals or not.
func (w Words) In(text string) bool {
	text = strings.ToLower(text)
	for _, word := range w {
		if !strings.Contains(text, strings.ToLower(word)) {
			return false
		}
	}
	return true
}

func capital(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + strings.ToLower(word[size:])
}

// EscapeLike makes the text stand for itself in a LIKE pattern with escape '!'.
func EscapeLike(text string) string {
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(text)
}
