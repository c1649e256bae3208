// Package programme holds the organisation's catalogue: courses, classes, shadowing days, assignments
// and projects, who takes part in them, who stands in line, and what came of it. A seat is given
// once, and nobody says yes to themselves.
package programme

import (
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/money"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Programme is something that the organisation offers.
type Programme struct {
	ID       db.ID
	PostedBy org.Party
	Text
	State     State
	Taken     int64 // seats that are given or offered
	Freed     int64 // seats that were given up so far
	InLine    int64 // people who would take one that is freed
	Asked     int64 // people who wait for an answer
	Cancelled string

	PosterLeft bool
	Yours      bool // the reader looks after it
	Revision   int64
	CreatedAt  time.Time
	EndedAt    time.Time
}

// Text is what whoever posts it says.
type Text struct {
	Kind       Kind
	Name       string
	About      string
	Audience   string   // for whom, in words
	Employment []string // the kinds of employment that may take part; none: everybody
	Learns     string
	Teaches    []Skill // without a level
	Needs      string
	Builds     []Skill // what it builds on, with the level
	Seats      int64
	Begins     civil.Date
	Ends       civil.Date
	ApplyUntil civil.Date
	Effort     int64
	EffortIn   Effort
	Cost       money.Amount // of a seat
	Budget     db.ID        // from which it is paid
	Decides    Decides
}

// Skill is a skill by its name, with a level where one is said.
type Skill struct {
	Name  string
	Level int64
	key   string
}

// Kind is what kind of programme it is.
type Kind string

// The kinds.
const (
	Course     Kind = "course"
	Leadership Kind = "leadership class"
	Training   Kind = "job training"
	Shadowing  Kind = "shadowing"
	Stretch    Kind = "stretch assignment"
	Project    Kind = "special project"
	Round      Kind = "mentoring round"
)

// Kinds lists them in the order in which they are shown.
var Kinds = []Kind{Course, Leadership, Training, Shadowing, Stretch, Project, Round}

// ManagersKinds are those that any manager may post.
var ManagersKinds = []Kind{Stretch, Project}

// Effort is what an effort is counted in.
type Effort string

// The efforts.
const (
	Hours Effort = "hours"
	Weeks Effort = "weeks"
)

// Decides says who gives a seat.
type Decides string

// Who gives a seat.
const (
	Nobody Decides = "nobody" // whoever comes first
	Poster Decides = "poster"
	Budget Decides = "budget" // whoever answers for the money: always where it costs some
)

// State is where a programme stands.
type State string

// The states.
const (
	Draft     State = "draft" // its poster's alone
	Open      State = "open"
	Closed    State = "closed" // nobody signs up any more; the line still moves
	Running   State = "running"
	Ended     State = "ended"
	Cancelled State = "cancelled"
)

// Free is how many seats nobody has.
func (p Programme) Free() int64 { return max(0, p.Seats-p.Taken) }

// Over tells whether nothing of it is to come.
func (p Programme) Over() bool { return p.State == Ended || p.State == Cancelled }

// Thing is the programme as something that has a page.
func (p Programme) Thing() event.Thing { return thing(p.ID) }

func thing(id db.ID) event.Thing { return event.Thing{Kind: "programme", ID: id} }

const (
	mostText   = 5000
	mostWords  = 2000
	mostName   = 120
	mostKinds  = 10
	mostSkills = 6
	mostSeats  = 5000
	mostLive   = 60 // programmes of one poster that are not over
	mostEffort = 2000
)

// Post writes a programme down, as a draft that its poster alone sees. Programme owners post any kind;
// who leads people posts stretch assignments and special projects.
//
// Errors: problem.Refused for who may not, problem.Invalid by field.
func Post(tx *db.Tx, me org.Actor, in Text) (db.ID, error) {
	if err := mayPost(tx, me, in.Kind); err != nil {
		return "", err
	}
	if err := in.check(tx, me, Programme{}); err != nil {
		return "", err
	}
	var had int64
	if err := tx.Get("select count(*) from programmes where organisation_id = $1 and posted_by_id = $2 and state not in ('ended', 'cancelled')", me.Organisation, me.Person).Scan(&had); err != nil {
		return "", err
	}
	if had >= mostLive {
		return "", problem.Refuse("%d programmes of yours are under way. End some of them first.", had)
	}
	id := tx.NewID()
	if err := db.Put(tx, "programmes", "organisation_id, id, posted_by_id, taken, freed, state, cancelled_words, revision, created_at, "+textColumns,
		append([]any{me.Organisation, id, me.Person, int64(0), int64(0), string(Draft), "", int64(1), tx.Now()}, in.columns()...)...); err != nil {
		return "", err
	}
	if err := in.keepSkills(tx, me, id); err != nil {
		return "", err
	}
	return id, happened(tx, me.Organisation, me.Person, "programme posted", id, nil)
}

const textColumns = "kind, name, about, audience, employment, learns, needs, seats, begins, ends, apply_until, sort_day, effort, effort_in, cost, currency, budget_id, decides"

func (in Text) columns() []any {
	sort := in.Begins.String()
	if in.Begins.IsZero() {
		sort = "9999-12-31"
	}
	return []any{string(in.Kind), in.Name, in.About, in.Audience, strings.Join(in.Employment, "\n"), in.Learns, in.Needs, in.Seats, in.Begins, in.Ends, in.ApplyUntil,
		sort, in.Effort, string(in.EffortIn), in.Cost.Minor, in.Cost.Currency, in.Budget, string(in.Decides)}
}

func (in Text) keepSkills(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := tx.Exec("delete from programme_skills where organisation_id = $1 and programme_id = $2", me.Organisation, id); err != nil {
		return err
	}
	var rows [][]any
	for part, skills := range map[string][]Skill{"learns": in.Teaches, "needs": in.Builds} {
		for n, k := range skills {
			rows = append(rows, []any{me.Organisation, id, part, n, k.Name, k.key, k.Level})
		}
	}
	return db.Insert(tx, "insert into programme_skills (organisation_id, programme_id, part, position, name, skill_key, level) values", rows)
}

// Change replaces what a programme says. It never has fewer seats than are taken; its money stays as it
// was once people signed up, but another budget takes over from one that is over. Seats that come are offered to the line.
//
// Errors: problem.NotFound for who does not look after it, problem.Conflict when it was changed
// meanwhile, problem.Refused when it is over, problem.Invalid by field.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	was, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	if was.Over() {
		return isOver
	}
	if in.Kind != was.Kind {
		if err := mayPost(tx, me, in.Kind); err != nil {
			return err
		}
	}
	if err := in.check(tx, me, was); err != nil {
		return err
	}
	if was.Revision != revision {
		return was.conflict(in)
	}
	set := strings.Split(textColumns, ", ")
	for n, column := range set {
		set[n] = column + " = " + db.Places(n+1, 1)
	}
	end := len(set)
	if _, err := tx.Exec("update programmes set "+strings.Join(set, ", ")+", revision = revision + 1 where organisation_id = "+db.Places(end+1, 1)+" and id = "+db.Places(end+2, 1),
		append(in.columns(), me.Organisation, id)...); err != nil {
		return err
	}
	if err := in.keepSkills(tx, me, id); err != nil {
		return err
	}
	if err := happened(tx, me.Organisation, me.Person, "programme changed", id, nil); err != nil {
		return err
	}
	if err := dayComes(tx, me, id, in); err != nil {
		return err
	}
	if in.Budget != was.Budget {
		if err := asksAnew(tx, me, id); err != nil {
			return err
		}
	}
	return offerSeats(tx, me.Organisation, id)
}

