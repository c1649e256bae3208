package commitment

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Side is the side from which the actor looks at promises.
type Side string

// The two sides.
const (
	IPromised    Side = "I promised"
	PromisedToMe Side = "promised to me"
)

// Place is where a page of a list ends; the zero Place is before the first.
type Place struct {
	Day civil.Date // of a standing promise
	At  time.Time  // of a settled one
	ID  db.ID
}

// AllStanding lists what the actor promised and what was promised to them, without records brought
// along, the next due first: as much of each as a line says about it. The actor's own name, who wrote
// it down once it is agreed, and what it came from are left out.
func AllStanding(tx *db.Tx, me org.Actor, most int) ([]Commitment, error) {
	return db.List(tx, func(row db.Row) (Commitment, error) {
		var c Commitment
		var mine bool
		other := org.Party{}
		err := row.Scan(&c.ID, &mine, &other.Person, &other.Contact, &other.Name, &c.Keeper, &c.WrittenBy.Name, &c.Words, &c.Due,
			&c.CheckIn, &c.State, &c.AgreedAt, &c.SaidDoneAt, &c.DiffersAt, &c.ByLooked, &c.ToLooked, &c.Change.ID, &c.Change.By.Person)
		c.By, c.To = other, org.Party{Person: me.Person}
		if mine {
			c.By, c.To = c.To, c.By
		}
		return c, err
	}, standing, me.Organisation, me.Person, readsSince(tx), most)
}

var standing = `
	select c.id, c.mine, c.person_id, c.contact_id, coalesce(o.name, ` + contactNamed("c.contact_id") + `), c.keeper_id,
		case when c.agreed_at is null then ` + personNamed("c.written_by_id") + ` else '' end, c.words, c.due, c.check_in, c.state,
		c.agreed_at, c.said_done_at, c.differs_at, c.by_looked_on, c.to_looked_on, h.id, h.by_id
	from (
		select p.organisation_id, p.id, true as mine, p.to_person_id as person_id, p.to_contact_id as contact_id, p.keeper_id, p.written_by_id,
			p.words, p.due, p.check_in, p.state, p.agreed_at, p.said_done_at, p.differs_at, p.by_looked_on, p.to_looked_on
		from commitments p
		where p.organisation_id = $1 and p.by_person_id = $2 and p.settled_at is null and not p.brought_along
		union all
		select p.organisation_id, p.id, false, p.by_person_id, p.by_contact_id, p.keeper_id, p.written_by_id,
			p.words, p.due, p.check_in, p.state, p.agreed_at, p.said_done_at, p.differs_at, p.by_looked_on, p.to_looked_on
		from commitments p
		where p.organisation_id = $1 and p.to_person_id = $2 and p.settled_at is null and not p.brought_along
			and (p.agreed_at is not null or p.written_by_id = $2) and p.by_person_id is distinct from $2) c
	left join people o on o.organisation_id = c.organisation_id and o.id = c.person_id
	left join commitment_changes h on h.organisation_id = c.organisation_id and h.commitment_id = c.id and h.state = 'waiting'
	where ` + reads + `
	order by c.due, c.id limit $4`

// PlaceOf is the place of a commitment in its list.
func PlaceOf(c Commitment) Place { return Place{Day: c.Due, At: c.SettledAt, ID: c.ID} }

// PlaceAfter finds the place of the commitment with that id, or the beginning without one.
func PlaceAfter(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	if id == "" {
		return Place{}, nil
	}
	c, err := ByID(tx, me, id)
	return PlaceOf(c), err
}

// From lists the commitments that came from a thing and that the actor has a side in.
func From(tx *db.Tx, me org.Actor, origin org.Origin) ([]Commitment, error) {
	return list(tx, me.Organisation, "where "+mine+`
			and c.origin_kind = $4 and c.origin_id = $5
		order by c.id`, me.Organisation, me.Person, readsSince(tx), origin.Kind, origin.ID)
}

// Between lists what stands between the actor and another person and is due, or to be looked
// back on, by the given day; the next due first.
func Between(tx *db.Tx, me org.Actor, other db.ID, by civil.Date) ([]Commitment, error) {
	return list(tx, me.Organisation, "where "+mine+`
			and c.settled_at is null and (c.by_person_id = $4 or c.to_person_id = $4) and $4 <> $2 and c.due <= $5
		order by c.due, c.id`, me.Organisation, me.Person, readsSince(tx), other, by)
}

// BetweenContact lists what stands between the actor and one of their contacts, the next due first.
func BetweenContact(tx *db.Tx, me org.Actor, contact db.ID) ([]Commitment, error) {
	return list(tx, me.Organisation, "where "+mine+`
			and c.settled_at is null and (c.by_contact_id = $4 or c.to_contact_id = $4)
		order by c.due, c.id`, me.Organisation, me.Person, readsSince(tx), contact)
}

// WrittenForOthers lists the proposals that the actor wrote down between two others and that
// wait for a yes, oldest first.
func WrittenForOthers(tx *db.Tx, me org.Actor) ([]Commitment, error) {
	return list(tx, me.Organisation, "where "+mine+`
			and c.agreed_at is null and c.settled_at is null and c.written_by_id = $2 and c.to_person_id <> $2
		order by c.id`, me.Organisation, me.Person, readsSince(tx))
}

// Entry is one line of a history.
type Entry struct {
	Act    Act
	By     string // the name; "" where the program did it
	At     time.Time
	Words  string // what they added
	Change Change // the change it is about; zero without one
}

// History is all that happened to a commitment of the actor's, oldest first.
func History(tx *db.Tx, me org.Actor, id db.ID) ([]Entry, error) {
	return db.List(tx, func(row db.Row) (Entry, error) {
		var e Entry
		h := &e.Change
		err := row.Scan(&e.Act, &e.By, &e.At, &e.Words, &h.ID, &h.By.Person, &h.At, &h.Words, &h.Due, &h.CheckIn,
			&h.Owner.Person, &h.Owner.Name, &h.Note, &h.WasWords, &h.WasDue, &h.WasCheckIn, &h.State)
		return e, err
	}, `
		select a.act, coalesce(p.name, k.name, ''), a.at, a.words, h.id, h.by_id, h.at, coalesce(h.words, ''), h.due, h.check_in,
			h.owner_id, coalesce(o.name, ok.name, ''), coalesce(h.note, ''), coalesce(h.was_words, ''), h.was_due, h.was_check_in, coalesce(h.state, '')
		from commitments c
		join commitment_acts a on a.organisation_id = c.organisation_id and a.commitment_id = c.id
		left join people p on p.organisation_id = a.organisation_id and p.id = a.by_id
		left join contacts k on k.organisation_id = a.organisation_id and k.id = a.by_contact_id
		left join commitment_changes h on h.organisation_id = a.organisation_id and h.id = a.change_id
		left join people o on o.organisation_id = h.organisation_id and o.id = h.owner_id
		left join contacts ok on ok.organisation_id = h.organisation_id and ok.id = h.owner_contact_id
		where `+mine+` and c.id = $4
		order by a.id`, me.Organisation, me.Person, readsSince(tx), id)
}
