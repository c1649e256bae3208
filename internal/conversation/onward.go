package conversation

import (
	"errors"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// What two did not reach goes on to their next conversation by itself: when one ends or is taken
// off, or when the next is asked for. The lines of the agenda go to the agenda, those of an own list
// to the own list of the same side. What was brought in a reporting line that has ended stays there: two who
// are led together again begin anew.

// Later moves a line on to the next conversation of the two at once, by hand. While none stands, it
// stays where it is, and goes on by itself.
func Later(tx *db.Tx, me org.Actor, id db.ID) error {
	i, c, err := findItem(tx, me, id, SettingAgenda)
	if err != nil || !i.Waits() {
		return err
	}
	next, err := Next(tx, me, c)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return next.takeOn(tx, me, []Item{i})
}

const pairOf = `c.organisation_id = $1 and c.owner_id = $2 and coalesce(c.partner_id, c.partner_contact_id) = $3 and not c.brought_along`

// Next is the next conversation after this one of the same two, about the growth of the same one,
// that is agreed or proposed; without any it says problem.NotFound.
func Next(tx *db.Tx, me org.Actor, c Conversation) (Conversation, error) {
	if !c.Owner.Is(me) && !c.Partner.Is(me) {
		return Conversation{}, problem.NotFound
	}
	return c.next(tx, me.Organisation)
}

func (c Conversation) next(tx *db.Tx, organisation db.ID) (Conversation, error) {
	return db.One(tx, scanConversation, selectConversation+"where "+pairOf+`
			and c.state in ('requested', 'agreed', 'planned') and c.at > $4 and c.id <> $5
		order by c.at, c.id limit 1`,
		organisation, c.Owner.Person, c.Partner.Person+c.Partner.Contact, tx.Now(), string(c.ID))
}

// NotReachedGoesOn moves what a pair did not reach on to their next conversation. It is the reaction
// to a conversation that was held, cancelled or requested.
func NotReachedGoesOn(tx *db.Tx, e event.Event) error {
	c, err := unscopedByID(tx, e.Organisation, e.Thing.ID)
	if err != nil || c.CancelledBecause == ByLine || c.CancelledBecause == ByLeaving || c.CancelledBecause == ByRhythm || c.BroughtAlong {
		return err
	}
	return c.goesOn(tx, org.Actor{Organisation: e.Organisation, Person: e.By})
}

// goesOn moves on what the two of this conversation did not reach in those that are over.
func (c Conversation) goesOn(tx *db.Tx, by org.Actor) error {
	left, err := db.List(tx, scanItem, selectItemOf+`
		where `+pairOf+` and c.state in ('held', 'cancelled') and i.ticked_at is null and i.onward_id is null
			and not exists (`+endedLine+`)
		order by c.at, i.position, i.id limit $4`,
		by.Organisation, c.Owner.Person, c.Partner.Person+c.Partner.Contact, mostItems)
	if err != nil || len(left) == 0 {
		return err
	}
	c.ID = "" // the next may be this one
	next, err := c.next(tx, by.Organisation)
	if errors.Is(err, problem.NotFound) {
		return nil // they wait for one
	}
	if err != nil {
		return err
	}
	return next.takeOn(tx, by, left)
}

// takeOn puts lines of earlier conversations at the beginning of this one's. A fact that stands
// here already is not put twice.
func (c Conversation) takeOn(tx *db.Tx, by org.Actor, left []Item) error {
	here, err := db.List(tx, scanItem, selectItemOf+"where c.organisation_id = $1 and c.id = $2 order by i.position, i.id", by.Organisation, c.ID)
	if err != nil {
		return err
	}
	first := int64(1)
	for _, i := range here {
		first = min(first, i.position)
	}
	shared := false
	for n, i := range left {
		if len(here)+n >= 2*mostItems {
			break
		}
		if err := c.takeOnOne(tx, by.Organisation, here, i, first-int64(len(left)-n)); err != nil {
			return err
		}
		shared = shared || i.Shared
	}
	if !shared {
		return nil
	}
	return c.happened(tx, by, "agenda changed")
}

func (c Conversation) takeOnOne(tx *db.Tx, organisation db.ID, here []Item, i Item, position int64) error {
	if _, err := tx.Exec("update agenda_items set onward_id = $1 where organisation_id = $2 and id = $3", c.ID, organisation, i.ID); err != nil {
		return err
	}
	for _, there := range here {
		if i.Source.ID != "" && there.Source == i.Source && (there.Shared || there.By.Person == i.By.Person) {
			return nil
		}
	}
	section := i.Section
	if shape := c.Shape(); section == "" || !shape.Has(section) {
		section = shape.For(i.Source.Kind)
	}
	_, err := tx.Exec(`
		insert into agenda_items (organisation_id, id, conversation_id, by_id, shared, words, section, source_kind, source_id, position, from_id, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing`,
		organisation, tx.NewID(), c.ID, i.By.Person, i.Shared, i.Words, section, i.Source.Kind, i.Source.ID, position, i.Conversation, tx.Now())
	return err
}
