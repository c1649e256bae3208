package question

import (
	"errors"
	"strings"

	"github.com/ownward/ownward/internal/cardfile"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Sending is a question as it goes to one or several people at once.
type Sending struct {
	CardID  string
	Wording string
	Note    string // a line to all of them
	Here    []db.ID
	Outside []Outside
}

// Outside is somebody who is asked by a link.
type Outside struct {
	Contact db.ID // of the actor's; or
	Name    string
	Link    link.Input
}

// Asked is one of those who were asked: what was written down, and, for a link that its owner passes
// on, its secret.
type Asked struct {
	Asking
	Link  link.Link
	Token link.Token
}

// LinkPurpose is the purpose of the links that ask a question.
const LinkPurpose link.Purpose = "asking"

// How many are asked the same at once, how many sent questions of one person may wait, how many they
// send within a day, and for how many days a colleague is asked: nobody is asked from all sides.
const (
	MostTogether    = 8
	mostSentWaiting = 40
	mostSentADay    = 20
	openDays        = 30
	mostNote        = 1000
)

// Send asks one person or several a question: colleagues on a page of their own, others by a link. Each
// sees the question and what the actor wrote with it, and not who else was asked. Who is asked here
// gets a notice without content.
//
// Errors: problem.NotFound for a contact that is not the actor's, problem.Invalid by field,
// problem.Refused when too many are asked, and those of link.Make.
func Send(tx *db.Tx, me org.Actor, from org.Origin, in Sending) ([]Asked, error) {
	if err := mayWrite(me); err != nil {
		return nil, err
	}
	wrong := problem.Invalid{}
	model := Asking{CardID: in.CardID, AskedOn: civil.In(tx.Now(), me.Zone), Origin: from, Revision: 1, CreatedAt: tx.Now()}
	model.Wording = tidy(wrong, "wording", in.Wording, mostWording)
	model.Note = tidy(wrong, "note", in.Note, mostNote)
	model.SentAt, model.ExpiresAt = tx.Now(), tx.Now().AddDate(0, 0, openDays)
	wrong.Check(model.Wording != "", "wording", "Please write down what you ask.")
	wrong.Check(in.CardID == "" || cardfile.IsID(in.CardID), "card", "There is no such card.")
	all := len(in.Here) + len(in.Outside)
	wrong.Check(all > 0, "whom", "Please choose whom you ask.")
	wrong.Check(all <= MostTogether, "whom", "Eight people at once are enough for one question. Ask the others another time.")
	if err := wrong.Err(); err != nil {
		return nil, err
	}
	if err := notTooMany(tx, me, int64(all)); err != nil {
		return nil, err
	}
	if all > 1 {
		model.Round = tx.NewID()
	}
	return model.sendAll(tx, me, in)
}

func (a Asking) sendAll(tx *db.Tx, me org.Actor, in Sending) ([]Asked, error) {
	var sent []Asked
	for _, whom := range in.Here {
		one, err := a.sendHere(tx, me, whom)
		if err != nil {
			return nil, err
		}
		sent = append(sent, one)
	}
	for _, whom := range in.Outside {
		one, err := a.sendByLink(tx, me, whom)
		if err != nil {
			return nil, err
		}
		sent = append(sent, one)
	}
	return sent, nil
}

// notTooMany counts who declined among those who wait: they have told nobody.
func notTooMany(tx *db.Tx, me org.Actor, more int64) error {
	var waiting, today int64
	err := tx.Get(`
		select count(case when answered_at is null and expires_at > $3 then 1 end), count(case when sent_at > $4 then 1 end)
		from askings where organisation_id = $1 and owner_id = $2 and way <> '' and not brought_along`,
		me.Organisation, me.Person, tx.Now(), tx.Now().AddDate(0, 0, -1)).Scan(&waiting, &today)
	switch {
	case err != nil:
		return err
	case waiting+more > mostSentWaiting:
		return problem.Refuse("%d of your questions wait for an answer. Take some back before you ask again.", waiting)
	case today+more > mostSentADay:
		return problem.Refuse("You asked %d people within a day. Go on tomorrow, or ask aloud.", today)
	}
	return nil
}

func (a Asking) sendHere(tx *db.Tx, me org.Actor, whom db.ID) (Asked, error) {
	p, err := org.ByID(tx, me, whom)
	switch {
	case errors.Is(err, problem.NotFound):
		return Asked{}, problem.Invalid{"whom": "Please choose somebody who is here."}
	case err != nil:
		return Asked{}, err
	case p.ID == me.Person:
		return Asked{}, problem.Invalid{"whom": "Ask yourself on the page beside this one: the answer goes to your journal."}
	case !p.LeftAt.IsZero():
		return Asked{}, problem.Invalid{"whom": p.Name + " has left the organisation. Ask by a link instead."}
	}
	var same int64
	if err := tx.Get(`
		select count(*) from askings
		where organisation_id = $1 and owner_id = $2 and to_person_id = $3 and way = 'here' and wording = $4 and answered_at is null and expires_at > $5`,
		me.Organisation, me.Person, whom, a.Wording, tx.Now()).Scan(&same); err != nil {
		return Asked{}, err
	}
	if same > 0 {
		return Asked{}, problem.Invalid{"whom": p.Name + " was asked this already."}
	}
	a.ID, a.Way, a.To = tx.NewID(), Here, org.Party{Person: p.ID, Name: p.Name}
	if err := a.insert(tx, me); err != nil {
		return Asked{}, err
	}
	if err := happened(tx, me, "question sent", a); err != nil {
		return Asked{}, err
	}
	return Asked{Asking: a}, notice.Tell(tx, me.Organisation, whom, notice.Asked, a.question(), string(a.ID))
}

// question is the asking as the one asked finds it.
func (a Asking) question() event.Thing { return event.Thing{Kind: "question", ID: a.ID} }

func (a Asking) sendByLink(tx *db.Tx, me org.Actor, whom Outside) (Asked, error) {
	a.ID, a.Way = tx.NewID(), ByLink
	wrong := problem.Invalid{}
	a.Signed = strings.Join(strings.Fields(tidy(wrong, "outside", whom.Name, mostName)), " ")
	a.To.Name = a.Signed
	wrong.Check(whom.Contact != "" || a.Signed != "", "outside", "Please write down who it is for, so that you know whom you asked.")
	if err := wrong.Err(); err != nil {
		return Asked{}, err
	}
	if whom.Contact != "" {
		known, err := org.ContactByID(tx, me, whom.Contact)
		if err != nil {
			return Asked{}, err
		}
		a.To, a.Signed = org.Party{Contact: known.ID, Name: known.Name}, known.Name
	}
	l, token, err := link.Make(tx, me, LinkPurpose, a.Thing(), whom.Link)
	if err != nil {
		return Asked{}, err
	}
	a.ExpiresAt = l.ExpiresAt
	if err := a.insert(tx, me); err != nil {
		return Asked{}, err
	}
	return Asked{a, l, token}, happened(tx, me, "question sent", a)
}

// ReplyTo replies to one who turned a question of the actor's back, who then has it again, with what
// the actor wrote: here at once, outside by a new link.
//
// Errors: problem.NotFound for what was not turned back or is answered, problem.Invalid by field, and
// those of link.Make.
func ReplyTo(tx *db.Tx, me org.Actor, id db.ID, text string, in link.Input) (Asked, error) {
	if err := mayWrite(me); err != nil {
		return Asked{}, err
	}
	a, err := ByID(tx, me, id)
	if err != nil {
		return Asked{}, err
	}
	if !a.TurnedBack() || !a.RepliedAt.IsZero() {
		return Asked{}, problem.NotFound
	}
	wrong := problem.Invalid{}
	a.Reply = tidy(wrong, "reply", text, mostAnswer)
	wrong.Check(a.Reply != "", "reply", "Please write down what you need.")
	if err := wrong.Err(); err != nil {
		return Asked{}, err
	}
	replied := Asked{Asking: a}
	replied.RepliedAt, replied.ExpiresAt = tx.Now(), tx.Now().AddDate(0, 0, openDays)
	if a.Way == ByLink {
		if replied.Link, replied.Token, err = link.Make(tx, me, LinkPurpose, a.Thing(), in); err != nil {
			return Asked{}, err
		}
		replied.ExpiresAt = replied.Link.ExpiresAt
	}
	if _, err := tx.Exec(`
		update askings set reply = $3, replied_at = $4, expires_at = $5 where organisation_id = $1 and owner_id = $2 and id = $6`,
		me.Organisation, me.Person, replied.Reply, replied.RepliedAt, replied.ExpiresAt, id); err != nil {
		return Asked{}, err
	}
	if err := happened(tx, me, "question replied to", a); err != nil {
		return Asked{}, err
	}
	var listens int64 // one who declined is asked no more, and that is told to nobody
	if err := tx.Get(`
		select count(*) from askings where organisation_id = $1 and id = $2 and way = 'here' and declined_at is null`,
		me.Organisation, id).Scan(&listens); err != nil || listens == 0 {
		return replied, err
	}
	return replied, notice.Tell(tx, me.Organisation, a.To.Person, notice.Answered, a.question(), string(a.ID)+" reply")
}

// TurnedBack tells whether the one asked wants to know something first, and has not answered since.
func (a Asking) TurnedBack() bool { return !a.BackAt.IsZero() && !a.Answered() && !a.BroughtAlong }

// Together lists those whom the actor asked the same at once, as they were chosen.
func Together(tx *db.Tx, me org.Actor, round db.ID) ([]Asking, error) {
	list, err := db.List(tx, scanAsking, selectAsking+"where "+own+" and a.round_id = $3 order by a.id", me.Organisation, me.Person, round)
	if err == nil && len(list) == 0 {
		err = problem.NotFound
	}
	return list, err
}
