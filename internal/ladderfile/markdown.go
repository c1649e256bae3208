package ladderfile

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

// readMarkdown reads a file with front matter: one role, its levels as headings and what they ask
// for as lists; or one of the other shapes, which hold everything in the front matter.
func readMarkdown(matter, body string) (*File, error) {
	above := 1 // the line ---
	if strings.TrimSpace(matter) == "" {
		return nil, unreadable(1, "the front matter is empty: it says at least role: and the name of the role")
	}
	top, err := parseYAML(matter, above)
	if err != nil {
		return nil, err
	}
	if top.kind == mapping && !top.has("role") && (top.has("topics") || top.has("roles") || top.has("competencies", "themes", "levels")) {
		return readTree(top)
	}
	r := &reader{}
	if !r.strict(top, "the front matter", "framework", "role", "id", "about", "levels", "skills") {
		return nil, r.p.err()
	}
	role := r.role(top, "role", nil)
	b := bodyText{p: &r.p, role: &role, declared: len(role.Levels) > 0, first: above + strings.Count(matter, "\n") + 3}
	for i := range role.Levels {
		if role.Levels[i].Key == "" {
			role.Levels[i].Key = key(role.Levels[i].Name)
		}
	}
	b.read(body)
	f := &File{Shape: "Markdown", Framework: r.text(top, "framework"), Roles: []Role{role}}
	return f, r.p.err()
}

// bodyText is the text below the front matter of one role, while it is being read.
type bodyText struct {
	p        *problems
	role     *Role
	declared bool // the front matter names the levels
	first    int  // the line on which the text begins
	level    int  // counted from 1; 0 before the first
	seen     []string
	theme    string
}

func (b *bodyText) read(body string) {
	var about []string
	var items []string
	flush := func(line int) {
		if text := strings.Join(items, "\n"); text != "" && b.level > 0 {
			asks := parseLines(b.p, text, line, b.theme)
			b.role.Levels[b.level-1].Asks = append(b.role.Levels[b.level-1].Asks, asks...)
		}
		items = nil
	}
	begun := 0
	for i, line := range append(strings.Split(body, "\n"), "#") {
		at := b.first + i
		title, depth := heading(line)
		item := len(items) > 0 && strings.TrimSpace(line) != "" || strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ")
		switch {
		case depth > 0:
			flush(begun)
			b.keepAbout(about)
			about = nil
			b.heading(at, title, depth)
		case item && b.level == 0:
			b.p.add(at, "what a level asks for stands below the heading of the level: ## and its name")
			return
		case item:
			if len(items) == 0 {
				begun = at
			}
			items = append(items, line)
		case len(items) > 0:
			items = append(items, line)
		default:
			about = append(about, line)
		}
	}
}

// heading is the title and the depth of a heading; depth 0 for any other line.
func heading(line string) (title string, depth int) {
	rest := strings.TrimLeft(line, "#")
	depth = len(line) - len(rest)
	if depth == 0 || depth > 6 || rest != "" && rest[0] != ' ' {
		return "", 0
	}
	return csvfile.Tidy(strings.TrimRight(csvfile.Tidy(rest), "# ")), depth
}

func (b *bodyText) heading(line int, title string, depth int) {
	switch {
	case title == "":
	case depth == 1:
		b.level, b.theme = 0, ""
	case depth == 2:
		b.begin(line, title)
	default:
		b.theme = title
	}
}

// begin turns to the level that a heading names.
func (b *bodyText) begin(line int, title string) {
	b.theme = ""
	if slices.Contains(b.seen, key(title)) {
		b.p.add(line, "the level %s has a heading already", called(title))
	}
	b.seen = append(b.seen, key(title))
	b.level = 1 + slices.IndexFunc(b.role.Levels, func(l Level) bool { return key(l.Name) == key(title) || l.Key == key(title) })
	if b.level > 0 {
		return
	}
	if b.declared {
		b.p.add(line, "the level %s is used, and not declared among the levels of the front matter", called(title))
	}
	b.role.Levels = append(b.role.Levels, Level{Key: key(title), Name: title, Line: line})
	b.level = len(b.role.Levels)
}

