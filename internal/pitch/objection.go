package pitch

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/cardfile"
	"github.com/ownward/ownward/internal/objection"
)

// ForThem is what is in it for the one asked, in their words.
const ForThem = "for-them"

// OwnObjections is how many objections one can think of oneself.
const OwnObjections = 3

// ToObjection is the name of the answer to an objection of the catalogue.
func ToObjection(id string) string { return "objection-" + id }

// OwnObjection and ToOwn are the names of an objection in one's own words, from 1, and of the answer to it.
func OwnObjection(n int) string { return "own-objection-" + strconv.Itoa(n) }

// ToOwn is the name of the answer to it.
func ToOwn(n int) string { return "own-answer-" + strconv.Itoa(n) }

func objectionTexts(name string) int {
	switch name {
	case ForThem:
		return 5_000
	case AnswersGo:
		return 10
	}
	for n := 1; n <= OwnObjections; n++ {
		switch name {
		case OwnObjection(n):
			return 300
		case ToOwn(n):
			return 5_000
		}
	}
	// An answer to one that another version of the catalogue holds is kept too.
	if id, ok := strings.CutPrefix(name, "objection-"); ok && cardfile.IsID(id) {
		return 5_000
	}
	return 0
}

// Answered is an objection with what its owner would answer.
type Answered struct {
	objection.Objection        // of one's own: its words alone
	Answer              string // Objection.Answer is the catalogue's advice
}

// Answers lists the objections that the owner has answered, and those of their own: in the order
// of the catalogue.
func (p Pitch) Answers() []Answered {
	var all []Answered
	for _, o := range objection.Likely(string(p.Ask.Kind)) {
		if words := p.Words(ToObjection(o.ID)); words != "" {
			all = append(all, Answered{o, words})
		}
	}
	for _, o := range objection.All() { // answered while the ask was of another kind
		had := slices.ContainsFunc(all, func(a Answered) bool { return a.ID == o.ID })
		if words := p.Words(ToObjection(o.ID)); words != "" && !had {
			all = append(all, Answered{o, words})
		}
	}
	for n := 1; n <= OwnObjections; n++ {
		if says := p.Words(OwnObjection(n)); says != "" {
			all = append(all, Answered{objection.Objection{Says: says}, p.Words(ToOwn(n))})
		}
	}
	return all
}

// AnswersGo says whether the answers to objections go out with the ask.
const AnswersGo = "answers-go"

// They go out where the owner says so: most are better kept for the talk.
func init() {
	enclose = append(enclose, func(p Pitch, add func(part ask.Part, words string)) {
		if p.Words(AnswersGo) != "yes" {
			return
		}
		var all []string
		for _, a := range p.Answers() {
			if a.Answer != "" {
				all = append(all, "“"+a.Says+"” "+a.Answer)
			}
		}
		add(ask.Answered, strings.Join(all, "\n\n"))
	})
}
