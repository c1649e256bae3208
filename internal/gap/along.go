package gap

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Along is a role outside as its owner takes it along.
type Along struct {
	ID        db.ID      `json:"id"`
	Name      string     `json:"name"`
	About     string     `json:"about,omitempty"`
	Asks      []AlongAsk `json:"asks,omitempty"`
	Revision  int64      `json:"revision"`
	CreatedAt time.Time  `json:"created_at"`
	ChangedAt time.Time  `json:"changed_at"`
}

// AlongAsk is a skill that it asks for.
type AlongAsk struct {
	Skill string `json:"skill"`
	Level int64  `json:"level"`
}

// TakeAlong is the actor's roles outside. Whether they offer to be asked about their own stays behind.
func TakeAlong(tx *db.Tx, me org.Actor) ([]Along, error) {
	asks := map[db.ID][]AlongAsk{}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var a AlongAsk
		err := row.Scan(&id, &a.Skill, &a.Level)
		asks[id] = append(asks[id], a)
		return struct{}{}, err
	}, "select role_id, skill, asked from outside_asks where organisation_id = $1 and owner_id = $2 order by role_id, position", me.Organisation, me.Person); err != nil {
		return nil, err
	}
	return db.List(tx, func(row db.Row) (Along, error) {
		var a Along
		err := row.Scan(&a.ID, &a.Name, &a.About, &a.Revision, &a.CreatedAt, &a.ChangedAt)
		a.Asks = asks[a.ID]
		return a, err
	}, `
		select id, name, about, revision, created_at, changed_at from outside_roles
		where organisation_id = $1 and owner_id = $2 order by id`, me.Organisation, me.Person)
}

// BringAlong takes over roles outside from another installation. What is here already stays as it is.
func BringAlong(tx *db.Tx, me org.Actor, all []Along) (org.Brought, error) {
	var b org.Brought
	for n, in := range all {
		place := fmt.Sprintf("/outside_roles/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "outside_roles", in.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := org.At(tx, place, db.Put(tx, "outside_roles", "organisation_id, id, owner_id, name, about, revision, created_at, changed_at",
			me.Organisation, in.ID, me.Person, in.Name, in.About, in.Revision, in.CreatedAt, in.ChangedAt)); err != nil {
			return b, err
		}
		o := Outside{ID: in.ID}
		for _, a := range in.Asks {
			o.Asks = append(o.Asks, OutsideAsk(a))
		}
		if err := org.At(tx, place, o.insertAsks(tx, me)); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes, for good, what the actor wrote of roles outside, and that they may be asked about theirs.
func Forget(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from outside_asks where organisation_id = $1 and owner_id = $2",
		"delete from outside_roles where organisation_id = $1 and owner_id = $2",
		"delete from role_offers where organisation_id = $1 and person_id = $2",
	}, me.Organisation, me.Person)
}
