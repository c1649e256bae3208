// Package demo fills an installation with an example organisation: a made-up company that builds
// and looks after small railways on steep hills, its people, and a year of their history.
//
// The texts stand in people.yaml and stories/. They come into the store by the verbs of the
// product, each called at its time in the past by the one who does it; nothing is written
// around them.
package demo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Fill tells the stories to an empty store, whose clock must be the given one, so that they end
// today. The work that is due on the way is done by runDue, whose mail must go nowhere.
// Afterwards the clock is that of the machine.
func Fill(ctx context.Context, d *db.DB, clock *Clock, runDue func(context.Context) error) error {
	return fillAsOf(ctx, d, clock, runDue, time.Now())
}

func fillAsOf(ctx context.Context, d *db.DB, clock *Clock, runDue func(context.Context) error, now time.Time) error {
	c, stories, err := load()
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(c.Zone)
	if err != nil {
		return err
	}
	t := &telling{
		company: c, calendar: calendar{civil.In(now, zone)}, zone: zone,
		people: map[string]db.ID{}, things: map[string]event.Thing{},
	}
	t.found()
	for _, s := range stories {
		t.tell(s)
	}
	t.gaps()
	t.questions()
	t.feedback()
	t.counsel()
	t.expectations()
	t.budgets()
	t.ready()
	t.trainings(now)
	t.figures(now)
	if err := t.run(ctx, d, clock, runDue, now); err != nil {
		return err
	}
	clock.release()
	return nil
}

// telling is the stories on their way into a store.
type telling struct {
	company
	calendar
	zone   *time.Location
	acts   []act
	asked  int // acts so far, which keeps those of one moment in their order
	of     string
	tenant db.ID
	people map[string]db.ID       // by key
	things map[string]event.Thing // by person and label
}

// act is one thing that somebody does at some time.
type act struct {
	at   time.Time
	turn int
	by   string // empty: whoever runs the installation
	what string // for an error: where to look in the stories
	do   func(tx *db.Tx, me org.Actor) error
}

// does plans an act.
func (t *telling) does(by string, at time.Time, what string, do func(tx *db.Tx, me org.Actor) error) {
	t.asked++
	t.acts = append(t.acts, act{at.UTC(), t.asked, by, t.of + ": " + what, do})
}

// The parts of a day: an answer comes after what it answers.
const (
	morning   = 9
	afternoon = 14
	evening   = 17
)

// when is a moment of a day. Each person has one of their own in each part of the day. What was
// moved off a weekend comes after all that was meant for the Friday.
func (t *telling) when(d day, part int, by string) time.Time {
	minutes := 0
	for _, r := range by {
		minutes = (minutes*31 + int(r)) % 117
	}
	const friday, each = 19 * 60, 115 // what a Saturday holds is told from seven, then a Sunday's
	switch t.today.AddDays(int(d)).DaysSince(t.date(d)) {
	case 1:
		return t.date(d).At(0, friday+each*(part-morning)/9+minutes/10, t.zone)
	case 2:
		return t.date(d).At(0, friday+each+each*(part-morning)/9+minutes/10, t.zone)
	}
	return t.date(d).At(part, minutes, t.zone)
}

// run does the acts in the order of time, those of one moment in one transaction, and the work
// that is due once a day.
func (t *telling) run(ctx context.Context, d *db.DB, clock *Clock, runDue func(context.Context) error, now time.Time) error {
	slices.SortFunc(t.acts, func(a, b act) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.turn, b.turn))
	})
	tick := t.date(t.Founded).At(12, 0, time.UTC)
	for len(t.acts) > 0 {
		at := t.acts[0].at
		if at.After(now) {
			return fmt.Errorf("%s lies ahead of today", t.acts[0].what)
		}
		for ; tick.Before(at); tick = tick.AddDate(0, 0, 1) {
			clock.put(tick)
			if err := runDue(ctx); err != nil {
				return err
			}
		}
		n := slices.IndexFunc(t.acts, func(a act) bool { return a.at.After(at) })
		if n < 0 {
			n = len(t.acts)
		}
		clock.put(at)
		if err := db.Do(ctx, d, func(tx *db.Tx) error { return t.doAll(tx, t.acts[:n]) }); err != nil {
			return err
		}
		t.acts = t.acts[n:]
	}
	for ; tick.Before(now); tick = tick.AddDate(0, 0, 1) {
		clock.put(tick)
		if err := runDue(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (t *telling) doAll(tx *db.Tx, acts []act) error {
	for _, a := range acts {
		me := org.Operator(t.tenant)
		if a.by != "" {
			var err error
			if me, err = org.UnscopedActor(tx, t.tenant, t.person(a.by)); err != nil {
				return fmt.Errorf("%s: %w", a.what, err)
			}
		}
		if err := a.do(tx, me); err != nil {
			return fmt.Errorf("%s on %s: %w", a.what, a.at.Format(time.DateOnly), err)
		}
	}
	return nil
}

// person is the id of the person with that key.
func (t *telling) person(key string) db.ID {
	id, known := t.people[key]
	if !known {
		panic("nobody in people.yaml is called " + key)
	}
	return id
}

func (t *telling) party(key string) org.Party { return org.Party{Person: t.person(key)} }

// name gives a thing of the person whose story is told its label.
func (t *telling) name(of, label string, thing event.Thing) {
	if label == "" {
		return
	}
	if had, taken := t.things[of+" "+label]; taken && had.Kind != thing.Kind {
		panic(of + " has two things called " + label)
	}
	t.things[of+" "+label] = thing
}

// thing is what has that label in the stories of a person; without a label, none.
func (t *telling) thing(of, label string) (event.Thing, error) {
	if label == "" {
		return event.Thing{}, nil
	}
	thing, known := t.things[of+" "+label]
	if !known {
		return thing, fmt.Errorf("%s has nothing called %q by then", of, label)
	}
	return thing, nil
}
