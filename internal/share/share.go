// Package share holds who may see what, and who looked. Whatever a person writes is seen by
// them alone until there is a share of that very thing.
//
// A package that keeps things of people narrows what a viewer finds by the view live_shares, in
// its own can.go, always with the owner of the thing: a share speaks only of what belongs to
// the one who gave it.
package share

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// What is what a share lets somebody see: one thing, or a section of a plan with all that
// comes into it later.
type What struct {
	Kind    string // "goal", "win", "skill"; "plan" for a section
	ID      db.ID  // of a plan: its owner
	Section string // of a plan
}

// Section is a section of the actor's plan.
func Section(me org.Actor, name string) What { return What{"plan", me.Person, name} }

// Role is in which capacity somebody sees a thing.
type Role string

// The roles: a person by name, whoever is the manager in the present reporting line, or the mentor
// of one mentorship.
const (
	Person  Role = ""
	Manager Role = "manager"
	Mentor  Role = "mentor"
)

// Share lets a viewer see a thing.
type Share struct {
	ID     db.ID
	What   What
	Viewer db.ID
	Name   string // of the viewer
	Role   Role
}

// WithManager lets the actor's present manager see a thing of the actor's, as long as this
// reporting line stands. Shared twice is shared once.
func WithManager(tx *db.Tx, me org.Actor, what What) error {
	line, err := org.LineOf(tx, me.Organisation, me.Person)
	if err != nil {
		return err
	}
	if line.ID == "" {
		return problem.Refused("You have no manager here at present. Share it with a person by name instead.")
	}
	return give(tx, me, what, line.Manager, Manager, bond{line: line.ID})
}

// WithMentor lets the mentor of a mentorship of the actor's see a thing of the actor's, as long as
// the mentorship runs. Shared twice is shared once.
func WithMentor(tx *db.Tx, me org.Actor, what What, mentorship db.ID) error {
	mentor, err := db.One(tx, db.Scanned[db.ID], `
		select mentor_id from mentorships where organisation_id = $1 and id = $2 and mentee_id = $3 and state = 'running'`,
		me.Organisation, mentorship, me.Person)
	if errors.Is(err, problem.NotFound) {
		return problem.Invalid{"with": "This is no mentor of yours at present. Choose somebody else."}
	}
	if err != nil {
		return err
	}
	return give(tx, me, what, mentor, Mentor, bond{mentorship: mentorship})
}

// WithPerson lets a person of the same organisation see a thing of the actor's. Shared twice is
// shared once.
func WithPerson(tx *db.Tx, me org.Actor, what What, viewer db.ID) error {
	if viewer == me.Person {
		return problem.Invalid{"with": "You see it already. Choose somebody else."}
	}
	p, err := org.ByID(tx, me, viewer)
	if err != nil {
		return err
	}
	if !p.LeftAt.IsZero() {
		return problem.Invalid{"with": p.Name + " has left the organisation."}
	}
	return give(tx, me, what, viewer, Person, bond{})
}

// bond is what a share with a role is bound to: it ends with that.
type bond struct{ line, mentorship db.ID }

func give(tx *db.Tx, me org.Actor, what What, viewer db.ID, role Role, to bond) error {
	if me.Left {
		return problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer shared here.")
	}
	// A share of an ended line, or of an ended mentorship, does not come back to life: it makes room for the new one.
	if _, err := tx.Exec(`
		update shares set ended_at = $1
		where organisation_id = $2 and owner_id = $3 and thing_kind = $4 and thing_id = $5 and section = $6
			and viewer_id = $7 and role = $8 and ended_at is null and (line_id <> $9 or mentorship_id <> $10)`,
		tx.Now(), me.Organisation, me.Person, what.Kind, what.ID, what.Section, viewer, string(role), string(to.line), string(to.mentorship)); err != nil {
		return err
	}
	id := tx.NewID()
	made, err := tx.Exec(`
		insert into shares (organisation_id, id, owner_id, thing_kind, thing_id, section, viewer_id, role, line_id, mentorship_id, began_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		on conflict do nothing`,
		me.Organisation, id, me.Person, what.Kind, what.ID, what.Section, viewer, string(role), to.line, to.mentorship, tx.Now())
	if err != nil || made == 0 {
		return err
	}
	return happened(tx, me, "shared", id, viewer)
}

// TakeBack ends a share of the actor's. From the same moment the viewer finds nothing by it.
func TakeBack(tx *db.Tx, me org.Actor, id db.ID) error {
	viewer, err := db.One(tx, db.Scanned[db.ID], `
		select viewer_id from shares where organisation_id = $1 and owner_id = $2 and id = $3`, me.Organisation, me.Person, id)
	if err != nil {
		return err
	}
	ended, err := tx.Exec(`
		update shares set ended_at = $1 where organisation_id = $2 and owner_id = $3 and id = $4 and ended_at is null`,
		tx.Now(), me.Organisation, me.Person, id)
	if err != nil || ended == 0 {
		return err
	}
	return happened(tx, me, "share taken back", id, viewer)
}

// TakeBackThing ends all shares of one thing of the actor's, when the thing is removed.
func TakeBackThing(tx *db.Tx, me org.Actor, what What) error {
	_, err := tx.Exec(`
		update shares set ended_at = $1
		where organisation_id = $2 and owner_id = $3 and thing_kind = $4 and thing_id = $5 and ended_at is null`,
		tx.Now(), me.Organisation, me.Person, what.Kind, what.ID)
	return err
}

// MentorSeesNoMore ends what an owner shared with the mentor of a mentorship, which pauses or ends: should
// it go on, the owner chooses anew.
func MentorSeesNoMore(tx *db.Tx, organisation, owner, mentorship db.ID) error {
	_, err := tx.Exec(`
		update shares set ended_at = $1
		where organisation_id = $2 and owner_id = $3 and role = 'mentor' and mentorship_id = $4 and ended_at is null`,
		tx.Now(), organisation, owner, string(mentorship))
	return err
}

// PersonLeft ends what was shared with, and by, a person who leaves. What they saw as somebody's
// manager is dead with the reporting line already, and waits for the owner's word on a new
// manager. It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec(`
		update shares set ended_at = $1
		where organisation_id = $2 and (owner_id = $3 or (viewer_id = $3 and role = '')) and ended_at is null`,
		e.At, e.Organisation, e.Thing.ID)
	return err
}

func happened(tx *db.Tx, me org.Actor, kind string, id, viewer db.ID) error {
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "share", ID: id},
		Facts: map[string]string{"viewer": string(viewer)},
	})
}

const selectShare = `
	select s.id, s.thing_kind, s.thing_id, s.section, s.viewer_id, p.name, s.role
	from %s s join people p on p.organisation_id = s.organisation_id and p.id = s.viewer_id
`

func scanShare(row db.Row) (Share, error) {
	var s Share
	err := row.Scan(&s.ID, &s.What.Kind, &s.What.ID, &s.What.Section, &s.Viewer, &s.Name, &s.Role)
	return s, err
}

// Forget removes all that the actor ever shared, and who looked at it. Where others shared with
// the actor, or the actor looked, the others keep that.
func Forget(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec("delete from shares where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	_, err := tx.Exec("delete from looks where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}
