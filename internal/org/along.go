package org

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/problem"
)

// Key names somebody in what a person takes along to another installation: Myself, or the key of
// a contact. It is empty for nobody.
type Key string

// Myself is the person whose file it is.
const Myself Key = "me"

// AlongContact is somebody else in what a person takes along.
type AlongContact struct {
	Key   Key    `json:"key"`
	Name  string `json:"name"`
	Email string `json:"email,omitempty"`
	About string `json:"about,omitempty"` // who they are to the person
}

// Companions are the others in what a person takes along. Where it goes they are contacts: a
// contact's key is its id, and a person of the organisation gets one that is the same in every
// export of the same person, and that becomes the id of the contact there.
type Companions struct {
	me     Actor
	all    map[Key]AlongContact
	people map[Key]db.ID // those whose e-mail address is still to be found
}

// Others begins with the actor's contacts.
func Others(tx *db.Tx, me Actor) (*Companions, error) {
	o := &Companions{me: me, all: map[Key]AlongContact{}, people: map[Key]db.ID{}}
	contacts, err := Contacts(tx, me)
	for _, c := range contacts {
		o.all[Key(c.ID)] = AlongContact{Key(c.ID), c.Name, c.Email, c.About}
	}
	return o, err
}

// Key is the key of a party, which is then one of the others.
func (o *Companions) Key(p Party) Key {
	switch {
	case p.Is(o.me):
		return Myself
	case p.Contact != "":
		return Key(p.Contact)
	case p.Person == "":
		return ""
	}
	sum := sha256.Sum256([]byte("contact\n" + o.me.Organisation + "\n" + o.me.Person + "\n" + p.Person))
	id := uuid.UUID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // RFC 9562, version 8: made in a way of our own
	key := Key(id.String())
	if _, known := o.all[key]; !known {
		o.all[key] = AlongContact{Key: key, Name: p.Name}
		o.people[key] = p.Person
	}
	return key
}

// Contacts lists the others by key. Of a person of the organisation the e-mail address stands
// there only while the actor sees that person.
func (o *Companions) Contacts(tx *db.Tx) ([]AlongContact, error) {
	for key, id := range o.people {
		p, err := ByID(tx, o.me, id)
		if err != nil && !errors.Is(err, problem.NotFound) {
			return nil, err
		}
		c := o.all[key]
		c.Email = p.Email
		o.all[key] = c
	}
	return slices.SortedFunc(maps.Values(o.all), func(a, b AlongContact) int { return cmp.Compare(a.Key, b.Key) }), nil
}

// Brought counts what was taken over, and what was here already and stayed as it is.
type Brought struct{ New, Here int }

// Count notes one thing.
func (b *Brought) Count(isNew bool) {
	if isNew {
		b.New++
	} else {
		b.Here++
	}
}

// Add notes what another count noted.
func (b *Brought) Add(other Brought) { b.New, b.Here = b.New+other.New, b.Here+other.Here }

