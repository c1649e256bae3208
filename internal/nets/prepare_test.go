package nets

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// What is kept of conversations that are prepared and closed, and of feedback.
func init() {
	for _, name := range []string{"agenda_items.section", "conversation_answers.moment", "feedback.about", "feedback.origin_kind", "feedback.state"} {
		facts[name] = true
	}
	words = append(words, "conversation_answers.name", "conversation_answers.words", "feedback.subject", "feedback.wish", "feedback.saw", "feedback.next")
	places["/feedback/{id}"] = "feedback"
	places["/outside/{id}"] = "conversation outside"
}

// giveFeedback lets a peer give the owner feedback, and the owner ask a contact for a conversation.
func (s *stage) giveFeedback(tx *db.Tx) error {
	c, err := conversation.Request(tx, s.actors[owner], conversation.Input{
		With: org.Party{Contact: s.things["contact"].id}, Kind: conversation.Free, Time: conversation.Time{At: tx.Now().Add(time.Hour), Minutes: 30},
	})
	if err := s.keep("conversation outside", c.ID, err); err != nil {
		return err
	}
	f, err := feedback.Give(tx, s.actors[peer], event.Thing{}, s.actors[owner].Person, feedback.Subject{Work: "The talk on Tuesday"}, feedback.Text{Saw: "The figures came first"})
	s.things["feedback"] = thing{id: f.ID, owner: owner, seen: []string{peer}, asked: peer}
	return err
}

// formsOfPreparing are those of closing a conversation, and of feedback.
func (s *stage) formsOfPreparing() map[string]map[string]string {
	return map[string]map[string]string{
		"/conversations/{id}/confirmation": {"agrees": "no", "differs": "We said April", "revision": "1"},
		"/outside/{id}/invitation":         {"wanted": "yes"},
		"/feedback":                        {"whom": "person:" + string(s.things["person"].id), "work": "The talk on Tuesday", "saw": "It was clear", "next": "Slower"},
		"/feedback/asking":                 {"whom": "person:" + string(s.things["person"].id), "work": "The talk on Monday", "wish": "Where did you lose the thread?"},
		"/feedback/{id}":                   {"saw": "The figures came first, then the plan", "next": "Slower", "revision": "1"},
		"/feedback/{id}/share":             {"with": string(plan.WithPerson(s.actors[colleague].Person))},
	}
}

// feedback lets somebody ask for feedback or give some, and its owner perhaps show it.
func (w *world) feedback(t testing.TB) {
	a, b := w.pair()
	_, viewer := w.pair()
	var f feedback.Feedback
	both := mark{owner: b, sides: []int{a}}
	marks := []*mark{w.plant(both), w.plant(both), w.plant(both)}
	wish := w.hide(both)
	w.do(t, func(tx *db.Tx) (err error) {
		text := feedback.Text{Saw: marks[1].text, Next: marks[2].text}
		if w.random.IntN(2) == 0 {
			if f, err = feedback.Ask(tx, w.people[b], event.Thing{}, w.people[a].Person, feedback.Subject{Work: marks[0].text}, wish); err != nil {
				return err
			}
			return feedback.Say(tx, w.people[a], f.ID, 1, text)
		}
		f, err = feedback.Give(tx, w.people[a], event.Thing{}, w.people[b].Person, feedback.Subject{Work: marks[0].text}, text)
		return err
	})
	if f.ID == "" {
		return
	}
	w.keep("feedback", f.ID, b)
	for _, m := range marks {
		m.kind, m.thing = "feedback", string(f.ID)
	}
	if viewer == b || w.organisation[viewer] != w.organisation[b] || w.random.IntN(2) == 0 {
		return
	}
	w.do(t, func(tx *db.Tx) error {
		return feedback.Share(tx, w.people[b], f.ID, plan.WithPerson(w.people[viewer].Person))
	})
	w.shares = append(w.shares, &given{owner: b, viewer: viewer, kind: "feedback", thing: string(f.ID)})
}

// says lets the other side say to what came of a conversation how they remember it.
func (w *world) says(tx *db.Tx, id db.ID, a, b int) error {
	texts, err := conversation.TextsOf(tx, w.people[b], id)
	if err != nil {
		return err
	}
	return conversation.Confirm(tx, w.people[b], id, conversation.Confirmation{
		Revision: texts.Outcome.Revision, Words: w.hide(mark{owner: b, sides: []int{a}}),
	})
}

// saysByLink lets a contact say by a link what they would bring.
func (w *world) saysByLink(tx *db.Tx, id db.ID, who int) error {
	w.keep("conversation outside", id, who)
	alone := mark{owner: who}
	_, token, err := conversation.AskContact(tx, w.people[who], id, link.Input{})
	if err != nil {
		return err
	}
	opened, err := link.Open(tx, token)
	return errors.Join(err, conversation.AnswerByLink(tx, opened, w.hide(alone), conversation.Confirmation{Words: w.hide(alone)}))
}
