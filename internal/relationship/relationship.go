// Package relationship holds the people who matter for somebody's growth, inside and outside: what
// connects the two, what the owner can give, the last exchange and, where they want one, the next. The
// list is private for good: it cannot be shown to anybody. Nobody is put on it but by its owner.
package relationship

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/question"
)

// Relationship is somebody who matters.
type Relationship struct {
	ID   db.ID
	With org.Party
	Gone bool // they have left the organisation
	Text
	Revision  int64
	CreatedAt time.Time
	leftOut   bool
}

// Text is what its owner writes.
type Text struct {
	Connects string     // what connects the two
	Gives    string     // what the owner can give
	LastOn   civil.Date // an exchange that the owner noted
	NextOn   civil.Date // zero: none is planned
	Next     string     // what it is to be about
}

// Thing is the relationship as something that can happen to.
func (r Relationship) Thing() event.Thing { return event.Thing{Kind: "relationship", ID: r.ID} }

const (
	mostWords = 2_000
	mostNext  = 300
	mostOf    = 150 // people on one list
)

const youHaveLeft = problem.Refused("You have left this organisation: what is yours can be read and exported, and no longer changed here.")

func mayWrite(me org.Actor) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return youHaveLeft
	}
	return nil
}

// Add puts somebody on the actor's list. Who is on it already stays as they are.
//
// Errors: problem.NotFound for somebody the actor does not know, problem.Invalid by field,
// problem.Refused when the list is very long.
func Add(tx *db.Tx, me org.Actor, with org.Party, in Text) (Relationship, error) {
	if err := mayWrite(me); err != nil {
		return Relationship{}, err
	}
	if with.Is(me) {
		return Relationship{}, problem.Invalid{"with": "This is you. Choose somebody else."}
	}
	if err := in.check(me, tx); err != nil {
		return Relationship{}, err
	}
	with, err := org.PartyFrom(tx, me, with.String())
	if err != nil {
		return Relationship{}, err
	}
	r, err := listed(tx, me, with)
	switch {
	case err == nil && !r.leftOut:
		return r, nil
	case err == nil: // was let go of once
		_, err = tx.Exec(`
			update relationships set connects = $1, gives = $2, last_on = $3, next_on = $4, next_words = $5, left_out = $6, revision = revision + 1
			where organisation_id = $7 and id = $8 and owner_id = $9`,
			in.Connects, in.Gives, in.LastOn, in.NextOn, in.Next, false, me.Organisation, r.ID, me.Person)
	case errors.Is(err, problem.NotFound):
		r = Relationship{ID: tx.NewID(), With: with, Text: in, Revision: 1, CreatedAt: tx.Now()}
		if err = room(tx, me); err == nil {
			err = r.insert(tx, me)
		}
	}
	if err != nil {
		return r, err
	}
	return r, r.happened(tx, me, "relationship added")
}

// room refuses a list that is very long.
func room(tx *db.Tx, me org.Actor) error {
	var n int64
	err := tx.Get("select count(*) from relationships where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&n)
	if err == nil && n >= 2*mostOf {
		err = problem.Refuse("%d people are more than anybody keeps in touch with. Take somebody off the list first.", n)
	}
	if err == nil {
		err = tx.Get("select count(*) from relationships where organisation_id = $1 and owner_id = $2 and left_out = $3", me.Organisation, me.Person, false).Scan(&n)
	}
	if err == nil && n >= mostOf {
		err = problem.Refuse("%d people are more than anybody keeps in touch with. Take somebody off the list first.", n)
	}
	return err
}

func (t *Text) check(me org.Actor, tx *db.Tx) error {
	wrong := problem.Invalid{}
	t.Connects, t.Gives = tidy(wrong, "connects", t.Connects, mostWords), tidy(wrong, "gives", t.Gives, mostWords)
	t.Next = tidy(wrong, "next", t.Next, mostNext)
	today := civil.In(tx.Now(), me.Zone)
	wrong.Check(!t.LastOn.After(today), "last_on", "This day is still to come. It stands better as the next time.")
	wrong.Check(t.NextOn.IsZero() || t.NextOn.Before(today.AddDays(3*366)), "next_on", "Choose a day within three years.")
	return wrong.Err()
}

// Change replaces what the actor wrote of somebody on their list.
//
// Errors: problem.Conflict with both texts when it was changed meanwhile, problem.Invalid by field.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	now, err := own(tx, me, id)
	if err != nil {
		return err
	}
	if err := in.check(me, tx); err != nil {
		return err
	}
	if revision != now.Revision {
		return &problem.Conflict{Revision: now.Revision, Theirs: now.fields(), Mine: in.fields()}
	}
	return now.write(tx, me, in, "relationship changed")
}

