package question

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Suggested is what somebody suggested in an answer: it binds nobody. Its owner alone sees it, apart
// from promises, until it becomes something or is let go. On its day it comes back.
type Suggested struct {
	ID        db.ID
	Asking    db.ID     // whose answer it is from
	By        org.Party // who suggested it; with a name and no id, somebody asked aloud
	Words     string
	LookOn    civil.Date
	State     SuggestedState
	Became    event.Thing // a promise, a step, an ask
	SettledAt time.Time
	Revision  int64
	CreatedAt time.Time
}

// SuggestedState is where it stands.
type SuggestedState string

// The states.
const (
	SuggestedOpen  SuggestedState = "open"
	SuggestedTaken SuggestedState = "became"
	SuggestedGone  SuggestedState = "let go"
)

// Thing is what was suggested as something that things come from.
func (s Suggested) Thing() event.Thing { return event.Thing{Kind: "suggested", ID: s.ID} }

// IsOpen tells whether it waits to become something or to be let go.
func (s Suggested) IsOpen() bool { return s.State == SuggestedOpen }

const (
	mostSuggested     = 1000 // characters
	mostSuggestedOpen = 50
)

// ProposeLook is the day on which to look again at what was suggested: a month on, and never on a
// weekend.
func ProposeLook(today civil.Date) civil.Date {
	day := today.AddMonths(1)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDays(1)
	}
	return day
}

// NoteSuggested writes down what was suggested in an answer to the actor. Without a day it is as
// ProposeLook says.
//
// Errors: problem.NotFound for an asking that is not the actor's, problem.Invalid by field,
// problem.Refused when too many are open.
func NoteSuggested(tx *db.Tx, me org.Actor, asking db.ID, words string, lookOn civil.Date) (Suggested, error) {
	if err := mayWrite(me); err != nil {
		return Suggested{}, err
	}
	a, err := ByID(tx, me, asking)
	if err != nil {
		return Suggested{}, err
	}
	s := Suggested{ID: tx.NewID(), Asking: a.ID, By: a.To, Words: words, LookOn: lookOn, State: SuggestedOpen, Revision: 1, CreatedAt: tx.Now()}
	if err := s.check(civil.In(tx.Now(), me.Zone)); err != nil {
		return s, err
	}
	var open int64
	if err := tx.Get("select count(*) from suggested where organisation_id = $1 and owner_id = $2 and state = 'open'",
		me.Organisation, me.Person).Scan(&open); err != nil {
		return s, err
	}
	if open >= mostSuggestedOpen {
		return s, problem.Refuse("%d suggestions wait. Let some go, or make something of them, before you note another.", open)
	}
	if err := s.insert(tx, me); err != nil {
		return s, err
	}
	return s, s.happened(tx, me, "suggestion noted")
}

func (s *Suggested) check(today civil.Date) error {
	wrong := problem.Invalid{}
	s.Words = tidy(wrong, "suggested", s.Words, mostSuggested)
	wrong.Check(s.Words != "", "suggested", "Please write down what was suggested.")
	if s.LookOn.IsZero() {
		s.LookOn = ProposeLook(today)
	}
	wrong.Check(!s.LookOn.Before(today), "look_on", "This day has passed. Please choose a day from today on.")
	return wrong.Err()
}

func (s Suggested) insert(tx *db.Tx, me org.Actor) error {
	name := ""
	if s.By.Person == "" && s.By.Contact == "" {
		name = s.By.Name
	}
	return db.Put(tx, "suggested", `organisation_id, id, owner_id, asking_id, by_person_id, by_contact_id, by_name, words, look_on, state,
		became_kind, became_id, settled_at, revision, created_at`,
		me.Organisation, s.ID, me.Person, s.Asking, s.By.Person, s.By.Contact, name, s.Words, s.LookOn, string(s.State),
		db.ID(s.Became.Kind), s.Became.ID, s.SettledAt, s.Revision, s.CreatedAt)
}

func (s Suggested) happened(tx *db.Tx, me org.Actor, kind string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: s.Thing()})
}

