package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/programme"
)

// What is kept of programmes.
func init() {
	for _, name := range []string{"programmes.kind", "programmes.begins", "programmes.ends", "programmes.apply_until", "programmes.sort_day", "programmes.effort_in", "programmes.currency",
		"programmes.decides", "programmes.state", "programme_skills.part", "programme_skills.skill_key", "programme_places.state", "programme_places.origin_kind", "programme_places.waits_for", "programme_looks.round"} {
		facts[name] = true
	}
	words = append(words, "programmes.name", "programmes.about", "programmes.audience", "programmes.employment", "programmes.learns", "programmes.needs", "programmes.cancelled_words",
		"programme_skills.name", "programme_places.hopes", "programme_places.words", "programme_stated.name",
		"programme_looks.learned", "programme_looks.used", "programme_looks.returned")
}

func init() {
	places["/programmes/{id}"] = "programme"
	places["/taking-part/{id}"] = "programme place"
	doneElsewhere["/taking-part/{id}/yes"], doneElsewhere["/taking-part/{id}/telling"] = true, true
}

// postProgramme lets the administrator post something, and the owner ask for a seat in it.
func (s *stage) postProgramme(tx *db.Tx) error {
	me := s.actors[admin]
	id, err1 := programme.Post(tx, me, programme.Text{Kind: programme.Course, Name: "Rigging", About: "Two days on the water", Seats: 3, EffortIn: programme.Hours, Decides: programme.Poster})
	err2 := programme.Turn(tx, me, id, programme.Open)
	p, err3 := programme.SignUp(tx, s.actors[owner], id, programme.SignUpInput{Hopes: "To climb"})
	s.things["programme"] = thing{id: id, owner: admin, theirs: true, sides: []string{programmes}}
	s.things["programme place"] = thing{id: p.ID, owner: owner, theirs: true, sides: []string{admin}, asked: admin}
	return errors.Join(err1, err2, err3)
}

// giveSeat lets the administrator say yes.
func (s *stage) giveSeat(tx *db.Tx) error {
	return programme.Decide(tx, s.actors[admin], s.things["programme place"].id, programme.Answer{Yes: true})
}

// wasThrough lets the owner say that they were through.
func (s *stage) wasThrough(tx *db.Tx) error {
	return programme.Finish(tx, s.actors[owner], s.things["programme place"].id)
}

// formsOfProgrammes are those of the catalogue.
func (s *stage) formsOfProgrammes() map[string]map[string]string {
	says := map[string]string{"kind": "special project", "name": "A new lock", "about": "Four weeks at the weir", "seats": "4", "decides": "poster", "revision": "2"}
	return map[string]map[string]string{
		"/programmes":                 says,
		"/programmes/{id}/edit":       says,
		"/programmes/{id}/state":      {"to": "closed"},
		"/programmes/{id}/cancelling": {"words": "The water is too high"},
		"/programmes/{id}/places":     {"hopes": "To build in stone"},
		"/programmes/{id}/step":       {"goal": string(s.things["goal"].id)},
		"/taking-part/{id}/answer":    {"says": "yes", "words": "Bring boots"},
		"/taking-part/{id}/look":      {"when": "end", "learned-end": "Patience", "revision": "0"},
	}
}

// programmes lets the administrator of the first organisation post something, and two take part: one looks back and tells
// it, the other keeps it for themselves. What they hope for is read by whoever decides, and by nobody else.
func (w *world) programmes(t testing.TB) {
	const a = here - 1
	b, c := w.random.IntN(a), w.random.IntN(a)
	if b == c || w.left[b] || w.left[c] {
		return
	}
	open := func() string { return w.hide(mark{owner: a, open: true, sides: []int{b, c}}) }
	w.do(t, func(tx *db.Tx) error {
		me := w.people[a]
		in := programme.Text{
			Kind: programme.Course, Name: open(), About: open(), Audience: open(), Learns: open(), Needs: open(), Teaches: []programme.Skill{{Name: open()}},
			Builds: []programme.Skill{{Name: open(), Level: 2}}, Seats: 3, EffortIn: programme.Hours, Decides: programme.Poster,
		}
		id, err := programme.Post(tx, me, in)
		if err := errors.Join(err, programme.Turn(tx, me, id, programme.Open)); err != nil {
			return err
		}
		w.keep("programme", id, a)
		var places []db.ID
		for _, who := range []int{b, c} {
			p, err := programme.SignUp(tx, w.people[who], id, programme.SignUpInput{Hopes: w.hide(mark{owner: who, sides: []int{a}}), Stated: []programme.Skill{{Level: 1}}})
			if err != nil {
				return err
			}
			places = append(places, p.ID)
			w.keep("programme place", p.ID, who)
			if err := programme.Decide(tx, me, p.ID, programme.Answer{Yes: true, Words: w.hide(mark{owner: a, sides: []int{who}})}); err != nil {
				return err
			}
			if err := programme.Finish(tx, w.people[who], p.ID); err != nil {
				return err
			}
			seen := mark{owner: who}
			if who == b {
				seen.sides = []int{a}
			}
			if err := programme.LookBack(tx, w.people[who], p.ID, programme.AtEnd, 0, programme.LookText{Learned: w.hide(seen), Used: w.hide(seen), Returned: w.hide(seen)}); err != nil {
				return err
			}
		}
		if err := programme.Tell(tx, w.people[b], places[0], programme.AtEnd); err != nil {
			return err
		}
		in.Name, in.Employment = open(), []string{open()}
		gone, err := programme.Post(tx, me, in)
		return errors.Join(err, programme.Turn(tx, me, gone, programme.Open), programme.Cancel(tx, me, gone, open()))
	})
}
