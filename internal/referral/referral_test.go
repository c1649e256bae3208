package referral_test

import (
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/testkit"
)

func init() {
	for _, kind := range referral.PromiseEnds {
		event.React(kind, referral.PromiseEnded)
	}
	event.React("person left", referral.PersonLeft)
}

var due = civil.On(2026, time.December, 7)

// room is a company in which Tomas, who leads Ines, introduces her to somebody.
type room struct {
	testkit.Store
	testkit.Company
	*testing.T
}

// once is each on one engine, for what no engine decides.
func once(t *testing.T, test func(r room)) {
	s := testkit.SQLite(t)
	test(room{s, testkit.NewCompany(t, s, "weir.example"), t})
}

func each(t *testing.T, test func(r room)) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) { test(room{s, testkit.NewCompany(t, s, "weir.example"), t}) })
}

func (r room) make(me org.Actor, in referral.Input) referral.Referral {
	r.Helper()
	in.By, in.For, in.Due = r.Tomas.Self(), r.Ines.Self(), due
	if in.Need == "" {
		in.Need = "how the night desk is run"
	}
	return testkit.Write(r.T, r.Store, func(tx *db.Tx) (referral.Referral, error) { return referral.Make(tx, me, org.Origin{}, in) })
}

func (r room) do(what func(tx *db.Tx) error) { r.Helper(); testkit.Do(r.T, r.Store, what) }

func (r room) sees(me org.Actor, id db.ID) referral.Referral {
	r.Helper()
	return testkit.Read(r.T, r.Store, func(tx *db.Tx) (referral.Referral, error) { return referral.ByID(tx, me, id) })
}

func (r room) finds(me org.Actor, id db.ID) bool {
	r.Helper()
	_, err := db.Read(r.Context(), r.DB, func(tx *db.Tx) (referral.Referral, error) { return referral.ByID(tx, me, id) })
	if err != nil && !errors.Is(err, problem.NotFound) {
		r.Fatal(err)
	}
	return err == nil
}

func (r room) stands(id db.ID, want referral.State) {
	r.Helper()
	if got := r.sees(r.Ines, id); got.State != want {
		r.Errorf("it stands at %s, want %s", got.State, want)
	}
}

func (r room) agree(id db.ID) {
	r.Helper()
	r.do(func(tx *db.Tx) error {
		now, err := referral.ByID(tx, r.Ines, id)
		return errors.Join(err, referral.Agree(tx, r.Ines, id, now.Revision, now.Told))
	})
}

func (r room) promise(id db.ID) commitment.State {
	r.Helper()
	return testkit.Read(r.T, r.Store, func(tx *db.Tx) (commitment.State, error) {
		now, err := referral.ByID(tx, r.Tomas, id)
		if err != nil {
			return "", err
		}
		c, err := commitment.ByID(tx, r.Tomas, now.Commitment)
		return c.State, err
	})
}

