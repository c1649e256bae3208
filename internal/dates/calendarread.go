package dates

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/calendarfetch"
	"github.com/ownward/ownward/internal/calendarfile"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
)

// CalendarJob is the kind of the jobs that read a calendar.
const CalendarJob = "calendar read"

const (
	readEvery  = 4 * time.Hour
	readAhead  = 400 * 24 * time.Hour
	readBehind = 24 * time.Hour
	stillNear  = 30 * 24 * time.Hour // an unchanged file is read again when this much of the time ahead is over
)

// CalendarReader reads calendars: from where, and with the key that sealed their passwords.
type CalendarReader struct {
	From *calendarfetch.Fetcher
	Key  *seal.Key
}

// toRead is a calendar with all that reading it takes.
type toRead struct {
	Calendar
	organisation, person db.ID
	etag                 string
	password             []byte
	busyTo               time.Time
	zone                 *time.Location
	email                string
}

// Read does the jobs of the kind CalendarJob: it reads a calendar, keeps when its person is busy,
// and asks to be done again in some hours. What fails is noted for its person, and is no error.
func (r CalendarReader) Read(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	c, err := db.Read(ctx, d, func(tx *db.Tx) (toRead, error) { return unscopedCalendar(tx, args["organisation"], args["calendar"]) })
	if errors.Is(err, problem.NotFound) {
		return nil // was removed
	}
	if err != nil {
		return err
	}
	now := d.Now()
	window := calendarfile.Window{From: now.Add(-readBehind), To: now.Add(readAhead), Zone: c.zone, Self: []string{c.email}}
	busy, etag, changed, failure := r.busy(ctx, c, window)
	return db.Do(ctx, d, func(tx *db.Tx) error {
		var kept int64
		var err error
		switch {
		case failure != "":
			kept, err = tx.Exec(`
				update calendars set tried_at = $1, failure = $2, failed_since = coalesce(failed_since, $1)
				where organisation_id = $3 and id = $4`, tx.Now(), string(failure), c.organisation, c.ID)
		case !changed:
			kept, err = tx.Exec(`
				update calendars set tried_at = $1, read_at = $1, failure = '', failed_since = null
				where organisation_id = $2 and id = $3`, tx.Now(), c.organisation, c.ID)
		default:
			kept, err = tx.Exec(`
				update calendars set tried_at = $1, read_at = $1, failure = '', failed_since = null,
					etag = $2, busy = $3, busy_from = $4, busy_to = $5, times = $6, set_aside = $7
				where organisation_id = $8 and id = $9`,
				tx.Now(), etag, packed(busy.Times), window.From, window.To, int64(len(busy.Times)), int64(len(busy.Aside)), c.organisation, c.ID)
		}
		if err != nil || kept == 0 {
			return err
		}
		return readAgain(tx, c.organisation, c.ID)
	})
}

func unscopedCalendar(tx *db.Tx, organisation, id db.ID) (toRead, error) {
	return db.One(tx, func(row db.Row) (toRead, error) {
		c := toRead{organisation: organisation}
		var zone string
		err := row.Scan(&c.ID, &c.person, &c.Kind, &c.Address, &c.UserName, &c.password, &c.etag, &c.busyTo, &zone, &c.email)
		c.zone = org.Zone(zone)
		return c, err
	}, `
		select c.id, c.person_id, c.kind, c.address, c.user_name, c.password, c.etag, c.busy_to, p.time_zone, p.email
		from calendars c join people p on p.organisation_id = c.organisation_id and p.id = c.person_id
		where c.organisation_id = $1 and c.id = $2 and p.left_at is null`, organisation, id)
}

