package dates

import (
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/seal"
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
	case k == OnCalDAV && u.Scheme != "https" && net.ParseIP(u.Hostname()) == nil && u.Hostname() != "localhost":
		return "Please give an address that begins with https://: otherwise your password could be read on its way."
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

// NewCalendar is a calendar as its person gives it.
type NewCalendar struct {
	Kind     CalendarKind
	Address  string
	UserName string
	Password string
}

// AddCalendar adds a calendar of the actor's, and has it read at once. The password is sealed.
//
// Errors: problem.Invalid by field, problem.Refused when there are too many.
func AddCalendar(tx *db.Tx, me org.Actor, key *seal.Key, in NewCalendar) (Calendar, error) {
	if err := mayWrite(me); err != nil {
		return Calendar{}, err
	}
	c := Calendar{Kind: in.Kind, Address: tidyAddress(in.Address), UserName: strings.TrimSpace(in.UserName), CreatedAt: tx.Now()}
	wrong := problem.Invalid{}
	wrong.Check(in.Kind == AtAddress || in.Kind == OnCalDAV, "kind", "Please choose one of these.")
	if why := in.Kind.checkAddress(c.Address); why != "" {
		wrong["address"] = why
	}
	if in.Kind == OnCalDAV {
		wrong.Check(c.UserName != "" && len(c.UserName) <= mostSecret, "user_name", "Please give the name with which you sign in there.")
		wrong.Check(in.Password != "" && len(in.Password) <= mostSecret, "password", "Please give the password for it.")
	} else {
		c.UserName = ""
	}
	if err := wrong.Err(); err != nil {
		return c, err
	}
	have, err := Calendars(tx, me)
	if err != nil {
		return c, err
	}
	if len(have) >= mostCalendars {
		return c, problem.Refuse("%d calendars are read already. Remove one first.", len(have))
	}
	for _, one := range have {
		if one.Address == c.Address && one.Kind == c.Kind {
			return c, problem.Invalid{"address": "This calendar is read already."}
		}
	}
	c.ID = tx.NewID()
	var sealed []byte
	if in.Kind == OnCalDAV {
		if sealed, err = key.Seal(in.Password, sealedFor(me.Organisation, c.ID)); err != nil {
			return c, err
		}
	}
	if err := putCalendar(tx, me, c, sealed); err != nil {
		return c, err
	}
	if err := readSoon(tx, me.Organisation, c.ID); err != nil {
		return c, err
	}
	return c, calendarHappened(tx, me, "calendar added", c.ID)
}

// RefreshCalendar has a calendar of the actor's read now.
func RefreshCalendar(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	if _, err := CalendarByID(tx, me, id); err != nil {
		return err
	}
	return readSoon(tx, me.Organisation, id)
}

func putCalendar(tx *db.Tx, me org.Actor, c Calendar, password []byte) error {
	if err := db.Put(tx, "calendars", "organisation_id, id, person_id, kind, address, user_name, etag, busy, times, set_aside, failure, created_at",
		me.Organisation, c.ID, me.Person, string(c.Kind), c.Address, c.UserName, "", []byte{}, int64(0), int64(0), "", c.CreatedAt); err != nil || len(password) == 0 {
		return err
	}
	_, err := tx.Exec("update calendars set password = $1 where organisation_id = $2 and id = $3", password, me.Organisation, c.ID)
	return err
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
