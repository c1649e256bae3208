// Package dates holds the days of a year that matter for timing: reviews, planning rounds, budget
// deadlines, absences, busy times, holidays.
//
// Those of the organisation are entered by its administrators and are for everybody in it. Those
// of a person are theirs alone until they share them; whom they share one with reads its days, or
// its words too, as its owner chooses.
package dates

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Kind is what a date is.
type Kind string

// The kinds. Absences and busy times are of a person alone.
const (
	Review   Kind = "review"
	Planning Kind = "planning round"
	Budget   Kind = "budget deadline"
	Absence  Kind = "absence"
	Busy     Kind = "busy time"
	Holiday  Kind = "holiday"
	Other    Kind = "other"
)

// Kinds are those that a person can enter for themselves, in the order of the form.
var Kinds = []Kind{Absence, Busy, Review, Planning, Budget, Holiday, Other}

// OrganisationKinds are those that can be entered for the organisation.
var OrganisationKinds = []Kind{Review, Planning, Budget, Holiday, Other}

// Title is the kind as people call it.
func (k Kind) Title() string {
	return map[Kind]string{
		Review: "Review", Planning: "Planning round", Budget: "Budget deadline", Absence: "Absence", Busy: "Busy time", Holiday: "Holiday", Other: "Something else",
	}[k]
}

// Shows is what whom a date is shared with reads of it.
type Shows string

// What they read.
const (
	Days  Shows = "days"  // its kind and its days
	Words Shows = "words" // what it is called too, and the note
)

// Date is a day or some days.
type Date struct {
	ID        db.ID
	Owner     db.ID // empty: the organisation's
	OwnerName string
	Text
	Revision int64
}

// Text is a date as it is written down.
type Text struct {
	Kind  Kind
	Title string
	Note  string
	From  civil.Date
	To    civil.Date // the last day; zero when it is written: the first
	Shows Shows
}

// Called is its title, or its kind.
func (d Date) Called() string {
	if d.Title != "" {
		return d.Title
	}
	return d.Kind.Title()
}

// IsOrganisations tells whether it is the organisation's.
func (d Date) IsOrganisations() bool { return d.Owner == "" }

// Thing is the date as something that can be shared.
func (d Date) Thing() event.Thing { return event.Thing{Kind: "date", ID: d.ID} }

const (
	mostTitle = 120
	mostNote  = 2_000
	longest   = 400 // days
	mostKept  = 500 // of one person, and of the organisation
)

// Add writes down a date of the actor's own. Nobody else sees it.
//
// Errors: problem.Invalid by field, problem.Refused when there are very many.
func Add(tx *db.Tx, me org.Actor, in Text) (Date, error) {
	if err := mayWrite(me); err != nil {
		return Date{}, err
	}
	return add(tx, me, me.Person, in)
}

// AddToOrganisation writes down a date that everybody in the organisation sees.
//
// Errors: problem.NotFound for who is no administrator, else as Add.
func AddToOrganisation(tx *db.Tx, me org.Actor, in Text) (Date, error) {
	if !administers(me) {
		return Date{}, problem.NotFound
	}
	return add(tx, me, "", in)
}

