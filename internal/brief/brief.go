// Package brief prepares one side for a conversation: what it could talk about, and a page that
// says what changed, what was promised and what is on the agenda.
//
// A brief is made for one side, from what that side may see. Nothing of it reaches the other,
// but a line that is put on the shared agenda.
package brief

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Brief is the page before a conversation, for one side. It fits on one page of paper: each part
// says how much more there is.
type Brief struct {
	Conversation conversation.Conversation
	Me           org.Party
	Other        org.Party
	Zone         *time.Location
	Made         time.Time
	Last         conversation.Conversation // the one held before this; zero: there was none
	LastOutcome  string
	Changed      Part[Suggestion] // goals, wins and answers since then
	Mine, Theirs Part[Suggestion] // what each promised the other
	Asks         Part[Suggestion] // and proposals, answers and expectations that are owed
	Agenda       Part[conversation.Item]
	Own          Part[conversation.Item] // on the actor's own list
	Private      Part[Suggestion]        // what else the actor alone could bring up
}

// For makes the brief of a conversation for the actor, who is one of its sides.
func For(tx *db.Tx, me org.Actor, id db.ID) (Brief, error) {
	c, err := conversation.ByID(tx, me, id)
	if err != nil {
		return Brief{}, err
	}
	f, err := gather(tx, me, c)
	if err != nil {
		return Brief{}, err
	}
	agenda, err := conversation.AgendaOf(tx, me, id)
	if err != nil {
		return Brief{}, err
	}
	private := slices.DeleteFunc(slices.Concat(f.questions, f.shown, f.drafts), func(s Suggestion) bool { return agenda.Has(s.Source) })
	b := Brief{
		Conversation: c, Me: me.Self(), Other: c.Other(me), Zone: me.Zone, Made: tx.Now(), Last: f.last,
		Changed: whole(f.changed), Mine: whole(f.mine), Theirs: whole(f.theirs), Asks: whole(slices.Concat(f.asks, f.owed)),
		Agenda: whole(agenda.Shared), Own: whole(agenda.Own), Private: whole(private),
	}
	if f.last.ID != "" {
		texts, err := conversation.TextsOf(tx, me, f.last.ID)
		if err != nil {
			return b, err
		}
		b.LastOutcome = texts.Outcome.Words
	}
	return b.onOnePage(), nil
}

// Nothing tells whether there is nothing to say of what changed.
func (b Brief) Nothing() bool { return len(b.Changed.Lines) == 0 && b.LastOutcome == "" }

// Brings are the lines on the agenda that the other side brings, or that the actor does.
func (b Brief) Brings(mine bool) []conversation.Item {
	return slices.DeleteFunc(slices.Clone(b.Agenda.Lines), func(i conversation.Item) bool {
		return mine != (i.By.Person == b.Me.Person && i.By.Contact == "")
	})
}
