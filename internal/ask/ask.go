// Package ask holds requests: what somebody asks of whom, with the evidence, exactly as it was
// sent; the answer; and the way on after a no.
package ask

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// State is where an ask stands.
type State string

// The states.
const (
	Draft   State = "draft" // its owner's alone
	Sent    State = "sent"  // waits for the one asked
	Decided State = "decided"
)

// Kind is what an ask is for.
type Kind string

// The kinds.
const (
	Money      Kind = "money"
	Time       Kind = "time"
	Assignment Kind = "assignment"
	Someone    Kind = "someone's time"
	Programme  Kind = "programme"
	Role       Kind = "change of role or level"
	Sponsor    Kind = "sponsorship"
	Founding   Kind = "programme that does not exist yet"
	Else       Kind = "something else"
)

// Kinds lists the kinds in the order in which forms offer them.
var Kinds = []Kind{Money, Time, Assignment, Someone, Programme, Founding, Role, Sponsor, Else}

// Text is what an ask says. A draft may lack anything but What.
type Text struct {
	Kind       Kind
	What       string
	Why        string
	Cost       Cost
	CostCentre string // where the money could come from, where who asks knows it
	Return     string // what it brings, what is in it for the team, and who covers meanwhile
	DecideBy   civil.Date
}

// Ask is a request by its owner, answered by the person it was sent to.
type Ask struct {
	ID    db.ID
	Owner org.Party
	Text
	Whom      org.Party // a draft: who is to be asked; else who is asked now, or decided
	State     State
	SentAt    time.Time
	Sending   db.ID // what stands sent; empty for a draft
	Version   int64
	Answer    Says // of a decided one
	DecidedAt time.Time

	AskedBack  bool      // it waits for its owner, with a question
	Money      org.Party // who answers for the money, where somebody does
	MoneyWaits bool      // the one asked said yes, and it waits for theirs

	// The owner alone is told these.
	Origin       org.Origin
	Previous     db.ID     // the ask that came back as this one
	PreviousAt   time.Time // when that one was answered: wins since then are new evidence
	SentBefore   bool      // a draft that was out before
	ComesBackOn  civil.Date
	LetGo        bool
	CameBackAs   db.ID
	WhomLeft     bool
	BroughtAlong bool // the decision
	OwnerHasLeft bool
	Revision     int64
	CreatedAt    time.Time
}

// Thing is the ask as something that can happen to and that things come from.
func (a Ask) Thing() event.Thing { return thing(a.ID) }

func thing(id db.ID) event.Thing { return event.Thing{Kind: "ask", ID: id} }

// Input is a draft as it is written down. A party is given by its id; its name is not read.
type Input struct {
	Text
	Whom org.Party // may be empty in a draft
	Wins []db.ID   // evidence, in this order
}

// mostDrafts is how many drafts somebody has at a time.
const mostDrafts = 200

// New begins a draft. It is the actor's alone until they send it.
func New(tx *db.Tx, me org.Actor, from org.Origin, in Input) (Ask, error) {
	if me.Left || me.Person == "" {
		return Ask{}, problem.NotFound
	}
	if err := in.tidy(tx, me); err != nil {
		return Ask{}, err
	}
	var drafts int64
	if err := tx.Get("select count(*) from asks where organisation_id = $1 and owner_id = $2 and state = 'draft'", me.Organisation, me.Person).Scan(&drafts); err != nil {
		return Ask{}, err
	}
	if drafts >= mostDrafts {
		return Ask{}, manyDrafts
	}
	id, err := insert(tx, me.Organisation, me.Person, from, "", in)
	if err != nil {
		return Ask{}, err
	}
	if err := happened(tx, me, "ask begun", id, nil); err != nil {
		return Ask{}, err
	}
	return ByID(tx, me, id)
}

func insert(tx *db.Tx, organisation, owner db.ID, from org.Origin, previous db.ID, in Input) (db.ID, error) {
	id := tx.NewID()
	if _, err := tx.Exec(`
		insert into asks (organisation_id, id, owner_id, kind, what, why, whom_person_id, whom_contact_id,
			cost_minor, currency, cost_hours, gives, decide_by, state, previous_id, origin_kind, origin_id, revision, created_at, cost_centre)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'draft', $14, $15, $16, 1, $17, $18)`,
		organisation, id, owner, string(in.Kind), in.What, in.Why, in.Whom.Person, in.Whom.Contact,
		in.Cost.Minor, in.Cost.Currency, in.Cost.Hours, in.Return, in.DecideBy, previous, from.Kind, from.ID, tx.Now(), in.CostCentre); err != nil {
		return "", err
	}
	return id, attach(tx, organisation, id, in.Wins)
}

