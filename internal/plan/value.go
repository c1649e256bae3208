package plan

import (
	_ "embed"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Value is what matters to a person, in a word and in what they mean by it.
type Value struct {
	ID       db.ID   // empty: not kept yet
	Section  Section // Values, or Strengths for a Strength
	Word     string
	Meaning  string // of a strength: where it showed
	Position int64  // in the person's own order
	KeptOut  bool   // a share of the whole section does not reach it
	Revision int64
}

// Strength is what a person is good at, and where it showed. It is kept just as a value is.
type Strength = Value

// MostValues is how many values a plan holds, and how many strengths.
const MostValues = 12

// Prompt is a value to choose, with what it can mean in one line.
type Prompt struct{ Word, Meaning string }

// PromptGroup are prompts of one side of life.
type PromptGroup struct {
	Title   string
	Prompts []Prompt
}

//go:embed values.txt
var valuesFile string

// ValuePrompts are words to begin with; any other word will do.
var ValuePrompts = readPrompts(valuesFile)

// readPrompts reads groups of "Word: what it can mean" under lines of "# Title".
func readPrompts(file string) []PromptGroup {
	var groups []PromptGroup
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "# "); ok {
			groups = append(groups, PromptGroup{Title: title})
			continue
		}
		if word, meaning, ok := strings.Cut(line, ": "); ok {
			last := &groups[len(groups)-1]
			last.Prompts = append(last.Prompts, Prompt{word, meaning})
		}
	}
	return groups
}

// PromptOf is the prompt of a word; the zero Prompt when it is a word of the person's own.
func PromptOf(word string) Prompt {
	for _, group := range ValuePrompts {
		for _, p := range group.Prompts {
			if strings.EqualFold(p.Word, word) {
				return p
			}
		}
	}
	return Prompt{}
}

// ChangeValues takes the actor's values as a form gives them, in their order. A value whose
// word was emptied is removed; one that the form does not hold stays as it is.
//
// Errors, by the fields word-1, meaning-1, word-2 ...: problem.Conflict when one of them was
// changed meanwhile, problem.Invalid otherwise.
func ChangeValues(tx *db.Tx, me org.Actor, in []Value) error {
	return changeWords(tx, me, Values, in, func(db.ID) int64 { return keepAll })
}

// ChangeStrengths does the same for the actor's strengths.
func ChangeStrengths(tx *db.Tx, me org.Actor, in []Strength) error {
	return changeWords(tx, me, Strengths, in, func(db.ID) int64 { return keepAll })
}

// GoOnWithWords is ChangeValues or ChangeStrengths for a form that saves as one types: opened is
// the revision in which each value stood when the form was opened, and what this form itself wrote
// since is replaced without being kept.
func GoOnWithWords(tx *db.Tx, me org.Actor, section Section, in []Value, opened map[db.ID]int64) error {
	if section != Values && section != Strengths {
		return problem.NotFound
	}
	return changeWords(tx, me, section, in, func(id db.ID) int64 { return opened[id] })
}

func changeWords(tx *db.Tx, me org.Actor, section Section, in []Value, opened func(db.ID) int64) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	all, err := values(tx, me, me.Person)
	if err != nil {
		return err
	}
	stand := ofSection(all, section)
	if err := checkValues(in, len(stand), section); err != nil {
		return err
	}
	for position, v := range in {
		v.Position, v.Section = int64(position), section
		was := slices.IndexFunc(stand, func(w Value) bool { return w.ID == v.ID })
		switch {
		case v.ID == "" && v.Word == "":
		case v.ID == "":
			err = addValue(tx, me, v)
		case was < 0:
			err = problem.NotFound
		case v.Word == "":
			err = removeValue(tx, me, stand[was], v.Revision)
		default:
			err = changeValue(tx, me, stand[was], v, opened(v.ID))
		}
		if err != nil {
			return numbered(err, position+1)
		}
	}
	return nil
}

// numbered gives the fields of a conflict the number of the value in its form.
func numbered(err error, number int) error {
	var one *problem.Conflict
	if !errors.As(err, &one) {
		return err
	}
	all := problem.Conflict{Revision: one.Revision, Theirs: map[string]string{}, Mine: map[string]string{}}
	for field := range one.Theirs {
		name := field + "-" + strconv.Itoa(number)
		all.Theirs[name], all.Mine[name] = one.Theirs[field], one.Mine[field]
	}
	return &all
}

