package account

import (
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const setUpFor = 24 * time.Hour

// SetUpLink makes the secret of the page that sets up an empty installation. It works once, for a
// day, and only the newest does.
//
// Errors: problem.Refused when the installation is set up.
func SetUpLink(tx *db.Tx) (Token, error) {
	if err := notSetUp(tx); err != nil {
		return "", err
	}
	if _, err := tx.Exec(`
		update links set revoked_at = $1 where purpose = 'set up' and used_at is null and revoked_at is null`, tx.Now()); err != nil {
		return "", err
	}
	token := newToken()
	_, err := tx.Exec(`
		insert into links (token_hash, purpose, thing_kind, thing_id, made_at, expires_at)
		values ($1, 'set up', 'installation', '', $2, $3)`, token.hash(), tx.Now(), tx.Now().Add(setUpFor))
	return token, err
}

func notSetUp(tx *db.Tx) error {
	var some int64
	if err := tx.Get("select count(*) from (select 1 from organisations limit 1) as one").Scan(&some); err != nil {
		return err
	}
	if some > 0 {
		return problem.Refused("This installation is set up already. Sign in instead.")
	}
	return nil
}

// MaySetUp tells whether the secret opens the set-up page.
//
// Errors: problem.NotFound for a secret that is wrong, old or used; problem.Refused when the
// installation is set up.
func MaySetUp(tx *db.Tx, token Token) error {
	if err := notSetUp(tx); err != nil {
		return err
	}
	var one int64
	return tx.Get(`
		select 1 from links
		where token_hash = $1 and purpose = 'set up' and used_at is null and revoked_at is null and expires_at > $2`,
		token.hash(), tx.Now()).Scan(&one)
}

// Beginning is what the set-up page asks.
type Beginning struct {
	JustMe       bool // an installation for one person
	Organisation string
	Name         string
	Email        string
	TimeZone     string
	Device       string
}

// Begun is what the set-up made.
type Begun struct {
	Organisation org.Organisation
	Person       org.Person
	Token        Token // they are signed in
}

// SetUp makes the first organisation, with the person who sets it up as its administrator.
//
// Errors: those of MaySetUp, and problem.Invalid by field.
func SetUp(tx *db.Tx, token Token, in Beginning) (Begun, error) {
	var done Begun
	if err := MaySetUp(tx, token); err != nil {
		return done, err
	}
	if err := in.check(); err != nil {
		return done, err
	}
	if _, err := tx.Exec("update links set used_at = $1 where token_hash = $2", tx.Now(), token.hash()); err != nil {
		return done, err
	}
	name := in.Organisation
	if in.JustMe {
		name = in.Name
	}
	var err error
	if done.Organisation, err = org.Found(tx, name, in.TimeZone, in.JustMe); err != nil {
		return done, err
	}
	operator := org.Operator(done.Organisation.ID)
	if done.Person, err = org.Add(tx, operator, org.Details{Name: in.Name, Email: in.Email}); err != nil {
		return done, err
	}
	if err := org.UnscopedAppointFirst(tx, operator, done.Person.ID); err != nil {
		return done, err
	}
	id, err := newAccount(tx, done.Person.Email, in.JustMe)
	if err != nil {
		return done, err
	}
	if err := claim(tx, reach{account: id, people: []person{{organisation: done.Organisation.ID, id: done.Person.ID}}}); err != nil {
		return done, err
	}
	done.Token, err = beginSession(tx, id, in.Device)
	return done, err
}

// check finds everything that is wrong at once; the verbs below would say it one by one.
func (in Beginning) check() error {
	wrong := problem.Invalid{}
	wrong.Check(in.JustMe || strings.TrimSpace(in.Organisation) != "", "organisation", "Please give your organisation a name.")
	wrong.Check(strings.TrimSpace(in.Name) != "", "name", "Please write down your name.")
	wrong.Check(org.ValidAddress(org.FoldAddress(in.Email)), "email", "Please enter the e-mail address by which you will sign in, such as ines@example.com.")
	_, err := time.LoadLocation(in.TimeZone)
	wrong.Check(err == nil && in.TimeZone != "" && in.TimeZone != "Local", "time_zone", "Please choose a time zone from the list, such as Europe/Lisbon.")
	return wrong.Err()
}
