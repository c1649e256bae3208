package account_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestAnAdministratorWhoChangesAnAddressDoesNotGetIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines := d.signIn("ines@weir.example")
		d.change(d.Ines.Person, "evil@weir.example")
		told := d.post()
		if len(told) != 1 || told[0].To != "ines@weir.example" || !strings.Contains(told[0].Text, "evil@weir.example") {
			t.Errorf("Ines should be told at her own address of the other one: %v", told)
		}
		d.begin("evil@weir.example")
		hint := d.post()
		if len(hint) != 1 || codeForm.MatchString(hint[0].Text) || strings.Contains(hint[0].Text, "ines@weir.example") {
			t.Errorf("the other address should get a hint without a code and without Ines's address: %v", hint)
		}
		if again := d.is(d.signIn("ines@weir.example")); again.Me.Person != d.Ines.Person {
			t.Errorf("Ines signs in as %+v", again.Me)
		}
		if history := d.history(ines); !strings.Contains(history, "Your entry was changed (Ada Pires)") {
			t.Errorf("Ines does not see what Ada did:\n%s", history)
		}
	})
}

func TestAForeignAddressAddedToSomeoneElseDoesNotOpenThem(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.signIn("ines@weir.example")
		ada := d.signIn("ada@weir.example")
		d.addAddress(ada, "ada@home.example")
		d.change(d.Ines.Person, "ada@home.example")
		d.post()
		if who := d.is(d.signIn("ada@home.example")); who.Me.Person != d.Ada.Person || len(who.Memberships) != 1 {
			t.Errorf("Ada became %+v", who.Me)
		}
	})
}

func TestAnAddressGivenToANewPersonDoesNotOpenTheFormersAccount(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		former := d.signIn("ines@weir.example")
		d.leave(d.Ines.Person)
		if who := d.is(d.signIn("ines@weir.example")); who.Me.Person != d.Ines.Person || !who.Me.Left {
			t.Errorf("as long as nobody else has it, the address opens what is hers: got %+v", who.Me)
		}
		second := d.add("Ines Lobo", "ines@weir.example")
		if who := d.is(d.signIn("ines@weir.example")); who.Me.Person != second.ID {
			t.Errorf("the new Ines signed in as %s", who.Me.Name)
		}
		if who := d.is(former); who.Me.Person != d.Ines.Person || !who.Me.Left {
			t.Errorf("where the former Ines was signed in she still is: got %+v", who.Me)
		}
		if history := d.history(former); !strings.Contains(history, "gave it to somebody else") {
			t.Errorf("the former Ines does not see why:\n%s", history)
		}
	})
}

func TestAnAddressGivenAwayByManyChangesAtOnceIsTakenToo(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		former := d.signIn("ines@weir.example")
		d.leave(d.Ines.Person)
		testkit.Do(t, d.Store, func(tx *db.Tx) error { // as an import does it, without an event for each
			_, err := tx.Exec("update people set email = 'ines@weir.example' where organisation_id = $1 and id = $2", d.Organisation.ID, d.Joel.Person)
			if err != nil {
				return err
			}
			return event.Record(tx, event.Event{Organisation: d.Organisation.ID, Kind: "people imported", Thing: event.Thing{Kind: "organisation", ID: d.Organisation.ID}})
		})
		if left := d.addresses(former); left != "" {
			t.Errorf("the former Ines still has %s", left)
		}
		if who := d.is(d.signIn("ines@weir.example")); who.Me.Person != d.Joel.Person {
			t.Errorf("Joel signed in as %s", who.Me.Name)
		}
	})
}

func TestAnAddressPassedOnWithinTheOrganisationOpensTheNewHolder(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines := d.signIn("ines@weir.example")
		d.change(d.Ines.Person, "ines.faria@weir.example")
		d.post()
		if who := d.is(d.signIn("ines@weir.example")); who.Me.Person != d.Ines.Person {
			t.Errorf("nobody else has it: Ines signs in as %s", who.Me.Name)
		}
		d.addAddress(ines, "ines.faria@weir.example")
		second := d.add("Ines Lobo", "ines@weir.example")
		if who := d.is(d.signIn("ines@weir.example")); who.Me.Person != second.ID {
			t.Errorf("the new Ines signed in as %s", who.Me.Name)
		}
		if who := d.is(d.signIn("ines.faria@weir.example")); who.Me.Person != d.Ines.Person {
			t.Errorf("the first Ines signed in as %s", who.Me.Name)
		}
	})
}

