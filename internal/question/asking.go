package question

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/cardfile"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Asking is one use of a question: of whom, when, in which words, and the answer.
type Asking struct {
	ID         db.ID
	CardID     string    // of the library; "" for a question of one's own
	Wording    string    // as it was asked
	To         org.Party // who was asked; with a name and no id, somebody asked aloud
	Self       bool      // the owner asked themselves
	AskedOn    civil.Date
	Answer     string
	AnsweredAt time.Time // zero: no answer yet
	Given      bool      // the answer is of the one asked, in their own words: nobody changes it
	Origin     org.Origin
	Revision   int64
	CreatedAt  time.Time
	Sent
	Entry        db.ID // of the journal, made from an answer to oneself
	BroughtAlong bool
	ToLeft       bool // whoever was asked here has left
}

// Sent is how an asking went to the one asked, and what came back before the answer. It is zero for
// one that was noted.
type Sent struct {
	Way       Way
	Note      string // what the owner wrote with it
	Round     db.ID  // the same for those who were asked at once; empty: one alone
	SentAt    time.Time
	ExpiresAt time.Time
	Back      string    // what the one asked wants to know first
	BackAt    time.Time // zero: not turned back
	Reply     string    // what the owner replied to that
	RepliedAt time.Time
	Signed    string // by a link: the name, as the owner wrote it, then as they wrote it themselves
}

// Way is how a question reaches the one asked.
type Way string

// The ways.
const (
	Noted  Way = ""     // it was asked aloud, or of oneself, and written down
	Here   Way = "here" // a colleague has a page with it
	ByLink Way = "link" // somebody outside has a link to it
)

// Thing is the asking as something that can happen to and that things come from: a goal, an ask
// or a commitment can have it as its origin.
func (a Asking) Thing() event.Thing { return event.Thing{Kind: "asking", ID: a.ID} }

// Answered tells whether an answer was written down.
func (a Asking) Answered() bool { return !a.AnsweredAt.IsZero() }

// The forms of Input.To besides those that org.PartyFrom reads.
const (
	ToMyself = "self"
	ToAloud  = "aloud"
)

// Input is an asking as it is written down.
type Input struct {
	CardID  string
	Wording string
	To      string     // ToMyself, ToAloud, or a party as org.Party.String writes it
	ToName  string     // with ToAloud: who that was
	AskedOn civil.Date // zero: today
	Answer  string     // "" where there is none yet
}

const (
	mostWording = 1000
	mostName    = 200
	mostAnswer  = 20_000
)

// Record writes down that the actor asked somebody, or themselves, a question. It is seen by the
// actor alone, and nobody is told.
//
// Errors: problem.NotFound for a party the actor does not know, problem.Invalid by field.
func Record(tx *db.Tx, me org.Actor, from org.Origin, in Input) (Asking, error) {
	if err := mayWrite(me); err != nil {
		return Asking{}, err
	}
	a := Asking{ID: tx.NewID(), CardID: in.CardID, AskedOn: in.AskedOn, Origin: from, Revision: 1, CreatedAt: tx.Now()}
	today := civil.In(tx.Now(), me.Zone)
	if a.AskedOn.IsZero() {
		a.AskedOn = today
	}
	wrong := problem.Invalid{}
	a.Wording = tidy(wrong, "wording", in.Wording, mostWording)
	a.Answer = tidy(wrong, "answer", in.Answer, mostAnswer)
	if a.Answer != "" {
		a.AnsweredAt = tx.Now()
	}
	wrong.Check(a.Wording != "", "wording", "Please write down what you asked.")
	wrong.Check(a.CardID == "" || cardfile.IsID(a.CardID), "card", "There is no such card.")
	wrong.Check(!a.AskedOn.After(today), "asked_on", "This day is still to come. Write it down on the day you ask.")
	wrong.Check(in.To == ToAloud || strings.TrimSpace(in.ToName) == "", "to_name", "Leave this empty, or choose that you asked somebody else.")
	if err := a.resolve(tx, me, wrong, in); err != nil {
		return a, err
	}
	if err := wrong.Err(); err != nil {
		return a, err
	}
	if a.Self && a.Answered() {
		if err := a.toJournal(tx, me, ""); err != nil {
			return a, err
		}
	}
	if err := a.insert(tx, me); err != nil {
		return a, err
	}
	return a, happened(tx, me, "question asked", a)
}

// resolve finds who was asked.
func (a *Asking) resolve(tx *db.Tx, me org.Actor, wrong problem.Invalid, in Input) (err error) {
	switch in.To {
	case "":
		wrong.Add("to", "Please say whom you asked.")
	case ToMyself:
		a.To, a.Self = me.Self(), true
	case ToAloud:
		a.To.Name = strings.Join(strings.Fields(tidy(wrong, "to_name", in.ToName, mostName)), " ")
		wrong.Check(a.To.Name != "", "to_name", "Please write down whom you asked.")
	default:
		a.To, err = org.PartyFrom(tx, me, in.To)
		a.Self = a.To.Is(me)
	}
	return err
}

