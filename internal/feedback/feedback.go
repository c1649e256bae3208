// Package feedback holds what one person says about the work of another: about a piece of work, a
// skill, a goal or a win, and never about the person. It is asked for, or offered.
//
// It is the receiver's own: they alone decide who else reads it, and it leaves with them. Who gave it
// sees what they gave. They can change it or take it back within a day, and until the receiver has
// kept it; from then on it stays.
package feedback

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Feedback is what one person said about the work of another, or is asked to say.
type Feedback struct {
	ID       db.ID
	Owner    org.Party // who receives it
	Giver    org.Party
	About    About
	ThingID  db.ID  // of a skill, a goal or a win; it may be gone
	Subject  string // the work, or what the thing was called then
	Wish     string // what the owner would like to hear, where they asked
	AskedAt  time.Time
	Origin   org.Origin
	State    State
	Text     Text
	GivenAt  time.Time
	KeptAt   time.Time // when the owner kept it
	Revision int64
	MadeAt   time.Time
}

// Text is what is said.
type Text struct {
	Saw  string // what was done, and what came of it
	Next string // what could be tried next time
}

// About is what it is about.
type About string

// What it can be about. There is no feedback on a person.
const (
	Work  About = "work"
	Skill About = "skill"
	Goal  About = "goal"
	Win   About = "win"
)

// State is where it stands.
type State string

// The states. Who declines is asked no more, and nobody is told.
const (
	Asked    State = "asked"
	Given    State = "given"
	Declined State = "declined"
)

// Thing is the feedback as something that is shared.
func (f Feedback) Thing() event.Thing { return event.Thing{Kind: "feedback", ID: f.ID} }

// On is the thing that it is about; none for a piece of work.
func (f Feedback) On() event.Thing {
	if f.About == Work {
		return event.Thing{}
	}
	return event.Thing{Kind: string(f.About), ID: f.ThingID}
}

// backFor is for how long who gave it can change it or take it back.
const backFor = 24 * time.Hour

// Settled tells whether it stays as it is.
func (f Feedback) Settled(now time.Time) bool {
	return f.State == Given && (!f.KeptAt.IsZero() || !now.Before(f.GivenAt.Add(backFor)))
}

// Subject is what feedback is asked on, or given on: a piece of work in words, or a skill, a goal or
// a win of the receiver's.
type Subject struct {
	On   event.Thing // empty: a piece of work
	Work string
}

const (
	mostSubject = 200
	mostText    = 4_000
	mostWaiting = 50 // requests of one person that nobody answered
	mostADay    = 30 // that one person gives within a day
)

// Ask asks somebody for feedback on a piece of work, a skill, a goal or a win of the actor's. What
// is asked about is named to them, and nothing else of it shown.
//
// Errors: problem.NotFound for somebody they do not know or a thing that is not theirs,
// problem.Refused when very many wait, problem.Invalid by field.
func Ask(tx *db.Tx, me org.Actor, from org.Origin, whom db.ID, on Subject, wish string) (Feedback, error) {
	f := Feedback{Owner: me.Self(), Giver: org.Party{Person: whom}, State: Asked, AskedAt: tx.Now(), Origin: from, Wish: wish}
	if err := f.begin(tx, me, whom, me, on); err != nil {
		return f, err
	}
	var waiting int64
	if err := tx.Get("select count(*) from feedback where organisation_id = $1 and owner_id = $2 and state <> 'given'", me.Organisation, me.Person).Scan(&waiting); err != nil {
		return f, err
	}
	if waiting >= mostWaiting {
		return f, problem.Refuse("%d people are asked for feedback and have not answered. Take some back first.", waiting)
	}
	if err := f.insert(tx, me, "feedback asked"); err != nil {
		return f, err
	}
	return f, notice.Tell(tx, me.Organisation, whom, notice.Asked, f.Thing(), string(f.ID))
}

