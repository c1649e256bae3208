package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func setUpLink(t *testing.T, s testkit.Store) account.Token {
	t.Helper()
	return testkit.Write(t, s, account.SetUpLink)
}

func mayNotSetUp(t *testing.T, s testkit.Store, token account.Token, in account.Beginning, want error) {
	t.Helper()
	err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := account.SetUp(tx, token, in); return err })
	if !errors.Is(err, want) {
		t.Errorf("set up: %v, want %v", err, want)
	}
}

var weir = account.Beginning{Organisation: "Weir & Lock", Name: "Ada Pires", Email: "Ada@weir.example", TimeZone: "Europe/Lisbon", Device: "Firefox on Linux"}

func TestTheLinkSetsUpAnOrganisationOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		older, token := setUpLink(t, s), setUpLink(t, s)
		mayNotSetUp(t, s, older, weir, problem.NotFound)
		mayNotSetUp(t, s, "forged", weir, problem.NotFound)
		mayNotSetUp(t, s, "", weir, problem.NotFound)
		done := testkit.Write(t, s, func(tx *db.Tx) (account.Begun, error) { return account.SetUp(tx, token, weir) })
		d := &desk{Store: s, t: t}
		who := d.is(done.Token)
		if who.Alone || !who.Me.Administrator || who.Me.Name != "Ada Pires" || who.Me.Zone.String() != "Europe/Lisbon" || who.Memberships[0].Name != "Weir & Lock" {
			t.Errorf("set up as %+v", who)
		}
		if got := d.addresses(done.Token); got != "ada@weir.example" {
			t.Errorf("addresses %q", got)
		}
		var refused problem.Refused
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := account.SetUp(tx, token, weir); return err }); !errors.As(err, &refused) {
			t.Errorf("a second time: %v, want a refusal", err)
		}
		if err := testkit.Fails(t, s, func(tx *db.Tx) error { _, err := account.SetUpLink(tx); return err }); !errors.As(err, &refused) {
			t.Errorf("another link: %v, want a refusal", err)
		}
	})
}

func TestTheSetUpLinkLastsADay(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		token := setUpLink(t, s)
		s.Clock.Move(24 * time.Hour)
		mayNotSetUp(t, s, token, weir, problem.NotFound)
	})
}

func TestJustMeIsAnInstallationForOne(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		token := setUpLink(t, s)
		in := account.Beginning{JustMe: true, Name: "Ines Faria", Email: "ines@home.example", TimeZone: "Europe/Lisbon"}
		done := testkit.Write(t, s, func(tx *db.Tx) (account.Begun, error) { return account.SetUp(tx, token, in) })
		d := &desk{Store: s, t: t}
		if who := d.is(done.Token); !who.Alone || who.Me.Name != "Ines Faria" {
			t.Errorf("set up as %+v", who)
		}
		if got := d.addresses(done.Token); got != "ines@home.example (private)" {
			t.Errorf("addresses %q", got)
		}
	})
}

func TestWhatIsMissingInTheSetUpIsSaidAtOnce(t *testing.T) {
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		token := setUpLink(t, s)
		var wrong problem.Invalid
		err := testkit.Fails(t, s, func(tx *db.Tx) error {
			_, err := account.SetUp(tx, token, account.Beginning{Email: "ada", TimeZone: "Lisbon"})
			return err
		})
		if !errors.As(err, &wrong) || len(wrong) != 4 {
			t.Errorf("got %v, want messages at four fields", err)
		}
		testkit.Write(t, s, func(tx *db.Tx) (account.Begun, error) { return account.SetUp(tx, token, weir) }) // the link is not used up
	})
}

func TestAnInvitationSaysWhoInvitesAndSignsNobodyIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		invite := func(tx *db.Tx) error { return account.Invite(tx, d.Ada, d.Ines.Person) }
		testkit.Do(t, d.Store, invite)
		testkit.Do(t, d.Store, invite)
		mails := d.post()
		if len(mails) != 1 || mails[0].To != "ines@weir.example" {
			t.Fatalf("%d mails, want one to Ines", len(mails))
		}
		for _, part := range []string{"Ada Pires invites you", "Weir & Lock", "https://own.example/sign-in\n"} {
			if !strings.Contains(mails[0].Text, part) {
				t.Errorf("no %q in\n%s", part, mails[0].Text)
			}
		}
		if strings.Contains(mails[0].Subject, "Ada") {
			t.Errorf("the subject %q", mails[0].Subject)
		}
		token := d.signIn("ines@weir.example")
		var refused problem.Refused
		if err := testkit.Fails(t, d.Store, invite); !errors.As(err, &refused) {
			t.Errorf("who has signed in was invited again: %v", err)
		}
		if err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { return account.Invite(tx, d.Tomas, d.Joel.Person) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("Tomás, who administers nothing, invited somebody: %v", err)
		}
		if history := d.history(token); !strings.Contains(history, "You were invited by mail (Ada Pires)") || !strings.Contains(history, "Tomás Reis became your manager") {
			t.Errorf("history:\n%s", history)
		}
	})
}
