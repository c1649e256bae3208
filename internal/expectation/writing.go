package expectation

import (
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/csvfile"
	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/ladderfile"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// What a manager writes: a role of their own, or an adaptation of one of the organisation's, for
// the people who report to them. Each change is a version.

const (
	mostWritten  = 30  // roles that one manager has written and that stand
	mostVersions = 300 // of one role
	mostLevels   = 20
	mostLine     = 200
	mostText     = 10_000
)

// Adapt begins an adaptation of a role of the organisation; it says what that one says until it
// is changed. Where the actor has one already, it is that. For those to whom somebody reports.
func Adapt(tx *db.Tx, me org.Actor, id db.ID) (Role, error) {
	theirs, err := db.One(tx, scanRole, selectRole+`
		where r.organisation_id = $1 and r.id = $3 and r.author_id is null and r.retired_at is null and `+roleSeen, me.Organisation, me.Viewer(), id)
	if err != nil {
		return Role{}, err
	}
	if err := mayBegin(tx, me); err != nil {
		return Role{}, err
	}
	mine, err := db.List(tx, db.Scanned[db.ID], `
		select id from roles where organisation_id = $1 and author_id = $2 and adapts_id = $3 and retired_at is null`, me.Organisation, me.Person, id)
	if err != nil {
		return Role{}, err
	}
	if len(mine) == 1 {
		return WrittenByID(tx, me, mine[0])
	}
	text, err := textOf(tx, me, theirs.ID, theirs.Version.Number)
	if err != nil {
		return Role{}, err
	}
	return begin(tx, me, text, theirs)
}

// RoleInput is a role as its author writes it.
type RoleInput struct {
	Name   string
	About  string
	Levels string // a line a level, the first one first
}

// WriteRole makes a role of the actor's own, with its levels, for a job that no role of the
// organisation fits. For those to whom somebody reports.
//
// Errors: problem.Invalid by field.
func WriteRole(tx *db.Tx, me org.Actor, in RoleInput) (Role, error) {
	if err := mayBegin(tx, me); err != nil {
		return Role{}, err
	}
	text, err := in.onto(Text{})
	if err != nil {
		return Role{}, err
	}
	return begin(tx, me, text, Role{})
}

// mayBegin refuses those to whom nobody reports, and those who have written very much.
func mayBegin(tx *db.Tx, me org.Actor) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	has, err := org.HasReports(tx, me)
	if err != nil {
		return err
	}
	if !has {
		return problem.Refused("Nobody reports to you. What a role asks for is written by who leads the people in it.")
	}
	var written int64
	if err := tx.Get("select count(*) from roles where organisation_id = $1 and author_id = $2 and retired_at is null", me.Organisation, me.Person).Scan(&written); err != nil {
		return err
	}
	if written >= mostWritten {
		return problem.TooMany("You have written very many roles. Please end one before you begin another.")
	}
	return nil
}

// begin keeps the first version of a role that the actor writes.
func begin(tx *db.Tx, me org.Actor, text Text, adapts Role) (Role, error) {
	id := tx.NewID()
	if _, err := tx.Exec(`
		insert into roles (organisation_id, id, author_id, adapts_id, adapts_name, adapts_number, key, name, name_key, version, brought_along, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $7, 1, $9, $10)`,
		me.Organisation, id, me.Person, adapts.ID, adapts.Name, adapts.Version.Number, org.Fold(text.Name), text.Name, false, tx.Now()); err != nil {
		return Role{}, err
	}
	if err := text.write(tx, me, id, 1, ""); err != nil {
		return Role{}, err
	}
	if err := happened(tx, me, "role written", id); err != nil {
		return Role{}, err
	}
	return WrittenByID(tx, me, id)
}

func happened(tx *db.Tx, me org.Actor, kind string, role db.ID) error {
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: kind, By: me.Person, Thing: event.Thing{Kind: "role", ID: role}})
}

// Written lists the roles that the actor wrote or adapted and that stand, by name.
func Written(tx *db.Tx, me org.Actor) ([]Role, error) {
	return db.List(tx, scanRole, selectRole+`
		where r.organisation_id = $1 and r.author_id = $2 and r.retired_at is null
		order by r.name_key, r.id`, me.Organisation, me.Person)
}