// Fields are the texts by the names that forms use.
func (in Text) Fields() map[string]string {
	return map[string]string{
		"kind": string(in.Kind), "name": in.Name, "about": in.About, "audience": in.Audience, "employment": strings.Join(in.Employment, "\n"),
		"learns": in.Learns, "teaches": named(in.Teaches), "needs": in.Needs, "builds": named(in.Builds), "seats": number(in.Seats),
		"begins": in.Begins.String(), "ends": in.Ends.String(), "apply_until": in.ApplyUntil.String(),
		"effort": number(in.Effort), "effort_in": string(in.EffortIn), "cost": in.figures(), "currency": in.Cost.Currency,
		"budget": string(in.Budget), "decides": string(in.Decides),
	}
}

func (p Programme) conflict(in Text) error {
	theirs, mine := p.Fields(), in.Fields()
	for field, text := range theirs {
		if mine[field] == text {
			delete(theirs, field)
			delete(mine, field)
		}
	}
	return &problem.Conflict{Revision: p.Revision, Theirs: theirs, Mine: mine}
}

// Turn brings a programme into another state: open, closed, running, ended.
//
// Errors: problem.NotFound for who does not look after it, problem.Refused where it cannot be.
func Turn(tx *db.Tx, me org.Actor, id db.ID, to State) error {
	p, err := mine(tx, me, id)
	if err != nil || p.State == to {
		return err
	}
	from := map[State][]State{Open: {Draft, Closed}, Closed: {Open}, Running: {Open, Closed}, Ended: {Open, Closed, Running}}
	if !slices.Contains(from[to], p.State) {
		return problem.Refuse("This programme is %s: that does not go from here.", p.State)
	}
	today := civil.In(tx.Now(), me.Zone)
	if to == Open && !p.ApplyUntil.IsZero() && p.ApplyUntil.Before(today) {
		return problem.Refused("The last day to sign up has passed. Give it another day first.")
	}
	if err := p.turn(tx, me.Organisation, me.Person, to); err != nil {
		return err
	}
	if to != Open {
		return nil
	}
	return dayComes(tx, me, id, p.Text)
}

// turn sets the state. What ends settles all its places.
func (p Programme) turn(tx *db.Tx, organisation, by db.ID, to State) error {
	var ended time.Time
	if to == Ended {
		ended = tx.Now()
	}
	if _, err := tx.Exec("update programmes set state = $1, ended_at = $2, revision = revision + 1 where organisation_id = $3 and id = $4", string(to), ended, organisation, p.ID); err != nil {
		return err
	}
	if err := happened(tx, organisation, by, "programme "+string(to), p.ID, nil); err != nil || to != Ended {
		return err
	}
	return p.settle(tx, organisation, by)
}

// Cancel calls a programme off. Everybody who takes part, waits or stands in line is told; seats and
// money are returned.
func Cancel(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	p, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	if p.Over() {
		return isOver
	}
	wrong := problem.Invalid{}
	words = tidy(wrong, "words", words, mostWords)
	wrong.Check(words != "" || p.State == Draft, "words", "A line to those who signed up belongs to it: why, and what they can do instead.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if _, err := tx.Exec("update programmes set state = 'cancelled', cancelled_words = $1, ended_at = $2, revision = revision + 1 where organisation_id = $3 and id = $4",
		words, tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	if err := p.callOff(tx, me.Organisation); err != nil {
		return err
	}
	return happened(tx, me.Organisation, me.Person, "programme cancelled", id, nil)
}

func happened(tx *db.Tx, organisation, by db.ID, kind string, id db.ID, facts map[string]string) error {
	return event.Record(tx, event.Event{Organisation: organisation, Kind: kind, By: by, Thing: thing(id), Facts: facts})
}
