// Package invitation keeps conversations in people's own calendars: it invites both sides by mail, takes their answers,
// and feeds what is coming to calendar programs. Nothing that it sends says more than that there is a growth
// conversation, when, and where its page is.
//
// An invitation goes out once a conversation is agreed. From then on it follows: a new time, a time that waits for a
// yes again, and that it is off. Its uid stays for life and its sequence rises with each change, so that whatever
// arrives late or twice changes nothing.
package invitation

import (
	"crypto/rand"
	"errors"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Says is what somebody answered from their calendar.
type Says string

// The answers.
const (
	Nothing Says = ""
	Yes     Says = "yes"
	No      Says = "no"
	Perhaps Says = "perhaps"
)

// invitation is what the calendar of one side holds of a conversation.
type invitation struct {
	id           db.ID
	conversation db.ID
	person       db.ID
	contact      db.ID // for this contact of the person's; empty: for the person
	uid          string
	sequence     int64
	stands       bool
	certain      bool
	at           time.Time
	minutes      int64
	changedAt    time.Time
	mailed       int64  // the last sequence that went out, or may have; -1: none
	address      string // where that went
	answer       Says
	answeredAt   time.Time
	counters     int64
	proposed     conversation.Time // of a contact: the time that their calendar proposes
	former       bool              // it went to an address that they have no more
}

// Follow is the reaction to whatever happens to a conversation: the calendars of both sides follow.
func Follow(tx *db.Tx, e event.Event) error {
	for _, side := range []string{e.Facts["owner"], e.Facts["partner"]} {
		if side == "" {
			continue
		}
		if err := follow(tx, e.Organisation, db.ID(side), "", e.Thing.ID); err != nil {
			return err
		}
	}
	if e.Facts["partner"] != "" {
		return nil
	}
	return followContact(tx, e.Organisation, db.ID(e.Facts["owner"]), e.Thing.ID)
}

// follow brings what the calendar of one side holds up to what now stands, and asks for the mail that says so. The side
// is the person, or a contact of theirs.
func follow(tx *db.Tx, organisation, person, contact, of db.ID) error {
	me, err := org.UnscopedActor(tx, organisation, person)
	if err != nil {
		return err
	}
	c, err := conversation.ByID(tx, me, of)
	if err != nil {
		return err
	}
	had, err := find(tx, "not former and organisation_id = $1 and conversation_id = $2 and person_id = $3 and coalesce(contact_id, '') = coalesce(cast($4 as text), '')", organisation, of, person, contact)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return err
	}
	wanted, err := sideWants(tx, me, contact)
	if err != nil {
		return err
	}
	if contact != "" {
		n, err := changes(tx, organisation, contact, of)
		if err != nil {
			return err
		}
		if !wanted || n > mostChanges {
			c.State = conversation.Cancelled // as far as their calendar goes
		}
	}
	now := had.after(c, wanted && !me.Left, tx.Now())
	if now == had {
		return nil
	}
	now.changedAt = tx.Now()
	if contact == "" && now.stands {
		moved, err := had.elsewhere(tx, me)
		if err != nil {
			return err
		}
		if moved { // what their old calendar holds is taken out there, and the new one is invited
			if err := had.leave(tx, organisation); err != nil {
				return err
			}
			had.id, now.sequence = "", 0
		}
	}
	if had.id == "" {
		now.id, now.conversation, now.person, now.contact, now.uid, now.mailed = tx.NewID(), of, person, contact, rand.Text(), -1
		err = now.insert(tx, organisation)
	} else {
		now.sequence++
		err = now.update(tx, organisation)
	}
	if err != nil {
		return err
	}
	return now.ask(tx, organisation)
}

// after is the invitation as it is to be, now that the conversation stands as it does.
func (i invitation) after(c conversation.Conversation, wanted bool, now time.Time) invitation {
	next := i
	switch {
	case c.BroughtAlong || c.State == conversation.Held:
		return i // what was, stays
	case c.State == conversation.Cancelled:
		next.stands = false
	case !wanted:
		// What stands in the calendar may stay as long as it is right.
		if i.stands && (!i.at.Equal(c.At) || i.minutes != c.Minutes || i.certain && !c.Stands()) {
			next.stands = false
		}
	case !c.EndsAt().After(now):
		return i
	case c.Stands() || i.stands:
		next.stands, next.certain, next.at, next.minutes = true, c.Stands(), c.At, c.Minutes
	}
	if !next.stands && !i.stands {
		return i
	}
	return next
}

