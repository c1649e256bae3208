package portable_test

import (
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/gap"
	"github.com/ownward/ownward/internal/link"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
	"github.com/ownward/ownward/internal/skill"
)

// skillViews are roles outside that Ines looks at, how others see a skill of hers, and how she sees one of Joel's.
func (r rich) skillViews() {
	r.do(func(tx *db.Tx) error {
		_, err := gap.AddOutside(tx, r.Ines, gap.Outside{Name: "Harbour diver", About: "In Aveiro", Asks: []gap.OutsideAsk{{Skill: "Diving", Level: 4}, {Skill: "Radio", Level: 2}}})
		if err != nil {
			return err
		}
		if err := gap.Offer(tx, r.Ines); err != nil {
			return err
		}
		_, err = skill.Add(tx, r.Ada, skill.Entry{Name: secret, Aliases: []string{secret + " too"}, Description: secret})
		return err
	})
	ask := func(owner, whom org.Actor, k plan.Skill, note string, level int64, words string) {
		var v plan.SkillView
		r.do(func(tx *db.Tx) (err error) {
			v, err = plan.AskForView(tx, owner, k.ID, whom.Person, note)
			return err
		})
		if words != "" {
			r.do(func(tx *db.Tx) error {
				return plan.GiveView(tx, whom, v.ID, plan.ViewReply{Level: level, Words: words})
			})
		}
	}
	var mine []plan.Skill
	var theirs plan.Skill
	r.do(func(tx *db.Tx) (err error) {
		if mine, err = plan.SkillsOf(tx, r.Ines, r.Ines.Person); err != nil {
			return err
		}
		theirs, err = plan.AddSkill(tx, r.Joel, plan.Skill{Name: secret, Level: 1, Wanted: 2})
		return err
	})
	ask(r.Ines, r.Joel, mine[0], "In the review of the gates", 4, "You asked what nobody asked")
	ask(r.Ines, r.Tomas, mine[0], "", plan.CannotSay, "I never saw you at it")
	ask(r.Ines, r.Mira, mine[0], "And you?", 0, "")
	ask(r.Joel, r.Ines, theirs, secret, 3, "Steady, also in the rain")
	r.do(func(tx *db.Tx) error {
		_, _, _, err := plan.AskForViewByLink(tx, r.Ines, mine[0].ID, "Rui Prado", "From our years together", link.Input{})
		return err
	})
}
