package demo

import (
	"cmp"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// promise plans a commitment and what becomes of it. It comes from what origin gives by then.
func (t *telling) promise(of string, p promise, origin func() (event.Thing, error)) {
	what := "promise " + p.ID
	writes := cmp.Or(p.WrittenBy, p.By)
	var id db.ID
	t.does(writes, t.when(p.On, evening, writes), what, func(tx *db.Tx, me org.Actor) error {
		from, err := origin()
		if err != nil {
			return err
		}
		made, err := commitment.Make(tx, me, from, commitment.Input{
			By: t.party(p.By), To: t.party(p.To), Words: string(p.Words), Due: t.date(p.Due), CheckIn: t.date(p.CheckIn),
		})
		id = made.ID
		t.name(of, p.ID, made.Thing())
		return err
	})
	t.changes(p, what, &id)
	for _, look := range p.LooksBack {
		t.does(look.By, t.when(look.On, morning, look.By), what+" looked back on", func(tx *db.Tx, me org.Actor) error {
			return commitment.LookBack(tx, me, id, commitment.Look{Happened: commitment.StillNot, Note: string(look.Note)})
		})
	}

	type verb func(*db.Tx, org.Actor, db.ID, string) error
	for _, each := range []struct {
		on   day
		part int
		by   string
		what string
		note prose
		do   verb
	}{
		{p.Accepted, afternoon, p.By, "accepted", "", func(tx *db.Tx, me org.Actor, id db.ID, _ string) error { return commitment.AcceptProposal(tx, me, id) }},
		{p.Declined, afternoon, p.By, "declined", p.Note, commitment.DeclineProposal},
		{p.Differs.SaidDone, morning, p.By, "said to be done", "", commitment.SayItIsDone},
		{p.Differs.On, afternoon, p.To, "seen otherwise", p.Differs.Note, commitment.SeeOtherwise},
		{p.SaidDone, morning, p.By, "done", "", commitment.SayItIsDone},
		{p.Confirmed, afternoon, p.To, "confirmed", p.Note, commitment.ConfirmDone},
		{p.Released, afternoon, p.To, "released", p.Note, commitment.ReleaseIt},
		{p.Broken, afternoon, p.To, "broken", p.Note, commitment.CallItBroken},
		{p.LetGo, afternoon, p.To, "let go", p.Note, commitment.LetItGo},
	} {
		if each.on != 0 {
			t.does(each.by, t.when(each.on, each.part, each.by), what+" "+each.what, func(tx *db.Tx, me org.Actor) error {
				return each.do(tx, me, id, string(each.note))
			})
		}
	}
}

// changes plans that other terms are proposed, and the yes of the other side where it came.
func (t *telling) changes(p promise, what string, id *db.ID) {
	m := p.Moved
	if m.On == 0 {
		return
	}
	t.does(m.By, t.when(m.On, morning, m.By), what+" to be changed", func(tx *db.Tx, me org.Actor) error {
		return commitment.Propose(tx, me, *id, commitment.NewTerms{Words: string(m.Words), Due: t.date(m.Due), Note: string(m.Note)})
	})
	other := p.By
	if m.By == p.By {
		other = p.To
	}
	if m.Answered.On != 0 {
		t.does(other, t.when(m.Answered.On, afternoon, other), what+" to be changed otherwise", func(tx *db.Tx, me org.Actor) error {
			now, err := commitment.ByID(tx, me, *id)
			if err != nil {
				return err
			}
			return commitment.Propose(tx, me, *id, commitment.NewTerms{Due: t.date(m.Answered.Due), Note: string(m.Answered.Note), Answers: now.Change.ID})
		})
		other = m.By
	}
	if m.Agreed == 0 {
		return
	}
	t.does(other, t.when(m.Agreed, afternoon, other), what+" changed", func(tx *db.Tx, me org.Actor) error {
		now, err := commitment.ByID(tx, me, *id)
		if err != nil {
			return err
		}
		return commitment.Agree(tx, me, *id, now.Change.ID)
	})
}