// tidy is the text in the form in which it is kept; a message is added when it is too long.
func tidy(wrong problem.Invalid, field, text string, most int) string {
	text = strings.NewReplacer("\x00", "", "\r\n", "\n", "\r", "\n").Replace(strings.ToValidUTF8(text, "\ufffd"))
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n > most {
		wrong.Add(field, "This is "+strconv.Itoa(n)+" characters long. Please keep it under "+strconv.Itoa(most)+".")
	}
	return text
}

func (a Asking) insert(tx *db.Tx, me org.Actor) error {
	toName := a.Signed
	if a.To.Person == "" && a.To.Contact == "" && toName == "" {
		toName = a.To.Name
	}
	return db.Put(tx, "askings", `organisation_id, id, owner_id, card_id, wording, to_person_id, to_contact_id, to_name,
		asked_on, answer, answered_at, given, origin_kind, origin_id, revision, created_at,
		way, note, round_id, sent_at, expires_at, back, back_at, reply, replied_at, entry_id, brought_along`,
		me.Organisation, a.ID, me.Person, a.CardID, a.Wording, a.To.Person, a.To.Contact, toName,
		a.AskedOn, a.Answer, a.AnsweredAt, a.Given, db.ID(a.Origin.Kind), a.Origin.ID, a.Revision, a.CreatedAt,
		string(a.Way), a.Note, a.Round, a.SentAt, a.ExpiresAt, a.Back, a.BackAt, a.Reply, a.RepliedAt, a.Entry, a.BroughtAlong)
}

// Answer writes down what was answered, or mends it; an empty text says that there is no answer
// after all. The revision is the one on which the edit was made. What the one asked wrote themselves
// stays as it is; where the question still waits for them, it waits no longer.
//
// Errors: problem.NotFound, problem.Conflict when the answer was changed meanwhile,
// problem.Invalid by field, problem.Refused where the words are another's.
func Answer(tx *db.Tx, me org.Actor, id db.ID, revision int64, text string) (Asking, error) {
	if err := mayWrite(me); err != nil {
		return Asking{}, err
	}
	a, err := ByID(tx, me, id)
	if err != nil {
		return a, err
	}
	wrong := problem.Invalid{}
	text = tidy(wrong, "answer", text, mostAnswer)
	if err := wrong.Err(); err != nil {
		return a, err
	}
	if text == a.Answer {
		return a, nil
	}
	if revision != a.Revision {
		return a, &problem.Conflict{Revision: a.Revision, Theirs: map[string]string{"answer": a.Answer}, Mine: map[string]string{"answer": text}}
	}
	if a.Given {
		return a, problem.Refuse("These are the words of %s. What you think of them, your journal keeps.", a.To.Name)
	}
	if a.Way == ByLink {
		if err := link.TakeBackOf(tx, me, a.Thing()); err != nil {
			return a, err
		}
	}
	if a.Answer != "" {
		if err := org.KeepRevision(tx, me, a.Thing(), a.Revision, map[string]string{"answer": a.Answer}); err != nil {
			return a, err
		}
	}
	was := a.Answer
	a.Answer, a.Revision = text, a.Revision+1
	if a.Self {
		if err := a.toJournal(tx, me, was); err != nil {
			return a, err
		}
	}
	switch {
	case text == "":
		a.AnsweredAt = time.Time{}
	case !a.Answered():
		a.AnsweredAt = tx.Now()
	}
	if _, err := tx.Exec(`
		update askings set answer = $3, answered_at = $4, revision = $5, entry_id = $6
		where organisation_id = $1 and id = $2`, me.Organisation, a.ID, a.Answer, a.AnsweredAt, a.Revision, a.Entry); err != nil {
		return a, err
	}
	return a, happened(tx, me, "question answered", a)
}

// Remove takes an asking away, with the earlier texts of its answer. What came from it stays. From
// the same moment the one asked finds it no more, and no link opens it.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	a, err := ByID(tx, me, id)
	if err != nil {
		return err
	}
	if err := link.TakeBackOf(tx, me, a.Thing()); err != nil {
		return err
	}
	if err := org.ForgetRevisions(tx, me, a.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from askings where organisation_id = $1 and id = $2", me.Organisation, id); err != nil {
		return err
	}
	return happened(tx, me, "asking removed", a)
}

func happened(tx *db.Tx, me org.Actor, kind string, a Asking) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: a.Thing()})
}

