// Package frozen holds copies: parts of a plan as they were at one moment, for one person and,
// where it is said, one meeting.
//
// A copy does not change when the plan does, and to give it shares none of the things whose words
// stand in it. Its owner looks at it first, exactly as the other will; then they give it, and it
// is read until they take it back or until its last day is over.
package frozen

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Copy is a part of a plan as it was when the copy was made.
type Copy struct {
	ID           db.ID
	Owner        org.Party
	Viewer       org.Party
	Conversation db.ID // the meeting it is for; empty: none
	Note         string
	Content      Content
	Until        civil.Date // the last day on which the viewer reads it, where the owner is
	EndsAt       time.Time  // when that day is over
	GivenAt      time.Time  // zero: the owner looks at it still
	TakenBackAt  time.Time
	CreatedAt    time.Time
}

// State is how things stand with a copy.
type State string

// The states.
const (
	Draft     State = "not given yet"
	Given     State = "given"
	TakenBack State = "taken back"
	Ended     State = "ended" // its last day is over
)

// State is how things stand with the copy at a moment.
func (c Copy) State(now time.Time) State {
	switch {
	case !c.TakenBackAt.IsZero():
		return TakenBack
	case c.GivenAt.IsZero():
		return Draft
	case !c.EndsAt.After(now):
		return Ended
	}
	return Given
}

// Thing is the copy as something that can be looked at.
func (c Copy) Thing() event.Thing { return event.Thing{Kind: "copy", ID: c.ID} }

// Written is the copy as the texts that stand in it.
func (c Copy) Written() plan.Written {
	return plan.Written{
		Thing: c.Thing(), Owner: c.Owner.Person, OwnerName: c.Owner.Name, Title: "A copy for " + c.Viewer.Name,
		Revision: 1, Passages: c.Content.Passages(),
	}
}

// Input is a copy as it is asked for.
type Input struct {
	Viewer       db.ID
	Conversation db.ID // of the actor with the viewer; empty: none
	Until        civil.Date
	Note         string
	Choice
	Instead db.ID // a copy that was not given, in whose place this one stands; empty: none
}

const (
	mostCopies = 100
	mostThings = 100
	mostNote   = 2_000
	longest    = 366 // days that a copy is read at most
)

// Usual is the last day of a copy unless another is chosen: a week after the meeting, or a week
// from today.
func Usual(meeting time.Time, today civil.Date, zone *time.Location) civil.Date {
	if !meeting.IsZero() && civil.In(meeting, zone).After(today) {
		today = civil.In(meeting, zone)
	}
	return today.AddDays(7)
}

