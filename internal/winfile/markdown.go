package winfile

import (
	"strings"
)

// In a list of Markdown, headings say the time and the topic, and each entry is a win. An entry that
// ends with a colon is a heading of those below it; below any other stand details.

const mostNested = 30 // headings within each other

type heading struct {
	level int
	when  span
	topic string
}

// entry is an entry of a list while it is read.
type entry struct {
	line, indent int
	text         string
	details      []string
	headings     []heading
}

var (
	atx      = pattern(`^ {0,3}(#{1,6})\s+(.*?)\s*#*$`)
	boldLine = pattern(`^ {0,3}(?:\*\*|__)([^*_]+)(?:\*\*|__):?$`)
	bullet   = pattern(`^(\s*)(?:[-*+•‣–]|\d{1,3}[.)])\s+(.*)$`)
	task     = pattern(`^\[([ xX])\]\s+(.*)$`)
	ruler    = pattern(`^\s*([-=*_])(?:\s*[-=*_])*\s*$`)
	fence    = pattern("^\\s*(```|~~~)")
	labelled = pattern(`(?i)^(impact|effect|result|results|outcome|why it matters|figure|metric|metrics|number|numbers|link|links|evidence|proof|date|when)\s*:\s*(.+)$`)
)

// lister reads the lines of a list.
type lister struct {
	*reader
	headings []heading
	entry    *entry
	titles   int // headings of the first level
}

func (r *reader) markdown(text string) error {
	lines := strings.Split(text, "\n")
	l := &lister{reader: r}
	for _, line := range lines {
		if m := atx().FindStringSubmatch(line); m != nil && len(m[1]) == 1 {
			l.titles++
		}
	}
	found := false
	for n := frontMatter(lines); n < len(lines); n++ {
		line := lines[n]
		switch {
		case len(line) <= longestRead && fence().MatchString(line):
			n = closing(lines, n, fence().FindStringSubmatch(line)[1])
		case strings.HasPrefix(strings.TrimSpace(line), "<!--"):
			n = closing(lines, n-1, "-->")
		case len(line) <= longestRead && n+1 < len(lines) && len(lines[n+1]) <= longestRead && isTitle(line, lines[n+1]):
			l.head(map[byte]int{'=': 1, '-': 2}[strings.TrimSpace(lines[n+1])[0]], line)
			n++
		default:
			found = l.line(n+1, line) || found
		}
	}
	l.done()
	if !found {
		return unreadable("There is no list in it. Each win is an entry that begins with “- ”; headings say when, or of what.")
	}
	return nil
}

// frontMatter is how many lines stand before the text itself.
func frontMatter(lines []string) int {
	if strings.TrimSpace(lines[0]) != "---" {
		return 0
	}
	for n := 1; n < min(len(lines), 100); n++ {
		if strings.TrimSpace(lines[n]) == "---" {
			return n + 1
		}
	}
	return 0
}

// closing is the line after n that closes what opened there; the last, if none does.
func closing(lines []string, n int, with string) int {
	for n++; n < len(lines); n++ {
		if strings.Contains(lines[n], with) {
			return n
		}
	}
	return n
}

// isTitle tells of a line that is underlined.
func isTitle(line, next string) bool {
	next = strings.TrimSpace(next)
	return strings.TrimSpace(line) != "" && bullet().FindString(line) == "" && len(next) >= 3 && (strings.Trim(next, "=") == "" || strings.Trim(next, "-") == "")
}

// line reads one line, and tells whether an entry begins there.
func (l *lister) line(number int, line string) bool {
	if len(line) > longestRead || len(line)-len(strings.TrimLeft(line, " \t")) > longestLine {
		l.problem(number, strings.TrimLeft(line[:min(len(line), 2*longestRead)], " \t"), "This line is longer, or stands further in, than that of any list.")
		return false
	}
	line = strings.ReplaceAll(line, "\t", "    ")
	trimmed := strings.TrimSpace(line)
	if m := atx().FindStringSubmatch(line); m != nil {
		l.head(len(m[1]), m[2])
		return false
	}
	if m := boldLine().FindStringSubmatch(line); m != nil {
		l.head(6, m[1])
		return false
	}
	if m := bullet().FindStringSubmatch(line); m != nil && !ruler().MatchString(line) {
		l.begin(number, len(m[1]), strings.TrimSpace(m[2]))
		return true
	}
	switch {
	case trimmed == "" || ruler().MatchString(line):
	case l.entry != nil && strings.HasPrefix(line, strings.Repeat(" ", l.entry.indent+1)):
		l.entry.goOn(trimmed)
	default:
		l.done()
		l.Passed++
	}
	return false
}

