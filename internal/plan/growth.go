package plan

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/ownward/ownward/internal/civil"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
)

// GoalsWithin lists the actor's own goals that were pursued between two times, the first begun
// first, without their steps.
func GoalsWithin(tx *db.Tx, me org.Actor, from, to time.Time) ([]Goal, error) {
	return db.List(tx, scanGoal, selectGoal+`
		where g.organisation_id = $1 and g.owner_id = $2 and g.created_at < $4 and (g.closed_at is null or g.closed_at >= $3)
		order by g.created_at, g.id`, me.Organisation, me.Person, from, to)
}

// WinsWithin lists the actor's own wins from one day to another, the last first. What they back
// is not told.
func WinsWithin(tx *db.Tx, me org.Actor, from, to civil.Date, most int) ([]Win, error) {
	return db.List(tx, scanWin, selectWin+`
		where w.organisation_id = $1 and w.owner_id = $2 and w.day >= $3 and w.day <= $4
		order by w.day desc, w.id desc limit $5`, me.Organisation, me.Person, from, to, most)
}

// FirstDay is the day from which there is anything to look back on: the first goal or win. today
// when there is none.
func FirstDay(tx *db.Tx, me org.Actor) (civil.Date, error) {
	today := civil.In(tx.Now(), me.Zone)
	wins, err := db.List(tx, db.Scanned[civil.Date], `
		select day from wins where organisation_id = $1 and owner_id = $2 order by day, id limit 1`, me.Organisation, me.Person)
	if err != nil {
		return today, err
	}
	goals, err := db.List(tx, db.Scanned[time.Time], `
		select min(created_at) from goals where organisation_id = $1 and owner_id = $2 having count(*) > 0`, me.Organisation, me.Person)
	days := append(wins, today)
	for _, at := range goals {
		days = append(days, civil.In(at, me.Zone))
	}
	return slices.MinFunc(days, func(a, b civil.Date) int { return cmp.Compare(a.String(), b.String()) }), err
}

// LevelChange is a day on which somebody said otherwise of how well they know something.
type LevelChange struct {
	Skill    event.Thing
	Name     string // as it is called now
	From, To int64
	At       time.Time
}

// LevelChanges are those of the actor's own skills between two times, the first first.
func LevelChanges(tx *db.Tx, me org.Actor, from, to time.Time) ([]LevelChange, error) {
	skills, err := SkillsOf(tx, me, me.Person)
	if err != nil {
		return nil, err
	}
	earlier, err := org.EarlierOfKinds(tx, me, mostPast, "skill")
	if err != nil {
		return nil, err
	}
	var changes []LevelChange
	then := map[event.Thing]Skill{} // what replaced the text that is looked at
	for _, k := range skills {
		then[k.Thing()] = k
	}
	for _, e := range earlier { // the last replaced first
		next, stands := then[e.Thing]
		if !stands {
			continue // removed since: nobody looks back on it here
		}
		was, err := strconv.ParseInt(e.Text["level"], 10, 64)
		if err == nil && was != next.Level && !e.At.Before(from) && e.At.Before(to) {
			changes = append(changes, LevelChange{e.Thing, next.Name, was, next.Level, e.At})
		}
		if err == nil {
			then[e.Thing] = Skill{Name: next.Name, Level: was}
		}
	}
	slices.Reverse(changes)
	return changes, nil
}
