package dates

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/holiday"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// AlongTime is what a person takes along of what they said of their time. Lists of holidays stay
// with the organisation, and passwords with the installation.
type AlongTime struct {
	Hours      map[string]string `json:"hours,omitempty"` // by weekday: "9:00 to 12:00, 13:00 to 17:00"
	Contracted int64             `json:"contracted_hours,omitempty"`
	Holidays   Whose             `json:"holidays,omitempty"`
	Place      holiday.Place     `json:"place,omitempty"`
	Calendars  []AlongCalendar   `json:"calendars,omitempty"`
}

// AlongCalendar is a calendar as its owner takes it along.
type AlongCalendar struct {
	ID        db.ID        `json:"id"`
	Kind      CalendarKind `json:"kind"`
	Address   string       `json:"address"`
	UserName  string       `json:"user_name,omitempty"`
	CreatedAt time.Time    `json:"created_at"`
}

// TakeTime gives what the actor said of their time.
func TakeTime(tx *db.Tx, me org.Actor) (AlongTime, error) {
	var a AlongTime
	var hours string
	var list db.ID
	err := tx.Get("select hours, contracted_hours, holidays, place, list_id from work_times where organisation_id = $1 and person_id = $2",
		me.Organisation, me.Person).Scan(&hours, &a.Contracted, &a.Holidays, &a.Place, &list)
	if err != nil && !errors.Is(err, problem.NotFound) {
		return a, err
	}
	if a.Holidays == TheOrganisations || list != "" {
		a.Holidays = ""
	}
	if hours != "" {
		week, err := readWeek(hours)
		if err != nil {
			return a, err
		}
		a.Hours = map[string]string{}
		for day, parts := range week {
			if len(parts) > 0 {
				a.Hours[FieldOf(time.Weekday(day))] = DayText(parts)
			}
		}
	}
	a.Calendars, err = db.List(tx, func(row db.Row) (AlongCalendar, error) {
		var c AlongCalendar
		err := row.Scan(&c.ID, &c.Kind, &c.Address, &c.UserName, &c.CreatedAt)
		return c, err
	}, "select id, kind, address, user_name, created_at from calendars where organisation_id = $1 and person_id = $2 order by id", me.Organisation, me.Person)
	return a, err
}

// BringTime takes over what somebody said of their time elsewhere. What they said here stays.
func BringTime(tx *db.Tx, me org.Actor, a AlongTime) (org.Brought, error) {
	var b org.Brought
	if err := bringWorkTime(tx, me, a, &b); err != nil {
		return b, err
	}
	for n, c := range a.Calendars {
		place := fmt.Sprintf("/time/calendars/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "(select organisation_id, id, person_id as owner_id from calendars) as c", c.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if why := c.Kind.checkAddress(c.Address); why != "" {
			return b, org.Misplaced(place+"/address", strings.TrimSuffix(why, "."))
		}
		if err := org.At(tx, place, putCalendar(tx, me, Calendar{ID: c.ID, Kind: c.Kind, Address: c.Address, UserName: c.UserName, CreatedAt: c.CreatedAt}, nil)); err != nil {
			return b, err
		}
		if err := readSoon(tx, me.Organisation, c.ID); err != nil {
			return b, err
		}
	}
	return b, nil
}

func bringWorkTime(tx *db.Tx, me org.Actor, a AlongTime, b *org.Brought) error {
	if a.Hours == nil && a.Contracted == 0 && a.Holidays == "" {
		return nil
	}
	here, err := db.One(tx, db.Scanned[int64], "select count(*) from work_times where organisation_id = $1 and person_id = $2", me.Organisation, me.Person)
	if err != nil {
		return err
	}
	if b.Count(here == 0); here > 0 {
		return nil
	}
	week := usualWeek
	if a.Hours != nil {
		week = Week{}
	}
	for _, day := range Weekdays {
		parts, err := ParseDay(a.Hours[FieldOf(day)])
		if err != nil {
			return org.Misplaced("/time/hours/"+FieldOf(day), "these are not hours of a day")
		}
		if a.Hours != nil {
			week[day] = parts
		}
	}
	hours, err := week.text()
	if err != nil {
		return err
	}
	of := Holidays{Whose: TheOrganisations}
	if a.Holidays != "" {
		of = Holidays{Whose: a.Holidays, Place: a.Place}
	}
	if of.Whose == TheirOwn && !of.Place.IsKnown() {
		of = Holidays{Whose: TheOrganisations} // not known to this version
	}
	return org.At(tx, "/time", db.Put(tx, "work_times", "organisation_id, person_id, hours, contracted_hours, holidays, place",
		me.Organisation, me.Person, hours, a.Contracted, string(of.Whose), string(of.Place)))
}

// forgetTime removes what the actor said of their time, and their calendars.
func forgetTime(tx *db.Tx, me org.Actor) error {
	return tx.ExecEach([]string{
		"delete from calendars where organisation_id = $1 and person_id = $2",
		"delete from work_times where organisation_id = $1 and person_id = $2",
	}, me.Organisation, me.Person)
}
