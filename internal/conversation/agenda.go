package conversation

import (
	"cmp"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Item is a thing to talk about: on the agenda that both sides see, or on the own list of the
// one who brought it.
type Item struct {
	ID           db.ID
	Conversation db.ID
	By           org.Party
	Shared       bool
	Words        string
	Section      string      // of the shape of its kind; empty: in none
	Source       event.Thing // the fact it was made from; none for a line of one's own
	TickedAt     time.Time   // zero: not talked about yet
	From         db.ID       // the conversation in which it was not reached
	Onward       db.ID       // the conversation that it went on to
	CreatedAt    time.Time
	position     int64
	kind         Kind // of the conversation
}

// Ticked tells whether it was talked about.
func (i Item) Ticked() bool { return !i.TickedAt.IsZero() }

// Waits tells whether it is still to be talked about there.
func (i Item) Waits() bool { return !i.Ticked() && i.Onward == "" }

// ItemInput is a line as it is brought.
type ItemInput struct {
	Words   string
	Shared  bool
	Section string
	Source  event.Thing
}

// Agenda is what is to be talked about, as the actor sees it: the shared one by the sections of
// its kind, the own list as the actor ordered it.
type Agenda struct {
	Shared []Item
	Own    []Item // on the actor's own list; nobody else sees it
}

// Has tells whether a fact stands on the agenda or on the actor's own list already.
func (a Agenda) Has(source event.Thing) bool {
	for _, list := range [][]Item{a.Shared, a.Own} {
		for _, i := range list {
			if i.Source == source {
				return true
			}
		}
	}
	return false
}

// AddItem puts a line on the actor's own list, or on the agenda that both sides see. A fact that
// stands there already is not put twice; one of the actor's own list is shared by it.
func AddItem(tx *db.Tx, me org.Actor, id db.ID, in ItemInput) error {
	c, err := find(tx, me, id, SettingAgenda)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "item", in.Words, mostLine)
	wrong.Check(in.Words != "", "item", "Please write down what you want to talk about.")
	wrong.Check(c.Shape().Has(in.Section), "section", "Please choose one of the sections.")
	if err := wrong.Err(); err != nil {
		return err
	}
	agenda, err := AgendaOf(tx, me, id)
	if err != nil {
		return err
	}
	if in.Source.ID != "" && agenda.Has(in.Source) {
		for _, own := range agenda.Own {
			if own.Source == in.Source && in.Shared {
				return ShareItem(tx, me, own.ID)
			}
		}
		return nil
	}
	if len(agenda.Shared)+len(agenda.Own) >= mostItems {
		return problem.Refuse("More than %d lines are too many for one conversation. Please take some off first.", mostItems)
	}
	item := tx.NewID()
	if _, err := tx.Exec(`
		insert into agenda_items (organisation_id, id, conversation_id, by_id, shared, words, section, source_kind, source_id, position, created_at)
		select $1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce(max(position), 0) + 1, $10
		from agenda_items where organisation_id = $1 and conversation_id = $3`,
		me.Organisation, item, id, me.Person, in.Shared, in.Words, in.Section, in.Source.Kind, in.Source.ID, tx.Now()); err != nil {
		return err
	}
	if !in.Shared {
		return nil
	}
	return c.happened(tx, me, "agenda changed")
}

const mostItems = 60

// ShareItem puts a line of the actor's own list on the agenda that both sides see: that line,
// and nothing of what stands behind it.
func ShareItem(tx *db.Tx, me org.Actor, id db.ID) error {
	i, c, err := findItem(tx, me, id, SettingAgenda)
	if err != nil || i.Shared {
		return err
	}
	if i.By.Person != me.Person {
		return problem.NotFound
	}
	agenda, err := AgendaOf(tx, me, c.ID)
	if err != nil {
		return err
	}
	for _, there := range agenda.Shared {
		if i.Source.ID != "" && there.Source == i.Source { // the other side brought the same fact
			return RemoveItem(tx, me, id)
		}
	}
	if _, err := tx.Exec("update agenda_items set shared = $1 where organisation_id = $2 and id = $3", true, me.Organisation, id); err != nil {
		return err
	}
	return c.happened(tx, me, "agenda changed")
}

