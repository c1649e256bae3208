// Package mentorship holds what a mentor and a mentee do once they are a pair: what they agree, their
// sessions, which are conversations, what they write for both and for themselves, and what came of it.
//
// Either ends it at any time and says no reason. When the reporting line changes so that the one would
// lead the other, it pauses, and both decide.
package mentorship

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Mentorship is a pair, with what they agreed.
type Mentorship struct {
	ID           db.ID // of the place that it takes
	Mentor       org.Party
	Mentee       org.Party
	Terms              // what stands: as both agreed, or before that the draft
	Proposed     Terms // what was written last; it stands once both have said yes
	State        State
	Because      Because
	Revision     int64
	mentorAgreed int64
	menteeAgreed int64
	agreed       int64 // the revision of what stands; 0: nothing is agreed yet
	mentorGoesOn bool
	menteeGoesOn bool
	BeganAt      time.Time
	EndedAt      time.Time
}

// State is where a mentorship stands.
type State string

// The states.
const (
	Running State = "running"
	Paused  State = "paused"
	Ended   State = "ended"
)

// Because is why it pauses or ended.
type Because string

// What ends or pauses it.
const (
	BySide Because = "side" // one of the two, who gives no reason
	ByLine Because = "line" // the one would lead the other; of one that runs: both went on all the same
	ByLeft Because = "left" // one of the two has left the organisation
)

// Thing is the mentorship as something that has a page.
func (m Mentorship) Thing() event.Thing { return event.Thing{Kind: "mentorship", ID: m.ID} }

// Other is the other side than the actor.
func (m Mentorship) Other(me org.Actor) org.Party {
	if m.Mentor.Is(me) {
		return m.Mentee
	}
	return m.Mentor
}

// Agreed tells whether the side of the actor, and the other side, have said yes to what was
// written last.
func (m Mentorship) Agreed(me org.Actor) (mine, theirs bool) {
	mine, theirs = m.menteeAgreed == m.Revision, m.mentorAgreed == m.Revision
	if m.Mentor.Is(me) {
		mine, theirs = theirs, mine
	}
	return mine, theirs
}

// GoesOn tells, of one that pauses, whether each wants to go on.
func (m Mentorship) GoesOn(me org.Actor) (mine, theirs bool) {
	if m.Mentor.Is(me) {
		return m.mentorGoesOn, m.menteeGoesOn
	}
	return m.menteeGoesOn, m.mentorGoesOn
}

// column is that of the actor's side.
func (m Mentorship) column(me org.Actor, of string) string {
	return m.side(me) + "_" + of
}

// Begin makes the mentorship of a place that was taken. It is the reaction to "mentor place taken".
func Begin(tx *db.Tx, e event.Event) error {
	mentorID, mentee, request := db.ID(e.Facts["mentor"]), db.ID(e.Facts["mentee"]), db.ID(e.Facts["request"])
	var terms Terms
	if request != "" {
		me, err := org.UnscopedActor(tx, e.Organisation, mentee)
		if err != nil {
			return err
		}
		r, err := mentor.Mentoring(tx, me, request)
		if err != nil {
			return err
		}
		terms = Terms{Aim: r.Learn, Rhythm: string(r.Rhythm), EndsOn: r.Until}
	}
	if _, err := tx.Exec(`
		insert into mentorships (organisation_id, id, mentor_id, mentee_id, aim, rhythm, confidentiality, ends_on, state, because, revision,
			mentor_agreed, mentee_agreed, mentor_goes_on, mentee_goes_on, began_at)
		values ($1, $2, $3, $4, $5, $6, '', $7, 'running', '', 1, 0, 0, $8, $8, $9)`,
		e.Organisation, e.Thing.ID, mentorID, mentee, terms.Aim, terms.Rhythm, terms.EndsOn, false, e.At); err != nil {
		return err
	}
	m := Mentorship{ID: e.Thing.ID, Mentor: org.Party{Person: mentorID}, Mentee: org.Party{Person: mentee}}
	return m.remindOfEnd(tx, e.Organisation, terms.EndsOn)
}

// Meet asks the other side for a session: a conversation of the two. There may be one of the actor's
// own already, which is kept with the mentorship.
func Meet(tx *db.Tx, me org.Actor, id db.ID, at conversation.Time) (conversation.Conversation, error) {
	m, err := mine(tx, me, id)
	if err != nil {
		return conversation.Conversation{}, err
	}
	if m.State != Running {
		return conversation.Conversation{}, pauses
	}
	c, err := conversation.Request(tx, me, conversation.Input{With: m.Other(me), Kind: conversation.Free, Time: at})
	if err != nil {
		return c, err
	}
	_, err = tx.Exec("insert into mentorship_sessions (organisation_id, mentorship_id, conversation_id) values ($1, $2, $3)", me.Organisation, id, c.ID)
	return c, err
}

// End ends a mentorship. Nobody has to say why; the other is told that it has ended, and the place is
// free.
func End(tx *db.Tx, me org.Actor, id db.ID) error {
	m, err := mine(tx, me, id)
	if err != nil || m.State == Ended {
		return err
	}
	if err := m.end(tx, me.Organisation, BySide); err != nil {
		return err
	}
	if err := m.happened(tx, me, "mentorship ended"); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, m.Other(me).Person, notice.Answered, m.Thing(), "")
}

