package conversation

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Every reading in this package is narrowed by these: $1 is the organisation, $2 the actor.
const (
	// mine are the conversations in which the actor is a side.
	mine = "c.organisation_id = $1 and (c.owner_id = $2 or c.partner_id = $2)"
	// textSeen leaves out the private notes of the other side.
	textSeen = "(t.writer_id is null and (c.owner_id = $2 or t.changed_by_id = $2 or t.left_words is not null or not " + fell + ") or t.writer_id = $2 and " + lineHolds + ")"
	// asLeft tells of a shared text of a meeting that fell, into which the owner went on writing: the actor reads it as
	// they left it themselves.
	asLeft = "(t.writer_id is null and c.owner_id <> $2 and t.changed_by_id <> $2 and t.left_words is not null and " + fell + ")"
	// itemSeen leaves out what the other side keeps on its own list.
	itemSeen = "(i.shared and " + stillShared + " or i.by_id = $2 and " + lineHolds + ")"
	// stillShared leaves out what an owner put on the agenda of a meeting that their former manager never came to:
	// it was meant for talking, and the talk fell with the reporting line.
	stillShared = "(c.owner_id = $2 or i.by_id = $2 or not " + fell + ")"
	// lineHolds leaves out what a manager kept for themselves about somebody whom they no longer lead: it ends
	// with the reporting line. Who leaves the organisation, or is left, reads on what they wrote.
	lineHolds = "(c.owner_id = $2 or not exists (" + endedLine + `) or exists (
		select 1 from people w where w.organisation_id = c.organisation_id and w.id in (c.owner_id, c.partner_id) and w.left_at is not null))`
	endedLine = "select 1 from reporting_lines l where l.organisation_id = c.organisation_id and l.id = c.line_id and l.ended_at is not null"
	// fell tells of a meeting that never took place and that belonged to a line which has ended, whichever came first.
	fell = "(c.cancelled_because = 'line' or c.state = 'cancelled' and exists (" + endedLine + "))"
)

// Fell tells whether it never took place and belonged to a reporting line that has ended: what one put on its table was
// meant for talking, and is theirs alone now.
func (c Conversation) Fell() bool {
	return !c.BroughtAlong && c.State == Cancelled && (c.CancelledBecause == ByLine || c.LineEnded)
}

// Act is something that a side does to a conversation.
type Act string

// The acts. Each side may do each of them, at its time.
const (
	Accepting      Act = "accept"
	Proposing      Act = "propose" // another time
	Cancelling     Act = "cancel"
	Skipping       Act = "skip"            // one that is part of a year of conversations
	SettingAgenda  Act = "set the agenda"  // or one's own list
	TakingOff      Act = "take off a line" // of one's own
	Ending         Act = "end"
	Amending       Act = "amend" // what came of it, once held
	WritingNotes   Act = "write notes"
	KeepingPrivate Act = "keep private notes"
)

const (
	aRecord      = problem.Refused("This was brought along from elsewhere. It is a record: nothing can be changed in it.")
	youHaveLeft  = problem.Refused("You have left this organisation. You can read this, and it is in your export.")
	otherLeft    = problem.Refused("The other side has left the organisation. What you wrote together stays as it is; your private notes are open to you.")
	isHeld       = problem.Refused("This conversation has been held. What came of it stands below.")
	isCancelled  = problem.Refused("This conversation was cancelled. You can ask for a new one at any time.")
	isAgreed     = problem.Refused("This time is agreed already.")
	yourProposal = problem.Refused("You proposed this time: it waits for the other side. You can propose another one, or cancel.")
	notAgreed    = problem.Refused("The time is not agreed yet. Once it is, and you have met, you can end it here.")
	notItsDay    = problem.Refused("Its day has not come yet. If you met earlier, propose that you move it first.")
	notOfAYear   = problem.Refused("This is not part of a year of conversations. You can propose another time, or cancel it.")
	noLongerLed  = problem.Refused("Your own notes about somebody whom you lead end when you no longer do. What the two of you wrote together stays.")
	notHeld      = problem.Refused("It has not been held yet.")
)

// Can tells whether the actor, on this day of theirs, may do the act: for offering it.
func (c Conversation) Can(act Act, me org.Actor, on civil.Date) bool {
	return c.can(act, me, on) == nil
}

// can is the whole of who may do what to a conversation, and when: nil, or why not. The actor
// is one of the sides: else they would not have found it.
func (c Conversation) can(act Act, me org.Actor, on civil.Date) error {
	switch {
	case me.Left:
		return youHaveLeft
	case c.BroughtAlong:
		return aRecord
	case act == KeepingPrivate && c.LineEnded && !c.OwnerLeft && c.Partner.Is(me):
		return noLongerLed
	case act == KeepingPrivate:
		return nil
	case c.OtherLeft(me):
		return otherLeft
	case act == TakingOff && c.Fell():
		return nil
	case c.State == Cancelled:
		return isCancelled
	case c.State == Held && act != Amending && act != WritingNotes:
		return isHeld
	}
	switch act {
	case Accepting:
		return c.canAccept(me)
	case Skipping:
		if c.Cadence == "" || !c.Stands() {
			return notOfAYear
		}
	case Ending:
		return c.canEnd(me, on)
	case Amending:
		if c.State != Held {
			return notHeld
		}
	}
	return nil
}

func (c Conversation) canAccept(me org.Actor) error {
	if c.Stands() {
		return isAgreed
	}
	if c.ProposedBy == me.Person {
		return yourProposal
	}
	return nil
}

func (c Conversation) canEnd(me org.Actor, on civil.Date) error {
	if !c.Stands() {
		return notAgreed
	}
	if on.Before(civil.In(c.At, me.Zone)) {
		return notItsDay
	}
	return nil
}
