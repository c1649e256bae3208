package conversation

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/shape"
)

// Shape are the sections that the conversation has by its kind.
func (c Conversation) Shape() shape.Shape { return c.Kind.Shape() }

// inSection is the place of its section among those of its kind.
func (i Item) inSection() int { return i.kind.Shape().At(i.Section) }

// MoveUp lets a line change places with the one above it on the same list; the first of a section
// of the shared agenda becomes the last of the section above. On the shared agenda each side may
// do so.
func MoveUp(tx *db.Tx, me org.Actor, id db.ID) error { return move(tx, me, id, -1) }

// MoveDown is the same, down.
func MoveDown(tx *db.Tx, me org.Actor, id db.ID) error { return move(tx, me, id, +1) }

func move(tx *db.Tx, me org.Actor, id db.ID, by int) error {
	i, c, err := findItem(tx, me, id, SettingAgenda)
	if err != nil {
		return err
	}
	agenda, err := AgendaOf(tx, me, c.ID)
	if err != nil {
		return err
	}
	list := agenda.listOf(i)
	at := 0
	for n, each := range list {
		if each.ID == id {
			at = n
		}
	}
	if beside := at + by; beside >= 0 && beside < len(list) && (!i.Shared || list[beside].Section == i.Section) {
		return swap(tx, me, list[beside], i)
	}
	if section, ok := i.besideSection(by); ok && i.Shared {
		return intoSection(tx, me, i, section, by)
	}
	return nil
}

func (a Agenda) listOf(i Item) []Item {
	if i.Shared {
		return a.Shared
	}
	return a.Own
}

// MayMove tells whether a line can go up (-1) or down (+1): to another place, or to another
// section.
func (a Agenda) MayMove(i Item, by int) bool {
	list := a.listOf(i)
	for n, each := range list {
		if each.ID == i.ID && n+by >= 0 && n+by < len(list) {
			return true
		}
	}
	_, ok := i.besideSection(by)
	return ok && i.Shared
}

// besideSection is the section above or below that of the item. What is in no section stands last.
func (i Item) besideSection(by int) (string, bool) {
	sections := i.kind.Shape().Sections
	switch to := i.inSection() + by; {
	case to < 0 || to > len(sections):
		return "", false
	case to == len(sections):
		return "", true
	default:
		return sections[to].ID, true
	}
}

// intoSection puts a line at the end of the section above, or at the beginning of the one below.
func intoSection(tx *db.Tx, me org.Actor, i Item, section string, by int) error {
	edge := "max(position) + 1"
	if by > 0 {
		edge = "min(position) - 1"
	}
	tx.Tell(changeTopic(i.Conversation))
	_, err := tx.Exec(`
		update agenda_items set section = $1, position = (
			select `+edge+` from agenda_items where organisation_id = $2 and conversation_id = $3)
		where organisation_id = $2 and id = $4`, section, me.Organisation, i.Conversation, i.ID)
	return err
}

func swap(tx *db.Tx, me org.Actor, one, other Item) error {
	if one.Shared {
		tx.Tell(changeTopic(one.Conversation))
	}
	_, err := tx.Exec(`
		update agenda_items set position = case when id = $1 then cast($3 as bigint) else cast($4 as bigint) end
		where organisation_id = $5 and id in ($1, $2)`,
		string(one.ID), string(other.ID), other.position, one.position, me.Organisation)
	return err
}
