package round

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Mine is what a round is to one who takes part: what they stated, and what came of it for them. Of the
// others they see whom they have, and nobody's wishes.
type Mine struct {
	SignUps []SignUp
	Mentor  *Match // whom they have as their mentor
	Mentees []Match
	Without Without // why the result that is published has no mentor for them
}

// Without is why somebody has no mentor from a round, as far as they are told.
type Without string

// Why somebody has no mentor: others are behind the rest, and are not told.
const (
	HasOne   Without = ""       // or takes no part as a mentee
	Late     Without = "late"   // joined after the result
	TheyLeft Without = "left"   // whom they had takes part no more
	Nobody   Without = "nobody" // nobody offers what they want at a higher level
	NoPlace  Without = "place"  // the places went to others
	NoRule   Without = "rule"   // by the rules, or by hand
)

// without is what a mentee is told who has nobody.
func (l Line) without() Without {
	switch {
	case l.Mentor.Person != "":
		return TheyLeft
	case l.Because == NoKnower, l.Because == NoHigher:
		return Nobody
	case l.Because == ByCrowd, l.Because == ByWishes:
		return NoPlace
	}
	return NoRule
}

// Match is one pair of the actor's.
type Match struct {
	Other   org.Party
	Aim     string // of the mentee
	Place   db.ID
	Over    bool // the pairing has ended
	Reasons Reasons
}

// MineIn is what a round is to the actor.
func MineIn(tx *db.Tx, me org.Actor, r Round) (Mine, error) {
	var m Mine
	var err error
	if m.SignUps, err = mySignUps(tx, me, r.ID); err != nil || r.Variant == "" || r.State == Open {
		return m, err
	}
	type found struct {
		Line
		over bool
	}
	all, err := db.List(tx, func(row db.Row) (found, error) {
		var f found
		err := row.Scan(&f.Mentee.Person, &f.Mentee.Name, &f.Mentor.Person, &f.Mentor.Name, &f.Place, &f.Because, &f.over)
		return f, err
	}, `
		select x.mentee_id, e.name, x.mentor_id, coalesce(m.name, ''), x.place_id, x.because, l.ended_at is not null
		from round_results x
		join people e on e.organisation_id = x.organisation_id and e.id = x.mentee_id
		left join people m on m.organisation_id = x.organisation_id and m.id = x.mentor_id
		left join mentor_places l on l.organisation_id = x.organisation_id and l.id = x.place_id
		where x.organisation_id = $1 and x.variant_id = $2 and (x.mentee_id = $3 or x.mentor_id = $3 and x.place_id is not null)
		order by e.name_key, x.mentee_id`, me.Organisation, r.Variant, me.Person)
	if err != nil {
		return m, err
	}
	if slices.ContainsFunc(m.SignUps, func(s SignUp) bool { return s.Side == Mentee }) {
		m.Without = Late
	}
	if len(all) == 0 {
		return m, nil
	}
	var running []Line // of a pair that has ended neither is told what the other states now
	for _, f := range all {
		if !f.over {
			running = append(running, f.Line)
		}
	}
	if err := addReasons(tx, me, r, running); err != nil {
		return m, err
	}
	for _, f := range all {
		l := f.Line
		if !f.over {
			l, running = running[0], running[1:]
		}
		match := Match{Place: l.Place, Over: f.over, Reasons: l.Reasons}
		switch {
		case l.Mentor.Is(me):
			match.Other, match.Reasons.MenteeWish = l.Mentee, 0
			if !f.over {
				match.Reasons.MentorWish = m.wish(l.Mentee)
			}
			m.Mentees = append(m.Mentees, match)
		case l.Place == "":
			if m.Without != HasOne { // they take part still
				m.Without = l.without()
			}
		default:
			m.Without = HasOne
			match.Other = l.Mentor
			m.Mentor = &match
		}
	}
	return m, m.addAims(tx, me, r)
}

// wish is which wish of the actor's, as a mentor, somebody was, from 1; 0: none.
func (m *Mine) wish(mentee org.Party) int {
	for _, s := range m.SignUps {
		if s.Side == Mentor {
			return 1 + slices.Index(s.Wishes, mentee.Person)
		}
	}
	return 0
}

// addAims adds what the mentees of the actor want to learn.
func (m *Mine) addAims(tx *db.Tx, me org.Actor, r Round) error {
	if len(m.Mentees) == 0 {
		return nil
	}
	aims := map[db.ID]string{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var aim string
		err := row.Scan(&id, &aim)
		aims[id] = aim
		return struct{}{}, err
	}, `
		select s.person_id, s.aim from round_results x
		join round_sign_ups s on s.organisation_id = x.organisation_id and s.round_id = $4 and s.person_id = x.mentee_id and s.side = 'mentee'
		join mentor_places l on l.organisation_id = x.organisation_id and l.id = x.place_id and l.ended_at is null
		where x.organisation_id = $1 and x.variant_id = $2 and x.mentor_id = $3`, me.Organisation, r.Variant, me.Person, r.ID)
	for n := range m.Mentees {
		m.Mentees[n].Aim = aims[m.Mentees[n].Other.Person]
	}
	return err
}
