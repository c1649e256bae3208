package commitment

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ChangeState is where a proposed change stands.
type ChangeState string

// The states of a change. One at a time waits.
const (
	Waiting   ChangeState = "waiting"
	agreed    ChangeState = "agreed"
	declined  ChangeState = "declined"
	withdrawn ChangeState = "withdrawn"
	lapsed    ChangeState = "lapsed" // the promise was settled before an answer came
)

// Change is a proposal to agree on other words, dates or another owner, with what stood before.
type Change struct {
	ID         db.ID
	By         org.Party
	At         time.Time
	Words      string
	Due        civil.Date
	CheckIn    civil.Date
	Owner      org.Party // who would promise instead; zero: the same
	Note       string
	WasWords   string
	WasDue     civil.Date
	WasCheckIn civil.Date
	State      ChangeState
}

// NewTerms is a change as it is written down. What is left empty stays as it is.
type NewTerms struct {
	Words   string
	Due     civil.Date
	CheckIn civil.Date
	Owner   org.Party
	Note    string // why
	Answers db.ID  // the change by the other side that this is the answer to; it is declined by it
}

// Propose offers the other side a change. It counts when they agree; with a contact, whose
// side the actor keeps, it counts at once.
//
// One change waits at a time: a proposal of one's own may be the answer to the other side's. When
// theirs came meanwhile, both come back as problem.Conflict, and nothing is proposed.
func Propose(tx *db.Tx, me org.Actor, id db.ID, in NewTerms) error {
	c, err := find(tx, me, id, ProposeChange)
	if err != nil {
		return err
	}
	change, err := c.proposal(tx, me, in)
	if err != nil {
		return err
	}
	act := ProposeChange
	switch {
	case in.Answers != c.Change.ID && c.Change.ID != "":
		return c.bothProposed(change)
	case in.Answers != c.Change.ID:
		return noChangeWaits
	case in.Answers != "":
		act = AnswerChange
		if err := c.setChange(tx, me, declined); err != nil {
			return err
		}
	}
	if err := c.mayGoOn(tx, me); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		insert into commitment_changes (organisation_id, id, commitment_id, by_id, at, words, due, check_in, owner_id, note,
			was_words, was_due, was_check_in, state)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'waiting')`,
		me.Organisation, change.ID, c.ID, me.Person, tx.Now(), change.Words, change.Due, change.CheckIn, change.Owner.Person, change.Note,
		c.Words, c.Due, c.CheckIn); err != nil {
		return err
	}
	if err := c.did(tx, me, act, "", change.ID); err != nil {
		return err
	}
	c.Change = change
	if c.keeps(me) {
		return c.agree(tx, me)
	}
	return c.tell(tx, me, c.other(me), notice.Proposed)
}

// bothProposed is said to the second of two who proposed at once, with both texts.
func (c Commitment) bothProposed(mine Change) error {
	terms := func(h Change) map[string]string {
		return map[string]string{"words": h.Words, "due": h.Due.String(), "check_in": h.CheckIn.String(), "owner": h.Owner.Name, "note": h.Note}
	}
	return &problem.Conflict{Theirs: terms(c.Change), Mine: terms(mine)}
}

func (c Commitment) proposal(tx *db.Tx, me org.Actor, in NewTerms) (Change, error) {
	h := Change{
		ID: tx.NewID(), By: me.Self(), At: tx.Now(), Words: strings.TrimSpace(in.Words), Due: in.Due, CheckIn: in.CheckIn,
		Note: strings.TrimSpace(in.Note), State: Waiting,
	}
	if h.Words == "" {
		h.Words = c.Words
	}
	if h.Due.IsZero() {
		h.Due = c.Due
	}
	if h.CheckIn.IsZero() {
		if h.CheckIn = c.CheckIn; h.CheckIn.Before(h.Due) {
			h.CheckIn = ProposeCheckIn(today(tx, me), h.Due)
		}
	}
	wrong := checkTerms(h.Words, h.Due, h.CheckIn)
	wrong.Check(h.Due == c.Due || !h.Due.Before(today(tx, me)), "due", "This day has passed. Please choose a day from today on.")
	wrong.Check(utf8.RuneCountInString(h.Note) <= mostWords, "note", "Please keep the note under 1,000 characters.")
	if owner := in.Owner.String(); owner != "" && owner != c.By.String() {
		found, err := org.PartyFrom(tx, me, owner)
		if err != nil {
			return h, err
		}
		wrong.Check(found.Contact == "" && c.Keeper == "", "owner", "A promise with somebody from your contacts stays between you. Write down a new one instead.")
		wrong.Check(owner != c.To.String(), "owner", c.To.Name+" is the one it is promised to.")
		h.Owner = found
	}
	same := h.Words == c.Words && h.Due == c.Due && h.CheckIn == c.CheckIn && h.Owner.String() == ""
	wrong.Check(!same, "words", "This is what stands already. Change the words, a date, or who does it.")
	return h, wrong.Err()
}

// Agree is the yes of the other side to a change. Where somebody else is to promise instead,
// it then waits for their yes too, and the promise that stands is good until it comes.
func Agree(tx *db.Tx, me org.Actor, id, change db.ID) error {
	c, err := findChange(tx, me, id, change, AgreeToChange)
	if err != nil {
		return err
	}
	return c.agree(tx, me)
}

func (c Commitment) agree(tx *db.Tx, me org.Actor) error {
	h := c.Change
	if err := c.endChange(tx, me, agreed, AgreeToChange, ""); err != nil {
		return err
	}
	c.Change = Change{}
	if h.Owner.Person != "" {
		if err := c.passOn(tx, me, h); err != nil {
			return err
		}
		return c.tell(tx, me, h.By, notice.Answered)
	}
	c.Words, c.Due, c.CheckIn = h.Words, h.Due, h.CheckIn
	c.SaidDoneAt, c.DiffersAt = time.Time{}, time.Time{} // what was said was said of the old words
	if _, err := tx.Exec(`
		update commitments set words = $1, due = $2, check_in = $3, said_done_at = null, differs_at = null
		where organisation_id = $4 and id = $5`, c.Words, c.Due, c.CheckIn, me.Organisation, c.ID); err != nil {
		return err
	}
	if err := c.remind(tx, me.Organisation); err != nil {
		return err
	}
	return c.tell(tx, me, h.By, notice.Answered)
}

// passOn writes down, for somebody else, the promise that both sides agreed to pass on to them.
// It is the receiver's to take back.
func (c Commitment) passOn(tx *db.Tx, me org.Actor, h Change) error {
	owner, err := org.PartyFrom(tx, me, h.Owner.String())
	if err != nil {
		return err
	}
	next := Commitment{
		ID: tx.NewID(), By: owner, To: c.To, WrittenBy: c.To, Words: h.Words, Due: h.Due, CheckIn: h.CheckIn,
		State: Proposed, Origin: c.knownOrigin(), Replaces: c.ID, CreatedAt: tx.Now(),
	}
	if err := next.insert(tx, me.Organisation); err != nil {
		return err
	}
	if err := next.did(tx, me, Made, "", ""); err != nil {
		return err
	}
	return next.tell(tx, me, owner, notice.Proposed)
}

// SayNoToChange is the no of the other side to a change: what was agreed stands.
func SayNoToChange(tx *db.Tx, me org.Actor, id, change db.ID, note string) error {
	c, err := findChange(tx, me, id, change, DeclineChange)
	if err != nil {
		return err
	}
	if err := c.endChange(tx, me, declined, DeclineChange, note); err != nil {
		return err
	}
	return c.tell(tx, me, c.Change.By, notice.Answered)
}

// Withdraw takes a proposed change back, by the one who proposed it.
func Withdraw(tx *db.Tx, me org.Actor, id, change db.ID) error {
	c, err := findChange(tx, me, id, change, WithdrawChange)
	if err != nil {
		return err
	}
	return c.endChange(tx, me, withdrawn, WithdrawChange, "")
}

// findChange looks up the change that the actor has in front of them: an answer to one that is
// no longer waiting is refused, and never taken for an answer to the next.
func findChange(tx *db.Tx, me org.Actor, id, change db.ID, act Act) (Commitment, error) {
	c, err := find(tx, me, id, act)
	if err == nil && c.Change.ID != change {
		err = noChangeWaits
	}
	return c, err
}

func (c Commitment) endChange(tx *db.Tx, me org.Actor, as ChangeState, act Act, note string) error {
	if err := c.setChange(tx, me, as); err != nil {
		return err
	}
	return c.did(tx, me, act, note, c.Change.ID)
}

func (c Commitment) setChange(tx *db.Tx, me org.Actor, as ChangeState) error {
	_, err := tx.Exec(`
		update commitment_changes set state = $1, answered_at = $2
		where organisation_id = $3 and id = $4`, string(as), tx.Now(), me.Organisation, c.Change.ID)
	return err
}

// changedAfter tells whether the two agreed on other terms since.
func (c Commitment) changedAfter(tx *db.Tx, organisation db.ID, since time.Time) (bool, error) {
	var changed bool
	err := tx.Get(`
		select exists (select 1 from commitment_changes
			where organisation_id = $1 and commitment_id = $2 and state = 'agreed' and owner_id is null and answered_at > $3)`,
		organisation, c.ID, since).Scan(&changed)
	return changed, err
}

// other is the side that is not the actor.
func (c Commitment) other(me org.Actor) org.Party {
	if c.By.Is(me) {
		return c.To
	}
	return c.By
}
