package mentorship

import (
	"context"
	"errors"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/job"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Terms are the agreement of the two.
type Terms struct {
	Aim             string
	Rhythm          string
	Confidentiality string // what stays between them
	EndsOn          civil.Date
}

// Agreement is what both said yes to, and when.
type Agreement struct {
	Terms
	Revision int64
	At       time.Time // zero: before the day was kept
}

// Changing tells whether a change of what stands waits for the yes of one of the two. Before the first
// agreement nothing stands that could be changed: then what is written is a draft of both.
func (m Mentorship) Changing() bool { return m.agreed > 0 && m.Proposed != m.Terms }

// Agree says yes to what was written last, or changes it and says yes to that: then the other is asked.
// What was agreed stands until both have said yes to something else.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Refused after the end,
// problem.Invalid by field.
func Agree(tx *db.Tx, me org.Actor, id db.ID, revision int64, in Terms) error {
	m, err := mine(tx, me, id)
	if err != nil {
		return err
	}
	if m.State == Ended {
		return over
	}
	wrong := problem.Invalid{}
	in.Aim, in.Rhythm, in.Confidentiality = tidy(wrong, "aim", in.Aim), tidy(wrong, "rhythm", in.Rhythm), tidy(wrong, "confidentiality", in.Confidentiality)
	wrong.Check(in.Aim != "", "aim", "Please say what it is to lead to.")
	wrong.Check(in.EndsOn.IsZero() || in.EndsOn == m.Proposed.EndsOn || in.EndsOn.After(civil.In(tx.Now(), me.Zone)), "ends_on", "Please choose a day to come.")
	if err := wrong.Err(); err != nil {
		return err
	}
	if revision != m.Revision {
		return &problem.Conflict{Revision: m.Revision, Theirs: m.Proposed.fields(), Mine: in.fields()}
	}
	if in == m.Proposed {
		return m.yes(tx, me)
	}
	if in == m.Terms && m.Changing() {
		return m.stay(tx, me)
	}
	if _, err := tx.Exec(`
		update mentorships set aim = $1, rhythm = $2, confidentiality = $3, ends_on = $4, revision = revision + 1, `+m.column(me, "agreed")+` = revision + 1
		where organisation_id = $5 and id = $6`, in.Aim, in.Rhythm, in.Confidentiality, in.EndsOn, me.Organisation, id); err != nil {
		return err
	}
	if err := m.happened(tx, me, "mentorship agreement changed"); err != nil {
		return err
	}
	if m.agreed == 0 {
		if err := m.remindOfEnd(tx, me.Organisation, in.EndsOn); err != nil {
			return err
		}
	}
	return notice.Tell(tx, me.Organisation, m.Other(me).Person, notice.Proposed, m.Thing(), "")
}

func (t Terms) fields() map[string]string {
	return map[string]string{"aim": t.Aim, "rhythm": t.Rhythm, "confidentiality": t.Confidentiality, "ends_on": t.EndsOn.String()}
}

// yes says yes to what was written last. With the yes of both it is what stands.
func (m Mentorship) yes(tx *db.Tx, me org.Actor) error {
	mine, theirs := m.Agreed(me)
	if mine {
		return nil
	}
	if _, err := tx.Exec("update mentorships set "+m.column(me, "agreed")+" = revision where organisation_id = $1 and id = $2", me.Organisation, m.ID); err != nil {
		return err
	}
	if !theirs {
		return nil
	}
	if _, err := tx.Exec(`
		insert into mentorship_agreements (organisation_id, mentorship_id, revision, aim, rhythm, confidentiality, ends_on, agreed_at)
		select organisation_id, id, revision, aim, rhythm, confidentiality, ends_on, $1 from mentorships where organisation_id = $2 and id = $3`,
		tx.Now(), me.Organisation, m.ID); err != nil {
		return err
	}
	if _, err := tx.Exec("update mentorships set agreed = revision where organisation_id = $1 and id = $2", me.Organisation, m.ID); err != nil {
		return err
	}
	if err := m.happened(tx, me, "mentorship agreed"); err != nil {
		return err
	}
	if err := m.remindOfEnd(tx, me.Organisation, m.Proposed.EndsOn); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, m.Other(me).Person, notice.Answered, m.Thing(), "")
}

