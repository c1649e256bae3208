package expectation

import (
	"fmt"
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/org"
)

// AlongAssessment is an assessment as its owner takes it along: with a copy of what it was made
// against, which so goes where they go.
type AlongAssessment struct {
	ID        db.ID           `json:"id"`
	RoleName  string          `json:"role"`
	Number    int64           `json:"version"`
	ByManager bool            `json:"by_manager,omitempty"`
	LevelKey  string          `json:"level_id"`
	LevelName string          `json:"level"`
	Note      string          `json:"note,omitempty"`
	Revision  int64           `json:"revision"`
	MadeAt    time.Time       `json:"made_at"`
	Lines     []AlongAssessed `json:"lines"`
}

// AlongAssessed is one line of an assessment.
type AlongAssessed struct {
	Key       string `json:"id,omitempty"`
	Theme     string `json:"theme,omitempty"`
	Skill     string `json:"skill,omitempty"`
	Asked     int64  `json:"asked"`
	Words     string `json:"words,omitempty"`
	Behaviour string `json:"behaviour,omitempty"`
	Stands    int64  `json:"stands"`
}

// AlongRole is a role as the manager who wrote it takes it along. Of an adaptation it holds what
// they wrote, and nothing of what the organisation wrote: that stays behind.
type AlongRole struct {
	ID        db.ID          `json:"id"`
	Name      string         `json:"name"`
	Adapts    string         `json:"adapts,omitempty"`
	CreatedAt time.Time      `json:"created_at"`
	EndedAt   time.Time      `json:"ended_at,omitzero"`
	Versions  []AlongVersion `json:"versions"`
}

// AlongVersion is one text of a role.
type AlongVersion struct {
	Number int64        `json:"number"`
	Name   string       `json:"name"`
	About  string       `json:"about,omitempty"`
	MadeAt time.Time    `json:"made_at"`
	Levels []AlongLevel `json:"levels"`
}

// AlongLevel is a level with what it asks for.
type AlongLevel struct {
	Key   string     `json:"id"`
	Name  string     `json:"name"`
	Track string     `json:"track,omitempty"`
	About string     `json:"about,omitempty"`
	Asks  []AlongAsk `json:"asks,omitempty"`
}

// AlongAsk is one expectation.
type AlongAsk struct {
	Key      string   `json:"id,omitempty"`
	Theme    string   `json:"theme,omitempty"`
	Skill    string   `json:"skill,omitempty"`
	Asked    int64    `json:"asked"`
	Words    string   `json:"words,omitempty"`
	Examples []string `json:"examples,omitempty"`
}

// TakeAssessments are the actor's assessments.
func TakeAssessments(tx *db.Tx, me org.Actor) ([]AlongAssessment, error) {
	lines := map[db.ID][]AlongAssessed{}
	if _, err := db.List(tx, func(row db.Row) (struct{}, error) {
		var id db.ID
		var l AlongAssessed
		err := row.Scan(&id, &l.Key, &l.Theme, &l.Skill, &l.Asked, &l.Words, &l.Behaviour, &l.Stands)
		lines[id] = append(lines[id], l)
		return struct{}{}, err
	}, `
		select assessment_id, key, theme, skill, asked, words, behaviour, stands from assessment_lines
		where organisation_id = $1 and owner_id = $2
		order by assessment_id, position`, me.Organisation, me.Person); err != nil {
		return nil, err
	}
	return db.List(tx, func(row db.Row) (AlongAssessment, error) {
		a, err := scanAssessment(row)
		if lines[a.ID] == nil {
			lines[a.ID] = []AlongAssessed{}
		}
		return AlongAssessment{a.ID, a.RoleName, a.Number, a.ByManager, a.LevelKey, a.LevelName, a.Note, a.Revision, a.MadeAt, lines[a.ID]}, err
	}, selectAssessment+"where a.organisation_id = $1 and a.owner_id = $2 order by a.id", me.Organisation, me.Person)
}

// TakeWritten are the roles that the actor wrote or adapted, those that they ended too.
func TakeWritten(tx *db.Tx, me org.Actor) ([]AlongRole, error) {
	roles, err := db.List(tx, func(row db.Row) (AlongRole, error) {
		var r AlongRole
		err := row.Scan(&r.ID, &r.Name, &r.Adapts, &r.CreatedAt, &r.EndedAt)
		return r, err
	}, `
		select id, name, adapts_name, created_at, retired_at from roles
		where organisation_id = $1 and author_id = $2 order by id`, me.Organisation, me.Person)
	if err != nil {
		return nil, err
	}
	var all []AlongRole
	for _, r := range roles {
		if r.Versions, err = takeVersions(tx, me, r); err != nil {
			return nil, err
		}
		if len(r.Versions) > 0 {
			all = append(all, r)
		}
	}
	return all, nil
}

// takeVersions are the texts of a role of the actor's own. The first text of an adaptation is the
// organisation's, and so is whatever of later ones stands there.
func takeVersions(tx *db.Tx, me org.Actor, r AlongRole) ([]AlongVersion, error) {
	numbers, err := db.List(tx, func(row db.Row) (Version, error) {
		var v Version
		err := row.Scan(&v.Number, &v.MadeAt)
		return v, err
	}, "select number, made_at from role_versions where organisation_id = $1 and role_id = $2 order by number", me.Organisation, r.ID)
	var theirs *Text
	var versions []AlongVersion
	for _, v := range numbers {
		text, textErr := textOf(tx, me, r.ID, v.Number)
		if textErr != nil {
			return nil, textErr
		}
		if r.Adapts != "" && v.Number == 1 {
			theirs = &text
			continue
		}
		if theirs != nil {
			text = text.without(*theirs)
		}
		versions = append(versions, text.along(v))
	}
	return versions, err
}

