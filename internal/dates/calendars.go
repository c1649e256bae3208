package dates

import (
	"net/url"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// CalendarKind is how a calendar elsewhere is read.
type CalendarKind string

// The kinds.
const (
	AtAddress CalendarKind = "address" // the address of an ICS file
	OnCalDAV  CalendarKind = "caldav"  // a calendar on a CalDAV server, with a name and a password
)

// Calendar is a calendar that a person keeps elsewhere. Of it, nothing is kept but when they are
// busy. Nobody else sees that it is there.
type Calendar struct {
	ID          db.ID
	Kind        CalendarKind
	Address     string
	UserName    string
	HasPassword bool
	Times       int // busy times in the next year
	SetAside    int // entries that could not be read
	ReadAt      time.Time
	TriedAt     time.Time
	FailedSince time.Time
	Failure     Failure
	CreatedAt   time.Time
}

// Host is where the calendar is, without the rest of its address.
func (c Calendar) Host() string {
	u, err := url.Parse(c.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// Failure says why a calendar could not be read, without a word of it.
type Failure string

const (
	mostCalendars = 5
	mostAddress   = 2_000
	mostSecret    = 500
)

// checkAddress says what is wrong with the address of a calendar; nothing if nothing is.
func (k CalendarKind) checkAddress(address string) string {
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		return "Please paste the whole address; it begins with https://."
	case u.User != nil:
		return "Please leave the name and the password out of the address."
	case len(address) > mostAddress:
		return "This address is too long."
	}
	return ""
}

// tidyAddress takes an address as calendars offer it for subscribing.
func tidyAddress(address string) string {
	address = strings.TrimSpace(address)
	for _, scheme := range []string{"webcal://", "webcals://"} {
		if len(address) > len(scheme) && strings.EqualFold(address[:len(scheme)], scheme) {
			return "https://" + address[len(scheme):]
		}
	}
	return address
}

func putCalendar(tx *db.Tx, me org.Actor, c Calendar, password []byte) error {
	return db.Put(tx, "calendars", "organisation_id, id, person_id, kind, address, user_name, password, etag, busy, times, set_aside, failure, created_at",
		me.Organisation, c.ID, me.Person, string(c.Kind), c.Address, c.UserName, password, "", []byte{}, int64(0), int64(0), "", c.CreatedAt)
}

// Calendars lists the actor's calendars, the first first.
func Calendars(tx *db.Tx, me org.Actor) ([]Calendar, error) {
	return db.List(tx, scanCalendar, selectCalendar+"where organisation_id = $1 and person_id = $2 order by id", me.Organisation, me.Person)
}

// CalendarByID finds a calendar of the actor's.
func CalendarByID(tx *db.Tx, me org.Actor, id db.ID) (Calendar, error) {
	return db.One(tx, scanCalendar, selectCalendar+"where organisation_id = $1 and person_id = $2 and id = $3", me.Organisation, me.Person, id)
}

const selectCalendar = `
	select id, kind, address, user_name, password is not null, times, set_aside, read_at, tried_at, failed_since, failure, created_at
	from calendars `

func scanCalendar(row db.Row) (Calendar, error) {
	var c Calendar
	var times, aside int64
	err := row.Scan(&c.ID, &c.Kind, &c.Address, &c.UserName, &c.HasPassword, &times, &aside, &c.ReadAt, &c.TriedAt, &c.FailedSince, &c.Failure, &c.CreatedAt)
	c.Times, c.SetAside = int(times), int(aside)
	return c, err
}

// RemoveCalendar removes a calendar of the actor's, with all that was read of it.
func RemoveCalendar(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	n, err := tx.Exec("delete from calendars where organisation_id = $1 and person_id = $2 and id = $3", me.Organisation, me.Person, id)
	if err != nil {
		return err
	}
	if n == 0 {
		return problem.NotFound
	}
	return calendarHappened(tx, me, "calendar removed", id)
}

func calendarHappened(tx *db.Tx, me org.Actor, kind string, id db.ID) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "calendar", ID: id}})
}
