package conversation

import (
	"errors"
	"maps"
	"strconv"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// EndInput is what came of a conversation, as one side writes it down.
type EndInput struct {
	Revision int64     // of the outcome
	Outcome  string    // both sides read it, and may mend it afterwards
	Promises []Promise // those that are empty are passed over
	Next     NextInput // by End alone: proposed unless a next one stands
}

// Promise is what one of the two takes on. What the actor promises is open at once; what they
// write down for the other side waits for that side's yes.
type Promise struct {
	ByOther bool // the other side promises it
	Words   string
	Due     civil.Date
}

// End notes that the two met, what came of it, and what was promised.
//
// Errors: problem.Conflict with both texts when the other side ended it meanwhile, problem.Invalid
// by field: of the promise number n, "words-n" and "due-n".
func End(tx *db.Tx, me org.Actor, id db.ID, in EndInput) error {
	c, err := ByID(tx, me, id)
	if err != nil {
		return err
	}
	if c.State == Held && !me.Left {
		return Amend(tx, me, id, in)
	}
	if err := c.can(Ending, me, civil.In(tx.Now(), me.Zone)); err != nil {
		return err
	}
	c.State, c.HeldAt = Held, tx.Now()
	if err := c.arrange(tx, me, "conversation held"); err != nil {
		return err
	}
	if err := c.conclude(tx, me, in); err != nil {
		return err
	}
	if err := c.tell(tx, me, notice.Asked); err != nil { // whether that is what they agreed
		return err
	}
	return in.Next.propose(tx, me, c)
}

// NextInput is when the two are to meet next, where they say so as they end.
type NextInput struct {
	Kind Kind
	Time // zero: not said
}

// propose asks for the next conversation of the same two.
func (in NextInput) propose(tx *db.Tx, me org.Actor, c Conversation) error {
	if in.At.IsZero() {
		return nil
	}
	if _, err := c.next(tx, me.Organisation); !errors.Is(err, problem.NotFound) {
		return err // one stands by now
	}
	_, err := Request(tx, me, Input{With: c.Other(me), Kind: in.Kind, Time: in.Time})
	return err
}

// Amend mends what came of a conversation that was held, and adds promises to it.
func Amend(tx *db.Tx, me org.Actor, id db.ID, in EndInput) error {
	c, err := find(tx, me, id, Amending)
	if err != nil {
		return err
	}
	return c.conclude(tx, me, in)
}

func (c Conversation) conclude(tx *db.Tx, me org.Actor, in EndInput) error {
	changed, err := write(tx, me, c.ID, Outcome, in.Revision, in.Outcome)
	if err != nil {
		return err
	}
	if changed {
		if err := c.happened(tx, me, "conversation outcome written"); err != nil {
			return err
		}
	}
	wrong := problem.Invalid{}
	for n, promise := range in.Promises {
		if promise.Words == "" && promise.Due.IsZero() {
			continue
		}
		if err := c.make(tx, me, n+1, promise, wrong); err != nil {
			return err
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return c.agreesByEnding(tx, me)
}

// make writes down one promise; what is wrong with it is noted under its number.
func (c Conversation) make(tx *db.Tx, me org.Actor, number int, in Promise, wrong problem.Invalid) error {
	by, to := me.Self(), c.Other(me)
	if in.ByOther {
		by, to = to, by
	}
	_, err := commitment.Make(tx, me, c.Thing(), commitment.Input{By: by, To: to, Words: in.Words, Due: in.Due})
	var invalid problem.Invalid
	if !errors.As(err, &invalid) {
		return err
	}
	for field, message := range maps.All(invalid) {
		wrong.Add(field+"-"+strconv.Itoa(number), message)
	}
	return nil
}