func TestAPrivateAddressStaysWhateverTheOrganisationSays(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines := d.signIn("ines@weir.example")
		d.addAddress(ines, "ines@home.example")
		if got, want := d.addresses(ines), "ines@weir.example, ines@home.example (private)"; got != want {
			t.Errorf("addresses %q, want %q", got, want)
		}
		d.leave(d.Ines.Person)
		d.add("Somebody", "ines@home.example")
		d.add("Somebody else", "ines@weir.example")
		if who := d.is(d.signIn("ines@home.example")); who.Me.Person == "" || len(who.Memberships) != 1 {
			t.Errorf("Ines through her private address: %+v", who)
		}
		if got := d.addresses(ines); got != "ines@home.example (private)" {
			t.Errorf("addresses %q", got)
		}
	})
}

func TestWhoLeftReachesTheirOwnForThirtyDays(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines := d.signIn("ines@weir.example")
		d.addAddress(ines, "ines@home.example")
		d.leave(d.Ines.Person)
		d.Clock.MoveDays(29)
		if who := d.is(d.signIn("ines@home.example")); !who.Me.Left || who.Me.Administrator {
			t.Errorf("after 29 days: %+v", who.Me)
		}
		later := d.signIn("ines@home.example")
		d.Clock.MoveDays(2)
		if _, err := d.who(later); !errors.Is(err, problem.SignedOut) {
			t.Errorf("after 31 days: %v, want signed out", err)
		}
		d.sendsNothing("ines@home.example", "after 31 days")
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return org.Return(tx, d.Ada, d.Ines.Person) })
		if who := d.is(d.signIn("ines@home.example")); who.Me.Person != d.Ines.Person || who.Me.Left {
			t.Errorf("after coming back: %+v", who.Me)
		}
	})
}

func TestWhoCameBackAsAnotherPersonIsThatOne(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines := d.signIn("ines@weir.example")
		d.addAddress(ines, "ines@home.example")
		d.leave(d.Ines.Person)
		second := d.add("Ines Faria", "ines@home.example")
		if who := d.is(d.signIn("ines@home.example")); who.Me.Person != second.ID || who.Me.Left || len(who.Memberships) != 1 {
			t.Errorf("got %+v, want the person who is here", who)
		}
		var refused problem.Refused
		if err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { return org.Return(tx, d.Ada, d.Ines.Person) }); !errors.As(err, &refused) {
			t.Errorf("her first entry came back beside the second: %v", err)
		}
	})
}

func TestWhoNeverSignedInAndLeftIsNotReached(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		id := d.begin("ines@weir.example")
		code := d.code("ines@weir.example")
		d.leave(d.Ines.Person)
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); ok {
			t.Error("Ines signed in after she had left")
		}
		d.sendsNothing("ines@weir.example", "somebody who left without an account")
	})
}

func TestOneAddressInTwoOrganisationsIsOneAccount(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		other := testkit.NewCompany(t, d.Store, "other.example")
		guest := testkit.Write(t, d.Store, func(tx *db.Tx) (org.Person, error) {
			return org.Add(tx, other.Ada, org.Details{Name: "Ines Faria", Email: "ines@weir.example"})
		})
		token := d.signIn("ines@weir.example")
		who := d.is(token)
		if len(who.Memberships) != 2 {
			t.Fatalf("Ines is in %d organisations, want 2", len(who.Memberships))
		}
		for _, to := range []org.Person{guest, {Organisation: d.Organisation.ID, ID: d.Ines.Person}} {
			testkit.Do(t, d.Store, func(tx *db.Tx) error { return account.SwitchTo(tx, d.is(token), to.Organisation) })
			if me := d.is(token).Me; me.Organisation != to.Organisation || me.Person != to.ID {
				t.Errorf("after the switch: %+v", me)
			}
		}
		joel := d.is(d.signIn("joel@weir.example"))
		if err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { return account.SwitchTo(tx, joel, other.Organisation.ID) }); !errors.Is(err, problem.NotFound) {
			t.Errorf("Joel switched to an organisation that is not his: %v", err)
		}
		testkit.Do(t, d.Store, func(tx *db.Tx) error { return org.Leave(tx, other.Ada, guest.ID) })
		if who := d.is(token); who.Me.Organisation != d.Organisation.ID || who.Me.Left || !who.Memberships[1].Left {
			t.Errorf("after leaving the other: %+v", who)
		}
	})
}