func add(tx *db.Tx, me org.Actor, owner db.ID, in Text) (Date, error) {
	d := Date{Owner: owner, Text: in, Revision: 1}
	if err := d.tidy(); err != nil {
		return d, err
	}
	var kept int64
	if err := tx.Get(`
		select count(*) from dates
		where organisation_id = $1 and (owner_id = $2 or (owner_id is null and cast($2 as text) = ''))`, me.Organisation, string(owner)).Scan(&kept); err != nil {
		return d, err
	}
	if kept >= mostKept {
		return d, problem.Refuse("%d dates are kept already. Remove some that are over first.", kept)
	}
	d.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into dates (organisation_id, id, owner_id, kind, title, note, starts_on, ends_on, shows, revision, created_at, changed_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, $10)`,
		me.Organisation, d.ID, d.Owner, string(d.Kind), d.Title, d.Note, d.From, d.To, string(d.Shows), tx.Now()); err != nil {
		return d, err
	}
	return d, d.happened(tx, me, "date added")
}

func (d *Date) tidy() error {
	wrong := problem.Invalid{}
	clean := strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n")
	d.Title = strings.Join(strings.Fields(clean.Replace(strings.ToValidUTF8(d.Title, "\ufffd"))), " ")
	d.Note = strings.TrimSpace(clean.Replace(strings.ToValidUTF8(d.Note, "\ufffd")))
	if d.To.IsZero() {
		d.To = d.From
	}
	if d.Shows == "" {
		d.Shows = Days
	}
	kinds := Kinds
	if d.IsOrganisations() {
		kinds = OrganisationKinds
	}
	wrong.Check(slices.Contains(kinds, d.Kind), "kind", "Please choose what it is.")
	wrong.Check(d.Title != "" || d.Kind != Other, "title", "Please say in a few words what it is.")
	wrong.Check(utf8.RuneCountInString(d.Title) <= mostTitle, "title", "Please keep it under "+strconv.Itoa(mostTitle)+" characters.")
	wrong.Check(utf8.RuneCountInString(d.Note) <= mostNote, "note", "Please keep it under "+strconv.Itoa(mostNote)+" characters.")
	wrong.Check(!d.From.IsZero(), "from", "Please give the first day.")
	wrong.Check(!d.To.Before(d.From), "to", "The last day comes before the first.")
	wrong.Check(d.From.IsZero() || d.To.DaysSince(d.From) <= longest, "to", "This is more than a year. Please write down each time by itself.")
	wrong.Check(d.Shows == Days || d.Shows == Words, "shows", "Please choose one of these.")
	return wrong.Err()
}

// Change replaces what a date says: one of the actor's own, or the organisation's for an
// administrator.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	was, err := toWrite(tx, me, id)
	if err != nil {
		return err
	}
	d := was
	d.Text = in
	if err := d.tidy(); err != nil {
		return err
	}
	if d.Text == was.Text {
		return nil
	}
	if was.Revision != revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: differing(was.fields(), d.fields()), Mine: differing(d.fields(), was.fields())}
	}
	if _, err := tx.Exec(`
		update dates set kind = $1, title = $2, note = $3, starts_on = $4, ends_on = $5, shows = $6, revision = revision + 1, changed_at = $7
		where organisation_id = $8 and id = $9`,
		string(d.Kind), d.Title, d.Note, d.From, d.To, string(d.Shows), tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	return d.happened(tx, me, "date changed")
}

func (d Date) fields() map[string]string {
	return map[string]string{"kind": string(d.Kind), "title": d.Title, "note": d.Note, "from": d.From.String(), "to": d.To.String(), "shows": string(d.Shows)}
}

// differing are the fields of one text that are not so in the other.
func differing(one, other map[string]string) map[string]string {
	only := maps.Clone(one)
	maps.DeleteFunc(only, func(name, text string) bool { return other[name] == text })
	return only
}

// Remove removes a date of the actor's own, or the organisation's for an administrator.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	d, err := toWrite(tx, me, id)
	if err != nil {
		return err
	}
	if err := share.TakeBackThing(tx, me, share.What{Kind: "date", ID: id}); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from dates where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return d.happened(tx, me, "date removed")
}

// ShareWithTeam shows a date of the actor's to their manager and, by name, to everybody who is on
// the team today. Who joins later does not see it.
//
// Errors: problem.Refused where there is nobody.
func ShareWithTeam(tx *db.Tx, me org.Actor, id db.ID) error {
	if _, err := mine(tx, me, id); err != nil {
		return err
	}
	team, err := Team(tx, me)
	if err != nil {
		return err
	}
	what := share.What{Kind: "date", ID: id}
	for _, p := range team {
		if err := share.WithPerson(tx, me, what, p.ID); err != nil {
			return err
		}
	}
	line, err := org.LineOf(tx, me.Organisation, me.Person)
	switch {
	case err != nil:
		return err
	case line.ID != "":
		return share.WithManager(tx, me, what)
	case len(team) == 0:
		return problem.Refused("Nobody is on your team at present. Share it with a person by name instead.")
	}
	return nil
}

// mostTeam is how many people are a team at most.
const mostTeam = 30

// Team lists who reports to the same manager as the actor, or to the actor.
func Team(tx *db.Tx, me org.Actor) ([]org.Person, error) {
	team, err := org.Reports(tx, me)
	if err != nil {
		return nil, err
	}
	line, err := org.LineOf(tx, me.Organisation, me.Person)
	if err == nil && line.ID != "" {
		var beside []org.Person
		beside, err = org.ReportsOf(tx, me, line.Manager)
		team = append(beside, team...)
	}
	team = slices.DeleteFunc(team, func(p org.Person) bool { return p.ID == me.Person })
	return team[:min(len(team), mostTeam)], err
}

func (d Date) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: d.Thing()})
}
