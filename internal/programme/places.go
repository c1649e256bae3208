package programme

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const selectPlace = `
	select pl.id, pl.programme_id, p.name, pl.person_id, who.name, case when ` + readsWords + ` then pl.hopes else '' end, pl.state, pl.asked_at, pl.decided_by_id, coalesce(by.name, ''), pl.decided_at, pl.words,
		pl.answer_by, pl.ended_at, case when pl.person_id = $2 then pl.origin_kind else '' end, case when pl.person_id = $2 then pl.origin_id end, pl.person_id = $2,
		case when ` + readsWords + ` then true else false end, case when pl.person_id = $2 then pl.written_for_id end, case when pl.person_id = $2 then coalesce(reader.name, '') else '' end, pl.waits_for
	from programme_places pl
	join programmes p on p.organisation_id = pl.organisation_id and p.id = pl.programme_id
	join people w on w.organisation_id = p.organisation_id and w.id = p.posted_by_id
	join people who on who.organisation_id = pl.organisation_id and who.id = pl.person_id
	left join people by on by.organisation_id = pl.organisation_id and by.id = pl.decided_by_id
	left join people reader on reader.organisation_id = pl.organisation_id and reader.id = pl.written_for_id
`

func scanPlace(row db.Row) (Place, error) {
	var p Place
	err := row.Scan(&p.ID, &p.Programme, &p.Name, &p.Person.Person, &p.Person.Name, &p.Hopes, &p.State, &p.AskedAt, &p.DecidedBy.Person, &p.DecidedBy.Name, &p.DecidedAt, &p.Words,
		&p.AnswerBy, &p.EndedAt, &p.Origin.Kind, &p.Origin.ID, &p.Yours,
		&p.ReadsWords, &p.WrittenFor.Person, &p.WrittenFor.Name, &p.waitsFor)
	return p, err
}

// PlaceByID finds a place of the actor's, one that they decided or are to decide, or of which they were told what came;
// with what its person wants to learn and states of themselves where that was written for them. Who has left reads their own alone.
func PlaceByID(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	p, err := db.One(tx, scanPlace, selectPlace+"where "+reads+" and (pl.person_id = $2 or $4) and pl.id = $5", me.Organisation, me.Person, me.KeepsProgrammes(), !me.Left, id)
	if err != nil || !p.ReadsWords {
		return p, err
	}
	p.Stated, err = db.List(tx, func(row db.Row) (Skill, error) {
		var k Skill
		err := row.Scan(&k.Name, &k.Level)
		return k, err
	}, "select name, level from programme_stated where organisation_id = $1 and place_id = $2 order by position", me.Organisation, id)
	return p, err
}

// decided finds a place for whoever is to say yes or no.
func decided(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	p, err := db.One(tx, scanPlace, selectPlace+"where pl.organisation_id = $1 and "+decides+" and pl.id = $4", me.Organisation, me.Person, me.KeepsProgrammes(), id)
	if err == nil && p.Person.Is(me) {
		err = ownYes
	}
	return p, err
}

// ForOwners tells whether what was written with it is read by programme owners.
func (p Place) ForOwners() bool { return p.WrittenFor.Person == "" && p.waitsFor == programmeOwners }

// Passed tells whether somebody else has come to answer a place of the actor's than the one for whom they wrote.
func Passed(tx *db.Tx, me org.Actor, place Place) (bool, error) {
	p, err := ByID(tx, me, place.Programme)
	if err != nil || place.ForOwners() {
		return false, err
	}
	whom, err := p.deciders(tx, me)
	if errors.As(err, new(problem.Refused)) { // nobody is here who could
		return false, nil
	}
	return !slices.Contains(whom, place.WrittenFor.Person), err
}

// MayDecide tells whether the actor is to say yes or no to a place that they see.
func MayDecide(tx *db.Tx, me org.Actor, id db.ID) (bool, error) {
	if me.Left {
		return false, nil
	}
	p, err := decided(tx, me, id)
	if err == problem.NotFound {
		return false, nil
	}
	return err == nil && p.State == Asked, err
}

// Mine lists what the actor takes part in or would like to, and what they took part in, the latest first.
func Mine(tx *db.Tx, me org.Actor, most int) ([]Place, error) {
	return db.List(tx, scanPlace, selectPlace+`
		where pl.organisation_id = $1 and pl.person_id = $2
		order by case when pl.ended_at is null then 0 else 1 end, pl.id desc limit $3`, me.Organisation, me.Person, most)
}

