// Package handover is the change of manager, seen by the person it happens to: what the former
// manager saw is dead with the old reporting line, and the new one sees nothing of it until the
// owner says so, one by one or all at once. With it the owner decides what becomes of what the former
// manager promised them, and how the two of the new line begin.
package handover

import (
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/counsel"
	"github.com/ownward/ownward/internal/dates"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/feedback"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
	"github.com/ownward/ownward/internal/story"
)

// Item is one thing that a former manager saw, or sees still because it was shared with them by name.
type Item struct {
	Share  db.ID
	What   share.What
	Former string // the manager who saw it
	Kind   string // "section", "goal", "skill", "win"
	Title  string // of a section its name, else the owner's own words
}

// Promise is what a former manager promised the owner, or the owner them.
type Promise struct {
	commitment.Commitment
	Asked org.Party // who was asked to take it over and has not answered; zero: nobody
}

// Settled tells whether what becomes of it is decided already, or waits for somebody else's word.
func (p Promise) Settled() bool {
	return p.Asked.Person != "" || p.Change.ID != "" || !p.SaidDoneAt.IsZero()
}

// Former is somebody who led the owner until their reporting line ended.
type Former struct {
	org.Party
	Left bool // has left the organisation
	line db.ID
}

// Handover is a change of manager, from the first line that ended to the owner's word.
type Handover struct {
	ID      db.ID      // empty: there was none
	Waits   bool       // for the owner's word
	At      time.Time  // of the owner's word
	Manager org.Person // the present one; zero when there is none
	To      db.ID      // to whom it was handed over; empty: to nobody
	Formers []Former   // the latest last; not the present manager
	Items   []Item     // to be decided on
	Theirs  []Promise  // what former managers promised, open
	Mine    []Promise  // what the owner promised them, open
	First   db.ID      // the first meeting, prepared; empty: none
	Rhythm  conversation.Rhythm

	// What goes on beside it, for the owner to look at: what former managers see still since it was shared
	// with them by name, asks that wait for their answer, copies that somebody reads still, whoever they
	// were given to, and what was said about the plan and is not resolved.
	Named    []Item
	Asks     []ask.Ask
	Copies   []frozen.Copy
	Comments int64

	lines []db.ID
}

// GoesOn tells whether anything goes on beside it.
func (h Handover) GoesOn() bool {
	return len(h.Named)+len(h.Asks)+len(h.Copies)+len(h.Mine) > 0 || h.Comments > 0
}

// Of is the actor's latest handover: the one that waits for their word, else the last that they decided on.
// It is zero where no manager of theirs ever changed.
func Of(tx *db.Tx, me org.Actor) (Handover, error) {
	h, err := latest(tx, me)
	if err != nil || h.ID == "" {
		return h, err
	}
	if h.Manager, err = org.ManagerOf(tx, me); err != nil && !errors.Is(err, problem.NotFound) {
		return Handover{}, err
	}
	for _, part := range []func(*db.Tx, org.Actor) error{h.readFormers, h.readItems, h.readPromises, h.readBeside} {
		if err := part(tx, me); err != nil {
			return Handover{}, err
		}
	}
	h.Rhythm, err = conversation.RhythmIn(tx, me, h.lines)
	return h, err
}

func latest(tx *db.Tx, me org.Actor) (Handover, error) {
	h, err := db.One(tx, func(row db.Row) (Handover, error) {
		var h Handover
		err := row.Scan(&h.ID, &h.At, &h.To, &h.First)
		h.Waits = h.At.IsZero()
		return h, err
	}, `
		select id, decided_at, manager_id, conversation_id from handovers
		where organisation_id = $1 and owner_id = $2 order by began_at desc, id desc limit 1`, me.Organisation, me.Person)
	if errors.Is(err, problem.NotFound) {
		return Handover{}, nil
	}
	return h, err
}

const mostFormers = 20

