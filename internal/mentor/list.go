package mentor

import (
	"errors"
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const selectRequest = `
	select r.id, r.owner_id, o.name, r.learn, r.tried, r.rhythm, r.until, r.state, r.created_at, r.closed_at
	from mentor_requests r join people o on o.organisation_id = r.organisation_id and o.id = r.owner_id
`

func scanRequest(row db.Row) (Request, error) {
	var r Request
	err := row.Scan(&r.ID, &r.Owner.Person, &r.Owner.Name, &r.Learn, &r.Tried, &r.Rhythm, &r.Until, &r.State, &r.CreatedAt, &r.ClosedAt)
	return r, err
}

// asked narrows choices to those that their mentor reads: who is asked or gave an answer, not who will
// perhaps be asked, nor who was asked no more before they answered.
const asked = "(c.state not in ('next', 'withdrawn') or c.answered_at is not null)"

// Mentoring finds a request of the actor's, or one in which they are asked, or answered.
func Mentoring(tx *db.Tx, me org.Actor, id db.ID) (Request, error) {
	r, err := db.One(tx, scanRequest, selectRequest+`
		where r.organisation_id = $1 and r.id = $2 and (r.owner_id = $3 or exists (
			select 1 from mentor_choices c where c.organisation_id = $1 and c.request_id = r.id and c.mentor_id = $3 and `+asked+`))`,
		me.Organisation, id, me.Person)
	if err != nil {
		return r, err
	}
	all := []Request{r}
	err = addToRequests(tx, me, all)
	return all[0], err
}

// addToRequests adds skills and choices to requests that the actor sees: of others' requests, the
// choice that is the actor.
func addToRequests(tx *db.Tx, me org.Actor, all []Request) error {
	if len(all) == 0 {
		return nil
	}
	at := map[db.ID]int{}
	args := []any{me.Organisation, me.Person}
	for n, r := range all {
		at[r.ID] = n
		args = append(args, r.ID)
	}
	ids := db.Places(3, len(args)-2)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var c Choice
		err := row.Scan(&c.ID, &c.Request, &c.Mentor.Person, &c.Mentor.Name, &c.Rank, &c.State, &c.AskedAt, &c.InLineAt, &c.Answer, &c.Reply, &c.Pointer.Person, &c.Pointer.Name, &c.AgainOn, &c.Answered)
		all[at[c.Request]].Choices = append(all[at[c.Request]].Choices, c)
		return struct{}{}, err
	}, `
		select c.id, c.request_id, c.mentor_id, p.name, c.rank, c.state, c.asked_at, c.in_line_at, c.answer, c.reply, c.pointer_id, coalesce(h.name, ''), c.again_on, c.answered_at
		from mentor_choices c join people p on p.organisation_id = c.organisation_id and p.id = c.mentor_id
		left join people h on h.organisation_id = c.organisation_id and h.id = c.pointer_id
		where c.organisation_id = $1 and (c.owner_id = $2 or c.mentor_id = $2) and c.request_id in (`+ids+`)
		order by c.request_id, c.rank`, args...)
	if err != nil {
		return err
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var request db.ID
		var k Skill
		err := row.Scan(&request, &k.Name, &k.key, &k.Level)
		all[at[request]].Skills = append(all[at[request]].Skills, k)
		return struct{}{}, err
	}, `
		select request_id, name, skill_key, level from mentor_request_skills
		where organisation_id = $1 and cast($2 as text) <> '' and request_id in (`+ids+`)
		order by request_id, position`, args...)
	return err
}

// MostListed is how many a list shows at once.
const MostListed = 50

// MyRequests lists the actor's requests, the newest first, before a place in that list.
func MyRequests(tx *db.Tx, me org.Actor, before db.ID) ([]Request, error) {
	all, err := db.List(tx, scanRequest, selectRequest+`
		where r.organisation_id = $1 and r.owner_id = $2 and (cast($3 as text) = '' or r.id < $3)
		order by r.id desc limit `+strconv.Itoa(MostListed+1), me.Organisation, me.Person, string(before))
	if err != nil {
		return nil, err
	}
	return all, addToRequests(tx, me, all)
}

// AskedOfMe lists the requests that wait for the actor, or stand in line with them, in their order.
func AskedOfMe(tx *db.Tx, me org.Actor) ([]Request, error) {
	all, err := db.List(tx, scanRequest, selectRequest+`
		join mentor_choices c on c.organisation_id = r.organisation_id and c.request_id = r.id
		where c.organisation_id = $1 and c.mentor_id = $2 and c.state in ('asked', 'more', 'later', 'waiting')
		order by c.in_line_at, c.id limit `+strconv.Itoa(MostListed), me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	return all, addToRequests(tx, me, all)
}

// Chances are what is known of a line for a place.
type Chances struct {
	Before int64 // who stand in line before
	Freed  int64 // places that became free within the last year
	Line   bool  // whether who asks stands in line: no place is free, or others wait for it
}

// ChancesOf is what is known of the line with a mentor, for somebody who stands in it since a choice,
// or would stand in it at its end without one.
func ChancesOf(tx *db.Tx, me org.Actor, mentor db.ID, choice Choice) (Chances, error) {
	var c Chances
	since := choice.InLineAt
	if since.IsZero() {
		since = tx.Now()
	}
	var waiting, free int64
	err := tx.Get(`
		select (select count(*) from mentor_choices where organisation_id = $1 and mentor_id = $2 and state in ('asked', 'more', 'waiting') and owner_id <> $3 and in_line_at < $4),
			(select count(*) from mentor_places where organisation_id = $1 and mentor_id = $2 and ended_at > $5),
			(select count(*) from mentor_choices where organisation_id = $1 and mentor_id = $2 and state = 'waiting'),
			coalesce((select places - taken from mentor_profiles where organisation_id = $1 and person_id = $2), 0)`,
		me.Organisation, mentor, me.Person, since, tx.Now().AddDate(-1, 0, 0)).Scan(&c.Before, &c.Freed, &waiting, &free)
	c.Line = free <= 0 || waiting > 0
	return c, err
}

// OpenWith is the id of a request of the actor's in which somebody is asked at present; none without.
func OpenWith(tx *db.Tx, me org.Actor, mentor db.ID) (db.ID, error) {
	id, err := db.One(tx, db.Scanned[db.ID], `
		select request_id from mentor_choices where organisation_id = $1 and owner_id = $2 and mentor_id = $3 and state in ('asked', 'more', 'later', 'waiting')
		order by id limit 1`, me.Organisation, me.Person, mentor)
	if errors.Is(err, problem.NotFound) {
		err = nil
	}
	return id, err
}