// head notes a heading, below those of a higher level.
func (l *lister) head(level int, text string) {
	l.done()
	text, _ = plain(text)
	one := heading{level: level}
	one.when, one.topic = datedHeading(text)
	for len(l.headings) > 0 && l.headings[len(l.headings)-1].level >= level {
		l.headings = l.headings[:len(l.headings)-1]
	}
	l.headings = append(l.headings, one)
}

// begin begins an entry, or a detail of the one above it.
func (l *lister) begin(line, indent int, text string) {
	if l.entry != nil && indent > l.entry.indent {
		l.entry.details = append(l.entry.details, text)
		return
	}
	l.done()
	for len(l.headings) > 0 && l.headings[len(l.headings)-1].level > 6 && l.headings[len(l.headings)-1].level-7 >= indent {
		l.headings = l.headings[:len(l.headings)-1]
	}
	if name, is := strings.CutSuffix(text, ":"); is || strings.HasSuffix(text, ":**") {
		name, _ = plain(strings.TrimSuffix(name, ":**"))
		one := heading{level: 7 + indent}
		one.when, one.topic = datedHeading(strings.TrimSuffix(name, ":"))
		if len(l.headings) < mostNested {
			l.headings = append(l.headings, one)
		}
		return
	}
	l.entry = &entry{line: line, indent: indent, text: text, headings: append([]heading(nil), l.headings...)}
}

// goOn adds a line that belongs to the last thing said.
func (e *entry) goOn(text string) {
	last := &e.text
	if n := len(e.details); n > 0 {
		last = &e.details[n-1]
	}
	if len(*last) <= longestRead { // beyond is no win anyway
		*last += " " + text
	}
}

// done takes the entry that was read.
func (l *lister) done() {
	e := l.entry
	l.entry = nil
	if e == nil {
		return
	}
	if m := task().FindStringSubmatch(e.text); m != nil {
		if m[1] == " " {
			l.problem(e.line, m[2], "This is not ticked: keep it when it is done.")
			return
		}
		e.text = m[2]
	}
	text, link := plain(e.text)
	one := Item{Line: e.line, Link: link, Topic: l.topic(e.headings)}
	when, what := datedEntry(text)
	one.What = what
	when = l.describe(&one, e.details, when)
	around := span{}
	for _, h := range e.headings {
		around = h.when.within(around)
	}
	if when.day == unclear {
		l.problem(e.line, text, "Which is the day and which the month is not clear. Write the date like 2026-03-31; until then it has none.")
		when = span{}
	} else {
		when = guessYear(when.within(around), l.o.Today.Year(), l.reader)
	}
	one.Day = when.end(l.o.Today)
	one.Keys = []string{keyOf(one.What, when)}
	l.add(one)
}

// describe fills in what the details below an entry say.
func (l *lister) describe(one *Item, details []string, when span) span {
	var effect []string
	for _, detail := range details {
		text, link := plain(detail)
		if one.Link == "" {
			one.Link = link
		}
		m := labelled().FindStringSubmatch(text)
		if m == nil {
			effect = append(effect, text)
			continue
		}
		switch label := strings.ToLower(m[1]); {
		case strings.HasPrefix(label, "figure"), strings.HasPrefix(label, "metric"), strings.HasPrefix(label, "number"):
			one.Figure = m[2]
		case label == "date" || label == "when":
			if found, rest, ok := spanAt(m[2]); ok && strings.TrimSpace(rest) == "" {
				when = found
			} else {
				l.problem(one.Line, text, "This is not a date that can be read. Write it like 2026-03-31.")
			}
		case strings.HasPrefix(label, "link") && link != "":
		default:
			effect = append(effect, m[2])
		}
	}
	one.Effect = strings.Join(effect, "\n")
	return when
}

// topic is the nearest heading that says more than a time. The only title of a document is none.
func (l *lister) topic(headings []heading) string {
	for n := len(headings) - 1; n >= 0; n-- {
		if h := headings[n]; h.topic != "" && !(h.level == 1 && l.titles == 1) {
			return h.topic
		}
	}
	return ""
}

// guessYear gives a time without a year the last one in which it has come.
func guessYear(s span, thisYear int, r *reader) span {
	if s.year != 0 || s.isZero() {
		return s
	}
	s.year = thisYear
	if s.begin().After(r.o.Today) {
		s.year--
	}
	return s
}
