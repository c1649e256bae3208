package web

import (
	"cmp"
	"errors"

	"github.com/ownward/ownward/internal/ask"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/problem"
)

// fromSkill is the skill of the actor's own that something new comes from, with what is asked of it; ok is false
// where it comes from none.
func (c *call) fromSkill() (l gap.Line, ok bool, err error) {
	from := c.origin()
	if from.Kind != "skill" {
		return l, false, nil
	}
	k, err := plan.SkillByID(c.tx, c.me, from.ID)
	if errors.Is(err, problem.NotFound) || err == nil && k.Owner != c.me.Person {
		return l, false, nil
	}
	if err != nil {
		return l, false, err
	}
	v, err := gap.Of(c.tx, c.me, gap.Look{})
	for _, each := range v.Lines {
		if each.Own.ID == k.ID {
			return each, true, err
		}
	}
	return l, false, err
}

// aim is the level that somebody is on the way to: the one they want, else the nearest that is asked for.
func aim(l gap.Line) int64 {
	if l.Own.Wanted > l.Own.Level {
		return l.Own.Wanted
	}
	for _, a := range l.Places {
		if a.Level > l.Own.Level {
			return a.Level
		}
	}
	return l.Own.Level
}

// goalFromSkill begins a goal with what a skill says, to be put into one's own words.
func (c *call) goalFromSkill(text plan.GoalText) (plan.GoalText, error) {
	l, ok, err := c.fromSkill()
	if !ok {
		return text, err
	}
	text.Kind = plan.Learning
	to := aim(l)
	if to == l.Own.Level {
		text.Title = "Build on " + l.Own.Name
		text.Attainable = "I am at “" + levelWords(l.Own.Level) + "” already."
		return text, nil
	}
	text.Title = l.Own.Name + ": " + levelWords(to)
	text.Specific = cmp.Or(l.Behaviour[to], "From “"+levelWords(l.Own.Level)+"” to “"+levelWords(to)+"”.")
	return text, nil
}

// askFromSkill begins an ask with what a skill says, and the wins that show it.
func (c *call) askFromSkill() (ask.Input, error) {
	var in ask.Input
	l, ok, err := c.fromSkill()
	if !ok {
		return in, err
	}
	in.What = "Room to grow in " + l.Own.Name
	if to := aim(l); to != l.Own.Level {
		in.Why = "I am at “" + levelWords(l.Own.Level) + "” and want to get to “" + levelWords(to) + "”."
	} else {
		in.Why = "It is a strength of mine that I want to build on."
	}
	for _, w := range l.Wins {
		in.Wins = append(in.Wins, db.ID(w.Win))
	}
	return in, nil
}
