package ask

import (
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Drawn is what somebody proposes of what must be shown.
type Drawn string

// What can be proposed.
const (
	Add    Drawn = "add"
	Reword Drawn = "change"
	Drop   Drawn = "drop"
)

// ProposalState is where a proposal stands.
type ProposalState string

// The states of a proposal.
const (
	Waiting   ProposalState = "waiting"
	Agreed    ProposalState = "agreed"
	Declined  ProposalState = "declined"
	Withdrawn ProposalState = "withdrawn"
)

// Proposal is something that one side would have shown, said otherwise, or dropped. It counts when
// the other side agrees.
type Proposal struct {
	ID         db.ID
	Ask        db.ID
	Criterion  db.ID  // what it is about; empty for a new one
	By         db.ID  // who proposed it; empty: the contact
	ByName     string // of who proposed it
	Act        Drawn
	Words      string
	Was        string
	Note       string
	At         time.Time
	State      ProposalState
	AnsweredAt time.Time
}

// DrawnInput is a proposal as it is written down.
type DrawnInput struct {
	Act       Drawn
	Criterion db.ID // of a change or a drop
	Words     []string
	Note      string
}

// mostCriteria is how many things can stand or wait to be shown for one answer.
const mostCriteria = 20

// DrawUp proposes what must be shown, by either side of an answer that was no plain yes. With a
// contact, whose side the owner keeps, it counts at once.
//
// Errors: problem.Refused where nothing can be drawn up, problem.Invalid by field.
func DrawUp(tx *db.Tx, me org.Actor, id db.ID, in DrawnInput) error {
	a, err := find(tx, me, id, toPropose)
	if err != nil {
		return err
	}
	p := Proposal{Ask: id, Criterion: in.Criterion, Act: in.Act, By: me.Person, At: tx.Now(), State: Waiting}
	wrong := problem.Invalid{}
	p.Note = short(wrong, "note", in.Note, 1000)
	lines := in.lines(wrong)
	if in.Act != Add {
		c, _, err := findCriterion(tx, me, in.Criterion, toPropose)
		if err != nil {
			return err
		}
		if c.Ask != id {
			return problem.NotFound
		}
		p.Was = c.Words
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	if in.Act == Add {
		if err := a.roomFor(tx, me, len(lines)); err != nil {
			return err
		}
	}
	for _, words := range lines {
		p.Words = words
		if err := p.propose(tx, me, a); err != nil {
			return err
		}
	}
	if err := happened(tx, me, "criteria proposed", id, nil); err != nil || a.Whom.Contact != "" {
		return err
	}
	return notice.Tell(tx, me.Organisation, a.otherThan(me).Person, notice.Proposed, a.Thing(), "")
}

// lines are the words that are proposed: one a line to add, one to change, none to drop.
func (in DrawnInput) lines(wrong problem.Invalid) []string {
	if in.Act == Drop {
		return []string{""}
	}
	var lines []string
	for _, words := range in.Words {
		if words = short(wrong, "words", words, 500); words != "" {
			lines = append(lines, words)
		}
	}
	wrong.Check(len(lines) > 0, "words", "Please write down what must be shown.")
	wrong.Check(in.Act != Reword || len(lines) <= 1, "words", "Please keep this to one thing.")
	wrong.Check(in.Act == Add || in.Act == Reword, "act", "Please choose one of these.")
	return lines
}

// roomFor refuses more than can be kept in mind.
func (a Ask) roomFor(tx *db.Tx, me org.Actor, more int) error {
	var stand, wait int64
	if err := tx.Get(`
		select (select count(*) from criteria where organisation_id = $1 and ask_id = $2 and dropped_at is null),
			(select count(*) from criterion_proposals where organisation_id = $1 and ask_id = $2 and state = 'waiting' and act = 'add')`,
		me.Organisation, a.ID).Scan(&stand, &wait); err != nil {
		return err
	}
	if int(stand+wait)+more > mostCriteria {
		return problem.Invalid{"words": "Please keep to at most twenty things, those that wait for a yes among them."}
	}
	return nil
}

func (p Proposal) propose(tx *db.Tx, me org.Actor, a Ask) error {
	p.ID = tx.NewID()
	if err := db.Put(tx, "criterion_proposals", "organisation_id, id, ask_id, criterion_id, by_person_id, act, words, was_words, note, at, state",
		me.Organisation, p.ID, p.Ask, p.Criterion, p.By, string(p.Act), p.Words, p.Was, p.Note, p.At, string(p.State)); err != nil {
		if tx.DB().IsUnique(err) {
			return problem.Refused("A change to this waits for an answer already.")
		}
		return err
	}
	if a.Whom.Contact == "" {
		return nil
	}
	return p.settle(tx, me, a, Agreed)
}

// otherThan is the side of an answered ask that is not the actor.
func (a Ask) otherThan(me org.Actor) org.Party {
	if a.owns(me) {
		return a.Whom
	}
	return a.Owner
}

// Agree is the yes of the other side to what was proposed: from now on it must be shown, in these
// words, or no more.
//
// Errors: problem.NotFound for who may not answer it, problem.Refused when it was answered or
// taken back meanwhile.
func Agree(tx *db.Tx, me org.Actor, id, proposal db.ID) error {
	return answerProposal(tx, me, id, proposal, Agreed)
}

// Decline is the no of the other side to what was proposed: what stood stands.
func Decline(tx *db.Tx, me org.Actor, id, proposal db.ID) error {
	return answerProposal(tx, me, id, proposal, Declined)
}

// TakeProposalBack takes a proposal back, by the one who made it.
func TakeProposalBack(tx *db.Tx, me org.Actor, id, proposal db.ID) error {
	return answerProposal(tx, me, id, proposal, Withdrawn)
}

func answerProposal(tx *db.Tx, me org.Actor, id, proposal db.ID, as ProposalState) error {
	a, err := find(tx, me, id, toPropose)
	if err != nil {
		return err
	}
	p, err := db.One(tx, scanProposal, selectProposal+"where "+seenWhole+" and a.id = $4 and p.id = $5",
		me.Organisation, me.Person, readsSince(tx), id, proposal)
	switch {
	case err != nil:
		return err
	case p.State != Waiting:
		return problem.Refused("This was answered already, or taken back.")
	case (as == Withdrawn) != (p.By == me.Person):
		return notYours
	}
	if err := p.settle(tx, me, a, as); err != nil {
		return err
	}
	if err := happened(tx, me, "criteria "+string(as), id, map[string]string{"proposal": string(proposal)}); err != nil || as == Withdrawn {
		return err
	}
	return notice.Tell(tx, me.Organisation, p.By, notice.Answered, a.Thing(), "")
}

// settle ends a proposal; a yes makes it so.
func (p Proposal) settle(tx *db.Tx, me org.Actor, a Ask, as ProposalState) error {
	if as == Agreed {
		if err := p.count(tx, me, a); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`
		update criterion_proposals set state = $1, answered_at = $2
		where organisation_id = $3 and id = $4 and state = 'waiting'`, string(as), tx.Now(), me.Organisation, p.ID)
	return err
}

// count makes what was proposed what counts.
func (p Proposal) count(tx *db.Tx, me org.Actor, a Ask) error {
	if p.Act == Add {
		_, err := tx.Exec(`
			insert into criteria (organisation_id, id, ask_id, position, words, evidence, revision, verdict, verdict_words)
			values ($1, $2, $3, (select coalesce(max(position) + 1, 0) from criteria where organisation_id = $1 and ask_id = $3), $4, '', 1, '', '')`,
			me.Organisation, tx.NewID(), a.ID, p.Words)
		return err
	}
	c, err := CriterionByID(tx, me, p.Criterion)
	switch {
	case err != nil:
		return err
	case c.Verdict == Shown:
		return wasShown
	case p.Act == Drop:
		if _, err := tx.Exec("update criteria set dropped_at = $1 where organisation_id = $2 and id = $3", tx.Now(), me.Organisation, c.ID); err != nil {
			return err
		}
		return a.whenAllIsShown(tx, me)
	}
	_, err = tx.Exec("update criteria set words = $1 where organisation_id = $2 and id = $3", p.Words, me.Organisation, c.ID)
	return err
}

// ProposalsOf lists what was proposed of what must be shown, the latest first. Both sides read it.
func ProposalsOf(tx *db.Tx, me org.Actor, id db.ID) ([]Proposal, error) {
	return db.List(tx, scanProposal, selectProposal+"where "+seenWhole+" and a.id = $4 order by p.id desc limit 200",
		me.Organisation, me.Person, readsSince(tx), id)
}

const selectProposal = `
	select p.id, p.ask_id, p.criterion_id, p.by_person_id, coalesce(w.name, ''), p.act, p.words, p.was_words, p.note, p.at, p.state, p.answered_at
	from asks a
	join criterion_proposals p on p.organisation_id = a.organisation_id and p.ask_id = a.id
	left join people w on w.organisation_id = p.organisation_id and w.id = p.by_person_id
`

func scanProposal(row db.Row) (Proposal, error) {
	var p Proposal
	err := row.Scan(&p.ID, &p.Ask, &p.Criterion, &p.By, &p.ByName, &p.Act, &p.Words, &p.Was, &p.Note, &p.At, &p.State, &p.AnsweredAt)
	return p, err
}

// whenAllIsShown lets an ask come back when everything that had to be shown was shown, with what
// shows it. An ask comes back once; one that was let go does not.
func (a Ask) whenAllIsShown(tx *db.Tx, me org.Actor) error {
	criteria, err := CriteriaOf(tx, me, a.ID)
	if err != nil || !AllShown(criteria) {
		return err
	}
	if a.Answer == YesIf {
		if err := a.tellOn(tx, me.Organisation, civil.Date{}); err != nil {
			return err
		}
	}
	if len(criteria) == 0 {
		return nil
	}
	owner, err := org.UnscopedActor(tx, me.Organisation, a.Owner.Person)
	if err != nil {
		return err
	}
	mine, err := ByID(tx, owner, a.ID) // the owner alone is told what comes back
	if err != nil || owner.Left || mine.LetGo || mine.CameBackAs != "" {
		return err
	}
	if a.Answer == YesIf && mine.Origin.Kind == "programme" { // the seat follows by itself
		return nil
	}
	next, err := mine.again(tx, owner)
	if err != nil || owner.Person == me.Person {
		return err
	}
	return notice.Tell(tx, me.Organisation, owner.Person, notice.Reminder, event.Thing{Kind: "ask", ID: next}, "ask comes back "+string(a.ID))
}

// AllShown tells whether all of these were shown.
func AllShown(criteria []Criterion) bool {
	for _, c := range criteria {
		if c.Verdict != Shown {
			return false
		}
	}
	return true
}

// AllBacked tells whether there is evidence for all of these, and one at least still waits for a
// verdict on it: the time to meet.
func AllBacked(criteria []Criterion) bool {
	waits := false
	for _, c := range criteria {
		if !c.Backed() {
			return false
		}
		waits = waits || c.Verdict == Open || c.Verdict == NotYet && c.VerdictAt.Before(c.EvidenceAt)
	}
	return waits
}
