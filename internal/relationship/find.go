package relationship

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

const selectRelationship = `
	select r.id, r.person_id, r.contact_id, coalesce(p.name, k.name), p.left_at is not null, r.connects, r.gives, r.last_on, r.next_on, r.next_words,
		r.left_out, r.revision, r.created_at
	from relationships r
	left join people p on p.organisation_id = r.organisation_id and p.id = r.person_id
	left join contacts k on k.organisation_id = r.organisation_id and k.id = r.contact_id
`

// mine narrows relationships to the actor's own, whoever else asks: $1 the organisation, $2 the actor.
const mine = "r.organisation_id = $1 and r.owner_id = $2"

func scanRelationship(row db.Row) (Relationship, error) {
	var r Relationship
	err := row.Scan(&r.ID, &r.With.Person, &r.With.Contact, &r.With.Name, &r.Gone, &r.Connects, &r.Gives, &r.LastOn, &r.NextOn, &r.Next,
		&r.leftOut, &r.Revision, &r.CreatedAt)
	return r, err
}

func (r Relationship) insert(tx *db.Tx, me org.Actor) error {
	return db.Put(tx, "relationships", "organisation_id, id, owner_id, person_id, contact_id, connects, gives, last_on, next_on, next_words, left_out, revision, created_at",
		me.Organisation, r.ID, me.Person, r.With.Person, r.With.Contact, r.Connects, r.Gives, r.LastOn, r.NextOn, r.Next, r.leftOut, r.Revision, r.CreatedAt)
}

// ByID finds somebody on the actor's list.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Relationship, error) {
	return db.One(tx, scanRelationship, selectRelationship+"where "+mine+" and r.id = $3 and not r.left_out", me.Organisation, me.Person, id)
}

// own finds somebody on the actor's list, to be changed.
func own(tx *db.Tx, me org.Actor, id db.ID) (Relationship, error) {
	r, err := ByID(tx, me, id)
	if err == nil && me.Left {
		err = youHaveLeft
	}
	return r, err
}

// With finds the actor's relationship with somebody.
//
// Errors: problem.NotFound where they are not on the list.
func With(tx *db.Tx, me org.Actor, with org.Party) (Relationship, error) {
	return db.One(tx, scanRelationship, selectRelationship+"where "+mine+" and (r.person_id = $3 or r.contact_id = $4) and not r.left_out",
		me.Organisation, me.Person, string(with.Person), string(with.Contact))
}

// listed finds somebody who is on the list, or was let go of.
func listed(tx *db.Tx, me org.Actor, with org.Party) (Relationship, error) {
	return db.One(tx, scanRelationship, selectRelationship+"where "+mine+" and (r.person_id = $3 or r.contact_id = $4)",
		me.Organisation, me.Person, string(with.Person), string(with.Contact))
}

// Mine lists all who are on the actor's list, the next time first, then by name.
func Mine(tx *db.Tx, me org.Actor) ([]Relationship, error) {
	return db.List(tx, scanRelationship, selectRelationship+"where "+mine+` and not r.left_out
		order by coalesce(r.next_on, '9999'), coalesce(p.name, k.name), r.id limit $3`, me.Organisation, me.Person, mostOf)
}

// Find lists who is on the actor's list and whose name, or what stands of them, holds the words.
func Find(tx *db.Tx, me org.Actor, words db.Words, most int) ([]event.Named, error) {
	held, args := words.Held("(coalesce(p.name, k.name) || ' ' || r.connects || ' ' || r.gives || ' ' || r.next_words)", 4)
	return db.List(tx, event.ScanNamed, `
		select 'relationship', r.id, coalesce(p.name, k.name) from relationships r
		left join people p on p.organisation_id = r.organisation_id and p.id = r.person_id
		left join contacts k on k.organisation_id = r.organisation_id and k.id = r.contact_id
		where `+mine+` and not r.left_out and `+held+`
		order by r.id desc limit $3`, append([]any{me.Organisation, me.Person, most}, args...)...)
}