// without leaves out of a text what stands in another.
func (t Text) without(other Text) Text {
	if t.About == other.About {
		t.About = ""
	}
	levels := slices.Clone(t.Levels)
	for i, l := range levels {
		if slices.ContainsFunc(other.Levels, func(o Level) bool { return o.Key == l.Key && o.About == l.About }) {
			levels[i].About = ""
		}
	}
	t.Levels = levels
	t.Asks = slices.DeleteFunc(slices.Clone(t.Asks), func(e Expectation) bool {
		return slices.ContainsFunc(other.Asks, func(o Expectation) bool {
			return o.Level.Key == e.Level.Key && o.Skill == e.Skill && o.Asked == e.Asked && o.Words == e.Words
		})
	})
	return t
}

func (t Text) along(v Version) AlongVersion {
	a := AlongVersion{Number: v.Number, Name: t.Name, About: t.About, MadeAt: v.MadeAt, Levels: []AlongLevel{}}
	for _, l := range t.Levels {
		level := AlongLevel{Key: l.Key, Name: l.Name, Track: l.Track, About: l.About}
		for _, e := range t.of(l.Key) {
			level.Asks = append(level.Asks, AlongAsk{e.Key, e.Theme, e.Skill, e.Asked, e.Words, e.Examples})
		}
		a.Levels = append(a.Levels, level)
	}
	return a
}

// text is the version as it is kept.
func (a AlongVersion) text() Text {
	t := Text{Name: a.Name, About: a.About}
	for i, l := range a.Levels {
		level := Level{Key: l.Key, Name: l.Name, Track: l.Track, About: l.About, Position: int64(i)}
		t.Levels = append(t.Levels, level)
		for _, e := range l.Asks {
			t.Asks = append(t.Asks, Expectation{Level: level, Key: e.Key, Theme: e.Theme, Skill: e.Skill, SkillKey: org.Fold(e.Skill), Asked: e.Asked, Words: e.Words, Examples: e.Examples})
		}
	}
	return t
}

// BringAssessments takes over assessments. They are of no role that is here.
func BringAssessments(tx *db.Tx, me org.Actor, all []AlongAssessment) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, in := range all {
		place := fmt.Sprintf("/assessments/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", "assessments", in.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		a := Assessment{ID: in.ID, RoleName: in.RoleName, Number: in.Number, ByManager: in.ByManager, LevelKey: in.LevelKey, LevelName: in.LevelName,
			Note: in.Note, Revision: in.Revision, MadeAt: in.MadeAt}
		for _, l := range in.Lines {
			a.Lines = append(a.Lines, Assessed(l))
		}
		if err := org.At(tx, place, a.keep(tx, me)); err != nil {
			return b, err
		}
	}
	return b, nil
}

// ownRoles are the roles as org.NotHere looks at things.
const ownRoles = "(select organisation_id, id, author_id as owner_id from roles) as r"

// BringWritten takes over roles that the actor wrote elsewhere: their own to read. They stand for
// nobody here.
func BringWritten(tx *db.Tx, me org.Actor, all []AlongRole) (org.Brought, error) {
	var b org.Brought
	if err := mayWrite(me); err != nil {
		return b, err
	}
	for n, in := range all {
		place := fmt.Sprintf("/expectations/%d", n)
		isNew, err := org.NotHere(tx, me, place+"/id", ownRoles, in.ID)
		if err != nil {
			return b, err
		}
		if b.Count(isNew); !isNew {
			continue
		}
		if err := in.keep(tx, me, place); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (a AlongRole) keep(tx *db.Tx, me org.Actor, place string) error {
	if len(a.Versions) == 0 {
		return org.Misplaced(place+"/versions", "a role has at least one text")
	}
	last := a.Versions[len(a.Versions)-1]
	if err := org.At(tx, place, db.Put(tx, "roles",
		"organisation_id, author_id, id, adapts_name, adapts_number, key, name, name_key, version, retired_at, brought_along, created_at",
		me.Organisation, me.Person, a.ID, a.Adapts, 0, org.Fold(a.Name), a.Name, org.Fold(a.Name), last.Number, a.EndedAt, true, a.CreatedAt)); err != nil {
		return err
	}
	for n, v := range a.Versions {
		here := fmt.Sprintf("%s/versions/%d", place, n)
		if n > 0 && v.Number <= a.Versions[n-1].Number {
			return org.Misplaced(here+"/number", "versions are counted upwards")
		}
		if err := org.At(tx, here, db.Put(tx, "role_versions", "organisation_id, role_id, number, name, about, source, by_id, made_at",
			me.Organisation, a.ID, v.Number, v.Name, v.About, "", me.Person, v.MadeAt)); err != nil {
			return err
		}
		if err := org.At(tx, here, v.text().writeParts(tx, me, a.ID, v.Number)); err != nil {
			return err
		}
	}
	return nil
}

// Forget removes, for good, what the actor kept and wrote. Assessments of others hold copies, and
// stay as they are; so does what is the organisation's.
func Forget(tx *db.Tx, me org.Actor) error {
	const written = "(select id from roles where organisation_id = $1 and author_id = $2)"
	return tx.ExecEach([]string{
		"delete from assessment_lines where organisation_id = $1 and owner_id = $2",
		"delete from assessments where organisation_id = $1 and owner_id = $2",
		"update assessments set role_id = null where organisation_id = $1 and role_id in " + written,
		"delete from expectations where organisation_id = $1 and role_id in " + written,
		"delete from role_skills where organisation_id = $1 and role_id in " + written,
		"delete from role_levels where organisation_id = $1 and role_id in " + written,
		"delete from role_versions where organisation_id = $1 and role_id in " + written,
		"delete from roles where organisation_id = $1 and author_id = $2",
	}, me.Organisation, me.Person)
}
