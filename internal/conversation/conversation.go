// Package conversation holds meetings about growth: when two people meet, what they want to
// talk about, what they note, and what comes of it.
//
// A conversation has an owner, whose growth it is about, and a partner. The two see it, nobody
// else. What one side prepares or notes for itself, the other never sees. Where the partner is
// a contact, the owner keeps both sides.
package conversation

import (
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// State is where a conversation stands.
type State string

// The states. Requested, planned and agreed ones are open: they are still to come, or to be ended.
const (
	Planned   State = "planned"   // laid out by the rhythm of the two: it stands, and nobody was asked for this time
	Requested State = "requested" // a time is proposed and waits for the other side
	Agreed    State = "agreed"
	Held      State = "held"
	Cancelled State = "cancelled"
)

// Because is why a conversation was cancelled.
type Because string

// The reasons: a side cancelled it, the reporting line it was asked for in ended, a side left.
const (
	BySide    Because = "side"
	ByLine    Because = "line"
	ByLeaving Because = "left"
	ByPairing Because = "pairing" // the pairing that it was planned in was taken back by neither of the two

	BySkipping Because = "skipped" // a side skipped it: its month stays empty
	ByRhythm   Because = "rhythm"  // the rhythm changed, or rests
)

// Conversation is a meeting of two about the growth of one of them.
type Conversation struct {
	ID               db.ID
	Owner            org.Party // whose growth it is about
	Partner          org.Party
	OwnerLeft        bool // has left the organisation
	PartnerLeft      bool
	PartnerAway      bool  // is in the organisation and has never signed in
	Line             db.ID // the reporting line between the two, where it was asked for in one
	LineEnded        bool  // and that has ended
	Kind             Kind
	State            State
	At               time.Time // when it begins
	Minutes          int64
	ProposedBy       db.ID // who proposed this time last; in a record a contact, or the actor
	CancelledBecause Because
	CancelledBy      db.ID // empty: the program
	HeldAt           time.Time
	Cadence          db.ID      // the year of conversations that it is part of; empty: asked for by itself
	Month            civil.Date // of that year, that it stands for: its first day
	SkippedFor       SkipReason // why it was skipped or put off; empty: it was not
	SkippedWords     string     // of who did so
	BroughtAlong     bool       // a record from another installation
	Revision         int64
	CreatedAt        time.Time
}

// Thing is the conversation as something that can happen to and that things come from.
func (c Conversation) Thing() event.Thing { return event.Thing{Kind: "conversation", ID: c.ID} }

// Open tells whether it is still to come, or to be ended. A record is not.
func (c Conversation) Open() bool {
	return !c.BroughtAlong && (c.State == Requested || c.Stands())
}

// Stands tells whether its time holds: agreed by the two, or planned by their rhythm.
func (c Conversation) Stands() bool { return c.State == Agreed || c.State == Planned }

// Alone tells whether the owner keeps both sides.
func (c Conversation) Alone() bool { return c.Partner.Contact != "" }

// Other is the side that is not the actor.
func (c Conversation) Other(me org.Actor) org.Party {
	if c.Owner.Is(me) {
		return c.Partner
	}
	return c.Owner
}

// OtherLeft tells whether the other side has left the organisation.
func (c Conversation) OtherLeft(me org.Actor) bool {
	if c.Owner.Is(me) {
		return c.PartnerLeft
	}
	return c.OwnerLeft
}

// WaitsFor tells whether it waits for the actor's answer to a proposed time.
func (c Conversation) WaitsFor(me org.Actor) bool {
	return c.Open() && c.State == Requested && c.ProposedBy != me.Person
}

// EndsAt is when it will be over.
func (c Conversation) EndsAt() time.Time { return c.At.Add(time.Duration(c.Minutes) * time.Minute) }

// Time is when to meet and for how long.
type Time struct {
	At      time.Time
	Minutes int64
}

// Input is a conversation as it is asked for.
type Input struct {
	With org.Party // given by its id
	Kind Kind
	Time
}

// Request asks for a conversation. With somebody who reports to the actor it is about that
// person's growth, with anybody else about the actor's own. It waits for the other side; with a
// contact it is agreed at once, and may have been already.
//
// Errors: problem.NotFound for a party the actor does not know, problem.Invalid by field.
func Request(tx *db.Tx, me org.Actor, in Input) (Conversation, error) {
	if me.Left || me.Person == "" {
		return Conversation{}, problem.NotFound
	}
	wrong := problem.Invalid{}
	wrong.Check(in.With.String() != "", "with", "Please say with whom.")
	wrong.Check(!in.With.Is(me), "with", "A conversation needs two: please choose somebody else.")
	wrong.Check(in.Kind.known(), "kind", "Please choose what kind of conversation it is to be.")
	in.Time.check(wrong, tx.Now(), in.With.Contact != "")
	if err := wrong.Err(); err != nil {
		return Conversation{}, err
	}
	with, err := org.PartyFrom(tx, me, in.With.String())
	if err != nil {
		return Conversation{}, err
	}
	c := Conversation{
		ID: tx.NewID(), Owner: me.Self(), Partner: with, Kind: in.Kind, State: Requested, At: in.At.UTC().Truncate(time.Microsecond),
		Minutes: in.Minutes, ProposedBy: me.Person, Revision: 1, CreatedAt: tx.Now(),
	}
	if err := c.takeSides(tx, me, with); err != nil {
		return c, err
	}
	if c.Alone() {
		c.State = Agreed
	} else if err := notTooMany(tx, me); err != nil {
		return c, err
	}
	if err := c.insert(tx, me.Organisation); err != nil {
		return c, err
	}
	if err := c.happened(tx, me, "conversation requested"); err != nil {
		return c, err
	}
	if c.State == Agreed {
		return c, c.remind(tx, me.Organisation)
	}
	return c, c.tell(tx, me, notice.Proposed)
}

// takeSides finds the reporting line between the two, and makes a report the owner.
func (c *Conversation) takeSides(tx *db.Tx, me org.Actor, with org.Party) error {
	if with.Contact != "" {
		return nil
	}
	below, err := org.LineOf(tx, me.Organisation, with.Person)
	if err != nil {
		return err
	}
	if below.ID != "" && below.Manager == me.Person {
		c.Owner, c.Partner, c.Line = with, me.Self(), below.ID
		return nil
	}
	above, err := org.LineOf(tx, me.Organisation, me.Person)
	if above.Manager == with.Person {
		c.Line = above.ID
	}
	return err
}

func (t Time) check(wrong problem.Invalid, now time.Time, past bool) {
	earliest := now.Add(-15 * time.Minute) // a form takes a while to fill in
	if past {
		earliest = now.AddDate(-1, 0, 0)
	}
	wrong.Check(!t.At.IsZero(), "day", "Please say when.")
	wrong.Check(t.At.IsZero() || t.At.After(earliest), "day", "This time has passed. Please choose one that is still to come.")
	wrong.Check(t.At.Before(now.AddDate(2, 0, 0)), "day", "This is more than two years ahead. Please choose a time that is nearer.")
	wrong.Check(t.Minutes >= 5 && t.Minutes <= 480, "minutes", "Please say how many minutes it takes, from 5 to 480.")
}

// CanBe tells whether a conversation can be moved to that time.
func (t Time) CanBe(now time.Time) bool {
	wrong := problem.Invalid{}
	t.check(wrong, now, false)
	return wrong.Err() == nil
}

func (c Conversation) insert(tx *db.Tx, organisation db.ID) error {
	return db.Insert(tx, "insert into conversations ("+columns+") values", [][]any{c.row(organisation)})
}

const columns = `organisation_id, id, owner_id, partner_id, partner_contact_id, line_id, kind, state, planned, at, minutes,
	proposed_by_id, cancelled_because, cancelled_by_id, held_at, cadence_id, month, brought_along, revision, created_at`

func (c Conversation) row(organisation db.ID) []any {
	state, planned := c.kept()
	return []any{organisation, c.ID, c.Owner.Person, c.Partner.Person, c.Partner.Contact, c.Line, string(c.Kind), state, planned, c.At, c.Minutes,
		c.ProposedBy, string(c.CancelledBecause), c.CancelledBy, c.HeldAt, c.Cadence, c.Month, c.BroughtAlong, c.Revision, c.CreatedAt}
}

// kept is the state as the store holds it: a planned one is agreed, and planned.
func (c Conversation) kept() (state string, planned bool) {
	if c.State == Planned {
		return string(Agreed), true
	}
	return string(c.State), false
}

// Accept says yes to the time that the other side proposed. The revision is the one that the
// actor saw: a yes never counts for a time that was proposed meanwhile.
func Accept(tx *db.Tx, me org.Actor, id db.ID, revision int64) (Conversation, error) {
	c, err := find(tx, me, id, Accepting)
	if err != nil {
		return c, err
	}
	if err := c.seen(revision); err != nil {
		return c, err
	}
	c.State = Agreed
	if err := c.arrange(tx, me, "conversation agreed"); err != nil {
		return c, err
	}
	if err := c.tell(tx, me, notice.Answered); err != nil {
		return c, err
	}
	return c, c.remind(tx, me.Organisation)
}

// Propose proposes another time. It waits for the other side, and the time that stood so far
// does not hold any more. With a contact it holds at once; so does a planned one, where both are
// free at the other time as far as is known.
func Propose(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Time) (Conversation, error) {
	c, err := find(tx, me, id, Proposing)
	if err != nil {
		return c, err
	}
	wrong := problem.Invalid{}
	in.check(wrong, tx.Now(), c.Alone())
	if err := wrong.Err(); err != nil {
		return c, err
	}
	if err := c.seen(revision); err != nil {
		return c, err
	}
	was := c.State
	c.At, c.Minutes, c.ProposedBy, c.State = in.At.UTC().Truncate(time.Microsecond), in.Minutes, me.Person, Requested
	if c.Alone() {
		c.State = Agreed
	}
	if was == Planned {
		free, err := c.free(tx, me.Organisation, in)
		if err != nil {
			return c, err
		}
		if free || c.Alone() {
			c.State = Planned
		}
	}
	return c, c.moved(tx, me)
}

// moved keeps the new time, and lets the other side know that it holds, or that it waits for them.
func (c *Conversation) moved(tx *db.Tx, me org.Actor) error {
	kind, tell := "time proposed", notice.Proposed
	if c.State == Planned {
		kind, tell = "conversation moved", notice.Answered
	}
	if err := c.arrange(tx, me, kind); err != nil {
		return err
	}
	if c.Stands() {
		if err := c.remind(tx, me.Organisation); err != nil {
			return err
		}
	}
	return c.tell(tx, me, tell)
}

// seen refuses what was decided in view of another time than the one that stands.
func (c Conversation) seen(revision int64) error {
	if revision == c.Revision {
		return nil
	}
	return problem.Refused("The time was changed meanwhile. Please look at the one that is proposed now.")
}

// Cancel takes the conversation off. Whatever was prepared stays readable.
func Cancel(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := find(tx, me, id, Cancelling)
	if err != nil {
		return err
	}
	return c.cancel(tx, me, BySide)
}

func (c Conversation) cancel(tx *db.Tx, by org.Actor, because Because) error {
	c.State, c.CancelledBecause, c.CancelledBy = Cancelled, because, by.Person
	if because != BySide {
		c.CancelledBy = ""
	}
	if err := c.arrange(tx, by, "conversation cancelled"); err != nil {
		return err
	}
	return c.tell(tx, by, notice.Answered)
}

// PersonLeft is the reaction to "person left": what was still to come does not come.
func PersonLeft(tx *db.Tx, e event.Event) error {
	tx.Tell(account.Ended)
	if err := endCadences(tx, e, "(owner_id = $2 or partner_id = $2)"); err != nil {
		return err
	}
	return cancelAll(tx, e, ByLeaving, "(c.owner_id = $2 or c.partner_id = $2)")
}

// LineEnded is the reaction to "line ended": what was planned in that line is off, and the
// two can ask for it anew.
func LineEnded(tx *db.Tx, e event.Event) error {
	if err := endCadences(tx, e, "line_id = $2"); err != nil {
		return err
	}
	return cancelAll(tx, e, ByLine, "c.line_id = $2")
}

func cancelAll(tx *db.Tx, e event.Event, because Because, which string) error {
	open, err := db.List(tx, scanConversation, selectConversation+`
		where c.organisation_id = $1 and `+which+` and c.state in ('requested', 'agreed') and not c.brought_along
		order by c.id`, e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, c := range open {
		if err := c.cancel(tx, org.Actor{Organisation: e.Organisation, Person: e.By}, because); err != nil {
			return err
		}
	}
	return nil
}

// UnscopedTakeOff cancels what is still to come of a pairing that was taken back: sessions is a query for their ids with
// the organisation as $1 and the pairing as $2. Who takes the pairing back is asked before.
func UnscopedTakeOff(tx *db.Tx, me org.Actor, pairing event.Thing, sessions string) error {
	return cancelAll(tx, event.Event{Organisation: me.Organisation, By: me.Person, Thing: pairing}, ByPairing, "c.id in ("+sessions+")")
}

// arrange keeps the time and the state.
func (c *Conversation) arrange(tx *db.Tx, me org.Actor, kind string) error {
	state, planned := c.kept()
	_, err := tx.Exec(`
		update conversations set state = $1, planned = $2, at = $3, minutes = $4, proposed_by_id = $5, cancelled_because = $6, cancelled_by_id = $7,
			held_at = $8, revision = revision + 1
		where organisation_id = $9 and id = $10`,
		state, planned, c.At, c.Minutes, c.ProposedBy, string(c.CancelledBecause), c.CancelledBy,
		c.HeldAt, me.Organisation, c.ID)
	if err != nil {
		return err
	}
	c.Revision++
	return c.happened(tx, me, kind)
}

func (c Conversation) happened(tx *db.Tx, me org.Actor, kind string) error {
	tx.Tell(changeTopic(c.ID))
	return event.Record(tx, c.event(me, kind))
}

func (c Conversation) event(me org.Actor, kind string) event.Event {
	return event.Event{
		Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: c.Thing(),
		Facts: map[string]string{"owner": string(c.Owner.Person), "partner": string(c.Partner.Person)},
	}
}

// tell sends a notice to those sides that did not do it themselves.
func (c Conversation) tell(tx *db.Tx, me org.Actor, kind notice.Kind) error {
	for _, side := range []org.Party{c.Owner, c.Partner} {
		if side.Person == "" || side.Is(me) {
			continue
		}
		if err := notice.Tell(tx, me.Organisation, side.Person, kind, c.Thing(), ""); err != nil {
			return err
		}
	}
	return nil
}

// find looks up a conversation of the actor's for doing something to it.
func find(tx *db.Tx, me org.Actor, id db.ID, act Act) (Conversation, error) {
	c, err := ByID(tx, me, id)
	if err != nil {
		return c, err
	}
	return c, c.can(act, me, civil.In(tx.Now(), me.Zone))
}
