package ask

import (
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// Sending is one time that an ask went out: to whom, and how it ended.
type Sending struct {
	ID        db.ID
	Version   int64
	SentAt    time.Time
	With      org.Party // who has it now, or had it last
	EndedAt   time.Time // zero: stands
	EndedHow  string    // "withdrawn", "sent elsewhere", "returned" when the one asked left
	Replaced  bool      // by the next version, with the same person: they may compare the two
	Text      Text      // as it was sent
	Sections  []Section // what went along
	Hands     []Hand
	Inquiries []Inquiry  // questions back
	Approvals []Approval // yeses that needed one for the money, the latest first
	Evidence  []Evidence
}

// Hand is one time that the one asked handed an ask on.
type Hand struct {
	From, To, Note string
	At             time.Time
	OfMoney        bool // by who answers for the money
}

// Evidence is a win as it was when it was sent.
type Evidence struct {
	ID          db.ID
	Win         db.ID
	Day         civil.Date
	Words       string
	Effect      string
	Figure      string
	TakenBackAt time.Time // its owner has taken it back; the one asked sees it no longer
	Files       []File    // links and files that went along with it
}

// Send sends a draft, word for word as it stands in this revision, with its wins as they are
// now. With a contact nothing goes out: the owner asks them, and writes down the answer.
//
// Errors: problem.Conflict when the draft was changed meanwhile, problem.Invalid by field where
// something is missing, problem.Refused when it is no draft.
func Send(tx *db.Tx, me org.Actor, id db.ID, revision int64) error {
	return SendWith(tx, me, id, revision, Enclosed{})
}

// SendWith is Send with what was prepared beside the first lines. What is out already goes out
// anew, to whoever has it now: they see the new version, and can compare it with the one before.
func SendWith(tx *db.Tx, me org.Actor, id db.ID, revision int64, with Enclosed) error {
	a, err := Working(tx, me, id)
	if err != nil {
		return err
	}
	if err := a.can(toSend, me); err != nil {
		return err
	}
	if a.Revision != revision {
		return a.conflict(Input{Text: a.Text, Whom: a.Whom})
	}
	if err := a.ready(tx, me); err != nil {
		return err
	}
	evidence, err := with.evidence(tx, me, id)
	if err != nil {
		return err
	}
	if a.State == Sent {
		if err := a.endSending(tx, me.Organisation, "withdrawn"); err != nil {
			return err
		}
		if _, err := tx.Exec("update ask_sendings set replaced = true where organisation_id = $1 and id = $2", me.Organisation, a.Sending); err != nil {
			return err
		}
	}
	return a.send(tx, me, a.Whom, evidence, with.Sections)
}

// asTheyAre copies the wins of the actor's as they are now. What was removed meanwhile, or is not
// theirs, is left out.
func asTheyAre(tx *db.Tx, me org.Actor, wins []db.ID) ([]Evidence, error) {
	found, err := plan.MyWins(tx, me, wins)
	var all []Evidence
	for _, w := range found {
		all = append(all, Evidence{Win: w.ID, Day: w.Day, Words: w.What, Effect: w.Effect, Figure: w.Figure})
	}
	return all, err
}

// ready tells what a draft still lacks before it can be sent.
func (a Ask) ready(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	wrong.Check(a.Kind != "", "kind", "Please say what kind of thing you ask for.")
	wrong.Check(a.Whom.String() != "", "whom", "Please choose whom you ask.")
	wrong.Check(!a.WhomLeft, "whom", a.Whom.Name+" has left. Please choose somebody else.")
	wrong.Check(a.DecideBy.IsZero() || !a.DecideBy.Before(today(tx, me)), "decide_by", "This day has passed. Please choose a day from today on.")
	return wrong.Err()
}

// mostWaiting is how many asks of one person wait for an answer at the same time: more would bury
// those of everybody else.
const mostWaiting = 50

func (a Ask) send(tx *db.Tx, me org.Actor, to org.Party, evidence []Evidence, sections []Section) error {
	var waiting int64
	if err := tx.Get("select count(*) from asks where organisation_id = $1 and owner_id = $2 and state = 'sent' and id <> $3",
		me.Organisation, me.Person, a.ID).Scan(&waiting); err != nil {
		return err
	}
	if waiting >= mostWaiting {
		return problem.Refuse("%d of your asks wait for an answer. Withdraw some first, or wait for an answer.", waiting)
	}
	sending := tx.NewID()
	if _, err := tx.Exec(`
		insert into ask_sendings (organisation_id, id, ask_id, version, kind, what, why, cost_minor, currency, cost_hours,
			gives, decide_by, sent_at, with_person_id, with_contact_id, ended_how, cost_centre)
		values ($1, $2, $3, (select count(*) + 1 from ask_sendings where organisation_id = $1 and ask_id = $3),
			$4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15)`,
		me.Organisation, sending, a.ID, string(a.Kind), a.What, a.Why, a.Cost.Minor, a.Cost.Currency, a.Cost.Hours,
		a.Return, a.DecideBy, tx.Now(), to.Person, to.Contact, a.CostCentre); err != nil {
		return err
	}
	if err := enclose(tx, me.Organisation, sending, evidence, sections); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update asks set state = 'sent', whom_person_id = $1, whom_contact_id = $2, revision = revision + 1
		where organisation_id = $3 and id = $4`, to.Person, to.Contact, me.Organisation, a.ID); err != nil {
		return err
	}
	if err := happened(tx, me, "ask sent", a.ID, map[string]string{"to": string(to.Person)}); err != nil {
		return err
	}
	if err := errors.Join(a.remind(tx, me.Organisation, to), a.noteSilence(tx, me)); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, to.Person, notice.Asked, a.Thing(), "")
}

// SendElsewhere sends what was sent, as it was sent, to somebody else instead. The one asked so
// far sees it no longer.
func SendElsewhere(tx *db.Tx, me org.Actor, id db.ID, to org.Party) error {
	a, err := find(tx, me, id, toWithdraw)
	if err != nil {
		return err
	}
	found, err := org.PartyFrom(tx, me, to.String())
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	wrong.Check(!found.Is(me), "whom", "This is you. Choose the person who can say yes.")
	wrong.Check(found.String() != a.Whom.String(), "whom", found.Name+" has it already.")
	if err := wrong.Err(); err != nil {
		return err
	}
	evidence, err := evidenceOf(tx, me, a.Sending)
	if err != nil {
		return err
	}
	var kept []Evidence
	for _, e := range evidence {
		if e.TakenBackAt.IsZero() {
			kept = append(kept, e)
		}
	}
	if err := contents(tx, me, kept); err != nil {
		return err
	}
	sections, err := sectionsOf(tx, me, id)
	if err != nil {
		return err
	}
	if err := a.endSending(tx, me.Organisation, "sent elsewhere"); err != nil {
		return err
	}
	return a.send(tx, me, found, kept, sections[a.Sending])
}

func (a Ask) endSending(tx *db.Tx, organisation db.ID, how string) error {
	if err := a.endApproval(tx, organisation, "withdrawn"); err != nil {
		return err
	}
	_, err := tx.Exec(`
		update ask_sendings set ended_at = $1, ended_how = $2
		where organisation_id = $3 and id = $4`, tx.Now(), how, organisation, a.Sending)
	return err
}

// Withdraw takes an ask back before it was answered. It is a draft again; the one asked sees
// it no longer.
func Withdraw(tx *db.Tx, me org.Actor, id db.ID) error {
	a, err := find(tx, me, id, toWithdraw)
	if err != nil {
		return err
	}
	if err := a.backToDraft(tx, me.Organisation, "withdrawn"); err != nil {
		return err
	}
	return happened(tx, me, "ask withdrawn", id, nil)
}

func (a Ask) backToDraft(tx *db.Tx, organisation db.ID, how string) error {
	if err := a.endSending(tx, organisation, how); err != nil {
		return err
	}
	_, err := tx.Exec(`
		update asks set state = 'draft', revision = revision + 1
		where organisation_id = $1 and id = $2`, organisation, a.ID)
	return err
}

// TakeBack hides a win that was sent with an ask of the actor's: from now on the one asked sees
// only that there was one, in this version and in those before. The words of the ask stay.
func TakeBack(tx *db.Tx, me org.Actor, id, evidence db.ID) error {
	a, err := find(tx, me, id, toTakeBack)
	if err != nil {
		return err
	}
	changed, err := tx.Exec(`
		update sent_evidence set taken_back_at = $1
		where organisation_id = $2 and taken_back_at is null
			and win_id = (select e.win_id from sent_evidence e where e.organisation_id = $2 and e.id = $3 and e.sending_id = $4 and e.taken_back_at is null)
			and sending_id in (select s.id from ask_sendings s where s.organisation_id = $2 and s.ask_id = $5 and (s.id = $4 or s.replaced))`,
		tx.Now(), me.Organisation, evidence, a.Sending, id)
	switch {
	case err != nil:
		return err
	case changed == 0:
		return problem.NotFound
	}
	return happened(tx, me, "ask evidence taken back", id, map[string]string{"evidence": string(evidence)})
}

// PersonLeft is what happens to asks when a person leaves the organisation. What waits for
// them returns to its owner as a draft, and so does what they sent and nobody has answered.
// It is registered for the event of that name.
func PersonLeft(tx *db.Tx, e event.Event) error {
	waiting, err := db.List(tx, scanAsk, selectAsk+`
		where a.organisation_id = $1 and a.state = 'sent' and (s.with_person_id = $2 or a.owner_id = $2)
		order by a.id`, e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, a := range waiting {
		if err := a.backToDraft(tx, e.Organisation, "returned"); err != nil {
			return err
		}
		if err := event.Record(tx, event.Event{Organisation: e.Organisation, Kind: "ask returned", Thing: a.Thing()}); err != nil {
			return err
		}
		if a.Owner.Person == e.Thing.ID {
			continue
		}
		if err := notice.Tell(tx, e.Organisation, a.Owner.Person, notice.Answered, a.Thing(), ""); err != nil {
			return err
		}
	}
	return moneyReturns(tx, e)
}
