// Package expectation holds what roles ask for: frameworks of roles (job families), their
// levels in order, and the expectations of each level: named skills with a level from 0 to 5 and
// described behaviour, and prose. A role is the organisation's, brought in from a file, or a
// manager's, who wrote or adapted it for the people who report to them.
//
// The text of a role is kept by version and never changed; a new text is a new version. An
// Assessment stays with the version that it was made against.
//
// # How to read it
//
//	today, err := expectation.Today(tx, me)          // today.Role, today.Level, today.Next; today.Known
//	role, err := expectation.RoleByID(tx, me, id)    // any role the actor may see, as it stands for them
//	roles, err := expectation.Roles(tx, me)          // all of them, levels included
//	asks, err := expectation.At(tx, me, role, role.Levels[2].Key)
//	all, err := expectation.AllSkills(tx, me)        // the named skills of every role and level: for a map of paths
//
// Role.Next(key) is the level after one, along the same track. Where the actor's manager adapted
// a role, Roles, RoleByID and Today give the adaptation in its place: Role.ID stays that of
// the organisation's role, and Role.Author names the manager.
//
// An expectation names a skill by Skill (as written) and SkillKey (org.Fold of it): match a
// person's own skill by its folded name or by the names that count as the same. Skill is empty
// for prose. Behaviour describes the levels 0 to 5 of a skill where the framework does.
package expectation

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Role is a job family as it stands for the actor.
type Role struct {
	ID        db.ID
	Framework string
	Name      string
	About     string
	Levels    []Level // in the order in which one grows
	Version   Version

	Author     db.ID // the manager who wrote or adapted it; empty: the organisation
	AuthorName string
	Adapts     db.ID  // of an adaptation: the organisation's role
	AdaptsName string // how that one is called
	Adapted    int64  // the version of it that was adapted
	RetiredAt  time.Time
	Brought    bool // written elsewhere, by the actor

	text db.ID // the role whose version this is: that of the adaptation, where there is one
}

// Version is one text of a role.
type Version struct {
	Number int64
	Source string // the name of the file; empty: written here
	By     db.ID  // empty: a command
	ByName string
	MadeAt time.Time
}

// Level is one level of a role.
type Level struct {
	Key      string
	Name     string
	Track    string // of levels side by side: "people", "craft"
	About    string
	Position int64
}

// Expectation is what a level of a role asks for: a level of a named skill, or prose.
type Expectation struct {
	Level     Level // of the role
	Key       string
	Theme     string
	Skill     string // empty: prose
	SkillKey  string // folded
	Asked     int64  // of the skill, 0 to 5
	Words     string
	Examples  []string
	About     string    // of the skill
	Behaviour [6]string // what each level of the skill looks like; empty where nobody said
}

// Prose tells whether the expectation names no skill.
func (e Expectation) Prose() bool { return e.Skill == "" }

// Shows is what the asked level of the skill looks like here: the words of the expectation, or
// the behaviour that the framework describes.
func (e Expectation) Shows() string {
	if e.Words != "" || e.Prose() {
		return e.Words
	}
	return e.Behaviour[e.Asked]
}

// Thing is the role as something that something can happen to.
func (r Role) Thing() event.Thing { return event.Thing{Kind: "role", ID: r.text} }

// LevelAt finds a level by its key.
func (r Role) LevelAt(key string) (Level, bool) {
	i := slices.IndexFunc(r.Levels, func(l Level) bool { return l.Key == key })
	if i < 0 {
		return Level{}, false
	}
	return r.Levels[i], true
}

// Next is the level after one, along its own track where levels stand side by side.
func (r Role) Next(key string) (Level, bool) {
	here, ok := r.LevelAt(key)
	if !ok {
		return Level{}, false
	}
	for _, l := range r.Levels[here.Position+1:] {
		if here.Track == "" || l.Track == "" || l.Track == here.Track {
			return l, true
		}
	}
	return Level{}, false
}

const selectRole = `
	select r.id, coalesce(f.name, ''), r.name, v.about, r.author_id, coalesce(a.name, ''), r.adapts_id, r.adapts_name, r.adapts_number, r.retired_at,
		r.brought_along, v.number, v.source, v.by_id, coalesce(b.name, ''), v.made_at
	from roles r
	join role_versions v on v.organisation_id = r.organisation_id and v.role_id = r.id and v.number = r.version
	left join frameworks f on f.organisation_id = r.organisation_id and f.id = r.framework_id
	left join people a on a.organisation_id = r.organisation_id and a.id = r.author_id
	left join people b on b.organisation_id = v.organisation_id and b.id = v.by_id
`

