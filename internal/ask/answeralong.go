package ask

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// AlongInquiry is a question back, with what the owner said to it.
type AlongInquiry struct {
	By         org.Key   `json:"by"`
	Question   string    `json:"question"`
	AskedAt    time.Time `json:"asked_at"`
	Answer     string    `json:"answer,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
}

// AlongApproval is a yes that needed somebody else's yes for the money.
type AlongApproval struct {
	First      org.Key   `json:"first"`
	SaidAt     time.Time `json:"said_at"`
	Answer     Says      `json:"answer"`
	Conditions string    `json:"conditions,omitempty"` // one a line
	Reason     string    `json:"reason,omitempty"`
	Feedback   string    `json:"feedback,omitempty"`
	CostCentre string    `json:"cost_centre,omitempty"`
	With       org.Key   `json:"with"`
	Words      string    `json:"words,omitempty"`
	EndedAt    time.Time `json:"ended_at,omitzero"`
	EndedHow   string    `json:"ended_how,omitempty"`
}

// AlongProposal is what one side proposed of what must be shown.
type AlongProposal struct {
	Criterion  db.ID         `json:"criterion,omitempty"`
	By         org.Key       `json:"by,omitempty"` // empty: the other side
	Act        Drawn         `json:"act"`
	Words      string        `json:"words,omitempty"`
	Was        string        `json:"was,omitempty"`
	Note       string        `json:"note,omitempty"`
	At         time.Time     `json:"at"`
	State      ProposalState `json:"state"`
	AnsweredAt time.Time     `json:"answered_at,omitzero"`
}

// AlongFruit is what became of what was granted.
type AlongFruit struct {
	Kind      Followed           `json:"kind"`
	Day       civil.Date         `json:"day"`
	Place     string             `json:"place,omitempty"`
	Words     string             `json:"words,omitempty"`
	GainMinor int64              `json:"gain_minor,omitempty"` // in the smallest unit of the currency
	Currency  string             `json:"currency,omitempty"`
	GainHours int64              `json:"gain_hours,omitempty"`
	ToldAt    time.Time          `json:"told_at,omitzero"`
	Revision  int64              `json:"revision,omitempty"` // left out: 1
	Earlier   []org.AlongEarlier `json:"earlier,omitempty"`
}

// AlongTelling is the thanks with which it was told back.
type AlongTelling struct {
	Thanks string    `json:"thanks"`
	At     time.Time `json:"at"`
}

// answers adds to each sending of an ask what was asked back and said of the money.
func (t taking) answers(s *AlongSending, from Sending) {
	for _, q := range from.Inquiries {
		s.Inquiries = append(s.Inquiries, AlongInquiry{t.others.Key(q.By), q.Question, q.AskedAt, q.Answer, q.AnsweredAt})
	}
	for i := len(from.Approvals) - 1; i >= 0; i-- { // the latest came first
		m := from.Approvals[i]
		s.Approvals = append(s.Approvals, AlongApproval{
			t.others.Key(m.First), m.SaidAt, m.Says, m.Conditions, m.Reason, m.Feedback, m.CostCentre, t.others.Key(m.With), m.Words, m.EndedAt, m.EndedHow,
		})
	}
}

// after adds what came after the answer: what must be shown, and what became of what was granted.
func (t taking) after(tx *db.Tx, one *Along) error {
	criteria, err := db.List(tx, scanCriterion, selectCriterion+"where "+seenWhole+" and a.id = $4 order by c.position", t.me.Organisation, t.me.Person, readsSince(tx), one.ID)
	if err == nil {
		err = withWins(tx, t.me, one.ID, criteria)
	}
	if err != nil {
		return err
	}
	for _, c := range criteria {
		along := AlongCriterion{
			c.ID, c.Words, c.Evidence, c.EvidenceAt, c.Revision, c.Verdict, c.VerdictWords, c.VerdictAt,
			t.earlier[event.Thing{Kind: "criterion", ID: c.ID}], c.droppedAt, nil,
		}
		for _, w := range c.Wins {
			along.Wins = append(along.Wins, AlongEvidence{Win: w.Win, Day: w.Day, Words: w.Words, Effect: w.Effect, Figure: w.Figure})
		}
		one.Criteria = append(one.Criteria, along)
	}
	proposals, err := ProposalsOf(tx, t.me, one.ID)
	if err != nil {
		return err
	}
	for i := len(proposals) - 1; i >= 0; i-- { // the latest came first
		p := proposals[i]
		along := AlongProposal{p.Criterion, "", p.Act, p.Words, p.Was, p.Note, p.At, p.State, p.AnsweredAt}
		if p.By == t.me.Person {
			along.By = org.Myself
		}
		one.Proposals = append(one.Proposals, along)
	}
	fruits, err := Fruits(tx, t.me, one.ID)
	if err != nil {
		return err
	}
	for _, f := range fruits {
		one.Fruits = append(one.Fruits, AlongFruit{f.Kind, f.Day, f.Place, f.Words, f.Gain.Minor, f.Gain.Currency, f.Gain.Hours, f.ToldAt, f.Revision, t.earlier[f.thing()]})
	}
	told, err := Tellings(tx, t.me, one.ID)
	for _, each := range told {
		one.Tellings = append(one.Tellings, AlongTelling(each))
	}
	return err
}

// answers takes over what was asked back of a sending, and said of the money.
func (b bringing) answers(place string, of, sending db.ID, s AlongSending) error {
	for n, q := range s.Inquiries {
		here := fmt.Sprintf("%s/inquiries/%d", place, n)
		by, err := b.contact(here+"/by", q.By)
		if err != nil {
			return err
		}
		if err := org.At(b.tx, here, db.Put(b.tx, "ask_inquiries", "organisation_id, id, ask_id, sending_id, by_contact_id, question, asked_at, answer, answered_at",
			b.me.Organisation, b.tx.NewID(), of, sending, by, q.Question, q.AskedAt, q.Answer, q.AnsweredAt)); err != nil {
			return err
		}
	}
	for n, m := range s.Approvals {
		here := fmt.Sprintf("%s/approvals/%d", place, n)
		first, err := b.contact(here+"/first", m.First)
		if err != nil {
			return err
		}
		with, err := b.contact(here+"/with", m.With)
		if err != nil {
			return err
		}
		if err := org.At(b.tx, here, db.Put(b.tx, "ask_approvals",
			"organisation_id, id, ask_id, sending_id, first_contact_id, said_at, answer, conditions, reason, feedback, cost_centre, with_contact_id, words, ended_at, ended_how",
			b.me.Organisation, b.tx.NewID(), of, sending, first, m.SaidAt, m.Answer, m.Conditions, m.Reason, m.Feedback, m.CostCentre, with,
			m.Words, m.EndedAt, m.EndedHow)); err != nil {
			return err
		}
	}
	return nil
}

// after takes over what came after the answer, but for what must be shown.
func (b bringing) after(in Along) error {
	for n, p := range in.Proposals {
		by := db.ID("")
		if p.By == org.Myself {
			by = b.me.Person
		}
		if err := org.At(b.tx, fmt.Sprintf("%s/proposals/%d", b.place, n), db.Put(b.tx, "criterion_proposals",
			"organisation_id, id, ask_id, criterion_id, by_person_id, act, words, was_words, note, at, state, answered_at",
			b.me.Organisation, b.tx.NewID(), in.ID, p.Criterion, by, p.Act, p.Words, p.Was, p.Note, p.At, p.State, p.AnsweredAt)); err != nil {
			return err
		}
	}
	for n, f := range in.Fruits {
		here, made := fmt.Sprintf("%s/fruits/%d", b.place, n), Fruit{ID: b.tx.NewID()}
		f.Revision = max(f.Revision, 1)
		if err := org.At(b.tx, here, db.Put(b.tx, "granted_steps",
			"organisation_id, id, ask_id, kind, day, place, words, minor, currency, hours, created_at, told_at, revision",
			b.me.Organisation, made.ID, in.ID, f.Kind, f.Day, f.Place, f.Words, f.GainMinor, f.Currency, f.GainHours, b.tx.Now(), f.ToldAt, f.Revision)); err != nil {
			return err
		}
		if err := org.BringEarlier(b.tx, b.me, here, made.thing(), f.Revision, f.Earlier); err != nil {
			return err
		}
	}
	for n, t := range in.Tellings {
		if err := org.At(b.tx, fmt.Sprintf("%s/tellings/%d", b.place, n), db.Put(b.tx, "granted_tellings", "organisation_id, id, ask_id, thanks, at",
			b.me.Organisation, b.tx.NewID(), in.ID, t.Thanks, t.At)); err != nil {
			return err
		}
	}
	return nil
}

// wins takes over the wins that back what must be shown.
func (b bringing) wins(place string, of db.ID, wins []AlongEvidence) error {
	for n, w := range wins {
		if err := org.At(b.tx, fmt.Sprintf("%s/wins/%d", place, n), db.Put(b.tx, "criterion_wins",
			"organisation_id, id, criterion_id, position, win_id, day, words, effect, figure",
			b.me.Organisation, b.tx.NewID(), of, n, w.Win, w.Day, w.Words, w.Effect, w.Figure)); err != nil {
			return err
		}
	}
	return nil
}
