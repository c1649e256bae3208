package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/question"
)

// sentQuestions are questions that Ines sent, with what came back, what she noted from an answer and what
// she needs; and what she answered to Joel.
func (r rich) sentQuestions() {
	send := func(me org.Actor, in question.Sending) (sent []question.Asked) {
		r.do(func(tx *db.Tx) (err error) {
			sent, err = question.Send(tx, me, org.Origin{}, in)
			return err
		})
		return sent
	}
	mine := send(r.Ines, question.Sending{
		Wording: "What did you find hard at first?", Note: "You led the gates.",
		Here: []db.ID{r.Tomas.Person, r.Mira.Person, r.Joel.Person}, Outside: []question.Outside{{Name: "Ruth Sole"}, {Contact: r.rui.ID}},
	})
	r.do(func(tx *db.Tx) error {
		return errors.Join(question.GiveAnswer(tx, r.Tomas, mine[0].ID, "Saying no. Read the old logs one day."),
			question.TurnBack(tx, r.Mira, mine[1].ID, "What do you need?"), question.Decline(tx, r.Joel, mine[2].ID))
	})
	r.do(func(tx *db.Tx) error {
		_, err := question.ReplyTo(tx, r.Ines, mine[1].ID, "An hour of your time.", link.Input{})
		return err
	})
	r.do(func(tx *db.Tx) error {
		o, err := link.Open(tx, mine[3].Token)
		if err != nil {
			return err
		}
		return question.AnswerByLink(tx, o, "Ruth M. Sole", "The noise.")
	})
	r.suggestions(mine[0].ID)
	theirs := send(r.Joel, question.Sending{Wording: secret, Note: secret, Here: []db.ID{r.Ines.Person}})
	r.do(func(tx *db.Tx) error {
		return errors.Join(question.TurnBack(tx, r.Ines, theirs[0].ID, "By when?"), question.GiveAnswer(tx, r.Ines, theirs[0].ID, "Begin with the small gate."))
	})
}

func (r rich) suggestions(asking db.ID) {
	r.do(func(tx *db.Tx) error {
		one, err := question.NoteSuggested(tx, r.Ines, asking, "Read the logs", civil.Date{})
		if err != nil {
			return err
		}
		aloud, err := question.Record(tx, r.Ines, org.Origin{}, question.Input{Wording: "Where would you begin?", To: question.ToAloud, ToName: "The man at the lock", Answer: "Anywhere"})
		if err != nil {
			return err
		}
		other, err := question.NoteSuggested(tx, r.Ines, aloud.ID, "Begin anywhere", civil.Date{})
		if err != nil {
			return err
		}
		need, err := question.AddNeed(tx, r.Ines, org.Origin{}, question.NeedTime, "Two hours a week")
		if err != nil {
			return err
		}
		_, err = question.AddNeed(tx, r.Ines, org.Origin{}, question.NeedSomeone, "An hour with Ruth")
		return errors.Join(err,
			question.ChangeSuggested(tx, r.Ines, one.ID, one.Revision, "Read the old logs", one.LookOn),
			question.LetGoOfSuggested(tx, r.Ines, other.ID),
			question.ChangeNeed(tx, r.Ines, need.ID, need.Revision, question.NeedTime, "Three hours a week"))
	})
}