// What one organisation says of an address locks nobody out of another.
func TestAnOrganisationCannotTakeAnAddressThatAnotherStandsFor(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		other := testkit.NewCompany(t, d.Store, "other.example")
		guest := testkit.Write(t, d.Store, func(tx *db.Tx) (org.Person, error) {
			return org.Add(tx, other.Ada, org.Details{Name: "Ines", Email: "ines@weir.example"})
		})
		d.signIn("ines@weir.example")
		testkit.Do(t, d.Store, func(tx *db.Tx) error {
			if err := org.Leave(tx, other.Ada, guest.ID); err != nil {
				return err
			}
			_, err := org.Add(tx, other.Ada, org.Details{Name: "Somebody", Email: "ines@weir.example"})
			return err
		})
		token := d.signIn("ines@weir.example")
		if got := d.addresses(token); got != "ines@weir.example" {
			t.Errorf("Ines has the addresses %q", got)
		}
	})
}

func TestAnAddedAddressJoinsTheOrganisationThatKnowsIt(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		testkit.NewCompany(t, d.Store, "other.example")
		ines := d.signIn("ines@weir.example")
		d.addAddress(ines, "mira@other.example")
		if who := d.is(ines); len(who.Memberships) != 2 {
			t.Errorf("Ines is in %d organisations, want 2", len(who.Memberships))
		}
		if got, want := d.addresses(ines), "ines@weir.example, mira@other.example"; got != want {
			t.Errorf("addresses %q, want %q: neither is private", got, want)
		}
	})
}

func TestAnAddressOfAnotherAccountIsNotAdded(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.signIn("joel@weir.example")
		ines := d.is(d.signIn("ines@weir.example")).Me
		testkit.Do(t, d.Store, func(tx *db.Tx) error { _, err := account.AddAddress(tx, ines, "joel@weir.example", "here"); return err })
		mails := d.post()
		if len(mails) != 1 || mails[0].To != "joel@weir.example" || codeForm.MatchString(mails[0].Text) {
			t.Errorf("Joel should be told, without a code: %v", mails)
		}
	})
}

func TestTheLastAddressStays(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		token := d.signIn("ines@weir.example")
		ines := d.is(token).Me
		remove := func(address string) func(tx *db.Tx) error {
			return func(tx *db.Tx) error { return account.RemoveAddress(tx, ines, address) }
		}
		var refused problem.Refused
		if err := testkit.Fails(t, d.Store, remove("ines@weir.example")); !errors.As(err, &refused) {
			t.Errorf("the last address: %v, want a refusal", err)
		}
		if err := testkit.Fails(t, d.Store, remove("joel@weir.example")); !errors.Is(err, problem.NotFound) {
			t.Errorf("Joel's address: %v, want not found", err)
		}
		d.addAddress(token, "ines@home.example")
		if err := testkit.Fails(t, d.Store, remove("ines@weir.example")); !errors.As(err, &refused) {
			t.Errorf("beside a new address only: %v, want a refusal", err)
		}
		d.Clock.MoveDays(1)
		testkit.Do(t, d.Store, remove("ines@weir.example"))
		if got := d.addresses(token); got != "ines@home.example (private)" {
			t.Errorf("addresses %q", got)
		}
		if history := d.history(token); !strings.Contains(history, "You removed an address (Ines Faria)\nYou added an address (Ines Faria)\nYou signed in for the first time") {
			t.Errorf("history:\n%s", history)
		}
		for _, h := range testkit.Read(t, d.Store, func(tx *db.Tx) ([]account.Happening, error) { return account.Of(tx, d.Ada, d.Ines.Person) }) {
			if strings.Contains(h.Words, "You") {
				t.Errorf("the administrator reads %q", h.Words)
			}
		}
	})
}

func TestWhoeverAddsAnAddressFromABrowserOfSomebodyElseIsTold(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		token := d.signIn("ines@weir.example")
		mails := d.addAddress(token, "thief@evil.example")
		if len(mails) != 1 || mails[0].To != "ines@weir.example" || !strings.Contains(mails[0].Text, "/you") {
			t.Fatalf("Ines is told %v", mails)
		}
		thief := d.is(token).Me
		var refused problem.Refused
		err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { return account.RemoveAddress(tx, thief, "ines@weir.example") })
		if !errors.As(err, &refused) {
			t.Errorf("her own address is gone: %v", err)
		}
	})
}

func TestMailReachesAPersonWhereNobodyElseReadsIt(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		at := func(who org.Actor) string {
			return testkit.Read(t, d.Store, func(tx *db.Tx) (string, error) { return account.ReachedAt(tx, who) })
		}
		d.change(d.Joel.Person, "joel@new.example")
		if got := at(d.Joel); got != "joel@new.example" {
			t.Errorf("before he has signed in, Joel is reached at %s", got)
		}
		ines := d.is(d.signIn("ines@weir.example")).Me
		d.change(ines.Person, "ada@elsewhere.example")
		if got := at(ines); got != "ines@weir.example" {
			t.Errorf("an address that Ines never confirmed gets her mail: %s", got)
		}
	})
}
