package commitment

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Happened is what one side answers on the day to look back: did it happen?
type Happened string

// The answers on the day to look back.
const (
	Yes          Happened = "yes"     // from the receiver: kept; from who promised: done
	StillNot     Happened = "not yet" // stays open
	ItDidNotKeep Happened = "no"      // broken, by the receiver alone, after the due date
)

// Look is the answer of one side on the day to look back. Another day that comes with "not yet" is a
// proposal to the other side, as any change is.
type Look struct {
	Happened Happened
	Note     string
	Due      civil.Date // zero: none is proposed
}

// LookBack is the check-in. Each side is asked once on the day that the two agreed on; when they agree
// on another, once again on that one.
func LookBack(tx *db.Tx, me org.Actor, id db.ID, in Look) error {
	c, err := find(tx, me, id, NotYet)
	if err != nil {
		return err
	}
	switch {
	case in.Happened == Yes && c.receiver(me):
		return c.settle(tx, me, Kept, Confirm, in.Note)
	case in.Happened == Yes:
		return SayItIsDone(tx, me, id, in.Note)
	case in.Happened == ItDidNotKeep && c.receiver(me):
		return CallItBroken(tx, me, id, in.Note)
	case in.Happened == StillNot:
		return c.stillNot(tx, me, in)
	}
	return problem.Invalid{"happened": "Please say whether it happened."}
}

func (c Commitment) stillNot(tx *db.Tx, me org.Actor, in Look) error {
	if err := c.mayGoOn(tx, me); err != nil {
		return err
	}
	if c.promiser(me) {
		c.ByLooked = c.CheckIn
	}
	if c.receiver(me) {
		c.ToLooked = c.CheckIn
	}
	if err := c.save(tx, me, NotYet, in.Note); err != nil {
		return err
	}
	if !in.Due.IsZero() {
		return Propose(tx, me, c.ID, NewTerms{Due: in.Due})
	}
	return c.tell(tx, me, c.other(me), notice.Answered)
}

// looked tells whether the actor has answered on the day to look back.
func (c Commitment) looked(me org.Actor) bool {
	if c.receiver(me) {
		return c.ToLooked == c.CheckIn
	}
	return c.ByLooked == c.CheckIn
}

// asksToLookBack tells whether the day to look back has come for the actor: not once they have answered,
// nor while they speak of another day or wait for the other side's word.
func (c Commitment) asksToLookBack(me org.Actor, on civil.Date) bool {
	return (c.receiver(me) || c.promiser(me) && c.SaidDoneAt.IsZero()) && c.Change.ID == "" && !on.Before(c.CheckIn) && !c.looked(me)
}

// Wait says what a commitment waits for from one side.
type Wait string

// What a commitment can wait for.
const (
	ForNothing   Wait = ""
	ForMyYes     Wait = "my yes"         // somebody wrote it down as my promise
	ForMyAnswer  Wait = "my answer"      // the other side proposes a change
	ForMyWord    Wait = "my word"        // they say it is done
	ForMyLook    Wait = "my look back"   // the day to look back has come
	ForTheTalk   Wait = "a conversation" // the two see it differently
	ForMyPromise Wait = "my promise"     // due today or before
)

// WaitsFor tells what the commitment waits for from the actor on a day of theirs.
func (c Commitment) WaitsFor(me org.Actor, on civil.Date) Wait {
	switch {
	case me.Left || c.BroughtAlong:
		return ForNothing
	case c.State == Proposed && c.By.Is(me):
		return ForMyYes
	case c.State != Open:
		return ForNothing
	case c.Change.ID != "" && !c.Change.By.Is(me):
		return ForMyAnswer
	case !c.DiffersAt.IsZero():
		return ForTheTalk
	case !c.SaidDoneAt.IsZero() && c.receiver(me):
		return ForMyWord
	case c.asksToLookBack(me, on):
		return ForMyLook
	case c.promiser(me) && c.SaidDoneAt.IsZero() && !on.Before(c.Due):
		return ForMyPromise
	}
	return ForNothing
}
