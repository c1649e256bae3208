// Package org holds who there is: organisations, the people in them, who reports to whom, the
// contacts outside, and the Actor, in whose name everything is read and done.
package org

import (
	"sync"
	"time"

	"github.com/ownward/ownward/internal/db"
)

// Actor is the person in whose name something is read or done. What they may see and do
// follows from it alone.
type Actor struct {
	Organisation   db.ID
	Person         db.ID // empty for the operator of the installation
	Account        db.ID
	Name           string
	Administrator  bool
	ProgrammeOwner bool // named by an administrator
	Left           bool // has left the organisation: reads and exports what is theirs, nothing else
	Zone           *time.Location
}

// KeepsProgrammes tells whether the actor looks after programmes, budgets and rounds: as a programme
// owner, or as an administrator. It is an office: it shows them nothing that was not shared with them.
func (me Actor) KeepsProgrammes() bool { return !me.Left && (me.Administrator || me.ProgrammeOwner) }

// Operator is whoever runs commands on the machine itself. It administers, and sees nothing
// that people keep to themselves.
func Operator(organisation db.ID) Actor {
	return Actor{Organisation: organisation, Administrator: true, Zone: time.UTC}
}

// AsSeenBy is the actor for showing an owner their own things as the viewer would see them. It
// must only ever be given to a reading of what belongs to that owner.
func AsSeenBy(viewer Person) Actor { return viewer.actor() }

func (p Person) actor() Actor {
	return Actor{
		Organisation: p.Organisation, Person: p.ID, Account: p.account, Name: p.Name,
		Administrator: p.Administrator, ProgrammeOwner: p.ProgrammeOwner, Left: !p.LeftAt.IsZero(), Zone: Zone(p.TimeZone),
	}
}

// UnscopedActor is the actor for a person, for signing in and for what the program does in the
// name of a person.
func UnscopedActor(tx *db.Tx, organisation, person db.ID) (Actor, error) {
	found, err := db.One(tx, scanPerson, selectPerson+`
		where p.organisation_id = $1 and p.id = $2`, organisation, person)
	return found.actor(), err
}

// Viewer is the id under which shares reach the actor: none for somebody who has left.
func (me Actor) Viewer() db.ID {
	if me.Left {
		return ""
	}
	return me.Person
}

// Zone is the time zone in which the person reads times.
func (p Person) Zone() *time.Location { return Zone(p.TimeZone) }

var zones sync.Map // name to *time.Location: to load one reads a file

// Zone is the time zone of that name; a name that is not known counts as UTC.
func Zone(name string) *time.Location {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, zone)
	return zone
}
