package commitment

import (
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Along is a promise as somebody who has a side in it takes it along to another installation,
// with its history.
type Along struct {
	ID         db.ID         `json:"id"`
	By         org.Key       `json:"by"`
	To         org.Key       `json:"to"`
	WrittenBy  org.Key       `json:"written_by"`
	Words      string        `json:"words"`
	Due        civil.Date    `json:"due"`
	CheckIn    civil.Date    `json:"check_in"`
	State      State         `json:"state"`
	AgreedAt   time.Time     `json:"agreed_at,omitzero"`
	SaidDoneAt time.Time     `json:"said_done_at,omitzero"`
	DiffersAt  time.Time     `json:"differs_at,omitzero"`
	SettledAt  time.Time     `json:"settled_at,omitzero"`
	Origin     org.Origin    `json:"origin,omitzero"`
	Replaces   db.ID         `json:"replaces,omitempty"`
	CreatedAt  time.Time     `json:"created_at"`
	Changes    []AlongChange `json:"changes,omitempty"`
	History    []AlongAct    `json:"history,omitempty"`
}

// AlongChange is a change that was proposed, with what stood before.
type AlongChange struct {
	ID         db.ID       `json:"id"`
	By         org.Key     `json:"by,omitempty"`
	At         time.Time   `json:"at"`
	Words      string      `json:"words"`
	Due        civil.Date  `json:"due"`
	CheckIn    civil.Date  `json:"check_in"`
	Owner      org.Key     `json:"owner,omitempty"` // who would promise instead
	Note       string      `json:"note,omitempty"`
	WasWords   string      `json:"was_words"`
	WasDue     civil.Date  `json:"was_due"`
	WasCheckIn civil.Date  `json:"was_check_in"`
	State      ChangeState `json:"state"`
	AnsweredAt time.Time   `json:"answered_at,omitzero"`
	of         db.ID
}

// AlongAct is a line of the history.
type AlongAct struct {
	Act    Act       `json:"act"`
	By     org.Key   `json:"by,omitempty"`
	At     time.Time `json:"at"`
	Words  string    `json:"words,omitempty"`
	Change db.ID     `json:"change,omitempty"`
	of     db.ID
}

// TakeAlong are all promises that the actor has a side in, as they may read them.
func TakeAlong(tx *db.Tx, me org.Actor, others *org.Companions) ([]Along, error) {
	found, err := list(tx, me.Organisation, "where "+mine+" order by c.id", me.Organisation, me.Person, readsSince(tx))
	if err != nil {
		return nil, err
	}
	changes, err := takeChanges(tx, me, others)
	if err != nil {
		return nil, err
	}
	acts, err := takeActs(tx, me, others)
	if err != nil {
		return nil, err
	}
	seen := map[db.ID]bool{}
	for _, c := range found {
		seen[c.ID] = true
	}
	var all []Along
	for _, c := range found {
		if !seen[c.Replaces] {
			c.Replaces = ""
		}
		all = append(all, Along{
			ID: c.ID, By: others.Key(c.By), To: others.Key(c.To), WrittenBy: others.Key(c.WrittenBy), Words: c.Words, Due: c.Due, CheckIn: c.CheckIn,
			State: c.State, AgreedAt: c.AgreedAt, SaidDoneAt: c.SaidDoneAt, DiffersAt: c.DiffersAt, SettledAt: c.SettledAt,
			Origin: c.Origin, Replaces: c.Replaces, CreatedAt: c.CreatedAt, Changes: changes[c.ID], History: acts[c.ID],
		})
	}
	return all, nil
}

func takeChanges(tx *db.Tx, me org.Actor, others *org.Companions) (map[db.ID][]AlongChange, error) {
	of := map[db.ID][]AlongChange{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var h AlongChange
		var by, owner org.Party
		err := row.Scan(&h.of, &h.ID, &by.Person, &by.Contact, &by.Name, &h.At, &h.Words, &h.Due, &h.CheckIn, &owner.Person, &owner.Contact, &owner.Name,
			&h.Note, &h.WasWords, &h.WasDue, &h.WasCheckIn, &h.State, &h.AnsweredAt)
		h.By, h.Owner = others.Key(by), others.Key(owner)
		of[h.of] = append(of[h.of], h)
		return struct{}{}, err
	}, `
		select h.commitment_id, h.id, h.by_id, h.by_contact_id, coalesce(p.name, ''), h.at, h.words, h.due, h.check_in,
			h.owner_id, h.owner_contact_id, coalesce(o.name, ''), h.note, h.was_words, h.was_due, h.was_check_in, h.state, h.answered_at
		from commitments c
		join commitment_changes h on h.organisation_id = c.organisation_id and h.commitment_id = c.id
		left join people p on p.organisation_id = h.organisation_id and p.id = h.by_id
		left join people o on o.organisation_id = h.organisation_id and o.id = h.owner_id
		where `+mine+`
		order by c.id, h.id`, me.Organisation, me.Person, readsSince(tx))
	return of, err
}

func takeActs(tx *db.Tx, me org.Actor, others *org.Companions) (map[db.ID][]AlongAct, error) {
	of := map[db.ID][]AlongAct{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var a AlongAct
		var by org.Party
		err := row.Scan(&a.of, &a.Act, &by.Person, &by.Contact, &by.Name, &a.At, &a.Words, &a.Change)
		a.By = others.Key(by)
		of[a.of] = append(of[a.of], a)
		return struct{}{}, err
	}, `
		select a.commitment_id, a.act, a.by_id, a.by_contact_id, coalesce(p.name, ''), a.at, a.words, a.change_id
		from commitments c
		join commitment_acts a on a.organisation_id = c.organisation_id and a.commitment_id = c.id
		left join people p on p.organisation_id = a.organisation_id and p.id = a.by_id
		where `+mine+`
		order by a.id`, me.Organisation, me.Person, readsSince(tx))
	return of, err
}

