package nets

import (
	"errors"
	"fmt"
	"testing"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/skill"
)

// listSkills lets an administrator put skills on the list of their organisation, and send a list and look no further.
func (w *world) listSkills(t testing.TB, who int) {
	open := mark{owner: who, open: true}
	w.do(t, func(tx *db.Tx) error {
		e, err := skill.Add(tx, w.people[who], skill.Entry{Name: w.hide(open), Aliases: []string{w.hide(open)}, Description: w.hide(open)})
		if err != nil {
			return err
		}
		w.keep("skill entry", e.ID, who)
		alone := mark{owner: who}
		id, err := skill.KeepFile(tx, w.people[who], org.SentFile{
			Name: w.hide(alone), Content: []byte(fmt.Sprintf("skill,other\n%s,%s\n,%s\n", w.hide(alone), w.hide(alone), w.hide(alone))),
		})
		w.keep("skill file", id, who)
		return err
	})
}

// lookOutside lets somebody write down a role outside, and offer to be asked about their own.
func (w *world) lookOutside(t testing.TB, who int) {
	alone := mark{owner: who}
	w.do(t, func(tx *db.Tx) error {
		o, err := gap.AddOutside(tx, w.people[who], gap.Outside{
			Name: w.hide(alone), About: w.hide(alone), Asks: []gap.OutsideAsk{{Skill: w.hide(alone), Level: 3}},
		})
		w.keep("outside role", o.ID, who)
		return errors.Join(err, gap.Offer(tx, w.people[who]))
	})
}

// askHowTheySee lets somebody ask a colleague how they see a skill: who answers, declines or lets it wait; or it is taken back.
func (w *world) askHowTheySee(t testing.TB) {
	a, b := w.pair()
	note, name := w.plant(mark{owner: a, sides: []int{b}}), w.plant(mark{owner: a, sides: []int{b}, section: "skills"})
	w.do(t, func(tx *db.Tx) error {
		k, err := plan.AddSkill(tx, w.people[a], plan.Skill{Name: name.text, Level: 2, Wanted: 4})
		if err != nil {
			return err
		}
		w.stand("skill", k.ID, a, []*mark{name})
		v, err := plan.AskForView(tx, w.people[a], k.ID, w.people[b].Person, note.text)
		if err != nil {
			return err
		}
		w.keep("skill view", v.ID, a)
		switch w.random.IntN(4) {
		case 0:
			note.sides, name.sides = nil, nil
			return plan.RemoveView(tx, w.people[a], v.ID)
		case 1:
			note.sides, name.sides = nil, nil
			return plan.DeclineView(tx, w.people[b], v.ID)
		case 2:
			return plan.GiveView(tx, w.people[b], v.ID, plan.ViewReply{Level: 3, Words: w.hide(mark{owner: a, sides: []int{b}})})
		}
		return nil
	})
}

// askHowTheySeeByLink lets somebody ask somebody outside, who answers or not; or it is taken back.
func (w *world) askHowTheySeeByLink(t testing.TB) {
	a, _ := w.pair()
	note, name, skillName := w.plant(mark{owner: a}), w.plant(mark{owner: a}), w.plant(mark{owner: a, section: "skills"})
	o := &opened{marks: []*mark{note, name, skillName}}
	w.do(t, func(tx *db.Tx) error {
		k, err := plan.AddSkill(tx, w.people[a], plan.Skill{Name: skillName.text, Level: 2, Wanted: 4})
		if err != nil {
			return err
		}
		w.stand("skill", k.ID, a, []*mark{skillName})
		v, l, token, err := plan.AskForViewByLink(tx, w.people[a], k.ID, name.text, note.text, link.Input{Days: 60})
		if err != nil {
			return err
		}
		w.keep("skill view", v.ID, a)
		w.keep("link", l.ID, a)
		w.keep("token of a link", db.ID(token), -1)
		w.opened[string(token)] = o
		switch w.random.IntN(3) {
		case 0:
			o.over = true
			return plan.RemoveView(tx, w.people[a], v.ID)
		case 1:
			o.over = true
			opens, err := link.Open(tx, token)
			if err != nil {
				return err
			}
			said := mark{owner: a}
			if err := plan.GiveViewByLink(tx, opens, plan.ViewReply{Level: 4, Words: w.hide(said), Name: w.hide(said)}); err != nil {
				return err
			}
			return link.Use(tx, opens)
		}
		return nil
	})
}

// formsOfSkills are those of the list of skills, of roles outside, and of how others see a skill.
func (s *stage) formsOfSkills() map[string]map[string]string {
	return map[string]map[string]string{
		"/skills/{id}/merging": {"other": string(s.things["another skill"].id)},
		"/skills/{id}/views":   {"whom": "outside", "view_name": "Rui"},
		"/views/{id}":          {"level": "4", "words": "I saw it"},
		"/gap/outside":         {"name": "Diver", "asks": "Diving 4"},
		"/gap/outside/{id}":    {"name": "Diver", "asks": "Diving 4"},
		"/you/offer":           {"offer": "yes"},

		"/organisation/skills":                     {"name": "Rowing"},
		"/organisation/skills/{id}":                {"name": "Rowing"},
		"/organisation/skills/import":              {"lines": "skill\nRowing\n"},
		"/organisation/skills/import/{id}/columns": {"column-name": "skill"},
		"/organisation/skills/import/{id}/import":  {"seen": "1 line: 1 new skill."},
	}
}
