package round

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

const selectVariant = `
	select v.id, v.round_id, v.name, v.way, v.other_department, v.other_office, v.same_language, v.levels_above,
		v.weight_skills, v.weight_wishes, v.weight_language, v.weight_hours, v.weight_department, v.follows,
		v.mentees, v.places, v.matched, v.possible, v.total, v.least, v.wished, v.first_wish, v.crowds, v.digest, v.revision, v.solved_at
	from round_variants v
`

func scanVariant(row db.Row) (Variant, error) {
	var v Variant
	var crowds string
	f := &v.Figures
	if err := row.Scan(&v.ID, &v.Round, &v.Name, &v.Way, &v.OtherDepartment, &v.OtherOffice, &v.SameLanguage, &v.LevelsAbove,
		&v.Skills, &v.Wishes, &v.Language, &v.Hours, &v.Department, &v.Follows,
		&f.Mentees, &f.Places, &f.Matched, &f.Possible, &f.Total, &f.Least, &f.Wished, &f.FirstWish, &crowds, &v.digest, &v.Revision, &v.SolvedAt); err != nil {
		return v, err
	}
	return v, json.Unmarshal([]byte(crowds), &v.Crowds)
}

// VariantByID finds a variant for somebody who runs rounds.
func VariantByID(tx *db.Tx, me org.Actor, id db.ID) (Variant, error) {
	if !Runs(me) {
		return Variant{}, problem.NotFound
	}
	return db.One(tx, scanVariant, selectVariant+"where v.organisation_id = $1 and v.id = $2", me.Organisation, id)
}

// Variants are those of a round, the oldest first.
func Variants(tx *db.Tx, me org.Actor, round db.ID) ([]Variant, error) {
	if !Runs(me) {
		return nil, problem.NotFound
	}
	return db.List(tx, scanVariant, selectVariant+"where v.organisation_id = $1 and v.round_id = $2 order by v.id", me.Organisation, round)
}

// Changes are the pairs of a variant that were pinned or forbidden by hand, in the order in which they were.
func Changes(tx *db.Tx, me org.Actor, variant db.ID) ([]Pinned, error) {
	if !Runs(me) {
		return nil, problem.NotFound
	}
	return changes(tx, me, variant)
}

// CountChanges is how many pairs were pinned or forbidden by hand, by variant of a round.
func CountChanges(tx *db.Tx, me org.Actor, round db.ID) (map[db.ID]int64, error) {
	if !Runs(me) {
		return nil, problem.NotFound
	}
	count := map[db.ID]int64{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var n int64
		err := row.Scan(&id, &n)
		count[id] = n
		return struct{}{}, err
	}, `
		select c.variant_id, count(*) from round_changes c
		join round_variants v on v.organisation_id = c.organisation_id and v.id = c.variant_id
		where v.organisation_id = $1 and v.round_id = $2 group by c.variant_id`, me.Organisation, round)
	return count, err
}

// Moved is how many people have joined, left or changed what they state since a variant was worked out.
func Moved(tx *db.Tx, me org.Actor, v Variant) (int64, error) {
	if !Runs(me) {
		return 0, problem.NotFound
	}
	return db.One(tx, db.Scanned[int64], `
		select (select count(*) from round_sign_ups s join people p on p.organisation_id = s.organisation_id and p.id = s.person_id
				where s.organisation_id = $1 and s.round_id = $2 and (s.changed_at > $4 or p.left_at > $4))
			+ (select count(*) from round_results x where x.organisation_id = $1 and x.variant_id = $3 and x.because <> 'stays' and not exists (
				select 1 from round_sign_ups s where s.organisation_id = $1 and s.round_id = $2 and s.person_id = x.mentee_id and s.side = 'mentee'))
			+ (select count(*) from round_sign_ups s join mentor_profiles m on m.organisation_id = s.organisation_id and m.person_id = s.person_id
				where s.organisation_id = $1 and s.round_id = $2 and s.side = 'mentor' and m.changed_at > $4)`,
		me.Organisation, v.Round, v.ID, v.SolvedAt)
}

// Line is what a variant says of one mentee.
type Line struct {
	Mentee  org.Party
	Mentor  org.Party // none: nobody
	Fit     int64
	Because Because
	Crowd   int // the number of their crowd, from 1
	Place   db.ID
	Reasons Reasons
	Pinned  Kind
}

