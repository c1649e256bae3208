// Package digest tells each, once a week at an hour that they chose, what waits for them: counts and
// links, no words that people wrote. Who has nothing waiting is left alone.
package digest

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Choice is when somebody wants their digest, where they are.
type Choice struct {
	Weekday time.Weekday
	Hour    int64
}

// Usual is the choice of who chose nothing.
var Usual = Choice{time.Monday, 8}

// FirstHour and LastHour are between which a digest may come: at none of these hours are clocks changed.
const (
	FirstHour int64 = 5
	LastHour  int64 = 21
)

// Chosen is what the actor chose.
func Chosen(tx *db.Tx, me org.Actor) (Choice, error) {
	c, err := db.One(tx, func(row db.Row) (Choice, error) {
		var c Choice
		err := row.Scan(&c.Weekday, &c.Hour)
		return c, err
	}, "select weekday, hour from digests where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	if errors.Is(err, problem.NotFound) {
		return Usual, nil
	}
	return c, err
}

// Choose keeps when the actor wants their digest. In a week whose digest they had there is no second.
//
// Errors: problem.Invalid by field.
func Choose(tx *db.Tx, me org.Actor, c Choice) error {
	wrong := problem.Invalid{}
	wrong.Check(c.Weekday >= time.Sunday && c.Weekday <= time.Saturday, "weekday", "Please choose a day of the week.")
	wrong.Check(c.Hour >= FirstHour && c.Hour <= LastHour, "hour", "Please choose an hour between 5 and 21.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if me.Person == "" || me.Left {
		return problem.NotFound
	}
	var told string
	err := tx.Get("select told_week from digests where organisation_id = $1 and person_id = $2", me.Organisation, me.Person).Scan(&told)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return err
	}
	return keep(tx, []row{{organisation: me.Organisation, person: me.Person, Choice: c, zone: me.Zone.String(), told: told}})
}

// row is when somebody gets their digest next.
type row struct {
	organisation, person db.ID
	Choice
	zone string
	told string // the Monday of the last week whose digest was made
	next time.Time
}

// keep reckons anew when each gets their digest next, and has it done then.
func keep(tx *db.Tx, rows []row) error {
	var first time.Time
	var values [][]any
	for _, r := range rows {
		r.next = r.after(tx.Now())
		if first.IsZero() || r.next.Before(first) {
			first = r.next
		}
		values = append(values, []any{r.organisation, r.person, int64(r.Weekday), r.Hour, r.zone, r.next, r.told})
	}
	if len(values) == 0 {
		return nil
	}
	if err := db.Repeat(tx, `
		insert into digests (organisation_id, person_id, weekday, hour, zone, next_at, told_week)
		values ($1, $2, $3, $4, $5, $6, $7)
		on conflict (organisation_id, person_id) do update
		set weekday = excluded.weekday, hour = excluded.hour, zone = excluded.zone, next_at = excluded.next_at`, values); err != nil {
		return err
	}
	return job.Sooner(tx, Due, first)
}

// after is when the next digest comes after a moment: on that weekday, at that hour, in that zone, in a
// week whose digest was not made yet.
func (r row) after(now time.Time) time.Time {
	zone := org.Zone(r.zone)
	day := civil.In(now, zone)
	for {
		at := day.At(int(r.Hour), 0, zone)
		if day.Weekday() == r.Weekday && at.After(now) && week(day) > r.told {
			return at.UTC()
		}
		day = day.AddDays(1)
	}
}

// latest is the last time at which the digest was due: the next one that was reckoned, or one after it
// where the program stood still for longer.
func (r row) latest(now time.Time) time.Time {
	for at := r.next; ; {
		r.told = week(civil.In(at, org.Zone(r.zone)))
		then := r.after(at)
		if then.After(now) {
			return at
		}
		at = then
	}
}

// week is the Monday of the week of a day.
func week(day civil.Date) string {
	return day.AddDays(-(int(day.Weekday()) + 6) % 7).String()
}

// PersonMoved is the reaction to what may change somebody's zone, or make somebody: their digest, and
// whatever is due at an hour where they are, comes where they are now.
func PersonMoved(tx *db.Tx, e event.Event) error {
	return follow(tx, e.Organisation, "and p.id = $2", e.Thing.ID)
}

// PeopleMoved is the same for many at once, done soon.
func PeopleMoved(tx *db.Tx, e event.Event) error {
	return job.Enqueue(tx, Hours, string(e.Organisation)+" "+tx.Now().Format(time.RFC3339Nano), tx.Now(), job.Args{"organisation": e.Organisation})
}

// follow makes the rows of who has none, and reckons anew those of who is elsewhere now.
func follow(tx *db.Tx, organisation db.ID, which string, person ...any) error {
	rows, err := db.List(tx, func(from db.Row) (row, error) {
		r := row{organisation: organisation}
		err := from.Scan(&r.person, &r.zone, &r.Weekday, &r.Hour, &r.told)
		return r, err
	}, `
		select p.id, p.time_zone, coalesce(d.weekday, 1), coalesce(d.hour, 8), coalesce(d.told_week, '') from people p
		left join digests d on d.organisation_id = p.organisation_id and d.person_id = p.id
		where p.organisation_id = $1 and p.left_at is null and (d.zone is null or d.zone <> p.time_zone) `+which,
		append([]any{organisation}, person...)...)
	if err != nil {
		return err
	}
	if err := keep(tx, rows); err != nil {
		return err
	}
	_, err = job.Follow(tx, organisation, org.Zone)
	return err
}

// Forget removes what is kept of the actor's digests.
func Forget(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from digest_counts where organisation_id = $1 and person_id = $2",
		"delete from digests where organisation_id = $1 and person_id = $2",
	}, me.Organisation, me.Person)
}

// Tidy forgets what digests of a month ago said.
func Tidy(tx *db.Tx) error {
	_, err := tx.Exec("delete from digest_counts where made_at < $1", tx.Now().AddDate(0, -1, 0))
	return err
}
