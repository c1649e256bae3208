package org

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// Party is one side of something between two: a person of the organisation, or a contact in the
// owner's list. Exactly one of the two ids is set.
type Party struct {
	Person  db.ID
	Contact db.ID
	Name    string
}

// String is the form of a party in a form field.
func (p Party) String() string {
	switch {
	case p.Person != "":
		return "person:" + string(p.Person)
	case p.Contact != "":
		return "contact:" + string(p.Contact)
	}
	return ""
}

// Is tells whether the party is the actor.
func (p Party) Is(me Actor) bool { return p.Person != "" && p.Person == me.Person }

// Self is the actor as a party.
func (me Actor) Self() Party { return Party{Person: me.Person, Name: me.Name} }

// PartyFrom reads what String wrote and finds the party among the people of the organisation
// who are here and the actor's contacts.
func PartyFrom(tx *db.Tx, me Actor, text string) (Party, error) {
	if id, ok := cutPrefix(text, "person:"); ok {
		p, err := ByID(tx, me, id)
		if err == nil && !p.LeftAt.IsZero() {
			return Party{}, problem.Refuse("%s has left the organisation.", p.Name)
		}
		return Party{Person: p.ID, Name: p.Name}, err
	}
	if id, ok := cutPrefix(text, "contact:"); ok {
		c, err := ContactByID(tx, me, id)
		return Party{Contact: c.ID, Name: c.Name}, err
	}
	return Party{}, problem.NotFound
}

func cutPrefix(text, prefix string) (db.ID, bool) {
	if len(text) <= len(prefix) || text[:len(prefix)] != prefix {
		return "", false
	}
	return db.ID(text[len(prefix):]), true
}
