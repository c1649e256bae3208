package link_test

import (
	"context"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/testkit"
)

// desk is a company with links, and the mails that were sent.
type desk struct {
	testkit.Store
	testkit.Company
	t     *testing.T
	mails []mail.Message
	fails error // of the next mail
}

func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	testkit.Each(t, func(t *testing.T, s testkit.Store) {
		test(&desk{Store: s, Company: testkit.NewCompany(t, s, "weir.example"), t: t})
	})
}

var thing = event.Thing{Kind: "win", ID: "a-win"}

func (d *desk) make(in link.Input) (link.Link, link.Token) {
	d.t.Helper()
	var token link.Token
	l := testkit.Write(d.t, d.Store, func(tx *db.Tx) (link.Link, error) {
		l, secret, err := link.Make(tx, d.Ines, "a test", thing, in)
		token = secret
		return l, err
	})
	return l, token
}

func (d *desk) open(token link.Token) (link.Opened, error) {
	return db.Read(d.t.Context(), d.DB, func(tx *db.Tx) (link.Opened, error) { return link.Open(tx, token) })
}

func (d *desk) use(token link.Token) error {
	o, err := d.open(token)
	if err != nil {
		return err
	}
	return db.Do(d.t.Context(), d.DB, func(tx *db.Tx) error { return link.Use(tx, o) })
}

func (d *desk) Send(_ context.Context, m mail.Message) error {
	d.mails = append(d.mails, m)
	err := d.fails
	d.fails = nil
	return err
}

func (d *desk) post() {
	d.t.Helper()
	runner := job.NewRunner(d.DB, slog.New(slog.DiscardHandler), link.Jobs(d, "https://own.example"))
	if _, err := runner.RunDue(d.t.Context()); err != nil {
		d.t.Fatal(err)
	}
}

var inMail = regexp.MustCompile(`https://own\.example/a/(\S+)`)

func tokenIn(m mail.Message) link.Token {
	return link.Token(inMail.FindStringSubmatch(m.Text)[1])
}

func TestALinkOpensItsThingUntilItIsAnswered(t *testing.T) {
	each(t, func(d *desk) {
		l, token := d.make(link.Input{})
		for range 3 { // opening it changes nothing
			o, err := d.open(token)
			if err != nil || o.ID != l.ID || o.Thing != thing || o.Purpose != "a test" || o.Owner != d.Ines.Person || o.Organisation != d.Ines.Organisation || o.OwnerName != d.Ines.Name {
				d.t.Fatalf("opened %+v, %v", o, err)
			}
		}
		if err := d.use(token); err != nil {
			d.t.Fatal(err)
		}
		if err := d.use(token); !errors.Is(err, link.Answered) {
			d.t.Errorf("a second answer: %v", err)
		}
		o, err := d.open(token)
		if !errors.Is(err, link.Answered) || o.Thing != (event.Thing{}) || o.Owner != "" {
			d.t.Errorf("after the answer it opens %+v, %v", o, err)
		}
	})
}

func TestOnlyTheHashOfATokenIsKept(t *testing.T) {
	each(t, func(d *desk) {
		_, token := d.make(link.Input{})
		if len(token) != 43 {
			d.t.Errorf("a token of %d characters", len(token))
		}
		for _, table := range []string{"links", "question_links", "events", "jobs"} {
			n := testkit.Read(d.t, d.Store, func(tx *db.Tx) (int64, error) {
				columns := map[string]string{"links": "token_hash || thing_id", "question_links": "id || thing_id || address", "events": "facts || thing_id", "jobs": "key || args"}
				return db.One(tx, db.Scanned[int64], "select count(*) from "+table+" where "+columns[table]+" like $1", "%"+string(token)+"%")
			})
			if n > 0 {
				d.t.Errorf("%s holds the token", table)
			}
		}
	})
}

func TestAForgedTokenOpensNothing(t *testing.T) {
	each(t, func(d *desk) {
		_, token := d.make(link.Input{})
		setUp := link.Token("set-up")
		for _, forged := range []link.Token{"", "a", token[:42], token + "A", link.Token(strings.ToLower(string(token))), setUp} {
			if _, err := d.open(forged); !errors.Is(err, problem.NotFound) {
				d.t.Errorf("%q opens: %v", forged, err)
			}
		}
	})
}

