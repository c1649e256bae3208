package plan

import (
	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// Evidence is a win that backs a skill of its owner's, in one line.
type Evidence struct {
	Win  db.ID
	Day  civil.Date
	What string
}

// Thing is the win.
func (e Evidence) Thing() event.Thing { return event.Thing{Kind: "win", ID: e.Win} }

// EvidenceOfSkills is, for each skill of the actor's own, the newest wins that back it: three at most.
func EvidenceOfSkills(tx *db.Tx, me org.Actor) (map[db.ID][]Evidence, error) {
	found := map[db.ID][]Evidence{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var skill db.ID
		var e Evidence
		err := row.Scan(&skill, &e.Win, &e.Day, &e.What)
		found[skill] = append(found[skill], e)
		return struct{}{}, err
	}, `
		select skill_id, id, day, what from (
			select l.skill_id, w.id, w.day, w.what, row_number() over (partition by l.skill_id order by w.day desc, w.id desc) as place
			from wins w
			join win_skills l on l.organisation_id = w.organisation_id and l.win_id = w.id
			where w.organisation_id = $1 and w.owner_id = $2) newest
		where place <= 3
		order by skill_id, place`, me.Organisation, me.Person)
	return found, err
}
