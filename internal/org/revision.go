package org

import (
	"encoding/json"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
)

// Origin is what something came from: an ask from a goal, a commitment from a decision. The
// zero Origin is "from nothing".
type Origin = event.Thing

// Revision is an earlier text of a thing, by field. Only its owner reads it.
type Revision struct {
	Number int64
	Text   map[string]string
	At     time.Time
}

// KeepRevision keeps the text that a thing had in a revision, before an edit replaces it.
func KeepRevision(tx *db.Tx, me Actor, thing event.Thing, number int64, text map[string]string) error {
	content, err := textOf(text)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		insert into revisions (organisation_id, thing_kind, thing_id, revision, owner_id, text, at)
		values ($1, $2, $3, $4, $5, $6, $7)`,
		me.Organisation, thing.Kind, thing.ID, number, me.Person, content, tx.Now())
	return err
}

// textOf is the form in which a text by field is kept.
func textOf(text map[string]string) (string, error) {
	content, err := json.Marshal(text)
	return string(content), err
}

// Revisions lists the earlier texts of a thing of the actor's own, newest first.
func Revisions(tx *db.Tx, me Actor, thing event.Thing) ([]Revision, error) {
	return db.List(tx, scanRevision, `
		select revision, text, at from revisions
		where organisation_id = $1 and thing_kind = $2 and thing_id = $3 and owner_id = $4
		order by revision desc`, me.Organisation, thing.Kind, thing.ID, me.Person)
}

// Earlier is an earlier text and the thing whose text it was.
type Earlier struct {
	Thing event.Thing
	Revision
}

// EarlierOfKinds lists the earlier texts of all the actor's things of some kinds, the last
// replaced first; those of things that were removed too.
func EarlierOfKinds(tx *db.Tx, me Actor, most int, kinds ...string) ([]Earlier, error) {
	args := []any{me.Organisation, me.Person, most}
	for _, kind := range kinds {
		args = append(args, kind)
	}
	return db.List(tx, scanEarlier, `
		select thing_kind, thing_id, revision, text, at from revisions
		where organisation_id = $1 and owner_id = $2 and thing_kind in (`+db.Places(4, len(kinds))+`)
		order by at desc, revision desc limit $3`, args...)
}

// EarlierOf lists the earlier texts of some of the actor's things, the last replaced first.
func EarlierOf(tx *db.Tx, me Actor, most int, things ...event.Thing) ([]Earlier, error) {
	args, found := []any{me.Organisation, me.Person, most}, ""
	for i, thing := range things {
		if i > 0 {
			found += ", "
		}
		found += "(" + db.Places(len(args)+1, 2) + ")"
		args = append(args, thing.Kind, thing.ID)
	}
	if found == "" {
		return nil, nil
	}
	return db.List(tx, scanEarlier, `
		select thing_kind, thing_id, revision, text, at from revisions
		where organisation_id = $1 and owner_id = $2 and (thing_kind, thing_id) in (values `+found+`)
		order by at desc, revision desc limit $3`, args...)
}

func scanEarlier(row db.Row) (Earlier, error) {
	var e Earlier
	var content string
	if err := row.Scan(&e.Thing.Kind, &e.Thing.ID, &e.Number, &content, &e.At); err != nil {
		return e, err
	}
	return e, json.Unmarshal([]byte(content), &e.Text)
}

// ForgetRevisions removes the earlier texts of a thing of the actor's own, when the thing itself
// is removed.
func ForgetRevisions(tx *db.Tx, me Actor, thing event.Thing) error {
	_, err := tx.Exec(`
		delete from revisions
		where organisation_id = $1 and thing_kind = $2 and thing_id = $3 and owner_id = $4`,
		me.Organisation, thing.Kind, thing.ID, me.Person)
	return err
}

// UnscopedRevisions lists the earlier texts of a thing that more than one person writes, newest
// first. The caller has looked the thing up.
func UnscopedRevisions(tx *db.Tx, organisation db.ID, thing event.Thing) ([]Revision, error) {
	return db.List(tx, scanRevision, `
		select revision, text, at from revisions
		where organisation_id = $1 and thing_kind = $2 and thing_id = $3
		order by revision desc`, organisation, thing.Kind, thing.ID)
}

func scanRevision(row db.Row) (Revision, error) {
	var r Revision
	var content string
	if err := row.Scan(&r.Number, &content, &r.At); err != nil {
		return r, err
	}
	return r, json.Unmarshal([]byte(content), &r.Text)
}

// ForgetEarlier removes the earlier texts of all the actor's things of some kinds.
func ForgetEarlier(tx *db.Tx, me Actor, kinds ...string) error {
	args := []any{me.Organisation, me.Person}
	for _, kind := range kinds {
		args = append(args, kind)
	}
	_, err := tx.Exec("delete from revisions where organisation_id = $1 and owner_id = $2 and thing_kind in ("+db.Places(3, len(kinds))+")", args...)
	return err
}