func TestALinkEndsByTimeByItsOwnerAndWithThem(t *testing.T) {
	ends := map[string]struct {
		how  func(d *desk, l link.Link) error
		want link.Ended
	}{
		"in time": {func(d *desk, _ link.Link) error { d.Clock.MoveDays(7); return nil }, link.RanOut},
		"taken back": {func(d *desk, l link.Link) error {
			return db.Do(d.t.Context(), d.DB, func(tx *db.Tx) error { return link.TakeBack(tx, d.Ines, l.ID) })
		}, link.TakenBack},
		"its thing is gone": {func(d *desk, _ link.Link) error {
			return db.Do(d.t.Context(), d.DB, func(tx *db.Tx) error { return link.TakeBackOf(tx, d.Ines, thing) })
		}, link.TakenBack},
		"its owner left": {func(d *desk, _ link.Link) error {
			return db.Do(d.t.Context(), d.DB, func(tx *db.Tx) error { return org.Leave(tx, d.Ada, d.Ines.Person) })
		}, link.TakenBack},
	}
	each(t, func(d *desk) {
		for name, end := range ends {
			if name == "its owner left" {
				continue
			}
			l, token := d.make(link.Input{Days: 7})
			opened, err := d.open(token)
			if err != nil {
				d.t.Fatal(err)
			}
			if err := end.how(d, l); err != nil {
				d.t.Fatal(err)
			}
			if _, err := d.open(token); !errors.Is(err, end.want) {
				d.t.Errorf("%s: %v", name, err)
			}
			if err := db.Do(d.t.Context(), d.DB, func(tx *db.Tx) error { return link.Use(tx, opened) }); err == nil {
				d.t.Errorf("%s: an answer from a page that was open before is kept", name)
			}
		}
		l, token := d.make(link.Input{})
		if err := ends["its owner left"].how(d, l); err != nil {
			d.t.Fatal(err)
		}
		if _, err := d.open(token); !errors.Is(err, link.TakenBack) {
			d.t.Errorf("its owner left: %v", err)
		}
	})
}

func TestANewAddressTakesThePlaceOfTheOneBefore(t *testing.T) {
	each(t, func(d *desk) {
		l, lost := d.make(link.Input{})
		token := testkit.Write(d.t, d.Store, func(tx *db.Tx) (link.Token, error) { return link.Again(tx, d.Ines, l.ID) })
		if _, err := d.open(lost); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("the lost one: %v", err)
		}
		if _, err := d.open(token); err != nil {
			d.t.Error(err)
		}
		for name, want := range map[link.Token]bool{lost: false, token: true} {
			got := testkit.Read(d.t, d.Store, func(tx *db.Tx) (bool, error) { return link.Opens(tx, d.Ines, l.ID, name) })
			if got != want {
				d.t.Errorf("opens: %v, want %v", got, want)
			}
		}
	})
}

func TestALinkIsItsOwnersAlone(t *testing.T) {
	each(t, func(d *desk) {
		l, token := d.make(link.Input{})
		for _, other := range []org.Actor{d.Tomas, d.Ada, d.Joel} {
			for name, act := range map[string]func(tx *db.Tx) error{
				"read":      func(tx *db.Tx) error { _, err := link.ByID(tx, other, l.ID); return err },
				"again":     func(tx *db.Tx) error { _, err := link.Again(tx, other, l.ID); return err },
				"take back": func(tx *db.Tx) error { return link.TakeBack(tx, other, l.ID) },
			} {
				if err := testkit.Fails(d.t, d.Store, act); !errors.Is(err, problem.NotFound) {
					d.t.Errorf("%s may %s: %v", other.Name, name, err)
				}
			}
			if n := testkit.Read(d.t, d.Store, func(tx *db.Tx) ([]link.Link, error) { return link.Of(tx, other, thing) }); len(n) > 0 {
				d.t.Errorf("%s lists %v", other.Name, n)
			}
		}
		if _, err := d.open(token); err != nil {
			d.t.Error(err)
		}
	})
}

func TestAMailedLinkSaysWhoAsksAndNothingElse(t *testing.T) {
	each(t, func(d *desk) {
		l, none := d.make(link.Input{Address: "Ruth@Elsewhere.example", Days: 30})
		if none != "" {
			d.t.Error("a token was told besides the mail")
		}
		d.post()
		if len(d.mails) != 1 || d.mails[0].To != "ruth@elsewhere.example" || d.mails[0].Subject != "A question for you" {
			d.t.Fatalf("mails: %+v", d.mails)
		}
		if !strings.Contains(d.mails[0].Text, d.Ines.Name) || !strings.Contains(d.mails[0].Text, "23 December 2026") {
			d.t.Error(d.mails[0].Text)
		}
		if _, err := d.open(tokenIn(d.mails[0])); err != nil {
			d.t.Error(err)
		}
		if now := d.state(l.ID); now.Delivery != link.Sent {
			d.t.Errorf("delivery %q", now.Delivery)
		}
	})
}

