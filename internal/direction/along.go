package direction

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is what somebody wrote of a direction, as they take it along: their own texts alone, also
// where others wrote it before and after them.
type Along struct {
	ID         db.ID              `json:"id"`
	Scope      Scope              `json:"scope"`
	Department string             `json:"department,omitempty"`
	Words      string             `json:"words"`
	EndedAt    time.Time          `json:"ended_at,omitzero"`
	Revision   int64              `json:"revision"`
	ChangedAt  time.Time          `json:"changed_at"`
	Earlier    []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeAlong is what the actor wrote of directions.
func TakeAlong(tx *db.Tx, me org.Actor) ([]Along, error) {
	earlier, err := org.TakeEarlier(tx, me, "direction")
	if err != nil {
		return nil, err
	}
	return db.List(tx, func(row db.Row) (Along, error) {
		var a Along
		var author db.ID
		err := row.Scan(&a.ID, &a.Scope, &a.Department, &author, &a.Words, &a.EndedAt, &a.Revision, &a.ChangedAt)
		a.Earlier = earlier[event.Thing{Kind: "direction", ID: a.ID}]
		if n := len(a.Earlier); author != me.Person && n > 0 { // somebody else wrote it since
			last := a.Earlier[n-1]
			a.Words, a.Revision, a.ChangedAt, a.Earlier = last.Text["words"], last.Revision, last.At, a.Earlier[:n-1]
		}
		return a, err
	}, `
		select id, scope, department, author_id, words, ended_at, revision, changed_at from directions d
		where organisation_id = $1 and id in (
			select id from directions where organisation_id = $1 and author_id = $2
			union all
			select thing_id from revisions where organisation_id = $1 and owner_id = $2 and thing_kind = 'direction')
		order by id`, me.Organisation, me.Person)
}

// ownDirections are the directions as org.NotHere looks at things.
const ownDirections = "(select organisation_id, id, author_id as owner_id from directions) as d"

// BringAlong takes over what the actor wrote of directions elsewhere: their own to read. It points
// nobody here anywhere.
func BringAlong(tx *db.Tx, me org.Actor, all []Along) (org.Brought, error) {
	var b org.Brought
	for n, in := range all {
		place := fmt.Sprintf("/directions/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", ownDirections, in.ID)
		if err == nil && isNew {
			isNew, err = org.NothingEarlier(tx, me, place+"/id", event.Thing{Kind: "direction", ID: in.ID})
		}
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := org.At(tx, place, db.Put(tx, "directions",
			"organisation_id, id, scope, department, department_key, author_id, words, ended_at, brought_along, revision, created_at, changed_at",
			me.Organisation, in.ID, string(in.Scope), in.Department, org.Fold(in.Department), me.Person, in.Words, in.EndedAt, true, in.Revision, in.ChangedAt, in.ChangedAt)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, event.Thing{Kind: "direction", ID: in.ID}, in.Revision, in.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes, for good, what the actor wrote as a manager and what they brought along. What
// they wrote for the organisation or a department is theirs who are in it, and stays.
func Forget(tx *db.Tx, me org.Actor) error {
	const mine = "(select id from directions where organisation_id = $1 and author_id = $2 and (scope = 'manager' or brought_along))"
	return tx.ExecEach([]string{
		"delete from goal_directions where organisation_id = $1 and direction_id in " + mine,
		"delete from revisions where organisation_id = $1 and owner_id = $2 and thing_kind = 'direction'",
		"delete from directions where organisation_id = $1 and author_id = $2 and (scope = 'manager' or brought_along)",
	}, me.Organisation, me.Person)
}
