package round

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/skill"
)

// table is who takes part in a round, with what they stated. People go by number from here on.
type table struct {
	round              Round
	mentees            []seat
	mentors            []seat
	menteeAt, mentorAt map[db.ID]int32
	knowers            [][]knows         // by skill: the mentors who state it
	manager            map[db.ID]db.ID   // as the lines stand
	paired             map[db.ID][]db.ID // of a mentee: mentors with whom they are a pair already, not from this round, or were one
	stands             map[two]stand     // pairs of this round that are published and have not ended
}

func newTable(r Round) *table {
	return &table{round: r, menteeAt: map[db.ID]int32{}, mentorAt: map[db.ID]int32{}, manager: map[db.ID]db.ID{}, paired: map[db.ID][]db.ID{}, stands: map[two]stand{}}
}

// seat is one person on one side.
type seat struct {
	id                db.ID
	called            string
	aim               string
	department        string
	office            string
	level             string
	rung              int // the number in their level; -1: none
	offset            int // of their time zone, in seconds
	languages         []string
	spoken            []string // folded
	skills            []stated
	wishes            []db.ID
	wished            []int32 // by number; -1: not here
	who               mentor.Who
	free, takes, room int64 // places that are free at all, fewer than none once lowered; that they give to the round; that the matching may use
	gone              bool  // takes part no more, and has met with somebody of this round: that pair stays
}

// stated is a skill somebody wants or offers, with the level that they state.
type stated struct {
	name  string
	skill int32 // the same for two names of one skill
	level int64
}

type knows struct {
	mentor int32
	level  int64
}

type two struct{ mentee, mentor db.ID }

// load reads all that counts in a round, in a handful of queries, whatever its size. With some ids it reads
// those people alone.
func load(tx *db.Tx, me org.Actor, r Round, only ...db.ID) (*table, error) {
	t := newTable(r)
	for _, step := range []func(*db.Tx, org.Actor, []db.ID) error{t.people, t.words, t.wishes, t.lines, t.pairs} {
		if err := step(tx, me, only); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// everyMentor stands among ids for all who take part as mentors, however many.
const everyMentor db.ID = "mentors"

// among narrows a query to some people, whose ids follow the arguments; without any to nobody in particular. The
// arguments begin with the organisation and the round.
func among(column string, args []any, only []db.ID) (string, []any) {
	if len(only) == 0 {
		return "1 = 1", args
	}
	n := 64
	for n < len(only) {
		n *= 2
	}
	in := column + " in (" + db.Places(len(args)+1, n) + ")"
	if slices.Contains(only, everyMentor) {
		in = "(" + in + " or " + column + " in (select o.person_id from round_sign_ups o where o.organisation_id = $1 and o.round_id = $2 and o.side = 'mentor'))"
	}
	for i := range n { // few different statements, for the store to prepare
		id := db.ID("none")
		if i < len(only) {
			id = only[i]
		}
		args = append(args, id)
	}
	return in, args
}

func (t *table) people(tx *db.Tx, me org.Actor, only []db.ID) error {
	which, args := among("s.person_id", []any{me.Organisation, t.round.ID}, only)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var s seat
		var side Side
		var zone, said, offered string
		err := row.Scan(&s.id, &s.called, &side, &s.aim, &s.department, &s.office, &s.level, &zone, &said, &offered, &s.takes, &s.free, &s.who)
		s.rung, s.offset = rungIn(s.level), offsetOf(tx.Now(), zone)
		if side == Mentor {
			said = offered
		}
		s.languages = split(said)
		for _, l := range s.languages {
			s.spoken = append(s.spoken, org.Fold(l))
		}
		if side == Mentee {
			t.menteeAt[s.id] = int32(len(t.mentees))
			t.mentees = append(t.mentees, s)
		} else {
			t.mentorAt[s.id] = int32(len(t.mentors))
			t.mentors = append(t.mentors, s)
		}
		return struct{}{}, err
	}, `
		select s.person_id, p.name, s.side, s.aim, p.department, p.location, p.level, p.time_zone, s.languages,
			coalesce(m.languages, ''), s.places, coalesce(m.places - m.taken, 0), coalesce(m.who, 'everyone')
		from round_sign_ups s
		join people p on p.organisation_id = s.organisation_id and p.id = s.person_id
		left join mentor_profiles m on m.organisation_id = s.organisation_id and m.person_id = s.person_id and s.side = 'mentor'
		where s.organisation_id = $1 and s.round_id = $2 and p.left_at is null and (s.side = 'mentee' or m.person_id is not null) and `+which+`
		order by s.person_id, s.side`, args...)
	return err
}

