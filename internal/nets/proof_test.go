package nets

import (
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/story"
)

// tellStory lets the owner keep a story.
func (s *stage) tellStory(tx *db.Tx) error {
	one, err := story.Keep(tx, s.actors[owner], story.CV, story.Text{Title: "My year", Words: "# Work\n- The release"})
	return s.keep("story", one.ID, err)
}

// shareStory lets the owner show it to somebody.
func (s *stage) shareStory(with plan.With) func(tx *db.Tx) error {
	return func(tx *db.Tx) error { return story.Share(tx, s.actors[owner], s.things["story"].id, with) }
}

// tellStories lets everybody keep a story, and some show it to somebody.
func (w *world) tellStories(t testing.TB) {
	for who, me := range w.people {
		if w.left[who] {
			continue
		}
		marks := []*mark{w.plant(mark{owner: who}), w.plant(mark{owner: who})}
		w.do(t, func(tx *db.Tx) error {
			one, err := story.Keep(tx, me, story.CV, story.Text{Title: marks[0].text, Words: "# Work\n- " + marks[1].text})
			if err != nil {
				return err
			}
			w.stand("story", one.ID, who, marks)
			if w.random.IntN(2) == 0 {
				return nil
			}
			marks[1].old = true
			now := w.plant(mark{owner: who, kind: "story", thing: string(one.ID)})
			return story.Change(tx, me, one.ID, 1, story.Text{Title: marks[0].text, Words: now.text})
		})
	}
	for range 6 {
		a, b := w.pair()
		id := w.of("story", a)
		s := given{owner: a, viewer: b, kind: "story", thing: id}
		w.do(t, func(tx *db.Tx) error {
			return story.Share(tx, w.people[a], db.ID(id), plan.WithPerson(w.people[b].Person))
		})
		w.shares = append(w.shares, &s)
	}
}
