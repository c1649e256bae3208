package conversation

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Cadence is the year of two: in which rhythm they talk about the growth of one of them. While it
// stands, its conversations are laid out ahead.
type Cadence struct {
	ID           db.ID
	Owner        org.Party // whose growth it is about
	Partner      org.Party
	OwnerZone    *time.Location
	PartnerZone  *time.Location // nil: a contact's, which is not known
	Line         db.ID          // the reporting line between the two, where they have one
	State        CadenceState
	Rhythm       Rhythm
	By           db.ID      // who began it, or proposed it
	Since        civil.Date // from which it counts; zero: it does not yet
	LaidUntil    civil.Date // the last day for which it is laid out
	BroughtAlong bool
	Revision     int64
	CreatedAt    time.Time
}

// CadenceState is where a cadence stands.
type CadenceState string

// The states.
const (
	CadenceProposed CadenceState = "proposed" // it counts once the other side takes it
	CadenceStanding CadenceState = "standing"
	CadencePaused   CadenceState = "paused"
	CadenceDeclined CadenceState = "declined"
	CadenceEnded    CadenceState = "ended"
)

// Thing is the cadence as something that can happen to.
func (c Cadence) Thing() event.Thing { return event.Thing{Kind: "cadence", ID: c.ID} }

// Other is the side that is not the actor.
func (c Cadence) Other(me org.Actor) org.Party {
	if c.Owner.Is(me) {
		return c.Partner
	}
	return c.Owner
}

// OtherZone is where the other side is; nil: not known.
func (c Cadence) OtherZone(me org.Actor) *time.Location {
	if c.Owner.Is(me) {
		return c.PartnerZone
	}
	return c.OwnerZone
}

// Alone tells whether the owner keeps both sides.
func (c Cadence) Alone() bool { return c.Partner.Contact != "" }

// Lives tells whether something can still be done with it.
func (c Cadence) Lives() bool {
	return !c.BroughtAlong && (c.State == CadenceProposed || c.State == CadenceStanding || c.State == CadencePaused)
}

// WaitsFor tells whether it waits for the actor's yes.
func (c Cadence) WaitsFor(me org.Actor) bool {
	return c.Lives() && c.State == CadenceProposed && c.By != me.Person
}

// Begin begins a year of conversations. With the actor's own manager, and with a contact, it is the
// actor's to begin: it stands, and is laid out at once. To somebody who reports to the actor, and to
// anybody else, it is proposed, and counts once they take it.
//
// Errors: problem.NotFound for a party the actor does not know, problem.Refused where the two have
// one already, problem.Invalid by field.
func Begin(tx *db.Tx, me org.Actor, with org.Party, r Rhythm) (Cadence, error) {
	if me.Left || me.Person == "" {
		return Cadence{}, problem.NotFound
	}
	wrong := problem.Invalid{}
	wrong.Check(with.String() != "", "with", "Please say with whom.")
	wrong.Check(!with.Is(me), "with", "A conversation needs two: please choose somebody else.")
	r.check(wrong)
	if err := wrong.Err(); err != nil {
		return Cadence{}, err
	}
	with, err := org.PartyFrom(tx, me, with.String())
	if err != nil {
		return Cadence{}, err
	}
	sides := Conversation{Owner: me.Self(), Partner: with}
	if err := sides.takeSides(tx, me, with); err != nil {
		return Cadence{}, err
	}
	c := Cadence{
		ID: tx.NewID(), Owner: sides.Owner, Partner: sides.Partner, Line: sides.Line, State: CadenceProposed, Rhythm: r,
		By: me.Person, Revision: 1, CreatedAt: tx.Now(),
	}
	if c.Owner.Is(me) && (c.Line != "" || c.Alone()) {
		c.State, c.Since = CadenceStanding, civil.In(tx.Now(), me.Zone)
	}
	if err := c.mayBegin(tx, me); err != nil {
		return c, err
	}
	if err := c.insert(tx, me.Organisation); err != nil {
		return c, err
	}
	if c.State == CadenceProposed {
		if err := c.happened(tx, me, "cadence proposed"); err != nil {
			return c, err
		}
		return c, c.tell(tx, me, notice.Proposed)
	}
	return c, c.stand(tx, me, "cadence begun")
}