// WrittenByID finds a role that the actor wrote or adapted, with its levels.
func WrittenByID(tx *db.Tx, me org.Actor, id db.ID) (Role, error) {
	r, err := db.One(tx, scanRole, selectRole+`
		where r.organisation_id = $1 and r.id = $3 and r.author_id = $2`, me.Organisation, me.Person, id)
	if err != nil {
		return r, err
	}
	return withLevels(tx, me, r)
}

// ChangeRole changes what a role that the actor wrote says of itself, and its levels. The version
// is the one that the form was opened with.
//
// Errors: problem.Conflict when there is another version by now, problem.Invalid by field.
func ChangeRole(tx *db.Tx, me org.Actor, id db.ID, version int64, in RoleInput) error {
	return rewrite(tx, me, id, version, in.Fields(), func(was Text) (Text, map[string]string, error) {
		stands := RoleInput{was.Name, was.About, LevelLines(was.Levels)}
		is, err := in.onto(was)
		return is, stands.Fields(), err
	})
}

// LevelInput is what a level asks for as its author writes it; see ladderfile.ParseLines.
type LevelInput struct {
	About string
	Lines string
}

// WriteLevel replaces what a level of a role that the actor wrote asks for. The version is the
// one that the form was opened with.
//
// Errors: problem.Conflict when there is another version by now, problem.Invalid by field.
func WriteLevel(tx *db.Tx, me org.Actor, id db.ID, version int64, level string, in LevelInput) error {
	return rewrite(tx, me, id, version, in.Fields(), func(was Text) (Text, map[string]string, error) {
		stands, ok := was.Level(level)
		if !ok {
			return was, nil, problem.NotFound
		}
		is, err := in.onto(was, level)
		return is, stands.Fields(), err
	})
}

// rewrite keeps what change makes of the text of a role as its next version.
func rewrite(tx *db.Tx, me org.Actor, id db.ID, version int64, mine map[string]string, change func(Text) (Text, map[string]string, error)) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	r, err := WrittenByID(tx, me, id)
	if err != nil {
		return err
	}
	if r.Brought || !r.RetiredAt.IsZero() {
		return problem.Refused("These expectations are kept as they were.")
	}
	was, err := textOf(tx, me, id, r.Version.Number)
	if err != nil {
		return err
	}
	is, stands, err := change(was)
	if err != nil {
		return err
	}
	if r.Version.Number != version {
		return &problem.Conflict{Revision: r.Version.Number, Theirs: stands, Mine: mine}
	}
	if len(Compare(was, is)) == 0 {
		return nil
	}
	if version >= mostVersions {
		return problem.TooMany("There are very many versions of this role. Please end it and begin it anew.")
	}
	if _, err := tx.Exec(`
		update roles set name = $1, name_key = $2, version = $3 where organisation_id = $4 and id = $5 and author_id = $6`,
		is.Name, org.Fold(is.Name), version+1, me.Organisation, id, me.Person); err != nil {
		return err
	}
	if err := is.write(tx, me, id, version+1, ""); err != nil {
		return err
	}
	return happened(tx, me, "role changed", id)
}

// EndRole ends a role that the actor wrote: those who report to them see the organisation's again,
// or none. What was measured against it stays.
func EndRole(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	changed, err := tx.Exec(`
		update roles set retired_at = $1 where organisation_id = $2 and id = $3 and author_id = $4 and retired_at is null`,
		tx.Now(), me.Organisation, id, me.Person)
	if err != nil || changed == 0 {
		if _, found := WrittenByID(tx, me, id); err == nil {
			err = found
		}
		return err
	}
	return happened(tx, me, "role ended", id)
}

// Fields is the input by the names of a form.
func (in RoleInput) Fields() map[string]string {
	return map[string]string{"name": in.Name, "about": in.About, "levels": in.Levels}
}

// Fields is the input by the names of a form.
func (in LevelInput) Fields() map[string]string {
	return map[string]string{"about": in.About, "lines": in.Lines}
}

