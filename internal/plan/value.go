package plan

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/ownward/ownward/internal/db"
	"github.com/ownward/ownward/internal/event"
	"github.com/ownward/ownward/internal/org"
	"github.com/ownward/ownward/internal/problem"
)

// Value is what matters to a person, in a word and in what they mean by it.
type Value struct {
	ID       db.ID // empty: not kept yet
	Word     string
	Meaning  string
	Position int64 // in the person's own order
	KeptOut  bool  // a share of the whole section does not reach it
	Revision int64
}

// MostValues is how many values a plan holds.
const MostValues = 12

// ValuePrompts are words to begin with; any other word will do.
var ValuePrompts = []string{
	"Autonomy", "Balance", "Beauty", "Belonging", "Calm", "Candour", "Care", "Courage", "Craft", "Creativity",
	"Curiosity", "Depth", "Fairness", "Family", "Freedom", "Generosity", "Growth", "Health", "Honesty", "Humour",
	"Independence", "Influence", "Justice", "Learning", "Loyalty", "Mastery", "Openness", "Patience", "Play", "Pragmatism",
	"Recognition", "Reliability", "Respect", "Responsibility", "Security", "Service", "Simplicity", "Teaching", "Trust", "Variety",
}

// ChangeValues takes the actor's values as a form gives them, in their order. A value whose
// word was emptied is removed; one that the form does not hold stays as it is.
//
// Errors, by the fields word-1, meaning-1, word-2 ...: problem.Conflict when one of them was
// changed meanwhile, problem.Invalid otherwise.
func ChangeValues(tx *db.Tx, me org.Actor, in []Value) error {
	if err := mayWrite(me); err != nil {
		return err
	}
	stand, err := values(tx, me, me.Person)
	if err != nil {
		return err
	}
	if err := checkValues(in, len(stand)); err != nil {
		return err
	}
	for position, v := range in {
		v.Position = int64(position)
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
			err = changeValue(tx, me, stand[was], v)
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

func checkValues(in []Value, stand int) error {
	wrong := problem.Invalid{}
	for i := range in {
		v, number := &in[i], "-"+strconv.Itoa(i+1)
		v.Word = tidy(wrong, "word"+number, v.Word, mostLine)
		v.Meaning = tidy(wrong, "meaning"+number, v.Meaning, mostText)
		wrong.Check(v.Word != "" || v.Meaning == "" || v.ID != "", "word"+number, "Please give this value a word.")
		same := slices.IndexFunc(in[:i], func(w Value) bool { return v.Word != "" && strings.EqualFold(w.Word, v.Word) })
		wrong.Check(same < 0, "word"+number, "You have this value already.")
		switch {
		case v.ID == "" && v.Word != "":
			stand++
		case v.ID != "" && v.Word == "":
			stand--
		}
	}
	wrong.Check(stand <= MostValues, "", "Please choose at most "+strconv.Itoa(MostValues)+" values: the ones you would not give up.")
	return wrong.Err()
}

func addValue(tx *db.Tx, me org.Actor, v Value) error {
	v.ID = tx.NewID()
	if _, err := tx.Exec(`
		insert into plan_values (organisation_id, id, owner_id, word, meaning, position, kept_out, revision, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, 1, $8)`,
		me.Organisation, v.ID, me.Person, v.Word, v.Meaning, v.Position, v.KeptOut, tx.Now()); err != nil {
		return err
	}
	return happened(tx, me, "value added", v.Thing())
}

func changeValue(tx *db.Tx, me org.Actor, was, in Value) error {
	changes, err := edit{was.Thing(), was.fields(), in.fields(), was.Revision, in.Revision}.begin(tx, me)
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
	return happened(tx, me, "value changed", was.Thing())
}

func removeValue(tx *db.Tx, me org.Actor, was Value, madeOn int64) error {
	gone := map[string]string{"word": "", "meaning": ""}
	if _, err := (edit{was.Thing(), was.fields(), gone, was.Revision, madeOn}).begin(tx, me); err != nil {
		return err
	}
	return remove(tx, me, "plan_values", was.Thing())
}

// Thing is the value as something that can be kept out.
func (v Value) Thing() event.Thing { return event.Thing{Kind: "value", ID: v.ID} }

func (v Value) fields() map[string]string {
	return map[string]string{"word": v.Word, "meaning": v.Meaning}
}

func values(tx *db.Tx, me org.Actor, owner db.ID) ([]Value, error) {
	return db.List(tx, func(row db.Row) (Value, error) {
		var v Value
		err := row.Scan(&v.ID, &v.Word, &v.Meaning, &v.Position, &v.KeptOut, &v.Revision)
		return v, err
	}, `
		select v.id, v.word, v.meaning, v.position, v.kept_out and v.owner_id = $2, v.revision from plan_values v
		where v.organisation_id = $1 and v.owner_id = $4 and `+valueSeen+`
		order by v.position, v.id`, me.Organisation, me.Person, me.Viewer(), owner)
}
