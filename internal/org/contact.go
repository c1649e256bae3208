package org

import (
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/peoplefile"
	"github.com/ownward/ownward/internal/problem"
)

// Contact is somebody without an account, in one person's own list: an outside mentor, the
// manager of a person who uses Ownward alone. The owner keeps both sides of what is agreed.
type Contact struct {
	ID           db.ID
	Name         string
	Email        string
	About        string // who they are to the owner
	BroughtAlong bool   // came with an import from another installation
	Revision     int64
}

// AddContact writes somebody down in the actor's list.
func AddContact(tx *db.Tx, me Actor, in Contact) (Contact, error) {
	if err := in.check(); err != nil {
		return in, err
	}
	in.ID, in.Revision = tx.NewID(), 1
	_, err := tx.Exec(`
		insert into contacts (organisation_id, id, owner_id, name, email, about, brought_along, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 1, $8)`,
		me.Organisation, in.ID, me.Person, in.Name, in.Email, in.About, in.BroughtAlong, tx.Now())
	return in, err
}

// ChangeContact replaces what the actor's list says of somebody.
func ChangeContact(tx *db.Tx, me Actor, in Contact) error {
	if err := in.check(); err != nil {
		return err
	}
	was, err := ContactByID(tx, me, in.ID)
	if err != nil {
		return err
	}
	if was.Revision != in.Revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: in.fields()}
	}
	if _, err := tx.Exec(`
		update contacts set name = $1, email = $2, about = $3, revision = revision + 1
		where organisation_id = $4 and id = $5 and owner_id = $6`,
		in.Name, in.Email, in.About, me.Organisation, in.ID, me.Person); err != nil || was.Email == in.Email {
		return err
	}
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "address of a contact changed", By: me.Person, Thing: event.Thing{Kind: "contact", ID: in.ID},
	})
}

func (c *Contact) check() error {
	c.Name, c.Email, c.About = peoplefile.Tidy(c.Name), FoldAddress(c.Email), strings.TrimSpace(c.About)
	wrong := problem.Invalid{}
	wrong.Check(c.Name != "", "name", "Please write down their name.")
	wrong.Check(len(c.Name) <= 200, "name", "Please keep the name under 200 characters.")
	wrong.Check(c.Email == "" || ValidAddress(c.Email), "email", "This does not look like an e-mail address, such as ines@example.com.")
	wrong.Check(len(c.About) <= 2000, "about", "Please keep this under 2,000 characters.")
	return wrong.Err()
}

func (c Contact) fields() map[string]string {
	return map[string]string{"name": c.Name, "email": c.Email, "about": c.About}
}

const selectContact = "select id, name, email, about, brought_along, revision from contacts "

func scanContact(row db.Row) (Contact, error) {
	var c Contact
	err := row.Scan(&c.ID, &c.Name, &c.Email, &c.About, &c.BroughtAlong, &c.Revision)
	return c, err
}

// ContactByID finds somebody in the actor's list.
func ContactByID(tx *db.Tx, me Actor, id db.ID) (Contact, error) {
	return db.One(tx, scanContact, selectContact+"where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person)
}

// Contacts lists the actor's contacts by name.
func Contacts(tx *db.Tx, me Actor) ([]Contact, error) {
	return db.List(tx, scanContact, selectContact+"where organisation_id = $1 and owner_id = $2 order by name, id", me.Organisation, me.Person)
}
