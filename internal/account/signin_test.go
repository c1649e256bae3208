package account_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

func TestACodeSignsInHoweverItIsTyped(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, typed := range []func(string) string{
			func(code string) string { return code },
			strings.ToLower,
			func(code string) string { return " " + strings.ReplaceAll(code, " ", "-") + ".\n" },
			func(code string) string { return strings.ReplaceAll(code, " ", "") },
		} {
			id := d.begin("  INES@weir.example ")
			code := typed(d.code("ines@weir.example"))
			token, ok := d.try(account.Try{SignIn: id, Code: code, Device: "Firefox on Linux"})
			if !ok {
				t.Fatalf("%q was not taken", code)
			}
			who := d.is(token)
			if who.Me.Person != d.Ines.Person || who.Me.Organisation != d.Organisation.ID || who.Me.Account == "" || who.Me.Administrator || who.Me.Left {
				t.Errorf("signed in as %+v, want Ines", who.Me)
			}
		}
		if me := d.is(d.signIn("ada@weir.example")).Me; !me.Administrator {
			t.Errorf("Ada is no administrator: %+v", me)
		}
	})
}

func TestTheMailHoldsTheCodeAndALinkThatFillsItIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		id := d.begin("ines@weir.example")
		m := d.post()[0]
		code := codeForm.FindStringSubmatch(m.Text)[1]
		plain := strings.ReplaceAll(code, " ", "")
		if link := linkForm.FindStringSubmatch(m.Text); link == nil || link[1] != plain || link[3] != string(id) {
			t.Errorf("the link is %v in\n%s", link, m.Text)
		}
		if strings.Contains(m.Subject, code[:4]) || m.Subject == "" {
			t.Errorf("the subject %q is shown on locked screens", m.Subject)
		}
	})
}

// Whoever asks cannot tell from the answer, nor from the work done, whether an address is known.
func TestAnUnknownAddressLooksLikeAKnownOne(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ran := func(address string) (statements int, id db.ID) {
			testkit.Do(t, d.Store, func(tx *db.Tx) (err error) {
				id, err = account.Begin(tx, address, "here")
				statements = tx.Ran()
				return err
			})
			return statements, id
		}
		known, knownID := ran("ines@weir.example")
		unknown, unknownID := ran("nobody@weir.example")
		if known != unknown || len(knownID) != len(unknownID) {
			t.Errorf("beginning ran %d statements for a known address and %d for an unknown one", known, unknown)
		}
		if mails := d.post(); len(mails) != 1 {
			t.Fatalf("%d mails, want one", len(mails))
		}
		tried := func(id db.ID) (statements int) {
			testkit.Do(t, d.Store, func(tx *db.Tx) error {
				_, ok, err := account.Confirm(tx, account.Try{SignIn: id, Code: "AAAA AAAA"})
				if ok {
					t.Error("a forged code was taken")
				}
				statements = tx.Ran()
				return err
			})
			return statements
		}
		a, b, c := tried(knownID), tried(unknownID), tried("no such sign-in")
		if a != b || b != c {
			t.Errorf("a wrong code ran %d statements for a known address, %d for an unknown one, %d for none", a, b, c)
		}
	})
}

func TestTooManySignInsAreRefusedWhetherOrNotTheAddressIsKnown(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, address := range []string{"ines@weir.example", "nobody@weir.example"} {
			for range 5 {
				d.begin(address)
			}
			var many problem.TooMany
			err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { _, err := account.Begin(tx, address, "here"); return err })
			if !errors.As(err, &many) {
				t.Errorf("%s the sixth time: %v, want too many", address, err)
			}
		}
		if mails := d.post(); len(mails) != 5 {
			t.Errorf("%d mails, want five, all to Ines", len(mails))
		}
		d.Clock.Move(time.Hour)
		d.signIn("ines@weir.example")
	})
}

// Whoever knows an address can ask for codes, and guess at them. That keeps its owner out at no
// time.
func TestNobodyIsKeptOutByCodesThatOthersAskFor(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		asks := func(from string) error {
			return db.Do(t.Context(), d.DB, func(tx *db.Tx) error { _, err := account.Begin(tx, "ines@weir.example", from); return err })
		}
		for range 5 {
			if err := asks("an attacker"); err != nil {
				t.Fatal(err)
			}
		}
		d.Clock.Move(10 * time.Minute)
		if err := asks("an attacker"); err == nil {
			t.Error("one place asked for six codes within an hour")
		}
		if err := asks("home"); err != nil {
			t.Errorf("at home no code can be had: %v", err)
		}
		for _, from := range []string{"a", "b", "c", "d"} {
			if err := asks(from); err != nil {
				t.Fatal(err)
			}
		}
		var many problem.TooMany
		if err := asks("home"); !errors.As(err, &many) || !strings.Contains(string(many), "newest mail") {
			t.Errorf("the sixth within ten minutes: %v", err)
		}
		d.Clock.Move(9 * time.Minute) // which the newest outlives
		mails := d.post()
		link := linkForm.FindStringSubmatch(mails[len(mails)-1].Text)
		id, code, key := db.ID(link[3]), link[1], link[2]
		for range 9 {
			d.try(account.Try{SignIn: id, Code: "AAAA AAAA"}) // whoever asked for it guesses
		}
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); ok {
			t.Error("after nine guesses the code alone was taken")
		}
		if _, ok := d.try(account.Try{SignIn: id, Code: code, Key: "AAAA"}); ok {
			t.Error("with a guessed key the code was taken")
		}
		if _, ok := d.try(account.Try{SignIn: id, Code: code, Key: key, Elsewhere: true, Address: "ines@weir.example"}); !ok {
			t.Error("the link in the newest mail opens nothing")
		}
	})
}