// Give offers feedback to somebody on a piece of work, or on a skill, a goal or a win that the actor
// sees.
//
// Errors: problem.NotFound for somebody they do not know or a thing that they do not see,
// problem.Refused when they gave very much within a day, problem.Invalid by field.
func Give(tx *db.Tx, me org.Actor, from org.Origin, to db.ID, on Subject, text Text) (Feedback, error) {
	f := Feedback{Owner: org.Party{Person: to}, Giver: me.Self(), State: Given, GivenAt: tx.Now(), Origin: from, Text: text}
	wrong := problem.Invalid{}
	f.Text.check(wrong)
	if err := wrong.Err(); err != nil {
		return f, err
	}
	if err := f.begin(tx, me, to, org.Actor{Person: to}, on); err != nil {
		return f, err
	}
	var today int64
	if err := tx.Get("select count(*) from feedback where organisation_id = $1 and giver_id = $2 and given_at > $3", me.Organisation, me.Person, tx.Now().Add(-backFor)).Scan(&today); err != nil {
		return f, err
	}
	if today >= mostADay {
		return f, problem.Refuse("You gave feedback %d times today. Tomorrow is another day.", today)
	}
	if err := f.insert(tx, me, "feedback given"); err != nil {
		return f, err
	}
	return f, notice.Tell(tx, me.Organisation, to, notice.Shared, f.Thing(), string(f.ID))
}

// begin finds the other side, and what it is about.
func (f *Feedback) begin(tx *db.Tx, me org.Actor, other db.ID, owner org.Actor, on Subject) error {
	if me.Person == "" {
		return problem.NotFound
	}
	if me.Left {
		return youHaveLeft
	}
	if other == me.Person {
		return problem.Invalid{"whom": "This is you. Choose somebody else."}
	}
	p, err := org.ByID(tx, me, other)
	if err != nil {
		return err
	}
	if !p.LeftAt.IsZero() {
		return problem.Invalid{"whom": p.Name + " has left the organisation."}
	}
	wrong := problem.Invalid{}
	f.About, f.Subject, f.ThingID = Work, line(on.Work), on.On.ID
	f.Wish = tidy(wrong, "wish", f.Wish)
	if on.On.Kind != "" {
		if f.About, f.Subject, err = subjectOf(tx, me, owner.Person, on.On); err != nil {
			return err
		}
	}
	wrong.Check(f.Subject != "", "work", "Please name the piece of work: a talk, a review, a week at the desk.")
	wrong.Check(utf8.RuneCountInString(f.Subject) <= mostSubject || f.About != Work, "work", "Please keep it to a line.")
	f.Subject = cut(f.Subject)
	f.ID, f.MadeAt, f.Revision = tx.NewID(), tx.Now(), 1
	return wrong.Err()
}

// subjectOf finds a skill, a goal or a win of the owner's that the actor sees.
func subjectOf(tx *db.Tx, me org.Actor, owner db.ID, on event.Thing) (About, string, error) {
	whose, called, err := found(tx, me, on)
	if err == nil && whose != owner {
		err = problem.NotFound
	}
	return About(on.Kind), line(called), err
}

// found is whose a thing is that the actor sees, and what it is called.
func found(tx *db.Tx, me org.Actor, on event.Thing) (whose db.ID, called string, err error) {
	switch About(on.Kind) {
	case Skill:
		k, err := plan.SkillByID(tx, me, on.ID)
		return k.Owner, k.Name, err
	case Goal:
		g, err := plan.GoalByID(tx, me, on.ID)
		return g.Owner, g.Title, err
	case Win:
		w, err := plan.WinByID(tx, me, on.ID)
		return w.Owner, w.What, err
	}
	return "", "", problem.NotFound
}

func (f Feedback) insert(tx *db.Tx, me org.Actor, kind string) error {
	if _, err := tx.Exec(`
		insert into feedback (organisation_id, id, owner_id, giver_id, about, thing_id, subject, wish, asked_at, origin_kind, origin_id,
			state, saw, next, given_at, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1, $16)`,
		me.Organisation, f.ID, f.Owner.Person, f.Giver.Person, string(f.About), f.ThingID, f.Subject, f.Wish, f.AskedAt, f.Origin.Kind, f.Origin.ID,
		string(f.State), f.Text.Saw, f.Text.Next, f.GivenAt, f.MadeAt); err != nil {
		return err
	}
	return f.happened(tx, me, kind)
}