// onto puts the input in the place of what a text says of the role and its levels. A level is
// known again by its name; one that is no longer there goes with what it asked for.
func (in RoleInput) onto(was Text) (Text, error) {
	wrong := problem.Invalid{}
	is := Text{Name: csvfile.Tidy(in.Name), About: strings.TrimSpace(in.About), Skills: was.Skills}
	wrong.Check(is.Name != "", "name", "Please name the role as the job title names it.")
	wrong.Check(utf8.RuneCountInString(is.Name) <= mostLine, "name", "Please keep the name under 200 characters.")
	wrong.Check(utf8.RuneCountInString(is.About) <= mostText, "about", "Please keep this under 10,000 characters.")
	seen := map[string]bool{}
	for line := range strings.Lines(in.Levels) {
		name := csvfile.Tidy(line)
		if name == "" {
			continue
		}
		l := Level{Key: org.Fold(name), Name: name}
		if i := slices.IndexFunc(was.Levels, func(o Level) bool { return org.Fold(o.Name) == l.Key }); i >= 0 {
			l = was.Levels[i]
			l.Name = name
		}
		l.Position = int64(len(is.Levels))
		wrong.Check(!seen[l.Key], "levels", "The level “"+name+"” is there twice.")
		wrong.Check(utf8.RuneCountInString(name) <= mostLine, "levels", "Please keep the name of a level under 200 characters.")
		seen[l.Key] = true
		is.Levels = append(is.Levels, l)
	}
	wrong.Check(len(is.Levels) > 0, "levels", "Please name at least one level, a line each.")
	wrong.Check(len(is.Levels) <= mostLevels, "levels", "More than twenty levels are a lot. Please take some together.")
	for _, l := range is.Levels {
		for _, e := range was.Asks {
			if e.Level.Key == l.Key {
				e.Level = l
				is.Asks = append(is.Asks, e)
			}
		}
	}
	return is, wrong.Err()
}

// Level is what a level of a text asks for, as its author writes it.
func (t Text) Level(key string) (LevelInput, bool) {
	i := slices.IndexFunc(t.Levels, func(l Level) bool { return l.Key == key })
	if i < 0 {
		return LevelInput{}, false
	}
	var asks []ladderfile.Ask
	for _, e := range t.Asks {
		if e.Level.Key == key {
			asks = append(asks, ladderfile.Ask{Theme: e.Theme, Skill: e.Skill, Level: int(e.Asked), Words: e.Words, Examples: e.Examples})
		}
	}
	return LevelInput{t.Levels[i].About, ladderfile.Lines(asks)}, true
}

// LevelLines are the names of levels, a line each.
func LevelLines(levels []Level) string {
	var b strings.Builder
	for _, l := range levels {
		b.WriteString(l.Name + "\n")
	}
	return b.String()
}

// onto puts the input in the place of what a text says of one level.
func (in LevelInput) onto(was Text, key string) (Text, error) {
	wrong := problem.Invalid{}
	about := strings.TrimSpace(in.About)
	wrong.Check(utf8.RuneCountInString(about) <= mostText, "about", "Please keep this under 10,000 characters.")
	wrong.Check(utf8.RuneCountInString(in.Lines) <= 10*mostText, "lines", "Please keep this under 100,000 characters.")
	if err := wrong.Err(); err != nil {
		return was, err
	}
	asks, err := ladderfile.ParseLines(in.Lines)
	var read *ladderfile.ReadError
	if errors.As(err, &read) {
		return was, problem.Invalid{"lines": sentence(read.Problems[0].String())}
	}
	is := Text{Name: was.Name, About: was.About, Levels: slices.Clone(was.Levels), Skills: was.Skills}
	for i := range is.Levels {
		l := &is.Levels[i]
		if l.Key != key {
			is.Asks = append(is.Asks, was.of(l.Key)...)
			continue
		}
		l.About = about
		for _, a := range asks {
			e := Expectation{Level: *l, Theme: a.Theme, Skill: a.Skill, SkillKey: org.Fold(a.Skill), Asked: int64(a.Level), Words: a.Words, Examples: a.Examples}
			is.Asks = append(is.Asks, was.keyed(e))
		}
	}
	return is, nil
}

func (t Text) of(level string) []Expectation {
	var asks []Expectation
	for _, e := range t.Asks {
		if e.Level.Key == level {
			asks = append(asks, e)
		}
	}
	return asks
}

// keyed gives the expectation the id, and the line breaks, of the one of an earlier text that says
// the same.
func (t Text) keyed(e Expectation) Expectation {
	for _, o := range t.of(e.Level.Key) {
		if o.SkillKey == e.SkillKey && (!e.Prose() || csvfile.Tidy(o.Words) == e.Words) {
			e.Key = o.Key
			if csvfile.Tidy(o.Words) == e.Words {
				e.Words = o.Words
			}
			return e
		}
	}
	return e
}

func sentence(text string) string {
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
