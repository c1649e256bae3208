package link

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Token is the secret in the address of a link. Only its hash is kept.
type Token string

// keyPurpose marks the keys of one-question links among all links.
const keyPurpose Purpose = "question"

// newKey makes a key to a link.
func newKey(tx *db.Tx, organisation, owner db.ID, l Link) (Token, error) {
	var secret [32]byte
	if _, err := rand.Read(secret[:]); err != nil {
		panic(err) // crypto/rand never fails on the systems that Go runs on
	}
	token := Token(base64.RawURLEncoding.EncodeToString(secret[:]))
	_, err := tx.Exec(`
		insert into links (token_hash, organisation_id, purpose, thing_kind, thing_id, made_by_id, made_at, expires_at)
		values ($1, $2, $3, 'link', $4, $5, $6, $7)`,
		token.hash(), organisation, string(keyPurpose), l.ID, owner, tx.Now(), l.ExpiresAt)
	return token, err
}

func (t Token) hash() string {
	sum := sha256.Sum256([]byte(t))
	return hex.EncodeToString(sum[:])
}

func dropKeys(tx *db.Tx, organisation, link db.ID) error {
	_, err := tx.Exec("delete from links where organisation_id = $1 and thing_kind = 'link' and thing_id = $2", organisation, link)
	return err
}

// Opens tells whether the token is a key to this link of the actor's: for the page that shows its
// address to who has just made it.
func Opens(tx *db.Tx, me org.Actor, id db.ID, token Token) (bool, error) {
	var keys int64
	err := tx.Get(`
		select count(*) from links k
		join question_links l on l.organisation_id = k.organisation_id and l.id = k.thing_id
		where k.token_hash = $1 and k.thing_kind = 'link' and l.organisation_id = $2 and l.id = $3 and l.owner_id = $4`,
		token.hash(), me.Organisation, id, me.Person).Scan(&keys)
	return keys == 1, err
}

// Opened is what a link opens. Only Open makes one; who holds it may see what its owner asks about
// that thing, and nothing else.
type Opened struct {
	Link
	Organisation db.ID
	Owner        db.ID
	OwnerName    string
	OwnerCalled  string // by their first name
}

// Ended says why a link opens its question no more.
type Ended string

// How links end.
const (
	Answered  Ended = "answered"
	TakenBack Ended = "taken back"
	RanOut    Ended = "run out"
)

// Error says it in a sentence.
func (e Ended) Error() string { return "this link has ended: " + string(e) }

// Open finds what a token opens. It changes nothing, since programs that guard a mailbox open
// links too.
//
// Errors: problem.NotFound for a token that was never one or is forgotten, Ended for a link that is
// over; then what it opened is told as far as saying so needs it.
func Open(tx *db.Tx, token Token) (Opened, error) {
	var o Opened
	var first string
	var left bool
	if token == "" {
		return o, problem.NotFound
	}
	found, err := db.One(tx, func(row db.Row) (Link, error) {
		return scanLink(row, &o.Organisation, &o.Owner, &o.OwnerName, &first, &left)
	}, selectLink+`, l.organisation_id, p.id, p.name, p.first_name, p.left_at is not null
		from links k
		join question_links l on l.organisation_id = k.organisation_id and l.id = k.thing_id
		join people p on p.organisation_id = l.organisation_id and p.id = l.owner_id
		where k.token_hash = $1 and k.purpose = $2 and k.thing_kind = 'link'`, token.hash(), string(keyPurpose))
	if err != nil {
		return Opened{}, err
	}
	o.Link, o.OwnerCalled = found, cmp.Or(first, o.OwnerName)
	ended := o.ended(tx.Now())
	if ended == "" && left {
		ended = TakenBack
	}
	if ended != "" {
		return Opened{Link: Link{ID: o.ID, Purpose: o.Purpose}, OwnerCalled: o.OwnerCalled}, ended
	}
	return o, nil
}

// Use ends an opened link with its answer, in the transaction that keeps the answer.
//
// Errors: Ended when it was answered or taken back meanwhile.
func Use(tx *db.Tx, o Opened) error {
	used, err := tx.Exec(`
		update question_links set used_at = $1
		where organisation_id = $2 and id = $3 and used_at is null and ended_at is null and expires_at > $1`,
		tx.Now(), o.Organisation, o.ID)
	if err != nil {
		return err
	}
	if used == 0 {
		return Answered
	}
	return happened(tx, o.Organisation, "", "link answered", o.Link)
}
