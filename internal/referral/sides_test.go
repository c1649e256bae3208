package referral_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/testkit"
)

func (r room) answer(me org.Actor, id db.ID, in referral.Reply) {
	r.Helper()
	r.do(func(tx *db.Tx) error {
		now, err := referral.ByID(tx, me, id)
		in.Revision = now.Revision
		return errors.Join(err, referral.Answer(tx, me, id, in))
	})
}

func (r room) history(me org.Actor, id db.ID) []referral.Entry {
	r.Helper()
	return testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]referral.Entry, error) { return referral.History(tx, me, id) })
}

// passed makes Joel take over what Tomas promised.
func (r room) passed(promise db.ID) {
	r.Helper()
	r.do(func(tx *db.Tx) error {
		if err := commitment.Propose(tx, r.Ines, promise, commitment.NewTerms{Owner: r.Joel.Self()}); err != nil {
			return err
		}
		now, err := commitment.ByID(tx, r.Tomas, promise)
		return errors.Join(err, commitment.Agree(tx, r.Tomas, promise, now.Change.ID))
	})
	r.do(func(tx *db.Tx) error {
		var next db.ID
		if err := tx.Get("select id from commitments where replaces_id = $1", promise).Scan(&next); err != nil {
			return err
		}
		return commitment.AcceptProposal(tx, r.Joel, next)
	})
}

func TestWhoTakesItOverReadsNothingOfBefore(t *testing.T) {
	once(t, func(r room) {
		ruth := testkit.Write(t, r.Store, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, r.Tomas, org.Contact{Name: "Ruth Sole"})
		})
		made := r.make(r.Tomas, referral.Input{Third: org.Party{Contact: ruth.ID}, Told: "Told for Ruth"})
		r.do(func(tx *db.Tx) error { return referral.Decline(tx, r.Ines, made.ID, "For Tomas alone") })
		r.do(func(tx *db.Tx) error {
			return referral.Name(tx, r.Tomas, made.ID, r.sees(r.Tomas, made.ID).Revision, r.Mira.Self(), "Told for Mira")
		})
		r.agree(made.ID)
		r.answer(r.Mira, made.ID, referral.Reply{Words: "I cannot stand nights"})
		r.passed(made.Commitment)
		now := r.sees(r.Joel, made.ID)
		if now.Told != "" || now.Need != "how the night desk is run" {
			r.Errorf("he reads %q for %q", now.Told, now.Need)
		}
		if got := r.history(r.Joel, made.ID); len(got) != 1 || got[0].Act != referral.PassedOn || got[0].Third != "" {
			r.Errorf("he reads of what was before: %+v", got)
		}
		if got := r.history(r.Ines, made.ID); len(got) != 7 {
			r.Errorf("she reads no longer what was: %+v", got)
		}
		taken := testkit.Read(t, r.Store, func(tx *db.Tx) ([]referral.Along, error) {
			others, err := org.Others(tx, r.Joel)
			if err != nil {
				return nil, err
			}
			return referral.TakeAlong(tx, r.Joel, others)
		})
		if len(taken) != 1 || len(taken[0].History) != 1 || taken[0].Told != "" {
			r.Errorf("he takes along %+v", taken)
		}
	})
}

// introduced is an introduction that was made, with the question to come.
func (r room) introduced() referral.Referral {
	r.Helper()
	made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
	r.agree(made.ID)
	r.answer(r.Mira, made.ID, referral.Reply{Yes: true, Words: "Tuesdays"})
	r.do(func(tx *db.Tx) error { return referral.Introduce(tx, r.Tomas, made.ID, "Mira, this is Ines.") })
	return made
}

