package ladderfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/csvfile"
)

// Two shapes in which organisations have published their frameworks, one role a file. Others of
// the same structure are read as well; a field that we have no place for is told and left out.

// proficiencies are the words of the first shape for the levels of a skill, from 1.
var proficiencies = []string{"awareness", "foundational", "working knowledge", "practitioner", "expert"}

// family reads a job family: levels, themes, and competencies that name one of each.
//
// A theme that has one competency a level, each with its proficiency, is a skill, and the
// proficiency its level from 1 to 5. Under other themes competencies stay prose.
func (r *reader) family(top *node) *File {
	r.loose(top, "the file", "name", "summary", "levels", "themes", "competencies")
	role := Role{Name: r.needed(top, "the file", "name"), About: r.long(top, "summary"), Line: top.line}
	role.Key = key(role.Name)
	for _, n := range r.list(top, "levels") {
		if r.loose(n, "a level", "id", "name", "summary") {
			role.Levels = append(role.Levels, Level{Key: key(r.needed(n, "a level", "id")), Name: r.needed(n, "a level", "name"), About: r.long(n, "summary"), Line: n.line})
		}
	}
	tracks(role.Levels)
	themes := map[string]*theme{}
	for _, n := range r.list(top, "themes") {
		if !r.loose(n, "a theme", "id", "name", "summary") {
			continue
		}
		id := key(r.needed(n, "a theme", "id"))
		if themes[id] != nil {
			r.p.add(n.line, "the theme %s is declared twice", called(id))
		}
		themes[id] = &theme{name: r.needed(n, "a theme", "name"), about: r.long(n, "summary"), skill: true, at: map[string]bool{}, line: n.line}
	}
	competencies := r.competencies(top, role.Levels, themes)
	for _, c := range competencies {
		c.join(&role)
	}
	for _, id := range keysOf(themes) {
		if t := themes[id]; t.skill && len(t.at) > 0 {
			role.Skills = append(role.Skills, Skill{Name: t.name, About: t.about, Line: t.line})
		}
	}
	return &File{Shape: "levels, themes and competencies", Roles: []Role{role}}
}

type theme struct {
	name, about string
	skill       bool            // one competency a level, each with a proficiency
	at          map[string]bool // the levels that have one
	line        int
}

type competency struct {
	level string
	theme *theme
	ask   Ask
	known bool // its proficiency is
}

func (r *reader) competencies(top *node, levels []Level, themes map[string]*theme) []competency {
	var all []competency
	for _, n := range r.list(top, "competencies") {
		if !r.loose(n, "a competency", "id", "level", "theme", "summary", "proficiency", "examples", "supportingUrls") {
			continue
		}
		c := competency{level: key(r.needed(n, "a competency", "level")), theme: themes[key(r.needed(n, "a competency", "theme"))]}
		if c.level != "" && !slices.ContainsFunc(levels, func(l Level) bool { return l.Key == c.level }) {
			r.p.add(n.field("level").line, "the level %s is used, and not declared", called(c.level))
		}
		if c.theme == nil {
			if v := n.field("theme"); v != nil && v.kind == scalar && v.text != "" {
				r.p.add(v.line, "the theme %s is used, and not declared", called(v.text))
			}
			continue
		}
		c.ask = Ask{Key: key(r.text(n, "id")), Theme: c.theme.name, Words: r.long(n, "summary"), Examples: append(r.texts(n, "examples"), r.links(n)...), Line: n.line}
		if c.ask.Words == "" {
			r.p.add(n.line, "a competency has no summary")
		}
		said := r.text(n, "proficiency")
		if i := slices.Index(proficiencies, strings.ToLower(said)); i >= 0 {
			c.known, c.ask.Level = true, i+1
		} else if said != "" {
			r.p.add(n.field("proficiency").line, "%s is no proficiency that we know: they are %s", called(said), strings.Join(proficiencies, ", "))
		}
		c.theme.skill = c.theme.skill && c.known && !c.theme.at[c.level]
		c.theme.at[c.level] = true
		all = append(all, c)
	}
	return all
}

// links are the addresses that a competency names, each as one example.
func (r *reader) links(n *node) []string {
	var all []string
	for _, item := range r.list(n, "supportingUrls") {
		if r.loose(item, "an address", "label", "url") {
			all = append(all, csvfile.Tidy(r.text(item, "label")+" "+r.text(item, "url")))
		}
	}
	return all
}

// join puts the competency at its level.
func (c competency) join(role *Role) {
	if c.theme.skill {
		c.ask.Skill, c.ask.Theme = c.theme.name, ""
	} else {
		c.ask.Level = 0
	}
	i := slices.IndexFunc(role.Levels, func(l Level) bool { return l.Key == c.level })
	if i >= 0 {
		role.Levels[i].Asks = append(role.Levels[i].Asks, c.ask)
	}
}

