package question

import (
	"strings"
	"unicode"
)

// A Scope is what a question is about: everything, or one thing.
type Scope string

const (
	Progress Scope = "progress"
	Goal     Scope = "goal"
	Task     Scope = "task"
	Skill    Scope = "skill"
)

// Scopes are all scopes, the widest first.
var Scopes = []Scope{Progress, Goal, Task, Skill}

var scopeLabels = map[Scope]string{
	Progress: "Progress in general",
	Goal:     "A goal",
	Task:     "A task",
	Skill:    "A skill",
}

// Label names the scope on a form.
func (s Scope) Label() string { return scopeLabels[s] }

// Of names one such thing on a form: "My goal “Lead a release”".
func (s Scope) Of(name string) string {
	return "My " + string(s) + " “" + cleanName(name) + "”"
}

// MaxName is how much of a name goes into a sentence, in characters.
const MaxName = 120

// cleanName makes one line of what was typed, fit to stand between quotation marks.
func cleanName(typed string) string {
	typed = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`“”„«»"`, r):
			return '\''
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(typed, ""))
	runes := []rune(strings.Join(strings.Fields(typed), " "))
	if len(runes) > MaxName {
		return strings.TrimSpace(string(runes[:MaxName-1])) + "…"
	}
	return string(runes)
}
