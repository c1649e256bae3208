package nets

import (
	"slices"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/handover"
)

// handOver lets somebody whose manager has changed decide what the new one sees, where that waits: some of
// it, what becomes of promises, and a first meeting whose agenda names what is shown.
func (w *world) handOver(t testing.TB, who int) {
	if w.left[who] || w.line[who] == 0 {
		return
	}
	lead := w.lead[who]
	told := func(words string) { // on the agenda of the two, or in a promise that the new one is asked to take over
		for _, m := range w.marks {
			if m.owner != lead && strings.Contains(words, m.text) {
				m.sides = append(slices.Clone(m.sides), lead)
			}
		}
	}
	w.do(t, func(tx *db.Tx) error {
		h, err := handover.Of(tx, w.people[who])
		if err != nil || !h.Waits {
			return err
		}
		in := handover.Decision{To: w.people[lead].Person, Meeting: []handover.Meeting{handover.NoMeeting, handover.OneMeeting, handover.WholeYear}[w.random.IntN(3)]}
		for _, i := range h.Items {
			if w.random.IntN(2) == 0 {
				continue
			}
			in.Show = append(in.Show, i.Share)
			s := given{owner: who, viewer: lead, kind: i.Kind, thing: string(i.What.ID), line: w.line[who]}
			if i.Kind == "section" {
				s.kind, s.section = "plan", i.What.Section
			}
			w.shares = append(w.shares, &s)
			if in.Meeting != handover.NoMeeting {
				told(i.Title)
			}
		}
		for _, p := range h.Theirs {
			if !p.Settled() && w.random.IntN(2) == 0 {
				in.Promises = append(in.Promises, handover.Choice{Promise: p.ID, Becomes: handover.TakeOver})
				told(p.Words)
			}
		}
		return handover.Decide(tx, w.people[who], in)
	})
}

// formsOfHandovers are those of a change of manager.
func (s *stage) formsOfHandovers() map[string]map[string]string {
	to := s.actors[manager]
	if s.state == "after a change of manager" {
		to = s.actors[next]
	}
	return map[string]map[string]string{"/handover": {"to": string(to.Person), "meeting": "year"}}
}
