package digest_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/digest"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/referral"
	"github.com/ownward/ownward/internal/testkit"
)

// TestADigestCountsTheIntroductionsThatWait has one of Tomás in each state; he is the one who waits for
// himself in three: asked, with the letter to write, and with the question of today.
func TestADigestCountsTheIntroductionsThatWait(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		return digest.PeopleMoved(tx, event.Event{Organisation: c.Organisation.ID})
	})
	make := func(by, who, third org.Actor, far int) {
		t.Helper()
		testkit.Do(t, s, func(tx *db.Tx) error {
			in := referral.Input{By: by.Self(), For: who.Self(), Third: third.Self(), Need: "zq nights", Due: civil.In(tx.Now(), by.Zone).AddDays(60)}
			r, err := referral.Make(tx, by, org.Origin{}, in)
			if err != nil || far == 0 {
				return err
			}
			now, err := referral.ByID(tx, who, r.ID)
			if err := errors.Join(err, referral.Agree(tx, who, r.ID, now.Revision, now.Told)); err != nil || far == 1 {
				return err
			}
			now, err = referral.ByID(tx, third, r.ID)
			if err := errors.Join(err, referral.Answer(tx, third, r.ID, referral.Reply{Yes: true, Revision: now.Revision})); err != nil || far == 2 {
				return err
			}
			return referral.Introduce(tx, by, r.ID, "zq Meet")
		})
	}
	make(c.Tomas, c.Ines, c.Mira, 0) // waits for Ines
	make(c.Tomas, c.Ines, c.Mira, 1) // waits for Mira
	make(c.Mira, c.Ines, c.Tomas, 1) // waits for Tomás, who is asked
	make(c.Tomas, c.Ines, c.Mira, 2) // waits for Tomás, who writes
	make(c.Mira, c.Tomas, c.Ines, 3) // waits for Tomás two weeks later
	var out outbox
	all := copies(t, s, &out, 1)
	until(t, s, all, s.Clock.Now().Add(7*24*time.Hour))
	first := out.take()
	if len(first) != 1 || !strings.Contains(first[0].Text, "2 introductions wait for you") || strings.Contains(first[0].Text, "zq ") {
		t.Errorf("in the first week he got %+v", first)
	}
	until(t, s, all, s.Clock.Now().Add(14*24*time.Hour))
	got := out.take()
	if len(got) == 0 || !strings.Contains(got[len(got)-1].Text, "3 introductions wait for you") {
		t.Errorf("with the question he got %+v", got)
	}
}

// TestADigestCountsMoneyThatGoesBack counts what is held for somebody, and what is of a budget that they answer for.
func TestADigestCountsMoneyThatGoesBack(t *testing.T) {
	s := testkit.SQLite(t)
	c := testkit.NewCompany(t, s, "weir.example")
	testkit.Do(t, s, func(tx *db.Tx) error {
		return digest.PeopleMoved(tx, event.Event{Organisation: c.Organisation.ID})
	})
	hold := func(owner, whom org.Actor, days int) {
		testkit.Do(t, s, func(tx *db.Tx) error {
			l, err := budget.Make(tx, c.Ada, budget.Text{CostCentre: string(tx.NewID()), Year: 2026, Name: "zq nights", Amount: money.Of(100, "EUR"), Owner: owner.Self()})
			if err != nil {
				return err
			}
			what := budget.For{Thing: event.Thing{Kind: "ask", ID: tx.NewID()}, Whom: whom.Person, Until: civil.In(tx.Now(), time.UTC).AddDays(days)}
			_, err = budget.Reserve(tx, owner, l.ID, what, money.Of(100, "EUR"))
			return err
		})
	}
	hold(c.Mira, c.Tomas, 10)
	hold(c.Tomas, c.Ines, 12)
	hold(c.Tomas, c.Ines, 40)
	hold(c.Mira, c.Ines, 10)
	var out outbox
	all := copies(t, s, &out, 1)
	until(t, s, all, s.Clock.Now().Add(7*24*time.Hour))
	if first := out.take(); len(first) != 1 || !strings.Contains(first[0].Text, "Money that is held for 2 things goes back") || strings.Contains(first[0].Text, "zq ") {
		t.Errorf("he got %+v", first)
	}
}
