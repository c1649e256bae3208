package nets

import (
	"errors"
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
		if err != nil || len(list) < 3 {
			return err
		}
		w.keep("conversation", list[1].ID, a)
		return conversation.Skip(tx, w.people[a], list[2].ID, conversation.SkipInput{
			Revision: list[2].Revision, For: conversation.SkipAnother, Words: w.hide(mark{owner: a, sides: []int{b}}),
		})
	})
}
