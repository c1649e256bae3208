package round

import (
	"cmp"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// stand is a pair that is published, by whichever variant of the round.
type stand struct {
	place        db.ID
	met          bool
	fit          int64 // as it is noted where it is published
	mentee, with string
}

// pairs notes which pairs this round made, who are mentor and mentee otherwise, and how many places that leaves.
func (t *table) pairs(tx *db.Tx, me org.Actor, only []db.ID) error {
	if err := t.standing(tx, me, only); err != nil {
		return err
	}
	which, args := among("l.mentee_id", []any{me.Organisation, t.round.ID}, only)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var p two
		var place db.ID
		err := row.Scan(&p.mentee, &p.mentor, &place)
		if t.stands[p].place != place {
			t.paired[p.mentee] = append(t.paired[p.mentee], p.mentor)
		}
		return struct{}{}, err
	}, `
		select l.mentee_id, l.mentor_id, l.id
		from mentor_places l
		join round_sign_ups s on s.organisation_id = l.organisation_id and s.round_id = $2 and s.person_id = l.mentee_id and s.side = 'mentee'
		where l.organisation_id = $1 and `+which+` and (l.ended_at is null or not exists (
			select 1 from mentorships t where t.organisation_id = l.organisation_id and t.id = l.id and t.state = 'ended' and t.because = ''))
		order by l.mentee_id, l.id`, args...) // one that was taken back, which neither of the two ended, may begin again
	if err != nil {
		return err
	}
	t.bound()
	t.keepMet()
	return nil
}

func (t *table) standing(tx *db.Tx, me org.Actor, only []db.ID) error {
	which, args := among("l.mentee_id", []any{me.Organisation, t.round.ID, t.round.Variant, tx.Now()}, only)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var p two
		var s stand
		err := row.Scan(&p.mentee, &p.mentor, &s.place, &s.mentee, &s.with, &s.fit, &s.met)
		t.stands[p] = s
		return struct{}{}, err
	}, `
		select l.mentee_id, l.mentor_id, l.id, e.name, m.name, coalesce((
			select z.fit from round_results z where z.organisation_id = l.organisation_id and z.variant_id = $3 and z.mentee_id = l.mentee_id), 0),
			`+met("l.organisation_id", "l.id", "$4")+`
		from (select distinct x.place_id as id from round_variants v
			join round_results x on x.organisation_id = v.organisation_id and x.variant_id = v.id
			where v.organisation_id = $1 and v.round_id = $2 and x.place_id is not null) as made
		join mentor_places l on l.organisation_id = $1 and l.id = made.id
		join people e on e.organisation_id = l.organisation_id and e.id = l.mentee_id
		join people m on m.organisation_id = l.organisation_id and m.id = l.mentor_id
		where l.ended_at is null and `+which, args...)
	return err
}

// bound says how many places of each mentor the matching may use: those that are free, with those of pairs that have
// not met, which it gives anew; no more than they give to the round, of which each pair that has met has one.
func (t *table) bound() {
	haveMet, yetToMeet := map[db.ID]int64{}, map[db.ID]int64{}
	for p, s := range t.stands {
		if s.met {
			haveMet[p.mentor]++
		} else {
			yetToMeet[p.mentor]++
		}
	}
	for j := range t.mentors {
		m := &t.mentors[j]
		m.room = max(0, min(m.free+yetToMeet[m.id], m.takes-haveMet[m.id]))
	}
}

// keepMet gives those who have met a seat, though they take part no more: their pair stays in the result, and
// neither gets somebody else for it.
func (t *table) keepMet() {
	for _, p := range t.inOrder() {
		s := t.stands[p]
		if !s.met {
			continue
		}
		if _, here := t.menteeAt[p.mentee]; !here {
			t.menteeAt[p.mentee] = int32(len(t.mentees))
			t.mentees = append(t.mentees, seat{id: p.mentee, called: s.mentee, gone: true})
		}
		if _, here := t.mentorAt[p.mentor]; !here {
			t.mentorAt[p.mentor] = int32(len(t.mentors))
			t.mentors = append(t.mentors, seat{id: p.mentor, called: s.with, gone: true})
		}
	}
}

// inOrder are the pairs that stand, in an order that is always the same.
func (t *table) inOrder() []two {
	all := make([]two, 0, len(t.stands))
	for p := range t.stands {
		all = append(all, p)
	}
	slices.SortFunc(all, func(x, y two) int {
		return cmp.Or(cmp.Compare(x.mentee, y.mentee), cmp.Compare(t.stands[x].place, t.stands[y].place))
	})
	return all
}

// met is a condition in SQL: that the two of a pairing have met, or should have by now.
func met(organisation, place, now string) string {
	return `exists (select 1 from mentorship_sessions x
		join conversations y on y.organisation_id = x.organisation_id and y.id = x.conversation_id
		where x.organisation_id = ` + organisation + ` and x.mentorship_id = ` + place + ` and (y.state = 'held' or y.state = 'agreed' and y.at <= ` + now + `))`
}