// attach makes these wins, and no others, the evidence of a draft.
func attach(tx *db.Tx, organisation, id db.ID, wins []db.ID) error {
	if _, err := tx.Exec("delete from ask_evidence where organisation_id = $1 and ask_id = $2", organisation, id); err != nil {
		return err
	}
	var rows [][]any
	had := map[db.ID]bool{}
	for i, win := range wins {
		if !had[win] {
			had[win] = true
			rows = append(rows, []any{organisation, id, win, int64(i)})
		}
	}
	return db.Insert(tx, "insert into ask_evidence (organisation_id, ask_id, win_id, position) values", rows)
}

// Change replaces what a draft of the actor's says. What was sent is not changed: withdraw it
// first, and send it again.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Refused when it is no draft,
// problem.Invalid by field.
func Change(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Input) error {
	a, err := find(tx, me, id, toChange)
	if err != nil {
		return err
	}
	return a.change(tx, me, revision, keepAll, in)
}

// keepAll keeps every earlier text.
const keepAll = 1 << 62

func (a Ask) change(tx *db.Tx, me org.Actor, revision, opened int64, in Input) error {
	if err := in.tidy(tx, me); err != nil {
		return err
	}
	if a.Revision != revision {
		return a.conflict(in)
	}
	if a.Revision <= opened {
		if err := org.KeepRevision(tx, me, a.Thing(), a.Revision, a.fields(a.Whom)); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`
		update asks set kind = $1, what = $2, why = $3, whom_person_id = $4, whom_contact_id = $5, cost_minor = $6, currency = $7,
			cost_hours = $8, gives = $9, decide_by = $10, cost_centre = $15, revision = revision + 1
		where organisation_id = $11 and id = $12 and owner_id = $13 and revision = $14`,
		string(in.Kind), in.What, in.Why, in.Whom.Person, in.Whom.Contact, in.Cost.Minor, in.Cost.Currency,
		in.Cost.Hours, in.Return, in.DecideBy, me.Organisation, a.ID, me.Person, revision, in.CostCentre); err != nil {
		return err
	}
	if err := attach(tx, me.Organisation, a.ID, in.Wins); err != nil {
		return err
	}
	if a.Revision > opened {
		return nil // it was said when this form wrote first
	}
	return happened(tx, me, "ask changed", a.ID, nil)
}

// Working is an ask of the actor's own as they are writing it: a draft, or, where it is out, what
// would go out as its next version.
func Working(tx *db.Tx, me org.Actor, id db.ID) (Ask, error) {
	a, err := ByID(tx, me, id)
	if err != nil || a.State == Draft {
		return a, err
	}
	if !a.owns(me) {
		return Ask{}, problem.NotFound
	}
	err = tx.Get(`
		select a.kind, a.what, a.why, a.cost_minor, a.currency, a.cost_hours, a.gives, a.decide_by, a.cost_centre
		from asks a where a.organisation_id = $1 and a.owner_id = $2 and a.id = $3`, me.Organisation, me.Person, id).Scan(
		&a.Kind, &a.What, &a.Why, &a.Cost.Minor, &a.Cost.Currency, &a.Cost.Hours, &a.Return, &a.DecideBy, &a.CostCentre)
	return a, err
}

// GoOn is Change for a form that saves as one types: opened is the revision that stood when the
// form was opened, and what this form itself wrote since is replaced without being kept. What is
// out stays as it was sent: the change goes out with the next version. Whom it is with is changed
// by SendElsewhere.
func GoOn(tx *db.Tx, me org.Actor, id db.ID, revision, opened int64, in Input) error {
	a, err := Working(tx, me, id)
	if err != nil {
		return err
	}
	if a.State == Sent {
		err = a.can(toWithdraw, me)
		in.Whom = a.Whom
	} else {
		err = a.can(toChange, me)
	}
	if err != nil {
		return err
	}
	return a.change(tx, me, revision, opened, in)
}