const selectLine = `
	select x.mentee_id, e.name, x.mentor_id, coalesce(m.name, ''), x.fit, x.because, x.crowd, x.place_id, coalesce(c.kind, '')
	from round_results x
	join people e on e.organisation_id = x.organisation_id and e.id = x.mentee_id
	left join people m on m.organisation_id = x.organisation_id and m.id = x.mentor_id
	left join round_changes c on c.organisation_id = x.organisation_id and c.variant_id = x.variant_id and c.mentee_id = x.mentee_id and c.mentor_id = x.mentor_id
`

func scanLine(row db.Row) (Line, error) {
	var l Line
	err := row.Scan(&l.Mentee.Person, &l.Mentee.Name, &l.Mentor.Person, &l.Mentor.Name, &l.Fit, &l.Because, &l.Crowd, &l.Place, &l.Pinned)
	return l, err
}

// Pairs are the pairs of a variant with what speaks for each, those that fit least first, after one of a
// mentee.
func Pairs(tx *db.Tx, me org.Actor, v Variant, after db.ID, most int) ([]Line, error) {
	r, err := running(tx, me, v.Round)
	if err != nil {
		return nil, err
	}
	all, err := db.List(tx, scanLine, selectLine+`
		where x.organisation_id = $1 and x.variant_id = $2 and x.mentor_id is not null and (cast($3 as text) = '' or
			(x.fit, x.mentee_id) > (select y.fit, y.mentee_id from round_results y where y.organisation_id = $1 and y.variant_id = $2 and y.mentee_id = $3))
		order by x.fit, x.mentee_id limit `+strconv.Itoa(most), me.Organisation, v.ID, string(after))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all, addReasons(tx, me, r, all)
}

func addReasons(tx *db.Tx, me org.Actor, r Round, all []Line) error {
	if len(all) == 0 {
		return nil
	}
	var ids []db.ID
	for _, l := range all {
		ids = append(ids, l.Mentee.Person, l.Mentor.Person)
	}
	for len(ids) < 3 {
		ids = append(ids, "none") // a list, however short
	}
	t, err := load(tx, me, r, ids...)
	if err != nil {
		return err
	}
	for n, l := range all {
		if i, j, here := t.at(l.Mentee.Person, l.Mentor.Person); here {
			all[n].Reasons = t.reasons(i, j)
		}
	}
	return nil
}

// Unmatched are the mentees who have nobody in a variant, by why, after one of them.
func Unmatched(tx *db.Tx, me org.Actor, v Variant, after db.ID, most int) ([]Line, error) {
	if !Runs(me) {
		return nil, problem.NotFound
	}
	return db.List(tx, scanLine, selectLine+`
		where x.organisation_id = $1 and x.variant_id = $2 and x.mentor_id is null and (cast($3 as text) = '' or x.mentee_id > $3)
		order by x.mentee_id limit `+strconv.Itoa(most), me.Organisation, v.ID, string(after))
}

// Look is one mentee of a variant, with what they state, and whom else they could have.
type Look struct {
	Line
	Aim       string
	Skills    []mentor.Skill
	Languages []string
	Wishes    []org.Party
	Others    []Other
}

// Other is a mentor whom somebody could have.
type Other struct {
	Mentor  org.Party
	Fit     int64
	Reasons Reasons
	Rule    bool // a rule of the variant is against it; a pin goes before
	Kind    Kind // pinned or forbidden
}

// mostOthers is how many others are named.
const mostOthers = 12

// One is one mentee of a variant.
func One(tx *db.Tx, me org.Actor, v Variant, mentee db.ID) (Look, error) {
	r, err := running(tx, me, v.Round)
	if err != nil {
		return Look{}, err
	}
	line, err := db.One(tx, scanLine, selectLine+"where x.organisation_id = $1 and x.variant_id = $2 and x.mentee_id = $3", me.Organisation, v.ID, mentee)
	if err != nil {
		return Look{}, err
	}
	l := Look{Line: line}
	t, err := load(tx, me, r, mentee, everyMentor, "none") // a list, however short
	if err != nil {
		return l, err
	}
	i, here := t.menteeAt[mentee]
	if !here {
		return l, nil // takes part no more
	}
	above, err := org.Above(tx, me.Organisation, mentee)
	if err != nil {
		return l, err
	}
	for person := mentee; len(above) > 0; above = above[1:] {
		t.manager[person] = above[0]
		person = above[0]
	}
	l.state(t, i)
	pins, err := changes(tx, me, v.ID)
	if err != nil {
		return l, err
	}
	l.others(t, v, i, pins)
	return l, nil
}

