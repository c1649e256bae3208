package mentor

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Reply is what a mentor answers.
type Reply struct {
	Says    Says
	Words   string     // with a no or a later; needed for what they would like to know
	Pointer db.ID      // with a no: who could help
	AgainOn civil.Date // of later
}

// Says is the answer itself.
type Says string

// The answers.
const (
	Yes       Says = "yes"
	No        Says = "no"
	TellMore  Says = "more"
	NotYet    Says = "later"
	laterDays      = 60 // when nobody names a day
)

// Answer records what the mentor says who is asked. A yes takes a place in the same moment, and the
// pairing begins.
//
// Errors: problem.NotFound when it does not wait for the actor, problem.Refused when no place is free
// any more or the two may not be a pair, problem.Invalid by field.
func Answer(tx *db.Tx, me org.Actor, id db.ID, in Reply) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := Mentoring(tx, me, id)
	if err != nil {
		return err
	}
	c, ok := r.Now()
	if !ok || !c.Mentor.Is(me) || r.State != RequestOpen || c.State == Waiting && in.Says == Yes {
		return noPlace(ok && c.Mentor.Is(me) && c.State == Waiting)
	}
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "words", in.Words)
	wrong.Check(in.Says != TellMore || in.Words != "", "words", "Please say what you would like to know.")
	today := civil.In(tx.Now(), me.Zone)
	if in.Says == NotYet && in.AgainOn.IsZero() {
		in.AgainOn = today.AddDays(laterDays)
	}
	wrong.Check(in.Says != NotYet || in.AgainOn.After(today) && !in.AgainOn.After(today.AddDays(mostLaterDays)), "again_on", "Please choose a day within a year from now.")
	if err := wrong.Err(); err != nil {
		return err
	}
	switch in.Says {
	case Yes:
		err = c.accept(tx, me, r)
	case No:
		err = c.decline(tx, me, in)
	case TellMore:
		if err = c.answered(tx, me, More, in.Words, civil.Date{}, ""); err == nil {
			now := tx.Now().Format(time.RFC3339Nano)
			err = job.Enqueue(tx, LapseJob, string(c.ID)+" more "+now, tx.Now().Add(lapsesAfter), job.Args{"organisation": me.Organisation, "choice": c.ID, "more": db.ID(now)})
		}
	case NotYet:
		if err = c.answered(tx, me, Later, in.Words, in.AgainOn, ""); err == nil {
			err = job.EnqueueAt(tx, ComesAgainJob, string(c.ID)+" "+in.AgainOn.String(), job.Hour{Person: me.Person, Day: in.AgainOn, Hour: 8, Zone: me.Zone},
				job.Args{"organisation": me.Organisation, "choice": c.ID, "on": db.ID(in.AgainOn.String())})
		}
	default:
		err = problem.Invalid{"says": "Please choose an answer."}
	}
	if err != nil {
		return err
	}
	if err := notice.Tell(tx, me.Organisation, r.Owner.Person, notice.Answered, r.Thing(), ""); err != nil {
		return err
	}
	return placesCame(tx, me.Organisation, me.Person)
}

func noPlace(full bool) error {
	if full {
		return problem.Refused("No place is free at present. Raise the number on your page as a mentor, or wait until one is.")
	}
	return problem.NotFound
}

// accept takes a place for the pair, while there is one, and begins it.
func (c Choice) accept(tx *db.Tx, me org.Actor, r Request) error {
	p, err := Mine(tx, me)
	knows := false
	if err == nil {
		knows, err = p.knowsMore(tx, me, r.Skills)
	}
	if err == problem.NotFound || err == nil && !knows {
		return problem.Refuse("Your page as a mentor no longer states more experience in what %s asks for. Look at your page first.", r.Owner.Name)
	}
	if err != nil {
		return err
	}
	if _, err := Begin(tx, me, me.Person, r.Owner.Person, r.ID); err != nil {
		return err
	}
	if err := c.answered(tx, me, Accepted, "", civil.Date{}, ""); err != nil {
		return err
	}
	return r.end(tx, me.Organisation, RequestAccepted)
}

func (c Choice) decline(tx *db.Tx, me org.Actor, in Reply) error {
	if in.Pointer != "" {
		p, err := org.ByID(tx, me, in.Pointer)
		if err != nil {
			return err
		}
		if !p.LeftAt.IsZero() || in.Pointer == me.Person {
			return problem.Invalid{"pointer": "Please name somebody else of your organisation."}
		}
	}
	return c.answered(tx, me, Declined, in.Words, civil.Date{}, in.Pointer)
}

func (c Choice) answered(tx *db.Tx, me org.Actor, state ChoiceState, words string, again civil.Date, pointer db.ID) error {
	if words == "" {
		words = c.Answer
	}
	_, err := tx.Exec(`
		update mentor_choices set state = $1, answer = $2, again_on = $3, pointer_id = $4, answered_at = $5
		where organisation_id = $6 and id = $7 and mentor_id = $8`,
		string(state), words, again, pointer, tx.Now(), me.Organisation, c.ID, me.Person)
	return err
}

