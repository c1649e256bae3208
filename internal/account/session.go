package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Token is the secret of a session or a link. Only its hash is kept.
type Token string

func newToken() Token {
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		panic(err) // crypto/rand never fails on the systems that Go runs on
	}
	return Token(base64.RawURLEncoding.EncodeToString(secret[:]))
}

func (t Token) hash() string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:])
}

// How long a session lives, and how long somebody who left an organisation still reaches
// what is theirs there.
const (
	IdleFor   = 30 * 24 * time.Hour
	SignedFor = 180 * 24 * time.Hour
	LeftFor   = 30 * 24 * time.Hour
)

const seenEvery = time.Hour

// Session is one browser in which an account is signed in.
type Session struct {
	ID     db.ID
	Device string
	MadeAt time.Time
	SeenAt time.Time // to the hour
	This   bool      // the one that asks
}

// beginSession signs the account in, in the first of its organisations; it is empty when there is none.
func beginSession(tx *db.Tx, account db.ID, device string) (Token, error) {
	if _, err := tx.Exec(`
		delete from sessions where account_id = $1 and (expires_at <= $2 or seen_at <= $3)`, account, tx.Now(), tx.Now().Add(-IdleFor)); err != nil {
		return "", err
	}
	of, err := membershipsOf(tx, account)
	if err != nil || len(of) == 0 {
		return "", err
	}
	if runes := []rune(device); len(runes) > 100 {
		device = string(runes[:100])
	}
	token := newToken()
	_, err = tx.Exec(`
		insert into sessions (token_hash, id, account_id, organisation_id, device, made_at, seen_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $6, $7)`,
		token.hash(), tx.NewID(), account, of[0].ID, device, tx.Now(), tx.Now().Add(SignedFor))
	return token, err
}

// UnscopedSignIn signs a person in without a code: for the example organisation and for tests
// alone, since nobody signs in as somebody else.
func UnscopedSignIn(tx *db.Tx, organisation, id db.ID, device string) (Token, error) {
	var address string
	var has db.ID
	if err := tx.Get("select email, account_id from people where organisation_id = $1 and id = $2", organisation, id).Scan(&address, &has); err != nil {
		return "", err
	}
	if has == "" {
		if address == "" {
			return "", problem.Refused("Without an e-mail address nobody signs in.")
		}
		var err error
		if has, err = open(tx, address); err != nil {
			return "", err
		}
	}
	token, err := beginSession(tx, has, device)
	if err != nil || token == "" {
		return "", err
	}
	_, err = tx.Exec("update sessions set organisation_id = $1 where token_hash = $2", organisation, token.hash())
	return token, err
}

// Ended is the topic of which whoever listens is told when a session ended, or its person left: to
// look again who is still there.
const Ended = "sessions"

// Who is who asks: an account in one of its organisations.
type Who struct {
	Me          org.Actor // in the organisation where they are now
	Session     db.ID
	Alone       bool // the organisation is one person's own
	Memberships []Membership
	SeenLongAgo bool // Seen is due
}

// Membership is an organisation of an account: one where they are, or that they left less than
// LeftFor ago.
type Membership struct {
	ID    db.ID
	Name  string
	Alone bool
	Left  bool
	actor org.Actor
}

// Here tells whether this is the organisation where they are now.
func (w Who) Here(m Membership) bool { return w.Me.Organisation == m.ID }

const (
	selectMemberships = "select o.id, o.name, o.alone, p.id, p.account_id, p.name, p.administrator, p.programme_owner, p.time_zone, p.left_at"
	fromMemberships   = `
		join organisations o on o.id = p.organisation_id
		where (p.left_at is null or p.left_at > $1)`
	orderMemberships = " order by case when p.left_at is null then 0 else 1 end, o.name, o.id, p.left_at desc"
)

func scanMembership(row db.Row, more ...any) (Membership, error) {
	var m Membership
	var zone string
	var leftAt time.Time
	err := row.Scan(append([]any{&m.ID, &m.Name, &m.Alone, &m.actor.Person, &m.actor.Account, &m.actor.Name, &m.actor.Administrator, &m.actor.ProgrammeOwner, &zone, &leftAt}, more...)...)
	m.Left = !leftAt.IsZero()
	m.actor.Organisation, m.actor.Left, m.actor.Zone = m.ID, m.Left, org.Zone(zone)
	m.actor.Administrator = m.actor.Administrator && !m.Left
	m.actor.ProgrammeOwner = m.actor.ProgrammeOwner && !m.Left
	return m, err
}