// Make puts together a copy that its owner looks at, and nobody else.
//
// Errors: problem.Invalid by field, also for a person or a meeting that is not the actor's to
// name, problem.Refused when there are very many.
func Make(tx *db.Tx, me org.Actor, in Input) (Copy, error) {
	c := Copy{Owner: me.Self(), Conversation: in.Conversation, Note: in.Note, Until: in.Until, CreatedAt: tx.Now()}
	if me.Viewer() == "" {
		return c, problem.NotFound
	}
	if in.Instead != "" {
		if err := removeDraft(tx, me, in.Instead); err != nil {
			return c, err
		}
	}
	if err := c.check(tx, me, in); err != nil {
		return c, err
	}
	var err error
	if c.Content, err = read(tx, me, in.Choice); err != nil {
		return c, err
	}
	if c.Content.Nothing() {
		return c, problem.Invalid{"sections": "Please choose what to put into it."}
	}
	content, err := json.Marshal(c.Content)
	if err != nil {
		return c, err
	}
	c.ID, c.EndsAt = tx.NewID(), c.Until.AddDays(1).At(0, 0, me.Zone)
	if _, err := tx.Exec(`
		insert into copies (organisation_id, id, owner_id, viewer_id, conversation_id, note, content, until, ends_at, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		me.Organisation, c.ID, me.Person, c.Viewer.Person, c.Conversation, c.Note, string(content), c.Until, c.EndsAt, tx.Now()); err != nil {
		return c, err
	}
	return c, happened(tx, me, "copy made", c)
}

func (c *Copy) check(tx *db.Tx, me org.Actor, in Input) error {
	wrong := problem.Invalid{}
	c.Note = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(in.Note, "\ufffd")))
	wrong.Check(utf8.RuneCountInString(c.Note) <= mostNote, "note", "Please keep it under "+strconv.Itoa(mostNote)+" characters.")
	wrong.Check(len(in.Things) <= mostThings, "sections", "A hundred things are a lot for one meeting. Please choose fewer.")
	today := civil.In(tx.Now(), me.Zone)
	wrong.Check(!c.Until.Before(today), "until", "Please choose a day that is not over.")
	wrong.Check(!c.Until.After(today.AddDays(longest)), "until", "Please choose a day within a year.")
	wrong.Check(in.Viewer != me.Person, "with", "You see it already. Choose somebody else.")
	if err := wrong.Err(); err != nil {
		return err
	}
	viewer, err := org.ByID(tx, me, in.Viewer)
	if errors.Is(err, problem.NotFound) || err == nil && !viewer.LeftAt.IsZero() {
		return problem.Invalid{"with": "Please choose somebody who is here."}
	}
	if err != nil {
		return err
	}
	c.Viewer = org.Party{Person: viewer.ID, Name: viewer.Name}
	if err := c.checkMeeting(tx, me); err != nil {
		return err
	}
	var stand int64
	if err := tx.Get("select count(*) from copies where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&stand); err != nil {
		return err
	}
	if stand >= mostCopies {
		return problem.Refused("You have a hundred copies already. Please remove one first.")
	}
	return nil
}

// checkMeeting refuses a conversation that is not between the owner and the viewer.
func (c Copy) checkMeeting(tx *db.Tx, me org.Actor) error {
	if c.Conversation == "" {
		return nil
	}
	meeting, err := conversation.ByID(tx, me, c.Conversation)
	if err == nil && meeting.Other(me).Person != c.Viewer.Person {
		return problem.Invalid{"conversation": "This conversation is with somebody else. Choose one with " + c.Viewer.Name + ", or none."}
	}
	if errors.Is(err, problem.NotFound) {
		return problem.Invalid{"conversation": "Please choose one of your conversations, or none."}
	}
	return err
}

// Give lets the viewer read a copy from now on.
//
// Errors: problem.NotFound unless it is the actor's, problem.Refused when it was given before,
// or when its last day is over.
func Give(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	switch {
	case c.State(tx.Now()) != Draft:
		return problem.Refused("This copy was given already. Make a new one: it shows your plan as it is now.")
	case !c.EndsAt.After(tx.Now()):
		return problem.Refused("Its last day is over. Make a new one: it shows your plan as it is now.")
	}
	if _, err := org.ByID(tx, me, c.Viewer.Person); err != nil {
		return err
	}
	if err := set(tx, me, id, "given_at"); err != nil {
		return err
	}
	if err := happened(tx, me, "copy given", c); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, c.Viewer.Person, notice.Shared, c.Thing(), "")
}

// TakeBack ends the reading of a copy: from the same moment the viewer does not find it.
func TakeBack(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := mine(tx, me, id)
	if err != nil || c.State(tx.Now()) == TakenBack {
		return err
	}
	if c.State(tx.Now()) == Draft {
		return problem.Refused("It was not given yet. If you do not need it, remove it.")
	}
	if err := set(tx, me, id, "taken_back_at"); err != nil {
		return err
	}
	return happened(tx, me, "copy taken back", c)
}

func set(tx *db.Tx, me org.Actor, id db.ID, moment string) error {
	_, err := tx.Exec("update copies set "+moment+" = $1 where organisation_id = $2 and id = $3 and owner_id = $4",
		tx.Now(), me.Organisation, id, me.Person)
	return err
}

// Remove takes a copy of the actor's away for good. What was said about it stays.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("delete from copies where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person); err != nil {
		return err
	}
	return happened(tx, me, "copy removed", c)
}

// removeDraft removes a copy that was not given. It does nothing to any other.
func removeDraft(tx *db.Tx, me org.Actor, id db.ID) error {
	_, err := tx.Exec("delete from copies where organisation_id = $1 and id = $2 and owner_id = $3 and given_at is null",
		me.Organisation, id, me.Person)
	return err
}

func happened(tx *db.Tx, me org.Actor, kind string, c Copy) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: c.Thing()})
}
