package nets

import (
	"errors"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

// askQuestion lets somebody send a question to a colleague, who answers, asks back, declines or lets it
// wait; or it is taken back.
func (w *world) askQuestion(t testing.TB) {
	a, b := w.pair()
	between := mark{owner: a, sides: []int{b}}
	wording, note := w.plant(between), w.plant(between)
	w.do(t, func(tx *db.Tx) error {
		sent, err := question.Send(tx, w.people[a], event.Thing{}, question.Sending{Wording: wording.text, Note: note.text, Here: []db.ID{w.people[b].Person}})
		if err != nil {
			return err
		}
		id := sent[0].ID
		w.keep("asking", id, a)
		w.keep("asked question", id, b)
		gone := func() { wording.sides, note.sides = nil, nil }
		switch w.random.IntN(5) {
		case 0:
			gone()
			return question.Remove(tx, w.people[a], id)
		case 1:
			gone()
			return question.Decline(tx, w.people[b], id)
		case 2:
			return question.GiveAnswer(tx, w.people[b], id, w.hide(between))
		case 3:
			if err := question.TurnBack(tx, w.people[b], id, w.hide(between)); err != nil {
				return err
			}
			_, err := question.ReplyTo(tx, w.people[a], id, w.hide(between), link.Input{})
			return err
		}
		return nil
	})
}

// askQuestionByLink lets somebody ask several outside at once: who answers, asks back or not; or it is
// taken back.
func (w *world) askQuestionByLink(t testing.TB) {
	a, _ := w.pair()
	alone := mark{owner: a}
	wording, note := w.plant(alone), w.plant(alone)
	w.do(t, func(tx *db.Tx) error {
		names := []*mark{w.plant(alone), w.plant(alone)}
		sent, err := question.Send(tx, w.people[a], event.Thing{}, question.Sending{
			Wording: wording.text, Note: note.text,
			Outside: []question.Outside{{Name: names[0].text, Link: link.Input{Days: 60}}, {Name: names[1].text, Link: link.Input{Days: 60}}},
		})
		if err != nil {
			return err
		}
		w.keep("round", sent[0].Round, a)
		for n, one := range sent {
			o := &opened{marks: []*mark{wording, note, names[n]}}
			w.keep("asking", one.ID, a)
			w.keep("link", one.Link.ID, a)
			w.keep("token of a link", db.ID(one.Token), -1)
			w.opened[string(one.Token)] = o
			if err := w.questionByLink(tx, a, one, o); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *world) questionByLink(tx *db.Tx, a int, one question.Asked, o *opened) error {
	how := w.random.IntN(4)
	if how == 3 {
		return nil
	}
	o.over = true
	if how == 0 {
		return question.Remove(tx, w.people[a], one.ID)
	}
	opens, err := link.Open(tx, one.Token)
	if err != nil {
		return err
	}
	alone := mark{owner: a}
	if how == 1 {
		return errors.Join(question.AnswerByLink(tx, opens, w.hide(alone), w.hide(alone)), link.Use(tx, opens))
	}
	return errors.Join(question.TurnBackByLink(tx, opens, w.hide(alone), w.hide(alone)), link.Use(tx, opens))
}

// noteAnswers lets somebody note what was suggested to them, and what they need.
func (w *world) noteAnswers(t testing.TB, who int) {
	alone := mark{owner: who}
	me := w.people[who]
	w.do(t, func(tx *db.Tx) error {
		heard, err := question.Record(tx, me, event.Thing{}, question.Input{Wording: w.hide(alone), To: question.ToAloud, ToName: w.hide(alone), Answer: w.hide(alone)})
		if err != nil {
			return err
		}
		self, err := question.Record(tx, me, event.Thing{}, question.Input{Wording: w.hide(alone), To: question.ToMyself, Answer: w.hide(alone)})
		if err != nil {
			return err
		}
		w.keep("asking", heard.ID, who)
		w.keep("asking", self.ID, who)
		for range 2 {
			s, err := question.NoteSuggested(tx, me, heard.ID, w.hide(alone), civil.In(tx.Now(), me.Zone))
			if err != nil {
				return err
			}
			w.keep("suggested", s.ID, who)
			n, err := question.AddNeed(tx, me, org.Origin{}, question.NeedSomeone, w.hide(alone))
			if err != nil {
				return err
			}
			w.keep("need", n.ID, who)
		}
		return nil
	})
}

// askTwo lets the owner ask a peer twice: one question waits, the other was turned back. They note what
// was suggested, and what they need.
func (s *stage) askTwo(tx *db.Tx) error {
	me, whom := s.actors[owner], s.actors[peer]
	one, err := question.Send(tx, me, event.Thing{}, question.Sending{Wording: "What would you miss?", Here: []db.ID{whom.Person}})
	if err != nil {
		return err
	}
	s.things["asked question"] = thing{id: one[0].ID, owner: owner, theirs: true, asked: peer}
	two, err := question.Send(tx, me, event.Thing{}, question.Sending{Wording: "What was hard?", Here: []db.ID{whom.Person, s.actors[colleague].Person}})
	if err != nil {
		return err
	}
	err1 := question.TurnBack(tx, whom, two[0].ID, "")
	suggested, err2 := question.NoteSuggested(tx, me, two[0].ID, "Sing at noon", civil.Date{})
	need, err3 := question.AddNeed(tx, me, org.Origin{}, question.NeedTime, "An hour a week")
	return errors.Join(err1, s.keep("asking", two[0].ID, nil), s.keep("round", two[0].Round, nil), s.keep("suggested", suggested.ID, err2), s.keep("need", need.ID, err3))
}

// formsOfQuestions are those of questions that are sent, and of what comes of an answer.
func (s *stage) formsOfQuestions() map[string]map[string]string {
	return map[string]map[string]string{
		"/askings/ask":              {"wording": "What did you learn?", "note": "You were there", "outside": "Ruth"},
		"/askings/{id}/reply":       {"reply": "An hour a week"},
		"/askings/{id}/suggestions": {"suggested": "Sing at noon"},
		"/asked/{id}":               {"answer": "The quiet"},
		"/asked/{id}/turning-back":  {"back": "What for?"},
		"/suggested/{id}":           {"suggested": "Sing at one"},
		"/needs":                    {"kind": "time", "words": "Two hours a week"},
		"/needs/{id}":               {"kind": "time", "words": "Three hours a week"},
	}
}