func scanRole(row db.Row) (Role, error) {
	var r Role
	err := row.Scan(&r.ID, &r.Framework, &r.Name, &r.About, &r.Author, &r.AuthorName, &r.Adapts, &r.AdaptsName, &r.Adapted, &r.RetiredAt,
		&r.Brought, &r.Version.Number, &r.Version.Source, &r.Version.By, &r.Version.ByName, &r.Version.MadeAt)
	r.text = r.ID
	return r, err
}

// Roles lists the roles that stand for the actor, by framework and name, with their levels.
// What the actor wrote themselves is not among them: see Written.
func Roles(tx *db.Tx, me org.Actor) ([]Role, error) {
	return rolesWith(tx, "r.organisation_id = $1 and "+roleStands, me.Organisation, me.Viewer())
}

// RoleByID finds a role that the actor may see, with its levels. Of a role of the organisation
// that the actor's manager adapted, it is the adaptation.
func RoleByID(tx *db.Tx, me org.Actor, id db.ID) (Role, error) {
	r, err := db.One(tx, scanRole, selectRole+"where r.organisation_id = $1 and r.id = $3 and "+roleSeen, me.Organisation, me.Viewer(), id)
	if err != nil {
		return r, err
	}
	if r.Author == "" {
		adapted, err := db.List(tx, scanRole, selectRole+`
			join reporting_lines m on m.organisation_id = r.organisation_id and m.manager_id = r.author_id and m.person_id = $2 and m.ended_at is null
			where r.organisation_id = $1 and r.adapts_id = $3 and r.retired_at is null and not r.brought_along`, me.Organisation, me.Viewer(), id)
		if err != nil {
			return r, err
		}
		r = inPlace(append(adapted, r))[0]
	}
	return withLevels(tx, me, r)
}

