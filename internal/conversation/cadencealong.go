package conversation

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// AlongCadence is a year of conversations as one of its sides takes it along to another installation.
type AlongCadence struct {
	ID            db.ID        `json:"id"`
	Owner         org.Key      `json:"owner"` // whose growth it is about
	Partner       org.Key      `json:"partner"`
	State         CadenceState `json:"state"`
	Kinds         []Kind       `json:"kinds,omitempty"`
	DeepMinutes   int64        `json:"deep_minutes"`
	DeepMonths    int64        `json:"deep_months"`
	SprintMinutes int64        `json:"sprint_minutes"`
	SprintMonths  int64        `json:"sprint_months,omitempty"`
	By            org.Key      `json:"by"` // who began it, or proposed it
	Since         civil.Date   `json:"since,omitzero"`
	Revision      int64        `json:"revision"`
	CreatedAt     time.Time    `json:"created_at"`
}

// TakeCadences are all years of conversations in which the actor is a side.
func TakeCadences(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongCadence, error) {
	return db.List(tx, func(row db.Row) (AlongCadence, error) {
		var a AlongCadence
		var owner, partner org.Party
		var by, byContact db.ID
		var r Rhythm
		var kinds string
		err := row.Scan(&a.ID, &owner.Person, &owner.Name, &partner.Person, &partner.Contact, &partner.Name, &a.State, &kinds, &a.DeepMinutes, &a.DeepMonths,
			&a.SprintMinutes, &a.SprintMonths, &by, &byContact, &a.Since, &a.Revision, &a.CreatedAt)
		r.read(kinds)
		a.Kinds, a.Owner, a.Partner, a.By = r.Kinds, others.Key(owner), others.Key(partner), others.Key(owner)
		if byContact != "" || by != owner.Person {
			a.By = a.Partner
		}
		return a, err
	}, `
		select g.id, g.owner_id, o.name, g.partner_id, g.partner_contact_id, coalesce(p.name, k.name), g.state, g.kinds, g.deep_minutes, g.deep_months,
			g.sprint_minutes, g.sprint_months, g.by_id, g.by_contact_id, g.since, g.revision, g.created_at
		from cadences g
		join people o on o.organisation_id = g.organisation_id and o.id = g.owner_id
		left join people p on p.organisation_id = g.organisation_id and p.id = g.partner_id
		left join contacts k on k.organisation_id = g.organisation_id and k.id = g.partner_contact_id
		where `+myCadences+" order by g.id", me.Organisation, me.Person)
}

// BringCadence takes over a year of conversations about the actor's growth from another installation, as a record:
// nothing is laid out by it here. It tells whether it was not here yet.
func BringCadence(tx *db.Tx, me org.Actor, others *org.Companions, place string, in AlongCadence) (bool, error) {
	if me.Left || me.Person == "" {
		return false, nil
	}
	isNew, err := org.NotHere(tx, me, place+"/id", "cadences", in.ID)
	if err != nil || !isNew {
		return false, err
	}
	if in.Owner != org.Myself {
		return false, org.Misplaced(place+"/owner", "this is about somebody else's growth")
	}
	partner, err := others.Party(place+"/partner", in.Partner)
	if err != nil {
		return false, err
	}
	by, err := others.Party(place+"/by", in.By)
	if err != nil {
		return false, err
	}
	return true, org.At(tx, place, db.Put(tx, "cadences",
		"organisation_id, id, owner_id, partner_contact_id, state, kinds, deep_minutes, deep_months, sprint_minutes, sprint_months, by_id, by_contact_id, "+
			"since, brought_along, revision, created_at",
		me.Organisation, in.ID, me.Person, partner.Contact, in.State, Rhythm{Kinds: in.Kinds}.names(), in.DeepMinutes, in.DeepMonths, in.SprintMinutes,
		in.SprintMonths, me.Person, by.Contact, in.Since, true, in.Revision, in.CreatedAt))
}
