package expectation

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Assessment is where a person saw themselves against a level of a role on one day. It holds a copy
// of what it was made against: whatever becomes of the role, it stays as it was. It belongs to
// the person alone, and nobody else ever reads it.
type Assessment struct {
	ID        db.ID
	Role      db.ID // as in Roles; empty where the role is not here
	RoleName  string
	Number    int64 // the version that it was made against
	ByManager bool  // in the words of the person's manager; else the organisation's
	LevelKey  string
	LevelName string
	Note      string
	Revision  int64
	MadeAt    time.Time
	Lines     []Assessed
}

// Assessed is one expectation in an assessment, and where the person stood.
type Assessed struct {
	Key       string
	Theme     string
	Skill     string // empty: prose
	Asked     int64
	Words     string
	Behaviour string // what the asked level of the skill looks like
	Stands    int64  // a skill: 0 to 5; prose: see Shown; NotSaid
}

// NotSaid is where a person left open how they stand.
const NotSaid = -1

// Shown are the words for how a person stands to an expectation in prose: 0, 1, 2.
var Shown = [3]string{"not yet", "partly", "yes"}

// Met tells whether the person saw the expectation met.
func (a Assessed) Met() bool {
	if a.Skill == "" {
		return a.Stands == int64(len(Shown)-1)
	}
	return a.Stands >= a.Asked
}

// Said tells whether the person said how they stand.
func (a Assessed) Said() bool { return a.Stands != NotSaid }

const mostAssessments = 500

// AssessmentInput is what a person says of themselves: a line for each expectation of the level, in
// its order.
type AssessmentInput struct {
	Version int64 // of the role, as the form was opened with it
	Stands  []int64
	Note    string
}

// Assess keeps where the actor sees themselves against a level of a role.
//
// Errors: problem.Refused when the role has another version by now, problem.Invalid by field.
func Assess(tx *db.Tx, me org.Actor, role db.ID, level string, in AssessmentInput) (Assessment, error) {
	if err := mayWrite(me); err != nil {
		return Assessment{}, err
	}
	r, err := RoleByID(tx, me, role)
	if err != nil {
		return Assessment{}, err
	}
	asks, err := At(tx, me, r, level)
	if err != nil {
		return Assessment{}, err
	}
	if r.Version.Number != in.Version || len(asks) != len(in.Stands) {
		return Assessment{}, problem.Refused("What is expected here was changed since you opened the page. Please look once more.")
	}
	here, _ := r.LevelAt(level)
	a := Assessment{
		ID: tx.NewID(), Role: r.ID, RoleName: r.Name, Number: r.Version.Number, ByManager: r.Author != "",
		LevelKey: here.Key, LevelName: here.Name, Note: strings.TrimSpace(in.Note), Revision: 1, MadeAt: tx.Now(),
	}
	for i, e := range asks {
		one := Assessed{Key: e.Key, Theme: e.Theme, Skill: e.Skill, Asked: e.Asked, Words: e.Words, Stands: in.Stands[i]}
		if !e.Prose() {
			one.Behaviour = e.Behaviour[e.Asked]
		}
		a.Lines = append(a.Lines, one)
	}
	if err := a.check(tx, me); err != nil {
		return a, err
	}
	if err := a.keep(tx, me); err != nil {
		return a, err
	}
	return a, event.Record(tx, event.Event{Organisation: me.Organisation, Kind: "assessment made", By: me.Person, Thing: a.Thing()})
}

// Thing is the assessment as something that something can happen to.
func (a Assessment) Thing() event.Thing { return event.Thing{Kind: "assessment", ID: a.ID} }

func (a Assessment) check(tx *db.Tx, me org.Actor) error {
	wrong := problem.Invalid{}
	wrong.Check(utf8.RuneCountInString(a.Note) <= mostText, "note", "Please keep this under 10,000 characters.")
	wrong.Check(len(a.Lines) > 0, "", "This level asks for nothing yet.")
	said := false
	for i, one := range a.Lines {
		top := int64(len(Shown) - 1)
		if one.Skill != "" {
			top = 5
		}
		wrong.Check(one.Stands >= NotSaid && one.Stands <= top, "stands-"+strconv.Itoa(i), "Please choose one of these.")
		said = said || one.Said()
	}
	wrong.Check(said, "", "Please say of one of these how you stand.")
	if err := wrong.Err(); err != nil {
		return err
	}
	var kept int64
	if err := tx.Get("select count(*) from assessments where organisation_id = $1 and owner_id = $2", me.Organisation, me.Person).Scan(&kept); err != nil {
		return err
	}
	if kept >= mostAssessments {
		return problem.TooMany("You have kept very many of these. Please remove one first.")
	}
	return nil
}

const (
	assessmentColumns = "organisation_id, owner_id, id, role_id, number, role_name, by_manager, level_key, level_name, note, revision, created_at"
	assessedColumns   = "organisation_id, owner_id, assessment_id, position, key, theme, skill, asked, words, behaviour, stands"
)

