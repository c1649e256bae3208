package conversation

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/livetext"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/worddiff"
)

// Typed is one change as it stands in the order of the server. Where the order of changes does not
// reach back far enough, it is the whole text.
type Typed struct {
	Revision int64           `json:"revision"`
	Site     string          `json:"site,omitempty"`
	Number   int64           `json:"number,omitempty"` // of a whole text: of the last change of the site in it
	Change   livetext.Change `json:"change,omitempty"`
	Words    *string         `json:"words,omitempty"`
}

// TypedInput is a change as a page sends it, again until it is answered.
type TypedInput struct {
	Kind   TextKind
	Site   string // names the page; begins as SiteOf says
	Number int64  // from 1, of the changes of that page
	Base   int64  // the revision of the text that it was made on
	Change livetext.Change
}

// Live tells whether the text is typed into change by change.
func (k TextKind) Live() bool { return k == Notes || k == Private }

// SiteOf is how the pages of the actor are named: by it two pages agree whose words come first where
// both type in the same place, and a page knows which changes are the other side's.
func (c Conversation) SiteOf(me org.Actor) string {
	if c.Owner.Is(me) {
		return "o-"
	}
	return "p-"
}

var siteForm = regexp.MustCompile(`^[op]-[a-z0-9]{8,32}$`)

// topics under which readers are told that there is something to read.
func typingTopic(id db.ID) string { return "typing " + string(id) }
func changeTopic(id db.ID) string { return "conversation " + string(id) }

// Topics are what to listen to for a conversation: that somebody typed, and that anything else of
// it changed.
func Topics(id db.ID) (typing, change string) { return typingTopic(id), changeTopic(id) }

// Type puts a change into a text that both may type into at once, after whatever was typed since it
// was made, and gives everything since. A change that came before is not made again.
//
// Errors: problem.Invalid when the change is no change of that text, or would make it too long.
func Type(tx *db.Tx, me org.Actor, id db.ID, in TypedInput) ([]Typed, error) {
	if !in.Kind.Live() {
		return nil, problem.NotFound
	}
	c, err := find(tx, me, id, in.Kind.act())
	if err != nil {
		return nil, err
	}
	if !siteForm.MatchString(in.Site) || !strings.HasPrefix(in.Site, c.SiteOf(me)) || in.Number < 1 || in.Base < 0 {
		return nil, notThatText
	}
	all, err := TextsOf(tx, me, id)
	if err != nil {
		return nil, err
	}
	was := all.Of(in.Kind)
	since, err := was.since(tx, me, in.Base, in.Site)
	if err != nil {
		return nil, err
	}
	change := in.Change
	for _, earlier := range since {
		if earlier.Words != nil || earlier.Site == in.Site && earlier.Number >= in.Number {
			return since, nil // a page that was away for long merges first; or it is made already
		}
		if change, err = after(earlier, change, in.Site); err != nil {
			return nil, notThatText
		}
	}
	if in.Base > was.Revision {
		return nil, notThatText
	}
	made, err := was.typed(tx, me, id, Typed{Site: in.Site, Number: in.Number, Change: change})
	return append(since, made), err
}

var notThatText = problem.Invalid{"": "What was typed does not fit these notes any more. Please load the page again; what you see in it can be copied first."}

// after is the change as it is after one that came before it, of another page or of the same.
func after(earlier Typed, change livetext.Change, site string) (livetext.Change, error) {
	if earlier.Site < site {
		_, change, err := livetext.Transform(earlier.Change, change)
		return change, err
	}
	change, _, err := livetext.Transform(change, earlier.Change)
	return change, err
}

// sitting is how long a text is quiet until what stands there is kept as an earlier version.
const sitting = time.Hour

// much is how many signs gone at once are kept as an earlier version.
const much = 200

// typed makes a change to the text, and notes it in its order.
func (t Text) typed(tx *db.Tx, me org.Actor, id db.ID, in Typed) (Typed, error) {
	words, err := in.Change.Apply(t.Words)
	if err != nil || unwanted(in.Change) {
		return in, notThatText
	}
	wrong := problem.Invalid{}
	if n := utf8.RuneCountInString(words); n > mostText && n >= utf8.RuneCountInString(t.Words) {
		tidy(wrong, string(t.Kind), words, mostText)
		return in, wrong.Err()
	}
	anew := t.Revision == 0 || tx.Now().Sub(t.ChangedAt) > sitting
	if t.Revision > 0 && t.Words != "" && (anew || dropped(in.Change) > much) {
		if err := org.KeepRevision(tx, me, t.thing(), t.Revision, map[string]string{string(t.Kind): t.Words}); err != nil {
			return in, err
		}
	}
	if t.id, err = t.put(tx, me, id, words); err != nil {
		return in, err
	}
	in.Revision = t.Revision + 1
	tx.Tell(typingTopic(id))
	if err := t.note(tx, me, in); err != nil || !anew {
		return in, err
	}
	return in, written(tx, me, id, t.Kind)
}

// put keeps the words of the text, as the next revision of it; and, where the other side wrote last, what it left.
func (t Text) put(tx *db.Tx, me org.Actor, id db.ID, words string) (db.ID, error) {
	if t.Revision == 0 {
		return begin(tx, me, id, t.Kind, words)
	}
	_, err := tx.Exec(`
		update conversation_texts set words = $1, revision = revision + 1, changed_by_id = $2, changed_at = $3,
			left_words = case when changed_by_id = $2 then left_words else words end,
			left_revision = case when changed_by_id = $2 then left_revision else revision end,
			left_at = case when changed_by_id = $2 then left_at else changed_at end
		where organisation_id = $4 and id = $5`, words, me.Person, tx.Now(), me.Organisation, t.id)
	return t.id, err
}

