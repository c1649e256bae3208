// Package link holds one-question links: a secret address that opens one question for somebody
// who does not sign in. A link knows neither the question nor the answer: it names a purpose and a
// thing, and the package whose thing it is shows the one and keeps the other.
package link

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/mail"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Purpose is what a link is for: what its page asks.
type Purpose string

// Link is a link as its owner sees it. Its secret address is told once, when it is made.
type Link struct {
	ID        db.ID
	Purpose   Purpose
	Thing     event.Thing
	Address   string // the mail address to which it is sent; empty when the owner passes it on
	Delivery  Delivery
	MadeAt    time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // zero: not answered
	EndedAt   time.Time // zero: not taken back
}

// Delivery is how the mail with a link stands.
type Delivery string

// The states of a mail.
const (
	NotMailed Delivery = "" // the owner passes the address on
	Waiting   Delivery = "waiting"
	Sent      Delivery = "sent"
	Refused   Delivery = "refused" // nobody has this mail address
)

// Input is how a link is to be made.
type Input struct {
	Days    int    // for how long it opens; 0: two weeks
	Address string // the mail address to send it to; empty: the owner passes it on
}

// The days for which a link opens.
const (
	UsualDays = 14
	MostDays  = 60
)

// How many links of one person stand, and how many they let Ownward mail within a day: nobody's
// mailbox is filled from here.
const (
	mostStanding = 100
	mostMailed   = 20
)

