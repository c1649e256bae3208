package winfile

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

func tooLong(text string, most int) bool {
	return len(text) > most && utf8.RuneCountInString(text) > most
}

// short is the beginning of a text, on one line.
func short(text string, most int) string {
	text = strings.Join(strings.Fields(text[:min(len(text), 8*most)]), " ")
	if !tooLong(text, most) {
		return strings.ToValidUTF8(text, "")
	}
	runes := []rune(text)
	return strings.TrimSpace(string(runes[:most-1])) + "…"
}

// Same is the form in which two wordings of a win are compared: letters and figures alone.
func Same(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(words) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
			gap = false
		} else {
			gap = true
		}
	}
	if b.Len() == 0 {
		return words
	}
	return b.String()
}

// keyOf names a win by its words and by where its time begins, if that is told.
func keyOf(what string, when span) string {
	return "win " + when.begin().String() + " " + Same(what)
}

var (
	image       = pattern(`!\[([^\]]*)\]\([^)]*\)`)
	inline      = pattern(`\[([^\]]+)\]\(\s*<?([^)\s>]+)>?[^)]*\)`)
	bareAddress = pattern(`<?(https?://[^\s<>]+)>?`)
	marks       = strings.NewReplacer("**", "", "__", "", "`", "", "~~", "")
)

// plain takes the marks of Markdown out of a line, and gives its first address.
func plain(line string) (text, link string) {
	text = image().ReplaceAllString(line, "$1")
	text = inline().ReplaceAllStringFunc(text, func(found string) string {
		part := inline().FindStringSubmatch(found)
		if link == "" && isAddress(part[2]) {
			link = part[2]
		}
		return part[1]
	})
	text = bareAddress().ReplaceAllStringFunc(text, func(found string) string {
		address := strings.TrimRight(strings.Trim(found, "<>"), ".,;:!?)")
		if link == "" && isAddress(address) {
			link = address
		}
		return found
	})
	return strings.TrimSpace(marks.Replace(text)), link
}

// isAddress tells of an address on the web.
func isAddress(text string) bool {
	at, err := url.Parse(text)
	return err == nil && (at.Scheme == "http" || at.Scheme == "https") && at.Hostname() != "" && at.User == nil && len(text) <= 2000
}

// capital begins a text with a capital letter.
func capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}
