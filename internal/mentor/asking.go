package mentor

import (
	"errors"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/skill"
)

// Ask asks the first of some mentors, and keeps the others as the next choices. Where no place is
// free, the request stands in line.
//
// Errors: problem.Refused when three requests are open, when somebody leads the actor or states no
// more experience in any of the skills; problem.Invalid by field.
func Ask(tx *db.Tx, me org.Actor, in RequestText, mentors []db.ID) (Request, error) {
	r := Request{Owner: me.Self(), RequestText: in, State: RequestOpen}
	if err := mayWrite(me); err != nil {
		return r, err
	}
	if err := r.check(tx, me); err != nil {
		return r, err
	}
	mentors = slices.DeleteFunc(slices.Clone(mentors), func(id db.ID) bool { return id == "" })
	if len(mentors) == 0 || len(mentors) > MostChoices {
		return r, problem.Invalid{"mentor1": "Please choose whom to ask, and up to two others for the case of a no."}
	}
	if err := notTooMany(tx, me); err != nil {
		return r, err
	}
	r.ID = tx.NewID()
	if err := r.insert(tx, me); err != nil {
		return r, err
	}
	for n, mentor := range mentors {
		if slices.Contains(mentors[:n], mentor) {
			continue
		}
		if err := may(tx, me, mentor, r.Skills); err != nil {
			return r, err
		}
		if _, err := tx.Exec(`
			insert into mentor_choices (organisation_id, id, request_id, owner_id, mentor_id, rank, state, answer, reply)
			values ($1, $2, $3, $4, $5, $6, 'next', '', '')`, me.Organisation, tx.NewID(), r.ID, me.Person, mentor, n); err != nil {
			return r, err
		}
	}
	return r, AskNext(tx, me, r.ID)
}

func (r *Request) check(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	r.Learn, r.Tried = tidy(wrong, "learn", r.Learn), tidy(wrong, "tried", r.Tried)
	wrong.Check(r.Learn != "", "learn", "Please say what you want to learn, in a sentence or two.")
	wrong.Check(slices.Contains(Rhythms, r.Rhythm), "rhythm", "Please choose how often.")
	wrong.Check(r.Until.IsZero() || r.Until.After(civil.In(tx.Now(), me.Zone)), "until", "Please choose a day to come.")
	var err error
	r.Skills, err = stated(tx, me, wrong, r.Skills, 0, MostAsked)
	wrong.Check(len(r.Skills) > 0 || wrong["skill1"] != "", "skill1", "Please name the skill that it is about.")
	if err != nil {
		return err
	}
	return wrong.Err()
}

func (r Request) insert(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec(`
		insert into mentor_requests (organisation_id, id, owner_id, learn, tried, rhythm, until, state, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 'open', $8)`,
		me.Organisation, r.ID, me.Person, r.Learn, r.Tried, string(r.Rhythm), r.Until, tx.Now()); err != nil {
		return err
	}
	var rows [][]any
	for n, k := range r.Skills {
		rows = append(rows, []any{me.Organisation, r.ID, me.Person, n, k.Name, k.key, k.Level})
	}
	return db.Insert(tx, "insert into mentor_request_skills (organisation_id, request_id, owner_id, position, name, skill_key, level) values", rows)
}

func notTooMany(tx *db.Tx, me org.Actor) error {
	n, err := db.One(tx, db.Scanned[int64], "select count(*) from mentor_requests where organisation_id = $1 and owner_id = $2 and state = 'open'", me.Organisation, me.Person)
	if err == nil && n >= mostOpen {
		err = problem.Refuse("%d requests of yours are open. Close one first: a few, meant seriously, are answered sooner.", n)
	}
	return err
}

// may says whether the actor may ask somebody to be their mentor in one of some skills.
func may(tx *db.Tx, me org.Actor, mentor db.ID, skills []Skill) error {
	if err := Askable(tx, me, mentor); err != nil {
		return err
	}
	open, err := OpenWith(tx, me, mentor)
	if err != nil {
		return err
	}
	if open != "" {
		return problem.Refused("You have asked them already, in a request that is open. One at a time: close that one, or wait for the answer.")
	}
	p, err := ByPerson(tx, me, mentor)
	if errors.Is(err, problem.NotFound) {
		return problem.Refused("They offer no help at present. Ask somebody else.")
	}
	if err != nil {
		return err
	}
	knows, err := p.knowsMore(tx, me, skills)
	if err != nil {
		return err
	}
	if !knows {
		return problem.Refuse("%s states no higher level than you do in what you ask for. Name another skill, or somebody else.", p.Name)
	}
	return nil
}

// Askable says whether the actor may ask somebody at all, whatever it is about: nobody is asked who leads
// the actor, is their mentor already, or said no a short time ago.
//
// Errors: problem.Refused that says why not.
func Askable(tx *db.Tx, me org.Actor, mentor db.ID) error {
	if err := Apart(tx, me.Organisation, mentor, me.Person); err != nil {
		return err
	}
	var pairs, saidNo int64
	if err := tx.Get(`
		select (select count(*) from mentor_places where organisation_id = $1 and mentor_id = $2 and mentee_id = $3 and ended_at is null),
			(select count(*) from mentor_choices where organisation_id = $1 and mentor_id = $2 and owner_id = $3 and state = 'declined' and answered_at > $4)`,
		me.Organisation, mentor, me.Person, tx.Now().Add(-noStands)).Scan(&pairs, &saidNo); err != nil {
		return err
	}
	switch {
	case pairs > 0:
		return paired
	case saidNo > 0:
		return problem.Refused("They said no within the last month. Ask somebody else for now, or come back later.")
	}
	return nil
}