// Say gives what the actor was asked for, or changes what they gave, while that is not settled.
//
// Errors: problem.Refused once it is settled, problem.Conflict when it was changed meanwhile,
// problem.Invalid by field.
func Say(tx *db.Tx, me org.Actor, id db.ID, revision int64, text Text) error {
	f, err := byGiver(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	text.check(wrong)
	if err := wrong.Err(); err != nil || f.State == Given && text == f.Text {
		return err
	}
	if f.Settled(tx.Now()) {
		return staysNow
	}
	if revision != f.Revision {
		return &problem.Conflict{
			Revision: f.Revision, Theirs: map[string]string{"saw": f.Text.Saw, "next": f.Text.Next}, Mine: map[string]string{"saw": text.Saw, "next": text.Next},
		}
	}
	if _, err := tx.Exec(`
		update feedback set state = 'given', saw = $1, next = $2, given_at = coalesce(given_at, $3), revision = revision + 1
		where organisation_id = $4 and id = $5 and giver_id = $6`,
		text.Saw, text.Next, tx.Now(), me.Organisation, id, me.Person); err != nil {
		return err
	}
	if err := f.happened(tx, me, "feedback given"); err != nil || f.State == Given {
		return err
	}
	return notice.Tell(tx, me.Organisation, f.Owner.Person, notice.Answered, f.Thing(), string(f.ID))
}

// TakeBack takes back what the actor gave, while that is not settled: it is gone. What was asked for
// waits again.
func TakeBack(tx *db.Tx, me org.Actor, id db.ID) error {
	f, err := byGiver(tx, me, id)
	if err != nil || f.State != Given {
		return err
	}
	if f.Settled(tx.Now()) {
		return staysNow
	}
	if err := share.TakeBackThing(tx, org.Actor{Organisation: me.Organisation, Person: f.Owner.Person}, share.What{Kind: "feedback", ID: id}); err != nil {
		return err
	}
	text := "delete from feedback where organisation_id = $1 and id = $2 and giver_id = $3"
	if !f.AskedAt.IsZero() {
		text = "update feedback set state = 'asked', saw = '', next = '', given_at = null, revision = revision + 1 where organisation_id = $1 and id = $2 and giver_id = $3"
	}
	if _, err := tx.Exec(text, me.Organisation, id, me.Person); err != nil {
		return err
	}
	return f.happened(tx, me, "feedback taken back")
}

// Decline takes what the actor was asked off their list. Nobody is told.
func Decline(tx *db.Tx, me org.Actor, id db.ID) error {
	f, err := byGiver(tx, me, id)
	if err != nil || f.State != Asked {
		return err
	}
	_, err = tx.Exec("update feedback set state = 'declined' where organisation_id = $1 and id = $2 and giver_id = $3", me.Organisation, id, me.Person)
	return err
}

// Keep notes that the actor has read what they received, and keeps it: from then on it stays.
func Keep(tx *db.Tx, me org.Actor, id db.ID) error {
	f, err := byOwner(tx, me, id)
	if err != nil || f.State != Given || !f.KeptAt.IsZero() {
		return err
	}
	if _, err := tx.Exec("update feedback set kept_at = $1 where organisation_id = $2 and id = $3 and owner_id = $4", tx.Now(), me.Organisation, id, me.Person); err != nil {
		return err
	}
	return f.happened(tx, me, "feedback kept")
}

// Remove removes what the actor received, or asks for it no more.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	f, err := byOwner(tx, me, id)
	if err != nil {
		return err
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "feedback", ID: id}); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from feedback where organisation_id = $1 and id = $2 and owner_id = $3", me.Organisation, id, me.Person); err != nil {
		return err
	}
	return f.happened(tx, me, "feedback removed")
}

// Share lets somebody see feedback that the actor received, with who gave it.
func Share(tx *db.Tx, me org.Actor, id db.ID, with plan.With) error {
	f, err := byOwner(tx, me, id)
	if err != nil {
		return err
	}
	if f.State != Given {
		return problem.NotFound
	}
	return plan.Give(tx, me, f.Thing(), with)
}

func (t *Text) check(wrong problem.Invalid) {
	t.Saw, t.Next = tidy(wrong, "saw", t.Saw), tidy(wrong, "next", t.Next)
	wrong.Check(t.Saw != "", "saw", "Please say what you saw: what was done, and what came of it.")
}

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if n := utf8.RuneCountInString(text); n > mostText {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(mostText)+".")
	}
	return text
}

func line(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")), " ")
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > mostSubject {
		return string(runes[:mostSubject-1]) + "…"
	}
	return text
}

func (f Feedback) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: f.Thing()})
}