func TestAnIntroductionGoesFromThePromiseToTheOneQuestion(t *testing.T) {
	each(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self(), Told: "Ines draws locks."})
		r.stands(made.ID, referral.Offered)
		if r.finds(r.Mira, made.ID) {
			r.Error("the third finds it before the one who is to be helped agreed")
		}
		r.do(func(tx *db.Tx) error {
			return referral.Agree(tx, r.Ines, made.ID, r.sees(r.Ines, made.ID).Revision, "I draw locks, and want to learn the nights.")
		})
		third := r.sees(r.Mira, made.ID)
		if third.Told != "I draw locks, and want to learn the nights." || third.Need != "" || third.Commitment != "" {
			r.Errorf("the third reads %+v", third)
		}
		r.do(func(tx *db.Tx) error {
			return referral.Answer(tx, r.Mira, made.ID, referral.Reply{Yes: true, Words: "On Tuesdays", Revision: r.sees(r.Mira, made.ID).Revision})
		})
		if got := r.sees(r.Ines, made.ID).Reach; got != "" {
			r.Errorf("before the introduction she reads how the third is reached: %q", got)
		}
		r.do(func(tx *db.Tx) error { return referral.Introduce(tx, r.Tomas, made.ID, "Mira, this is Ines.") })
		done := r.sees(r.Ines, made.ID)
		if done.State != referral.Introduced || done.FollowOn != civil.On(2026, time.December, 7) || done.Reach != "On Tuesdays" {
			r.Errorf("introduced: %+v", done)
		}
		if r.sees(r.Mira, made.ID).Introduction != "Mira, this is Ines." {
			r.Error("the third does not read the introduction")
		}
		r.Clock.MoveDays(15)
		runner := job.NewRunner(r.DB, slog.New(slog.DiscardHandler), map[string]job.Do{referral.FollowJob: referral.SendFollowUp})
		if _, err := runner.RunDue(r.Context()); err != nil {
			r.Fatal(err)
		}
		r.do(func(tx *db.Tx) error {
			return referral.MoveFollowUp(tx, r.Ines, made.ID, civil.On(2026, time.December, 14))
		})
		r.do(func(tx *db.Tx) error { return referral.Follow(tx, r.Ines, made.ID, "We met twice.", true) })
		if r.promise(made.ID) != commitment.Kept {
			r.Errorf("the promise is %s", r.promise(made.ID))
		}
		if r.sees(r.Mira, made.ID).FollowWords != "" || r.sees(r.Tomas, made.ID).FollowWords != "We met twice." {
			r.Error("the answer is read by the wrong people")
		}
	})
}

func TestEitherMaySayNoAndItGoesOnWithoutThem(t *testing.T) {
	once(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.do(func(tx *db.Tx) error { return referral.Decline(tx, r.Ines, made.ID, "Not her") })
		r.stands(made.ID, referral.Looking)
		if r.finds(r.Mira, made.ID) {
			r.Error("the third hears of a no before she was asked")
		}
		r.do(func(tx *db.Tx) error {
			return referral.Name(tx, r.Tomas, made.ID, r.sees(r.Tomas, made.ID).Revision, r.Joel.Self(), "")
		})
		r.agree(made.ID)
		r.do(func(tx *db.Tx) error { return referral.Answer(tx, r.Joel, made.ID, referral.Reply{Words: "No time"}) })
		r.stands(made.ID, referral.Looking)
		if r.finds(r.Joel, made.ID) {
			r.Error("who said no reads on")
		}
		for _, me := range []org.Actor{r.Ines, r.Tomas} {
			entries := testkit.Read(r.T, r.Store, func(tx *db.Tx) ([]referral.Entry, error) { return referral.History(tx, me, made.ID) })
			last := entries[len(entries)-1]
			if want := map[bool]string{true: "No time", false: ""}[me.Person == r.Tomas.Person]; last.Act != referral.ThirdNo || last.Words != want {
				r.Errorf("%s reads %+v", me.Name, last)
			}
		}
	})
}

func TestWhatSheAgreedToIsWhatWasThere(t *testing.T) {
	once(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		read := r.sees(r.Ines, made.ID).Revision
		r.do(func(tx *db.Tx) error { return referral.Name(tx, r.Tomas, made.ID, read, r.Joel.Self(), "Other words") })
		var refused problem.Refused
		err := testkit.Fails(r.T, r.Store, func(tx *db.Tx) error { return referral.Agree(tx, r.Ines, made.ID, read, "Ines") })
		if !errors.As(err, &refused) {
			r.Errorf("she agrees to somebody whom she has not read: %v", err)
		}
		for who, act := range map[string]func(tx *db.Tx) error{
			"the introduction": func(tx *db.Tx) error { return referral.Introduce(tx, r.Tomas, made.ID, "Early") },
			"his own yes":      func(tx *db.Tx) error { return referral.Agree(tx, r.Tomas, made.ID, read+1, "Ines") },
			"the third":        func(tx *db.Tx) error { return referral.Answer(tx, r.Joel, made.ID, referral.Reply{Yes: true}) },
			"himself as third": func(tx *db.Tx) error { return referral.Name(tx, r.Tomas, made.ID, read+1, r.Tomas.Self(), "") },
			"a stranger":       func(tx *db.Tx) error { return referral.LetGo(tx, r.Ada, made.ID, "") },
		} {
			if testkit.Fails(r.T, r.Store, act) == nil {
				r.Errorf("%s came too early", who)
			}
		}
	})
}

