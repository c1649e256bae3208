package handover

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/commitment"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/notice"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/share"
)

// Becomes is what becomes of a promise of a former manager.
type Becomes string

// What can become of it. What stays is still theirs to keep; taken over and moved it is once the others
// have agreed; only released it is at once.
const (
	Stays    Becomes = "stays"
	TakeOver Becomes = "take over" // the new manager is asked
	Move     Becomes = "move"      // another day is proposed
	Release  Becomes = "release"
)

// Choice is what the owner wants of a promise.
type Choice struct {
	Promise db.ID
	Becomes Becomes
	Due     civil.Date // moved to, or of who takes it over; zero: as it is
}

// Meeting is how the two of the new line begin.
type Meeting string

// The ways to begin.
const (
	NoMeeting  Meeting = ""
	OneMeeting Meeting = "one"  // a first meeting is proposed, and nothing after it
	WholeYear  Meeting = "year" // the year of the two begins with it
)

// Decision is the owner's word on a handover.
type Decision struct {
	To       db.ID   // the manager whom the owner had in front of them; empty: nobody
	Show     []db.ID // of the items, by their share
	Promises []Choice
	Meeting  Meeting
}

const changedAgain = problem.Refused("Your manager has changed again meanwhile. Nothing was shown. Please look at this once more.")

// Decide settles all that waits: the chosen items are shared with the present manager, the others stay
// dead; each promise of a former manager becomes what the owner chose, and the first meeting is
// prepared from what is shown, and nothing else.
//
// Errors: problem.NotFound when something chosen does not wait for the actor's word, problem.Refused when there
// is no manager to show it to, or another than the owner saw, problem.Invalid by field.
func Decide(tx *db.Tx, me org.Actor, in Decision) error {
	h, err := Of(tx, me)
	if err != nil {
		return err
	}
	if err := h.takes(in); err != nil || !h.Waits {
		return err
	}
	shown, err := h.show(tx, me, in.Show)
	if err != nil {
		return err
	}
	for _, choice := range in.Promises {
		if err := h.becomes(tx, me, choice); err != nil {
			return err
		}
	}
	if len(shown) == 0 { // else they are told already
		if err := notice.Tell(tx, me.Organisation, h.Manager.ID, notice.Answered, event.Thing{Kind: "person", ID: me.Person}, ""); err != nil {
			return err
		}
	}
	first, err := h.meet(tx, me, in.Meeting, shown)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(`
		update handovers set decided_at = $1, manager_id = $2, conversation_id = $3 where organisation_id = $4 and id = $5 and owner_id = $6`,
		tx.Now(), h.Manager.ID, first, me.Organisation, h.ID, me.Person); err != nil {
		return err
	}
	return event.Record(tx, event.Event{
		Organisation: me.Organisation, Kind: "handed over", By: me.Person, Thing: thing(h.ID), Facts: map[string]string{"manager": string(h.Manager.ID)},
	})
}

// takes refuses what was decided in view of something else than what stands now.
func (h Handover) takes(in Decision) error {
	switch {
	case !h.Waits && len(in.Show)+len(in.Promises) == 0:
		return nil
	case !h.Waits && h.ID != "":
		return problem.Refused("This is decided already. What somebody sees can be changed where it stands.")
	case !h.Waits:
		return problem.NotFound
	case len(in.Show) > 0 && h.Manager.ID == "":
		return problem.Refused("You have no manager here at present. Share it with a person by name instead.")
	case in.To != h.Manager.ID:
		return changedAgain
	}
	return nil
}

// show shares what was chosen, lets the rest lapse, and tells which items are shown now.
func (h Handover) show(tx *db.Tx, me org.Actor, chosen []db.ID) ([]Item, error) {
	var shown []Item
	chosen = slices.Clone(chosen)
	for _, i := range h.Items {
		if n := slices.Index(chosen, i.Share); n >= 0 {
			chosen = slices.Delete(chosen, n, n+1)
			shown = append(shown, i)
		}
	}
	if len(chosen) > 0 {
		return nil, problem.NotFound
	}
	lapsed, err := share.Lapsed(tx, me)
	if err != nil {
		return nil, err
	}
	for _, s := range lapsed { // more than one, where several managers saw it
		settle := share.LetLapse
		if slices.ContainsFunc(shown, func(i Item) bool { return i.Share == s.ID }) {
			settle = share.Confirm
		}
		if err := settle(tx, me, s.ID); err != nil {
			return nil, err
		}
	}
	return shown, nil
}

