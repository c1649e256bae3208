package conversation

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Moment is when something was said of a conversation.
type Moment string

// The moments.
const (
	Before Moment = "before" // by a contact, by a link to the brief
	After  Moment = "after"  // whether what was written down is what the two agreed
)

// Said is what a side said of a conversation. Both sides read it.
type Said struct {
	ID       db.ID
	Moment   Moment
	By       db.ID  // empty: a contact, by a link
	Name     string // who said it
	Agrees   bool
	Words    string
	Revision int64 // of the outcome that they read
	At       time.Time
}

// Confirmation is what a side says to what came of a conversation.
type Confirmation struct {
	Revision int64 // of the outcome that they read
	Agrees   bool
	Words    string  // how they remember it, where they see it differently
	Promises []db.ID // of those that wait for their yes, the ones that they read
}

const changedSince = problem.Refused("What came of it was changed since you read it. Please read it once more, and say it then.")

// Confirm says whether what stands there is what the two agreed. A yes is also the yes to the
// promises of the actor's that were written down there and that they read. Said again, it takes the
// place of what they said before.
//
// Errors: problem.Refused when the outcome was changed meanwhile, problem.Invalid by field.
func Confirm(tx *db.Tx, me org.Actor, id db.ID, in Confirmation) error {
	c, err := find(tx, me, id, Amending)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "differs", in.Words, mostText)
	wrong.Check(in.Agrees || in.Words != "", "differs", "Please say in a sentence how you remember it.")
	if err := wrong.Err(); err != nil {
		return err
	}
	texts, err := TextsOf(tx, me, id)
	if err != nil {
		return err
	}
	if texts.Outcome.Revision != in.Revision {
		return changedSince
	}
	if in.Agrees {
		if err := c.acceptPromises(tx, me, in.Promises); err != nil {
			return err
		}
	}
	if err := c.says(tx, me, Said{Moment: After, By: me.Person, Agrees: in.Agrees, Words: in.Words, Revision: in.Revision}); err != nil {
		return err
	}
	if err := c.happened(tx, me, "conversation confirmed"); err != nil {
		return err
	}
	return c.tell(tx, me, notice.Answered)
}

// acceptPromises is the yes to those of the promises that came of the conversation and wait for it.
func (c Conversation) acceptPromises(tx *db.Tx, me org.Actor, ids []db.ID) error {
	if len(ids) == 0 {
		return nil
	}
	all, err := commitment.From(tx, me, c.Thing())
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.State == commitment.Proposed && p.By.Is(me) && slices.Contains(ids, p.ID) {
			if err := commitment.AcceptProposal(tx, me, p.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// says keeps what a side said, in the place of what it said at that moment before.
func (c Conversation) says(tx *db.Tx, me org.Actor, s Said) error {
	if _, err := tx.Exec(`
		delete from conversation_answers where organisation_id = $1 and conversation_id = $2 and moment = $3 and by_id = $4`,
		me.Organisation, c.ID, string(s.Moment), s.By); err != nil {
		return err
	}
	_, err := tx.Exec(`
		insert into conversation_answers (organisation_id, id, conversation_id, moment, by_id, name, agrees, words, revision, at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		me.Organisation, tx.NewID(), c.ID, string(s.Moment), s.By, s.Name, s.Agrees, s.Words, s.Revision, tx.Now())
	return err
}

// agreesByEnding is the yes of the one who wrote down what came of it.
func (c Conversation) agreesByEnding(tx *db.Tx, me org.Actor) error {
	texts, err := TextsOf(tx, me, c.ID)
	if err != nil {
		return err
	}
	return c.says(tx, me, Said{Moment: After, By: me.Person, Agrees: true, Revision: texts.Outcome.Revision})
}

// SaidOf lists what was said of a conversation of the actor's, the first first.
func SaidOf(tx *db.Tx, me org.Actor, id db.ID) ([]Said, error) {
	return db.List(tx, func(row db.Row) (Said, error) {
		var s Said
		err := row.Scan(&s.ID, &s.Moment, &s.By, &s.Name, &s.Agrees, &s.Words, &s.Revision, &s.At)
		return s, err
	}, `
		select a.id, a.moment, a.by_id, coalesce(p.name, a.name), a.agrees, a.words, a.revision, a.at
		from conversations c
		join conversation_answers a on a.organisation_id = c.organisation_id and a.conversation_id = c.id
		left join people p on p.organisation_id = a.organisation_id and p.id = a.by_id
		where `+mine+` and c.id = $3
		order by a.at, a.id`, me.Organisation, me.Person, id)
}