// In is the actor's own place in a programme, the last one; without any it says problem.NotFound.
func In(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	all, err := db.List(tx, scanPlace, selectPlace+`
		where pl.organisation_id = $1 and pl.person_id = $2 and pl.programme_id = $3
		order by pl.id desc limit 1`, me.Organisation, me.Person, id)
	if err == nil && len(all) == 0 {
		err = problem.NotFound
	}
	if err != nil {
		return Place{}, err
	}
	return all[0], nil
}

// ForMe lists what waits for a yes or a no of the actor's, the oldest first: looked for from what they posted, the
// budgets that they answer for and those of whom they lead, and what programme owners answer.
func ForMe(tx *db.Tx, me org.Actor, most int) ([]Place, error) {
	if me.Left {
		return nil, nil
	}
	return db.List(tx, scanPlace, selectPlace+`
		where pl.organisation_id = $1 and pl.state = 'asked' and p.state not in ('ended', 'cancelled') and `+decides+` and pl.id in (
			select a.id from programmes m
			join programme_places a on a.organisation_id = m.organisation_id and a.programme_id = m.id and a.state = 'asked'
			where m.organisation_id = $1 and m.posted_by_id = $2
			union
			select a.id from budgets b
			join programmes m on m.organisation_id = b.organisation_id and m.budget_id = b.id
			join programme_places a on a.organisation_id = m.organisation_id and a.programme_id = m.id and a.state = 'asked'
			where b.organisation_id = $1 and b.owner_id = $2
			union
			select a.id from budgets b
			join programmes m on m.organisation_id = b.organisation_id and m.budget_id = b.id
			join programme_places a on a.organisation_id = m.organisation_id and a.programme_id = m.id and a.person_id = b.owner_id and a.state = 'asked'
			where b.organisation_id = $1 and b.second_id = $2
			union
			select a.id from reporting_lines l
			join budgets b on b.organisation_id = l.organisation_id and b.owner_id = l.person_id
			join programmes m on m.organisation_id = b.organisation_id and m.budget_id = b.id
			join programme_places a on a.organisation_id = m.organisation_id and a.programme_id = m.id and a.person_id = l.person_id and a.state = 'asked'
			where l.organisation_id = $1 and l.manager_id = $2 and l.ended_at is null
			union
			select a.id from programme_places a
			where a.organisation_id = $1 and a.state = 'asked' and a.waits_for = 'programme owners' and $3)
		order by pl.id limit $4`, me.Organisation, me.Person, me.KeepsProgrammes(), most)
}

// Participant is somebody in a programme as whoever looks after it sees them: that they take part, and
// nothing of what they wrote.
type Participant struct {
	Place  db.ID
	Person org.Party
	State  PlaceState
	Yours  bool // to decide
}

// Participants lists who takes part, who waits and who stands in line, for whoever looks after a programme.
//
// Errors: problem.NotFound for anybody else.
func Participants(tx *db.Tx, me org.Actor, id db.ID) ([]Participant, error) {
	if _, err := mine(tx, me, id); err != nil {
		return nil, err
	}
	return db.List(tx, func(row db.Row) (Participant, error) {
		var p Participant
		err := row.Scan(&p.Place, &p.Person.Person, &p.Person.Name, &p.State, &p.Yours)
		return p, err
	}, `
		select pl.id, pl.person_id, who.name, pl.state, `+decides+`
		from programme_places pl
		join programmes p on p.organisation_id = pl.organisation_id and p.id = pl.programme_id
		join people w on w.organisation_id = p.organisation_id and w.id = p.posted_by_id
		join people who on who.organisation_id = pl.organisation_id and who.id = pl.person_id
		where pl.organisation_id = $1 and pl.programme_id = $4 and pl.state in ('asked', 'waiting', 'offered', 'placed', 'done')
		order by pl.asked_at, pl.id limit $5`, me.Organisation, me.Person, me.KeepsProgrammes(), id, 2*mostSeats)
}

// Before is how many stand in line before a place of the actor's.
func Before(tx *db.Tx, me org.Actor, p Place) (int64, error) {
	var n int64
	err := tx.Get(`
		select count(*) from programme_places q
		where q.organisation_id = $1 and q.programme_id = $2 and q.state = 'waiting' and (q.asked_at < $3 or q.asked_at = $3 and q.id < $4)`,
		me.Organisation, p.Programme, p.AskedAt, p.ID).Scan(&n)
	return n, err
}
