package pitch

import (
	"fmt"
	"strings"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/plan"
)

// recent is for how many days a win is fresh evidence.
const recent = 90

// Lacks is what the evidence lacks, as facts. Nothing is blocked by it.
func (p Pitch) Lacks(tx *db.Tx, me org.Actor) ([]string, error) {
	wins, err := plan.MyWins(tx, me, p.Wins)
	if err != nil {
		return nil, err
	}
	var facts []string
	var latest civil.Date
	figures := false
	for _, w := range wins {
		if latest.Before(w.Day) {
			latest = w.Day
		}
		figures = figures || w.Figure != ""
	}
	switch {
	case len(wins) == 0:
		facts = append(facts, "No win goes along yet.")
	case latest.Before(civil.In(tx.Now(), me.Zone).AddDays(-recent)):
		facts = append(facts, fmt.Sprintf("Nothing in the last %d days backs this. The latest of what goes along is of %d %s %d.", recent, latest.Day(), latest.Month(), latest.Year()))
	}
	if len(wins) > 0 && !figures {
		facts = append(facts, "None of the wins that go along has a figure.")
	}
	backed, err := plan.EvidenceOfSkills(tx, me)
	if err != nil {
		return nil, err
	}
	mine, err := plan.SkillsOf(tx, me, me.Person)
	var bare []string
	for _, k := range mine {
		if p.Picked(Skill, k.ID) && len(backed[k.ID]) == 0 {
			bare = append(bare, k.Name)
		}
	}
	if len(bare) > 0 {
		facts = append(facts, "No win backs "+strings.Join(bare, ", ")+".")
	}
	return facts, err
}
