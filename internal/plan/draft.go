package plan

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/winfile"
)

// Draft is a win that an import found. It is its owner's alone, and no win before they take it; no
// share reaches it. Nobody looks at it for 30 days: then it goes.
type Draft struct {
	ID     db.ID
	Source winfile.Source
	Topic  string
	WinText
	Link   string
	MadeAt time.Time
}

// How long drafts wait, and how many of one person.
const (
	DraftsKept = 30 * 24 * time.Hour
	MostDrafts = 2000
)

const draftColumns = "id, source, topic, day, what, effect, figure, url, made_at"

func (d *Draft) record() []any {
	return []any{&d.ID, &d.Source, &d.Topic, &d.Day, &d.What, &d.Effect, &d.Figure, &d.Link, &d.MadeAt}
}

func scanDraft(row db.Row) (Draft, error) {
	var d Draft
	err := row.Scan(d.record()...)
	return d, err
}

// Drafts lists the actor's drafts in the order in which they were found, after an id, and tells
// whether there are more.
func Drafts(tx *db.Tx, me org.Actor, after db.ID, most int) ([]Draft, bool, error) {
	found, err := db.List(tx, scanDraft, "select "+draftColumns+` from win_drafts
		where organisation_id = $1 and owner_id = $2 and id > $3 and made_at > $4
		order by id limit $5`, me.Organisation, me.Person, string(after), tx.Now().Add(-DraftsKept), most+1)
	return found[:min(most, len(found))], len(found) > most, err
}

// DraftsWaiting is how many drafts of the actor's wait.
func DraftsWaiting(tx *db.Tx, me org.Actor) (int64, error) {
	return db.One(tx, db.Scanned[int64], `
		select count(*) from win_drafts where organisation_id = $1 and owner_id = $2 and made_at > $3`,
		me.Organisation, me.Person, tx.Now().Add(-DraftsKept))
}

// myDraft finds a draft of the actor's, to be settled.
func myDraft(tx *db.Tx, me org.Actor, id db.ID) (Draft, error) {
	if err := mayWrite(me); err != nil {
		return Draft{}, err
	}
	return DraftByID(tx, me, id)
}

// DraftByID finds a draft of the actor's own that waits.
func DraftByID(tx *db.Tx, me org.Actor, id db.ID) (Draft, error) {
	return db.One(tx, scanDraft, "select "+draftColumns+` from win_drafts
		where organisation_id = $1 and owner_id = $2 and id = $3 and made_at > $4`,
		me.Organisation, me.Person, id, tx.Now().Add(-DraftsKept))
}

// TakeDraft makes a win of a draft of the actor's, as they changed it.
//
// Errors: those of AddWin and AddLink; then it stays a draft.
func TakeDraft(tx *db.Tx, me org.Actor, id db.ID, in WinText, link string) (Win, error) {
	if _, err := myDraft(tx, me, id); err != nil {
		return Win{}, err
	}
	w, err := AddWin(tx, me, in, org.Origin{})
	if err != nil {
		return w, err
	}
	if link != "" {
		if err := AddLink(tx, me, w.ID, link); err != nil {
			return w, err
		}
	}
	return w, settleDraft(tx, me, id, "win")
}

// DropDraft removes a draft of the actor's. It is not offered again unless they ask for that.
func DropDraft(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := myDraft(tx, me, id); err != nil {
		return err
	}
	return settleDraft(tx, me, id, "dropped")
}

// settleDraft removes the draft and notes what became of it.
func settleDraft(tx *db.Tx, me org.Actor, id db.ID, became string) error {
	if _, err := tx.Exec(`
		update win_offers set draft_id = null, became = $1, at = $2
		where organisation_id = $3 and draft_id = $4 and owner_id = $5`, became, tx.Now(), me.Organisation, id, me.Person); err != nil {
		return err
	}
	_, err := tx.Exec("delete from win_drafts where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person)
	return err
}

// TakeAllDrafts makes wins of all drafts of the actor's as they stand, and tells how many. Seen is
// how many they were told of: when there are others by now, nothing is done.
func TakeAllDrafts(tx *db.Tx, me org.Actor, seen int64) (int, error) {
	drafts, err := allDrafts(tx, me, seen)
	if err != nil {
		return 0, err
	}
	if err := roomForWins(tx, me, len(drafts)); err != nil {
		return 0, err
	}
	for _, d := range drafts {
		w := Win{Owner: me.Person, OwnerName: me.Name, WinText: d.WinText, Revision: 1, CreatedAt: tx.Now()}
		if err := w.check(tx, me); err != nil {
			return 0, err
		}
		if w, err = w.add(tx, me); err != nil {
			return 0, err
		}
		if d.Link == "" {
			continue
		}
		if err := AddLink(tx, me, w.ID, d.Link); err != nil {
			return 0, err
		}
	}
	return len(drafts), settleAllDrafts(tx, me, "win")
}

// DropAllDrafts removes all drafts of the actor's, with the same caution as TakeAllDrafts.
func DropAllDrafts(tx *db.Tx, me org.Actor, seen int64) error {
	if _, err := allDrafts(tx, me, seen); err != nil {
		return err
	}
	return settleAllDrafts(tx, me, "dropped")
}

func settleAllDrafts(tx *db.Tx, me org.Actor, became string) error {
	if _, err := tx.Exec(`
		update win_offers set draft_id = null, became = $1, at = $2
		where organisation_id = $3 and owner_id = $4 and became = 'draft'`, became, tx.Now(), me.Organisation, me.Person); err != nil {
		return err
	}
	_, err := tx.Exec("delete from win_drafts where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}

func allDrafts(tx *db.Tx, me org.Actor, seen int64) ([]Draft, error) {
	if err := mayWrite(me); err != nil {
		return nil, err
	}
	drafts, _, err := Drafts(tx, me, "", 2*MostDrafts)
	if err == nil && int64(len(drafts)) != seen {
		err = problem.Refused("There are other drafts now than when you looked. Please look once more.")
	}
	return drafts, err
}

// Tidy removes the drafts that nobody looked at, what is known of them, and what imports said.
func Tidy(tx *db.Tx) error {
	long := tx.Now().Add(-DraftsKept)
	for _, text := range []string{
		"delete from win_offers where became = 'draft' and at < $1",
		"delete from win_drafts where made_at < $1",
		"delete from win_imports where made_at < $1",
	} {
		if _, err := tx.Exec(text, long); err != nil {
			return err
		}
	}
	return nil
}
