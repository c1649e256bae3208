package ask

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// BringAlong takes over an ask of the actor's from another installation, and tells whether it was
// not here yet. Whoever was asked is a contact here. An answer is marked as brought along: it
// stands as a record, and gives no right. A not now or a no still comes back on its day.
//
// Errors: problem.Refused that names the place of what does not hold together, or has the id of
// somebody else's ask.
func BringAlong(tx *db.Tx, me org.Actor, others *org.Companions, place string, in Along) (bool, error) {
	if me.Left || me.Person == "" {
		return false, problem.NotFound
	}
	isNew, err := org.NotHere(tx, me, place+"/id", "asks", in.ID)
	if err != nil || !isNew {
		return false, err
	}
	if err := in.holdsTogether(place); err != nil {
		return false, err
	}
	b := bringing{tx, me, others, place}
	if err := b.ask(in); err != nil {
		return false, err
	}
	for n, s := range in.Sendings {
		if err := b.sending(fmt.Sprintf("%s/sendings/%d", place, n), in.ID, s); err != nil {
			return false, err
		}
	}
	if in.Decision == nil {
		return true, nil
	}
	if err := b.decision(in); err != nil {
		return false, err
	}
	for n, c := range in.Criteria {
		if err := b.criterion(n, in.ID, c); err != nil {
			return false, err
		}
	}
	return true, b.after(in)
}

// holdsTogether refuses an ask whose parts say different things of where it stands.
func (in Along) holdsTogether(place string) error {
	standing := 0
	for _, s := range in.Sendings {
		if s.EndedAt.IsZero() {
			standing++
		}
	}
	switch {
	case in.Owner != org.Myself:
		return org.Misplaced(place+"/owner", "this is somebody else's ask")
	case in.State == Draft && standing > 0, in.State != Draft && standing != 1:
		return org.Misplaced(place+"/sendings", "an ask that is out was sent to one, and a draft to nobody")
	case (in.State == Decided) != (in.Decision != nil):
		return org.Misplaced(place+"/decision", "an ask has an answer when it is decided, and only then")
	case len(in.Criteria)+len(in.Proposals)+len(in.Fruits)+len(in.Tellings) > 0 && in.Decision == nil:
		return org.Misplaced(place+"/criteria", "what must be shown belongs to an answer")
	}
	return nil
}

// bringing is what is needed to take over an ask.
type bringing struct {
	tx     *db.Tx
	me     org.Actor
	others *org.Companions
	place  string
}

// contact is somebody else than the actor.
func (b bringing) contact(place string, key org.Key) (db.ID, error) {
	p, err := b.others.Party(place, key)
	if err == nil && p.Is(b.me) {
		err = org.Misplaced(place, "nobody asks themselves")
	}
	return p.Contact, err
}

func (b bringing) ask(in Along) error {
	whom, err := b.contact(b.place+"/whom", in.Whom)
	if err != nil {
		return err
	}
	if in.Previous != "" {
		if err := b.previous(in); err != nil {
			return err
		}
	}
	if err := org.At(b.tx, b.place, db.Put(b.tx, "asks",
		"organisation_id, id, owner_id, kind, what, why, whom_contact_id, cost_minor, currency, cost_hours, cost_centre, gives, decide_by, "+
			"state, previous_id, origin_kind, origin_id, revision, created_at",
		b.me.Organisation, in.ID, b.me.Person, in.Kind, in.What, in.Why, whom, in.CostMinor, in.Currency, in.CostHours, in.CostCentre, in.Return, in.DecideBy,
		in.State, in.Previous, in.Origin.Kind, in.Origin.ID, in.Revision, in.CreatedAt)); err != nil {
		return err
	}
	if err := org.At(b.tx, b.place+"/wins", attach(b.tx, b.me.Organisation, in.ID, in.Wins)); err != nil {
		return err
	}
	return org.BringEarlier(b.tx, b.me, b.place, thing(in.ID), in.Revision, in.Earlier)
}

func (b bringing) previous(in Along) error {
	_, err := db.One(b.tx, db.Scanned[db.ID], "select id from asks where organisation_id = $1 and owner_id = $2 and id = $3", b.me.Organisation, b.me.Person, in.Previous)
	if errors.Is(err, problem.NotFound) {
		return org.Misplaced(b.place+"/previous", "there is no such ask before this one")
	}
	return err
}

