package plan

import (
	"fmt"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// AlongConfirmed is what somebody else said of a win, in their words, under the name that they are
// known by here or gave themselves. Where it goes it is what others said elsewhere: nobody is asked
// there, and nobody answers for it.
type AlongConfirmed struct {
	ID         db.ID     `json:"id"`
	Name       string    `json:"name"`
	Note       string    `json:"note,omitempty"` // what the person wrote with it
	AskedAt    time.Time `json:"asked_at"`
	Answer     Confirmed `json:"answer,omitempty"`
	Words      string    `json:"words,omitempty"`
	AnsweredAt time.Time `json:"answered_at,omitzero"`
	Revision   int64     `json:"win_revision,omitempty"` // of the win that they read
	Hidden     bool      `json:"hidden,omitempty"`
	ByLink     bool      `json:"by_link,omitempty"` // they wrote their name themselves
	win        db.ID
}

// takeConfirmed gives what was said of the actor's wins, by win.
func takeConfirmed(tx *db.Tx, me org.Actor) (map[db.ID][]AlongConfirmed, error) {
	all, err := db.List(tx, scanConfirmation, selectConfirmation+`
		where c.organisation_id = $1 and c.owner_id = $2 order by c.id`, me.Organisation, me.Person)
	of := map[db.ID][]AlongConfirmed{}
	for _, c := range all {
		of[c.Win] = append(of[c.Win], AlongConfirmed{c.ID, c.Name, c.Note, c.AskedAt, c.Answer, c.Words, c.AnsweredAt, c.WinRevision, c.Hidden, c.ByLink, c.Win})
	}
	return of, err
}

func bringConfirmed(tx *db.Tx, me org.Actor, place string, w AlongWin) error {
	for n, c := range w.Others {
		here := fmt.Sprintf("%s/said_by_others/%d", place, n)
		if err := bringSaid(tx, me, here, "confirmations", c.ID,
			"organisation_id, id, owner_id, win_id, name, note, asked_at, answer, words, answered_at, win_revision, hidden, by_link, brought_along",
			me.Organisation, c.ID, me.Person, w.ID, c.Name, c.Note, c.AskedAt, string(c.Answer), c.Words, c.AnsweredAt, c.Revision, c.Hidden, c.ByLink, true); err != nil {
			return err
		}
	}
	return nil
}

// AlongWord is what the actor said of somebody else's win, when they were asked.
type AlongWord struct {
	ID     db.ID     `json:"id"`
	Of     org.Key   `json:"of"` // whose win it is
	At     time.Time `json:"at"`
	Answer Confirmed `json:"answer"`
	Words  string    `json:"words,omitempty"`
}

// TakeWords are the answers that the actor gave to others. What the win was is not theirs.
func TakeWords(tx *db.Tx, me org.Actor, others *org.Companions) ([]AlongWord, error) {
	return db.List(tx, func(row db.Row) (AlongWord, error) {
		var w AlongWord
		var of org.Party
		err := row.Scan(&w.ID, &of.Person, &of.Name, &w.At, &w.Answer, &w.Words)
		w.Of = others.Key(of)
		return w, err
	}, `
		select c.id, p.id, p.name, c.answered_at, c.answer, c.words
		from confirmations c join people p on p.organisation_id = c.organisation_id and p.id = c.owner_id
		where c.organisation_id = $1 and c.person_id = $2 and c.answer in ('so', 'more', 'differently')
		order by c.id`, me.Organisation, me.Person)
}
