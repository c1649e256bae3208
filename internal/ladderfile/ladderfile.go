// Package ladderfile reads what organisations write of their roles: job families, levels, and
// what each level asks for. It knows no store: the caller hands it the bytes of a file and gets
// its roles, or every reason why they cannot be used.
//
// A file is known by its structure, never by its name: our own YAML, Markdown with YAML front
// matter, CSV, and two shapes in which organisations have published theirs (see shapes.go).
// docs/expectations.md describes our own.
package ladderfile

import (
	"fmt"
	"slices"
	"strings"
)

// File is what a file of expectations says.
type File struct {
	Shape     string // for people: "YAML", "Markdown", "CSV", ...
	Framework string // the name under which its roles stand together
	Roles     []Role
	Unused    []string // what the file says and we do not keep
}

// Role is a job family: levels, in the order in which one grows.
type Role struct {
	Key    string // what it is known by when the file comes again
	Name   string
	About  string
	Levels []Level
	Skills []Skill // what their levels look like, where the file says it
	Line   int
}

// Level is one level of a role.
type Level struct {
	Key   string
	Name  string
	Track string // of levels side by side: "people", "craft"; empty where there is one way up
	About string
	Asks  []Ask
	Line  int
}

// Ask is one expectation: a level of a named skill, or prose where Skill is empty.
type Ask struct {
	Key      string
	Theme    string
	Skill    string
	Level    int // of the skill, 0 to TopLevel
	Words    string
	Examples []string
	Line     int
}

// Skill says what each level of a skill looks like.
type Skill struct {
	Name      string
	About     string
	Behaviour [TopLevel + 1]string
	Line      int
}

// TopLevel is the highest level of a skill; 0 is the lowest.
const TopLevel = 5

// How large a file may be, and what may be in it.
const (
	MostFile   = 4 << 20
	mostRoles  = 200
	mostLevels = 40
	mostAsks   = 20_000
	mostLine   = 300
	mostText   = 10_000
)

// A Problem is one reason why a file cannot be used, at a line of it.
type Problem struct {
	Line   int // 0: the whole file
	Reason string
}

// String is the problem on one line.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.Reason
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Reason)
}

// A ReadError lists why a file cannot be used, in the order of its lines. Nothing of it is.
type ReadError struct{ Problems []Problem }

// Error is all of it, a line a problem.
func (e *ReadError) Error() string {
	said := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		said[i] = p.String()
	}
	return strings.Join(said, "\n")
}

// mostProblems is how many are told of one file: more help nobody.
const mostProblems = 100

// problems collects what is wrong with a file.
type problems []Problem

func (p *problems) add(line int, format string, args ...any) {
	if len(*p) < mostProblems {
		*p = append(*p, Problem{line, fmt.Sprintf(format, args...)})
	}
}

// err is nil when nothing was added.
func (p problems) err() error {
	if len(p) == 0 {
		return nil
	}
	slices.SortStableFunc(p, func(a, b Problem) int { return a.Line - b.Line })
	return &ReadError{p}
}

func unreadable(line int, format string, args ...any) error {
	return &ReadError{[]Problem{{line, fmt.Sprintf(format, args...)}}}
}
