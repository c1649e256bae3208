package account_test

import (
	"context"
	"log/slog"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/testkit"
)

func init() {
	for _, kind := range []string{"person added", "person changed", "person returned"} {
		event.React(kind, account.PersonChanged)
	}
	event.React("people imported", account.PeopleImported)
}

// desk is a store with a company in it, and a mailbox for everybody.
type desk struct {
	testkit.Store
	testkit.Company
	t      *testing.T
	runner *job.Runner

	mu    sync.Mutex
	mails []mail.Message
	away  int // how many more mails the mail server loses the answer to
}

func each(t *testing.T, test func(t *testing.T, d *desk)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s testkit.Store) { test(t, newDesk(t, s)) })
}

func newDesk(t *testing.T, s testkit.Store) *desk {
	d := &desk{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t}
	d.runner = job.NewRunner(s.DB, slog.New(slog.DiscardHandler), account.Jobs(d, "https://own.example"))
	return d
}

// Send takes every mail, and loses the answer to some.
func (d *desk) Send(_ context.Context, m mail.Message) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.mails = append(d.mails, m)
	if d.away > 0 {
		d.away--
		return context.DeadlineExceeded
	}
	return nil
}

// post brings the mails that came since the last time.
func (d *desk) post() []mail.Message {
	d.t.Helper()
	if _, err := d.runner.RunDue(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	mails := d.mails
	d.mails = nil
	return mails
}

func (d *desk) begin(address string) db.ID {
	d.t.Helper()
	return testkit.Write(d.t, d.Store, func(tx *db.Tx) (db.ID, error) { return account.Begin(tx, address, "here") })
}

var codeForm = regexp.MustCompile(`(?m)^    (\w{4} \w{4})$`)

// code is the code in the one mail that came to the address.
func (d *desk) code(address string) string {
	d.t.Helper()
	mails := d.post()
	if len(mails) != 1 || mails[0].To != address {
		d.t.Fatalf("%d mails %v, want one to %s", len(mails), mails, address)
	}
	found := codeForm.FindStringSubmatch(mails[0].Text)
	if found == nil {
		d.t.Fatalf("no code in the mail:\n%s", mails[0].Text)
	}
	return found[1]
}

func (d *desk) try(try account.Try) (account.Token, bool) {
	d.t.Helper()
	type answer struct {
		token account.Token
		ok    bool
	}
	a := testkit.Write(d.t, d.Store, func(tx *db.Tx) (answer, error) {
		token, ok, err := account.Confirm(tx, try)
		return answer{token, ok}, err
	})
	if a.ok == (a.token == "") {
		d.t.Errorf("ok is %v with the token %q", a.ok, a.token)
	}
	return a.token, a.ok
}

// signIn goes the whole way.
func (d *desk) signIn(address string) account.Token {
	d.t.Helper()
	id := d.begin(address)
	token, ok := d.try(account.Try{SignIn: id, Code: d.code(address), Device: "Firefox on Linux"})
	if !ok {
		d.t.Fatalf("the right code for %s was not taken", address)
	}
	return token
}

// sendsNothing asks for a code and finds that no mail comes.
func (d *desk) sendsNothing(address, why string) {
	d.t.Helper()
	d.begin(address)
	if mails := d.post(); len(mails) != 0 {
		d.t.Errorf("%s: %d mails went out, the first:\n%s", why, len(mails), mails[0].Text)
	}
}

func (d *desk) who(token account.Token) (account.Who, error) {
	return db.Read(d.t.Context(), d.DB, func(tx *db.Tx) (account.Who, error) { return account.WhoHas(tx, token) })
}

// is who somebody is by their token; it must be good.
func (d *desk) is(token account.Token) account.Who {
	d.t.Helper()
	who, err := d.who(token)
	if err != nil {
		d.t.Fatalf("who: %v", err)
	}
	return who
}

// change is an administrator giving a person another address.
func (d *desk) change(id db.ID, email string) {
	d.t.Helper()
	testkit.Do(d.t, d.Store, func(tx *db.Tx) error {
		p, err := org.ByID(tx, d.Ada, id)
		if err != nil {
			return err
		}
		p.Email = email
		return org.Change(tx, d.Ada, id, p.Revision, p.Details)
	})
}

func (d *desk) add(name, email string) org.Person {
	d.t.Helper()
	return testkit.Write(d.t, d.Store, func(tx *db.Tx) (org.Person, error) {
		return org.Add(tx, d.Ada, org.Details{Name: name, Email: email})
	})
}

func (d *desk) leave(id db.ID) {
	d.t.Helper()
	testkit.Do(d.t, d.Store, func(tx *db.Tx) error { return org.Leave(tx, d.Ada, id) })
}

func (d *desk) addAddress(token account.Token, address string) (told []mail.Message) {
	d.t.Helper()
	me := d.is(token).Me
	id := testkit.Write(d.t, d.Store, func(tx *db.Tx) (db.ID, error) { return account.AddAddress(tx, me, address, "here") })
	code := d.code(address)
	if !testkit.Write(d.t, d.Store, func(tx *db.Tx) (bool, error) {
		return account.ConfirmAddress(tx, me, account.Try{SignIn: id, Code: code})
	}) {
		d.t.Fatalf("the code for %s was not taken", address)
	}
	return d.post()
}

func (d *desk) addresses(token account.Token) string {
	d.t.Helper()
	me := d.is(token).Me
	var said []string
	for _, a := range testkit.Read(d.t, d.Store, func(tx *db.Tx) ([]account.Address, error) { return account.Addresses(tx, me) }) {
		if a.Private {
			a.Text += " (private)"
		}
		said = append(said, a.Text)
	}
	return strings.Join(said, ", ")
}

func (d *desk) history(token account.Token) string {
	d.t.Helper()
	me := d.is(token).Me
	var said []string
	for _, h := range testkit.Read(d.t, d.Store, func(tx *db.Tx) ([]account.Happening, error) { return account.Mine(tx, me) }) {
		said = append(said, h.Words+" ("+h.By+")")
	}
	return strings.Join(said, "\n")
}
