package commitment

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// AcceptProposal is the yes of the one who would promise: now it is open. Where it takes over
// another promise, that one ends.
func AcceptProposal(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := find(tx, me, id, Accept)
	if err != nil {
		return err
	}
	if err := c.endReplaced(tx, me); err != nil {
		return err
	}
	c.State, c.AgreedAt = Open, tx.Now()
	if err := c.save(tx, me, Accept, ""); err != nil {
		return err
	}
	if err := c.remind(tx, me.Organisation); err != nil {
		return err
	}
	if err := c.tell(tx, me, c.WrittenBy, notice.Answered); err != nil {
		return err
	}
	return c.tell(tx, me, c.To, notice.Shared)
}

// endReplaced ends the promise that this one takes over. Neither side of that one needs to be
// the actor: both have agreed to pass it on.
func (c Commitment) endReplaced(tx *db.Tx, me org.Actor) error {
	if c.Replaces == "" {
		return nil
	}
	old, err := unscopedByID(tx, me.Organisation, c.Replaces)
	if err != nil {
		return err
	}
	if old.State != Open {
		return problem.Refuse("The promise that this one would take over is settled already.")
	}
	if changed, err := old.changedAfter(tx, me.Organisation, c.CreatedAt); err != nil || changed {
		return errors.Join(err, changedSince)
	}
	old.State, old.SettledAt = Released, tx.Now()
	if err := old.save(tx, me, PassedOn, ""); err != nil {
		return err
	}
	return old.tell(tx, me, old.By, notice.Answered)
}

// DeclineProposal is the no of the one who would have promised, with a word on why.
func DeclineProposal(tx *db.Tx, me org.Actor, id db.ID, why string) error {
	c, err := find(tx, me, id, Decline)
	if err != nil {
		return err
	}
	c.State, c.SettledAt = Declined, tx.Now()
	if err := c.save(tx, me, Decline, why); err != nil {
		return err
	}
	if c.Replaces != "" {
		old, err := unscopedByID(tx, me.Organisation, c.Replaces)
		if err != nil {
			return err
		}
		if err := old.did(tx, me, NotTakenOver, "", ""); err != nil {
			return err
		}
	}
	return c.tell(tx, me, c.WrittenBy, notice.Answered)
}

// TakeBackProposal ends a proposal before it was answered, by the one who wrote it down.
func TakeBackProposal(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := find(tx, me, id, TakeBack)
	if err != nil {
		return err
	}
	c.State, c.SettledAt = Released, tx.Now()
	return c.save(tx, me, TakeBack, "")
}

// SayItIsDone is said by the one who promised; the receiver confirms, or sees it otherwise.
func SayItIsDone(tx *db.Tx, me org.Actor, id db.ID, note string) error {
	c, err := find(tx, me, id, SayDone)
	if err != nil {
		return err
	}
	c.SaidDoneAt, c.DiffersAt = tx.Now(), time.Time{}
	if err := c.mayGoOn(tx, me); err != nil {
		return err
	}
	if err := c.save(tx, me, SayDone, note); err != nil {
		return err
	}
	return c.tell(tx, me, c.To, notice.Asked)
}

// ConfirmDone is the receiver's word that it happened: the promise is kept.
func ConfirmDone(tx *db.Tx, me org.Actor, id db.ID, note string) error {
	c, err := find(tx, me, id, Confirm)
	if err != nil {
		return err
	}
	return c.settle(tx, me, Kept, Confirm, note)
}

// SeeOtherwise is said by the receiver to "it is done": it stays open, to be talked about.
func SeeOtherwise(tx *db.Tx, me org.Actor, id db.ID, note string) error {
	c, err := find(tx, me, id, Differ)
	if err != nil {
		return err
	}
	c.DiffersAt = tx.Now()
	if err := c.mayGoOn(tx, me); err != nil {
		return err
	}
	if err := c.save(tx, me, Differ, note); err != nil {
		return err
	}
	return c.tell(tx, me, c.By, notice.Answered)
}

