package plan

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/share"
)

// WinsToTell lists the actor's wins of a time, from the first to the last day, the newest first,
// with what they back: all, or those that back a goal or a skill. It tells whether there are more.
func WinsToTell(tx *db.Tx, me org.Actor, first, last civil.Date, about event.Thing, most int) ([]Win, bool, error) {
	backs := ""
	args := []any{me.Organisation, me.Person, me.Viewer(), first, last, most + 1}
	switch about.Kind {
	case "goal":
		backs = "and exists (select 1 from win_goals l where l.organisation_id = $1 and l.win_id = w.id and l.goal_id = $7)"
		args = append(args, about.ID)
	case "skill":
		backs = "and exists (select 1 from win_skills l where l.organisation_id = $1 and l.win_id = w.id and l.skill_id = $7)"
		args = append(args, about.ID)
	}
	wins, err := db.List(tx, scanWin, selectWin+`
		where w.organisation_id = $1 and w.owner_id = $2 and `+winSeen+` and w.day between $4 and $5 `+backs+`
		order by w.day desc, w.id desc limit $6`, args...)
	if err != nil {
		return nil, false, err
	}
	more := len(wins) > most
	wins = wins[:min(most, len(wins))]
	return wins, more, addBacked(tx, me, me.Person, wins)
}

// Give lets somebody see a thing of the actor's that stands beside the plan; the caller has looked
// it up.
func Give(tx *db.Tx, me org.Actor, thing event.Thing, with With) error {
	return give(tx, me, share.What{Kind: thing.Kind, ID: thing.ID}, with)
}