// elsewhere tells whether it stands in the calendar of an address at which its person is reached no more.
func (i invitation) elsewhere(tx *db.Tx, me org.Actor) (bool, error) {
	if !i.stands || i.address == "" {
		return false, nil
	}
	now, err := account.ReachedAt(tx, me)
	if errors.As(err, new(problem.Refused)) { // no mail reaches them at all
		return false, nil
	}
	return err == nil && now != i.address, err
}

// leave takes it out of the calendar of an address that is theirs no more.
func (i invitation) leave(tx *db.Tx, organisation db.ID) error {
	i.stands, i.former, i.changedAt = false, true, tx.Now()
	i.sequence++
	if err := i.update(tx, organisation); err != nil {
		return err
	}
	return i.ask(tx, organisation)
}

// ask asks for the mail that tells of the present sequence.
func (i invitation) ask(tx *db.Tx, organisation db.ID) error {
	sequence := strconv.FormatInt(i.sequence, 10)
	return job.Enqueue(tx, Job, string(i.id)+" "+sequence, tx.Now(), job.Args{
		"organisation": organisation, "person": i.person, "contact": i.contact, "invitation": i.id, "sequence": db.ID(sequence),
	})
}

func (i invitation) insert(tx *db.Tx, organisation db.ID) error {
	_, err := tx.Exec(`
		insert into invitations (organisation_id, id, conversation_id, person_id, contact_id, uid, sequence, stands, certain, at, minutes,
			changed_at, mailed_sequence, address, answer, answered_at, counters)
		values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10, $11, null, '', '', null, 0)`,
		organisation, i.id, i.conversation, i.person, i.contact, i.uid, i.stands, i.certain, i.at, i.minutes, i.changedAt)
	return err
}

// update keeps a change. What was answered was answered to what stood before.
func (i invitation) update(tx *db.Tx, organisation db.ID) error {
	_, err := tx.Exec(`
		update invitations set sequence = $1, stands = $2, certain = $3, at = $4, minutes = $5, changed_at = $6, answer = '', answered_at = null,
			proposed_at = null, proposed_minutes = null, former = $7
		where organisation_id = $8 and id = $9`,
		i.sequence, i.stands, i.certain, i.at, i.minutes, i.changedAt, i.former, organisation, i.id)
	return err
}

func find(tx *db.Tx, which string, args ...any) (invitation, error) {
	return db.One(tx, scan, selectInvitation+which, args...)
}

const selectInvitation = `
	select id, conversation_id, person_id, contact_id, uid, sequence, stands, certain, at, minutes, changed_at, coalesce(mailed_sequence, -1), address,
		answer, answered_at, counters, proposed_at, coalesce(proposed_minutes, 0), former
	from invitations where `

func scan(row db.Row) (invitation, error) {
	var i invitation
	err := row.Scan(&i.id, &i.conversation, &i.person, &i.contact, &i.uid, &i.sequence, &i.stands, &i.certain, &i.at, &i.minutes, &i.changedAt, &i.mailed, &i.address,
		&i.answer, &i.answeredAt, &i.counters, &i.proposed.At, &i.proposed.Minutes, &i.former)
	return i, err
}

// Answer is what one side answered from their calendar to the time that stands now.
type Answer struct {
	Says     Says
	Proposes conversation.Time // of a contact: the time that they would rather have; zero: none
}

// Answers are what the two sides of a conversation of the actor's answered from their calendars, by person or contact.
func Answers(tx *db.Tx, me org.Actor, of db.ID) (map[db.ID]Answer, error) {
	all := map[db.ID]Answer{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var side db.ID
		var said Answer
		err := row.Scan(&side, &said.Says, &said.Proposes.At, &said.Proposes.Minutes)
		all[side] = said
		return struct{}{}, err
	}, `
		select coalesce(i.contact_id, i.person_id), i.answer, i.proposed_at, coalesce(i.proposed_minutes, 0) from invitations i
		join conversations c on c.organisation_id = i.organisation_id and c.id = i.conversation_id and (c.owner_id = $3 or c.partner_id = $3)
		where i.organisation_id = $1 and i.conversation_id = $2 and i.stands and i.answer <> ''`, me.Organisation, of, me.Person)
	return all, err
}

// Forget removes what the actor's calendars hold of Ownward, and their choices.
func Forget(tx *db.Tx, me org.Actor) error {
	for _, table := range []string{"invitations", "invited_contacts", "uninvited", "calendar_feeds"} {
		if _, err := tx.Exec("delete from "+table+" where organisation_id = $1 and person_id = $2", me.Organisation, me.Person); err != nil {
			return err
		}
	}
	return nil
}
