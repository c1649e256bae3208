package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/relationship"
)

// What is exported of counsel and of the people who matter.
func init() {
	exported = append(exported, "counsels.by_name", "counsels.words", "counsels.why", "counsels.came", "relationships.connects", "relationships.gives", "relationships.next_words")
	notExported["counsels.choice"] = "a kind, no words"
}

// counsels are given to Ines by somebody here, by a contact and by somebody in no list; and three matter
// to her, of whom she let one go.
func (r rich) counsels(goal plan.Goal) {
	me := r.Ines
	var aunt org.Party
	keep := func(by org.Party, words string, decided counsel.Decision, about ...event.Thing) {
		r.do(func(tx *db.Tx) error {
			c, err := counsel.Keep(tx, me, goal.Origin, counsel.Text{By: by, GivenOn: today.AddDays(-3), Words: words, About: about}, decided)
			if err != nil || decided.Choice == counsel.Open {
				return err
			}
			return errors.Join(counsel.Tell(tx, me, c.ID, 1, "It held"), counsel.Share(tx, me, c.ID, plan.WithPerson(r.Mira.Person)))
		})
	}
	r.do(func(tx *db.Tx) error {
		contact, err := org.AddContact(tx, me, org.Contact{Name: "Aunt Rosa"})
		aunt = org.Party{Contact: contact.ID, Name: contact.Name}
		return err
	})
	keep(r.Mira.Self(), "Say the number first", counsel.Decision{Choice: counsel.Adapted, Why: "Not in a letter"}, goal.Thing())
	keep(aunt, "Sleep on it", counsel.Decision{Choice: counsel.SetAside, Why: "No time"})
	keep(org.Party{Name: "A man on the train"}, "Count the doors", counsel.Decision{})
	r.do(func(tx *db.Tx) error {
		_, err := counsel.Keep(tx, r.Joel, org.Origin{}, counsel.Text{By: me.Self(), Words: secret}, counsel.Decision{})
		return err
	})
	add := func(who org.Actor, with org.Party, in relationship.Text) {
		r.do(func(tx *db.Tx) error { _, err := relationship.Add(tx, who, with, in); return err })
	}
	add(me, r.Mira.Self(), relationship.Text{Connects: "We carve", Gives: "A boat", LastOn: today.AddDays(-9), NextOn: today.AddDays(20), Next: "The oak"})
	add(me, aunt, relationship.Text{})
	add(r.Joel, me.Self(), relationship.Text{Connects: secret})
	r.do(func(tx *db.Tx) error { return relationship.LetGo(tx, me, r.Tomas.Self()) })
}
