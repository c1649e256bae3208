package mentorship

import (
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Kind is what a text is for, and so who reads it.
type Kind string

// The kinds of texts. All but the private one are read by both.
const (
	Shared   Kind = "shared"
	Private  Kind = "private"
	LookBack Kind = "look back" // what came of it
	Thanks   Kind = "thanks"
)

// Kinds are all of them, in their order.
var Kinds = []Kind{Shared, Private, LookBack, Thanks}

// Field is what the field of a form is called that holds such a text.
func (k Kind) Field() string { return strings.ReplaceAll(string(k), " ", "-") }

// Text is what one of the two wrote.
type Text struct {
	By        org.Party
	Kind      Kind
	Words     string
	Revision  int64
	ChangedAt time.Time
}

// Texts are what both wrote, but for what the other keeps for themselves.
func Texts(tx *db.Tx, me org.Actor, id db.ID) ([]Text, error) {
	return db.List(tx, func(row db.Row) (Text, error) {
		var t Text
		err := row.Scan(&t.By.Person, &t.By.Name, &t.Kind, &t.Words, &t.Revision, &t.ChangedAt)
		return t, err
	}, `
		select t.by_id, p.name, t.kind, t.words, t.revision, t.changed_at
		from mentorship_texts t
		join mentorships m on m.organisation_id = t.organisation_id and m.id = t.mentorship_id
		join people p on p.organisation_id = t.organisation_id and p.id = t.by_id
		where `+seen+` and m.id = $3 and (t.kind <> 'private' or t.by_id = $2) and t.words <> ''
		order by t.kind, t.by_id`, me.Organisation, me.Person, id)
}

// Write writes a text of the actor's. Looking back and thanking are possible while it runs, and after.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field.
func Write(tx *db.Tx, me org.Actor, id db.ID, kind Kind, revision int64, words string) error {
	m, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	field := kind.Field()
	wrong := problem.Invalid{}
	words = tidy(wrong, field, words)
	if err := wrong.Err(); err != nil {
		return err
	}
	was, err := mineOf(tx, me, id, kind)
	if err != nil || was.Words == words {
		return err
	}
	if was.Revision != revision {
		return &problem.Conflict{Revision: was.Revision, Theirs: map[string]string{field: was.Words}, Mine: map[string]string{field: words}}
	}
	if was.Revision > 0 {
		if err := org.KeepRevision(tx, me, m.written(m.side(me), kind), was.Revision, map[string]string{field: was.Words}); err != nil {
			return err
		}
	}
	_, err = tx.Exec(`
		insert into mentorship_texts (organisation_id, mentorship_id, by_id, kind, words, revision, changed_at) values ($1, $2, $3, $4, $5, 1, $6)
		on conflict (organisation_id, mentorship_id, by_id, kind) do update set words = $5, revision = mentorship_texts.revision + 1, changed_at = $6`,
		me.Organisation, id, me.Person, string(kind), words, tx.Now())
	return err
}

// written is a text of one side as something of which earlier versions are kept.
func (m Mentorship) written(side string, kind Kind) event.Thing {
	return event.Thing{Kind: "mentorship " + string(kind) + " of the " + side, ID: m.ID}
}

// side is which of the two the actor is.
func (m Mentorship) side(me org.Actor) string {
	if m.Mentor.Is(me) {
		return "mentor"
	}
	return "mentee"
}

// kindsKept are the kinds of things under which earlier texts are kept.
func kindsKept() []string {
	var all []string
	for _, side := range []string{"mentor", "mentee"} {
		for _, kind := range Kinds {
			all = append(all, Mentorship{}.written(side, kind).Kind)
		}
	}
	return all
}

const mostEarlier = 50

// EarlierTexts lists what the actor's own texts said before, the last replaced first. Nobody else reads them.
func EarlierTexts(tx *db.Tx, me org.Actor, m Mentorship) ([]org.Earlier, error) {
	var things []event.Thing
	for _, kind := range Kinds {
		things = append(things, m.written(m.side(me), kind))
	}
	return org.EarlierOf(tx, me, mostEarlier, things...)
}

func indexOf(kind Kind) int {
	for n, each := range Kinds {
		if each == kind {
			return n
		}
	}
	return 0
}

func mineOf(tx *db.Tx, me org.Actor, id db.ID, kind Kind) (Text, error) {
	if Kinds[indexOf(kind)] != kind {
		return Text{}, problem.NotFound
	}
	all, err := Texts(tx, me, id)
	for _, t := range all {
		if t.Kind == kind && t.By.Is(me) {
			return t, err
		}
	}
	var t Text
	if err != nil {
		return t, err
	}
	// An emptied text keeps its revision.
	found, err := db.List(tx, db.Scanned[int64], "select revision from mentorship_texts where organisation_id = $1 and mentorship_id = $2 and by_id = $3 and kind = $4", me.Organisation, id, me.Person, string(kind))
	if len(found) > 0 {
		t.Revision = found[0]
	}
	return t, err
}

const mostListed = 50

const selectMentorship = `
	select m.id, m.mentor_id, t.name, m.mentee_id, e.name, m.aim, m.rhythm, m.confidentiality, m.ends_on,
		coalesce(g.aim, m.aim), coalesce(g.rhythm, m.rhythm), coalesce(g.confidentiality, m.confidentiality), case when g.revision is null then m.ends_on else g.ends_on end,
		m.state, m.because, m.revision, m.mentor_agreed, m.mentee_agreed, coalesce(g.revision, 0), m.mentor_goes_on, m.mentee_goes_on, m.began_at, m.ended_at
	from mentorships m
	left join mentorship_agreements g on g.organisation_id = m.organisation_id and g.mentorship_id = m.id and g.revision = m.agreed
	join people t on t.organisation_id = m.organisation_id and t.id = m.mentor_id
	join people e on e.organisation_id = m.organisation_id and e.id = m.mentee_id
`

func scanMentorship(row db.Row) (Mentorship, error) {
	var m Mentorship
	err := row.Scan(&m.ID, &m.Mentor.Person, &m.Mentor.Name, &m.Mentee.Person, &m.Mentee.Name,
		&m.Proposed.Aim, &m.Proposed.Rhythm, &m.Proposed.Confidentiality, &m.Proposed.EndsOn, &m.Aim, &m.Rhythm, &m.Confidentiality, &m.EndsOn,
		&m.State, &m.Because, &m.Revision, &m.mentorAgreed, &m.menteeAgreed, &m.agreed, &m.mentorGoesOn, &m.menteeGoesOn, &m.BeganAt, &m.EndedAt)
	return m, err
}

// ByID finds a mentorship of the actor's.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Mentorship, error) {
	return db.One(tx, scanMentorship, selectMentorship+"where "+seen+" and m.id = $3", me.Organisation, me.Person, id)
}

