package demo

import (
	"errors"

	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/relationship"
)

// advice is what somebody advised Salome, and what she made of it.
type advice struct {
	on           day
	by, name     string // who advised: a key, or the name of somebody who is in no list
	words, about string
	choice       counsel.Choice
	why, came    string
	shownTo      string
}

// counsel plans what Salome was advised, what she decided, and who matters to her.
func (t *telling) counsel() {
	t.of = "counsel"
	t.does("salome", t.when(-249, evening, "salome"), "an answer kept", func(tx *db.Tx, me org.Actor) error {
		heard, err := t.thing("salome", "place")
		if err != nil {
			return err
		}
		c, err := counsel.KeepAnswer(tx, me, heard.ID)
		return errors.Join(err,
			counsel.Decide(tx, me, c.ID, c.Revision, counsel.Decision{Choice: counsel.Adapted, Why: "The machinist first, yes. The new software I take all the same, but on the bench, and never on the hill."}),
			counsel.Tell(tx, me, c.ID, c.Revision+1, "The machinist showed me the step that creaks. It is the one above the drive, and it had loosened the cable."))
	})
	for _, a := range []advice{
		{on: -130, by: "ruud", about: "lead", choice: counsel.Followed, shownTo: "ruud",
			words: "Decide out loud. Say the sentence with “so” in it, and look at somebody while you say it.",
			why:   "It costs nothing, and it is the fourth time that I hear it.",
			came:  "On the second night at Sant'Orsola nobody asked me what we do next."},
		{on: -70, by: "dragan", about: "lead", choice: counsel.SetAside,
			words: "Come to ropes and winches for two years first. The drives will wait.",
			why:   "He means it well. I want a hill of my own, not another workshop."},
		{on: -12, by: "ingunn",
			words: "Write the list of people before the list of tests, and ask each of them which hour they fear."},
		{on: -6, name: "The sexton of Sant'Orsola",
			words: "If the bell rings twice at four, the wind turns. Send them to bed."},
	} {
		t.advised(a)
	}
	t.matters()
}

func (t *telling) advised(a advice) {
	t.does("salome", t.when(a.on, evening, "salome"), "counsel", func(tx *db.Tx, me org.Actor) error {
		on, err := t.thing("salome", a.about)
		if err != nil {
			return err
		}
		in := counsel.Text{By: org.Party{Name: a.name}, Words: a.words}
		if a.by != "" {
			in.By = t.party(a.by)
		}
		if on.ID != "" {
			in.About = []event.Thing{on}
		}
		c, err := counsel.Keep(tx, me, org.Origin{}, in, counsel.Decision{Choice: a.choice, Why: a.why})
		if err != nil || a.shownTo == "" {
			return err
		}
		return errors.Join(counsel.Tell(tx, me, c.ID, c.Revision, a.came), counsel.Share(tx, me, c.ID, plan.WithPerson(t.person(a.shownTo))))
	})
}

// matters plans who stands on Salome's own list.
func (t *telling) matters() {
	for _, each := range []struct {
		with            string
		on              day
		connects, gives string
		next            day
		about           string
	}{
		{"minh", -200, "Four winters on the same hills. He tells me the truth in jokes.", "I read his logs before he asks.", 0, ""},
		{"fiorella", -40, "She knows where every old drawing is, and why.", "My Georgian walnut cake, and an hour with the scanner.", 4, "The drawing of the lower winch"},
	} {
		t.does("salome", t.when(each.on, evening, "salome"), "who matters: "+each.with, func(tx *db.Tx, me org.Actor) error {
			in := relationship.Text{Connects: each.connects, Gives: each.gives, Next: each.about}
			if each.next != 0 {
				in.NextOn = t.date(each.next)
			}
			_, err := relationship.Add(tx, me, t.party(each.with), in)
			return err
		})
	}
}