func (b bringing) sending(place string, of db.ID, s AlongSending) error {
	with, err := b.contact(place+"/with", s.With)
	if err != nil {
		return err
	}
	id := b.tx.NewID()
	row := append([]any{b.me.Organisation, id, of, with, s.EndedAt, s.EndedHow, s.Replaced}, s.record()...)
	if err := org.At(b.tx, place, db.Put(b.tx, "ask_sendings", "organisation_id, id, ask_id, with_contact_id, ended_at, ended_how, replaced, "+sendingWords, row...)); err != nil {
		return err
	}
	for n, section := range s.Sections {
		if err := org.At(b.tx, fmt.Sprintf("%s/sections/%d", place, n), db.Put(b.tx, "sent_sections", "organisation_id, sending_id, position, name, words",
			b.me.Organisation, id, n, section.Name, section.Words)); err != nil {
			return err
		}
	}
	for n, e := range s.Evidence {
		if err := b.evidence(fmt.Sprintf("%s/evidence/%d", place, n), n, id, e); err != nil {
			return err
		}
	}
	for n, h := range s.Hands {
		here := fmt.Sprintf("%s/hands/%d", place, n)
		from, err := b.contact(here+"/from", h.From)
		if err != nil {
			return err
		}
		to, err := b.contact(here+"/to", h.To)
		if err != nil {
			return err
		}
		if err := org.At(b.tx, here, db.Put(b.tx, "ask_hands", "organisation_id, id, sending_id, from_id, from_contact_id, to_id, to_contact_id, note, at, of_money",
			b.me.Organisation, b.tx.NewID(), id, b.me.Person, from, b.me.Person, to, h.Note, h.At, h.OfMoney)); err != nil {
			return err
		}
	}
	return b.answers(place, of, id, s)
}

// checked is the content of a file as it was sent; empty where the export holds none.
func (f AlongFile) checked(place string) ([]byte, error) {
	if len(f.Content) == 0 || !f.Has() {
		return []byte{}, nil
	}
	if sum := sha256.Sum256(f.Content); hex.EncodeToString(sum[:]) != f.Digest || int64(len(f.Content)) != f.Size {
		return nil, org.Misplaced(place, "the zip holds another file than the one that was sent")
	}
	return f.Content, nil
}

func (b bringing) evidence(place string, n int, sending db.ID, e AlongEvidence) error {
	id := b.tx.NewID()
	if err := org.At(b.tx, place, db.Put(b.tx, "sent_evidence",
		"organisation_id, id, sending_id, position, win_id, day, words, effect, figure, taken_back_at",
		b.me.Organisation, id, sending, n, e.Win, e.Day, e.Words, e.Effect, e.Figure, e.TakenBackAt)); err != nil {
		return err
	}
	for i, f := range e.Files {
		here := fmt.Sprintf("%s/files/%d", place, i)
		content, err := f.checked(here)
		if err != nil {
			return err
		}
		if err := org.At(b.tx, here, db.Put(b.tx, "evidence_files",
			"organisation_id, id, evidence_id, position, url, name, media_type, size, digest, content",
			b.me.Organisation, b.tx.NewID(), id, i, f.URL, f.Name, f.MediaType, f.Size, f.Digest, content)); err != nil {
			return err
		}
	}
	return nil
}

func (b bringing) decision(in Along) error {
	d, place := in.Decision, b.place+"/decision"
	by, err := b.contact(place+"/by", d.By)
	if err != nil {
		return err
	}
	heard := AlongHeard{Revision: 1}
	if d.Heard != nil {
		heard = *d.Heard
	}
	if err := org.At(b.tx, place, db.Put(b.tx, "decisions",
		"organisation_id, ask_id, by_contact_id, at, answer, reason, feedback, alternative_kind, alternative, again_on, again_named, "+
			"heard_reason, heard_feedback, heard_alternative, heard_revision, comes_back_on, let_go_at, came_back_at, brought_along, "+
			"cost_centre, thanks, thanked_at, tell_on",
		b.me.Organisation, in.ID, by, d.At, d.Answer, d.Reason, d.Feedback, d.Alternative, d.AlternativeWords, d.AgainOn, d.AgainNamed,
		heard.Reason, heard.Feedback, heard.Alternative, heard.Revision, d.ComesBackOn, d.LetGoAt, d.CameBackAt, true,
		d.CostCentre, d.Thanks, d.ThankedAt, d.TellOn)); err != nil {
		return err
	}
	if err := org.BringEarlier(b.tx, b.me, place+"/heard", event.Thing{Kind: "heard", ID: in.ID}, heard.Revision, heard.Earlier); err != nil {
		return err
	}
	if d.ComesBackOn.IsZero() || !d.LetGoAt.IsZero() || !d.CameBackAt.IsZero() {
		return nil
	}
	return comesBack(b.tx, b.me.Organisation, b.me.Person, in.ID, d.ComesBackOn)
}