var linkForm = regexp.MustCompile(`/sign-in/code\?code=(\w+)&key=(\w+)&sign_in=(\S+)`)

func TestACodeToDeleteTheAccountDoesNothingElse(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines, joel := d.is(d.signIn("ines@weir.example")).Me, d.is(d.signIn("joel@weir.example")).Me
		begin := func() db.ID {
			return testkit.Write(t, d.Store, func(tx *db.Tx) (db.ID, error) { return account.BeginDeletion(tx, ines, "here") })
		}
		try := account.Try{SignIn: begin()}
		try.Code = d.code("ines@weir.example")
		if _, ok := d.try(try); ok {
			t.Error("it signed somebody in")
		}
		if testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) { return account.ConfirmAddress(tx, ines, try) }) {
			t.Error("it added an address")
		}
		if testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) { return account.ConfirmDeletion(tx, joel, try) }) {
			t.Error("it counts for Joel")
		}
		if !testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) { return account.ConfirmDeletion(tx, ines, try) }) {
			t.Error("it does not count for what it is for")
		}
		id := testkit.Write(t, d.Store, func(tx *db.Tx) (db.ID, error) { return account.AddAddress(tx, ines, "home@faria.example", "here") })
		try = account.Try{SignIn: id, Code: d.code("home@faria.example")}
		if testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) { return account.ConfirmDeletion(tx, ines, try) }) {
			t.Error("a code that was sent to an address that somebody adds deletes the account")
		}
	})
}

func TestWhatIsNoAddressIsSaid(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for _, address := range []string{"", "ines", "Ines <ines@weir.example>", "a@b, c@d", "ines@weir.example\nbcc: x@y.example"} {
			var wrong problem.Invalid
			err := testkit.Fails(t, d.Store, func(tx *db.Tx) error { _, err := account.Begin(tx, address, "here"); return err })
			if !errors.As(err, &wrong) || wrong["email"] == "" {
				t.Errorf("%q: %v, want a message at the field", address, err)
			}
		}
	})
}

func TestACodeCountsOnceAndForTwentyMinutes(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		id := d.begin("ines@weir.example")
		code := d.code("ines@weir.example")
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); !ok {
			t.Fatal("the code was not taken")
		}
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); ok {
			t.Error("a used code was taken again")
		}
		id = d.begin("ines@weir.example")
		code = d.code("ines@weir.example")
		d.Clock.Move(20 * time.Minute)
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); ok {
			t.Error("a code of twenty minutes ago was taken")
		}
		id = d.begin("ines@weir.example")
		other := d.begin("joel@weir.example")
		code = codeForm.FindStringSubmatch(d.post()[0].Text)[1]
		if _, ok := d.try(account.Try{SignIn: other, Code: code}); ok {
			t.Error("a code was taken for another sign-in")
		}
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); !ok {
			t.Error("the code was not taken where it belongs")
		}
	})
}

func TestFiveWrongTriesEndASignIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		id := d.begin("ines@weir.example")
		code := d.code("ines@weir.example")
		for _, wrong := range []string{"AAAA AAAA", "", "none", "0", strings.Repeat("A", 10_000)} {
			if _, ok := d.try(account.Try{SignIn: id, Code: wrong}); ok {
				t.Errorf("%.20q was taken", wrong)
			}
		}
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); ok {
			t.Error("the right code was taken at the sixth try")
		}
		d.signIn("ines@weir.example")
	})
}

// A mail that was sent although its sender was told otherwise is sent again, with another code.
func TestEveryCodeThatMayHaveArrivedCounts(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		for which := range 2 {
			d.away = 1
			id := d.begin("ines@weir.example")
			mails := d.post()
			d.Clock.Move(time.Minute)
			mails = append(mails, d.post()...)
			if len(mails) != 2 || mails[0].ID != mails[1].ID {
				t.Fatalf("%d mails, want the same twice", len(mails))
			}
			if _, ok := d.try(account.Try{SignIn: id, Code: codeForm.FindStringSubmatch(mails[which].Text)[1]}); !ok {
				t.Errorf("the code of mail %d was not taken", which+1)
			}
		}
	})
}

func TestNoMailGoesOutWhenTheCodeWouldBeTooOld(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		d.begin("ines@weir.example")
		d.Clock.Move(21 * time.Minute)
		if mails := d.post(); len(mails) != 0 {
			t.Errorf("%d mails with a code of no use", len(mails))
		}
	})
}

func TestACodeForAnAddressSignsNobodyIn(t *testing.T) {
	each(t, func(t *testing.T, d *desk) {
		ines := d.is(d.signIn("ines@weir.example")).Me
		id := testkit.Write(t, d.Store, func(tx *db.Tx) (db.ID, error) { return account.AddAddress(tx, ines, "home@faria.example", "here") })
		code := d.code("home@faria.example")
		if _, ok := d.try(account.Try{SignIn: id, Code: code}); ok {
			t.Error("a code that adds an address signed somebody in")
		}
		joel := d.is(d.signIn("joel@weir.example")).Me
		if testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) {
			return account.ConfirmAddress(tx, joel, account.Try{SignIn: id, Code: code})
		}) {
			t.Error("Joel added the address that Ines asked for")
		}
		if !testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) {
			return account.ConfirmAddress(tx, ines, account.Try{SignIn: id, Code: code})
		}) {
			t.Error("Ines could not add her address")
		}
		d.post()
		id = d.begin("ines@weir.example")
		code = d.code("ines@weir.example")
		if testkit.Write(t, d.Store, func(tx *db.Tx) (bool, error) {
			return account.ConfirmAddress(tx, joel, account.Try{SignIn: id, Code: code})
		}) {
			t.Error("a code that signs in added an address")
		}
	})
}
