package dates

import (
	"cmp"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/calendarfile"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Interval is a time in which somebody is busy: from the one moment to before the other.
type Interval = calendarfile.Interval

// Availability is when somebody can meet at all, and when they cannot. It says nothing of why.
type Availability struct {
	Zone  *time.Location
	Hours [7][]Clock   // the working hours, by time.Weekday
	Away  []civil.Span // days on which they do not work, in their zone
	Busy  []Interval   // in UTC, in order, none touching another
}

// UnscopedAvailability tells when people of an organisation can meet between two moments, as far
// as each gave it for laying out conversations. It is for laying them out alone: what it says is
// shown to nobody but as "not free then". It asks the store the same number of times however many
// people there are. Who is not found is left out.
func UnscopedAvailability(tx *db.Tx, organisation db.ID, people []db.ID, from, to time.Time) (map[db.ID]Availability, error) {
	found := make(map[db.ID]Availability, len(people))
	if len(people) == 0 {
		return found, nil
	}
	of := whose{tx: tx, organisation: organisation, people: people, from: from.UTC(), to: to.UTC()}
	said, err := of.said()
	if err != nil {
		return nil, err
	}
	for id, s := range said {
		a := Availability{Zone: org.Zone(s.zone)}
		if a.Hours, err = readWeek(s.hours); err != nil {
			return nil, err
		}
		found[id] = a
	}
	if err := of.addAway(found); err != nil {
		return nil, err
	}
	if err := of.addHolidays(found, said); err != nil {
		return nil, err
	}
	return found, of.addBusy(found)
}

// whose are the people of whom availability is read.
type whose struct {
	tx           *db.Tx
	organisation db.ID
	people       []db.ID
	from, to     time.Time
}

// fewPeople is up to how many people are named in a statement; for more of them, all of the
// organisation are read.
const fewPeople = 16

// are narrows a column to the people, with the arguments from $n on. A statement has one text for
// any few of them.
func (w whose) are(column string, n int) (condition string, args []any) {
	if len(w.people) > fewPeople {
		return column + " is not null", nil
	}
	for i := range fewPeople {
		args = append(args, string(w.people[min(i, len(w.people)-1)]))
	}
	return column + " in (" + db.Places(n, fewPeople) + ")", args
}

// saying is what a person says of their time, and what is said of them.
type saying struct {
	zone, location, hours string
	holidays              Holidays
}

func (w whose) said() (map[db.ID]saying, error) {
	condition, args := w.are("p.id", 2)
	wanted, all := make(map[db.ID]bool, len(w.people)), make(map[db.ID]saying, len(w.people))
	for _, id := range w.people {
		wanted[id] = true
	}
	_, err := db.List(w.tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var s saying
		err := row.Scan(&id, &s.zone, &s.location, &s.hours, &s.holidays.Whose, &s.holidays.Place, &s.holidays.List)
		if wanted[id] {
			all[id] = s
		}
		return struct{}{}, err
	}, `
		select p.id, p.time_zone, p.location, coalesce(w.hours, ''), coalesce(w.holidays, 'organisation'), coalesce(w.place, ''), w.list_id
		from people p left join work_times w on w.organisation_id = p.organisation_id and w.person_id = p.id
		where p.organisation_id = $1 and `+condition, append([]any{w.organisation}, args...)...)
	return all, err
}

// days are those of the window, wherever somebody is: a day begins up to 14 hours before it does
// in UTC, and ends up to 12 hours after it.
func (w whose) days() civil.Span {
	return civil.Span{From: civil.In(w.from, time.UTC).AddDays(-1), To: civil.In(w.to, time.UTC).AddDays(1)}
}

// addAway adds the absences and busy days that people wrote down, and the organisation's holidays.
func (w whose) addAway(found map[db.ID]Availability) error {
	window := w.days()
	condition, args := w.are("owner_id", 4)
	var everybodys []civil.Span
	_, err := db.List(w.tx, func(row db.Row) (struct{}, error) {
		var owner db.ID
		var span civil.Span
		err := row.Scan(&owner, &span.From, &span.To)
		if owner == "" {
			everybodys = append(everybodys, span)
		} else if a, ok := found[owner]; ok {
			a.Away = append(a.Away, span)
			found[owner] = a
		}
		return struct{}{}, err
	}, `
		select coalesce(owner_id, ''), starts_on, ends_on from dates
		where organisation_id = $1 and ends_on >= $2 and starts_on <= $3
			and ((owner_id is null and kind = 'holiday') or (kind in ('absence', 'busy time', 'holiday') and `+condition+`))
		order by starts_on, ends_on, id`, append([]any{w.organisation, window.From, window.To}, args...)...)
	for id, a := range found {
		a.Away = append(a.Away, everybodys...)
		found[id] = a
	}
	return err
}

// addHolidays adds the public holidays of each.
func (w whose) addHolidays(found map[db.ID]Availability, said map[db.ID]saying) error {
	book, err := readHolidays(w.tx, w.organisation, w.days())
	if err != nil {
		return err
	}
	known := map[Holidays][]civil.Span{}
	for id, a := range found {
		of := book.of(said[id])
		of.Whose = ""
		if _, ok := known[of]; !ok {
			known[of] = spans(book.days(of))
		}
		a.Away = append(a.Away, known[of]...)
		slices.SortFunc(a.Away, earlierSpan)
		found[id] = a
	}
	return nil
}

// addBusy adds what the calendars of each say.
func (w whose) addBusy(found map[db.ID]Availability) error {
	condition, args := w.are("person_id", 2)
	_, err := db.List(w.tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var busy []byte
		err := row.Scan(&id, &busy)
		if a, ok := found[id]; ok {
			a.Busy = append(a.Busy, unpacked(busy, w.from, w.to)...)
			found[id] = a
		}
		return struct{}{}, err
	}, "select person_id, busy from calendars where organisation_id = $1 and times > 0 and "+condition, append([]any{w.organisation}, args...)...)
	for id, a := range found {
		a.Busy = merged(a.Busy)
		found[id] = a
	}
	return err
}

func earlierSpan(a, b civil.Span) int {
	return cmp.Or(a.From.Time().Compare(b.From.Time()), a.To.Time().Compare(b.To.Time()))
}
