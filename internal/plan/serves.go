package plan

import (
	"errors"

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
	served, err := servedBy(tx, me, me.Person)
	for i := range a.Goals {
		if g := &a.Goals[i]; g.Serves == "" {
			g.Serves = served[g.ID]
		}
	}
	return err
}

// servedBy gives the words of the directions that goals of that owner name, by goal, as far as the
// actor sees those directions.
func servedBy(tx *db.Tx, me org.Actor, owner db.ID) (map[db.ID]string, error) {
	served := map[db.ID]string{}
	seen, err := direction.Seen(tx, me)
	if err != nil || len(seen) == 0 {
		return served, err
	}
	words := map[db.ID]string{}
	for _, d := range seen {
		words[d.ID] = d.Words
	}
	_, err = db.List(tx, func(row db.Row) (struct{}, error) {
		var goal, named db.ID
		err := row.Scan(&goal, &named)
		if words[named] != "" {
			served[goal] = words[named]
		}
		return struct{}{}, err
	}, `
		select s.goal_id, s.direction_id
		from goals g join goal_directions s on s.organisation_id = g.organisation_id and s.goal_id = g.id
		where g.organisation_id = $1 and g.owner_id = $2`, me.Organisation, owner)
	return served, err
}
