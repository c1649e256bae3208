package ask

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/alternative"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Decision is the answer to an ask, as both sides read it afterwards.
type Decision struct {
	By               org.Party
	At               time.Time
	Says             Says
	Reason           string
	Feedback         string
	Alternative      string
	AlternativeWords string
	AgainOn          civil.Date
	AgainNamed       bool   // by whoever decided; else it is 90 days
	CostCentre       string // where the money is booked
	Thanks           string // by the owner, after the answer
	ThankedAt        time.Time
	BroughtAlong     bool
	Heard            Heard // the owner's own note; empty for anybody else
}

// Ways are the other ways that the answer names, from the catalogue.
func (d Decision) Ways() []alternative.Alternative {
	var ways []alternative.Alternative
	for name := range strings.Lines(d.Alternative) {
		if way, ok := alternative.Named(strings.TrimSpace(name)); ok {
			ways = append(ways, way)
		}
	}
	return ways
}

// Heard is what the owner of an ask heard, of what the decision left empty. It is theirs alone.
type Heard struct {
	Reason, Feedback, Alternative string
	Revision                      int64
}

// readAnother says that an answer was meant for an earlier version.
var readAnother = problem.Invalid{"says": "A new version of this was sent while you read it: it stands above now. Your answer is still here. Please look at both, and send it again."}

// Decide records the answer to an ask, and the promises that come with it. Conditions become
// criteria; a not now and a no come back on their day.
//
// Only the one asked may decide, or whoever they handed it on to, and only while it waits. For
// a contact, the owner writes down the answer they heard.
//
// Errors: problem.NotFound when the actor may not see the ask, problem.Refused when it was
// decided or withdrawn meanwhile, problem.Invalid by field for a promise that lacks something.
func Decide(tx *db.Tx, me org.Actor, id db.ID, answer Answer) error {
	a, err := find(tx, me, id, toDecide)
	if err != nil {
		return err
	}
	if answer.says == "" {
		return problem.Invalid{"says": "Please choose your answer: yes, yes if, not now, or no."}
	}
	if read := answer.reply.Version; read != 0 && read != a.Version {
		return readAnother
	}
	if answer.reply.Budget != "" {
		if answer.reply, err = a.fromBudget(tx, me, answer.reply); err != nil {
			return err
		}
	}
	if answer.reply.Money.String() != "" {
		return a.passOn(tx, me, answer)
	}
	if err := a.decided(tx, me, a.Whom, answer); err != nil {
		return err
	}
	if err := a.reserve(tx, me, answer.reply.Budget); err != nil {
		return err
	}
	if err := happened(tx, me, "ask decided", id, map[string]string{"answer": string(answer.says)}); err != nil {
		return err
	}
	if !a.Owner.Is(me) {
		if err := notice.Tell(tx, me.Organisation, a.Owner.Person, notice.Answered, a.Thing(), ""); err != nil {
			return err
		}
	}
	for i, promise := range answer.reply.Promises {
		if _, err := commitment.Make(tx, me, a.Thing(), promise); err != nil {
			return atPromise(i, err)
		}
	}
	return nil
}

