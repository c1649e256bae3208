package plan

import (
	"fmt"
	"slices"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/smart"
)

// Hint is something that a plan does not say yet. It advises; it never blocks and never counts.
type Hint struct {
	Section  Section
	Goal     db.ID // of a goal
	Field    string
	Text     string
	Language string // of the text: that of the person's words
}

// Hints are what the actor's own plan does not say yet, for its owner alone. An empty section is
// none: it asks for itself. Of many goals the first few with something to say are enough. today is
// the day where they are.
func (p Plan) Hints(today civil.Date) []Hint {
	var all []Hint
	add := func(when bool, section Section, text string) {
		if when {
			all = append(all, Hint{Section: section, Text: text, Language: smart.English})
		}
	}
	wide, open := 0, 0
	for _, k := range p.Skills {
		if k.Gap() > 0 {
			wide++
		}
	}
	for _, g := range p.Goals {
		if g.IsOpen() {
			open++
		}
	}
	add(wide > 0 && open == 0, Skills, "You want more of a skill than you have. A goal would say how you get there.")
	add(open > 5, Goals, fmt.Sprintf("%d goals are open at once. Which of them could wait?", open))
	hinted := 0
	for _, g := range p.Goals {
		if of := g.Hints(today); len(of) > 0 {
			all = append(all, of...)
			hinted++
		}
		if hinted == hintedGoals {
			break
		}
	}
	return all
}

const hintedGoals = 5

// Hints are what would make an open goal easier to reach, for its owner alone: its steps, and the
// letters of SMART that it does not say yet.
func (g Goal) Hints(today civil.Date) []Hint {
	if !g.IsOpen() {
		return nil
	}
	next, late := 0, 0
	for _, s := range g.Steps {
		if s.IsOpen() {
			next++
			if !s.Due.IsZero() && s.Due.Before(today) {
				late++
			}
		}
	}
	var all []Hint
	if late > 0 {
		all = append(all, Hint{Goals, g.ID, "steps", "A step is past its date. Do it, give it another day, or let it go.", smart.English})
	}
	if next == 0 && g.Attainable != "" && g.Kind != OpenGoal {
		all = append(all, Hint{Goals, g.ID, "steps", "It has no next step.", smart.English})
	}
	for _, a := range g.advice(today, next) {
		field := string(a.Aspect)
		switch a.Finding {
		case smart.Start:
			field = "steps"
		case smart.Again:
			field = "rhythm"
		}
		all = append(all, Hint{Goals, g.ID, field, a.Text, a.Language})
		if a.Finding == smart.Passed { // the first thing to know
			all = slices.Insert(all[:len(all)-1], 0, all[len(all)-1])
		}
	}
	return all
}

func (g Goal) advice(today civil.Date, steps int) []smart.Advice {
	return smart.Look(smart.Goal{
		Kind: smart.Kind(g.Kind), Title: g.Title, Specific: g.Specific, Measured: g.Measured, Attainable: g.Attainable, Relevant: g.Relevant,
		Serves: g.Serves, Due: g.Due, Steps: steps, NotAgain: g.Rhythm == Never,
	}, today)
}
