package nets

import (
	"errors"
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/plan"
)

// standing are the marks that stand in a thing now.
func (w *world) standing(kind, id string) []*mark {
	var all []*mark
	for _, m := range w.marks {
		if m.kind == kind && m.thing == id && !m.old {
			all = append(all, m)
		}
	}
	return all
}

// confirm lets somebody ask a colleague about a win, who answers, declines or lets it wait; or it
// is taken back.
func (w *world) confirm(t testing.TB) {
	a, b := w.pair()
	win := w.of("win", a)
	note := w.plant(mark{owner: a})
	seen := append(w.standing("win", win), note)
	var c plan.Confirmation
	failed := false
	w.do(t, func(tx *db.Tx) error {
		var err error
		c, err = plan.AskColleague(tx, w.people[a], db.ID(win), w.people[b].Person, note.text)
		failed = err != nil // they were asked already
		return nil
	})
	if failed {
		return
	}
	w.keep("confirmation", c.ID, a)
	for _, m := range seen {
		m.sides = append(m.sides, b)
	}
	unsee := func() {
		for _, m := range seen {
			if i := slices.Index(m.sides, b); i >= 0 {
				m.sides = slices.Delete(m.sides, i, i+1)
			}
		}
	}
	switch w.random.IntN(4) {
	case 0:
		w.do(t, func(tx *db.Tx) error { return plan.TakeBackConfirmation(tx, w.people[a], c.ID) })
		unsee()
	case 1:
		w.do(t, func(tx *db.Tx) error { return plan.DeclineToConfirm(tx, w.people[b], c.ID) })
		unsee()
	case 2:
		words := w.plant(mark{owner: a, sides: []int{b}, kind: "win", thing: win}) // it is with the owner of the win from now on
		w.do(t, func(tx *db.Tx) error {
			asked, err := plan.AskedToConfirm(tx, w.people[b], c.ID)
			if err != nil {
				return err
			}
			return plan.Confirm(tx, w.people[b], c.ID, plan.Reply{Answer: plan.AndMore, Words: words.text, Revision: asked.Text.Revision})
		})
		unsee()
		w.hideSometimes(t, a, c.ID, words)
	}
}

// hideOneThatIsShown lets somebody keep a word back that stands on a win which somebody else sees.
func (w *world) hideOneThatIsShown(t testing.TB) {
	a, b := w.pair()
	c, win := w.near(a), w.of("win", a)
	if c == a || c == b || w.left[c] {
		return
	}
	words := w.plant(mark{owner: a, sides: []int{b}})
	w.do(t, func(tx *db.Tx) error {
		asked, err := plan.AskColleague(tx, w.people[a], db.ID(win), w.people[b].Person, "")
		if err != nil {
			return nil // they were asked already
		}
		w.keep("confirmation", asked.ID, a)
		w.shares = append(w.shares, &given{owner: a, viewer: c, kind: "win", thing: win})
		about, err := plan.AskedToConfirm(tx, w.people[b], asked.ID)
		if err != nil {
			return err
		}
		return errors.Join(
			plan.Confirm(tx, w.people[b], asked.ID, plan.Reply{Answer: plan.AndMore, Words: words.text, Revision: about.Text.Revision}),
			plan.HideConfirmation(tx, w.people[a], asked.ID), plan.ShareWin(tx, w.people[a], db.ID(win), plan.WithPerson(w.people[c].Person)))
	})
}

// hideSometimes keeps an answer out of stories, and from those to whom the win is shown.
func (w *world) hideSometimes(t testing.TB, who int, id db.ID, marks ...*mark) {
	if w.random.IntN(2) == 0 {
		return
	}
	w.do(t, func(tx *db.Tx) error { return plan.HideConfirmation(tx, w.people[who], id) })
	for _, m := range marks {
		m.kind, m.thing = "", ""
	}
}

// confirmByLink lets somebody ask somebody outside, who answers or not; or it is taken back.
func (w *world) confirmByLink(t testing.TB) {
	a, _ := w.pair()
	win := w.of("win", a)
	note, name := w.plant(mark{owner: a}), w.plant(mark{owner: a})
	o := &opened{marks: append(w.standing("win", win), note, name)}
	w.do(t, func(tx *db.Tx) error {
		c, l, token, err := plan.AskByLink(tx, w.people[a], db.ID(win), name.text, note.text, link.Input{Days: 60})
		if err != nil {
			return err
		}
		w.keep("confirmation", c.ID, a)
		w.keep("link", l.ID, a)
		w.keep("token of a link", db.ID(token), -1)
		w.opened[string(token)] = o
		switch w.random.IntN(4) {
		case 0:
			o.over = true
			return plan.TakeBackConfirmation(tx, w.people[a], c.ID)
		case 1:
			o.over = true
			return w.answerByLink(tx, a, win, token)
		case 2:
			o.over = true
			return link.TakeBack(tx, w.people[a], l.ID)
		}
		return nil
	})
}

func (w *world) answerByLink(tx *db.Tx, a int, win string, token link.Token) error {
	opens, err := link.Open(tx, token)
	if err != nil {
		return err
	}
	asked, err := plan.AskedByLink(tx, opens)
	if err != nil {
		return err
	}
	said := mark{owner: a, kind: "win", thing: win}
	if err := plan.ConfirmByLink(tx, opens, plan.Reply{Answer: plan.Differently, Words: w.hide(said), Name: w.hide(said), Revision: asked.Text.Revision}); err != nil {
		return err
	}
	return link.Use(tx, opens)
}

// formsOfProof are those of words on wins, of stories, and of what links open.
func (s *stage) formsOfProof() map[string]map[string]string {
	return map[string]map[string]string{
		"/wins/{id}/confirmations":   {"confirm": "outside", "confirm_name": "Rui"},
		"/confirmations/{id}":        {"answer": "so", "words": "I heard it"},
		"/confirmations/{id}/hiding": {"hidden": "yes"},
		"/stories":                   {"form": "review", "title": "My year", "words": "I sang"},
		"/stories/{id}/share":        {"with": string(plan.WithPerson(s.actors[takenBack].Person))},
		"/stories/{id}":              {"title": "My year", "words": "I sang"},
		"/a/{token}":                 {"answer": "more", "words": "I heard it twice", "name": "Ruth Sole"},
	}
}
