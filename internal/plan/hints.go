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
	late := slices.ContainsFunc(g.Steps, func(s Step) bool { return s.IsOpen() && !s.Due.IsZero() && s.Due.Before(today) })
	next := g.StepsAhead()
	var all []Hint
	if late {
		all = append(all, Hint{Goals, g.ID, "steps", "A step is past its date. Do it, give it another day, or let it go.", smart.English})
	}
	if next == 0 && g.Attainable != "" && g.Kind != OpenGoal {
		all = append(all, Hint{Goals, g.ID, "steps", "It has no next step.", smart.English})
	}
	advice := g.Advice(today, next, g.ID)
	if !g.Due.IsZero() && g.Due.Before(today) && len(advice) > 0 && advice[0].Field == "due" { // the first thing to know
		return append(advice[:1:1], append(all, advice[1:]...)...)
	}
	return append(all, advice...)
}

// StepsAhead is how many steps of the goal are still to be done.
func (g Goal) StepsAhead() int {
	ahead := 0
	for _, s := range g.Steps {
		if s.IsOpen() {
			ahead++
		}
	}
	return ahead
}

// Advice is what each letter of SMART does not say yet of a goal, with as many steps still to be
// done; also of one that is being written, which has no id.
func (t GoalText) Advice(today civil.Date, steps int, id db.ID) []Hint {
	var all []Hint
	for _, a := range smart.Look(smart.Goal{
		Kind: smart.Kind(t.Kind), Title: t.Title, Specific: t.Specific, Measured: t.Measured, Attainable: t.Attainable, Relevant: t.Relevant,
		Serves: t.Serves, Due: t.Due, Steps: steps, NotAgain: t.Rhythm == Never,
	}, today) {
		field := string(a.Aspect)
		switch a.Finding {
		case smart.Start:
			field = "steps"
		case smart.Again:
			field = "rhythm"
		}
		one := Hint{Goals, id, field, a.Text, a.Language}
		if a.Finding == smart.Passed { // the first thing to know
			all = slices.Insert(all, 0, one)
		} else {
			all = append(all, one)
		}
	}
	return all
}
