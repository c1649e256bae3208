package conversation

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// TextKind is which of the texts of a conversation.
type TextKind string

// The texts: two that both sides write and read, and one of each side for itself.
const (
	Notes   TextKind = "notes"
	Outcome TextKind = "outcome" // what came of it
	Private TextKind = "private"
)

// Shared tells whether both sides write and read it.
func (k TextKind) Shared() bool { return k != Private }

// act is what writing such a text is.
func (k TextKind) act() Act {
	switch k {
	case Outcome:
		return Amending
	case Private:
		return KeepingPrivate
	}
	return WritingNotes
}

// Text is one text of a conversation, as the actor sees it.
type Text struct {
	Kind      TextKind
	Words     string
	Revision  int64 // 0: nothing was ever written
	ChangedBy string
	ChangedAt time.Time
	id        db.ID
}

// Texts are what was written about a conversation, as far as the actor may see it.
type Texts struct{ Notes, Outcome, Private Text }

// Of is the text of that kind.
func (t Texts) Of(kind TextKind) Text {
	switch kind {
	case Outcome:
		return t.Outcome
	case Private:
		return t.Private
	}
	return t.Notes
}

// Write replaces a text of a conversation. The revision is the one on which the edit was made.
//
// Errors: problem.Conflict with both texts, in the field of the name of the kind, when the text
// was changed meanwhile; problem.Invalid by field otherwise.
func Write(tx *db.Tx, me org.Actor, id db.ID, kind TextKind, revision int64, words string) error {
	if _, err := find(tx, me, id, kind.act()); err != nil {
		return err
	}
	changed, err := write(tx, me, id, kind, revision, words)
	if err != nil || !changed {
		return err
	}
	return written(tx, me, id, kind)
}

func write(tx *db.Tx, me org.Actor, id db.ID, kind TextKind, revision int64, words string) (changed bool, err error) {
	wrong := problem.Invalid{}
	words = tidy(wrong, string(kind), words, mostText)
	if err := wrong.Err(); err != nil {
		return false, err
	}
	all, err := TextsOf(tx, me, id)
	if err != nil {
		return false, err
	}
	was := all.Of(kind)
	if words == was.Words {
		return false, nil
	}
	if revision != was.Revision {
		return false, &problem.Conflict{
			Revision: was.Revision, Theirs: map[string]string{string(kind): was.Words}, Mine: map[string]string{string(kind): words},
		}
	}
	if was.Revision > 0 {
		if err := org.KeepRevision(tx, me, was.thing(), was.Revision, map[string]string{string(kind): was.Words}); err != nil {
			return false, err
		}
	}
	if was.id, err = was.put(tx, me, id, words); err != nil || !kind.Live() {
		return true, err
	}
	tx.Tell(typingTopic(id))
	return true, was.note(tx, me, Typed{Revision: was.Revision + 1, Site: "form", Number: was.Revision + 1, Change: compared(was.Words, words)})
}

func begin(tx *db.Tx, me org.Actor, id db.ID, kind TextKind, words string) (db.ID, error) {
	var writer db.ID
	if !kind.Shared() {
		writer = me.Person
	}
	text := tx.NewID()
	_, err := tx.Exec(`
		insert into conversation_texts (organisation_id, id, conversation_id, kind, writer_id, words, revision, changed_by_id, changed_at)
		values ($1, $2, $3, $4, $5, $6, 1, $7, $8)`,
		me.Organisation, text, id, string(kind), writer, words, me.Person, tx.Now())
	return text, err
}

// thing is the text as something of which earlier versions are kept.
func (t Text) thing() event.Thing {
	return event.Thing{Kind: "conversation " + string(t.Kind), ID: t.id}
}

const (
	mostText = 20_000
	mostLine = 500
)

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd"))
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, fmt.Sprintf("This is %d characters long. Please keep it under %d.", n, most))
	}
	return text
}

// What a text says to the actor, and who wrote it when.
const (
	textWords   = "case when " + asLeft + " then t.left_words else t.words end, case when " + asLeft + " then t.left_revision else t.revision end"
	textChanged = "case when " + asLeft + " then t.left_at else t.changed_at end"
	textWriter  = "case when " + asLeft + " then $2 else t.changed_by_id end"
)

// TextsOf are the texts of a conversation of the actor's: the shared ones and the actor's own.
func TextsOf(tx *db.Tx, me org.Actor, id db.ID) (Texts, error) {
	found := Texts{Text{Kind: Notes}, Text{Kind: Outcome}, Text{Kind: Private}}
	list, err := db.List(tx, func(row db.Row) (Text, error) {
		var t Text
		err := row.Scan(&t.id, &t.Kind, &t.Words, &t.Revision, &t.ChangedBy, &t.ChangedAt)
		return t, err
	}, `
		select t.id, t.kind, `+textWords+`, coalesce(k.name, w.name), `+textChanged+`
		from conversations c
		join conversation_texts t on t.organisation_id = c.organisation_id and t.conversation_id = c.id
		join people w on w.organisation_id = t.organisation_id and w.id = `+textWriter+`
		left join contacts k on k.organisation_id = t.organisation_id and k.id = t.changed_by_contact_id
		where `+mine+" and "+textSeen+" and c.id = $3", me.Organisation, me.Person, id)
	for _, t := range list {
		switch t.Kind {
		case Notes:
			found.Notes = t
		case Outcome:
			found.Outcome = t
		case Private:
			found.Private = t
		}
	}
	return found, err
}

// EarlierTexts lists the earlier versions of one text of a conversation, newest first: of a
// shared one to both sides, of private notes to their writer.
func EarlierTexts(tx *db.Tx, me org.Actor, id db.ID, kind TextKind) ([]org.Revision, error) {
	if _, err := ByID(tx, me, id); err != nil {
		return nil, err
	}
	all, err := TextsOf(tx, me, id)
	if err != nil || all.Of(kind).Revision == 0 {
		return nil, err
	}
	return all.Of(kind).earlier(tx, me)
}

// earlier are the versions before the one that the actor reads, newest first.
func (t Text) earlier(tx *db.Tx, me org.Actor) ([]org.Revision, error) {
	list, err := org.UnscopedRevisions(tx, me.Organisation, t.thing())
	return slices.DeleteFunc(list, func(r org.Revision) bool { return r.Number >= t.Revision }), err
}
