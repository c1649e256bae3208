package demo

import (
	"slices"

	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
)

// proposed is a goal, or a step to a goal, that a manager proposed.
type proposed struct {
	On       day    `yaml:"on"`
	By       string `yaml:"by"`
	Goal     string `yaml:"goal"` // of a step
	Words    prose  `yaml:"words"`
	Measured prose  `yaml:"measured"`
	Due      day    `yaml:"due"`
	Why      prose  `yaml:"why"`
	Taken    day    `yaml:"taken"`
	Declined day    `yaml:"declined"`
	Answer   prose  `yaml:"answer"`
}

// copied is a copy of a part of the plan for one meeting.
type copied struct {
	ID      string   `yaml:"id"`
	On      day      `yaml:"on"`
	For     string   `yaml:"for"`
	Meeting string   `yaml:"meeting"`
	Until   day      `yaml:"until"`
	Parts   []string `yaml:"parts"` // sections, and labels of goals, skills and wins
	Note    prose    `yaml:"note"`
	Draft   bool     `yaml:"draft"` // not given
}

// said is a comment on something that was shown.
type said struct {
	On       day    `yaml:"on"`
	By       string `yaml:"by"`
	About    string `yaml:"about"` // a section of the plan, or a label
	Quote    prose  `yaml:"quote"`
	Words    prose  `yaml:"words"`
	Answered day    `yaml:"answered"`
	Answer   prose  `yaml:"answer"`
	Resolved day    `yaml:"resolved"`
}

// shown plans what others put before a person, and what that person shows them.
func (t *telling) shown(s story) {
	for _, each := range s.Proposals {
		t.proposal(s.Person, each)
	}
	for _, each := range s.Copies {
		t.copy(s.Person, each)
	}
	for _, each := range s.Comments {
		t.comment(s.Person, each)
	}
}

func (t *telling) proposal(of string, p proposed) {
	var made proposal.Proposal
	text := proposal.Text{Words: string(p.Words), Measured: string(p.Measured), Due: t.date(p.Due), Why: string(p.Why)}
	t.does(p.By, t.when(p.On, evening, p.By), "proposal", func(tx *db.Tx, me org.Actor) error {
		goal, err := t.thing(of, p.Goal)
		if err != nil {
			return err
		}
		if goal.ID != "" {
			made, err = proposal.ProposeStep(tx, me, goal.ID, text)
		} else {
			made, err = proposal.ProposeGoal(tx, me, t.person(of), text)
		}
		return err
	})
	if p.Taken != 0 {
		t.does(of, t.when(p.Taken, evening, of), "proposal taken", func(tx *db.Tx, me org.Actor) (err error) {
			if made.Kind == proposal.Step {
				_, err = proposal.TakeStep(tx, me, made.ID, plan.StepText{Words: text.Words, Due: text.Due})
			} else {
				_, err = proposal.TakeGoal(tx, me, made.ID, plan.GoalText{Title: text.Words, Measured: text.Measured, Due: text.Due})
			}
			return err
		})
	}
	if p.Declined != 0 {
		t.does(of, t.when(p.Declined, evening, of), "proposal declined", func(tx *db.Tx, me org.Actor) error {
			return proposal.Decline(tx, me, made.ID, string(p.Answer))
		})
	}
}

func (t *telling) copy(of string, c copied) {
	t.does(of, t.when(c.On, evening, of), "copy "+c.ID, func(tx *db.Tx, me org.Actor) error {
		in := frozen.Input{Viewer: t.person(c.For), Until: t.date(c.Until), Note: string(c.Note)}
		meeting, err := t.thing(of, c.Meeting)
		if err != nil {
			return err
		}
		in.Conversation = meeting.ID
		for _, part := range c.Parts {
			if slices.Contains(plan.Sections, plan.Section(part)) {
				in.Sections = append(in.Sections, plan.Section(part))
				continue
			}
			thing, err := t.thing(of, part)
			if err != nil {
				return err
			}
			in.Things = append(in.Things, thing)
		}
		made, err := frozen.Make(tx, me, in)
		if err != nil || c.Draft {
			return err
		}
		t.name(of, c.ID, made.Thing())
		return frozen.Give(tx, me, made.ID)
	})
}

func (t *telling) comment(of string, s said) {
	var made comment.Comment
	t.does(s.By, t.when(s.On, evening, s.By), "comment on "+s.About, func(tx *db.Tx, me org.Actor) (err error) {
		about := event.Thing{}
		if section := plan.Section(s.About); section.Of() != "" {
			about = plan.TextThing(section, t.person(of))
		} else if about, err = t.thing(of, s.About); err != nil {
			return err
		}
		made, err = comment.Add(tx, me, about, comment.Input{Quote: string(s.Quote), Words: string(s.Words)})
		return err
	})
	if s.Answered != 0 {
		t.does(of, t.when(s.Answered, evening, of), "answer to a comment on "+s.About, func(tx *db.Tx, me org.Actor) error {
			return comment.Reply(tx, me, made.ID, made.AnswerRevision, string(s.Answer))
		})
	}
	if s.Resolved != 0 {
		t.does(of, t.when(s.Resolved, evening, of), "comment on "+s.About+" resolved", func(tx *db.Tx, me org.Actor) error {
			return comment.Resolve(tx, me, made.ID)
		})
	}
}