// knowsMore tells whether the profile states more experience in at least one of some skills, as the names of
// skills are joined today.
func (p Profile) knowsMore(tx *db.Tx, me org.Actor, skills []Skill) (bool, error) {
	var names []string
	for _, k := range slices.Concat(p.Skills, skills) {
		names = append(names, k.Name)
	}
	joined, err := skill.Join(tx, me, names)
	if err != nil {
		return false, err
	}
	for _, k := range p.Skills {
		for _, want := range skills {
			if joined.Key(k.Name) == joined.Key(want.Name) && k.Level > want.Level {
				return true, nil
			}
		}
	}
	return false, nil
}

// AskNext asks the next choice of a request of the actor's. Who is asked at present, or has put it off,
// is asked no more.
func AskNext(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := Mentoring(tx, me, id)
	if err != nil || !r.Owner.Is(me) {
		return notFoundOr(err)
	}
	if now, ok := r.Now(); ok {
		if err := now.set(tx, me.Organisation, Withdrawn); err != nil {
			return err
		}
		if err := placesCame(tx, me.Organisation, now.Mentor.Person); err != nil {
			return err
		}
	}
	var why error
	for n, c := range r.Choices {
		if c.State != Next {
			continue
		}
		switch err := may(tx, me, c.Mentor.Person, r.Skills); {
		case err == nil:
			return r.Choices[n].ask(tx, me)
		case !errors.As(err, new(problem.Refused)) && !errors.Is(err, problem.NotFound):
			return err
		case why == nil:
			why = err
		}
		if err := c.set(tx, me.Organisation, Withdrawn); err != nil { // it can be asked no more: the one after is
			return err
		}
	}
	if why != nil && errors.As(why, new(problem.Refused)) {
		return why
	}
	return problem.Refused("There is no other choice in this request. Close it, and ask somebody else with a new one.")
}

func notFoundOr(err error) error {
	if err == nil {
		return problem.NotFound
	}
	return err
}

// ask puts a request before a mentor, or in line for a place with them.
func (c Choice) ask(tx *db.Tx, me org.Actor) error {
	var free, before, waits int64
	if err := tx.Get(`
		select coalesce((select places - taken from mentor_profiles where organisation_id = $1 and person_id = $2), 0),
			(select count(*) from mentor_choices where organisation_id = $1 and mentor_id = $2 and state = 'waiting'),
			(select count(*) from mentor_choices where organisation_id = $1 and mentor_id = $2 and state in ('asked', 'more', 'later'))`,
		me.Organisation, c.Mentor.Person).Scan(&free, &before, &waits); err != nil {
		return err
	}
	switch {
	case free <= 0 || before > 0:
		if before >= mostInLine {
			return problem.Refuse("%d people stand in line for a place there already. Somebody else can help sooner.", before)
		}
		return c.standInLine(tx, me.Organisation)
	case waits >= mostAskedOfOne:
		return problem.Refuse("%d people asked there and wait for an answer. Somebody else can answer sooner.", waits)
	}
	return putBefore(tx, me.Organisation, c.ID, c.Request, c.Mentor.Person)
}

// standInLine lets a choice wait for a place, since when it first did or was asked.
func (c Choice) standInLine(tx *db.Tx, organisation db.ID) error {
	if _, err := tx.Exec(`
		update mentor_choices set state = 'waiting', asked_at = coalesce(asked_at, $1), in_line_at = coalesce(in_line_at, $1), again_on = null
		where organisation_id = $2 and id = $3`, tx.Now(), organisation, c.ID); err != nil {
		return err
	}
	return placesCame(tx, organisation, c.Mentor.Person)
}

// putBefore asks a mentor, lets them know, and sees to the reminder and to the lapse.
func putBefore(tx *db.Tx, organisation, choice, request, mentor db.ID) error {
	if _, err := tx.Exec(`
		update mentor_choices set state = 'asked', asked_at = $1, in_line_at = coalesce(in_line_at, $1), again_on = null
		where organisation_id = $2 and id = $3`, tx.Now(), organisation, choice); err != nil {
		return err
	}
	key := string(choice) + " " + tx.Now().Format(time.RFC3339Nano)
	args := job.Args{"organisation": organisation, "choice": choice, "asked": db.ID(tx.Now().Format(time.RFC3339Nano))}
	for kind, after := range map[string]time.Duration{ReminderJob: reminderAfter, LapseJob: lapsesAfter} {
		if err := job.Enqueue(tx, kind, key, tx.Now().Add(after), args); err != nil {
			return err
		}
	}
	return notice.Tell(tx, organisation, mentor, notice.Asked, event.Thing{Kind: "mentor request", ID: request}, key)
}