// Make makes a link to a thing of the actor's, which the caller has looked up. The token is told
// only where the owner passes the address on; otherwise a job makes it, for the mail alone.
//
// Errors: problem.Invalid by field, problem.Refused when too many stand.
func Make(tx *db.Tx, me org.Actor, purpose Purpose, thing event.Thing, in Input) (Link, Token, error) {
	l := Link{Purpose: purpose, Thing: thing, MadeAt: tx.Now()}
	if err := mayMake(me); err != nil {
		return l, "", err
	}
	if err := in.check(); err != nil {
		return l, "", err
	}
	if err := notTooMany(tx, me, in.Address != ""); err != nil {
		return l, "", err
	}
	if quiet, err := mail.IsQuiet(tx, in.Address, Off); err != nil || quiet && in.Address != "" {
		return l, "", errors.Join(err, problem.Invalid{"link_address": "Mail with questions does not go to this address: its holder wants none. Copy the address of the page and pass it on yourself."})
	}
	l.ID, l.Address, l.ExpiresAt = tx.NewID(), in.Address, tx.Now().AddDate(0, 0, in.Days)
	if in.Address != "" {
		l.Delivery = Waiting
	}
	if _, err := tx.Exec(`
		insert into question_links (organisation_id, id, owner_id, purpose, thing_kind, thing_id, address, delivery, made_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		me.Organisation, l.ID, me.Person, string(purpose), thing.Kind, thing.ID, l.Address, string(l.Delivery), l.MadeAt, l.ExpiresAt); err != nil {
		return l, "", err
	}
	if err := happened(tx, me.Organisation, me.Person, "link made", l); err != nil {
		return l, "", err
	}
	if l.Delivery == Waiting {
		return l, "", job.Enqueue(tx, mailJob, string(l.ID), tx.Now(), job.Args{"organisation": me.Organisation, "link": l.ID})
	}
	token, err := newKey(tx, me.Organisation, me.Person, l)
	return l, token, err
}

func (in *Input) check() error {
	in.Address = org.FoldAddress(in.Address)
	if in.Days == 0 {
		in.Days = UsualDays
	}
	wrong := problem.Invalid{}
	wrong.Check(in.Days > 0 && in.Days <= MostDays, "link_days", "Please choose between one day and sixty.")
	wrong.Check(in.Address == "" || org.ValidAddress(in.Address), "link_address", "This does not look like an e-mail address, such as ines@example.com.")
	return wrong.Err()
}

func notTooMany(tx *db.Tx, me org.Actor, mailed bool) error {
	var standing, today int64
	err := tx.Get(`
		select count(case when used_at is null and ended_at is null and expires_at > $3 then 1 end),
			count(case when delivery <> '' and made_at > $4 then 1 end)
		from question_links where organisation_id = $1 and owner_id = $2`,
		me.Organisation, me.Person, tx.Now(), tx.Now().AddDate(0, 0, -1)).Scan(&standing, &today)
	switch {
	case err != nil:
		return err
	case standing >= mostStanding:
		return problem.Refuse("%d of your links wait for an answer. Take some back before you make another.", standing)
	case mailed && today >= mostMailed:
		return problem.Refuse("%d links were mailed for you within a day. Copy the address and send this one yourself, or mail it tomorrow.", today)
	}
	return nil
}

func mayMake(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return problem.Refused("You have left this organisation: nobody can be asked from here any more.")
	}
	return nil
}

// Again makes a new address for a link of the actor's that stands, in the place of those before,
// which open nothing from then on: for an address that was lost, or went to the wrong person.
//
// Errors: problem.NotFound, problem.Refused when the link has ended.
func Again(tx *db.Tx, me org.Actor, id db.ID) (Token, error) {
	l, err := ByID(tx, me, id)
	if err != nil {
		return "", err
	}
	if err := mayMake(me); err != nil {
		return "", err
	}
	if !l.Stands(tx.Now()) {
		return "", problem.Refused("This link has ended. Ask anew to make another.")
	}
	if _, err := tx.Exec(`
		update question_links set address = '', delivery = '' where organisation_id = $1 and id = $2 and owner_id = $3`,
		me.Organisation, id, me.Person); err != nil {
		return "", err
	}
	if err := dropKeys(tx, me.Organisation, id); err != nil {
		return "", err
	}
	return newKey(tx, me.Organisation, me.Person, l)
}

// TakeBack ends a link of the actor's: from the same moment it opens nothing. One that has ended
// stays as it is.
func TakeBack(tx *db.Tx, me org.Actor, id db.ID) error {
	l, err := ByID(tx, me, id)
	if err != nil || !l.Stands(tx.Now()) {
		return err
	}
	return takeBack(tx, me.Organisation, me.Person, l)
}

// TakeBackOf ends all links to a thing of the actor's, when the thing is removed or asked no more.
func TakeBackOf(tx *db.Tx, me org.Actor, thing event.Thing) error {
	links, err := Of(tx, me, thing)
	if err != nil {
		return err
	}
	for _, l := range links {
		if l.Stands(tx.Now()) {
			if err := takeBack(tx, me.Organisation, me.Person, l); err != nil {
				return err
			}
		}
	}
	return nil
}

func takeBack(tx *db.Tx, organisation, owner db.ID, l Link) error {
	if _, err := tx.Exec(`
		update question_links set ended_at = $1
		where organisation_id = $2 and id = $3 and owner_id = $4 and used_at is null and ended_at is null`,
		tx.Now(), organisation, l.ID, owner); err != nil {
		return err
	}
	return happened(tx, organisation, owner, "link taken back", l)
}

// PersonLeft ends the links of a person who leaves. It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	_, err := tx.Exec(`
		update question_links set ended_at = $1
		where organisation_id = $2 and owner_id = $3 and used_at is null and ended_at is null`, e.At, e.Organisation, e.Thing.ID)
	return err
}

func happened(tx *db.Tx, organisation, by db.ID, kind string, l Link) error {
	return event.Record(tx, event.Event{
		Organisation: organisation, Kind: kind, By: by, Thing: event.Thing{Kind: "link", ID: l.ID},
		Facts: map[string]string{"thing_kind": l.Thing.Kind, "thing": string(l.Thing.ID)},
	})
}

// Stands tells whether the link opens its question.
func (l Link) Stands(now time.Time) bool { return l.ended(now) == "" }

func (l Link) ended(now time.Time) Ended {
	switch {
	case !l.UsedAt.IsZero():
		return Answered
	case !l.EndedAt.IsZero():
		return TakenBack
	case !l.ExpiresAt.After(now):
		return RanOut
	}
	return ""
}

const selectLink = `
	select l.id, l.purpose, l.thing_kind, l.thing_id, l.address, l.delivery, l.made_at, l.expires_at, l.used_at, l.ended_at
`

func scanLink(row db.Row, more ...any) (Link, error) {
	var l Link
	err := row.Scan(append([]any{&l.ID, &l.Purpose, &l.Thing.Kind, &l.Thing.ID, &l.Address, &l.Delivery,
		&l.MadeAt, &l.ExpiresAt, &l.UsedAt, &l.EndedAt}, more...)...)
	return l, err
}

func one(row db.Row) (Link, error) { return scanLink(row) }

// ByID finds a link of the actor's own.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Link, error) {
	return db.One(tx, one, selectLink+`
		from question_links l where l.organisation_id = $1 and l.id = $2 and l.owner_id = $3`, me.Organisation, id, me.Person)
}

// Of lists the actor's links to a thing, the newest first.
func Of(tx *db.Tx, me org.Actor, thing event.Thing) ([]Link, error) {
	return db.List(tx, one, selectLink+`
		from question_links l
		where l.organisation_id = $1 and l.owner_id = $2 and l.thing_kind = $3 and l.thing_id = $4
		order by l.made_at desc, l.id desc limit 200`, me.Organisation, me.Person, thing.Kind, thing.ID)
}

// OfEach finds the actor's newest link to each of some things of a kind, by the id of the thing.
func OfEach(tx *db.Tx, me org.Actor, kind string, ids []db.ID) (map[db.ID]Link, error) {
	of := map[db.ID]Link{}
	if len(ids) == 0 {
		return of, nil
	}
	args := []any{me.Organisation, me.Person, kind}
	for _, id := range ids {
		args = append(args, id)
	}
	links, err := db.List(tx, one, selectLink+`
		from question_links l
		where l.organisation_id = $1 and l.owner_id = $2 and l.thing_kind = $3 and l.thing_id in (`+db.Places(4, len(ids))+`)
		order by l.made_at, l.id`, args...)
	for _, l := range links {
		of[l.Thing.ID] = l
	}
	return of, err
}

// Standing lists the actor's links that wait for an answer, the newest first: at most as many as
// may stand.
func Standing(tx *db.Tx, me org.Actor) ([]Link, error) {
	return db.List(tx, one, selectLink+`
		from question_links l
		where l.organisation_id = $1 and l.owner_id = $2 and l.used_at is null and l.ended_at is null and l.expires_at > $3
		order by l.made_at desc, l.id desc limit 200`, me.Organisation, me.Person, tx.Now())
}

// Forget removes all links of the actor's.
func Forget(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec("delete from links where organisation_id = $1 and made_by_id = $2", me.Organisation, me.Person); err != nil {
		return err
	}
	_, err := tx.Exec("delete from question_links where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person)
	return err
}

// Tidy forgets links that ended a quarter of a year ago.
func Tidy(tx *db.Tx) error {
	before := tx.Now().AddDate(0, -3, 0)
	if _, err := tx.Exec("delete from links where purpose = $1 and expires_at < $2", string(keyPurpose), before); err != nil {
		return err
	}
	_, err := tx.Exec("delete from question_links where expires_at < $1", before)
	return err
}