// inPlace puts adaptations where the roles are that they adapt.
func inPlace(found []Role) []Role {
	adapted, there := map[db.ID]Role{}, map[db.ID]bool{}
	for _, r := range found {
		there[r.ID] = true
		if r.Adapts != "" {
			adapted[r.Adapts] = r
		}
	}
	var roles []Role
	for _, r := range found {
		if by, ok := adapted[r.ID]; ok {
			by.ID, by.Framework = r.ID, r.Framework
			roles = append(roles, by)
		} else if r.Adapts == "" || !there[r.Adapts] {
			roles = append(roles, r)
		}
	}
	slices.SortFunc(roles, func(a, b Role) int {
		return cmp.Or(cmp.Compare(org.Fold(a.Framework), org.Fold(b.Framework)), cmp.Compare(org.Fold(a.Name), org.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return roles
}

func withLevels(tx *db.Tx, me org.Actor, r Role) (Role, error) {
	var err error
	r.Levels, err = levelsOf(tx, me, r.text, r.Version.Number)
	return r, err
}

// levelsOf lists the levels of one version. The caller has looked the role up.
func levelsOf(tx *db.Tx, me org.Actor, role db.ID, number int64) ([]Level, error) {
	return db.List(tx, scanLevel, `
		select position, key, name, track, about from role_levels
		where organisation_id = $1 and role_id = $2 and number = $3
		order by position`, me.Organisation, role, number)
}

func scanLevel(row db.Row) (Level, error) {
	var l Level
	err := row.Scan(&l.Position, &l.Key, &l.Name, &l.Track, &l.About)
	return l, err
}

// rolesWith lists the roles that a condition holds for, adaptations in the place of what they adapt,
// with their levels. In the condition $1 is the organisation and r the role.
func rolesWith(tx *db.Tx, condition string, args ...any) ([]Role, error) {
	found, err := db.List(tx, scanRole, selectRole+"where "+condition, slices.Clone(args)...)
	if err != nil {
		return nil, err
	}
	levels := map[db.ID][]Level{}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var role db.ID
		var l Level
		err := row.Scan(&role, &l.Position, &l.Key, &l.Name, &l.Track, &l.About)
		levels[role] = append(levels[role], l)
		return struct{}{}, err
	}, `
		select l.role_id, l.position, l.key, l.name, l.track, l.about
		from roles r
		join role_levels l on l.organisation_id = r.organisation_id and l.role_id = r.id and l.number = r.version
		where `+condition, slices.Clone(args)...); err != nil {
		return nil, err
	}
	roles := inPlace(found)
	for i := range roles {
		own := levels[roles[i].text]
		slices.SortFunc(own, func(a, b Level) int { return cmp.Compare(a.Position, b.Position) })
		roles[i].Levels = own
	}
	return roles, nil
}

const selectExpectation = `
	select l.position, l.key, l.name, l.track, l.about, e.key, e.theme, e.skill, e.skill_key, e.asked, e.words, e.examples,
		coalesce(k.about, ''), coalesce(k.behaviour, '')
	from expectations e
	join role_levels l on l.organisation_id = e.organisation_id and l.role_id = e.role_id and l.number = e.number and l.position = e.level
	left join role_skills k on k.organisation_id = e.organisation_id and k.role_id = e.role_id and k.number = e.number and k.skill_key = e.skill_key
`

func scanExpectation(row db.Row) (Expectation, error) {
	var e Expectation
	var examples, behaviour string
	if err := row.Scan(&e.Level.Position, &e.Level.Key, &e.Level.Name, &e.Level.Track, &e.Level.About, &e.Key, &e.Theme, &e.Skill, &e.SkillKey,
		&e.Asked, &e.Words, &examples, &e.About, &behaviour); err != nil {
		return e, err
	}
	if behaviour != "" {
		if err := json.Unmarshal([]byte(behaviour), &e.Behaviour); err != nil {
			return e, err
		}
	}
	return e, json.Unmarshal([]byte(examples), &e.Examples)
}

// At lists what a level of a role asks for, in the order of the framework. The role is one that
// a reading of this package gave.
func At(tx *db.Tx, me org.Actor, r Role, level string) ([]Expectation, error) {
	here, ok := r.LevelAt(level)
	if !ok {
		return nil, problem.NotFound
	}
	return db.List(tx, scanExpectation, selectExpectation+`
		where e.organisation_id = $1 and e.role_id = $2 and e.number = $3 and e.level = $4
		order by e.position`, me.Organisation, r.text, r.Version.Number, here.Position)
}

// Of lists what all levels of a role ask for, the first level first. The role is one that a
// reading of this package gave.
func Of(tx *db.Tx, me org.Actor, r Role) ([]Expectation, error) {
	return db.List(tx, scanExpectation, selectExpectation+`
		where e.organisation_id = $1 and e.role_id = $2 and e.number = $3
		order by e.level, e.position`, me.Organisation, r.text, r.Version.Number)
}

// Asked is a named skill that a level of a role asks for.
type Asked struct {
	Role     db.ID // as in Roles
	Level    string
	Skill    string
	SkillKey string
	Asked    int64
}

// AllSkills lists the named skills that the levels of all roles that stand for the actor ask for.
func AllSkills(tx *db.Tx, me org.Actor) ([]Asked, error) {
	all, err := db.List(tx, func(row db.Row) (Asked, error) {
		var a Asked
		err := row.Scan(&a.Role, &a.Level, &a.Skill, &a.SkillKey, &a.Asked)
		return a, err
	}, `
		select coalesce(w.id, r.id), l.key, e.skill, e.skill_key, e.asked
		from roles r
		left join roles w on w.organisation_id = r.organisation_id and w.id = r.adapts_id and w.retired_at is null
		join expectations e on e.organisation_id = r.organisation_id and e.role_id = r.id and e.number = r.version and e.skill <> ''
		join role_levels l on l.organisation_id = e.organisation_id and l.role_id = e.role_id and l.number = e.number and l.position = e.level
		where r.organisation_id = $1 and `+roleStands+` and not exists (
			select 1 from roles o
			join reporting_lines n on n.organisation_id = o.organisation_id and n.manager_id = o.author_id and n.person_id = $2 and n.ended_at is null
			where o.organisation_id = r.organisation_id and o.adapts_id = r.id and o.retired_at is null and not o.brought_along)
		order by r.id, l.position, e.position`, me.Organisation, me.Viewer())
	return all, err
}
