package plan

import (
	"fmt"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
)

// Hint is something that a plan does not say yet. It advises; it never blocks and never counts.
type Hint struct {
	Section Section
	Goal    db.ID // of a goal
	Field   string
	Text    string
}

// Hints are what the actor's own plan does not say yet, for its owner alone. An empty section is
// none: it asks for itself. today is the day where they are.
func (p Plan) Hints(today civil.Date) []Hint {
	var all []Hint
	add := func(when bool, section Section, text string) {
		if when {
			all = append(all, Hint{Section: section, Text: text})
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
			all = append(all, g.Hints(today)...)
		}
	}
	add(wide > 0 && open == 0, Skills, "You want more of a skill than you have. A goal would say how you get there.")
	add(open > 5, Goals, fmt.Sprintf("%d goals are open at once. Which of them could wait?", open))
	return all
}

// Hints are what an open goal does not say yet, for its owner alone.
func (g Goal) Hints(today civil.Date) []Hint {
	if !g.IsOpen() {
		return nil
	}
	var all []Hint
	add := func(when bool, field, text string) {
		if when {
			all = append(all, Hint{Goals, g.ID, field, text})
		}
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
	add(!g.Due.IsZero() && g.Due.Before(today), "due", "Its date has passed. Close it, or choose a new one.")
	add(late > 0, "steps", "A step is past its date. Do it, move it, or let it go.")
	add(next == 0, "steps", "It has no next step.")
	add(g.Measured == "", "measured", "It has no measure yet: how will you know that you are there?")
	add(g.Specific == "", "specific", "It does not say yet what exactly will be different.")
	add(g.Due.IsZero(), "due", "It has no date yet.")
	add(g.Relevant == "", "relevant", "It does not say yet why it matters to you.")
	add(g.Attainable == "", "attainable", "It does not say yet why it can be done, and what would help.")
	return all
}
