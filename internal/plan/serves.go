package plan

import (
	"errors"
	"slices"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/direction"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// ServeDirection says which direction a goal of the actor's serves, of those that are for them;
// none, where it is empty. Who sees the goal sees the direction only if it is for them too.
func ServeDirection(tx *db.Tx, me org.Actor, goal, served db.ID) error {
	if _, err := myGoal(tx, me, goal); err != nil {
		return err
	}
	if _, err := tx.Exec("delete from goal_directions where organisation_id = $1 and goal_id = $2", me.Organisation, goal); err != nil {
		return err
	}
	if served == "" {
		return nil
	}
	if _, err := direction.ByID(tx, me, served); err != nil {
		return err
	}
	return db.Put(tx, "goal_directions", "organisation_id, goal_id, direction_id", me.Organisation, goal, served)
}

// DirectionOf is the direction that a goal serves, as far as the actor sees it; the zero Direction
// without one. The goal is one that a reading of this package gave.
func DirectionOf(tx *db.Tx, me org.Actor, goal Goal) (direction.Direction, error) {
	id, err := db.One(tx, db.Scanned[db.ID], "select direction_id from goal_directions where organisation_id = $1 and goal_id = $2", me.Organisation, goal.ID)
	if err == nil {
		var d direction.Direction
		if d, err = direction.ByID(tx, me, id); err == nil {
			return d, nil
		}
	}
	if errors.Is(err, problem.NotFound) {
		err = nil
	}
	return direction.Direction{}, err
}

// addServed gives each goal that names a direction which the actor sees, and says nothing of it in
// words of its own, a copy of the words that it named: they leave with it.
func (a *Along) addServed(tx *db.Tx, me org.Actor) error {
	served, err := Served(tx, me)
	for i := range a.Goals {
		if g := &a.Goals[i]; g.Serves == "" {
			g.Serves = served[g.ID].Words
		}
	}
	return err
}

// Served gives the directions that the actor's own goals name, by goal, as far as the actor sees them.
func Served(tx *db.Tx, me org.Actor) (map[db.ID]direction.Direction, error) {
	served := map[db.ID]direction.Direction{}
	seen, err := direction.Seen(tx, me)
	if err != nil || len(seen) == 0 {
		return served, err
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var goal, named db.ID
		err := row.Scan(&goal, &named)
		if i := slices.IndexFunc(seen, func(d direction.Direction) bool { return d.ID == named }); i >= 0 {
			served[goal] = seen[i]
		}
		return struct{}{}, err
	}, `
		select s.goal_id, s.direction_id
		from goals g join goal_directions s on s.organisation_id = g.organisation_id and s.goal_id = g.id
		where g.organisation_id = $1 and g.owner_id = $2`, me.Organisation, me.Person)
	return served, err
}