func TestSomebodyOutsideAnswersByALink(t *testing.T) {
	once(t, func(r room) {
		contact := testkit.Write(r.T, r.Store, func(tx *db.Tx) (org.Contact, error) {
			return org.AddContact(tx, r.Tomas, org.Contact{Name: "Ruth Sole"})
		})
		made := r.make(r.Tomas, referral.Input{Third: org.Party{Contact: contact.ID}, Told: "Ines draws locks."})
		r.agree(made.ID)
		var token link.Token
		ask := func(tx *db.Tx) (err error) {
			_, token, err = referral.AskOutside(tx, r.Tomas, made.ID, link.Input{})
			return err
		}
		r.do(ask)
		lost := token
		r.do(ask)
		r.do(func(tx *db.Tx) error {
			if _, err := link.Open(tx, lost); !errors.Is(err, link.TakenBack) {
				r.Errorf("the link before opens: %v", err)
			}
			o, err := link.Open(tx, token)
			if err != nil {
				return err
			}
			f, err := referral.AskedByLink(tx, o)
			if err != nil || f.Told != "Ines draws locks." {
				r.Errorf("she reads %+v, %v", f, err)
			}
			return errors.Join(referral.AnswerByLink(tx, o, referral.Reply{Yes: true, Words: "ruth@sole.example"}), link.Use(tx, o))
		})
		r.stands(made.ID, referral.Agreed)
		if r.sees(r.Tomas, made.ID).Reach != "ruth@sole.example" || r.sees(r.Ines, made.ID).Third.Name != "Ruth Sole" || r.sees(r.Ines, made.ID).Third.Contact != "" {
			r.Error("the answer is not where it belongs")
		}
		r.do(func(tx *db.Tx) error { return org.Leave(tx, r.Ada, r.Ines.Person) })
		if err := testkit.Fails(r.T, r.Store, func(tx *db.Tx) error { return referral.Introduce(tx, r.Tomas, made.ID, "Hello") }); err == nil {
			r.Error("somebody who has left is introduced")
		}
	})
}

