package nets

import (
	"slices"
	"testing"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/comment"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/frozen"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/proposal"
)

// propose lets a manager propose a goal, or a step to a goal that they see, which is perhaps
// answered.
func (w *world) propose(t testing.TB) {
	who, _ := w.pair()
	if w.line[who] == 0 {
		return
	}
	lead := w.lead[who]
	var marks []*mark
	in := func() string {
		m := w.plant(mark{owner: lead, sides: []int{who}, line: w.line[who]})
		marks = append(marks, m)
		return m.text
	}
	w.do(t, func(tx *db.Tx) error {
		if waiting, err := proposal.ToMe(tx, w.people[who]); err != nil || len(waiting) > 8 {
			return err
		}
		text := proposal.Text{Words: in(), Measured: in(), Why: in(), Due: civil.In(tx.Now(), w.people[who].Zone)}
		p, err := proposal.ProposeGoal(tx, w.people[lead], w.people[who].Person, text)
		if goal := db.ID(w.of("goal", who)); w.sees(tx, lead, goal) {
			p, err = proposal.ProposeStep(tx, w.people[lead], goal, text)
		}
		if err != nil {
			return err
		}
		w.keep("proposal", p.ID, who)
		if w.random.IntN(2) == 0 {
			return nil
		}
		for _, m := range marks {
			m.line = 0 // answered: it stays with both
		}
		if p.Kind == proposal.Goal && w.random.IntN(2) == 0 {
			m := w.plant(mark{owner: who, section: string(plan.Goals), kind: "goal"})
			g, err := proposal.TakeGoal(tx, w.people[who], p.ID, plan.GoalText{Title: m.text})
			m.thing = string(g.ID)
			return err
		}
		return proposal.Decline(tx, w.people[who], p.ID, w.hide(mark{owner: who, sides: []int{lead}}))
	})
}

// sees tells whether the program lets a person see an open goal.
func (w *world) sees(tx *db.Tx, who int, goal db.ID) bool {
	g, err := plan.GoalByID(tx, w.people[who], goal)
	return err == nil && g.IsOpen()
}

// giveCopy lets somebody put together a copy of what they wrote, and perhaps give it.
func (w *world) giveCopy(t testing.TB) {
	a, b := w.pair()
	sections := []plan.Section{plan.Sections[w.random.IntN(len(plan.Sections))], plan.Purpose}
	var things []event.Thing
	for _, kind := range []string{"goal", "skill", "win"} {
		if w.random.IntN(2) == 0 {
			things = append(things, event.Thing{Kind: kind, ID: db.ID(w.of(kind, a))})
		}
	}
	c := &copied{owner: a, viewer: b, marks: w.standingIn(a, sections, things)}
	c.marks = append(c.marks, w.plant(mark{owner: a}))
	w.do(t, func(tx *db.Tx) error {
		if mine, err := frozen.Mine(tx, w.people[a]); err != nil || len(mine) > 90 {
			return err
		}
		made, err := frozen.Make(tx, w.people[a], frozen.Input{
			Viewer: w.people[b].Person, Until: civil.In(tx.Now(), w.people[a].Zone).AddDays(7), Note: c.marks[len(c.marks)-1].text,
			Choice: frozen.Choice{Sections: sections, Things: things},
		})
		if err != nil {
			return err
		}
		c.id = string(made.ID)
		w.keep("copy", made.ID, a)
		if w.random.IntN(4) == 0 {
			return nil // its owner looks at it still
		}
		w.given = append(w.given, c)
		return frozen.Give(tx, w.people[a], made.ID)
	})
}

// standingIn are the marks that stand at present in sections and things of somebody's.
func (w *world) standingIn(who int, sections []plan.Section, things []event.Thing) []*mark {
	var marks []*mark
	for _, m := range w.marks {
		text := m.thing == "" || m.kind == "value" || m.kind == "strength"
		inSection := text && m.section != "" && slices.Contains(sections, plan.Section(m.section))
		if m.owner == who && !m.old && (inSection || slices.Contains(things, event.Thing{Kind: m.kind, ID: db.ID(m.thing)})) {
			marks = append(marks, m)
		}
	}
	return marks
}

func (w *world) takeCopyBack(t testing.TB) {
	if len(w.given) == 0 {
		return
	}
	c := w.given[w.random.IntN(len(w.given))]
	if c.back || w.left[c.owner] || w.left[c.viewer] {
		return
	}
	w.do(t, func(tx *db.Tx) error { return frozen.TakeBack(tx, w.people[c.owner], db.ID(c.id)) })
	c.back = true
}

// comment lets somebody comment on something that they are shown, quoting what stands there, and
// the owner perhaps answer.
func (w *world) comment(t testing.TB) {
	about, who, whose, quotes := w.somethingShown()
	if about.ID == "" {
		return
	}
	quote := ""
	if len(quotes) > 0 {
		quote = quotes[w.random.IntN(len(quotes))].text
	}
	said := mark{owner: who, sides: []int{whose}}
	w.do(t, func(tx *db.Tx) error {
		c, err := comment.Add(tx, w.people[who], about, comment.Input{Quote: quote, Words: w.hide(said)})
		if err != nil {
			return err
		}
		w.keep("comment", c.ID, whose)
		switch w.random.IntN(4) {
		case 0:
			return nil
		case 1:
			return comment.Resolve(tx, w.people[whose], c.ID)
		case 2:
			return w.takeAllBack(tx, whose, who) // so that some of what was commented on is shown no longer
		}
		return comment.Reply(tx, w.people[whose], c.ID, 1, w.hide(mark{owner: whose, sides: []int{who}}))
	})
}

// somethingShown is a goal, a skill, a win, a text or a copy that somebody is shown at present, to
// whom, of whom, and marks that stand in it. There may be none.
func (w *world) somethingShown() (about event.Thing, who, whose int, quotes []*mark) {
	if len(w.given) > 0 && w.random.IntN(3) == 0 {
		c := w.given[w.random.IntN(len(w.given))]
		if !c.back && !w.left[c.owner] && !w.left[c.viewer] {
			return event.Thing{Kind: "copy", ID: db.ID(c.id)}, c.viewer, c.owner, nil
		}
	}
	if len(w.previews) > 0 && w.random.IntN(3) == 0 {
		c := w.previews[w.random.IntN(len(w.previews))]
		if !w.left[c.owner] && !w.left[c.viewer] {
			return event.Thing{Kind: "preview", ID: db.ID(c.id)}, c.viewer, c.owner, nil
		}
	}
	for range len(w.shares) { // of all but stories and dates, which are not commented on
		s := w.shares[w.random.IntN(len(w.shares))]
		if s.kind == "story" || s.kind == "date" || s.kind == "feedback" || s.kind == "counsel" || s.back || w.left[s.owner] || w.left[s.viewer] || s.line != 0 && s.line != w.line[s.owner] {
			continue
		}
		about = event.Thing{Kind: s.kind, ID: db.ID(s.thing)}
		if s.kind == "plan" {
			if !plan.Section(s.section).IsText() {
				continue
			}
			about = plan.TextThing(plan.Section(s.section), w.people[s.owner].Person)
		}
		for _, m := range w.marks {
			// The first marks of a thing stand in its texts; a text of a section has one.
			inThing := s.kind != "plan" && m.kind == s.kind && m.thing == s.thing
			if m.owner == s.owner && !m.old && inThing && s.kind != "win" {
				quotes = append(quotes, m)
				break
			}
		}
		return about, s.viewer, s.owner, quotes
	}
	return event.Thing{}, 0, 0, nil
}
