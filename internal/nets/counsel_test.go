package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/relationship"
)

// What is kept of counsel, and of the people who matter.
func init() {
	for _, name := range []string{"counsels.given_on", "counsels.choice", "counsels.origin_kind", "counsel_things.thing_kind", "relationships.last_on", "relationships.next_on"} {
		facts[name] = true
	}
	words = append(words, "counsels.by_name", "counsels.words", "counsels.why", "counsels.came", "relationships.connects", "relationships.gives", "relationships.next_words")
	places["/counsel/{id}"] = "counsel"
	places["/relationships/{id}"] = "relationship"
	doneElsewhere["/askings/{id}/counsel"] = true // the answer on the stage is the owner's own
}

// advise lets the owner keep what the peer advised, which a colleague is shown, and who matters to them.
func (s *stage) advise(tx *db.Tx) error {
	me := s.actors[owner]
	c, err := counsel.Keep(tx, me, org.Origin{}, counsel.Text{By: s.actors[peer].Self(), Words: "Say it in one line", About: []event.Thing{{Kind: "goal", ID: s.things["goal"].id}}}, counsel.Decision{})
	if err != nil {
		return err
	}
	s.things["counsel"] = thing{id: c.ID, owner: owner, seen: []string{colleague}}
	r, err := relationship.Add(tx, me, s.actors[peer].Self(), relationship.Text{Connects: "The night desk", NextOn: civil.In(tx.Now(), me.Zone)})
	return errors.Join(counsel.Tell(tx, me, c.ID, 1, "It held"), counsel.Share(tx, me, c.ID, plan.WithPerson(s.actors[colleague].Person)), s.keep("relationship", r.ID, err))
}

func (s *stage) formsOfCounsel() map[string]map[string]string {
	by := "person:" + string(s.things["person"].id)
	other := "person:" + string(s.actors[takenBack].Person)
	return map[string]map[string]string{
		"/counsel":                            {"words": "Ask twice", "by": "aloud", "named": "Rosa Lind", "why": "Because it is late", "choice": "adapted"},
		"/counsel/{id}":                       {"words": "Say it in two lines", "by": "aloud", "named": "Rosa Lind", "revision": "2"},
		"/counsel/{id}/decision":              {"choice": "followed", "why": "It is short", "revision": "2"},
		"/counsel/{id}/outcome":               {"came": "Everybody remembered it", "revision": "2"},
		"/counsel/{id}/share":                 {"with": string(plan.WithPerson(s.actors[takenBack].Person))},
		"/relationships":                      {"with": other, "connects": "We moored together", "gives": "A rope", "next": "The regatta"},
		"/relationships/let-go":               {"with": by},
		"/relationships/{id}":                 {"connects": "We moored together", "gives": "A rope", "next": "The regatta", "revision": "1"},
		"/relationships/{id}/exchange":        {},
		"/relationships/{id}/next/letting-go": {},
	}
}

// advises lets somebody keep what was advised to them by somebody here, by a contact or by somebody in no
// list, and perhaps show it; and write down why somebody matters, which nobody is ever shown.
func (w *world) advises(t testing.TB) {
	a, b := w.pair()
	_, viewer := w.pair()
	name, said, why, came := w.plant(mark{owner: a}), w.plant(mark{owner: a}), w.plant(mark{owner: a}), w.plant(mark{owner: a})
	var c counsel.Counsel
	w.do(t, func(tx *db.Tx) (err error) {
		me, by := w.people[a], org.Party{Name: name.text}
		switch w.random.IntN(3) {
		case 0:
			by = w.people[b].Self()
		case 1:
			contact, err := org.AddContact(tx, me, org.Contact{Name: name.text})
			if by = (org.Party{Contact: contact.ID}); err != nil {
				return err
			}
		}
		var about []event.Thing
		if goal := w.of("goal", a); goal != "" {
			about = []event.Thing{{Kind: "goal", ID: db.ID(goal)}}
		}
		if c, err = counsel.Keep(tx, me, org.Origin{}, counsel.Text{By: by, Words: said.text, About: about}, counsel.Decision{Choice: counsel.Adapted, Why: why.text}); err != nil {
			return err
		}
		if err := counsel.Tell(tx, me, c.ID, 1, came.text); err != nil {
			return err
		}
		r, err := relationship.Add(tx, me, w.people[b].Self(), relationship.Text{
			Connects: w.hide(mark{owner: a}), Gives: w.hide(mark{owner: a}), Next: w.hide(mark{owner: a}), NextOn: civil.In(tx.Now(), me.Zone),
		})
		w.keep("relationship", r.ID, a)
		return err
	})
	w.stand("counsel", c.ID, a, []*mark{name, said, why, came})
	if viewer == a || w.organisation[viewer] != w.organisation[a] || w.random.IntN(3) == 0 {
		return
	}
	w.do(t, func(tx *db.Tx) error {
		return counsel.Share(tx, w.people[a], c.ID, plan.WithPerson(w.people[viewer].Person))
	})
	w.shares = append(w.shares, &given{owner: a, viewer: viewer, kind: "counsel", thing: string(c.ID)})
}