// readFormers finds whose lines have ended since it began. A manager who leads the owner again is none of
// them.
func (h *Handover) readFormers(tx *db.Tx, me org.Actor) error {
	found, err := db.List(tx, func(row db.Row) (Former, error) {
		var f Former
		err := row.Scan(&f.line, &f.Person, &f.Name, &f.Left)
		return f, err
	}, `
		select l.id, l.manager_id, m.name, m.left_at is not null
		from handovers h
		join reporting_lines l on l.organisation_id = h.organisation_id and l.person_id = h.owner_id and l.ended_at >= h.began_at
			and (h.decided_at is null or l.ended_at <= h.decided_at)
		join people m on m.organisation_id = l.organisation_id and m.id = l.manager_id
		where h.organisation_id = $1 and h.id = $2 and h.owner_id = $3
		order by l.ended_at desc, l.id desc limit $4`, me.Organisation, h.ID, me.Person, mostFormers)
	slices.Reverse(found)
	for _, f := range found {
		h.lines = append(h.lines, f.line)
		same := func(other Former) bool { return other.Person == f.Person }
		if f.Person != h.Manager.ID {
			h.Formers = append(slices.DeleteFunc(h.Formers, same), f)
		}
	}
	return err
}

// readItems reads what former managers saw, each thing once, and what they see still by their name.
func (h *Handover) readItems(tx *db.Tx, me org.Actor) error {
	given, err := share.Given(tx, me)
	if err != nil {
		return err
	}
	var lapsed share.Audiences
	if h.Waits {
		if lapsed, err = share.Lapsed(tx, me); err != nil {
			return err
		}
	}
	var named share.Audiences
	seen := map[share.What]bool{}
	for _, s := range given {
		seen[s.What] = seen[s.What] || s.Role == share.Manager
		if s.Role == share.Person && h.led(s.Viewer) {
			named = append(named, s)
		}
	}
	if len(lapsed)+len(named) == 0 {
		return nil
	}
	titles, err := titles(tx, me)
	if err != nil {
		return err
	}
	for _, s := range lapsed {
		if !seen[s.What] { // else the new one sees it already, or another had seen it too
			seen[s.What] = true
			h.Items = append(h.Items, item(s, titles))
		}
	}
	for _, s := range named {
		h.Named = append(h.Named, item(s, titles))
	}
	return nil
}

func (h *Handover) led(person db.ID) bool {
	return slices.ContainsFunc(h.Formers, func(f Former) bool { return f.Person == person })
}

func titles(tx *db.Tx, me org.Actor) (map[share.What]string, error) {
	all := map[share.What]string{}
	for _, of := range []func(*db.Tx, org.Actor) (map[share.What]string, error){plan.SharedTitles, story.SharedTitles, dates.SharedTitles, feedback.SharedTitles, counsel.SharedTitles} {
		some, err := of(tx, me)
		if err != nil {
			return nil, err
		}
		maps.Copy(all, some)
	}
	return all, nil
}

func item(s share.Share, titles map[share.What]string) Item {
	i := Item{Share: s.ID, What: s.What, Former: s.Name, Kind: s.What.Kind, Title: titles[s.What]}
	if s.What.Kind == "plan" {
		i.Kind, i.Title = "section", plan.Section(s.What.Section).Title()
	}
	return i
}

// readPromises reads what stands between the owner and those who led them.
func (h *Handover) readPromises(tx *db.Tx, me org.Actor) error {
	var formers []db.ID
	for _, f := range h.Formers {
		formers = append(formers, f.Person)
	}
	open, err := commitment.WithAny(tx, me, formers)
	if err != nil || len(open) == 0 {
		return err
	}
	asked, err := commitment.TakeOvers(tx, me)
	if err != nil {
		return err
	}
	for _, c := range open {
		p := Promise{Commitment: c, Asked: asked[c.ID].By}
		if c.By.Is(me) {
			h.Mine = append(h.Mine, p)
		} else {
			h.Theirs = append(h.Theirs, p)
		}
	}
	return nil
}

// readBeside reads what goes on as it is.
func (h *Handover) readBeside(tx *db.Tx, me org.Actor) error {
	asks, err := ask.OnTheirWay(tx, me)
	if err != nil {
		return err
	}
	for _, a := range asks {
		if h.led(a.Whom.Person) {
			h.Asks = append(h.Asks, a)
		}
	}
	if h.Copies, err = frozen.StillRead(tx, me); err != nil {
		return err
	}
	h.Comments, err = comment.CountOpen(tx, me)
	return err
}

// Described says what an item is and who saw it.
func (i Item) Described() string { return i.kind() + ". " + i.Former + " saw it." }

func (i Item) kind() string {
	return map[string]string{
		"section": "The section of your plan, with what comes into it later", "goal": "A goal, with its steps", "skill": "A skill", "win": "A win", "story": "A story",
		"date": "A date", "feedback": "Feedback that you were given", "counsel": "Counsel, with what you decided",
	}[i.Kind]
}