func TestHowItWentIsNoWordOnThePromiseUnlessSheSaysSo(t *testing.T) {
	once(t, func(r room) {
		open := r.introduced()
		r.do(func(tx *db.Tx) error { return referral.Follow(tx, r.Ines, open.ID, "It never happened", false) })
		if got := r.promise(open.ID); got != commitment.Open {
			r.Errorf("left open, the promise is %s", got)
		}
		differs := r.introduced()
		r.do(func(tx *db.Tx) error { return commitment.SeeOtherwise(tx, r.Ines, differs.Commitment, "") })
		r.do(func(tx *db.Tx) error { return referral.Follow(tx, r.Ines, differs.ID, "We did not meet", true) })
		if got := r.promise(differs.ID); got != commitment.Open {
			r.Errorf("seen otherwise, the promise is %s", got)
		}
	})
}

func TestAPromiseKeptWithoutALetterOpensNothing(t *testing.T) {
	once(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.agree(made.ID)
		r.answer(r.Mira, made.ID, referral.Reply{Yes: true, Words: "My number"})
		r.do(func(tx *db.Tx) error {
			return errors.Join(commitment.SayItIsDone(tx, r.Tomas, made.Commitment, ""), commitment.ConfirmDone(tx, r.Ines, made.Commitment, ""))
		})
		for _, me := range []org.Actor{r.Ines, r.Tomas} {
			if now := r.sees(me, made.ID); now.State != referral.Introduced || now.Reach != "" || now.Found() {
				r.Errorf("%s reads %+v", me.Name, now)
			}
		}
		if r.finds(r.Mira, made.ID) {
			r.Error("she waits for a letter that nobody can write")
		}
		r.do(func(tx *db.Tx) error { return referral.WasAsked(tx, r.Mira, made.ID) })
		r.told(r.Mira, "answered")
	})
}

// told fails where no notice of that kind on an introduction waits for somebody.
func (r room) told(who org.Actor, kind string) {
	r.Helper()
	n := testkit.Read(r.T, r.Store, func(tx *db.Tx) (int64, error) {
		return db.One(tx, db.Scanned[int64], "select count(*) from jobs where kind = 'notice' and args like $1 and args like $2 and args like $3",
			"%"+string(who.Person)+"%", `%"`+kind+`"%`, `%"introduction"%`)
	})
	if n == 0 {
		r.Errorf("%s is told nothing", who.Name)
	}
}

func TestTheThirdGetsOutAtAnyTime(t *testing.T) {
	once(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.agree(made.ID)
		r.answer(r.Mira, made.ID, referral.Reply{Yes: true, Words: "Tuesdays"})
		r.answer(r.Mira, made.ID, referral.Reply{Words: "I have to travel"})
		r.stands(made.ID, referral.Looking)
		again := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.agree(again.ID)
		ended := r.make(r.Tomas, referral.Input{Third: r.Joel.Self()})
		r.agree(ended.ID)
		r.do(func(tx *db.Tx) error { return referral.LetGo(tx, r.Ines, ended.ID, "") })
		r.told(r.Joel, "answered")
		r.do(func(tx *db.Tx) error { return org.Leave(tx, r.Ada, r.Tomas.Person) })
		if err := testkit.Fails(t, r.Store, func(tx *db.Tx) error {
			return referral.Answer(tx, r.Mira, again.ID, referral.Reply{Yes: true, Revision: r.sees(r.Mira, again.ID).Revision})
		}); err == nil {
			r.Error("she agrees, and nobody can introduce her")
		}
		r.answer(r.Mira, again.ID, referral.Reply{})
		r.stands(again.ID, referral.Looking)
	})
}

func TestTheThirdSaysYesToTheWordsThatTheyRead(t *testing.T) {
	once(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.agree(made.ID)
		read := r.sees(r.Mira, made.ID).Revision
		r.do(func(tx *db.Tx) error {
			return referral.Name(tx, r.Tomas, made.ID, r.sees(r.Tomas, made.ID).Revision, r.Mira.Self(), "Quite other words")
		})
		r.agree(made.ID)
		var refused problem.Refused
		err := testkit.Fails(t, r.Store, func(tx *db.Tx) error {
			return referral.Answer(tx, r.Mira, made.ID, referral.Reply{Yes: true, Revision: read})
		})
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), "read them once more") {
			r.Errorf("she agrees to what she has not read: %v", err)
		}
	})
}

