package demo

import (
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/account"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// found tells how the organisation comes to be, and who moves and leaves in its year.
func (t *telling) found() {
	t.of = t.Organisation
	founded := t.when(t.Founded, morning, "")
	t.does("", founded, "founding", func(tx *db.Tx, _ org.Actor) error {
		o, err := org.Found(tx, t.Organisation, t.Zone, false)
		t.tenant = o.ID
		return err
	})
	var everybody []person
	for _, d := range t.Departments {
		everybody = append(everybody, d.People...)
	}
	t.does("", founded, "the people", func(tx *db.Tx, me org.Actor) error {
		for _, p := range everybody {
			if err := t.add(tx, me, p); err != nil {
				return err
			}
		}
		for _, p := range everybody {
			if err := t.setManager(tx, me, p, p.before().under); err != nil {
				return err
			}
		}
		return nil
	})
	administrator := ""
	for _, p := range everybody {
		if p.Administrator {
			administrator = p.Key
		}
	}
	for _, p := range everybody {
		t.joins(administrator, p)
	}
}

// Who says whom one can be, for whoever starts the example.
func Who() string {
	return "Sign in there by one click: as Salome, who works on braking systems for small hill railways; as Sunniva, who leads her department;\n" +
		"as Wanjiru, who administers; or as anybody else of the sixty people at Cossutta & Dahl."
}

// before is the person as they were at the beginning.
func (p person) before() person {
	w := p
	if p.Was.Under != "" {
		w.under = p.Was.Under
	}
	if p.Was.Job != "" {
		w.Job, w.Level, w.Site, w.department = p.Was.Job, p.Was.Level, p.Was.Site, p.Was.Department
	}
	return w
}

func (t *telling) details(p person) org.Details {
	first, _, _ := strings.Cut(p.Name, " ")
	return org.Details{
		Name: p.Name, FirstName: first, Email: p.Key + "@" + t.Domain, AccountName: p.Key, JobTitle: p.Job, Level: strconv.Itoa(p.Level),
		Department: p.department, Location: p.Site, Employment: p.Employment, TimeZone: t.Sites[p.Site],
		StartedOn: t.today.AddDays(p.Started),
	}
}

// zoneOf is the time zone in which a person lives.
func (t *telling) zoneOf(key string) *time.Location {
	for _, d := range t.Departments {
		for _, p := range d.People {
			if p.Key == key {
				return org.Zone(t.Sites[p.Site])
			}
		}
	}
	return t.zone
}

func (t *telling) add(tx *db.Tx, me org.Actor, p person) error {
	added, err := org.Add(tx, me, t.details(p.before()))
	if err != nil {
		return err
	}
	t.people[p.Key] = added.ID
	if !p.Administrator {
		return nil
	}
	return org.UnscopedAppointFirst(tx, me, added.ID)
}

func (t *telling) setManager(tx *db.Tx, me org.Actor, p person, manager string) error {
	if manager == "" {
		return nil
	}
	return org.SetManager(tx, me, t.person(p.Key), t.person(manager))
}

// joins tells that a person is invited and signs in, and moves or leaves where they do.
func (t *telling) joins(administrator string, p person) {
	if p.Key != administrator {
		t.does(administrator, t.when(t.Founded+1, morning, ""), "invitation", func(tx *db.Tx, me org.Actor) error {
			return account.Invite(tx, me, t.person(p.Key))
		})
	}
	t.does(p.Key, t.when(t.Founded+4, morning, p.Key), "first sign-in", func(tx *db.Tx, me org.Actor) error {
		token, err := account.UnscopedSignIn(tx, me.Organisation, me.Person, "Firefox on Linux")
		if err != nil {
			return err
		}
		return account.SignOut(tx, token)
	})
	if p.Moved != 0 {
		t.does(administrator, t.when(p.Moved, morning, ""), p.Key+" moves", func(tx *db.Tx, me org.Actor) error { return t.moves(tx, me, p) })
	}
	if p.Left != 0 {
		t.does(administrator, t.when(p.Left, evening, ""), p.Key+" leaves", func(tx *db.Tx, me org.Actor) error {
			return org.Leave(tx, me, t.person(p.Key))
		})
	}
}

func (t *telling) moves(tx *db.Tx, me org.Actor, p person) error {
	if p.Was.Job != "" {
		now, err := org.ByID(tx, me, t.person(p.Key))
		if err != nil {
			return err
		}
		details := t.details(p)
		details.StartedOn = now.StartedOn
		if err := org.Change(tx, me, now.ID, now.Revision, details); err != nil {
			return err
		}
	}
	return t.setManager(tx, me, p, p.under)
}