func (m Mentorship) end(tx *db.Tx, organisation db.ID, because Because) error {
	if _, err := tx.Exec("update mentorships set state = 'ended', because = $1, ended_at = $2 where organisation_id = $3 and id = $4", string(because), tx.Now(), organisation, m.ID); err != nil {
		return err
	}
	if err := share.MentorSeesNoMore(tx, organisation, m.Mentee.Person, m.ID); err != nil {
		return err
	}
	return mentor.GiveBack(tx, organisation, m.ID)
}

// GoOn says, of one that pauses, that the actor wants to go on all the same. When both do, it runs
// again, and that the one leads the other is settled: it pauses for it no more. What the mentor was
// shown the mentee shows them anew, as they choose.
func GoOn(tx *db.Tx, me org.Actor, id db.ID) error {
	m, err := mine(tx, me, id)
	if err != nil || m.State != Paused {
		return err
	}
	if _, theirs := m.GoesOn(me); theirs {
		led, err := m.led(tx, me.Organisation)
		if err != nil {
			return err
		}
		settled := Because("")
		if led {
			settled = ByLine
		}
		_, err = tx.Exec("update mentorships set state = 'running', because = $1, mentor_goes_on = $2, mentee_goes_on = $2 where organisation_id = $3 and id = $4", string(settled), false, me.Organisation, id)
		return err
	}
	if _, err := tx.Exec("update mentorships set "+m.column(me, "goes_on")+" = $1 where organisation_id = $2 and id = $3", true, me.Organisation, id); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, m.Other(me).Person, notice.Proposed, m.Thing(), "")
}

// ToWin makes a win of the mentee's out of what they write came of it.
func ToWin(tx *db.Tx, me org.Actor, id db.ID, what string) (plan.Win, error) {
	m, err := mine(tx, me, id)
	if err == nil && !m.Mentee.Is(me) {
		err = problem.NotFound
	}
	if err != nil {
		return plan.Win{}, err
	}
	return plan.AddWin(tx, me, plan.WinText{What: what}, m.Thing())
}

// LineBegan pauses what became inadmissible when somebody got a manager: where a mentor would lead
// their mentee, directly or through others. Of those in which both went on all the same, it notes where
// that is over. It is the reaction to "line began".
func LineBegan(tx *db.Tx, e event.Event) error {
	lead := db.ID(e.Facts["manager"])
	above, err := org.Above(tx, e.Organisation, lead)
	if err != nil {
		return err
	}
	args := []any{e.Organisation, lead}
	for _, each := range above {
		args = append(args, each)
	}
	return pauseThoseLed(tx, e, "(m.because = 'line' or m.mentor_id in ("+db.Places(2, len(args)-1)+"))", args...)
}

// PeopleImported does so for all after a people file. It is the reaction to "people imported".
func PeopleImported(tx *db.Tx, e event.Event) error {
	return pauseThoseLed(tx, e, "1 = 1", e.Organisation)
}

func pauseThoseLed(tx *db.Tx, e event.Event, which string, args ...any) error {
	all, err := db.List(tx, scanMentorship, selectMentorship+"where m.organisation_id = $1 and m.state = 'running' and "+which, args...)
	if err != nil {
		return err
	}
	for _, m := range all {
		led, err := m.led(tx, e.Organisation)
		if err == nil && led && m.Because != ByLine {
			err = m.pause(tx, e)
		} else if err == nil && !led && m.Because == ByLine {
			_, err = tx.Exec("update mentorships set because = '' where organisation_id = $1 and id = $2", e.Organisation, m.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// led tells whether the mentor leads the mentee as the lines stand.
func (m Mentorship) led(tx *db.Tx, organisation db.ID) (bool, error) {
	err := mentor.Apart(tx, organisation, m.Mentor.Person, m.Mentee.Person)
	if errors.As(err, new(problem.Refused)) {
		return true, nil
	}
	return false, err
}

func (m Mentorship) pause(tx *db.Tx, e event.Event) error {
	if _, err := tx.Exec("update mentorships set state = 'paused', because = 'line', mentor_goes_on = $1, mentee_goes_on = $1 where organisation_id = $2 and id = $3", false, e.Organisation, m.ID); err != nil {
		return err
	}
	if err := share.MentorSeesNoMore(tx, e.Organisation, m.Mentee.Person, m.ID); err != nil {
		return err
	}
	for _, who := range []org.Party{m.Mentor, m.Mentee} {
		if err := notice.Tell(tx, e.Organisation, who.Person, notice.Proposed, m.Thing(), "pause "+string(m.ID)+" "+string(e.ID)); err != nil {
			return err
		}
	}
	return nil
}

// PersonLeft ends the mentorships of a person who leaves. It is the reaction to "person left".
func PersonLeft(tx *db.Tx, e event.Event) error {
	all, err := db.List(tx, scanMentorship, selectMentorship+"where m.organisation_id = $1 and (m.mentor_id = $2 or m.mentee_id = $2) and m.state <> 'ended'", e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, m := range all {
		if err := m.end(tx, e.Organisation, ByLeft); err != nil {
			return err
		}
	}
	return nil
}

const mostText = 4_000

// tidy is a text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if n := utf8.RuneCountInString(text); n > mostText {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(mostText)+".")
	}
	return text
}

func (m Mentorship) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: m.Thing()})
}
