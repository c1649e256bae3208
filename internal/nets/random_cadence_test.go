package nets

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// layOutAYear lets two people have a year of conversations, skip one of it and say why, and leave the
// cadence and a planned conversation for the routes.
func (w *world) layOutAYear(t testing.TB) {
	a, b := w.pair()
	w.do(t, func(tx *db.Tx) error {
		c, err := conversation.Begin(tx, w.people[a], w.people[b].Self(), conversation.Usual)
		if errors.As(err, new(problem.Refused)) {
			return nil // they have one
		}
		if err != nil {
			return err
		}
		if w.keep("cadence", c.ID, a); c.State == conversation.CadenceProposed {
			if err := conversation.Take(tx, w.people[b], c.ID); err != nil {
				return err
			}
		}
		list, err := conversation.OfCadence(tx, w.people[a], c, tx.Now(), tx.Now().AddDate(0, 6, 0))
		list = slices.DeleteFunc(list, func(one conversation.Conversation) bool { return one.Cadence != c.ID || !one.Stands() })
		if err != nil || len(list) < 3 {
			return err
		}
		w.keep("conversation", list[1].ID, a)
		return conversation.Skip(tx, w.people[a], list[2].ID, conversation.SkipInput{
			Revision: list[2].Revision, For: conversation.SkipAnother, Words: w.hide(mark{owner: a, sides: []int{b}}),
		})
	})
}

// proposeYear lets the manager propose a year of conversations to the owner.
func (s *stage) proposeYear(tx *db.Tx) error {
	c, err := conversation.Begin(tx, s.actors[manager], s.actors[owner].Self(), conversation.Usual)
	s.things["cadence"] = thing{id: c.ID, owner: owner, sides: []string{manager}}
	return err
}

// takeYear lets the owner say yes to it.
func (s *stage) takeYear(tx *db.Tx) error {
	return conversation.Take(tx, s.actors[owner], s.things["cadence"].id)
}

// formsOfYears are those of years of conversations.
func (s *stage) formsOfYears() map[string]map[string]string {
	rhythm := func(more map[string]string) map[string]string {
		all := map[string]string{"kinds": "align", "deep-months": "3", "deep-minutes": "60", "sprint-months": "1", "sprint-minutes": "15"}
		maps.Copy(all, more)
		return all
	}
	return map[string]map[string]string{
		"/cadences":                rhythm(map[string]string{"with": "person:" + string(s.things["another person"].id)}),
		"/cadences/{id}/rhythm":    rhythm(map[string]string{"sprint-minutes": "20", "revision": "2"}),
		"/cadences/{id}/answer":    {"answer": "no"},
		"/conversations/{id}/skip": {"for": "full", "instead": "none"},
		"/organisation/rhythm":     rhythm(map[string]string{"hours": "1700", "revision": "0"}),
	}
}