// Stay lets a change go that waits: what was agreed stands as it did. Either of the two can, whoever
// wrote the change. Without one it does nothing.
func Stay(tx *db.Tx, me org.Actor, id db.ID) error {
	m, err := mine(tx, me, id)
	if err == nil && m.State == Ended {
		err = over
	}
	if err != nil || !m.Changing() {
		return err
	}
	return m.stay(tx, me)
}

func (m Mentorship) stay(tx *db.Tx, me org.Actor) error {
	if _, err := tx.Exec(`
		update mentorships set aim = $1, rhythm = $2, confidentiality = $3, ends_on = $4, revision = revision + 1, mentor_agreed = revision + 1, mentee_agreed = revision + 1
		where organisation_id = $5 and id = $6`, m.Aim, m.Rhythm, m.Confidentiality, m.EndsOn, me.Organisation, m.ID); err != nil {
		return err
	}
	if err := m.happened(tx, me, "mentorship stays as agreed"); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, m.Other(me).Person, notice.Answered, m.Thing(), "")
}

const mostAgreements = 50

// Agreements lists what the two of a pair of the actor's agreed, the latest first.
func Agreements(tx *db.Tx, me org.Actor, id db.ID) ([]Agreement, error) {
	return agreements(tx, me, id, mostAgreements)
}

func agreements(tx *db.Tx, me org.Actor, id db.ID, most int) ([]Agreement, error) {
	return db.List(tx, func(row db.Row) (Agreement, error) {
		var a Agreement
		err := row.Scan(&a.Revision, &a.Aim, &a.Rhythm, &a.Confidentiality, &a.EndsOn, &a.At)
		return a, err
	}, `
		select a.revision, a.aim, a.rhythm, a.confidentiality, a.ends_on, a.agreed_at
		from mentorship_agreements a
		join mentorships m on m.organisation_id = a.organisation_id and m.id = a.mentorship_id
		where `+seen+` and m.id = $3
		order by a.revision desc limit $4`, me.Organisation, me.Person, id, most)
}

// EndJob is the kind of the jobs that tell both, on the day they agreed as the last, that it has come.
const EndJob = "mentorship end"

const morning = 8

// remindOfEnd lets both know on the last day, each in their own morning.
func (m Mentorship) remindOfEnd(tx *db.Tx, organisation db.ID, on civil.Date) error {
	if on.IsZero() {
		return nil
	}
	for _, side := range []org.Party{m.Mentor, m.Mentee} {
		who, err := org.UnscopedActor(tx, organisation, side.Person)
		if err != nil {
			return err
		}
		if err := job.EnqueueAt(tx, EndJob, string(m.ID)+" "+string(side.Person)+" "+on.String(), job.Hour{Person: side.Person, Day: on, Hour: morning, Zone: who.Zone},
			job.Args{"organisation": organisation, "mentorship": m.ID, "person": side.Person, "on": db.ID(on.String())}); err != nil {
			return err
		}
	}
	return nil
}

// SendEnd does the jobs of the kind EndJob, where that day is still the last one and it runs or pauses.
func SendEnd(ctx context.Context, d *db.DB, _ db.ID, args job.Args) error {
	return db.Do(ctx, d, func(tx *db.Tx) error {
		m, err := db.One(tx, scanMentorship, selectMentorship+"where m.organisation_id = $1 and m.id = $2", args["organisation"], args["mentorship"])
		if errors.Is(err, problem.NotFound) {
			return nil
		}
		if err != nil || m.State == Ended || db.ID(m.EndsOn.String()) != args["on"] {
			return err
		}
		return notice.Tell(tx, args["organisation"], args["person"], notice.Reminder, m.Thing(), "end "+string(m.ID)+" "+string(args["on"]))
	})
}
