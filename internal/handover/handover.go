// Package handover is the change of manager, seen by the person it happens to: what the former
// manager saw is dead with the old reporting line, and the new one sees nothing of it until the
// owner says so, one by one or all at once.
package handover

import (
	"errors"
	"maps"
	"slices"

	"github.com/ownward/ownward/internal/comment"
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

// Item is one thing that a former manager saw.
type Item struct {
	Share  db.ID
	Former string // the manager who saw it
	Kind   string // "section", "goal", "skill", "win"
	Title  string // of a section its name, else the owner's own words
}

// Handover is what waits for the owner's word. Without items there is nothing to do.
type Handover struct {
	Manager org.Person // the present one; zero when there is none
	Items   []Item
	// What goes on beside it, for the owner to look at: copies that somebody reads still, whoever they
	// were given to, and what was said about the plan and is not resolved.
	Copies   []frozen.Copy
	Comments int64
}

// Pending is what the actor has not decided on since their reporting line ended.
func Pending(tx *db.Tx, me org.Actor) (Handover, error) {
	lapsed, err := share.Lapsed(tx, me)
	if err != nil || len(lapsed) == 0 {
		return Handover{}, err
	}
	var h Handover
	if h.Manager, err = org.ManagerOf(tx, me); err != nil && !errors.Is(err, problem.NotFound) {
		return Handover{}, err
	}
	titles, err := plan.SharedTitles(tx, me)
	if err != nil {
		return Handover{}, err
	}
	stories, err := story.SharedTitles(tx, me)
	if err != nil {
		return Handover{}, err
	}
	maps.Copy(titles, stories)
	days, err := dates.SharedTitles(tx, me)
	if err != nil {
		return Handover{}, err
	}
	maps.Copy(titles, days)
	given, err := feedback.SharedTitles(tx, me)
	if err != nil {
		return Handover{}, err
	}
	maps.Copy(titles, given)
	for _, s := range lapsed {
		item := Item{Share: s.ID, Former: s.Name, Kind: s.What.Kind, Title: titles[s.What]}
		if s.What.Kind == "plan" {
			item.Kind, item.Title = "section", plan.Section(s.What.Section).Title()
		}
		h.Items = append(h.Items, item)
	}
	if h.Copies, err = frozen.StillRead(tx, me); err != nil {
		return Handover{}, err
	}
	h.Comments, err = comment.CountOpen(tx, me)
	return h, err
}

// Decide settles all that waits: the chosen items are shared with the present manager, the
// others stay dead.
//
// Errors: problem.NotFound when something chosen does not wait for the actor's word,
// problem.Refused when something is chosen and there is no manager to show it to.
func Decide(tx *db.Tx, me org.Actor, chosen []db.ID) error {
	lapsed, err := share.Lapsed(tx, me)
	if err != nil {
		return err
	}
	for _, s := range lapsed {
		settle := share.LetLapse
		if i := slices.Index(chosen, s.ID); i >= 0 {
			chosen = slices.Delete(chosen, i, i+1)
			settle = share.Confirm
		}
		if err := settle(tx, me, s.ID); err != nil {
			return err
		}
	}
	if len(chosen) > 0 {
		return problem.NotFound
	}
	return nil
}

// Described says what an item is and who saw it.
func (i Item) Described() string {
	what := map[string]string{
		"section": "The section of your plan, with what comes into it later", "goal": "A goal, with its steps", "skill": "A skill", "win": "A win", "story": "A story",
		"date": "A date",
	}[i.Kind]
	return what + ". " + i.Former + " saw it."
}