// RemoveItem takes a line off. Who brought it may do so, nobody else; also from a conversation that
// fell with its reporting line.
func RemoveItem(tx *db.Tx, me org.Actor, id db.ID) error {
	i, c, err := findItem(tx, me, id, TakingOff)
	if err != nil {
		return err
	}
	if i.By.Person != me.Person {
		return problem.Refuse("%s brought this line. Tick it off if you are through with it.", i.By.Name)
	}
	if _, err := tx.Exec("delete from agenda_items where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	if !i.Shared {
		return nil
	}
	return c.happened(tx, me, "agenda changed")
}

// Tick says that a line was talked about, or that it was not yet. On the shared agenda each side
// may do so.
func Tick(tx *db.Tx, me org.Actor, id db.ID, ticked bool) error {
	i, _, err := findItem(tx, me, id, SettingAgenda)
	if err != nil {
		return err
	}
	var at time.Time
	if ticked {
		at = tx.Now()
	}
	if i.Shared {
		tx.Tell(changeTopic(i.Conversation))
	}
	_, err = tx.Exec("update agenda_items set ticked_at = $1 where organisation_id = $2 and id = $3", at, me.Organisation, id)
	return err
}

const selectItemOf = `
	select i.id, i.conversation_id, case when i.by_contact_id is null then i.by_id end, i.by_contact_id, coalesce(k.name, w.name), i.shared, i.words, i.section, i.source_kind, i.source_id, i.ticked_at, i.from_id, i.onward_id, i.created_at, i.position, c.kind
	from conversations c
	join agenda_items i on i.organisation_id = c.organisation_id and i.conversation_id = c.id
	join people w on w.organisation_id = i.organisation_id and w.id = i.by_id
	left join contacts k on k.organisation_id = i.organisation_id and k.id = i.by_contact_id
`

const selectItem = selectItemOf + "where " + mine + " and " + itemSeen

func scanItem(row db.Row) (Item, error) {
	var i Item
	err := row.Scan(&i.ID, &i.Conversation, &i.By.Person, &i.By.Contact, &i.By.Name, &i.Shared, &i.Words, &i.Section, &i.Source.Kind, &i.Source.ID,
		&i.TickedAt, &i.From, &i.Onward, &i.CreatedAt, &i.position, &i.kind)
	return i, err
}

// AgendaOf is what is to be talked about in a conversation of the actor's.
func AgendaOf(tx *db.Tx, me org.Actor, id db.ID) (Agenda, error) {
	var a Agenda
	list, err := db.List(tx, scanItem, selectItem+" and c.id = $3 order by i.position, i.id", me.Organisation, me.Person, id)
	for _, i := range list {
		if i.Shared {
			a.Shared = append(a.Shared, i)
		} else {
			a.Own = append(a.Own, i)
		}
	}
	slices.SortStableFunc(a.Shared, func(one, other Item) int { return cmp.Compare(one.inSection(), other.inSection()) })
	return a, err
}

// ItemByID finds a line that the actor sees.
func ItemByID(tx *db.Tx, me org.Actor, id db.ID) (Item, error) {
	return db.One(tx, scanItem, selectItem+" and i.id = $3", me.Organisation, me.Person, id)
}

// findItem looks up a line for doing something to it.
func findItem(tx *db.Tx, me org.Actor, id db.ID, act Act) (Item, Conversation, error) {
	i, err := ItemByID(tx, me, id)
	if err != nil {
		return i, Conversation{}, err
	}
	c, err := ByID(tx, me, i.Conversation)
	if err != nil {
		return i, c, err
	}
	return i, c, c.can(act, me, civil.In(tx.Now(), me.Zone))
}
