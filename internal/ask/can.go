package ask

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows asks to those that the actor may see: $1 the organisation, $2 the actor, $3 what
// readsSince gives. A draft is its owner's. What was sent is its owner's, of the one who is asked
// now and of who answers for the money; once decided, of those who decided. Who has left reads for
// thirty days.
const seen = `a.organisation_id = $1 and a.id in (` + ofTwo + `
		union all
		select for_money.ask_id from ask_approvals for_money
		where for_money.organisation_id = $1 and for_money.with_person_id = $2 and for_money.ended_how in ('', 'yes', 'not now', 'no'))
	and ` + reads

// seenWhole narrows asks to those of which the actor sees all: who answers for the money alone
// sees what was sent and how it was answered, and nothing else.
const seenWhole = `a.organisation_id = $1 and a.id in (` + ofTwo + `) and ` + reads

const ofTwo = `
		select mine.id from asks mine where mine.organisation_id = $1 and mine.owner_id = $2
		union all
		select with_me.ask_id from ask_sendings with_me
		where with_me.organisation_id = $1 and with_me.with_person_id = $2 and with_me.ended_at is null`

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
	toAskAgain
	toShow // evidence for a criterion
	toJudge
	toAskBack // return it with a question
	toReply   // to such a question
	toApprove // the money
	toTakeWordBack
	toThank
	toPropose // what must be shown, and to agree to that
	toFollow  // what was granted, to its end
)

// Why an act is refused, and what can be done instead.
const (
	youHaveLeft     = problem.Refused("You have left this organisation. You can read this, and it is in your export.")
	manyDrafts      = problem.Refused("You have two hundred drafts. Please send one, or throw one away, before you begin another.")
	wasSent         = problem.Refused("This was sent: what was sent stays as it is. Withdraw it to change it and send it again.")
	wasDecided      = problem.Refused("This has been answered. What was sent and what was answered stays as it is.")
	notSent         = problem.Refused("This is a draft: it has not been sent.")
	notAnswered     = problem.Refused("This has not been answered yet.")
	handOnByAPerson = problem.Refused("You asked somebody outside of Ownward. Send it to somebody else instead.")
	doesNotComeBack = problem.Refused("This does not come back: it was answered with a yes.")
	cameBack        = problem.Refused("This has come back already, as a new draft.")
	waitsForMoney   = problem.Refused("You said yes from your side, and it waits for a yes to the money. Take your word back first to answer differently.")
	noMoneyWaits    = problem.Refused("Nothing waits for a yes to the money here.")
	notYours        = problem.Refused("This waits for the word of somebody else.")
	questionWaits   = problem.Refused("A question waits for an answer already.")
	noQuestionWaits = problem.Refused("No question waits for you here: it was answered, or the ask was.")
	thanked         = problem.Refused("You have thanked them already. That stands.")
	notGranted      = problem.Refused("This was not granted, or not everything was shown yet.")
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
	switch {
	case me.Left:
		return youHaveLeft
	case !slices.Contains(othersActs, do) && !a.owns(me):
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
	case toDecide, toHandOn, toAskBack, toApprove, toTakeWordBack:
		return a.canAnswer(do, me)
	case toReply:
		if !a.AskedBack {
			return noQuestionWaits
		}
		return a.must(Sent)
	}
	return a.canAfterwards(do, me)
}

// othersActs are not the owner's, or not theirs alone.
var othersActs = []act{toDecide, toHandOn, toJudge, toAskBack, toApprove, toTakeWordBack, toPropose}

func (a Ask) canAnswer(do act, me org.Actor) error {
	first, second := a.answers(me), a.answersForMoney(me)
	theirs := first
	if do == toApprove || (do == toAskBack || do == toHandOn) && a.MoneyWaits {
		theirs = second
	}
	switch {
	case !first && !second:
		return problem.NotFound
	case do == toHandOn && a.Whom.Contact != "":
		return handOnByAPerson
	case a.State != Sent:
		return a.must(Sent)
	case (do == toApprove || do == toTakeWordBack) != a.MoneyWaits && do != toAskBack && (do != toHandOn || !second):
		return map[bool]error{true: waitsForMoney, false: noMoneyWaits}[a.MoneyWaits]
	case !theirs:
		return notYours
	case do == toAskBack && a.AskedBack:
		return questionWaits
	}
	return nil
}

