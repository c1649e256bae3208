package expectation

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
)

// Text is everything that a role says, apart from where it stands: two of them can be compared.
type Text struct {
	Name   string
	About  string
	Levels []Level
	Asks   []Expectation
	Skills []Skill
}

// Skill says what the levels of a skill look like, for all levels of a role.
type Skill struct {
	Key       string // folded
	Name      string
	About     string
	Behaviour [6]string
}

// TextOf is a version of a role. The role is one that a reading of this package gave.
func TextOf(tx *db.Tx, me org.Actor, r Role, number int64) (Text, error) {
	return textOf(tx, me, r.text, number)
}

// textOf is a version of a role. The caller has looked the role up.
func textOf(tx *db.Tx, me org.Actor, role db.ID, number int64) (Text, error) {
	t, err := db.One(tx, func(row db.Row) (Text, error) {
		var t Text
		err := row.Scan(&t.Name, &t.About)
		return t, err
	}, "select name, about from role_versions where organisation_id = $1 and role_id = $2 and number = $3", me.Organisation, role, number)
	if err != nil {
		return t, err
	}
	if t.Levels, err = levelsOf(tx, me, role, number); err != nil {
		return t, err
	}
	if t.Asks, err = db.List(tx, scanExpectation, selectExpectation+`
		where e.organisation_id = $1 and e.role_id = $2 and e.number = $3
		order by e.level, e.position`, me.Organisation, role, number); err != nil {
		return t, err
	}
	t.Skills, err = db.List(tx, func(row db.Row) (Skill, error) {
		var k Skill
		var behaviour string
		if err := row.Scan(&k.Key, &k.Name, &k.About, &behaviour); err != nil {
			return k, err
		}
		return k, json.Unmarshal([]byte(behaviour), &k.Behaviour)
	}, `
		select skill_key, name, about, behaviour from role_skills
		where organisation_id = $1 and role_id = $2 and number = $3
		order by skill_key`, me.Organisation, role, number)
	return t, err
}

// textFrom is what a file says of a role.
func textFrom(r ladderfile.Role) Text {
	t := Text{Name: r.Name, About: r.About}
	for i, l := range r.Levels {
		level := Level{Key: l.Key, Name: l.Name, Track: l.Track, About: l.About, Position: int64(i)}
		t.Levels = append(t.Levels, level)
		for _, a := range l.Asks {
			t.Asks = append(t.Asks, Expectation{
				Level: level, Key: a.Key, Theme: a.Theme, Skill: a.Skill, SkillKey: org.Fold(a.Skill), Asked: int64(a.Level),
				Words: a.Words, Examples: a.Examples,
			})
		}
	}
	for _, k := range r.Skills {
		t.Skills = append(t.Skills, Skill{org.Fold(k.Name), k.Name, k.About, k.Behaviour})
	}
	slices.SortFunc(t.Skills, func(a, b Skill) int { return strings.Compare(a.Key, b.Key) })
	return t
}

// write keeps the text as a version of a role.
func (t Text) write(tx *db.Tx, me org.Actor, role db.ID, number int64, source string) error {
	if _, err := tx.Exec(`
		insert into role_versions (organisation_id, role_id, number, name, about, source, by_id, made_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		me.Organisation, role, number, t.Name, t.About, source, me.Person, tx.Now()); err != nil {
		return err
	}
	return t.writeParts(tx, me, role, number)
}

func (t Text) writeParts(tx *db.Tx, me org.Actor, role db.ID, number int64) error {
	var levels, asks, skills [][]any
	for i, l := range t.Levels {
		levels = append(levels, []any{me.Organisation, role, number, i, l.Key, l.Name, l.Track, l.About})
	}
	for i, e := range t.Asks {
		examples, err := json.Marshal(e.Examples)
		if err != nil {
			return err
		}
		asks = append(asks, []any{me.Organisation, role, number, i, e.Level.Position, e.Key, e.Theme, e.Skill, e.SkillKey, e.Asked, e.Words, string(examples)})
	}
	for _, k := range t.Skills {
		behaviour, err := json.Marshal(k.Behaviour)
		if err != nil {
			return err
		}
		skills = append(skills, []any{me.Organisation, role, number, k.Key, k.Name, k.About, string(behaviour)})
	}
	if err := db.Insert(tx, "insert into role_levels (organisation_id, role_id, number, position, key, name, track, about) values", levels); err != nil {
		return err
	}
	if err := db.Insert(tx, "insert into role_skills (organisation_id, role_id, number, skill_key, name, about, behaviour) values", skills); err != nil {
		return err
	}
	return db.Insert(tx, `
		insert into expectations (organisation_id, role_id, number, position, level, key, theme, skill, skill_key, asked, words, examples)
		values`, asks)
}

// Versions lists the versions of a role, newest first. The role is one that a reading of this
// package gave.
func Versions(tx *db.Tx, me org.Actor, r Role) ([]Version, error) {
	return db.List(tx, func(row db.Row) (Version, error) {
		var v Version
		err := row.Scan(&v.Number, &v.Source, &v.By, &v.ByName, &v.MadeAt)
		return v, err
	}, `
		select v.number, v.source, v.by_id, coalesce(b.name, ''), v.made_at
		from role_versions v
		left join people b on b.organisation_id = v.organisation_id and b.id = v.by_id
		where v.organisation_id = $1 and v.role_id = $2
		order by v.number desc`, me.Organisation, r.text)
}
