package insight

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Figure is one thing that is counted. A single happening counts in one month of it; figures can be related, such as
// promises made and promises that came due.
type Figure struct {
	Key   string
	Name  string
	Of    string     // what one of them is: 15 promises
	Parts []string   // what became of it; neighbours are put together where a part is too few
	OneOf bool       // each has at most one
	Ways  [][][2]int // parts put together, where each apart is too few
	Says  string     // what it counts, in a sentence

	Together map[[2]int]string // what parts are called that are put together

	Shares bool // percent of what was planned, by quarter and cost centre

	mentors bool // who could have something to count: whom everybody finds as a mentor; else everybody
	tell    func(tx *db.Tx, o org.Organisation, m span, say func(who db.ID, part int)) error
}

// span is a month: its first day, the first of the next, and when both begin.
type span struct {
	from, until civil.Date
	begin, end  time.Time
	zone        *time.Location
}

func (f Figure) count(tx *db.Tx, o org.Organisation, month civil.Date) (counted, error) {
	zone := org.Zone(o.TimeZone)
	m := span{from: month, until: month.AddMonths(1), zone: zone}
	m.begin, m.end = m.from.At(0, 0, zone).UTC(), m.until.At(0, 0, zone).UTC()
	count := counted{}
	if f.Shares {
		return nil, nil
	}
	err := f.tell(tx, o, m, func(who db.ID, part int) {
		if count[who] == nil {
			count[who] = make([]int, len(f.Parts))
		}
		count[who][part]++
	})
	return count, err
}

// Figures are all, in the order in which they are offered.
var Figures = []Figure{
	{
		Key: "promises", Name: "Promises that came due", Of: "promises", tell: promisesDue,
		Parts:    []string{"kept in time", "kept on a day agreed anew", "kept late", "still open", "let go by the receiver", "not kept"},
		Ways:     [][][2]int{{{0, 2}, {2, 4}, {4, 6}}, {{0, 2}, {2, 6}}},
		Together: map[[2]int]string{{0, 2}: "kept", {2, 4}: "kept late or still open", {4, 6}: "let go or not kept", {2, 6}: "late, open, let go or not kept"},
		Says:     "Each promise from one person to another counts in the month in which it was first due, with the group of whoever promised.",
	},
	{
		Key: "promises-made", Name: "Promises made", Of: "promises", tell: promisesMade, Parts: []string{"made"},
		Says: "Each promise from one person to another counts in the month of its yes, with the group of whoever promised.",
	},
	{
		Key: "asks-waited", Name: "How long asks wait", Of: "asks", tell: asksWaited,
		Parts:    []string{"answered within a week", "answered within two weeks", "waited longer than 14 days"},
		Ways:     [][][2]int{{{0, 2}, {2, 3}}},
		Together: map[[2]int]string{{0, 2}: "answered within 14 days"},
		Says:     "Each ask counts in the month in which it was sent, with the group of whoever asked.",
	},
	{
		Key: "asks-answered", Name: "How asks end", Of: "asks", tell: asksAnswered, Parts: []string{"yes", "yes with conditions", "not now", "no"},
		Ways:     [][][2]int{{{0, 2}, {2, 4}}},
		Together: map[[2]int]string{{0, 2}: "yes, some with conditions"},
		Says:     "Each ask counts in the month in which it was answered, with the group of whoever asked.",
	},
	{
		Key: "mentors", Name: "How many mentees a mentor meets", Of: "mentors", OneOf: true, mentors: true, tell: menteesMet,
		Ways:     [][][2]int{{{0, 1}, {1, 3}}},
		Together: map[[2]int]string{{1, 3}: "met two or more"},
		Parts:    []string{"met one mentee", "met two", "met three or more"},
		Says:     "Each mentor whom everybody finds in the directory counts once, by how many mentees they met in the month, with the mentor’s group.",
	},
	{
		Key: "mentor-requests", Name: "What becomes of requests to mentors", Of: "requests", mentors: true, tell: requestsAnswered,
		Ways:     [][][2]int{{{0, 2}, {2, 4}}},
		Together: map[[2]int]string{{0, 2}: "accepted, put off or in line"},
		Parts:    []string{"accepted", "put off or in line for a place", "declined", "lapsed without an answer"},
		Says:     "Each request counts in the month in which it was made to a mentor whom everybody finds in the directory, with the mentor’s group.",
	},
	seats, brought, granted, sums, used,
	conversations("deep", "Deep conversations", "and c.kind in ('align', 'advance', 'amplify', 'advocate')"),
	conversations("sprints", "Sprints", "and c.kind = 'sprint'"),
	conversations("free", "Other conversations", "and c.kind = 'free'"),
}

// FigureOf is the figure with a key; the first where there is none.
func FigureOf(key string) Figure {
	for _, f := range Figures {
		if f.Key == key {
			return f
		}
	}
	return Figures[0]
}

// told lists who did what and when, and says each to the figure.
func told(tx *db.Tx, say func(row db.Row) error, sql string, args ...any) error {
	_, err := db.List(tx, func(row db.Row) (struct{}, error) { return struct{}{}, say(row) }, sql, args...)
	return err
}

const between = "c.organisation_id = $1 and c.by_person_id is not null and c.to_person_id is not null and c.by_person_id <> c.to_person_id and not c.brought_along and c.agreed_at is not null"

