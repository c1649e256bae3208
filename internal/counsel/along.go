package counsel

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Along is counsel as its owner takes it along.
type Along struct {
	ID        db.ID              `json:"id"`
	By        org.Key            `json:"by,omitempty"`
	ByName    string             `json:"by_name,omitempty"` // of somebody who is in no list
	GivenOn   civil.Date         `json:"given_on"`
	Words     string             `json:"words"`
	Choice    Choice             `json:"choice,omitempty"`
	Why       string             `json:"why,omitempty"`
	Came      string             `json:"came,omitempty"`
	About     []event.Thing      `json:"about,omitempty"`
	Origin    org.Origin         `json:"origin,omitzero"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// TakeAlong is all that the actor keeps.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	on := map[db.ID][]event.Thing{}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var thing event.Thing
		var name string
		err := row.Scan(&id, &thing.Kind, &thing.ID, &name)
		on[id] = append(on[id], thing)
		return struct{}{}, err
	}, about+" order by t.thing_kind, t.thing_id", me.Organisation, me.Person); err != nil {
		return nil, err
	}
	earlier, err := org.TakeEarlier(tx, me, Counsel{}.Thing().Kind)
	if err != nil {
		return nil, err
	}
	found, err := db.List(tx, scanCounsel, selectCounsel+"where c.organisation_id = $1 and c.owner_id = $2 order by c.id", me.Organisation, me.Person)
	var all []Along
	for _, c := range found {
		a := Along{
			ID: c.ID, By: others.Key(c.By), GivenOn: c.GivenOn, Words: c.Words, Choice: c.Choice, Why: c.Why, Came: c.Came,
			About: on[c.ID], Origin: c.Origin, Revision: c.Revision, CreatedAt: c.CreatedAt, Earlier: earlier[c.Thing()],
		}
		if a.By == "" {
			a.ByName = c.By.Name
		}
		all = append(all, a)
	}
	return all, err
}

// BringAlong takes over counsel from another installation. What is here already stays as it is.
//
// Errors: problem.Refused that names the place of what does not hold together.
func BringAlong(tx *db.Tx, me org.Actor, others *org.Companions, list []Along) (org.Brought, error) {
	var b org.Brought
	for n, a := range list {
		place := fmt.Sprintf("/counsel/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "counsels", a.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		by, err := others.Party(place+"/by", a.By)
		if err != nil {
			return b, err
		}
		if by.String() == "" {
			by.Name = a.ByName
		}
		c := Counsel{ID: a.ID, Text: Text{By: by, GivenOn: a.GivenOn, Words: a.Words, About: a.About}, Decision: Decision{a.Choice, a.Why}, Came: a.Came,
			Origin: a.Origin, Revision: a.Revision, CreatedAt: a.CreatedAt}
		if err := org.At(tx, place, c.insert(tx, me)); err != nil {
			return b, err
		}
		if err := org.BringEarlier(tx, me, place, c.Thing(), c.Revision, a.Earlier); err != nil {
			return b, err
		}
	}
	return b, nil
}

// Forget removes all counsel of the actor's. Where they advised others, those keep it.
func Forget(tx *db.Tx, me org.Actor) error {
	if err := org.ForgetEarlier(tx, me, Counsel{}.Thing().Kind); err != nil {
		return err
	}
	return tx.ExecEach([]string{
		"delete from counsel_things where organisation_id = $1 and counsel_id in (select id from counsels where organisation_id = $1 and owner_id = $2)",
		"delete from counsels where organisation_id = $1 and owner_id = $2",
	}, me.Organisation, me.Person)
}
