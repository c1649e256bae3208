package dates

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Interval is a time in which somebody is busy: from the one moment to before the other.
type Interval struct{ From, To time.Time }

// Clock is a part of a day, in minutes from midnight as the clock on the wall shows them.
type Clock struct{ From, To int }

// Availability is when somebody can meet at all, and when they cannot. It says nothing of why.
type Availability struct {
	Zone  *time.Location
	Hours [7][]Clock   // the working hours, by time.Weekday
	Away  []civil.Span // days on which they do not work, in their zone
	Busy  []Interval   // in UTC, in order, none touching another
}

// usualHours are those of whoever has not said their own.
var usualHours = [7][]Clock{
	time.Monday: {{9 * 60, 17 * 60}}, time.Tuesday: {{9 * 60, 17 * 60}}, time.Wednesday: {{9 * 60, 17 * 60}},
	time.Thursday: {{9 * 60, 17 * 60}}, time.Friday: {{9 * 60, 17 * 60}},
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
	if err := of.addZones(found); err != nil {
		return nil, err
	}
	return found, of.addAway(found)
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

func (w whose) addZones(found map[db.ID]Availability) error {
	condition, args := w.are("id", 2)
	wanted := make(map[db.ID]bool, len(w.people))
	for _, id := range w.people {
		wanted[id] = true
	}
	_, err := db.List(w.tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var zone string
		err := row.Scan(&id, &zone)
		if wanted[id] {
			found[id] = Availability{Zone: org.Zone(zone), Hours: usualHours}
		}
		return struct{}{}, err
	}, "select id, time_zone from people where organisation_id = $1 and "+condition, append([]any{w.organisation}, args...)...)
	return err
}

// addAway adds the absences and busy days that people wrote down, and the organisation's holidays.
func (w whose) addAway(found map[db.ID]Availability) error {
	// A day begins up to 14 hours before it does in UTC, and ends up to 12 hours after it.
	window := civil.Span{From: civil.In(w.from, time.UTC).AddDays(-1), To: civil.In(w.to, time.UTC).AddDays(1)}
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
		slices.SortFunc(a.Away, earlierSpan)
		found[id] = a
	}
	return err
}

func earlierSpan(a, b civil.Span) int { return a.From.Time().Compare(b.From.Time()) }

// String is a part of a day as people write it: 9:00 to 17:30.
func (c Clock) String() string { return clockText(c.From) + " to " + clockText(c.To) }

func clockText(minutes int) string {
	m := strconv.Itoa(minutes % 60)
	return strconv.Itoa(minutes/60) + ":" + strings.Repeat("0", 2-len(m)) + m
}
