package portable

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/mentor"
	"github.com/ownward/ownward/internal/mentorship"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/proposal"
	"github.com/ownward/ownward/internal/question"
	"github.com/ownward/ownward/internal/round"
)

// Line is what became of one kind of things.
type Line struct {
	What string // "wins"
	org.Brought
}

// Report is what became of a file, by kind.
type Report []Line

// New is how much was taken over.
func (r Report) New() int {
	n := 0
	for _, line := range r {
		n += line.New
	}
	return n
}

const brought = "brought along" // the kind of the event

// Bring takes over a file into what is the actor's. What is here already stays as it is, so that
// the same file brought twice changes nothing.
//
// It gives no rights. Nothing of it is shared with anybody, whoever else appears in it becomes a
// contact, and what others decided or promised is marked as brought along: nobody here is bound
// by it.
//
// Errors: problem.Refused that names the place of what cannot be taken; then nothing is.
func Bring(tx *db.Tx, me org.Actor, f File) (Report, error) {
	if me.Left {
		return nil, problem.Refused("You have left this organisation: nothing new can be kept here.")
	}
	others, contacts, err := org.BringContacts(tx, me, f.Contacts)
	if err != nil {
		return nil, nothing(err)
	}
	b := bringing{tx, me, others, f}
	r := Report{{kinds[0].many, contacts}}
	for _, k := range kinds[1:] {
		taken, err := k.bring(b)
		if err != nil {
			return nil, nothing(err)
		}
		r = append(r, Line{k.many, taken})
	}
	if r.New() == 0 {
		return r, nil
	}
	return r, event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: brought, By: me.Person, Thing: event.Thing{Kind: "person", ID: me.Person},
		Facts: r.facts(),
	})
}

// facts are the counts of what was taken over, by kind.
func (r Report) facts() map[string]string {
	counts := map[string]string{}
	for _, line := range r {
		if line.New > 0 {
			counts[line.What] = strconv.Itoa(line.New)
		}
	}
	return counts
}

// Past is one file that was taken over before.
type Past struct {
	At     time.Time
	Report Report // of what was new
}

// Before lists the files that the actor brought along so far, the first first.
func Before(tx *db.Tx, me org.Actor) ([]Past, error) {
	events, err := event.UnscopedOf(tx, me.Organisation, event.Thing{Kind: "person", ID: me.Person})
	var all []Past
	for _, e := range events {
		if e.Kind != brought {
			continue
		}
		one := Past{At: e.At}
		for _, k := range kinds {
			if n, err := strconv.Atoi(e.Facts[k.many]); err == nil {
				one.Report = append(one.Report, Line{k.many, org.Brought{New: n}})
			}
		}
		all = append(all, one)
	}
	return all, err
}

// String says what was new, in a few words.
func (r Report) String() string {
	var parts []string
	for _, line := range r {
		if line.New == 0 {
			continue
		}
		what := line.What
		if n := slices.IndexFunc(kinds, func(k kind) bool { return k.many == what }); line.New == 1 && n >= 0 {
			what = kinds[n].one
		}
		parts = append(parts, fmt.Sprintf("%d %s", line.New, what))
	}
	return strings.Join(parts, ", ")
}

// nothing says of a refusal that it leaves everything as it was.
func nothing(err error) error {
	var refused problem.Refused
	if errors.As(err, &refused) {
		return problem.Refuse("%s Nothing was taken over.", refused)
	}
	return err
}

// counted takes over each of a list, and counts what was new.
func counted[T any](list []T, bring func(n int, one T) (bool, error)) (org.Brought, error) {
	var b org.Brought
	for n, one := range list {
		isNew, err := bring(n, one)
		if err != nil {
			return b, err
		}
		b.Count(isNew)
	}
	return b, nil
}

func bringAsks(tx *db.Tx, me org.Actor, others *org.Companions, list []ask.Along) (org.Brought, error) {
	return counted(list, func(n int, one ask.Along) (bool, error) {
		if one.Owner == org.Myself {
			return ask.BringAlong(tx, me, others, fmt.Sprintf("/asks/%d", n), one)
		}
		_, here := ask.ByID(tx, me, one.ID)
		return bringRecord(tx, me, "ask", one.ID, one, here)
	})
}