// tracks finds levels that stand side by side by their ids: senior-ic beside senior-pm.
func tracks(levels []Level) {
	for i := range levels {
		stem, end, ok := cutLast(levels[i].Key)
		if !ok {
			continue
		}
		for j := range levels {
			other, otherEnd, ok := cutLast(levels[j].Key)
			if ok && i != j && other == stem && !number(end) && !number(otherEnd) {
				levels[i].Track = end
			}
		}
	}
}

func cutLast(id string) (stem, end string, ok bool) {
	i := strings.LastIndexByte(id, '-')
	if i <= 0 || i == len(id)-1 {
		return "", "", false
	}
	return id[:i], id[i+1:], true
}

func number(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

func keysOf(themes map[string]*theme) []string {
	var ids []string
	for id := range themes {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return themes[a].line - themes[b].line })
	return ids
}

// topics reads a framework of topics with criteria by level; it says how many levels there are.
// All its criteria are prose.
func (r *reader) topics(top *node) *File {
	r.loose(top, "the file", "title", "levels", "topics")
	role := Role{Name: withoutSigns(r.text(top, "title")), Line: top.line}
	role.Name = strings.TrimSpace(strings.TrimSuffix(role.Name, " Framework"))
	if role.Name == "" {
		r.p.add(top.line, "the file has no title")
	}
	role.Key = key(role.Name)
	declared := r.countLevels(top, &role)
	seen := map[string]bool{}
	for _, n := range r.list(top, "topics") {
		if !r.loose(n, "a topic", "name", "title", "content") {
			continue
		}
		name := r.needed(n, "a topic", "name")
		if seen[key(name)] && name != "" {
			r.p.add(n.line, "the topic %s is there twice", called(name))
		}
		seen[key(name)] = true
		title := withoutSigns(r.text(n, "title"))
		if title == "" {
			title = capital(words(name))
		}
		r.contents(n, title, &role, declared)
	}
	return &File{Shape: "topics with criteria by level", Roles: []Role{role}}
}

// countLevels makes the levels that the file declares. Where it declares none, those that are used
// come to be.
func (r *reader) countLevels(top *node, role *Role) (declared bool) {
	said := r.text(top, "levels")
	if said == "" {
		return false
	}
	n, err := strconv.Atoi(said)
	if err != nil || n < 1 || n > mostLevels {
		r.p.add(top.field("levels").line, "levels is how many there are, from 1 to %d", mostLevels)
		return false
	}
	role.numbered(n, top.field("levels").line)
	return true
}

func (role *Role) numbered(n, line int) {
	for i := len(role.Levels) + 1; i <= n; i++ {
		role.Levels = append(role.Levels, Level{Key: strconv.Itoa(i), Name: fmt.Sprintf("Level %d", i), Line: line})
	}
}

func (r *reader) contents(topic *node, title string, role *Role, declared bool) {
	used := map[int]bool{}
	for _, n := range r.list(topic, "content") {
		if !r.loose(n, "a level of a topic", "level", "criteria", "exampleCriteria") {
			continue
		}
		said := r.needed(n, "a level of a topic", "level")
		at, err := strconv.Atoi(said)
		switch {
		case said == "":
			continue
		case err != nil || at < 1 || at > mostLevels:
			r.p.add(n.line, "%s is no level: they are counted from 1", called(said))
			continue
		case declared && at > len(role.Levels):
			r.p.add(n.line, "the level %d is used, and the file declares %d", at, len(role.Levels))
			continue
		case used[at]:
			r.p.add(n.line, "the level %d is there twice under %s", at, called(title))
			continue
		}
		used[at] = true
		role.numbered(at, n.line)
		level := &role.Levels[at-1]
		for _, item := range r.list(n, "criteria") {
			if item.kind == mapping {
				r.p.add(item.line, "criteria is a list of texts; in quotation marks where one holds a colon")
			} else if text := csvfile.Tidy(item.text); text != "" {
				level.Asks = append(level.Asks, Ask{Theme: title, Words: text, Line: item.line})
			}
		}
		for _, item := range r.list(n, "exampleCriteria") {
			if r.loose(item, "a criterion with examples", "criteria", "examples") {
				level.Asks = append(level.Asks, Ask{Theme: title, Words: r.needed(item, "a criterion with examples", "criteria"), Examples: r.texts(item, "examples"), Line: item.line})
			}
		}
	}
}

// withoutSigns takes off the signs before the first letter or figure, and the space after them.
func withoutSigns(title string) string {
	return csvfile.Tidy(strings.TrimLeftFunc(title, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }))
}