// BringContacts takes the others of a file over as contacts of the actor's, marked as brought
// along.
func BringContacts(tx *db.Tx, me Actor, in []AlongContact) (*Companions, Brought, error) {
	o := &Companions{me: me, all: map[Key]AlongContact{}}
	var b Brought
	for n, c := range in {
		place := fmt.Sprintf("/contacts/%d/key", n)
		if _, twice := o.all[c.Key]; twice {
			return nil, b, Misplaced(place, "this contact is in the file twice")
		}
		o.all[c.Key] = c
		isNew, err := NotHere(tx, me, place, "contacts", db.ID(c.Key))
		if err != nil {
			return nil, b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := At(tx, place, db.Put(tx, "contacts", "organisation_id, id, owner_id, name, email, about, brought_along, revision, created_at",
			me.Organisation, string(c.Key), me.Person, c.Name, c.Email, c.About, true, 1, tx.Now())); err != nil {
			return nil, b, err
		}
	}
	return o, b, nil
}

// Party is who a key of a brought file stands for: the actor, or a contact of theirs.
func (o *Companions) Party(place string, key Key) (Party, error) {
	if key == Myself {
		return o.me.Self(), nil
	}
	c, known := o.all[key]
	if key != "" && !known {
		return Party{}, Misplaced(place, "nobody among the contacts of the file has this key")
	}
	return Party{Contact: db.ID(key), Name: c.Name}, nil
}

// Misplaced refuses something in a brought file, and names the place as RFC 6901 does.
func Misplaced(place, why string) error { return problem.Refuse("%s: %s.", place, why) }

// At names the place in a brought file whose row the store did not take, or of which a verb says what is amiss. It is nil for nil.
func At(tx *db.Tx, place string, err error) error {
	var amiss problem.Invalid
	switch {
	case err == nil:
		return nil
	case tx.DB().Contradicts(err):
		return Misplaced(place, "this does not hold together with the rest of the file, or with what is here")
	case errors.As(err, &amiss):
		first := slices.Min(slices.Collect(maps.Keys(amiss)))
		return Misplaced(place, strings.TrimSuffix(amiss[first], "."))
	}
	return err
}

// NotHere tells whether the id is still free in a table of things that have an owner; a thing
// of the actor's that came here before is not. An id of somebody else's thing is refused.
func NotHere(tx *db.Tx, me Actor, place, table string, id db.ID) (bool, error) {
	owner, err := db.One(tx, db.Scanned[db.ID], "select owner_id from "+table+" where organisation_id = $1 and id = $2", me.Organisation, id)
	switch {
	case errors.Is(err, problem.NotFound):
		return true, nil
	case err == nil && owner != me.Person:
		err = Misplaced(place, "something else has this id here")
	}
	return false, err
}

// AlongEarlier is an earlier text of a thing.
type AlongEarlier struct {
	Revision int64             `json:"revision"`
	At       time.Time         `json:"at"`
	Text     map[string]string `json:"text"`
}

// TakeEarlier gives the earlier texts of all the actor's things of some kinds, the first first.
func TakeEarlier(tx *db.Tx, me Actor, kinds ...string) (map[event.Thing][]AlongEarlier, error) {
	const all = 1 << 40
	found, err := EarlierOfKinds(tx, me, all, kinds...)
	of := map[event.Thing][]AlongEarlier{}
	for _, e := range found {
		of[e.Thing] = append(of[e.Thing], AlongEarlier{e.Number, e.At, e.Text})
	}
	for _, list := range of {
		slices.SortFunc(list, func(a, b AlongEarlier) int { return cmp.Compare(a.Revision, b.Revision) })
	}
	return of, err
}

// NothingEarlier tells whether there are no earlier texts of a thing that is not here. Those of
// somebody else's thing are refused.
func NothingEarlier(tx *db.Tx, me Actor, place string, thing event.Thing) (bool, error) {
	owners, err := db.List(tx, db.Scanned[db.ID], `
		select distinct owner_id from revisions where organisation_id = $1 and thing_kind = $2 and thing_id = $3`, me.Organisation, thing.Kind, thing.ID)
	for _, owner := range owners {
		if owner != me.Person {
			return false, Misplaced(place, "something else has this id here")
		}
	}
	return len(owners) == 0, err
}

// BringEarlier takes over the earlier texts of a thing that was just brought along, or of one that
// was removed. They are all from before the revision.
func BringEarlier(tx *db.Tx, me Actor, place string, thing event.Thing, before int64, list []AlongEarlier) error {
	for n, e := range list {
		here := fmt.Sprintf("%s/earlier/%d", place, n)
		if e.Revision >= before {
			return Misplaced(here, "an earlier text has a lower revision than the text that stands")
		}
		content, err := textOf(e.Text)
		if err != nil {
			return err
		}
		if err := At(tx, here, db.Put(tx, "revisions", "organisation_id, thing_kind, thing_id, revision, owner_id, text, at",
			me.Organisation, thing.Kind, thing.ID, e.Revision, me.Person, content, e.At)); err != nil {
			return err
		}
	}
	return nil
}