func bringPromises(tx *db.Tx, me org.Actor, others *org.Companions, list []commitment.Along) (org.Brought, error) {
	return counted(list, func(n int, one commitment.Along) (bool, error) {
		isNew, ok, err := commitment.BringAlong(tx, me, others, fmt.Sprintf("/promises/%d", n), one)
		if err == nil && !ok {
			isNew, err = bringRecord(tx, me, "commitment", one.ID, one, problem.NotFound)
		}
		return isNew, err
	})
}

func bringCadences(tx *db.Tx, me org.Actor, others *org.Companions, list []conversation.AlongCadence) (org.Brought, error) {
	return counted(list, func(n int, one conversation.AlongCadence) (bool, error) {
		if one.Owner == org.Myself {
			return conversation.BringCadence(tx, me, others, fmt.Sprintf("/cadences/%d", n), one)
		}
		_, here := conversation.CadenceByID(tx, me, one.ID)
		return bringRecord(tx, me, "cadence", one.ID, one, here)
	})
}

func bringConversations(tx *db.Tx, me org.Actor, others *org.Companions, list []conversation.Along) (org.Brought, error) {
	return counted(list, func(n int, one conversation.Along) (bool, error) {
		if one.Owner == org.Myself {
			return conversation.BringAlong(tx, me, others, fmt.Sprintf("/conversations/%d", n), one)
		}
		_, here := conversation.ByID(tx, me, one.ID)
		return bringRecord(tx, me, "conversation", one.ID, one, here)
	})
}

// asRecords keeps each of a list as a record, unless the actor finds the very thing here.
func asRecords[T, Here any](
	tx *db.Tx, me org.Actor, kind string, list []T, id func(T) db.ID, find func(*db.Tx, org.Actor, db.ID) (Here, error),
) (org.Brought, error) {
	return counted(list, func(_ int, one T) (bool, error) {
		_, here := find(tx, me, id(one))
		return bringRecord(tx, me, kind, id(one), one, here)
	})
}

func wordID(w plan.AlongWord) db.ID               { return w.ID }
func proposalID(p proposal.Along) db.ID           { return p.ID }
func copyID(c frozen.Along) db.ID                 { return c.ID }
func commentID(c comment.Along) db.ID             { return c.ID }
func feedbackID(f feedback.Along) db.ID           { return f.ID }
func mentorRequestID(r mentor.AlongRequest) db.ID { return r.ID }
func mentorshipID(m mentorship.Along) db.ID       { return m.ID }
func roundID(r round.Along) db.ID                 { return r.ID }
func viewID(v plan.AlongViewGiven) db.ID          { return v.ID }
func answerID(a question.AlongAnswer) db.ID       { return a.ID }

// bringRecord keeps what is another's, unless the actor finds the very thing here.
func bringRecord(tx *db.Tx, me org.Actor, kind string, id db.ID, what any, here error) (bool, error) {
	if !errors.Is(here, problem.NotFound) {
		return false, here
	}
	return keepRecord(tx, me, kind, id, what)
}

// UnscopedFound makes an installation for one, out of a file alone: for an empty installation.
//
// Errors: problem.Refused when there is an organisation here already, and those of Bring.
func UnscopedFound(tx *db.Tx, f File) (org.Actor, Report, error) {
	there, err := org.UnscopedOrganisations(tx)
	if err != nil {
		return org.Actor{}, nil, err
	}
	if len(there) > 0 {
		return org.Actor{}, nil, problem.Refused("This installation is set up already.")
	}
	o, err := org.Found(tx, f.Person.Name, f.Person.TimeZone, true)
	if err != nil {
		return org.Actor{}, nil, err
	}
	operator := org.Operator(o.ID)
	p, err := org.Add(tx, operator, f.Person.details())
	if err != nil {
		return org.Actor{}, nil, err
	}
	if err := org.UnscopedAppointFirst(tx, operator, p.ID); err != nil {
		return org.Actor{}, nil, err
	}
	me, err := org.UnscopedActor(tx, o.ID, p.ID)
	if err != nil {
		return me, nil, err
	}
	r, err := Bring(tx, me, f)
	return me, r, err
}
