// Package comment holds what people say about a passage of what somebody shows them: of a goal,
// the text of a section, a skill, a win, or a copy of a plan.
//
// Whoever sees the thing may comment on it. The owner of the thing reads all that was said, and
// answers and resolves it; who said something reads their own. Those who see the thing do not
// read what the others say. When the thing is shared no longer, the words stay with both, and the
// quoted passage with its owner alone.
package comment

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Comment is what somebody said about something of somebody else's.
type Comment struct {
	ID             db.ID
	Owner          org.Party // of the thing
	By             org.Party
	On             event.Thing
	Field          string // the text of the thing that it is about; empty: all of it
	MadeOn         int64  // the revision of the thing then
	Words          string
	Answer         string // of the owner
	AnsweredAt     time.Time
	ResolvedAt     time.Time // zero: open
	TakenBackAt    time.Time // by who said it; the words are gone then
	Revision       int64     // of the words
	AnswerRevision int64
	CreatedAt      time.Time
	ChangedAt      time.Time

	quote string // the passage, which is the owner's: see Placed
}

// IsOpen tells whether it was neither resolved nor taken back.
func (c Comment) IsOpen() bool { return c.ResolvedAt.IsZero() && c.TakenBackAt.IsZero() }

// Thing is the comment as something that happened to.
func (c Comment) Thing() event.Thing { return event.Thing{Kind: "comment", ID: c.ID} }

// Input is a comment as it is said.
type Input struct {
	Field string // the text of the thing that it is about; empty: found by the quote, or all of it
	Quote string // words that stand there; empty: the whole text
	Words string
}

const (
	mostWords = 5_000
	mostQuote = 1_000
	mostOpen  = 50 // comments of one person that one owner has not resolved
)

