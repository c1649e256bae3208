package plan

import (
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Confirmation is what somebody who was there says of a win, when its owner asks them: a colleague
// on a page of their own, or somebody outside by a link. They see that win, and only while they are
// asked.
type Confirmation struct {
	ID           db.ID
	Win          db.ID
	Person       db.ID  // the colleague; empty for somebody outside
	Name         string // of whoever is asked
	Note         string // what the owner wrote with it; told to the two alone
	AskedAt      time.Time
	Answer       Confirmed
	Words        string
	AnsweredAt   time.Time
	WinRevision  int64 // of the win that they read
	Hidden       bool  // kept out of stories, and from those to whom the win is shown
	ByLink       bool
	BroughtAlong bool
}

// Confirmed is an answer.
type Confirmed string

// The answers. Who declines is asked no more, and nobody is told.
const (
	NotAnswered Confirmed = ""
	ItWasSo     Confirmed = "so"
	AndMore     Confirmed = "more"
	Differently Confirmed = "differently"
	declined    Confirmed = "declined"
)

// Title is the answer as a sentence.
func (a Confirmed) Title() string {
	return map[Confirmed]string{ItWasSo: "Yes, it was so", AndMore: "Yes, and I would add", Differently: "I remember it differently"}[a]
}

// Thing is the confirmation as something that a link opens.
func (c Confirmation) Thing() event.Thing { return event.Thing{Kind: "confirmation", ID: c.ID} }

// ByLink is the purpose of the links that ask for a confirmation.
const ByLink link.Purpose = "confirmation"

// How many people can be asked about one win, and how many that one person asked may wait: nobody
// is asked from all sides.
const (
	mostAsked   = 20
	mostWaiting = 50
)

// AskColleague asks a person of the organisation to confirm a win of the actor's.
//
// Errors: problem.NotFound, problem.Invalid by field, problem.Refused when too many are asked.
func AskColleague(tx *db.Tx, me org.Actor, win, whom db.ID, note string) (Confirmation, error) {
	c := Confirmation{Win: win, Person: whom, Note: note}
	if err := colleagueToAsk(tx, me, whom, "confirm", "You were there yourself. Choose somebody else who was."); err != nil {
		return c, err
	}
	if err := c.begin(tx, me); err != nil {
		return c, err
	}
	return c, notice.Tell(tx, me.Organisation, whom, notice.Asked, c.Thing(), string(c.ID))
}

// AskByLink asks somebody outside to confirm a win of the actor's, by a link.
//
// Errors: those of AskColleague and of link.Make.
func AskByLink(tx *db.Tx, me org.Actor, win db.ID, name, note string, in link.Input) (Confirmation, link.Link, link.Token, error) {
	c := Confirmation{Win: win, Name: name, Note: note, ByLink: true}
	if err := c.begin(tx, me); err != nil {
		return c, link.Link{}, "", err
	}
	l, token, err := link.Make(tx, me, ByLink, c.Thing(), in)
	return c, l, token, err
}

func (c *Confirmation) begin(tx *db.Tx, me org.Actor) error {
	if _, err := myWin(tx, me, c.Win); err != nil {
		return err
	}
	wrong := problem.Invalid{}
	c.Note = tidy(wrong, "note", c.Note, mostText)
	c.Name = nameToAsk(wrong, "confirm_name", c.Name, c.ByLink)
	if err := wrong.Err(); err != nil {
		return err
	}
	if err := c.notTooMany(tx, me); err != nil {
		return err
	}
	c.ID, c.AskedAt = tx.NewID(), tx.Now()
	if _, err := tx.Exec(`
		insert into confirmations (organisation_id, id, owner_id, win_id, person_id, name, note, asked_at, answer, words, win_revision, hidden, by_link, brought_along)
		values ($1, $2, $3, $4, $5, $6, $7, $8, '', '', 0, $9, $10, $9)`,
		me.Organisation, c.ID, me.Person, c.Win, c.Person, c.Name, c.Note, c.AskedAt, false, c.ByLink); err != nil {
		return err
	}
	return happened(tx, me, "confirmation asked", c.Thing())
}

func (c Confirmation) notTooMany(tx *db.Tx, me org.Actor) error {
	var ofWin, waiting, same int64
	err := tx.Get(`
		select count(case when win_id = $3 then 1 end), count(case when answer in ('', 'declined') then 1 end),
			count(case when win_id = $3 and person_id = $4 and answer in ('', 'declined') then 1 end)
		from confirmations where organisation_id = $1 and owner_id = $2 and not brought_along`,
		me.Organisation, me.Person, c.Win, c.Person).Scan(&ofWin, &waiting, &same)
	switch {
	case err != nil:
		return err
	case same > 0:
		return problem.Invalid{"confirm": "They were asked about this win already."}
	case ofWin >= mostAsked:
		return problem.Refuse("%d people were asked about this win: that is enough for any win.", ofWin)
	case waiting >= mostWaiting:
		return problem.Refuse("%d of your wins wait for somebody's word. Take some back before you ask again.", waiting)
	}
	return nil
}

// TakeBackConfirmation asks somebody no more to confirm a win of the actor's; an answer that is
// there already stays. From the same moment neither they nor a link finds the win.
func TakeBackConfirmation(tx *db.Tx, me org.Actor, id db.ID) error {
	c, err := myConfirmation(tx, me, id)
	if err != nil || c.Answer != NotAnswered {
		return err
	}
	if err := link.TakeBackOf(tx, me, c.Thing()); err != nil {
		return err
	}
	if _, err := tx.Exec(`
		delete from confirmations where organisation_id = $1 and id = $2 and owner_id = $3 and answer in ('', 'declined')`,
		me.Organisation, id, me.Person); err != nil {
		return err
	}
	return happened(tx, me, "confirmation taken back", c.Thing())
}

// HideConfirmation keeps an answer out of stories, and from those to whom the win is shown.
func HideConfirmation(tx *db.Tx, me org.Actor, id db.ID) error { return setHidden(tx, me, id, true) }

// UnhideConfirmation undoes HideConfirmation.
func UnhideConfirmation(tx *db.Tx, me org.Actor, id db.ID) error { return setHidden(tx, me, id, false) }

func setHidden(tx *db.Tx, me org.Actor, id db.ID, hidden bool) error {
	c, err := myConfirmation(tx, me, id)
	if err != nil || c.Answer == NotAnswered {
		return err
	}
	_, err = tx.Exec("update confirmations set hidden = $1 where organisation_id = $2 and id = $3 and owner_id = $4",
		hidden, me.Organisation, id, me.Person)
	return err
}

func myConfirmation(tx *db.Tx, me org.Actor, id db.ID) (Confirmation, error) {
	if err := mayWrite(me); err != nil {
		return Confirmation{}, err
	}
	return db.One(tx, scanConfirmation, selectConfirmation+`
		where c.organisation_id = $1 and c.owner_id = $2 and c.id = $3`, me.Organisation, me.Person, id)
}

// Reply is an answer to somebody who asks for a confirmation.
type Reply struct {
	Answer   Confirmed
	Words    string
	Name     string // of who answers by a link; they write it themselves
	Revision int64  // of the win that they read
}

// Confirm answers what the actor was asked. The words come back with problem.Invalid when the win
// was changed since they read it.
//
// Errors: problem.NotFound for what waits for no answer of the actor's, problem.Invalid by field.
func Confirm(tx *db.Tx, me org.Actor, id db.ID, in Reply) error {
	asked, err := AskedToConfirm(tx, me, id)
	if err != nil {
		return err
	}
	if me.Left || asked.Answer != NotAnswered {
		return problem.NotFound
	}
	in.Name = ""
	return asked.confirm(tx, me.Organisation, me.Person, in)
}

// ConfirmByLink answers what a link asks.
//
// Errors: those of Confirm.
func ConfirmByLink(tx *db.Tx, o link.Opened, in Reply) error {
	asked, err := AskedByLink(tx, o)
	if err != nil {
		return err
	}
	if in.Name, err = ownName(in.Name); err != nil {
		return err
	}
	return asked.confirm(tx, o.Organisation, "", in)
}

func (a Asked) confirm(tx *db.Tx, organisation, by db.ID, in Reply) error {
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "words", in.Words, mostText)
	wrong.Check(in.Answer.Title() != "", "answer", "Please choose one of the three.")
	wrong.Check(in.Words != "" || in.Answer == ItWasSo, "words", "Please say in a few words what you would add, or how you remember it.")
	wrong.Check(in.Revision == a.Text.Revision, "", a.OwnerCalled+" changed the words meanwhile. Please read them once more, and answer then.")
	if err := wrong.Err(); err != nil {
		return err
	}
	answered, err := tx.Exec(`
		update confirmations set answer = $1, words = $2, answered_at = $3, win_revision = $4, name = $5
		where organisation_id = $6 and id = $7 and answer = ''`,
		string(in.Answer), in.Words, tx.Now(), a.Text.Revision, in.Name, organisation, a.ID)
	if err != nil {
		return err
	}
	if answered == 0 {
		return problem.NotFound
	}
	if err := happened(tx, org.Actor{Organisation: organisation, Person: by}, "win confirmed", a.Thing()); err != nil {
		return err
	}
	return notice.Tell(tx, organisation, a.Owner, notice.Answered, Win{ID: a.Win}.Thing(), string(a.ID))
}

// DeclineToConfirm takes what the actor was asked off their list. Nobody is told.
func DeclineToConfirm(tx *db.Tx, me org.Actor, id db.ID) error {
	asked, err := AskedToConfirm(tx, me, id)
	if err != nil {
		return err
	}
	if me.Left || asked.Answer != NotAnswered {
		return problem.NotFound
	}
	_, err = tx.Exec("update confirmations set answer = $1 where organisation_id = $2 and id = $3 and person_id = $4 and answer = ''",
		string(declined), me.Organisation, id, me.Person)
	return err
}

// removeConfirmations goes with a win that is removed: nobody is asked about it any more.
func (w Win) removeConfirmations(tx *db.Tx, me org.Actor) error {
	ids, err := db.List(tx, db.Scanned[db.ID], `
		select id from confirmations where organisation_id = $1 and win_id = $2 and owner_id = $3 and by_link and answer = ''`,
		me.Organisation, w.ID, me.Person)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := link.TakeBackOf(tx, me, Confirmation{ID: id}.Thing()); err != nil {
			return err
		}
	}
	_, err = tx.Exec("delete from confirmations where organisation_id = $1 and win_id = $2 and owner_id = $3", me.Organisation, w.ID, me.Person)
	return err
}