func TestItEndsAndMovesWithItsPromise(t *testing.T) {
	each(t, func(r room) {
		noted := r.make(r.Ines, referral.Input{Third: org.Party{Name: "Ruth"}})
		if r.sees(r.Tomas, noted.ID).Promised() || r.sees(r.Tomas, noted.ID).Third.Name != "Ruth" {
			r.Error("what she noted counts before his yes")
		}
		if err := testkit.Fails(r.T, r.Store, func(tx *db.Tx) error {
			return referral.Name(tx, r.Tomas, noted.ID, 1, r.Mira.Self(), "")
		}); err == nil {
			r.Error("he names somebody before he said yes")
		}
		r.do(func(tx *db.Tx) error { return commitment.DeclineProposal(tx, r.Tomas, noted.Commitment, "") })
		r.stands(noted.ID, referral.Closed)

		asked := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.agree(asked.ID)
		r.do(func(tx *db.Tx) error { return referral.LetGo(tx, r.Ines, asked.ID, "I found my way") })
		r.stands(asked.ID, referral.Closed)
		if r.promise(asked.ID) != commitment.Released || r.finds(r.Mira, asked.ID) {
			r.Error("let go, it goes on for somebody")
		}

		met := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.do(func(tx *db.Tx) error {
			return errors.Join(commitment.SayItIsDone(tx, r.Tomas, met.Commitment, ""), commitment.ConfirmDone(tx, r.Ines, met.Commitment, ""))
		})
		r.stands(met.ID, referral.Introduced)
		if r.finds(r.Mira, met.ID) {
			r.Error("who never agreed here reads it")
		}

		passed := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.do(func(tx *db.Tx) error {
			if err := commitment.Propose(tx, r.Ines, passed.Commitment, commitment.NewTerms{Owner: r.Joel.Self()}); err != nil {
				return err
			}
			now, err := commitment.ByID(tx, r.Tomas, passed.Commitment)
			return errors.Join(err, commitment.Agree(tx, r.Tomas, passed.Commitment, now.Change.ID))
		})
		r.do(func(tx *db.Tx) error {
			var next db.ID
			if err := tx.Get("select id from commitments where replaces_id = $1", passed.Commitment).Scan(&next); err != nil {
				return err
			}
			return commitment.AcceptProposal(tx, r.Joel, next)
		})
		if now := r.sees(r.Joel, passed.ID); now.By.Person != r.Joel.Person || now.State != referral.Looking || r.finds(r.Tomas, passed.ID) {
			r.Errorf("passed on: %+v", now)
		}
		r.do(func(tx *db.Tx) error {
			return referral.Name(tx, r.Joel, passed.ID, r.sees(r.Joel, passed.ID).Revision, r.Mira.Self(), "")
		})
		r.do(func(tx *db.Tx) error { return org.Leave(tx, r.Ada, r.Mira.Person) })
		r.stands(passed.ID, referral.Looking)
	})
}

func TestWhatCannotBeAnIntroductionIsSaidByField(t *testing.T) {
	r := room{T: t, Store: testkit.SQLite(t)}
	r.Company = testkit.NewCompany(t, r.Store, "weir.example")
	for field, in := range map[string]referral.Input{
		"need":  {By: r.Tomas.Self(), For: r.Ines.Self(), Due: due},
		"third": {By: r.Tomas.Self(), For: r.Ines.Self(), Third: r.Ines.Self(), Need: "x", Due: due},
		"for":   {By: r.Tomas.Self(), For: r.Tomas.Self(), Need: "x", Due: due},
		"told":  {By: r.Tomas.Self(), For: r.Ines.Self(), Need: "x", Due: due, Told: strings.Repeat("x", 2001)},
		"due":   {By: r.Tomas.Self(), For: r.Ines.Self(), Need: "x"},
	} {
		var wrong problem.Invalid
		err := testkit.Fails(t, r.Store, func(tx *db.Tx) error { _, err := referral.Make(tx, r.Tomas, org.Origin{}, in); return err })
		if !errors.As(err, &wrong) || wrong[field] == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestForgettingKeepsWhatWasMadeForTheOthers(t *testing.T) {
	each(t, func(r room) {
		made := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.agree(made.ID)
		r.do(func(tx *db.Tx) error {
			return referral.Answer(tx, r.Mira, made.ID, referral.Reply{Yes: true, Words: "Tuesdays", Revision: r.sees(r.Mira, made.ID).Revision})
		})
		r.do(func(tx *db.Tx) error { return referral.Introduce(tx, r.Tomas, made.ID, "Mira, this is Ines.") })
		open := r.make(r.Tomas, referral.Input{Third: r.Mira.Self()})
		r.do(func(tx *db.Tx) error { return referral.Forget(tx, r.Mira) })
		r.stands(open.ID, referral.Looking)
		r.do(func(tx *db.Tx) error { return referral.Forget(tx, r.Tomas) })
		if r.finds(r.Ines, open.ID) || r.sees(r.Ines, made.ID).Introduction == "" || r.sees(r.Ines, made.ID).Reach != "" {
			r.Error("too much or too little was forgotten")
		}
	})
}
