package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/problem"
)

// What is kept of offering and asking help.
func init() {
	for _, name := range []string{"mentor_profiles.formats", "mentor_profiles.language_keys", "mentor_profiles.who", "mentor_skills.skill_key",
		"mentor_requests.rhythm", "mentor_requests.until", "mentor_requests.state", "mentor_request_skills.skill_key", "mentor_choices.state", "mentor_choices.again_on",
		"mentorships.ends_on", "mentorships.state", "mentorships.because", "mentorship_texts.kind", "mentorship_agreements.ends_on"} {
		facts[name] = true
	}
	words = append(words, "mentor_profiles.about", "mentor_profiles.topics", "mentor_profiles.languages", "mentor_skills.name",
		"mentor_requests.learn", "mentor_requests.tried", "mentor_request_skills.name", "mentor_choices.answer", "mentor_choices.reply",
		"mentorships.aim", "mentorships.rhythm", "mentorships.confidentiality", "mentorship_texts.words",
		"mentorship_agreements.aim", "mentorship_agreements.rhythm", "mentorship_agreements.confidentiality")
	places["/mentors/{person}"] = "mentor"
	places["/mentor-requests/{id}"] = "mentor request"
	places["/mentorships/{id}"] = "mentorship"
	for _, path := range []string{"/mentor-requests/{id}/reply", "/mentor-requests/{id}/next", "/mentorships/{id}/going-on", "/mentorships/{id}/agreement/staying"} {
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
	s.things["mentorship"] = thing{id: "none", owner: owner, theirs: true, sides: []string{peer}}
	_, err3 := mentor.Begin(tx, helper, helper.Person, s.actors[owner].Person, "")
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	pairs, err := mentorship.Mine(tx, helper)
	if err == nil {
		s.things["mentorship"] = thing{id: pairs[0].ID, owner: owner, theirs: true, sides: []string{peer}}
	}
	return err
}

// formsOfMentors are those of offering and asking help.
func (s *stage) formsOfMentors() map[string]map[string]string {
	return map[string]map[string]string{
		"/mentors/profile":             {"skill1": "Sailing", "level1": "4", "hours": "2", "places": "1", "who": "everyone", "revision": "0"},
		"/mentor-requests":             {"mentor1": string(s.actors[peer].Person), "learn": "To reef", "skill1": "Sailing", "level1": "0", "rhythm": "monthly"},
		"/mentor-requests/{id}/answer": {"says": "more", "words": "On which water?"},
		"/mentorships/{id}/agreement":  {"aim": "To moor alone", "rhythm": "monthly"},
		"/mentorships/{id}/sessions":   {"day": "2026-12-01", "time": "10:00", "minutes": "45"},
		"/mentorships/{id}/shared":     {"shared": "Bring gloves", "revision": "0"},
		"/mentorships/{id}/private":    {"private": "Cold hands", "revision": "0"},
		"/mentorships/{id}/look-back":  {"look-back": "I moor alone", "revision": "0"},
		"/mentorships/{id}/thanks":     {"thanks": "Thank you", "revision": "0"},
		"/mentorships/{id}/win":        {"what": "I moor alone"},
	}
}

// mentoring lets somebody offer their help, and somebody else ask for it, who is perhaps asked back.
func (w *world) mentoring(t testing.TB) {
	a, b := w.pair()
	if a == b || w.left[a] || w.left[b] || w.organisation[a] != w.organisation[b] {
		return
	}
	open := func() string { return w.hide(mark{owner: a, open: true}) }
	skill := w.hide(mark{owner: a, open: true, sides: []int{b}}) // who asks for it writes it too, and reads what they wrote once they have left
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
		if err := mentor.Tell(tx, w.people[b], r.ID, w.hide(mine)); err != nil || w.random.IntN(3) == 0 {
			return err
		}
		return w.pairUp(tx, r.ID, a, b)
	})
}

// pairUp lets the one asked say yes, and both agree and write.
func (w *world) pairUp(tx *db.Tx, request db.ID, a, b int) error {
	if err := mentor.Answer(tx, w.people[a], request, mentor.Reply{Says: mentor.Yes}); err != nil {
		return err
	}
	pairs, err := mentorship.Mine(tx, w.people[a])
	if err != nil {
		return err
	}
	id := pairs[0].ID
	w.keep("mentorship", id, b)
	mine, theirs := mark{owner: b, sides: []int{a}}, mark{owner: a, sides: []int{b}}
	terms := mentorship.Terms{Aim: w.hide(mine), Rhythm: w.hide(mine), Confidentiality: w.hide(mine)}
	change := mentorship.Terms{Aim: w.hide(theirs), Rhythm: terms.Rhythm}
	return errors.Join(
		mentorship.Agree(tx, w.people[b], id, 1, terms),
		mentorship.Agree(tx, w.people[a], id, 2, terms),
		mentorship.Agree(tx, w.people[a], id, 2, change),                                    // waits
		mentorship.Write(tx, w.people[a], id, mentorship.Shared, 0, w.hide(mark{owner: a})), // replaced
		mentorship.Write(tx, w.people[a], id, mentorship.Shared, 1, w.hide(theirs)),
		mentorship.Write(tx, w.people[a], id, mentorship.Private, 0, w.hide(mark{owner: a})),
		mentorship.Write(tx, w.people[b], id, mentorship.Private, 0, w.hide(mark{owner: b})),
		mentorship.Write(tx, w.people[b], id, mentorship.LookBack, 0, w.hide(mine)),
	)
}