const selectAsking = `
	select a.id, a.card_id, a.wording, a.to_person_id, a.to_contact_id, coalesce(p.name, c.name, a.to_name),
		coalesce(a.to_person_id, '') = a.owner_id, a.asked_on, a.answer, a.answered_at, a.given,
		coalesce(a.origin_kind, ''), a.origin_id, a.revision, a.created_at,
		a.way, a.note, a.round_id, a.sent_at, a.expires_at, a.back, a.back_at, a.reply, a.replied_at,
		case when a.way = 'link' then a.to_name else '' end, a.entry_id, a.brought_along, p.left_at is not null
	from askings a
	left join people p on p.organisation_id = a.organisation_id and p.id = a.to_person_id
	left join contacts c on c.organisation_id = a.organisation_id and c.id = a.to_contact_id
`

func scanAsking(row db.Row) (Asking, error) {
	var a Asking
	err := row.Scan(&a.ID, &a.CardID, &a.Wording, &a.To.Person, &a.To.Contact, &a.To.Name, &a.Self,
		&a.AskedOn, &a.Answer, &a.AnsweredAt, &a.Given, &a.Origin.Kind, &a.Origin.ID, &a.Revision, &a.CreatedAt,
		&a.Way, &a.Note, &a.Round, &a.SentAt, &a.ExpiresAt, &a.Back, &a.BackAt, &a.Reply, &a.RepliedAt, &a.Signed, &a.Entry, &a.BroughtAlong, &a.ToLeft)
	return a, err
}

// ByID finds an asking of the actor's.
func ByID(tx *db.Tx, me org.Actor, id db.ID) (Asking, error) {
	return db.One(tx, scanAsking, selectAsking+"where "+own+" and a.id = $3", me.Organisation, me.Person, id)
}

// Place is where a page of askings ends; the zero Place is before the first.
type Place struct {
	answered int64
	askedOn  string
	id       db.ID
}

// PlaceOf is the place of an asking in Mine.
func PlaceOf(a Asking) Place {
	p := Place{askedOn: a.AskedOn.String(), id: a.ID}
	if a.Answered() {
		p.answered = 1
	}
	return p
}

// PlaceAfter finds the place of the actor's asking with that id, or the beginning without one.
func PlaceAfter(tx *db.Tx, me org.Actor, id db.ID) (Place, error) {
	if id == "" {
		return Place{}, nil
	}
	a, err := ByID(tx, me, id)
	return PlaceOf(a), err
}

// Mine lists the actor's askings after a place: those that wait for an answer first, the newest
// first among them; and tells whether there are more.
func Mine(tx *db.Tx, me org.Actor, after Place, most int) (list []Asking, more bool, err error) {
	const answered = "case when a.answered_at is null then 0 else 1 end"
	list, err = db.List(tx, scanAsking, selectAsking+`
		where `+own+` and (cast($3 as text) = '' or `+answered+` > $4
			or (`+answered+` = $4 and (a.asked_on, a.id) < ($5, $3)))
		order by `+answered+`, a.asked_on desc, a.id desc limit $6`,
		me.Organisation, me.Person, string(after.id), after.answered, after.askedOn, most+1)
	if len(list) > most {
		return list[:most], true, err
	}
	return list, false, err
}

// OfCard lists when the actor asked the question of a card, newest first.
func OfCard(tx *db.Tx, me org.Actor, card string, most int) ([]Asking, error) {
	return db.List(tx, scanAsking, selectAsking+`
		where `+own+` and a.card_id = $3
		order by a.asked_on desc, a.id desc limit $4`, me.Organisation, me.Person, card, most)
}

// mostFrom is how many askings that came from the same things are listed.
const mostFrom = 200

// From lists the actor's askings that came from things of one kind, the first first.
func From(tx *db.Tx, me org.Actor, kind string, ids []db.ID) ([]Asking, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := []any{me.Organisation, me.Person, kind, mostFrom}
	for _, id := range ids {
		args = append(args, id)
	}
	return db.List(tx, scanAsking, selectAsking+`
		where `+own+` and a.origin_kind = $3 and a.origin_id in (`+db.Places(5, len(ids))+`)
		order by a.id limit $4`, args...)
}

// Unanswered lists what the actor asked somebody and has no answer to yet, oldest first: what
// could be talked about when they meet.
func Unanswered(tx *db.Tx, me org.Actor, who org.Party, most int) ([]Asking, error) {
	return db.List(tx, scanAsking, selectAsking+`
		where `+own+` and a.answered_at is null
			and (a.to_person_id = cast($3 as text) or a.to_contact_id = cast($4 as text))
		order by a.asked_on, a.id limit $5`, me.Organisation, me.Person, who.Person, who.Contact, most)
}
