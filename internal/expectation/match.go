package expectation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// Standing is where a person stands in the roles: found from their job title and level.
type Standing struct {
	Known bool // a role fits the job title
	Role  Role
	Level Level // its key is empty where the role is known and the level is not
	Next  Level // its key is empty at the top
}

// Today is where the actor stands.
func Today(tx *db.Tx, me org.Actor) (Standing, error) {
	if me.Person == "" || me.Left {
		return Standing{}, nil
	}
	p, err := org.Me(tx, me)
	if err != nil {
		return Standing{}, err
	}
	return StandingOf(tx, me, p)
}

// StandingOf is where a person stands, whom the actor may know, as the actor may see the roles.
func StandingOf(tx *db.Tx, me org.Actor, p org.Person) (Standing, error) {
	roles, err := Roles(tx, me)
	if err != nil {
		return Standing{}, err
	}
	said, err := saidMatches(tx, me, []org.Person{p})
	if err != nil {
		return Standing{}, err
	}
	return standing(roles, said, p.JobTitle, p.Level), nil
}

// StandingsOf is where each of some people stands whom the actor may know, by their ids.
func StandingsOf(tx *db.Tx, me org.Actor, people []org.Person) (map[db.ID]Standing, error) {
	roles, err := Roles(tx, me)
	if err != nil {
		return nil, err
	}
	said, err := saidMatches(tx, me, people)
	if err != nil {
		return nil, err
	}
	stands := map[db.ID]Standing{}
	for _, p := range people {
		stands[p.ID] = standing(roles, said, p.JobTitle, p.Level)
	}
	return stands, nil
}

// place is a level of a role, by their keys.
type place struct {
	role  db.ID
	level string
}

// words are what the people file says of somebody's job, folded.
type words struct{ title, level string }

func wordsOf(title, level string) words { return words{org.Fold(title), org.Fold(level)} }

// saidMatches is what administrators said of the jobs of some people.
func saidMatches(tx *db.Tx, me org.Actor, people []org.Person) (map[words]place, error) {
	args := []any{me.Organisation}
	for _, p := range people {
		args = append(args, org.Fold(p.JobTitle))
	}
	return matchesIn(tx, "organisation_id = $1 and title_key in ("+db.Places(2, len(people))+")", args...)
}

// everyMatch is what administrators said of all jobs.
func everyMatch(tx *db.Tx, me org.Actor) (map[words]place, error) {
	return matchesIn(tx, "organisation_id = $1", me.Organisation)
}

func matchesIn(tx *db.Tx, condition string, args ...any) (map[words]place, error) {
	said := map[words]place{}
	_, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var w words
		var p place
		err := row.Scan(&w.title, &w.level, &p.role, &p.level)
		said[w] = p
		return struct{}{}, err
	}, "select title_key, level_key, role_id, role_level from role_matches where "+condition, args...)
	return said, err
}

// standing is what an administrator said of the title and level, or what their names say.
func standing(roles []Role, said map[words]place, title, level string) Standing {
	at, ok := said[wordsOf(title, level)]
	if !ok {
		at = guess(roles, wordsOf(title, level))
	}
	for _, r := range roles {
		if r.ID != at.role || at.role == "" {
			continue
		}
		s := Standing{Known: true, Role: r}
		if l, ok := r.LevelAt(at.level); ok {
			s.Level = l
			s.Next, _ = r.Next(l.Key)
		}
		return s
	}
	return Standing{}
}

// guess finds the one role and level whose names are those of the job. A job title is the name of
// a role ("Backend engineer", level "3"), the name of a level ("Senior engineer 1"), or both
// together ("Senior backend engineer"). What would fit two roles fits none.
func guess(roles []Role, job words) place {
	if job.title == "" {
		return place{}
	}
	var found []place
	for _, r := range roles {
		role := org.Fold(r.Name)
		if role == job.title {
			found = append(found, place{r.ID, levelNamed(r, role, job.level)})
			continue
		}
		if key := levelNamed(r, role, job.title); key != "" {
			found = append(found, place{r.ID, key})
		}
	}
	if written := writtenAmong(roles, found); len(written) == 1 {
		return written[0] // the manager's own words come before the organisation's
	}
	if len(found) != 1 {
		return place{}
	}
	return found[0]
}

// writtenAmong are those places whose role a manager wrote.
func writtenAmong(roles []Role, found []place) []place {
	var written []place
	for _, p := range found {
		if slices.ContainsFunc(roles, func(r Role) bool { return r.ID == p.role && r.Author != "" && r.Adapts == "" }) {
			written = append(written, p)
		}
	}
	return written
}

// levelNamed is the key of the level that is meant by a text: its name, its key, its place
// counted from 1, or its name beside that of the role.
func levelNamed(r Role, role, text string) string {
	if text == "" {
		return ""
	}
	for _, l := range r.Levels {
		name, counted := org.Fold(l.Name), strconv.FormatInt(l.Position+1, 10)
		for _, called := range []string{name, org.Fold(l.Key), counted, "l" + counted, "level " + counted, name + " " + role, role + " " + name, role + " " + counted} {
			if called == text {
				return l.Key
			}
		}
		if short, ok := strings.CutSuffix(name, " "+role); ok && short == text {
			return l.Key
		}
	}
	return ""
}
