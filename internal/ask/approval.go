package ask

import (
	"errors"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Approval is a yes of the one asked that needs somebody else's yes for the money. Only both make
// a yes; a no of either is the answer.
type Approval struct {
	ID         db.ID
	First      org.Party // who said yes from their side
	SaidAt     time.Time
	Says       Says // of the first: yes, or yes with conditions
	Conditions string
	Reason     string
	Feedback   string // between the first and the owner
	CostCentre string
	Budget     db.ID     // from which the first would take it
	With       org.Party // who answers for the money
	Words      string    // of theirs
	EndedAt    time.Time
	EndedHow   string // "": waits; "yes", "not now", "no"; "taken back" by the first, "returned" when the second left, "withdrawn"
	sending    db.ID
}

// Waits tells whether the answer for the money is still to come.
func (a Approval) Waits() bool { return a.ID != "" && a.EndedAt.IsZero() }

// passOn keeps the yes of the one asked, and asks for the other's yes for the money.
func (a Ask) passOn(tx *db.Tx, me org.Actor, answer Answer) error {
	if a.Cost.Minor == 0 && a.Kind != Money {
		return problem.Invalid{"money": "This asks for no money: your yes is enough."}
	}
	with, err := a.grants(tx, me, answer.reply.Money, "money")
	if err != nil {
		return err
	}
	r := answer.reply
	if _, err := tx.Exec(`
		insert into ask_approvals (organisation_id, id, ask_id, sending_id, first_person_id, first_contact_id, said_at, answer,
			conditions, reason, feedback, cost_centre, with_person_id, with_contact_id, words, ended_how, budget_id)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', '', $15)`,
		me.Organisation, tx.NewID(), a.ID, a.Sending, a.Whom.Person, a.Whom.Contact, tx.Now(), string(answer.says),
		strings.Join(answer.conditions, "\n"), r.Reason, r.Feedback, r.CostCentre, with.Person, with.Contact, r.Budget); err != nil {
		return err
	}
	if err := happened(tx, me, "ask approved", a.ID, map[string]string{"to": string(with.Person)}); err != nil {
		return err
	}
	if err := notice.Tell(tx, me.Organisation, with.Person, notice.Asked, a.Thing(), ""); err != nil || a.Owner.Is(me) {
		return err
	}
	return notice.Tell(tx, me.Organisation, a.Owner.Person, notice.Answered, a.Thing(), "")
}

// grants finds who is to answer for the money: somebody else than who asks and than who said yes,
// so that nobody approves their own budget.
func (a Ask) grants(tx *db.Tx, me org.Actor, whom org.Party, field string) (org.Party, error) {
	found, err := org.PartyFrom(tx, me, whom.String())
	if err != nil {
		return found, err
	}
	wrong := problem.Invalid{}
	wrong.Check(found.String() != a.Owner.String(), field, found.Name+" is the one who asks. Nobody says yes to their own money.")
	wrong.Check(found.String() != a.Whom.String(), field, found.Name+" has said yes already. Choose who answers for the money.")
	wrong.Check(found.Contact == "" || a.Whom.Contact != "", field, "An ask stays within the organisation. Choose a person here.")
	wrong.Check(found.Contact != "" || a.Whom.Contact == "", field, "You write down what people outside say. Choose one of them.")
	return found, wrong.Err()
}

// MoneyReply is what the second one says, on the money alone.
type MoneyReply struct {
	Says       Says // yes, not now, no
	Reason     string
	CostCentre string
	Budget     db.ID      // of a yes: from which the money comes; empty: the one that the first chose; WithoutBudget: none
	AgainOn    civil.Date // of a not now or a no; zero: in 90 days
	Version    int64      // of what was sent, as they read it; 0: what stands now
}

// DecideMoney records what the second one says to the money. A yes makes the first's yes the
// answer; a not now or a no is the answer.
//
// Errors: problem.NotFound for who is not asked about the money, problem.Refused when it was
// answered or taken back meanwhile, problem.Invalid by field, and for a budget that has too little.
func DecideMoney(tx *db.Tx, me org.Actor, id db.ID, in MoneyReply) error {
	a, err := find(tx, me, id, toApprove)
	if err != nil {
		return err
	}
	if in.Version != 0 && in.Version != a.Version {
		return readAnother
	}
	first, err := a.approval(tx, me)
	if err != nil {
		return err
	}
	// The whole answer of the first, also what the second does not read, becomes the answer.
	if err := tx.Get("select feedback from ask_approvals where organisation_id = $1 and id = $2", me.Organisation, first.ID).Scan(&first.Feedback); err != nil {
		return err
	}
	answer, err := in.answer(first, today(tx, me))
	if err != nil {
		return err
	}
	by := first.First
	if in.Says != Yes {
		by = first.With
	}
	if _, err := tx.Exec(`
		update ask_approvals set ended_at = $1, ended_how = $2, words = $3
		where organisation_id = $4 and id = $5 and ended_at is null`,
		tx.Now(), string(in.Says), answer.moneyWords, me.Organisation, first.ID); err != nil {
		return err
	}
	if err := a.decided(tx, me, by, answer.Answer); err != nil {
		return err
	}
	if in.Says == Yes {
		if err := a.reserve(tx, me, in.budget(first)); err != nil {
			return err
		}
	}
	if err := happened(tx, me, "ask decided", id, map[string]string{"answer": string(answer.says)}); err != nil || a.Owner.Is(me) {
		return err
	}
	if err := notice.Tell(tx, me.Organisation, first.First.Person, notice.Answered, a.Thing(), ""); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, a.Owner.Person, notice.Answered, a.Thing(), "")
}