// answersForMoney tells whether the actor speaks for who answers for the money.
func (a Ask) answersForMoney(me org.Actor) bool {
	return a.Money.Is(me) || a.Money.Contact != "" && a.owns(me)
}

// holder is with whom a sent ask waits: the one asked, or who answers for the money.
func (a Ask) holder() org.Party {
	if a.MoneyWaits {
		return a.Money
	}
	return a.Whom
}

func (a Ask) canAfterwards(do act, me org.Actor) error {
	switch {
	case do == toJudge && !a.answers(me), do == toPropose && !a.answers(me) && !a.owns(me):
		return problem.NotFound
	case do == toJudge && a.BroughtAlong:
		return aRecord
	}
	if err := a.must(Decided); err != nil {
		return err
	}
	if do == toPropose {
		switch {
		case a.BroughtAlong:
			return aRecord
		case a.Answer == Yes:
			return problem.Refused("This was a yes: nothing needs to be shown for it.")
		case a.WhomLeft, a.OwnerHasLeft:
			return problem.Refused("The other side has left. What must be shown is drawn up by two.")
		}
	}
	if do == toAskAgain && a.CanBeAskedElsewhere() {
		return nil
	}
	if do == toMove || do == toAskAgain {
		switch {
		case a.ComesBackOn.IsZero():
			return doesNotComeBack
		case a.CameBackAs != "":
			return cameBack
		}
	}
	return nil
}

// CanBeAskedElsewhere tells whether conditions of a yes are left without anybody who could say that
// they were shown, since who said it has left: then its owner can ask somebody else.
func (a Ask) CanBeAskedElsewhere() bool {
	return a.State == Decided && a.Answer == YesIf && a.WhomLeft && a.CameBackAs == "" && !a.BroughtAlong
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

// CanAnswerForMoney tells whether the ask waits for the actor's word on the money.
func (a Ask) CanAnswerForMoney(me org.Actor) bool { return a.can(toApprove, me) == nil }

// CanTakeWordBack tells whether the actor's yes waits for a yes to the money.
func (a Ask) CanTakeWordBack(me org.Actor) bool { return a.can(toTakeWordBack, me) == nil }

// CanAskBack tells whether the actor can return the ask with a question.
func (a Ask) CanAskBack(me org.Actor) bool { return a.can(toAskBack, me) == nil }

// CanReply tells whether a question waits for the actor's answer.
func (a Ask) CanReply(me org.Actor) bool { return a.can(toReply, me) == nil }

// WaitsFor tells whether the next word on the ask is the actor's.
func (a Ask) WaitsFor(me org.Actor) bool {
	if a.AskedBack {
		return a.owns(me)
	}
	return a.State == Sent && a.holder().Is(me)
}

// CanHandOn tells whether the actor can pass the ask to where it belongs.
func (a Ask) CanHandOn(me org.Actor) bool { return a.can(toHandOn, me) == nil }

// CanChange tells whether this is a draft of the actor's.
func (a Ask) CanChange(me org.Actor) bool { return a.can(toChange, me) == nil }

// CanWithdraw tells whether the actor can still take back what they sent.
func (a Ask) CanWithdraw(me org.Actor) bool { return a.can(toWithdraw, me) == nil }

// CanMove tells whether the actor can move the day on which the ask comes back.
func (a Ask) CanMove(me org.Actor) bool { return a.can(toMove, me) == nil }

// CanDrawUp tells whether the actor can propose what must be shown.
func (a Ask) CanDrawUp(me org.Actor) bool { return a.can(toPropose, me) == nil }

// CanThank tells whether the actor is the one who thanks for the answer.
func (a Ask) CanThank(me org.Actor) bool { return a.can(toThank, me) == nil }

// CanShow tells whether the actor can bring evidence for what must be shown.
func (a Ask) CanShow(me org.Actor) bool { return a.can(toShow, me) == nil }

// CanJudge tells whether the actor can say of what must be shown that it was.
func (a Ask) CanJudge(me org.Actor) bool { return a.can(toJudge, me) == nil }
