package commitment

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// mine narrows commitments to those that the actor has a side in: $1 the organisation, $2 the
// actor, $3 what readsSince gives. Before the yes of the one who would promise, a proposal is
// between them and the one who wrote it down. Who has left reads for thirty days.
const mine = `c.organisation_id = $1 and c.id in (
		select p.id from commitments p where p.organisation_id = $1 and p.by_person_id = $2
		union all
		select p.id from commitments p where p.organisation_id = $1 and p.keeper_id = $2
		union all
		select p.id from commitments p where p.organisation_id = $1 and p.to_person_id = $2 and p.agreed_at is not null
		union all
		select p.id from commitments p where p.organisation_id = $1 and p.written_by_id = $2 and p.agreed_at is null)
	and ` + reads

const reads = `exists (
	select 1 from people me where me.organisation_id = $1 and me.id = $2 and (me.left_at is null or me.left_at > $3))`

// readsSince is when somebody must have left at the earliest to read still.
func readsSince(tx *db.Tx) time.Time { return tx.Now().AddDate(0, 0, -30) }

// Act is something done to a commitment. History lists what was done under these names.
type Act string

// The acts of the two sides.
const (
	Made           Act = "made"
	Accept         Act = "accepted"
	Decline        Act = "declined"
	TakeBack       Act = "taken back" // a proposal, by the one who wrote it down
	SayDone        Act = "said done"
	Confirm        Act = "confirmed"
	Differ         Act = "differed"
	ProposeChange  Act = "change proposed"
	AgreeToChange  Act = "change agreed"
	DeclineChange  Act = "change declined"
	WithdrawChange Act = "change withdrawn"
	Release        Act = "released"
	LetGo          Act = "let go"          // alone, after the other side has left
	AnswerChange   Act = "change answered" // with a proposal of one's own
	CallBroken     Act = "broken"
	NotYet         Act = "not yet" // the answer at the check-in
	ChangeLapsed   Act = "change lapsed"
	PassedOn       Act = "passed on"      // somebody else took it over
	NotTakenOver   Act = "not taken over" // somebody else would not
)

// Why an act is refused, and what can be done instead.
const (
	notYetAgreed        = problem.Refused("This is a proposal: it counts once the one who would promise has said yes.")
	aRecord             = problem.Refused("This was brought along from elsewhere. It is a record: nothing can be changed in it.")
	youHaveLeft         = problem.Refused("You have left this organisation. You can read this, and it is in your export.")
	alreadySettled      = problem.Refused("This is settled already. Its history is below.")
	oneChangeWaits      = problem.Refused("Your own proposal waits for an answer already. Withdraw it first.")
	noChangeWaits       = problem.Refused("No change waits for an answer: it was answered or withdrawn meanwhile.")
	nobodyThere         = problem.Refused("The other side has left the organisation, so nobody can agree to it. You can let it go.")
	notSaidDone         = problem.Refused("They have not said yet that it is done.")
	notLookBackYet      = problem.Refused("The day to look back on it has not come yet.")
	lookedBack          = problem.Refused("You have looked back on it. You are asked again when you two agree on another day.")
	stillTime           = problem.Refused("It can be called broken only after the day it is due.")
	stillTimeThere      = problem.Refused("Where the one who promised is, the day it is due is not over yet.")
	firstTalk           = problem.Refused("They say that it is done. Say first that you see it otherwise, and talk about it.")
	changedSince        = problem.Refused("What this would take over was changed since. Both sides need to agree again on passing it on.")
	enoughSaid          = problem.Refused("A lot was said about this promise. Settle it, or write down a new one.")
	alreadySaid         = problem.Refused("You have said that it is done. It waits for the other side to confirm.")
	alreadyDiffers      = problem.Refused("You have said that you see it otherwise. Talk about it; you can confirm it at any time.")
	onlyPromiser        = problem.Refused("Only the one who promised can do this.")
	onlyReceiver        = problem.Refused("Only the one it was promised to can do this.")
	onlyWriter          = problem.Refused("Only the one who wrote this down can take it back.")
	onlyProposer        = problem.Refused("Only the one who proposed the change can withdraw it.")
	onlyTheOtherSide    = problem.Refused("Your proposal waits for the other side. You can withdraw it.")
	alreadyAnsweredByUs = problem.Refused("This has been answered already.")
)

func (c Commitment) promiser(me org.Actor) bool { return c.By.Is(me) || c.keeps(me) }
func (c Commitment) receiver(me org.Actor) bool { return c.To.Is(me) || c.keeps(me) }
func (c Commitment) keeps(me org.Actor) bool    { return c.Keeper != "" && c.Keeper == me.Person }