func (t Text) note(tx *db.Tx, me org.Actor, in Typed) error {
	change, err := json.Marshal(in.Change)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		insert into conversation_typing (organisation_id, text_id, revision, site, number, change, at)
		values ($1, $2, $3, $4, $5, $6, $7)`, me.Organisation, t.id, in.Revision, in.Site, in.Number, string(change), tx.Now())
	return err
}

// written records that a text was written, once a sitting.
func written(tx *db.Tx, me org.Actor, id db.ID, kind TextKind) error {
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "conversation " + string(kind) + " written", By: me.Person,
		Thing: event.Thing{Kind: "conversation", ID: id},
	})
}

// unwanted tells whether a change puts in what no text holds: NUL, a second kind of line end, and the
// signs that turn the words round that stand after them.
func unwanted(c livetext.Change) bool {
	return strings.ContainsAny(c.Words(), "\x00\r\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
}

func dropped(c livetext.Change) int {
	n := 0
	for _, p := range c {
		n += p.Drop
	}
	return n
}

// Merge takes over what was made of a text in a form: what was changed in it since the form was
// opened, on the words that it was opened on, is made to the text as it is now.
func Merge(tx *db.Tx, me org.Actor, id db.ID, kind TextKind, opened, words string) error {
	if _, err := find(tx, me, id, kind.act()); err != nil {
		return err
	}
	wrong := problem.Invalid{}
	opened, words = tidy(problem.Invalid{}, "", opened, mostText), tidy(wrong, string(kind), words, mostText)
	if err := wrong.Err(); err != nil || opened == words {
		return err
	}
	all, err := TextsOf(tx, me, id)
	if err != nil {
		return err
	}
	was := all.Of(kind)
	mine := compared(opened, words)
	theirs := compared(opened, was.Words)
	_, change, err := livetext.Transform(theirs, mine)
	if err != nil {
		return err
	}
	_, err = was.typed(tx, me, id, Typed{Site: "form", Number: was.Revision + 1, Change: change})
	return err
}

// compared is what was done to a text, word by word.
func compared(before, after string) livetext.Change {
	var c livetext.Change
	for _, piece := range worddiff.Compare(before, after) {
		switch piece.How {
		case worddiff.Same:
			c = c.Keep(livetext.Units(piece.Text))
		case worddiff.Gone:
			c = c.Drop(livetext.Units(piece.Text))
		case worddiff.New:
			c = c.Put(piece.Text)
		}
	}
	return c
}

// Since is what was typed into the live texts of a conversation after the revisions that a page has;
// a site names that page. A text in which nothing was typed is left out.
func Since(tx *db.Tx, me org.Actor, id db.ID, has map[TextKind]int64, site string) (map[TextKind][]Typed, error) {
	if _, err := ByID(tx, me, id); err != nil {
		return nil, err
	}
	all, err := TextsOf(tx, me, id)
	if err != nil {
		return nil, err
	}
	found := map[TextKind][]Typed{}
	for kind, revision := range has {
		if !kind.Live() {
			continue
		}
		since, err := all.Of(kind).since(tx, me, revision, site)
		if err != nil {
			return nil, err
		}
		if len(since) > 0 {
			found[kind] = since
		}
	}
	return found, nil
}

// mostSince is how many changes are given one by one.
const mostSince = 2000

// since are the changes of the text after a revision; the whole text where they are not all there.
func (t Text) since(tx *db.Tx, me org.Actor, revision int64, site string) ([]Typed, error) {
	if t.Revision <= revision {
		return nil, nil
	}
	if t.Revision-revision <= mostSince {
		list, err := db.List(tx, scanTyped, `
			select revision, site, number, change from conversation_typing
			where organisation_id = $1 and text_id = $2 and revision > $3 and revision <= $4 order by revision`, me.Organisation, t.id, revision, t.Revision)
		if err != nil || int64(len(list)) == t.Revision-revision {
			return list, err
		}
	}
	last, err := db.One(tx, db.Scanned[int64], `
		select coalesce(max(number), 0) from conversation_typing
		where organisation_id = $1 and text_id = $2 and site = $3`, me.Organisation, t.id, site)
	return []Typed{{Revision: t.Revision, Number: last, Words: &t.Words}}, err
}

func scanTyped(row db.Row) (Typed, error) {
	var t Typed
	var change string
	if err := row.Scan(&t.Revision, &t.Site, &t.Number, &change); err != nil {
		return t, err
	}
	if err := json.Unmarshal([]byte(change), &t.Change); err != nil {
		return t, errors.New("a change that was kept cannot be read")
	}
	return t, nil
}

// Tidy forgets single changes: an hour after they were typed all but the last of each page, by which one
// that is sent again is known; after a month that one too.
func Tidy(tx *db.Tx) error {
	if _, err := tx.Exec("delete from conversation_typing where at < $1", tx.Now().AddDate(0, -1, 0)); err != nil {
		return err
	}
	_, err := tx.Exec(`
		delete from conversation_typing where at < $1 and exists (
			select 1 from conversation_typing later where later.organisation_id = conversation_typing.organisation_id
			and later.text_id = conversation_typing.text_id and later.site = conversation_typing.site
			and later.number > conversation_typing.number)`, tx.Now().Add(-sitting))
	return err
}
