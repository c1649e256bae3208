package winfile

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
)

// span is a time that a text names: a day, a month, a quarter, a year. Parts that it does not
// name are zero.
type span struct {
	year  int
	month time.Month // the first
	last  time.Month // of a span of months; else that same month
	day   int
}

func (s span) isZero() bool { return s == span{} }

// within fills in what the span leaves open from a span around it.
func (s span) within(around span) span {
	if s.isZero() {
		return around
	}
	if s.year == 0 {
		s.year = around.year
	}
	if s.month == 0 && s.day == 0 && around.year == s.year {
		s.month, s.last = around.month, around.last
	}
	return s
}

// begin is the first day of the span; none, without a year.
func (s span) begin() civil.Date {
	if s.year == 0 {
		return civil.Date{}
	}
	return civil.On(s.year, max(s.month, 1), max(s.day, 1))
}

// end is the last day of the span that has come: that is the day of something of which no more is
// told. A span that begins later ends when it begins.
func (s span) end(today civil.Date) civil.Date {
	switch {
	case s.year == 0:
		return civil.Date{}
	case s.day != 0:
		return s.begin()
	}
	last := s.last
	if last == 0 {
		last = 12
	}
	end := civil.On(s.year, last, 1).AddMonths(1).AddDays(-1)
	if end.After(today) {
		end = today
	}
	if end.Before(s.begin()) {
		end = s.begin()
	}
	return end
}

var months = map[string]time.Month{}

func init() {
	for _, language := range []string{
		"january february march april may june july august september october november december",
		"jan feb mar apr may jun jul aug sep oct nov dec", "jan feb mar apr may june july aug sept oct nov dec",
		"januar februar märz april mai juni juli august september oktober november dezember",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	} {
		for n, name := range strings.Fields(language) {
			months[name] = time.Month(n + 1)
		}
	}
}

const (
	aYear  = `((?:19|20)\d\d)`
	aMonth = `(\p{L}{3,10})\.?`
)

// forms are the forms in which a time is written, the more exact first.
var forms = []struct {
	pattern func() *regexp.Regexp
	read    func(part []string) (span, bool)
}{
	{form(aYear + `[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?)?`), func(p []string) (span, bool) { return day(p[1], p[2], p[3]) }},
	{form(`(\d{1,2})\.\s?(\d{1,2})\.\s?` + aYear), func(p []string) (span, bool) { return day(p[3], p[2], p[1]) }},
	{form(`(\d{1,2})[/-](\d{1,2})[/-]` + aYear), slashed},
	{form(`(\d{1,2})(?:st|nd|rd|th|\.)? (?:de )?` + aMonth + `,? (?:de )?` + aYear), func(p []string) (span, bool) { return named(p[3], p[2], p[1]) }},
	{form(aMonth + ` (\d{1,2})(?:st|nd|rd|th)?,? ` + aYear), func(p []string) (span, bool) { return named(p[3], p[1], p[2]) }},
	{form(`(\d{1,2})-(\p{L}{3})-` + aYear), func(p []string) (span, bool) { return named(p[3], p[2], p[1]) }},
	{form(aMonth + `\s?[-–—/]\s?` + aMonth + `,? ` + aYear), func(p []string) (span, bool) { return monthsOf(p[3], p[1], p[2]) }},
	{form(aMonth + `,? (?:de )?` + aYear), func(p []string) (span, bool) { return named(p[2], p[1], "") }},
	{form(aYear + `,? ` + aMonth), func(p []string) (span, bool) { return named(p[1], p[2], "") }},
	{form(aYear + `-(\d{2})`), func(p []string) (span, bool) { return day(p[1], p[2], "") }},
	{form(`(\d{2})/` + aYear), func(p []string) (span, bool) { return day(p[2], p[1], "") }},
	{form(`[QT]([1-4])[ /-]?'?` + aYear), func(p []string) (span, bool) { return part(p[2], p[1], 3) }},
	{form(aYear + `[ /-]?[QT]([1-4])`), func(p []string) (span, bool) { return part(p[1], p[2], 3) }},
	{form(`H([12])[ /-]?` + aYear), func(p []string) (span, bool) { return part(p[2], p[1], 6) }},
	{form(aYear + `[ /-]?H([12])`), func(p []string) (span, bool) { return part(p[1], p[2], 6) }},
	{form(`(\d{1,2})(?:st|nd|rd|th|\.)? ` + aMonth), func(p []string) (span, bool) { return named("", p[2], p[1]) }},
	{form(aMonth + ` (\d{1,2})(?:st|nd|rd|th)?`), func(p []string) (span, bool) { return named("", p[1], p[2]) }},
	{form(`Q([1-4])`), func(p []string) (span, bool) { return part("", p[1], 3) }},
	{form(`H([12])`), func(p []string) (span, bool) { return part("", p[1], 6) }},
	{form(`(?:year )?` + aYear), func(p []string) (span, bool) { return span{year: number(p[1])}, true }},
	{form(`(\p{L}{3,10})`), func(p []string) (span, bool) { return named("", p[1], "") }},
}

func form(text string) func() *regexp.Regexp { return pattern(`(?i)^(?:` + text + `)`) }