// keep writes the assessment down for its owner.
func (a Assessment) keep(tx *db.Tx, me org.Actor) error {
	if err := db.Put(tx, "assessments", assessmentColumns, me.Organisation, me.Person, a.ID, a.Role, a.Number, a.RoleName, a.ByManager,
		a.LevelKey, a.LevelName, a.Note, a.Revision, a.MadeAt); err != nil {
		return err
	}
	var rows [][]any
	for i, l := range a.Lines {
		rows = append(rows, []any{me.Organisation, me.Person, a.ID, i, l.Key, l.Theme, l.Skill, l.Asked, l.Words, l.Behaviour, l.Stands})
	}
	return db.Insert(tx, "insert into assessment_lines ("+assessedColumns+") values", rows)
}

const selectAssessment = "select a.id, a.role_id, a.number, a.role_name, a.by_manager, a.level_key, a.level_name, a.note, a.revision, a.created_at from assessments a "

func scanAssessment(row db.Row) (Assessment, error) {
	var a Assessment
	err := row.Scan(&a.ID, &a.Role, &a.Number, &a.RoleName, &a.ByManager, &a.LevelKey, &a.LevelName, &a.Note, &a.Revision, &a.MadeAt)
	return a, err
}

// Assessments lists the actor's assessments, newest first, without their lines.
func Assessments(tx *db.Tx, me org.Actor) ([]Assessment, error) {
	return db.List(tx, scanAssessment, selectAssessment+`
		where a.organisation_id = $1 and a.owner_id = $2
		order by a.id desc`, me.Organisation, me.Person)
}

// AssessmentByID finds an assessment of the actor's own.
func AssessmentByID(tx *db.Tx, me org.Actor, id db.ID) (Assessment, error) {
	a, err := db.One(tx, scanAssessment, selectAssessment+"where a.organisation_id = $1 and a.owner_id = $2 and a.id = $3", me.Organisation, me.Person, id)
	if err != nil {
		return a, err
	}
	a.Lines, err = db.List(tx, func(row db.Row) (Assessed, error) {
		var l Assessed
		err := row.Scan(&l.Key, &l.Theme, &l.Skill, &l.Asked, &l.Words, &l.Behaviour, &l.Stands)
		return l, err
	}, `
		select key, theme, skill, asked, words, behaviour, stands from assessment_lines
		where organisation_id = $1 and owner_id = $2 and assessment_id = $3
		order by position`, me.Organisation, me.Person, id)
	return a, err
}

// RemoveAssessment removes an assessment of the actor's own.
func RemoveAssessment(tx *db.Tx, me org.Actor, id db.ID) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	a, err := AssessmentByID(tx, me, id)
	if err != nil {
		return err
	}
	for _, statement := range []string{
		"delete from assessment_lines where organisation_id = $1 and owner_id = $2 and assessment_id = $3",
		"delete from assessments where organisation_id = $1 and owner_id = $2 and id = $3",
	} {
		if _, err := tx.Exec(statement, me.Organisation, me.Person, id); err != nil {
			return err
		}
	}
	return event.Record(tx, event.Event{Organisation: me.Organisation, Kind: "assessment removed", By: me.Person, Thing: a.Thing()})
}

// Since tells how what the level asks for today differs from what the assessment was made against.
// Here is false where the role or the level is no longer there for the actor.
func Since(tx *db.Tx, me org.Actor, a Assessment) (changes []Change, here bool, err error) {
	if a.Role == "" {
		return nil, false, nil
	}
	r, err := RoleByID(tx, me, a.Role)
	if err == problem.NotFound {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	level, ok := r.LevelAt(a.LevelKey)
	if !ok || !r.RetiredAt.IsZero() {
		return nil, false, nil
	}
	is, err := At(tx, me, r, a.LevelKey)
	if err != nil {
		return nil, true, err
	}
	var c []Change
	c = note(c, "", "The name of the level", a.LevelName, level.Name)
	return append(c, compareAsks(nil, a.asks(), behaving(is))...), true, nil
}

// asks is what the assessment was made against, to be compared.
func (a Assessment) asks() []Expectation {
	var asks []Expectation
	for _, l := range a.Lines {
		asks = append(asks, Expectation{
			Level: Level{Key: a.LevelKey, Name: a.LevelName}, Key: l.Key, Theme: l.Theme, Skill: l.Skill, SkillKey: org.Fold(l.Skill), Asked: l.Asked,
			Words: strings.TrimSpace(l.Words + "\n" + l.Behaviour),
		})
	}
	return asks
}

// behaving puts what the asked level looks like into the words of each, as an assessment holds it.
func behaving(asks []Expectation) []Expectation {
	all := slices.Clone(asks)
	for i := range all {
		e := &all[i]
		e.Examples = nil
		if !e.Prose() {
			e.Words = strings.TrimSpace(e.Words + "\n" + e.Behaviour[e.Asked])
		}
	}
	return all
}