func TestNothingIsBegunAnewWithoutEnd(t *testing.T) {
	once(t, func(r room) {
		made := r.introduced()
		r.do(func(tx *db.Tx) error {
			for range 300 {
				if _, err := tx.Exec(`insert into referral_acts (organisation_id, id, referral_id, act, at, words) values ($1, $2, $3, 'follow-up moved', $4, '')`,
					r.Ines.Organisation, tx.NewID(), made.ID, tx.Now()); err != nil {
					return err
				}
			}
			return nil
		})
		var refused problem.Refused
		if err := testkit.Fails(t, r.Store, func(tx *db.Tx) error {
			return referral.MoveFollowUp(tx, r.Ines, made.ID, civil.In(tx.Now(), r.Ines.Zone).AddDays(20))
		}); !errors.As(err, &refused) {
			r.Errorf("it is moved for ever: %v", err)
		}
		r.do(func(tx *db.Tx) error { return referral.Follow(tx, r.Ines, made.ID, "Well", true) })
	})
}

func TestForgettingEndsWhatHasWordsOfOthers(t *testing.T) {
	once(t, func(r room) {
		agreed := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.do(func(tx *db.Tx) error {
			return referral.Agree(tx, r.Ines, agreed.ID, r.sees(r.Ines, agreed.ID).Revision, "My own words")
		})
		r.answer(r.Mira, agreed.ID, referral.Reply{Yes: true, Words: "My number"})
		noted := r.make(r.Ines, referral.Input{Third: org.Party{Name: "Ruth"}})
		r.do(func(tx *db.Tx) error { return commitment.DeclineProposal(tx, r.Tomas, noted.Commitment, "") })
		alone := r.make(r.Tomas, referral.Input{})
		r.do(func(tx *db.Tx) error {
			return errors.Join(referral.Forget(tx, r.Tomas), commitment.Forget(tx, r.Tomas))
		})
		if now := r.sees(r.Ines, agreed.ID); now.State != referral.Closed || now.Told != "My own words" || now.Need != "" {
			r.Errorf("of what she agreed to there stands %+v", now)
		}
		if r.finds(r.Ines, alone.ID) || r.finds(r.Mira, agreed.ID) || r.sees(r.Ines, noted.ID).Need == "" {
			r.Error("too much or too little was forgotten")
		}
		r.do(func(tx *db.Tx) error { return errors.Join(referral.Forget(tx, r.Ines), commitment.Forget(tx, r.Ines)) })
	})
}

func TestEachStepSaysWhomItWasAbout(t *testing.T) {
	once(t, func(r room) {
		ruth := testkit.Write(t, r.Store, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, r.Tomas, org.Contact{Name: "Ruth Sole"})
		})
		made := r.make(r.Tomas, referral.Input{Third: org.Party{Contact: ruth.ID}})
		r.do(func(tx *db.Tx) error { return referral.Decline(tx, r.Ines, made.ID, "") })
		for _, me := range []org.Actor{r.Tomas, r.Ines} {
			taken := testkit.Read(t, r.Store, func(tx *db.Tx) ([]referral.Along, error) {
				others, err := org.Others(tx, me)
				if err != nil {
					return nil, err
				}
				return referral.TakeAlong(tx, me, others)
			})
			key, named := org.Key(ruth.ID), ""
			if me.Person == r.Ines.Person {
				key, named = "", "Ruth Sole"
			}
			if got := taken[0].History[1]; got.Act != referral.Named || got.Third != key || got.ThirdNamed != named {
				r.Errorf("%s takes along %+v", me.Name, got)
			}
		}
	})
}
