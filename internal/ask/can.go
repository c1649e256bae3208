package ask

import (
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows asks to those that the actor may see: $1 the organisation, $2 the actor, $3 what
// readsSince gives. A draft is its owner's. What was sent is its owner's and of the one who is
// asked now; once decided, of the one who decided. Who has left reads for thirty days.
const seen = `a.organisation_id = $1 and a.id in (
		select mine.id from asks mine where mine.organisation_id = $1 and mine.owner_id = $2
		union all
		select with_me.ask_id from ask_sendings with_me
		where with_me.organisation_id = $1 and with_me.with_person_id = $2 and with_me.ended_at is null)
	and ` + reads

// sendingSeen narrows the sendings of such an ask: its owner reads all, the one asked what stands,
// and the versions of it that they had before.
const sendingSeen = "(s.ended_at is null or a.owner_id = $2 or s.replaced and s.with_person_id = $2)"

const reads = `exists (
	select 1 from people me where me.organisation_id = $1 and me.id = $2 and (me.left_at is null or me.left_at > $3))`

// readsSince is when somebody must have left at the earliest to read still.
func readsSince(tx *db.Tx) time.Time { return tx.Now().Add(-account.LeftFor) }

// act is something done to an ask.
type act int

const (
	toChange act = iota // and to remove
	toSend
	toWithdraw
	toTakeBack // an attachment
	toDecide
	toHandOn
	toHear
	toMove // the day on which it comes back, or whether it does
	toShow // evidence for a criterion
	toJudge
)

// Why an act is refused, and what can be done instead.
const (
	youHaveLeft     = problem.Refused("You have left this organisation. You can read this, and it is in your export.")
	wasSent         = problem.Refused("This was sent: what was sent stays as it is. Withdraw it to change it and send it again.")
	wasDecided      = problem.Refused("This has been answered. What was sent and what was answered stays as it is.")
	notSent         = problem.Refused("This is a draft: it has not been sent.")
	notAnswered     = problem.Refused("This has not been answered yet.")
	handOnByAPerson = problem.Refused("You asked somebody outside of Ownward. Send it to somebody else instead.")
	doesNotComeBack = problem.Refused("This does not come back: it was answered with a yes.")
	cameBack        = problem.Refused("This has come back already, as a new draft.")
	aRecord         = problem.Refused("This answer was brought along from elsewhere. It is a record: nothing can be changed in it.")
)

func (a Ask) owns(me org.Actor) bool { return a.Owner.Is(me) }

// answers tells whether the actor speaks for the one asked: that person, or, for a contact, the
// owner, who writes down what they heard.
func (a Ask) answers(me org.Actor) bool {
	return a.Whom.Is(me) || a.Whom.Contact != "" && a.owns(me)
}

// can is the whole of who may do what to an ask, and when: nil, or why not. What is not the
// actor's to do is not found.
func (a Ask) can(do act, me org.Actor) error {
	owners := do != toDecide && do != toHandOn && do != toJudge
	switch {
	case me.Left:
		return youHaveLeft
	case owners && !a.owns(me):
		return problem.NotFound
	}
	switch do {
	case toChange:
		return a.must(Draft)
	case toSend:
		if a.State == Sent {
			return nil // as a new version
		}
		return a.must(Draft)
	case toWithdraw:
		return a.must(Sent)
	case toTakeBack:
		if a.State == Draft {
			return notSent
		}
		return nil
	case toDecide, toHandOn:
		return a.canAnswer(do, me)
	}
	return a.canAfterwards(do, me)
}

func (a Ask) canAnswer(do act, me org.Actor) error {
	switch {
	case !a.answers(me):
		return problem.NotFound
	case do == toHandOn && a.Whom.Contact != "":
		return handOnByAPerson
	}
	return a.must(Sent)
}

func (a Ask) canAfterwards(do act, me org.Actor) error {
	switch {
	case do == toJudge && !a.answers(me):
		return problem.NotFound
	case do == toJudge && a.BroughtAlong:
		return aRecord
	}
	if err := a.must(Decided); err != nil {
		return err
	}
	if do == toMove {
		switch {
		case a.ComesBackOn.IsZero():
			return doesNotComeBack
		case a.CameBackAs != "":
			return cameBack
		}
	}
	return nil
}

// must refuses what cannot be done in any other state than this.
func (a Ask) must(state State) error {
	switch {
	case a.State == state:
		return nil
	case a.State == Draft:
		return notSent
	case state == Decided:
		return notAnswered
	case a.State == Sent:
		return wasSent
	}
	return wasDecided
}

// find looks up an ask for doing something to it.
func find(tx *db.Tx, me org.Actor, id db.ID, do act) (Ask, error) {
	a, err := ByID(tx, me, id)
	if err != nil {
		return a, err
	}
	return a, a.can(do, me)
}

// CanAnswer tells whether the ask waits for an answer that the actor can give or, for a contact,
// write down.
func (a Ask) CanAnswer(me org.Actor) bool { return a.can(toDecide, me) == nil }

// CanHandOn tells whether the actor can pass the ask to where it belongs.
func (a Ask) CanHandOn(me org.Actor) bool { return a.can(toHandOn, me) == nil }

// CanChange tells whether this is a draft of the actor's.
func (a Ask) CanChange(me org.Actor) bool { return a.can(toChange, me) == nil }

// CanWithdraw tells whether the actor can still take back what they sent.
func (a Ask) CanWithdraw(me org.Actor) bool { return a.can(toWithdraw, me) == nil }

// CanMove tells whether the actor can move the day on which the ask comes back.
func (a Ask) CanMove(me org.Actor) bool { return a.can(toMove, me) == nil }

// CanShow tells whether the actor can bring evidence for what must be shown.
func (a Ask) CanShow(me org.Actor) bool { return a.can(toShow, me) == nil }

// CanJudge tells whether the actor can say of what must be shown that it was.
func (a Ask) CanJudge(me org.Actor) bool { return a.can(toJudge, me) == nil }