// decided keeps the answer by one of those who were asked.
func (a Ask) decided(tx *db.Tx, me org.Actor, by org.Party, answer Answer) error {
	if err := a.takesThePlace(tx, me); err != nil {
		return err
	}
	r := answer.reply
	if _, err := tx.Exec(`
		insert into decisions (organisation_id, ask_id, by_person_id, by_contact_id, at, answer, reason, feedback,
			alternative_kind, alternative, again_on, again_named, heard_reason, heard_feedback, heard_alternative, heard_revision,
			comes_back_on, brought_along, cost_centre)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, '', '', '', 1, $11, $13, $14)`,
		me.Organisation, a.ID, by.Person, by.Contact, tx.Now(), string(answer.says), r.Reason, r.Feedback,
		r.Alternative, r.AlternativeWords, answer.again, answer.named, false, r.CostCentre); err != nil {
		return err
	}
	var rows [][]any
	for i, words := range answer.conditions {
		rows = append(rows, []any{me.Organisation, tx.NewID(), a.ID, int64(i), words, "", int64(1), "", ""})
	}
	if err := db.Insert(tx, "insert into criteria (organisation_id, id, ask_id, position, words, evidence, revision, verdict, verdict_words) values", rows); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update asks set state = 'decided', revision = revision + 1
		where organisation_id = $1 and id = $2`, me.Organisation, a.ID); err != nil {
		return err
	}
	if answer.says == Yes {
		return a.tellOn(tx, me.Organisation, answer.looksBack())
	}
	if answer.again.IsZero() {
		return nil
	}
	return comesBack(tx, me.Organisation, a.Owner.Person, a.ID, answer.again)
}

// looksBack is the first day on which one of the promises with an answer is looked back at.
func (a Answer) looksBack() civil.Date {
	var first civil.Date
	for _, p := range a.reply.Promises {
		if !p.CheckIn.IsZero() && (first.IsZero() || p.CheckIn.Before(first)) {
			first = p.CheckIn
		}
	}
	return first
}

// atPromise says which of the promises lacks something: the fields of the n-th are named
// promise_n_words and so on.
func atPromise(n int, err error) error {
	var wrong problem.Invalid
	if !errors.As(err, &wrong) {
		return err
	}
	named := problem.Invalid{}
	for field, message := range wrong {
		named[fmt.Sprintf("promise_%d_%s", n, field)] = message
	}
	return named
}

// Hear keeps what the owner of an ask heard, of what the decision left empty.
func Hear(tx *db.Tx, me org.Actor, id db.ID, heard Heard) error {
	a, err := find(tx, me, id, toHear)
	if err != nil {
		return err
	}
	d, err := DecisionOf(tx, me, id)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	heard.Reason = short(wrong, "reason", heard.Reason, 10_000)
	heard.Feedback = short(wrong, "feedback", heard.Feedback, 10_000)
	heard.Alternative = short(wrong, "alternative", heard.Alternative, 10_000)
	wrong.Check(heard.Reason == "" || d.Reason == "", "reason", "They have given their reason themselves.")
	wrong.Check(heard.Feedback == "" || d.Feedback == "", "feedback", "They have given their feedback themselves.")
	wrong.Check(heard.Alternative == "" || d.AlternativeWords == "", "alternative", "They have named an alternative themselves.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if heard.Revision != d.Heard.Revision {
		return &problem.Conflict{Revision: d.Heard.Revision, Theirs: d.Heard.fields(), Mine: heard.fields()}
	}
	if err := org.KeepRevision(tx, me, event.Thing{Kind: "heard", ID: id}, d.Heard.Revision, d.Heard.fields()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update decisions set heard_reason = $1, heard_feedback = $2, heard_alternative = $3, heard_revision = heard_revision + 1
		where organisation_id = $4 and ask_id = $5`,
		heard.Reason, heard.Feedback, heard.Alternative, me.Organisation, a.ID); err != nil {
		return err
	}
	return happened(tx, me, "ask heard", id, nil)
}

func (h Heard) fields() map[string]string {
	return map[string]string{"reason": h.Reason, "feedback": h.Feedback, "alternative": h.Alternative}
}

// DecisionOf is the answer to an ask that the actor may see. What its owner heard is told to
// its owner alone; feedback and other ways are not told to who answers for the money alone.
func DecisionOf(tx *db.Tx, me org.Actor, id db.ID) (Decision, error) {
	return db.One(tx, func(row db.Row) (Decision, error) {
		var d Decision
		err := row.Scan(&d.By.Person, &d.By.Contact, &d.By.Name, &d.At, &d.Says, &d.Reason, &d.Feedback, &d.Alternative, &d.AlternativeWords,
			&d.AgainOn, &d.AgainNamed, &d.BroughtAlong, &d.CostCentre, &d.Thanks, &d.ThankedAt, &d.Heard.Reason, &d.Heard.Feedback, &d.Heard.Alternative, &d.Heard.Revision)
		return d, err
	}, `
		select d.by_person_id, d.by_contact_id, coalesce(p.name, c.name), d.at, d.answer, d.reason,
			case when a.owner_id = $2 or s.with_person_id = $2 then d.feedback else '' end,
			case when a.owner_id = $2 or s.with_person_id = $2 then d.alternative_kind else '' end,
			case when a.owner_id = $2 or s.with_person_id = $2 then d.alternative else '' end,
			d.again_on, d.again_named, d.brought_along, d.cost_centre, d.thanks, d.thanked_at,
			case when a.owner_id = $2 then d.heard_reason else '' end, case when a.owner_id = $2 then d.heard_feedback else '' end,
			case when a.owner_id = $2 then d.heard_alternative else '' end, d.heard_revision
		from asks a
		join decisions d on d.organisation_id = a.organisation_id and d.ask_id = a.id
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id and s.ended_at is null
		left join people p on p.organisation_id = d.organisation_id and p.id = d.by_person_id
		left join contacts c on c.organisation_id = d.organisation_id and c.id = d.by_contact_id
		where `+seen+` and a.id = $4`, me.Organisation, me.Person, readsSince(tx), id)
}