// How many years of conversations one person can have at once, and have proposed.
const (
	mostCadences = 12
	mostProposed = 60
)

func (c Cadence) mayBegin(tx *db.Tx, me org.Actor) error {
	var same, own, proposed int64
	if err := tx.Get(`
		select count(case when owner_id = $2 and coalesce(partner_id, partner_contact_id) = $3 then 1 end),
			count(case when owner_id = $2 then 1 end),
			count(case when by_id = $4 and state = 'proposed' then 1 end)
		from cadences where organisation_id = $1 and (owner_id = $2 or by_id = $4) and not brought_along
			and state in ('proposed', 'standing', 'paused')`,
		me.Organisation, c.Owner.Person, c.Partner.Person+c.Partner.Contact, me.Person).Scan(&same, &own, &proposed); err != nil {
		return err
	}
	switch {
	case same > 0:
		return problem.Refuse("You and %s have a year of conversations already, or one of you proposed it. You find it under Conversations.", c.Other(me).Name)
	case own >= mostCadences:
		return problem.Refuse("%d years of conversations at once are a lot. End one first.", own)
	case proposed >= mostProposed:
		return problem.Refuse("%d that you proposed wait for an answer. Talk about those first.", proposed)
	}
	return nil
}

func (c Cadence) insert(tx *db.Tx, organisation db.ID) error {
	_, err := tx.Exec(`
		insert into cadences (organisation_id, id, owner_id, partner_id, partner_contact_id, line_id, state, kinds, deep_minutes, deep_months,
			sprint_minutes, sprint_months, by_id, since, brought_along, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
		organisation, c.ID, c.Owner.Person, c.Partner.Person, c.Partner.Contact, c.Line, string(c.State), c.Rhythm.names(), c.Rhythm.DeepMinutes,
		c.Rhythm.DeepMonths, c.Rhythm.SprintMinutes, c.Rhythm.SprintMonths, c.By, c.Since, c.BroughtAlong, c.Revision, c.CreatedAt)
	return err
}

// stand records that the cadence stands, lays out what is ahead, and lets the other side know.
func (c Cadence) stand(tx *db.Tx, me org.Actor, kind string) error {
	if err := c.happened(tx, me, kind); err != nil {
		return err
	}
	if err := layOut(tx, me.Organisation, c.ID, me.Person); err != nil {
		return err
	}
	return c.tell(tx, me, notice.Answered)
}

// Take says yes to a year of conversations that the other side proposed: it stands from today on.
func Take(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := answering(tx, me, id)
	if err != nil {
		return err
	}
	c.State, c.Since = CadenceStanding, civil.In(tx.Now(), c.OwnerZone)
	if err := c.keep(tx, me); err != nil {
		return err
	}
	return c.stand(tx, me, "cadence taken")
}

// Decline says no to a year of conversations that was proposed. Who proposed one can take it back so.
func Decline(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := toChange(tx, me, id)
	if err != nil {
		return err
	}
	if c.State != CadenceProposed {
		return problem.Refused("This was answered already.")
	}
	c.State = CadenceDeclined
	if err := c.keep(tx, me); err != nil {
		return err
	}
	if err := c.happened(tx, me, "cadence declined"); err != nil {
		return err
	}
	return c.tell(tx, me, notice.Answered)
}

func answering(tx *db.Tx, me org.Actor, id db.ID) (Cadence, error) {
	c, err := toChange(tx, me, id)
	switch {
	case err != nil:
		return c, err
	case c.State != CadenceProposed:
		return c, problem.Refused("This was answered already.")
	case c.By == me.Person:
		return c, problem.Refuse("You proposed it: it waits for %s.", c.Other(me).Name)
	}
	return c, nil
}

// ChangeRhythm changes how often the two meet. What is ahead and as it was laid out is laid out
// anew; what was moved or prepared, what is agreed and what was held stays. The owner alone does it.
func ChangeRhythm(tx *db.Tx, me org.Actor, id db.ID, revision int64, r Rhythm) error {
	c, err := toChange(tx, me, id)
	if err != nil {
		return err
	}
	if !c.Owner.Is(me) {
		return problem.Refuse("The rhythm is for %s to choose. Talk about it when you meet.", c.Owner.Name)
	}
	wrong := problem.Invalid{}
	r.check(wrong)
	if err := wrong.Err(); err != nil {
		return err
	}
	if c.Revision != revision {
		return problem.Refused("The rhythm was changed meanwhile. Please look at the one that stands now.")
	}
	if c.Rhythm.Same(r) {
		return nil
	}
	c.Rhythm = r
	if err := c.keep(tx, me); err != nil {
		return err
	}
	if c.State != CadenceStanding {
		return c.happened(tx, me, "rhythm changed")
	}
	return c.stand(tx, me, "rhythm changed")
}

// Pause takes off what is ahead and as it was laid out, until Resume lays it out anew. Either side may.
func Pause(tx *db.Tx, me org.Actor, id db.ID) error {
	return stop(tx, me, id, CadenceStanding, CadencePaused, "cadence paused")
}

// EndCadence ends a year of conversations. What is agreed or moved to a time of its own stays, what was
// held stays readable; what is only planned does not come. Either side may.
func EndCadence(tx *db.Tx, me org.Actor, id db.ID) error {
	return stop(tx, me, id, "", CadenceEnded, "cadence ended")
}

func stop(tx *db.Tx, me org.Actor, id db.ID, from, to CadenceState, kind string) error {
	c, err := toChange(tx, me, id)
	if err != nil {
		return err
	}
	if from != "" && c.State != from || c.State == CadenceProposed {
		return problem.Refused("This does not stand at present.")
	}
	c.State = to
	if err := c.keep(tx, me); err != nil {
		return err
	}
	if err := takeOff(tx, me, c); err != nil {
		return err
	}
	if err := c.happened(tx, me, kind); err != nil {
		return err
	}
	return c.tell(tx, me, notice.Answered)
}

// Resume lets a cadence that was paused stand again: what is ahead is laid out anew.
func Resume(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := toChange(tx, me, id)
	if err != nil {
		return err
	}
	if c.State != CadencePaused {
		return problem.Refused("This is not paused.")
	}
	c.State = CadenceStanding
	if err := c.keep(tx, me); err != nil {
		return err
	}
	return c.stand(tx, me, "cadence resumed")
}

// keep keeps the state and the rhythm.
func (c *Cadence) keep(tx *db.Tx, me org.Actor) error {
	_, err := tx.Exec(`
		update cadences set state = $1, kinds = $2, deep_minutes = $3, deep_months = $4, sprint_minutes = $5, sprint_months = $6, since = $7,
			revision = revision + 1
		where organisation_id = $8 and id = $9`,
		string(c.State), c.Rhythm.names(), c.Rhythm.DeepMinutes, c.Rhythm.DeepMonths, c.Rhythm.SprintMinutes, c.Rhythm.SprintMonths, c.Since,
		me.Organisation, c.ID)
	c.Revision++
	return err
}

func (c Cadence) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: c.Thing(),
		Facts: map[string]string{"owner": string(c.Owner.Person), "partner": string(c.Partner.Person)},
	})
}

func (c Cadence) tell(tx *db.Tx, me org.Actor, kind notice.Kind) error {
	return notice.Tell(tx, me.Organisation, c.Other(me).Person, kind, c.Thing(), "")
}

// toChange looks up a cadence of the actor's for doing something with it.
func toChange(tx *db.Tx, me org.Actor, id db.ID) (Cadence, error) {
	c, err := CadenceByID(tx, me, id)
	switch {
	case err != nil:
		return c, err
	case me.Left:
		return c, youHaveLeft
	case c.BroughtAlong:
		return c, aRecord
	case !c.Lives():
		return c, problem.Refused("This year of conversations has ended. You can begin a new one.")
	}
	return c, nil
}

// endCadences is part of the reactions to the end of a line and to somebody's leaving.
func endCadences(tx *db.Tx, e event.Event, which string) error {
	_, err := tx.Exec(`
		update cadences set state = case when state = 'proposed' then 'declined' else 'ended' end, revision = revision + 1
		where organisation_id = $1 and `+which+` and state in ('proposed', 'standing', 'paused') and not brought_along`,
		e.Organisation, e.Thing.ID)
	return err
}