// keepAbout takes the text that is no list for what the level, or the role, is about.
func (b *bodyText) keepAbout(lines []string) {
	text := tidyLong(strings.Join(lines, "\n"))
	about := &b.role.About
	if b.level > 0 {
		about = &b.role.Levels[b.level-1].About
	}
	*about = strings.TrimSpace(*about + "\n\n" + text)
}

// skillLine is an expectation of a skill: its name, a colon, a level, and perhaps what that shows in.
var skillLine = regexp.MustCompile(`^([^:]{1,200}):\s*([0-9]+)(?:\s*$|\s*[.,;:–—-]\s*(.*)$)`)

// ParseLines reads what a level asks for as people write it into a form: a line an expectation,
// "Splicing: 3. Splices on her own." for a level of a skill, any other sentence for prose; a line
// that begins with # is the theme of those below it, and an indented line an example of the one
// above.
func ParseLines(text string) ([]Ask, error) {
	var p problems
	var asks []Ask
	theme, block, begun := "", []string{}, 1
	flush := func() {
		asks = append(asks, parseLines(&p, strings.Join(block, "\n"), begun, theme)...)
		block = nil
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	for i, line := range strings.Split(text, "\n") {
		if title, depth := heading(line); depth > 0 {
			flush()
			theme, begun = title, i+2
			continue
		}
		block = append(block, line)
	}
	flush()
	l := Level{Asks: asks}
	l.check(&p, map[string]int{})
	return asks, p.err()
}

// parseLines reads items; without hyphens, each line that is not indented is one.
func parseLines(p *problems, text string, line int, theme string) []Ask {
	var asks []Ask
	for i, raw := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(raw)
		indented := raw != "" && (raw[0] == ' ' || raw[0] == '\t')
		hyphen := strings.HasPrefix(trimmed, "- ") || strings.HasPrefix(trimmed, "* ")
		words := csvfile.Tidy(strings.TrimLeft(csvfile.Tidy(trimmed), "-* "))
		switch {
		case words == "":
		case indented && hyphen && len(asks) > 0:
			last := &asks[len(asks)-1]
			last.Examples = append(last.Examples, words)
		case indented && len(asks) > 0:
			last := &asks[len(asks)-1]
			if n := len(last.Examples); n > 0 {
				last.Examples[n-1] += " " + words
			} else {
				last.Words = strings.TrimSpace(last.Words + " " + words)
			}
		default:
			asks = append(asks, Ask{Theme: theme, Words: words, Line: line + i})
		}
	}
	for i := range asks {
		asks[i].findSkill(p)
	}
	return asks
}

// findSkill takes words that name a skill and a level for what they are.
func (a *Ask) findSkill(p *problems) {
	m := skillLine.FindStringSubmatch(a.Words)
	if m == nil {
		return
	}
	name := csvfile.Tidy(strings.TrimRight(strings.TrimLeft(m[1], "*_- "), "*_ "))
	if name == "" {
		return
	}
	a.Skill, a.Words = name, csvfile.Tidy(m[3])
	if len(m[2]) != 1 || m[2][0] > '0'+TopLevel {
		p.add(a.Line, "%s is no level of a skill: they go from 0 to %d", called(m[2]), TopLevel)
		return
	}
	a.Level = int(m[2][0] - '0')
}

// Lines writes expectations as ParseLines reads them.
func Lines(asks []Ask) string {
	var b strings.Builder
	theme := ""
	for _, a := range asks {
		if a.Theme != theme {
			theme = a.Theme
			b.WriteString("# " + theme + "\n")
		}
		line := csvfile.Tidy(a.Words)
		if a.Skill != "" && line == "" {
			line = fmt.Sprintf("%s: %d", a.Skill, a.Level)
		} else if a.Skill != "" {
			line = fmt.Sprintf("%s: %d. %s", a.Skill, a.Level, line)
		}
		b.WriteString("- " + line + "\n")
		for _, example := range a.Examples {
			b.WriteString("  - " + csvfile.Tidy(example) + "\n")
		}
	}
	return b.String()
}
