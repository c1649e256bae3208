package conversation

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const selectConversation = `
	select c.id, c.owner_id, o.name, o.left_at is not null, c.partner_id, c.partner_contact_id, coalesce(p.name, k.name), p.left_at is not null,
		p.id is not null and p.account_id is null and p.left_at is null,
		c.line_id, coalesce(l.ended_at, 0) <> 0, c.kind, case when c.planned then 'planned' else c.state end, c.at, c.minutes, coalesce(c.proposed_by_contact_id, c.proposed_by_id),
		c.cancelled_because, coalesce(c.cancelled_by_contact_id, c.cancelled_by_id), c.held_at,
		c.cadence_id, c.month, c.skipped_for, c.skipped_words, c.brought_along, c.revision, c.created_at
	from conversations c
	join people o on o.organisation_id = c.organisation_id and o.id = c.owner_id
	left join people p on p.organisation_id = c.organisation_id and p.id = c.partner_id
	left join contacts k on k.organisation_id = c.organisation_id and k.id = c.partner_contact_id
	left join reporting_lines l on l.organisation_id = c.organisation_id and l.id = c.line_id
`

func scanConversation(row db.Row) (Conversation, error) {
	var c Conversation
	err := row.Scan(&c.ID, &c.Owner.Person, &c.Owner.Name, &c.OwnerLeft, &c.Partner.Person, &c.Partner.Contact, &c.Partner.Name, &c.PartnerLeft, &c.PartnerAway,
		&c.Line, &c.LineEnded, &c.Kind, &c.State, &c.At, &c.Minutes, &c.ProposedBy, &c.CancelledBecause, &c.CancelledBy, &c.HeldAt,
		&c.Cadence, &c.Month, &c.SkippedFor, &c.SkippedWords, &c.BroughtAlong, &c.Revision, &c.CreatedAt)
	return c, err
}

// ByID finds a conversation in which the actor is a side.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Conversation, error) {
	return db.One(tx, scanConversation, selectConversation+"where "+mine+" and c.id = $3", me.Organisation, me.Person, id)
}

func unscopedByID(tx *db.Tx, organisation, id db.ID) (Conversation, error) {
	return db.One(tx, scanConversation, selectConversation+"where c.organisation_id = $1 and c.id = $2", organisation, id)
}

const mostComing = 200

// Nearest lists the actor's open conversations, the next first: those that are agreed and those that wait
// for an answer, and of what is planned the next one of each year. What is over stands in front until it is
// ended; what was only planned, for four weeks.
func Nearest(tx *db.Tx, me org.Actor) ([]Conversation, error) {
	return db.List(tx, scanConversation, selectConversation+"where "+mine+`
			and c.state in ('requested', 'agreed') and not c.brought_along
			and (not c.planned or c.at >= $3 and not exists (
				select 1 from conversations e
				where e.organisation_id = $1 and e.owner_id = c.owner_id and e.planned and e.at >= $4 and e.at < c.at and e.cadence_id = c.cadence_id))
		order by c.at, c.id limit $5`, me.Organisation, me.Person, tx.Now().AddDate(0, 0, -28), tx.Now().Add(-8*time.Hour), mostComing)
}

// Coming lists all of the actor's open conversations, the next first: those that are planned or agreed
// and those that wait for an answer. What is over stands in front until it is ended.
func Coming(tx *db.Tx, me org.Actor) ([]Conversation, error) {
	return db.List(tx, scanConversation, selectConversation+"where "+mine+`
			and c.state in ('requested', 'agreed') and not c.brought_along
		order by c.at, c.id limit $3`, me.Organisation, me.Person, mostComing)
}

// Place is where a page of a list ends; the zero Place is before the first.
type Place struct {
	at time.Time
	id db.ID
}

// PlaceOf is the place of a conversation in Past.
func PlaceOf(c Conversation) Place { return Place{c.At, c.ID} }

