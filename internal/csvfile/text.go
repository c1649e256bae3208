package csvfile

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Tidy trims a value, makes one space of any run of spaces and line breaks, and leaves out what
// cannot be seen: control characters, and those that turn the direction of what follows, by which a
// name could pass for another.
func Tidy(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c <= ' ' && (c != ' ' || i == 0 || i == len(s)-1 || s[i+1] == ' ') || c == 0x7F || c >= 0xC2 && unusualSpace(s[i:]) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	gap := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			gap = b.Len() > 0
		case unseen(r):
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

func unusualSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unseen(r) || unicode.IsSpace(r)
}

func unseen(r rune) bool {
	switch r {
	case '\uFEFF', '\u200B', '\u200E', '\u200F', '\u061C':
		return true
	}
	return unicode.IsControl(r) || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

// IsFormula tells whether a spreadsheet would calculate the cell, and so do what whoever chose the
// value wants. An apostrophe before it makes it text, there and here.
func IsFormula(cell string) bool {
	cell = strings.TrimLeft(cell, " \t\r\n")
	for _, sign := range []string{"=", "+", "-", "@", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, sign) {
			return true
		}
	}
	return false
}

// AsText takes off the apostrophe that makes a formula text.
func AsText(cell string) string {
	if rest, marked := strings.CutPrefix(cell, "'"); marked && IsFormula(rest) {
		return rest
	}
	return cell
}
