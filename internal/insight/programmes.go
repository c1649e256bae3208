package insight

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// What somebody granted or took part in is looked back on three months later.
const backMonths = 3

// seats is what became of those who signed up for a programme.
var seats = Figure{
	Key: "programme-seats", Name: "Signing up for programmes", Of: "sign-ups", tell: seatsTaken,
	Parts:    []string{"have a seat or took part", "wait for an answer or stand in line", "declined, or no seat was left", "given up", "called off with the programme"},
	Ways:     [][][2]int{{{0, 1}, {1, 2}, {2, 5}}, {{0, 1}, {1, 5}}},
	Together: map[[2]int]string{{2, 5}: "got none, gave it up, or it was called off", {1, 5}: "wait, got none or gave it up"},
	Says:     "Each sign-up counts in the month in which it was made, with the group of whoever signed up.",
}

// brought is what came of programmes, as far as it was told: what somebody notes for themselves is theirs.
var brought = Figure{
	Key: "programme-brought", Name: "What programmes brought", Of: "seats", tell: seatsBrought,
	Parts:    []string{"told what it brought", "told where they put it to use", "told what they learned", "told nothing of it"},
	Ways:     [][][2]int{{{0, 2}, {2, 4}}, {{0, 3}, {3, 4}}},
	Together: map[[2]int]string{{0, 2}: "told what it brought or where they use it", {2, 4}: "told what they learned, or nothing", {0, 3}: "told what came of it"},
	Says:     "Each seat counts in the month three months after the programme was over for its person, by what they have told whoever gave it, with their group.",
}

// sums is what became of money that somebody was promised.
var sums = Figure{
	Key: "budget-sums", Name: "Money that was promised", Of: "sums", tell: sumsPromised,
	Parts:    []string{"spent", "still held", "returned"},
	Ways:     [][][2]int{{{0, 1}, {1, 3}}},
	Together: map[[2]int]string{{1, 3}: "still held, or returned"},
	Says:     "Each sum that was reserved of a budget counts once, in the month of the yes, however large it is, with the group of whom it is for.",
}

// granted is what came of what was asked for, as far as it was told back.
var granted = Figure{
	Key: "granted", Name: "What came of a yes", Of: "asks", tell: grantedBack,
	Parts:    []string{"told back what it returned", "told back what came of it", "told nothing back"},
	Ways:     [][][2]int{{{0, 2}, {2, 3}}},
	Together: map[[2]int]string{{0, 2}: "told back what came of it"},
	Says:     "Each ask that was granted counts in the month three months after the yes, by what its owner has told back, with the group of whoever asked.",
}

func seatsTaken(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	part := map[string]int{"placed": 0, "done": 0, "asked": 1, "waiting": 1, "offered": 1, "declined": 2, "lapsed": 2, "withdrawn": 3, "cancelled": 4}
	return told(tx, func(row db.Row) error {
		var who db.ID
		var state string
		defer func() { say(who, part[state]) }()
		return row.Scan(&who, &state)
	}, "select person_id, state from programme_places where organisation_id = $1 and asked_at >= $2 and asked_at < $3", o.ID, m.begin, m.end)
}

func seatsBrought(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	return told(tx, func(row db.Row) error {
		var who db.ID
		var returned, used, any int
		if err := row.Scan(&who, &returned, &used, &any); err != nil {
			return err
		}
		say(who, firstTold(returned, used, any))
		return nil
	}, `
		select p.person_id, count(case when l.returned <> '' then 1 end), count(case when l.used <> '' then 1 end), count(l.place_id)
		from programme_places p
		left join programme_looks l on l.organisation_id = p.organisation_id and l.place_id = p.id and l.told_at is not null
		where p.organisation_id = $1 and p.state = 'done' and p.ended_at >= $2 and p.ended_at < $3
		group by p.id, p.person_id`, o.ID, m.back(m.begin), m.back(m.end))
}

// firstTold is the place of the first that is more than none; where all are none, the one after them.
func firstTold(counts ...int) int {
	for n, count := range counts {
		if count > 0 {
			return n
		}
	}
	return len(counts)
}

func sumsPromised(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	part := map[string]int{"spent": 0, "held": 1, "returned": 2, "lapsed": 2}
	return told(tx, func(row db.Row) error {
		var who db.ID
		var state string
		defer func() { say(who, part[state]) }()
		return row.Scan(&who, &state)
	}, "select person_id, state from budget_reservations where organisation_id = $1 and reserved_at >= $2 and reserved_at < $3", o.ID, m.begin, m.end)
}

func grantedBack(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	return told(tx, func(row db.Row) error {
		var who db.ID
		var returned, any int
		if err := row.Scan(&who, &returned, &any); err != nil {
			return err
		}
		say(who, firstTold(returned, any))
		return nil
	}, `
		select a.owner_id, count(case when g.kind = 'return' then 1 end), count(g.id)
		from decisions d
		join asks a on a.organisation_id = d.organisation_id and a.id = d.ask_id
		left join granted_steps g on g.organisation_id = d.organisation_id and g.ask_id = d.ask_id and g.told_at is not null
		where d.organisation_id = $1 and d.answer in ('yes', 'yes with conditions') and d.at >= $2 and d.at < $3
			and d.by_person_id is not null and not d.brought_along
		group by d.ask_id, a.owner_id`, o.ID, m.back(m.begin), m.back(m.end))
}

// back is a moment so many months before.
func (m span) back(at time.Time) time.Time {
	day := m.from
	if at.Equal(m.end) {
		day = m.until
	}
	return day.AddMonths(-backMonths).At(0, 0, m.zone).UTC()
}