// spanAt reads the time that a text begins with, and gives the rest of the text.
func spanAt(text string) (found span, rest string, ok bool) {
	if !mayBeTime(text) {
		return span{}, text, false
	}
	for _, each := range forms {
		part := each.pattern().FindStringSubmatch(text)
		if part == nil {
			continue
		}
		rest := text[len(part[0]):]
		if rest != "" && isWordy(rest) {
			continue
		}
		if found, ok = each.read(part); ok {
			return found, rest, true
		}
	}
	return span{}, text, false
}

// mayBeTime tells quickly of most texts that they begin with no time.
func mayBeTime(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) {
		return unicode.IsDigit(first)
	}
	word, _, _ := strings.Cut(text[:min(len(text), 40)], " ")
	end := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(word)
	}
	word = strings.ToLower(word[:end])
	return months[word] != 0 || strings.Contains(" q h t year ", " "+word+" ")
}

// isWordy tells whether a word goes on here.
func isWordy(rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return next == '_' || unicode.IsLetter(next) || unicode.IsDigit(next)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

func day(year, month, of string) (span, bool) {
	s := span{year: number(year), month: time.Month(number(month)), last: time.Month(number(month)), day: number(of)}
	return s, s.exists()
}

func (s span) exists() bool {
	if s.month < 1 || s.month > 12 {
		return false
	}
	year := s.year
	if year == 0 {
		year = 2000
	}
	_, err := civil.Parse(fmt.Sprintf("%04d-%02d-%02d", year, s.month, max(s.day, 1)))
	return err == nil
}

// slashed is 31/3/2026 or 3/31/2026. Where both could be meant there is no day: it is told to
// whoever wrote it.
func slashed(p []string) (span, bool) {
	a, b := number(p[1]), number(p[2])
	switch {
	case a > 12 || a == b:
		return day(p[3], p[2], p[1])
	case b > 12:
		return day(p[3], p[1], p[2])
	}
	return span{year: number(p[3]), day: unclear}, a > 0 && b > 0
}

// unclear is the day of a date of which it is not clear what is the day and what the month.
const unclear = -1

func named(year, month, of string) (span, bool) {
	m, known := months[strings.ToLower(month)]
	if !known {
		return span{}, false
	}
	s := span{year: number(year), month: m, last: m, day: number(of)}
	return s, s.exists() && (of == "" || s.day > 0)
}

func monthsOf(year, from, to string) (span, bool) {
	a, known := months[strings.ToLower(from)]
	b, knownToo := months[strings.ToLower(to)]
	return span{year: number(year), month: a, last: b}, known && knownToo && a <= b
}

// part is a quarter or a half of a year.
func part(year, which string, long int) (span, bool) {
	n := number(which)
	return span{year: number(year), month: time.Month((n-1)*long + 1), last: time.Month(n * long)}, true
}

var (
	opening  = pattern(`^[\[(]\s*`)
	after    = pattern(`^\s*[\])]?\s*(?:[:,;–—|]|-\s|\s|$)\s*[-–—]?\s*`)
	inParens = pattern(`\s*[(\[]([^()\[\]]{4,40})[)\]]\s*\.?$`)
)

// datedEntry takes the time off the beginning or the end of an entry of a list. A month or a year by
// itself counts only where something parts it from the words: "May I add" is no date.
func datedEntry(text string) (when span, rest string) {
	inside := opening().FindString(text)
	if found, rest, ok := spanAt(text[len(inside):]); ok {
		parted := after().FindString(rest)
		loose := parted == "" || strings.TrimSpace(parted) == "" && rest != "" && inside == ""
		if parted != "" && (!loose || found.day != 0 && found.year != 0) && strings.TrimSpace(rest[len(parted):]) != "" {
			return found, rest[len(parted):]
		}
	}
	if at := inParens().FindStringSubmatchIndex(text); at != nil {
		if found, left, ok := spanAt(strings.TrimSpace(text[at[2]:at[3]])); ok && left == "" {
			return found, strings.TrimSpace(text[:at[0]])
		}
	}
	return span{}, text
}

// datedHeading takes the time out of a heading: "Q3 2026: the platform" is a quarter and a topic.
func datedHeading(text string) (when span, topic string) {
	text = strings.TrimSpace(text)
	if found, rest, ok := spanAt(opening().ReplaceAllString(text, "")); ok {
		parted := after().FindString(rest)
		if rest == "" || parted != "" && (found.year != 0 || strings.TrimSpace(parted) != "") {
			return found, strings.TrimSpace(strings.TrimLeft(rest[len(parted):], ")]:-–— "))
		}
	}
	if at := inParens().FindStringSubmatchIndex(text); at != nil {
		if found, left, ok := spanAt(strings.TrimSpace(text[at[2]:at[3]])); ok && left == "" {
			return found, strings.TrimSpace(text[:at[0]])
		}
	}
	if len(text) > longestLine {
		return span{}, text
	}
	for at, r := range text { // "Wins of March 2026"
		if r != ' ' && r != ',' && r != '-' && r != '–' && r != '—' && r != ':' {
			continue
		}
		rest := strings.TrimLeft(text[at:], " ,-–—:")
		if found, left, ok := spanAt(rest); ok && strings.TrimSpace(left) == "" && (found.year != 0 || found.last != found.month) {
			return found, strings.TrimRight(strings.TrimSuffix(strings.TrimRight(text[:at], " ,-–—:"), " of"), " ,-–—:")
		}
	}
	return span{}, text
}
