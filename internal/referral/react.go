package referral

import (
	"errors"

	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// What becomes of an introduction when its promise does not stay as it is, and when somebody leaves.

// LetGo ends an introduction by the one who was to be helped: they release the promise, or take back
// what they had noted. Whoever was asked reads nothing of it any more.
func LetGo(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	r, err := lookUp(tx, me, id, ToLetGo)
	if err != nil {
		return err
	}
	switch { // the end of the promise ends this
	case r.Promise == commitment.Proposed:
		return commitment.TakeBackProposal(tx, me, r.Commitment)
	case r.ByLeft:
		return commitment.LetItGo(tx, me, r.Commitment, words)
	}
	return commitment.ReleaseIt(tx, me, r.Commitment, words)
}

// PromiseEnds are the events after which a promise stands no more.
var PromiseEnds = []string{
	"commitment " + string(commitment.Decline), "commitment " + string(commitment.TakeBack), "commitment " + string(commitment.Release),
	"commitment " + string(commitment.LetGo), "commitment " + string(commitment.CallBroken), "commitment " + string(commitment.Confirm),
	"commitment " + string(commitment.PassedOn),
}

// PromiseEnded ends an introduction whose promise has ended before it was made. A promise that is
// confirmed was kept in another way: the one question follows. Nobody who was asked here is in it, for
// nothing was written to them. One that was passed on
// goes on with whoever took it over, who finds somebody of their own.
func PromiseEnded(tx *db.Tx, e event.Event) error {
	r, err := unscopedOf(tx, e.Organisation, e.Thing.ID)
	if errors.Is(err, problem.NotFound) || err == nil && (r.State == Introduced || r.State == Closed) {
		return nil
	}
	if err != nil {
		return err
	}
	by := org.Actor{Organisation: e.Organisation, Person: e.By}
	switch e.Kind {
	case "commitment " + string(commitment.Confirm):
		if err := r.endLinks(tx, e.Organisation); err != nil {
			return err
		}
		if err := r.lookOn(tx, e.Organisation); err != nil {
			return err
		}
		if err := r.thankThird(tx, by); err != nil {
			return err
		}
		r.Third = org.Party{}
		return r.made(tx, by)
	case "commitment " + string(commitment.PassedOn):
		return r.passOn(tx, by)
	}
	return r.close(tx, by, PromiseOver, "promise", "")
}

// passOn gives it to whoever took the promise over, with the words of their promise: what was written
// for the one before is not theirs.
func (r Referral) passOn(tx *db.Tx, by org.Actor) error {
	if err := r.endLinks(tx, by.Organisation); err != nil {
		return err
	}
	type taken struct {
		id    db.ID
		words string
	}
	next, err := db.One(tx, func(row db.Row) (t taken, err error) {
		err = row.Scan(&t.id, &t.words)
		return t, err
	}, `
		select id, words from commitments
		where organisation_id = $1 and replaces_id = $2 and by_person_id = $3 and settled_at is null
		order by id desc limit 1`, by.Organisation, r.Commitment, by.Person)
	if errors.Is(err, problem.NotFound) || err == nil && by.Person == r.For.Person {
		return r.close(tx, by, PromiseOver, "promise", "")
	}
	if err != nil {
		return err
	}
	if err := r.lookOn(tx, by.Organisation); err != nil {
		return err
	}
	if _, err := tx.Exec("update referrals set commitment_id = $1, by_id = $2, need = $3, told = '' where organisation_id = $4 and id = $5",
		next.id, by.Person, needOf(next.words), by.Organisation, r.ID); err != nil {
		return err
	}
	if err := r.thankThird(tx, by); err != nil {
		return err
	}
	r.Third = org.Party{}
	return r.did(tx, by, PassedOn, "")
}

func (r Referral) endLinks(tx *db.Tx, organisation db.ID) error {
	return link.TakeBackOf(tx, org.Actor{Organisation: organisation, Person: r.By.Person}, r.Thing())
}

// PersonLeft looks on for somebody else where the third has left before they were introduced. It is
// the reaction to the event of that name.
func PersonLeft(tx *db.Tx, e event.Event) error {
	all, err := db.List(tx, scanReferral, selectReferral+`
		where r.organisation_id = $1 and r.by_id = b.id and r.third_person_id = $2 and r.state in ('offered', 'asked', 'agreed')
		order by r.id`, e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, r := range all {
		if err := r.did(tx, org.Actor{Organisation: e.Organisation}, ThirdGone, ""); err != nil {
			return err
		}
		if err := r.lookOn(tx, e.Organisation); err != nil {
			return err
		}
	}
	return nil
}

// unscopedOf finds the introduction of a promise, for what follows when that changes.
func unscopedOf(tx *db.Tx, organisation, promise db.ID) (Referral, error) {
	by, err := db.One(tx, db.Scanned[db.ID], "select by_id from referrals where organisation_id = $1 and commitment_id = $2", organisation, promise)
	if err != nil {
		return Referral{}, err
	}
	return db.One(tx, scanReferral, selectReferral+"where r.organisation_id = $1 and r.by_id = $2 and r.commitment_id = $3", organisation, by, promise)
}
