package account

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Happening is one thing that was done to a person's entry or account, in words.
type Happening struct {
	At    time.Time
	Words string // what was done: "Your entry was changed"
	By    string // the name of who did it; empty for whoever runs the installation
	ByMe  bool
	Alone bool   // the words say who it was: nobody else does this
	Kind  string // of the event
}

// ownDeeds are what nobody but the person does: their words say who it was.
var ownDeeds = []string{"account opened", "address added", "address removed"}

// happenings says what events on a person and on an account mean to that person, and to an
// administrator who reads the person's history.
var happenings = map[string]struct{ mine, theirs string }{
	"person added":            {"You were added", "Added"},
	"person changed":          {"Your entry was changed", "Entry changed"},
	"person invited":          {"You were invited by mail", "Invited by mail"},
	"person left":             {"You were noted as having left", "Left"},
	"person returned":         {"You were noted as having come back", "Came back"},
	"administrator appointed": {"You became an administrator", "Became an administrator"},
	"administrator ended":     {"You stopped being an administrator", "Stopped being an administrator"},
	"programme owner named":   {"You became a programme owner", "Became a programme owner"},
	"programme owner ended":   {"You stopped being a programme owner", "Stopped being a programme owner"},
	"account opened":          {"You signed in for the first time", "Signed in for the first time"},
	"address taken":           {"An address was taken off your account: your organisation gave it to somebody else", "Address given to somebody else"},
	"line began":              {"%s became your manager", "%s became the manager"},
	"line ended":              {"%s stopped being your manager", "%s stopped being the manager"},
	"address added":           {"You added an address", ""},
	"address removed":         {"You removed an address", ""},
	"person exported":         {"An export of what is yours was made, encrypted to a code that was mailed to you", "Export made, encrypted to a code that they received"},
	"brought along":           {"What was yours elsewhere was brought along", ""},
}

// Mine lists what was done to the actor's own entry and account, newest first.
func Mine(tx *db.Tx, me org.Actor) ([]Happening, error) {
	return happened(tx, me, me.Person, me.Account)
}

// Of lists what was done to a person's entry, newest first, for administrators. What somebody
// did to their own account is not in it.
//
// Errors: problem.NotFound for anybody else.
func Of(tx *db.Tx, me org.Actor, id db.ID) ([]Happening, error) {
	if !me.Administrator {
		return nil, problem.NotFound
	}
	if _, err := org.ByID(tx, me, id); err != nil {
		return nil, err
	}
	return happened(tx, me, id, "")
}

func happened(tx *db.Tx, me org.Actor, id, account db.ID) ([]Happening, error) {
	all, err := db.List(tx, func(row db.Row) (Happening, error) {
		var h Happening
		var kind, manager string
		var by db.ID
		err := row.Scan(&h.At, &kind, &by, &h.By, &manager)
		h.Words = happenings[kind].theirs
		if id == me.Person {
			h.Words = happenings[kind].mine
		}
		if strings.Contains(h.Words, "%s") {
			h.Words = fmt.Sprintf(h.Words, manager)
		}
		h.Kind, h.Alone = kind, slices.Contains(ownDeeds, kind)
		h.ByMe = by != "" && by == me.Person
		return h, err
	}, `
		select e.at, e.kind, e.by_id, coalesce(b.name, ''), coalesce(m.name, '') from events e
		left join people b on b.organisation_id = e.organisation_id and b.id = e.by_id
		left join reporting_lines l on l.organisation_id = e.organisation_id and l.id = e.thing_id
		left join people m on m.organisation_id = l.organisation_id and m.id = l.manager_id
		where e.organisation_id = $1 and (
			e.thing_kind = 'person' and e.thing_id = $2
			or e.thing_kind = 'account' and e.thing_id = $3
			or e.thing_kind = 'line' and e.thing_id in (select id from reporting_lines where organisation_id = $1 and person_id = $2))
		order by e.id desc limit 200`, me.Organisation, id, account)
	return slices.DeleteFunc(all, func(h Happening) bool { return h.Words == "" }), err
}