// membershipsOf lists the organisations of an account by name, those that they left last.
func membershipsOf(tx *db.Tx, account db.ID) ([]Membership, error) {
	return db.List(tx, func(row db.Row) (Membership, error) { return scanMembership(row) },
		selectMemberships+" from people p "+fromMemberships+" and p.account_id = $2"+orderMemberships, tx.Now().Add(-LeftFor), account)
}

// WhoHas tells whose session the token is. It is one query, since every page asks it.
//
// Errors: problem.SignedOut when the token is nobody's, the session has ended, or no
// organisation of the account is left.
func WhoHas(tx *db.Tx, token Token) (Who, error) {
	var who Who
	if token == "" {
		return who, problem.SignedOut
	}
	var chosen db.ID
	var seenAt time.Time
	found, err := db.List(tx, func(row db.Row) (Membership, error) {
		return scanMembership(row, &who.Session, &chosen, &seenAt)
	}, selectMemberships+", s.id, s.organisation_id, s.seen_at from sessions s join people p on p.account_id = s.account_id "+
		fromMemberships+" and s.token_hash = $2 and s.expires_at > $3 and s.seen_at > $4"+orderMemberships,
		tx.Now().Add(-LeftFor), token.hash(), tx.Now(), tx.Now().Add(-IdleFor))
	if err != nil {
		return who, err
	}
	if len(found) == 0 {
		return who, problem.SignedOut
	}
	who.SeenLongAgo = seenAt.Before(tx.Now().Add(-seenEvery))
	who.Memberships = oneEach(found)
	now := who.Memberships[0]
	for _, m := range who.Memberships {
		if m.ID == chosen {
			now = m
		}
	}
	who.Me, who.Alone = now.actor, now.Alone
	return who, nil
}

// oneEach keeps the first of each organisation: who left and came back as another person is here
// as that one.
func oneEach(found []Membership) []Membership {
	var kept []Membership
	for _, m := range found {
		if !slices.ContainsFunc(kept, func(k Membership) bool { return k.ID == m.ID }) {
			kept = append(kept, m)
		}
	}
	return kept
}

// Seen notes that a session is in use, when that was last noted an hour ago or more.
func Seen(tx *db.Tx, session db.ID) error {
	_, err := tx.Exec("update sessions set seen_at = $1 where id = $2 and seen_at < $3", tx.Now(), session, tx.Now().Add(-seenEvery))
	return err
}

// SwitchTo makes the session go on in another organisation of the account.
func SwitchTo(tx *db.Tx, who Who, organisation db.ID) error {
	for _, m := range who.Memberships {
		if m.ID == organisation {
			_, err := tx.Exec("update sessions set organisation_id = $1 where id = $2 and account_id = $3", organisation, who.Session, who.Me.Account)
			return err
		}
	}
	return problem.NotFound
}

// Sessions lists where the account is signed in, the latest seen first.
func Sessions(tx *db.Tx, who Who) ([]Session, error) {
	return db.List(tx, func(row db.Row) (Session, error) {
		var s Session
		err := row.Scan(&s.ID, &s.Device, &s.MadeAt, &s.SeenAt)
		s.This = s.ID == who.Session
		return s, err
	}, `
		select id, device, made_at, seen_at from sessions
		where account_id = $1 and expires_at > $2 and seen_at > $3
		order by seen_at desc, id`, who.Me.Account, tx.Now(), tx.Now().Add(-IdleFor))
}

// EndSession signs the account out in one browser.
func EndSession(tx *db.Tx, me org.Actor, id db.ID) error {
	tx.Tell(Ended)
	ended, err := tx.Exec("delete from sessions where account_id = $1 and id = $2", me.Account, id)
	if err == nil && ended == 0 {
		return problem.NotFound
	}
	return err
}

// EndOtherSessions signs the account out everywhere but here.
func EndOtherSessions(tx *db.Tx, who Who) error {
	tx.Tell(Ended)
	_, err := tx.Exec("delete from sessions where account_id = $1 and id <> $2", who.Me.Account, who.Session)
	return err
}

// SignOut ends the session of the token, if there is one.
func SignOut(tx *db.Tx, token Token) error {
	if token == "" {
		return nil
	}
	tx.Tell(Ended)
	_, err := tx.Exec("delete from sessions where token_hash = $1", token.hash())
	return err
}

// Tidy forgets sign-ins of yesterday, sessions that have ended and set-up links of no more use.
func Tidy(tx *db.Tx) error {
	if _, err := tx.Exec("delete from sign_ins where made_at < $1", tx.Now().AddDate(0, 0, -1)); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from links where purpose = 'set up' and expires_at < $1", tx.Now()); err != nil {
		return err
	}
	_, err := tx.Exec("delete from sessions where expires_at <= $1 or seen_at <= $2", tx.Now(), tx.Now().Add(-IdleFor))
	return err
}
