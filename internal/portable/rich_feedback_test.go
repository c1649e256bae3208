package portable_test

import (
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// What is exported of feedback, and of what the two said of a conversation.
func init() {
	exported = append(exported, "feedback.subject", "feedback.wish", "feedback.saw", "feedback.next", "conversation_answers.words", "conversation_answers.name")
	notExported["feedback.about"] = "a kind, no words"
	notExported["conversation_answers.moment"] = "a kind, no words"
}

// feedback is asked for, received and given by Ines.
func (r rich) feedback(win plan.Win) {
	me := r.Ines
	var all []feedback.Feedback
	note := func(f feedback.Feedback, err error) error {
		all = append(all, f)
		return err
	}
	said := feedback.Text{Saw: "Seen at the desk", Next: "Try it aloud"}
	r.all(
		func(tx *db.Tx) error {
			return note(feedback.Ask(tx, me, event.Thing{}, r.Tomas.Person, feedback.Subject{On: win.Thing()}, "What did you notice?"))
		},
		func(tx *db.Tx) error {
			return note(feedback.Ask(tx, me, event.Thing{}, r.Joel.Person, feedback.Subject{Work: "The talk in May"}, ""))
		},
		func(tx *db.Tx) error {
			return note(feedback.Give(tx, r.Tomas, event.Thing{}, me.Person, feedback.Subject{Work: "The week at the desk"}, said))
		},
		func(tx *db.Tx) error {
			return note(feedback.Give(tx, me, event.Thing{}, r.Joel.Person, feedback.Subject{Work: "The drawing of the weir"}, said))
		},
		func(tx *db.Tx) error { return feedback.Say(tx, r.Tomas, all[0].ID, 1, said) },
		func(tx *db.Tx) error { return feedback.Keep(tx, me, all[0].ID) },
		func(tx *db.Tx) error { return feedback.Decline(tx, r.Joel, all[1].ID) },
	)
}

// answered lets both sides say whether that is what they agreed.
func (r rich) saidOfIt(id db.ID, other org.Actor) {
	r.do(func(tx *db.Tx) error {
		texts, err := conversation.TextsOf(tx, other, id)
		if err != nil {
			return err
		}
		return conversation.Confirm(tx, other, id, conversation.Confirmation{Revision: texts.Outcome.Revision, Words: "Remembered otherwise"})
	})
}

// saidByLink lets the contact with whom a conversation was held say something to it.
func (r rich) saidByLink(id db.ID) {
	r.do(func(tx *db.Tx) error {
		_, token, err := conversation.AskContact(tx, r.Ines, id, link.Input{})
		if err != nil {
			return err
		}
		opened, err := link.Open(tx, token)
		if err != nil {
			return err
		}
		texts, err := conversation.TextsOf(tx, r.Ines, id)
		if err != nil {
			return err
		}
		return conversation.AnswerByLink(tx, opened, "Noor by hand", conversation.Confirmation{Revision: texts.Outcome.Revision, Agrees: true, Words: "So it was"})
	})
}
