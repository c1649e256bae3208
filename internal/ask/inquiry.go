package ask

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Inquiry is a question back: the one asked needs to know more before they answer. What was sent
// stays as it is; the question and what the owner says to it stand beside it, for the owner and
// for whoever decides, then or after an ask is handed on.
type Inquiry struct {
	ID         db.ID
	By         org.Party
	Question   string
	AskedAt    time.Time
	Answer     string
	AnsweredAt time.Time // zero: waits for the owner
	sending    db.ID
}

// mostInquiries is how often one sending can come back with a question.
const mostInquiries = 20

// AskBack returns an ask to its owner with a question. It waits for the owner then; the one asked
// can answer it all the same.
//
// Errors: problem.Refused while an earlier question waits, problem.Invalid by field.
func AskBack(tx *db.Tx, me org.Actor, id db.ID, question string) error {
	a, err := find(tx, me, id, toAskBack)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	question = short(wrong, "question", question, 2000)
	wrong.Check(question != "", "question", "Please write down what you need to know.")
	if err := wrong.Err(); err != nil {
		return err
	}
	var had int64
	if err := tx.Get("select count(*) from ask_inquiries where organisation_id = $1 and sending_id = $2", me.Organisation, a.Sending).Scan(&had); err != nil {
		return err
	}
	if had >= mostInquiries {
		return problem.Refuse("You asked back %d times. Talk about it instead: a conversation is faster now.", had)
	}
	by := a.holder()
	if _, err := tx.Exec(`
		insert into ask_inquiries (organisation_id, id, ask_id, sending_id, by_person_id, by_contact_id, question, asked_at, answer)
		values ($1, $2, $3, $4, $5, $6, $7, $8, '')`,
		me.Organisation, tx.NewID(), id, a.Sending, by.Person, by.Contact, question, tx.Now()); err != nil {
		return err
	}
	if err := happened(tx, me, "ask asked back", id, nil); err != nil {
		return err
	}
	if a.Owner.Is(me) {
		return nil
	}
	return notice.Tell(tx, me.Organisation, a.Owner.Person, notice.Answered, a.Thing(), "")
}

// ReplyTo gives the owner's answer to the question that waits, and the ask goes back to who asked it.
//
// Errors: problem.Refused where no question waits, or another than the actor has in front of
// them; problem.Invalid by field.
func ReplyTo(tx *db.Tx, me org.Actor, id, inquiry db.ID, words string) error {
	a, err := find(tx, me, id, toReply)
	if err != nil {
		return err
	}
	wrong := problem.Invalid{}
	words = short(wrong, "reply", words, 10_000)
	wrong.Check(words != "", "reply", "Please write down your answer.")
	if err := wrong.Err(); err != nil {
		return err
	}
	done, err := tx.Exec(`
		update ask_inquiries set answer = $1, answered_at = $2
		where organisation_id = $3 and id = $4 and sending_id = $5 and answered_at is null`, words, tx.Now(), me.Organisation, inquiry, a.Sending)
	switch {
	case err != nil:
		return err
	case done == 0:
		return noQuestionWaits
	}
	if err := happened(tx, me, "ask replied", id, nil); err != nil {
		return err
	}
	return notice.Tell(tx, me.Organisation, a.holder().Person, notice.Asked, a.Thing(), "")
}

// inquiriesOf lists the questions back to an ask, the first first.
func inquiriesOf(tx *db.Tx, me org.Actor, id db.ID) ([]Inquiry, error) {
	return db.List(tx, func(row db.Row) (Inquiry, error) {
		var q Inquiry
		err := row.Scan(&q.ID, &q.sending, &q.By.Person, &q.By.Contact, &q.By.Name, &q.Question, &q.AskedAt, &q.Answer, &q.AnsweredAt)
		return q, err
	}, `
		select q.id, q.sending_id, q.by_person_id, q.by_contact_id, coalesce(p.name, c.name), q.question, q.asked_at, q.answer, q.answered_at
		from asks a
		join ask_sendings s on s.organisation_id = a.organisation_id and s.ask_id = a.id
		join ask_inquiries q on q.organisation_id = s.organisation_id and q.sending_id = s.id
		left join people p on p.organisation_id = q.organisation_id and p.id = q.by_person_id
		left join contacts c on c.organisation_id = q.organisation_id and c.id = q.by_contact_id
		where `+seen+` and a.id = $4 and `+sendingSeen+`
		order by q.id`, me.Organisation, me.Person, readsSince(tx), id)
}