// Add says something about a thing that the actor sees.
//
// Errors: problem.NotFound when they do not see it, problem.Refused for a thing of their own or
// while very many of theirs are open, problem.Invalid by field otherwise.
func Add(tx *db.Tx, me org.Actor, on event.Thing, in Input) (Comment, error) {
	c := Comment{On: on, By: me.Self(), Field: in.Field, Revision: 1, AnswerRevision: 1, CreatedAt: tx.Now(), ChangedAt: tx.Now()}
	about, err := About(tx, me, on)
	if err != nil {
		return c, err
	}
	if about.Owner == me.Person {
		return c, problem.Refused("This is your own. Whoever sees it can comment on it, and you answer them.")
	}
	c.Owner, c.MadeOn = org.Party{Person: about.Owner, Name: about.OwnerName}, about.Revision
	wrong := problem.Invalid{}
	c.Words = tidy(wrong, "words", in.Words)
	wrong.Check(c.Words != "", "words", "Please say what you think.")
	c.mark(wrong, about, in)
	if err := wrong.Err(); err != nil {
		return c, err
	}
	if err := c.notTooMany(tx, me); err != nil {
		return c, err
	}
	c.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into comments (organisation_id, id, owner_id, by_id, thing_kind, thing_id, field, quote, made_on, words, answer,
			revision, answer_revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 1, 1, $11, $11)`,
		me.Organisation, c.ID, c.Owner.Person, me.Person, on.Kind, on.ID, c.Field, c.quote, c.MadeOn, c.Words, tx.Now()); err != nil {
		return c, err
	}
	if err := happened(tx, me, "commented", c); err != nil {
		return c, err
	}
	return c, notice.Tell(tx, me.Organisation, c.Owner.Person, notice.Commented, c.Thing(), "")
}

// mark finds the passage: the quoted words where they stand, or a whole text.
func (c *Comment) mark(wrong problem.Invalid, about plan.Written, in Input) {
	c.quote = flat(in.Quote)
	if c.Field != "" && about.Passage(c.Field).Words == "" {
		wrong.Add("field", "This text does not stand there any more. Please choose another.")
	}
	if utf8.RuneCountInString(c.quote) > mostQuote {
		wrong.Add("quote", "This is a lot to quote. Choose the whole text instead, and leave the quote empty.")
	}
	if c.quote == "" || len(wrong) > 0 {
		return
	}
	if c.Field != "" && strings.Contains(flat(about.Passage(c.Field).Words), c.quote) {
		return
	}
	for _, p := range about.Passages {
		if strings.Contains(flat(p.Words), c.quote) {
			c.Field = p.Field
			return
		}
	}
	wrong.Add("quote", "These words do not stand there as they are. Copy them from the text, or leave this empty.")
}

func (c Comment) notTooMany(tx *db.Tx, me org.Actor) error {
	var open int64
	err := tx.Get(`
		select count(*) from comments
		where organisation_id = $1 and by_id = $2 and owner_id = $3 and resolved_at is null and taken_back_at is null`,
		me.Organisation, me.Person, c.Owner.Person).Scan(&open)
	if err == nil && open >= mostOpen {
		err = problem.Refused("Fifty comments of yours are open there. Talk about those first.")
	}
	return err
}

// Change replaces the words of a comment of the actor's own, also when they do not see the thing
// any more.
//
// Errors: problem.Conflict when they were changed meanwhile, problem.Refused for the other side.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, words string) error {
	c, err := byMe(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	words = tidy(wrong, "words", words)
	wrong.Check(words != "", "words", "Please say what you think, or take it back.")
	if err := wrong.Err(); err != nil || words == c.Words {
		return err
	}
	if revision != c.Revision {
		return conflict("words", c.Revision, c.Words, words)
	}
	if _, err := tx.Exec(`
		update comments set words = $1, revision = revision + 1, changed_at = $2
		where organisation_id = $3 and id = $4 and by_id = $5`, words, tx.Now(), me.Organisation, id, me.Person); err != nil {
		return err
	}
	return happened(tx, me, "comment changed", c)
}

// Withdraw takes a comment of the actor's back. Its words are gone; what the owner answered stays
// with the owner.
func Withdraw(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := byMe(tx, me, id)
	if err != nil {
		return err
	}
	text, args := "delete from comments where organisation_id = $1 and id = $2 and by_id = $3", []any{me.Organisation, id, me.Person}
	if c.Answer != "" {
		text, args = "update comments set words = '', taken_back_at = $4 where organisation_id = $1 and id = $2 and by_id = $3", append(args, tx.Now())
	}
	if _, err := tx.Exec(text, args...); err != nil {
		return err
	}
	return happened(tx, me, "comment taken back", c)
}

// Reply answers a comment on something of the actor's, or replaces that answer; an empty one takes
// it away.
//
// Errors: problem.NotFound for anybody else, problem.Conflict when it was changed meanwhile.
func Reply(tx *db.Tx, me org.Actor, id db.ID, revision int64, answer string) error {
	c, err := onMine(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	answer = tidy(wrong, "answer", answer)
	if err := wrong.Err(); err != nil || answer == c.Answer {
		return err
	}
	if revision != c.AnswerRevision {
		return conflict("answer", c.AnswerRevision, c.Answer, answer)
	}
	at := tx.Now()
	if answer == "" {
		at = time.Time{}
	}
	if _, err := tx.Exec(`
		update comments set answer = $1, answered_at = $2, answer_revision = answer_revision + 1
		where organisation_id = $3 and id = $4 and owner_id = $5`, answer, at, me.Organisation, id, me.Person); err != nil {
		return err
	}
	if err := happened(tx, me, "comment answered", c); err != nil || answer == "" || !c.TakenBackAt.IsZero() {
		return err
	}
	return notice.Tell(tx, me.Organisation, c.By.Person, notice.Answered, c.Thing(), "")
}

// Resolve notes that there is nothing left to do about a comment on something of the actor's.
func Resolve(tx *db.Tx, me org.Actor, id db.ID) error {
	return setResolved(tx, me, id, tx.Now(), "comment resolved")
}

// Reopen takes a comment up again that was resolved.
func Reopen(tx *db.Tx, me org.Actor, id db.ID) error {
	return setResolved(tx, me, id, time.Time{}, "comment reopened")
}

func setResolved(tx *db.Tx, me org.Actor, id db.ID, at time.Time, kind string) error {
	c, err := onMine(tx, me, id)
	if err != nil || c.ResolvedAt.IsZero() == at.IsZero() {
		return err
	}
	if _, err := tx.Exec("update comments set resolved_at = $1 where organisation_id = $2 and id = $3 and owner_id = $4",
		at, me.Organisation, id, me.Person); err != nil {
		return err
	}
	return happened(tx, me, kind, c)
}

func conflict(field string, revision int64, theirs, mine string) error {
	return &problem.Conflict{Revision: revision, Theirs: map[string]string{field: theirs}, Mine: map[string]string{field: mine}}
}

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if n := utf8.RuneCountInString(text); n > mostWords {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(mostWords)+".")
	}
	return text
}

// flat is a text with one space between its words, as a browser gives what was marked.
func flat(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")), " ")
}

func happened(tx *db.Tx, me org.Actor, kind string, c Comment) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: c.Thing()})
}
