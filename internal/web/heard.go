package web

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// heard is what something new comes from: an answer, what was suggested, or what the visitor needs;
// nothing where it comes from elsewhere.
type heard struct {
	Words, From string
	Need        bool
	Kind        string    // of what is needed, as of an ask
	whom        org.Party // who said it, where that is somebody to ask or to promise
}

// heard finds it among what is the actor's own.
func (c *call) heard(from org.Origin) (heard, error) {
	var h heard
	var err error
	switch from.Kind {
	case (question.Asking{}).Thing().Kind:
		var a question.Asking
		a, err = question.ByID(c.tx, c.me, from.ID)
		h = heard{Words: a.Answer, From: askedOf(a), whom: a.To}
	case (question.Suggested{}).Thing().Kind:
		var s question.Suggested
		s, err = question.SuggestedByID(c.tx, c.me, from.ID)
		h = heard{Words: s.Words, From: called(s.By, c.me), whom: s.By}
	case (counsel.Counsel{}).Thing().Kind:
		var one counsel.Counsel
		if one, err = counsel.ByID(c.tx, c.me, from.ID); err == nil && one.Owner.Is(c.me) {
			h = heard{Words: one.Words, From: one.By.Name}
			if one.By.String() != "" {
				h.whom = one.By
			}
		}
	case (question.Need{}).Thing().Kind:
		var n question.Need
		n, err = question.NeedByID(c.tx, c.me, from.ID)
		h = heard{Words: n.Words, Need: true, Kind: string(n.Kind)}
	}
	if errors.Is(err, problem.NotFound) {
		return heard{}, nil
	}
	if h.whom.Is(c.me) {
		h.whom = org.Party{}
	}
	return h, err
}

// begin is what something new can begin with: the words, where they are one line of at most so many
// characters.
func (h heard) begin(most int) string {
	if strings.Contains(h.Words, "\n") || utf8.RuneCountInString(h.Words) > most {
		return ""
	}
	return h.Words
}
