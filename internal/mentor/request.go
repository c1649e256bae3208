package mentor

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Request is what somebody would like to learn from a mentor. It goes to one mentor at a time, in
// the order of their choice; who is asked reads it, and nothing else of its owner's.
type Request struct {
	ID    db.ID
	Owner org.Party
	RequestText
	State     RequestState
	CreatedAt time.Time
	ClosedAt  time.Time
	Choices   []Choice // by rank; who is asked sees their own alone
}

// RequestText is what its owner says in it.
type RequestText struct {
	Learn  string
	Tried  string
	Skills []Skill // with the level at which they see themselves, as they choose to say it
	Rhythm Rhythm
	Until  civil.Date // zero: not said
}

// Rhythm is how often two would meet.
type Rhythm string

// The rhythms.
const (
	Weekly      Rhythm = "weekly"
	Fortnightly Rhythm = "fortnightly"
	Monthly     Rhythm = "monthly"
	Once        Rhythm = "once"
)

// Rhythms lists them in the order in which they are shown.
var Rhythms = []Rhythm{Fortnightly, Monthly, Weekly, Once}

// RequestState is where a request stands.
type RequestState string

// The states of a request.
const (
	RequestOpen     RequestState = "open"
	RequestAccepted RequestState = "accepted"
	RequestClosed   RequestState = "closed"
)

// Choice is one mentor whom a request goes to.
type Choice struct {
	ID       db.ID
	Request  db.ID
	Mentor   org.Party
	Rank     int64
	State    ChoiceState
	AskedAt  time.Time
	InLineAt time.Time
	Answer   string
	Reply    string
	Pointer  org.Party // with a no: who could help
	AgainOn  civil.Date
	Answered time.Time
}

// ChoiceState is where it stands with one mentor.
type ChoiceState string

// The states of a choice.
const (
	Next      ChoiceState = "next"    // not asked, and knows nothing of it
	Asked     ChoiceState = "asked"   // waits for the mentor
	More      ChoiceState = "more"    // the mentor would like to know more
	Later     ChoiceState = "later"   // comes back to the mentor on a day
	Waiting   ChoiceState = "waiting" // in line for a place
	Accepted  ChoiceState = "accepted"
	Declined  ChoiceState = "declined"
	Lapsed    ChoiceState = "lapsed" // not answered for two weeks
	Withdrawn ChoiceState = "withdrawn"
)

// live are the states in which something may still come of it.
var live = []ChoiceState{Asked, More, Later, Waiting}

// Live tells whether something may still come of it.
func (c Choice) Live() bool { return slices.Contains(live, c.State) }

// Thing is the request as something that has a page.
func (r Request) Thing() event.Thing { return event.Thing{Kind: "mentor request", ID: r.ID} }

// Now is the choice that is asked at present.
func (r Request) Now() (Choice, bool) {
	n := slices.IndexFunc(r.Choices, Choice.Live)
	if n < 0 {
		return Choice{}, false
	}
	return r.Choices[n], true
}

// Next is the choice that could be asked next.
func (r Request) Next() (Choice, bool) {
	n := slices.IndexFunc(r.Choices, func(c Choice) bool { return c.State == Next })
	if n < 0 || r.State != RequestOpen {
		return Choice{}, false
	}
	return r.Choices[n], true
}

// Limits of requests, and when they are reminded of and lapse.
const (
	MostChoices    = 3
	MostAsked      = 3 // skills in one request
	mostOpen       = 3 // requests of one person
	reminderAfter  = 7 * 24 * time.Hour
	lapsesAfter    = 14 * 24 * time.Hour
	noStands       = 30 * 24 * time.Hour // so long nobody is asked again who said no
	mostLaterDays  = 365
	ReminderJob    = "mentor request reminder"
	LapseJob       = "mentor request lapse"
	ComesAgainJob  = "mentor request again"
	mostInLine     = 20 // for one mentor
	mostAskedOfOne = 30 // requests that wait for one mentor
)

// Close ends a request of the actor's. Who is asked is told that nothing waits any more.
func Close(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := Mentoring(tx, me, id)
	if err != nil || !r.Owner.Is(me) {
		return notFoundOr(err)
	}
	if r.State != RequestOpen {
		return nil
	}
	return r.end(tx, me.Organisation, RequestClosed)
}

func (r Request) end(tx *db.Tx, organisation db.ID, state RequestState) error {
	if _, err := tx.Exec("update mentor_requests set state = $1, closed_at = $2 where organisation_id = $3 and id = $4", string(state), tx.Now(), organisation, r.ID); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from mentor_choices where organisation_id = $1 and request_id = $2 and state = 'next'", organisation, r.ID); err != nil {
		return err
	}
	return settle(tx, organisation, Withdrawn, "request_id", r.ID)
}

// settle ends the choices of a request, of an owner or with a mentor of which something may still come. For
// whom these kept a place, those in line are asked.
func settle(tx *db.Tx, organisation db.ID, state ChoiceState, column string, id db.ID) error {
	const which = " = $2 and state in ('asked', 'more', 'later', 'waiting')"
	mentors, err := db.List(tx, db.Scanned[db.ID], "select distinct mentor_id from mentor_choices where organisation_id = $1 and "+column+which+" order by mentor_id", organisation, id)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("update mentor_choices set state = $3 where organisation_id = $1 and "+column+which, organisation, id, string(state)); err != nil {
		return err
	}
	for _, mentor := range mentors {
		if err := placesCame(tx, organisation, mentor); err != nil {
			return err
		}
	}
	return nil
}

// Tell answers what the mentor would like to know: they are asked again.
func Tell(tx *db.Tx, me org.Actor, id db.ID, reply string) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := Mentoring(tx, me, id)
	if err != nil || !r.Owner.Is(me) {
		return notFoundOr(err)
	}
	wrong := problem.Invalid{}
	if reply = tidy(wrong, "reply", reply); reply == "" {
		wrong.Add("reply", "Please write a word or two.")
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	now, ok := r.Now()
	if !ok || now.State != More {
		return problem.Refused("Nothing is asked of you here at present.")
	}
	if now.Reply != "" {
		reply = now.Reply + "\n\n" + reply
	}
	if _, err := tx.Exec("update mentor_choices set reply = $1 where organisation_id = $2 and id = $3", reply, me.Organisation, now.ID); err != nil {
		return err
	}
	if err := putBefore(tx, me.Organisation, now.ID, id, now.Mentor.Person); err != nil {
		return err
	}
	return putBack(tx, me.Organisation, now.Mentor.Person, "")
}

func (c Choice) set(tx *db.Tx, organisation db.ID, state ChoiceState) error {
	_, err := tx.Exec("update mentor_choices set state = $1 where organisation_id = $2 and id = $3", string(state), organisation, c.ID)
	return err
}