// ReleaseIt frees the one who promised; by the receiver alone.
func ReleaseIt(tx *db.Tx, me org.Actor, id db.ID, note string) error {
	c, err := find(tx, me, id, Release)
	if err != nil {
		return err
	}
	return c.settle(tx, me, Released, Release, note)
}

// LetItGo ends a promise whose other side has left the organisation.
func LetItGo(tx *db.Tx, me org.Actor, id db.ID, note string) error {
	c, err := find(tx, me, id, LetGo)
	if err != nil {
		return err
	}
	return c.settle(tx, me, Released, LetGo, note)
}

// CallItBroken is the receiver's word, after the due date, that it was not kept.
func CallItBroken(tx *db.Tx, me org.Actor, id db.ID, note string) error {
	c, err := find(tx, me, id, CallBroken)
	if err != nil {
		return err
	}
	if err := c.dayIsOver(tx, me); err != nil {
		return err
	}
	return c.settle(tx, me, Broken, CallBroken, note)
}

// dayIsOver tells whether the day on which it was due is over where the one who promised is, too: a
// day lasts longer in the west.
func (c Commitment) dayIsOver(tx *db.Tx, me org.Actor) error {
	if c.By.Person == "" || c.By.Is(me) {
		return nil
	}
	promiser, err := org.UnscopedActor(tx, me.Organisation, c.By.Person)
	if err == nil && !today(tx, promiser).After(c.Due) {
		err = stillTimeThere
	}
	return err
}

// settle ends an open promise. A change that still waits for an answer lapses.
func (c Commitment) settle(tx *db.Tx, me org.Actor, as State, act Act, note string) error {
	c.State, c.SettledAt = as, tx.Now()
	if err := c.save(tx, me, act, note); err != nil {
		return err
	}
	other := c.By
	if c.By.Is(me) {
		other = c.To
	}
	return c.tell(tx, me, other, notice.Answered)
}

// save writes what may change in a commitment and adds the act to its history.
func (c Commitment) save(tx *db.Tx, me org.Actor, act Act, note string) error {
	if _, err := tx.Exec(`
		update commitments set words = $1, due = $2, check_in = $3, state = $4, agreed_at = $5, said_done_at = $6,
			differs_at = $7, by_looked_on = $8, to_looked_on = $9, settled_at = $10
		where organisation_id = $11 and id = $12`,
		c.Words, c.Due, c.CheckIn, string(c.State), c.AgreedAt, c.SaidDoneAt, c.DiffersAt, c.ByLooked, c.ToLooked, c.SettledAt,
		me.Organisation, c.ID); err != nil {
		return err
	}
	if !c.SettledAt.IsZero() && c.Change.ID != "" {
		if err := c.endChange(tx, me, lapsed, ChangeLapsed, ""); err != nil {
			return err
		}
	}
	return c.did(tx, me, act, note, "")
}

// did adds a line to the history and records the event.
func (c Commitment) did(tx *db.Tx, me org.Actor, act Act, note string, change db.ID) error {
	note = strings.TrimSpace(note)
	if utf8.RuneCountInString(note) > mostWords {
		return problem.Invalid{"note": "Please keep the note under 1,000 characters."}
	}
	if _, err := tx.Exec(`
		insert into commitment_acts (organisation_id, id, commitment_id, act, by_id, at, words, change_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		me.Organisation, tx.NewID(), c.ID, string(act), me.Person, tx.Now(), note, change); err != nil {
		return err
	}
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "commitment " + string(act), By: me.Person, Thing: c.Thing(),
		Facts: map[string]string{"by": string(c.By.Person), "to": string(c.To.Person), "origin_kind": c.Origin.Kind, "origin": string(c.Origin.ID)},
	})
}

// unscopedByID is for what follows on another commitment from an act on one of the actor's own.
func unscopedByID(tx *db.Tx, organisation, id db.ID) (Commitment, error) {
	return one(tx, organisation, "where c.organisation_id = $1 and c.id = $2", organisation, id)
}
