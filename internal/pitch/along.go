package pitch

import (
	"errors"
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Along is what was prepared for an ask, as its owner takes it along.
type Along struct {
	Ask   db.ID       `json:"ask"`
	Texts []AlongText `json:"texts,omitempty"`
	Picks []AlongPick `json:"goes_along,omitempty"`
}

// AlongText is a text of a part.
type AlongText struct {
	ID        db.ID              `json:"id"`
	Name      string             `json:"name"`
	Words     string             `json:"words,omitempty"`
	Revision  int64              `json:"revision"`
	CreatedAt time.Time          `json:"created_at"`
	ChangedAt time.Time          `json:"changed_at"`
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongPick is a thing that goes along with the ask.
type AlongPick struct {
	Kind Kind  `json:"kind"`
	ID   db.ID `json:"id"`
}

// TakeAlong is all that the actor has prepared, by ask.
func TakeAlong(tx *db.Tx, me org.Actor) ([]Along, error) {
	earlier, err := org.TakeEarlier(tx, me, "pitch text")
	if err != nil {
		return nil, err
	}
	var all []Along
	at := map[db.ID]int{}
	of := func(id db.ID) *Along {
		if _, ok := at[id]; !ok {
			at[id] = len(all)
			all = append(all, Along{Ask: id})
		}
		return &all[at[id]]
	}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var t AlongText
		var id db.ID
		err := row.Scan(&id, &t.ID, &t.Name, &t.Words, &t.Revision, &t.CreatedAt, &t.ChangedAt)
		t.Earlier = earlier[Text{ID: t.ID}.thing()]
		one := of(id)
		one.Texts = append(one.Texts, t)
		return struct{}{}, err
	}, "select ask_id, id, name, words, revision, created_at, changed_at from pitch_texts where organisation_id = $1 and owner_id = $2 order by ask_id, id",
		me.Organisation, me.Person); err != nil {
		return nil, err
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var p AlongPick
		var id db.ID
		err := row.Scan(&id, &p.Kind, &p.ID)
		one := of(id)
		one.Picks = append(one.Picks, p)
		return struct{}{}, err
	}, "select ask_id, kind, thing_id from pitch_picks where organisation_id = $1 and owner_id = $2 order by ask_id, kind, thing_id", me.Organisation, me.Person)
	return all, err
}

// BringAlong takes over what was prepared elsewhere for asks that are here by now. What is here
// already stays as it is.
func BringAlong(tx *db.Tx, me org.Actor, all []Along) (org.Brought, error) {
	var b org.Brought
	if me.Left || me.Person == "" {
		return b, problem.NotFound
	}
	for n, one := range all {
		place := fmt.Sprintf("/pitches/%d", n)
		if _, err := db.One(tx, db.Scanned[db.ID], "select id from asks where organisation_id = $1 and owner_id = $2 and id = $3",
			me.Organisation, me.Person, one.Ask); errors.Is(err, problem.NotFound) {
			return b, org.Misplaced(place+"/ask", "there is no such ask")
		} else if err != nil {
			return b, err
		}
		isNew, err := one.bring(tx, me, place)
		if err != nil {
			return b, err
		}
		b.Count(isNew)
	}
	return b, nil
}

func (a Along) bring(tx *db.Tx, me org.Actor, place string) (anyNew bool, err error) {
	for n, t := range a.Texts {
		here := fmt.Sprintf("%s/texts/%d", place, n)
		isNew, err := org.NotHere(tx, me, here+"/id", "pitch_texts", t.ID)
		if err == nil && isNew {
			isNew, err = org.NothingEarlier(tx, me, here+"/id", Text{ID: t.ID}.thing())
		}
		if err != nil {
			return anyNew, err
		}
		if !isNew {
			continue
		}
		if !known(t.Name) {
			return anyNew, org.Misplaced(here+"/name", "no part has such a text")
		}
		anyNew = true
		if err := org.At(tx, here, db.Put(tx, "pitch_texts", "organisation_id, id, owner_id, ask_id, name, words, revision, created_at, changed_at",
			me.Organisation, t.ID, me.Person, a.Ask, t.Name, t.Words, t.Revision, t.CreatedAt, t.ChangedAt)); err != nil {
			return anyNew, err
		}
		if err := org.BringEarlier(tx, me, here, Text{ID: t.ID}.thing(), t.Revision, t.Earlier); err != nil {
			return anyNew, err
		}
	}
	for _, p := range a.Picks {
		added, err := tx.Exec(`
			insert into pitch_picks (organisation_id, owner_id, ask_id, kind, thing_id) values ($1, $2, $3, $4, $5)
			on conflict do nothing`, me.Organisation, me.Person, a.Ask, string(p.Kind), p.ID)
		if err != nil {
			return anyNew, err
		}
		anyNew = anyNew || added > 0
	}
	return anyNew, nil
}

func known(name string) bool {
	for _, of := range names {
		if of(name) > 0 {
			return true
		}
	}
	return false
}

// Forget removes all that the actor has prepared, and the previews of it. What others gave to the
// actor to look at is theirs.
func Forget(tx *db.Tx, me org.Actor) error {
	for _, table := range []string{"pitch_texts", "pitch_picks", "previews"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person); err != nil {
			return err
		}
	}
	return org.ForgetEarlier(tx, me, "pitch text")
}