// conflict holds both texts, where they differ.
func (a Ask) conflict(in Input) error {
	theirs, mine := a.fields(a.Whom), in.fields(in.Whom)
	for field, text := range theirs {
		if mine[field] == text || field == "whom" {
			delete(theirs, field)
			delete(mine, field)
		}
	}
	return &problem.Conflict{Revision: a.Revision, Theirs: theirs, Mine: mine}
}

// Remove deletes a draft of the actor's for good, with what was sent of it before. The ask that
// came back as this draft is let go.
func Remove(tx *db.Tx, me org.Actor, id db.ID) error {
	a, err := find(tx, me, id, toChange)
	if err != nil {
		return err
	}
	of := " in (select id from ask_sendings where organisation_id = $1 and ask_id = $2)"
	for _, text := range []string{
		"delete from evidence_files where organisation_id = $1 and evidence_id in" +
			" (select id from sent_evidence where organisation_id = $1 and sending_id" + of + ")",
		"delete from sent_evidence where organisation_id = $1 and sending_id" + of,
		"delete from sent_sections where organisation_id = $1 and sending_id" + of,
		"delete from ask_hands where organisation_id = $1 and sending_id" + of,
		"delete from ask_inquiries where organisation_id = $1 and ask_id = $2",
		"delete from ask_approvals where organisation_id = $1 and ask_id = $2",
		"delete from ask_sendings where organisation_id = $1 and ask_id = $2",
		"delete from ask_evidence where organisation_id = $1 and ask_id = $2",
		"delete from asks where organisation_id = $1 and id = $2",
	} {
		if _, err := tx.Exec(text, me.Organisation, id); err != nil {
			return err
		}
	}
	if err := org.ForgetRevisions(tx, me, a.Thing()); err != nil {
		return err
	}
	if a.Previous != "" {
		if err := letGo(tx, me, a.Previous); err != nil {
			return err
		}
	}
	return happened(tx, me, "ask removed", id, nil)
}

// tidy brings the input into the form in which it is kept, and finds the one to be asked.
func (in *Input) tidy(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	in.What = short(wrong, "what", in.What, 500)
	in.Why = short(wrong, "why", in.Why, 10_000)
	in.Return = short(wrong, "return", in.Return, 10_000)
	in.CostCentre = strings.Join(strings.Fields(short(wrong, "cost_centre", in.CostCentre, 100)), " ")
	wrong.Check(in.What != "", "what", "Please say in a line what you ask for.")
	wrong.Check(in.Kind == "" || known(in.Kind), "kind", "Please choose one of these.")
	wrong.Check(len(in.Wins) <= 50, "wins", "Please choose at most 50 wins: the few that say most.")
	in.Cost.check(wrong)
	if whom := in.Whom.String(); whom != "" {
		found, err := org.PartyFrom(tx, me, whom)
		if err != nil {
			return err
		}
		wrong.Check(!found.Is(me), "whom", "This is you. Choose the person who can say yes.")
		in.Whom = found
	}
	return wrong.Err()
}

func known(kind Kind) bool {
	for _, each := range Kinds {
		if each == kind {
			return true
		}
	}
	return false
}

// short takes the space around a text off, and notes it when it is too long.
func short(wrong problem.Invalid, field, text string, most int) string {
	text = strings.TrimSpace(text)
	wrong.Check(utf8.RuneCountInString(text) <= most, field, "Please keep this shorter.")
	return text
}

// fields are the texts by the names that forms use.
func (t Text) fields(whom org.Party) map[string]string {
	amount, hours := t.Cost.Amount(), t.Cost.hours()
	return map[string]string{
		"kind": string(t.Kind), "what": t.What, "why": t.Why, "whom": whom.String(), "amount": amount, "currency": t.Cost.Currency,
		"hours": hours, "cost_centre": t.CostCentre, "return": t.Return, "decide_by": t.DecideBy.String(),
	}
}

// Fields are the texts of an ask by the names that forms use.
func (a Ask) Fields() map[string]string { return a.fields(a.Whom) }

func happened(tx *db.Tx, me org.Actor, kind string, id db.ID, facts map[string]string) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: thing(id), Facts: facts})
}

func today(tx *db.Tx, me org.Actor) civil.Date { return civil.In(tx.Now(), me.Zone) }