// BringAlong takes over a promise from another installation, as a record in which nothing can be
// done, and tells whether it was not here yet. Whoever else has a side in it is a contact of the
// actor's: nobody here is bound by it, and nobody else sees it.
//
// A promise has two sides, and both may bring it along: ok is false when it is here as somebody
// else's record, and the file's is to be kept in another way.
//
// Errors: problem.Refused that names the place of what does not hold together.
func BringAlong(tx *db.Tx, me org.Actor, others *org.Companions, place string, in Along) (isNew, ok bool, err error) {
	if me.Left || me.Person == "" {
		return false, false, problem.NotFound
	}
	_, err = ByID(tx, me, in.ID)
	if err == nil {
		return false, true, nil
	}
	if !errors.Is(err, problem.NotFound) {
		return false, false, err
	}
	_, err = unscopedByID(tx, me.Organisation, in.ID)
	if err == nil {
		return false, false, nil
	}
	if !errors.Is(err, problem.NotFound) {
		return false, false, err
	}
	return true, true, in.bring(tx, me, others, place)
}

func (in Along) bring(tx *db.Tx, me org.Actor, others *org.Companions, place string) error {
	c := Commitment{
		ID: in.ID, Keeper: me.Person, WrittenBy: me.Self(), Words: in.Words, Due: in.Due, CheckIn: in.CheckIn, State: in.State,
		AgreedAt: in.AgreedAt, SaidDoneAt: in.SaidDoneAt, DiffersAt: in.DiffersAt, SettledAt: in.SettledAt,
		Origin: in.Origin, BroughtAlong: true, CreatedAt: in.CreatedAt,
	}
	var writtenBy org.Party
	for _, side := range []struct {
		field string
		key   org.Key
		into  *org.Party
	}{{"by", in.By, &c.By}, {"to", in.To, &c.To}, {"written_by", in.WrittenBy, &writtenBy}} {
		var err error
		if *side.into, err = others.Party(place+"/"+side.field, side.key); err != nil {
			return err
		}
	}
	if in.Replaces != "" {
		replaced, err := ByID(tx, me, in.Replaces)
		if err != nil && !errors.Is(err, problem.NotFound) {
			return err
		}
		c.Replaces = replaced.ID // none where that one is here as somebody else's
	}
	if err := org.At(tx, place, c.insert(tx, me.Organisation)); err != nil {
		return err
	}
	if writtenBy.Contact != "" {
		if _, err := tx.Exec(`
			update commitments set written_by_contact_id = $1
			where organisation_id = $2 and id = $3`, writtenBy.Contact, me.Organisation, c.ID); err != nil {
			return err
		}
	}
	if err := in.bringChanges(tx, me, others, place); err != nil {
		return err
	}
	return in.bringHistory(tx, me, others, place)
}

func (in Along) bringChanges(tx *db.Tx, me org.Actor, others *org.Companions, place string) error {
	for n, h := range in.Changes {
		here := fmt.Sprintf("%s/changes/%d", place, n)
		by, err := others.Party(here+"/by", h.By)
		if err != nil {
			return err
		}
		owner, err := others.Party(here+"/owner", h.Owner)
		if err != nil {
			return err
		}
		if err := org.At(tx, here, db.Put(tx, "commitment_changes",
			"organisation_id, id, commitment_id, by_id, by_contact_id, at, words, due, check_in, owner_id, owner_contact_id, note, "+
				"was_words, was_due, was_check_in, state, answered_at",
			me.Organisation, h.ID, in.ID, by.Person, by.Contact, h.At, h.Words, h.Due, h.CheckIn, owner.Person, owner.Contact, h.Note,
			h.WasWords, h.WasDue, h.WasCheckIn, h.State, h.AnsweredAt)); err != nil {
			return err
		}
	}
	return nil
}

func (in Along) bringHistory(tx *db.Tx, me org.Actor, others *org.Companions, place string) error {
	known := map[db.ID]bool{"": true}
	for _, h := range in.Changes {
		known[h.ID] = true
	}
	for n, a := range in.History {
		here := fmt.Sprintf("%s/history/%d", place, n)
		if !known[a.Change] {
			return org.Misplaced(here+"/change", "there is no such change of this promise")
		}
		by, err := others.Party(here+"/by", a.By)
		if err != nil {
			return err
		}
		if err := org.At(tx, here, db.Put(tx, "commitment_acts", "organisation_id, id, commitment_id, act, by_id, by_contact_id, at, words, change_id",
			me.Organisation, tx.NewID(), in.ID, a.Act, by.Person, by.Contact, a.At, a.Words, a.Change)); err != nil {
			return err
		}
	}
	return nil
}

// Forget removes what only the actor kept: promises with their contacts, and what they wrote down
// and nobody agreed to. What was agreed with others stays as it is.
func Forget(tx *db.Tx, me org.Actor) error {
	const private = `(select id from commitments
		where organisation_id = $1 and (keeper_id = $2 or (agreed_at is null and written_by_id = $2)))`
	return tx.ExecEach([]string{
		"delete from commitment_acts where organisation_id = $1 and commitment_id in " + private,
		"delete from commitment_changes where organisation_id = $1 and commitment_id in " + private,
		"update commitments set replaces_id = null where organisation_id = $1 and replaces_id in " + private,
		"delete from commitments where organisation_id = $1 and id in " + private,
	}, me.Organisation, me.Person)
}
