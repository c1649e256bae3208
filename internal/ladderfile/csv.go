package ladderfile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/csvfile"
)

// The columns of a CSV file, and what else they are called.
var columns = map[string]string{
	"framework": "framework", "role": "role", "job family": "role", "family": "role", "job role": "role",
	"about": "about", "track": "track", "level": "level", "job level": "level",
	"skill": "skill", "asked": "asked", "skill level": "asked", "expected level": "asked", "expected": "asked",
	"expectation": "words", "criterion": "words", "criteria": "words", "shows": "words", "words": "words", "description": "words",
	"theme": "theme", "example": "example", "examples": "example", "id": "id",
}

// csvFile is a CSV file whose header was found.
type csvFile struct {
	recs   *csvfile.Records
	header []string // what each column says; empty: nothing we keep
	unused []string
	p      problems
}

// csvOf recognises a CSV file by its first line: a role, a level, and a skill or an expectation.
func csvOf(text string) (*csvFile, bool) {
	for _, delimiter := range []byte{',', ';', '\t', '|'} {
		c := &csvFile{recs: csvfile.NewRecords(text, delimiter)}
		first, ok := c.recs.Next()
		if !ok {
			return nil, false
		}
		for _, cell := range first.Cells {
			name := csvfile.Tidy(cell)
			known := columns[strings.ToLower(words(name))]
			if known == "" || slices.Contains(c.header, known) {
				c.unused = append(c.unused, name)
				known = ""
			}
			c.header = append(c.header, known)
		}
		if slices.Contains(c.header, "role") && slices.Contains(c.header, "level") && (slices.Contains(c.header, "skill") || slices.Contains(c.header, "words")) {
			return c, true
		}
	}
	return nil, false
}

func (c *csvFile) read() (*File, error) {
	f := &File{Shape: "CSV", Unused: c.unused}
	for rec, ok := c.recs.Next(); ok; rec, ok = c.recs.Next() {
		c.row(f, rec)
	}
	if len(f.Roles) == 0 && len(c.p) == 0 {
		c.p.add(0, "the file names columns, and nothing below them")
	}
	return f, c.p.err()
}

func (c *csvFile) row(f *File, rec csvfile.Record) {
	switch {
	case rec.Quote == csvfile.QuotesNotClear:
		c.p.add(rec.Line, "the quotation marks are not in order: a quoted cell has no end, or text after it")
		return
	case len(rec.Cells) > len(c.header):
		c.p.add(rec.Line, "there are %d cells under %d columns: put quotation marks around a text that holds the separator", len(rec.Cells), len(c.header))
		return
	}
	said := map[string]string{}
	for i, cell := range rec.Cells {
		if c.header[i] != "" {
			said[c.header[i]] = csvfile.Tidy(csvfile.AsText(cell))
		}
	}
	if strings.Join(rec.Cells, "") == "" {
		return
	}
	if said["role"] == "" || said["level"] == "" {
		c.p.add(rec.Line, "the role or the level is missing: each line says both")
		return
	}
	if said["framework"] != "" && f.Framework != "" && key(said["framework"]) != key(f.Framework) {
		c.p.add(rec.Line, "a second framework, %s: a file holds one", called(said["framework"]))
		return
	}
	if f.Framework == "" {
		f.Framework = said["framework"]
	}
	level := f.at(said["role"], said["level"], said["track"], rec.Line)
	if a, ok := c.ask(said, rec.Line); ok {
		level.Asks = append(level.Asks, a)
	} else if said["about"] != "" {
		level.About = said["about"]
	}
}

// ask is the expectation of a line. A line without one only says that there is the level.
func (c *csvFile) ask(said map[string]string, line int) (Ask, bool) {
	a := Ask{Key: key(said["id"]), Theme: said["theme"], Skill: said["skill"], Words: said["words"], Line: line}
	if a.Skill == "" && a.Words == "" {
		if said["asked"] != "" {
			c.p.add(line, "a level of a skill is asked for, and no skill is named")
		}
		return a, false
	}
	if said["example"] != "" {
		a.Examples = []string{said["example"]}
	}
	if a.Skill == "" {
		return a, true
	}
	if asked := said["asked"]; len(asked) == 1 && asked[0] >= '0' && asked[0] <= '0'+TopLevel {
		a.Level = int(asked[0] - '0')
	} else {
		c.p.add(line, "%s is no level of a skill: they go from 0 to %d", called(asked), TopLevel)
	}
	return a, true
}

// at is the level of the role; both come to be with the first line that names them.
func (f *File) at(role, level, track string, line int) *Level {
	i := slices.IndexFunc(f.Roles, func(r Role) bool { return r.Key == key(role) })
	if i < 0 {
		i = len(f.Roles)
		f.Roles = append(f.Roles, Role{Key: key(role), Name: role, Line: line})
	}
	r := &f.Roles[i]
	j := slices.IndexFunc(r.Levels, func(l Level) bool { return l.Key == key(level) })
	if j < 0 {
		j = len(r.Levels)
		r.Levels = append(r.Levels, Level{Key: key(level), Name: levelName(level), Track: track, Line: line})
	}
	return &r.Levels[j]
}

func levelName(level string) string {
	if number(level) {
		return fmt.Sprintf("Level %s", level)
	}
	return level
}
