package pitch

import (
	"strings"
	"unicode"

	"github.com/ownward/ownward/internal/phrasing"
)

// How it is said: aloud, and in writing; and what the owner noted while they rehearsed.
const (
	Spoken    = "spoken"
	Written   = "written"
	Rehearsed = "rehearsal"
)

// SpokenSeconds is how long one should speak at most.
const SpokenSeconds = 180

// wordsPerMinute is how fast people speak who want to be understood.
const wordsPerMinute = 130

func wordingTexts(name string) int {
	switch name {
	case Spoken, Written, Rehearsed:
		return 10_000
	}
	return 0
}

// Words counts the words of a text.
func Words(text string) int {
	n := 0
	for _, one := range strings.Fields(text) {
		if strings.ContainsFunc(one, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			n++
		}
	}
	return n
}

// Seconds is how long it takes to say a text.
func Seconds(text string) int { return (Words(text)*60 + wordsPerMinute - 1) / wordsPerMinute }

// Points are the talking points: the paragraphs of what is to be said, or its lines where it has
// no paragraphs.
func (p Pitch) Points() []string {
	text := strings.ReplaceAll(p.Words(Spoken), "\r\n", "\n")
	separator := "\n"
	if strings.Contains(text, "\n\n") {
		separator = "\n\n"
	}
	var all []string
	for _, one := range strings.Split(text, separator) {
		if one = strings.TrimSpace(one); one != "" {
			all = append(all, one)
		}
	}
	return all
}

// Hinted is a text with the hints on its wording.
type Hinted struct {
	Name  string
	Hints []phrasing.Hint
}

// Hints looks at how the texts that are said and sent are worded.
func (p Pitch) Hints() []Hinted {
	var all []Hinted
	for _, one := range []struct{ name, words string }{{"what", p.Ask.What}, {"why", p.Ask.Why}, {Spoken, p.Words(Spoken)}, {Written, p.Words(Written)}} {
		if hints := phrasing.Look(one.words); len(hints) > 0 {
			all = append(all, Hinted{one.name, hints})
		}
	}
	return all
}