// becomes carries out what the owner chose for one promise.
func (h Handover) becomes(tx *db.Tx, me org.Actor, in Choice) error {
	n := slices.IndexFunc(h.Theirs, func(p Promise) bool { return p.ID == in.Promise })
	if n < 0 {
		return problem.NotFound
	}
	p := h.Theirs[n]
	if p.Settled() && in.Becomes != Stays {
		return problem.Refused("One of the promises waits for an answer already. Nothing was decided yet: please look at this once more.")
	}
	var err error
	switch in.Becomes {
	case Stays:
	case TakeOver:
		if h.Manager.ID == "" {
			return problem.Refused("There is nobody yet who could take it over.")
		}
		err = commitment.AskToTakeOver(tx, me, p.ID, org.Party{Person: h.Manager.ID, Name: h.Manager.Name}, commitment.NewTerms{Due: in.Due})
	case Move:
		if in.Due.IsZero() || in.Due == p.Due {
			return problem.Invalid{DueField(p.ID): "Please say to which day it moves."}
		}
		err = commitment.Propose(tx, me, p.ID, commitment.NewTerms{Due: in.Due})
	case Release:
		err = commitment.ReleaseIt(tx, me, p.ID, "")
	default:
		return problem.Invalid{BecomesField(p.ID): "Please choose among these."}
	}
	var wrong problem.Invalid
	if errors.As(err, &wrong) {
		return problem.Invalid{DueField(p.ID): cmp.Or(wrong["due"], wrong["words"], wrong["check_in"])}
	}
	return err
}

// BecomesField and DueField are the fields of a form that say what becomes of a promise.
func BecomesField(id db.ID) string { return "promise-" + string(id) }

// DueField is the field with its day.
func DueField(id db.ID) string { return "due-" + string(id) }

// meet prepares the first meeting of the new line.
func (h Handover) meet(tx *db.Tx, me org.Actor, how Meeting, shown []Item) (db.ID, error) {
	if how == NoMeeting || h.Manager.ID == "" {
		return "", nil
	}
	with := org.Party{Person: h.Manager.ID, Name: h.Manager.Name}
	var first conversation.Conversation
	var err error
	if how == WholeYear {
		first, err = conversation.MeetFirst(tx, me, with, h.Rhythm)
	} else {
		first, err = meetOnce(tx, me, with)
	}
	if errors.Is(err, problem.NotFound) { // neither has a free hour soon: the two find one themselves
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for n, i := range shown {
		if n == mostLines {
			break
		}
		if err := conversation.AddItem(tx, me, first.ID, i.line(first)); err != nil && !errors.As(err, new(problem.Refused)) {
			return "", err
		}
	}
	return first.ID, nil
}

// mostLines is how many things are put on one agenda: more is no conversation.
const mostLines = 30

func meetOnce(tx *db.Tx, me org.Actor, with org.Party) (conversation.Conversation, error) {
	at, err := conversation.FirstTime(tx, me, with, conversation.Align)
	if err != nil {
		return conversation.Conversation{}, err
	}
	return conversation.Request(tx, me, conversation.Input{With: with, Kind: conversation.Align, Time: at})
}

// line is an item as it stands on the agenda of the first meeting.
func (i Item) line(of conversation.Conversation) conversation.ItemInput {
	in := conversation.ItemInput{Words: shortened(i.Title), Shared: true, Section: of.Shape().For(i.Kind)}
	if i.Kind == "section" {
		in.Words, in.Section = "In my plan: "+i.Title, of.Shape().For(strings.TrimSuffix(i.What.Section, "s")) // where goals and skills stand
		return in
	}
	in.Source = event.Thing{Kind: i.Kind, ID: i.What.ID}
	return in
}

func shortened(words string) string {
	const most = 300
	if r := []rune(words); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return words
}

// TakenOver puts a promise that the new manager has taken over on the agenda of the first meeting, while that is
// to come. It is the reaction to "commitment accepted".
func TakenOver(tx *db.Tx, e event.Event) error {
	by, to := db.ID(e.Facts["by"]), db.ID(e.Facts["to"])
	first, err := db.One(tx, db.Scanned[db.ID], `
		select h.conversation_id from handovers h
		where h.organisation_id = $1 and h.owner_id = $2 and h.manager_id = $3 and h.conversation_id is not null
		order by h.decided_at desc limit 1`, e.Organisation, to, by)
	if errors.Is(err, problem.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	me, err := org.UnscopedActor(tx, e.Organisation, by)
	if err != nil {
		return err
	}
	promise, err := commitment.ByID(tx, me, e.Thing.ID)
	if err != nil || promise.Replaces == "" {
		return err
	}
	meeting, err := conversation.ByID(tx, me, first)
	if err != nil || !meeting.Open() {
		return err
	}
	err = conversation.AddItem(tx, me, first, conversation.ItemInput{
		Words: shortened("Taken over: " + promise.Words), Shared: true, Section: meeting.Shape().For("promise"), Source: promise.Thing(),
	})
	if errors.As(err, new(problem.Refused)) { // the agenda is full, or nobody can set it any more
		return nil
	}
	return err
}