// Begin takes a place with a mentor for a mentee, and lets it be known: the pairing begins. The place
// is taken while one is free, or not at all. It is the way to every pairing, from a request or else.
//
// Errors: problem.Refused where none is free, where the two are a pair, or where one leads the other.
func Begin(tx *db.Tx, me org.Actor, mentor, mentee, request db.ID) (db.ID, error) {
	if err := Apart(tx, me.Organisation, mentor, mentee); err != nil {
		return "", err
	}
	pairs, err := db.One(tx, db.Scanned[int64], "select count(*) from mentor_places where organisation_id = $1 and mentor_id = $2 and mentee_id = $3 and ended_at is null", me.Organisation, mentor, mentee)
	if err != nil {
		return "", err
	}
	if pairs > 0 {
		return "", paired
	}
	took, err := tx.Exec("update mentor_profiles set taken = taken + 1 where organisation_id = $1 and person_id = $2 and taken < places", me.Organisation, mentor)
	if err != nil {
		return "", err
	}
	if took == 0 {
		return "", noPlace(true)
	}
	id := tx.NewID()
	if _, err := tx.Exec(`
		insert into mentor_places (organisation_id, id, mentor_id, mentee_id, request_id, began_at) values ($1, $2, $3, $4, $5, $6)`,
		me.Organisation, id, mentor, mentee, request, tx.Now()); err != nil {
		return "", err
	}
	if err := recount(tx, me.Organisation, mentor); err != nil {
		return "", err
	}
	if err := putBack(tx, me.Organisation, mentor, request); err != nil {
		return "", err
	}
	return id, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "mentor place taken", By: me.Person, Thing: event.Thing{Kind: "mentor place", ID: id},
		Facts: map[string]string{"mentor": string(mentor), "mentee": string(mentee), "request": string(request)},
	})
}

// putBack lets those stand in line, in their order, who are asked while no place is left, all but one request.
func putBack(tx *db.Tx, organisation, mentor, but db.ID) error {
	_, err := tx.Exec(`
		update mentor_choices set state = 'waiting'
		where organisation_id = $1 and mentor_id = $2 and state = 'asked' and request_id <> $3
			and exists (select 1 from mentor_profiles where organisation_id = $1 and person_id = $2 and taken >= places)`,
		organisation, mentor, string(but))
	return err
}

// GiveBack ends the place of a pair: it is free for whoever stands first in line. Who ends the pairing
// calls it.
func GiveBack(tx *db.Tx, organisation, place db.ID) error {
	mentor, err := db.One(tx, db.Scanned[db.ID], "select mentor_id from mentor_places where organisation_id = $1 and id = $2", organisation, place)
	if err != nil {
		return err
	}
	if _, err := tx.Exec("update mentor_places set ended_at = $1 where organisation_id = $2 and id = $3 and ended_at is null", tx.Now(), organisation, place); err != nil {
		return err
	}
	if err := recount(tx, organisation, mentor); err != nil {
		return err
	}
	return placesCame(tx, organisation, mentor)
}

// placesCame asks a mentor for those who stand in line, the longest waiting first, one for each free
// place that nobody is asked for yet.
func placesCame(tx *db.Tx, organisation, mentor db.ID) error {
	type first struct{ choice, request, owner db.ID }
	ready, err := db.List(tx, func(row db.Row) (first, error) {
		var f first
		err := row.Scan(&f.choice, &f.request, &f.owner)
		return f, err
	}, `
		select id, request_id, owner_id from mentor_choices
		where organisation_id = $1 and mentor_id = $2 and state = 'waiting'
		order by in_line_at, id limit coalesce((
			select case when m.places - m.taken > n.waits then m.places - m.taken - n.waits else 0 end
			from mentor_profiles m, (select count(*) as waits from mentor_choices where organisation_id = $1 and mentor_id = $2 and state in ('asked', 'more')) as n
			where m.organisation_id = $1 and m.person_id = $2), 0)`, organisation, mentor)
	if err != nil {
		return err
	}
	for _, f := range ready {
		if err := putBefore(tx, organisation, f.choice, f.request, mentor); err != nil {
			return err
		}
		if err := notice.Tell(tx, organisation, f.owner, notice.Answered, event.Thing{Kind: "mentor request", ID: f.request}, "place "+string(f.choice)); err != nil {
			return err
		}
	}
	return nil
}

// Unmake removes a place that was given back and led to nothing, as if it had never been taken: nobody has
// helped anybody there. Who takes a pairing back calls it.
func Unmake(tx *db.Tx, organisation, place db.ID) error {
	_, err := tx.Exec("delete from mentor_places where organisation_id = $1 and id = $2 and ended_at is not null", organisation, place)
	return err
}
