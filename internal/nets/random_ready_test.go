package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/plan"
)

// enterDates lets somebody write down a time of their own, which they perhaps show to somebody:
// its days alone, or its words too.
func (w *world) enterDates(t testing.TB, who int) {
	me := w.people[who]
	marks := []*mark{w.plant(mark{owner: who}), w.plant(mark{owner: who})}
	shows := []dates.Shows{dates.Days, dates.Words}[w.random.IntN(2)]
	var d dates.Date
	w.do(t, func(tx *db.Tx) (err error) {
		d, err = dates.Add(tx, me, dates.Text{Kind: dates.Absence, Title: marks[0].text, Note: marks[1].text, From: civil.In(tx.Now(), me.Zone).AddDays(w.random.IntN(40)), Shows: shows})
		return err
	})
	if shows == dates.Words {
		w.stand("date", d.ID, who, marks)
	} else {
		w.keep("date", d.ID, who)
	}
	s := given{owner: who, kind: "date", thing: string(d.ID)}
	with := plan.WithManager
	switch other := w.near(who); {
	case w.left[who] || w.left[other]:
		return
	case w.line[who] != 0 && w.random.IntN(2) == 0:
		s.viewer, s.line = w.lead[who], w.line[who]
	default:
		s.viewer, with = other, plan.WithPerson(w.people[other].Person)
	}
	w.do(t, func(tx *db.Tx) error { return plan.Give(tx, me, d.Thing(), with) })
	w.shares = append(w.shares, &s)
}

// showBefore lets somebody prepare an ask, and give what would be sent of it to a colleague to look
// at: who may take it back later. What else they prepared the colleague does not see.
func (w *world) showBefore(t testing.TB) {
	a, b := w.pair()
	me := w.people[a]
	c := &copied{owner: a, viewer: b}
	in := func() string {
		m := w.plant(mark{owner: a})
		c.marks = append(c.marks, m)
		return m.text
	}
	w.do(t, func(tx *db.Tx) error {
		one, err := ask.New(tx, me, org.Origin{}, ask.Input{Text: ask.Text{What: in(), Why: in(), Return: in()}})
		if err != nil {
			return err
		}
		w.keep("ask", one.ID, a)
		for part, typed := range map[pitch.Part]pitch.Typed{
			pitch.Exactly: {Name: pitch.Smallest, Words: in()}, pitch.Wording: {Name: pitch.Spoken, Words: w.hide(mark{owner: a})},
			pitch.Motive: {Name: pitch.Envy, Words: w.hide(mark{owner: a})}, pitch.Objections: {Name: pitch.ToObjection("why-you"), Words: w.hide(mark{owner: a})},
		} {
			if err := pitch.Write(tx, me, one.ID, part, []pitch.Typed{typed}); err != nil {
				return err
			}
		}
		made, err := pitch.MakePreview(tx, me, one.ID, w.people[b].Person, in())
		if err != nil {
			return err
		}
		c.id = string(made.ID)
		w.keep("preview", made.ID, a)
		switch w.random.IntN(4) {
		case 0:
			return nil // its owner looks at it still
		case 1:
			return errors.Join(pitch.GivePreview(tx, me, made.ID), pitch.TakePreviewBack(tx, me, made.ID))
		}
		w.previews = append(w.previews, c)
		return pitch.GivePreview(tx, me, made.ID)
	})
}

// enterDatesForAll lets an administrator write down a time of the organisation's.
func (w *world) enterDatesForAll(t testing.TB, who int) {
	open := mark{owner: who, open: true}
	w.do(t, func(tx *db.Tx) error {
		d, err := dates.AddToOrganisation(tx, w.people[who], dates.Text{Kind: dates.Review, Title: w.hide(open), Note: w.hide(open), From: civil.In(tx.Now(), w.people[who].Zone).AddDays(5)})
		w.keep("date of the organisation", d.ID, who)
		return err
	})
}