// promisesDue are those that were first due in the month: on whatever day is agreed anew, they count in no other.
func promisesDue(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	return told(tx, func(row db.Row) error {
		var who db.ID
		var state string
		var due civil.Date
		var done, settled time.Time
		var anew bool
		if err := row.Scan(&who, &state, &due, &done, &settled, &anew); err != nil {
			return err
		}
		if done.IsZero() && state == "kept" {
			done = settled
		}
		late := !done.IsZero() && civil.In(done, m.zone).After(due)
		switch {
		case state == "broken":
			say(who, 5)
		case state == "released":
			say(who, 4)
		case done.IsZero():
			say(who, 3)
		case late:
			say(who, 2)
		case anew:
			say(who, 1)
		default:
			say(who, 0)
		}
		return nil
	}, `
		select c.by_person_id, c.state, c.due, c.said_done_at, c.settled_at, h.was_due is not null
		from commitments c
		left join (
			select commitment_id, min(id) as id from commitment_changes
			where organisation_id = $1 and state = 'agreed' and due <> was_due group by commitment_id) f on f.commitment_id = c.id
		left join commitment_changes h on h.organisation_id = c.organisation_id and h.id = f.id
		where `+between+` and coalesce(h.was_due, c.due) >= $2 and coalesce(h.was_due, c.due) < $3 and c.state in ('open', 'kept', 'broken', 'released')`, o.ID, m.from, m.until)
}

func promisesMade(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	return told(tx, func(row db.Row) error {
		var who db.ID
		defer func() { say(who, 0) }()
		return row.Scan(&who)
	}, "select c.by_person_id from commitments c where "+between+" and c.agreed_at >= $2 and c.agreed_at < $3", o.ID, m.begin, m.end)
}

func asksWaited(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	return told(tx, func(row db.Row) error {
		var who db.ID
		var sent, answered time.Time
		if err := row.Scan(&who, &sent, &answered); err != nil {
			return err
		}
		switch days := answered.Sub(sent).Hours() / 24; {
		case answered.IsZero() || days > 14:
			say(who, 2)
		case days > 7:
			say(who, 1)
		default:
			say(who, 0)
		}
		return nil
	}, `
		select a.owner_id, s.sent_at, d.at from ask_sendings s
		join asks a on a.organisation_id = s.organisation_id and a.id = s.ask_id
		left join decisions d on d.organisation_id = s.organisation_id and d.ask_id = s.ask_id
		where s.organisation_id = $1 and s.sent_at >= $2 and s.sent_at < $3 and s.with_person_id is not null and s.ended_at is null
			and (d.brought_along is null or not d.brought_along)`, o.ID, m.begin, m.end)
}

func asksAnswered(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	part := map[string]int{"yes": 0, "yes with conditions": 1, "not now": 2, "no": 3}
	return told(tx, func(row db.Row) error {
		var who db.ID
		var answer string
		defer func() { say(who, part[answer]) }()
		return row.Scan(&who, &answer)
	}, `
		select a.owner_id, d.answer from decisions d
		join asks a on a.organisation_id = d.organisation_id and a.id = d.ask_id
		where d.organisation_id = $1 and d.at >= $2 and d.at < $3 and d.by_person_id is not null and not d.brought_along`, o.ID, m.begin, m.end)
}

func menteesMet(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	return told(tx, func(row db.Row) error {
		var who db.ID
		var mentees int
		if err := row.Scan(&who, &mentees); err != nil {
			return err
		}
		say(who, min(mentees, 3)-1)
		return nil
	}, `
		select s.mentor_id, count(distinct s.mentee_id) from mentorship_sessions x
		join mentorships s on s.organisation_id = x.organisation_id and s.id = x.mentorship_id
		join conversations c on c.organisation_id = x.organisation_id and c.id = x.conversation_id
		where x.organisation_id = $1 and c.state = 'held' and c.at >= $2 and c.at < $3
		group by s.mentor_id`, o.ID, m.begin, m.end)
}

func requestsAnswered(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
	part := map[string]int{"accepted": 0, "later": 1, "waiting": 1, "declined": 2, "lapsed": 3}
	return told(tx, func(row db.Row) error {
		var who db.ID
		var state string
		defer func() { say(who, part[state]) }()
		return row.Scan(&who, &state)
	}, `
		select c.mentor_id, c.state from mentor_choices c
		where c.organisation_id = $1 and c.asked_at >= $2 and c.asked_at < $3 and c.state in ('accepted', 'later', 'waiting', 'declined', 'lapsed')`,
		o.ID, m.begin, m.end)
}

// conversations is what became of those of some kinds that were planned for the month. That the program took one out of
// the calendar, because a line ended, somebody left or the rhythm changed, is nobody's doing.
func conversations(key, name, kinds string) Figure {
	return Figure{
		Key: key, Name: name, Of: "conversations", Parts: []string{"held", "planned and not noted as held", "called off"},
		OneOf: key == "sprints", Ways: [][][2]int{{{0, 1}, {1, 3}}}, Together: map[[2]int]string{{1, 3}: "not noted as held, or called off"},
		Says: "Each conversation counts in the month for which it was planned, with the group of the person whose growth it is about.",
		tell: func(tx *db.Tx, o org.Organisation, m span, say func(db.ID, int)) error {
			part := map[string]int{"held": 0, "agreed": 1, "cancelled": 2}
			return told(tx, func(row db.Row) error {
				var who db.ID
				var state string
				defer func() { say(who, part[state]) }()
				return row.Scan(&who, &state)
			}, `
				select c.owner_id, c.state from conversations c
				where c.organisation_id = $1 and c.at >= $2 and c.at < $3 and c.partner_id is not null and not c.brought_along
					and c.state in ('held', 'agreed', 'cancelled') and c.cancelled_because in ('', 'side', 'skipped') `+kinds, o.ID, m.begin, m.end)
		},
	}
}