// moneyAnswer is the whole answer, with what the second one said.
type moneyAnswer struct {
	Answer
	moneyWords string
}

func (in MoneyReply) answer(first Approval, today civil.Date) (moneyAnswer, error) {
	wrong := problem.Invalid{}
	words := short(wrong, "reason", in.Reason, 10_000)
	centre := short(wrong, "cost_centre", in.CostCentre, 100)
	if centre == "" {
		centre = first.CostCentre
	}
	wrong.Check(in.Says == Yes || in.Says == NotNow || in.Says == No, "says", "Please choose your answer: yes, not now, or no.")
	if err := wrong.Err(); err != nil {
		return moneyAnswer{}, err
	}
	r := Reply{Says: in.Says, Reason: words, AgainOn: in.AgainOn}
	if in.Says == Yes {
		r = Reply{Says: first.Says, Conditions: strings.Split(first.Conditions, "\n"), Reason: first.Reason, Feedback: first.Feedback, CostCentre: centre}
	}
	whole, err := r.Answer(today)
	return moneyAnswer{whole, words}, err
}

// TakeWordBack takes back the yes of the one asked while the second has not answered: the ask
// waits for the one asked again.
func TakeWordBack(tx *db.Tx, me org.Actor, id db.ID) error {
	a, err := find(tx, me, id, toTakeWordBack)
	if err != nil {
		return err
	}
	if err := a.endApproval(tx, me.Organisation, "taken back"); err != nil {
		return err
	}
	return happened(tx, me, "ask approval taken back", id, nil)
}

// endApproval ends what waits for a yes to the money, where something does.
func (a Ask) endApproval(tx *db.Tx, organisation db.ID, how string) error {
	_, err := tx.Exec(`
		update ask_approvals set ended_at = $1, ended_how = $2
		where organisation_id = $3 and sending_id = $4 and ended_at is null`, tx.Now(), how, organisation, a.Sending)
	return err
}

// moneyReturns gives the asks back to those who said yes from their side, when the person leaves
// who was to answer for the money.
func moneyReturns(tx *db.Tx, e event.Event) error {
	waiting, err := db.List(tx, scanAsk, selectAsk+`
		where a.organisation_id = $1 and a.state = 'sent' and m.with_person_id = $2 and m.ended_at is null
		order by a.id`, e.Organisation, e.Thing.ID)
	if err != nil {
		return err
	}
	for _, a := range waiting {
		if err := a.endApproval(tx, e.Organisation, "returned"); err != nil {
			return err
		}
		if err := event.Record(tx, event.Event{Organisation: e.Organisation, Kind: "ask approval returned", Thing: a.Thing()}); err != nil {
			return err
		}
		if err := notice.Tell(tx, e.Organisation, a.Whom.Person, notice.Asked, a.Thing(), ""); err != nil {
			return err
		}
	}
	return nil
}

