package account_test

import (
	"errors"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func (d *desk) sessions(token account.Token) []account.Session {
	d.t.Helper()
	who := d.is(token)
	return testkit.Read(d.t, d.Store, func(tx *db.Tx) ([]account.Session, error) { return account.Sessions(tx, who) })
}

func (d *desk) out(token account.Token, why string) {
	d.t.Helper()
	if _, err := d.who(token); !errors.Is(err, problem.SignedOut) {
		d.t.Errorf("%s: %v, want signed out", why, err)
	}
}

func TestTwoBrowsersAreTwoSessions(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		laptop := d.signIn("ines@weir.example")
		id := d.begin("ines@weir.example")
		phone, _ := d.try(account.Try{SignIn: id, Code: d.code("ines@weir.example"), Device: "Safari on iPhone"})
		all := d.sessions(laptop)
		if len(all) != 2 || all[0].Device != "Safari on iPhone" || all[0].This || !all[1].This {
			t.Fatalf("sessions seen from the laptop: %+v", all)
		}
		joel := d.is(d.signIn("joel@weir.example"))
		if err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { return account.EndSession(tx, joel.Me, all[0].ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("Joel ended a session of Ines: %v", err)
		}
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.EndSession(tx, d.is(laptop).Me, all[0].ID) })
		d.out(phone, "the phone, ended from the laptop")
		d.is(laptop)
		tablet := d.signIn("ines@weir.example")
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.EndOtherSessions(tx, d.is(tablet)) })
		d.out(laptop, "the laptop, ended with all others")
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.SignOut(tx, tablet) })
		d.out(tablet, "the tablet, signed out")
	})
}

func TestSigningInAgainEndsTheSessionThatTheBrowserHad(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		first := d.signIn("ines@weir.example")
		id := d.begin("joel@weir.example")
		code := d.code("joel@weir.example")
		if _, ok := d.try(account.Try{SignIn: id, Code: "AAAA AAAA", Before: first}); ok {
			t.Fatal("a wrong code was taken")
		}
		d.is(first) // a wrong code ends nothing
		second, _ := d.try(account.Try{SignIn: id, Code: code, Before: first})
		if first == second {
			t.Error("the new session has the token of the old one")
		}
		d.out(first, "the session before")
	})
}

func TestNobodysTokenIsSignedOut(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, token := range []account.Token{"", "x", "null"} {
			d.out(token, "the token "+string(token))
		}
	})
}

func TestASessionEndsAfterThirtyDaysUnseenAndAfterHalfAYear(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		idle, used := d.signIn("ines@weir.example"), d.signIn("ines@weir.example")
		for range 8 {
			d.Clock.MoveDays(20)
			who := d.is(used)
			if !who.SeenLongAgo {
				t.Fatal("after 20 days it is not time to note that the session is in use")
			}
			testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.Seen(tx, who.Session) })
		}
		d.out(idle, "unseen for 160 days")
		d.Clock.MoveDays(19)
		d.is(used)
		d.Clock.MoveDays(1)
		d.out(used, "in use for 180 days")
	})
}

func TestBeingSeenIsNotedOnceAnHour(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		token := d.signIn("ines@weir.example")
		before := d.sessions(token)[0].SeenAt
		d.Clock.Move(59 * time.Minute)
		who := d.is(token)
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.Seen(tx, who.Session) })
		if who.SeenLongAgo || !d.sessions(token)[0].SeenAt.Equal(before) {
			t.Error("noted within the hour")
		}
		d.Clock.Move(2 * time.Minute)
		who = d.is(token)
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.Seen(tx, who.Session) })
		if !who.SeenLongAgo || d.is(token).SeenLongAgo || !d.sessions(token)[0].SeenAt.After(before) {
			t.Error("not noted after an hour")
		}
	})
}

func TestWhoIsAskedInOneQuery(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		token := d.signIn("ines@weir.example")
		ran := testkit.Read(t, d.Store, func(tx *db.Tx) (int, error) {
			_, err := account.WhoHas(tx, token)
			return tx.Ran(), err
		})
		if ran != 1 {
			t.Errorf("%d queries", ran)
		}
	})
}

// The tokens themselves are nowhere in the store.
func TestOnlyHashesAreKept(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		id := d.begin("ines@weir.example")
		code := d.code("ines@weir.example")
		token, _ := d.try(account.Try{SignIn: id, Code: code})
		var codeHash, tokenHash string
		testkit.Do(t, d.Store, func(tx *db.Tx) error {
			if err := tx.Get("select code_hash from sign_ins where id = $1", id).Scan(&codeHash); err != nil {
				return err
			}
			return tx.Get("select token_hash from sessions").Scan(&tokenHash)
		})
		if len(codeHash) < 64 || len(tokenHash) != 64 || tokenHash == string(token) || len(token) < 43 {
			t.Errorf("kept: %q and %q for the token %q", codeHash, tokenHash, token)
		}
	})
}
