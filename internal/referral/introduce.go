package referral

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Introduce writes the introduction to both, who have agreed: with it the promise is said to be done.
// Two weeks later the one who was helped is asked how it went.
//
// Errors: problem.Refused where one of them has not agreed, problem.Invalid by field.
func Introduce(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	r, err := lookUp(tx, me, id, ToIntroduce)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	r.Introduction = tidy(wrong, "introduction", words, mostWords)
	wrong.Check(r.Introduction != "", "introduction", "Please write a few lines to both.")
	wrong.Check(!r.ThirdLeft, "", r.Third.Name+" has left the organisation meanwhile.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := r.made(tx, me); err != nil {
		return err
	}
	for _, who := range []org.Party{r.For, r.Third} {
		if err := r.tell(tx, me, who, notice.Shared); err != nil {
			return err
		}
	}
	p, err := commitment.ByID(tx, me, r.Commitment)
	if err != nil || !p.Can(commitment.SayDone, me, civil.In(tx.Now(), me.Zone)) {
		return err
	}
	return commitment.SayItIsDone(tx, me, r.Commitment, "")
}

// made notes that the two are introduced, and when the one question comes.
func (r Referral) made(tx *db.Tx, by org.Actor) error {
	helped, err := org.UnscopedActor(tx, by.Organisation, r.For.Person)
	if err != nil {
		return err
	}
	r.FollowOn = followOn(civil.In(tx.Now(), helped.Zone).AddDays(daysToFollow))
	if _, err := tx.Exec(`
		update referrals set state = 'introduced', introduction = $1, introduced_at = $2, follow_on = $3, revision = revision + 1
		where organisation_id = $4 and id = $5`, r.Introduction, tx.Now(), r.FollowOn, by.Organisation, r.ID); err != nil {
		return err
	}
	if err := r.did(tx, by, WasMade, ""); err != nil {
		return err
	}
	return r.remind(tx, helped)
}

const daysToFollow = 14

// followOn is that day, or the Monday after it.
func followOn(day civil.Date) civil.Date {
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDays(1)
	}
	return day
}

// FollowJob is the kind of the jobs that ask how it went.
const FollowJob = "referral follow-up"

func (r Referral) remind(tx *db.Tx, helped org.Actor) error {
	const morning = 8
	return job.EnqueueAt(tx, FollowJob, string(r.ID)+" "+r.FollowOn.String(), job.Hour{Person: helped.Person, Day: r.FollowOn, Hour: morning, Zone: helped.Zone}, job.Args{
		"organisation": helped.Organisation, "referral": r.ID, "person": helped.Person,
	})
}

// SendFollowUp does the jobs of the kind FollowJob.
func SendFollowUp(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		me, err := org.UnscopedActor(tx, args["organisation"], args["person"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		r, err := ByID(tx, me, args["referral"])
		if errors.Is(err, problem.NotFound) || err == nil && !r.Asks(me, civil.In(tx.Now(), me.Zone)) {
			return nil
		}
		if err != nil {
			return err
		}
		return notice.Tell(tx, me.Organisation, me.Person, notice.Reminder, r.Thing(), string(r.ID)+" "+r.FollowOn.String())
	})
}

// Asks tells whether the one question waits for the actor on a day of theirs.
func (r Referral) Asks(me org.Actor, on civil.Date) bool {
	return r.Can(ToFollow, me) && !on.Before(r.FollowOn)
}

// Follow answers the one question: how it went. Who introduced the two reads it; the third does not.
// That the promise was kept is said with it only by a yes of its own.
func Follow(tx *db.Tx, me org.Actor, id db.ID, words string, kept bool) error {
	r, err := lookUp(tx, me, id, ToFollow)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	words = tidy(wrong, "words", words, mostWords)
	wrong.Check(words != "", "words", "Please write a line: what came of it?")
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update referrals set follow_words = $1, followed_at = $2 where organisation_id = $3 and id = $4`,
		words, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	if err := r.close(tx, me, Followed, "answered", ""); err != nil {
		return err
	}
	if kept {
		if err := r.confirm(tx, me); err != nil {
			return err
		}
	}
	return r.tell(tx, me, r.By, notice.Answered)
}

// confirm says that the promise was kept, where that is still to be said.
func (r Referral) confirm(tx *db.Tx, me org.Actor) error {
	if waits, err := r.AsksKept(tx, me); err != nil || !waits {
		return err
	}
	return commitment.ConfirmDone(tx, me, r.Commitment, "")
}

// AsksKept tells whether the promise waits for the actor's word that it was kept. Where they see it
// otherwise, the two talk about it first.
func (r Referral) AsksKept(tx *db.Tx, me org.Actor) (bool, error) {
	p, err := commitment.ByID(tx, me, r.Commitment)
	return err == nil && p.DiffersAt.IsZero() && p.Can(commitment.Confirm, me, civil.In(tx.Now(), me.Zone)), err
}

// MoveFollowUp moves the one question to another day.
func MoveFollowUp(tx *db.Tx, me org.Actor, id db.ID, day civil.Date) error {
	r, err := lookUp(tx, me, id, ToFollow)
	if err != nil {
		return err
	}
	if err := r.hasRoom(tx, me); err != nil {
		return err
	}
	today := civil.In(tx.Now(), me.Zone)
	wrong := problem.Invalid{}
	wrong.Check(!day.IsZero(), "day", "Please choose a day.")
	wrong.Check(day.IsZero() || day.After(today), "day", "Please choose a day after today.")
	wrong.Check(!day.After(today.AddMonths(12)), "day", "Please choose a day within a year.")
	if err := wrong.Err(); err != nil {
		return err
	}
	r.FollowOn = day
	if _, err := tx.Exec("update referrals set follow_on = $1 where organisation_id = $2 and id = $3", day, me.Organisation, id); err != nil {
		return err
	}
	if err := r.did(tx, me, FollowMoved, ""); err != nil {
		return err
	}
	return r.remind(tx, me)
}

// LetFollowUpGo leaves the one question unanswered: the introduction is made, and it is over. The
// promise waits for the receiver's word on its own page.
func LetFollowUpGo(tx *db.Tx, me org.Actor, id db.ID) error {
	r, err := lookUp(tx, me, id, ToFollow)
	if err != nil {
		return err
	}
	return r.close(tx, me, FollowLetGo, "let go", "")
}

// close ends it. No link to it opens anything from then on; a third who was asked is told.
func (r Referral) close(tx *db.Tx, by org.Actor, act Act, how, words string) error {
	if err := r.endLinks(tx, by.Organisation); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update referrals set state = 'closed', ended_at = $1, ended_how = $2, revision = revision + 1
		where organisation_id = $3 and id = $4`, tx.Now(), how, by.Organisation, r.ID); err != nil {
		return err
	}
	if err := r.did(tx, by, act, words); err != nil {
		return err
	}
	return r.thankThird(tx, by)
}

// thankThird tells a third who was asked, and is not introduced, that it waits for them no more.
func (r Referral) thankThird(tx *db.Tx, by org.Actor) error {
	if r.State != Asked && r.State != Agreed || r.ThirdLeft {
		return nil
	}
	return r.tell(tx, by, r.Third, notice.Answered)
}