// state adds what the mentee states.
func (l *Look) state(t *table, i int32) {
	a := t.mentees[i]
	l.Aim, l.Languages = a.aim, a.languages
	for _, k := range a.skills {
		l.Skills = append(l.Skills, mentor.Skill{Name: k.name, Level: k.level})
	}
	for n, id := range a.wishes {
		if j := a.wished[n]; j >= 0 {
			l.Wishes = append(l.Wishes, org.Party{Person: id, Name: t.mentors[j].called})
		}
	}
	if j, here := t.mentorAt[l.Mentor.Person]; here {
		l.Reasons = t.reasons(i, j)
	}
}

// others adds whom else they could have, by fit.
func (l *Look) others(t *table, v Variant, i int32, pins []Pinned) {
	bars := t.barredFor(i)
	a := &t.mentees[i]
	for j := range int32(len(t.mentors)) {
		b := &t.mentors[j]
		count := t.skillsCount(i, j)
		if count == 0 || b.gone || t.apart(bars, i, j) != mayBePair || b.id == l.Mentor.Person {
			continue
		}
		o := Other{Mentor: org.Party{Person: b.id, Name: b.called}, Fit: int64(v.fit(a, b, j, count)), Rule: v.breaks(a, b)}
		for _, c := range pins {
			if c.Mentee.Person == a.id && c.Mentor.Person == b.id {
				o.Kind = c.Kind
			}
		}
		l.Others = append(l.Others, o)
	}
	slices.SortStableFunc(l.Others, func(x, y Other) int { return int(y.Fit - x.Fit) })
	l.Others = l.Others[:min(len(l.Others), mostOthers)]
	for n, o := range l.Others {
		l.Others[n].Reasons = t.reasons(i, t.mentorAt[o.Mentor.Person])
	}
}

// Taking is somebody who takes part, for whoever runs the round.
type Taking struct {
	org.Party
	Side      Side
	Aim       string
	Languages []string
	Places    int64
	Skills    []mentor.Skill // of a mentee: wanted; of a mentor: offered
}

// Counts are how many take part on each side, and how many were invited.
type Counts struct{ Mentees, Mentors, Places, Invited int64 }

// CountsOf counts who takes part in a round.
func CountsOf(tx *db.Tx, me org.Actor, round db.ID) (Counts, error) {
	var c Counts
	if !Runs(me) {
		return c, problem.NotFound
	}
	err := tx.Get(`
		select (select count(*) from round_sign_ups where organisation_id = $1 and round_id = $2 and side = 'mentee'),
			(select count(*) from round_sign_ups where organisation_id = $1 and round_id = $2 and side = 'mentor'),
			(select coalesce(sum(places), 0) from round_sign_ups where organisation_id = $1 and round_id = $2 and side = 'mentor'),
			(select count(*) from round_invitations where organisation_id = $1 and round_id = $2)`, me.Organisation, round).Scan(&c.Mentees, &c.Mentors, &c.Places, &c.Invited)
	return c, err
}

// People are who takes part on one side with what they state, by name, after a place in that list.
func People(tx *db.Tx, me org.Actor, round db.ID, side Side, after org.Place, most int) ([]Taking, error) {
	if _, err := running(tx, me, round); err != nil {
		return nil, err
	}
	key, id := after.Parts()
	all, err := db.List(tx, func(row db.Row) (Taking, error) {
		var p Taking
		var languages string
		err := row.Scan(&p.Person, &p.Name, &p.Side, &p.Aim, &languages, &p.Places)
		p.Languages = split(languages)
		return p, err
	}, `
		select p.id, p.name, s.side, s.aim, s.languages, s.places from round_sign_ups s
		join people p on p.organisation_id = s.organisation_id and p.id = s.person_id
		where s.organisation_id = $1 and s.round_id = $2 and s.side = $3 and (p.name_key, p.id) > ($4, $5)
		order by p.name_key, p.id limit `+strconv.Itoa(most), me.Organisation, round, string(side), key, string(id))
	if err != nil || len(all) == 0 {
		return nil, err
	}
	at := map[db.ID]int{}
	var ids []db.ID
	for n, p := range all {
		at[p.Person] = n
		ids = append(ids, p.Person)
	}
	table := "round_skills k where k.organisation_id = $1 and k.round_id = $2"
	args := []any{me.Organisation, round}
	if side == Mentor {
		table, args = "mentor_skills k where k.organisation_id = $1", args[:1]
	}
	which, args := among("k.person_id", args, ids)
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var person db.ID
		var k mentor.Skill
		err := row.Scan(&person, &k.Name, &k.Level)
		all[at[person]].Skills = append(all[at[person]].Skills, k)
		return struct{}{}, err
	}, "select k.person_id, k.name, k.level from "+table+" and "+which+" order by k.person_id, k.position", args...)
	return all, err
}
