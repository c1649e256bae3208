package plan

import (
	"slices"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// The texts of a section that has several, beside the one under the section's own name. They are
// shared with their section.
const (
	VisionIn1 Section = "vision-1" // in one year
	VisionIn3 Section = "vision-3"
	VisionIn5 Section = "vision-5"
)

// The answers from which a purpose is put together. They belong to no section, so no share ever
// reaches them.
const (
	PurposeCalled  Section = "purpose-1" // what people come to me for
	PurposeUnasked Section = "purpose-2" // what I would do if nobody asked
	PurposeFor     Section = "purpose-3" // who is better off for it
)

// PurposeAnswers are the answers behind a purpose, in the order of their questions.
var PurposeAnswers = []Section{PurposeCalled, PurposeUnasked, PurposeFor}

var allTexts = append([]Section{Purpose, Strengths, Hard, Vision, VisionIn1, VisionIn3, VisionIn5}, PurposeAnswers...)

// Texts are the texts of a section, in the order in which they are read.
func (s Section) Texts() []Section {
	switch {
	case s == Vision:
		return []Section{Vision, VisionIn1, VisionIn3, VisionIn5}
	case s.IsText():
		return []Section{s}
	}
	return nil
}

// textSection is the section with which a text is shared, in SQL.
const textSection = "case when t.section in ('vision-1', 'vision-3', 'vision-5') then 'vision' else t.section end"

// Label is what a text is called within its section; nothing for the section's own.
func (s Section) Label() string {
	switch s {
	case VisionIn1:
		return "In one year"
	case VisionIn3:
		return "In three years"
	case VisionIn5:
		return "In five years"
	case PurposeCalled:
		return "What people come to me for"
	case PurposeUnasked:
		return "What I would do if nobody asked"
	case PurposeFor:
		return "Who is better off for it"
	}
	return ""
}

// Text is the text of one section.
type Text struct {
	Section   Section
	Words     string
	Revision  int64 // 0: nothing was ever written
	CreatedAt time.Time
	ChangedAt time.Time
}

// Write replaces a text of the actor's plan. The revision of the text is the one on which the
// edit was made.
//
// Errors: problem.Conflict when it was changed meanwhile, problem.Invalid by field otherwise.
func Write(tx *db.Tx, me org.Actor, in Text) (Text, error) {
	return write(tx, me, in, keepAll)
}

// GoOnWriting is Write for a form that saves as one types: opened is the revision that stood when
// the form was opened, and what this form itself wrote since is replaced without being kept.
func GoOnWriting(tx *db.Tx, me org.Actor, in Text, opened int64) (Text, error) {
	return write(tx, me, in, opened)
}

func write(tx *db.Tx, me org.Actor, in Text, opened int64) (Text, error) {
	if err := mayWrite(me); err != nil {
		return in, err
	}
	if !slices.Contains(allTexts, in.Section) {
		return in, problem.NotFound
	}
	wrong := problem.Invalid{}
	in.Words = tidy(wrong, "words", in.Words, mostText)
	if err := wrong.Err(); err != nil {
		return in, err
	}
	was, err := TextOf(tx, me, in.Section)
	if err != nil {
		return in, err
	}
	thing := event.Thing{Kind: in.Section.kind(), ID: me.Person}
	changes, err := edit{thing, was.fields(), in.fields(), was.Revision, in.Revision}.goOn(tx, me, opened)
	if err != nil || !changes {
		return was, err
	}
	if _, err := tx.Exec(`
		insert into plan_texts (organisation_id, owner_id, section, words, revision, created_at, changed_at)
		values ($1, $2, $3, $4, 1, $5, $5)
		on conflict (organisation_id, owner_id, section) do update
		set words = $4, revision = plan_texts.revision + 1, changed_at = $5`,
		me.Organisation, me.Person, string(in.Section), in.Words, tx.Now()); err != nil {
		return in, err
	}
	in.Revision, in.ChangedAt = was.Revision+1, tx.Now()
	if was.Revision > opened {
		return in, nil // it was said when this form wrote first
	}
	return in, happened(tx, me, "plan changed", thing)
}

// kind is the kind of thing under which the earlier texts of a section are kept.
func (s Section) kind() string { return "plan " + string(s) }

func (t Text) fields() map[string]string { return map[string]string{"words": t.Words} }

const selectText = "select t.section, t.words, t.revision, t.created_at, t.changed_at from plan_texts t "

func scanText(row db.Row) (Text, error) {
	var t Text
	err := row.Scan(&t.Section, &t.Words, &t.Revision, &t.CreatedAt, &t.ChangedAt)
	return t, err
}

// TextOf is the text of a section of the actor's own plan; the zero Text when there is none.
func TextOf(tx *db.Tx, me org.Actor, section Section) (Text, error) {
	all, err := texts(tx, me, me.Person)
	return Plan{Texts: all}.Text(section), err
}

func texts(tx *db.Tx, me org.Actor, owner db.ID) ([]Text, error) {
	return db.List(tx, scanText, selectText+`
		where t.organisation_id = $1 and t.owner_id = $4 and `+textSeen+`
		order by t.created_at`, me.Organisation, me.Person, me.Viewer(), owner)
}
