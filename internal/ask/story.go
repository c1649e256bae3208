package ask

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/budget"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Story is an ask with all that happened to it, as the actor may read it.
type Story struct {
	Ask
	Sendings  []Sending // its owner reads all, the one asked what stands; the latest first
	Decision  Decision  // zero: not yet
	Criteria  []Criterion
	Proposals []Proposal // of what must be shown, the latest first
	Promises  []commitment.Commitment
	Fruits    []Fruit // what became of what was granted
	Tellings  []Telling

	Reserved        *budget.Reservation // what is or was held of a budget for it, where the actor is told
	HoldsUntilShown bool                // money, that the reader can return when it will not be
}

// Now is what stands sent; the zero Sending for a draft.
func (s Story) Now() Sending {
	for _, each := range s.Sendings {
		if each.EndedAt.IsZero() {
			return each
		}
	}
	return Sending{}
}

// StoryOf finds an ask that the actor may see, with all that belongs to it.
func StoryOf(tx *db.Tx, me org.Actor, id db.ID) (Story, error) {
	a, err := ByID(tx, me, id)
	if err != nil {
		return Story{}, err
	}
	s := Story{Ask: a}
	if s.Sendings, err = sendingsOf(tx, me, id); err != nil {
		return s, err
	}
	if s.Decision, err = DecisionOf(tx, me, id); err != nil && !errors.Is(err, problem.NotFound) {
		return s, err
	}
	if s.Criteria, err = CriteriaOf(tx, me, id); err != nil {
		return s, err
	}
	if err := withWins(tx, me, id, s.Criteria); err != nil {
		return s, err
	}
	if s.Proposals, err = ProposalsOf(tx, me, id); err != nil {
		return s, err
	}
	if a.State == Decided {
		if s.Fruits, err = Fruits(tx, me, id); err != nil {
			return s, err
		}
		if s.Tellings, err = Tellings(tx, me, id); err != nil {
			return s, err
		}
	}
	if s.HoldsUntilShown, err = s.holdsUntilShown(tx, me); err != nil {
		return s, err
	}
	if s.Reserved, err = a.reserved(tx, me); err != nil {
		return s, err
	}
	s.Promises, err = commitment.From(tx, me, a.Thing())
	return s, err
}

func sendingsOf(tx *db.Tx, me org.Actor, id db.ID) ([]Sending, error) {
	sendings, err := db.List(tx, func(row db.Row) (Sending, error) {
		var s Sending
		err := row.Scan(&s.ID, &s.Version, &s.SentAt, &s.With.Person, &s.With.Contact, &s.With.Name, &s.EndedAt, &s.EndedHow, &s.Replaced,
			&s.Text.Kind, &s.Text.What, &s.Text.Why, &s.Text.Cost.Minor, &s.Text.Cost.Currency, &s.Text.Cost.Hours, &s.Text.Return, &s.Text.DecideBy, &s.Text.CostCentre)
		return s, err
	}, `
		select s.id, s.version, s.sent_at, s.with_person_id, s.with_contact_id, coalesce(p.name, c.name), s.ended_at, s.ended_how, s.replaced,
			s.kind, s.what, s.why, s.cost_minor, s.currency, s.cost_hours, s.gives, s.decide_by, s.cost_centre
		from asks a
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
		left join people p on p.organisation_id = s.organisation_id and p.id = s.with_person_id
		left join contacts c on c.organisation_id = s.organisation_id and c.id = s.with_contact_id
		where `+seen+` and a.id = $4 and `+sendingSeen+`
		order by s.version desc`, me.Organisation, me.Person, readsSince(tx), id)
	if err != nil {
		return nil, err
	}
	sections, err := sectionsOf(tx, me, id)
	if err != nil {
		return nil, err
	}
	inquiries, err := inquiriesOf(tx, me, id)
	if err != nil {
		return nil, err
	}
	approvals, err := approvalsOf(tx, me, id)
	if err != nil {
		return nil, err
	}
	for i := range sendings {
		sendings[i].Sections = sections[sendings[i].ID]
		here := sendings[i].ID
		sendings[i].Inquiries = slices.DeleteFunc(slices.Clone(inquiries), func(q Inquiry) bool { return q.sending != here })
		sendings[i].Approvals = slices.DeleteFunc(slices.Clone(approvals), func(m Approval) bool { return m.sending != here })
		if sendings[i].Hands, err = handsOf(tx, me, sendings[i].ID); err != nil {
			return nil, err
		}
		if sendings[i].Evidence, err = evidenceOf(tx, me, sendings[i].ID); err != nil {
			return nil, err
		}
	}
	return sendings, nil
}

func handsOf(tx *db.Tx, me org.Actor, sending db.ID) ([]Hand, error) {
	return db.List(tx, func(row db.Row) (Hand, error) {
		var h Hand
		err := row.Scan(&h.From, &h.To, &h.Note, &h.At, &h.OfMoney)
		return h, err
	}, `
		select coalesce(fc.name, f.name), coalesce(tc.name, t.name), h.note, h.at, h.of_money
		from asks a
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
		join ask_hands h on h.organisation_id = s.organisation_id and h.sending_id = s.id
		join people f on f.organisation_id = h.organisation_id and f.id = h.from_id
		join people t on t.organisation_id = h.organisation_id and t.id = h.to_id
		left join contacts fc on fc.organisation_id = h.organisation_id and fc.id = h.from_contact_id
		left join contacts tc on tc.organisation_id = h.organisation_id and tc.id = h.to_contact_id
		where `+seen+` and s.id = $4 and `+sendingSeen+` and (a.owner_id = $2 or s.with_person_id = $2 or h.of_money and exists (
			select 1 from ask_approvals m
			where m.organisation_id = s.organisation_id and m.sending_id = s.id and m.with_person_id = $2 and m.said_at <= h.at
				and m.ended_how in ('', 'yes', 'not now', 'no')))
		order by h.id`, me.Organisation, me.Person, readsSince(tx), sending)
}

// evidenceOf lists what went out with a sending. What was taken back since, its owner reads
// still; anybody else learns only that there was something.
func evidenceOf(tx *db.Tx, me org.Actor, sending db.ID) ([]Evidence, error) {
	all, err := db.List(tx, func(row db.Row) (Evidence, error) {
		var e Evidence
		err := row.Scan(&e.ID, &e.Win, &e.Day, &e.Words, &e.Effect, &e.Figure, &e.TakenBackAt)
		return e, err
	}, `
		select e.id, case when mine then e.win_id end, case when theirs then e.day end,
			case when theirs then e.words else '' end, case when theirs then e.effect else '' end, case when theirs then e.figure else '' end,
			e.taken_back_at
		from (
			select e.*, a.owner_id = $2 as mine, e.taken_back_at is null or a.owner_id = $2 as theirs
			from asks a
			join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
			join sent_evidence e on e.organisation_id = s.organisation_id and e.sending_id = s.id
			where `+seen+` and s.id = $4 and `+sendingSeen+`
		) as e
		order by e.position`, me.Organisation, me.Person, readsSince(tx), sending)
	if err != nil || len(all) == 0 {
		return all, err
	}
	files, err := filesOf(tx, me, sending)
	for i := range all {
		all[i].Files = files[all[i].ID]
	}
	return all, err
}
