package mail

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/problem"
)

// Off names what somebody can turn off without signing in: mails of one kind, to one receiver.
// Receiver is a person, or for who is none the thing by which they were written to.
type Off struct {
	Kind                   string
	Organisation, Receiver db.ID
}

// OffThing is the kind of thing under which the page of a token is found.
const OffThing = "mail off"

// The name of the secret that signs, among the secrets of an installation.
const offSecret = "turn mails off"

// Sign makes the token of the link that turns it off. It holds ids and the kind alone, and whoever
// has it can do this one thing. In a reading transaction it may say problem.NotFound, before any was
// signed: see Signed.
func (o Off) Sign(tx *db.Tx) (string, error) {
	key, err := secret(tx)
	if err != nil {
		return "", err
	}
	said := base64.RawURLEncoding.EncodeToString([]byte(strings.Join([]string{o.Kind, string(o.Organisation), string(o.Receiver)}, "\n")))
	return said + "." + sign(key, said), nil
}

// Signed is Sign outside of a transaction.
func (o Off) Signed(ctx context.Context, d *db.DB) (string, error) {
	token, err := db.Read(ctx, d, o.Sign)
	if errors.Is(err, problem.NotFound) {
		token, err = db.Write(ctx, d, o.SignFirst)
	}
	return token, err
}

// SignFirst is Sign in a writing transaction, which makes the secret where there is none yet.
func (o Off) SignFirst(tx *db.Tx) (string, error) {
	if _, err := tx.Exec("insert into secrets (name, secret) values ($1, $2) on conflict (name) do nothing", offSecret, rand.Text()+rand.Text()); err != nil {
		return "", err
	}
	return o.Sign(tx)
}

// ReadOff reads a token. Errors: problem.NotFound for any that was not made by Sign.
func ReadOff(tx *db.Tx, token string) (Off, error) {
	key, err := secret(tx)
	if err != nil {
		return Off{}, err
	}
	said, signed, _ := strings.Cut(token, ".")
	if !hmac.Equal([]byte(sign(key, said)), []byte(signed)) {
		return Off{}, problem.NotFound
	}
	text, err := base64.RawURLEncoding.DecodeString(said)
	parts := strings.Split(string(text), "\n")
	if err != nil || len(parts) != 3 {
		return Off{}, problem.NotFound
	}
	return Off{parts[0], db.ID(parts[1]), db.ID(parts[2])}, nil
}

func secret(tx *db.Tx) (string, error) {
	return db.One(tx, db.Scanned[string], "select secret from secrets where name = $1", offSecret)
}

func sign(key, said string) string {
	h := hmac.New(sha256.New, []byte(key))
	h.Write([]byte(said)) // a hash takes all
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

// Quiet keeps mails of a kind from an address whose holder does not sign in.
func Quiet(tx *db.Tx, address, kind string) error {
	_, err := tx.Exec("insert into quiet_addresses (address, kind, at) values ($1, $2, $3) on conflict (address, kind) do nothing", address, kind, tx.Now())
	return err
}

// IsQuiet tells whether the address wants no mail of the kind.
func IsQuiet(tx *db.Tx, address, kind string) (bool, error) {
	var n int64
	err := tx.Get("select count(*) from quiet_addresses where address = $1 and kind = $2", address, kind).Scan(&n)
	return n > 0, err
}