// busy reads a calendar, or says why it cannot be.
func (r CalendarReader) busy(ctx context.Context, c toRead, w calendarfile.Window) (busy calendarfile.Busy, etag string, changed bool, failure Failure) {
	var files [][]byte
	if c.Kind == OnCalDAV {
		if len(c.password) == 0 {
			return busy, "", false, NeedsPassword
		}
		password, err := r.Key.Open(c.password, sealedFor(c.organisation, c.ID))
		if err != nil {
			return busy, "", false, NeedsPassword
		}
		if files, err = r.From.BusyTimes(ctx, calendarfetch.Account{Address: c.Address, Name: c.UserName, Password: password}, w.From, w.To); err != nil {
			return busy, "", false, failureOf(err)
		}
	} else {
		before := c.etag
		if c.busyTo.Sub(w.To) < -stillNear {
			before = ""
		}
		content, now, changed, err := r.From.File(ctx, c.Address, before)
		if err != nil {
			return busy, "", false, failureOf(err)
		}
		if !changed {
			return busy, now, false, ""
		}
		files, etag = [][]byte{content}, now
	}
	for _, content := range files {
		one, err := calendarfile.Read(content, w)
		if err != nil && (len(files) == 1 || !errors.Is(err, calendarfile.ErrNoCalendar)) {
			return busy, "", false, NoCalendar
		}
		busy.Times, busy.Aside, busy.Entries = append(busy.Times, one.Times...), append(busy.Aside, one.Aside...), busy.Entries+one.Entries
	}
	busy.Times = merged(busy.Times)
	return busy, etag, true, ""
}

// sealedFor is what the password of a calendar opens for.
func sealedFor(organisation, id db.ID) string {
	return "calendar " + string(organisation) + " " + string(id)
}

// Why a calendar could not be read, as it is kept.
const (
	NeedsPassword Failure = "password"
	WrongName     Failure = "refused"
	NothingThere  Failure = "nothing"
	NotReached    Failure = "unreached"
	TooSlow       Failure = "slow"
	TooLarge      Failure = "large"
	ServerFailed  Failure = "server"
	NotAllowed    Failure = "inside"
	NoCalendar    Failure = "no calendar"
)

func failureOf(err error) Failure {
	for is, failure := range map[error]Failure{
		calendarfetch.ErrRefused: WrongName, calendarfetch.ErrNotFound: NothingThere, calendarfetch.ErrTooSlow: TooSlow, calendarfetch.ErrTooLarge: TooLarge,
		calendarfetch.ErrServer: ServerFailed, calendarfetch.ErrNotAllowed: NotAllowed, calendarfetch.ErrNoCalendar: NoCalendar,
	} {
		if errors.Is(err, is) {
			return failure
		}
	}
	return NotReached
}

// readSoon asks for a calendar to be read now. Asked for again within a minute it is read once.
func readSoon(tx *db.Tx, organisation, id db.ID) error {
	key := string(id) + " asked " + strconv.FormatInt(tx.Now().Unix()/60, 10)
	return job.Enqueue(tx, CalendarJob, key, tx.Now(), job.Args{"organisation": organisation, "calendar": id})
}

// readAgain asks for a calendar to be read in some hours, once however often that is asked.
func readAgain(tx *db.Tx, organisation, id db.ID) error {
	next := tx.Now().Add(readEvery)
	key := string(id) + " " + strconv.FormatInt(next.Unix()/int64(readEvery.Seconds()), 10)
	return job.Enqueue(tx, CalendarJob, key, next, job.Args{"organisation": organisation, "calendar": id})
}

// packed writes times down in little room: how long to the next, and how long it is.
func packed(times []Interval) []byte {
	b := []byte{}
	var last int64
	for _, one := range times {
		b = binary.AppendVarint(b, one.From.Unix()-last)
		b = binary.AppendUvarint(b, uint64(one.To.Unix()-one.From.Unix()))
		last = one.To.Unix()
	}
	return b
}

// unpacked reads what packed wrote, as far as it touches a time.
func unpacked(b []byte, from, to time.Time) []Interval {
	var all []Interval
	var last int64
	for len(b) > 0 {
		gap, n := binary.Varint(b)
		if n <= 0 {
			return all
		}
		long, m := binary.Uvarint(b[n:])
		if m <= 0 {
			return all
		}
		b = b[n+m:]
		begins := last + gap
		last = begins + int64(long)
		if last > from.Unix() && begins < to.Unix() {
			all = append(all, Interval{From: time.Unix(begins, 0).UTC(), To: time.Unix(last, 0).UTC()})
		}
	}
	return all
}

// merged puts times in order, and together where they touch.
func merged(times []Interval) []Interval {
	slices.SortFunc(times, func(a, b Interval) int { return a.From.Compare(b.From) })
	var all []Interval
	for _, t := range times {
		if n := len(all); n > 0 && !t.From.After(all[n-1].To) {
			if t.To.After(all[n-1].To) {
				all[n-1].To = t.To
			}
			continue
		}
		all = append(all, t)
	}
	return all
}
