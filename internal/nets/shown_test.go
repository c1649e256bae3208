package nets

import (
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
)

// proposeGoal lets the manager propose a goal, which waits for the owner's answer.
func (s *stage) proposeGoal(tx *db.Tx) error {
	p, err := proposal.ProposeGoal(tx, s.actors[manager], s.actors[owner].Person, proposal.Text{Words: "Lead a release", Why: "You could"})
	s.things["proposal"] = thing{id: p.ID, owner: owner, theirs: true, sides: []string{manager}}
	return err
}

// makeCopy lets the owner put a copy together for the colleague, which is not given yet.
func (s *stage) makeCopy(tx *db.Tx) error {
	c, err := frozen.Make(tx, s.actors[owner], frozen.Input{
		Viewer: s.actors[colleague].Person, Until: civil.In(tx.Now(), s.actors[owner].Zone).AddDays(7),
		Choice: frozen.Choice{Sections: []plan.Section{plan.Purpose}, Things: []event.Thing{{Kind: "goal", ID: s.things["goal"].id}, {Kind: "win", ID: s.things["win"].id}}},
	})
	return errors.Join(s.keep("copy", c.ID, err), s.keep("file of a copy", "1", nil))
}

// giveCopy lets the owner give it.
func (s *stage) giveCopy(tx *db.Tx) error {
	c := s.things["copy"]
	c.seen = []string{colleague}
	s.things["copy"], s.things["file of a copy"] = c, thing{id: "1", owner: c.owner, theirs: c.theirs, seen: c.seen}
	return frozen.Give(tx, s.actors[owner], c.id)
}

// takeCopyBack lets the owner take it back.
func (s *stage) takeCopyBack(tx *db.Tx) error {
	c := s.things["copy"]
	c.seen = nil
	s.things["copy"], s.things["file of a copy"] = c, thing{id: "1", owner: c.owner, theirs: c.theirs}
	return frozen.TakeBack(tx, s.actors[owner], c.id)
}

// sayAndTakeBack lets somebody comment on a goal that they see no more.
func (s *stage) sayAndTakeBack(tx *db.Tx) error {
	goal := event.Thing{Kind: "goal", ID: s.things["goal"].id}
	if err := plan.ShareGoal(tx, s.actors[owner], goal.ID, plan.WithPerson(s.actors[takenBack].Person)); err != nil {
		return err
	}
	c, err := comment.Add(tx, s.actors[takenBack], goal, comment.Input{Quote: "a service", Words: "Which one?"})
	s.things["comment"] = thing{id: c.ID, owner: owner, theirs: true, sides: []string{takenBack}}
	return errors.Join(err, s.takeBackFrom(takenBack)(tx))
}

// formsOfWhatIsShown are those of proposals, copies and comments.
func (s *stage) formsOfWhatIsShown() map[string]map[string]string {
	return map[string]map[string]string{
		"/proposals":              {"to": string(s.things["person"].id), "title": "Sing in a choir", "measured": "Two concerts", "why": "You sing well"},
		"/proposals/{id}/taking":  {"title": "Sing in a choir", "measured": "One concert"},
		"/proposals/{id}/refusal": {"answer": "Not this year"},
		"/copies":                 {"with": string(plan.WithPerson(s.actors[takenBack].Person)), "sections": "purpose", "note": "Look at this"},
		"/comments":               {"on": "goal:" + string(s.things["goal"].id), "words": "Which one?"},
		"/comments/{id}":          {"words": "Which of them?"},
		"/comments/{id}/answer":   {"answer": "The one by the river"},
	}
}
