package story

import (
	"slices"

	"github.com/ownward/ownward/internal/db"
)

// byCriterion puts each win under every criterion for which it was brought.
func (g gathered) byCriterion() []group {
	var groups []group
	placed := map[db.ID]bool{}
	for _, c := range g.shown {
		one := group{heading: firstWords(c.Words), says: "To be shown: " + sentence(c.Words)}
		for _, w := range g.wins {
			if slices.Contains(c.Wins, w.ID) {
				one.wins = append(one.wins, w)
				placed[w.ID] = true
			}
		}
		if len(one.wins) > 0 {
			groups = append(groups, one)
		}
	}
	for _, w := range g.wins {
		if !placed[w.ID] {
			groups = under(groups, "Besides", w)
		}
	}
	return last(groups, "Besides")
}
