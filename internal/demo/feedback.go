package demo

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/commitment"
	talks "github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// feedback plans what Salome asks others about her work, what they saw, and whom she talks to who has no
// account here.
func (t *telling) feedback() {
	t.of = "feedback"
	var asked feedback.Feedback
	t.does("salome", t.when(-26, evening, "salome"), "feedback asked", func(tx *db.Tx, me org.Actor) (err error) {
		asked, err = feedback.Ask(tx, me, org.Origin{}, t.person("minh"), feedback.Subject{Work: "The first night of load tests"}, "Where did you have to wait for me?")
		return err
	})
	t.does("minh", t.when(-24, morning, "minh"), "feedback given", func(tx *db.Tx, me org.Actor) error {
		return feedback.Say(tx, me, asked.ID, asked.Revision, feedback.Text{
			Saw:  "You had the order of the tests in your head and not on the wall. At two in the morning three people asked you what came next, and each time the winch stood.",
			Next: "Hang the list where everybody can read it, and let somebody else cross it off.",
		})
	})
	t.does("salome", t.when(-23, evening, "salome"), "feedback kept and shown", func(tx *db.Tx, me org.Actor) error {
		return errors.Join(feedback.Keep(tx, me, asked.ID), feedback.Share(tx, me, asked.ID, plan.WithPerson(t.person("sunniva"))))
	})
	t.does("sunniva", t.when(-21, morning, "sunniva"), "feedback offered", func(tx *db.Tx, me org.Actor) error {
		_, err := feedback.Give(tx, me, org.Origin{}, t.person("salome"), feedback.Subject{Work: "The page about the exchanged settings"}, feedback.Text{
			Saw: "You wrote it before anybody asked, with the hour and your own name. Two other lines looked the same evening, and one of them had the same mistake.",
		})
		return err
	})
	t.does("salome", t.when(-3, evening, "salome"), "feedback asked of the manager", func(tx *db.Tx, me org.Actor) error {
		_, err := feedback.Ask(tx, me, org.Origin{}, t.person("sunniva"), feedback.Subject{Work: "My hour at Sant'Orsola"}, "Was it clear who decides when we stop?")
		return err
	})
	t.outside()
}

// outside plans a conversation with somebody who has no account.
func (t *telling) outside() {
	t.does("salome", t.when(-8, evening, "salome"), "a talk with somebody outside", func(tx *db.Tx, me org.Actor) error {
		idoia, err := org.AddContact(tx, me, org.Contact{Name: "Idoia Garmendia", About: "Led commissioning in the Basque hills for thirty years. Retired, and answers."})
		if err != nil {
			return err
		}
		with := org.Party{Contact: idoia.ID, Name: idoia.Name}
		one, err := talks.Request(tx, me, talks.Input{With: with, Kind: talks.Free, Time: talks.Time{At: t.date(9).At(17, 30, t.zoneOf("salome")).Truncate(time.Minute), Minutes: 30}})
		if err != nil {
			return err
		}
		for _, words := range []string{"The first night on which you led, and what you would do otherwise", "Whom do I still have to ask before spring?"} {
			if err := talks.AddItem(tx, me, one.ID, talks.ItemInput{Words: words, Shared: true}); err != nil {
				return err
			}
		}
		_, err = commitment.Make(tx, me, event.Thing{}, commitment.Input{By: me.Self(), To: with, Words: "Send you the plan of the three nights", Due: t.date(5)})
		return err
	})
}
