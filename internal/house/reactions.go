package house

import (
	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/handover"
	"github.com/ownward/ownward/internal/invitation"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/pitch"
	"github.com/ownward/ownward/internal/programme"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/round"
	"github.com/ownward/ownward/internal/share"
)

// What a package above does, in the same transaction, when something happens below it.
func init() {
	for _, kind := range []string{"person added", "person changed", "person returned"} {
		event.React(kind, account.PersonChanged)
	}
	event.React("people imported", account.PeopleImported)
	event.React("person left", share.PersonLeft)
	event.React("person left", link.PersonLeft)
	event.React("person left", conversation.PersonLeft)
	event.React("person left", gap.PersonLeft)
	event.React("line ended", handover.LineEnded) // first: the notice of that day leads there
	event.React("line began", handover.LineBegan)
	event.React("person left", handover.PersonLeft)
	event.React("commitment accepted", handover.TakenOver)
	event.React("line ended", conversation.LineEnded)
	event.React("line ended", proposal.LineEnded)
	event.React("person left", ask.PersonLeft)
	event.React("person left", frozen.PersonLeft)
	event.React("person left", pitch.PersonLeft)
	event.React("person left", mentor.PersonLeft) // before the next, which gives places back: nobody is asked then who leaves
	event.React("person left", mentorship.PersonLeft)
	event.React("person left", round.PersonLeft)
	event.React("mentor place taken", mentorship.Begin)
	for _, kind := range []string{"skill list imported", "skill entry added", "skill entry changed", "skill entry removed"} {
		event.React(kind, mentor.SkillsRenamed)
	}
	event.React("line began", mentorship.LineBegan)
	event.React("people imported", mentorship.PeopleImported)
	event.React("person left", question.PersonLeft)
	event.React("ask came back", pitch.CameBack)
	event.React("shared", notice.ThingShared)
	for _, kind := range []string{"conversation requested", "conversation agreed", "time proposed", "conversation moved", "conversation skipped", "conversation cancelled"} {
		event.React(kind, invitation.Follow)
	}
	event.React("year laid out", invitation.YearLaidOut)
	event.React("address of a contact changed", invitation.ContactChanged)
}

func init() {
	for _, kind := range referral.PromiseEnds {
		event.React(kind, referral.PromiseEnded)
	}
	event.React("person left", referral.PersonLeft)
}

func init() {
	for _, kind := range programme.GrantedBy {
		event.React(kind, programme.AskGranted)
	}
	event.React("person left", programme.PersonLeft)
}

func init() {
	for _, kind := range []string{"conversation held", "conversation cancelled", "conversation skipped", "conversation requested"} {
		event.React(kind, conversation.NotReachedGoesOn)
	}
}

func init() { event.React("person left", budget.PersonLeft) }

// Where people are decides when their mornings are.
func init() {
	for _, kind := range []string{"person added", "person changed", "person returned", "time zone chosen"} {
		event.React(kind, digest.PersonMoved)
	}
	event.React("people imported", digest.PeopleMoved)
}
