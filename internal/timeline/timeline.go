// Package timeline composes how a person grew: goals, wins, changes of skills, decisions,
// conversations and stories on one axis, for themselves alone.
package timeline

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/conversation"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
	"github.com/ownward/ownward/internal/story"
)

// Timeline is what lies in a period.
type Timeline struct {
	Period
	Today         civil.Date
	First         civil.Date // the first day that there is anything of
	Goals         []plan.Goal
	Wins          []plan.Win // the last first
	Skills        []plan.LevelChange
	Decisions     []ask.Ask
	Conversations []conversation.Conversation
	Stories       []story.Story // by when they were first kept
	zone          *time.Location
}

// mostYears is how many years are offered one by one; what is older stands in all of it.
const mostYears = 60

// mostWins is how many wins of a period are looked through.
const mostWins = 2000

// Of is the actor's own timeline of the period with the key.
//
// Errors: problem.NotFound for what is no period.
func Of(tx *db.Tx, me org.Actor, key string) (Timeline, error) {
	t := Timeline{Today: civil.In(tx.Now(), me.Zone), zone: me.Zone}
	var err error
	if t.First, err = plan.FirstDay(tx, me); err != nil {
		return t, err
	}
	if t.Period, err = PeriodOf(key, t.First, t.Today); err != nil {
		return t, err
	}
	from, to := t.From.At(0, 0, me.Zone), t.To.AddDays(1).At(0, 0, me.Zone)
	if t.Goals, err = plan.GoalsWithin(tx, me, from, to); err != nil {
		return t, err
	}
	if t.Wins, err = plan.WinsWithin(tx, me, t.From, t.To, mostWins); err != nil {
		return t, err
	}
	if t.Skills, err = plan.LevelChanges(tx, me, from, to); err != nil {
		return t, err
	}
	if t.Decisions, err = ask.DecidedWithin(tx, me, from, to); err != nil {
		return t, err
	}
	if t.Conversations, err = conversation.Year(tx, me, from, to); err != nil {
		return t, err
	}
	t.Stories, err = story.KeptWithin(tx, me, from, to)
	return t, err
}

// Nothing tells whether nothing lies in the period.
func (t Timeline) Nothing() bool {
	return len(t.Goals)+len(t.Wins)+len(t.Skills)+len(t.Decisions)+len(t.Conversations)+len(t.Stories) == 0
}

// Years are those that there is anything of, the last first.
func (t Timeline) Years() []int {
	var years []int
	for year := t.Today.Year(); year >= max(t.First.Year(), t.Today.Year()-mostYears); year-- {
		years = append(years, year)
	}
	return years
}

// Kind is what happened on a day.
type Kind string

// The kinds of what happens.
const (
	Began    Kind = "goal begun"
	Reached  Kind = "goal reached"
	LetGo    Kind = "goal let go"
	Won      Kind = "win"
	Learned  Kind = "skill"
	WasTold  Kind = "decision"
	TalkedOn Kind = "conversation"
	WillTalk Kind = "conversation to come"
	Told     Kind = "story"
)

// Entry is one thing that happened.
type Entry struct {
	Day   civil.Date
	Kind  Kind
	Thing event.Thing
	Words string
	More  string            // a figure, what was learned
	From  int64             // of a skill
	To    int64             // of a skill
	Says  ask.Says          // of a decision
	Whom  string            // who decided, or with whom they talked
	Talk  conversation.Kind // of a conversation
}

// Entries are all that happened in the period, the last first.
func (t Timeline) Entries() []Entry {
	var all []Entry
	add := func(e Entry) {
		if !e.Day.Before(t.From) && !e.Day.After(t.To) {
			all = append(all, e)
		}
	}
	on := func(at time.Time) civil.Date { return civil.In(at, t.zone) }
	for _, g := range t.Goals {
		add(Entry{Day: on(g.CreatedAt), Kind: Began, Thing: g.Thing(), Words: g.Title})
		switch g.State {
		case plan.Done:
			add(Entry{Day: on(g.ClosedAt), Kind: Reached, Thing: g.Thing(), Words: g.Title, More: g.Learned})
		case plan.LetGo:
			add(Entry{Day: on(g.ClosedAt), Kind: LetGo, Thing: g.Thing(), Words: g.Title, More: g.Learned})
		}
	}
	for _, w := range t.Wins {
		add(Entry{Day: w.Day, Kind: Won, Thing: w.Thing(), Words: w.What, More: w.Figure})
	}
	for _, k := range t.Skills {
		add(Entry{Day: on(k.At), Kind: Learned, Thing: k.Skill, Words: k.Name, From: k.From, To: k.To})
	}
	for _, a := range t.Decisions {
		add(Entry{Day: on(a.DecidedAt), Kind: WasTold, Thing: a.Thing(), Words: a.What, Says: a.Answer, Whom: a.Whom.Name})
	}
	for _, c := range t.Conversations {
		kind := WillTalk
		if c.State == conversation.Held {
			kind = TalkedOn
		}
		add(Entry{Day: on(c.At), Kind: kind, Thing: c.Thing(), Talk: c.Kind, Whom: c.Partner.Name})
	}
	for _, s := range t.Stories {
		add(Entry{Day: on(s.CreatedAt), Kind: Told, Thing: s.Thing(), Words: s.Title})
	}
	slices.SortStableFunc(all, func(a, b Entry) int { return cmp.Compare(b.Day.String(), a.Day.String()) })
	return all
}

// OfYear is the actor's own timeline of a year.
//
// Errors: problem.NotFound for what is no year.
func OfYear(tx *db.Tx, me org.Actor, year string) (Timeline, error) {
	if len(year) != 4 || strings.Trim(year, "0123456789") != "" {
		return Timeline{}, problem.NotFound
	}
	return Of(tx, me, year)
}

// Has tells whether a moment lies in the period.
func (t Timeline) Has(at time.Time) bool {
	day := civil.In(at, t.zone)
	return !day.Before(t.From) && !day.After(t.To)
}
