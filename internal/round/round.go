// Package round holds matching rounds: whoever runs programmes opens one, people sign up on either
// side and state what they choose to, and who gets whom is worked out by package matching.
//
// What counts in a round is what people stated for it, and what mentors say in their profile; never
// what stands in a plan.
package round

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Round is one matching round.
type Round struct {
	ID       db.ID
	OpenedBy org.Party
	Text
	State       State
	Variant     db.ID // what is published
	Revision    int64
	PublishedAt time.Time
	EndedAt     time.Time
}

// Text is what its opener says of it.
type Text struct {
	Name     string
	About    string
	Who      Who
	ClosesOn civil.Date // the last day to sign up; zero: until a result is published
}

// Who may sign up.
type Who string

// Who may sign up.
const (
	Everyone Who = "everyone"
	Invited  Who = "invited"
)

// State is where a round stands.
type State string

// The states.
const (
	Open      State = "open"
	Published State = "published"
	Ended     State = "ended"
)

// Thing is the round as something that has a page.
func (r Round) Thing() event.Thing { return event.Thing{Kind: "round", ID: r.ID} }

// Takes tells whether one can sign up today.
func (r Round) Takes(today civil.Date) bool {
	return r.State == Published || r.State == Open && (r.ClosesOn.IsZero() || !today.After(r.ClosesOn))
}

// Limits of rounds.
const (
	mostName    = 200
	mostText    = 4_000
	mostRunning = 50 // rounds at once in an organisation
)

// New opens a round, with a first variant to begin with.
//
// Errors: problem.NotFound for who runs no rounds, problem.Invalid by field.
func New(tx *db.Tx, me org.Actor, in Text) (Round, error) {
	r := Round{ID: tx.NewID(), OpenedBy: me.Self(), Text: in, State: Open, Revision: 1}
	if !Runs(me) {
		return r, problem.NotFound
	}
	if err := r.check(civil.In(tx.Now(), me.Zone)); err != nil {
		return r, err
	}
	n, err := db.One(tx, db.Scanned[int64], "select count(*) from rounds where organisation_id = $1 and state <> 'ended'", me.Organisation)
	if err != nil {
		return r, err
	}
	if n >= mostRunning {
		return r, problem.Refuse("%d rounds are under way. End one first.", n)
	}
	if _, err := tx.Exec(`
		insert into rounds (organisation_id, id, opened_by_id, name, about, who, closes_on, state, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 'open', 1, $8)`,
		me.Organisation, r.ID, me.Person, r.Name, r.About, string(r.Who), r.ClosesOn, tx.Now()); err != nil {
		return r, err
	}
	first, err := NewVariant(tx, me, r.ID, DefaultSettings())
	if err != nil {
		return r, err
	}
	if _, err := first.Now(tx, me); err != nil { // nobody takes part yet
		return r, err
	}
	return r, r.happened(tx, me, "round opened")
}

func (t *Text) check(today civil.Date) error {
	wrong := problem.Invalid{}
	t.Name, t.About = oneLine(t.Name), tidy(wrong, "about", t.About)
	wrong.Check(t.Name != "" && utf8.RuneCountInString(t.Name) <= mostName, "name", "Please give it a name, in a few words.")
	wrong.Check(t.Who == Everyone || t.Who == Invited, "who", "Please choose who may sign up.")
	wrong.Check(t.ClosesOn.IsZero() || !t.ClosesOn.Before(today), "closes_on", "Please choose a day to come.")
	return wrong.Err()
}

// Change changes what its page says.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Text) error {
	r, err := running(tx, me, id)
	if err != nil {
		return err
	}
	today := civil.In(tx.Now(), me.Zone)
	if in.ClosesOn == r.ClosesOn {
		today = civil.Date{} // a day that has passed meanwhile may stand
	}
	if err := in.check(today); err != nil {
		return err
	}
	changed, err := tx.Exec(`
		update rounds set name = $1, about = $2, who = $3, closes_on = $4, revision = revision + 1
		where organisation_id = $5 and id = $6 and revision = $7`,
		in.Name, in.About, string(in.Who), in.ClosesOn, me.Organisation, id, revision)
	if err == nil && changed == 0 {
		return &problem.Conflict{Revision: r.Revision, Theirs: r.fields(), Mine: in.fields()}
	}
	return err
}

func (t Text) fields() map[string]string {
	return map[string]string{"name": t.Name, "about": t.About, "who": string(t.Who), "closes_on": t.ClosesOn.String()}
}

// End closes a round: nobody joins any more. Pairs that began stay.
func End(tx *db.Tx, me org.Actor, id db.ID) error {
	r, err := running(tx, me, id)
	if err != nil || r.State == Ended {
		return err
	}
	if _, err := tx.Exec("update rounds set state = 'ended', ended_at = $1, revision = revision + 1 where organisation_id = $2 and id = $3", tx.Now(), me.Organisation, id); err != nil {
		return err
	}
	return r.happened(tx, me, "round ended")
}

const selectRound = `
	select r.id, r.opened_by_id, p.name, r.name, r.about, r.who, r.closes_on, r.state, r.variant_id, r.revision, r.published_at, r.ended_at
	from rounds r join people p on p.organisation_id = r.organisation_id and p.id = r.opened_by_id
`

func scanRound(row db.Row) (Round, error) {
	var r Round
	err := row.Scan(&r.ID, &r.OpenedBy.Person, &r.OpenedBy.Name, &r.Name, &r.About, &r.Who, &r.ClosesOn, &r.State, &r.Variant, &r.Revision, &r.PublishedAt, &r.EndedAt)
	return r, err
}

// ByID finds a round that the actor may see.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Round, error) {
	if me.Left {
		return Round{}, problem.NotFound
	}
	return db.One(tx, scanRound, selectRound+"where "+seen+" and r.id = $4", me.Organisation, me.Person, Runs(me), id)
}

// MostListed is how many a list shows at once.
const MostListed = 50

// List lists the rounds that the actor may see, the newest first, before a place in that list: one
// more than are shown tells that there are more.
func List(tx *db.Tx, me org.Actor, before db.ID) ([]Round, error) {
	if me.Left {
		return nil, nil
	}
	return db.List(tx, scanRound, selectRound+"where "+seen+" and (cast($4 as text) = '' or r.id < $4) order by r.id desc limit "+strconv.Itoa(MostListed+1),
		me.Organisation, me.Person, Runs(me), string(before))
}

func (r Round) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: r.Thing()})
}

func oneLine(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\x00", "")), " ")
}

// tidy is a text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string) string {
	text = strings.TrimSpace(strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd")))
	if n := utf8.RuneCountInString(text); n > mostText {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(mostText)+".")
	}
	return text
}
