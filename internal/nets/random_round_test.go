package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/round"
)

// What is kept of matching rounds.
func init() {
	for _, name := range []string{"rounds.who", "rounds.closes_on", "rounds.state", "round_sign_ups.side", "round_wishes.side", "round_variants.way", "round_variants.digest",
		"round_results.because", "round_changes.kind"} {
		facts[name] = true
	}
	words = append(words, "rounds.name", "rounds.about", "round_sign_ups.aim", "round_sign_ups.languages", "round_skills.name", "round_variants.name", "round_variants.crowds")
	places["/rounds/{id}"] = "matching round"
	places["/round-variants/{id}"] = "round variant"
	places["…/mentees/{mentee}"] = "round mentee"
	doneElsewhere["/rounds/{id}/undoing"] = true
}

// openARound lets the programme owner open a round in which a peer helps and a colleague would like a mentor.
func (s *stage) openARound(tx *db.Tx) error {
	runs := s.actors[programmes]
	r, err := round.New(tx, runs, round.Text{Name: "Spring", Who: round.Everyone})
	if err != nil {
		return err
	}
	wish := round.Statement{Aim: "To tack", Skills: []mentor.Skill{{Name: "Sailing", Level: 1}}}
	err1 := round.Join(tx, s.actors[peer], r.ID, round.Mentor, 0, round.Statement{Places: 2})
	err2 := round.Join(tx, s.actors[colleague], r.ID, round.Mentee, 0, wish)
	work, err := round.NewVariant(tx, runs, r.ID, round.DefaultSettings())
	if err != nil {
		return err
	}
	v, err3 := work.Now(tx, runs)
	s.things["matching round"] = thing{id: r.ID, theirs: true}
	s.things["round variant"] = thing{id: v, theirs: true}
	s.things["round mentee"] = thing{id: s.actors[colleague].Person, theirs: true}
	return errors.Join(err1, err2, err3)
}

// formsOfRounds are those of matching rounds.
func (s *stage) formsOfRounds() map[string]map[string]string {
	pair := map[string]string{"mentee": string(s.actors[colleague].Person), "mentor": string(s.actors[peer].Person), "kind": "pin"}
	settings := map[string]string{"name": "Another", "way": "fair", "levels": "0", "skills": "5", "wishes": "5", "language": "1", "hours": "1", "department": "1"}
	return map[string]map[string]string{
		"/rounds":                      {"name": "Autumn", "who": "everyone"},
		"/rounds/{id}/mentee":          {"aim": "To reef", "skill1": "Sailing", "level1": "0", "revision": "0"},
		"/rounds/{id}/mentor":          {"places": "1", "revision": "1"},
		"/rounds/{id}/running":         {"name": "Spring again", "who": "everyone"},
		"/rounds/{id}/invitations":     {"named": "Zed Quist"},
		"/rounds/{id}/variants":        {"name": "Another"},
		"/round-variants/{id}":         settings,
		"/round-variants/{id}/changes": pair,
	}
}

// matches lets who looks after programmes open a round, two colleagues take part in it, and a third, for
// whom there is no place; perhaps it is published.
func (w *world) matches(t testing.TB) {
	a, b := w.pair()
	c := w.random.IntN(here)
	runs := here - 1
	for _, who := range []int{a, b, c} {
		if w.left[who] || w.organisation[who] != w.organisation[runs] {
			return
		}
	}
	if a == b || b == c || a == c || w.left[runs] {
		return
	}
	known := func(who int) string { return w.hide(mark{owner: runs, open: true, sides: []int{who}}) }
	w.do(t, func(tx *db.Tx) error {
		if _, err := mentor.Mine(tx, w.people[a]); !errors.Is(err, problem.NotFound) {
			return err // offers something already
		}
		skill := w.hide(mark{owner: a, open: true, sides: []int{b, c}})
		if err := mentor.Offer(tx, w.people[a], 0, mentor.Text{Skills: []mentor.Skill{{Name: skill, Level: 5}}, Places: 1, Who: mentor.Everyone}); err != nil {
			return err
		}
		w.keep("mentor", w.people[a].Person, a)
		r, err := round.New(tx, w.people[runs], round.Text{
			Name: w.hide(mark{owner: runs, open: true, sides: []int{a, b, c}}), About: known(a), Who: round.Everyone,
		})
		if err != nil {
			return err
		}
		w.keep("matching round", r.ID, -1)
		if err := round.Join(tx, w.people[a], r.ID, round.Mentor, 0, round.Statement{Places: 1, Wishes: []db.ID{w.people[b].Person}}); err != nil {
			return err
		}
		open := false // told to the mentor only where the two become a pair
		for n, who := range []int{b, c} {
			told := mark{owner: who, here: []int{runs}}
			if n == 0 && mentor.Apart(tx, w.people[a].Organisation, w.people[a].Person, w.people[b].Person) == nil {
				told.sides, open = []int{a}, true
			}
			in := round.Statement{
				Aim: w.hide(told), Languages: []string{w.hide(mark{owner: who, here: []int{runs}})},
				Skills: []mentor.Skill{{Name: skill, Level: 1}, {Name: w.hide(mark{owner: who, here: []int{runs}}), Level: 1}},
			}
			if n == 0 {
				in.Wishes = []db.ID{w.people[a].Person}
			}
			if err := round.Join(tx, w.people[who], r.ID, round.Mentee, 0, in); err != nil {
				return err
			}
		}
		settings := round.DefaultSettings()
		settings.Name = w.hide(mark{owner: runs})
		work, err := round.NewVariant(tx, w.people[runs], r.ID, settings)
		if err != nil {
			return err
		}
		v, err := work.Now(tx, w.people[runs])
		if err != nil {
			return err
		}
		w.keep("round variant", v, runs)
		w.keep("round mentee", w.people[b].Person, -1)
		if !open || w.random.IntN(3) == 0 {
			return nil
		}
		return round.Publish(tx, w.people[runs], v)
	})
}
