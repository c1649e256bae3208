package web

import (
	"testing"

	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/plan"
)

func TestASkillThatMovedTwiceInAYearStandsInItOnce(t *testing.T) {
	rope, saying, log := event.Thing{Kind: "skill", ID: "rope"}, event.Thing{Kind: "skill", ID: "no"}, event.Thing{Kind: "skill", ID: "log"}
	got := wholeChanges([]plan.LevelChange{
		{Skill: rope, From: 0, To: 1}, {Skill: saying, From: 1, To: 2}, {Skill: log, From: 3, To: 2}, {Skill: rope, From: 1, To: 2}, {Skill: log, From: 2, To: 3},
	})
	if len(got) != 2 || got[0].Skill != saying || got[1].Skill != rope || got[1].From != 0 || got[1].To != 2 {
		t.Errorf("the changes of the year: %+v", got)
	}
}
