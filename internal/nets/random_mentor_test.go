package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/problem"
)

// What is kept of offering and asking help.
func init() {
	for _, name := range []string{"mentor_profiles.formats", "mentor_profiles.language_keys", "mentor_profiles.who", "mentor_skills.skill_key",
		"mentor_requests.rhythm", "mentor_requests.until", "mentor_requests.state", "mentor_request_skills.skill_key", "mentor_choices.state", "mentor_choices.again_on"} {
		facts[name] = true
	}
	words = append(words, "mentor_profiles.about", "mentor_profiles.topics", "mentor_profiles.languages", "mentor_skills.name",
		"mentor_requests.learn", "mentor_requests.tried", "mentor_request_skills.name", "mentor_choices.answer", "mentor_choices.reply")
	places["/mentors/{person}"] = "mentor"
	places["/mentor-requests/{id}"] = "mentor request"
	for _, path := range []string{"/mentor-requests/{id}/reply", "/mentor-requests/{id}/next"} {
		doneElsewhere[path] = true
	}
}

// offerHelp lets a peer offer their help, and the owner ask for it.
func (s *stage) offerHelp(tx *db.Tx) error {
	helper := s.actors[peer]
	err1 := mentor.Offer(tx, helper, 0, mentor.Text{Skills: []mentor.Skill{{Name: "Sailing", Level: 4}}, Places: 2, Who: mentor.Everyone})
	r, err2 := mentor.Ask(tx, s.actors[owner], mentor.RequestText{Learn: "To tack", Skills: []mentor.Skill{{Name: "Sailing", Level: 1}}, Rhythm: mentor.Monthly}, []db.ID{helper.Person})
	s.things["mentor"] = thing{id: helper.Person, theirs: true}
	s.things["mentor request"] = thing{id: r.ID, owner: owner, theirs: true, sides: []string{peer}, asked: peer}
	return errors.Join(err1, err2)
}

// formsOfMentors are those of offering and asking help.
func (s *stage) formsOfMentors() map[string]map[string]string {
	return map[string]map[string]string{
		"/mentors/profile":             {"skill1": "Sailing", "level1": "4", "hours": "2", "places": "1", "who": "everyone", "revision": "0"},
		"/mentor-requests":             {"mentor1": string(s.actors[peer].Person), "learn": "To reef", "skill1": "Sailing", "level1": "0", "rhythm": "monthly"},
		"/mentor-requests/{id}/answer": {"says": "more", "words": "On which water?"},
	}
}

// mentoring lets somebody offer their help, and somebody else ask for it, who is perhaps asked back.
func (w *world) mentoring(t testing.TB) {
	a, b := w.pair()
	if a == b || w.left[a] || w.left[b] || w.organisation[a] != w.organisation[b] {
		return
	}
	open := func() string { return w.hide(mark{owner: a, open: true}) }
	skill := open()
	w.do(t, func(tx *db.Tx) error {
		if _, err := mentor.Mine(tx, w.people[a]); !errors.Is(err, problem.NotFound) {
			return err // offers something already
		}
		if err := mentor.Offer(tx, w.people[a], 0, mentor.Text{
			About: open(), Topics: []string{open()}, Languages: []string{open()}, Skills: []mentor.Skill{{Name: skill, Level: 5}}, Places: 3, Who: mentor.Everyone,
		}); err != nil {
			return err
		}
		w.keep("mentor", w.people[a].Person, a)
		var refused problem.Refused
		if err := mentor.Apart(tx, w.people[a].Organisation, w.people[a].Person, w.people[b].Person); errors.As(err, &refused) {
			return nil // the one leads the other
		}
		mine, theirs := mark{owner: b, sides: []int{a}}, mark{owner: a, sides: []int{b}}
		r, err := mentor.Ask(tx, w.people[b], mentor.RequestText{
			Learn: w.hide(mine), Tried: w.hide(mine), Rhythm: mentor.Monthly, Skills: []mentor.Skill{{Name: skill, Level: 1}, {Name: w.hide(mine), Level: 1}},
		}, []db.ID{w.people[a].Person})
		if errors.As(err, &refused) {
			return nil // has asked much already
		}
		if err != nil {
			return err
		}
		w.keep("mentor request", r.ID, b)
		if err := mentor.Answer(tx, w.people[a], r.ID, mentor.Reply{Says: mentor.TellMore, Words: w.hide(theirs)}); err != nil {
			return err
		}
		return mentor.Tell(tx, w.people[b], r.ID, w.hide(mine))
	})
}
