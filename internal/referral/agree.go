package referral

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Name names somebody to be introduced to, or somebody else than before, and what they would be told.
// From then on it waits for the word of the one who is to be helped; whoever was named or asked before
// reads nothing of it any more, and, where they were asked, is told that it is over.
//
// Errors: problem.NotFound for somebody the actor does not know, problem.Invalid by field,
// problem.Conflict where it went on meanwhile.
func Name(tx *db.Tx, me org.Actor, id db.ID, revision int64, third org.Party, told string) error {
	r, err := lookUp(tx, me, id, ToName)
	if err != nil {
		return err
	}
	if revision != r.Revision {
		return &problem.Conflict{Revision: r.Revision, Theirs: map[string]string{"told": r.Told}, Mine: map[string]string{"told": told}}
	}
	if err := r.hasRoom(tx, me); err != nil {
		return err
	}
	wrong := problem.Invalid{}
	r.Told = tidy(wrong, "told", told, mostTold)
	wrong.Check(third.String() != "", "third", "Please choose whom you would introduce.")
	if err := wrong.Err(); err != nil {
		return err
	}
	was := r
	r.Third = third
	if err := r.find(tx, me); err != nil {
		return err
	}
	if err := r.offer(tx, me); err != nil || was.Third.String() == r.Third.String() {
		return err
	}
	return was.thankThird(tx, me)
}

// offer asks the one who is to be helped whether this is the right person, told in the right words.
func (r Referral) offer(tx *db.Tx, me org.Actor) error {
	if !r.By.Is(me) || !r.Found() {
		return nil
	}
	if r.Told == "" {
		r.Told = r.tellOf()
	}
	if err := link.TakeBackOf(tx, me, r.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update referrals set state = 'offered', third_person_id = $1, third_contact_id = $2, third_name = '', told = $3,
			agreed_at = null, answered_at = null, reach = '', revision = revision + 1
		where organisation_id = $4 and id = $5`,
		r.Third.Person, r.Third.Contact, r.Told, me.Organisation, r.ID); err != nil {
		return err
	}
	if err := r.did(tx, me, Named, ""); err != nil {
		return err
	}
	return r.tell(tx, me, r.For, notice.Proposed)
}

// Agree is the yes of the one who is to be helped: to this person, and to these words about
// themselves, which they may change first. Now the third is asked; somebody outside by the one who
// introduces.
//
// Errors: problem.Refused where the person or the words changed meanwhile, problem.Invalid by field.
func Agree(tx *db.Tx, me org.Actor, id db.ID, revision int64, told string) error {
	r, err := lookUp(tx, me, id, ToAgree)
	if err != nil {
		return err
	}
	if revision != r.Revision {
		return changedWords
	}
	wrong := problem.Invalid{}
	r.Told = tidy(wrong, "told", told, mostTold)
	wrong.Check(r.Told != "", "told", "Please leave a line: they would like to know who you are.")
	wrong.Check(!r.ThirdLeft, "", r.Third.Name+" has left the organisation meanwhile.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update referrals set state = 'asked', told = $1, agreed_at = $2, revision = revision + 1
		where organisation_id = $3 and id = $4`, r.Told, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	if err := r.did(tx, me, AgreedTo, ""); err != nil {
		return err
	}
	if err := r.tell(tx, me, r.Third, notice.Asked); err != nil {
		return err
	}
	return r.tell(tx, me, r.By, notice.Answered)
}

// Decline is their no to this person: somebody else is to be found. The third never hears of it.
func Decline(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	r, err := lookUp(tx, me, id, ToAgree)
	if err != nil {
		return err
	}
	if err := r.hasRoom(tx, me); err != nil {
		return err
	}
	wrong := problem.Invalid{}
	words = tidy(wrong, "words", words, mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.did(tx, me, NotThisOne, words); err != nil {
		return err
	}
	if err := r.lookOn(tx, me.Organisation); err != nil {
		return err
	}
	return r.tell(tx, me, r.By, notice.Answered)
}

// lookOn goes back to looking for somebody: nobody is named, and no word that was agreed stands.
func (r Referral) lookOn(tx *db.Tx, organisation db.ID) error {
	_, err := tx.Exec(`
		update referrals set state = 'looking', third_person_id = null, third_contact_id = null, third_name = '',
			agreed_at = null, answered_at = null, reach = '', revision = revision + 1
		where organisation_id = $1 and id = $2`, organisation, r.ID)
	return err
}

// Reply is what the third says.
type Reply struct {
	Yes      bool
	Words    string // with a yes: how they are reached, for both; with a no: for the one who asked them
	Revision int64  // with the yes of somebody here: of what they read
}

// Answer is the word of the third, who is here. A no is heard until they are introduced, after their
// yes too, and whoever of the two has left.
//
// Errors: problem.Refused where it went on without them, or where the words changed since they read
// them; problem.Invalid by field.
func Answer(tx *db.Tx, me org.Actor, id db.ID, in Reply) error {
	right := ToAnswer
	if !in.Yes {
		right = ToBackOut
	}
	r, err := lookUp(tx, me, id, right)
	if err != nil {
		return err
	}
	if in.Yes && in.Revision != r.Revision {
		return changedWords
	}
	return r.answered(tx, me, in)
}

// Note keeps what somebody outside answered, where the one who introduces asked them on their own.
func Note(tx *db.Tx, me org.Actor, id db.ID, in Reply) error {
	r, err := lookUp(tx, me, id, ToNote)
	if err != nil {
		return err
	}
	if err := link.TakeBackOf(tx, me, r.Thing()); err != nil {
		return err
	}
	return r.answered(tx, me, in)
}

func (r Referral) answered(tx *db.Tx, by org.Actor, in Reply) error {
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "words", in.Words, mostWords)
	if err := wrong.Err(); err != nil {
		return err
	}
	if !in.Yes {
		if err := r.did(tx, by, ThirdNo, in.Words); err != nil {
			return err
		}
		if err := r.lookOn(tx, by.Organisation); err != nil {
			return err
		}
		return r.tell(tx, by, r.By, notice.Answered)
	}
	if _, err := tx.Exec(`
		update referrals set state = 'agreed', answered_at = $1, reach = $2, revision = revision + 1
		where organisation_id = $3 and id = $4`, tx.Now(), in.Words, by.Organisation, r.ID); err != nil {
		return err
	}
	if err := r.did(tx, by, ThirdAgreed, ""); err != nil {
		return err
	}
	return r.tell(tx, by, r.By, notice.Answered)
}