func (t Text) fields() map[string]string {
	return map[string]string{"connects": t.Connects, "gives": t.Gives, "next": t.Next}
}

// Met notes that the two were in touch on a day, by default today. A next time that was meant for until
// then is done with.
//
// Errors: problem.Invalid for a day that is still to come.
func Met(tx *db.Tx, me org.Actor, id db.ID, on civil.Date) error {
	now, err := own(tx, me, id)
	if err != nil {
		return err
	}
	today := civil.In(tx.Now(), me.Zone)
	if on.IsZero() {
		on = today
	}
	if err := now.answered(tx, me, today); err != nil {
		return err
	}
	in := now.Text
	if in.LastOn.Before(on) {
		in.LastOn = on
	}
	if !in.NextOn.After(today.AddDays(Near)) {
		in.NextOn, in.Next = civil.Date{}, ""
	}
	if err := in.check(me, tx); err != nil {
		return err
	}
	return now.write(tx, me, in, "relationship met")
}

// NoNext lets the next time go.
func NoNext(tx *db.Tx, me org.Actor, id db.ID) error {
	now, err := own(tx, me, id)
	if err != nil || now.NextOn.IsZero() && now.Next == "" {
		return err
	}
	if err := now.answered(tx, me, civil.In(tx.Now(), me.Zone)); err != nil {
		return err
	}
	in := now.Text
	in.NextOn, in.Next = civil.Date{}, ""
	return now.write(tx, me, in, "relationship changed")
}

// answered notes that the line on a next time that is near has done what it is for.
func (r Relationship) answered(tx *db.Tx, me org.Actor, today civil.Date) error {
	if r.NextOn.IsZero() || r.NextOn.Before(today.AddDays(-2*Near)) || r.NextOn.After(today.AddDays(2*Near)) {
		return nil
	}
	return question.AnswerNear(tx, me, r.ID)
}

func (r Relationship) write(tx *db.Tx, me org.Actor, in Text, kind string) error {
	if _, err := tx.Exec(`
		update relationships set connects = $1, gives = $2, last_on = $3, next_on = $4, next_words = $5, revision = revision + 1
		where organisation_id = $6 and id = $7 and owner_id = $8`,
		in.Connects, in.Gives, in.LastOn, in.NextOn, in.Next, me.Organisation, r.ID, me.Person); err != nil {
		return err
	}
	return r.happened(tx, me, kind)
}

// Remove takes somebody off the list, with all that was written of them. They are not suggested again;
// the actor can put them back.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	r, err := own(tx, me, id)
	if err != nil {
		return err
	}
	return r.leaveOut(tx, me)
}

func (r Relationship) leaveOut(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec(`
		update relationships set connects = '', gives = '', last_on = null, next_on = null, next_words = '', left_out = $1, revision = revision + 1
		where organisation_id = $2 and id = $3 and owner_id = $4`, true, me.Organisation, r.ID, me.Person); err != nil {
		return err
	}
	return r.happened(tx, me, "relationship removed")
}

// LetGo keeps somebody who was suggested from being suggested again. Who is on the list stays there.
//
// Errors: problem.NotFound for somebody the actor does not know.
func LetGo(tx *db.Tx, me org.Actor, with org.Party) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	with, err := org.PartyFrom(tx, me, with.String())
	if err != nil || with.Is(me) {
		return err
	}
	if _, err := listed(tx, me, with); !errors.Is(err, problem.NotFound) {
		return err
	}
	if err := room(tx, me); err != nil {
		return err
	}
	r := Relationship{ID: tx.NewID(), With: with, Revision: 1, CreatedAt: tx.Now(), leftOut: true}
	if err := r.insert(tx, me); err != nil {
		return err
	}
	return r.happened(tx, me, "relationship let go")
}

func (r Relationship) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: r.Thing()})
}

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	wrong.Check(utf8.RuneCountInString(text) <= most, field, "Please keep this shorter.")
	return text
}