// offsetOf is how far a zone is from UTC at a time, in seconds.
func offsetOf(at time.Time, zone string) int {
	_, offset := at.In(org.Zone(zone)).Zone()
	return offset
}

// rungIn is the first number in a level, such as 4 of "L4"; -1 where there is none.
func rungIn(level string) int {
	from := strings.IndexFunc(level, unicode.IsDigit)
	if from < 0 {
		return -1
	}
	rung := 0
	for _, r := range level[from:] {
		if r < '0' || r > '9' || rung > 1_000 {
			break
		}
		rung = rung*10 + int(r-'0')
	}
	return rung
}

// words adds the skills of both sides, joined where they are names of one and the same.
func (t *table) words(tx *db.Tx, me org.Actor, only []db.ID) error {
	type line struct {
		person db.ID
		side   Side
		k      stated
	}
	scan := func(row db.Row) (line, error) {
		var l line
		err := row.Scan(&l.person, &l.side, &l.k.name, &l.k.level)
		return l, err
	}
	which, args := among("k.person_id", []any{me.Organisation, t.round.ID}, only)
	wanted, err := db.List(tx, scan, `
		select k.person_id, 'mentee', k.name, k.level from round_skills k
		where k.organisation_id = $1 and k.round_id = $2 and `+which+` order by k.person_id, k.position`, args...)
	if err != nil {
		return err
	}
	offered, err := db.List(tx, scan, `
		select k.person_id, 'mentor', k.name, k.level from mentor_skills k
		join round_sign_ups s on s.organisation_id = k.organisation_id and s.person_id = k.person_id and s.round_id = $2 and s.side = 'mentor'
		where k.organisation_id = $1 and `+which+` order by k.person_id, k.position`, args...)
	if err != nil {
		return err
	}
	all := slices.Concat(wanted, offered)
	names := make([]string, len(all))
	for n, l := range all {
		names[n] = l.k.name
	}
	joined, err := skill.Join(tx, me, names)
	if err != nil {
		return err
	}
	numbers, keys := map[string]int32{}, map[string]int32{}
	for _, l := range all {
		number, known := numbers[l.k.name]
		if !known {
			key := joined.Key(l.k.name)
			if number, known = keys[key]; !known {
				number = int32(len(keys))
				keys[key] = number
				t.knowers = append(t.knowers, nil)
			}
			numbers[l.k.name] = number
		}
		l.k.skill = number
		t.add(l.person, l.side, l.k)
	}
	return nil
}

func (t *table) add(person db.ID, side Side, k stated) {
	if side == Mentee {
		if i, here := t.menteeAt[person]; here {
			t.mentees[i].skills = append(t.mentees[i].skills, k)
		}
		return
	}
	if j, here := t.mentorAt[person]; here {
		t.mentors[j].skills = append(t.mentors[j].skills, k)
		t.knowers[k.skill] = append(t.knowers[k.skill], knows{j, k.level})
	}
}

func (t *table) wishes(tx *db.Tx, me org.Actor, only []db.ID) error {
	which, args := among("w.person_id", []any{me.Organisation, t.round.ID}, only)
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var person, wish db.ID
		var side Side
		err := row.Scan(&person, &side, &wish)
		seats, at, others := t.mentees, t.menteeAt, t.mentorAt
		if side == Mentor {
			seats, at, others = t.mentors, t.mentorAt, t.menteeAt
		}
		if n, here := at[person]; here {
			number, takesPart := others[wish]
			if !takesPart {
				number = -1
			}
			seats[n].wishes, seats[n].wished = append(seats[n].wishes, wish), append(seats[n].wished, number)
		}
		return struct{}{}, err
	}, `
		select w.person_id, w.side, w.wish_id from round_wishes w
		where w.organisation_id = $1 and w.round_id = $2 and `+which+` order by w.person_id, w.side, w.rank`, args...)
	return err
}

func (t *table) lines(tx *db.Tx, me org.Actor, only []db.ID) error {
	if len(only) > 0 && len(only) <= 2 { // of one pair
		for _, id := range only {
			above, err := org.Above(tx, me.Organisation, id)
			if err != nil {
				return err
			}
			for _, each := range above {
				t.manager[id] = each
				id = each
			}
		}
		return nil
	}
	if len(only) > 0 { // of a list, for the reasons alone
		return nil
	}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var person, manager db.ID
		err := row.Scan(&person, &manager)
		t.manager[person] = manager
		return struct{}{}, err
	}, "select person_id, manager_id from reporting_lines where organisation_id = $1 and ended_at is null", me.Organisation)
	return err
}