func (d *desk) state(id db.ID) link.Link {
	return testkit.Read(d.t, d.Store, func(tx *db.Tx) (link.Link, error) { return link.ByID(tx, d.Ines, id) })
}

func TestAMailThatFailedMayHaveArrived(t *testing.T) {
	each(t, func(d *desk) {
		d.make(link.Input{Address: "ruth@elsewhere.example"})
		d.fails = errors.New("the server was away")
		d.post()
		d.Clock.MoveDays(1)
		d.post()
		if len(d.mails) != 2 || d.mails[0].ID != d.mails[1].ID {
			d.t.Fatalf("mails: %+v", d.mails)
		}
		for _, m := range d.mails {
			if _, err := d.open(tokenIn(m)); err != nil {
				d.t.Error(err)
			}
		}
		if err := d.use(tokenIn(d.mails[0])); err != nil {
			d.t.Error(err)
		}
		if _, err := d.open(tokenIn(d.mails[1])); !errors.Is(err, link.Answered) {
			d.t.Errorf("answered by one, the other says %v", err)
		}
	})
}

func TestAMailThatNobodyGetsIsSaid(t *testing.T) {
	each(t, func(d *desk) {
		l, _ := d.make(link.Input{Address: "ruth@elsewhere.example"})
		d.fails = mail.ErrRefused
		d.post()
		if now := d.state(l.ID); now.Delivery != link.Refused || !now.Stands(d.Clock.Now()) {
			d.t.Errorf("%+v", now)
		}
	})
}

func TestALinkThatWasTakenBackIsNotMailed(t *testing.T) {
	each(t, func(d *desk) {
		l, _ := d.make(link.Input{Address: "ruth@elsewhere.example"})
		testkit.Do(d.t, d.Store, func(tx *db.Tx) error { return link.TakeBack(tx, d.Ines, l.ID) })
		d.post()
		if len(d.mails) > 0 {
			d.t.Errorf("mails: %+v", d.mails)
		}
	})
}

func TestNobodysMailboxIsFilled(t *testing.T) {
	each(t, func(d *desk) {
		mailed := link.Input{Address: "ruth@elsewhere.example"}
		for range 20 {
			d.make(mailed)
		}
		var refused problem.Refused
		again := func(in link.Input) error {
			return testkit.Fails(d.t, d.Store, func(tx *db.Tx) error { _, _, err := link.Make(tx, d.Ines, "a test", thing, in); return err })
		}
		if err := again(mailed); !errors.As(err, &refused) {
			d.t.Errorf("a twenty-first mail: %v", err)
		}
		for range 80 {
			d.make(link.Input{})
		}
		if err := again(link.Input{}); !errors.As(err, &refused) {
			d.t.Errorf("a hundred and first link: %v", err)
		}
	})
}

func TestWhatALinkCannotBeIsSaidByField(t *testing.T) {
	each(t, func(d *desk) {
		for field, in := range map[string]link.Input{"link_days": {Days: 61}, "link_address": {Address: "ruth"}} {
			var wrong problem.Invalid
			err := testkit.Fails(d.t, d.Store, func(tx *db.Tx) error { _, _, err := link.Make(tx, d.Ines, "a test", thing, in); return err })
			if !errors.As(err, &wrong) || wrong[field] == "" {
				d.t.Errorf("%s: %v", field, err)
			}
		}
	})
}

func TestForgettingRemovesLinksAndKeys(t *testing.T) {
	each(t, func(d *desk) {
		_, token := d.make(link.Input{})
		testkit.Do(d.t, d.Store, func(tx *db.Tx) error { return link.Forget(tx, d.Ines) })
		if _, err := d.open(token); !errors.Is(err, problem.NotFound) {
			d.t.Error(err)
		}
		_, token = d.make(link.Input{})
		d.Clock.MoveDays(200)
		testkit.Do(d.t, d.Store, link.Tidy)
		if _, err := d.open(token); !errors.Is(err, problem.NotFound) {
			d.t.Errorf("after half a year: %v", err)
		}
	})
}
