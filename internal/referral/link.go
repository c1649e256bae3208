package referral

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// LinkPurpose is the purpose of the links that ask somebody outside whether they would meet somebody.
const LinkPurpose link.Purpose = "referral"

// AskOutside makes a link for the third, who is a contact of the actor's. It takes the place of one
// that stands.
//
// Errors: problem.NotFound for a third who is here, problem.Refused where it went on meanwhile, and
// those of link.Make.
func AskOutside(tx *db.Tx, me org.Actor, id db.ID, in link.Input) (link.Link, link.Token, error) {
	r, err := lookUp(tx, me, id, ToNote)
	if err != nil {
		return link.Link{}, "", err
	}
	if err := link.TakeBackOf(tx, me, r.Thing()); err != nil {
		return link.Link{}, "", err
	}
	return link.Make(tx, me, LinkPurpose, r.Thing(), in)
}

// ForThird is what somebody outside reads by a link: who asks, and the name of the one who is to
// be helped, with the words that they agreed to.
type ForThird struct {
	For, Told string
	referral  Referral
}

// AskedByLink finds what a link opens.
//
// Errors: problem.NotFound when it has gone on without them.
func AskedByLink(tx *db.Tx, o link.Opened) (ForThird, error) {
	owner, err := org.UnscopedActor(tx, o.Organisation, o.Owner)
	if err != nil {
		return ForThird{}, err
	}
	r, err := ByID(tx, owner, o.Thing.ID)
	if err != nil {
		return ForThird{}, err
	}
	if o.Purpose != LinkPurpose || o.Thing != r.Thing() || !r.Can(ToNote, owner) {
		return ForThird{}, problem.NotFound
	}
	return ForThird{For: r.For.Name, Told: r.Told, referral: r}, nil
}

// AnswerByLink keeps the answer of whoever holds the link, who uses it up.
func AnswerByLink(tx *db.Tx, o link.Opened, in Reply) error {
	f, err := AskedByLink(tx, o)
	if err != nil {
		return err
	}
	return f.referral.answered(tx, org.Actor{Organisation: o.Organisation}, in)
}