// otherLeft tells whether the actor is the only side that is still here.
func (c Commitment) otherLeft(me org.Actor) bool {
	return c.By.Is(me) && c.ToLeft || c.To.Is(me) && c.ByLeft
}

// Can tells whether the actor, on this day of theirs, may do the act: for offering it.
func (c Commitment) Can(act Act, me org.Actor, on civil.Date) bool { return c.can(act, me, on) == nil }

// can is the whole of who may do what to a commitment, and when: nil, or why not.
func (c Commitment) can(act Act, me org.Actor, on civil.Date) error {
	switch {
	case c.BroughtAlong:
		return aRecord
	case me.Left:
		return youHaveLeft
	}
	switch act {
	case Accept, Decline, TakeBack:
		return c.canAnswerProposal(act, me)
	}
	switch c.State {
	case Proposed:
		return notYetAgreed
	case Open:
		return c.canWhileOpen(act, me, on)
	}
	return alreadySettled
}

func (c Commitment) canAnswerProposal(act Act, me org.Actor) error {
	switch {
	case c.State != Proposed:
		return alreadyAnsweredByUs
	case act == TakeBack && c.WrittenBy.Person != me.Person:
		return onlyWriter
	case act != TakeBack && !c.promiser(me):
		return onlyPromiser
	}
	return nil
}

func (c Commitment) canWhileOpen(act Act, me org.Actor, on civil.Date) error {
	switch act {
	case SayDone:
		return first(
			refusal{!c.promiser(me), onlyPromiser},
			refusal{!c.SaidDoneAt.IsZero() && c.DiffersAt.IsZero(), alreadySaid})
	case Confirm:
		return first(
			refusal{!c.receiver(me), onlyReceiver},
			refusal{c.SaidDoneAt.IsZero() && !c.keeps(me), notSaidDone})
	case Differ:
		return first(
			refusal{!c.receiver(me), onlyReceiver},
			refusal{c.SaidDoneAt.IsZero(), notSaidDone},
			refusal{!c.DiffersAt.IsZero(), alreadyDiffers})
	case NotYet:
		return first(refusal{!c.receiver(me) && !c.promiser(me), onlyReceiver}, refusal{on.Before(c.CheckIn), notLookBackYet}, refusal{c.looked(me), lookedBack})
	case Release:
		return first(refusal{!c.receiver(me), onlyReceiver})
	case LetGo:
		return first(refusal{!c.otherLeft(me), onlyReceiver})
	case CallBroken:
		saysDone := !c.SaidDoneAt.IsZero() && c.DiffersAt.IsZero()
		return first(
			refusal{!c.receiver(me), onlyReceiver},
			refusal{!on.After(c.Due), stillTime},
			refusal{saysDone && !c.keeps(me), firstTalk})
	}
	return c.canChange(act, me)
}

func (c Commitment) canChange(act Act, me org.Actor) error {
	waits := c.Change.ID != ""
	proposer := c.Change.By.Is(me)
	switch act {
	case ProposeChange:
		return first(refusal{waits && proposer, oneChangeWaits}, refusal{c.otherLeft(me), nobodyThere})
	case AgreeToChange, DeclineChange:
		return first(refusal{!waits, noChangeWaits}, refusal{proposer, onlyTheOtherSide})
	case WithdrawChange:
		return first(refusal{!waits, noChangeWaits}, refusal{!proposer, onlyProposer})
	}
	return problem.NotFound
}

type refusal struct {
	holds bool
	says  problem.Refused
}

func first(all ...refusal) error {
	for _, r := range all {
		if r.holds {
			return r.says
		}
	}
	return nil
}

// find looks up a commitment of the actor for doing something to it.
func find(tx *db.Tx, me org.Actor, id db.ID, act Act) (Commitment, error) {
	c, err := ByID(tx, me, id)
	if err != nil {
		return c, err
	}
	return c, c.can(act, me, today(tx, me))
}

// mostSaid is how much may be done to a promise that does not settle it: proposals back and forth, and
// words that it is done or not.
const mostSaid = 200

func (c Commitment) mayGoOn(tx *db.Tx, me org.Actor) error {
	var said int64
	err := tx.Get("select count(*) from commitment_acts where organisation_id = $1 and commitment_id = $2", me.Organisation, c.ID).Scan(&said)
	if err == nil && said >= mostSaid {
		err = enoughSaid
	}
	return err
}