// Mine lists the actor's mentorships, the latest first.
func Mine(tx *db.Tx, me org.Actor) ([]Mentorship, error) {
	return db.List(tx, scanMentorship, selectMentorship+"where "+seen+" order by m.id desc limit "+strconv.Itoa(mostListed), me.Organisation, me.Person)
}

// Session is a conversation of the two.
type Session struct {
	ID    db.ID
	At    time.Time
	State string
}

// Sessions lists the sessions of a mentorship of the actor's, the latest first.
func Sessions(tx *db.Tx, me org.Actor, id db.ID) ([]Session, error) {
	return sessions(tx, me, id, mostListed)
}

func sessions(tx *db.Tx, me org.Actor, id db.ID, most int) ([]Session, error) {
	return db.List(tx, func(row db.Row) (Session, error) {
		var s Session
		err := row.Scan(&s.ID, &s.At, &s.State)
		return s, err
	}, `
		select c.id, c.at, c.state
		from mentorship_sessions s
		join mentorships m on m.organisation_id = s.organisation_id and m.id = s.mentorship_id
		join conversations c on c.organisation_id = s.organisation_id and c.id = s.conversation_id
		where `+seen+` and m.id = $3
		order by c.at desc, c.id desc limit $4`, me.Organisation, me.Person, id, most)
}
