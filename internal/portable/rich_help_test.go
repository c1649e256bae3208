package portable_test

import (
	"errors"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/referral"
)

// What is exported of those who help.
func init() {
	exported = append(exported, "referrals.third_name", "referrals.need", "referrals.told", "referrals.reach", "referrals.introduction", "referrals.follow_words", "referral_acts.words")
	notExported["referrals.ended_how"] = "a kind, no words"
}

// introductions are promised to and by Ines, and she is the third of some.
func (r rich) introductions() {
	me := r.Ines
	make := func(by, who org.Actor, third org.Party) (id db.ID) {
		r.do(func(tx *db.Tx) error {
			made, err := referral.Make(tx, by, org.Origin{}, referral.Input{
				By: by.Self(), For: who.Self(), Third: third, Need: "the night desk", Told: "Draws locks", Due: civil.In(tx.Now(), by.Zone).AddDays(9),
			})
			id = made.ID
			return err
		})
		return id
	}
	agree := func(who org.Actor, id db.ID) {
		r.do(func(tx *db.Tx) error {
			now, err := referral.ByID(tx, who, id)
			return errors.Join(err, referral.Agree(tx, who, id, now.Revision, now.Told))
		})
	}
	answer := func(tx *db.Tx, who org.Actor, id db.ID, in referral.Reply) error {
		now, err := referral.ByID(tx, who, id)
		in.Revision = now.Revision
		return errors.Join(err, referral.Answer(tx, who, id, in))
	}
	make(me, r.Joel, org.Party{Name: "Somebody at the harbour"})
	whole, asThird, declined := make(r.Tomas, me, r.Mira.Self()), make(r.Tomas, r.Joel, me.Self()), make(r.Tomas, r.Joel, me.Self())
	agree(me, whole)
	agree(r.Joel, asThird)
	agree(r.Joel, declined)
	r.all(
		func(tx *db.Tx) error {
			return answer(tx, r.Mira, whole, referral.Reply{Yes: true, Words: "On Tuesdays"})
		},
		func(tx *db.Tx) error { return referral.Introduce(tx, r.Tomas, whole, "This is who I spoke of.") },
		func(tx *db.Tx) error { return referral.Follow(tx, me, whole, "We met twice", true) },
		func(tx *db.Tx) error {
			return answer(tx, me, asThird, referral.Reply{Yes: true, Words: "Ring me"})
		},
		func(tx *db.Tx) error {
			return referral.Answer(tx, me, declined, referral.Reply{Words: "Not this year"})
		},
	)
}
