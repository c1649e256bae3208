package referral

import (
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// seen narrows introductions to those of the actor's: $1 the organisation, $2 the actor. The two who
// have it see it from the beginning; the third once the one who is to be helped has agreed, and no
// longer when it goes on without them.
const seen = `r.organisation_id = $1 and r.id in (
		select v.id from referrals v where v.organisation_id = $1 and v.by_id = $2
		union all
		select v.id from referrals v where v.organisation_id = $1 and v.for_id = $2
		union all
		select v.id from referrals v where v.organisation_id = $1 and v.third_person_id = $2
			and (v.state in ('asked', 'agreed') or v.introduced_at is not null))`

// own is whether the actor, $2, is one of the two; the third reads what is told, and the introduction.
const own = "(r.by_id = $2 or r.for_id = $2)"

const (
	youHaveLeft  = problem.Refused("You have left this organisation. You can read this, and it is in your export.")
	nobodyThere  = problem.Refused("Who was to introduce the two has left the organisation. You can let it go.")
	helpedLeft   = problem.Refused("Who was to be helped has left the organisation. On the page of the promise you can let it go.")
	answersHere  = problem.Refused("Whoever is here answers on a page of their own.")
	notPromised  = problem.Refused("First it waits for the yes of the one who would introduce the two.")
	isOver       = problem.Refused("This has ended. What happened stands below.")
	isMade       = problem.Refused("The introduction is made. It stays as it is.")
	enoughDone   = problem.Refused("Very much has happened to this one already. Bring it to its end, and begin another.")
	wentOn       = problem.Refused("It has gone on meanwhile. Look at where it stands now.")
	changedWords = problem.Refused("The words or the person changed meanwhile. Please read them once more before you agree.")
)

// Right is what somebody does to an introduction.
type Right string

// The rights, each of one side in some states.
const (
	ToName      Right = "name somebody"           // who introduces
	ToAgree     Right = "agree"                   // who is to be helped
	ToAnswer    Right = "answer"                  // the third
	ToBackOut   Right = "back out"                // the third: a no, after their yes too
	ToNote      Right = "note the answer"         // who introduces, of somebody outside
	ToIntroduce Right = "introduce"               // who introduces
	ToFollow    Right = "answer the one question" // who was helped
	ToLetGo     Right = "let it go"               // who is to be helped
)

// Can tells whether the actor may do it: for offering it.
func (r Referral) Can(right Right, me org.Actor) bool { return r.can(right, me) == nil }

// can is the whole of who may do what, and when: nil, or why not.
func (r Referral) can(right Right, me org.Actor) error {
	side := r.By
	states := []State{Looking, Offered, Asked, Agreed}
	switch right {
	case ToAgree:
		side, states = r.For, []State{Offered}
	case ToAnswer:
		side, states = r.Third, []State{Asked}
	case ToBackOut:
		side, states = r.Third, []State{Asked, Agreed}
	case ToNote:
		states = []State{Asked}
	case ToIntroduce:
		states = []State{Agreed}
	case ToFollow:
		side, states = r.For, []State{Introduced}
	case ToLetGo:
		side = r.For
	}
	switch {
	case !side.Is(me):
		return problem.NotFound
	case right == ToNote && r.Third.Contact == "":
		return answersHere
	case me.Left:
		return youHaveLeft
	case right == ToBackOut: // whoever has left
	case r.ByLeft && right != ToLetGo && right != ToFollow:
		return nobodyThere
	case r.ForLeft:
		return helpedLeft
	}
	return r.inState(states, right)
}

func (r Referral) inState(states []State, right Right) error {
	for _, s := range states {
		if s != r.State {
			continue
		}
		if r.Promise != commitment.Open && s != Introduced && right != ToBackOut && !(right == ToLetGo && r.Promise == commitment.Proposed) {
			return notPromised
		}
		return nil
	}
	switch r.State {
	case Closed:
		return isOver
	case Introduced:
		return isMade
	}
	return wentOn
}

// lookUp finds an introduction of the actor's for doing something to it.
func lookUp(tx *db.Tx, me org.Actor, id db.ID, right Right) (Referral, error) {
	r, err := ByID(tx, me, id)
	if err != nil {
		return r, err
	}
	return r, r.can(right, me)
}

// mostActs is how much happens to an introduction before nothing is begun anew in it.
const mostActs = 300

// hasRoom refuses where very much has happened already.
func (r Referral) hasRoom(tx *db.Tx, me org.Actor) error {
	var n int64
	if err := tx.Get("select count(*) from referral_acts where organisation_id = $1 and referral_id = $2", me.Organisation, r.ID).Scan(&n); err != nil {
		return err
	}
	if n >= mostActs {
		return enoughDone
	}
	return nil
}
