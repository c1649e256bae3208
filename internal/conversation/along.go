package conversation

import (
	"fmt"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Along is a conversation as one of its sides takes it along to another installation: what both
// wrote, and what this side kept for itself.
type Along struct {
	ID               db.ID       `json:"id"`
	Owner            org.Key     `json:"owner"` // whose growth it is about
	Partner          org.Key     `json:"partner"`
	Kind             Kind        `json:"kind"`
	State            State       `json:"state"`
	At               time.Time   `json:"at"`
	Minutes          int64       `json:"minutes"`
	ProposedBy       org.Key     `json:"proposed_by"`
	CancelledBecause Because     `json:"cancelled_because,omitempty"`
	CancelledBy      org.Key     `json:"cancelled_by,omitempty"`
	HeldAt           time.Time   `json:"held_at,omitzero"`
	Cadence          db.ID       `json:"cadence,omitempty"` // the year that it is part of
	Month            civil.Date  `json:"month,omitzero"`
	SkippedFor       SkipReason  `json:"skipped_for,omitempty"`
	SkippedWords     string      `json:"skipped_words,omitempty"`
	Revision         int64       `json:"revision"`
	CreatedAt        time.Time   `json:"created_at"`
	Agenda           []AlongItem `json:"agenda,omitempty"`
	Texts            []AlongText `json:"texts,omitempty"`
	Said             []AlongSaid `json:"said,omitempty"`
}

// AlongSaid is what a side said of a conversation before or after it.
type AlongSaid struct {
	Moment   Moment    `json:"moment"`
	Mine     bool      `json:"mine,omitempty"`
	Name     string    `json:"name,omitempty"` // of the other side
	Agrees   bool      `json:"agrees,omitempty"`
	Words    string    `json:"words,omitempty"`
	Revision int64     `json:"revision,omitempty"`
	At       time.Time `json:"at"`
}

// AlongItem is a line of the agenda, or of the own list of the one who takes it along.
type AlongItem struct {
	By        org.Key     `json:"by"`
	Shared    bool        `json:"shared,omitempty"`
	Section   string      `json:"section,omitempty"`
	Words     string      `json:"words"`
	Source    event.Thing `json:"source,omitzero"`
	TickedAt  time.Time   `json:"ticked_at,omitzero"`
	CreatedAt time.Time   `json:"created_at"`
}

// AlongText is a text of a conversation.
type AlongText struct {
	Kind      TextKind           `json:"kind"`
	Words     string             `json:"words"`
	Revision  int64              `json:"revision"`
	ChangedBy org.Key            `json:"changed_by"`
	ChangedAt time.Time          `json:"changed_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
	of        db.ID
}

// TakeAlong are all conversations in which the actor is a side, as they may read them.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := db.List(tx, scanConversation, selectConversation+"where "+mine+" order by c.id", me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	items, err := takeItems(tx, me, others)
	if err != nil {
		return nil, err
	}
	texts, err := takeTexts(tx, me, others)
	if err != nil {
		return nil, err
	}
	said, err := takeSaid(tx, me)
	if err != nil {
		return nil, err
	}
	var all []Along
	for _, c := range found {
		side := func(id db.ID) org.Key {
			switch id {
			case "":
				return ""
			case c.Owner.Person:
				return others.Key(c.Owner)
			}
			return others.Key(c.Partner)
		}
		all = append(all, Along{
			ID: c.ID, Owner: others.Key(c.Owner), Partner: others.Key(c.Partner), Kind: c.Kind, State: c.State, At: c.At, Minutes: c.Minutes,
			ProposedBy: side(c.ProposedBy), CancelledBecause: c.CancelledBecause, CancelledBy: side(c.CancelledBy), HeldAt: c.HeldAt,
			Cadence: c.Cadence, Month: c.Month, SkippedFor: c.SkippedFor, SkippedWords: c.SkippedWords, Revision: c.Revision, CreatedAt: c.CreatedAt, Agenda: items[c.ID], Texts: texts[c.ID], Said: said[c.ID],
		})
	}
	return all, nil
}

func takeItems(tx *db.Tx, me org.Actor, others *org.Companions) (map[db.ID][]AlongItem, error) {
	of := map[db.ID][]AlongItem{}
	items, err := db.List(tx, scanItem, selectItem+" order by i.position, i.id", me.Organisation, me.Person)
	for _, i := range items {
		of[i.Conversation] = append(of[i.Conversation], AlongItem{
			By: others.Key(i.By), Shared: i.Shared, Section: i.Section, Words: i.Words, Source: i.Source, TickedAt: i.TickedAt, CreatedAt: i.CreatedAt,
		})
	}
	return of, err
}

func takeSaid(tx *db.Tx, me org.Actor) (map[db.ID][]AlongSaid, error) {
	of := map[db.ID][]AlongSaid{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var s AlongSaid
		var id, by db.ID
		err := row.Scan(&id, &s.Moment, &by, &s.Name, &s.Agrees, &s.Words, &s.Revision, &s.At)
		if s.Mine = by == me.Person; s.Mine {
			s.Name = ""
		}
		of[id] = append(of[id], s)
		return struct{}{}, err
	}, `
		select c.id, a.moment, a.by_id, coalesce(p.name, a.name), a.agrees, a.words, a.revision, a.at
		from conversations c
		join conversation_answers a on a.organisation_id = c.organisation_id and a.conversation_id = c.id
		left join people p on p.organisation_id = a.organisation_id and p.id = a.by_id
		where `+mine+" order by a.at, a.id", me.Organisation, me.Person)
	return of, err
}

func takeTexts(tx *db.Tx, me org.Actor, others *org.Companions) (map[db.ID][]AlongText, error) {
	ids := map[db.ID][]db.ID{}
	of := map[db.ID][]AlongText{}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var t AlongText
		var id db.ID
		var by org.Party
		err := row.Scan(&t.of, &id, &t.Kind, &t.Words, &t.Revision, &by.Person, &by.Contact, &by.Name, &t.ChangedAt)
		t.ChangedBy = others.Key(by)
		of[t.of], ids[t.of] = append(of[t.of], t), append(ids[t.of], id)
		return struct{}{}, err
	}, `
		select c.id, t.id, t.kind, `+textWords+`, case when t.changed_by_contact_id is null then w.id end, t.changed_by_contact_id,
			w.name, `+textChanged+`
		from conversations c
		join conversation_texts t on t.organisation_id = c.organisation_id and t.conversation_id = c.id
		join people w on w.organisation_id = t.organisation_id and w.id = `+textWriter+`
		where `+mine+" and "+textSeen+" order by c.id, t.kind", me.Organisation, me.Person); err != nil {
		return nil, err
	}
	for conversation, texts := range of {
		for n := range texts {
			t := &texts[n]
			earlier, err := Text{Kind: t.Kind, Revision: t.Revision, id: ids[conversation][n]}.earlier(tx, me)
			if err != nil {
				return nil, err
			}
			slices.Reverse(earlier) // the newest came first
			for _, e := range earlier {
				t.Earlier = append(t.Earlier, org.AlongEarlier{Revision: e.Number, At: e.At, Text: e.Text})
			}
		}
	}
	return of, nil
}

// BringAlong takes over a conversation about the actor's growth from another installation, as a
// record in which nothing can be done, and tells whether it was not here yet. Its other side is a
// contact of the actor's: nobody else sees it.
//
// Errors: problem.Refused that names the place of what does not hold together, or has the id of
// somebody else's conversation.
func BringAlong(tx *db.Tx, me org.Actor, others *org.Companions, place string, in Along) (bool, error) {
	if me.Left || me.Person == "" {
		return false, problem.NotFound
	}
	isNew, err := org.NotHere(tx, me, place+"/id", "conversations", in.ID)
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
	proposedBy, err := others.Party(place+"/proposed_by", in.ProposedBy)
	if err != nil {
		return false, err
	}
	cancelledBy, err := others.Party(place+"/cancelled_by", in.CancelledBy)
	if err != nil {
		return false, err
	}
	state, planned := Conversation{State: in.State}.kept()
	if err := org.At(tx, place, db.Put(tx, "conversations",
		"organisation_id, id, owner_id, partner_contact_id, kind, state, planned, at, minutes, proposed_by_id, proposed_by_contact_id, "+
			"cancelled_because, cancelled_by_id, cancelled_by_contact_id, held_at, cadence_id, month, skipped_for, skipped_words, brought_along, revision, created_at",
		me.Organisation, in.ID, me.Person, partner.Contact, in.Kind, state, planned, in.At, in.Minutes, me.Person, proposedBy.Contact,
		in.CancelledBecause, cancelledBy.Person, cancelledBy.Contact, in.HeldAt, in.Cadence, in.Month, in.SkippedFor, in.SkippedWords,
		true, in.Revision, in.CreatedAt)); err != nil {
		return false, err
	}
	if err := in.bringAgenda(tx, me, others, place); err != nil {
		return false, err
	}
	for n, said := range in.Said {
		var by db.ID
		if said.Mine {
			by = me.Person
		}
		if err := org.At(tx, fmt.Sprintf("%s/said/%d", place, n), db.Put(tx, "conversation_answers",
			"organisation_id, id, conversation_id, moment, by_id, name, agrees, words, revision, at",
			me.Organisation, tx.NewID(), in.ID, said.Moment, by, said.Name, said.Agrees, said.Words, said.Revision, said.At)); err != nil {
			return false, err
		}
	}
	return true, in.bringTexts(tx, me, others, place)
}

func (in Along) bringAgenda(tx *db.Tx, me org.Actor, others *org.Companions, place string) error {
	for n, i := range in.Agenda {
		here := fmt.Sprintf("%s/agenda/%d", place, n)
		by, err := others.Party(here+"/by", i.By)
		if err != nil {
			return err
		}
		if err := org.At(tx, here, db.Put(tx, "agenda_items",
			"organisation_id, id, conversation_id, by_id, by_contact_id, shared, section, words, source_kind, source_id, position, ticked_at, created_at",
			me.Organisation, tx.NewID(), in.ID, me.Person, by.Contact, i.Shared, i.Section, i.Words, i.Source.Kind, i.Source.ID, n+1, i.TickedAt, i.CreatedAt)); err != nil {
			return err
		}
	}
	return nil
}

func (in Along) bringTexts(tx *db.Tx, me org.Actor, others *org.Companions, place string) error {
	for n, t := range in.Texts {
		here := fmt.Sprintf("%s/texts/%d", place, n)
		by, err := others.Party(here+"/changed_by", t.ChangedBy)
		if err != nil {
			return err
		}
		var writer db.ID
		if !t.Kind.Shared() {
			writer = me.Person
		}
		id := tx.NewID()
		if err := org.At(tx, here, db.Put(tx, "conversation_texts",
			"organisation_id, id, conversation_id, kind, writer_id, words, revision, changed_by_id, changed_by_contact_id, changed_at",
			me.Organisation, id, in.ID, t.Kind, writer, t.Words, t.Revision, me.Person, by.Contact, t.ChangedAt)); err != nil {
			return err
		}
		if err := org.BringEarlier(tx, me, here, Text{Kind: t.Kind, id: id}.thing(), t.Revision, t.Earlier); err != nil {
			return err
		}
	}
	return nil
}

// Forget removes what only the actor saw: conversations with their contacts, their private notes
// and their own lists. What they wrote together with others stays as it is.
func Forget(tx *db.Tx, me org.Actor) error {
	const alone = "(select id from conversations where organisation_id = $1 and owner_id = $2 and partner_contact_id is not null)"
	const private = "(select id from conversation_texts where organisation_id = $1 and (writer_id = $2 or conversation_id in " + alone + "))"
	const years = "(select id from cadences where organisation_id = $1 and owner_id = $2 and partner_contact_id is not null)"
	return tx.ExecEach([]string{
		"delete from revisions where organisation_id = $1 and thing_kind in ('conversation notes', 'conversation outcome', 'conversation private') and thing_id in " + private,
		"delete from conversation_typing where organisation_id = $1 and text_id in " + private,
		"delete from conversation_texts where organisation_id = $1 and id in " + private,
		"delete from agenda_items where organisation_id = $1 and ((by_id = $2 and not shared) or conversation_id in " + alone + ")",
		"delete from conversation_answers where organisation_id = $1 and conversation_id in " + alone,
		"delete from conversations where organisation_id = $1 and id in " + alone,
		"delete from cadence_gaps where organisation_id = $1 and cadence_id in " + years,
		"delete from cadences where organisation_id = $1 and id in " + years,
	}, me.Organisation, me.Person)
}