// PlaceAfter finds the place of the conversation with that id, or the beginning without one.
func PlaceAfter(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	if id == "" {
		return Place{}, nil
	}
	c, err := ByID(tx, me, id)
	return PlaceOf(c), err
}

// Past lists the actor's conversations that were held or cancelled, and records, after a place, the latest
// first; with a party, those with that one alone. It tells whether there are more.
func Past(tx *db.Tx, me org.Actor, with org.Party, after Place, most int) (list []Conversation, more bool, err error) {
	before := after.at
	if before.IsZero() {
		before = tx.Now().AddDate(10, 0, 0)
	}
	list, err = db.List(tx, scanConversation, selectConversation+"where "+mine+`
			and (c.state = 'held' or c.state = 'cancelled' and c.cancelled_because <> 'rhythm' or c.brought_along) and (c.at, c.id) < ($3, $4)
			and (cast($5 as text) = '' or c.owner_id = $5 or c.partner_id = $5 or c.partner_contact_id = $5)
		order by c.at desc, c.id desc limit $6`,
		me.Organisation, me.Person, before, string(after.id), string(with.Person+with.Contact), most+1)
	if len(list) > most {
		return list[:most], true, err
	}
	return list, false, err
}

// Year lists the conversations about the actor's own growth that lie between two times, in
// their order; cancelled ones are left out.
func Year(tx *db.Tx, me org.Actor, from, to time.Time) ([]Conversation, error) {
	return db.List(tx, scanConversation, selectConversation+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.at >= $3 and c.at < $4
			and (c.state = 'held' or c.state in ('requested', 'agreed') and not c.brought_along)
		order by c.at, c.id`, me.Organisation, me.Person, from, to)
}

// LastHeld is the last conversation that the same two held before this one, about the growth of
// the same one of them; without any it says problem.NotFound.
func LastHeld(tx *db.Tx, me org.Actor, c Conversation) (Conversation, error) {
	return db.One(tx, scanConversation, selectConversation+"where "+mine+`
			and c.state = 'held' and c.owner_id = $3 and coalesce(c.partner_id, c.partner_contact_id) = $4 and c.at < $5 and c.id <> $6
		order by c.at desc, c.id desc limit 1`,
		me.Organisation, me.Person, c.Owner.Person, c.Partner.Person+c.Partner.Contact, c.At, c.ID)
}

// Partners lists all with whom the actor has or had a conversation, by name.
func Partners(tx *db.Tx, me org.Actor) ([]org.Party, error) {
	return db.List(tx, func(row db.Row) (org.Party, error) {
		var p org.Party
		err := row.Scan(&p.Person, &p.Contact, &p.Name)
		return p, err
	}, `
		select p.id, null, p.name from people p
		where p.organisation_id = $1 and p.id in (
			select c.partner_id from conversations c where c.organisation_id = $1 and c.owner_id = $2 and c.partner_id is not null
			union
			select c.owner_id from conversations c where c.organisation_id = $1 and c.partner_id = $2)
		union all
		select null, k.id, k.name from contacts k
		where k.organisation_id = $1 and k.owner_id = $2 and k.id in (
			select c.partner_contact_id from conversations c where c.organisation_id = $1 and c.owner_id = $2 and c.partner_contact_id is not null)
		order by 3, 1, 2`, me.Organisation, me.Person)
}

// mostRequested is how many conversations that one person asked for wait for the other side.
const mostRequested = 50

func notTooMany(tx *db.Tx, me org.Actor) error {
	var waiting int64
	if err := tx.Get("select count(*) from conversations c where "+mine+" and c.proposed_by_id = $2 and c.state = 'requested'",
		me.Organisation, me.Person).Scan(&waiting); err != nil {
		return err
	}
	if waiting >= mostRequested {
		return problem.Refuse("%d conversations that you asked for wait for an answer. Cancel some first.", waiting)
	}
	return nil
}
