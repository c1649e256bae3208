package question

import (
	"cmp"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ForMe is a question as the one asked sees it: the words, what the asker wrote with them, and what
// the two said since. Nothing else of the asking is theirs.
type ForMe struct {
	ID          db.ID
	Owner       db.ID
	OwnerName   string
	OwnerCalled string
	Wording     string
	Sent
	Answer     string
	AnsweredAt time.Time
}

// Answered tells whether they answered.
func (a ForMe) Answered() bool { return !a.AnsweredAt.IsZero() }

// MayTurnBack tells whether they may ask what the asker needs first. It is asked once.
func (a ForMe) MayTurnBack() bool { return !a.Answered() && a.BackAt.IsZero() }

func (a ForMe) thing() event.Thing { return Asking{ID: a.ID}.Thing() }

const selectForMe = `
	select a.id, a.owner_id, p.name, p.first_name, a.wording, a.way, a.note, a.sent_at, a.expires_at,
		a.back, a.back_at, a.reply, a.replied_at, a.to_name, a.answer, a.answered_at
	from askings a
	join people p on p.organisation_id = a.organisation_id and p.id = a.owner_id
`

func scanForMe(row db.Row) (ForMe, error) {
	var a ForMe
	var first string
	err := row.Scan(&a.ID, &a.Owner, &a.OwnerName, &first, &a.Wording, &a.Way, &a.Note, &a.SentAt, &a.ExpiresAt,
		&a.Back, &a.BackAt, &a.Reply, &a.RepliedAt, &a.Signed, &a.Answer, &a.AnsweredAt)
	a.OwnerCalled = cmp.Or(first, a.OwnerName)
	return a, err
}

// AskedOfMe finds a question that the actor was asked on a page of theirs.
func AskedOfMe(tx *db.Tx, me org.Actor, id db.ID) (ForMe, error) {
	return db.One(tx, scanForMe, selectForMe+"where "+askedOfMe+" and a.id = $4", me.Organisation, me.Viewer(), tx.Now(), id)
}

// WaitForMyAnswer lists what waits for an answer of the actor's, the longest first.
func WaitForMyAnswer(tx *db.Tx, me org.Actor) ([]ForMe, error) {
	return db.List(tx, scanForMe, selectForMe+"where "+waitsForMe+" order by a.id limit 100", me.Organisation, me.Viewer(), tx.Now())
}

// Waiting is a line of what waits for the actor among questions.
type Waiting struct {
	Kind  WaitKind
	Thing event.Thing
	Words string
	Who   string // who asks, was asked, or suggested it
}

// WaitKind is what it waits for.
type WaitKind string

// The kinds.
const (
	ForMyAnswer WaitKind = "answer" // somebody asks the actor
	ForMyReply  WaitKind = "reply"  // the one asked asks back
	ForMyLook   WaitKind = "look"   // the day of something that was only suggested has come
)

// WaitForMe lists what waits for the actor among questions on a day of theirs, the longest waiting first.
func WaitForMe(tx *db.Tx, me org.Actor, today civil.Date) ([]Waiting, error) {
	return db.List(tx, func(row db.Row) (Waiting, error) {
		var w Waiting
		err := row.Scan(&w.Kind, &w.Thing.Kind, &w.Thing.ID, &w.Words, &w.Who)
		return w, err
	}, `
		select 'answer' as kind, 'question', a.id as id, a.wording, p.name
		from askings a join people p on p.organisation_id = a.organisation_id and p.id = a.owner_id
		where `+waitsForMe+`
		union all
		select 'reply', 'asking', a.id, a.wording, coalesce(p.name, c.name, a.to_name)
		from askings a
		left join people p on p.organisation_id = a.organisation_id and p.id = a.to_person_id
		left join contacts c on c.organisation_id = a.organisation_id and c.id = a.to_contact_id
		where a.organisation_id = $1 and a.owner_id = $2 and a.back_at is not null and a.answered_at is null and a.replied_at is null and not a.brought_along
		union all
		select 'look', 'suggested', s.id, s.words, coalesce(p.name, c.name, s.by_name)
		from suggested s
		left join people p on p.organisation_id = s.organisation_id and p.id = s.by_person_id
		left join contacts c on c.organisation_id = s.organisation_id and c.id = s.by_contact_id
		where s.organisation_id = $1 and s.owner_id = $2 and s.state = 'open' and s.look_on <= $4
		order by kind, id limit 100`, me.Organisation, me.Viewer(), tx.Now(), today)
}

// AskedByLink finds what a link asks: that, and nothing else.
//
// Errors: problem.NotFound when it is asked no more.
func AskedByLink(tx *db.Tx, o link.Opened) (ForMe, error) {
	a, err := db.One(tx, scanForMe, selectForMe+`
		where a.organisation_id = $1 and a.id = $2 and a.owner_id = $3 and a.way = 'link' and a.answered_at is null`,
		o.Organisation, o.Thing.ID, o.Owner)
	if err == nil && (o.Purpose != LinkPurpose || o.Thing != a.thing()) {
		return ForMe{}, problem.NotFound
	}
	return a, err
}

// GiveAnswer answers a question that the actor was asked, in their own words.
//
// Errors: problem.NotFound for what waits for no answer of the actor's, problem.Invalid by field.
func GiveAnswer(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	a, err := waiting(tx, me, id)
	if err != nil {
		return err
	}
	return a.answer(tx, me, words, "")
}

// waiting finds what waits for an answer of the actor's.
func waiting(tx *db.Tx, me org.Actor, id db.ID) (ForMe, error) {
	a, err := AskedOfMe(tx, me, id)
	if err == nil && (me.Left || a.Answered()) {
		return ForMe{}, problem.NotFound
	}
	return a, err
}

// AnswerByLink answers what a link asks, under the name that whoever answers writes.
//
// Errors: those of GiveAnswer.
func AnswerByLink(tx *db.Tx, o link.Opened, name, words string) error {
	a, err := AskedByLink(tx, o)
	if err != nil {
		return err
	}
	if name, err = signed(name); err != nil {
		return err
	}
	return a.answer(tx, org.Actor{Organisation: o.Organisation}, words, name)
}

func signed(name string) (string, error) {
	wrong := problem.Invalid{}
	name = strings.Join(strings.Fields(tidy(wrong, "name", name, mostName)), " ")
	wrong.Check(name != "", "name", "Please write down your name, so that your words have one.")
	return name, wrong.Err()
}

func (a ForMe) answer(tx *db.Tx, by org.Actor, words, name string) error {
	wrong := problem.Invalid{}
	words = tidy(wrong, "answer", words, mostAnswer)
	wrong.Check(words != "", "answer", "Please write a line, or choose one of the other ways below.")
	if err := wrong.Err(); err != nil {
		return err
	}
	return a.change(tx, by, "question answered", "answer", `
		update askings set answer = $1, answered_at = $2, given = true, to_name = $3, revision = revision + 1
		where organisation_id = $4 and id = $5 and answered_at is null and declined_at is null`,
		words, tx.Now(), name, by.Organisation, a.ID)
}

// TurnBack asks what the asker needs, or anything else that helps to answer. It is asked once; words
// may be empty. The question goes on waiting.
//
// Errors: problem.NotFound for what waits for no answer of the actor's or was turned back before.
func TurnBack(tx *db.Tx, me org.Actor, id db.ID, words string) error {
	a, err := waiting(tx, me, id)
	if err != nil {
		return err
	}
	return a.turnBack(tx, me, words, "")
}

// TurnBackByLink is TurnBack for who holds a link. It ends the link: the reply comes with a new one.
func TurnBackByLink(tx *db.Tx, o link.Opened, name, words string) error {
	a, err := AskedByLink(tx, o)
	if err != nil {
		return err
	}
	if name, err = signed(name); err != nil {
		return err
	}
	return a.turnBack(tx, org.Actor{Organisation: o.Organisation}, words, name)
}

func (a ForMe) turnBack(tx *db.Tx, by org.Actor, words, name string) error {
	if !a.MayTurnBack() {
		return problem.NotFound
	}
	wrong := problem.Invalid{}
	words = tidy(wrong, "back", words, mostNote)
	if err := wrong.Err(); err != nil {
		return err
	}
	return a.change(tx, by, "question turned back", "back", `
		update askings set back = $1, back_at = $2, to_name = $3
		where organisation_id = $4 and id = $5 and answered_at is null and declined_at is null and back_at is null`,
		words, tx.Now(), name, by.Organisation, a.ID)
}

// change writes what the one asked said, and tells the asker, without its content, that there is news.
func (a ForMe) change(tx *db.Tx, by org.Actor, kind, key, text string, args ...any) error {
	changed, err := tx.Exec(text, args...)
	if err != nil {
		return err
	}
	if changed == 0 {
		return problem.NotFound
	}
	if err := event.Record(tx, event.Event{Organisation: by.Organisation, Kind: kind, By: by.Person, Thing: a.thing()}); err != nil {
		return err
	}
	return notice.Tell(tx, by.Organisation, a.Owner, notice.Answered, a.thing(), string(a.ID)+" "+key)
}

// Decline takes what the actor was asked off their list. Nobody is told, and nothing shows it.
func Decline(tx *db.Tx, me org.Actor, id db.ID) error {
	a, err := waiting(tx, me, id)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`
		update askings set declined_at = $1
		where organisation_id = $2 and id = $3 and to_person_id = $4 and way = 'here' and answered_at is null`,
		tx.Now(), me.Organisation, a.ID, me.Person)
	return err
}