func checkValues(in []Value, stand int, section Section) error {
	one, many, which := "value", "values", "the ones you would not give up"
	if section == Strengths {
		one, many, which = "strength", "strengths", "the ones that others would name, too"
	}
	wrong := problem.Invalid{}
	for i := range in {
		v, number := &in[i], "-"+strconv.Itoa(i+1)
		v.Word = tidy(wrong, "word"+number, v.Word, mostLine)
		v.Meaning = tidy(wrong, "meaning"+number, v.Meaning, mostText)
		wrong.Check(v.Word != "" || v.Meaning == "" || v.ID != "", "word"+number, "Please give this "+one+" a word.")
		same := slices.IndexFunc(in[:i], func(w Value) bool { return v.Word != "" && strings.EqualFold(w.Word, v.Word) })
		wrong.Check(same < 0, "word"+number, "You have this "+one+" already.")
		switch {
		case v.ID == "" && v.Word != "":
			stand++
		case v.ID != "" && v.Word == "":
			stand--
		}
	}
	wrong.Check(stand <= MostValues, "", "Please choose at most "+strconv.Itoa(MostValues)+" "+many+": "+which+".")
	return wrong.Err()
}

func addValue(tx *db.Tx, me org.Actor, v Value) error {
	v.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into plan_values (organisation_id, id, owner_id, section, word, meaning, position, kept_out, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)`,
		me.Organisation, v.ID, me.Person, string(v.Section), v.Word, v.Meaning, v.Position, v.KeptOut, tx.Now()); err != nil {
		return err
	}
	return happened(tx, me, v.kind()+" added", v.Thing())
}

func changeValue(tx *db.Tx, me org.Actor, was, in Value, opened int64) error {
	changes, err := edit{was.Thing(), was.fields(), in.fields(), was.Revision, in.Revision}.goOn(tx, me, opened)
	if err != nil || (!changes && was.Position == in.Position) {
		return err
	}
	if changes {
		was.Revision++
	}
	if _, err := tx.Exec(`
		update plan_values set word = $1, meaning = $2, position = $3, revision = $4
		where organisation_id = $5 and id = $6 and owner_id = $7`,
		in.Word, in.Meaning, in.Position, was.Revision, me.Organisation, was.ID, me.Person); err != nil {
		return err
	}
	if in.Revision > opened {
		return nil // it was said when this form wrote first
	}
	return happened(tx, me, was.kind()+" changed", was.Thing())
}

func removeValue(tx *db.Tx, me org.Actor, was Value, madeOn int64) error {
	gone := map[string]string{"word": "", "meaning": ""}
	if was.isNothingOfTheirs() && tx.Now().Sub(madeAt(was.ID)) < time.Hour {
		gone = was.fields()
	}
	if _, err := (edit{was.Thing(), was.fields(), gone, was.Revision, madeOn}).begin(tx, me); err != nil {
		return err
	}
	return remove(tx, me, "plan_values", was.Thing())
}

// isNothingOfTheirs tells of a word that was ticked in the list and never changed: taken away
// again while choosing, it leaves nothing to read later.
func (v Value) isNothingOfTheirs() bool {
	return v.Section == Values && v.Revision == 1 && v.Meaning == "" && v.Word == PromptOf(v.Word).Word
}

// Thing is the value as something that can be kept out.
func (v Value) Thing() event.Thing { return event.Thing{Kind: v.kind(), ID: v.ID} }

func (v Value) kind() string {
	if v.Section == Strengths {
		return "strength"
	}
	return "value"
}

func (v Value) fields() map[string]string {
	return map[string]string{"word": v.Word, "meaning": v.Meaning}
}

// ofSection are the words of one section.
func ofSection(all []Value, section Section) []Value {
	var found []Value
	for _, v := range all {
		if v.Section == section {
			found = append(found, v)
		}
	}
	return found
}

// values are the values and the strengths of an owner that the actor may see.
func values(tx *db.Tx, me org.Actor, owner db.ID) ([]Value, error) {
	return db.List(tx, func(row db.Row) (Value, error) {
		var v Value
		err := row.Scan(&v.ID, &v.Section, &v.Word, &v.Meaning, &v.Position, &v.KeptOut, &v.Revision)
		return v, err
	}, `
		select v.id, v.section, v.word, v.meaning, v.position, v.kept_out and v.owner_id = $2, v.revision from plan_values v
		where v.organisation_id = $1 and v.owner_id = $4 and `+valueSeen+`
		order by v.position, v.id`, me.Organisation, me.Person, me.Viewer(), owner)
}