func (b bringing) criterion(n int, of db.ID, c AlongCriterion) error {
	place := fmt.Sprintf("%s/criteria/%d", b.place, n)
	if err := org.At(b.tx, place, db.Put(b.tx, "criteria",
		"organisation_id, id, ask_id, position, words, evidence, evidence_at, revision, verdict, verdict_words, verdict_at, dropped_at",
		b.me.Organisation, c.ID, of, n, c.Words, c.Evidence, c.EvidenceAt, c.Revision, c.Verdict, c.VerdictWords, c.VerdictAt, c.DroppedAt)); err != nil {
		return err
	}
	if err := b.wins(place, c.ID, c.Wins); err != nil {
		return err
	}
	return org.BringEarlier(b.tx, b.me, place, event.Thing{Kind: "criterion", ID: c.ID}, c.Revision, c.Earlier)
}

// Forget removes what only the actor saw of their asks: drafts, answers of their contacts, what
// was withdrawn, what they heard and plan. What somebody here has decided stays for them, as it
// was sent and answered; so do the actor's answers to others.
func Forget(tx *db.Tx, me org.Actor) error {
	const own = "organisation_id = $1 and owner_id = $2"
	const kept = "(select d.ask_id from decisions d join asks a on a.organisation_id = d.organisation_id and a.id = d.ask_id" +
		" where d.organisation_id = $1 and a.owner_id = $2 and d.by_person_id is not null)"
	const gone = "(select id from asks where " + own + " and id not in " + kept + ")"
	const theirs = "(select id from criteria where organisation_id = $1 and ask_id in " + gone + ")"
	const unsent = "(select s.id from ask_sendings s join asks a on a.organisation_id = s.organisation_id and a.id = s.ask_id" +
		" where s.organisation_id = $1 and a.owner_id = $2 and (s.ended_at is not null or a.id in " + gone + "))"
	for _, text := range []string{
		"delete from ask_evidence where organisation_id = $1 and ask_id in (select id from asks where " + own + ")",
		"delete from evidence_files where organisation_id = $1 and evidence_id in" +
			" (select e.id from sent_evidence e where e.organisation_id = $1 and (e.sending_id in " + unsent +
			" or e.taken_back_at is not null and e.sending_id in (select s.id from ask_sendings s where s.organisation_id = $1 and s.ask_id in " + kept + ")))",
		"delete from sent_sections where organisation_id = $1 and sending_id in " + unsent,
		"delete from sent_evidence where organisation_id = $1 and sending_id in " + unsent,
		"delete from sent_evidence where organisation_id = $1 and taken_back_at is not null and sending_id in" +
			" (select s.id from ask_sendings s where s.organisation_id = $1 and s.ask_id in " + kept + ")",
		"delete from ask_hands where organisation_id = $1 and sending_id in " + unsent,
		"delete from ask_inquiries where organisation_id = $1 and sending_id in " + unsent,
		"delete from ask_approvals where organisation_id = $1 and sending_id in " + unsent,
		"delete from granted_steps where organisation_id = $1 and (ask_id in " + gone + " or told_at is null and ask_id in " + kept + ")",
		"delete from granted_tellings where organisation_id = $1 and ask_id in " + gone,
		"delete from criterion_proposals where organisation_id = $1 and ask_id in " + gone,
		"delete from criterion_wins where organisation_id = $1 and criterion_id in " + theirs,
		"delete from ask_sendings where organisation_id = $1 and id in " + unsent,
		"delete from criteria where organisation_id = $1 and ask_id in " + gone,
		"delete from decisions where organisation_id = $1 and ask_id in " + gone,
		"update asks set previous_id = null, origin_kind = '', origin_id = null where " + own,
		"delete from asks where organisation_id = $1 and id in " + gone,
		"update decisions set heard_reason = '', heard_feedback = '', heard_alternative = '' where organisation_id = $1 and ask_id in " + kept,
	} {
		if _, err := tx.Exec(text, me.Organisation, me.Person); err != nil {
			return err
		}
	}
	return org.ForgetEarlier(tx, me, "ask", "heard", "criterion", "granted step")
}