// ChangeSuggested replaces the words and the day of what was suggested to the actor. The revision is
// the one on which the edit was made.
//
// Errors: problem.NotFound for what is settled too, problem.Conflict, problem.Invalid by field.
func ChangeSuggested(tx *db.Tx, me org.Actor, id db.ID, revision int64, words string, lookOn civil.Date) error {
	was, err := openSuggested(tx, me, id)
	if err != nil {
		return err
	}
	s := was
	s.Words, s.LookOn = words, lookOn
	if err := s.check(civil.In(tx.Now(), me.Zone)); err != nil {
		return err
	}
	if revision != was.Revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: was.fields(), Mine: s.fields()}
	}
	if err := org.KeepRevision(tx, me, was.Thing(), was.Revision, was.fields()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update suggested set words = $1, look_on = $2, revision = revision + 1
		where organisation_id = $3 and owner_id = $4 and id = $5`, s.Words, s.LookOn, me.Organisation, me.Person, id); err != nil {
		return err
	}
	return s.happened(tx, me, "suggestion changed")
}

func (s Suggested) fields() map[string]string {
	return map[string]string{"suggested": s.Words, "look_on": s.LookOn.String()}
}

// LetGoOfSuggested ends what was suggested to the actor without anything coming of it.
func LetGoOfSuggested(tx *db.Tx, me org.Actor, id db.ID) error {
	s, err := openSuggested(tx, me, id)
	if err != nil {
		return err
	}
	return s.settle(tx, me, SuggestedGone, event.Thing{})
}

// SuggestedBecame ends what was suggested to the actor with what they made of it.
func SuggestedBecame(tx *db.Tx, me org.Actor, id db.ID, thing event.Thing) error {
	s, err := openSuggested(tx, me, id)
	if err != nil {
		return err
	}
	return s.settle(tx, me, SuggestedTaken, thing)
}

func (s Suggested) settle(tx *db.Tx, me org.Actor, state SuggestedState, became event.Thing) error {
	if _, err := tx.Exec(`
		update suggested set state = $1, became_kind = $2, became_id = $3, settled_at = $4
		where organisation_id = $5 and owner_id = $6 and id = $7 and state = 'open'`,
		string(state), db.ID(became.Kind), became.ID, tx.Now(), me.Organisation, me.Person, s.ID); err != nil {
		return err
	}
	return s.happened(tx, me, "suggestion settled")
}

func openSuggested(tx *db.Tx, me org.Actor, id db.ID) (Suggested, error) {
	if err := mayWrite(me); err != nil {
		return Suggested{}, err
	}
	s, err := SuggestedByID(tx, me, id)
	if err == nil && !s.IsOpen() {
		return s, problem.NotFound
	}
	return s, err
}

const selectSuggested = `
	select s.id, s.asking_id, s.by_person_id, s.by_contact_id, coalesce(p.name, c.name, s.by_name), s.words, s.look_on, s.state,
		coalesce(s.became_kind, ''), s.became_id, s.settled_at, s.revision, s.created_at
	from suggested s
	left join people p on p.organisation_id = s.organisation_id and p.id = s.by_person_id
	left join contacts c on c.organisation_id = s.organisation_id and c.id = s.by_contact_id
	where s.organisation_id = $1 and s.owner_id = $2 `

func scanSuggested(row db.Row) (Suggested, error) {
	var s Suggested
	err := row.Scan(&s.ID, &s.Asking, &s.By.Person, &s.By.Contact, &s.By.Name, &s.Words, &s.LookOn, &s.State,
		&s.Became.Kind, &s.Became.ID, &s.SettledAt, &s.Revision, &s.CreatedAt)
	return s, err
}

// SuggestedByID finds what was suggested to the actor.
func SuggestedByID(tx *db.Tx, me org.Actor, id db.ID) (Suggested, error) {
	return db.One(tx, scanSuggested, selectSuggested+"and s.id = $3", me.Organisation, me.Person, id)
}

// OpenSuggested lists what was suggested to the actor and waits, the next day first.
func OpenSuggested(tx *db.Tx, me org.Actor) ([]Suggested, error) {
	return db.List(tx, scanSuggested, selectSuggested+"and s.state = 'open' order by s.look_on, s.id limit $3", me.Organisation, me.Person, mostSuggestedOpen)
}

// SuggestedIn lists what the actor noted from an answer, the first first.
func SuggestedIn(tx *db.Tx, me org.Actor, asking db.ID) ([]Suggested, error) {
	return db.List(tx, scanSuggested, selectSuggested+"and s.asking_id = $3 order by s.id limit 100", me.Organisation, me.Person, asking)
}
