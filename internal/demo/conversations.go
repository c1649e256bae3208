package demo

import (
	"cmp"
	"time"

	"github.com/ownward/ownward/internal/ask"
	talks "github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// meeting is a conversation on its way into the store.
type meeting struct {
	conversation
	of      string    // the person of the story
	asks    string    // who asked for it
	answers string    // the other side
	at      time.Time // the time that stands in the end
	held    bool
	what    string
	id      db.ID
}

// conversation plans how a conversation is arranged, prepared, held and noted.
func (t *telling) conversation(of string, c conversation) {
	m := &meeting{conversation: c, of: of, asks: cmp.Or(c.By, of), answers: c.With, what: "conversation " + c.ID}
	if m.asks == c.With {
		m.answers = of
	}
	m.at = t.clockTime(of, c.At, c.Clock)
	m.held = c.At < 0 && c.Accepted != 0 && c.Cancelled.On == 0
	t.arrange(m)
	t.prepare(m)
	if m.held {
		t.hold(m)
	}
}

// year plans that a year of conversations is begun.
func (t *telling) year(of string, y yearly) {
	t.does(of, t.when(y.On, evening, of), "year with "+y.With, func(tx *db.Tx, me org.Actor) error {
		_, err := talks.Begin(tx, me, t.party(y.With), talks.Usual)
		return err
	})
}

// clockTime is a time of a day where a person is.
func (t *telling) clockTime(of string, d day, clock string) time.Time {
	at, err := time.Parse("15:04", clock)
	if err != nil {
		panic("the conversations of " + of + ": " + err.Error())
	}
	return t.date(d).At(at.Hour(), at.Minute(), t.zoneOf(of)).UTC()
}

// arrange plans that a time is asked for, accepted, moved or cancelled.
func (t *telling) arrange(m *meeting) {
	kind, first := talks.Kind(m.Kind), m.at
	t.does(m.asks, t.when(m.Asked, morning, m.asks), m.what, func(tx *db.Tx, me org.Actor) error {
		made, err := talks.Request(tx, me, talks.Input{With: t.party(m.answers), Kind: kind, Time: talks.Time{At: first, Minutes: kind.Minutes()}})
		m.id = made.ID
		t.name(m.of, m.ID, made.Thing())
		return err
	})
	accept := func(d day, who string) {
		t.does(who, t.when(d, afternoon, who), m.what+" accepted", func(tx *db.Tx, me org.Actor) error {
			now, err := talks.ByID(tx, me, m.id)
			if err != nil {
				return err
			}
			_, err = talks.Accept(tx, me, m.id, now.Revision)
			return err
		})
	}
	if m.Accepted != 0 {
		accept(m.Accepted, m.answers)
	}
	if m.Moved.On != 0 {
		to := t.clockTime(m.of, m.Moved.At, m.Moved.Clock)
		t.does(m.Moved.By, t.when(m.Moved.On, morning, m.Moved.By), m.what+" to be moved", func(tx *db.Tx, me org.Actor) error {
			now, err := talks.ByID(tx, me, m.id)
			if err != nil {
				return err
			}
			_, err = talks.Propose(tx, me, m.id, now.Revision, talks.Time{At: to, Minutes: now.Minutes})
			return err
		})
		accept(m.Moved.Agreed, m.other(m.Moved.By))
		m.at = to
	}
	if m.Cancelled.On != 0 {
		t.does(m.Cancelled.By, t.when(m.Cancelled.On, morning, m.Cancelled.By), m.what+" cancelled", func(tx *db.Tx, me org.Actor) error {
			return talks.Cancel(tx, me, m.id)
		})
	}
}

func (m *meeting) other(side string) string {
	if side == m.of {
		return m.With
	}
	return m.of
}

// prepare plans that both sides bring what they want to talk about.
func (t *telling) prepare(m *meeting) {
	for _, i := range m.Items {
		t.does(i.By, t.when(cmp.Or(i.On, m.Accepted, m.Asked), evening, i.By), m.what+" agenda", func(tx *db.Tx, me org.Actor) error {
			source, err := t.about(tx, me, i.About)
			if err != nil {
				return err
			}
			return talks.AddItem(tx, me, m.id, talks.ItemInput{Words: string(i.Words), Shared: !i.Private, Source: source})
		})
	}
}

// about is the ask of the actor that a line is made from: the one that came back, where it did.
func (t *telling) about(tx *db.Tx, me org.Actor, label string) (event.Thing, error) {
	if label == "" {
		return event.Thing{}, nil
	}
	for key, id := range t.people {
		if id != me.Person {
			continue
		}
		thing, err := t.thing(key, label)
		if err != nil {
			return thing, err
		}
		now, err := ask.ByID(tx, me, thing.ID)
		if now.CameBackAs != "" {
			thing.ID = now.CameBackAs
		}
		return thing, err
	}
	return event.Thing{}, nil
}

// hold plans the meeting itself: the lines are ticked off, notes are taken, it ends with what
// came of it.
func (t *telling) hold(m *meeting) {
	over := m.at.Add(time.Duration(talks.Kind(m.Kind).Minutes()) * time.Minute)
	t.does(m.of, over, m.what+" held", func(tx *db.Tx, me org.Actor) error {
		agenda, err := talks.AgendaOf(tx, me, m.id)
		if err != nil {
			return err
		}
		for _, i := range agenda.Shared {
			if err := talks.Tick(tx, me, i.ID, true); err != nil {
				return err
			}
		}
		if err := talks.Write(tx, me, m.id, talks.Notes, 0, string(m.Notes)); err != nil {
			return err
		}
		return talks.End(tx, me, m.id, talks.EndInput{Outcome: string(m.Outcome)})
	})
	for _, n := range m.Private {
		t.does(n.By, over.Add(10*time.Minute), m.what+" private notes", func(tx *db.Tx, me org.Actor) error {
			return talks.Write(tx, me, m.id, talks.Private, 0, string(n.Words))
		})
	}
	for _, p := range m.Promises {
		p.On, p.To = t.held(m), m.other(p.By)
		t.promise(m.of, p, func() (event.Thing, error) { return event.Thing{Kind: "conversation", ID: m.id}, nil })
	}
}

// held is the day of the stories on which it was held.
func (t *telling) held(m *meeting) day { return cmp.Or(m.Moved.At, m.At) }