// approval is the yes that waits for the money, or stands answered.
func (a Ask) approval(tx *db.Tx, me org.Actor) (Approval, error) {
	all, err := approvalsOf(tx, me, a.ID)
	if err != nil {
		return Approval{}, err
	}
	for _, each := range all {
		if each.sending == a.Sending && each.stands() {
			return each, nil
		}
	}
	return Approval{}, problem.NotFound
}

func (a Approval) stands() bool {
	return a.EndedHow == "" || a.EndedHow == string(Yes) || a.EndedHow == string(NotNow) || a.EndedHow == string(No)
}

// approvalsOf lists what was said of the money of an ask, the latest first. What the first
// said on work and skills is between them and the owner; of what was taken back, the second reads
// nothing.
func approvalsOf(tx *db.Tx, me org.Actor, id db.ID) ([]Approval, error) {
	return db.List(tx, func(row db.Row) (Approval, error) {
		var a Approval
		err := row.Scan(&a.ID, &a.sending, &a.First.Person, &a.First.Contact, &a.First.Name, &a.SaidAt, &a.Says, &a.Conditions, &a.Reason, &a.Feedback,
			&a.CostCentre, &a.Budget, &a.With.Person, &a.With.Contact, &a.With.Name, &a.Words, &a.EndedAt, &a.EndedHow)
		return a, err
	}, `
		select m.id, m.sending_id, m.first_person_id, m.first_contact_id, coalesce(fp.name, fc.name), m.said_at, m.answer, m.conditions, m.reason,
			case when a.owner_id = $2 or s.with_person_id = $2 then m.feedback else '' end,
			m.cost_centre, m.budget_id, m.with_person_id, m.with_contact_id, coalesce(wp.name, wc.name), m.words, m.ended_at, m.ended_how
		from asks a
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
		join ask_approvals m on m.organisation_id = s.organisation_id and m.sending_id = s.id
		left join people fp on fp.organisation_id = m.organisation_id and fp.id = m.first_person_id
		left join contacts fc on fc.organisation_id = m.organisation_id and fc.id = m.first_contact_id
		left join people wp on wp.organisation_id = m.organisation_id and wp.id = m.with_person_id
		left join contacts wc on wc.organisation_id = m.organisation_id and wc.id = m.with_contact_id
		where `+seen+` and a.id = $4 and (s.ended_at is null or a.owner_id = $2)
			and (a.owner_id = $2 or s.with_person_id = $2 or m.with_person_id = $2 and m.ended_how in ('', 'yes', 'not now', 'no'))
		order by m.id desc`, me.Organisation, me.Person, readsSince(tx), id)
}

// Thank keeps the thanks of the owner of an ask after its answer, in one line, that whoever
// answered reads.
func Thank(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	a, err := find(tx, me, id, toThank)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	words = strings.Join(strings.Fields(short(wrong, "thanks", words, 300)), " ")
	wrong.Check(words != "", "thanks", "Please write a line.")
	if err := wrong.Err(); err != nil {
		return err
	}
	done, err := tx.Exec("update decisions set thanks = $1, thanked_at = $2 where organisation_id = $3 and ask_id = $4 and thanked_at is null",
		words, tx.Now(), me.Organisation, id)
	switch {
	case err != nil:
		return err
	case done == 0:
		return thanked
	}
	if err := happened(tx, me, "ask thanked", id, nil); err != nil {
		return err
	}
	return errors.Join(
		notice.Tell(tx, me.Organisation, a.Whom.Person, notice.Answered, a.Thing(), ""),
		notice.Tell(tx, me.Organisation, a.Money.Person, notice.Answered, a.Thing(), ""))
}
